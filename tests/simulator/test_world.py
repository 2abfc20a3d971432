"""The simulator as a whole, in a process of its own and inside a test."""

import asyncio
import json
import os
from pathlib import Path
import signal
import ssl
import sys

import aiohttp
from freezegun.api import FrozenDateTimeFactory
import pytest

from demo.simulators import Addresses
from simulator import Limits, Ports, RealClock, Simulator, SteppedClock, Variant
from simulator.__main__ import serve

from .conftest import NOON_S, Api, sign_in, steady_plant

ROOT = Path(__file__).parents[2]


async def test_stepped_clock_ignores_the_machine(
    freezer: FrozenDateTimeFactory, http: aiohttp.ClientSession
) -> None:
    """Only a step lets the simulator's time pass, and steps lead forward."""
    clock = SteppedClock(NOON_S)
    async with Simulator([Variant.AIR], clock=clock, make_plant=steady_plant) as sim:
        freezer.tick(10_000)
        await sim.step(60)
        host = sim.shellies[Variant.AIR].host
        response = await http.get(f"http://{host}/rpc/Shelly.GetStatus")
        assert (await response.json())["sys"]["unixtime"] == NOON_S + 60
    with pytest.raises(ValueError, match="back"):
        clock.step(-1)


async def test_real_clock_cannot_be_stepped(
    freezer: FrozenDateTimeFactory, socket_enabled: None
) -> None:
    """The real clock is the machine's, and nobody steps it."""
    freezer.move_to("2026-01-15T11:00:00Z")
    async with Simulator([Variant.AIR], make_plant=steady_plant) as sim:
        assert isinstance(sim.clock, RealClock)
        assert sim.clock.now() == NOON_S
        with pytest.raises(TypeError):
            await sim.step(1)


async def test_port_in_use(socket_enabled: None) -> None:
    """A port that is taken is an error, and nothing goes on listening."""
    async with Simulator([], ports=Ports(), make_plant=steady_plant) as first:
        port = int(first.control_url.rpartition(":")[2])
        second = Simulator([], ports=Ports(control=port))
        with pytest.raises(OSError, match="address already in use"):
            await second.__aenter__()
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientConnectorError):
            await session.get(second.viessmann_url)


@pytest.mark.parametrize("variant", list(Variant))
async def test_wires_agree_with_the_physical_model(
    variant: Variant, http: aiohttp.ClientSession
) -> None:
    """Over half a day both wires account for what truly happened."""
    clock = SteppedClock(NOON_S)
    async with Simulator(
        [variant], clock=clock, history_days=2, limits=Limits(day=1000)
    ) as sim:
        shelly, plant = sim.shellies[variant], sim.plants[variant]
        api = Api(sim, http, (await sign_in(sim, http))["access_token"])

        async def counted() -> float:
            url = f"http://{shelly.host}/rpc/EMData.GetStatus?id=0"
            return float((await (await http.get(url)).json())["total_act"])

        before, drawn, values = plant.state().energies, await counted(), {}
        for _ in range(24):
            await sim.step(1800)
            await api.renew()
            values = await api.values(variant)
        after = plant.state().energies
        truth_wh = after.electricity_wh - before.electricity_wh
        assert await counted() - drawn == pytest.approx(truth_wh, abs=0.1)
        assert truth_wh > 1000
    assert values["heating.sensors.temperature.outside·value"] == pytest.approx(
        plant.state().outside_c, abs=0.06
    )
    if variant is Variant.AIR:
        shown_kwh = sum(
            values[f"heating.heat.production.summary.{part}·currentYear"]
            for part in ("heating", "dhw")
        )
        assert shown_kwh == pytest.approx(after.heat_wh / 1000, abs=0.4)
    else:
        hours = values["heating.compressors.0.statistics·hours"] - 942.4
        assert hours == pytest.approx(after.run_s / 3600, abs=0.11)


async def test_command_line(http: aiohttp.ClientSession) -> None:
    """It prints its addresses when ready, serves there, and ends cleanly."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "simulator", "--variant=both"),
        *("--fast", "--history-days=1", "--running", "--delay=5"),
        "--meter-kind=pro-em",
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    line = await asyncio.wait_for(process.stdout.readline(), 20)
    addresses = json.loads(line)
    for host in addresses["shellies"].values():
        info = await (await http.get(f"http://{host}/shelly")).json()
        assert (info["app"], info["gen"]) == ("ProEM", 2)
    for host in addresses["homewizards"].values():
        assert (await http.get(f"http://{host}/api")).status == 200
    p1 = addresses["p1"]
    tls = ssl.create_default_context(cafile=p1["ca_file"])
    tls.verify_flags = ssl.VERIFY_X509_PARTIAL_CHAIN
    refused = await http.get(
        f"https://{p1['host']}/api", ssl=tls, server_hostname=p1["identifier"]
    )
    assert refused.status == 401
    database = addresses["database"]
    written = await http.post(
        f"{database['url']}/api/v2/write",
        params={
            "org": database["org"],
            "bucket": database["bucket"],
            "precision": "ms",
        },
        headers={"Authorization": f"Token {database['token']}"},
        data="hpm_export,home=demo connected=1.0 1768474800000",
    )
    assert written.status == 204
    # The demo knows them all.
    assert Addresses.from_line(line).control_url == addresses["control_url"]
    truth = await (await http.get(f"{addresses['control_url']}/truth")).json()
    assert truth["brine"]["compressor_on"]
    assert truth["air"]["energies"]["electricity_wh"] > 0
    process.terminate()
    _, errors = await process.communicate()
    assert (process.returncode, errors) == (0, b"")


async def test_second_start_goes_on(
    http: aiohttp.ClientSession, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same start and seed give the same energies on every run."""
    start_s = RealClock().now() - 3600
    found = []
    for number in (signal.SIGTERM, signal.SIGINT):
        serving = asyncio.create_task(
            serve([f"--start-epoch={start_s}", "--seed=7", "--history-days=1"])
        )
        while not (line := capsys.readouterr().out):
            await asyncio.sleep(0.01)
        url = f"{json.loads(line)['control_url']}/truth"
        truth = await http.get(f"{url}?at={start_s}&at={start_s + 3000}")
        found.append((await truth.json())["air"]["at"])
        os.kill(os.getpid(), number)
        await serving
    assert found[0] == found[1]
    assert found[0][1]["electricity_wh"] > found[0][0]["electricity_wh"] > 0

"""The control port: faults on command, and the truth."""

from typing import Any

import aiohttp
import pytest

from simulator import Firmware, Simulator, Variant

from .conftest import HISTORY_S, NOON_S, Api, SteadyPlant


async def switch(
    sim: Simulator, http: aiohttp.ClientSession, fault: str, **more: Any
) -> aiohttp.ClientResponse:
    """Send a command."""
    return await http.post(f"{sim.control_url}/control", json={"fault": fault, **more})


async def test_cloud_fault(
    sim: Simulator, http: aiohttp.ClientSession, api: Api
) -> None:
    """A fault of the cloud is switched on, shown, and off again."""
    answer = await switch(sim, http, "device_offline", on=True)
    assert (await answer.json())["viessmann"]["faults"]["device_offline"] is True
    assert (await api.bulk()).status == 400
    await switch(sim, http, "device_offline", on=False)
    assert (await api.bulk()).status == 200
    shown = await (await http.get(f"{sim.control_url}/control")).json()
    assert shown["viessmann"]["api_requests"] == 2
    assert shown["viessmann"]["requests"]["bulk"] == 2
    assert shown["now"] == NOON_S


async def test_features_of_a_fault(sim: Simulator, http: aiohttp.ClientSession) -> None:
    """The features that a fault hits can be named, or are the usual ones."""
    faults = sim.viessmann.faults
    await switch(sim, http, "sentinel_zero", features=["heating.dhw"])
    assert faults.sentinel_zero == ("heating.dhw",)
    await switch(sim, http, "sentinel_zero", on=False)
    await switch(sim, http, "missing_value")
    assert faults.sentinel_zero == ()
    assert "heating.sensors.temperature.return" in faults.missing_value


async def test_setting(sim: Simulator, http: aiohttp.ClientSession, api: Api) -> None:
    """A setting can be changed, as in the app, and shown in all the ways of the wire."""
    name = "heating.dhw.temperature.main"

    async def shown() -> Any:
        answer = await (await api.bulk()).json()
        found = (each for each in answer["data"] if each["feature"] == name)
        return next((each["properties"]["value"]["value"] for each in found), None)

    assert await shown() == 50
    await switch(sim, http, "setting", feature=name, values={"value": 55})
    await sim.step(300)
    assert await shown() == 55
    await switch(sim, http, "replica_lag_s", value=200)
    assert await shown() == 50
    await switch(sim, http, "replica_lag_s", on=False)
    await switch(sim, http, "float_numbers")
    assert isinstance(await shown(), float)
    await switch(sim, http, "missing_features", features=["heating.dhw"])
    assert await shown() is None


async def test_revoked_access(
    sim: Simulator, http: aiohttp.ClientSession, api: Api
) -> None:
    """Access can be revoked from outside."""
    await switch(sim, http, "revoked_access")
    assert (await api.bulk()).status == 401


async def test_target(sim: Simulator, http: aiohttp.ClientSession) -> None:
    """A fault hits all servers that know it, or the one that is named."""
    air, brine = sim.shellies[Variant.AIR], sim.shellies[Variant.BRINE]
    await switch(sim, http, "timeout", target="shelly-air")
    assert (air.faults.timeout, brine.faults.timeout) == (True, False)
    assert sim.viessmann.faults.timeout is False
    await switch(sim, http, "timeout")
    assert brine.faults.timeout
    assert sim.viessmann.faults.timeout


async def test_meter_actions(sim: Simulator, http: aiohttp.ClientSession) -> None:
    """Clamps, password, reboots and resets of a meter are in reach."""
    meter = sim.shellies[Variant.AIR]
    await switch(sim, http, "reversed_ct", phases="ac")
    assert meter.reversed_phases == {"a", "c"}
    await switch(sim, http, "reversed_ct", on=False)
    assert meter.reversed_phases == set()
    await switch(sim, http, "auth", password="pw", firmware="2.0.1")
    assert (meter.password, meter.firmware) == ("pw", Firmware.NEW)
    await switch(sim, http, "auth", on=False)
    assert meter.password is None
    await switch(sim, http, "errors", error="ct_type_not_set")
    assert meter.faults.errors == ("ct_type_not_set",)
    await switch(sim, http, "errors", on=False)
    assert meter.faults.errors == ()

    async def total() -> float:
        url = f"http://{meter.host}/rpc/EMData.GetStatus?id=0"
        return float((await (await http.get(url)).json())["total_act"])

    await switch(sim, http, "reboot")
    assert await total() == pytest.approx(72_000 - 1.8)
    await switch(sim, http, "counter_reset")
    assert await total() == 0


@pytest.mark.parametrize(
    "command", [{"fault": "nonsense"}, {"fault": "reboot", "target": "fridge"}, {}]
)
async def test_unknown_fault(
    sim: Simulator, http: aiohttp.ClientSession, command: dict[str, str]
) -> None:
    """A command that nobody understands is refused."""
    response = await http.post(f"{sim.control_url}/control", json=command)
    assert response.status == 400


async def test_truth(sim: Simulator, http: aiohttp.ClientSession) -> None:
    """The truth is told for now and for any moment since the start."""
    earlier = NOON_S - 3600
    url = f"{sim.control_url}/truth?at={earlier}&at={NOON_S}"
    truth = await (await http.get(url)).json()
    air = truth["air"]
    assert truth["now"] == NOON_S
    assert truth.keys() == {"now", "air", "brine", "thermoworks"}
    assert (air["activity"], air["compressor_on"]) == ("heating", True)
    assert (air["power_w"], air["heat_w"], air["cop"]) == (1000, 2600, 2.6)
    assert air["energies"]["electricity_wh"] == HISTORY_S / 3.6
    assert air["energies"]["heat_wh"] == HISTORY_S / 3.6 * 2.6
    assert [each["epoch_s"] for each in air["at"]] == [earlier, NOON_S]
    drawn = [each["electricity_wh"] for each in air["at"]]
    assert drawn[1] - drawn[0] == 1000


async def test_truth_at_rest(sim: Simulator, http: aiohttp.ClientSession) -> None:
    """There is no COP while the compressor rests."""
    plant = sim.plants[Variant.AIR]
    assert isinstance(plant, SteadyPlant)
    plant.changes["compressor_on"] = False
    truth = await (await http.get(f"{sim.control_url}/truth")).json()
    assert truth["air"]["cop"] is None


async def test_truth_of_nonsense(sim: Simulator, http: aiohttp.ClientSession) -> None:
    """A moment that is none is refused."""
    response = await http.get(f"{sim.control_url}/truth?at=noon")
    assert response.status == 400

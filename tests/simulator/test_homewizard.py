"""The simulated HomeWizard meter: its API, its counters and its faults."""

import asyncio
from typing import Any

import aiohttp
import pytest

from simulator import HomeWizard, Simulator, Variant
from simulator.homewizard import Model


@pytest.fixture
def meter(sim: Simulator) -> HomeWizard:
    """Return the meter of the air unit."""
    return sim.homewizards[Variant.AIR]


async def get(
    http: aiohttp.ClientSession, meter: HomeWizard, path: str = "/api/v1/data"
) -> dict[str, Any]:
    """Return an answer."""
    response = await http.get(f"http://{meter.host}{path}")
    assert response.status == 200, await response.text()
    answer: dict[str, Any] = await response.json()
    return answer


async def test_identity(http: aiohttp.ClientSession, meter: HomeWizard) -> None:
    """The device tells who it is."""
    assert await get(http, meter, "/api") == {
        "product_type": "HWE-KWH3",
        "product_name": "kWh Meter",
        "serial": "5c2faf0a0002",
        "firmware_version": "4.19",
        "api_version": "v1",
    }
    meter.model = Model.SOCKET
    device = await get(http, meter, "/api")
    assert (device["product_type"], device["product_name"]) == (
        "HWE-SKT",
        "Energy Socket",
    )


async def test_three_phases(http: aiohttp.ClientSession, meter: HomeWizard) -> None:
    """Each phase has a power, a voltage and a current, and there are sums."""
    data = await get(http, meter)
    assert [data[f"active_power_l{phase}_w"] for phase in (1, 2, 3)] == [600, 300, 100]
    assert data["active_power_w"] == 1000
    assert data["active_voltage_l2_v"] == 231
    assert data["active_current_l1_a"] == pytest.approx(600 / 230, abs=0.001)
    assert data["active_current_a"] == pytest.approx(
        600 / 230 + 300 / 231 + 100 / 232, abs=0.002
    )
    assert data["active_apparent_power_va"] == pytest.approx(1000 / 0.95, abs=0.01)
    assert "active_voltage_v" not in data
    assert "active_power_factor" not in data


@pytest.mark.parametrize("model", [Model.ONE_PHASE, Model.SOCKET])
async def test_one_phase(
    http: aiohttp.ClientSession, meter: HomeWizard, model: Model
) -> None:
    """All that is drawn goes through it; a socket says a little less."""
    meter.model = model
    data = await get(http, meter)
    assert data["active_power_w"] == data["active_power_l1_w"] == 1000
    assert data["active_voltage_v"] == 230
    assert data["active_current_a"] == pytest.approx(1000 / 230, abs=0.001)
    assert data["active_power_factor"] == 0.95
    assert not [key for key in data if "_l2_" in key or "_l1_v" in key]
    assert ("active_apparent_current_a" in data) == (model is Model.ONE_PHASE)


async def test_counters(
    sim: Simulator, http: aiohttp.ClientSession, meter: HomeWizard
) -> None:
    """They have whole Wh, move as soon as one has flowed, and are there twice."""
    assert (await get(http, meter))["total_power_import_kwh"] == 72
    await sim.step(3.5)
    assert (await get(http, meter))["total_power_import_kwh"] == 72
    await sim.step(0.5)
    data = await get(http, meter)
    assert data["total_power_import_kwh"] == data["total_power_import_t1_kwh"] == 72.001
    assert data["total_power_export_kwh"] == 0


async def test_the_wrong_way_round(
    sim: Simulator, http: aiohttp.ClientSession, meter: HomeWizard
) -> None:
    """Supply and load exchanged: powers are negative, the other counter moves."""
    meter.reverse()
    await sim.step(3600)
    data = await get(http, meter)
    assert data["active_power_w"] == -1000
    assert data["active_power_l2_w"] == -300
    assert data["active_current_l1_a"] < 0
    assert data["total_power_import_kwh"] == 72
    assert data["total_power_export_kwh"] == 1
    meter.reverse(on=False)
    assert (await get(http, meter))["active_power_w"] == 1000


async def test_restart(
    sim: Simulator, http: aiohttp.ClientSession, meter: HomeWizard
) -> None:
    """It is gone, then answers 0 for a while, then has counted all the time."""
    meter.reboot()
    with pytest.raises(aiohttp.ClientError):
        await get(http, meter)
    await sim.step(20)
    data = await get(http, meter)
    assert {data.pop("wifi_ssid"), data.pop("wifi_strength")} == {"house", 84}
    assert set(data.values()) == {0}
    await sim.step(3580)
    assert (await get(http, meter))["total_power_import_kwh"] == 73


async def test_api_switched_off(http: aiohttp.ClientSession, meter: HomeWizard) -> None:
    """Nothing is told until the owner switches the API on in the app."""
    meter.api_enabled = False
    for path in ("/api", "/api/v1/data"):
        response = await http.get(f"http://{meter.host}{path}")
        assert response.status == 403
        assert (await response.json())["error"]["id"] == 202
    meter.api_enabled = True
    assert (await get(http, meter))["active_power_w"] == 1000


async def test_faults(http: aiohttp.ClientSession, meter: HomeWizard) -> None:
    """What can go wrong on the wire goes wrong by order."""
    url = f"http://{meter.host}/api/v1/data"
    meter.faults.server_error = True
    assert (await http.get(url)).status == 500
    meter.faults.server_error = False
    meter.faults.wrong_json = True
    with pytest.raises(ValueError, match=r"Expecting|Unterminated"):
        await (await http.get(url)).json()
    meter.faults.wrong_json = False
    meter.faults.not_a_shelly = True
    response = await http.get(url)
    assert (response.status, response.content_type) == (404, "text/html")
    meter.faults.not_a_shelly = False
    meter.faults.another_mac = True
    assert (await get(http, meter, "/api"))["serial"] != meter.serial
    meter.faults.no_meter = True
    assert (await get(http, meter, "/api"))["product_type"] == "HWE-WTR"
    assert "total_power_import_kwh" not in await get(http, meter)
    meter.faults.unreachable = True
    with pytest.raises(aiohttp.ClientError):
        await http.get(url)
    meter.faults.unreachable = False
    meter.faults.timeout = True
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(http.get(url), 0.05)


async def test_control(
    sim: Simulator, http: aiohttp.ClientSession, meter: HomeWizard
) -> None:
    """All of it is in reach of the control port."""

    async def switch(fault: str, **more: object) -> int:
        command = {"fault": fault, "target": "homewizard-air", **more}
        answer = await http.post(f"{sim.control_url}/control", json=command)
        return answer.status

    await switch("api_disabled")
    await switch("reversed_ct")
    await switch("model", model="SDM230-wifi")
    await switch("timeout")
    shown = await (await http.get(f"{sim.control_url}/control")).json()
    assert shown["homewizard-air"] == {
        "faults": shown["homewizard-brine"]["faults"] | {"timeout": True},
        "requests": {},
        "model": "SDM230-wifi",
        "api_enabled": False,
        "reversed": True,
    }
    await switch("timeout", on=False)
    await switch("api_disabled", on=False)
    await switch("reversed_ct", on=False)
    assert (await get(http, meter))["active_power_w"] == 1000
    await switch("reboot")
    with pytest.raises(aiohttp.ClientError):
        await get(http, meter)
    assert await switch("errors") == 400

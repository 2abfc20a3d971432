"""The simulated Viessmann cloud when it is late, stuck, odd or incomplete."""

from datetime import datetime
from typing import Any

import aiohttp
import pytest

from simulator import Messages, Simulator, Stamp, Variant
from simulator.__main__ import serve
from simulator.state import Activity

from .conftest import NOON_S, Api, SteadyPlant
from .test_control import switch

SUPPLY = "heating.secondaryCircuit.sensors.temperature.supply"
RETURN = "heating.sensors.temperature.return"
FLOW = "heating.sensors.volumetricFlow.allengra"
COMPRESSOR = "heating.compressors.0"
HEAT = "heating.heat.production.summary.heating"


def changes_of(api: Api, variant: Variant = Variant.AIR) -> dict[str, Any]:
    """Return what the next states of a plant differ in."""
    plant = api.sim.plants[variant]
    assert isinstance(plant, SteadyPlant)
    return plant.changes


async def shown(api: Api, name: str, key: str = "value") -> tuple[Any, float]:
    """Return a feature's value and how many seconds after noon it is stamped."""
    feature = (await api.features())[name]
    stamp = datetime.fromisoformat(feature["timestamp"]).timestamp()
    return feature["properties"][key]["value"], stamp - NOON_S


async def heat_today_kwh(api: Api) -> float:
    """Return the unit's counter of heat for heating."""
    return float((await shown(api, HEAT, "currentDay"))[0])


async def test_same_delay(api: Api) -> None:
    """A value arrives after the delay, with the time at which it was measured."""
    api.sim.viessmann.faults.messages = Messages(max_delay_s=240, same_delay=True)
    await api.features()
    await api.sim.step(600)
    changes_of(api)["supply_c"] = 40.0
    await api.sim.step(240)
    assert await shown(api, SUPPLY) == (35, 0)
    await api.sim.step(10)
    assert await shown(api, SUPPLY) == (40, 610)


async def test_arrival_stamps(api: Api) -> None:
    """The stamp can be that of the arrival."""
    api.sim.viessmann.faults.messages = Messages(
        max_delay_s=240, same_delay=True, stamp=Stamp.ARRIVAL
    )
    await api.features()
    changes_of(api)["compressor_on"] = False
    await api.sim.step(600)
    assert await shown(api, COMPRESSOR, "active") == (False, 250)


async def test_clock_of_the_unit(api: Api) -> None:
    """Device stamps follow the unit's clock, however wrong it is."""
    api.sim.viessmann.faults.messages = Messages(clock_offset_s=120)
    await api.features()
    changes_of(api)["compressor_on"] = False
    await api.sim.step(600)
    assert await shown(api, COMPRESSOR, "active") == (False, 130)


async def test_each_value_has_its_own_delay(api: Api) -> None:
    """Of values that change together, some have arrived and some have not."""
    api.sim.viessmann.faults.messages = Messages(max_delay_s=300)
    await api.features()
    changes_of(api).update(supply_c=40.0, return_c=33.0, flow_lph=500.0)
    await api.sim.step(10)
    measured = {SUPPLY: 40, RETURN: 33, FLOW: 500}
    arrived_s: dict[str, float] = {}
    for elapsed_s in range(20, 330, 10):
        await api.sim.step(10)
        values = await api.values()
        for name, value in measured.items():
            if values[f"{name}·value"] == value:
                arrived_s.setdefault(name, elapsed_s)
    assert arrived_s.keys() == measured.keys()
    assert len(set(arrived_s.values())) == 3
    assert {(await shown(api, name))[1] for name in measured} == {10}


async def test_late_message_does_not_undo_a_newer_one(api: Api) -> None:
    """When messages overtake each other, the newest measurement is shown."""
    api.sim.viessmann.faults.messages = Messages(max_delay_s=300)
    await api.features()
    stamps: list[float] = []
    for number in range(30):
        changes_of(api)["supply_c"] = 36.0 + number
        await api.sim.step(10)
        stamps.append((await shown(api, SUPPLY))[1])
    assert stamps == sorted(stamps)
    await api.sim.step(300)
    assert await shown(api, SUPPLY) == (65, 300)


async def test_small_changes_are_not_sent(api: Api) -> None:
    """A value is sent when it has changed by its threshold; a state at once."""
    api.sim.viessmann.faults.messages = Messages(thresholds={"celsius": 1.0})
    await api.features()
    for supply_c, expected in ((35.9, 35), (36.0, 36), (35.2, 36)):
        changes_of(api)["supply_c"] = supply_c
        await api.sim.step(60)
        assert (await shown(api, SUPPLY))[0] == expected
    changes_of(api)["supply_c"] = 0.0
    await api.sim.step(60)
    assert (await shown(api, SUPPLY))[0] == 0


async def test_lost_sensor_is_sent(api: Api) -> None:
    """A sensor that goes is told like a change."""
    api.sim.viessmann.faults.messages = Messages()
    await api.features()
    api.sim.viessmann.faults.missing_value = (SUPPLY,)
    await api.sim.step(60)
    feature = (await api.features())[SUPPLY]
    assert feature["properties"].keys() == {"status"}


@pytest.mark.parametrize("messages", [None, Messages(max_delay_s=60)])
async def test_stuck(api: Api, messages: Messages | None) -> None:
    """A stuck cloud answers 200 with old values, then goes on with the present."""
    faults = api.sim.viessmann.faults
    faults.messages = messages
    before = await (await api.bulk()).text()
    faults.stuck = True
    changes_of(api)["supply_c"] = 40.0
    await api.sim.step(12 * 3600)
    await api.renew()
    response = await api.bulk()
    assert (response.status, await response.text()) == (200, before)
    faults.stuck = False
    await api.sim.step(80)
    value, stamp_s = await shown(api, SUPPLY)
    assert value == 40
    assert stamp_s > 12 * 3600


async def test_frozen_feature(api: Api) -> None:
    """One feature stands still while the others move, then catches up."""
    await api.features()
    api.sim.viessmann.faults.frozen_features = (SUPPLY,)
    await api.features()
    changes_of(api).update(supply_c=40.0, return_c=33.0)
    await api.sim.step(300)
    assert await shown(api, SUPPLY) == (35, 0)
    assert await shown(api, RETURN) == (33, 300)
    api.sim.viessmann.faults.frozen_features = ()
    assert await shown(api, SUPPLY) == (40, 300)


async def test_late_counters(api: Api) -> None:
    """Energy counters move once an hour, by what the hour has brought."""
    api.sim.viessmann.faults.late_counters_s = 3600
    moved_kwh = []
    for _ in range(4):
        moved_kwh.append(await heat_today_kwh(api))
        await api.sim.step(1800)
        await api.renew()
    assert moved_kwh == [24, 24, 26, 26]


async def test_jumping_and_reset_counters(api: Api) -> None:
    """Counters of heat can jump ahead and begin again at 0."""
    cloud = api.sim.viessmann
    assert await heat_today_kwh(api) == 24
    cloud.jump_heat_counters(500)
    assert await heat_today_kwh(api) == 524
    await api.sim.step(3600)
    await api.renew()
    cloud.reset_heat_counters()
    assert await heat_today_kwh(api) == 0
    await api.sim.step(1800)
    assert await heat_today_kwh(api) == 1
    await api.sim.step(86_400)
    await api.renew()
    assert (await shown(api, HEAT, "currentYear"))[0] == 49


async def test_counters_as_only_source(api: Api) -> None:
    """A unit can lack flow, supply and return temperature."""
    api.sim.viessmann.faults.counters_only = True
    names = (await api.features()).keys()
    assert not names & {SUPPLY, RETURN, FLOW}
    assert {HEAT, COMPRESSOR, "heating.sensors.temperature.outside"} <= names
    api.sim.viessmann.faults.counters_only = False
    assert (await shown(api, SUPPLY))[0] == 35


async def test_cooling(api: Api) -> None:
    """A cooling unit names its state, and its return is the warmer one."""
    changes_of(api).update(activity=Activity.COOLING, supply_c=18.0, return_c=22.0)
    values = await api.values()
    assert values["heating.secondaryCircuit.operation.state·currentValue"] == "cooling"
    assert values["heating.compressors.0·active"] is True
    changes_of(api, Variant.BRINE)["activity"] = Activity.COOLING
    brine = await api.values(Variant.BRINE)
    assert brine["heating.compressors.0·phase"] == "cooling"


async def test_several_compressors(api: Api) -> None:
    """Each compressor has its features; either may run without the other."""
    changes_of(api, Variant.BRINE)["loads"] = (0.0, 0.6)
    brine = await api.values(Variant.BRINE)
    expected = {
        "heating.compressors·enabled": ["0", "1"],
        "heating.compressors.0·active": False,
        "heating.compressors.0.sensors.power·value": 0,
        "heating.compressors.0.power·value": 6,
        "heating.compressors.1·active": True,
        "heating.compressors.1.sensors.power·value": 60,
        "heating.compressors.1.power·value": 6,
        "heating.compressors.1.statistics·hours": 0,
    }
    assert {name: brine.get(name) for name in expected} == expected
    changes_of(api)["loads"] = (1.0, 0.5)
    air = await api.values()
    assert air["heating.compressors.1·active"] is True
    assert air["heating.compressors.1.speed.current·value"] == 45


async def test_burner_of_a_hybrid(api: Api) -> None:
    """A hybrid reports its burner; other units have none."""
    assert not [name for name in await api.features() if "burners" in name]
    changes_of(api)["burner_share"] = 0.8
    values = await api.values()
    assert values["heating.burners.0·active"] is True
    assert values["heating.burners.0.modulation·value"] == 80
    changes_of(api)["burner_share"] = 0.0
    assert (await api.values())["heating.burners.0·active"] is False


async def listed(api: Api) -> list[dict[str, Any]]:
    """Return the account's installations from one page."""
    data: list[dict[str, Any]] = (await (await api.installations()).json())["data"]
    return data


async def test_one_base_ng(api: Api) -> None:
    """The newest unit is split into a system controller and an outdoor unit."""
    api.sim.viessmann.faults.one_base_ng = True
    brine, air = [each["gateways"][0]["devices"] for each in await listed(api)]
    assert [device["modelId"] for device in brine] == ["Heatbox1", "CU401B_G"]
    units = [
        (each["id"], each["modelId"], each["deviceType"], each["roles"])
        for each in air
        if each["modelId"].startswith("OBNG")
    ]
    assert units == [
        (
            "0",
            "OBNG_SCU_01",
            "systemController",
            ["type:OBNG", "type:product;SystemController"],
        ),
        (
            "1",
            "OBNG_OCU",
            "outdoorUnit",
            ["type:OBNG", "type:product;OutdoorUnitMonoAir"],
        ),
        (
            "2",
            "OBNG_HIOU",
            "indoorUnit",
            ["type:OBNG", "type:product;IndoorUnitMonoStandard"],
        ),
    ]
    device_of = {
        feature["feature"]: feature["deviceId"]
        for feature in (await (await api.bulk()).json())["data"]
    }
    assert device_of[COMPRESSOR] == "1"
    assert {device_of[name] for name in (SUPPLY, RETURN, FLOW, HEAT)} == {"0"}
    api.sim.viessmann.faults.one_base_ng = False
    assert COMPRESSOR in await api.features()


@pytest.mark.parametrize(
    ("key", "bare"),
    [("gateways", {"id": 2_000_000}), ("devices", None), ("roles", None)],
)
async def test_missing_keys(api: Api, key: str, bare: dict[str, Any] | None) -> None:
    """The list of installations may lack keys, and still holds the heat pumps."""
    api.sim.viessmann.faults.missing_keys = (key,)
    data = await listed(api)
    gateways = [each for one in data for each in one.get("gateways", ())]
    devices = [each for one in gateways for each in one.get("devices", ())]
    entries = {"gateways": data, "devices": gateways, "roles": devices}[key]
    assert any(key not in each for each in entries)
    assert bare is None or data[0] == bare
    assert {"CU401B_G", "E3_Vitocal_16"} <= {each["modelId"] for each in devices}


async def test_pages_of_installations(api: Api) -> None:
    """A long list comes in pages that a cursor leads through."""
    api.sim.viessmann.faults.page_size = 1
    first = await (await api.installations()).json()
    assert [each["id"] for each in first["data"]] == [2_000_001]
    cursor = first["cursor"]["next"]
    path = f"/equipment/installations?includeGateways=true&cursor={cursor}"
    second = await (await api.get(path)).json()
    assert [each["id"] for each in second["data"]] == [2_000_002]
    assert second["cursor"]["next"] == ""
    assert api.sim.viessmann.api_requests == 2


async def test_gateway_gone(api: Api) -> None:
    """A gateway that has left the account is not found, and not listed."""
    api.sim.viessmann.faults.gateway_gone = True
    assert (await api.bulk()).status == 404
    assert [each["gateways"] for each in await listed(api)] == [[], []]
    api.sim.viessmann.faults.gateway_gone = False
    assert (await api.bulk()).status == 200


async def test_event_history(api: Api) -> None:
    """The history tells which faults came and went, the newest first."""
    cloud, path = api.sim.viessmann, "/events-history/installations/2000002/events"
    assert await (await api.get(path)).json() == {"data": []}
    cloud.report_unit_fault("F.160")
    await api.sim.step(600)
    cloud.report_unit_fault("F.160", active=False)
    page = await (await api.get(f"{path}?lastNDays=1&limit=1")).json()
    rest = await (await api.get(f"{path}?cursor={page['cursor']['next']}")).json()
    newest, oldest = page["data"][0], rest["data"][-1]
    assert (newest["body"]["active"], oldest["body"]["active"]) == (False, True)
    assert newest["body"]["errorCode"] == "F.160"
    assert newest["eventTimestamp"] == "2026-01-15T11:10:00.000Z"
    assert newest["gatewaySerial"] == "7571381000000002"
    await api.sim.step(2 * 86_400)
    await api.renew()
    assert await (await api.get(f"{path}?lastNDays=1")).json() == {"data": []}
    assert (await api.get(path.replace("2000002", "1"))).status == 404
    cloud.faults.server_error = True
    assert (await api.get(path)).status == 500
    assert cloud.api_requests == 6


async def test_unkind_world_by_the_control_port(
    sim: Simulator, http: aiohttp.ClientSession, api: Api
) -> None:
    """Each of it can be switched from outside, and off again."""
    faults = sim.viessmann.faults
    answer = await switch(
        sim, http, "messages", max_delay_s=240, stamp="arrival", same_delay=True
    )
    assert (await answer.json())["viessmann"]["faults"]["messages"]["stamp"] == (
        "arrival"
    )
    assert faults.messages == Messages(
        max_delay_s=240, same_delay=True, stamp=Stamp.ARRIVAL
    )
    for fault, more, expected in (
        ("late_counters_s", {"value": 1800}, 1800),
        ("page_size", {}, 1),
        ("missing_keys", {"keys": ["devices"]}, ("devices",)),
        ("frozen_features", {"features": SUPPLY}, (SUPPLY,)),
        ("stuck", {}, True),
    ):
        await switch(sim, http, fault, **more)
        assert getattr(faults, fault) == expected
        await switch(sim, http, fault, on=False)
        assert not getattr(faults, fault)
    await switch(sim, http, "messages", on=False)
    assert faults.messages is None
    await switch(sim, http, "heat_counter_jump", kwh=10)
    assert await heat_today_kwh(api) == 34
    await switch(sim, http, "heat_counter_reset")
    assert await heat_today_kwh(api) == 0
    await switch(sim, http, "unit_fault", code="F.13")
    path = "/events-history/installations/2000001/events"
    events = (await (await api.get(path)).json())["data"]
    assert [each["body"]["errorCode"] for each in events] == ["F.13"]


async def test_fast_mode_is_late_by_seconds_only(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A long delay is refused where everything is polled every few seconds."""
    with pytest.raises(SystemExit):
        await serve(["--fast", "--delay=6"])
    assert "5 seconds" in capsys.readouterr().err

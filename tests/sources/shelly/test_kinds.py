"""Every kind of Shelly that measures, by answers in the form that devices sent.

The keys, the kinds of values and what is missing are as recorded; the source is
beside each. Where no answer was recorded, the components are those of Shelly's
documentation of the device.
"""

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
from hypothesis import given, strategies as st
import pytest

from custom_components.heatpump_monitor.readings import (
    CHANNELS,
    MeterReading,
    PhaseReading,
)
from custom_components.heatpump_monitor.sources.ranges import Ranges
from custom_components.heatpump_monitor.sources.shelly.client import (
    FirstGenerationShelly,
    ShellyClient,
)
from custom_components.heatpump_monitor.sources.shelly.components import (
    Wiring,
    meter_reading,
)
from custom_components.heatpump_monitor.sources.shelly.history import components
from simulator.clock import SteppedClock
from simulator.shelly import MeterKind, Shelly
from simulator.shelly.kinds import DEVICES
from simulator.state import Variant
from simulator.world import Simulator
from tests.simulator.conftest import SteadyPlant, steady_plant
from tests.sources.scripted import Reply, Script

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
NOON_S = NOW.timestamp()

type Status = Mapping[str, object]


def em1(index: int, power_w: float, energy_wh: float) -> dict[str, object]:
    """Return one clamp of a Pro EM-50, an EM Gen3 or a Pro 3EM.

    https://github.com/evcc-io/evcc/issues/12252 (Pro EM-50, firmware 1.1).
    """
    return {
        f"em1:{index}": {
            "id": index,
            "current": 30.6,
            "voltage": 221.3,
            "act_power": power_w,
            "aprt_power": 6820.0,
            "pf": 0.99,
            "freq": 50.0,
            "calibration": "factory",
        },
        f"em1data:{index}": {
            "id": index,
            "total_act_energy": energy_wh,
            "total_act_ret_energy": 25.26,
        },
    }


DRY_CONTACT = {
    "switch:0": {
        "id": 0,
        "source": "HTTP_in",
        "output": True,
        "temperature": {"tC": 31.6, "tF": 88.8},
    }
}


def switch(index: int = 0, /, **values: object) -> dict[str, object]:
    """Return a relay that measures; `ret` is what it counted backwards.

    https://github.com/bieniu/ha-shellies-discovery-gen2/pull/746 (Plug US Gen4).
    """
    status: dict[str, object] = {
        "id": index,
        "source": "init",
        "output": True,
        "apower": 60.5,
        "voltage": 231.2,
        "freq": 50.0,
        "current": 0.3,
        "aenergy": minutes(1200.5),
        "ret_aenergy": minutes(0.0),
        "temperature": {"tC": 32.1, "tF": 89.8},
    }
    return {f"switch:{index}": status | values}


def minutes(total_wh: float) -> dict[str, object]:
    """Return a counter and the last three minutes in mWh."""
    by_minute = [1008.3, 1008.3, 1008.3]
    return {"total": total_wh, "by_minute": by_minute, "minute_ts": 1768478340}


def without(status: dict[str, object], key: str, *gone: str) -> dict[str, object]:
    """Return a status in which a component lacks some keys."""
    component = status[key]
    assert isinstance(component, dict)
    kept = {name: each for name, each in component.items() if name not in gone}
    return status | {key: kept}


def pm1(power_w: float, moved_wh: float, returned_wh: float) -> dict[str, object]:
    """Return a meter without a relay.

    https://github.com/evcc-io/evcc/pull/18841 (PM Mini Gen3, firmware 1.5): 63 W
    backwards, and both counters grow by the same 1.05 Wh a minute.
    """
    return {
        "pm1:0": {
            "id": 0,
            "voltage": 236.2,
            "current": 0.477,
            "apower": power_w,
            "freq": 50.0,
            "aenergy": minutes(moved_wh),
            "ret_aenergy": minutes(returned_wh),
        }
    }


def read(
    status: Status, *, reversed_phases: str = "", channels: str = ""
) -> MeterReading | None:
    """Return the reading of a status."""
    wiring = Wiring(frozenset(reversed_phases), frozenset(channels), Ranges().power_w)
    return meter_reading(status, NOW, wiring)


KINDS = [
    pytest.param(
        em1(0, 0.0, 0.0) | em1(1, 6769.3, 9671.54) | DRY_CONTACT,
        "ab",
        (6769.3, 9671.54, 50.52),
        id="Pro EM-50",
    ),
    # https://shelly-api-docs.shelly.cloud/gen2/Devices/Gen3/ShellyEMG3/ and
    # .../Gen4/ShellyEMG4: em1:0, em1:1, their data and a switch without a meter.
    pytest.param(
        em1(0, 800.5, 100.25) | em1(1, 5.0, 7.0) | DRY_CONTACT,
        "ab",
        (805.5, 107.25, 50.52),
        id="EM Gen3, EM Gen4",
    ),
    # https://github.com/home-assistant-libs/aioshelly/pull/1192 names the device.
    pytest.param(
        em1(0, 800.5, 100.25), "a", (800.5, 100.25, 25.26), id="EM-63 Gen4, EM Mini"
    ),
    # https://github.com/bieniu/ha-shellies-discovery-gen2/issues/621: whole numbers
    # without a point.
    pytest.param(
        em1(0, 0, 20.07) | em1(1, 364.8, 293.56) | em1(2, 0, 11),
        "abc",
        (364.8, 324.63, 75.78),
        id="Pro 3EM-3CT63, monophase",
    ),
    # https://github.com/TheRealMoeder/Energy2Shelly_ESP/issues/139: fed back before.
    pytest.param(
        pm1(192.2, 629_562.431, 13_555.086),
        "a",
        (192.2, 616_007.345, 13_555.086),
        id="Plus PM Mini",
    ),
    pytest.param(pm1(1322.8, 699.393, 0), "a", (1322.8, 699.393, 0), id="PM Mini Gen3"),
    # https://github.com/iobroker-community-adapters/ioBroker.shelly/issues/1592
    pytest.param(
        switch(tag=None, counts={"on_time": 44_340, "switch_on": 539}),
        "a",
        (60.5, 1200.5, 0),
        id="1PM Gen3, 1PM Gen4, 1PM Mini",
    ),
    # https://github.com/evcc-io/evcc/pull/31878 and aioshelly's fixtures of Plus 1PM
    # and Plus Plug S: no counter of what is returned, no frequency.
    pytest.param(
        without(switch(), "switch:0", "ret_aenergy", "freq"),
        "a",
        (60.5, 1200.5, None),
        id="Plus 1PM, Plus Plug S",
    ),
    # Core's fixture 2pm_gen3.json.
    pytest.param(
        switch(0, pf=0.9) | switch(1, output=False, apower=0.0, current=0.0),
        "ab",
        (60.5, 2401.0, 0),
        id="2PM Gen3, Pro 2PM",
    ),
    # https://github.com/home-assistant/core/issues/89797: as firmware of 2023 answers,
    # without minutes; .../pull/16 of lukassoo/ShellyExporters: as later firmware does.
    pytest.param(
        switch(0, aenergy={"total": 0.0}, apower=0.0)
        | switch(1)
        | switch(2, aenergy=minutes(336.76))
        | switch(3, apower=15.4, aenergy=minutes(18_440.297)),
        "abcd",
        (136.4, 19_977.557, 0),
        id="Pro 4PM, Power Strip Gen4",
    ),
]


@pytest.mark.parametrize(("status", "channels", "sums"), KINDS)
def test_every_kind(
    status: Status, channels: str, sums: tuple[float, float, float | None]
) -> None:
    """Each channel counts, and a chosen one alone."""
    reading = read(status)
    assert reading is not None
    assert reading.channels == tuple(channels)
    assert (reading.power_w, reading.energy_wh, reading.returned_wh) == pytest.approx(
        sums
    )
    assert not reading.errors
    parts = [read(status, channels=name) for name in channels]
    assert [part.channels for part in parts if part] == [(name,) for name in channels]
    assert sum(part.energy_wh or 0 for part in parts if part) == pytest.approx(sums[1])


def test_three_phases() -> None:
    """Pro 3EM, Pro 3EM-400 and 3EM-63 Gen3 as one meter, with a switch beside it.

    aioshelly's fixture of the Pro 3EM, and the add-on of
    https://github.com/bieniu/ha-shellies-discovery-gen2/issues/333.
    """
    live = {
        f"{phase}_{key}": value
        for phase in "abc"
        for key, value in {
            "act_power": 375.5,
            "aprt_power": 547.4,
            "current": 2.392,
            "freq": 50.0,
            "pf": 0.76,
            "voltage": 229.0,
        }.items()
    }
    sums = {"total_act_power": 1126.502, "total_aprt_power": 1642.2}
    rest: dict[str, object] = {"id": 0, "n_current": None, "user_calibrated_phase": []}
    counted = {f"{phase}_total_act_energy": 100.25 for phase in "abc"}
    returned = {f"{phase}_total_act_ret_energy": 0.5 for phase in "abc"}
    totals = {"id": 0, "total_act": 300.75, "total_act_ret": 1.5}
    reading = read(
        {
            "em:0": live | sums | rest,
            "emdata:0": counted | returned | totals,
            "switch:100": {"id": 100, "source": "init", "output": False},
        }
    )
    assert reading is not None
    assert (reading.power_w, reading.energy_wh) == (1126.502, 300.75)
    assert (reading.returned_wh, reading.channels) == (1.5, ())
    assert [phase.power_w for phase in reading.phases] == [375.5] * 3


@pytest.mark.parametrize("key", ["em:0", "em1:0", "pm1:0", "switch:0"])
def test_clamps_come_first(key: str) -> None:
    """A device has one kind of meter: its relay is no other one."""
    status = {"em:0": {"total_act_power": 1.0}} | em1(0, 2.0, 1.0)
    status |= pm1(3.0, 1.0, 0.0) | switch(apower=4.0)
    order = ["em:0", "em1:0", "pm1:0", "switch:0"]
    for before in order[: order.index(key)]:
        del status[before]
    reading = read(status)
    assert reading is not None
    assert reading.power_w == order.index(key) + 1


@pytest.mark.parametrize(
    "status",
    [
        pytest.param(DRY_CONTACT, id="a relay"),
        pytest.param({"switch:0": None, "input:0": {}}, id="nothing"),
        # aioshelly's shelly2pmg3: the profile for a shutter.
        pytest.param({"cover:0": {"apower": 0.0, "aenergy": minutes(1.0)}}, id="cover"),
    ],
)
def test_no_meter(status: Status) -> None:
    """A Shelly without a meter measures nothing."""
    assert read(status) is None


def test_a_power_meter_the_wrong_way_round() -> None:
    """What moved backwards was drawn, if the meter is known to be reversed."""
    status = pm1(-63.1, 330.473, 128.95)
    reading = read(status)
    assert reading is not None
    assert reading.phases[0].power_w == -63.1
    assert (reading.power_w, reading.energy_wh) == (None, pytest.approx(201.523))
    turned = read(status, reversed_phases="a")
    assert turned is not None
    assert (turned.power_w, turned.energy_wh) == (63.1, 128.95)
    assert turned.returned_wh == pytest.approx(201.523)


def test_a_meter_of_one_counter_the_wrong_way_round() -> None:
    """A counter of both directions is right whichever way the meter is connected."""
    status = without(switch(apower=-60.5), "switch:0", "ret_aenergy")
    reading = read(status, reversed_phases="a")
    assert reading is not None
    assert (reading.power_w, reading.energy_wh) == (60.5, 1200.5)
    assert reading.returned_wh is None


@pytest.mark.parametrize("half", [None, {}, {"total": None}, {"total": "1"}])
@pytest.mark.parametrize("key", ["aenergy", "ret_aenergy"])
def test_half_an_answer(key: str, half: object) -> None:
    """Without one of the counters, the energy is not known: it is no other counter."""
    reading = read(switch(**{key: half}))
    assert reading is not None
    assert (reading.power_w, reading.energy_wh) == (60.5, None)


@pytest.mark.parametrize(("moved_wh", "energy_wh"), [(5.0, None), (128.949, 0.0)])
def test_a_counter_that_was_set_back_alone(
    moved_wh: float, energy_wh: float | None
) -> None:
    """Counters that do not begin together tell nothing; a last digit is no such."""
    reading = read(pm1(100.0, moved_wh, 128.95))
    assert reading is not None
    assert (reading.energy_wh, reading.returned_wh) == (energy_wh, 128.95)


@pytest.mark.parametrize(
    ("errors", "power_w", "energy_wh", "voltage_v"),
    [
        # The relay is off: nothing flows, and that is measured.
        (["overtemp"], 0.0, 1200.5, 231.2),
        (["overpower", "overcurrent"], 0.0, 1200.5, 231.2),
        (["overvoltage"], 0.0, 1200.5, 231.2),
        (["undervoltage"], 0.0, 1200.5, 231.2),
        (["power_meter_failure"], None, None, 231.2),
        (["out_of_range:apower", "out_of_range:voltage"], None, 1200.5, None),
        (["never_heard_of"], None, None, 231.2),
    ],
)
def test_errors(
    errors: list[str],
    power_w: float | None,
    energy_wh: float | None,
    voltage_v: float | None,
) -> None:
    """A relay that protects itself measures on; a meter that fails does not."""
    status = switch(output=False, apower=0.0, errors=errors)
    reading = read(status | switch(1, apower=20.0))
    assert reading is not None
    assert reading.errors == tuple(errors)
    assert reading.phases[0].power_w == power_w
    assert reading.phases[0].voltage_v == voltage_v
    assert reading.phases[1] == PhaseReading(
        name="b", power_w=20.0, voltage_v=231.2, current_a=0.3
    )
    assert reading.energy_wh == (None if energy_wh is None else energy_wh + 1200.5)
    assert reading.counter_failed == (energy_wh is None)


@given(
    drawn_wh=st.lists(st.floats(0, 1e8), min_size=1, max_size=len(CHANNELS)),
    returned_wh=st.floats(0, 1e8),
    is_reversed=st.booleans(),
)
def test_both_directions(
    drawn_wh: list[float], returned_wh: float, is_reversed: bool
) -> None:
    """What is drawn and what is returned come apart again, on each channel."""
    status: dict[str, object] = {}
    for index, each_wh in enumerate(drawn_wh):
        moved = {"total": round(each_wh + returned_wh, 3)}
        back = {"total": round(returned_wh, 3)}
        status |= switch(index, aenergy=moved, ret_aenergy=back)
    names = CHANNELS[: len(drawn_wh)]
    reading = read(status, reversed_phases="".join(names) if is_reversed else "")
    assert reading is not None
    found = (reading.energy_wh, reading.returned_wh)
    sums = (sum(drawn_wh), len(drawn_wh) * returned_wh)
    assert (found[::-1] if is_reversed else found) == pytest.approx(sums, abs=0.01)


@pytest.mark.parametrize(
    "answer",
    [
        # https://github.com/evcc-io/evcc/pull/20570
        pytest.param(
            {
                "type": "SHEM",
                "mac": "AABBCCDDEEFF",
                "auth": False,
                "fw": "20230913-114150/v1.14.0-gcb84623",
                "discoverable": True,
                "longid": 1,
                "num_outputs": 1,
                "num_meters": 0,
                "num_emeters": 2,
                "report_period": 1,
            },
            id="EM",
        ),
        # https://shelly-api-docs.shelly.cloud/gen1/#shelly: the least that all have.
        pytest.param(
            {"type": "SHPLG-S", "mac": "AABBCCDDEEFF", "auth": True, "fw": "v1.5.9"},
            id="Plug S, with a password",
        ),
    ],
)
async def test_the_first_generation(
    session: aiohttp.ClientSession, script: Script, answer: Status
) -> None:
    """A Shelly of the first generation is told apart from other devices."""
    script.answer(Reply(json=answer))
    with pytest.raises(FirstGenerationShelly):
        await ShellyClient(session, script.host).identify()


@pytest.fixture
async def session(socket_enabled: None) -> AsyncIterator[aiohttp.ClientSession]:
    """Return a session as Home Assistant's."""
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def house(kind: MeterKind, socket_enabled: None) -> AsyncIterator[Simulator]:
    """Return a house whose heat pump runs, and what measures it."""
    clock = SteppedClock(NOON_S)
    async with Simulator(
        (Variant.AIR,), clock=clock, meter_kind=kind, history_days=2, running=True
    ) as simulator:
        yield simulator


def meter(house: Simulator) -> Shelly:
    """Return the meter of the house."""
    return house.shellies[Variant.AIR]


@pytest.mark.parametrize("kind", MeterKind)
async def test_a_simulated_day(
    house: Simulator, kind: MeterKind, session: aiohttp.ClientSession
) -> None:
    """Each kind counts what the plant draws, and names itself once."""
    shelly, plant = meter(house), house.plants[Variant.AIR]
    client = ShellyClient(session, shelly.host, mac=shelly.mac)
    info = await client.identify()
    assert (info.identity, info.model) == (shelly.mac, DEVICES[kind].model)
    before = await client.read(lambda: NOW)
    start_wh = plant.energies_at(NOON_S).electricity_wh
    await house.step(3600)
    after = await client.read(lambda: NOW + timedelta(hours=1))
    drawn_wh = plant.energies_at(NOON_S + 3600).electricity_wh - start_wh
    assert before.energy_wh is not None
    assert after.energy_wh is not None
    assert after.energy_wh - before.energy_wh == pytest.approx(drawn_wh, abs=0.1)
    assert drawn_wh > 100
    assert after.power_w == pytest.approx(sum(plant.state().phases_w), abs=0.5)
    assert after.returned_wh == 0


@pytest.mark.parametrize("kind", [MeterKind.PRO_EM, MeterKind.TWO_PM])
async def test_parts(kind: MeterKind, session: aiohttp.ClientSession) -> None:
    """The backup heater, which lifts the tank once a week, has its own channel."""
    clock = SteppedClock(NOON_S)
    async with Simulator(
        (Variant.AIR,), clock=clock, meter_kind=kind, history_days=8
    ) as house:
        energies = house.plants[Variant.AIR].energies_at(NOON_S)
        heater_wh = energies.backup_heater_electricity_wh
        assert heater_wh > 1000
        expected_wh = {"a": energies.electricity_wh - heater_wh, "b": heater_wh}
        for channel, energy_wh in expected_wh.items():
            client = ShellyClient(session, meter(house).host, channels=channel)
            assert (await client.identify()).identity == meter(house).mac
            reading = await client.read(lambda: NOW)
            assert reading.channels == (channel,)
            assert reading.energy_wh == pytest.approx(energy_wh, abs=0.01)


@pytest.mark.parametrize("kind", [MeterKind.PRO_EM, MeterKind.TWO_PM])
async def test_powers_of_parts(kind: MeterKind, session: aiohttp.ClientSession) -> None:
    """Of 1000 W, the backup heater draws 300."""
    clock = SteppedClock(NOON_S)
    async with Simulator(
        (Variant.AIR,), clock=clock, meter_kind=kind, make_plant=steady_plant
    ) as house:
        plant = house.plants[Variant.AIR]
        assert isinstance(plant, SteadyPlant)
        plant.changes = {"backup_heater_w": 300.0}
        reading = await ShellyClient(session, meter(house).host).read(lambda: NOW)
    assert [phase.power_w for phase in reading.phases] == [700, 300]


@pytest.mark.parametrize("kind", MeterKind)
async def test_memory(
    house: Simulator, kind: MeterKind, session: aiohttp.ClientSession
) -> None:
    """A meter with clamps remembers; the others say nothing, and that is no error."""
    shelly = meter(house)
    device = DEVICES[kind]
    for channels in ("", "a"):
        client = ShellyClient(session, shelly.host, channels=channels)
        days = [day async for day in client.history(NOW - timedelta(hours=8), NOW)]
        assert [len(day) for day in days] == ([] if device.data is None else [32])
    assert shelly.requests["Shelly.GetStatus"] == 2


def test_memory_of_a_chosen_channel() -> None:
    """What has no memory is not asked for it, whichever channel is chosen."""
    wiring = Wiring(frozenset(), frozenset("b"), Ranges().power_w)
    assert components(switch(0) | switch(1), wiring) == []
    assert [
        each.number for each in components(em1(0, 1, 1) | em1(1, 1, 1), wiring)
    ] == [1]


@pytest.mark.parametrize("kind", [MeterKind.PM, MeterKind.TWO_PM, MeterKind.PRO_EM])
async def test_a_simulated_reversed_meter(
    house: Simulator, session: aiohttp.ClientSession
) -> None:
    """Told which channels are reversed, the client counts what the plant draws."""
    shelly, plant = meter(house), house.plants[Variant.AIR]
    unaware = ShellyClient(session, shelly.host)
    aware = ShellyClient(session, shelly.host, reversed_phases="ab")
    shelly.reverse("ab")
    before = [await client.read(lambda: NOW) for client in (unaware, aware)]
    await house.step(600)
    after = [await client.read(lambda: NOW) for client in (unaware, aware)]
    grown_wh = [
        (end.energy_wh or 0) - (start.energy_wh or 0)
        for start, end in zip(before, after, strict=True)
    ]
    start_wh = plant.energies_at(NOON_S).electricity_wh
    drawn_wh = plant.energies_at(NOON_S + 600).electricity_wh - start_wh
    assert drawn_wh > 50
    assert grown_wh == pytest.approx([0, drawn_wh], abs=0.05)
    powers_w = [each.power_w or 0 for each in after[0].phases]
    assert powers_w[0] < -100
    assert after[1].power_w == pytest.approx(-sum(powers_w))


@pytest.mark.parametrize("kind", [MeterKind.PM])
async def test_the_last_minutes(
    house: Simulator, session: aiohttp.ClientSession
) -> None:
    """The simulated counter stands still within a minute, and knows three of them."""
    shelly = meter(house)

    async def counter() -> dict[str, Any]:
        url = f"http://{shelly.host}/rpc/PM1.GetStatus?id=0"
        status: dict[str, Any] = await (await session.get(url)).json()
        counted: dict[str, Any] = status["aenergy"]
        return counted

    before = await counter()
    await house.step(59)
    assert await counter() == before
    await house.step(1)
    after = await counter()
    assert after["minute_ts"] == before["minute_ts"] + 60 == NOON_S + 60
    assert after["by_minute"][1:] == before["by_minute"][:2]
    moved_wh = after["total"] - before["total"]
    assert after["by_minute"][0] == pytest.approx(1000 * moved_wh, abs=2)


@pytest.mark.parametrize("kind", [MeterKind.EM])
async def test_a_simulated_first_generation(
    house: Simulator, session: aiohttp.ClientSession
) -> None:
    """The simulator can be one of the first generation."""
    meter(house).faults.first_generation = True
    client = ShellyClient(session, meter(house).host)
    with pytest.raises(FirstGenerationShelly):
        await client.identify()

"""The grid connection of a house: exact energies, netted over the phases."""

import pytest

from simulator import Equipment, House, Simulator, SteppedClock, Variant
from simulator.house_loads import loads_of_day
from simulator.physics import Preset, design_of, simulated_plant
from simulator.physics.calendar import local_day

from .conftest import HISTORY_S, NOON_S, SteadyPlant, steady_plant

DAY_S = 86_400
SUMMER_S = NOON_S + 182 * DAY_S
EMPTY = Equipment(appliances=False, photovoltaics=False)
FULL = Equipment(ev_w=11_000.0)


def steady_house(equipment: Equipment = EMPTY) -> House:
    """Return a house with two heat pumps that draw 1000 W each, always."""
    plants = [steady_plant(variant, NOON_S) for variant in Variant]
    house = House(
        plants, seed=1, start_s=NOON_S, live_from_s=NOON_S, equipment=equipment
    )
    house.advance(NOON_S + DAY_S)
    return house


def physical_house(start_s: float, *, history_s: float = 0.0) -> House:
    """Return a house with a real heat pump and all equipment."""
    plant = simulated_plant(
        Variant.AIR,
        design=design_of(Variant.AIR, Preset.USUAL),
        seed=1,
        start_epoch_s=start_s,
        running=True,
        history_s=history_s,
        plan=(),
    )
    return House(
        [plant],
        seed=1,
        start_s=start_s - history_s,
        live_from_s=start_s,
        equipment=FULL,
    )


def test_heat_pumps_alone() -> None:
    """Both are summed up, to the second and by phase."""
    house = steady_house()
    assert house.at(NOON_S) == (0.0, 0.0)
    assert house.at(NOON_S + 3600) == pytest.approx((2000.0, 0.0))
    assert house.at(NOON_S + 7.2) == pytest.approx((4.0, 0.0))
    assert house.phases_w(NOON_S + 100) == pytest.approx((1200.0, 600.0, 200.0))
    assert house.phases_w(NOON_S) == pytest.approx((1200.0, 600.0, 200.0))
    assert house.heat_wh(NOON_S) == pytest.approx(2 * HISTORY_S / 3600 * 2600)


@pytest.mark.parametrize("hour", [0, 9])
def test_energies_are_the_integral_of_the_power(hour: int) -> None:
    """Second by second the netted power adds up to what the counters say.

    At noon of a summer's day the house feeds in, at night it imports.
    """
    start_s = SUMMER_S + hour * 3600
    house = physical_house(start_s)
    seconds = 3000
    house.advance(start_s + seconds)
    import_ws = export_ws = 0.0
    for second in range(1, seconds + 1):
        power_w = sum(house.phases_w(start_s + second))
        import_ws += max(power_w, 0.0)
        export_ws += max(-power_w, 0.0)
    counted = house.at(start_s + seconds)
    assert counted.import_wh == pytest.approx(import_ws / 3600, abs=1e-6)
    assert counted.export_wh == pytest.approx(export_ws / 3600, abs=1e-6)
    assert (counted.export_wh > 500) == (hour == 0)
    assert (counted.import_wh > 500) == (hour == 9)


def test_energies_are_the_same_whenever_asked() -> None:
    """Neither how often nor in what order somebody asks changes a counter."""
    end_s = SUMMER_S + 5000
    asked_once, asked_often = physical_house(SUMMER_S), physical_house(SUMMER_S)
    for second in range(0, 5000, 37):
        asked_often.advance(SUMMER_S + second)
        asked_often.at(SUMMER_S + second)
        asked_often.at(SUMMER_S + second / 2)
    for house in (asked_once, asked_often):
        house.advance(end_s)
    for moment in (end_s, SUMMER_S + 4321.5):
        assert asked_once.at(moment) == pytest.approx(asked_often.at(moment), abs=1e-6)


def test_history_counts() -> None:
    """The month's days before the simulation began are in the counters."""
    house = physical_house(SUMMER_S, history_s=2 * DAY_S)
    assert house.start_s == SUMMER_S - 2 * DAY_S
    imported = [house.at(SUMMER_S - days * DAY_S).import_wh for days in (2, 1, 0)]
    assert imported[0] == 0
    assert imported[1] > 3000
    assert imported[2] > imported[1] + 3000


def test_more_load() -> None:
    """A load on command begins with the next step and ends by itself."""
    house = steady_house()
    house.draw_more(3600.0, now_s=NOON_S + 61, for_s=100, phases="b")
    assert house.at(NOON_S + 70).import_wh == pytest.approx(2000 * 70 / 3600)
    assert house.at(NOON_S + 3600).import_wh == pytest.approx(2100)
    assert house.phases_w(NOON_S + 100) == pytest.approx((1200.0, 4200.0, 200.0))
    assert house.phases_w(NOON_S + 171) == pytest.approx((1200.0, 600.0, 200.0))
    house.draw_more(600.0, now_s=NOON_S + 200, for_s=60)
    assert house.phases_w(NOON_S + 205) == pytest.approx((1400.0, 800.0, 400.0))


def test_appliances_have_habits() -> None:
    """Their month is one of a household, and the same for the same seed."""

    def month_kwh(seed: int, ev_w: float) -> float:
        today = local_day(NOON_S)
        loads = [
            load
            for day in range(today, today + 30)
            for load in loads_of_day(seed, day, ev_w)
        ]
        assert all(load.start_s % 10 == 0 < load.end_s - load.start_s for load in loads)
        return sum(
            sum(load.phases_w) * (load.end_s - load.start_s) / 3.6e6 for load in loads
        )

    assert 40 < month_kwh(1, 0.0) < 90
    assert month_kwh(1, 0.0) == month_kwh(1, 0.0) != month_kwh(2, 0.0)
    assert month_kwh(1, 11_000.0) > month_kwh(1, 0.0) + 300


def old_plant(variant: Variant, start_s: float) -> SteadyPlant:
    """Return a plant that is older than the month."""
    return SteadyPlant(variant=variant, origin_epoch_s=start_s - 100 * DAY_S)


async def test_house_of_the_simulator(
    clock: SteppedClock, socket_enabled: None
) -> None:
    """It knows all plants, since the month began or they were built."""
    async with Simulator(clock=clock, make_plant=steady_plant) as sim:
        assert sim.house.start_s == NOON_S - HISTORY_S
    async with Simulator([], clock=clock, equipment=EMPTY) as sim:
        assert sim.house.start_s == NOON_S
        await sim.step(3600)
        assert sim.house.at(NOON_S + 3600) == (0.0, 0.0)
    async with Simulator(clock=clock, make_plant=old_plant) as sim:
        # 2026-01-01, 0:00 in Brussels.
        assert sim.house.start_s == 1_767_222_000

"""What the heating rod drew, by whatever tells of it."""

from dataclasses import replace
from itertools import pairwise

import pytest

from custom_components.heatpump_monitor.performance.plant import HeatMethod, Plant
from custom_components.heatpump_monitor.performance.readings import (
    HeatPumpReading,
    UnitEnergy,
)
from custom_components.heatpump_monitor.performance.rod import RodAccount, rod_heat_wh

from .builders import heating, resting

PLANT = Plant()
KNOWN_ROD = Plant(rod_w=3000.0)
AUXILIARY_W = 120.0
ROD_W = 3000.0


def counted(seconds: float, heating_wh: float, hot_water_wh: float) -> HeatPumpReading:
    """Return a reading of a unit that counts what its rod draws."""
    energy = UnitEnergy(heating_wh=heating_wh, hot_water_wh=hot_water_wh)
    return replace(heating(seconds), rod_electricity=energy)


def inverter(seconds: float, power_w: float) -> HeatPumpReading:
    """Return a reading of a unit that tells what its inverter draws."""
    return replace(heating(seconds), inverter_w=power_w)


def told(
    account: RodAccount,
    readings: list[HeatPumpReading],
    electricity_wh: list[float | None] | None = None,
    plant: Plant = PLANT,
) -> list[float | None]:
    """Return what the rod drew between each two readings."""
    drawn = electricity_wh or [None] * (len(readings) - 1)
    return [
        account.between(start, end, each, plant)
        for (start, end), each in zip(pairwise(readings), drawn, strict=True)
    ]


def test_its_own_counter() -> None:
    """Heating and hot water add up; the first value is no energy."""
    values = [(500, 70), (500, 70), (600, 70), (600, 270)]
    readings = [counted(300 * place, *each) for place, each in enumerate(values)]
    account = RodAccount()
    account.between(readings[0], readings[0], None, PLANT)
    assert told(account, readings) == [0, 100, 200]


def test_a_counter_that_starts_again() -> None:
    """The first of January is no energy, nor is it known what was drawn."""
    readings = [counted(0, 500, 0), counted(300, 0, 0), counted(600, 100, 0)]
    account = RodAccount()
    account.between(readings[0], readings[0], None, PLANT)
    assert told(account, readings) == [None, 100]


def test_a_counter_goes_before_everything_else() -> None:
    """Where the rod is counted, neither hours nor the meter are asked."""
    readings = [
        replace(counted(300 * place, 500, 0), rod_hours=place, inverter_w=0.0)
        for place in range(3)
    ]
    account = RodAccount()
    account.between(readings[0], readings[0], None, PLANT)
    assert told(account, readings, [500, 500], KNOWN_ROD) == [0, 0]


def test_what_a_counter_makes_up_for_is_told_once() -> None:
    """A counter that is missing in one answer tells in the next what was drawn."""
    readings = [
        replace(counted(300 * place, 250 * place, 0), rod_hours=place / 10)
        for place in range(4)
    ]
    readings[2] = replace(readings[2], rod_electricity=None)
    account = RodAccount()
    account.between(readings[0], readings[0], None, KNOWN_ROD)
    assert told(account, readings, None, KNOWN_ROD) == [250, None, 500]


@pytest.mark.parametrize(
    ("hours", "rod_wh"),
    [
        ((10.0, 10.0), 0),
        ((10.0, 10.1), 300),
        # Whole hours move at once, late.
        ((10.0, 11.0), 3000),
        ((10.0, 12.0), None),
        ((10.0, 9.0), None),
        ((10.0, None), None),
    ],
)
def test_run_time_times_power(
    hours: tuple[float, float | None], rod_wh: float | None
) -> None:
    """Hours tell the energy of a rod whose power is known, as far as they can be."""
    start, end = (
        replace(resting(300 * place), rod_hours=each)
        for place, each in enumerate(hours)
    )
    drawn_wh = RodAccount().between(start, end, None, KNOWN_ROD)
    assert drawn_wh == (None if rod_wh is None else pytest.approx(rod_wh))
    assert RodAccount().between(start, end, None, PLANT) is None


def through_the_meter(
    *inverters_w: float, rods_w: tuple[float, ...], rod_on: bool | None = None
) -> list[float | None]:
    """Return what is told of the rod where only the meter sees it, in W."""
    readings = [
        replace(inverter(300 * place, each), rod_on=rod_on)
        for place, each in enumerate(inverters_w)
    ]
    electricity_wh: list[float | None] = [
        ((start + end) / 2 + AUXILIARY_W + rod_w) / 12
        for (start, end), rod_w in zip(pairwise(inverters_w), rods_w, strict=True)
    ]
    powers = told(RodAccount(), readings, electricity_wh)
    return [None if each is None else each * 12 for each in powers]


def test_what_the_meter_saw_beyond_the_inverter() -> None:
    """Far more than the compressor draws is the rod, less what is always drawn."""
    found = through_the_meter(900, 900, 1000, 900, 900, rods_w=(0, ROD_W, ROD_W, 0))
    assert found == pytest.approx([0, ROD_W, ROD_W, 0])


def test_auxiliaries_are_no_rod() -> None:
    """Pumps and fans, together less than any rod, are not taken for one."""
    assert through_the_meter(900, 900, 900, rods_w=(0, 800)) == [0, 0]


def test_a_rod_that_is_said_to_be_off_is_off() -> None:
    """The unit's own word goes before what looks like one."""
    found = through_the_meter(0, 0, 0, rods_w=(ROD_W, ROD_W), rod_on=False)
    assert found == [0, 0]


def test_a_large_compressor_that_starts_is_no_rod() -> None:
    """Started just after a reading, it drew far more than the two ends' mean."""
    readings = [inverter(0, 0), inverter(300, 5000), inverter(600, 5000)]
    account = RodAccount()
    full_wh = (5000 + AUXILIARY_W) / 12
    assert told(account, readings, [full_wh, full_wh]) == [0, 0]
    assert account.auxiliary_w == pytest.approx(AUXILIARY_W)


def test_auxiliaries_are_learnt_from_steady_time() -> None:
    """A compressor that stops tells nothing of what the pumps draw."""
    readings = [inverter(300 * place, each) for place, each in enumerate((9, 9, 1500))]
    account = RodAccount()
    told(account, readings, [AUXILIARY_W / 12, 1500 / 12])
    assert account.auxiliary_w == pytest.approx(AUXILIARY_W - 9)


@pytest.mark.parametrize("electricity_wh", [None, 400.0])
def test_nothing_tells_of_it(electricity_wh: float | None) -> None:
    """Without counter, power or inverter, or over a gap, it is not known."""
    account = RodAccount()
    assert account.between(resting(0), resting(300), electricity_wh, PLANT) is None
    gap = inverter(0, 0), inverter(3600, 0)
    assert account.between(*gap, 4000.0, PLANT) is None


@pytest.mark.parametrize("method", list(HeatMethod))
def test_heat_of_the_rod(method: HeatMethod) -> None:
    """Sensors behind the rod see its heat; the unit's own figures leave it out."""
    blind = {
        HeatMethod.REPORTED,
        HeatMethod.MODULATION,
        HeatMethod.SOURCE_BALANCE,
        HeatMethod.COMBINED,
    }
    assert rod_heat_wh(method, 500.0) == (0 if method in blind else 500)

"""What the backup heater drew, by whatever tells of it."""

from dataclasses import replace
from itertools import pairwise

import pytest

from custom_components.heatpump_monitor.performance.heat.backup_heater import (
    BackupHeater,
    backup_heater_heat_wh,
)
from custom_components.heatpump_monitor.performance.plant import HeatMethod, Plant
from custom_components.heatpump_monitor.readings import HeatPumpReading, UnitEnergy
from tests.performance.builders import heating, resting

PLANT = Plant()
KNOWN_BACKUP_HEATER = Plant(backup_heater_w=3000.0)
AUXILIARY_W = 120.0
BACKUP_HEATER_W = 3000.0


def counted(seconds: float, heating_wh: float, hot_water_wh: float) -> HeatPumpReading:
    """Return a reading of a unit that counts what its backup heater draws."""
    energy = UnitEnergy(heating_wh=heating_wh, hot_water_wh=hot_water_wh)
    return replace(heating(seconds), backup_heater_electricity=energy)


def inverter(seconds: float, power_w: float) -> HeatPumpReading:
    """Return a reading of a unit that tells what its inverter draws."""
    return replace(heating(seconds), inverter_w=power_w)


def import_result(
    summary: BackupHeater,
    readings: list[HeatPumpReading],
    electricity_wh: list[float | None] | None = None,
    plant: Plant = PLANT,
) -> list[float | None]:
    """Return what the backup heater drew between each two readings."""
    drawn = electricity_wh or [None] * (len(readings) - 1)
    return [
        summary.between(start, end, each, plant)
        for (start, end), each in zip(pairwise(readings), drawn, strict=True)
    ]


def test_its_own_counter() -> None:
    """Heating and hot water add up; the first value is no energy."""
    values = [(500, 70), (500, 70), (600, 70), (600, 270)]
    readings = [counted(300 * place, *each) for place, each in enumerate(values)]
    summary = BackupHeater()
    summary.between(readings[0], readings[0], None, PLANT)
    assert import_result(summary, readings) == [0, 100, 200]


def test_a_counter_that_starts_again() -> None:
    """The first of January is no energy, nor is it known what was drawn."""
    readings = [counted(0, 500, 0), counted(300, 0, 0), counted(600, 100, 0)]
    summary = BackupHeater()
    summary.between(readings[0], readings[0], None, PLANT)
    assert import_result(summary, readings) == [None, 100]


def test_a_counter_goes_before_everything_else() -> None:
    """Where the backup heater is counted, neither hours nor the meter are asked."""
    readings = [
        replace(counted(300 * place, 500, 0), backup_heater_hours=place, inverter_w=0.0)
        for place in range(3)
    ]
    summary = BackupHeater()
    summary.between(readings[0], readings[0], None, PLANT)
    assert import_result(summary, readings, [500, 500], KNOWN_BACKUP_HEATER) == [0, 0]


def test_what_a_counter_makes_up_for_is_told_once() -> None:
    """A counter that is missing in one answer tells in the next what was drawn."""
    readings = [
        replace(counted(300 * place, 250 * place, 0), backup_heater_hours=place / 10)
        for place in range(4)
    ]
    readings[2] = replace(readings[2], backup_heater_electricity=None)
    summary = BackupHeater()
    summary.between(readings[0], readings[0], None, KNOWN_BACKUP_HEATER)
    assert import_result(summary, readings, None, KNOWN_BACKUP_HEATER) == [
        250,
        None,
        500,
    ]


@pytest.mark.parametrize(
    ("hours", "backup_heater_wh"),
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
    hours: tuple[float, float | None], backup_heater_wh: float | None
) -> None:
    """Hours tell the energy of a backup heater whose power is known, as far as they can be."""
    start, end = (
        replace(resting(300 * place), backup_heater_hours=each)
        for place, each in enumerate(hours)
    )
    drawn_wh = BackupHeater().between(start, end, None, KNOWN_BACKUP_HEATER)
    assert drawn_wh == (
        None if backup_heater_wh is None else pytest.approx(backup_heater_wh)
    )
    assert BackupHeater().between(start, end, None, PLANT) is None


def through_the_meter(
    *inverters_w: float,
    backup_heaters_w: tuple[float, ...],
    backup_heater_on: bool | None = None,
) -> list[float | None]:
    """Return what is told of the backup heater where only the meter sees it, in W."""
    readings = [
        replace(inverter(300 * place, each), backup_heater_on=backup_heater_on)
        for place, each in enumerate(inverters_w)
    ]
    electricity_wh: list[float | None] = [
        ((start + end) / 2 + AUXILIARY_W + backup_heater_w) / 12
        for (start, end), backup_heater_w in zip(
            pairwise(inverters_w), backup_heaters_w, strict=True
        )
    ]
    powers = import_result(BackupHeater(), readings, electricity_wh)
    return [None if each is None else each * 12 for each in powers]


def test_what_the_meter_saw_beyond_the_inverter() -> None:
    """Far more than the compressor draws is the backup heater, less what is always drawn."""
    found = through_the_meter(
        900,
        900,
        1000,
        900,
        900,
        backup_heaters_w=(0, BACKUP_HEATER_W, BACKUP_HEATER_W, 0),
    )
    assert found == pytest.approx([0, BACKUP_HEATER_W, BACKUP_HEATER_W, 0])


def test_auxiliaries_are_no_backup_heater() -> None:
    """Pumps and fans, together less than any backup heater, are not taken for one."""
    assert through_the_meter(900, 900, 900, backup_heaters_w=(0, 800)) == [0, 0]


def test_a_backup_heater_that_is_said_to_be_off_is_off() -> None:
    """The unit's own word goes before what looks like one."""
    found = through_the_meter(
        0,
        0,
        0,
        backup_heaters_w=(BACKUP_HEATER_W, BACKUP_HEATER_W),
        backup_heater_on=False,
    )
    assert found == [0, 0]


def test_a_large_compressor_that_starts_is_no_backup_heater() -> None:
    """Started just after a reading, it drew far more than the two ends' mean."""
    readings = [inverter(0, 0), inverter(300, 5000), inverter(600, 5000)]
    summary = BackupHeater()
    full_wh = (5000 + AUXILIARY_W) / 12
    assert import_result(summary, readings, [full_wh, full_wh]) == [0, 0]
    assert summary.auxiliary_w == pytest.approx(AUXILIARY_W)


def test_auxiliaries_are_learnt_from_steady_time() -> None:
    """A compressor that stops tells nothing of what the pumps draw."""
    readings = [inverter(300 * place, each) for place, each in enumerate((9, 9, 1500))]
    summary = BackupHeater()
    import_result(summary, readings, [AUXILIARY_W / 12, 1500 / 12])
    assert summary.auxiliary_w == pytest.approx(AUXILIARY_W - 9)


@pytest.mark.parametrize("electricity_wh", [None, 400.0])
def test_nothing_tells_of_it(electricity_wh: float | None) -> None:
    """Without counter, power or inverter, or over a gap, it is not known."""
    summary = BackupHeater()
    assert summary.between(resting(0), resting(300), electricity_wh, PLANT) is None
    gap = inverter(0, 0), inverter(3600, 0)
    assert summary.between(*gap, 4000.0, PLANT) is None


@pytest.mark.parametrize("method", list(HeatMethod))
def test_heat_of_the_backup_heater(method: HeatMethod) -> None:
    """Sensors behind the backup heater see its heat; the unit's own figures leave it out."""
    blind = {
        HeatMethod.REPORTED,
        HeatMethod.MODULATION,
        HeatMethod.SOURCE_BALANCE,
        HeatMethod.COMBINED,
    }
    assert backup_heater_heat_wh(method, 500.0) == (0 if method in blind else 500)

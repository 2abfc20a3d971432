"""Which mode is told from contradictory signals."""

from dataclasses import replace

import pytest

from custom_components.heatpump_monitor.performance.modes import (
    backup_heater_is_on,
    mode_of,
    purpose_of,
    purpose_stamp,
    unseen_defrost_end,
)
from custom_components.heatpump_monitor.readings import (
    CircuitReading,
    HeatPumpReading,
    Mode,
)

from .builders import at, heating, resting

RUNNING = heating(0)


@pytest.mark.parametrize(
    ("reading", "mode"),
    [
        (RUNNING, Mode.HEATING),
        (resting(0), Mode.STANDBY),
        # A unit in the field: valve at hot water, state still `heating`.
        (replace(RUNNING, valve="domesticHotWater"), Mode.HOT_WATER),
        (replace(RUNNING, hot_water_charging=True), Mode.HOT_WATER),
        # Another: the compressor is active, its phase says `ready`.
        (replace(RUNNING, compressor_phase="ready"), Mode.HEATING),
        (replace(RUNNING, defrosting=True, valve="domestichotwater"), Mode.DEFROST),
        (replace(resting(0), defrosting=True), Mode.DEFROST),
        # Without a flag, the phase tells it; the flag knows better.
        (replace(RUNNING, compressor_phase="defrost"), Mode.DEFROST),
        (replace(resting(0), compressor_phase="passive_defrost"), Mode.DEFROST),
        (replace(RUNNING, compressor_phase="preparing_defrost"), Mode.HEATING),
        (
            replace(RUNNING, compressor_phase="defrost", defrosting=False),
            Mode.HEATING,
        ),
        # The valve of a resting unit, misspelt by the maker.
        (replace(resting(0), valve="climatcircuittwodefrost"), Mode.STANDBY),
        (replace(RUNNING, valve="climatcircuittwodefrost"), Mode.HEATING),
        (replace(RUNNING, operation_state="cooling"), Mode.COOLING),
        (replace(RUNNING, compressor_on=None), None),
    ],
)
def test_mode(reading: HeatPumpReading, mode: Mode | None) -> None:
    """The stated rule decides which signal wins."""
    assert mode_of(reading) is mode


PUMPING = CircuitReading(number="0", pump_on=True)


@pytest.mark.parametrize(
    ("supply_c", "hot_water_c", "circuits", "mode"),
    [
        # No circuit takes the water: it goes to the cylinder.
        (50.0, 45.0, (replace(PUMPING, pump_on=False),), Mode.HOT_WATER),
        # Colder than the cylinder it cannot charge.
        (40.0, 45.0, (replace(PUMPING, pump_on=False),), Mode.HEATING),
        (40.0, None, (PUMPING,), Mode.HEATING),
        (None, 45.0, (PUMPING,), Mode.HEATING),
        # Above what the curve asks for, with the swing of a circuit.
        (50.0, 45.0, (replace(PUMPING, target_supply_c=35.0),), Mode.HOT_WATER),
        (50.0, 45.0, (replace(PUMPING, target_supply_c=45.0),), None),
        # A circuit that does not say what it asks for leaves both possible.
        (50.0, 45.0, (PUMPING,), None),
        (
            50.0,
            45.0,
            (replace(PUMPING, target_supply_c=35.0), replace(PUMPING, number="1")),
            None,
        ),
        (50.0, 45.0, (), None),
    ],
)
def test_hot_water_that_nothing_says(
    supply_c: float | None,
    hot_water_c: float | None,
    circuits: tuple[CircuitReading, ...],
    mode: Mode | None,
) -> None:
    """Without flag and valve, the temperatures tell hot water, or leave it unknown."""
    reading = replace(
        RUNNING, supply_c=supply_c, hot_water_c=hot_water_c, circuits=circuits
    )
    assert mode_of(reading) is mode
    # A flag or a valve is believed, whatever the temperatures.
    assert mode_of(replace(reading, hot_water_charging=False)) is Mode.HEATING
    assert mode_of(replace(reading, valve="heating")) is Mode.HEATING


def test_mode_that_is_given_is_believed() -> None:
    """A source that tells the mode itself knows better."""
    reading = replace(RUNNING, mode=Mode.COOLING)
    assert mode_of(reading) is purpose_of(reading) is Mode.COOLING


def test_purpose_is_stamped_by_what_changed_it() -> None:
    """The time stamp of the field that changed, and of no other."""
    stamps = {"hot_water_charging": at(100), "valve": at(50), "compressor_phase": at(9)}
    before = replace(RUNNING, hot_water_charging=False, stamps=stamps)
    charging = replace(before, hot_water_charging=True)
    assert purpose_stamp(before, charging) == at(100)
    assert purpose_stamp(before, replace(charging, valve="dhw")) == at(100)
    assert purpose_stamp(before, before) is None
    assert purpose_stamp(None, charging) == at(100)
    assert purpose_stamp(before, replace(charging, stamps={})) is None


def test_phase_stamps_a_defrost_only_without_a_flag() -> None:
    """The phase also changes for other reasons."""
    stamps = {"defrosting": at(100), "compressor_phase": at(200)}
    before = replace(RUNNING, compressor_phase="heating", stamps=stamps)
    by_phase = replace(before, compressor_phase="defrost")
    assert purpose_stamp(before, by_phase) == at(200)
    flagged = replace(before, defrosting=False)
    assert purpose_stamp(flagged, replace(by_phase, defrosting=True)) == at(100)


@pytest.mark.parametrize(
    ("before_h", "hours", "flag", "on"),
    [
        (None, 246.301, None, None),
        (246.301, 246.35, None, True),
        (246.35, 246.35, None, False),
        (246.35, 0.0, None, False),
        (246.301, 246.35, False, False),
        (246.35, 246.35, True, True),
        # Whole hours: a step is a run, standing still proves nothing.
        (31.0, 32.0, None, True),
        (31.0, 31.0, None, None),
        (31.0, None, None, None),
    ],
)
def test_backup_heater(
    before_h: float | None, hours: float | None, flag: bool | None, on: bool | None
) -> None:
    """The backup heater is on by its flag, or where its run time moves."""
    before = replace(resting(0), backup_heater_hours=before_h)
    reading = replace(resting(300), backup_heater_hours=hours, backup_heater_on=flag)
    assert backup_heater_is_on(before, reading) is on


def test_first_reading_tells_nothing_of_the_backup_heater() -> None:
    """Without a reading before there is no difference."""
    assert (
        backup_heater_is_on(None, replace(resting(0), backup_heater_hours=12.5)) is None
    )


def test_defrost_between_two_readings() -> None:
    """A state whose time stamp moved was another meanwhile."""
    moments = [at(second) for second in (0, 200, 300)]
    before = replace(
        heating(0), defrosting=False, outside_c=1.0, stamps={"defrosting": moments[0]}
    )
    stamps = {"defrosting": moments[1], "starts": moments[0]}
    reading = replace(before, time=moments[2], stamps=stamps)
    assert unseen_defrost_end(before, reading) == moments[1]
    assert unseen_defrost_end(reading, reading) is None
    assert unseen_defrost_end(before, replace(reading, defrosting=True)) is None
    assert unseen_defrost_end(before, replace(reading, outside_c=15.0)) is None
    # A unit that was away stamps all of its states anew.
    restamped = replace(reading, stamps=dict.fromkeys(stamps, moments[1]))
    assert unseen_defrost_end(before, restamped) is None

"""Which mode is told from contradictory signals."""

from dataclasses import replace

import pytest

from custom_components.heatpump_monitor.performance.modes import (
    Mode,
    mode_of,
    rod_is_on,
)
from custom_components.heatpump_monitor.performance.readings import HeatPumpReading

from .builders import heating, resting

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
def test_heating_rod(
    before_h: float | None, hours: float | None, flag: bool | None, on: bool | None
) -> None:
    """The rod is on by its flag, or where its run time moves."""
    before = replace(resting(0), rod_hours=before_h)
    reading = replace(resting(300), rod_hours=hours, rod_on=flag)
    assert rod_is_on(before, reading) is on


def test_first_reading_tells_nothing_of_the_rod() -> None:
    """Without a reading before there is no difference."""
    assert rod_is_on(None, replace(resting(0), rod_hours=12.5)) is None

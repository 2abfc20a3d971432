"""Which mode is told from contradictory signals."""

from dataclasses import replace

import pytest

from custom_components.heatpump_monitor.performance.modes import Mode, mode_of
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

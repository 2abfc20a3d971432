"""A heat meter's counter, and what can go wrong with it."""

import pytest

from custom_components.heatpump_monitor.performance.electricity.counters import (
    CounterEvent,
)
from custom_components.heatpump_monitor.performance.heat.heat_meter import HeatMeter
from tests.performance.builders import at


@pytest.mark.parametrize(
    ("value_wh", "heat_wh", "event"),
    [
        (50_400.0, 400.0, None),
        # What a defrost takes back.
        (49_800.0, -200.0, None),
        # Another meter, or a new count; and a step that no heat pump makes.
        (10.0, None, CounterEvent.RESET),
        (20_000.0, None, CounterEvent.RESET),
        (90_000.0, None, CounterEvent.JUMP),
    ],
)
def test_step(
    value_wh: float, heat_wh: float | None, event: CounterEvent | None
) -> None:
    """The difference of two values is heat, unless it cannot be."""
    heat_meter = HeatMeter()
    assert heat_meter.take(at(0), 50_000.0) == (None, None)
    assert heat_meter.take(at(300), value_wh) == (heat_wh, event)
    assert heat_meter.take(at(600), value_wh + 100) == (100.0, None)

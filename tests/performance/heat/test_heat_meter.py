"""A heat meter's counter, and what can go wrong with it."""

import pytest

from custom_components.heatpump_monitor.performance.electricity.counters import (
    CounterEvent,
)
from custom_components.heatpump_monitor.performance.heat.heat_meter import (
    HeatMeter,
    HeatMeterTotal,
)
from custom_components.heatpump_monitor.readings import MeterReading
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


def test_a_coarse_counter_moves_in_any_minute() -> None:
    """A step of 1 kWh is the heat of a long time, and no jump."""
    heat_meter = HeatMeter()
    heat_meter.take(at(0), 50_000.0)
    assert heat_meter.take(at(60), 51_000.0) == (1000.0, None)
    assert heat_meter.take(at(120), 53_000.0) == (None, CounterEvent.JUMP)


def reading(seconds: float, energy_wh: float | None) -> MeterReading:
    """Return a reading of a heat meter."""
    return MeterReading(time=at(seconds), energy_wh=energy_wh)


def total_of(*readings: MeterReading) -> HeatMeterTotal:
    """Return the total of a heat meter after some readings."""
    total = HeatMeterTotal(identity="one")
    for each in readings:
        assert total.add(each) is None
    return total


def test_heat_between_two_readings_is_interpolated() -> None:
    """A reading without a value, or one that comes late, changes nothing."""
    total = total_of(
        reading(0, 50_000.0),
        reading(600, 50_600.0),
        reading(300, 60_000.0),
        reading(900, None),
    )
    assert total.timeline.total_at(at(300)) == 300.0
    assert total.timeline.total_at(at(900)) is None


def test_a_coarse_counter_may_stand_still() -> None:
    """While it does not move, its heat is 0, and the next step is counted."""
    total = total_of(reading(0, 50_000.0), reading(600, 50_000.0), reading(900, 51_000))
    assert total.timeline.total_at(at(600)) == 0.0
    assert total.timeline.total_at(at(900)) == 1000.0


def test_a_counter_that_starts_again_leaves_a_gap() -> None:
    """What it counted in between is not known; the total goes on."""
    total = total_of(reading(0, 50_000.0), reading(600, 50_600.0))
    assert total.add(reading(900, 10.0)) is CounterEvent.RESET
    assert total.timeline.total_at(at(300)) is None
    assert total.timeline.total_at(at(900)) == 600.0


@pytest.mark.parametrize(
    ("identity", "known"), [(None, True), ("one", True), ("two", False)]
)
def test_another_meter_starts_its_own_counter(
    identity: str | None, known: bool
) -> None:
    """The same one, or one that does not say who it is, goes on."""
    total = total_of(reading(0, 50_000.0), reading(600, 50_600.0))
    total.identify(identity)
    assert (total.timeline.total_at(at(600)) is not None) is known

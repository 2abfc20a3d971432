"""Run time where the meter does not see the compressor."""

from dataclasses import replace
from datetime import UTC

from custom_components.heatpump_monitor.performance.monitor import PerformanceMonitor
from custom_components.heatpump_monitor.performance.plant import HeatMethod, Plant
from custom_components.heatpump_monitor.performance.totals.ledger import Bucket
from custom_components.heatpump_monitor.readings import HeatPumpReading
from tests.performance.builders import at, heating, meter, resting

POLL_S = 300


def missed(first: HeatPumpReading) -> Bucket:
    """Return what is booked of eight polls at rest, each 3 min of run after the last.

    Args:
        first: What the heat pump says before.
    """
    monitor = PerformanceMonitor.start(Plant(heat_method=HeatMethod.MODULATION), UTC)
    for seconds in (-2 * POLL_S, -POLL_S):
        monitor.add_meter(meter(seconds, 1000 + seconds / 2))
    for place in range(11):
        reading = first if place == 0 else resting(0)
        seconds = place * POLL_S
        monitor.add_meter(meter(seconds, 1000 + seconds / 2))
        hours = 10.01 + 0.05 * max(place - 2, 0)
        monitor.add_heat_pump(replace(reading, time=at(seconds), run_hours=hours))
    booked = Bucket()
    for day in monitor.ledger.days.values():
        booked.add(day)
    return booked


def test_runs_that_fall_between_polls() -> None:
    """The hours counter tells of them, but for the step that it may hold back."""
    seen_wh = 5000 * POLL_S / 2 / 3600
    heat_wh = missed(heating(0)).heat_wh - seen_wh
    run_s = 8 * 180
    assert 5000 * (run_s - 660 - 180) / 3600 < heat_wh < 5000 * run_s / 3600


def test_run_of_unknown_power_is_unknown() -> None:
    """Where no run was seen before, nobody knows its power: it is not paired."""
    booked = missed(resting(0))
    assert booked.heat_wh == 0
    assert 0 < booked.paired_s < 10 * POLL_S

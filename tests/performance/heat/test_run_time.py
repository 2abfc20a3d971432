"""Run time where the meter does not see the compressor; starts and defrosts."""

from dataclasses import replace
from datetime import UTC

import pytest

from custom_components.heatpump_monitor.performance.heat.run_time import (
    defrosts_between,
    starts_between,
)
from custom_components.heatpump_monitor.performance.monitor import PerformanceMonitor
from custom_components.heatpump_monitor.performance.plant import HeatMethod, Plant
from custom_components.heatpump_monitor.performance.totals.ledger import Bucket
from custom_components.heatpump_monitor.readings import HeatPumpReading
from tests.performance.builders import at, heating, meter, resting

POLL_S = 300
GAP_S = 1201


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


def counting(seconds: float, starts: float) -> HeatPumpReading:
    """Return a reading of a unit that counts its starts."""
    return replace(heating(seconds), starts=starts)


def defrosting(seconds: float) -> HeatPumpReading:
    """Return a reading in the middle of a defrost."""
    return replace(heating(seconds, delta_t_k=-4.0), defrosting=True)


@pytest.mark.parametrize(
    ("before", "after", "apart_s", "starts"),
    [
        (100, 100, 300, 0),
        (100, 101, 300, 1),
        (100, 103, 300, 3),
        # Through a gap, however long.
        (100, 112, 86_400, 12),
        # A new controller, or one that cannot have started as often.
        (100, 3, 300, 0),
        (0, 4321, 300, 0),
    ],
)
def test_the_units_counter_knows(
    before: float, after: float, apart_s: float, starts: int
) -> None:
    """What the unit counts is told, as far as a compressor can do it."""
    assert starts_between(counting(0, before), counting(apart_s, after)) == starts


@pytest.mark.parametrize(
    ("start", "end", "starts"),
    [
        (resting(0), heating(300), 1),
        (heating(0), resting(300), 0),
        (heating(0), heating(300), 0),
        (resting(0), resting(300), 0),
        (replace(heating(0), compressor_on=None), heating(300), 0),
        (resting(0), heating(GAP_S), 0),
        # A counter that started again leaves it to the states.
        (replace(resting(0), starts=100), counting(300, 1), 1),
        (counting(0, 100), resting(300), 0),
        # Nor has one that appears counted anything since.
        (heating(0), counting(300, 3), 0),
    ],
)
def test_without_a_counter_a_start_is_seen(
    start: HeatPumpReading, end: HeatPumpReading, starts: int
) -> None:
    """A compressor that rested and now runs has started; a gap tells nothing."""
    assert starts_between(start, end) == starts


@pytest.mark.parametrize(
    ("start", "end", "defrosts"),
    [
        (heating(0), defrosting(300), 1),
        (resting(0), defrosting(300), 1),
        (defrosting(0), defrosting(300), 0),
        (defrosting(0), heating(300), 0),
        (heating(0), heating(300), 0),
        (replace(resting(0), compressor_on=None), defrosting(300), 0),
        (heating(0), defrosting(GAP_S), 0),
    ],
)
def test_a_defrost_is_seen_to_begin(
    start: HeatPumpReading, end: HeatPumpReading, defrosts: int
) -> None:
    """A defrost counts where it begins, and only where it was seen to."""
    assert defrosts_between(start, end) == defrosts

"""Starts of the compressor and defrosts, none of them made up."""

from dataclasses import replace

import pytest

from custom_components.heatpump_monitor.performance.heat.run_time import (
    defrosts_between,
    starts_between,
)
from custom_components.heatpump_monitor.readings import HeatPumpReading
from tests.performance.builders import heating, resting

GAP_S = 1201


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

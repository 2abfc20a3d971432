"""Counters that go wrong, and a coarse counter that keeps an estimate honest."""

from hypothesis import given, strategies as st
import pytest

from custom_components.heatpump_monitor.performance.electricity.counters import (
    Counter,
    CounterCorrection,
    CounterEvent,
)
from tests.performance.builders import START, at

RATING_W = 43_470.0


def follow(
    *values_wh: float, apart_s: float = 60.0
) -> tuple[Counter, list[CounterEvent | None]]:
    """Feed values to a counter; return it and what it found wrong."""
    counter = Counter(START, values_wh[0])
    events: list[CounterEvent | None] = []
    for place, value_wh in enumerate(values_wh[1:], 1):
        counter, event = counter.advanced(at(place * apart_s), value_wh, RATING_W)
        events.append(event)
    return counter, events


def test_differences_add_up() -> None:
    """A well-behaved counter adds up to its own difference."""
    counter, events = follow(100.0, 110.0, 135.5)
    assert counter.total_wh == pytest.approx(35.5)
    assert events == [None, None]


def test_d3_jitter_adds_next_to_nothing() -> None:
    """D3: a value that steps back and on again adds the difference, not itself."""
    counter, events = follow(12345.0, 12344.9, 12345.1)
    assert counter.total_wh == pytest.approx(0.1)
    assert events == [CounterEvent.STEP_BACK, None]


def test_the_last_digit_is_no_event() -> None:
    """A value that two rounded counters make may be lower by their last digits."""
    counter, events = follow(201.523, 201.522, 201.523, 201.53)
    assert counter.total_wh == pytest.approx(0.007)
    assert events == [None, None, None]


def test_d14_restart_of_the_meter_loses_nothing() -> None:
    """D14: what is counted from the lower value on is new energy."""
    counter, events = follow(90_000.0, 89_970.0, 89_980.0)
    assert counter.total_wh == pytest.approx(10.0)
    assert events == [CounterEvent.STEP_BACK, None]


def test_d14_reset_starts_anew() -> None:
    """D14: a reset counter gives no energy, neither less nor more."""
    counter, events = follow(90_000.0, 40.0, 65.0)
    assert counter.total_wh == pytest.approx(25.0)
    assert events == [CounterEvent.RESET, None]


def test_small_counter_that_resets() -> None:
    """A young counter that starts again is a reset, however few Wh it held."""
    assert follow(50.0, 0.0)[1] == [CounterEvent.RESET]


def test_d4_jump_is_refused_not_clamped() -> None:
    """D4: more than the meter can carry is refused, and said."""
    counter, events = follow(1000.0, 9000.0, 9010.0)
    assert counter.total_wh == pytest.approx(10.0)
    assert events == [CounterEvent.JUMP, None]


def test_d4_days_without_readings_are_booked() -> None:
    """D4: what a meter can carry in three days is booked whole."""
    counter, events = follow(1000.0, 301_000.0, apart_s=3 * 86_400)
    assert counter.total_wh == pytest.approx(300_000.0)
    assert events == [None]


@given(st.lists(st.floats(0, 1e6), min_size=2, max_size=50))
def test_total_never_falls(values_wh: list[float]) -> None:
    """Whatever a device says, the total only grows."""
    counter, total_wh = Counter(START, values_wh[0]), 0.0
    for place, value_wh in enumerate(values_wh[1:], 1):
        counter, _ = counter.advanced(at(place * 60), value_wh, RATING_W)
        assert counter.total_wh >= total_wh
        total_wh = counter.total_wh


@given(
    truth=st.lists(st.floats(0, 300), min_size=1, max_size=200),
    error=st.floats(0.5, 1.5),
    offset_s=st.floats(0, 1e6),
    step_s=st.sampled_from([360.0, 3600.0]),
)
def test_discipline_bounds_the_error(
    truth: list[float], error: float, offset_s: float, step_s: float
) -> None:
    """However wrong the estimate, its sum stays within two steps of the truth.

    Beside the error of the first estimate, which nothing is held against yet.
    """
    correction, true_s = CounterCorrection(step_s), offset_s
    for run_s in truth:
        true_s += run_s
        correction, _ = correction.corrected(
            run_s * error, true_s // step_s * step_s, 600.0
        )
    assert abs(correction.total - (true_s - offset_s)) <= 2 * step_s + 150.001


def test_discipline_leaves_a_right_estimate_alone() -> None:
    """An estimate that the counter does not contradict is not touched."""
    correction, true_s = CounterCorrection(360.0), 1234.0
    for _ in range(100):
        true_s += 170.0
        correction, run_s = correction.corrected(170.0, true_s // 360 * 360, 300.0)
        assert run_s == pytest.approx(170.0)

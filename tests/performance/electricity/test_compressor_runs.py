"""Starts and stops of the compressor, by the power of the meter."""

from datetime import timedelta

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.heatpump_monitor.performance.electricity.compressor_runs import (
    CompressorRuns,
)
from tests.performance.builders import at

HOUR_S = 3600
STEP_S = 30


class Meter:
    """A meter that is read every 30 s."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self.runs = CompressorRuns()
        self.now_s = 0.0

    def see(self, power_w: float, seconds: float) -> Meter:
        """Draw a power for some time."""
        for _ in range(int(seconds / STEP_S)):
            self.runs.add(at(self.now_s), power_w)
            self.now_s += STEP_S
        return self

    @property
    def states(self) -> list[bool | None]:
        """Return the states seen, oldest first."""
        return self.runs.states


@pytest.fixture
def meter() -> Meter:
    """Return a meter that has seen an hour of rest and one of a run."""
    return Meter().see(10, HOUR_S).see(1800, HOUR_S)


def test_learns_from_half_an_hour_with_both(meter: Meter) -> None:
    """The threshold lies between rest and run, and the run is seen."""
    threshold_w = meter.runs.threshold.threshold_w
    assert threshold_w is not None
    assert 150 <= threshold_w <= 1000
    assert meter.runs.state_at(at(meter.now_s - HOUR_S / 4)) is True


@pytest.mark.parametrize("powers_w", [(800, 900), (10, 40), (10, 100, 400, 1600)])
def test_no_gap_no_threshold(powers_w: tuple[float, ...]) -> None:
    """Where nothing separates rest from run the meter cannot tell them apart."""
    meter = Meter()
    for step in range(400):
        low_w, high_w = powers_w[0], powers_w[-1]
        meter.see(low_w * (high_w / low_w) ** (step % 40 / 39), STEP_S)
    assert meter.runs.threshold.threshold_w is None
    assert meter.states == []
    assert not meter.runs.is_known(at(0), at(100))


def test_start_and_stop_are_dated_between_two_readings(meter: Meter) -> None:
    """A change is dated half a reading before it was seen."""
    stopped_s = meter.now_s
    meter.see(10, 600)
    started_s = meter.now_s
    meter.see(1800, 600)
    assert meter.states[-2:] == [False, True]
    assert meter.runs.times[-2:] == [
        at(stopped_s - STEP_S / 2),
        at(started_s - STEP_S / 2),
    ]
    between = at(stopped_s + 100)
    assert meter.runs.started_at(between) == meter.runs.times[-2]
    assert meter.runs.ended_at(between) == meter.runs.times[-1]
    assert meter.runs.ended_at(at(meter.now_s)) is None
    assert meter.runs.is_known(at(stopped_s), at(meter.now_s - STEP_S))


def test_blips_change_nothing(meter: Meter) -> None:
    """Power that crosses the threshold for less than a minute is no stop."""
    before = list(meter.states)
    meter.see(10, STEP_S).see(1800, 300).see(10, STEP_S)
    assert meter.runs.known_until is not None
    assert meter.runs.known_until < at(meter.now_s - STEP_S)
    meter.see(1800, 300)
    assert meter.states == before


def test_nothing_is_known_of_a_pause_of_the_meter(meter: Meter) -> None:
    """Readings further apart than three minutes leave the state open."""
    paused_s = meter.now_s - STEP_S
    meter.now_s += 600
    meter.see(1800, 300)
    assert meter.runs.state_at(at(paused_s + 300)) is None
    assert meter.runs.state_at(at(meter.now_s - 60)) is True
    assert not meter.runs.is_known(at(paused_s - 100), at(meter.now_s - 60))


def test_late_and_missing_samples_are_ignored(meter: Meter) -> None:
    """A sample without power, or before the last, is none."""
    last_at = meter.runs.last_at
    meter.runs.add(at(meter.now_s), None)
    meter.runs.add(at(0), 5.0)
    assert meter.runs.last_at == last_at
    assert meter.runs.state_at(at(meter.now_s + 100)) is None
    assert meter.runs.started_at(at(-5)) is None


@settings(max_examples=30)
@given(st.lists(st.integers(4, 60), min_size=2, max_size=20))
def test_every_run_of_two_minutes_is_seen(lengths: list[int]) -> None:
    """States alternate, and the time run is that drawn at full power."""
    meter = Meter().see(10, HOUR_S).see(1800, HOUR_S)
    first_s, run_s = meter.now_s, 0
    for place, length in enumerate(lengths):
        meter.see(1800 if place % 2 else 10, length * STEP_S)
        run_s += length * STEP_S * (place % 2)
    changes = meter.runs.changes_between(at(first_s - STEP_S), at(meter.now_s))
    assert [running for _, running in changes] == [
        bool(place % 2) for place in range(len(lengths))
    ]
    ends = [time for time, _ in changes[1:]] + [at(meter.now_s - STEP_S / 2)]
    seen = sum(
        ((end - time) for (time, on), end in zip(changes, ends, strict=True) if on),
        timedelta(),
    )
    assert seen.total_seconds() == run_s
    meter.runs.forget_before(at(meter.now_s))
    assert len(meter.states) == 1

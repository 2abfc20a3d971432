"""What time stamps mean, learned from starts and stops that the meter saw."""

from datetime import timedelta

from hypothesis import given, strategies as st

from custom_components.heatpump_monitor.performance.clocks.time_stamps import StampClock
from tests.performance.builders import at

LONGEST = timedelta(minutes=10)


def learned(*lags_s: float) -> StampClock:
    """Return a clock that saw compressor stamps so much later than the meter."""
    clock = StampClock()
    for lag_s in lags_s:
        clock.learn(timedelta(seconds=lag_s))
    return clock


def test_before_it_has_learned_a_stamp_is_believed() -> None:
    """A stamp is the latest moment, but for a device whose clock is behind."""
    clock = learned(30, 30, 30, 30)
    window = clock.window(at(1000), LONGEST)
    assert not clock.is_device
    assert clock.measured_at(at(1000)) == window.likely == at(1000)
    assert window.earliest == at(1000 - 630)
    assert window.latest == at(1150)


def test_stamps_of_the_device() -> None:
    """A constant lag is the offset of its clock: it is taken off."""
    clock = learned(100, 110, 95, 105, 100, 102)
    assert clock.is_device
    assert clock.measured_at(at(1000)) == at(899)
    window = clock.window(at(1000), LONGEST)
    assert (window.earliest, window.latest) == (at(839), at(959))


def test_stamps_of_arrival() -> None:
    """Lags that spread are delays: a change lies up to the longest one before."""
    clock = learned(20, 280, 150, 90, 230)
    assert not clock.is_device
    assert clock.measured_at(at(1000)) == at(850)
    assert clock.window(at(1000), LONGEST).earliest == at(370)


@given(st.lists(st.floats(-60, 600), min_size=5, max_size=60))
def test_usual_lag_is_one_that_was_seen(lags_s: list[float]) -> None:
    """The lag is never beyond those of the last changes, and few are remembered."""
    clock = learned(*lags_s)
    newest = lags_s[-24:]
    assert min(newest) - 1 <= clock.lag.total_seconds() <= max(newest) + 1
    assert len(clock.lags_s) == len(newest)


def test_nearest_moment_of_a_window() -> None:
    """Of the starts within the window, the one nearest to the likely time."""
    window = StampClock().window(at(1000), LONGEST)
    assert window.nearest([at(300), at(700), at(980), at(1100)]) == at(980)
    assert window.nearest([at(300), at(1200)]) is None

"""Values at any moment, from few that carry time stamps."""

from hypothesis import given, strategies as st
import pytest

from custom_components.heatpump_monitor.performance.clocks.signals import Signal


def signal(*known: tuple[float, float]) -> Signal:
    """Return a series of times and values."""
    series = Signal()
    for stamp, value in known:
        series.add(stamp, value)
    return series


def test_without_values_nothing_is_known() -> None:
    """An empty series has no value at all."""
    assert signal().at(0, []) is None
    assert signal().held_at(0) is None
    assert signal().nearest_positive(0, 100) is None


def test_between_two_values_it_runs_straight() -> None:
    """Without a start or stop a value drifts; beyond the ends it stays."""
    series = signal((0, 30.0), (100, 40.0))
    assert [series.at(moment, []) for moment in (-10, 0, 25, 100, 500)] == [
        30.0,
        30.0,
        32.5,
        40.0,
        40.0,
    ]


def test_a_value_holds_until_the_compressor_starts() -> None:
    """It follows a start within a minute or two, and reaches the next value."""
    series = signal((0, 30.0), (600, 40.0))
    assert series.at(299, [300.0]) == series.at(300, [300.0]) == 30.0
    assert series.at(360, [300.0]) == pytest.approx(36.36, abs=0.01)
    assert series.at(600, [300.0]) == 40.0
    # Starts and stops outside, or at a value, change nothing between.
    assert series.at(150, [-50.0, 600.0]) == 32.5


def test_a_value_that_was_measured_again_does_not_drift() -> None:
    """Half a step towards where it went, but none once it is the same again."""
    series = signal((0, 30.0), (60, 30.4), (120, 30.8), (180, 30.8))
    assert series.drift_at(120) == pytest.approx(0.2)
    assert series.drift_at(180) == 0.0


@given(
    st.lists(st.floats(0, 1000), min_size=2, max_size=6, unique=True),
    st.lists(st.floats(0, 1000), max_size=4),
    st.floats(-100, 1100),
)
def test_no_value_beyond_those_known(
    times: list[float], edges: list[float], moment: float
) -> None:
    """Whatever the edges, a value lies between the lowest and the highest."""
    series = signal(*((time, time % 7) for time in sorted(times)))
    value = series.at(moment, sorted(edges))
    assert value is not None
    drift = max(map(abs, map(series.drift_at, series.times))) + 1e-9
    assert min(series.values) - drift <= value <= max(series.values) + drift


def test_held_and_nearest_positive() -> None:
    """A switched value holds; where it is 0, another age's may stand in."""
    series = signal((0, 900.0), (100, 0.0), (200, 1000.0))
    assert [series.held_at(moment) for moment in (-5, 50, 100, 300)] == [
        900.0,
        900.0,
        0.0,
        1000.0,
    ]
    assert series.nearest_positive(160, 1000) == 1000.0
    assert series.nearest_positive(120, 50) is None


def test_old_values_are_ignored_and_forgotten() -> None:
    """A value counts once; the last before a moment stays known."""
    series = signal((0, 1.0), (10, 2.0), (10, 3.0), (5, 4.0), (20, 5.0))
    assert series.values == [1.0, 2.0, 5.0]
    series.forget_before(15)
    assert series.times == [10, 20]
    assert series.held_at(15) == 2.0


def test_a_run_knows_its_own_values_only() -> None:
    """Straight between them; not towards the 0 of the stop, nor from before."""
    series = signal((0, 300.0), (100, 600.0), (200, 800.0), (400, 0.0))
    assert [series.of_run(moment, 50, 400) for moment in (60, 100, 150, 300)] == [
        600.0,
        600.0,
        700.0,
        800.0,
    ]
    assert series.of_run(450, 410, 600) is None
    assert series.of_run(60, 50, 90) is None


def test_further_values_come_in_by_their_times() -> None:
    """They do not replace those that were told."""
    series = signal((0, 30.0), (100, 40.0)).with_values({50: 20.0, 100: 10.0})
    assert (series.times, series.values) == ([0, 50, 100], [30.0, 20.0, 40.0])

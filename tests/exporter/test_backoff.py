"""How long the sender waits after failures, and how fast it sends."""

from datetime import timedelta

from hypothesis import given, strategies as st
import pytest

from custom_components.heatpump_monitor.exporter.backoff import Backoff
from custom_components.heatpump_monitor.exporter.pace import Pace
from custom_components.heatpump_monitor.exporter.targets.base import (
    LinesRejected,
    TargetMisconfigured,
    TargetRefused,
    TargetUnavailable,
)

from .spooling import Clock

AWAY = TargetUnavailable("away")
FRACTIONS = st.floats(0, 1, exclude_max=True)
ASKED_S = st.none() | st.floats(-1e6, 1e9)


@given(st.lists(st.tuples(FRACTIONS, ASKED_S), min_size=1, max_size=2_000))
def test_each_wait_is_random_below_a_doubling_limit(
    failures: list[tuple[float, float | None]],
) -> None:
    """The limit ends at 15 min; only the server may ask for more, up to a day."""
    fractions = iter([fraction for fraction, _ in failures])
    backoff = Backoff(lambda: next(fractions))

    for number, (fraction, asked_s) in enumerate(failures):
        wait_s = backoff.delay_s(TargetUnavailable(retry_after_s=asked_s))

        random_s = fraction * min(900.0, 2.0 ** min(number, 20))
        assert wait_s == max(random_s, min(asked_s or 0.0, 86_400.0))


def test_a_success_begins_again() -> None:
    """With the shortest wait."""
    backoff = Backoff(lambda: 0.5)
    waits = [backoff.delay_s(AWAY) for _ in range(3)]
    backoff.reset()

    assert [*waits, backoff.delay_s(AWAY)] == [0.5, 1.0, 2.0, 0.5]


@pytest.mark.parametrize("kind", [LinesRejected, TargetMisconfigured, TargetRefused])
def test_what_somebody_must_mend_waits_an_hour(kind: type[Exception]) -> None:
    """Each time, and without a longer wait for the next outage."""
    backoff = Backoff(lambda: 0.5)

    assert [backoff.delay_s(kind()) for _ in range(3)] == [3_600.0] * 3
    assert backoff.delay_s(AWAY) == 0.5


@given(st.lists(st.integers(1, 5_000), min_size=1, max_size=50))
def test_lines_are_sent_at_a_bounded_rate(sizes: list[int]) -> None:
    """Whatever their number, also if a request takes no time."""
    clock = Clock()
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        clock.wait(timedelta(seconds=seconds))

    pace = Pace(clock, sleep)
    for size in sizes:
        pace.begin(size)
        # It waits once, without anything asynchronous.
        with pytest.raises(StopIteration):
            pace.async_wait().send(None)

    assert sum(waits) == pytest.approx(sum(sizes) / 20_000, abs=1e-3)


def test_failures_slow_it_down_for_a_while() -> None:
    """To no less than 500 lines a second; the rate doubles in five minutes."""
    clock = Clock()

    async def sleep(_: float) -> None:
        return

    pace = Pace(clock, sleep)
    rates = []
    for _ in range(8):
        pace.slow_down()
        rates.append(pace.lines_per_s)
    assert rates == [10_000, 5_000, 2_500, 1_250, 625, 500, 500, 500]

    clock.wait(timedelta(minutes=10))
    assert pace.lines_per_s == pytest.approx(2_000)
    clock.wait(timedelta(days=10))
    assert pace.lines_per_s == 20_000


def test_a_clock_that_is_set_back_makes_no_long_pause() -> None:
    """The pause is never longer than the lines are worth."""
    clock = Clock()
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    pace = Pace(clock, sleep)
    pace.begin(5_000)
    clock.wait(timedelta(hours=-1))
    with pytest.raises(StopIteration):
        pace.async_wait().send(None)

    assert waits == [0.25]

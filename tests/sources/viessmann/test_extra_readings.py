"""When the heat pump is read between two regular readings."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.heatpump_monitor.sources.viessmann.budget import (
    BURST_LIMIT,
    DAY_LIMIT,
    CallBudget,
    CallReason,
)
from custom_components.heatpump_monitor.sources.viessmann.extra_readings import (
    SPARE_DAY,
    SPARE_TEN_MINUTES,
    ExtraReadings,
)

from .test_budget import DAY, START, TEN_MINUTES, Clock, budget_by

DAY_S = 86_400


class Reader:
    """Reads a heat pump as its coordinator does: when it is due, or after a start."""

    def __init__(self, interval_s: float, *, others_day: float = 0.0) -> None:
        """Begin with a regular reading.

        Args:
            interval_s: The time between two regular readings.
            others_day: Calls in 24 h that other heat pumps need beside this one.
        """
        self.clock = Clock()
        self.budget: CallBudget = budget_by(self.clock)
        self.regular_calls_day = DAY_S / interval_s + others_day
        self.extra = ExtraReadings(timedelta(seconds=interval_s), self.budget)
        self.readings: list[tuple[datetime, CallReason]] = []
        self.begun: list[datetime] = []
        self.read()

    def read(self) -> None:
        """Read the heat pump, and plan the next reading."""
        now = self.clock.now
        reason = self.extra.add_reading(now)
        self.budget.take(reason)
        self.readings.append((now, reason))
        self.next = now + self.extra.wait(now)

    def live(self, seconds: float) -> None:
        """Read whenever it is due."""
        end = self.clock.now + timedelta(seconds=seconds)
        while self.next <= end:
            self.clock.step(seconds=(self.next - self.clock.now).total_seconds())
            self.read()
        self.clock.step(seconds=(end - self.clock.now).total_seconds())

    def start(self, *, ago_s: float = 0.0) -> None:
        """Show a start of the compressor."""
        now = self.clock.now
        started_at = now - timedelta(seconds=ago_s)
        if self.extra.begin(started_at, now, self.regular_calls_day):
            self.begun.append(now)
            self.read()

    def seconds_between(self) -> list[float]:
        """Return the times between the readings."""
        times = [at for at, _ in self.readings]
        return [(later - earlier).total_seconds() for earlier, later in pairwise(times)]

    def calls(self, reason: CallReason) -> int:
        """Return how many readings were made for a reason."""
        return sum(each is reason for _, each in self.readings)


@pytest.fixture(autouse=True)
def _real_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HEATPUMP_MONITOR_FAST", raising=False)


def test_a_start_brings_ten_readings_in_ten_minutes() -> None:
    """Then the regular interval goes on; regular readings due meanwhile count as such."""
    reader = Reader(300)
    reader.live(100)
    reader.start(ago_s=65)
    reader.live(1200)

    assert reader.seconds_between() == [100, *[60] * 9, 300, 300]
    reasons = [reason for _, reason in reader.readings]
    assert reasons.count(CallReason.EXTRA_READING) == 8
    assert reasons[1:5] == [CallReason.EXTRA_READING] * 3 + [CallReason.REGULAR_READING]


def test_without_a_start_all_is_regular() -> None:
    """The plan alone costs no call."""
    reader = Reader(300)
    reader.live(3600)
    assert set(reader.seconds_between()) == {300}
    assert reader.calls(CallReason.EXTRA_READING) == 0


def test_frequent_starts_begin_one_series_in_15_minutes() -> None:
    """A running series is not prolonged, and a start missed is not made up for."""
    reader = Reader(300)
    for _ in range(30):
        reader.live(120)
        reader.start()
    between = pairwise(reader.begun)
    assert {later - earlier for earlier, later in between} == {timedelta(minutes=16)}
    first, second, *_ = reader.begun
    # Ten in the series, and one at the regular interval after it.
    assert sum(first <= at < second for at, _ in reader.readings) == 11


def test_a_start_is_used_once() -> None:
    """The meter shows the newest start with every reading."""
    reader = Reader(300)
    started_at = reader.clock.now
    assert reader.extra.begin(started_at, started_at, 288)
    later = started_at + timedelta(minutes=20)
    assert not reader.extra.begin(started_at, later, 288)

    restarted = Reader(300)
    restarted.extra.ignore(started_at)
    assert not restarted.extra.begin(started_at, started_at, 288)


@pytest.mark.parametrize("interval_s", [60, 30])
def test_a_short_regular_interval_needs_none(interval_s: float) -> None:
    """It is as short as that of the extra readings."""
    reader = Reader(interval_s)
    reader.start()
    assert not reader.begun


def test_the_fast_pace_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """At the demo's pace the regular interval is the shortest allowed."""
    monkeypatch.setenv("HEATPUMP_MONITOR_FAST", "1")
    reader = Reader(5)
    reader.start()
    assert not reader.begun


def test_a_failure_ends_the_series() -> None:
    """A cloud that does not answer is asked at the regular interval."""
    reader = Reader(300)
    reader.start()
    reader.extra.end()
    assert reader.extra.wait(reader.clock.now) == timedelta(minutes=5)
    # And the next start within 15 minutes begins no other.
    reader.live(60)
    reader.start()
    assert len(reader.begun) == 1


def test_a_refusal_of_the_cloud_allows_none() -> None:
    """Nothing is asked while the cloud refuses calls."""
    reader = Reader(300)
    reader.budget.block_until(START + DAY)
    reader.start()
    assert not reader.begun


def test_the_last_calls_of_ten_minutes_are_left() -> None:
    """Something else may need them: a sign-in, or the other heat pump."""
    reader = Reader(300)
    for _ in range(BURST_LIMIT - SPARE_TEN_MINUTES - 1):
        reader.budget.take(CallReason.DEVICE_LIST)
    reader.start()
    assert not reader.begun
    reader.live(600)
    reader.start()
    assert reader.begun


def test_other_heat_pumps_keep_their_regular_readings() -> None:
    """Three heat pumps at 200 s leave four calls a day for extra readings."""
    reader = Reader(200, others_day=2 * 432)
    for _ in range(24):
        reader.start()
        reader.live(3600)
    assert 0 < reader.calls(CallReason.EXTRA_READING) <= 4


def test_a_clock_that_was_ahead_stops_no_series() -> None:
    """What began at another date is forgotten when the clock is back."""
    reader = Reader(300)
    reader.clock.jump(days=40)
    reader.start()
    reader.clock.jump(days=-40)
    assert reader.extra.wait(reader.clock.now) == timedelta(minutes=5)
    reader.clock.step(seconds=30)
    reader.start()
    assert len(reader.begun) == 2


@pytest.mark.parametrize(("starts", "calls"), [(8, 352), (40, 608)])
def test_calls_of_a_day(starts: int, calls: int) -> None:
    """The figures in the README, at 300 s."""
    reader = Reader(300)
    for _ in range(starts):
        reader.live(70)
        reader.start(ago_s=65)
        reader.live(DAY_S / starts - 70)
    assert len(reader.readings) == pytest.approx(calls, abs=0.03 * calls)


steps = st.lists(
    st.tuples(
        st.one_of(st.integers(10, 900), st.integers(10, 20_000)),
        st.integers(0, 3),
    ),
    max_size=400,
)


@given(
    steps,
    st.sampled_from([70, 90, 120, 300, 900]),
    st.sampled_from([0.0, 288.0, 1000.0]),
)
@settings(max_examples=40, deadline=None)
def test_regular_readings_are_never_refused(
    steps: Sequence[tuple[int, int]], interval_s: int, others_day: float
) -> None:
    """Whatever the starts, each window keeps what others need, and no series overlap."""
    reader = Reader(interval_s, others_day=others_day)
    for wait_s, others in steps:
        reader.live(wait_s)
        if sum(reader.budget.used_by_reason[each] for each in _OTHERS) < SPARE_DAY:
            for _ in range(others):
                reader.budget.take(CallReason.SIGN_IN)
        reader.start()

    extra = [at for at, why in reader.readings if why is CallReason.EXTRA_READING]
    share = max(0, DAY_LIMIT - SPARE_DAY - reader.regular_calls_day)
    assert _most_in(extra, DAY) <= share
    assert _most_in(extra, TEN_MINUTES) <= 10
    begun = pairwise(reader.begun)
    assert all(later - earlier >= timedelta(minutes=15) for earlier, later in begun)


_OTHERS = (CallReason.SIGN_IN, CallReason.DEVICE_LIST)


def _most_in(times: Sequence[datetime], window: timedelta) -> int:
    """Return the largest number of times that lie in one window."""
    return max(
        (sum(at <= each < at + window for each in times) for at in times), default=0
    )

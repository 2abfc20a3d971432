"""A clock that is wrong costs the time for which it is, and no more."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
import json
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st
import pytest

from custom_components.heatpump_monitor.history.codec import dump, load
from custom_components.heatpump_monitor.performance.clocks.host_clock import (
    ClockGuard,
    Verdict,
    is_plausible_time,
)
from custom_components.heatpump_monitor.performance.monitor import PerformanceMonitor
from custom_components.heatpump_monitor.performance.plant import Plant
from custom_components.heatpump_monitor.performance.totals.calendar import Calendar
from custom_components.heatpump_monitor.performance.totals.ledger import Bucket, Ledger
from tests.performance.builders import START, heating, meter

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
BERLIN = ZoneInfo("Europe/Berlin")


@dataclass
class Host:
    """A host whose clock can be wrong, and its guard."""

    guard: ClockGuard = field(default_factory=ClockGuard)
    true_s: float = 0.0
    monotonic_s: float = 500.0
    off: timedelta = timedelta(0)

    @property
    def now(self) -> datetime:
        """Return the time by the clock of the host."""
        return START + timedelta(seconds=self.true_s) + self.off

    def wait(self, minutes: float) -> None:
        """Let time pass."""
        self.true_s += 60 * minutes
        self.monotonic_s += 60 * minutes

    def restart(self, minutes: float) -> None:
        """Let time pass while the host is off; keep what was saved."""
        self.wait(minutes)
        self.monotonic_s = 10.0
        self.guard = load(ClockGuard, json.loads(json.dumps(dump(self.guard))))

    def judge(self, stamp_age_min: float | None = None) -> Verdict:
        """Judge a reading, with a time stamp that is so many minutes old or none."""
        stamp = None
        if stamp_age_min is not None:
            stamp = START + timedelta(seconds=self.true_s - 60 * stamp_age_min)
        return self.guard.judge(self.now, self.monotonic_s, stamp)

    def trusts(self, stamp_age_min: float | None = None) -> bool:
        """Return whether a reading is trusted, and nothing is discarded."""
        verdict = self.judge(stamp_age_min)
        return verdict.is_trusted and verdict.discard_from is None


@pytest.fixture
def host() -> Host:
    """Return a host that was right for an hour."""
    host = Host()
    for _ in range(12):
        host.wait(5)
        assert host.trusts(3)
    return host


@pytest.mark.parametrize(
    ("now", "is_plausible"),
    [
        (datetime(1970, 1, 1, tzinfo=UTC), False),
        (datetime(2019, 12, 31, 23, 59, tzinfo=UTC), False),
        (datetime(2020, 1, 1, tzinfo=UTC), True),
        (datetime(2059, 12, 31, tzinfo=UTC), True),
        (datetime(2060, 1, 1, tzinfo=UTC), False),
    ],
)
def test_times_that_cannot_be(now: datetime, is_plausible: bool) -> None:
    """A computer without a clock begins in 1970, and no reading is that old."""
    assert is_plausible_time(now) is is_plausible
    assert ClockGuard().judge(now, 0.0).is_trusted is is_plausible


def test_a_first_time_that_a_time_stamp_denies() -> None:
    """What was measured in the future was measured by a right clock."""
    host = Host(off=-3 * DAY)
    assert not host.trusts(5)
    host.off = timedelta(0)
    assert host.trusts(5)


@pytest.mark.parametrize("stamp_age_min", [None, 3, 300])
def test_minutes_at_another_date_cost_these_minutes(
    host: Host, stamp_age_min: float | None
) -> None:
    """Ahead or back, with time stamps, old ones or none."""
    for off in (40 * DAY, -40 * DAY, 30 * MINUTE, -30 * MINUTE):
        host.off = off
        right = host.now - off
        for _ in range(10):
            assert not host.trusts(stamp_age_min)
            host.wait(0.5)
        host.off = timedelta(0)
        verdict = host.judge(stamp_age_min)
        assert verdict.is_trusted
        assert verdict.discard_from is None
        assert verdict.wrong_since is not None
        assert right - 5 * MINUTE <= verdict.wrong_since <= right
        assert host.judge(stamp_age_min) == Verdict(is_trusted=True)


def test_a_clock_that_is_ahead_for_days_is_never_trusted(host: Host) -> None:
    """As long as the heat pump tells what time it is."""
    host.off = 40 * DAY
    for reading in range(3 * 24 * 60):
        assert not host.trusts(3 if reading % 5 == 0 else None)
        host.wait(1)
    host.off = timedelta(0)
    assert host.trusts(None)


def test_a_host_that_was_suspended(host: Host) -> None:
    """Its monotonic clock stood still; the first fresh time stamp confirms the jump."""
    host.true_s += 8 * 3600
    assert not host.trusts(None)
    assert host.judge(3) == Verdict(is_trusted=True)
    host.wait(5)
    assert host.trusts(None)


def test_a_jump_that_nothing_confirms_or_denies(host: Host) -> None:
    """A correction is trusted after a quarter of an hour, until it is taken back."""
    host.off = 40 * DAY
    before = host.now - host.off
    for _ in range(15):
        assert not host.trusts()
        host.wait(1)
    verdict = host.judge()
    assert (verdict.is_trusted, verdict.is_jump) == (True, True)
    host.restart(60)
    assert host.trusts()
    host.off = timedelta(0)
    verdict = host.judge()
    assert verdict.is_trusted
    assert verdict.discard_from is not None
    # Some minutes of a right clock went by before the jump.
    assert abs(verdict.discard_from - before) <= 5 * MINUTE
    host.wait(1)
    assert host.trusts()


def test_a_time_server_that_sets_the_clock_back(host: Host) -> None:
    """A second that comes twice is waited for, and worth no word."""
    host.off = timedelta(seconds=-1)
    assert host.judge() == Verdict(is_trusted=False)
    host.wait(0.1)
    assert host.judge() == Verdict(is_trusted=True)


def test_a_small_step_back_after_an_old_jump_discards_nothing(host: Host) -> None:
    """The jump was right: time went on for weeks where it led."""
    host.true_s += 8 * 3600
    while not host.judge().is_jump:
        host.wait(1)
    host.wait(14 * 24 * 60)
    assert host.trusts()
    host.off = -MINUTE
    host.wait(0.5)
    assert host.judge() == Verdict(is_trusted=False)
    host.wait(1)
    assert host.trusts()


def test_a_start_with_a_clock_that_was_ahead(host: Host) -> None:
    """What was saved is of the future: a fresh time stamp says since when."""
    host.guard.last = host.now + 40 * DAY
    host.restart(5)
    assert not host.trusts(None)
    assert not host.trusts(300)
    assert host.judge(3) == Verdict(is_trusted=True, discard_from=host.now)
    host.wait(1)
    assert host.trusts(None)


def test_a_start_with_a_clock_that_is_behind(host: Host) -> None:
    """Nothing is discarded: its time is that of the power cut, as are the values."""
    host.off = -180 * MINUTE
    host.restart(120)
    for age_min in (None, 125, 3):
        assert host.judge(age_min) == Verdict(is_trusted=False)
    host.off = timedelta(0)
    assert host.trusts(125)


@pytest.mark.parametrize(("days", "is_jump"), [(0.5, False), (40, True)])
def test_a_start_after_a_long_time(host: Host, days: float, is_jump: bool) -> None:
    """Whether it was long is only known to the clock; a time stamp confirms it."""
    host.restart(days * 24 * 60)
    assert host.judge() == Verdict(is_trusted=True, is_jump=is_jump)
    host.wait(5)
    assert host.trusts(3)
    assert host.guard.jumped_from is None


@given(
    st.lists(
        st.tuples(
            st.sampled_from([0.2, 1, 5, 30, 900]),
            st.sampled_from([-40, -1, -0.01, 0, 0, 0, 0.01, 1, 40]),
            st.sampled_from([None, 3, 50, 3000]),
            st.booleans(),
        ),
        max_size=40,
    )
)
def test_a_right_clock_is_trusted_again(
    steps: list[tuple[float, float, float | None, bool]],
) -> None:
    """Whatever it was before, with fresh time stamps at the latest."""
    host = Host()
    for minutes, days, stamp_age_min, restarts in steps:
        (host.restart if restarts else host.wait)(minutes)
        host.off = days * DAY
        host.judge(stamp_age_min)
    host.off = timedelta(0)
    for _ in range(80):
        host.wait(5)
        host.judge(3)
    assert host.trusts(3)


def counted(off_from_s: int, off: timedelta) -> PerformanceMonitor:
    """Return what was counted in two hours, with five minutes of a wrong clock."""
    monitor, guard = PerformanceMonitor.start(Plant(), BERLIN), ClockGuard()
    for seconds in range(0, 7210, 10):
        is_off = off_from_s <= seconds < off_from_s + 300
        start = START + off if is_off else START
        true = START + timedelta(seconds=seconds)
        if seconds % 300 == 0:
            reading = heating(seconds, start=start)
            if guard.judge(reading.time, seconds, true - 3 * MINUTE).is_trusted:
                monitor.add_heat_pump(reading)
        measured = meter(seconds, 5000 + seconds / 2, 1800.0, start)
        if guard.judge(measured.time, seconds).is_trusted:
            monitor.add_meter(measured)
    return monitor


@pytest.mark.parametrize("off", [40 * DAY, -40 * DAY])
def test_five_minutes_forty_days_off(off: timedelta) -> None:
    """No electricity is lost, and of the time no more than a poll."""
    right, wrong = counted(10**9, off), counted(3600, off)
    day = START.date()
    assert wrong.ledger.days.keys() == {day}
    one, other = right.ledger.days[day], wrong.ledger.days[day]
    assert other.electricity_wh == pytest.approx(one.electricity_wh)
    assert one.paired_s - other.paired_s <= 300
    assert other.heat_wh == pytest.approx(one.heat_wh, rel=300 / 7200)


def test_what_is_booked_after_a_moment_is_forgotten() -> None:
    """Days and hours of a clock that was ahead go; what was before stays."""
    ledger = Ledger(Calendar(BERLIN))
    for hours in (-30, 0, 1, 24, 40 * 24):
        ledger.book(START + timedelta(hours=hours), Bucket(electricity_wh=1.0))
    before = dict(ledger.hours)
    ledger.take_changes()
    ledger.forget_after(START + 30 * MINUTE)
    assert sorted(ledger.hours) == sorted(before)[:2]
    assert sorted(ledger.days) == [START.date() - DAY, START.date()]
    assert START.date() in ledger.take_changes().days
    assert ledger.sums(START.date() - DAY, START.date() + 40 * DAY).electricity_wh == 3
    ledger.book(START + timedelta(hours=1), Bucket(electricity_wh=1.0))
    assert ledger.days[START.date()].electricity_wh == 3

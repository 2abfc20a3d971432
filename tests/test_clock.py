"""A host whose clock is wrong for a while: at most this time is lost, and it is told.

The simulated world and the monotonic clock go on; only the wall clock is off.
"""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from custom_components.heatpump_monitor.performance.totals.ledger import Bucket
from homeassistant.util import dt as dt_util

from .household import POLL_S, Household
from .test_outages import drawn_wh, monitor_of, opened_at, whole

HOUR_S = 3600
AHEAD = timedelta(days=40)
POLL = timedelta(seconds=POLL_S)


@dataclass
class WallClock:
    """The wall clock of the host, off by some time."""

    off: timedelta = timedelta()


@pytest.fixture
def wall_clock(monkeypatch: pytest.MonkeyPatch) -> WallClock:
    """Return the wall clock that the integration reads."""
    clock, right = WallClock(), dt_util.utcnow
    monkeypatch.setattr(dt_util, "utcnow", lambda: right() + clock.off)
    return clock


async def live_ahead(household: Household, clock: WallClock, seconds: float) -> None:
    """Let time pass while the clock is ahead."""
    clock.off = AHEAD
    await household.live(seconds)
    clock.off = timedelta()


def sums(household: Household) -> Bucket:
    """Return all that was counted; all of it on the one day of the test."""
    ledger = monitor_of(household).ledger
    assert ledger.days.keys() == {ledger.calendar.local_day(dt_util.utcnow())}
    (day,) = ledger.days.values()
    hours_wh = sum(hour.electricity_wh for hour in ledger.hours.values())
    # The day of the jump keeps its share of what was spread over forty days.
    assert hours_wh == pytest.approx(day.electricity_wh, abs=1)
    return day


def assert_no_electricity_lost(household: Household) -> None:
    """Assert that all is counted that was drawn since the beginning."""
    truth_wh = drawn_wh(household, opened_at(household), dt_util.utcnow())
    # The counter moves once a minute.
    assert sums(household).electricity_wh == pytest.approx(truth_wh, abs=20)


def unpaired_s(household: Household) -> float:
    """Return for how long no heat is known, of the time that could be closed."""
    end = whole(household).end
    assert dt_util.utcnow() - end <= 3 * POLL
    return (end - opened_at(household)).total_seconds() - sums(household).paired_s


def assert_one_finding(household: Household) -> None:
    """Assert that the wrong clock is the one finding."""
    assert [flag.kind for flag in monitor_of(household).flags] == ["clock_jump"]
    finding = household.state("event", "finding")
    assert finding is not None
    assert finding.attributes["event_type"] == "clock_jump"


@pytest.mark.usefixtures("all_enabled")
async def test_clock_ahead_for_minutes(
    household: Household, wall_clock: WallClock
) -> None:
    """Forty days ahead for five minutes: no electricity is lost, and no heat."""
    await household.set_up()
    await household.live(HOUR_S)
    await live_ahead(household, wall_clock, POLL_S)
    await household.live(HOUR_S)

    assert_no_electricity_lost(household)
    assert unpaired_s(household) <= POLL_S
    assert_one_finding(household)
    assert float(household.attributes("cop_today")["ratio"]) > 0


@pytest.mark.usefixtures("all_enabled")
async def test_clock_ahead_until_it_is_believed(
    household: Household, wall_clock: WallClock
) -> None:
    """With no cloud to deny it, what was booked ahead is taken back."""
    await household.set_up()
    await household.live(HOUR_S)
    household.cloud.faults.server_error = True
    await live_ahead(household, wall_clock, HOUR_S / 2)
    household.cloud.faults.server_error = False
    await household.live(HOUR_S)

    assert_no_electricity_lost(household)
    assert unpaired_s(household) <= HOUR_S / 2 + 2 * POLL_S
    assert_one_finding(household)


@pytest.mark.usefixtures("all_enabled")
async def test_restart_while_the_clock_is_ahead(
    household: Household, wall_clock: WallClock
) -> None:
    """The days ahead go after a restart too, and with them what came since the jump."""
    await household.set_up()
    await household.live(HOUR_S)
    household.cloud.faults.server_error = True
    wall_clock.off = AHEAD
    await household.live(HOUR_S / 2)
    await household.reload()
    await household.live(POLL_S)
    assert len(monitor_of(household).ledger.days) > 1
    wall_clock.off = timedelta()
    household.cloud.faults.server_error = False
    await household.live(HOUR_S)

    now = dt_util.utcnow()
    truth_wh = drawn_wh(household, opened_at(household), now)
    ahead_wh = drawn_wh(household, now - timedelta(seconds=HOUR_S / 2 + POLL_S), now)
    lost_wh = truth_wh - sums(household).electricity_wh
    assert 0 <= lost_wh <= ahead_wh + 50
    assert unpaired_s(household) <= HOUR_S / 2 + 3 * POLL_S
    assert_one_finding(household)

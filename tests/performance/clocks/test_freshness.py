"""Whether a reading is believed, beside what the meter sees."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from custom_components.heatpump_monitor.performance.clocks.freshness import (
    DoubtLog,
    Freshness,
)
from custom_components.heatpump_monitor.performance.clocks.join import Join
from custom_components.heatpump_monitor.readings import HeatPumpReading
from tests.performance.builders import at, heating, meter, resting

HOUR_S = 3600
POLL_S = 300
FIRST_S = 2 * HOUR_S
"""The meter has seen an hour of rest and one of a run by then."""


class Sources:
    """A meter and a heat pump that are read beside each other."""

    def __init__(self, *, heater_metered: bool = False) -> None:
        """Learn what a run draws."""
        self.join = Join()
        self.freshness = Freshness()
        self.heater_metered = heater_metered
        self.before: HeatPumpReading | None = None
        self.now_s = 0
        self.live(HOUR_S, 10.0, resting, HOUR_S)
        self.live(HOUR_S, 1800.0, heating, HOUR_S)

    def live(
        self,
        seconds: int,
        power_w: float | None,
        says: Callable[[float], HeatPumpReading],
        fresh_s: int | None = None,
    ) -> None:
        """Let time pass; what the heat pump says has a time stamp of now, or older.

        Args:
            seconds: How long.
            power_w: What the meter sees; None if it tells no power.
            says: What makes the readings.
            fresh_s: For how long time stamps go on; None for always.
        """
        begun_s = self.now_s
        since = at(begun_s)
        for second in range(begun_s, begun_s + seconds, 30):
            self.join.add_meter(meter(second, None, power_w))
            if second % POLL_S == 0:
                newest_s = second if fresh_s is None else min(second, begun_s + fresh_s)
                self._poll(says(second), at(newest_s), since)
        self.now_s += seconds

    def _poll(
        self, reading: HeatPumpReading, newest: datetime, since: datetime
    ) -> None:
        stamps = {"compressor_on": since, "supply_c": newest}
        reading = replace(reading, measured_at=newest, stamps=stamps)
        self.join.add_heat_pump(self.before, reading, None)
        self.freshness.add(reading, self.join, heater_metered=self.heater_metered)
        self.before = reading


@pytest.fixture
def sources() -> Sources:
    """Return sources that agree so far."""
    sources = Sources()
    assert sources.freshness.stale.windows == []
    assert sources.freshness.contradicted.windows == []
    return sources


def test_running_unit_that_is_silent(sources: Sources) -> None:
    """A running unit sends something within 55 min, or its values are old."""
    sources.live(45 * 60, 1800.0, heating, 0)
    assert sources.freshness.stale.since is None
    sources.live(20 * 60, 1800.0, heating, -45 * 60)
    assert sources.freshness.stale.since == at(FIRST_S)
    assert sources.freshness.doubts(at(FIRST_S), at(FIRST_S + 1))

    sources.live(HOUR_S // 2, 1800.0, heating)
    assert sources.freshness.stale.since is None
    assert not sources.freshness.doubts(at(sources.now_s - 60), at(sources.now_s))


def test_resting_unit_may_be_silent(sources: Sources) -> None:
    """At rest nothing moves: hours without a new value are no fault."""
    sources.live(HOUR_S // 2, 10.0, resting)
    sources.live(6 * HOUR_S, 10.0, resting, 0)
    assert sources.freshness.stale.since is None


def test_start_that_the_cloud_does_not_show(sources: Sources) -> None:
    """A start without any new value for 15 min is one that the cloud misses."""
    sources.live(HOUR_S, 10.0, resting)
    silent_s = sources.now_s - POLL_S
    sources.live(10 * 60, 1800.0, resting, -POLL_S)
    assert sources.freshness.is_suspect
    assert sources.freshness.stale.since is None
    sources.live(15 * 60, 1800.0, resting, -POLL_S - 600)
    assert sources.freshness.stale.since == at(silent_s)


def test_other_load_is_no_start(sources: Sources) -> None:
    """A heater of another power than the compressor's is not waited for."""
    sources.live(HOUR_S, 10.0, resting)
    sources.live(HOUR_S // 2, 1800.0, heating)
    sources.live(HOUR_S, 10.0, resting)
    sources.live(HOUR_S, 9000.0, resting, -POLL_S)
    assert sources.freshness.stale.since is None


def test_claims_to_run_while_nothing_is_drawn(sources: Sources) -> None:
    """From 15 min on it is a contradiction, from when it began."""
    stopped_s = sources.now_s
    sources.live(15 * 60, 10.0, heating)
    assert sources.freshness.contradicted.since is None
    sources.live(10 * 60, 10.0, heating)
    since = sources.freshness.contradicted.since
    assert since is not None
    assert at(stopped_s - 60) <= since <= at(stopped_s + POLL_S)

    sources.live(10 * 60, 10.0, resting)
    assert sources.freshness.contradicted.since is None
    assert sources.freshness.doubts(at(stopped_s + 600), at(stopped_s + 900))


@pytest.mark.parametrize(
    ("heater_metered", "hours", "doubted"),
    [
        (False, 1, True),
        (True, 1, False),
        (True, 4, True),
    ],
)
def test_draws_while_it_claims_to_rest(
    *, heater_metered: bool, hours: int, doubted: bool
) -> None:
    """A backup heater behind the same meter may draw alone, for some hours."""
    sources = Sources(heater_metered=heater_metered)
    sources.live(HOUR_S, 10.0, resting)
    sources.live(hours * HOUR_S, 1800.0, resting)
    assert (sources.freshness.contradicted.since is not None) is doubted


@pytest.mark.parametrize("says", [heating, resting])
def test_a_meter_that_tells_no_power_contradicts_nothing(
    sources: Sources, says: Callable[[float], HeatPumpReading]
) -> None:
    """What it saw before it fell silent is not the present."""
    sources.live(HOUR_S, None, resting)
    sources.live(HOUR_S, None, says)
    assert sources.freshness.contradicted.windows == []


def test_without_time_stamps_nothing_is_stale() -> None:
    """A source without time stamps is not doubted for its age."""
    freshness, join = Freshness(), Join()
    for second in range(0, 3 * HOUR_S, POLL_S):
        join.add_heat_pump(None, heating(second), None)
        freshness.add(heating(second), join, heater_metered=False)
        assert not freshness.finds_frozen_supply(heating(second), join)
    assert freshness.stale.windows == freshness.contradicted.windows == []
    assert freshness.newest is None


def test_log_keeps_the_last_doubts() -> None:
    """Each doubt is new once, and only so many are remembered."""
    log = DoubtLog()
    for place in range(30):
        second = place * 1000
        assert log.update(at(second), at(second + 10))
        assert not log.update(at(second), at(second + 20))
        assert log.since == at(second)
        assert not log.update(None, at(second + 100))
    assert log.since is None
    assert len(log.windows) == 20
    assert log.overlaps(at(29_050), at(29_060))
    assert not log.overlaps(at(29_100), at(29_100) + timedelta(hours=1))

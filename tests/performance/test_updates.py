"""Whoever follows the updates knows every hour and day of the ledger."""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime

from hypothesis import given, settings, strategies as st

from custom_components.heatpump_monitor.performance.monitor import PerformanceMonitor
from custom_components.heatpump_monitor.performance.output import Update
from custom_components.heatpump_monitor.performance.totals.ledger import Bucket, Ledger
from custom_components.heatpump_monitor.readings import MeterReading
from custom_components.heatpump_monitor.time_units import DAY

from .builders import at
from .test_invariants import (
    END_S,
    EVENING,
    GAPPED_POLLS,
    MEMORY,
    METERS,
    Reading,
    in_order,
    monitor_of_the_house,
)

READINGS = in_order(METERS, GAPPED_POLLS)


@dataclass
class Follower:
    """Copies what updates name, and nothing else."""

    monitor: PerformanceMonitor = field(default_factory=monitor_of_the_house)
    hours: dict[datetime, Bucket] = field(default_factory=dict)
    days: dict[date, Bucket] = field(default_factory=dict)

    def follow(self, update: Update) -> None:
        """Copy the hours and days that an update names."""
        ledger = self.monitor.ledger
        for hour in update.hours:
            self.hours.pop(hour, None)
            if hour in ledger.hours:
                self.hours[hour] = deepcopy(ledger.hours[hour])
        for day in update.days:
            self.days.pop(day, None)
            if day in ledger.days:
                self.days[day] = deepcopy(ledger.days[day])

    def feed(self, readings: list[Reading]) -> None:
        """Add readings, and follow each update."""
        for reading in readings:
            if isinstance(reading, MeterReading):
                self.follow(self.monitor.add_meter(reading))
            else:
                self.follow(self.monitor.add_heat_pump(reading))

    def recover(self) -> None:
        """Recover all gaps, and follow each update."""
        for gap in list(self.monitor.gaps):
            self.follow(self.monitor.redistribute(gap, MEMORY))

    def assert_knows_all(self) -> None:
        """Assert that the copies are the ledger."""
        assert self.hours == self.monitor.ledger.hours
        assert self.days == self.monitor.ledger.days


@given(place=st.integers(1, len(READINGS)))
@settings(max_examples=20)
def test_readings_and_a_recovery_at_any_time(place: int) -> None:
    """Every hour and day is named that readings and a recovered gap change."""
    follower = Follower()
    follower.feed(READINGS[:place])
    follower.recover()
    follower.feed(READINGS[place:])
    follower.recover()
    follower.assert_knows_all()


@given(
    jump=st.integers(60, len(READINGS) - 1),
    wrong=st.integers(1, 400),
    has_copy=st.booleans(),
)
@settings(max_examples=30)
def test_what_is_discarded_is_named(jump: int, wrong: int, has_copy: bool) -> None:
    """What was counted by a wrong clock, and taken back, is named as well."""
    follower = Follower()
    follower.feed(READINGS[:jump])
    before = deepcopy(follower.monitor) if has_copy else None
    moment = READINGS[jump - 1].time
    follower.feed(READINGS[jump : jump + wrong])
    follower.recover()
    monitor = follower.monitor
    follower.follow(monitor.discard_after(moment, before, at(END_S, EVENING)))
    follower.assert_knows_all()
    follower.feed(READINGS[jump:])
    follower.recover()
    follower.assert_knows_all()


def test_imported_days_are_named() -> None:
    """An import names its days; one that lacks them later names them again."""
    follower = Follower()
    follower.feed(READINGS)
    ledger = follower.monitor.ledger
    day = min(ledger.days) - 2 * DAY
    other = Ledger(ledger.calendar)
    other.book(ledger.calendar.midnight(day), Bucket(electricity_wh=7.0))
    for recorded in (other, Ledger(ledger.calendar)):
        merge = ledger.plan_merge(recorded, day, day, replace=True)
        follower.follow(follower.monitor.merge_imported(merge))
        follower.assert_knows_all()
    assert day in follower.days

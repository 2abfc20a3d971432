"""Hours and days of a ledger, exported once they have ended and when they change."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from ..performance.monitor import PerformanceMonitor
from ..time_units import DAY, HOUR
from .point import Point
from .points.counted import day_point, hour_point


@dataclass(slots=True)
class Counts:
    """The hours and days that one heat pump counts."""

    monitor: PerformanceMonitor
    tags: Mapping[str, str]
    hours: set[datetime] = field(default_factory=set)
    """Those that changed and were not exported since, as `days`."""
    days: set[date] = field(default_factory=set)

    def add(self, hours: Iterable[datetime], days: Iterable[date]) -> None:
        """Note what changed; what was discarded before its end was never exported."""
        ledger = self.monitor.ledger
        for hour in hours:
            if hour in self.hours and hour not in ledger.hours:
                self.hours.remove(hour)
            else:
                self.hours.add(hour)
        for day in days:
            if day in self.days and day not in ledger.days:
                self.days.remove(day)
            else:
                self.days.add(day)

    def take_due(self, until: datetime) -> tuple[Sequence[datetime], Sequence[date]]:
        """Return the hours and days to export now, if all is counted until a moment."""
        ledger = self.monitor.ledger
        hours = sorted(
            each
            for each in self.hours
            if each + HOUR <= until or each not in ledger.hours
        )
        days = sorted(
            each
            for each in self.days
            if self._end_of(each) <= until or each not in ledger.days
        )
        self.hours.difference_update(hours)
        self.days.difference_update(days)
        return hours, days

    def points(
        self, hours: Iterable[datetime], days: Iterable[date]
    ) -> Iterator[Point]:
        """Yield the points of hours and days as they are then."""
        for hour in hours:
            if found := self._hour_point(hour):
                yield found
        for day in days:
            if found := self._day_point(day):
                yield found

    def all_ended(self, until: datetime) -> Iterator[Point]:
        """Yield all points if all is counted until a moment; the rest follows later."""
        ledger = self.monitor.ledger
        for hour in list(ledger.hours):
            if hour + HOUR > until:
                self.hours.add(hour)
            elif found := self._hour_point(hour):
                yield found
        for day in list(ledger.days):
            if self._end_of(day) > until:
                self.days.add(day)
            elif found := self._day_point(day):
                yield found

    def _hour_point(self, hour: datetime) -> Point | None:
        """Return the point of an hour; None if it is too old to be kept."""
        ledger = self.monitor.ledger
        bucket, first = ledger.hours.get(hour), ledger.first_hour
        if bucket is None and first is not None and hour < first:
            return None
        return hour_point(hour, bucket, self.tags)

    def _day_point(self, day: date) -> Point | None:
        ledger = self.monitor.ledger
        midnight = ledger.calendar.midnight(day)
        return day_point(midnight, ledger.days.get(day), self.tags)

    def _end_of(self, day: date) -> datetime:
        return self.monitor.ledger.calendar.midnight(day + DAY)

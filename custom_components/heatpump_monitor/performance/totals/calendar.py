"""The household's calendar: local days, and the months a heating season begins with."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from typing import Final

from ...time_units import DAY, HOUR

DEFAULT_SEASON_START_MONTH: Final = 9
"""September: a season holds one whole winter."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """A time zone, and the month that a heating season begins with."""

    time_zone: tzinfo
    season_start_month: int = DEFAULT_SEASON_START_MONTH

    def midnight(self, day: date) -> datetime:
        """Return the moment, in UTC, at which a local day begins."""
        return datetime.combine(day, time.min, self.time_zone).astimezone(UTC)

    def local_day(self, moment: datetime) -> date:
        """Return the local day of a moment."""
        return moment.astimezone(self.time_zone).date()

    def season_start(self, day: date) -> date:
        """Return the first day of the heating season that a day is in."""
        start = day.replace(month=self.season_start_month, day=1)
        return start if start <= day else start.replace(year=day.year - 1)

    def boundary_after(self, moment: datetime) -> datetime:
        """Return the next full hour or local midnight."""
        next_midnight = self.midnight(self.local_day(moment) + DAY)
        return min(hour_of(moment) + HOUR, next_midnight)

    def pieces(
        self, start: datetime, end: datetime
    ) -> Iterator[tuple[datetime, datetime]]:
        """Cut a time at every full hour and local midnight."""
        while start < end:
            stop = min(self.boundary_after(start), end)
            yield start, stop
            start = stop

    def hours_of(self, day: date) -> list[datetime]:
        """Return the UTC hours that lie in a local day, wholly or in part."""
        hour, end = hour_of(self.midnight(day)), self.midnight(day + DAY)
        hours = [hour]
        while (hour := hour + HOUR) < end:
            hours.append(hour)
        return hours


def hour_of(moment: datetime) -> datetime:
    """Return the start of a moment's hour."""
    return moment.replace(minute=0, second=0, microsecond=0)

"""Quarter-hours added up to hours, days, months and years, for pictures.

Nothing here imports Home Assistant.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from operator import attrgetter
from typing import Final

from ..performance.rounding import kw, kwh
from ..performance.totals.calendar import Calendar
from ..performance.totals.series import Frame, spans_of
from ..time_units import DAY, HOUR
from .model import QUARTER, MonthPeak, Quarter

QUARTERS: Final = "quarters"
"""The frame of one day in quarter-hours; `Frame` has the others."""
_OF_MONTHS: Final = (Frame.YEAR, Frame.ALL)
"""Frames whose points are whole months, or years of them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """The quarter-hours of a time, oldest first, and how far they were counted."""

    quarters: Sequence[Quarter]
    """Those of which anything is known."""
    since: datetime
    """When the counting began: the start of a quarter-hour, as `until`."""
    until: datetime

    def cut(self, bounds: Iterable[datetime]) -> Iterator[Span]:
        """Yield what is known between each two moments."""
        for start, end in pairwise(bounds):
            first, last = (
                bisect_left(self.quarters, moment, key=attrgetter("start"))
                for moment in (start, end)
            )
            counted = min(end, self.until) - max(start, self.since)
            ended = max(counted // QUARTER, 0)
            yield Span(
                start=start, end=end, seen=self.quarters[first:last], ended=ended
            )


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """What is known of the quarter-hours of a time."""

    start: datetime
    end: datetime
    seen: Sequence[Quarter]
    """Those of which anything is known."""
    ended: int
    """How many have ended since the counting began, known or not."""

    @property
    def peak(self) -> Quarter | None:
        """Return the highest that is known as a whole; the first of equal ones."""
        whole = [each for each in self.seen if each.average_w is not None]
        return max(whole, key=lambda each: each.import_wh, default=None)

    @property
    def incomplete(self) -> int:
        """Return how many have ended and are not known as a whole."""
        return self.ended - sum(each.average_w is not None for each in self.seen)


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """The figures from one moment on; None is not known."""

    start: datetime
    """Local, with its offset."""
    import_kwh: float | None
    """What was drawn from the grid, as far as it was seen."""
    peak_kw: float | None
    """The average of the highest quarter-hour."""
    peak_at: datetime | None
    """When it began, local."""
    incomplete: int
    """How many quarter-hours have ended and are not known as a whole."""
    parts_kwh: Mapping[str, float]
    """What each heat pump drew, by the id of its entry, as far as known."""


def bounds_of(
    frame: str, day: date, calendar: Calendar, since: datetime, until: datetime
) -> list[datetime]:
    """Return where the points of the frame with a local day begin; last, its end.

    All years are those from `since` until `until`.
    """
    if frame in (QUARTERS, Frame.DAY):
        step = QUARTER if frame == QUARTERS else HOUR
        start, end = calendar.midnight(day), calendar.midnight(day + DAY)
        return [start + each * step for each in range((end - start) // step)] + [end]
    days = spans_of(Frame(frame), day, *map(calendar.local_day, (since, until)))
    return [*(calendar.midnight(first) for first, _ in days), _end_of(days, calendar)]


def series(
    counted: Counted,
    bounds: Sequence[datetime],
    frame: str,
    peaks: Mapping[date, MonthPeak],
    calendar: Calendar,
) -> list[Point]:
    """Return the points of a frame; months' peaks are known longer than quarters."""
    of_months = peaks if frame in _OF_MONTHS else {}
    return [_point(span, of_months, calendar) for span in counted.cut(bounds)]


def _end_of(days: Sequence[tuple[date, date]], calendar: Calendar) -> datetime:
    return calendar.midnight(days[-1][1] + DAY)


def _point(span: Span, peaks: Mapping[date, MonthPeak], calendar: Calendar) -> Point:
    peak_w, peak_at = _peak(span, peaks, calendar)
    parts_wh: dict[str, float] = {}
    for quarter in span.seen:
        for key, energy_wh in quarter.parts_wh.items():
            parts_wh[key] = parts_wh.get(key, 0.0) + energy_wh
    zone = calendar.time_zone
    return Point(
        start=span.start.astimezone(zone),
        import_kwh=kwh(sum(each.import_wh for each in span.seen))
        if span.seen
        else None,
        peak_kw=kw(peak_w),
        peak_at=None if peak_at is None else peak_at.astimezone(zone),
        incomplete=span.incomplete,
        parts_kwh={key: kwh(energy_wh) for key, energy_wh in parts_wh.items()},
    )


def _peak(
    span: Span, peaks: Mapping[date, MonthPeak], calendar: Calendar
) -> tuple[float | None, datetime | None]:
    """Return the highest quarter-hour and when it began, of months as billed."""
    first, end = calendar.local_day(span.start), calendar.local_day(span.end)
    of_months = [each for month, each in peaks.items() if first <= month < end]
    if of_months:
        highest = max(of_months, key=lambda each: each.peak_w)
        return highest.peak_w, highest.at
    if (quarter := span.peak) is None:
        return None, None
    return quarter.average_w, quarter.start

"""A day, month, year or all years in equal parts, for pictures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from typing import Final

from ...readings import Mode
from ...time_units import DAY, HOUR
from ..rounding import kwh, rounded
from .ledger import Bucket, Ledger
from .periods import PeriodSummary, period_summary


class Frame(StrEnum):
    """What a picture shows, and so what its points are."""

    DAY = "day"
    """One day in hours: 23 or 25 of them when the clock is changed."""
    MONTH = "month"
    """One month in days."""
    MONTH_WEEKS = "month_weeks"
    """One month in weeks from Monday on, the first and the last cut to the month."""
    YEAR = "year"
    """One year in months."""
    ALL = "all"
    """All that was counted, in years."""


_BEGINS: Final[Mapping[Frame, Callable[[date], bool]]] = {
    Frame.MONTH: lambda _: True,
    Frame.MONTH_WEEKS: lambda day: day.weekday() == 0,
    Frame.YEAR: lambda day: day.day == 1,
    Frame.ALL: lambda day: (day.month, day.day) == (1, 1),
}
"""Whether a point begins with a day; the first one begins with the frame."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """The figures from one moment on; None is not known."""

    start: datetime
    """Local, with its offset."""
    electricity_kwh: float | None
    """All that the meter counted."""
    own_electricity_kwh: float | None
    """Own electricity, as far as it is known."""
    paired_electricity_kwh: float | None
    """The denominator of the COP."""
    heat_kwh: float | None
    cop: float | None
    coverage: float | None
    outside_c: float | None
    heat_by_mode_kwh: Mapping[Mode, float]


def series(ledger: Ledger, frame: Frame, day: date, until: datetime) -> list[Point]:
    """Return the points of the frame with a local day, those still to come included.

    Counting can have come up to the moment `until`.
    """
    if frame is Frame.DAY:
        # Hours that are not kept any more are no gap.
        kept_from = ledger.first_hour or until
        return [
            _point(ledger, hour, _hour(ledger, hour, kept_from, until))
            for hour in hours_of(ledger, day)
        ]
    return [
        _point(
            ledger,
            ledger.calendar.midnight(first),
            period_summary(ledger, first, last, until),
        )
        for first, last in _spans_of(ledger, frame, day, until)
    ]


def hours_of(ledger: Ledger, day: date) -> list[datetime]:
    """Return the hours that begin on a local day, in UTC.

    Hours are UTC's: where the local time is off by half an hour, so are they.
    """
    midnight = ledger.calendar.midnight(day)
    return [hour for hour in ledger.calendar.hours_of(day) if hour >= midnight]


def _hour(
    ledger: Ledger, hour: datetime, kept_from: datetime, until: datetime
) -> PeriodSummary:
    day = ledger.calendar.local_day(hour)
    start = max(hour, kept_from)
    return PeriodSummary(
        first=day,
        last=day,
        start=start,
        counted_from=start,
        end=min(hour + HOUR, until),
        sums=ledger.hours.get(hour, Bucket()),
    )


def _spans_of(
    ledger: Ledger, frame: Frame, day: date, until: datetime
) -> list[tuple[date, date]]:
    if frame is Frame.ALL and ledger.since is None:
        return []
    since, last = map(ledger.calendar.local_day, (ledger.since or until, until))
    return spans_of(frame, day, since, last)


def spans_of(
    frame: Frame, day: date, since: date, until: date
) -> list[tuple[date, date]]:
    """Return the first and the last day of each point.

    All years are those with the local days `since` and `until`, and between.
    """
    if frame in (Frame.MONTH, Frame.MONTH_WEEKS):
        first = day.replace(day=1)
        end = (first + 31 * DAY).replace(day=1)
    elif frame is Frame.YEAR:
        first, end = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    else:
        first, end = date(since.year, 1, 1), date(until.year + 1, 1, 1)
    return _parts(frame, first, end)


def months_of(first: date, last: date) -> list[tuple[date, date]]:
    """Return the first and last day of each month, or of its part in a span."""
    return _parts(Frame.YEAR, first, last + DAY)


def _parts(frame: Frame, first: date, end: date) -> list[tuple[date, date]]:
    days = (first + each * DAY for each in range((end - first).days))
    begins = [each for each in days if each == first or _BEGINS[frame](each)]
    return [(begin, later - DAY) for begin, later in pairwise([*begins, end])]


def _point(ledger: Ledger, start: datetime, part: PeriodSummary) -> Point:
    sums = part.sums
    paired = bool(sums.paired_s)
    return Point(
        start=start.astimezone(ledger.calendar.time_zone),
        electricity_kwh=kwh(sums.electricity_wh) if sums.metered_s else None,
        own_electricity_kwh=kwh(sums.own_wh) if sums.split_wh else None,
        paired_electricity_kwh=kwh(sums.paired_electricity_wh) if paired else None,
        heat_kwh=kwh(sums.heat_wh) if paired else None,
        cop=rounded(part.cop),
        coverage=rounded(part.coverage, 4),
        outside_c=rounded(part.outside_c, 1),
        heat_by_mode_kwh={
            mode: kwh(sums.modes[mode].heat_wh) for mode in Mode if mode in sums.modes
        },
    )

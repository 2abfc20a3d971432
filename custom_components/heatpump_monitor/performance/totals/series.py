"""A day, month, year or all years in equal parts, for pictures."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """The figures from one moment on; None is not known."""

    start: datetime
    """Local, with its offset."""
    electricity_kwh: float | None
    """All that the meter counted."""
    paired_electricity_kwh: float | None
    """The denominator of the COP."""
    heat_kwh: float | None
    cop: float | None
    coverage: float | None
    outside_c: float | None
    heat_by_mode_kwh: Mapping[Mode, float]


def series(ledger: Ledger, frame: Frame, day: date, until: datetime) -> list[Point]:
    """Return the points of a frame, those still to come included.

    Args:
        ledger: What was counted.
        frame: What is shown.
        day: Any local day in it; not used for all years.
        until: The moment up to which counting can have come, in UTC.
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
            ledger, ledger.midnight(first), period_summary(ledger, first, last, until)
        )
        for first, last in _spans_of(ledger, frame, day, until)
    ]


def hours_of(ledger: Ledger, day: date) -> list[datetime]:
    """Return the hours that begin on a local day, in UTC.

    Hours are UTC's: where the local time is off by half an hour, so are they.
    """
    midnight = ledger.midnight(day)
    return [hour for hour in ledger.calendar.hours_of(day) if hour >= midnight]


def _hour(
    ledger: Ledger, hour: datetime, kept_from: datetime, until: datetime
) -> PeriodSummary:
    day = ledger.local_day(hour)
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
) -> Iterator[tuple[date, date]]:
    month, year = day.replace(day=1), day.replace(month=1, day=1)
    match frame:
        case Frame.MONTH:
            yield from _cut(month, _next_month(month), _next_day)
        case Frame.MONTH_WEEKS:
            yield from _cut(month, _next_month(month), _next_monday)
        case Frame.YEAR:
            yield from _cut(year, _next_year(year), _next_month)
        case _ if ledger.since is not None:
            since = ledger.local_day(ledger.since).replace(month=1, day=1)
            end = _next_year(ledger.local_day(until))
            yield from _cut(since, end, _next_year)


def _cut(
    first: date, end: date, following: Callable[[date], date]
) -> Iterator[tuple[date, date]]:
    while first < end:
        next_first = min(following(first), end)
        yield first, next_first - DAY
        first = next_first


def _next_day(day: date) -> date:
    return day + DAY


def _next_monday(day: date) -> date:
    return day + (7 - day.weekday()) * DAY


def _next_month(day: date) -> date:
    return (day.replace(day=28) + 4 * DAY).replace(day=1)


def _next_year(day: date) -> date:
    return date(day.year + 1, 1, 1)


def _point(ledger: Ledger, start: datetime, part: PeriodSummary) -> Point:
    sums = part.sums
    paired = bool(sums.paired_s)
    return Point(
        start=start.astimezone(ledger.time_zone),
        electricity_kwh=kwh(sums.electricity_wh) if sums.metered_s else None,
        paired_electricity_kwh=kwh(sums.paired_electricity_wh) if paired else None,
        heat_kwh=kwh(sums.heat_wh) if paired else None,
        cop=rounded(part.cop),
        coverage=rounded(part.coverage, 4),
        outside_c=rounded(part.outside_c, 1),
        heat_by_mode_kwh={
            mode: kwh(sums.modes[mode].heat_wh) for mode in Mode if mode in sums.modes
        },
    )

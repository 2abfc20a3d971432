"""Chooses the days to compare before and after a change."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from operator import attrgetter
from statistics import median, quantiles
from typing import Final

from ...time_units import DAY
from ..plant import SourceKind
from ..segments import Quantity
from ..totals.calendar import Calendar
from ..totals.ledger import Bucket, Ledger, ModeSums
from .result import ChangeMoment, Excluded, Side, Touched

WINDOW: Final = timedelta(days=365)
"""Longer ago, the unit and the house may have been others."""
LEAST_BEFORE: Final = 20
LEAST_AFTER: Final = 14
# Whoever tries several values within a week wants to know what they did together.
_TOGETHER: Final = timedelta(days=7)
COMPLETE: Final = 0.9
"""Which share of a day must be known."""
# Less makes a ratio of the meter's and the counters' steps.
_LEAST_KWH: Final = 0.5
# A third of the usual heat: an empty house with the heating lowered.
_UNUSUAL_SHARE: Final = 1 / 3
# A weekday is known by so many of its days, among twice as many others.
_FEWEST_OF_WEEKDAY: Final = 4
_AS_COLD_K: Final = 2.0
_FEWEST_AS_COLD: Final = 5
# A temperature that is known on fewer days is none that the heat pump shows.
_SHOWN: Final = 0.8


@dataclass(frozen=True, kw_only=True, slots=True)
class ComparedDay:
    """What was measured on a day in the modes that a change touches."""

    day: date
    outside_c: float
    electricity_kwh: float
    heat_kwh: float
    supply_c: float | None = None
    """Mean over the heat."""
    source_in_c: float | None = None
    measured_by: str = ""
    """The method of most of the heat, and the boundary of most of the electricity."""


@dataclass(slots=True)
class _Days:
    """The days of one side, and how many others there are by reason."""

    days: list[ComparedDay] = field(default_factory=list)
    excluded: Counter[Excluded] = field(default_factory=Counter)

    def exclude(self, reason: Excluded, dropped: Sequence[ComparedDay]) -> None:
        """Take out some days and count them."""
        if dropped:
            gone = {day.day for day in dropped}
            self.days = [day for day in self.days if day.day not in gone]
            self.excluded[reason] += len(dropped)

    def side(self) -> Side:
        """Return how many days are compared and how many are not."""
        return Side(
            used=len(self.days),
            excluded=dict(self.excluded),
            first=self.days[0].day if self.days else None,
            last=self.days[-1].day if self.days else None,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """The days to compare."""

    before: Sequence[ComparedDay]
    after: Sequence[ComparedDay]
    side_before: Side
    side_after: Side
    together_with: tuple[datetime, ...]
    """The changes that were made within a week of this one."""
    change_day: date
    """The local day of the change; the first one if there were several."""
    disinfection_weekdays: frozenset[int]
    """On which a tank is disinfected; they are not compared."""


def select_days(
    ledger: Ledger,
    change: ChangeMoment,
    others: Iterable[ChangeMoment],
    today: date,
    source: SourceKind | None = None,
) -> Selection:
    """Return the days to compare before and after a change.

    Args:
        ledger: What was counted.
        change: The change.
        others: All other changes; those of another mode do not matter.
        today: The local day, which is not complete yet.
        source: Where the heat pump takes its heat from.
    """
    touching = [each for each in others if change.touched.overlaps(each.touched)]
    together, apart = _split(change, touching)
    days = [ledger.calendar.local_day(each.time) for each in (change, *together)]
    first, last = min(days), max(days)
    others_on = [ledger.calendar.local_day(each.time) for each in apart]
    since = max((day + 2 * DAY for day in others_on if day <= last), default=date.min)
    until = min((day - DAY for day in others_on if day > last), default=date.max)

    before, after = _Days(), _Days()
    start = max(first - WINDOW, min(ledger.days, default=first))
    end = min(last + DAY + WINDOW, today - DAY)
    if transition := len(_range(first, min(last + DAY, end))):
        after.excluded[Excluded.TRANSITION] = transition
    for side, window in (
        (before, _range(start, first - DAY)),
        (after, _range(last + 2 * DAY, end)),
    ):
        usable = [day for day in window if since <= day <= until]
        if cut := len(window) - len(usable):
            side.excluded[Excluded.OTHER_CHANGE] = cut
        side.days = [
            figures
            for day in usable
            if (figures := _complete(ledger, day, change.touched)) is not None
        ]
        if incomplete := len(usable) - len(side.days):
            side.excluded[Excluded.LOW_COVERAGE] = incomplete
    weekdays = frozenset[int]()
    if change.touched is Touched.HOT_WATER:
        weekdays = _disinfection_weekdays(before.days)
    for side in (before, after):
        on = [day for day in side.days if day.day.weekday() in weekdays]
        side.exclude(Excluded.DISINFECTION, on)
    _exclude_incomparable(before, after, source)
    return Selection(
        before=before.days,
        after=after.days,
        side_before=before.side(),
        side_after=after.side(),
        together_with=tuple(sorted(each.time for each in together)),
        change_day=first,
        disinfection_weekdays=weekdays,
    )


def _split(
    change: ChangeMoment, others: Sequence[ChangeMoment]
) -> tuple[list[ChangeMoment], list[ChangeMoment]]:
    """Return the changes that belong together with one, and those apart.

    Nothing compares across a change of the measuring, however near it is.
    """
    by_time = sorted(
        (each for each in others if not each.of_measuring), key=attrgetter("time")
    )
    place = bisect_left(by_time, change.time, key=attrgetter("time"))
    together = [
        *_chain(change, reversed(by_time[:place])),
        *_chain(change, by_time[place:]),
    ]
    known = set(together)
    return together, [each for each in others if each not in known]


def _chain(
    start: ChangeMoment, by_distance: Iterable[ChangeMoment]
) -> Iterator[ChangeMoment]:
    """Yield changes as long as each is made within a week of the one before."""
    for each in by_distance:
        if abs(each.time - start.time) > _TOGETHER:
            return
        yield each
        start = each


def _range(first: date, last: date) -> list[date]:
    return [first + number * DAY for number in range((last - first).days + 1)]


def _complete(ledger: Ledger, day: date, touched: Touched) -> ComparedDay | None:
    """Return the figures of a day; None if they are not those of nearly all of it."""
    bucket = ledger.days.get(day, Bucket())
    known_s = min(bucket.paired_s, bucket.outside_s)
    outside_c = bucket.outside_c
    if outside_c is None or known_s < COMPLETE * day_seconds(ledger.calendar, day):
        return None
    sums = _sums(bucket, touched)
    return ComparedDay(
        day=day,
        outside_c=outside_c,
        electricity_kwh=sums.electricity_wh / 1000,
        heat_kwh=sums.heat_wh / 1000,
        supply_c=sums.mean(Quantity.SUPPLY_C),
        source_in_c=sums.mean(Quantity.SOURCE_IN_C),
        measured_by=measured_by(bucket),
    )


def _sums(bucket: Bucket, touched: Touched) -> ModeSums:
    """Return the paired sums of what a change touches."""
    total = ModeSums()
    for mode in touched.modes:
        total.add(bucket.of_mode(mode))
    if touched is Touched.BOTH:
        # With the time of which the mode is not known.
        total.electricity_wh, total.heat_wh = (
            bucket.paired_electricity_wh,
            bucket.heat_wh,
        )
    return total


def day_seconds(calendar: Calendar, day: date) -> float:
    """Return the length of a local day: 23, 24 or 25 hours."""
    return (calendar.midnight(day + DAY) - calendar.midnight(day)).total_seconds()


def measured_by(bucket: Bucket) -> str:
    """Return the method of most of the heat, and the boundary of most electricity."""
    method = max(
        bucket.methods_wh, key=lambda each: abs(bucket.methods_wh[each]), default=""
    )
    boundary = max(
        bucket.boundaries, key=lambda each: bucket.boundaries[each][0], default=""
    )
    return f"{method} {boundary}"


def _exclude_incomparable(
    before: _Days, after: _Days, source: SourceKind | None
) -> None:
    """Exclude days that show something else than what the change did."""
    if source is SourceKind.BRINE:
        _exclude_without_source(before, after)
    counts = Counter(day.measured_by for day in after.days)
    for side in (before, after):
        if counts:
            usual = counts.most_common(1)[0][0]
            differing = [day for day in side.days if day.measured_by != usual]
            side.exclude(Excluded.OTHER_METHOD, differing)
        little = [
            day
            for day in side.days
            if day.electricity_kwh < _LEAST_KWH or day.heat_kwh <= 0
        ]
        side.exclude(Excluded.LITTLE_ENERGY, little)
        side.exclude(Excluded.UNUSUAL, _unusual(side.days))
    # The range of a few days is too narrow for those before.
    if before.days and len(after.days) >= LEAST_AFTER:
        low_c, high_c = _common_range(before.days, after.days)
        for side in (before, after):
            outside = [day for day in side.days if not low_c <= day.outside_c <= high_c]
            side.exclude(Excluded.OTHER_WEATHER, outside)


def _exclude_without_source(before: _Days, after: _Days) -> None:
    """Exclude days without brine temperature, if the heat pump usually shows it."""
    unknown = [
        [day for day in side.days if day.source_in_c is None]
        for side in (before, after)
    ]
    days = len(before.days) + len(after.days)
    if sum(map(len, unknown)) <= (1 - _SHOWN) * days:
        for side, without in zip((before, after), unknown, strict=True):
            side.exclude(Excluded.LOW_COVERAGE, without)


def _disinfection_weekdays(before: Sequence[ComparedDay]) -> frozenset[int]:
    """Return the weekdays on which the tank is disinfected.

    On them the backup heater heats alone, which not every method of the heat sees,
    and a hotter tank leaves it less to do: in two simulated years of a brine unit,
    5 K more raise their COP by 6 % and lower that of the others by 6 %. They also
    scatter three times as much (air unit, five years).
    Only days before the change tell which they are, so that the change cannot.
    """
    return frozenset(each for each in range(7) if _takes_more(each, before))


def _takes_more(weekday: int, days: Sequence[ComparedDay]) -> bool:
    """Return whether a weekday usually takes more than nine of ten other days."""
    drawn_kwh, others_kwh = list[float](), list[float]()
    for each in days:
        same = each.day.weekday() == weekday
        (drawn_kwh if same else others_kwh).append(each.electricity_kwh)
    if len(drawn_kwh) < _FEWEST_OF_WEEKDAY or len(others_kwh) < 2 * _FEWEST_OF_WEEKDAY:
        return False
    return median(drawn_kwh) > quantiles(others_kwh, n=10)[-1]


def _unusual(days: Iterable[ComparedDay]) -> list[ComparedDay]:
    """Return the days with far less heat than others of their side, as cold."""
    by_cold = sorted(days, key=lambda day: day.outside_c)
    temperatures_c = [day.outside_c for day in by_cold]
    found = list[ComparedDay]()
    for day in by_cold:
        start = bisect_left(temperatures_c, day.outside_c - _AS_COLD_K)
        end = bisect_right(temperatures_c, day.outside_c + _AS_COLD_K)
        if end - start < _FEWEST_AS_COLD:
            continue
        usual_kwh = median(each.heat_kwh for each in by_cold[start:end])
        if day.heat_kwh < _UNUSUAL_SHARE * usual_kwh:
            found.append(day)
    return found


def _common_range(
    before: Sequence[ComparedDay], after: Sequence[ComparedDay]
) -> tuple[float, float]:
    """Return the range of outside temperatures that both sides have."""
    colds = [[day.outside_c for day in side] for side in (before, after)]
    return max(map(min, colds)), min(map(max, colds))

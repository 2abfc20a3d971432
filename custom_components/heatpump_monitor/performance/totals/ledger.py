"""The buckets of a heat pump: UTC hours, and days of the household's calendar."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Final

from ...readings import Mode, Role
from ...time_units import DAY
from ..plant import HeatMethod
from ..segments import Quantity
from .calendar import Calendar, hour_of
from .tariff import Split, Tariff

HOURS_KEPT: Final = timedelta(days=400)
"""A year and its comparison with the same month before; days are kept for ever."""
# Less makes no ratio: a standby hour has no COP.
_LEAST_ELECTRICITY_WH: Final = 1.0


def ratio(heat_wh: float, electricity_wh: float) -> float | None:
    """Return heat over electricity, both in Wh; None if either is too little."""
    if electricity_wh < _LEAST_ELECTRICITY_WH or heat_wh == 0:
        return None
    return heat_wh / electricity_wh


@dataclass(slots=True)
class ModeSums:
    """The paired sums of one mode."""

    electricity_wh: float = 0.0
    heat_wh: float = 0.0
    seconds: float = 0.0
    weighted: dict[Quantity, tuple[float, float]] = field(default_factory=dict)
    """Of each quantity: value times size of the heat, and that size where known, in Wh."""

    @classmethod
    def of(
        cls,
        electricity_wh: float,
        heat_wh: float,
        seconds: float,
        means: Mapping[Quantity, float],
    ) -> ModeSums:
        """Return sums with means over the heat."""
        size_wh = abs(heat_wh)
        weighted = {each: (mean * size_wh, size_wh) for each, mean in means.items()}
        return cls(electricity_wh, heat_wh, seconds, weighted)

    def add(self, other: ModeSums) -> None:
        """Add another's sums to these."""
        self.electricity_wh += other.electricity_wh
        self.heat_wh += other.heat_wh
        self.seconds += other.seconds
        for quantity, (product, heat_wh) in other.weighted.items():
            known = self.weighted.get(quantity, (0.0, 0.0))
            self.weighted[quantity] = known[0] + product, known[1] + heat_wh

    def mean(self, quantity: Quantity) -> float | None:
        """Return the mean of a quantity over the heat; None if not known."""
        product, heat_wh = self.weighted.get(quantity, (0.0, 0.0))
        return product / heat_wh if heat_wh else None


@dataclass(slots=True)
class Comparison:
    """The heat by one method beside the heat by the chosen one, for the same time."""

    heat_wh: float = 0.0
    chosen_wh: float = 0.0

    def add(self, other: Comparison) -> None:
        """Add another's sums to these."""
        self.heat_wh += other.heat_wh
        self.chosen_wh += other.chosen_wh


@dataclass(slots=True)
class Bucket:
    """The sums of one hour or one day."""

    electricity_wh: float = 0.0
    """All that the meter counted, paired or not."""
    metered_s: float = 0.0
    """Time for which the electricity is known."""
    paired_electricity_wh: float = 0.0
    heat_wh: float = 0.0
    """Heat of paired intervals, the only heat that makes a COP."""
    unpaired_heat_wh: float = 0.0
    paired_s: float = 0.0

    run_s: float = 0.0
    """How long the compressor ran."""
    starts: int = 0
    defrosts: int = 0
    """How many defrosts were seen to begin."""
    backup_heater_electricity_wh: float = 0.0
    """Part of the paired electricity."""
    backup_heater_heat_wh: float = 0.0
    """Part of the paired heat."""
    backup_heater_known_s: float = 0.0
    """Paired time for which the two are known."""
    beyond_carnot_s: float = 0.0
    """Time with a COP that is physically impossible."""
    outside_c_s: float = 0.0
    """Outside temperature times the seconds for which it is known."""
    outside_s: float = 0.0

    cost: float = 0.0
    """Of the electricity that had a price, in the household's currency."""
    priced_wh: float = 0.0
    co2_g: float = 0.0
    co2_wh: float = 0.0
    """Electricity whose carbon intensity was known."""

    own_wh: float = 0.0
    """Own electricity, by the rule in `own_electricity`."""
    own_least_wh: float = 0.0
    """The least that it can have been, whatever the rule."""
    own_most_wh: float = 0.0
    split_wh: float = 0.0
    """Electricity of which it is known how much was own."""
    unsplit_wh: float = 0.0
    """Electricity of which it is not, although there were meters for it."""
    own_cost: float = 0.0
    """Part of the cost: own electricity at its price."""

    modes: dict[Mode, ModeSums] = field(default_factory=dict)
    methods_wh: dict[HeatMethod, float] = field(default_factory=dict)
    """Paired heat by how it was known."""
    compared: dict[HeatMethod, Comparison] = field(default_factory=dict)
    """The paired heat by every method beside the chosen one's."""
    boundaries: dict[str, tuple[float, float, float]] = field(default_factory=dict)
    """Paired electricity and heat in Wh, and their seconds, by key of the boundary."""
    unpaired_modes_wh: dict[Mode, float] = field(default_factory=dict)
    """Electricity by mode for the time of which the heat is not known."""
    parts_wh: dict[Role, float] = field(default_factory=dict)
    """Energy of further meters by their role; part of the electricity or beside it."""
    imported: bool = False
    """Whether it was recorded elsewhere."""

    @property
    def cop(self) -> float | None:
        """Return the sum of heat over the sum of paired electricity.

        None if nothing was paired, or no heat was made.
        """
        return ratio(self.heat_wh, self.paired_electricity_wh)

    @property
    def outside_c(self) -> float | None:
        """Return the mean outside temperature."""
        return self.outside_c_s / self.outside_s if self.outside_s else None

    def of_mode(self, mode: Mode) -> ModeSums:
        """Return the sums of a mode, all 0 if there is none of it."""
        return self.modes.get(mode, ModeSums())

    def add(self, other: Bucket) -> None:
        """Add another bucket's sums to this one."""
        # Most are 0: this runs six times for each interval.
        for name, more in zip(_SUMS, _sums_of(other), strict=True):
            if more:
                setattr(self, name, getattr(self, name) + more)
        for mode, sums in other.modes.items():
            self.modes.setdefault(mode, ModeSums()).add(sums)
        for name in _ENERGIES:
            if more := getattr(other, name):
                sums = getattr(self, name)
                for key, energy_wh in more.items():
                    sums[key] = sums.get(key, 0.0) + energy_wh
        for key, (electricity_wh, heat_wh, seconds) in other.boundaries.items():
            had = self.boundaries.get(key, (0.0, 0.0, 0.0))
            total = had[0] + electricity_wh, had[1] + heat_wh, had[2] + seconds
            self.boundaries[key] = total
        for method, comparison in other.compared.items():
            self.compared.setdefault(method, Comparison()).add(comparison)

    def draw(self, energy_wh: float, seconds: float, tariff: Tariff) -> None:
        """Add electricity at its price; the cost of a split is booked with the split."""
        self.electricity_wh += energy_wh
        self.metered_s += seconds
        if tariff.split is Split.UNKNOWN:
            self.unsplit_wh += energy_wh
        if tariff.price_per_kwh is not None:
            if tariff.split is Split.NONE:
                self.cost += tariff.price_per_kwh * energy_wh / 1000
            self.priced_wh += energy_wh
        if tariff.co2_g_per_kwh is not None:
            self.co2_g += tariff.co2_g_per_kwh * energy_wh / 1000
            self.co2_wh += energy_wh


_ENERGIES = "methods_wh", "unpaired_modes_wh", "parts_wh"
_SUMS = tuple(field.name for field in fields(Bucket) if field.type in (float, int))
_sums_of = attrgetter(*_SUMS)


# An imported day that a later import did not have.
_FORGOTTEN = Bucket(imported=True)


@dataclass(frozen=True, slots=True)
class _Page:
    """A time between two boundaries, and its buckets."""

    start: datetime
    end: datetime
    hour_start: datetime
    hour: Bucket
    local_day: date
    day: Bucket
    is_newest: bool


@dataclass(frozen=True, slots=True)
class Merge:
    """The result of an import."""

    taken: dict[date, Bucket]
    """The imported days; empty if an earlier import had them and this one not."""
    own: list[date]
    """The days that were counted here and stay."""
    replaced: list[date]
    """The days that were imported before."""
    hours: dict[datetime, Bucket]
    """All hours of the imported days; the ledger does not keep them."""
    since: datetime | None
    """When the first interval opens then."""


@dataclass(slots=True)
class Changes:
    """The buckets that changed since the last call of `Ledger.take_changes`."""

    hours: set[datetime] = field(default_factory=set)
    """By their start in UTC."""
    days: set[date] = field(default_factory=set)


@dataclass(slots=True)
class Ledger:
    """The buckets of one heat pump."""

    calendar: Calendar
    since: datetime | None = None
    """When the first interval opened."""
    hours: dict[datetime, Bucket] = field(default_factory=dict)
    days: dict[date, Bucket] = field(default_factory=dict)
    hours_kept: timedelta | None = HOURS_KEPT
    """How far the hours reach back; None keeps all."""
    counting_since: datetime | None = None
    """When the totals started at 0."""
    changes: Changes = field(default_factory=Changes, init=False, compare=False)
    _page: _Page | None = field(default=None, init=False, compare=False)
    _day_order: list[date] = field(default_factory=list, init=False, compare=False)
    _hour_order: list[datetime] = field(default_factory=list, init=False, compare=False)
    _months: dict[date, Bucket] = field(default_factory=dict, init=False, compare=False)
    """Sums of past months by their first day, until one of their days changes."""
    _past: dict[tuple[date, date], Bucket] = field(
        default_factory=dict, init=False, compare=False
    )
    """Sums of periods before the newest day, until one of their days changes."""
    _own: set[date] | None = field(default=None, init=False, compare=False)
    """The days and hours not shared with a copy; None without a copy."""

    def __deepcopy__(self, _: object) -> Ledger:
        """Return a copy; either one copies a bucket before it changes it."""
        self._page, self._own = None, set()
        other = replace(self, hours=dict(self.hours), days=dict(self.days))
        other._own = set()  # noqa: SLF001 - of the same class
        return other

    def book(self, start: datetime, entry: Bucket) -> None:
        """Book sums of a time that crosses no boundary, by its start."""
        page = self._page_at(start)
        page.hour.add(entry)
        page.day.add(entry)

    def book_electricity(
        self,
        start: datetime,
        end: datetime,
        energy_wh: float,
        tariff: Tariff = Tariff(),  # noqa: B008 - frozen
        *,
        counts_time: bool = True,
    ) -> None:
        """Book energy that flowed evenly, split at every hour and midnight."""
        elapsed = end - start
        for part_start, part_end in self.pieces(start, end):
            part = part_end - part_start
            seconds = part.total_seconds() if counts_time else 0.0
            page = self._page_at(part_start)
            for bucket in (page.hour, page.day):
                bucket.draw(energy_wh * (part / elapsed), seconds, tariff)

    def pieces(
        self, start: datetime, end: datetime
    ) -> Iterator[tuple[datetime, datetime]]:
        """Cut a time at every full hour and local midnight."""
        page = self._page
        if page is not None and page.start <= start < end <= page.end:
            yield start, end
        else:
            yield from self.calendar.pieces(start, end)

    def sums(self, first: date, last: date) -> Bucket:
        """Return the sums over days, both included."""
        total = Bucket()
        if (newest := self.newest_day) is not None:
            total.add(self._past_sums(first, min(last, newest - DAY)))
            if first <= newest <= last:
                total.add(self.days[newest])
        return total

    def days_between(self, first: date, last: date) -> list[tuple[date, Bucket]]:
        """Return the days of a time in order, both ends included."""
        order = _ordered(self._day_order, self.days)
        days = order[bisect_left(order, first) : bisect_right(order, last)]
        return [(day, self.days[day]) for day in days]

    def hours_between(
        self, start: datetime, end: datetime
    ) -> list[tuple[datetime, Bucket]]:
        """Return the hours that begin in a time in order, its end not included."""
        order = _ordered(self._hour_order, self.hours)
        hours = order[bisect_left(order, start) : bisect_left(order, end)]
        return [(hour, self.hours[hour]) for hour in hours]

    @property
    def newest_day(self) -> date | None:
        """Return the newest day; None without any."""
        return next(reversed(_ordered(self._day_order, self.days)), None)

    @property
    def first_hour(self) -> datetime | None:
        """Return the first hour that is kept; None without any."""
        return next(iter(_ordered(self._hour_order, self.hours)), None)

    def plan_merge(
        self, other: Ledger, first: date, last: date, *, replace: bool = False
    ) -> Merge:
        """Return what an import of local days would change, both ends included.

        Days that were counted here stay; days imported before are replaced, so that
        the same recording twice changes nothing. All hours of the recording are
        needed, and the last day is before any that can still be counted here.
        `replace` empties imported days that the recording lacks.
        """
        own, taken = list[date](), dict[date, Bucket]()
        for day, bucket in other.days_between(first, last):
            if self._is_counted_here(day):
                own.append(day)
            else:
                taken[day] = Bucket(imported=True)
                taken[day].add(bucket)
        since = self.since
        if taken:
            start = self.calendar.midnight(min(taken))
            start = max(start, other.since or start)
            since = min(start, since or start)
        for day, bucket in self.days_between(first, last) if replace else ():
            if bucket.imported:
                taken.setdefault(day, Bucket(imported=True))
        days = self.days | taken
        known = (day for day, each in days.items() if each != _FORGOTTEN)
        if since and (first_known := min(known, default=None)):
            since = max(since, self.calendar.midnight(first_known))
        replaced = [day for day in taken if day in self.days]
        return Merge(taken, own, replaced, self._hours_of(taken, other), since)

    def merge(self, merge: Merge) -> None:
        """Do what was planned; days that were counted here meanwhile stay."""
        days = {
            day: bucket
            for day, bucket in merge.taken.items()
            if not self._is_counted_here(day)
        }
        if days:
            self.since = merge.since
        self.days |= days
        self.changes.days |= days.keys()
        self._forget_sums()

    def forget_after(self, moment: datetime) -> None:
        """Drop the hours and days that begin after a moment."""
        day = self.calendar.local_day(moment)
        self.hours = {hour: b for hour, b in self.hours.items() if hour <= moment}
        self.days = {each: b for each, b in self.days.items() if each <= day}
        self.changes.days.add(day)
        self._forget_sums()

    def changes_since(self, copy: Ledger) -> Changes:
        """Return what changed since a copy was made."""
        changes = Changes()
        # Either one copies a bucket before it changes it.
        changes.hours |= {
            hour
            for hour, bucket in self.hours.items()
            if copy.hours.get(hour) is not bucket
        }
        changes.days |= {
            day for day, bucket in self.days.items() if copy.days.get(day) is not bucket
        }
        return changes

    def take_changes(self) -> Changes:
        """Return what changed since the last call."""
        changes, self.changes = self.changes, Changes()
        return changes

    def _is_counted_here(self, day: date) -> bool:
        return day in self.days and not self.days[day].imported

    def _hours_of(
        self, days: Collection[date], other: Ledger
    ) -> dict[datetime, Bucket]:
        """Return all hours of imported days.

        An hour across midnight is left out if its other day is not imported.
        """
        neighbours = {day + step for day in days for step in (-DAY, DAY)}
        kept = self._hour_starts(
            day
            for day in neighbours - set(days)
            if self.days.get(day, _FORGOTTEN) != _FORGOTTEN
        )
        return {
            hour: other.hours.get(hour, Bucket())
            for hour in sorted(self._hour_starts(days) - kept)
            if hour not in self.hours
        }

    def _hour_starts(self, days: Iterable[date]) -> set[datetime]:
        return {hour for day in days for hour in self.calendar.hours_of(day)}

    def _past_sums(self, first: date, last: date) -> Bucket:
        sums = self._past.get((first, last))
        if sums is None:
            sums = self._past[first, last] = self._sums_by_month(first, last)
        return sums

    def _sums_by_month(self, first: date, last: date) -> Bucket:
        """Add up days, both included; months that lie within are added as a whole."""
        order, sums = self._day_order, Bucket()
        place, end = bisect_left(order, first), bisect_right(order, last)
        while place < end:
            month = order[place].replace(day=1)
            start = bisect_left(order, month)
            stop = bisect_left(order, (month + 31 * DAY).replace(day=1))
            if start < place or stop > end:
                for day in order[place : min(stop, end)]:
                    sums.add(self.days[day])
            else:
                sums.add(self._month_sums(month, order[start:stop]))
            place = stop
        return sums

    def _month_sums(self, month: date, days: Iterable[date]) -> Bucket:
        if (sums := self._months.get(month)) is None:
            sums = self._months[month] = Bucket()
            for day in days:
                sums.add(self.days[day])
        return sums

    def _forget_sums(self, day: date | None = None) -> None:
        """Forget what was derived from a day; without one, from any bucket."""
        self._past.clear()
        if day is not None:
            self._months.pop(day.replace(day=1), None)
            return
        self._page = None
        self._months.clear()
        self._day_order.clear()
        self._hour_order.clear()

    def _page_at(self, moment: datetime) -> _Page:
        page = self._page
        if page is None or not page.start <= moment < page.end:
            page = self._page = self._open_buckets_at(moment)
        if not page.is_newest:
            self._forget_sums(page.local_day)
        self.changes.days.add(page.local_day)
        self.changes.hours.add(page.hour_start)
        return page

    def _open_buckets_at(self, moment: datetime) -> _Page:
        hour, day = hour_of(moment), self.calendar.local_day(moment)
        order = _ordered(self._day_order, self.days)
        if day not in self.days or self.days[day].imported:
            # What is counted here replaces an import.
            if day not in self.days:
                insort(order, day)
            self.days[day] = Bucket()
            self._forget_sums(day)
        return _Page(
            start=max(hour, self.calendar.midnight(day)),
            end=self.calendar.boundary_after(moment),
            hour_start=hour,
            hour=self._writable(self._hour(hour), hour, self.hours),
            local_day=day,
            day=self._writable(self.days[day], day, self.days),
            is_newest=day == order[-1],
        )

    def _hour(self, hour: datetime) -> Bucket:
        """Return the bucket of an hour; one that is not kept if it is too old."""
        if hour in self.hours:
            return self.hours[hour]
        order = _ordered(self._hour_order, self.hours)
        if (kept := self.hours_kept) is not None:
            if order and hour < order[-1] - kept:
                return Bucket()
            too_old = bisect_left(order, hour - kept)
            for old in order[:too_old]:
                del self.hours[old]
            del order[:too_old]
        insort(order, hour)
        return self.hours.setdefault(hour, Bucket())

    def _writable[KeyT: date](
        self, bucket: Bucket, key: KeyT, buckets: dict[KeyT, Bucket]
    ) -> Bucket:
        """Return a bucket that is not shared with a copy of the ledger."""
        if self._own is None or key in self._own or key not in buckets:
            return bucket
        self._own.add(key)
        buckets[key] = Bucket(imported=bucket.imported)
        buckets[key].add(bucket)
        return buckets[key]


def _ordered[KeyT: date](
    order: list[KeyT], buckets: Mapping[KeyT, Bucket]
) -> list[KeyT]:
    if len(order) != len(buckets):
        order[:] = sorted(buckets)
    return order

"""What was counted, in hours (UTC) and in days (of the household's calendar)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from .modes import Mode
from .plant import HeatMethod

_HOUR = timedelta(hours=1)
# Hours serve the pictures of the last weeks; days are kept for ever.
_HOURS_KEPT = timedelta(days=62)


@dataclass(slots=True)
class ModeSums:
    """What was paired in one mode."""

    electricity_wh: float = 0.0
    heat_wh: float = 0.0
    seconds: float = 0.0


@dataclass(slots=True)
class Bucket:
    """What was counted in one hour or one day."""

    electricity_wh: float = 0.0
    """All that the meter counted, paired or not."""
    metered_s: float = 0.0
    """Time for which the electricity is known."""
    paired_electricity_wh: float = 0.0
    heat_wh: float = 0.0
    """Heat of paired intervals, the only heat that makes a COP."""
    unpaired_heat_wh: float = 0.0
    paired_s: float = 0.0
    modes: dict[Mode, ModeSums] = field(default_factory=dict)
    methods_wh: dict[HeatMethod, float] = field(default_factory=dict)
    """Paired heat by how it was known."""

    def add(self, other: Bucket) -> None:
        """Add another bucket's sums to this one."""
        self.electricity_wh += other.electricity_wh
        self.metered_s += other.metered_s
        self.paired_electricity_wh += other.paired_electricity_wh
        self.heat_wh += other.heat_wh
        self.unpaired_heat_wh += other.unpaired_heat_wh
        self.paired_s += other.paired_s
        for mode, sums in other.modes.items():
            mine = self.modes.setdefault(mode, ModeSums())
            mine.electricity_wh += sums.electricity_wh
            mine.heat_wh += sums.heat_wh
            mine.seconds += sums.seconds
        for method, heat_wh in other.methods_wh.items():
            self.methods_wh[method] = self.methods_wh.get(method, 0.0) + heat_wh


@dataclass(slots=True)
class Ledger:
    """The buckets of one heat pump."""

    time_zone: tzinfo
    since: datetime | None = None
    """When the first interval opened: nothing is claimed of the time before."""
    hours: dict[datetime, Bucket] = field(default_factory=dict)
    days: dict[date, Bucket] = field(default_factory=dict)
    touched: set[date] = field(default_factory=set)
    """Days that changed since they were last archived."""

    def book(self, start: datetime, entry: Bucket) -> None:
        """Book what was counted from a moment on, in a stretch that crosses no boundary."""
        hour = start.replace(minute=0, second=0, microsecond=0)
        day = start.astimezone(self.time_zone).date()
        if hour not in self.hours:
            self._drop_old_hours(hour)
        self.hours.setdefault(hour, Bucket()).add(entry)
        self.days.setdefault(day, Bucket()).add(entry)
        self.touched.add(day)

    def book_electricity(
        self, start: datetime, end: datetime, energy_wh: float
    ) -> None:
        """Book energy that flowed evenly, split at every hour and midnight."""
        elapsed = end - start
        for part_start, part_end in self.pieces(start, end):
            part = part_end - part_start
            self.book(
                part_start,
                Bucket(
                    electricity_wh=energy_wh * (part / elapsed),
                    metered_s=part.total_seconds(),
                ),
            )

    def pieces(
        self, start: datetime, end: datetime, *cuts: datetime
    ) -> Iterator[tuple[datetime, datetime]]:
        """Cut a stretch of time at every hour, local midnight, and where told."""
        while start < end:
            stops = [self._next_hour(start), self._next_midnight(start), end]
            stop = min([*stops, *(cut for cut in cuts if cut > start)])
            yield start, stop
            start = stop

    def sums(self, first: date, last: date) -> Bucket:
        """Return the sums over days, both included."""
        total = Bucket()
        for day, bucket in self.days.items():
            if first <= day <= last:
                total.add(bucket)
        return total

    def midnight(self, day: date) -> datetime:
        """Return the moment, in UTC, at which a local day begins."""
        return datetime.combine(day, time.min, self.time_zone).astimezone(UTC)

    def _next_hour(self, moment: datetime) -> datetime:
        return moment.replace(minute=0, second=0, microsecond=0) + _HOUR

    def _next_midnight(self, moment: datetime) -> datetime:
        local_day = moment.astimezone(self.time_zone).date()
        return self.midnight(local_day + timedelta(days=1))

    def _drop_old_hours(self, newest: datetime) -> None:
        for hour in [hour for hour in self.hours if hour < newest - _HOURS_KEPT]:
            del self.hours[hour]

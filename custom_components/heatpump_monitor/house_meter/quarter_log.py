"""The quarter-hours of two years, in columns by month (UTC)."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
import math
import sys
from typing import Final

from ..time_units import DAY
from .model import QUARTER, Basis, Quarter

MONTHS_KEPT: Final = 25
"""Two years and the month that goes on; counted, as a clock may be wrong by years."""
_UNKNOWN: Final = math.nan
CODES: Final = {Basis.METER: "m", Basis.COUNTER: "c", Basis.INCOMPLETE: "i"}
BASES: Final = {code: basis for basis, code in CODES.items()}
ABSENT: Final = "-"


@dataclass(slots=True)
class MonthColumns:
    """The quarter-hours of one month, by their number in it."""

    start: datetime
    import_wh: array[float]
    basis: list[str]
    """One letter each; a dash where nothing is known."""
    parts_wh: dict[str, array[float]] = field(default_factory=dict)

    @classmethod
    def empty(cls, start: datetime) -> MonthColumns:
        """Return the columns of a month of which nothing is known."""
        size = ((start + 31 * DAY).replace(day=1) - start) // QUARTER
        return cls(start, array("d", [_UNKNOWN]) * size, [ABSENT] * size)

    def get(self, number: int) -> Quarter | None:
        """Return a quarter-hour, None if nothing is known of it."""
        code = self.basis[number]
        if code == ABSENT:
            return None
        return Quarter(
            start=self.start + number * QUARTER,
            import_wh=self.import_wh[number],
            basis=BASES[code],
            parts_wh={
                key: column[number]
                for key, column in self.parts_wh.items()
                if not math.isnan(column[number])
            },
        )

    def known(self, first: int = 0, end: int = sys.maxsize) -> Iterator[Quarter]:
        """Yield what is known of quarter-hours, by their number."""
        for number in range(max(first, 0), min(end, len(self.basis))):
            if quarter := self.get(number):
                yield quarter

    def put(self, quarter: Quarter) -> None:
        """Write a quarter-hour over what is known of it."""
        number = (quarter.start - self.start) // QUARTER
        self.import_wh[number] = quarter.import_wh
        self.basis[number] = CODES[quarter.basis]
        for key in self.parts_wh.keys() | quarter.parts_wh.keys():
            if key not in self.parts_wh:
                self.parts_wh[key] = array("d", [_UNKNOWN]) * len(self.basis)
            self.parts_wh[key][number] = quarter.parts_wh.get(key, _UNKNOWN)


@dataclass(slots=True)
class QuarterLog:
    """All quarter-hours that are kept."""

    months: dict[date, MonthColumns] = field(default_factory=dict)
    changed: set[datetime] = field(default_factory=set)
    """The starts of those that changed since they were archived."""

    def get(self, start: datetime) -> Quarter | None:
        """Return the quarter-hour that began at a moment, None if unknown."""
        first = month_start(start)
        columns = self.months.get(first.date())
        if columns is None:
            return None
        return columns.get((start - first) // QUARTER)

    def put(self, quarter: Quarter) -> None:
        """Write a quarter-hour over what is known of it."""
        first = month_start(quarter.start)
        if first.date() not in self.months:
            self.months[first.date()] = MonthColumns.empty(first)
        self.months[first.date()].put(quarter)
        self.changed.add(quarter.start)

    def between(self, start: datetime, end: datetime) -> Iterator[Quarter]:
        """Yield what is known from a moment until before another, in order."""
        for month in sorted(self.months):
            columns = self.months[month]
            first = -((columns.start - start) // QUARTER)
            yield from columns.known(first, -((columns.start - end) // QUARTER))

    def month(self, start: datetime) -> Iterator[Quarter]:
        """Yield what is known of a month, by its start in UTC."""
        if columns := self.months.get(start.date()):
            yield from columns.known()

    def all(self) -> Iterator[Quarter]:
        """Yield all that is known, in order."""
        for month in sorted(self.months):
            yield from self.months[month].known()

    def forget(self) -> list[date]:
        """Discard what is too old; return the months."""
        old = sorted(self.months)[:-MONTHS_KEPT]
        for month in old:
            del self.months[month]
        self.changed = {
            one for one in self.changed if month_start(one).date() in self.months
        }
        return old


def quarter_start(moment: datetime) -> datetime:
    """Return when the quarter-hour of a moment began; a moment in UTC."""
    return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)


def month_start(moment: datetime) -> datetime:
    """Return when the month of a moment began, in the moment's own zone."""
    return moment.replace(day=1, hour=0, minute=0, second=0, microsecond=0)

"""Recordings as CSV files: lines become rows with times, numbers and modes."""

from collections.abc import Callable, Collection, Iterable, Iterator
import csv
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from heapq import heappush, heappushpop
import math
from typing import Final, override

from ...readings import Mode

TIME: Final = "time"
UNTIL: Final = "until"
MODE: Final = "mode"

COUNTERS: Final = (
    "electricity_wh",
    "heat_wh",
    "heating_electricity_wh",
    "hot_water_electricity_wh",
    "heating_heat_wh",
    "hot_water_heat_wh",
)
INTERVALS: Final = tuple(name.removesuffix("_wh") + "_interval_wh" for name in COUNTERS)
POWERS: Final = ("power_w", "heat_w")
CONDITIONS: Final = ("outside_c", "supply_c", "return_c", "source_c", "flow_lph")
NUMBERS: Final = (*COUNTERS, *INTERVALS, *POWERS, *CONDITIONS)

# Heat can be taken back by a defrost; electricity drawn cannot.
_NEVER_NEGATIVE = {name for name in INTERVALS if "electricity" in name}
# A year outside of these is mistyped, and would be followed by centuries of nothing.
_YEARS = range(1970, 2101)
# A heat pump does not live longer, and a row of 1975 would be followed by a gap of
# half a million hours.
LONGEST_SPAN: Final = timedelta(days=40 * 365.25)
# A day that is running ends at midnight, whatever the time zone.
_AHEAD = timedelta(days=2)
# A larger number is mistyped, and sums of such end beyond all numbers.
_LARGEST = 1e12
# Rows that are put in order together: more than a year of five minutes.
WINDOW = 110_000
# A quotation mark without its second makes one cell of all that follows.
_LONGEST_VALUE = 40
# Cells for which the header has no name.
_SURPLUS = "-"


class UnusableFileError(Exception):
    """A file whose header lacks the columns needed."""


class Problem(StrEnum):
    """What is wrong with a cell."""

    DUPLICATE_TIME = "duplicate_time"
    TIME_IN_FUTURE = "time_in_future"
    NEGATIVE_VALUE = "negative_value"
    OUT_OF_ORDER = "out_of_order"
    COUNTER_RESET = "counter_reset"
    """The counter started again: what it counted since the row before is lost."""
    ABOVE_RATED_POWER = "above_rated_power"
    IMPLAUSIBLE_COP = "implausible_cop"
    """The COP of a whole day."""
    INVALID_MODE = "invalid_mode"
    INVALID_NUMBER = "invalid_number"
    INVALID_TIME = "invalid_time"
    END_NOT_AFTER_START = "end_not_after_start"
    OUT_OF_RANGE = "out_of_range"
    NONEXISTENT_LOCAL_TIME = "nonexistent_local_time"
    TIME_TOO_OLD = "time_too_old"
    CELL_WITHOUT_COLUMN = "cell_without_column"
    MISSING_UTC_OFFSET = "missing_utc_offset"


class _BadCellError(Exception):
    def __init__(self, column: str, value: str, problem: Problem) -> None:
        super().__init__(column, value, problem)
        self.column = column
        self.value = value
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a row, or a part of it, is not used."""

    line: int | None
    """None where it is about more than one row."""
    column: str
    value: str
    """The content of the cell, or how it begins."""
    problem: Problem

    @override
    def __str__(self) -> str:
        line = "" if self.line is None else f"line {self.line}, "
        problem = self.problem.replace("_", " ")
        return f"{line}{self.column}: {problem} (`{self.value}`)"


@dataclass(frozen=True, slots=True)
class Times:
    """Which times rows may have, and what one without an offset means."""

    time_zone: tzinfo | None
    """Of times without an offset; None where all have one."""
    now: datetime | None = None
    """None where any time is right."""

    def read(self, column: str, cell: str, last: datetime | None) -> datetime:
        """Return the time in a cell, in UTC; `last` is that of the row before."""
        time = self._read(column, cell, last)
        if self.now is not None:
            if time < self.now - LONGEST_SPAN:
                raise _BadCellError(column, cell, Problem.TIME_TOO_OLD)
            if time > self.now + _AHEAD:
                raise _BadCellError(column, cell, Problem.TIME_IN_FUTURE)
        return time

    def _read(self, column: str, cell: str, last: datetime | None) -> datetime:
        try:
            time = datetime.fromisoformat(cell.strip())
        except ValueError as err:
            raise _BadCellError(column, cell, Problem.INVALID_TIME) from err
        if time.year not in _YEARS:
            raise _BadCellError(column, cell, Problem.OUT_OF_RANGE)
        if time.tzinfo is not None:
            return time.astimezone(UTC)
        if self.time_zone is None:
            raise _BadCellError(column, cell, Problem.MISSING_UTC_OFFSET)
        first = time.replace(tzinfo=self.time_zone).astimezone(UTC)
        if first.astimezone(self.time_zone).replace(tzinfo=None) != time:
            raise _BadCellError(column, cell, Problem.NONEXISTENT_LOCAL_TIME)
        # The hour that comes twice in autumn comes for the second time when time
        # would run back.
        second = time.replace(tzinfo=self.time_zone, fold=1).astimezone(UTC)
        return second if last is not None and first <= last < second else first


@dataclass(frozen=True, slots=True)
class Row:
    """What is known from one moment on."""

    line: int
    time: datetime
    """Aware, in UTC."""
    numbers: dict[str, float]
    """By column, without those that are not known."""
    mode: Mode | None
    until: datetime | None = None
    """The end of the row, in UTC; None is the time of the next row."""

    def get(self, column: str) -> float | None:
        """Return a number, None where it is not known."""
        return self.numbers.get(column)


class CsvRows:
    """The good rows of a CSV file, in the order of their time.

    Not more than `WINDOW` rows are in memory: a row that comes later than that many
    rows after its place is out of order.
    """

    def __init__(
        self,
        lines: Iterable[str],
        times: Times,
        report: Callable[[Finding], None],
        columns: Collection[str] = NUMBERS,
    ) -> None:
        """Read the header; raise `UnusableFileError` where columns are missing.

        Whatever is wrong with a row is passed to `report`. The `columns` are those
        of numbers; others in the file are passed over.
        """
        self.known: set[str] = set()
        """Columns with a number in any row read so far."""
        self._cells = csv.DictReader(lines, restval="", skipinitialspace=True)
        self._times, self._report = times, report
        header = [name.strip() for name in self._cells.fieldnames or ()]
        self._cells.fieldnames = header
        if TIME not in header:
            raise UnusableFileError("the file has no column `time`")
        self._numbers = [name for name in header if name in columns]
        if not self._numbers:
            names = ", ".join(columns)
            raise UnusableFileError(f"the file has none of the columns {names}")

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows, one for each moment."""
        last: datetime | None = None
        for row in self._sorted():
            if last is None or row.time > last:
                last = row.time
                yield row
                continue
            is_late = row.time < last
            problem = Problem.OUT_OF_ORDER if is_late else Problem.DUPLICATE_TIME
            self._report(Finding(row.line, TIME, row.time.isoformat(), problem))

    def _sorted(self) -> Iterator[Row]:
        waiting: list[tuple[datetime, int, Row]] = []
        for row in self._good_rows():
            item = row.time, row.line, row
            if len(waiting) < WINDOW:
                heappush(waiting, item)
            else:
                yield heappushpop(waiting, item)[-1]
        waiting.sort()
        yield from (row for *_, row in waiting)

    def _good_rows(self) -> Iterator[Row]:
        last: datetime | None = None
        for cells in self._cells:
            line = self._cells.reader.line_num
            surplus = "".join(cells.pop(None, ())).strip()
            try:
                row = self._row(line, cells, surplus, last)
            except _BadCellError as err:
                value = err.value[:_LONGEST_VALUE]
                self._report(Finding(line, err.column, value, err.problem))
            else:
                last = row.time
                self.known |= row.numbers.keys()
                yield row

    def _row(
        self, line: int, cells: dict[str, str], surplus: str, last: datetime | None
    ) -> Row:
        # With a comma in a number, all that follows stands in the wrong columns.
        if surplus:
            raise _BadCellError(_SURPLUS, surplus, Problem.CELL_WITHOUT_COLUMN)
        time = self._times.read(TIME, cells[TIME], last)
        numbers = {
            column: _number(column, cell)
            for column in self._numbers
            if (cell := cells[column]).strip()
        }
        mode = _mode(cells.get(MODE, "").strip())
        until = self._until(cells.get(UNTIL, ""), time)
        return Row(line, time, numbers, mode, until)

    def _until(self, cell: str, start: datetime) -> datetime | None:
        if not cell.strip():
            return None
        until = self._times.read(UNTIL, cell, start)
        if until <= start:
            raise _BadCellError(UNTIL, cell, Problem.END_NOT_AFTER_START)
        return until


def _number(column: str, cell: str) -> float:
    try:
        number = float(cell)
    except ValueError as err:
        raise _BadCellError(column, cell, Problem.INVALID_NUMBER) from err
    if not math.isfinite(number):
        raise _BadCellError(column, cell, Problem.INVALID_NUMBER)
    if abs(number) > _LARGEST:
        raise _BadCellError(column, cell, Problem.OUT_OF_RANGE)
    if number < 0 and column in _NEVER_NEGATIVE:
        raise _BadCellError(column, cell, Problem.NEGATIVE_VALUE)
    return number


def _mode(cell: str) -> Mode | None:
    if not cell:
        return None
    try:
        return Mode(cell.lower())
    except ValueError as err:
        raise _BadCellError(MODE, cell, Problem.INVALID_MODE) from err

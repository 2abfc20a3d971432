"""Recorded measurements: a CSV file becomes rows with times, numbers and modes."""

from collections.abc import Iterable, Iterator
import csv
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from itertools import islice
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

# Heat can be taken back by a defrost; what was drawn was drawn.
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
# More than a year has rows of five minutes.
_PIECE = 120_000
# A quotation mark without its second makes one cell of all that follows.
_LONGEST_VALUE = 40
# Cells for which the header has no name.
_SURPLUS = "-"


class RecordingError(Exception):
    """A recording that cannot be used at all."""


class Problem(StrEnum):
    """What is wrong with a cell."""

    DUPLICATE_TIME = "duplicate_time"
    TIME_IN_FUTURE = "time_in_future"
    NEGATIVE_VALUE = "negative_value"
    OUT_OF_ORDER = "out_of_order"
    COUNTER_RESET = "counter_reset"
    """A counter that started again: what it counted since the row before is lost."""
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


class BadCell(Exception):
    """A cell that makes its row useless, and why."""

    def __init__(self, column: str, value: str, problem: Problem) -> None:
        """Name the column, what stands there, and what is wrong with it."""
        super().__init__(column, value, problem)
        self.column = column
        self.value = value
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why a row, or a part of it, is not used."""

    line: int | None
    """None where it is about more than one row."""
    column: str
    value: str
    """What stands there, or how it begins."""
    problem: Problem

    @override
    def __str__(self) -> str:
        """Return it as the command line says it."""
        problem = self.problem.replace("_", " ")
        return f"line {self.line}, {self.column}: {problem} (`{self.value}`)"


@dataclass(frozen=True, slots=True)
class Times:
    """Which times rows may have, and what one without an offset means."""

    time_zone: tzinfo | None
    """Of times without an offset; None where all have one."""
    now: datetime | None = None
    """None where any time is right."""

    def read(self, column: str, field: str, last: datetime | None) -> datetime:
        """Return the time in a cell, in UTC.

        Raises:
            BadCell: There is none, or one that cannot be.
        """
        time = _time(column, field, self.time_zone, last)
        if self.now is not None:
            if time < self.now - LONGEST_SPAN:
                raise BadCell(column, field, Problem.TIME_TOO_OLD)
            if time > self.now + _AHEAD:
                raise BadCell(column, field, Problem.TIME_IN_FUTURE)
        return time


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what is known from its time on."""

    line: int
    time: datetime
    """Aware, in UTC."""
    numbers: dict[str, float]
    """By column; what is not known is not in it."""
    mode: Mode | None
    until: datetime | None = None
    """Until when it holds, in UTC; None is until the next row."""

    def get(self, column: str) -> float | None:
        """Return a number, None where it is not known."""
        return self.numbers.get(column)


@dataclass(frozen=True, slots=True)
class Recording:
    """The good rows in the order of their time, and what was wrong with the others."""

    rows: list[Row]
    complaints: list[Complaint]


def read_recording(lines: Iterable[str], time_zone: tzinfo | None) -> Recording:
    """Return what a CSV file holds.

    Args:
        lines: The lines of the file, the header first.
        time_zone: Of times without an offset; None where all have one.

    Raises:
        RecordingError: There is no column `time`, or none with measurements.
    """
    complaints: list[Complaint] = []
    rows = list(_good_rows(_reader(lines), Times(time_zone), complaints))
    return Recording(_in_order(rows, complaints), complaints)


def read_pieces(
    lines: Iterable[str],
    times: Times,
    complaints: list[Complaint],
    size: int = _PIECE,
) -> Iterator[list[Row]]:
    """Yield what a CSV file holds, piece by piece: a year of seconds is long.

    The rows of a piece are in the order of time; each piece but the first begins
    with the last row of the one before.

    Args:
        lines: The lines of the file, the header first.
        times: Which times rows may have.
        complaints: Takes what is wrong with rows.
        size: How many rows a piece has.

    Raises:
        RecordingError: There is no column `time`, or none with measurements.
    """
    rows = _good_rows(_reader(lines), times, complaints)
    last: list[Row] = []
    while piece := list(islice(rows, size)):
        late = [row for row in piece if last and row.time < last[0].time]
        complaints += [_of_time(row, Problem.OUT_OF_ORDER) for row in late]
        good = [row for row in piece if not last or row.time >= last[0].time]
        in_order = _in_order([*last, *good], complaints)
        last = in_order[-1:]
        yield in_order


def _reader(lines: Iterable[str]) -> csv.DictReader[str]:
    reader = csv.DictReader(lines, restkey=_SURPLUS, skipinitialspace=True)
    columns = [name.strip() for name in reader.fieldnames or ()]
    reader.fieldnames = columns
    if TIME not in columns:
        raise RecordingError("the file has no column `time`")
    if not set(columns) & set(NUMBERS):
        raise RecordingError(f"the file has none of the columns {', '.join(NUMBERS)}")
    return reader


def _in_order(rows: list[Row], complaints: list[Complaint]) -> list[Row]:
    """Return the rows by their time, the first of those with the same."""
    unique: list[Row] = []
    for row in sorted(rows, key=lambda row: row.time):
        if unique and unique[-1].time == row.time:
            complaints.append(_of_time(row, Problem.DUPLICATE_TIME))
        else:
            unique.append(row)
    return unique


def _of_time(row: Row, problem: Problem) -> Complaint:
    return Complaint(row.line, TIME, row.time.isoformat(), problem)


def _good_rows(
    reader: csv.DictReader[str], times: Times, complaints: list[Complaint]
) -> Iterator[Row]:
    last: datetime | None = None
    for fields in reader:
        try:
            row = _row(reader.line_num, fields, times, last)
        except BadCell as err:
            value = err.value[:_LONGEST_VALUE]
            complaints.append(
                Complaint(reader.line_num, err.column, value, err.problem)
            )
        else:
            last = row.time
            yield row


def _row(line: int, fields: dict[str, str], times: Times, last: datetime | None) -> Row:
    # With a comma in a number, all that follows stands in the wrong columns.
    if surplus := "".join(fields.get(_SURPLUS, "")).strip():
        raise BadCell(_SURPLUS, surplus, Problem.CELL_WITHOUT_COLUMN)
    time = times.read(TIME, fields[TIME] or "", last)
    numbers = {
        column: number
        for column in NUMBERS
        if (number := _number(column, fields.get(column))) is not None
    }
    return Row(
        line,
        time,
        numbers,
        _mode(fields.get(MODE)),
        _until(fields.get(UNTIL), times, time),
    )


def _until(field: str | None, times: Times, start: datetime) -> datetime | None:
    if field is None or not field.strip():
        return None
    until = times.read(UNTIL, field, start)
    if until <= start:
        raise BadCell(UNTIL, field, Problem.END_NOT_AFTER_START)
    return until


def _time(
    column: str, field: str, time_zone: tzinfo | None, last: datetime | None
) -> datetime:
    try:
        time = datetime.fromisoformat(field.strip())
    except ValueError as err:
        raise BadCell(column, field, Problem.INVALID_TIME) from err
    if time.year not in _YEARS:
        raise BadCell(column, field, Problem.OUT_OF_RANGE)
    if time.tzinfo is not None:
        return time.astimezone(UTC)
    if time_zone is None:
        raise BadCell(column, field, Problem.MISSING_UTC_OFFSET)
    first = time.replace(tzinfo=time_zone).astimezone(UTC)
    if first.astimezone(time_zone).replace(tzinfo=None) != time:
        raise BadCell(column, field, Problem.NONEXISTENT_LOCAL_TIME)
    # The hour that comes twice in autumn comes for the second time when time
    # would run back.
    second = time.replace(tzinfo=time_zone, fold=1).astimezone(UTC)
    return second if last is not None and first <= last < second else first


def _number(column: str, field: str | None) -> float | None:
    if field is None or not field.strip():
        return None
    try:
        number = float(field)
    except ValueError as err:
        raise BadCell(column, field, Problem.INVALID_NUMBER) from err
    if not math.isfinite(number):
        raise BadCell(column, field, Problem.INVALID_NUMBER)
    if abs(number) > _LARGEST:
        raise BadCell(column, field, Problem.OUT_OF_RANGE)
    if number < 0 and column in _NEVER_NEGATIVE:
        raise BadCell(column, field, Problem.NEGATIVE_VALUE)
    return number


def _mode(field: str | None) -> Mode | None:
    if field is None or not field.strip():
        return None
    try:
        return Mode(field.strip().lower())
    except ValueError as err:
        raise BadCell(MODE, field, Problem.INVALID_MODE) from err

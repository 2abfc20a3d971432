"""Quarter-hours and months' peaks as a CSV file, and back.

A row is a quarter-hour by its start. Which column has its energy says how that is
known; the row of a month's highest quarter-hour has the peak, too.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import Final

from ..history.transfer.csv_format import TIME, CsvRows, Finding, Problem, Row, Times
from ..history.transfer.exporting import Cells
from ..history.transfer.importing import in_file, without_good_rows
from ..history.transfer.recordings import Findings
from ..performance.totals.calendar import Calendar
from .limits import MOST_W
from .model import QUARTER, Basis, MonthPeak, PeakBasis, Quarter
from .quarter_log import quarter_start

_ENERGIES: Final = {basis: f"import_{basis}_wh" for basis in Basis}
_PEAKS: Final = {basis: f"peak_{basis}_w" for basis in PeakBasis}
_UNTIMED: Final = "peak_without_time_w"
"""A peak whose quarter-hour the user did not say, in the row of the month's start."""
_FIXED: Final = (*_ENERGIES.values(), *_PEAKS.values(), _UNTIMED)
_PART: Final = "heat_pump_{}_wh"
"""What a heat pump drew, by the id of its entry."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Recorded:
    """What a file has."""

    quarters: tuple[Quarter, ...]
    peaks: tuple[MonthPeak, ...]
    findings: Findings


def columns(quarters: Iterable[Quarter], peaks: Iterable[MonthPeak]) -> list[str]:
    """Return the columns of a file, in order."""
    parts = [each.parts_wh for each in quarters] + [each.parts_wh for each in peaks]
    keys = {key for each in parts for key in each}
    return [TIME, *_FIXED, *(_PART.format(key) for key in sorted(keys))]


def exported(
    quarters: Iterable[Quarter], peaks: Iterable[MonthPeak], calendar: Calendar
) -> Iterator[Cells]:
    """Yield the rows of a file, in the order of their time."""
    rows: dict[datetime, Cells] = {}
    for peak in peaks:
        at = peak.at or calendar.midnight(peak.month)
        column = _UNTIMED if peak.at is None else _PEAKS[peak.basis]
        rows[at] = {column: round(peak.peak_w, 3), **_parts(peak.parts_wh)}
    for quarter in quarters:
        row = rows.setdefault(quarter.start, {})
        row[_ENERGIES[quarter.basis]] = round(quarter.import_wh, 3)
        row |= _parts(quarter.parts_wh)
    for start in sorted(rows):
        local = start.astimezone(calendar.time_zone)
        yield {TIME: local.isoformat(), **rows[start]}


def recorded(
    folder: Path,
    name: str,
    time_zone: tzinfo,
    heat_pumps: Collection[str],
    now: datetime,
) -> Recorded:
    """Return what a file has; does I/O. Columns of other heat pumps are passed over.

    Raises:
        ImportRefusedError: The file is not allowed, missing, or has no good row.
    """
    findings, reader = Findings(), _Reader(Calendar(time_zone), heat_pumps, now)

    def count(lines: Iterable[str]) -> None:
        times = Times(time_zone, now)
        names = (*_FIXED, *reader.parts)
        for row in CsvRows(lines, times, findings.add, names):
            if problem := reader.add(row):
                findings.add(problem)

    in_file(folder, name, count)
    if not reader.quarters and not reader.peaks:
        raise without_good_rows(name, findings)
    return Recorded(
        quarters=tuple(reader.quarters), peaks=tuple(reader.peaks), findings=findings
    )


class _Reader:
    """Turns rows into quarter-hours and peaks."""

    def __init__(
        self, calendar: Calendar, heat_pumps: Collection[str], now: datetime
    ) -> None:
        self.parts: Final = {_PART.format(key): key for key in heat_pumps}
        self.quarters: list[Quarter] = []
        self.peaks: list[MonthPeak] = []
        self._calendar = calendar
        self._now = now

    def add(self, row: Row) -> Finding | None:
        """Add a row, or return what is wrong with it."""
        start, numbers = row.time, row.numbers
        text = start.isoformat()
        if start != quarter_start(start):
            return Finding(row.line, TIME, text, Problem.OUT_OF_RANGE)
        if start + QUARTER > self._now:
            return Finding(row.line, TIME, text, Problem.TIME_IN_FUTURE)
        for column, value in numbers.items():
            most = MOST_W if column.endswith("_w") else MOST_W / 4
            if not 0 <= value <= most:
                return Finding(row.line, column, str(value), Problem.OUT_OF_RANGE)
        parts_wh = {
            key: numbers[column]
            for column, key in self.parts.items()
            if column in numbers
        }
        self._add_quarter(start, numbers, parts_wh)
        self._add_peak(start, numbers, parts_wh)
        return None

    def _add_quarter(
        self, start: datetime, numbers: Mapping[str, float], parts_wh: dict[str, float]
    ) -> None:
        for basis, column in _ENERGIES.items():
            if (energy_wh := numbers.get(column)) is not None:
                quarter = Quarter(
                    start=start, import_wh=energy_wh, basis=basis, parts_wh=parts_wh
                )
                self.quarters.append(quarter)
                return

    def _add_peak(
        self, start: datetime, numbers: Mapping[str, float], parts_wh: dict[str, float]
    ) -> None:
        month = self._calendar.local_day(start).replace(day=1)
        if (peak_w := numbers.get(_UNTIMED)) is not None:
            self.peaks.append(_peak(month, peak_w, None, PeakBasis.CORRECTED, {}))
        for basis, column in _PEAKS.items():
            if (peak_w := numbers.get(column)) is not None:
                self.peaks.append(_peak(month, peak_w, start, basis, parts_wh))
                return


def _peak(
    month: date,
    peak_w: float,
    at: datetime | None,
    basis: PeakBasis,
    parts_wh: Mapping[str, float],
) -> MonthPeak:
    return MonthPeak(month=month, peak_w=peak_w, at=at, basis=basis, parts_wh=parts_wh)


def _parts(parts_wh: Mapping[str, float]) -> Cells:
    return {_PART.format(key): round(each, 3) for key, each in parts_wh.items()}

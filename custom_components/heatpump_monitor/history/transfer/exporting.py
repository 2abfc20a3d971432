"""The ledger as a CSV file, in the columns that a recording has.

What was paired stands in a row of its own, as does what was not: read back, the
file gives the same electricity, heat, COP and coverage. The file does not say at
what time of an hour or a day something was paired: the rows follow each other.
"""

from collections.abc import Iterable, Iterator, Sequence
import csv
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Final

from homeassistant.helpers.storage import STORAGE_DIR

from ...performance.rounding import rounded
from ...performance.totals.calendar import Calendar
from ...performance.totals.ledger import Bucket, Ledger
from ...readings import Mode
from ...time_units import DAY, HOUR
from .csv_format import INTERVALS, MODE, TIME, UNTIL

_PURPOSES: Final = (Mode.HEATING, Mode.HOT_WATER)
_COLUMNS: Final = (
    TIME,
    UNTIL,
    "electricity_interval_wh",
    "heat_interval_wh",
    *(
        f"{purpose}_{energy}_interval_wh"
        for purpose in _PURPOSES
        for energy in ("electricity", "heat")
    ),
    "outside_c",
    MODE,
)

type Cells = dict[str, str | float]
"""One row by column; what is not known is not in it."""


class Resolution(StrEnum):
    """How much time a row is about."""

    DAYS = "days"
    """All that was counted."""
    HOURS = "hours"
    """As far back as the ledger keeps hours."""


class FileNameError(Exception):
    """A file name that is not allowed."""


class FileExistsAlreadyError(Exception):
    """A file that exists, and must not be overwritten."""


def exported(
    ledger: Ledger, resolution: Resolution, first: date, last: date
) -> Iterator[Cells]:
    """Yield the rows of local days, both included."""
    calendar = ledger.calendar

    def local(moment: datetime) -> str:
        return moment.astimezone(calendar.time_zone).isoformat()

    for opened, closed, bucket in _buckets(ledger, resolution):
        for row in _rows(max(opened, ledger.since or opened), closed, bucket):
            for start, end, cells in _cut_at_midnight(calendar, *row):
                if first <= calendar.local_day(start) <= last:
                    yield {TIME: local(start), UNTIL: local(end), **cells}


def path_in(folder: Path, name: str) -> Path:
    """Return where a file of this name is kept; does I/O.

    Raises:
        FileNameError: It is no name of a CSV file, leads out of the folder, or to
            what Home Assistant itself stores there.
    """
    try:
        path, folder = (folder / name).resolve(), folder.resolve()
    except ValueError as err:
        raise FileNameError(name) from err
    if path.suffix.lower() != ".csv" or not path.is_relative_to(folder):
        raise FileNameError(name)
    if STORAGE_DIR in (part.lower() for part in path.relative_to(folder).parts):
        raise FileNameError(name)
    return path


def write(
    folder: Path,
    name: str,
    rows: Iterable[Cells],
    *,
    columns: Sequence[str] = _COLUMNS,
    overwrite: bool = False,
) -> tuple[Path, int]:
    """Write a CSV file; return where, and how many rows it has; does I/O.

    Raises:
        FileNameError: The name is not allowed.
        FileExistsAlreadyError: The file exists, and must not be overwritten.
        OSError: The file cannot be written; nothing is left of it.
    """
    path = path_in(folder, name)
    if path.exists() and not overwrite:
        raise FileExistsAlreadyError(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    # Home Assistant's own writer logs a traceback where it cannot write.
    draft = path.with_name(f"{path.name}.part")
    count = 0
    try:
        with draft.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            for row in rows:
                writer.writerow(row)
                count += 1
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return path, count


def _buckets(
    ledger: Ledger, resolution: Resolution
) -> Iterator[tuple[datetime, datetime, Bucket]]:
    if resolution is Resolution.HOURS:
        for hour in sorted(ledger.hours):
            yield hour, hour + HOUR, ledger.hours[hour]
        return
    midnight = ledger.calendar.midnight
    for day in sorted(ledger.days):
        yield midnight(day), midnight(day + DAY), ledger.days[day]


def _cut_at_midnight(
    calendar: Calendar, start: datetime, end: datetime, cells: Cells
) -> Iterator[tuple[datetime, datetime, Cells]]:
    """Yield a row rounded, or its two parts where a day begins within an hour."""
    midnight = calendar.midnight(calendar.local_day(start) + DAY)
    cuts = (start, end) if end <= midnight else (start, midnight, end)
    for first, last in pairwise(cuts):
        share = (last - first) / (end - start)
        part = {name: _part(name, cell, share) for name, cell in cells.items()}
        yield first, last, part


def _part(name: str, cell: str | float, share: float) -> str | float:
    if isinstance(cell, str):
        return cell
    return round(cell * share if name in INTERVALS else cell, 3)


def _rows(
    start: datetime, end: datetime, bucket: Bucket
) -> Iterator[tuple[datetime, datetime, Cells]]:
    outside_c = rounded(bucket.outside_c, 2)
    conditions: Cells = {} if outside_c is None else {"outside_c": outside_c}
    for seconds, cells in _parts(bucket):
        stop = min(start + timedelta(seconds=round(seconds, 3)), end)
        if start < stop:
            yield start, stop, cells | conditions
            start = stop


def _parts(bucket: Bucket) -> Iterator[tuple[float, Cells]]:
    """Yield what was paired, what was cooled, and what was not paired, with its time."""
    cooling = bucket.of_mode(Mode.COOLING)
    paired = _energies(bucket.paired_electricity_wh, bucket.heat_wh)
    for purpose in _PURPOSES:
        if (sums := bucket.modes.get(purpose)) is not None:
            paired |= _energies(sums.electricity_wh, sums.heat_wh, f"{purpose}_")
    yield bucket.paired_s - cooling.seconds, paired
    cold = _energies(cooling.electricity_wh, cooling.heat_wh)
    yield cooling.seconds, cold | {MODE: Mode.COOLING.value}
    known_wh = bucket.paired_electricity_wh + cooling.electricity_wh
    unpaired = _energies(bucket.electricity_wh - known_wh)
    yield bucket.metered_s - bucket.paired_s, unpaired


def _energies(
    electricity_wh: float, heat_wh: float | None = None, purpose: str = ""
) -> Cells:
    cells: Cells = {f"{purpose}electricity_interval_wh": electricity_wh}
    if heat_wh is not None:
        cells[f"{purpose}heat_interval_wh"] = heat_wh
    return cells

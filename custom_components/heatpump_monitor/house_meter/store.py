"""The quarter-hours of one house meter on disk.

The running file has the state of the running quarter-hour, and the quarter-hours that
are not in the archive yet. It is saved with each quarter-hour and stays small. The
archive has one file per month; it is written once there is a day's worth to add. The
peaks have a file of their own, which is written when one of them changes. Where two
files have a quarter-hour, that of the running file is used: it leaves the running file
only after the archive with it is on disk, so that neither a crash nor a full disk
between the two loses anything.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
import re
from typing import Final

from homeassistant.core import HomeAssistant

from ..history.codec import Json, dump, load, prepare
from ..stored_file import EntryStore
from .engine import HouseState, OpenState
from .model import QUARTER, Quarter
from .peaks import MonthRecord
from .quarter_log import ABSENT, BASES, CODES, MonthColumns, QuarterLog, month_start

_RUNNING: Final = "house"
_PEAKS: Final = "peaks"
_ARCHIVE: Final = re.compile(r"quarters\.\d{4}-\d\d")
_A_DAY = 96
_DIGITS = 3


@dataclass(kw_only=True, slots=True)
class _Columns:
    """Quarter-hours, by column."""

    start: datetime | None = None
    """Of the first one."""
    basis: str = ""
    """One letter each; a dash where nothing is known."""
    import_wh: list[float] = field(default_factory=list)
    """Without those of which nothing is known, as the parts."""
    parts_wh: dict[str, list[float | None]] = field(default_factory=dict)


@dataclass(kw_only=True, slots=True)
class _Running:
    """The content of the running file."""

    state: OpenState
    quarters: _Columns


# One object: a test that freezes time puts another `date` in its place.
_MONTHS: Final = dict[date, MonthRecord]
# Now, as modules are not imported on the event loop.
prepare(_Columns, _Running, _MONTHS)


class HouseStore(EntryStore):
    """Keeps the quarter-hours and the peaks of one config entry."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Prepare; nothing is read yet."""
        super().__init__(hass, entry_id)
        self._saved_peaks: Json = {}

    async def async_load(self) -> HouseState:
        """Return the state as it was last saved, or a new one.

        A file that cannot be understood is renamed; the content of the others stays.

        Raises:
            ConfigEntryNotReady: The disk fails, or a file is of a newer version.
        """
        state = HouseState()
        for name in filter(_ARCHIVE.fullmatch, await self._async_names()):
            archived = await self._file(name).async_read(_archived)
            state.quarters.months |= archived or {}
        if running := await self._file(_RUNNING).async_read(_running):
            state.running, quarters = running
            for quarter in quarters:
                state.quarters.put(quarter)
        peaks = await self._file(_PEAKS).async_read(_peaks)
        state.months = peaks or {}
        self._saved_peaks = dump(state.months, _MONTHS)
        return state

    async def async_save(self, state: HouseState) -> None:
        """Save what changed, and the archive if there is a day's worth to add.

        Call it with each quarter-hour that ended, after a correction and at the end;
        in between it is of little use, at most once a minute.

        Raises:
            NotSavedError: Not all of it is on disk. The next call tries again.
        """
        async with self._lock:
            await self._async_save_running(state, state.quarters.changed)
            await self._async_save_peaks(state)
            if len(state.quarters.changed) > _A_DAY:
                await self._async_archive(state)

    async def _async_save_running(
        self, state: HouseState, unsaved: Iterable[datetime]
    ) -> None:
        quarters = (state.quarters.get(start) for start in sorted(unsaved))
        columns = _columns(quarter for quarter in quarters if quarter is not None)
        running = _Running(state=state.running, quarters=columns)
        await self._file(_RUNNING).async_write(dump(running))

    async def _async_save_peaks(self, state: HouseState) -> None:
        peaks: Json = dump(state.months, _MONTHS)
        if peaks != self._saved_peaks and await self._file(_PEAKS).async_write(peaks):
            self._saved_peaks = peaks

    async def _async_archive(self, state: HouseState) -> None:
        log = state.quarters
        # What changes while others have their turn is collected in a new set.
        unsaved, log.changed = log.changed, set()
        try:
            for month in sorted({month_start(start) for start in unsaved}):
                quarters = dump(_columns(log.month(month)))
                if await self._file(_file_of(month)).async_write(quarters):
                    unsaved = {one for one in unsaved if month_start(one) != month}
        finally:
            log.changed |= unsaved
        for old in log.forget():
            await self._file(_file_of(old)).async_remove()


def _file_of(month: date) -> str:
    return f"quarters.{month:%Y-%m}"


def _columns(quarters: Iterable[Quarter]) -> _Columns:
    """Return quarter-hours, which are in order, by column."""
    columns, letters = _Columns(), list[str]()
    known = list(quarters)
    keys = {key for quarter in known for key in quarter.parts_wh}
    for quarter in known:
        columns.start = columns.start or quarter.start
        absent = (quarter.start - columns.start) // QUARTER - len(letters)
        letters += [ABSENT] * absent + [CODES[quarter.basis]]
    columns.basis = "".join(letters)
    columns.import_wh = [round(quarter.import_wh, _DIGITS) for quarter in known]
    for key in sorted(keys):
        parts = (quarter.parts_wh.get(key) for quarter in known)
        columns.parts_wh[key] = [
            None if part is None else round(part, _DIGITS) for part in parts
        ]
    return columns


def _quarters(columns: _Columns) -> list[Quarter]:
    """Return the quarter-hours in columns.

    Raises:
        ValueError: The columns do not belong together.
    """
    if columns.start is None:
        return []
    parts = [
        [(key, wh) for wh in column] for key, column in sorted(columns.parts_wh.items())
    ]
    quarters: list[Quarter] = []
    known = (number for number, letter in enumerate(columns.basis) if letter != ABSENT)
    for number, import_wh, *parts_wh in zip(
        known, columns.import_wh, *parts, strict=True
    ):
        quarters.append(
            Quarter(
                start=columns.start + number * QUARTER,
                import_wh=import_wh,
                basis=BASES[columns.basis[number]],
                parts_wh={key: wh for key, wh in parts_wh if wh is not None},
            )
        )
    return quarters


def _archived(data: Json) -> dict[date, MonthColumns]:
    """Return the months of an archive; two years would block the event loop."""
    log = QuarterLog()
    for quarter in _quarters(load(_Columns, data)):
        log.put(quarter)
    return log.months


def _running(data: Json) -> tuple[OpenState, list[Quarter]]:
    running = load(_Running, data)
    return running.state, _quarters(running.quarters)


_peaks = partial(load, _MONTHS)

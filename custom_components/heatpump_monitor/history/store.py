"""The ledger of one heat pump on disk.

The running file has the state of the monitor and all buckets that changed since they
were archived. It is saved with each heat-pump reading and stays small. The archive
has the days, in one file per year, and the hours, in one file per month. Once a day,
and after an import, those files are written in which something changed. Where two
files have a bucket, that of the running file is used. A bucket leaves the running
file only after the archive with it is on disk, so that neither a crash nor a full
disk between the two loses anything.
"""

import asyncio
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from itertools import batched
import re
from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..const import LOGGER
from ..performance.monitor import PerformanceMonitor
from ..performance.output import Update
from ..performance.plant import Plant
from ..performance.policy import LIVE, Policy
from ..performance.state import MonitorState
from ..performance.totals.calendar import Calendar
from ..performance.totals.ledger import Bucket, Ledger
from ..performance.totals.run_log import Run, RunLog
from ..stored_file import EntryStore
from ..time_units import DAY
from .codec import Json, dump, load, prepare

_RUNNING: Final = "running"
_ARCHIVE: Final = re.compile(r"days\.\d{4}|hours\.\d{4}-\d\d")
# So many buckets are dumped within a millisecond.
_AT_ONCE = 64
# More changed days than these, as an import brings, are archived at once: they are
# written with every interval until then.
_MOST_DAYS = 31
_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(kw_only=True, slots=True)
class _Archived:
    """The content of a file of the archive; None is a bucket that was discarded."""

    since: datetime | None = None
    days: dict[date, Bucket | None]
    hours: dict[datetime, Bucket | None]
    runs: list[Run] = field(default_factory=list)
    """Those that ended in the hours."""


@dataclass(kw_only=True, slots=True)
class _Running(_Archived):
    """The content of the running file."""

    meter_id: str
    counting_since: datetime | None = None
    cursors: dict[str, datetime] = field(default_factory=dict)
    state: MonitorState = field(default_factory=MonitorState)


# Now, as modules are not imported on the event loop.
prepare(_Archived, _Running, list[Run])


class LedgerStore(EntryStore):
    """Keeps the ledger of one config entry."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Prepare; nothing is read yet."""
        super().__init__(hass, entry_id)
        self.cursors: dict[str, datetime] = {}
        """How far the other consumers of updates have come, by their names."""
        self._changed: set[date] = set()
        """The days, and the hours, that changed since they were archived."""
        self._archived_on = date.min
        """The newest day when the archive was written."""
        self._runs_archived = _LONG_AGO
        """The end of the newest run in the archive."""

    def add(self, update: Update) -> None:
        """Remember which buckets an update changed."""
        self._changed |= update.days | update.hours

    async def async_load(
        self, plant: Plant, calendar: Calendar, policy: Policy = LIVE
    ) -> PerformanceMonitor:
        """Return the monitor as it was last saved, or a new one.

        A file that cannot be understood is renamed. The content of the other files
        stays; without the running file, the totals start again at 0.

        Raises:
            ConfigEntryNotReady: The disk fails, or a file is of a newer version.
        """
        running = await self._file(_RUNNING).async_read(partial(load, _Running))
        state = MonitorState()
        if running is not None:
            if running.meter_id != _meter_id(plant):
                LOGGER.info("The meter was replaced; its counter starts again")
            self.cursors |= running.cursors
            state = running.state
        ledger, runs = await self._async_load_ledger(calendar, running)
        return PerformanceMonitor(plant, policy, ledger, state, runs)

    async def async_save(self, monitor: PerformanceMonitor) -> None:
        """Save what changed; once a day, or when that is much, archive it.

        Raises:
            NotSavedError: Not all of it is on disk. The next call tries again.
        """
        async with self._lock:
            if self._is_archive_due(monitor.ledger):
                await self._async_archive(monitor)
            else:
                await self._file(_RUNNING).async_write(self._dump_running(monitor))

    async def _async_load_ledger(
        self, calendar: Calendar, running: _Running | None
    ) -> tuple[Ledger, RunLog]:
        # The recorder compares this moment with what it stored: no split seconds.
        now = dt_util.utcnow().replace(microsecond=0)
        ledger = Ledger(calendar, counting_since=now)
        archive = _Archived(days={}, hours={})
        names = list(filter(_ARCHIVE.fullmatch, await self._async_names()))
        for name in names:
            if archived := await self._file(name).async_read(partial(load, _Archived)):
                archive.days |= archived.days
                archive.hours |= archived.hours
                archive.runs += archived.runs
                archive.since = archive.since or archived.since
        self._archived_on = max(archive.days, default=date.min)
        archive.runs.sort(key=_end_of)
        self._runs_archived = max(map(_end_of, archive.runs), default=_LONG_AGO)
        if running is not None:
            newer = (run for run in running.runs if run.end > self._runs_archived)
            archive.runs += newer
            archive.days |= running.days
            archive.hours |= running.hours
            archive.since = running.since or archive.since
            ledger.counting_since = running.counting_since
            self._changed = {*running.days, *running.hours}
        if archive.hours and ledger.hours_kept is not None:
            first = _file_of(max(archive.hours) - ledger.hours_kept)
            for name in names:
                if "hours" < name < first:
                    await self._file(name).async_remove()
        ledger.since = archive.since
        ledger.days = _existing(archive.days)
        ledger.hours = _existing(archive.hours)
        # To add up ten years takes 60 ms at first; later, months are remembered.
        await self._hass.async_add_executor_job(ledger.sums, date.min, date.max)
        return ledger, RunLog(deque(archive.runs))

    def _is_archive_due(self, ledger: Ledger) -> bool:
        days = {key for key in self._changed if not isinstance(key, datetime)}
        return bool(days) and (
            max(days) > self._archived_on
            or len(days) > _MOST_DAYS
            # A day that was discarded must not come back from the archive.
            or not days <= ledger.days.keys()
        )

    async def _async_archive(self, monitor: PerformanceMonitor) -> None:
        ledger, unsaved = monitor.ledger, self._changed
        # What changes while others have their turn is collected in a new set.
        self._changed = set()
        try:
            archive = {
                name: await _async_dump(ledger, _keys_in(ledger, name))
                for name in sorted({_file_of(key) for key in unsaved})
            }
            runs = [run for run in monitor.runs.runs if _file_of(run.end) in archive]
            for name, archived in archive.items():
                in_file = [run for run in runs if _file_of(run.end) == name]
                archived["runs"] = dump(in_file, list[Run])
            older = await _async_dump(ledger, unsaved)
            running = self._dump_running(monitor)
            for kind in ("days", "hours"):
                running[kind] = older[kind] | running[kind]
            await self._file(_RUNNING).async_write(running)
            for name, archived in archive.items():
                if await self._file(name).async_write(archived):
                    unsaved = {key for key in unsaved if _file_of(key) != name}
            if not unsaved:
                self._archived_on = max(ledger.days, default=date.min)
                self._runs_archived = max(
                    map(_end_of, runs), default=self._runs_archived
                )
        finally:
            self._changed |= unsaved

    def _dump_running(self, monitor: PerformanceMonitor) -> Json:
        running = _Running(
            meter_id=_meter_id(monitor.plant),
            counting_since=monitor.ledger.counting_since,
            cursors=self.cursors,
            state=monitor.state,
            days={},
            hours={},
            runs=monitor.runs.ended_after(self._runs_archived),
        )
        return {**dump(running), **_dump_buckets(monitor.ledger, self._changed)}


def _meter_id(plant: Plant) -> str:
    return str(plant.meters[0].identity)


def _end_of(run: Run) -> datetime:
    return run.end


def _file_of(key: date) -> str:
    """Return the file of the archive that a day, or an hour, is in."""
    if isinstance(key, datetime):
        return f"hours.{key.year:04}-{key.month:02}"
    return f"days.{key.year:04}"


def _keys_in(ledger: Ledger, name: str) -> list[date]:
    """Return the days, or the hours, of a file of the archive."""
    kind, _, time = name.partition(".")
    if kind == "days":
        return [day for day in ledger.days if day.year == int(time)]
    start = datetime.fromisoformat(f"{time}-01").replace(tzinfo=UTC)
    end = (start + 31 * DAY).replace(day=1)
    return [hour for hour, _ in ledger.hours_between(start, end)]


async def _async_dump(ledger: Ledger, keys: Iterable[date]) -> Json:
    dumped = _dump_buckets(ledger, ())
    for some in batched(keys, _AT_ONCE, strict=False):
        batch = _dump_buckets(ledger, some)
        dumped["days"] |= batch["days"]
        dumped["hours"] |= batch["hours"]
        await asyncio.sleep(0)
    return dumped


def _dump_buckets(ledger: Ledger, keys: Iterable[date]) -> Json:
    buckets = _Archived(since=ledger.since, days={}, hours={})
    for key in keys:
        if isinstance(key, datetime):
            buckets.hours[key] = ledger.hours.get(key)
        else:
            buckets.days[key] = ledger.days.get(key)
    dumped: Json = dump(buckets)
    return dumped


def _existing[KeyT: date](buckets: Mapping[KeyT, Bucket | None]) -> dict[KeyT, Bucket]:
    return {
        key: bucket for key in sorted(buckets) if (bucket := buckets[key]) is not None
    }

"""The ledger of one heat pump on disk, in two files.

The running file holds the open interval, the counters and every day that changed
since the archive was written. It is saved with each heat-pump reading and stays
small. The archive holds all days and the hours that are kept. It is written
once a day and after an import. Where both files know a day, the running file is
right. A day leaves the running file only after the archive with that day is on
disk, so that neither a crash nor a full disk between the two loses anything.
"""

import asyncio
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo
from itertools import batched
from pathlib import Path
from typing import Final, get_type_hints

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..const import DOMAIN, LOGGER
from ..performance.monitor import PerformanceMonitor
from ..performance.plant import Plant
from ..performance.totals.calendar import Calendar
from ..performance.totals.ledger import Bucket, Ledger
from ..stored_file import StoredFile
from .codec import Json, dump, load

_VERSION = 1
# So many buckets are dumped within a few milliseconds.
_AT_ONCE = 64
# More changed days than these, as an import brings, are archived at once: they are
# written with every interval until then.
_MOST_DAYS = 31
# The fields of the monitor that a restart must not lose.
_KEPT: Final[tuple[str, ...]] = (
    "opening",
    "carnot",
    "clock",
    "direction",
    "drawn_at",
    "estimator",
    "flags",
    "freshness",
    "heat_total_wh",
    "join",
    "meter",
    "polled_at",
    "gaps",
    "pending",
)
_KINDS: Final = get_type_hints(PerformanceMonitor)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Running:
    """The content of the running file, except for the fields of the monitor."""

    meter_id: str
    counting_since: datetime | None = None
    since: datetime | None = None
    changed_from: datetime | None = None
    days: dict[date, Bucket] = field(default_factory=dict)
    hours: dict[datetime, Bucket] = field(default_factory=dict)
    kept: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def of(cls, data: Json) -> _Running:
        """Return the content of JSON."""
        # A field that is missing is one that an older version did not keep.
        kept = {name: load(_KINDS[name], data[name]) for name in _KEPT if name in data}
        return replace(load(cls, data), kept=kept)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Archive:
    """The content of the archive."""

    written_on: date
    since: datetime | None = None
    days: dict[date, Bucket] = field(default_factory=dict)
    hours: dict[datetime, Bucket] = field(default_factory=dict)

    @classmethod
    def of(cls, data: Json) -> _Archive:
        """Return the content of JSON."""
        return load(cls, data)


class LedgerStore:
    """Keeps the ledger of one config entry."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Name the two files; nothing is read yet."""
        self._hass = hass
        self._name = f"{DOMAIN}.{entry_id}"
        self._running = StoredFile(
            hass, _VERSION, f"{self._name}.running", atomic_writes=True
        )
        self._archive = StoredFile(
            hass,
            _VERSION,
            f"{self._name}.archive",
            atomic_writes=True,
            serialize_in_event_loop=False,
        )
        self._archived_on: date | None = None
        self._lock = asyncio.Lock()

    async def async_load(
        self, plant: Plant, time_zone: tzinfo, meter_id: str
    ) -> PerformanceMonitor:
        """Return the monitor as it was last saved, or a new one.

        A file that cannot be understood is renamed. What the other file holds
        stays; without the running file, the totals start again at 0.

        Args:
            plant: The data of the plant that the owner entered.
            time_zone: The household's time zone.
            meter_id: The meter in use; another one than before has a counter of
                its own.

        Raises:
            ConfigEntryNotReady: The disk fails, or a file is of a newer version.
        """
        running = await self._running.async_read(_Running.of)
        archive = await self._archive.async_read(_Archive.of)
        if archive is not None:
            self._archived_on = archive.written_on
        monitor = PerformanceMonitor.start(plant, time_zone)
        monitor.ledger = _ledger(time_zone, running, archive)
        if running is None:
            return monitor
        for name, value in running.kept.items():
            if isinstance(value, deque):
                # The monitor's own knows how long it may become.
                getattr(monitor, name).extend(value)
            else:
                setattr(monitor, name, value)
        monitor.meter.rating_w = plant.meter_rating_w
        if running.meter_id != meter_id:
            LOGGER.info("The meter was replaced; its counter starts again")
            monitor.meter.replace_meter()
            # The new meter remembers nothing of the time before.
            monitor.gaps.clear()
        return monitor

    async def async_set_aside(self) -> list[str]:
        """Return the names of files that were set aside and are still there."""
        folder = Path(self._running.path).parent
        pattern = f"{self._name}.*.damaged.*"
        return await self._hass.async_add_executor_job(
            lambda: sorted(path.name for path in folder.glob(pattern))
        )

    async def async_save(self, monitor: PerformanceMonitor, meter_id: str) -> None:
        """Save what changed; once a day, or when that is much, archive all of it.

        Raises:
            NotSavedError: Not all of it is on disk. The next call tries again.
        """
        async with self._lock:
            ledger = monitor.ledger
            newest = ledger.newest_day
            archived = newest == self._archived_on and len(ledger.touched) <= _MOST_DAYS
            if newest is None or archived:
                await self._running.async_write(
                    _running(monitor, meter_id, ledger.touched)
                )
                return
            # What changes while others have their turn is collected in a new set.
            unsaved, ledger.touched = ledger.touched, set()
            try:
                archive = await _async_archive(ledger, newest)
                # Written later, this has the last word on what changed meanwhile.
                days = unsaved | ledger.touched
                await self._running.async_write(_running(monitor, meter_id, days))
                if await self._archive.async_write(archive):
                    self._archived_on = newest
                    # The newest day goes on changing, and hours are archived by day.
                    unsaved &= {newest}
            finally:
                ledger.touched |= unsaved

    async def async_remove(self) -> None:
        """Delete both files."""
        await self._running.async_remove()
        await self._archive.async_remove()


def _running(monitor: PerformanceMonitor, meter_id: str, days: set[date]) -> Json:
    ledger = monitor.ledger
    return {
        "meter_id": meter_id,
        "counting_since": dump(ledger.counting_since),
        "since": dump(ledger.since),
        "changed_from": dump(ledger.changed_from),
        **{name: dump(getattr(monitor, name)) for name in _KEPT},
        "days": dump({day: ledger.days[day] for day in sorted(days)}),
        "hours": dump(ledger.hours_in(days)),
    }


async def _async_archive(ledger: Ledger, written_on: date) -> Json:
    return {
        "written_on": written_on.isoformat(),
        "since": dump(ledger.since),
        "days": await _async_dump(ledger.days),
        "hours": await _async_dump(ledger.hours),
    }


async def _async_dump[KeyT: date](buckets: Mapping[KeyT, Bucket]) -> Json:
    """Dump years of buckets, letting others have their turn in between."""
    dumped: Json = {}
    for some in batched(tuple(buckets.items()), _AT_ONCE, strict=False):
        dumped |= dump(dict(some))
        await asyncio.sleep(0)
    return dumped


def _ledger(
    time_zone: tzinfo, running: _Running | None, archive: _Archive | None
) -> Ledger:
    """Return the content of both files; the running file has the last word."""
    # The recorder compares this moment with what it stored: no split seconds.
    now = dt_util.utcnow().replace(microsecond=0)
    ledger = Ledger(Calendar(time_zone), counting_since=now)
    if archive is not None:
        ledger.since = archive.since
        ledger.days = archive.days
        ledger.hours = archive.hours
    if running is not None:
        ledger.counting_since = running.counting_since
        ledger.since = running.since or ledger.since
        ledger.changed_from = running.changed_from
        ledger.days |= running.days
        ledger.hours |= running.hours
        ledger.touched = set(running.days)
    return ledger

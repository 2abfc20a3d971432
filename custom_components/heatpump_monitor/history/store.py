"""The account on disk.

Two files. The running one holds the open interval, the counters and every day
that changed since the archive was last written; it is saved with each closed
interval and stays small. The archive holds all days and the last weeks' hours;
it is saved once a day, and after an import. What the running file says of a day
replaces what the archive says, and it is always written first: a crash between
the two loses nothing and counts nothing twice.
"""

import asyncio
from collections import deque
from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from itertools import batched
from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryError
from homeassistant.helpers.storage import Store

from ..const import DOMAIN, LOGGER
from ..performance.carnot import CarnotGate
from ..performance.estimate import HeatEstimator
from ..performance.flags import Flag
from ..performance.freshness import Freshness
from ..performance.join import Join
from ..performance.ledger import Bucket, Ledger
from ..performance.meter import MeterAccount
from ..performance.monitor import PerformanceMonitor
from ..performance.plant import Plant
from ..performance.readings import HeatPumpReading
from ..performance.straight import Straight
from ..performance.tariff import Tariff
from .codec import Json, dump, load

_VERSION = 1
# So many buckets are dumped within a few milliseconds.
_AT_ONCE = 64
# More changed days than these, as an import brings, are archived at once: they are
# written with every interval until then.
_MOST_DAYS = 31
# What the account keeps of every part of it between two readings.
_KEPT: Final[Mapping[str, type]] = {
    "carnot": CarnotGate,
    "drawn_at": Tariff,
    "estimator": HeatEstimator,
    "flags": deque[Flag],
    "freshness": Freshness,
    "join": Join,
    "meter": MeterAccount,
    "straights": deque[Straight],
    "waiting": deque[HeatPumpReading],
}


class LedgerStore:
    """Keeps the account of one config entry."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Name the two files; nothing is read yet."""
        self._hass = hass
        self._name = f"{DOMAIN}.{entry_id}"
        self._running: Store[Json] = Store(
            hass, _VERSION, f"{self._name}.running", atomic_writes=True
        )
        self._archive: Store[Json] = Store(
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
        """Return the account as it was last saved, or a new one.

        Where only the archive is left, its days stay and counting starts anew.

        Args:
            plant: What the owner told us.
            time_zone: The household's time zone.
            meter_id: Which meter is read; another one than before starts its
                own counter.

        Raises:
            ConfigEntryError: What was saved cannot be understood. It is left
                as it is.
        """
        running = await self._running.async_load()
        archive = await self._archive.async_load()
        try:
            # Ten years of days would hold up the event loop.
            ledger = await self._hass.async_add_executor_job(
                _ledger, time_zone, running or {}, archive or {}
            )
            monitor = _monitor(plant, ledger, running)
            replaced = running is not None and running["meter_id"] != meter_id
            if archive is not None:
                self._archived_on = date.fromisoformat(archive["written_on"])
        except (AttributeError, KeyError, TypeError, ValueError) as err:
            raise ConfigEntryError(
                translation_domain=DOMAIN,
                translation_key="account_damaged",
                translation_placeholders={"files": f".storage/{self._name}"},
            ) from err
        if replaced:
            LOGGER.info("The meter was replaced; its counter starts anew")
            monitor.meter.replace_meter()
            # The new one remembers nothing of the time before.
            monitor.straights.clear()
        return monitor

    async def async_save(self, monitor: PerformanceMonitor, meter_id: str) -> None:
        """Save what changed; once a day, or when that is much, archive all of it."""
        async with self._lock:
            ledger = monitor.ledger
            newest = max(ledger.days, default=None)
            archived = newest == self._archived_on and len(ledger.touched) <= _MOST_DAYS
            if newest is None or archived:
                await self._running.async_save(_running(monitor, meter_id))
                return
            before, ledger.touched = ledger.touched, set()
            try:
                archive = await _async_archive(ledger, newest)
            finally:
                changed, ledger.touched = ledger.touched, before | ledger.touched
            # Written later, this has the last word on what changed meanwhile.
            running = _running(monitor, meter_id)
            # The newest day goes on changing, and hours are archived by day.
            ledger.touched = changed | (before & {newest})
            await self._running.async_save(running)
            await self._archive.async_save(archive)
            self._archived_on = newest

    async def async_remove(self) -> None:
        """Delete both files."""
        await self._running.async_remove()
        await self._archive.async_remove()


def _running(monitor: PerformanceMonitor, meter_id: str) -> Json:
    ledger = monitor.ledger
    return {
        "meter_id": meter_id,
        "since": dump(ledger.since),
        "changed_from": dump(ledger.changed_from),
        "anchor": dump(monitor.anchor),
        "heat_total_wh": monitor.heat_total_wh,
        **{name: dump(getattr(monitor, name)) for name in _KEPT},
        "days": dump({day: ledger.days[day] for day in sorted(ledger.touched)}),
        "hours": dump(
            {
                hour: bucket
                for hour, bucket in ledger.hours.items()
                if ledger.local_day(hour) in ledger.touched
            }
        ),
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


def _ledger(time_zone: tzinfo, running: Json, archive: Json) -> Ledger:
    """Return what both files know; the running one has the last word."""
    days = load(dict[date, Bucket], running.get("days", {}))
    changed_from = running.get("changed_from")
    since = running.get("since") or archive.get("since")
    hours = load(dict[datetime, Bucket], archive.get("hours", {}))
    hours |= load(dict[datetime, Bucket], running.get("hours", {}))
    return Ledger(
        time_zone,
        since=load(datetime, since) if since else None,
        days=load(dict[date, Bucket], archive.get("days", {})) | days,
        hours=hours,
        touched=set(days),
        changed_from=load(datetime, changed_from) if changed_from else None,
    )


def _monitor(plant: Plant, ledger: Ledger, running: Json | None) -> PerformanceMonitor:
    monitor = PerformanceMonitor.start(plant, ledger.time_zone)
    monitor.ledger = ledger
    if running is None:
        return monitor
    # A part that is missing is one that an older version did not keep.
    for name in _KEPT.keys() & running.keys():
        kept: object = load(_KEPT[name], running[name])
        if isinstance(kept, deque):
            getattr(monitor, name).extend(kept)
        else:
            setattr(monitor, name, kept)
    monitor.meter.rating_w = plant.meter_rating_w
    anchor = running["anchor"]
    monitor.anchor = load(HeatPumpReading, anchor) if anchor else None
    monitor.heat_total_wh = running["heat_total_wh"]
    return monitor

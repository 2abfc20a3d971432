"""Bring points to the spool and from there to the database, and publish how it goes."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator
from homeassistant.util import dt as dt_util

from ..const import LOGGER
from ..sources.pace import shortened
from .dropped import NOTE, DroppedPoints
from .files import ExportFiles, FoundFiles
from .labels import Labels
from .point import Point
from .problems import async_report_problems
from .sender import Sender, SenderStatus
from .spool import DROPPED, Spool, SpoolError
from .status import ExportStatus, with_shown
from .targets.base import Target, TargetRefused
from .unsaved import UnsavedPoints

_PUBLISH_S: Final = 60
# An answer that is on its way is not awaited for longer: the batch is sent again.
_STOP_S: Final = 3


class ExportCoordinator(DataUpdateCoordinator[ExportStatus]):
    """Exports to one database, and publishes once a minute how that goes."""

    config_entry: ExportEntry

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ExportEntry,
        spool: Spool,
        target: Target,
        labels: Labels,
        files: ExportFiles,
    ) -> None:
        """Initialize the coordinator with a spool that is open."""
        super().__init__(
            hass,
            LOGGER,
            config_entry=entry,
            name=f"{entry.title} export",
            update_interval=timedelta(seconds=shortened(_PUBLISH_S, minimum=1)),
        )
        self._spool = spool
        self._sender = Sender(
            spool,
            target,
            files.rejected,
            now=dt_util.utcnow,
            on_change=self._sending_changed,
        )
        self._unsaved = UnsavedPoints(hass, entry, spool, self._committed)
        self._labels = labels
        self._files = files
        self._found = FoundFiles()
        self._dropped = DroppedPoints.from_text(spool.notes.get(NOTE))
        self._not_saved: str | None = None
        self._was_refused = False
        self._sending: asyncio.Task[None] | None = None
        self._is_stopped = False

    @callback
    def async_take(self, points: Sequence[Point]) -> None:
        """Keep points that are to be sent, and the labels that they have."""
        self._unsaved.add(points, self._labels.take_new())

    async def async_saved(self) -> None:
        """Wait until what was taken is on disk."""
        await self._unsaved.async_wait()

    @callback
    def async_start(self) -> None:
        """Send from now on, also without any entity enabled."""
        entry, hass = self.config_entry, self.hass
        self._sending = entry.async_create_background_task(
            hass, self._sender.async_run(), f"send to {entry.title}"
        )
        entry.async_on_unload(self.async_add_listener(lambda: None))
        entry.async_on_unload(
            hass.bus.async_listen(EVENT_HOMEASSISTANT_FINAL_WRITE, self._async_end)
        )

    async def async_stop(self) -> None:
        """Cease to send, and close the spool with all that was collected."""
        self._is_stopped = True
        if self._sending is not None:
            self._sending.cancel()
            await asyncio.wait([self._sending], timeout=_STOP_S)
            self._sending = None
        await self._unsaved.async_stop()
        with suppress(SpoolError):
            await self._spool.async_close()

    @override
    async def _async_update_data(self) -> ExportStatus:
        """Tidy up, and return how the export goes."""
        if self._is_stopped:
            return self.data
        self._found = await self.hass.async_add_executor_job(self._files.find)
        await self._async_tidy_up()
        return self._status()

    async def _async_tidy_up(self) -> None:
        try:
            await self._spool.async_upkeep()
        except SpoolError as err:
            self._not_saved = str(err)
        else:
            # Some lines may have to be sent once more, also while nothing is read.
            self._sender.wake()
            if not self._unsaved:
                self._not_saved = None

    async def _async_end(self, _: Event) -> None:
        await self.async_stop()

    @callback
    def _committed(self, reason: str | None) -> None:
        """Send what was committed; publish when the disk begins or ceases to fail."""
        was_saved, self._not_saved = self._not_saved is None, reason
        if reason is None:
            self._sender.wake()
        if was_saved is not (reason is None):
            self._publish()

    @callback
    def _sending_changed(self, _: SenderStatus) -> None:
        self._publish()

    @callback
    def _publish(self) -> None:
        self.async_set_updated_data(self._status())

    def _status(self) -> ExportStatus:
        """Return how the export goes; report what somebody has to do."""
        now, spool, sender = dt_util.utcnow(), self._spool.status, self._sender.status
        lost, on_disk = self._unsaved.take_lost(), spool.counters.get(DROPPED, 0)
        if self._dropped.count(on_disk, lost, now):
            self._unsaved.add(notes={NOTE: self._dropped.text})
        # The first status has none before.
        before: ExportStatus | None = self.data
        status = ExportStatus(
            time=now,
            spool=spool,
            sender=sender,
            unsaved=len(self._unsaved),
            dropped=self._dropped.total,
            dropped_lately=self._dropped.lately(now),
            files=self._found,
            not_saved=self._not_saved,
        )
        self._ask_for_sign_in(sender)
        async_report_problems(self.hass, self.config_entry, self._files, status)
        return with_shown(status, before)

    @callback
    def _ask_for_sign_in(self, sender: SenderStatus) -> None:
        """Ask once for another token or password, until data are taken again."""
        is_refused = isinstance(sender.failure, TargetRefused)
        if is_refused and not self._was_refused:
            self.config_entry.async_start_reauth(self.hass)
        self._was_refused = sender.failure is not None and (
            is_refused or self._was_refused
        )


type ExportEntry = ConfigEntry[ExportCoordinator]

"""Hold points in memory until the spool has committed them."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later

from ..sources.pace import shortened
from .point import Point
from .spool import Spool, SpoolError

MOST_UNSAVED: Final = 20_000
"""Hours of a home, while its disk is full."""
_RETRY_S: Final = 30


class UnsavedPoints:
    """Commits points one batch at a time: what arrives meanwhile goes with the next."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        spool: Spool,
        committed: Callable[[str | None], None],
    ) -> None:
        """Prepare.

        Args:
            hass: Home Assistant.
            entry: The entry of the export.
            spool: Where the points go.
            committed: Called after each commit with the reason why it failed, None
                if it did not.
        """
        self._hass = hass
        self._entry = entry
        self._spool = spool
        self._committed = committed
        self._points: list[Point] = []
        self._notes: dict[str, str] = {}
        self._lost = 0
        self._lock = asyncio.Lock()
        self._saved = asyncio.Event()
        self._saved.set()
        self._task: asyncio.Task[None] | None = None
        self._stop_retry: CALLBACK_TYPE | None = None
        self._is_stopped = False

    def __len__(self) -> int:
        """Return how many points are not on disk."""
        return len(self._points)

    @callback
    def add(
        self, points: Sequence[Point] = (), notes: Mapping[str, str] | None = None
    ) -> None:
        """Commit points and notes soon; while the disk fails, at the next attempt."""
        if self._is_stopped:
            return
        self._points.extend(points)
        self._notes.update(notes or {})
        self._drop_oldest()
        self._saved.clear()
        if self._stop_retry is None and (self._task is None or self._task.done()):
            self._start()

    async def async_commit(self) -> None:
        """Commit all; what cannot be stays, and is tried again after a while."""
        async with self._lock:
            while self._points or self._notes:
                points, self._points = self._points, []
                notes, self._notes = self._notes, {}
                try:
                    await self._async_write(points, notes)
                except SpoolError as err:
                    self._points = points + self._points
                    self._notes = notes | self._notes
                    self._drop_oldest()
                    self._retry_later()
                    self._committed(str(err))
                    return
                self._committed(None)
        self._saved.set()

    async def async_wait(self) -> None:
        """Wait until all that was added so far is on disk."""
        await self._saved.wait()

    @callback
    def take_lost(self) -> int:
        """Return how many points were dropped since the last call."""
        lost, self._lost = self._lost, 0
        return lost

    async def async_stop(self) -> None:
        """Commit all, and take nothing more."""
        await self.async_commit()
        self._is_stopped = True
        self._cancel_retry()

    async def _async_write(
        self, points: Sequence[Point], notes: Mapping[str, str]
    ) -> None:
        # First the notes: a label that a point has must not be given again.
        if notes:
            await self._spool.async_note(notes)
        if points:
            await self._spool.async_add(points)

    @callback
    def _start(self) -> None:
        self._task = self._entry.async_create_task(
            self._hass, self.async_commit(), "commit points", eager_start=False
        )

    def _drop_oldest(self) -> None:
        excess = len(self._points) - MOST_UNSAVED
        if excess > 0:
            del self._points[:excess]
            self._lost += excess

    @callback
    def _cancel_retry(self) -> None:
        if self._stop_retry is not None:
            self._stop_retry()
            self._stop_retry = None

    @callback
    def _retry_later(self) -> None:
        self._cancel_retry()
        self._stop_retry = async_call_later(
            self._hass, shortened(_RETRY_S, minimum=1), self._retry
        )

    @callback
    def _retry(self, _: datetime) -> None:
        self._stop_retry = None
        self._start()

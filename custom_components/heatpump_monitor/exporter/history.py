"""Pass the points of a long time on in slices."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Sequence
from itertools import islice
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback

from .point import Point

type Take = Callable[[Sequence[Point]], None]
type Pause = Callable[[], Awaitable[None]]

AT_ONCE: Final = 16
"""Points of a slice; they take less than 2 ms on a small computer."""


async def let_others_run() -> None:
    """Give others their turn in the event loop."""
    await asyncio.sleep(0)


class HistoryQueue:
    """Points that are made and passed on one slice after the other."""

    def __init__(self, hass: HomeAssistant, take: Take, pause: Pause) -> None:
        """Prepare; `pause` is awaited after each slice."""
        self._hass = hass
        self._take = take
        self._pause = pause
        self._waiting: deque[Iterator[Point]] = deque()
        self._entry: ConfigEntry | None = None
        self._is_working = False

    @callback
    def async_start(self, entry: ConfigEntry) -> None:
        """Work in background tasks of an entry."""
        self._entry = entry

    @callback
    def async_pass(self, points: Iterator[Point]) -> None:
        """Pass a few points on at once, and the rest in slices."""
        if some := list(islice(points, AT_ONCE)):
            self._take(some)
        if len(some) == AT_ONCE:
            self.async_add(points)

    @callback
    def async_add(self, points: Iterator[Point]) -> None:
        """Pass points on in slices, after those that wait already."""
        assert self._entry is not None
        self._waiting.append(points)
        if not self._is_working:
            self._is_working = True
            self._entry.async_create_background_task(
                self._hass, self._async_work(), "export history", eager_start=False
            )

    async def _async_work(self) -> None:
        try:
            while self._waiting:
                if some := list(islice(self._waiting[0], AT_ONCE)):
                    self._take(some)
                else:
                    self._waiting.popleft()
                await self._pause()
        finally:
            self._is_working = False

"""Fills the gaps of the meter's readings from its own memory.

The sum of a gap is exact, as the meter's counter went on. What the memory adds
is its course: which hour, and which side of midnight, the energy belongs to. Only
where the counter started again in the gap does it tell the sum as well.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from ..const import LOGGER
from ..performance.monitor import PerformanceMonitor
from ..performance.totals.gaps import Gap
from ..readings import EnergySpan
from ..sources.base import Memory

# The meter writes its last minutes down with a delay.
_SETTLED: Final = timedelta(minutes=2)
# A meter that cannot tell now is not pestered, and one that never can still less.
_RETRY: Final = timedelta(hours=1)
_LONGEST_RETRY: Final = timedelta(days=1)


class Recovery:
    """Asks one meter for the course of what was booked straight."""

    def __init__(self, client: Memory, monitor: PerformanceMonitor) -> None:
        """Prepare; nothing is asked for yet."""
        self._client = client
        self._monitor = monitor
        self._lock = asyncio.Lock()
        self._not_before: datetime | None = None
        self._retry = _RETRY
        self.read = timedelta()
        """How much of the gap that is being read has been told already."""

    def is_due(self, now: datetime) -> bool:
        """Return whether there is something to ask for, and it is time to."""
        if self._lock.locked() or (self._not_before and now < self._not_before):
            return False
        return bool(self._settled(now))

    async def async_run(
        self, now: datetime, on_progress: Callable[[], None]
    ) -> list[Gap]:
        """Recover all gaps there are; return those whose course is known now.

        A gap that the meter's memory does not reach back to stays straight.

        Args:
            now: The time.
            on_progress: Called whenever the meter has told another day.

        Raises:
            ShellyError: The meter did not answer. What it told before is kept, and
                the rest can be asked for again.
        """
        async with self._lock:
            self._not_before = now + self._retry
            self._retry = min(2 * self._retry, _LONGEST_RETRY)
            recovered: list[Gap] = []
            for gap in self._settled(now):
                if spans := await self._async_read(gap, on_progress):
                    recovered.append(gap)
                self._monitor.redistribute(gap, spans)
                on_progress()
            self._not_before, self._retry = None, _RETRY
            return recovered

    def _settled(self, now: datetime) -> list[Gap]:
        gaps = self._monitor.gaps
        return [each for each in gaps if now - each.recoverable_from > _SETTLED]

    async def _async_read(
        self, gap: Gap, on_progress: Callable[[], None]
    ) -> list[EnergySpan]:
        spans: list[EnergySpan] = []
        try:
            async for day in self._client.history(gap.start, gap.recoverable_from):
                spans += day
                if day:
                    self.read = min(day[-1].end, gap.end) - gap.start
                    LOGGER.debug("The meter told its history until %s", day[-1].end)
                    on_progress()
        finally:
            self.read = timedelta()
        return spans

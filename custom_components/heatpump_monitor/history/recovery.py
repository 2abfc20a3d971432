"""Resolve the gaps of a meter's readings from its own memory.

The energy of a gap is exact, as the meter's counter went on. The memory adds the load
profile: to which hour, and to which side of midnight, the energy belongs. Only where
the counter was reset in the gap does the energy come from the memory as well.
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from ..const import LOGGER
from ..performance.monitor import PerformanceMonitor
from ..performance.output import Update
from ..performance.totals.gaps import Gap
from ..readings import EnergySpan
from ..sources.base import Memory

# The meter stores its last minutes with a delay.
_SETTLED: Final = timedelta(minutes=2)
# The interval doubles with each attempt that fails.
_RETRY: Final = timedelta(hours=1)
_LONGEST_RETRY: Final = timedelta(days=1)


class Recovery:
    """Reads the load profiles of gaps from the memories of the meters."""

    def __init__(
        self, memories: Mapping[str, Memory | None], monitor: PerformanceMonitor
    ) -> None:
        """Prepare; nothing is read yet.

        Args:
            memories: By the key of each meter; None of a meter that remembers nothing.
            monitor: Whose gaps are resolved.
        """
        self._memories = memories
        self._monitor = monitor
        self._lock = asyncio.Lock()
        self._not_before: datetime | None = None
        self._retry = _RETRY
        self.read = timedelta()
        """How much has been read of the gap that is being resolved."""

    def is_due(self, now: datetime) -> bool:
        """Return whether there are gaps to resolve, and the meter may be asked."""
        if self._lock.locked() or (self._not_before and now < self._not_before):
            return False
        return bool(self._settled(now))

    async def async_run(
        self, now: datetime, on_update: Callable[[Update], None]
    ) -> list[Gap]:
        """Resolve all gaps; return those whose load profile is known now.

        A gap that is older than the meter's memory keeps an even load profile.
        `on_update` gets what changed when a gap is resolved, and an empty update
        when another day has been read.

        Raises:
            SourceError: A meter did not answer. Gaps that were resolved before
                stay so; the others are tried again.
        """
        async with self._lock:
            self._not_before = now + self._retry
            self._retry = min(2 * self._retry, _LONGEST_RETRY)
            recovered: list[Gap] = []
            for key, gap in self._settled(now):
                if spans := await self._async_read(key, gap, on_update):
                    recovered.append(gap)
                on_update(self._monitor.redistribute(gap, spans))
            self._not_before, self._retry = None, _RETRY
            return recovered

    def _settled(self, now: datetime) -> list[tuple[str, Gap]]:
        return [
            (key, gap)
            for key, gaps in self._monitor.gaps_by_meter.items()
            for gap in gaps
            if now - gap.recoverable_from > _SETTLED
        ]

    async def _async_read(
        self, key: str, gap: Gap, on_update: Callable[[Update], None]
    ) -> list[EnergySpan]:
        spans: list[EnergySpan] = []
        if (memory := self._memories.get(key)) is None:
            return spans
        try:
            async for day in memory.history(gap.start, gap.recoverable_from):
                spans += day
                if day:
                    self.read = min(day[-1].end, gap.end) - gap.start
                    LOGGER.debug("Read the meter's history until %s", day[-1].end)
                    on_update(Update())
        finally:
            self.read = timedelta()
        return spans

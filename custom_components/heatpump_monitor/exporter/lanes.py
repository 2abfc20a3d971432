"""Which batch is sent next: what is new does not wait for a backlog."""

from .point import MOST_LINES
from .spool import Batch, Spool


class Lanes:
    """Alternates between new lines and a backlog, where there is one.

    A backlog is all that is unsent at one moment, if that is more than one batch. What
    is added later is live. Both are sent oldest first.
    """

    def __init__(self, spool: Spool) -> None:
        """Begin without a backlog; nothing is read yet."""
        self._spool = spool
        self._boundary: int | None = None
        """The newest chunk of the backlog; None if there is no backlog."""
        self._live = 0
        """The newest chunk that was handed out of those after the backlog."""
        self._is_live_next = True

    def restart(self) -> None:
        """Look again what the backlog is, after a failure."""
        self._boundary = None
        self._is_live_next = True

    def is_early(self, batch: Batch) -> bool:
        """Return whether a batch is sent before older ones."""
        return self._boundary is not None and batch.first > self._boundary

    async def async_next(self) -> Batch | None:
        """Return the batch to send next, None if all is sent."""
        if self._boundary is None and self._spool.status.unsent > MOST_LINES:
            self._boundary = self._live = self._spool.newest
        if self._boundary is None:
            return await self._spool.async_oldest()
        if self._is_live_next and (live := await self._async_live()):
            self._is_live_next = False
            return live
        self._is_live_next = True
        backlog = await self._spool.async_oldest(until=self._boundary)
        if backlog is not None:
            return backlog
        self._boundary = None
        return await self._spool.async_oldest()

    async def _async_live(self) -> Batch | None:
        newest = self._spool.newest
        batch = await self._spool.async_after(self._live)
        if batch is None:
            return None
        if batch.last < newest:
            # More than one batch is new, as an import: it becomes part of the backlog,
            # so that what follows does not wait for it.
            self._boundary = self._live = newest
            return None
        self._live = batch.last
        return batch

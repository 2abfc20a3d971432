"""Keep points on disk until a database has acknowledged them."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
import sqlite3
from typing import Final

from .point import MOST_LINES, Point
from .spool_file import SpoolFile
from .sqlite_file import DamagedError


class SpoolError(Exception):
    """The spool cannot be read or written; the message says why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SpoolLimits:
    """How much is kept, and how often it is certainly on disk."""

    age: timedelta = timedelta(days=30)
    size_bytes: int = 500_000_000
    checkpoint: timedelta = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True, slots=True)
class SpoolStatus:
    """What a spool holds."""

    unsent: int = 0
    """Lines that were not acknowledged."""
    oldest_unsent: datetime | None = None
    """When the oldest of them was added, in UTC."""
    recent: int = 0
    """Lines that were acknowledged, and will be sent once more."""
    size_bytes: int = 0
    """Of its files."""
    counters: Mapping[str, int] = field(default_factory=dict)
    """What is counted over restarts, as `DROPPED`."""


DROPPED: Final = "dropped"
REJECTED: Final = "rejected"
SENT: Final = "sent"
SENT_BYTES: Final = "sent_bytes"


@dataclass(frozen=True, kw_only=True, slots=True)
class Batch:
    """Lines that are sent at once."""

    first: int
    """The number of its first chunk."""
    last: int
    """The number of its last chunk, included."""
    lines: Sequence[str]
    added_at: datetime
    """When the first of them was added, in UTC."""


class Spool:
    """Keeps points on disk, in a thread of its own.

    What is added at once is a chunk; chunks are numbered in the order in which they
    were added, and are acknowledged as a whole. Every method raises `SpoolError` if
    the disk fails, and nothing is lost by that: what was to be added stays with the
    caller.
    """

    def __init__(
        self,
        path: Path,
        encode: Callable[[Point], str],
        *,
        replaces: bool,
        resend_s: float,
        limits: SpoolLimits,
        now: Callable[[], datetime],
    ) -> None:
        """Prepare; nothing is opened yet."""
        self._file = SpoolFile(
            path, encode, replaces=replaces, most_bytes=limits.size_bytes
        )
        self._resend_ms = round(resend_s * 1000)
        self._limits = limits
        self._now = now
        self._executor: ThreadPoolExecutor | None = None

    async def async_open(self) -> str | None:
        """Open the file; return the name under which a damaged one was set aside."""
        self._executor = self._executor or ThreadPoolExecutor(1, "export_spool")
        try:
            return await self._async_run(partial(self._file.open, self._now_ms()))
        except SpoolError:
            self._end_thread()
            raise

    async def async_add(self, points: Sequence[Point]) -> int:
        """Commit points; return how many are new: an unchanged one is not sent again."""
        return await self._async_run(partial(self._file.add, points, self._now_ms()))

    async def async_oldest(
        self, most_lines: int = MOST_LINES, *, until: int | None = None
    ) -> Batch | None:
        """Return the oldest lines that were not acknowledged, None if there are none.

        With `until`, only of chunks up to that number.
        """
        until = self.newest if until is None else until
        return await self._async_read(0, until, most_lines)

    async def async_after(
        self, number: int, most_lines: int = MOST_LINES
    ) -> Batch | None:
        """Return the oldest unacknowledged lines of the chunks after a number."""
        return await self._async_read(number, self.newest, most_lines)

    @property
    def newest(self) -> int:
        """Return the number of the newest committed chunk, 0 before the first."""
        return self._file.chunks.newest

    def acknowledge(self, batch: Batch, counted: Mapping[str, int]) -> None:
        """Note that a batch was taken, and count; on disk with the next commit."""
        self._file.chunks.acknowledge(
            (batch.first, batch.last),
            counted,
            self._now_ms(),
            is_final=self._resend_ms == 0,
        )

    def withdraw_recent(self) -> None:
        """Send at once what would be sent once more later."""
        self._file.chunks.withdraw_recent()

    async def async_upkeep(self) -> None:
        """Delete what is not needed any more, and what exceeds the limits; checkpoint."""
        now_ms = self._now_ms()
        await self._async_run(
            partial(
                self._file.upkeep,
                now_ms,
                drop_before_ms=now_ms - _milliseconds(self._limits.age),
                checkpoint_ms=_milliseconds(self._limits.checkpoint),
            )
        )

    @property
    def status(self) -> SpoolStatus:
        """Return what the spool holds."""
        chunks = self._file.chunks
        oldest_ms = chunks.oldest_unsent_ms
        return SpoolStatus(
            unsent=chunks.unsent_lines,
            oldest_unsent=None if oldest_ms is None else _moment(oldest_ms),
            recent=chunks.recent_lines,
            size_bytes=self._file.size_bytes,
            counters={**chunks.counters, DROPPED: chunks.dropped},
        )

    @property
    def notes(self) -> Mapping[str, str]:
        """Return short texts that are kept with the lines, by their keys."""
        return self._file.notes

    async def async_note(self, notes: Mapping[str, str]) -> None:
        """Keep short texts with the lines."""
        await self._async_run(partial(self._file.keep, notes))

    async def async_close(self) -> None:
        """Commit, checkpoint and close."""
        if self._executor is None:
            return
        try:
            await self._async_run(self._file.close)
        finally:
            self._end_thread()

    async def _async_read(
        self, after: int, until: int, most_lines: int
    ) -> Batch | None:
        """Return the oldest unsent lines of the chunks in between."""
        self._file.chunks.send_again(self._now_ms() - self._resend_ms)
        read = await self._async_run(partial(self._file.read, after, until, most_lines))
        if read is None:
            return None
        return Batch(
            first=read.chunks[0],
            last=read.chunks[1],
            lines=read.lines,
            added_at=_moment(read.added_ms),
        )

    async def _async_run[T](self, work: Callable[[], T]) -> T:
        """Let the spool's thread do something."""
        if self._executor is None:
            raise SpoolError("not open")
        try:
            return await asyncio.get_running_loop().run_in_executor(
                self._executor, work
            )
        except (sqlite3.Error, OSError, DamagedError) as err:
            raise SpoolError(str(err)) from err

    def _end_thread(self) -> None:
        """End the thread, which has nothing to do any more."""
        if self._executor is not None:
            self._executor.shutdown()
            self._executor = None

    def _now_ms(self) -> int:
        return round(self._now().timestamp() * 1000)


def _milliseconds(duration: timedelta) -> int:
    return round(duration.total_seconds() * 1000)


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)

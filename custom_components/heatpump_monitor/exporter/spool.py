"""Keep points on disk until a database has acknowledged them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from .point import MOST_LINES, Point


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

    async def async_open(self) -> str | None:
        """Open the file; return the name under which a damaged one was set aside."""
        raise NotImplementedError

    async def async_add(self, points: Sequence[Point]) -> int:
        """Commit points; return how many are new: an unchanged one is not sent again."""
        raise NotImplementedError

    async def async_oldest(
        self, most_lines: int = MOST_LINES, *, until: int | None = None
    ) -> Batch | None:
        """Return the oldest lines that were not acknowledged, None if there are none.

        With `until`, only of chunks up to that number.
        """
        raise NotImplementedError

    async def async_after(
        self, number: int, most_lines: int = MOST_LINES
    ) -> Batch | None:
        """Return the oldest unacknowledged lines of the chunks after a number."""
        raise NotImplementedError

    @property
    def newest(self) -> int:
        """Return the number of the newest committed chunk, 0 before the first."""
        raise NotImplementedError

    def acknowledge(self, batch: Batch, counted: Mapping[str, int]) -> None:
        """Note that a batch was taken, and count; on disk with the next commit."""
        raise NotImplementedError

    def withdraw_recent(self) -> None:
        """Send again what was acknowledged within the last `resend_s` seconds."""
        raise NotImplementedError

    async def async_upkeep(self) -> None:
        """Delete what is not needed any more, and what exceeds the limits; checkpoint."""
        raise NotImplementedError

    @property
    def status(self) -> SpoolStatus:
        """Return what the spool holds."""
        raise NotImplementedError

    @property
    def notes(self) -> Mapping[str, str]:
        """Return short texts that are kept with the lines, by their keys."""
        raise NotImplementedError

    async def async_note(self, notes: Mapping[str, str]) -> None:
        """Keep short texts with the lines."""
        raise NotImplementedError

    async def async_close(self) -> None:
        """Commit, checkpoint and close."""
        raise NotImplementedError

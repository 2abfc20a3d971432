"""What is known of an export."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from .files import FoundFiles
from .sender import SenderStatus
from .spool import REJECTED, SENT_BYTES, SpoolStatus

FAILING_LONG: Final = timedelta(hours=1)
"""From here on a failure is more than a restart of the database."""
# What was added just now is on its way, and no backlog.
_ON_ITS_WAY: Final = timedelta(minutes=1)
# Each new moment is a row in the recorder: of the last success while all goes well, of
# the oldest unsent point while a spool that is full drops one after the other.
_SUCCESS_STEP: Final = timedelta(minutes=5)
_OLDEST_STEP: Final = timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True, slots=True)
class ExportStatus:
    """All that is shown of an export."""

    time: datetime
    spool: SpoolStatus = field(default_factory=SpoolStatus)
    sender: SenderStatus = field(default_factory=SenderStatus)
    unsaved: int = 0
    """Points in memory, as the disk does not take them."""
    dropped: int = 0
    dropped_lately: int = 0
    """In the last 24 hours."""
    files: FoundFiles = field(default_factory=FoundFiles)
    not_saved: str | None = None
    """Why points cannot be written to the disk; None if they can."""
    shown_success: datetime | None = None
    """The last success; in steps while all goes well."""
    shown_oldest: datetime | None = None
    """Since when the oldest unsent point waits, in steps."""

    @property
    def is_connected(self) -> bool | None:
        """Return whether the database takes what is sent; None before the first try."""
        if self.sender.failure is not None:
            return False
        return None if self.sender.last_success is None else True

    @property
    def has_backlog(self) -> bool:
        """Return whether points wait, and are not just on their way."""
        oldest = self.spool.oldest_unsent
        if oldest is None:
            return bool(self.unsaved)
        is_failing = self.sender.failure is not None or bool(self.unsaved)
        return is_failing or self.time - oldest >= _ON_ITS_WAY

    @property
    def unsent(self) -> int:
        """Return how many points wait to be sent, 0 without a backlog."""
        return self.spool.unsent + self.unsaved if self.has_backlog else 0

    @property
    def oldest_unsent(self) -> datetime | None:
        """Return since when the oldest of them waits."""
        return self.spool.oldest_unsent if self.has_backlog else None

    @property
    def rejected(self) -> int:
        """Return how many lines the database refused."""
        return self.spool.counters.get(REJECTED, 0)

    @property
    def sent_bytes(self) -> int:
        """Return how much was sent, before it was compressed."""
        return self.spool.counters.get(SENT_BYTES, 0)


def with_shown(status: ExportStatus, before: ExportStatus | None) -> ExportStatus:
    """Return a status with the moments that are shown after those of another one."""
    before = before or status
    sender, success = status.sender, status.sender.last_success
    if sender.failure is None:
        success = _in_steps(success, before.shown_success, _SUCCESS_STEP)
    oldest = _in_steps(status.oldest_unsent, before.shown_oldest, _OLDEST_STEP)
    return replace(status, shown_success=success, shown_oldest=oldest)


def _in_steps(
    latest: datetime | None, shown: datetime | None, step: timedelta
) -> datetime | None:
    """Return what was shown before, unless the latest is much newer or older."""
    if latest is None or shown is None or abs(latest - shown) >= step:
        return latest
    return shown

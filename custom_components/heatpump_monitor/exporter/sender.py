"""Send what the spool keeps, one batch at a time, until it is acknowledged."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from .spool import Spool
from .targets.base import Target, TargetError


@dataclass(frozen=True, kw_only=True, slots=True)
class SenderStatus:
    """How the sending goes."""

    failure: TargetError | None = None
    """Why the last attempt failed; None while all goes well."""
    failing_since: datetime | None = None
    last_success: datetime | None = None
    next_attempt: datetime | None = None
    """When it is tried again; None while all goes well."""


class Sender:
    """Sends the spool's batches, strictly one after the other."""

    def __init__(
        self,
        spool: Spool,
        target: Target,
        rejected: Path,
        *,
        now: Callable[[], datetime],
        on_change: Callable[[SenderStatus], None] = lambda _: None,
        sleep: Callable[[float], Awaitable[None]] | None = None,
        random: Callable[[], float] | None = None,
    ) -> None:
        """Prepare; `rejected` is the file for lines that the database refuses.

        `on_change` is called when sending begins or ceases to fail.
        """

    @property
    def status(self) -> SenderStatus:
        """Return how the sending goes."""
        raise NotImplementedError

    def wake(self) -> None:
        """Send soon: something was added. A wait after a failure is not cut short."""
        raise NotImplementedError

    async def async_run(self) -> None:
        """Send until cancelled; a batch whose answer did not arrive is sent again."""
        raise NotImplementedError

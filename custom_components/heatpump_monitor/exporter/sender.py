"""Send what the spool keeps, one batch at a time, until it is acknowledged."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import random as any_fraction

from ..const import LOGGER
from .backoff import Backoff
from .bisection import Bisection
from .lanes import Lanes
from .pace import Pace
from .rejected_lines import RejectedLines
from .spool import REJECTED, SENT, SENT_BYTES, Batch, Spool, SpoolError
from .targets.base import Target, TargetError, TargetMisconfigured, TargetUnavailable


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

        `on_change` is called when sending begins or ceases to fail, and when it fails
        in another way.
        """
        self._spool = spool
        self._target = target
        self._now = now
        self._on_change = on_change
        self._sleep = sleep or asyncio.sleep
        self._rejected = RejectedLines(rejected)
        self._backoff = Backoff(random or any_fraction)
        self._pace = Pace(now, self._sleep)
        self._lanes = Lanes(spool)
        self._bisection = Bisection(self._async_write)
        self._wake = asyncio.Event()
        self._status = SenderStatus()
        self._connections = target.connections
        self._is_spool_failing = False
        self._has_rejected = False
        self._unexpected: set[type[Exception]] = set()
        """Of which a traceback was logged."""

    @property
    def status(self) -> SenderStatus:
        """Return how the sending goes."""
        return self._status

    def wake(self) -> None:
        """Send soon: something was added. A wait after a failure is not cut short."""
        self._wake.set()

    async def async_run(self) -> None:
        """Send until cancelled; a batch whose answer did not arrive is sent again."""
        while True:
            self._wake.clear()
            try:
                has_sent = await self._async_send_next()
            except SpoolError as error:
                await self._sleep(self._note_spool_failure(error))
            except TargetError as error:
                await self._sleep(self._note_failure(error))
            except Exception as error:  # noqa: BLE001
                await self._sleep(self._note_failure(self._as_unavailable(error)))
            else:
                if not has_sent:
                    await self._wake.wait()

    async def _async_send_next(self) -> bool:
        """Send the next batch; return whether there was one."""
        await self._pace.async_wait()
        batch = await self._lanes.async_next()
        if batch is None:
            return False

        async def later() -> Sequence[str]:
            following = await self._spool.async_after(batch.last)
            return following.lines if following else ()

        # The backlog may still hold an older value of a line. If that one would replace
        # the newer one, the newer one is sent again in its turn.
        is_final = not (self._target.replaces and self._lanes.is_early(batch))
        reasons = await self._bisection.async_write(batch.lines, later)
        self._look_for_restart()
        if is_final:
            await self._async_finish(batch, reasons)
        self._note_success()
        return True

    def _look_for_restart(self) -> None:
        """Send again what a database may have lost that restarted between two lines."""
        if self._target.connections != self._connections:
            self._connections = self._target.connections
            self._spool.withdraw_recent()

    async def _async_finish(self, batch: Batch, reasons: Mapping[str, str]) -> None:
        if reasons:
            await self._async_keep(reasons)
        self._spool.acknowledge(batch, _counted(batch, reasons))
        self._bisection.forget(batch.lines)

    async def _async_write(self, lines: Sequence[str]) -> None:
        await self._pace.async_wait()
        self._pace.begin(len(lines))
        await self._target.write(lines)

    async def _async_keep(self, reasons: Mapping[str, str]) -> None:
        """Keep refused lines, before their batch is acknowledged."""
        try:
            await asyncio.to_thread(self._rejected.append, reasons, self._now())
        except OSError as error:
            detail = f"Refused lines cannot be kept: {error.strerror or error}"
            raise TargetError(detail) from error
        if not self._has_rejected:
            LOGGER.warning(
                "A database refused %d exported lines, which are kept in a file: %s",
                len(reasons),
                next(iter(reasons.values())),
            )
        self._has_rejected = True

    def _note_success(self) -> None:
        failed = self._status.failure
        self._status = SenderStatus(last_success=self._now())
        self._backoff.reset()
        self._is_spool_failing = False
        if failed is not None:
            LOGGER.info("The export goes on")
            self._report()

    def _note_failure(self, error: TargetError) -> float:
        """Note why nothing is sent; return how long to wait."""
        before = self._status
        if isinstance(error, (TargetMisconfigured, TargetUnavailable)):
            # The database may have ended, and a proxy may answer for it. At once: the
            # spool does not wait for long before it trusts the database.
            self._spool.withdraw_recent()
        if before.failure is None and isinstance(error, TargetUnavailable):
            self._pace.slow_down()
        self._lanes.restart()
        delay_s = self._backoff.delay_s(error)
        now = self._now()
        self._status = replace(
            before,
            failure=error,
            failing_since=before.failing_since or now,
            next_attempt=now + timedelta(seconds=delay_s),
        )
        if _kind(error) is not _kind(before.failure):
            LOGGER.warning("The export waits: %s", str(error) or type(error).__name__)
            self._report()
        return delay_s

    def _note_spool_failure(self, error: SpoolError) -> float:
        """Log the first failure in a row; return how long to wait."""
        if not self._is_spool_failing:
            LOGGER.error("What is to be exported cannot be read: %s", error)
        self._is_spool_failing = True
        return self._backoff.delay_s(error)

    def _as_unavailable(self, error: Exception) -> TargetUnavailable:
        """Return an error that is repeated; log where the unexpected one arose."""
        if type(error) not in self._unexpected:
            LOGGER.error("Unexpected failure of the export", exc_info=error)
        self._unexpected.add(type(error))
        # What it says is not known to be free of secrets.
        return TargetUnavailable(type(error).__name__)

    def _report(self) -> None:
        try:
            self._on_change(self._status)
        except Exception:  # noqa: BLE001
            LOGGER.exception("A change of the export cannot be reported")


def _kind(error: TargetError | None) -> type[TargetError] | None:
    """Return what distinguishes failures: not each way of being unavailable."""
    if isinstance(error, TargetUnavailable):
        return TargetUnavailable
    return None if error is None else type(error)


def _counted(batch: Batch, reasons: Mapping[str, str]) -> dict[str, int]:
    sent = [line for line in batch.lines if line not in reasons]
    return {
        SENT: len(sent),
        SENT_BYTES: sum(len(line.encode()) for line in sent),
        REJECTED: len(batch.lines) - len(sent),
    }

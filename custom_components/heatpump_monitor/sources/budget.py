"""The call budget: how many calls the Viessmann cloud still allows.

The free plan allows 1450 calls in 24 hours and 120 in 10 minutes, and shuts an
account out for up to a day when it takes more. All calls of one account share
one budget.
"""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
import math
import threading
from typing import Final, Self

from .json_values import number, sequence, text
from .pace import shortened

# Stop a little before the cloud does: a call may be counted there that never
# got an answer here, and other programs may use the same account.
DAY_LIMIT: Final = 1400
BURST_LIMIT: Final = 110

_DAY_S: Final = 24 * 3600
_BURST_S: Final = 600
# For a refusal that does not say until when.
_UNKNOWN_BLOCK_S: Final = 3600


class BudgetExhausted(Exception):
    """The budget grants no call before a certain moment."""

    def __init__(self, until: datetime) -> None:
        """Remember when the next call is possible, aware and in UTC."""
        super().__init__(f"No call is granted before {until.isoformat()}")
        self.until = until


@dataclass(frozen=True, slots=True)
class Block:
    """A time without calls, because the cloud said so."""

    until: datetime
    """Aware and in UTC."""
    limit_name: str | None
    """The name of the limit that was exceeded; None if the cloud gave none."""


class CallBudget:
    """Counts the calls of the last 24 hours and of the last 10 minutes.

    Both windows roll: whatever the pattern of calls, no stretch of 24 hours
    holds more than 1400 of them and none of 10 minutes more than 110. At the
    demo's pace the windows are as much shorter as the intervals.

    All of it is safe to use from several threads.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        *,
        on_change: Callable[[], None] | None = None,
    ) -> None:
        """Start with nothing used.

        Args:
            now: The clock, aware and in UTC.
            on_change: Called after every counted call and every block, in the
                thread that caused it, so that the budget can be stored.
        """
        self._now = now
        self._on_change = on_change
        self._day = timedelta(seconds=shortened(_DAY_S))
        self._burst = timedelta(seconds=shortened(_BURST_S))
        self._unknown_block = timedelta(seconds=shortened(_UNKNOWN_BLOCK_S))
        self._lock = threading.RLock()
        self._calls: deque[datetime] = deque()
        self._block: Block | None = None

    def take(self) -> None:
        """Count one call that is about to be made.

        Raises:
            BudgetExhausted: The call must not be made.
        """
        with self._lock:
            if (until := self.reset_at) is not None:
                raise BudgetExhausted(until)
            self._calls.append(self._now())
        self._changed()

    def block_until(
        self, moment: datetime | None, limit_name: str | None = None
    ) -> datetime:
        """Grant no call before a moment, because the cloud said so.

        Args:
            moment: What the cloud named; it may lie in the past, and what lies
                more than a day ahead counts as a day. None is an hour from now.
            limit_name: What the cloud calls the limit that was exceeded.

        Returns:
            When the next call is possible, as far as this block goes.
        """
        now = self._now()
        if moment is None:
            moment = now + self._unknown_block
        until = min(max(moment, now), now + self._day)
        with self._lock:
            self._block = Block(until, limit_name)
        self._changed()
        return until

    @property
    def block(self) -> Block | None:
        """Return until when the cloud refuses calls; None if it does not."""
        with self._lock:
            now = self._settle()
            blocked = self._block is not None and self._block.until > now
            return self._block if blocked else None

    @property
    def used_day(self) -> int:
        """Return the number of calls in the last 24 hours."""
        with self._lock:
            self._settle()
            return len(self._calls)

    @property
    def used_burst(self) -> int:
        """Return the number of calls in the last 10 minutes."""
        with self._lock:
            since = self._settle() - self._burst
            return sum(call > since for call in self._calls)

    @property
    def left_day(self) -> int:
        """Return the number of calls still granted in these 24 hours."""
        return max(0, DAY_LIMIT - self.used_day)

    @property
    def reset_at(self) -> datetime | None:
        """Return when the next call is possible; None if one is possible now."""
        with self._lock:
            now = self._settle()
            until = max(
                now if self._block is None else self._block.until,
                self._free_at(DAY_LIMIT, self._day, now),
                self._free_at(BURST_LIMIT, self._burst, now),
            )
            return until if until > now else None

    def as_dict(self) -> dict[str, object]:
        """Return what must survive a restart, as plain JSON values."""
        with self._lock:
            self._settle()
            block = self._block
            return {
                "calls": [_stored(call) for call in self._calls],
                "blocked_until": None if block is None else _stored(block.until),
                "limit_name": None if block is None else block.limit_name,
            }

    @classmethod
    def from_dict(
        cls,
        stored: Mapping[str, object] | None,
        now: Callable[[], datetime],
        *,
        on_change: Callable[[], None] | None = None,
    ) -> Self:
        """Return the budget that `as_dict` described.

        What cannot be understood is left out; nothing stored is an unused budget.
        """
        budget = cls(now, on_change=on_change)
        stored = stored or {}
        calls = (_restored(call) for call in sequence(stored.get("calls")))
        budget._calls.extend(sorted(call for call in calls if call is not None))
        if (until := _restored(stored.get("blocked_until"))) is not None:
            budget._block = Block(until, text(stored.get("limit_name")))
        return budget

    def _settle(self) -> datetime:
        """Forget the calls that have left the windows, and return the time.

        A clock that was set back leaves calls, or a block, in the future. The
        calls have been made, so they count as made now, and a block is never
        longer than a day: else a clock that was once a year ahead would stop
        the polling for that year.
        """
        now = self._now()
        while self._calls and self._calls[0] <= now - self._day:
            self._calls.popleft()
        ahead = 0
        while self._calls and self._calls[-1] > now:
            self._calls.pop()
            ahead += 1
        self._calls.extend([now] * ahead)
        if self._block is not None:
            until = min(self._block.until, now + self._day)
            self._block = replace(self._block, until=until)
        return now

    def _free_at(self, limit: int, window: timedelta, now: datetime) -> datetime:
        """Return when a window has room for a call; a full one has `limit` calls."""
        if len(self._calls) < limit:
            return now
        return self._calls[-limit] + window

    def _changed(self) -> None:
        if self._on_change is not None:
            self._on_change()


def _stored(moment: datetime) -> int:
    """Return whole seconds, rounded up: a call must not age by being stored."""
    return math.ceil(moment.timestamp())


def _restored(seconds: object) -> datetime | None:
    if (known := number(seconds)) is None:
        return None
    try:
        return datetime.fromtimestamp(known, UTC)
    except OverflowError, OSError, ValueError:
        return None

"""The call budget: how many calls the Viessmann cloud still allows.

The free plan allows 1450 calls in 24 hours and 120 in 10 minutes, and shuts an
account out for up to a day when it takes more. All calls of one account share
one budget.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
import math
from operator import attrgetter
import time
from typing import Final, NamedTuple

from ...time_units import DAY_S
from ..json_values import mapping, number, text, utc_time
from ..pace import shortened

CLOUD_DAY_LIMIT: Final = 1450
"""Calls that the cloud takes in 24 hours."""
# Stop a little before the cloud does: a call may be counted there that never
# got an answer here, and other programs may use the same account.
DAY_LIMIT: Final = 1400
BURST_LIMIT: Final = 110

_BURST_S: Final = 600
_HOURS: Final = 24
_SECOND: Final = timedelta(seconds=1)
# For a refusal that does not say until when.
_UNKNOWN_BLOCK_S: Final = 3600


class CallReason(StrEnum):
    """Why a call was made."""

    REGULAR_READING = "regular_reading"
    EXTRA_READING = "extra_reading"
    """A reading before the next regular one, after a start of the compressor."""
    SIGN_IN = "sign_in"
    """A question asked with a renewed access token."""
    DEVICE_LIST = "device_list"
    """A list of what the user's account contains."""


class BudgetExhausted(Exception):
    """The budget grants no call before a certain moment."""

    def __init__(self, until: datetime) -> None:
        """Name the time of the next possible call, aware and in UTC."""
        super().__init__(f"No call is granted before {until.isoformat()}")
        self.until = until


@dataclass(frozen=True, slots=True)
class Block:
    """A time without calls, because the cloud said so."""

    until: datetime
    """Aware and in UTC."""
    limit_name: str | None
    """The name of the limit that was exceeded; None if the cloud gave none."""


class _Call(NamedTuple):
    at: datetime
    reason: CallReason | None
    """None if it was stored without one."""


class CallBudget:
    """Counts the calls of the last 24 hours and of the last 10 minutes.

    Both windows roll. At the demo's pace they are as much shorter as the intervals.

    Time runs by the monotonic clock from the start on, so that a wall clock that is
    wrong for a while neither forgets calls nor prolongs a block. Only calls and
    blocks from before the start are known by the wall clock: they are kept for a
    day, and count again as soon as the clock is right.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        stored: Mapping[str, object] | None = None,
        *,
        monotonic_s: Callable[[], float] | None = None,
        on_change: Callable[[], None] | None = None,
    ) -> None:
        """Start with what `as_dict` described, as far as it can be understood.

        Args:
            now: The wall clock, aware and in UTC.
            stored: None for an unused budget.
            monotonic_s: The clock that never jumps, in seconds.
            on_change: Called after every counted call and every block.
        """
        self._wall = now
        self._monotonic_s = monotonic_s or time.monotonic
        self._changed = on_change or (lambda: None)
        self._day = timedelta(seconds=shortened(DAY_S))
        self._burst = timedelta(seconds=shortened(_BURST_S))
        self._started_at = now()
        self._started_s = self._monotonic_s()
        self._calls: list[_Call] = []
        self._blocked_until: datetime | None = None
        stored = stored or {}
        self._earlier_calls = _restored_calls(stored.get("calls"), self._started_at)
        self._counting_since = min(
            utc_time(stored.get("counting_since")) or self._started_at, self._started_at
        )
        self._earlier_block = utc_time(stored.get("blocked_until"))
        self._limit_name = text(stored.get("limit_name"))

    def take(self, reason: CallReason = CallReason.REGULAR_READING) -> None:
        """Count one call that is about to be made, or raise `BudgetExhausted`."""
        if (until := self.reset_at) is not None:
            raise BudgetExhausted(until)
        self._calls.append(_Call(self._now(), reason))
        self._changed()

    def block_until(
        self, moment: datetime | None, limit_name: str | None = None
    ) -> datetime:
        """Grant no call before a moment that the cloud named; return when it ends.

        Args:
            moment: It may lie in the past, and what lies more than a day ahead
                counts as a day. None is an hour from now.
            limit_name: What the cloud calls the limit that was exceeded.
        """
        wall = self._wall()
        unknown = timedelta(seconds=shortened(_UNKNOWN_BLOCK_S))
        wait = unknown if moment is None else moment - wall
        wait = min(max(wait, timedelta(0)), self._day)
        self._blocked_until = self._now() + wait
        self._earlier_block = None
        self._limit_name = limit_name
        self._changed()
        return wall + wait

    @property
    def block(self) -> Block | None:
        """Return until when the cloud refuses calls; None if it does not."""
        now = self._now()
        wait = self._blocked_at(now) - now
        if wait <= timedelta(0):
            return None
        return Block(self._wall() + wait, self._limit_name)

    @property
    def used_day(self) -> int:
        """Return the number of calls in the last 24 hours."""
        return len(self._calls_within(self._day))

    @property
    def used_burst(self) -> int:
        """Return the number of calls in the last 10 minutes."""
        return len(self._calls_within(self._burst))

    @property
    def used_by_reason(self) -> dict[CallReason, int]:
        """Return the number of calls in the last 24 hours by their reason."""
        counts = Counter(call.reason for call in self._calls_within(self._day))
        return {reason: counts[reason] for reason in CallReason}

    @property
    def calls_by_hour(self) -> list[int | None]:
        """Return the calls in each of the last 24 hours, oldest first.

        None is an hour before the first start, when nothing was counted. Calls from
        before the last start are known to ten minutes.
        """
        now, hour = self._now(), self._day / _HOURS
        calls = Counter(
            (now - call.at) // hour for call in self._calls_within(self._day)
        )
        return [
            calls[ago] if ago * hour <= now - self._counting_since else None
            for ago in reversed(range(_HOURS))
        ]

    @property
    def left_day(self) -> int:
        """Return the number of calls still granted in these 24 hours."""
        return max(0, DAY_LIMIT - self.used_day)

    @property
    def reset_at(self) -> datetime | None:
        """Return when the next call is possible; None if one is possible now."""
        now = self._now()
        calls = self._calls_at(now)
        until = max(
            self._blocked_at(now),
            _free_at(calls, DAY_LIMIT, self._day, now),
            _free_at(calls, BURST_LIMIT, self._burst, now),
        )
        return self._wall() + (until - now) if until > now else None

    def as_dict(self) -> dict[str, object]:
        """Return what must survive a restart, as plain JSON values.

        Calls are counted by their reason and by the ten minutes in which they were
        made, and count again as if made at the end of these: a list of all calls would
        be written with every call.
        """
        now = self._now()
        self._forget_before(now - self._day)
        # Where the two clocks differ, the later one is stored: a call may seem
        # younger than it is, but never older. Less than a second is no
        # difference: with each restart, calls would get younger.
        ahead = max((self._wall() - now) // _SECOND, 0) * _SECOND
        blocked = self._blocked_until or self._earlier_block
        calls: dict[str, Counter[int]] = {}
        for call in [*self._earlier_calls, *self._calls][-DAY_LIMIT:]:
            end_s = _stored(call.at + ahead, self._burst.total_seconds())
            calls.setdefault(call.reason or "", Counter())[end_s] += 1
        return {
            "calls": calls,
            "counting_since": _stored(self._counting_since),
            "blocked_until": None if blocked is None else _stored(blocked + ahead),
            "limit_name": self._limit_name,
        }

    def _now(self) -> datetime:
        elapsed_s = self._monotonic_s() - self._started_s
        return self._started_at + timedelta(seconds=elapsed_s)

    def _calls_at(self, now: datetime) -> list[_Call]:
        self._forget_before(now - self._day)
        slow, start = self._wall_behind(now), self._started_at
        earlier = (
            _Call(min(call.at + slow, start), call.reason)
            for call in self._earlier_calls
        )
        return [*earlier, *self._calls]

    def _calls_within(self, window: timedelta) -> list[_Call]:
        now = self._now()
        start = now - window
        return [call for call in self._calls_at(now) if call.at > start]

    def _blocked_at(self, now: datetime) -> datetime:
        """Return when the last block ends; one is never longer than a day."""
        if self._blocked_until is not None:
            return self._blocked_until
        if self._earlier_block is None:
            return now
        ends = self._earlier_block + self._wall_behind(now)
        return min(ends, self._started_at + self._day)

    def _wall_behind(self, now: datetime) -> timedelta:
        return max(now - self._wall(), timedelta(0))

    def _forget_before(self, moment: datetime) -> None:
        self._calls = [call for call in self._calls if call.at > moment]
        if self._started_at <= moment:
            self._earlier_calls, self._earlier_block = [], None


def _free_at(
    calls: Sequence[_Call], limit: int, window: timedelta, now: datetime
) -> datetime:
    """Return when a window has room for a call; a full one has `limit` calls."""
    return now if len(calls) < limit else calls[-limit].at + window


def _restored_calls(stored: object, latest: datetime) -> list[_Call]:
    calls = (
        # A call that seems to lie ahead has been made.
        _Call(min(at, latest), CallReason(reason) if reason in CallReason else None)
        for reason, counts in mapping(stored).items()
        for end_s, count in mapping(counts).items()
        if (at := utc_time(end_s)) is not None
        for _ in range(min(int(number(count) or 0), DAY_LIMIT))
    )
    return sorted(calls, key=attrgetter("at"))


def _stored(moment: datetime, step_s: float = 1) -> int:
    """Return seconds, rounded up to a step: a call must not age by being stored."""
    return math.ceil(math.ceil(moment.timestamp() / step_s) * step_s)

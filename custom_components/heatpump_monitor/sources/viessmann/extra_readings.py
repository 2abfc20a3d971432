"""Decide when the heat pump is read between two regular readings."""

from datetime import datetime, timedelta
from typing import Final

from ..pace import shortened
from .budget import BURST_LIMIT, DAY_LIMIT, CallBudget, CallReason

EXTRA_INTERVAL_S: Final = 60
"""Time between two readings after a start, in s."""
SPARE_DAY: Final = 100
"""Calls in 24 hours left for sign-ins, restarts and lists of devices."""
SPARE_TEN_MINUTES: Final = 30
"""Calls in 10 minutes left for everything else."""

# The fast pace must not read more often than every 5 s.
_FASTEST_S: Final = 5
_SERIES_S: Final = 600
_BETWEEN_SERIES_S: Final = 900


class ExtraReadings:
    """Plans a series of readings after a start of the compressor.

    A start during a series, or less than 15 minutes after the beginning of the last
    one, begins none: a compressor that starts every few minutes does not use up the
    calls. What regular readings need in 24 hours is left to them.
    """

    def __init__(self, regular: timedelta, budget: CallBudget) -> None:
        """Start without a series; `regular` is the time between two regular readings."""
        self._regular = regular
        self._budget = budget
        self._extra = timedelta(seconds=shortened(EXTRA_INTERVAL_S, minimum=_FASTEST_S))
        self._length = timedelta(seconds=shortened(_SERIES_S))
        self._pause = timedelta(seconds=shortened(_BETWEEN_SERIES_S))
        self._last_start: datetime | None = None
        self._begun_at: datetime | None = None
        self._ended = True
        self._regular_at: datetime | None = None
        self._regular_calls_day = 0.0

    def ignore(self, started_at: datetime | None) -> None:
        """Begin no series after this start of the compressor."""
        self._last_start = started_at

    def begin(
        self, started_at: datetime, now: datetime, regular_calls_day: float
    ) -> bool:
        """Return whether a series begins now, with a reading at once.

        Args:
            started_at: When the compressor last started. It may be passed again.
            now: The present time.
            regular_calls_day: How many calls the regular readings of all heat pumps
                that share the budget need in 24 hours.
        """
        is_known, self._last_start = started_at == self._last_start, started_at
        is_possible = not is_known and self._regular > self._extra
        if not is_possible or _is_recent(self._begun_at, now, self._pause):
            return False
        self._regular_calls_day = regular_calls_day
        if not self._leaves_enough():
            return False
        self._begun_at, self._ended = now, False
        return True

    def end(self) -> None:
        """End the series, as the heat pump cannot be read."""
        self._ended = True

    def add_reading(self, now: datetime) -> CallReason:
        """Record a reading that is about to be made; return its reason.

        One in a series is a regular reading if that is due within half a minute.
        """
        not_due_for = self._regular - self._extra / 2
        is_due = not _is_recent(self._regular_at, now, not_due_for)
        if self._is_in_series(now) and not is_due:
            return CallReason.EXTRA_READING
        self._regular_at = now
        return CallReason.REGULAR_READING

    def wait(self, now: datetime) -> timedelta:
        """Return the time from a reading made now until the next."""
        if self._is_in_series(now + self._extra) and self._leaves_enough():
            return self._extra
        return self._regular

    def _is_in_series(self, now: datetime) -> bool:
        return not self._ended and _is_recent(self._begun_at, now, self._length)

    def _leaves_enough(self) -> bool:
        budget = self._budget
        regular = budget.used_by_reason[CallReason.REGULAR_READING]
        others = budget.used_day - regular
        needed = others + max(regular, self._regular_calls_day)
        return (
            budget.block is None
            and needed + 1 <= DAY_LIMIT - SPARE_DAY
            and budget.used_burst + 1 <= BURST_LIMIT - SPARE_TEN_MINUTES
        )


def _is_recent(moment: datetime | None, now: datetime, time: timedelta) -> bool:
    """Return whether a moment is less than so long ago.

    One that seems to lie ahead was recorded while the clock was wrong.
    """
    return moment is not None and timedelta(0) <= now - moment < time

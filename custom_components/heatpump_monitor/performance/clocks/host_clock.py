"""Decide whether the clock of the host can be trusted.

A computer without a battery for its clock starts at a wrong time, and a bad time
server can set a right clock wrong. A reading taken at such a time would be booked
days away, and all readings after it would come too late to count.

Three witnesses: the monotonic clock never jumps, but says nothing across a restart
and stands still while the host is suspended; the newest time stamp inside an answer
is never later than the true time, but may be old; and no reading was taken before
this program was written.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

_EARLIEST: Final = datetime(2020, 1, 1, tzinfo=UTC)
_LATEST: Final = datetime(2060, 1, 1, tzinfo=UTC)
# What a time server corrects as a matter of routine.
_TOLERANCE: Final = timedelta(minutes=5)
# The time stamps of a running heat pump are minutes old.
_FRESH: Final = timedelta(hours=1)
# A jump ahead that nothing confirms or denies for so long is a correction.
_PATIENCE_S: Final = 15 * 60.0
# Longer than a restart takes: was the clock right?
_LONG_AWAY: Final = timedelta(days=1)
# A computer without a clock starts at the time that it last wrote down. By less
# than this a clock that is behind is waited for; nothing is discarded.
_FAR_BACK: Final = timedelta(hours=6)


def is_plausible_time(now: datetime) -> bool:
    """Return whether readings can be taken at a time at all."""
    return _EARLIEST <= now < _LATEST


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """Whether a reading taken now may be counted, and which ones were wrong."""

    is_trusted: bool
    is_jump: bool = False
    """Whether a jump ahead is trusted from now on that no time stamp confirmed."""
    discard_from: datetime | None = None
    """The time from which on what was counted before was wrong; None for nothing."""
    wrong_since: datetime | None = None
    """The last right time before readings were left out; None if none had to be."""


@dataclass(slots=True)
class ClockGuard:
    """Notices a clock that is wrong, that jumps ahead and that is set back.

    Readings are left out while it is in doubt. The meter's counter goes on
    meanwhile, so that no electricity is lost; heat is unknown for that time.
    """

    last: datetime | None = None
    """The newest time that was trusted, in UTC."""
    jumped_from: datetime | None = None
    """The trusted time before a jump ahead that no time stamp has confirmed."""
    jumped_to: datetime | None = None
    """The time at which that jump was trusted."""
    _last_s: float | None = field(default=None, init=False, compare=False)
    """When `last` was, by the monotonic clock."""
    _doubted_s: float | None = field(default=None, init=False, compare=False)
    """When the doubt began, by the monotonic clock."""
    _doubted: datetime | None = field(default=None, init=False, compare=False)
    """The newest time that was not trusted, until one is."""

    @property
    def is_in_doubt(self) -> bool:
        """Return whether the newest reading was not trusted."""
        return self._doubted is not None

    def judge(
        self, now: datetime, monotonic_s: float, stamp: datetime | None = None
    ) -> Verdict:
        """Return what to do with a reading, by both clocks of the host.

        The stamp is the newest one inside the answer, None without one.
        """
        last, is_fresh = self.last, stamp is not None and now - stamp <= _FRESH
        if not is_plausible_time(now) or (stamp and stamp > now + _FRESH):
            return self._doubt(now, monotonic_s)
        if last is None:
            return self._trust(now, monotonic_s, is_fresh)
        if now < last:
            return self._judge_back(now, monotonic_s, last, is_fresh)
        if self._last_s is None:
            # How long the restart took is not known.
            if is_fresh or now - last <= _LONG_AWAY:
                return self._trust(now, monotonic_s, is_fresh)
            return self._jump(now, monotonic_s, last)
        expected = last + timedelta(seconds=monotonic_s - self._last_s)
        # Behind a time stamp the monotonic clock stood still: the host was suspended.
        if now <= expected + _TOLERANCE or (stamp and stamp > expected):
            return self._trust(now, monotonic_s, is_fresh)
        if stamp and not is_fresh and expected - stamp <= _FRESH:
            # The heat pump's time stamps still follow the time before the jump.
            self._doubted_s = monotonic_s
        if self._doubted_s is None or monotonic_s - self._doubted_s < _PATIENCE_S:
            return self._doubt(now, monotonic_s)
        return self._jump(now, monotonic_s, last)

    def _judge_back(
        self, now: datetime, monotonic_s: float, last: datetime, is_fresh: bool
    ) -> Verdict:
        start, target = self.jumped_from, self.jumped_to
        if start and target and start - _TOLERANCE <= now < target:
            # That jump ahead is undone.
            wrong_from = start
        elif last - now >= _FAR_BACK and is_fresh:
            wrong_from = now
        else:
            return self._doubt(now, monotonic_s)
        self.jumped_from = self.jumped_to = None
        self._trust(now, monotonic_s, is_fresh)
        return Verdict(is_trusted=True, discard_from=wrong_from)

    def _jump(self, now: datetime, monotonic_s: float, last: datetime) -> Verdict:
        """Trust a jump ahead, as nothing speaks against it."""
        self._trust(now, monotonic_s, is_fresh=False)
        self.jumped_from, self.jumped_to = last, now
        return Verdict(is_trusted=True, is_jump=True)

    def _trust(self, now: datetime, monotonic_s: float, is_fresh: bool) -> Verdict:
        last, doubted = self.last, self._doubted
        self.last, self._last_s = now, monotonic_s
        self._doubted = self._doubted_s = None
        if is_fresh:
            self.jumped_from = self.jumped_to = None
        if not doubted or not last or last - _TOLERANCE <= doubted <= now + _TOLERANCE:
            # What was in doubt was right, as after the host was suspended.
            return Verdict(is_trusted=True)
        return Verdict(is_trusted=True, wrong_since=last)

    def _doubt(self, now: datetime, monotonic_s: float) -> Verdict:
        if self._doubted_s is None:
            self._doubted_s = monotonic_s
        self._doubted = now
        return Verdict(is_trusted=False)

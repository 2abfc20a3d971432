"""What the time stamps of the heat pump's values mean, learned from the meter.

Some units stamp a value when it was measured, some clouds when it arrived. The
compressor shows which: the meter sees the same starts and stops.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median

# So many starts and stops are enough to decide, and so many are remembered.
_FEWEST = 5
_MOST = 24
# Stamps of the device follow the meter by a constant; those of arrival spread.
_DEVICE_SPREAD_S = 45.0
SLACK = timedelta(seconds=60)
"""What time stamps and runs of the meter may differ by."""
# A device's clock may be behind by so much.
_CLOCK_BEHIND = timedelta(seconds=150)


@dataclass(frozen=True, slots=True)
class Window:
    """When something happened: between two moments, most likely at a third."""

    earliest: datetime
    likely: datetime
    latest: datetime

    def earlier(self, by: timedelta) -> Window:
        """Return the window of what happened some time before."""
        return Window(self.earliest - by, self.likely - by, self.latest - by)

    def nearest(self, moments: list[datetime]) -> datetime | None:
        """Return the moment within the window that is nearest to the likely one."""
        within = [each for each in moments if self.earliest <= each <= self.latest]
        return min(within, key=lambda each: abs(each - self.likely), default=None)


@dataclass(slots=True)
class StampClock:
    """By how much stamps are later than what they stamp."""

    lags_s: list[float] = field(default_factory=list)
    """Stamps of the compressor's changes less the meter's, newest last."""
    lag: timedelta = timedelta()
    """The usual lag: the offset of the device's clock, or the usual delay."""
    is_device: bool = False
    """Whether stamps are those of the device."""

    def learn(self, lag: timedelta) -> None:
        """Learn from one start or stop that both sources saw."""
        self.lags_s = [*self.lags_s[1 - _MOST :], lag.total_seconds()]
        if len(self.lags_s) < _FEWEST:
            return
        ordered = sorted(self.lags_s)
        tenth = len(ordered) // 10
        self.is_device = ordered[-1 - tenth] - ordered[tenth] <= _DEVICE_SPREAD_S
        self.lag = timedelta(seconds=median(ordered))

    def measured_at(self, stamp: datetime) -> datetime:
        """Return when a value was measured."""
        return stamp - self.lag

    def window(self, stamp: datetime, longest_delay: timedelta) -> Window:
        """Return when a change happened that carries a stamp."""
        likely = stamp - self.lag
        if self.is_device:
            return Window(likely - SLACK, likely, likely + SLACK)
        earliest = stamp - longest_delay - SLACK / 2
        return Window(min(earliest, likely), likely, stamp + _CLOCK_BEHIND)

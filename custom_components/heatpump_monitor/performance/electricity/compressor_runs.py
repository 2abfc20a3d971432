"""The compressor's runs, as the electricity meter sees them.

The meter sees a start within seconds, the cloud minutes later. So starts, stops
and run time come from the power; how much heat was made never does.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from math import log2, sqrt

# Four bins for each doubling of the power, from 8 W to 32 kW.
_LOWEST_W = 8.0
_BINS_PER_DOUBLING = 4
_BINS = 48
# No compressor draws less than the first, no pump or electronics more than the second.
_THRESHOLD_W = (150.0, 1000.0)
# Bins with a smaller share of the time are empty: starts pass through them.
_EMPTY_SHARE = 0.003
# The fewest empty bins between rest and run, and the least time on either side.
_GAP_BINS = 2
_LEAST_S = 900.0
_RELEARN_S = 1800.0
# What was seen three weeks ago counts half.
_FORGOTTEN_PER_RELEARN = 0.5 ** (_RELEARN_S / (21 * 86_400))
_SWITCH_ON = 1.25
_SWITCH_OFF = 0.8
# Between two samples further apart than this anything can have happened.
_SAMPLE_GAP_S = 180.0
BLIP = timedelta(seconds=60)
"""A shorter run or pause is a blip of the power."""


@dataclass(slots=True)
class PowerThreshold:
    """The power that separates rest from run, learned from the power itself.

    It lies in the widest gap of the distribution of the logarithm of power. A
    plant that shows no gap has none: there the meter cannot see the compressor.
    """

    seconds: list[float] = field(default_factory=lambda: [0.0] * _BINS)
    """Time spent in each bin."""
    new_s: float = 0.0
    """Time added since the threshold was last computed."""
    threshold_w: float | None = None
    running_w: float | None = None
    """The least power with which the compressor was seen to run."""

    def see_running(self, power_w: float) -> None:
        """Take note that the compressor runs with a power, and learn again."""
        self.running_w = min(power_w, self.running_w or power_w)
        self._relearn()

    def add(self, power_w: float, seconds: float) -> None:
        """Add a power and for how long it lasted."""
        place = int(_BINS_PER_DOUBLING * log2(max(power_w, _LOWEST_W) / _LOWEST_W))
        self.seconds[min(place, _BINS - 1)] += seconds
        self.new_s += seconds
        if self.new_s >= _RELEARN_S:
            self._relearn()

    def _relearn(self) -> None:
        self.new_s = 0.0
        self.threshold_w = _middle_of_widest_gap(self.seconds, self.running_w)
        self.seconds = [each * _FORGOTTEN_PER_RELEARN for each in self.seconds]


@dataclass(slots=True)
class CompressorRuns:
    """When the compressor ran, by the power of the meter."""

    threshold: PowerThreshold = field(default_factory=PowerThreshold)
    blip: timedelta = BLIP
    times: list[datetime] = field(default_factory=list)
    """When the state changed; each state lasts until the next."""
    states: list[bool | None] = field(default_factory=list)
    """Whether it ran from then on; None where the meter was not read."""
    powers_w: list[float] = field(default_factory=list)
    """The power right after each change."""
    candidate_at: datetime | None = None
    """When the power crossed the threshold, until that has lasted."""
    last_at: datetime | None = None
    last_w: float = 0.0

    @property
    def known_until(self) -> datetime | None:
        """Return up to when the state is settled."""
        return self.candidate_at or self.last_at

    def add(self, time: datetime, power_w: float | None) -> None:
        """Add a power sample; one that is not later than the last is ignored."""
        if power_w is None or (self.last_at is not None and time <= self.last_at):
            return
        last_at, last_w = self.last_at, self.last_w
        self.last_at, self.last_w = time, power_w
        if last_at is None:
            return
        elapsed_s = (time - last_at).total_seconds()
        if elapsed_s > _SAMPLE_GAP_S:
            self._change(last_at, None, power_w)
        else:
            self.threshold.add(last_w, elapsed_s)
        if (threshold_w := self.threshold.threshold_w) is not None:
            self._follow(last_at, time, power_w, threshold_w)

    def see_running(self) -> None:
        """Take note that the compressor runs with the present power."""
        self.threshold.see_running(self.last_w)
        # What a threshold above it showed is not known any more.
        self._forget()

    def relearn(self) -> None:
        """Learn the threshold again from the start, as the runs were not true."""
        self.threshold = PowerThreshold()
        self._forget()

    def state_at(self, moment: datetime) -> bool | None:
        """Return whether the compressor ran at a moment; None where not known."""
        place = bisect_right(self.times, moment) - 1
        if place < 0 or self.known_until is None or moment > self.known_until:
            return None
        return self.states[place]

    def is_known(self, start: datetime, end: datetime) -> bool:
        """Return whether the state is known throughout."""
        if self.known_until is None or end > self.known_until:
            return False
        first = bisect_right(self.times, start) - 1
        last = bisect_left(self.times, end)
        return first >= 0 and None not in self.states[first:last]

    def changes_between(
        self, start: datetime, end: datetime
    ) -> list[tuple[datetime, bool | None]]:
        """Return the changes within a time, its ends included, and the new states."""
        first, last = bisect_left(self.times, start), bisect_right(self.times, end)
        return list(zip(self.times[first:last], self.states[first:last], strict=True))

    def likely_changes_between(
        self, start: datetime, end: datetime
    ) -> list[tuple[datetime, bool | None]]:
        """Return the changes, and the newest though it may turn out to be a blip."""
        changes = self.changes_between(start, end)
        # The heat pump may report it before the meter can be sure.
        time = self.candidate_at
        if time is not None and start <= time <= end:
            changes.append((time, not self.states[-1]))
        return changes

    def started_at(self, moment: datetime) -> datetime | None:
        """Return when the state at a moment began."""
        place = bisect_right(self.times, moment) - 1
        return self.times[place] if place >= 0 else None

    def ended_at(self, moment: datetime) -> datetime | None:
        """Return when the state at a moment ended; None if not yet."""
        place = bisect_right(self.times, moment)
        return self.times[place] if place < len(self.times) else None

    def forget_before(self, moment: datetime) -> None:
        """Drop the changes before a moment, but for the state there."""
        place = max(bisect_right(self.times, moment) - 1, 0)
        del self.times[:place], self.states[:place], self.powers_w[:place]

    def _forget(self) -> None:
        self.times, self.states, self.powers_w = [], [], []
        self.candidate_at = None

    def _follow(
        self, last_at: datetime, time: datetime, power_w: float, threshold_w: float
    ) -> None:
        state = self.states[-1] if self.states else None
        running = power_w > (_SWITCH_OFF if state else _SWITCH_ON) * threshold_w
        if state is None:
            self._change(time, running, power_w)
        elif running == state:
            self.candidate_at = None
        elif self.candidate_at is None:
            self.candidate_at = time - (time - last_at) / 2
        if self.candidate_at is not None and time - self.candidate_at >= self.blip:
            self._change(self.candidate_at, running, power_w)

    def _change(self, time: datetime, state: bool | None, power_w: float) -> None:
        self.candidate_at = None
        if not self.states or self.states[-1] is not state:
            self.times.append(time)
            self.states.append(state)
            self.powers_w.append(power_w)


def _middle_of_widest_gap(
    seconds: list[float], running_w: float | None
) -> float | None:
    """Return the geometric middle of the widest gap in W; None if there is none.

    It lies below the power with which the compressor was seen to run, if any.
    """
    lowest_w, highest_w = _THRESHOLD_W
    if running_w is not None:
        highest_w = min(highest_w, running_w / _SWITCH_ON)
    least_s = sum(seconds) * _EMPTY_SHARE
    occupied = [place for place, each in enumerate(seconds) if each > least_s]
    widest = _GAP_BINS
    threshold_w: float | None = None
    for below, above in pairwise(occupied):
        low_w, high_w = _power_of(below + 1), _power_of(above)
        sides_s = sum(seconds[: below + 1]), sum(seconds[above:])
        is_possible = low_w < highest_w and high_w > lowest_w
        if is_possible and min(sides_s) >= _LEAST_S and above - below > widest:
            widest = above - below
            threshold_w = min(max(sqrt(low_w * high_w), lowest_w), highest_w)
    return threshold_w


def _power_of(place: int) -> float:
    """Return the power at the lower end of a bin, in W."""
    return float(_LOWEST_W * 2 ** (place / _BINS_PER_DOUBLING))

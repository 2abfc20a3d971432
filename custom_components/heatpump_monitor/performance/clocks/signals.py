"""The values of the heat pump, each as a series at its own time stamps.

A cloud sends a value when it has changed by some threshold, and each value has
its own delay: one answer has values of different ages. So no value is taken
for the time of the answer, but for the time at which it was measured.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import copysign, exp

# How fast supply and return follow a start or a stop of the compressor.
_EDGE_S = 60.0
# A smaller change across a start or stop is no jump.
_DRIFT = 1.5
# How far a value has moved on, on average, as a share of the threshold.
_DRIFT_SHARE = 0.5
# Larger steps may be jumps, or several messages between two answers: the threshold
# has not been seen yet.
_LARGEST_THRESHOLD = 0.6
# A threshold that was too small by chance is forgotten within some hundred steps.
_THRESHOLD_GROWTH = 1.002


@dataclass(slots=True)
class Signal:
    """One value over time; times in seconds since the epoch."""

    times: list[float] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    threshold: float = 0.0
    """By how much the value must change to be sent: the smallest step seen."""

    def add(self, stamp: float, value: float) -> None:
        """Add a value that was measured at a stamp, unless it is older than the last."""
        if self.times and stamp <= self.times[-1]:
            return
        if self.values and (step := abs(value - self.values[-1])):
            forgotten = self.threshold * _THRESHOLD_GROWTH or step
            self.threshold = min(step, forgotten)
        self.times.append(stamp)
        self.values.append(value)

    def at(self, moment: float, edges: list[float]) -> float | None:
        """Return the value at a moment; None where there is none.

        Between two values it is linear, as it drifts by less than what is worth
        a message; but for starts and stops of the compressor: it stays until one and
        then follows within a minute or two.
        """
        if not self.times:
            return None
        place = bisect_right(self.times, moment)
        if place == 0:
            return self.values[0]
        if place == len(self.times):
            return self._drifted(place - 1, moment, edges)
        start, end = self.times[place - 1], self.times[place]
        low, high = self.values[place - 1], self.values[place]
        edge = _last_between(edges, start, end)
        if edge is None:
            return low + (high - low) * (moment - start) / (end - start)
        if moment <= edge:
            return self._drifted(place - 1, moment, edges)
        low = self._drifted(place - 1, edge, edges)
        if abs(high - low) <= _DRIFT:
            # A jump would have been sent at once: it drifted, and was sent on the way.
            return low + (high - low) * (moment - edge) / (end - edge)
        whole = 1 - exp((edge - end) / _EDGE_S)
        return low + (high - low) * (1 - exp((edge - moment) / _EDGE_S)) / whole

    def drift_at(
        self, moment: float, largest_threshold: float = _LARGEST_THRESHOLD
    ) -> float:
        """Return by how much a value has moved on, on average, while it was shown.

        It is sent again only when it has changed by a threshold, and mostly goes on
        in the direction in which it last went.
        """
        place = bisect_right(self.times, moment) - 1
        if place < 1 or self.threshold > largest_threshold:
            return 0.0
        if not (step := self.values[place] - self.values[place - 1]):
            # It was measured again, and had not moved.
            return 0.0
        return copysign(_DRIFT_SHARE * self.threshold, step)

    def _drifted(self, place: int, moment: float, edges: list[float]) -> float:
        time, value = self.times[place], self.values[place]
        if place == 0 or _last_between(edges, self.times[place - 1], time) is not None:
            return value
        share = (moment - time) / (time - self.times[place - 1])
        return value + self.drift_at(time) * min(share, 1.0)

    def held_at(self, moment: float) -> float | None:
        """Return the last value before a moment, else the first; None without any."""
        if not self.times:
            return None
        return self.values[max(bisect_right(self.times, moment) - 1, 0)]

    def of_run(self, moment: float, start: float, end: float) -> float | None:
        """Return the value at a moment of a run, by the values of that run alone.

        Linear between two of them; the first counts before, the last after. None
        without any. The 0 of the stop is none of the run.
        """
        first, place = bisect_left(self.times, start), bisect_right(self.times, moment)
        has_next = place < len(self.times) and self.times[place] <= end
        following = self.values[place] if has_next else 0.0
        if place <= first:
            return following or None
        time, value = self.times[place - 1], self.values[place - 1]
        if not following:
            return value
        share = (moment - time) / (self.times[place] - time)
        return value + (following - value) * share

    def nearest_positive(self, moment: float, within_s: float) -> float | None:
        """Return the positive value nearest to a moment; None if none is near."""
        near = [
            (abs(time - moment), value)
            for time, value in zip(self.times, self.values, strict=True)
            if value > 0 and abs(time - moment) <= within_s
        ]
        return min(near)[1] if near else None

    def between(self, start: float, end: float) -> list[tuple[float, float]]:
        """Return the times and values from a moment on until just before another."""
        first, last = bisect_left(self.times, start), bisect_left(self.times, end)
        return list(zip(self.times[first:last], self.values[first:last], strict=True))

    def with_values(self, values: Mapping[float, float]) -> Signal:
        """Return the series with further values, by the times of which they are."""
        if not values:
            return self
        known = dict(zip(self.times, self.values, strict=True))
        both = dict(sorted({**values, **known}.items()))
        return Signal(list(both), list(both.values()), self.threshold)

    def forget_before(self, moment: float) -> None:
        """Drop the values before a moment, but for the last of them."""
        place = max(bisect_right(self.times, moment) - 1, 0)
        del self.times[:place], self.values[:place]


def _last_between(edges: list[float], start: float, end: float) -> float | None:
    place = bisect_left(edges, end) - 1
    return edges[place] if place >= 0 and edges[place] > start else None

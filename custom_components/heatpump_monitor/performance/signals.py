"""The values of the heat pump, each as a series at its own time stamps.

A cloud sends a value when it has changed by some threshold, and each value has
its own delay: one answer holds values of different ages. So no value is taken
for the time of the answer, but for the time at which it was measured.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from math import exp

# How fast supply and return follow a start or a stop of the compressor.
_EDGE_S = 60.0
# A smaller change across a start or stop is no jump.
_DRIFT = 1.5
_DRIFT_SHARE = 0.5


@dataclass(slots=True)
class Signal:
    """One value over time; times in seconds since the epoch."""

    times: list[float] = field(default_factory=list)
    values: list[float] = field(default_factory=list)

    def add(self, stamp: float, value: float) -> None:
        """Add a value that was measured at a stamp, unless it is older than the last."""
        if not self.times or stamp > self.times[-1]:
            self.times.append(stamp)
            self.values.append(value)

    def at(self, moment: float, edges: list[float]) -> float | None:
        """Return the value at a moment; None where there is none.

        Between two values it runs straight, as it drifts by less than what is worth
        a message; but for starts and stops of the compressor: it holds until one and
        then follows within a minute or two.

        Args:
            moment: When.
            edges: When the compressor started or stopped, in the order of time.
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

    def _drifted(self, place: int, moment: float, edges: list[float]) -> float:
        """Return a value some time after it was sent, before the next one was.

        It goes on as it did before, and by less than what is worth a message.
        """
        time, value = self.times[place], self.values[place]
        if place == 0 or _last_between(edges, self.times[place - 1], time) is not None:
            return value
        step = value - self.values[place - 1]
        if abs(step) > _DRIFT:
            return value
        share = (moment - time) / (time - self.times[place - 1])
        return value + step * min(share, _DRIFT_SHARE)

    def held_at(self, moment: float) -> float | None:
        """Return the last value before a moment, else the first; None without any."""
        if not self.times:
            return None
        return self.values[max(bisect_right(self.times, moment) - 1, 0)]

    def nearest_positive(self, moment: float, within_s: float) -> float | None:
        """Return the positive value nearest to a moment; None if none is near."""
        near = [
            (abs(time - moment), value)
            for time, value in zip(self.times, self.values, strict=True)
            if value > 0 and abs(time - moment) <= within_s
        ]
        return min(near)[1] if near else None

    def forget_before(self, moment: float) -> None:
        """Drop the values before a moment, but for the last of them."""
        place = max(bisect_right(self.times, moment) - 1, 0)
        del self.times[:place], self.values[:place]


def _last_between(edges: list[float], start: float, end: float) -> float | None:
    place = bisect_left(edges, end) - 1
    return edges[place] if place >= 0 and edges[place] > start else None

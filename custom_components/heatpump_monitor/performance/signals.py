"""The values of the heat pump, each as a series at its own time stamps.

A cloud sends a value when it has changed by some threshold, and each value has
its own delay: one answer holds values of different ages. So no value is taken
for the time of the answer, but for the time at which it was measured.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from math import exp

# How fast supply and return follow a start or a stop of the compressor.
_EDGE_S = 60.0


@dataclass(slots=True)
class Signal:
    """One value over time; times in seconds since the epoch."""

    times: list[float] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    stamp: float | None = None
    """The newest stamp."""

    def add(self, stamp: float, value: float, held_until: float) -> None:
        """Add a value.

        Args:
            stamp: When it was measured.
            value: The value.
            held_until: Up to when it is known not to have changed since.
        """
        if self.stamp is None or stamp > self.stamp:
            self.stamp = stamp
            self._append(stamp, value)
        elif stamp < self.stamp:
            return
        if held_until > self.times[-1]:
            if len(self.times) > 1 and self.times[-2] >= stamp:
                # The value stood still already: move the end of that.
                self.times[-1] = held_until
            else:
                self._append(held_until, value)

    def at(self, moment: float, edges: list[float]) -> float | None:
        """Return the value at a moment; None where there is none.

        Between two values it runs straight, but for starts and stops of the
        compressor: it holds until one and then follows within a minute or two.

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
            return self.values[-1]
        start, end = self.times[place - 1], self.times[place]
        low, high = self.values[place - 1], self.values[place]
        edge = _first_between(edges, start, end)
        if edge is None:
            return low + (high - low) * (moment - start) / (end - start)
        if moment <= edge:
            return low
        whole = 1 - exp((edge - end) / _EDGE_S)
        return low + (high - low) * (1 - exp((edge - moment) / _EDGE_S)) / whole

    def newest(self, start: float, end: float) -> float | None:
        """Return the newest value measured after a start and not after an end."""
        place = bisect_right(self.times, end) - 1
        if place < 0 or self.times[place] < start:
            return None
        return self.values[place]

    def first(self, start: float, end: float) -> float | None:
        """Return the first value measured after a start and before an end."""
        place = bisect_right(self.times, start)
        if place == len(self.times) or self.times[place] >= end:
            return None
        return self.values[place]

    def forget_before(self, moment: float) -> None:
        """Drop the values before a moment, but for the last of them."""
        place = max(bisect_right(self.times, moment) - 1, 0)
        del self.times[:place], self.values[:place]

    def _append(self, moment: float, value: float) -> None:
        if self.times and moment <= self.times[-1]:
            # It was taken to stand still until after the value had changed.
            place = bisect_right(self.times, moment)
            del self.times[place:], self.values[place:]
        self.times.append(moment)
        self.values.append(value)


def _first_between(edges: list[float], start: float, end: float) -> float | None:
    place = bisect_right(edges, start)
    return edges[place] if place < len(edges) and edges[place] < end else None

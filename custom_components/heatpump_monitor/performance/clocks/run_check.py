"""Checks the runs that the meter saw against the unit's own hours and starts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ...readings import HeatPumpReading
from ..segments import Segment

# So long that steps of whole hours, and values that come late, do not matter.
_LEAST_S = 2 * 86_400.0
_LEAST_RUN_S = 20 * 3600.0
_LARGEST_STEP_S = 2 * 3600.0
_DISAGREE_SHARE = 0.15
_AGREE_SHARE = 0.10
# More than this, and more than twice as many.
_MORE_STARTS = 10
# A defrost may stop the compressor for less; the unit does not count that start.
_LEAST_REST_S = 300.0


@dataclass(slots=True)
class RunCounts:
    """Run time and starts of the same time, by both sources."""

    elapsed_s: float = 0.0
    metered_s: float = 0.0
    counted_s: float = 0.0
    metered_starts: int = 0
    counted_starts: float | None = 0.0
    """None where the unit does not count them."""
    rested_s: float = 0.0
    """How long the compressor has rested at the end, by the meter."""

    def add_metered(self, segments: Sequence[Segment]) -> None:
        """Add the runs and rests that the meter saw."""
        for segment in segments:
            self.elapsed_s += segment.seconds
            if not segment.is_running:
                self.rested_s += segment.seconds
                continue
            self.metered_starts += self.rested_s >= _LEAST_REST_S
            self.metered_s += segment.seconds
            self.rested_s = 0.0

    def add_counted(
        self, run_s: float, before: float | None, after: float | None
    ) -> None:
        """Add run time in s, and starts by their counter before and after."""
        self.counted_s += run_s
        if self.counted_starts is None or before is None or after is None:
            self.counted_starts = None
        else:
            self.counted_starts += max(after - before, 0.0)

    def is_enough(self) -> bool:
        """Return whether there is enough to compare."""
        run_s = max(self.metered_s, self.counted_s)
        return self.elapsed_s >= _LEAST_S and run_s >= _LEAST_RUN_S

    def agree(self, share: float) -> bool:
        """Return whether the hours agree within a share, and the starts roughly."""
        if abs(self.metered_s - self.counted_s) > share * self.counted_s:
            return False
        if self.counted_starts is None:
            return True
        more_starts = self.metered_starts - self.counted_starts
        return more_starts <= max(_MORE_STARTS, self.counted_starts)

    def __str__(self) -> str:
        """Return the hours and starts by both."""
        metered = f"{self.metered_s / 3600:.1f} h, {self.metered_starts} starts"
        counted = f"{self.counted_s / 3600:.1f} h"
        if self.counted_starts is not None:
            counted += f", {self.counted_starts:g} starts"
        return f"meter: {metered}; heat pump: {counted}"


@dataclass(slots=True)
class RunCheck:
    """Decides over days whether the runs of the meter are the compressor's."""

    counts: RunCounts | None = None
    """Since the hours counter moved; None until it does.

    An interval that cannot be compared begins a new comparison.
    """
    disagrees_since: datetime | None = None
    """When both were found to disagree; None while the meter is believed."""

    def add(
        self,
        start: HeatPumpReading,
        end: HeatPumpReading,
        segments: Callable[[datetime, datetime], Sequence[Segment]],
    ) -> RunCounts | None:
        """Add an interval with its segments by the meter; return what disagrees."""
        counted_s = _counted_s(start, end)
        if counted_s is None:
            self.counts = None
            return None
        if self.counts is not None:
            self.counts.add_metered(segments(start.time, end.time))
            self.counts.add_counted(counted_s, start.starts, end.starts)
        # Only where it has just moved does the hours counter delay nothing.
        if not counted_s:
            return None
        counts = self.counts = self.counts or RunCounts()
        if not counts.is_enough():
            return None
        self.counts = RunCounts()
        if counts.agree(_AGREE_SHARE):
            self.disagrees_since = None
        if counts.agree(_DISAGREE_SHARE):
            return None
        self.disagrees_since = self.disagrees_since or end.time
        return counts


def _counted_s(start: HeatPumpReading, end: HeatPumpReading) -> float | None:
    """Return the run time by the hours counter, in s; None if it cannot be used."""
    if start.run_hours is None or end.run_hours is None:
        return None
    if (end.compressor_count or 1) > 1:
        # Their hours are not the time in which any of them ran.
        return None
    most_s = (end.time - start.time).total_seconds() + _LARGEST_STEP_S
    counted_s = (end.run_hours - start.run_hours) * 3600
    return counted_s if 0 <= counted_s <= most_s else None

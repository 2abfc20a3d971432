"""What is known of an interval before its heat: readings, meters and segments."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from ...readings import HeatPumpReading, Role
from ..clocks.join import Join, sampled_segments
from ..limits import SAMPLE_HOLD_S
from ..modes import is_running
from ..plant import Plant
from ..segments import Segment

type Metered = Callable[[datetime, datetime], float | None]
"""What the meter counted between two moments, in Wh."""


@dataclass(frozen=True, kw_only=True)
class IntervalData:
    """What readings and meters say of an interval."""

    start: HeatPumpReading
    end: HeatPumpReading
    plant: Plant
    join: Join
    metered: Metered
    heat_wh: float | None
    """What heat meters counted; None without any."""
    parts_wh: Mapping[Role, float | None]
    in_doubt: bool
    """Whether the heat pump is not believed for this time."""

    @property
    def elapsed_s(self) -> float:
        """Return the length in seconds."""
        return (self.end.time - self.start.time).total_seconds()

    @cached_property
    def electricity_wh(self) -> float | None:
        """Return the electricity of all of it."""
        return self.metered(self.start.time, self.end.time)

    @cached_property
    def is_split(self) -> bool:
        """Return whether the meter shows when the compressor ran."""
        start, end = self.start, self.end
        return start.mode is None and self.join.can_split(start.time, end.time)

    @cached_property
    def segments(self) -> list[Segment]:
        """Return its parts, with their electricity."""
        start, end, join = self.start, self.end, self.join
        if self.is_split:
            segments = join.segments(start.time, end.time)
        else:
            segments = list(sampled_segments(start, end))
        if self.elapsed_s > SAMPLE_HOLD_S and start.mode is None:
            # What it did throughout a gap, its two ends do not show.
            if not self.is_split or not join.compressor.was_polled(
                start.time, end.time
            ):
                segments = [replace(each, mode=None) for each in segments]
        return [
            replace(each, electricity_wh=self.metered(each.start, each.end))
            for each in segments
        ]

    @property
    def weights(self) -> list[float]:
        """Return how heat without a shape is split."""
        if self.is_split:
            # It goes with the electricity of the compressor.
            weights = [
                (each.electricity_wh or 0.0) * bool(each.is_running)
                for each in self.segments
            ]
        else:
            weights = [float(bool(is_running(each))) for each in (self.start, self.end)]
        return weights if any(weights) else [each.seconds for each in self.segments]

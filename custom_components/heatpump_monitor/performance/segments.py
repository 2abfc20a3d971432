"""The parts of an interval: each in one mode, the compressor running or at rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from statistics import fmean

from ..readings import HeatPumpReading, Mode
from .limits import SAMPLE_HOLD_S
from .modes import is_running


class Quantity(StrEnum):
    """A value whose mean over the heat is kept, named with its unit."""

    SUPPLY_C = "supply_c"
    RETURN_C = "return_c"
    SOURCE_IN_C = "source_in_c"
    OUTSIDE_C = "outside_c"
    MODULATION_PCT = "modulation_pct"


@dataclass(frozen=True, kw_only=True, slots=True)
class Segment:
    """A part of an interval."""

    start: datetime
    end: datetime
    mode: Mode | None
    is_running: bool | None = None
    """Whether the compressor ran throughout, or rested; None where not known."""
    electricity_wh: float | None = None
    means: Mapping[Quantity, float] = field(default_factory=dict)
    """The mean of each quantity that is known."""

    @property
    def seconds(self) -> float:
        """Return the length in seconds."""
        return (self.end - self.start).total_seconds()


def with_means(
    segments: Sequence[Segment], start: HeatPumpReading, end: HeatPumpReading
) -> tuple[Segment, ...]:
    """Return segments with the means of the readings at both ends of their interval.

    A running segment takes the end at which the compressor rests only if it rests at
    both. Standby, and an interval too long for samples, have no means.
    """
    if (end.time - start.time).total_seconds() > SAMPLE_HOLD_S:
        return tuple(segments)
    ends = start, end
    running = [each for each in ends if is_running(each)] or ends
    return tuple(
        segment
        if segment.mode in (None, Mode.STANDBY)
        else replace(segment, means=_means(running if segment.is_running else ends))
        for segment in segments
    )


def _means(readings: Sequence[HeatPumpReading]) -> dict[Quantity, float]:
    means: dict[Quantity, float] = {}
    for quantity in Quantity:
        values = [getattr(each, quantity) for each in readings]
        if known := [value for value in values if value is not None]:
            means[quantity] = fmean(known)
    return means


# Less is no ground to split by.
_LEAST_WH = 1e-9


@dataclass(frozen=True, slots=True)
class Heat:
    """The heat of an interval, by its segments, in Wh."""

    by_segment_wh: tuple[float, ...]

    @classmethod
    def split(cls, total_wh: float, weights: Sequence[float]) -> Heat:
        """Return a sum that is split by weights; evenly if all are zero."""
        whole = sum(weights)
        if not whole:
            return cls(tuple(total_wh / len(weights) for _ in weights))
        return cls(tuple(total_wh * weight / whole for weight in weights))

    @property
    def total_wh(self) -> float:
        """Return the heat of the whole interval."""
        return sum(self.by_segment_wh)

    def scaled(self, factor: float) -> Heat:
        """Return the heat times a factor."""
        return Heat(tuple(each * factor for each in self.by_segment_wh))

    def limited_to(self, most_wh: Sequence[float]) -> Heat:
        """Return the heat with no segment above its limit, in Wh."""
        return Heat(tuple(map(min, self.by_segment_wh, most_wh, strict=True)))

    def corrected_to(
        self, total_wh: float, segments: Sequence[Segment] | None = None
    ) -> Heat:
        """Return the heat with another sum, in Wh; larger segments take more of it.

        Of segments, if given, those that cool are left as they are, out of the sum.
        """
        is_warm = [True] * len(self.by_segment_wh)
        if segments is not None:
            is_warm = [each.mode is not Mode.COOLING for each in segments]
        warm_wh = [
            each if warm else 0.0
            for each, warm in zip(self.by_segment_wh, is_warm, strict=True)
        ]
        sizes = [abs(each) for each in warm_wh]
        if sum(sizes) < _LEAST_WH:
            sizes = [float(each) for each in is_warm]
        if not (whole := sum(sizes)):
            return self
        more_wh = total_wh - sum(warm_wh)
        parts = zip(self.by_segment_wh, sizes, strict=True)
        return Heat(tuple(each + more_wh * size / whole for each, size in parts))

    def outside_wh(self, mode: Mode, segments: Sequence[Segment]) -> float:
        """Return the heat of the segments that are in another mode, in Wh."""
        return sum(
            heat_wh
            for segment, heat_wh in zip(segments, self.by_segment_wh, strict=True)
            if segment.mode is not mode
        )

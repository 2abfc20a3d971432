"""The slope of a probe's temperature, by a regression over many values."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from .recent import Mean

RATE_WINDOW_S: Final = 600.0
_FEWEST: Final = 5
_LONGEST_S: Final = 3600.0
"""Older values say nothing of the present rate."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Slope:
    """A straight line through the last values."""

    k_per_s: float
    value_c: float
    """Of the line, at the newest value."""
    window_s: float


def rate(means: Sequence[Mean]) -> Slope | None:
    """Return the slope of the last ten minutes, or of the last five values.

    None of fewer values, and of those that took longer than an hour.
    """
    if len(means) < _FEWEST:
        return None
    newest_s = means[-1].time_s
    first = len(means) - _FEWEST
    while first >= 0 and newest_s - means[first].time_s < RATE_WINDOW_S - 60.0:
        first -= 1
    if first < 0 or newest_s - means[first].time_s > _LONGEST_S:
        return None
    return line(means[first:])


def line(means: Sequence[Mean]) -> Slope:
    """Return the line of least squares; each mean weighs as much as its values."""
    newest_s = means[-1].time_s
    weight = sum(mean.count for mean in means)
    time_s = sum(mean.count * (mean.time_s - newest_s) for mean in means) / weight
    value_c = sum(mean.count * mean.value_c for mean in means) / weight
    both = squares = 0.0
    for mean in means:
        offset_s = mean.time_s - newest_s - time_s
        both += mean.count * offset_s * (mean.value_c - value_c)
        squares += mean.count * offset_s**2
    k_per_s = both / squares if squares else 0.0
    return Slope(
        k_per_s=k_per_s,
        value_c=value_c - k_per_s * time_s,
        window_s=newest_s - means[0].time_s,
    )

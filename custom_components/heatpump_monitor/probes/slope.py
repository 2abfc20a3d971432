"""The slope of a probe's temperature, by a regression over many values."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from .recent import Mean

_FEWEST: Final = 5
_RATE_S: Final = 600.0
_LONGEST_RATE_S: Final = 3600.0
"""Older values say nothing of the present rate."""
_TRENDS_S: Final = (600.0, 1200.0, 2400.0)
_CLEAR: Final = 3.0
"""A slope of so many times its error is no chance."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Slope:
    """A straight line through the last values."""

    k_per_min: float
    error_k_per_min: float
    window_s: float


def rate(means: Sequence[Mean]) -> Slope | None:
    """Return the slope of the last ten minutes, or of the last five values.

    None of fewer values, and of those that took longer than an hour.
    """
    slope = slope_over(means, _RATE_S)
    if slope is None or not _RATE_S * 0.9 <= slope.window_s <= _LONGEST_RATE_S:
        return None
    return slope


def trend(means: Sequence[Mean]) -> Slope | None:
    """Return the slope of the shortest time that shows one, None of too few values.

    If none does, it is that of the last forty minutes.
    """
    slope = None
    for window_s in _TRENDS_S:
        slope = slope_over(means, window_s)
        if slope is None or abs(slope.k_per_min) > _CLEAR * slope.error_k_per_min:
            break
    return slope


def slope_over(means: Sequence[Mean], window_s: float) -> Slope | None:
    """Return the slope over a time, or over the fewest values that make one."""
    if len(means) < _FEWEST:
        return None
    first = len(means) - _FEWEST
    start_s = means[-1].time_s - window_s
    while first > 0 and means[first].time_s > start_s:
        first -= 1
    return slope_of(means[first:])


def slope_of(means: Sequence[Mean]) -> Slope:
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
    errors = sum(
        mean.count
        * (mean.value_c - value_c - k_per_s * (mean.time_s - newest_s - time_s)) ** 2
        for mean in means
    )
    variance = errors / max(len(means) - 2, 1) / squares if squares else 0.0
    return Slope(
        k_per_min=60.0 * k_per_s,
        error_k_per_min=60.0 * sqrt(variance),
        window_s=newest_s - means[0].time_s,
    )

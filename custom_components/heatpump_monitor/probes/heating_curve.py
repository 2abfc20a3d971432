"""How a core warms up: curves of conduction, fitted to what was measured.

Heat reaches a core late, and then it approaches a temperature exponentially. Two
first-order lags in series describe that: a long one (the time constant) and a short
one. Neither the temperature approached nor the constants are known, so that many pairs
of constants are tried, and each counts as much as it explains. That the target is
reached at all is taken for granted: a person chose it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log
from typing import Final

from .recent import Mean

_POINTS: Final = 40
_CONSTANTS: Final = 20
_SHORTEST, _LONGEST = 0.2, 16.0
"""Time constants, as parts of the time since the rise began."""
_LAGS: Final = (0.02, 0.15, 0.4)
"""The short lag, as part of the time constant."""
_MEMORY: Final = 0.1
"""Values count less the older they are: 1/e at this part of the time."""
_LEAST_ERROR_K: Final = 0.5
"""No curve fits a real roast better than this."""
_INDEPENDENT: Final = 2.0
"""Errors of the curves last long: so many of them are independent."""
_USUAL_RISE_K: Final = 100.0
_MOIST_C: Final = 105.0
"""Nothing moist is as hot: such a target is that of air or fat, near its fire's."""
_AIR_RISE: Final = 1.15
"""How high air rises, as part of the way to its target."""
_AIR_SPREAD: Final = 0.2
_ANCHORED: Final = 0.7
"""How much of a curve's present error is expected to stay."""
_FOOT_K: Final = 1.0
_LEAST_WEIGHT: Final = 1e-3

type Point = tuple[float, float]
"""Seconds since the foot of the rise, and K above it."""


@dataclass(frozen=True, slots=True)
class _Curve:
    """A curve that was fitted, by its constants in seconds."""

    constant_s: float
    lag_s: float
    height_k: float = 0.0
    offset_k: float = 0.0
    """How much more is measured now than the curve has."""
    weight: float = 0.0

    def part(self, time_s: float) -> float:
        """Return which part of its height it has reached."""
        slow = self.constant_s * exp(-time_s / self.constant_s)
        fast = self.lag_s * exp(-time_s / self.lag_s)
        return 1.0 - (slow - fast) / (self.constant_s - self.lag_s)

    def time_s(self, part: float, since_s: float) -> float:
        """Return how long after a moment it reaches a part of its height."""
        low_s, high_s = since_s, since_s + 30 * self.constant_s
        if self.part(low_s) >= part:
            return 0.0
        for _ in range(24):
            middle_s = (low_s + high_s) / 2
            if self.part(middle_s) < part:
                low_s = middle_s
            else:
                high_s = middle_s
        return (low_s + high_s) / 2 - since_s


@dataclass(frozen=True, slots=True)
class Forecast:
    """Times until a target, each with the weight of its curve; they add up to 1."""

    times: Sequence[tuple[float, float]]
    """In seconds, shortest first."""

    def quantile_s(self, share: float) -> float:
        """Return the time that is not exceeded with this probability."""
        total = 0.0
        for time_s, weight in self.times:
            total += weight
            if total >= share:
                return time_s
        return self.times[-1][0]


def rise_since(means: Sequence[Mean], sign: float) -> Sequence[Mean]:
    """Return the values since the rise began; `sign` is -1 where it falls."""
    lowest_c = min(sign * mean.value_c for mean in means)
    foot = max(
        index
        for index, mean in enumerate(means)
        if sign * mean.value_c <= lowest_c + _FOOT_K
    )
    return means[foot:]


def forecast(means: Sequence[Mean], target_c: float, sign: float) -> Forecast | None:
    """Return when a target is reached; None if no curve that fits comes so far."""
    points = _points(means, sign)
    now_s = points[-1][0]
    way_k = sign * (target_c - means[0].value_c)
    is_air = sign > 0 and target_c > _MOIST_C
    usual_k, spread = (
        (_AIR_RISE * way_k, _AIR_SPREAD) if is_air else (_USUAL_RISE_K, 1.0)
    )
    curves = _weighted(_fitted(points), usual_k, spread)
    best = max((curve.weight for curve in curves), default=0.0)
    times = []
    for curve in curves:
        left_k = way_k - _ANCHORED * curve.offset_k
        if curve.weight < best * _LEAST_WEIGHT or left_k >= curve.height_k:
            continue
        time_s = curve.time_s(left_k / curve.height_k, now_s)
        times.append((time_s, curve.weight))
    total = sum(weight for _, weight in times)
    if not total:
        return None
    return Forecast(sorted((time_s, weight / total) for time_s, weight in times))


def _points(means: Sequence[Mean], sign: float) -> list[Point]:
    """Return means over equal times, counted from the first value."""
    first = means[0]
    step_s = (means[-1].time_s - first.time_s) / _POINTS
    groups: dict[int, list[Mean]] = {}
    for mean in means:
        groups.setdefault(int((mean.time_s - first.time_s) / step_s), []).append(mean)
    return [
        (
            sum(mean.time_s for mean in group) / len(group) - first.time_s,
            sign * (sum(mean.value_c for mean in group) / len(group) - first.value_c),
        )
        for group in groups.values()
    ]


def _fitted(points: Sequence[Point]) -> list[tuple[float, _Curve]]:
    """Return all curves that rise, with their mean square errors."""
    now_s = points[-1][0]
    weights = [exp((time_s - now_s) / (_MEMORY * now_s)) for time_s, _ in points]
    recent = [
        index
        for index, (time_s, _) in enumerate(points)
        if now_s - time_s <= max(300.0, 0.05 * now_s)
    ]
    ratio = (_LONGEST / _SHORTEST) ** (1 / (_CONSTANTS - 1))
    found: list[tuple[float, _Curve]] = []
    for number in range(_CONSTANTS):
        constant_s = _SHORTEST * ratio**number * now_s
        for lag in _LAGS:
            shape = _Curve(constant_s, lag * constant_s)
            parts = [shape.part(time_s) for time_s, _ in points]
            rows = list(zip(weights, parts, points, strict=True))
            height_k = sum(w * part * rise_k for w, part, (_, rise_k) in rows) / sum(
                w * part * part for w, part, _ in rows
            )
            if height_k <= 0.0:
                continue
            errors = [rise_k - height_k * part for _, part, (_, rise_k) in rows]
            squares = sum(w * e * e for w, e in zip(weights, errors, strict=True))
            offset_k = sum(errors[index] for index in recent) / len(recent)
            curve = _Curve(constant_s, lag * constant_s, height_k, offset_k)
            found.append((squares / sum(weights), curve))
    return found


def _weighted(
    found: Sequence[tuple[float, _Curve]], usual_k: float, spread: float
) -> list[_Curve]:
    """Return curves with the weight of their mean square error and their height."""
    least = min((square for square, _ in found), default=0.0)
    variance = max(least, _LEAST_ERROR_K**2)
    return [
        _Curve(
            curve.constant_s,
            curve.lag_s,
            curve.height_k,
            curve.offset_k,
            exp(
                -(square - least) / variance * _INDEPENDENT / 2
                - (log(max(curve.height_k, 1.0) / usual_k) / spread) ** 2 / 2
            ),
        )
        for square, curve in found
    ]

"""When a probe reaches its target, and whether it comes to it at all.

The limits are measured by `script/benchmark probes`; docs/probe_rules.md has the figures.
"""

from collections.abc import Sequence
from typing import Final

from .heating_curve import Forecast, forecast, rise_since
from .model import Approach, TimeToTarget
from .recent import Mean
from .slope import Slope, slope_over, trend

_FEWEST: Final = 5
_SHORTEST_S: Final = 180.0
_LEAST_WAY: Final = 0.05
"""Before, the heat has hardly reached the core: nothing can be said."""
_STANDS_K_PER_MIN: Final = 0.01
_GOES_BACK_K_PER_MIN: Final = -0.05

# Evaporation holds a core in a smoker at about 65 to 75 °C for hours.
_STALL_C: Final = (50.0, 85.0)
_STALL_K_PER_MIN: Final = 0.09
_STALL_S: Final = 2400.0
_STALL_TARGET_C: Final = 78.0
_SLOW_K_PER_MIN: Final = 1.0

_MIDDLE: Final = 0.55
_LOW, _HIGH = 0.12, 0.93
_LEAST_BAND: Final = (0.75, 1.4)
"""No better is it known, however well the curves agree."""
_STALL_BAND: Final = (0.6, 2.0)
"""What a stall adds that goes on, ends, or may come."""
_SMOKE_TARGET_C: Final = (80.0, 88.0)
"""From the second on, it is a smoke that waits through a stall; from the first, maybe."""
_AHEAD_C: Final = (35.0, 60.0)
"""Below the first, all of the stall lies ahead; above the second, it has begun."""
_AHEAD_TIMES: Final = 2.5
"""How many times as long it takes with all of a stall as without."""
_AHEAD_BAND: Final = (0.5, 1.8)
_LEAST_BAND_S: Final = 120.0


def time_to_target(
    means: Sequence[Mean], target_c: float, *, from_below: bool
) -> TimeToTarget:
    """Return the time from the newest value on until the target is reached."""
    slope = trend(means)
    if slope is None:
        return TimeToTarget(approach=Approach.UNKNOWN)
    sign = 1.0 if from_below else -1.0
    rising = rise_since(means, sign)
    now_c = sum(mean.value_c for mean in means[-_FEWEST:]) / _FEWEST
    way_k = sign * (target_c - rising[0].value_c)
    done_k = sign * (now_c - rising[0].value_c)
    approach = _approach(slope, sign, done_k / way_k if way_k > 0 else 1.0)
    is_smoke = from_below and target_c >= _STALL_TARGET_C and _is_slow(slope)
    if is_smoke and _STALL_C[0] <= now_c <= _STALL_C[1] and _stands(means):
        approach = Approach.STALLED
    is_long = rising[-1].time_s - rising[0].time_s >= _SHORTEST_S
    if approach is not Approach.APPROACHING or len(rising) < _FEWEST or not is_long:
        return _without_time(approach, slope)
    found = forecast(rising, target_c, sign)
    if found is None:
        return _without_time(Approach.UNKNOWN, slope)
    remaining_s, low_s, high_s = _band(found)
    if is_smoke and target_c > _SMOKE_TARGET_C[0] and now_c < _AHEAD_C[1]:
        remaining_s *= _stall_ahead(now_c, target_c)
        low_s, high_s = (times * remaining_s for times in _AHEAD_BAND)
    elif is_smoke and now_c <= _STALL_C[1]:
        low_s, high_s = _STALL_BAND[0] * low_s, _STALL_BAND[1] * high_s
    return TimeToTarget(
        approach=Approach.APPROACHING,
        remaining_s=remaining_s,
        low_s=max(min(low_s, remaining_s - _LEAST_BAND_S), 0.0),
        high_s=max(high_s, remaining_s + _LEAST_BAND_S),
        slope_k_per_min=slope.k_per_min,
        window_s=slope.window_s,
    )


def _approach(slope: Slope, sign: float, done: float) -> Approach:
    """Return whether it approaches, by its slope and by the part of the way made."""
    toward_k_per_min = sign * slope.k_per_min
    if done < _LEAST_WAY and toward_k_per_min > _GOES_BACK_K_PER_MIN:
        return Approach.UNKNOWN
    if toward_k_per_min < _STANDS_K_PER_MIN:
        return Approach.RECEDING
    return Approach.APPROACHING


def _is_slow(slope: Slope) -> bool:
    return slope.k_per_min < _SLOW_K_PER_MIN


def _stands(means: Sequence[Mean]) -> bool:
    slope = slope_over(means, _STALL_S)
    if slope is None or slope.window_s < _STALL_S * 0.9:
        return False
    return abs(slope.k_per_min) < _STALL_K_PER_MIN


def _band(found: Forecast) -> tuple[float, float, float]:
    """Return the time, and the ends of its band."""
    remaining_s = found.quantile_s(_MIDDLE)
    low_s = min(found.quantile_s(_LOW), _LEAST_BAND[0] * remaining_s)
    high_s = max(found.quantile_s(_HIGH), _LEAST_BAND[1] * remaining_s)
    return remaining_s, low_s, high_s


def _stall_ahead(now_c: float, target_c: float) -> float:
    """Return how many times as long it takes with the stall that will come."""
    ahead = 1.0 - _share(now_c, _AHEAD_C)
    return 1.0 + ahead * _share(target_c, _SMOKE_TARGET_C) * (_AHEAD_TIMES - 1.0)


def _share(value: float, ends: tuple[float, float]) -> float:
    """Return where between two ends a value is, from 0 to 1."""
    return min(max((value - ends[0]) / (ends[1] - ends[0]), 0.0), 1.0)


def _without_time(approach: Approach, slope: Slope) -> TimeToTarget:
    return TimeToTarget(
        approach=approach,
        slope_k_per_min=slope.k_per_min,
        window_s=slope.window_s,
    )

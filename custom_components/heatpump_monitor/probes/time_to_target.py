"""When a probe reaches its target."""

from collections.abc import Sequence
from typing import Final

from .model import Approach, TimeToTarget
from .recent import Mean
from .slope import rate

_UNKNOWN: Final = TimeToTarget(approach=Approach.UNKNOWN)
_LEAST_K_PER_MIN: Final = 0.02
_LONGEST_S: Final = 24 * 3600.0


def time_to_target(
    means: Sequence[Mean], target_c: float, *, from_below: bool
) -> TimeToTarget:
    """Return the time from the newest value on until the target is reached."""
    slope = rate(means)
    if slope is None:
        return _UNKNOWN
    k_per_min = slope.k_per_s * 60.0
    toward_k_per_min = k_per_min if from_below else -k_per_min
    left_k = target_c - slope.value_c if from_below else slope.value_c - target_c
    if toward_k_per_min < _LEAST_K_PER_MIN:
        return TimeToTarget(
            approach=Approach.RECEDING,
            slope_k_per_min=k_per_min,
            window_s=slope.window_s,
        )
    remaining_s = max(left_k, 0.0) / toward_k_per_min * 60.0
    return TimeToTarget(
        approach=Approach.APPROACHING,
        remaining_s=remaining_s,
        low_s=remaining_s * 0.7,
        high_s=remaining_s * 1.6,
        slope_k_per_min=k_per_min,
        window_s=slope.window_s,
    )

"""How far a ratio of heat over electricity can be off."""

from collections.abc import Mapping
from math import hypot

from .plant import HeatMethod

# Class 1 of EN 62053-21, as the maker of the meter claims.
_METER = 0.01
# By how much the ratio of the time not measured may differ from that of the rest.
_UNCOVERED = 0.3
# By how much each method's heat can be off over a longer time, as a share. Heat
# meter: EN 1434 class 2 as installed. Flow and the unit's counters rest on the
# same sensors: 3 % of flow, and 0.3 K between two of them at a spread of 6 K.
# The rated power that modulation refers to holds at one operating point. Source
# balance rests on a brine flow of years ago and a small ΔT (assumed).
_HEAT: Mapping[HeatMethod, float] = {
    HeatMethod.HEAT_METER: 0.025,
    HeatMethod.COUNTER: 0.06,
    HeatMethod.REPORTED: 0.10,
    HeatMethod.FLOW: 0.06,
    HeatMethod.MODULATION: 0.15,
    HeatMethod.SOURCE_BALANCE: 0.10,
    HeatMethod.ASSUMED_FLOW: 0.20,
}


def relative_uncertainty(
    methods_wh: Mapping[HeatMethod, float], coverage: float, unseen_wh: float = 0.0
) -> float | None:
    """Return by which share of itself a ratio can be off; None without heat.

    The root of the squares of four shares that have nothing to do with each
    other: the electricity meter; the heat, each method with the share of the
    heat that it told; the heat that no method saw; the time for which nothing is
    known. An error that a
    method makes, it makes throughout: there is no mean that would make it
    smaller with time.

    Args:
        methods_wh: The paired heat by the method that told it, in Wh.
        coverage: Paired time over elapsed time, 0..1.
        unseen_wh: Heat of a rod that the method does not see, in Wh.
    """
    heat_wh = sum(abs(part_wh) for part_wh in methods_wh.values())
    if not heat_wh:
        return None
    heat = sum(_HEAT[method] * abs(wh) for method, wh in methods_wh.items()) / heat_wh
    return hypot(_METER, heat, unseen_wh / heat_wh, _UNCOVERED * (1 - coverage))

"""How far a ratio of heat over electricity can be off."""

from collections.abc import Mapping
from math import hypot, sqrt

from ..heat.method_errors import HEAT_ERRORS
from ..plant import HeatMethod

# Class 1 of EN 62053-21, as the maker of the meter claims.
_METER = 0.01
# By how much the ratio of the time not measured may differ from that of the rest.
_UNCOVERED = 0.3
# Heat and electricity of a mode are cut at the same moment, but values that are
# minutes apart still blur its edges; and a mode is the smaller the fewer its runs.
_MODE_EDGES = 0.03
# A counter shows steps of 0.1 kWh: one not seen at the beginning, one at the end.
_COUNTER_STEPS_WH = 200.0
# How much of a method's error moves with weather and season, as a share of it. The
# offset of a ΔT sensor weighs more at 3.5 than at 4.5 K; the generic slopes of a
# capacity leave two fifths of the error of modulation. Of the plants drawn for the
# bands, 79 of 80 seasons are within beside their year, and 96 % of the differences
# of two seasons.
_MOVING = 0.4


def mode_uncertainty(relative: float, heat_wh: float, heat_of_mode_wh: float) -> float:
    """Return by which share of itself the ratio of one mode can be off.

    `relative` is that of the ratio of all modes; `heat_wh` is their paired heat.
    """
    part = abs(heat_of_mode_wh) / max(abs(heat_wh), abs(heat_of_mode_wh), 1.0)
    # A small part has edges with a larger one on either side.
    return hypot(relative, _MODE_EDGES * (2 - part))


def relative_uncertainty(
    methods_wh: Mapping[HeatMethod, float],
    coverage: float,
    unseen_wh: float = 0.0,
    errors: Mapping[HeatMethod, float] = HEAT_ERRORS,
) -> float | None:
    """Return by which share of itself a ratio can be off; None without heat.

    The root of the squares of five shares that have nothing to do with each
    other: the electricity meter; the heat, each method with its share of it; the
    heat that no method saw; the steps of a counter; the time for which nothing is
    known. An error that a method makes, it makes throughout: there is no mean that
    would make it smaller with time.

    Args:
        methods_wh: The paired heat by its method.
        coverage: Paired time over elapsed time, 0..1.
        unseen_wh: Heat of a backup heater that the method does not see.
        errors: By how much each method can be off, as a share.
    """
    heat_wh = sum(abs(part_wh) for part_wh in methods_wh.values())
    if not heat_wh:
        return None
    heat = sum(errors[method] * abs(wh) for method, wh in methods_wh.items()) / heat_wh
    steps_wh = _COUNTER_STEPS_WH if HeatMethod.COUNTER in methods_wh else 0.0
    uncovered = _UNCOVERED * (1 - coverage)
    return hypot(_METER, heat, unseen_wh / heat_wh, steps_wh / heat_wh, uncovered)


def own_uncertainty(
    methods_wh: Mapping[HeatMethod, float],
    coverage: float,
    unseen_wh: float = 0.0,
    errors: Mapping[HeatMethod, float] = HEAT_ERRORS,
) -> float | None:
    """Return the part of `relative_uncertainty` that other periods do not share.

    Two periods with the same meter and the same method are off in the same
    direction, so that their difference is surer than either.
    """
    moving = {method: _MOVING * error for method, error in errors.items()}
    share = relative_uncertainty(methods_wh, coverage, unseen_wh, moving)
    return None if share is None else sqrt(share**2 - _METER**2)

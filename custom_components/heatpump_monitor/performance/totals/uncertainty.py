"""How far a ratio of heat over electricity can be off."""

from collections.abc import Mapping
from math import hypot, sqrt
from typing import Final

from ..plant import HeatMethod, Plant

# Class 1 of EN 62053-21, as the maker of the meter claims.
_METER = 0.01
# By how much the ratio of the time not measured may differ from that of the rest.
_UNCOVERED = 0.3
# Heat and electricity of a mode are cut at the same moment, but values that are
# minutes apart still blur its edges; and a mode is the smaller the fewer its runs.
_MODE_EDGES = 0.03
# A counter shows steps of 0.1 kWh: one not seen at the beginning, one at the end.
_COUNTER_STEPS_WH = 200.0
# By how much each method's heat can be off over a longer time, as a share: so that
# more than 95 % of 200 drawn plants of each kind are within (script/benchmark bands).
# Heat meter: EN 1434 class 2 as installed. Flow and the unit's counters rest on the
# same sensors: 5 % of flow, 0.2 K between two of them at a ΔT of 4 to 5 K.
# Modulation: twice the scatter of units around their rated power, 5 %, and what the
# generic slopes of the capacity leave. Source balance: twice the errors of an old
# brine flow, 5 %, and of a ΔT of 1.5 to 3 K, 0.1 K, and 4 % for values that are sent
# late and in steps.
_METHOD_ERRORS: Mapping[HeatMethod, float] = {
    HeatMethod.HEAT_METER: 0.025,
    HeatMethod.COUNTER: 0.075,
    HeatMethod.REPORTED: 0.10,
    HeatMethod.FLOW: 0.075,
    HeatMethod.MODULATION: 0.11,
    HeatMethod.SOURCE_BALANCE: 0.14,
    HeatMethod.ASSUMED_FLOW: 0.20,
}
# With points of the unit's own data sheet.
_MODULATION_WITH_POINTS = 0.065
# No sensor and no figure of the owner is in both.
COMBINED_METHODS: Final = (HeatMethod.MODULATION, HeatMethod.SOURCE_BALANCE)


def heat_errors(plant: Plant) -> Mapping[HeatMethod, float]:
    """Return by how much each method's heat can be off for a plant, as a share."""
    errors = dict(_METHOD_ERRORS)
    if plant.capacity_points:
        errors[HeatMethod.MODULATION] = _MODULATION_WITH_POINTS
    weight = sum(errors[method] ** -2 for method in COMBINED_METHODS)
    return {**errors, HeatMethod.COMBINED: 1 / sqrt(weight)}


HEAT_ERRORS: Mapping[HeatMethod, float] = heat_errors(Plant())
"""The errors where the owner gave no points of the data sheet."""


def mode_uncertainty(relative: float, heat_wh: float, heat_of_mode_wh: float) -> float:
    """Return by which share of itself the ratio of one mode can be off.

    Args:
        relative: The share by which the ratio of all modes can be off.
        heat_wh: Paired heat of all modes, in Wh.
        heat_of_mode_wh: That of the one, in Wh.
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
        methods_wh: The paired heat by its method, in Wh.
        coverage: Paired time over elapsed time, 0..1.
        unseen_wh: Heat of a backup heater that the method does not see, in Wh.
        errors: By how much each method can be off, as a share.
    """
    heat_wh = sum(abs(part_wh) for part_wh in methods_wh.values())
    if not heat_wh:
        return None
    heat = sum(errors[method] * abs(wh) for method, wh in methods_wh.items()) / heat_wh
    steps_wh = _COUNTER_STEPS_WH if HeatMethod.COUNTER in methods_wh else 0.0
    uncovered = _UNCOVERED * (1 - coverage)
    return hypot(_METER, heat, unseen_wh / heat_wh, steps_wh / heat_wh, uncovered)

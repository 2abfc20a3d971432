"""By how much the heat of each method can be off."""

from collections.abc import Mapping
from math import sqrt
from typing import Final

from ..plant import HeatMethod, Plant

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

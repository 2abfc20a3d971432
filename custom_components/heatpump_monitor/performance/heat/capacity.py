"""Thermal power of a compressor at another operating point than the rated one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from operator import mul

from ..plant import CapacityPoint, SourceKind

# Time constant with which the thermal power rises after a start. Plants lie
# between 5 and 60 s; 25 s leaves at most 6 % in runs of 10 min.
STARTUP_S = 25.0


@dataclass(frozen=True, slots=True)
class CapacityMap:
    """Thermal power relative to the rated one, by source and supply temperature.

    `factor + per_source_k * (source - rated source) + per_supply_k * (supply - 35)`.
    Source of the slopes: six full maps of brine units and 86 sets of EN 14825 data
    (16.2 % rms without, 3.0 % with them), eight maps of air units (25 %, 8.8 %).
    """

    rated_source_c: float
    per_source_k: float
    per_supply_k: float
    factor: float = 1.0

    def share(self, source_c: float | None, supply_c: float | None) -> float:
        """Return the share of the rated power; what is not known counts as rated."""
        share = self.factor
        if source_c is not None:
            share += self.per_source_k * (source_c - self.rated_source_c)
        if supply_c is not None:
            share += self.per_supply_k * (supply_c - _RATED_SUPPLY_C)
        return max(share, _LOWEST_SHARE)


_RATED_SUPPLY_C = 35.0
_LOWEST_SHARE = 0.3
GENERIC: Mapping[SourceKind, CapacityMap] = {
    SourceKind.BRINE: CapacityMap(0.0, 0.028, -0.0042),
    SourceKind.AIR: CapacityMap(2.0, 0.026, -0.0017),
}
RATED_ONLY = CapacityMap(0.0, 0.0, 0.0)
"""For a unit of which it is not known where it takes its heat from."""

# Standard deviations of the prior: the unit's scatter, and that of the slopes.
_PRIOR_SD = (0.05, 0.004, 0.0015)
# Data sheets round, and their points are of new units in a laboratory.
_POINT_SD = 0.01


def fitted(
    generic: CapacityMap, points: Sequence[CapacityPoint], rated_heat_w: float
) -> CapacityMap:
    """Return the map that data-sheet points make of a generic one.

    Least squares with the generic slopes as prior: two to four rounded points
    alone give worse slopes than none.
    """
    prior = (generic.factor, generic.per_source_k, generic.per_supply_k)
    equations = [[0.0] * 4 for _ in prior]
    for place, (value, deviation) in enumerate(zip(prior, _PRIOR_SD, strict=True)):
        equations[place][place] += deviation**-2
        equations[place][-1] += value * deviation**-2
    for point in points:
        row = (
            1.0,
            point.source_c - generic.rated_source_c,
            point.supply_c - _RATED_SUPPLY_C,
        )
        for equation, left in zip(equations, row, strict=True):
            for place, other in enumerate(row):
                equation[place] += left * other * _POINT_SD**-2
            equation[-1] += left * point.heat_w / rated_heat_w * _POINT_SD**-2
    factor, per_source_k, per_supply_k = _solved(equations)
    return CapacityMap(generic.rated_source_c, per_source_k, per_supply_k, factor)


def startup_s(since_start_s: float, until_start_s: float) -> float:
    """Return for how long a run makes its full heat, in s, between two of its moments.

    Both are counted from the start of the run.
    """
    lost_s = STARTUP_S * (
        exp(-since_start_s / STARTUP_S) - exp(-until_start_s / STARTUP_S)
    )
    return until_start_s - since_start_s - lost_s


def _solved(rows: list[list[float]]) -> list[float]:
    """Return the solution of linear equations, whose last column is the right side."""
    for pivot, above in enumerate(rows):
        for lower in range(pivot + 1, len(rows)):
            scale = rows[lower][pivot] / above[pivot]
            pairs = zip(rows[lower], above, strict=True)
            rows[lower] = [each - scale * other for each, other in pairs]
    solution = [0.0] * len(rows)
    for place in reversed(range(len(rows))):
        # What is not solved yet is 0 in the sum.
        known = sum(map(mul, rows[place][:-1], solution, strict=True))
        solution[place] = (rows[place][-1] - known) / rows[place][place]
    return solution

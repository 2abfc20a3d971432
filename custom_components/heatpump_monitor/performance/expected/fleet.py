"""Compares the COP of a year with the COPs of metered heat pumps.

Supply and outside temperature decide most of a COP, so that it is compared with
those of systems with the same lift between the two, both means over the heat, of
the same source and within the same boundary.
"""

from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

from ...readings import Mode
from ..plant import Boundary, MeteredBoundary, SourceKind
from ..segments import Quantity
from ..totals.ledger import Bucket, ModeSums
from ..totals.periods import PeriodSummary
from .fleet_table import PERCENTS, SYSTEMS, TABLE

# Of how much of the heat both temperatures must be known.
_LEAST_KNOWN: Final = 0.9
_MEDIAN: Final = PERCENTS.index(50)


class Unknown(StrEnum):
    """Why there is no percentile."""

    NO_YEAR = "no_year"
    """Less than a year is paired, and the fleet's figures are those of years."""
    NO_SOURCE = "no_source"
    """It is not known where the heat pump takes its heat from."""
    BOUNDARY = "boundary"
    """It changed, or is none of the usual ones."""
    NO_TEMPERATURES = "no_temperatures"
    """Supply or outside temperature are not known for most of the heat."""
    FEW_SYSTEMS = "few_systems"
    """Too few systems are metered like this one."""
    OUT_OF_RANGE = "out_of_range"
    """Too few systems have this lift."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """Where a heat pump stands among others."""

    percentile: float | None = None
    """Share of the systems with a lower COP, in %; 5 is 5 or less, 95 is 95 or more."""
    median_cop: float | None = None
    """Of the systems with the same lift."""
    systems: int | None = None
    """How many systems have about this lift; of all without a percentile."""
    lift_k: float | None = None
    unknown: Unknown | None = None


def standing(
    year: PeriodSummary, source: SourceKind | None, boundary: MeteredBoundary
) -> Standing:
    """Return where a heat pump stands among others like it.

    Args:
        year: The last 365 days.
        source: Where the heat pump takes its heat from.
        boundary: Of the meter now; that of a year in which none is known.
    """
    if year.cop is None or not year.is_full_year:
        return Standing(unknown=Unknown.NO_YEAR)
    if source is None:
        return Standing(unknown=Unknown.NO_SOURCE)
    of_year = year.boundary or boundary
    if len(year.boundaries) > 1 or of_year.extra:
        return Standing(unknown=Unknown.BOUNDARY)
    if (lift_k := _lift_k(year.sums)) is None:
        return Standing(unknown=Unknown.NO_TEMPERATURES)
    return _among(source, of_year.label, lift_k, year.cop)


def _among(
    source: SourceKind, boundary: Boundary, lift_k: float, cop: float
) -> Standing:
    rows = TABLE.get((source, boundary), ())
    if not rows:
        systems = SYSTEMS.get((source, boundary), 0)
        few = Unknown.FEW_SYSTEMS
        return Standing(systems=systems, lift_k=lift_k, unknown=few)
    for (low_k, low_count, low), (high_k, high_count, high) in pairwise(rows):
        if low_k <= lift_k <= high_k:
            share = (lift_k - low_k) / (high_k - low_k)
            cops = [a + share * (b - a) for a, b in zip(low, high, strict=True)]
            return Standing(
                percentile=_percentile(cops, cop),
                median_cop=cops[_MEDIAN],
                systems=low_count if share < 0.5 else high_count,
                lift_k=lift_k,
            )
    return Standing(lift_k=lift_k, unknown=Unknown.OUT_OF_RANGE)


def _percentile(cops: list[float], cop: float) -> float:
    """Return the percentile of a COP, between the first and the last of the table."""
    place = bisect_left(cops, cop)
    if place == 0:
        return float(PERCENTS[0])
    if place == len(cops):
        return float(PERCENTS[-1])
    share = (cop - cops[place - 1]) / (cops[place] - cops[place - 1])
    return PERCENTS[place - 1] + share * (PERCENTS[place] - PERCENTS[place - 1])


def _lift_k(sums: Bucket) -> float | None:
    """Return supply minus outside temperature, both means over the heat."""
    made = ModeSums()
    for mode in (Mode.HEATING, Mode.HOT_WATER):
        made.add(sums.of_mode(mode))
    means_c = []
    for quantity in (Quantity.SUPPLY_C, Quantity.OUTSIDE_C):
        _, known_wh = made.weighted.get(quantity, (0.0, 0.0))
        mean_c = made.mean(quantity)
        if mean_c is None or known_wh < _LEAST_KNOWN * made.heat_wh:
            return None
        means_c.append(mean_c)
    return means_c[0] - means_c[1]

"""Learns which share of Carnot's COP a heat pump reaches, and expects the same again.

The share depends on how cold the source is, on the modulation where the unit shows it
(compressors are worst at both ends of their range) and, of an air unit, on the ice.
These make its logarithm in a regression of daily figures, one for each mode. What the
heat pump should reach on a day is that share of Carnot's COP at the temperatures of
the day, so that a cold week, or another heating curve, is no fault.

Two terms are left out on purpose:

* The lift. It follows the source temperature as long as nobody changes a setting, so
  that its coefficient stands for both. Hot water that is 5 K hotter was then expected
  to have a COP 25 % too high (air unit); with the source temperature alone the index
  is off by 0.2 % before and 2.8 % after the change, for a lowered curve by 1 %.
* The thermal power as load. A sensor that shows 8 % too little heat makes the load
  smaller, too, and the index of an air unit fell by 2.6 % only. Without it the index
  falls by 8 %, whether the heat is less or the electricity more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, hypot, log, sqrt
from typing import Final

import numpy as np

from ..effect.result import Estimate
from ..plant import SourceKind
from ..regression import Array, Fit, fit
from ..student import t_quantile
from .days import OperatingDay

LEAST_DAYS: Final = 30
# Ice grows fastest a little above 0 °C, where the air is damp and the fins are cold.
_MOST_ICE_C: Final = 2.0
_ICE_WITHIN_K: Final = 5.0
# A term of which the others say more than 99.9 % is left out.
_LEAST_NEWS: Final = 0.001
# Another heating curve moved the index of a simulated air unit by 1.0 and 1.5 %.
_MODEL_ERROR: Final = 0.02
_LEVEL: Final = 0.975
# The columns of the source temperature and the modulation.
_SEEN: Final = [1, 2]
# How far a day may lie beyond all that was seen, as a share of what was seen.
_BEYOND: Final = 0.3
# Of a term that does not change at all, rounding remains.
_ROUNDING: Final = 1e-12


@dataclass(frozen=True, kw_only=True, slots=True)
class Performance:
    """What a heat pump reached over some days, beside what was expected."""

    days: int
    days_unlike: int
    """Days left out of all else, as none like them was seen when learning."""
    run_hours: float
    heat_kwh: float
    cop: float
    expected_cop: float
    index: Estimate
    """The COP over the expected one; a healthy heat pump's interval contains 1."""
    share_of_carnot: float


@dataclass(frozen=True, slots=True)
class Learned:
    """What a heat pump usually reaches in one mode."""

    found: Fit
    terms: tuple[int, ...]
    """Which of all possible terms are used."""
    low: Array
    """The lowest source temperature and modulation at which something is expected."""
    high: Array
    source: SourceKind | None
    uses_modulation: bool
    days: int

    def performance(self, days: Sequence[OperatingDay]) -> Performance | None:
        """Return what was reached and expected over days; None if all are unlike."""
        if self.uses_modulation:
            days = [day for day in days if day.modulation is not None]
        if not days:
            return None
        rows = _terms(days, self.source, modulation=self.uses_modulation)
        seen = rows[:, _SEEN]
        is_like = np.all((seen >= self.low) & (seen <= self.high), axis=1)
        like = [day for day, known in zip(days, is_like, strict=True) if known]
        if not like:
            return None
        design = rows[is_like][:, self.terms]
        shares = np.exp(design @ self.found.coefficients)
        heat = np.array([day.heat_kwh for day in like])
        highest = np.array([day.carnot_cop for day in like])
        electricity = np.array([day.electricity_kwh for day in like])
        needed = heat / (shares * highest)
        index = float(needed.sum() / electricity.sum())
        half = self._half_width(design, needed / needed.sum(), like)
        cop = float(heat.sum() / electricity.sum())
        return Performance(
            days=len(like),
            days_unlike=len(days) - len(like),
            run_hours=sum(day.run_hours for day in like),
            heat_kwh=float(heat.sum()),
            cop=cop,
            expected_cop=cop / index,
            index=Estimate(index, index * exp(-half), index * exp(half)),
            share_of_carnot=float((heat / highest).sum() / electricity.sum()),
        )

    def _half_width(
        self, design: Array, weights: Array, days: Sequence[OperatingDay]
    ) -> float:
        """Return half of the interval of a weighted mean of days, of its logarithm.

        What is not known of the coefficients, what the days deviate by, and that other
        settings bring days which the terms do not describe as well.
        """
        mean = weights @ design
        numbers = [day.day.toordinal() for day in days]
        apart = np.abs(np.subtract.outer(numbers, numbers)).astype(float)
        alike = self.found.correlation**apart
        deviation = self.found.variance * float(weights @ alike @ weights)
        variance = float(mean @ self.found.covariance @ mean) + deviation
        quantile = t_quantile(_LEVEL, self.found.degrees_of_freedom)
        return hypot(quantile * sqrt(variance), _MODEL_ERROR)


def learn(days: Sequence[OperatingDay], source: SourceKind | None) -> Learned | None:
    """Return what a heat pump usually reaches; None with fewer than 30 days.

    A fault that grows slowly is learned, too, if it is among the days: give those of
    a time in which all was well, such as the first year.
    """
    modulated = [day for day in days if day.modulation is not None]
    uses_modulation = len(modulated) >= LEAST_DAYS
    if uses_modulation:
        days = modulated
    if len(days) < LEAST_DAYS:
        return None
    rows = _terms(days, source, modulation=uses_modulation)
    terms = _separate(rows)
    logarithms = np.array([log(day.share) for day in days])
    found = fit(rows[:, terms], logarithms, [day.day.toordinal() for day in days])
    if found is None:
        return None
    seen = rows[:, _SEEN]
    low, high = seen.min(axis=0), seen.max(axis=0)
    beyond = _BEYOND * (high - low)
    return Learned(
        found=found,
        terms=terms,
        low=low - beyond,
        high=high + beyond,
        source=source,
        uses_modulation=uses_modulation,
        days=len(days),
    )


def _terms(
    days: Sequence[OperatingDay], source: SourceKind | None, *, modulation: bool
) -> Array:
    """Return a row for each day: 1, source, modulation, both squared, ice."""
    source_c = np.array([day.source_c for day in days])
    load = np.zeros(len(days))
    if modulation:
        load = np.array([day.modulation for day in days], dtype=float)
    ice = np.clip(1 - np.abs(source_c - _MOST_ICE_C) / _ICE_WITHIN_K, 0.0, None)
    if source is SourceKind.BRINE:
        ice = np.zeros(len(days))
    ones = np.ones(len(days))
    return np.column_stack([ones, source_c, load, source_c**2, load**2, ice])


def _separate(rows: Array) -> tuple[int, ...]:
    """Return the columns that say something that those before do not say."""
    kept = [0]
    for column in range(1, rows.shape[1]):
        values = rows[:, column]
        around = values - values.mean()
        known = rows[:, kept]
        news = values - known @ np.linalg.lstsq(known, values)[0]
        scale = float(np.sum(values**2)) * _ROUNDING
        if news @ news > max(_LEAST_NEWS * (around @ around), scale):
            kept.append(column)
    return tuple(kept)

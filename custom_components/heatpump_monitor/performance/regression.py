"""Regression of daily figures that deviate alike on days in a row.

A day's deviation from the line is correlated with that of the day before, as
weather and habits last. Ordinary least squares takes such days for independent, and
its intervals are far too narrow. Here:

* The deviations of two days that are ``k`` days apart have the correlation
  ``rho ** k`` (autoregressive of order 1; Jones 1980 for days that are missing).
  Each row minus ``rho ** k`` times the row before is then independent of it
  (Prais and Winsten 1954), and least squares of these rows are the generalised
  ones of the days.
* ``rho`` maximises the restricted likelihood (Patterson and Thompson 1971). The
  plain one, and the correlation of the residuals, are too small for few days.
* The quantile is that of Student's t for as many independent days as the correlated
  ones are worth, ``n * (1 - rho) / (1 + rho)`` (Bayley and Hammersley 1946),
  minus the coefficients.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import inf, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .student import LEVEL, t_quantile

Array = NDArray[np.float64]

# Days in a row do not deviate in opposite directions for a reason.
_COARSE: Final = (*(number / 10 for number in range(10)), 0.99)
_FINE_STEPS: Final = range(-9, 10)
# With 2 the quantile is 4.3 already, of a standard error that is large, too.
_FEWEST_DEGREES: Final = 2.0
# Days without any deviation have a logarithm, too.
_LEAST_SQUARES: Final = 1e-24


@dataclass(frozen=True, kw_only=True, slots=True)
class Fit:
    """Coefficients of a regression, for a correlation of days in a row."""

    coefficients: Array
    covariance: Array
    correlation: float
    variance: float
    """Of a day's deviation."""
    degrees_of_freedom: float
    log_likelihood: float
    """The restricted one, but for a constant."""
    level: float = LEVEL
    """Of the intervals."""

    def value(self, weights: Sequence[float]) -> float:
        """Return a weighted sum of the first coefficients."""
        return float(np.dot(weights, self.coefficients[: len(weights)]))

    def half_width(self, weights: Sequence[float]) -> float:
        """Return half of the interval of a weighted sum."""
        return _half_width(
            weights, self.covariance, self.degrees_of_freedom, self.level
        )


def fit(
    design: Array,
    values: Array,
    days: Sequence[int],
    weights: Array | None = None,
    level: float = LEVEL,
) -> Fit | None:
    """Return the regression at the correlation that the data make most likely.

    Args:
        design: A row for each day, a column for each coefficient.
        values: What is explained.
        days: Number of each day, rising.
        weights: What a day counts for: its variance is 1 over that.
        level: Of the intervals.

    Returns:
        The regression; None if the days are too few to tell the columns apart.
    """
    size, terms = design.shape
    if size <= terms or np.linalg.matrix_rank(design) < terms:
        return None
    if weights is not None:
        scale = np.sqrt(weights / weights.mean())
        design, values = design * scale[:, None], values * scale

    def best(correlations: Iterable[float]) -> Fit:
        fits = (fit_at(each, design, values, days) for each in correlations)
        return max(fits, key=lambda each: each.log_likelihood)

    near = best(_COARSE).correlation
    fine = {min(max(near + step / 100, 0.0), _COARSE[-1]) for step in _FINE_STEPS}
    return replace(best(sorted(fine)), level=level)


def fit_at(
    correlation: float, design: Array, values: Array, days: Sequence[int]
) -> Fit:
    """Return the generalised least squares at a given correlation of days in a row."""
    size, terms = design.shape
    rows = _independent(np.column_stack([design, values]), correlation, days)
    triangle = np.linalg.qr(rows).R
    inverse = np.linalg.inv(triangle[:terms, :terms])
    squares = max(float(triangle[terms, terms] ** 2), _LEAST_SQUARES)
    variance = squares / (size - terms)
    determinants = (
        np.log(_new_shares(correlation, days)).sum()
        + np.log(np.abs(triangle.diagonal()[:terms])).sum()
    )
    return Fit(
        coefficients=inverse @ triangle[:terms, terms],
        covariance=inverse @ inverse.T * variance,
        correlation=correlation,
        variance=variance,
        degrees_of_freedom=_degrees_of_freedom(correlation, size, terms),
        log_likelihood=float(-determinants - 0.5 * (size - terms) * np.log(squares)),
    )


def expected_half_width(
    found: Fit, design: Array, days: Sequence[int], weights: Sequence[float]
) -> float:
    """Return half of the interval that days would give which deviate as others did."""
    size, terms = design.shape
    if np.linalg.matrix_rank(design) < terms:
        return inf
    rows = _independent(design, found.correlation, days)
    inverse = np.linalg.inv(np.linalg.qr(rows).R)
    degrees = _degrees_of_freedom(found.correlation, size, terms)
    covariance = inverse @ inverse.T * found.variance
    return _half_width(weights, covariance, degrees, found.level)


def _independent(rows: Array, correlation: float, days: Sequence[int]) -> Array:
    """Return each row minus what follows from the row before, scaled to variance 1."""
    kept = correlation ** np.diff(days).astype(float)
    new = _new_shares(correlation, days)
    changed = (rows[1:] - kept[:, None] * rows[:-1]) / new[:, None]
    return np.vstack([rows[:1], changed])


def _new_shares(correlation: float, days: Sequence[int]) -> Array:
    """Return the standard deviation of what is new on each day but the first."""
    return np.sqrt(1.0 - correlation ** (2.0 * np.diff(days)))


def _degrees_of_freedom(correlation: float, size: int, terms: int) -> float:
    independent = size * (1.0 - correlation) / (1.0 + correlation)
    return max(independent - terms, _FEWEST_DEGREES)


def _half_width(
    weights: Sequence[float], covariance: Array, degrees: float, level: float
) -> float:
    first = covariance[: len(weights), : len(weights)]
    variance = float(np.dot(np.dot(weights, first), weights))
    return t_quantile((1 + level) / 2, degrees) * sqrt(max(variance, 0.0))

"""The regression is that of statsmodels, and finds the correlation of the noise."""

from itertools import pairwise
from math import inf, log

import numpy as np
import pytest
from statsmodels.regression.linear_model import GLS

from custom_components.heatpump_monitor.performance.regression import (
    Array,
    Fit,
    expected_half_width,
    fit,
    fit_at,
)

CHANGE = (-1.0, 1.0)


def _days(seed: int, size: int = 90) -> list[int]:
    """Return numbers of days, with gaps of a day to three weeks."""
    random = np.random.default_rng(seed)
    gaps = random.choice([1, 2, 3, 21], p=[0.8, 0.1, 0.08, 0.02], size=size)
    return [int(day) for day in np.cumsum(gaps)]


def _design(seed: int, size: int) -> Array:
    """Return two sides of a change, a temperature and its square."""
    random = np.random.default_rng(seed)
    is_after = np.arange(size) >= size * 2 // 3
    temperature = random.normal(0, 5, size)
    return np.column_stack([~is_after, is_after, temperature, temperature**2 / 10])


def _noise(seed: int, days: list[int], correlation: float) -> Array:
    """Return numbers with variance 1 whose correlation falls with the gap."""
    random = np.random.default_rng(seed)
    values = [random.normal()]
    for before, day in pairwise(days):
        kept = correlation ** (day - before)
        values.append(kept * values[-1] + random.normal() * (1 - kept**2) ** 0.5)
    return np.array(values)


def _covariances(days: list[int], correlation: float) -> Array:
    """Return the full matrix of the correlations of all pairs of days."""
    return correlation ** np.abs(np.subtract.outer(days, days)).astype(float)


@pytest.mark.parametrize("correlation", [0.0, 0.3, 0.6, 0.8, 0.97])
def test_same_as_statsmodels(correlation: float) -> None:
    """Coefficients and errors are those with the full covariance, also with gaps."""
    for seed in range(5):
        days = _days(seed)
        design = _design(seed, len(days))
        values = design @ [1.0, 1.1, 0.02, 0.01] + 0.03 * _noise(seed, days, 0.6)
        ours = fit_at(correlation, design, values, days)
        theirs = GLS(values, design, sigma=_covariances(days, correlation)).fit()
        assert ours.coefficients == pytest.approx(theirs.params, rel=1e-6)
        errors = np.sqrt(ours.covariance.diagonal())
        assert errors == pytest.approx(theirs.bse, rel=1e-6)
        assert ours.variance == pytest.approx(theirs.scale, rel=1e-6)


def test_weights_same_as_statsmodels() -> None:
    """A weight divides the variance of a day and leaves its correlations."""
    days = _days(1)
    design, size = _design(1, len(days)), len(days)
    weights = np.random.default_rng(1).uniform(0.2, 5, size)
    values = design @ [1.0, 1.1, 0.02, 0.01] + 0.03 * _noise(1, days, 0.6)
    ours = _found(fit(design, values, days, weights))
    scale = np.sqrt(weights.mean() / weights)
    covariances = _covariances(days, ours.correlation) * np.outer(scale, scale)
    theirs = GLS(values, design, sigma=covariances).fit()
    assert ours.coefficients == pytest.approx(theirs.params, rel=1e-6)
    assert np.sqrt(ours.covariance.diagonal()) == pytest.approx(theirs.bse, rel=1e-6)


def test_restricted_likelihood() -> None:
    """The correlation chosen has the largest restricted likelihood, by its formula."""
    days = _days(2)
    design = _design(2, len(days))
    values = design @ [1.0, 1.0, 0.02, 0.01] + 0.03 * _noise(2, days, 0.6)

    def likelihood(correlation: float) -> float:
        inverse = np.linalg.inv(_covariances(days, correlation))
        information = design.T @ inverse @ design
        rest = values - design @ np.linalg.solve(
            information, design.T @ inverse @ values
        )
        logs = [np.linalg.slogdet(each)[1] for each in (inverse, information)]
        squares = float(rest @ inverse @ rest)
        free = len(days) - design.shape[1]
        return 0.5 * (float(logs[0] - logs[1]) - free * log(squares))

    grid = [number / 100 for number in range(100)]
    for correlation in grid[::20]:
        found = fit_at(correlation, design, values, days).log_likelihood
        assert found == pytest.approx(likelihood(correlation), rel=1e-9)
    found_correlation = _found(fit(design, values, days)).correlation
    assert found_correlation == pytest.approx(max(grid, key=likelihood))


@pytest.mark.parametrize("correlation", [0.6, 0.8])
def test_correlation_is_not_too_small(correlation: float) -> None:
    """The correlation found is the true one on average, also from 90 days."""
    days = list(range(90))
    design = _design(3, len(days))
    found = [
        _found(fit(design, _noise(seed, days, correlation), days)).correlation
        for seed in range(40)
    ]
    # The standard error of the mean is 0.015; the residuals' own is 0.07 too small.
    assert np.mean(found) == pytest.approx(correlation, abs=0.045)


def test_expected_width_is_that_of_such_days() -> None:
    """A forecast for the days that there are is the interval they have."""
    days = _days(4)
    design = _design(4, len(days))
    found = _found(fit(design, 0.03 * _noise(4, days, 0.6), days))
    width = expected_half_width(found, design, days, CHANGE)
    assert width == pytest.approx(found.half_width(CHANGE), rel=1e-9)
    assert expected_half_width(found, design[:60], days[:60], CHANGE) == inf


def test_too_few_days() -> None:
    """Columns that cannot be told apart have no coefficients."""
    design = _design(5, 90)
    assert fit(design[:4], np.zeros(4), range(4)) is None
    assert fit(design[:50], np.zeros(50), range(50)) is None


def _found(found: Fit | None) -> Fit:
    assert found is not None
    return found

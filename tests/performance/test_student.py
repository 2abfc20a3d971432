"""The quantiles of Student's t distribution are those of scipy."""

import pytest
from scipy.stats import t

from custom_components.heatpump_monitor.performance.student import t_quantile


@pytest.mark.parametrize(
    ("degrees_of_freedom", "error"),
    [(2, 0.01), (3, 2e-3), (5, 2e-4), (11.3, 1e-5), (60, 1e-7), (1e6, 1e-9)],
)
def test_like_scipy(degrees_of_freedom: float, error: float) -> None:
    """The expansion is the better the more degrees of freedom there are."""
    for probability, times in ((0.9, 1), (0.975, 1), (0.995, 5)):
        assert t_quantile(probability, degrees_of_freedom) == pytest.approx(
            t.ppf(probability, degrees_of_freedom), rel=times * error
        )

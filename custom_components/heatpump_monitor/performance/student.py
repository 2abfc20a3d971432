"""Quantiles of Student's t distribution, without scipy."""

from statistics import NormalDist
from typing import Final

LEVEL: Final = 0.95
"""In which share of the cases an interval contains the truth."""


def t_quantile(probability: float, degrees_of_freedom: float) -> float:
    """Return a quantile, to 0.2 % from 3 degrees of freedom on and 1 % from 2.

    At a probability of 0.995 to 0.8 % from 3 on and 4 % from 2.

    The expansion by powers of 1 / degrees of freedom around the normal
    distribution. Source: Abramowitz and Stegun, 26.7.5.
    """
    x = NormalDist().inv_cdf(probability)
    terms = (
        x,
        (x**3 + x) / 4,
        (5 * x**5 + 16 * x**3 + 3 * x) / 96,
        (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384,
        (79 * x**9 + 776 * x**7 + 1482 * x**5 - 1920 * x**3 - 945 * x) / 92_160,
    )
    return sum(term / degrees_of_freedom**power for power, term in enumerate(terms))

"""Fits what a house loses: watts per kelvin, and above which temperature none.

Mean heating power over mean outside temperature, for days that are heated
throughout: those colder than the balance temperature, from which up sun and people
heat the house. Defrosts are subtracted, hot water is left out. The deviations of two
days in a row are correlated, see `regression`; the error of the heat method is added.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import hypot
from statistics import linear_regression
from typing import Final

from ...readings import Mode
from ..effect.days import COMPLETE, day_seconds
from ..effect.result import Estimate
from ..heat.method_errors import HEAT_ERRORS
from ..plant import HeatMethod
from ..totals.ledger import Ledger

LEAST_DAYS: Final = 20
# Over less, the scatter of the days hides the slope.
_LEAST_RANGE_K: Final = 5.0
# Below this share of the coldest days' power, a day is not heated throughout.
_LEAST_SHARE: Final = 0.08
_BELOW_BALANCE_K: Final = 1.0
_ROUNDS: Final = 3
_LOWEST_BASE_C: Final = 10
_HIGHEST_BASE_C: Final = 20
# So near to the base, a day's ratio is that of its sun.
_LEAST_DEGREES: Final = 0.5


@dataclass(frozen=True, slots=True)
class HeatedDay:
    """The heating of a day that was measured nearly completely."""

    day: date
    outside_c: float
    power_kw: float


@dataclass(frozen=True, kw_only=True, slots=True)
class HeatLoss:
    """The heat loss of a house, with 95 % intervals."""

    w_per_k: Estimate
    balance_c: Estimate
    kwh_per_degree_day: Estimate
    base_c: float
    """From here down the degree days count: the balance temperature, 10 to 20 °C."""
    scatter_w_per_k: float
    """Half of the interval without the method's error, to compare two seasons."""
    days: int
    first: date
    last: date


def heat_loss(
    ledger: Ledger,
    first: date,
    last: date,
    errors: Mapping[HeatMethod, float] = HEAT_ERRORS,
) -> HeatLoss | None:
    """Return the heat loss over days, both ends included; call it in a thread.

    None with fewer than 20 heated days, days that are about as cold, or an interval
    that contains no loss at all.
    """
    # numpy takes 26 MB: it is not loaded before a figure needs it.
    import numpy as np

    from ..regression import fit

    complete = heated_days(ledger, first, last)
    days = _heated_throughout(complete)
    if days is None:
        return None
    outside_c = np.array([day.outside_c for day in days])
    mean_c = float(outside_c.mean())
    design = np.column_stack([np.ones(len(days)), outside_c - mean_c])
    numbers = [day.day.toordinal() for day in days]
    power_kw = np.array([day.power_kw for day in days])
    if (line := fit(design, power_kw, numbers)) is None:
        return None
    mean_kw, slope = line.value((1.0, 0.0)), line.value((0.0, 1.0))
    scatter_w = 1000 * line.half_width((0.0, 1.0))
    if -1000 * slope <= scatter_w:
        return None
    balance_c = mean_c - mean_kw / slope
    off_k = line.half_width((-1 / slope, mean_kw / slope**2))
    base_c = float(min(max(round(balance_c), _LOWEST_BASE_C), _HIGHEST_BASE_C))
    degrees = base_c - outside_c
    is_cold = degrees >= _LEAST_DEGREES
    cold = [number for number, known in zip(numbers, is_cold, strict=True) if known]
    columns, heat_kwh = degrees[is_cold][:, None], 24 * power_kw[is_cold]
    # With these weights it is the sum of the heat over that of the degree days.
    ratio = fit(columns, heat_kwh, cold, 1 / degrees[is_cold])
    if ratio is None:
        return None
    error = _method_error(ledger, first, last, errors)
    return HeatLoss(
        w_per_k=_estimate(-1000 * slope, scatter_w, error),
        balance_c=_estimate(balance_c, off_k),
        kwh_per_degree_day=_estimate(
            ratio.value((1.0,)), ratio.half_width((1.0,)), error
        ),
        base_c=base_c,
        scatter_w_per_k=scatter_w,
        days=len(days),
        first=days[0].day,
        last=days[-1].day,
    )


def heated_days(ledger: Ledger, first: date, last: date) -> list[HeatedDay]:
    """Return the days of which nearly all is known, heated or not."""
    found = []
    for day, bucket in ledger.days_between(first, last):
        known_s = min(bucket.paired_s, bucket.outside_s)
        outside_c = bucket.outside_c
        if outside_c is None or known_s < COMPLETE * day_seconds(ledger.calendar, day):
            continue
        modes = Mode.HEATING, Mode.DEFROST
        heat_wh = sum(bucket.of_mode(mode).heat_wh for mode in modes)
        found.append(HeatedDay(day, outside_c, heat_wh / bucket.paired_s * 3.6))
    return found


def _heated_throughout(days: Sequence[HeatedDay]) -> list[HeatedDay] | None:
    """Return the days below the balance temperature; None if they make no line."""
    most_kw = max((day.power_kw for day in days), default=0.0)
    chosen = [day for day in days if day.power_kw > _LEAST_SHARE * most_kw]
    for _ in range(_ROUNDS):
        outside_c = [day.outside_c for day in chosen]
        if len(chosen) < LEAST_DAYS or max(outside_c) - min(outside_c) < _LEAST_RANGE_K:
            return None
        slope, power_kw = linear_regression(outside_c, [day.power_kw for day in chosen])
        if slope >= 0:
            return None
        limit_c = -power_kw / slope - _BELOW_BALANCE_K
        below = [day for day in days if day.outside_c < limit_c]
        if below == chosen:
            break
        chosen = below
    cold = [day.outside_c for day in chosen]
    is_enough = len(cold) >= LEAST_DAYS and max(cold) - min(cold) >= _LEAST_RANGE_K
    return chosen if is_enough else None


def _method_error(
    ledger: Ledger, first: date, last: date, errors: Mapping[HeatMethod, float]
) -> float:
    sizes_wh = Counter[HeatMethod]()
    for _, bucket in ledger.days_between(first, last):
        for method, heat_wh in bucket.methods_wh.items():
            sizes_wh[method] += int(abs(heat_wh))
    weighted = sum(errors[method] * size for method, size in sizes_wh.items())
    return weighted / max(sizes_wh.total(), 1)


def _estimate(value: float, half: float, share: float = 0.0) -> Estimate:
    half = hypot(half, share * value)
    return Estimate(value, value - half, value + half)

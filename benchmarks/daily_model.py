"""A fast model of a household's days: weather, heat demand, heating curve and COP.

A day is a few formulas instead of 8640 steps, so that hundreds of winters take
seconds. What the COP of a day deviates by follows that of the day before.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from math import cos, exp, log, pi, sqrt
from random import Random
from statistics import fmean

from custom_components.heatpump_monitor.performance.plant import HeatMethod
from custom_components.heatpump_monitor.performance.segments import Quantity
from custom_components.heatpump_monitor.performance.totals.calendar import Calendar
from custom_components.heatpump_monitor.performance.totals.ledger import (
    Bucket,
    Ledger,
    ModeSums,
)
from custom_components.heatpump_monitor.readings import Mode
from custom_components.heatpump_monitor.time_units import DAY, DAY_S

CHANGE_DAY = date(2026, 1, 15)
_KELVIN = 273.15


@dataclass(frozen=True, kw_only=True, slots=True)
class House:
    """What does not change from day to day."""

    slope: float = 1.0
    """Of the heating curve before the change."""
    slope_after: float = 1.0
    loss_kwh_per_k: float = 4.0
    """Heat per day and kelvin below 17 °C."""
    less_heat: float = 0.0
    """Share of the heat that the change saves."""
    correlation: float = 0.6
    """Of what the COP deviates by on two days in a row."""
    scatter: float = 0.03
    """Standard deviation of the logarithm of the COP."""
    off_curve_k: float = 0.0
    """Standard deviation of the supply temperature from the heating curve."""
    wave: float = 0.02
    """By how much the season moves COP and heat, up in spring and down in autumn."""


@dataclass(frozen=True, slots=True)
class Winter:
    """The days of a household, and what the change truly did."""

    ledger: Ledger
    today: date
    outside_c: dict[date, float] = field(repr=False)
    house: House

    @property
    def change_time(self) -> datetime:
        """Return the moment of the change."""
        return datetime.combine(CHANGE_DAY, time(12), UTC)

    def true_ratio(self, low_c: float, high_c: float) -> float:
        """Return COP after over before, for the days with these temperatures."""
        house = self.house
        return exp(
            fmean(
                log(_cop(each, house.slope_after) / _cop(each, house.slope))
                for each in self.outside_c.values()
                if low_c <= each <= high_c
            )
        )


def lived(house: House, seed: int, *, before: int = 120, after: int = 60) -> Winter:
    """Return a winter with some days before a change, its day, and days after it."""
    random = Random(seed)
    days = [CHANGE_DAY + number * DAY for number in range(-before, after + 2)]
    fronts_k = _correlated(random, len(days), 0.8)
    deviations = _correlated(random, len(days), house.correlation)
    curve_k = _correlated(random, len(days), 0.5)
    ledger, outside_c = Ledger(Calendar(UTC)), dict[date, float]()
    for day, front, deviation, off_curve in zip(
        days, fronts_k, deviations, curve_k, strict=True
    ):
        is_after = day >= CHANGE_DAY
        outside = _seasonal_c(day) + 3.5 * front
        wave = house.wave * _wave(day, peak_day=110)
        slope = house.slope_after if is_after else house.slope
        supply_c = _supply_c(outside, slope) + house.off_curve_k * off_curve
        cop = _cop_at(outside, supply_c) * exp(wave + house.scatter * deviation)
        heat_kwh = house.loss_kwh_per_k * max(17 - outside, 0.0) * exp(-2 * wave)
        heat_kwh *= 1 - house.less_heat * is_after
        heat_kwh *= exp(random.gauss(0.0, 0.05))
        outside_c[day] = outside
        ledger.days[day] = bucket_of(
            outside, heat_kwh / cop, heat_kwh, supply_c=supply_c
        )
    return Winter(ledger, days[-1] + DAY, outside_c, house)


def bucket_of(
    outside_c: float,
    electricity_kwh: float,
    heat_kwh: float,
    *,
    mode: Mode = Mode.HEATING,
    supply_c: float | None = None,
    source_in_c: float | None = None,
    seconds: float = DAY_S,
    method: HeatMethod = HeatMethod.COUNTER,
) -> Bucket:
    """Return a day of which all was measured, in one mode."""
    known = {Quantity.SUPPLY_C: supply_c, Quantity.SOURCE_IN_C: source_in_c}
    means = {each: value for each, value in known.items() if value is not None}
    electricity_wh, heat_wh = 1000 * electricity_kwh, 1000 * heat_kwh
    return Bucket(
        electricity_wh=electricity_wh,
        metered_s=seconds,
        paired_electricity_wh=electricity_wh,
        heat_wh=heat_wh,
        paired_s=seconds,
        outside_c_s=outside_c * seconds,
        outside_s=seconds,
        modes={mode: ModeSums.of(electricity_wh, heat_wh, seconds, means)},
        methods_wh={method: heat_wh},
    )


def _supply_c(outside_c: float, slope: float) -> float:
    return 25 + slope * (20 - outside_c)


def _cop(outside_c: float, slope: float) -> float:
    return _cop_at(outside_c, _supply_c(outside_c, slope))


def _cop_at(outside_c: float, supply_c: float) -> float:
    """Return half of Carnot's COP, less what ice takes a little above 0 °C."""
    ice = max(1 - abs(outside_c - 2) / 5, 0.0)
    condensing_k = supply_c + 2 + _KELVIN
    lift_k = supply_c + 2 - (outside_c - 6)
    return 0.5 * condensing_k / lift_k * (1 - 0.06 * ice)


def _seasonal_c(day: date) -> float:
    return 8 + 8 * _wave(day, peak_day=200)


def _wave(day: date, peak_day: int) -> float:
    return cos(2 * pi * (day - date(day.year, 1, 1) - timedelta(peak_day)).days / 365)


def _correlated(random: Random, size: int, correlation: float) -> list[float]:
    """Return numbers with variance 1, each correlated with the one before."""
    values = [random.gauss(0.0, 1.0)]
    new = sqrt(1 - correlation**2)
    while len(values) < size:
        values.append(correlation * values[-1] + new * random.gauss(0.0, 1.0))
    return values

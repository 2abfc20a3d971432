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
_SATURDAY = 5
_USUAL_KWH = 10.0


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
    wave_peak_day: int = 110
    wave_of_heat: float = -2.0
    """How much the season moves the heat, as a multiple of what it does to the COP."""
    carnot_share: float = 0.5
    ice: float = 0.06
    """Share of the COP that ice takes at 2 °C outside."""
    cop_per_k: float = 0.0
    """By how much the COP rises more than Carnot's with the outside temperature."""
    supply_at_20_c: float = 25.0
    """Supply temperature by the heating curve at 20 °C outside."""
    small_days: float = 0.0
    """The scatter of a day goes with its electricity to the power of minus this."""
    heat_scatter: float = 0.05
    """Standard deviation of the logarithm of the heat."""
    hot_water: HotWater | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class HotWater:
    """The hot water of a house; its tank is disinfected on Saturdays."""

    heat_kwh: float
    """A day."""
    heat_scatter: float
    cop_at_0_c: float
    cop_per_k: float
    """Relative change of the COP per kelvin of outside temperature."""
    disinfection: float
    """Change of the logarithm of the COP on a Saturday."""
    scatter: float
    """Standard deviation of the logarithm of the COP."""
    correlation: float
    effect: float = 0.0
    """Change of the logarithm of the COP by the change."""


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
        """Return COP of heating after over before, for days with these temperatures."""
        house = self.house
        return exp(
            fmean(
                log(
                    cop_of_heating(each, house.slope_after, house)
                    / cop_of_heating(each, house.slope, house)
                )
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
    taps = Random(f"hot water {seed}")
    hot = house.hot_water
    hot_deviations = _correlated(taps, len(days), hot.correlation if hot else 0.0)
    ledger, outside_c = Ledger(Calendar(UTC)), dict[date, float]()
    for day, front, deviation, off_curve, hot_deviation in zip(
        days, fronts_k, deviations, curve_k, hot_deviations, strict=True
    ):
        is_after = day >= CHANGE_DAY
        outside = _seasonal_c(day) + 3.5 * front
        wave = house.wave * _wave(day, peak_day=house.wave_peak_day)
        slope = house.slope_after if is_after else house.slope
        supply_c = _supply_c(outside, slope, house) + house.off_curve_k * off_curve
        cop = _cop_at(outside, supply_c, house)
        heat_kwh = house.loss_kwh_per_k * max(17 - outside, 0.0)
        scatter = house.scatter * _smallness(heat_kwh / cop) ** house.small_days
        cop *= exp(wave + scatter * deviation)
        heat_kwh *= exp(house.wave_of_heat * wave)
        heat_kwh *= 1 - house.less_heat * is_after
        heat_kwh *= exp(random.gauss(0.0, house.heat_scatter))
        outside_c[day] = outside
        bucket = bucket_of(outside, heat_kwh / cop, heat_kwh, supply_c=supply_c)
        if hot is not None:
            shift = hot.cop_per_k * outside + hot.scatter * hot_deviation
            shift += hot.disinfection * (day.weekday() == _SATURDAY)
            shift += hot.effect * is_after
            hot_kwh = hot.heat_kwh * exp(taps.gauss(0.0, hot.heat_scatter))
            add_hot_water(bucket, hot_kwh / hot.cop_at_0_c / exp(shift), hot_kwh)
        ledger.days[day] = bucket
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


def add_hot_water(bucket: Bucket, electricity_kwh: float, heat_kwh: float) -> None:
    """Add the hot water of a day to its heating."""
    electricity_wh, heat_wh = 1000 * electricity_kwh, 1000 * heat_kwh
    bucket.modes[Mode.HOT_WATER] = ModeSums.of(electricity_wh, heat_wh, 3600.0, {})
    bucket.electricity_wh += electricity_wh
    bucket.paired_electricity_wh += electricity_wh
    bucket.heat_wh += heat_wh


def _smallness(electricity_kwh: float) -> float:
    """Return how much less a day is than a usual one, within limits."""
    return min(max(_USUAL_KWH / max(electricity_kwh, 0.1), 0.5), 10.0)


def _supply_c(outside_c: float, slope: float, house: House) -> float:
    return house.supply_at_20_c + slope * (20 - outside_c)


def cop_of_heating(outside_c: float, slope: float, house: House) -> float:
    """Return the COP by the heating curve with a slope, without noise."""
    return _cop_at(outside_c, _supply_c(outside_c, slope, house), house)


def _cop_at(outside_c: float, supply_c: float, house: House) -> float:
    """Return a share of Carnot's COP, less what ice takes a little above 0 °C."""
    ice = max(1 - abs(outside_c - 2) / 5, 0.0)
    condensing_k = supply_c + 2 + _KELVIN
    lift_k = supply_c + 2 - (outside_c - 6)
    share = house.carnot_share * exp(house.cop_per_k * outside_c)
    return share * condensing_k / lift_k * (1 - house.ice * ice)


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

"""The daily model's parameters, and how far it agrees with full simulation.

They are fitted to five simulated years of the air unit (`years.py`), as the engine has
counted them:

* supply temperature: a straight line through the heating days;
* COP: the share of Carnot, ice and the season by least squares of its logarithm;
* scatter and correlation: those with which the regression of the effect finds the same
  in drawn winters as in simulated ones, 120 days before and 60 after a day on which
  nothing was changed;
* the effects: those of a year lived once more with the changes from its beginning.

`script/benchmark changes --fit` prints them anew.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from math import atan2, cos, exp, hypot, log, pi
from statistics import fmean, median, stdev

import numpy as np

from benchmarks.daily_model import (
    CHANGE_DAY,
    HotWater,
    House,
    add_hot_water,
    bucket_of,
    cop_of_heating,
    lived,
)
from custom_components.heatpump_monitor.performance.effect.comparison import (
    design_of,
    fit_cop,
)
from custom_components.heatpump_monitor.performance.effect.days import (
    ComparedDay,
    select_days,
)
from custom_components.heatpump_monitor.performance.effect.result import (
    ChangeMoment,
    Touched,
)
from custom_components.heatpump_monitor.performance.plant import SourceKind
from custom_components.heatpump_monitor.performance.totals.calendar import Calendar
from custom_components.heatpump_monitor.performance.totals.ledger import Ledger
from custom_components.heatpump_monitor.time_units import DAY

from .years import SimulatedDay

BEFORE, AFTER = 120, 60
MODEL_SEEDS = range(200)
_BANDS_C = ((-8, -3), (-3, 2), (2, 7), (7, 12))
_LEAST_KWH = 0.5
_CHANGE = (-1.0, 1.0)
_COLD_C = 12.0
_SATURDAY = 5
_ROUNDS = 4
_MODES = (Touched.HEATING, Touched.HOT_WATER)


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """What the regression of the effect finds in a winter without a change."""

    correlation: float
    scatter: float
    """Of the logarithm of a usual day's COP."""
    half_width: float
    """Of the logarithm of the ratio."""
    cops: tuple[float | None, ...]
    """Mean COP by outside temperature; None without days as cold."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement:
    """One figure of both."""

    name: str
    simulated: Sequence[float]
    """Of each simulated year."""
    modelled: Sequence[float]
    """Of each drawn winter."""
    relative: bool
    tolerance: float

    @property
    def difference(self) -> float:
        """Return how far the model is off."""
        simulated, modelled = fmean(self.simulated), fmean(self.modelled)
        return modelled / simulated - 1 if self.relative else modelled - simulated

    @property
    def agrees(self) -> bool:
        """Return whether the model is as near as asked, or as chance allows.

        The mean of five years has an error of its own.
        """
        error = 0.0
        if len(self.simulated) > 1:
            error = 2 * stdev(self.simulated) / len(self.simulated) ** 0.5
        if self.relative:
            error /= fmean(self.simulated)
        return abs(self.difference) <= max(self.tolerance, error)


def agreements(
    years: Sequence[Sequence[SimulatedDay]],
    house: House,
    seeds: Sequence[int] = MODEL_SEEDS,
) -> list[Agreement]:
    """Return the figures of simulated years beside those of a drawn house."""
    winters = [lived(house, seed, before=BEFORE, after=AFTER) for seed in seeds]
    found = []
    for touched in _MODES:
        simulated = [figures_of(ledger_of(year), touched) for year in years]
        modelled = [figures_of(each.ledger, touched) for each in winters]
        found += list(_agreements(touched, simulated, modelled))
    return found


def _agreements(
    touched: Touched, simulated: Sequence[Figures], modelled: Sequence[Figures]
) -> Iterable[Agreement]:
    name = touched.value.replace("_", " ")

    def agreement(
        figure: str,
        of: Callable[[Figures], float | None],
        *,
        relative: bool,
        within: float,
    ) -> Agreement:
        return Agreement(
            name=f"{name}: {figure}",
            simulated=[x for each in simulated if (x := of(each)) is not None],
            modelled=[x for each in modelled if (x := of(each)) is not None],
            relative=relative,
            tolerance=within,
        )

    yield agreement("correlation", lambda f: f.correlation, relative=False, within=0.1)
    yield agreement("scatter", lambda f: f.scatter, relative=True, within=0.15)
    yield agreement("half width", lambda f: f.half_width, relative=True, within=0.15)
    for number, (low, high) in enumerate(_BANDS_C):
        yield agreement(
            f"COP at {low} to {high} °C",
            lambda f, number=number: f.cops[number],  # type: ignore[misc]
            relative=True,
            within=0.05,
        )


def figures_of(ledger: Ledger, touched: Touched) -> Figures:
    """Return what the regression of the effect finds, as if a change had been made."""
    change = ChangeMoment(datetime.combine(CHANGE_DAY, time(12), UTC), touched)
    today = CHANGE_DAY + (AFTER + 2) * DAY
    chosen = select_days(ledger, change, (), today, SourceKind.AIR)
    days = [*chosen.before, *chosen.after]
    design = design_of(chosen.before, chosen.after, SourceKind.AIR)
    found = fit_cop(days, design)
    if found is None:
        raise ValueError("the days are too few for a regression")
    return Figures(
        correlation=found.correlation,
        scatter=found.variance**0.5,
        half_width=found.half_width(_CHANGE),
        cops=tuple(_mean_cop(days, *band) for band in _BANDS_C),
    )


def _mean_cop(days: Iterable[ComparedDay], low_c: float, high_c: float) -> float | None:
    cops = [
        day.heat_kwh / day.electricity_kwh
        for day in days
        if low_c <= day.outside_c < high_c
    ]
    return fmean(cops) if len(cops) > 2 else None


def ledger_of(year: Iterable[SimulatedDay]) -> Ledger:
    """Return the days of a simulated year that the figures are of."""
    ledger = Ledger(Calendar(UTC))
    for each in year:
        day = date.fromisoformat(each.day)
        if not CHANGE_DAY - BEFORE * DAY <= day <= CHANGE_DAY + (AFTER + 1) * DAY:
            continue
        bucket = bucket_of(
            each.outside_c,
            each.electricity_kwh,
            each.heat_kwh,
            supply_c=each.supply_c,
        )
        add_hot_water(bucket, each.hot_water_electricity_kwh, each.hot_water_heat_kwh)
        ledger.days[day] = bucket
    return ledger


def fitted(
    years: Sequence[Sequence[SimulatedDay]],
    changed: Sequence[SimulatedDay],
    seeds: Sequence[int] = MODEL_SEEDS,
) -> tuple[House, float, float]:
    """Return a house like the simulated ones, its changed slope, and hot water's loss."""
    days = [each for year in years for each in year if _heats(each)]
    plain = _with_heat(_with_cop(_with_supply(House(), days), days), days)
    house = _noisy(plain, years, seeds)
    pairs = list(_pairs(years[0], changed))
    return house, _slope_after(house, pairs), _hot_water_effect(pairs)


def _heats(day: SimulatedDay) -> bool:
    return day.electricity_kwh > _LEAST_KWH and day.heat_kwh > 0


def _with_supply(house: House, days: Sequence[SimulatedDay]) -> House:
    known = [each for each in days if each.supply_c is not None]
    colder_k = np.array([20 - each.outside_c for each in known])
    supply_c = np.array([each.supply_c for each in known], dtype=float)
    slope, at_20_c = np.polyfit(colder_k, supply_c, 1)
    off_k = supply_c - at_20_c - slope * colder_k
    return replace(
        house,
        slope=float(slope),
        slope_after=float(slope),
        supply_at_20_c=float(at_20_c),
        off_curve_k=float(off_k.std()),
    )


def _with_cop(house: House, days: Sequence[SimulatedDay]) -> House:
    """Return the house with share of Carnot, ice and season."""
    plain = replace(house, carnot_share=1.0, ice=0.0, cop_per_k=0.0)
    logarithms = [
        log(each.heat_kwh / each.electricity_kwh)
        - log(cop_of_heating(each.outside_c, plain.slope, plain))
        for each in days
    ]
    ice = [max(1 - abs(each.outside_c - 2) / 5, 0.0) for each in days]
    angles = [_angle(date.fromisoformat(each.day)) for each in days]
    outside_c = [each.outside_c for each in days]
    columns = [
        np.ones(len(days)),
        np.array(ice),
        np.array(outside_c),
        np.cos(angles),
        np.sin(angles),
    ]
    found = np.linalg.lstsq(np.column_stack(columns), np.array(logarithms))[0]
    share, iced, per_k, by_cos, by_sin = map(float, found)
    return replace(
        house,
        carnot_share=exp(share),
        ice=1 - exp(iced),
        cop_per_k=per_k,
        wave=hypot(by_cos, by_sin),
        wave_peak_day=round(atan2(by_sin, by_cos) / (2 * pi) * 365) % 365,
    )


def _angle(day: date) -> float:
    return 2 * pi * (day - date(day.year, 1, 1)).days / 365


def _with_heat(house: House, days: Sequence[SimulatedDay]) -> House:
    cold = [each for each in days if each.outside_c < _COLD_C]
    logarithms = np.array([log(each.heat_kwh / (17 - each.outside_c)) for each in cold])
    peak = 2 * pi * house.wave_peak_day / 365
    waves = [
        house.wave * cos(_angle(date.fromisoformat(each.day)) - peak) for each in cold
    ]
    columns = np.column_stack([np.ones(len(cold)), waves])
    found = np.linalg.lstsq(columns, logarithms)[0]
    return replace(
        house,
        loss_kwh_per_k=exp(float(found[0])),
        wave_of_heat=float(found[1]),
        heat_scatter=float((logarithms - columns @ found).std()),
    )


def _noisy(
    house: House, years: Sequence[Sequence[SimulatedDay]], seeds: Sequence[int]
) -> House:
    """Return the house with hot water, and with scatter that is found again.

    The estimates of a few months are biased, so that the model's own are compared.
    """
    house = replace(
        house,
        # Its effect is part of the scatter that is found.
        off_curve_k=0.0,
        small_days=_small_days(years),
        hot_water=_hot_water([each for year in years for each in year]),
    )
    for _ in range(_ROUNDS):
        for touched in _MODES:
            house = _nearer(house, years, touched, seeds)
    return house


def _nearer(
    house: House,
    years: Sequence[Sequence[SimulatedDay]],
    touched: Touched,
    seeds: Sequence[int],
) -> House:
    simulated = [figures_of(ledger_of(year), touched) for year in years]
    modelled = [
        figures_of(lived(house, seed, before=BEFORE, after=AFTER).ledger, touched)
        for seed in seeds
    ]
    part = house.hot_water if touched is Touched.HOT_WATER else house
    if part is None:
        return house
    more = fmean(each.correlation for each in simulated) - fmean(
        each.correlation for each in modelled
    )
    factor = fmean(each.scatter for each in simulated) / fmean(
        each.scatter for each in modelled
    )
    correlation = min(max(part.correlation + more, 0.0), 0.95)
    if isinstance(part, HotWater):
        hot_water = replace(
            part, correlation=correlation, scatter=part.scatter * factor
        )
        return replace(house, hot_water=hot_water)
    return replace(house, correlation=correlation, scatter=part.scatter * factor)


def _small_days(years: Sequence[Sequence[SimulatedDay]]) -> float:
    """Return how the deviations of a day go with its electricity."""
    points = []
    for year in years:
        days = [each for each in year if _heats(each)]
        outside_c = np.array([each.outside_c for each in days])
        cops = np.log([each.heat_kwh / each.electricity_kwh for each in days])
        off = cops - np.polyval(np.polyfit(outside_c, cops, 3), outside_c)
        points += [
            (log(each.electricity_kwh), log(abs(one)))
            for each, one in zip(days, off, strict=True)
            if each.electricity_kwh > 1
        ]
    electricity, deviations = zip(*points, strict=True)
    return -float(np.polyfit(electricity, deviations, 1)[0])


def _hot_water(days: Sequence[SimulatedDay]) -> HotWater:
    known = [each for each in days if each.hot_water_electricity_kwh > _LEAST_KWH]
    logarithms = np.array(
        [
            log(each.hot_water_heat_kwh / each.hot_water_electricity_kwh)
            for each in known
        ]
    )
    saturday = [date.fromisoformat(each.day).weekday() == _SATURDAY for each in known]
    outside_c = np.array([each.outside_c for each in known])
    columns = [np.ones(len(known)), outside_c, np.array(saturday, dtype=float)]
    design = np.column_stack(columns)
    found = np.linalg.lstsq(design, logarithms)[0]
    heats = np.log([each.hot_water_heat_kwh for each in known])
    return HotWater(
        heat_kwh=exp(float(heats.mean())),
        heat_scatter=float(heats.std()),
        cop_at_0_c=exp(float(found[0])),
        cop_per_k=float(found[1]),
        disinfection=float(found[2]),
        scatter=float((logarithms - design @ found).std()),
        correlation=0.1,
    )


def _pairs(
    year: Sequence[SimulatedDay], changed: Sequence[SimulatedDay]
) -> Iterable[tuple[SimulatedDay, SimulatedDay]]:
    by_day = {each.day: each for each in changed}
    return ((each, by_day[each.day]) for each in year if each.day in by_day)


def _slope_after(
    house: House, pairs: Iterable[tuple[SimulatedDay, SimulatedDay]]
) -> float:
    """Return the slope with which the COP rises as in the simulation."""
    both = [(a, b) for a, b in pairs if _heats(a) and _heats(b)]
    asked = median(
        log(b.heat_kwh / b.electricity_kwh * a.electricity_kwh / a.heat_kwh)
        for a, b in both
    )

    def effect(slope: float) -> float:
        return fmean(
            log(
                cop_of_heating(a.outside_c, slope, house)
                / cop_of_heating(a.outside_c, house.slope, house)
            )
            for a, _ in both
        )

    slope = house.slope - 0.1
    for _ in range(_ROUNDS):
        slope = house.slope + (slope - house.slope) * asked / effect(slope)
    return slope


def _hot_water_effect(pairs: Iterable[tuple[SimulatedDay, SimulatedDay]]) -> float:
    return median(
        log(
            b.hot_water_heat_kwh
            / b.hot_water_electricity_kwh
            * a.hot_water_electricity_kwh
            / a.hot_water_heat_kwh
        )
        for a, b in pairs
        if min(a.hot_water_electricity_kwh, b.hot_water_electricity_kwh) > _LEAST_KWH
    )

"""The figures before and after a change, for winters of which the truth is known."""

from dataclasses import replace
from datetime import date
from math import exp, inf, log
from random import Random
from statistics import fmean

from hypothesis import event, given, settings, strategies as st
import numpy as np
import pytest

from benchmarks.daily_model import House, Winter, lived
from custom_components.heatpump_monitor.performance.effect.comparison import compare
from custom_components.heatpump_monitor.performance.effect.days import (
    ComparedDay,
    Selection,
    select_days,
)
from custom_components.heatpump_monitor.performance.effect.result import (
    ChangeMoment,
    Figures,
    Touched,
)
from custom_components.heatpump_monitor.performance.plant import SourceKind
from custom_components.heatpump_monitor.performance.regression import fit

LOWERED = House(slope_after=0.8)
EXACT = House(slope_after=0.8, scatter=1e-4)


def _chosen(winter: Winter) -> Selection:
    change = ChangeMoment(winter.change_time, Touched.HEATING)
    return select_days(winter.ledger, change, [], winter.today, SourceKind.AIR)


def _figures(
    before: list[ComparedDay],
    after: list[ComparedDay],
    touched: Touched = Touched.HEATING,
    source: SourceKind | None = SourceKind.AIR,
) -> Figures:
    figures = compare(before, after, touched, source)
    assert figures is not None
    return figures


def _of(winter: Winter) -> Figures:
    chosen = _chosen(winter)
    return _figures([*chosen.before], [*chosen.after])


def test_interval_contains_the_truth() -> None:
    """Of 30 winters with a lowered curve, 27 or more intervals hold what it did.

    Least squares that take days for independent reach 20.
    """
    held, errors = 0, list[float]()
    for seed in range(30):
        winter = lived(LOWERED, seed)
        figures = _of(winter)
        truth, cop = winter.true_ratio(*figures.outside_c), figures.cop.change
        assert truth == pytest.approx(1.065, abs=0.01)
        held += cop.low <= truth <= cop.high
        errors.append(log(cop.value / truth))
    assert held >= 27
    assert fmean(errors) == pytest.approx(0, abs=0.01)


def test_false_claims_are_rare() -> None:
    """Of 30 winters in which nothing was changed, 27 or more show nothing."""
    changes = [_of(lived(House(), seed)).cop.change for seed in range(100, 130)]
    assert sum(each.low <= 1 <= each.high for each in changes) >= 27


def test_supply_temperature_hides_the_effect() -> None:
    """With the supply temperature as a term, a curve that saves 6.5 % saves nothing.

    It is the way by which the curve acts, so it is shown and never adjusted for.
    """
    estimates = list[float]()
    for seed in range(10):
        winter = lived(replace(LOWERED, off_curve_k=1.5, wave=0), seed)
        chosen = _chosen(winter)
        days = [*chosen.before, *chosen.after]
        is_after = np.arange(len(days)) >= len(chosen.before)
        outside_c = np.array([day.outside_c for day in days])
        supply_c = np.array([day.supply_c for day in days], dtype=float)
        columns = [~is_after, is_after, outside_c, outside_c**2, supply_c]
        logarithms = np.log([day.heat_kwh / day.electricity_kwh for day in days])
        numbers = [day.day.toordinal() for day in days]
        found = fit(np.column_stack(columns).astype(float), logarithms, numbers)
        assert found is not None
        estimates.append(found.value((-1.0, 1.0)))
    assert fmean(estimates) == pytest.approx(-0.005, abs=0.015)


def test_supply_temperature_is_shown() -> None:
    """The supply temperatures are those of both curves at the mean weather."""
    figures = _of(lived(EXACT, 1))
    assert figures.supply_c is not None
    above_k = 20 - figures.mean_outside_c
    assert figures.supply_c.before.value == pytest.approx(25 + above_k, abs=0.05)
    assert figures.supply_c.change.value == pytest.approx(-0.2 * above_k, abs=0.05)
    chosen = _chosen(lived(EXACT, 1))
    without = [replace(day, supply_c=None) for day in chosen.after]
    assert _figures([*chosen.before], without).supply_c is None
    without[5:] = chosen.after[5:]
    assert _figures([*chosen.before], without).supply_c is not None


def test_cop_is_that_of_the_mean_weather() -> None:
    """Both COPs are those of the curves at the same temperatures."""
    winter = lived(EXACT, 2)
    figures = _of(winter)
    assert figures.cop.change.value == pytest.approx(
        winter.true_ratio(*figures.outside_c), rel=2e-3
    )
    ratio = figures.cop.after.value / figures.cop.before.value
    assert ratio == pytest.approx(figures.cop.change.value)
    assert figures.cop.before.low < figures.cop.before.value < figures.cop.before.high


def test_heat_demand() -> None:
    """A colder house is seen in the heat, also for each degree day."""
    figures = _of(lived(replace(EXACT, less_heat=0.1), 3))
    change = figures.heat_kwh_per_day.change
    assert change.low < 0.9 < change.high < 0.96
    per_degree_day = figures.heat_kwh_per_degree_day
    assert per_degree_day is not None
    assert per_degree_day.change == change
    # 4 kWh for each kelvin below 17 °C, which is 2 K above the limit of degree days.
    cold_k = 15 - figures.mean_outside_c
    assert per_degree_day.before.value == pytest.approx(
        4 * (cold_k + 2) / cold_k, rel=0.08
    )
    less = figures.electricity_kwh_per_day.change.value
    assert less == pytest.approx(change.value / figures.cop.change.value, rel=0.01)


def test_season_is_no_effect() -> None:
    """What sun and ground do in the course of a winter is not taken for an effect."""
    figures = _of(lived(House(wave=0.06, scatter=1e-3), 4))
    assert figures.cop.change.value == pytest.approx(1, abs=0.004)


def test_seasons_differ_more_than_days_show() -> None:
    """Days that hardly scatter leave an interval of 0.5 % up and down."""
    chosen, random = _chosen(lived(EXACT, 4)), Random(4)
    before, after = (
        [
            replace(day, heat_kwh=day.electricity_kwh * exp(random.gauss(1, 1e-5)))
            for day in side
        ]
        for side in (chosen.before, chosen.after)
    )
    cop = _figures(before, after).cop
    assert log(cop.change.high / cop.change.low) / 2 == pytest.approx(0.0048, rel=0.05)
    narrower = log(cop.after.high / cop.after.low) / 2
    assert narrower == pytest.approx(0.0048 / 2**0.5, rel=0.05)


def test_brine_is_no_effect() -> None:
    """Brine that cools by 4 K in the winter does not make the change look bad."""
    chosen = _chosen(lived(House(scatter=0.005), 5))

    def with_brine(days: list[ComparedDay], *, shown: bool) -> list[ComparedDay]:
        found = list[ComparedDay]()
        for day in days:
            ago = max((day.day - date(2025, 11, 1)).days, 0)
            brine_c = 4 + 4 * exp(-ago / 40)
            heat_kwh = day.heat_kwh * exp(0.025 * brine_c)
            source_in_c = brine_c if shown else None
            found.append(replace(day, heat_kwh=heat_kwh, source_in_c=source_in_c))
        return found

    shown, hidden = (
        _figures(
            with_brine([*chosen.before], shown=shown),
            with_brine([*chosen.after], shown=shown),
            source=SourceKind.BRINE,
        )
        for shown in (True, False)
    )
    assert shown.source_adjusted
    assert shown.cop.change.value == pytest.approx(1, abs=0.01)
    assert not hidden.source_adjusted


FEW = settings(max_examples=5, deadline=None)
CHOSEN = _chosen(lived(LOWERED, 7))
PLAIN = _figures([*CHOSEN.before], [*CHOSEN.after])


@FEW
@given(unit=st.floats(1e-3, 1e3), cop=st.floats(0.3, 3))
def test_units_and_constants(unit: float, cop: float) -> None:
    """Neither the unit of energy nor a constant error of the COP changes the ratio."""
    before, after = (
        [
            replace(
                day,
                electricity_kwh=day.electricity_kwh * unit,
                heat_kwh=day.heat_kwh * unit * cop,
            )
            for day in side
        ]
        for side in (CHOSEN.before, CHOSEN.after)
    )
    figures = _figures(before, after)
    assert figures.cop.change.low == pytest.approx(PLAIN.cop.change.low)
    assert figures.cop.change.value == pytest.approx(PLAIN.cop.change.value)
    assert figures.cop.before.value == pytest.approx(PLAIN.cop.before.value * cop)
    heat, plain = figures.heat_kwh_per_day, PLAIN.heat_kwh_per_day
    assert heat.change.high == pytest.approx(plain.change.high)
    assert heat.before.value == pytest.approx(plain.before.value * unit * cop)


@FEW
@given(warmer_k=st.floats(-20, 20))
def test_sensor_that_is_off(warmer_k: float) -> None:
    """An outside sensor that always shows too much changes no ratio."""
    before, after = (
        [replace(day, outside_c=day.outside_c + warmer_k) for day in side]
        for side in (CHOSEN.before, CHOSEN.after)
    )
    plain = _figures([*CHOSEN.before], [*CHOSEN.after], source=SourceKind.BRINE)
    figures = _figures(before, after, source=SourceKind.BRINE)
    assert figures.cop.change.value == pytest.approx(plain.cop.change.value)
    assert figures.cop.change.high == pytest.approx(plain.cop.change.high)


@FEW
@given(seed=st.integers(0, 1000))
def test_order_of_days(seed: int) -> None:
    """The order in which the days were counted or imported changes nothing."""
    winter = lived(LOWERED, 7)
    days = list(winter.ledger.days.items())
    Random(seed).shuffle(days)
    winter.ledger.days = dict(days)
    assert _of(winter) == PLAIN


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    size=st.integers(4, 70),
    scatter=st.sampled_from([0.0, 0.05, 0.3, 3.0]),
    step_k=st.sampled_from([0.01, 2.0, 20.0]),
    source=st.sampled_from([*SourceKind, None]),
    touched=st.sampled_from(Touched),
)
def test_strange_days(
    seed: int,
    size: int,
    scatter: float,
    step_k: float,
    source: SourceKind | None,
    touched: Touched,
) -> None:
    """Whatever was counted, there are finite figures in order, or none."""
    random, found = Random(seed), list[ComparedDay]()
    for number in range(size):
        outside_c = step_k * random.randint(-1, 1) if number % 2 else step_k
        electricity_kwh = 10 * exp(random.gauss(0, scatter))
        found.append(
            ComparedDay(
                day=date.fromordinal(739_000 + number + random.randint(0, 1) * size),
                outside_c=outside_c + random.gauss(0, scatter),
                electricity_kwh=electricity_kwh,
                heat_kwh=electricity_kwh * exp(random.gauss(1, scatter)),
                source_in_c=outside_c / 3 + random.gauss(0, scatter),
            )
        )
    found.sort(key=lambda day: day.day)
    figures = compare(found[: size // 2], found[size // 2 :], touched, source)
    event("figures" if figures else "none")
    if figures is None:
        return
    for each in (
        figures.cop,
        figures.heat_kwh_per_day,
        figures.electricity_kwh_per_day,
    ):
        for estimate in (each.before, each.after, each.change):
            assert 0 < estimate.low <= estimate.value <= estimate.high < inf


def test_too_few_days() -> None:
    """Two days before say nothing."""
    few = [*CHOSEN.before[:2]]
    assert compare(few, [*CHOSEN.after[:2]], Touched.HEATING, None) is None

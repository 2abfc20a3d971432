"""What is learned from one winter is expected of the next days."""

from dataclasses import replace
from datetime import date
from math import exp
from random import Random

import pytest

from custom_components.heatpump_monitor.performance.expected.days import OperatingDay
from custom_components.heatpump_monitor.performance.expected.learned import (
    LEAST_DAYS,
    Learned,
    Performance,
    learn,
)
from custom_components.heatpump_monitor.performance.heat.carnot import carnot_cop
from custom_components.heatpump_monitor.performance.plant import SourceKind
from custom_components.heatpump_monitor.time_units import DAY


def _winter(
    seed: int,
    size: int = 150,
    *,
    colder_k: float = 0.0,
    curve_k: float = 0.0,
    health: float = 1.0,
    shows_modulation: bool = True,
) -> list[OperatingDay]:
    """Return days of an air unit whose share depends on load, lift and ice."""
    random, days = Random(seed), list[OperatingDay]()
    for number in range(size):
        outside_c = random.gauss(3, 5) - colder_k
        supply_c = 34 - 0.6 * outside_c + curve_k + random.gauss(0, 1)
        load = min(max(0.6 - 0.03 * outside_c + random.gauss(0, 0.05), 0.3), 1.0)
        ice = max(1 - abs(outside_c - 2) / 5, 0)
        share = 0.5 - 0.3 * (load - 0.5) ** 2 + 0.001 * (supply_c - outside_c)
        share *= health * (1 - 0.05 * ice) * exp(random.gauss(0, 0.015))
        highest = carnot_cop(supply_c, outside_c)
        assert highest is not None
        heat_kwh = 150 * load
        days.append(
            OperatingDay(
                day=date(2025, 10, 1) + number * DAY,
                electricity_kwh=heat_kwh / (share * highest),
                heat_kwh=heat_kwh,
                carnot_cop=highest,
                source_c=outside_c,
                run_hours=150 / 8,
                modulation=load if shows_modulation else None,
            )
        )
    return days


def _learned(seed: int = 1, *, shows_modulation: bool = True) -> Learned:
    days = _winter(seed, shows_modulation=shows_modulation)
    learned = learn(days, SourceKind.AIR)
    assert learned is not None
    return learned


def _performance(learned: Learned, days: list[OperatingDay]) -> Performance:
    performance = learned.performance(days)
    assert performance is not None
    return performance


@pytest.mark.parametrize("shows_modulation", [True, False])
@pytest.mark.parametrize(("colder_k", "curve_k"), [(0.0, 0.0), (5.0, 0.0), (0.0, -4.0)])
def test_healthy(*, shows_modulation: bool, colder_k: float, curve_k: float) -> None:
    """A cold week and another curve change the COP, and not the index."""
    learned = _learned(shows_modulation=shows_modulation)
    week = _winter(
        2, 7, colder_k=colder_k, curve_k=curve_k, shows_modulation=shows_modulation
    )
    performance = _performance(learned, week)
    index = performance.index
    assert index.low < 1 < index.high
    assert index.high - index.low < 0.08
    assert performance.days + performance.days_unlike == 7
    assert performance.cop / performance.expected_cop == pytest.approx(index.value)


@pytest.mark.parametrize("shows_modulation", [True, False])
def test_fault_is_found(*, shows_modulation: bool) -> None:
    """8 % less heat for the same electricity is below the interval after a week."""
    learned = _learned(shows_modulation=shows_modulation)
    for seed in range(2, 12):
        week = _winter(seed, 7, health=0.92, shows_modulation=shows_modulation)
        performance = _performance(learned, week)
        assert performance.index.high < 1
        assert performance.index.value == pytest.approx(0.92, abs=0.025)


def test_healthy_weeks_are_not_found() -> None:
    """Of 100 healthy weeks, at most three are below their interval."""
    learned = _learned()
    weeks = (_performance(learned, _winter(seed, 7)) for seed in range(2, 102))
    assert sum(week.index.high < 1 for week in weeks) <= 3


def test_more_days_are_more_certain() -> None:
    """What days deviate by cancels out, what the model does not know remains."""
    learned = _learned()
    widths = [
        each.high - each.low
        for size in (1, 7, 60)
        for each in [_performance(learned, _winter(3, size)).index]
    ]
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] > 0.04


def test_sums_before_ratios() -> None:
    """The COPs are those of all heat over all electricity, and the share, too."""
    days = _winter(4, 20)
    found = _performance(_learned(), days)
    assert found.days_unlike == 0
    electricity_kwh = sum(day.electricity_kwh for day in days)
    heat_kwh = sum(day.heat_kwh for day in days)
    ideal_kwh = sum(day.heat_kwh / day.carnot_cop for day in days)
    assert found.heat_kwh == pytest.approx(heat_kwh)
    assert found.run_hours == sum(day.run_hours for day in days)
    assert found.cop == pytest.approx(heat_kwh / electricity_kwh)
    assert found.share_of_carnot == pytest.approx(ideal_kwh / electricity_kwh)


def test_unlike_days() -> None:
    """Nothing is expected of a day unlike any that was seen."""
    learned = _learned()
    usual, strange = _winter(5, 1)[0], _winter(5, 1)[0]
    strange = replace(strange, source_c=-40.0)
    performance = _performance(learned, [usual, strange])
    assert (performance.days, performance.days_unlike) == (1, 1)
    assert learned.performance([strange]) is None
    assert learned.performance([replace(usual, modulation=None)]) is None
    assert learned.performance([]) is None


@pytest.mark.parametrize(("beyond", "is_like"), [(0.25, True), (0.35, False)])
def test_a_little_colder_than_ever(beyond: float, *, is_like: bool) -> None:
    """The first winter gets colder from week to week: the terms go on a little."""
    days = _winter(1)
    sources_c = [day.source_c for day in days]
    span_k = max(sources_c) - min(sources_c)
    colder = replace(days[0], source_c=min(sources_c) - beyond * span_k)
    assert (_learned().performance([colder]) is not None) == is_like


def test_too_few_days() -> None:
    """Less than a month is too short to learn from."""
    assert learn(_winter(6, LEAST_DAYS - 1), SourceKind.AIR) is None
    assert learn(_winter(6, LEAST_DAYS), SourceKind.AIR) is not None


def test_compressor_without_modulation() -> None:
    """One that is only on or off always has the same load, which says nothing."""
    days = [replace(day, modulation=1.0) for day in _winter(7)]
    learned = learn(days, SourceKind.BRINE)
    assert learned is not None
    assert learned.terms == (0, 1, 3)
    assert learned.performance(days[:7]) is not None

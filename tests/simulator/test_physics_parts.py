"""The physics behind the plant: water, weather, COP."""

from itertools import pairwise

import pytest

from simulator.physics.heat_pump import carnot_cop, real_cop
from simulator.physics.noise import smooth_noise
from simulator.physics.water import (
    capacity_rate_w_per_k,
    density_kg_per_l,
    specific_heat_j_per_kgk,
)
from simulator.physics.weather import Weather

HOUR_S = 3600.0
NEW_YEAR_S = 1_735_689_600.0
"""2025-01-01 00:00 UTC."""


@pytest.mark.parametrize(
    ("temperature_c", "kg_per_l", "j_per_kgk"),
    [(20, 0.99821, 4184), (40, 0.99222, 4179), (60, 0.98320, 4185)],
)
def test_water_of_the_tables(
    temperature_c: float, kg_per_l: float, j_per_kgk: float
) -> None:
    """Density and specific heat are those of the IAPWS tables."""
    assert density_kg_per_l(temperature_c) == pytest.approx(kg_per_l, abs=2e-5)
    assert specific_heat_j_per_kgk(temperature_c) == pytest.approx(j_per_kgk, abs=3)


def test_heat_of_a_flow() -> None:
    """1000 l/h with 5 K of spread around 30 °C carry 5.78 kW."""
    assert 5 * capacity_rate_w_per_k(1000, 30) == pytest.approx(5780, rel=0.002)


def test_carnot_by_hand() -> None:
    """Between 0 °C and 35 °C Carnot allows 308.15 / 35."""
    assert carnot_cop(35, 0) == pytest.approx(308.15 / 35)


@pytest.mark.parametrize("modulation", [0.3, 0.6, 1.0])
@pytest.mark.parametrize("condensing_c", [20.0, 35.0, 60.0])
def test_cop_stays_below_carnot(modulation: float, condensing_c: float) -> None:
    """No load and no temperature comes near what physics forbids."""
    cop = real_cop(0.55, modulation, condensing_c, -2.0)
    assert 1.5 < cop < 0.65 * carnot_cop(condensing_c, -2.0)


def test_cop_depends_on_source_supply_and_load() -> None:
    """Warmer source, cooler supply and half load are better."""
    base = real_cop(0.5, 0.5, 35, 0)
    assert real_cop(0.5, 0.5, 35, 5) > base
    assert real_cop(0.5, 0.5, 45, 0) < base
    assert real_cop(0.5, 1.0, 35, 0) < base
    assert real_cop(0.5, 0.3, 35, 0) < base


def test_weather_of_central_germany() -> None:
    """The year's mean, July and January are those of central Germany."""
    weather = Weather(seed=3)
    hours = [weather.outside_c(NEW_YEAR_S + HOUR_S * hour) for hour in range(8760)]
    assert sum(hours) / 8760 == pytest.approx(10, abs=1.5)
    assert sum(hours[:744]) / 744 == pytest.approx(1, abs=3)
    assert sum(hours[4344:5088]) / 744 == pytest.approx(19, abs=3)
    assert -18 < min(hours) < -3
    assert 26 < max(hours) < 38


def test_weather_is_warmest_in_the_afternoon() -> None:
    """On average of a month, 15 h is warmer than 4 h by several kelvin."""
    weather = Weather(seed=3)
    swing_k = [
        weather.outside_c(day_s + 14 * HOUR_S) - weather.outside_c(day_s + 3 * HOUR_S)
        for day_s in (NEW_YEAR_S + 86_400 * day for day in range(150, 180))
    ]
    assert 4 < sum(swing_k) / len(swing_k) < 14


def test_weather_does_not_mind_who_asked_before() -> None:
    """The same moment has the same weather, forwards and backwards."""
    moments_s = [NEW_YEAR_S + 1234.0 * number for number in range(200)]
    forwards, backwards = Weather(seed=5), Weather(seed=5)
    there = [forwards.outside_c(moment_s) for moment_s in moments_s]
    back = [backwards.outside_c(moment_s) for moment_s in reversed(moments_s)]
    assert there == back[::-1]


def test_weather_changes_smoothly() -> None:
    """No minute brings more than a fifth of a kelvin."""
    weather = Weather(seed=5)
    minutes = [weather.outside_c(NEW_YEAR_S + 60.0 * number) for number in range(5000)]
    steps_k = [abs(b - a) for a, b in pairwise(minutes)]
    assert 0 < max(steps_k) < 0.2


def test_noise_is_smooth_and_bounded() -> None:
    """Noise stays within -1..1, moves, and never jumps."""
    values = [smooth_noise(1, "x", 0.1 * number, 10.0) for number in range(5000)]
    assert -1 <= min(values) < -0.7
    assert 0.7 < max(values) <= 1
    assert all(abs(b - a) < 0.04 for a, b in pairwise(values))

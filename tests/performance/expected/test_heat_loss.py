"""The heat loss of houses that are known."""

from datetime import UTC, date, timedelta
from random import Random

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.heatpump_monitor.performance.expected.heat_loss import (
    HeatLoss,
    heat_loss,
)
from custom_components.heatpump_monitor.performance.plant import HeatMethod
from custom_components.heatpump_monitor.performance.totals.calendar import Calendar
from custom_components.heatpump_monitor.performance.totals.ledger import (
    Bucket,
    Ledger,
    ModeSums,
)
from custom_components.heatpump_monitor.readings import Mode

FIRST = date(2025, 10, 1)
DAYS = 180


def _house(
    seed: int, w_per_k: float, *, colder_k: float = 0.0, covered: float = 1.0
) -> Ledger:
    """Return a winter of a house that heats below 17 °C, with weather and habits."""
    random, ledger = Random(seed), Ledger(Calendar(UTC))
    weather_c = habit = 0.0
    for number in range(DAYS):
        weather_c = 0.8 * weather_c + random.gauss(0, 2.4)
        habit = 0.6 * habit + random.gauss(0, 0.064)
        outside_c = 7 + weather_c - colder_k
        heat_wh = 24 * w_per_k * max(17 - outside_c, 0) * (1 + habit) * covered
        ledger.days[FIRST + timedelta(number)] = Bucket(
            paired_s=covered * 86_400,
            outside_s=86_400,
            outside_c_s=outside_c * 86_400,
            modes={
                Mode.HEATING: ModeSums(heat_wh=1.1 * heat_wh),
                Mode.DEFROST: ModeSums(heat_wh=-0.1 * heat_wh),
                Mode.HOT_WATER: ModeSums(heat_wh=8000),
            },
            methods_wh={HeatMethod.FLOW: heat_wh},
        )
    return ledger


def _loss(ledger: Ledger, days: int = DAYS) -> HeatLoss | None:
    return heat_loss(ledger, FIRST, FIRST + timedelta(days - 1))


def test_a_known_house() -> None:
    """The three figures of 25 winters, of which the intervals contain the truth."""
    within = 0
    for seed in range(25):
        loss = _loss(_house(seed, 150))
        assert loss is not None
        assert loss.w_per_k.value == pytest.approx(150, rel=0.08)
        assert loss.balance_c.value == pytest.approx(17, abs=1.5)
        assert loss.kwh_per_degree_day.value == pytest.approx(3.6, rel=0.08)
        assert loss.w_per_k.low <= 150 <= loss.w_per_k.high
        within += abs(loss.w_per_k.value - 150) <= loss.scatter_w_per_k
    assert within >= 21


@settings(deadline=None, max_examples=15)
@given(st.floats(0.3, 3), st.integers(0, 99))
def test_a_larger_house(factor: float, seed: int) -> None:
    """All that has watts grows with the house, the balance temperature does not."""
    one, other = _loss(_house(seed, 100)), _loss(_house(seed, 100 * factor))
    assert one is not None
    assert other is not None
    assert other.w_per_k.value == pytest.approx(factor * one.w_per_k.value, rel=1e-6)
    assert other.w_per_k.high == pytest.approx(factor * one.w_per_k.high, rel=1e-6)
    assert other.balance_c.value == pytest.approx(one.balance_c.value)


def test_unknown() -> None:
    """Too few days, days that are too warm, and days measured for half."""
    assert _loss(_house(1, 150), days=19) is None
    assert _loss(_house(1, 150, colder_k=-25)) is None
    assert _loss(_house(1, 150, covered=0.5)) is None
    assert _loss(Ledger(Calendar(UTC))) is None


def test_partly_measured_days() -> None:
    """Days of which 5 % are missing have the power of what was measured."""
    whole, part = _loss(_house(1, 150)), _loss(_house(1, 150, covered=0.95))
    assert whole is not None
    assert part is not None
    assert part.w_per_k.value == pytest.approx(whole.w_per_k.value)

"""What two weeks of a winter show, without and with a fault that grows slowly."""

from datetime import UTC, date, timedelta
from math import cos, pi
from random import Random

import pytest

from custom_components.heatpump_monitor.performance.expected.outlook import (
    Outlook,
    Recent,
    look_out,
)
from custom_components.heatpump_monitor.performance.heat.carnot import carnot_cop
from custom_components.heatpump_monitor.performance.plant import HeatMethod, SourceKind
from custom_components.heatpump_monitor.performance.segments import Quantity
from custom_components.heatpump_monitor.performance.totals.calendar import Calendar
from custom_components.heatpump_monitor.performance.totals.ledger import (
    Bucket,
    Ledger,
    ModeSums,
)
from custom_components.heatpump_monitor.readings import Mode

TODAY = date(2026, 2, 20)


def _ledger(seed: int, *, days: int = 620, loss: float = 0.0) -> Ledger:
    """Return days up to yesterday; the COP falls by a share in the last 90."""
    random, ledger, weather_c = Random(seed), Ledger(Calendar(UTC)), 0.0
    for number in range(days, 0, -1):
        day = TODAY - timedelta(number)
        weather_c = 0.8 * weather_c + random.gauss(0, 2)
        outside_c = 9 - 9 * cos(2 * pi * (day.timetuple().tm_yday - 20) / 365)
        outside_c += weather_c
        worse = 1 - loss * max(90 - number, 0) / 90
        modes = {}
        for mode, heat_wh, supply_c in (
            (Mode.HEATING, 3600 * max(16 - outside_c, 0), 25 + 0.6 * (20 - outside_c)),
            (Mode.HOT_WATER, 8000.0, 50.0),
        ):
            ideal = carnot_cop(supply_c, outside_c)
            if not heat_wh or ideal is None:
                continue
            share = 0.45 * worse * (1 + random.gauss(0, 0.015))
            means = {Quantity.SUPPLY_C: supply_c, Quantity.OUTSIDE_C: outside_c}
            seconds = 3600 * heat_wh / 6000
            modes[mode] = ModeSums.of(heat_wh / ideal / share, heat_wh, seconds, means)
        ledger.days[day] = Bucket(
            paired_s=86_400,
            outside_s=86_400,
            outside_c_s=86_400 * outside_c,
            modes=modes,
            methods_wh={HeatMethod.FLOW: 1e4},
        )
    return ledger


def _recent(found: Outlook) -> Recent:
    assert found.recent is not None
    return found.recent


def test_healthy() -> None:
    """The index is 1 within its interval, the share as it was, the house as it is."""
    for seed in range(6):
        found = look_out(_ledger(seed), TODAY, SourceKind.AIR)
        recent = _recent(found)
        assert recent.index.value == pytest.approx(1, abs=0.02)
        assert recent.index.low < 1 < recent.index.high
        assert recent.cop == pytest.approx(recent.index.value * recent.expected_cop)
        assert recent.share_of_carnot == pytest.approx(0.45, abs=0.01)
        assert found.modes[Mode.HOT_WATER].learned_last == date(2025, 8, 31)
        assert found.heat_loss is not None
        assert found.heat_loss.w_per_k.value == pytest.approx(150, rel=0.02)


@pytest.mark.parametrize(("days", "at_most"), [(620, 0.94), (250, 0.97)])
def test_a_slow_fault(days: int, at_most: float) -> None:
    """10 % in three months show, also in the first year, though weaker."""
    recent = _recent(look_out(_ledger(1, days=days, loss=0.1), TODAY, SourceKind.AIR))
    assert recent.index.value < at_most
    assert recent.index.high < 1


def _ground_loop(outlet_c: float, *, is_iced: bool = False) -> Ledger:
    """Return a winter in which the source cools down, beside weather of its own."""
    ledger, random = Ledger(Calendar(UTC)), Random(1)
    for number in range(120, 0, -1):
        inlet_c = outlet_c + number / 12
        ideal = carnot_cop(35.0, inlet_c)
        assert ideal is not None
        means = {
            Quantity.SUPPLY_C: 35.0,
            Quantity.OUTSIDE_C: random.gauss(2, 5),
            Quantity.SOURCE_IN_C: inlet_c,
        }
        share = 0.45 * (1 + random.gauss(0, 0.005))
        sums = ModeSums.of(36_000 / ideal / share, 36_000, 36_000, means)
        modes = {Mode.HEATING: sums}
        if is_iced:
            modes[Mode.DEFROST] = ModeSums.of(100.0, -500.0, 300.0, {})
        ledger.days[TODAY - timedelta(number)] = Bucket(
            modes=modes, methods_wh={HeatMethod.FLOW: 36_000}
        )
    return ledger


def test_source_that_nobody_named() -> None:
    """A unit that shows its inlet and never defrosts takes the heat from there."""
    ledger = _ground_loop(0.0)
    named, recognised = (
        look_out(ledger, TODAY, source) for source in (SourceKind.BRINE, None)
    )
    assert recognised == named
    assert _recent(recognised).index.value == pytest.approx(1, abs=0.01)
    iced = _ground_loop(0.0, is_iced=True)
    assert look_out(iced, TODAY, None) == look_out(iced, TODAY, SourceKind.AIR)


def test_too_little() -> None:
    """Nothing is expected of a heat pump that was added a month ago."""
    found = look_out(_ledger(1, days=40), TODAY, SourceKind.AIR)
    assert not found.modes
    assert found.recent is None

"""Which days of a mode say how much of Carnot's COP was reached."""

from datetime import UTC, date

import pytest

from custom_components.heatpump_monitor.performance.expected.days import (
    OperatingDay,
    operating_days,
)
from custom_components.heatpump_monitor.performance.plant import SourceKind
from custom_components.heatpump_monitor.performance.segments import Quantity
from custom_components.heatpump_monitor.performance.totals.calendar import Calendar
from custom_components.heatpump_monitor.performance.totals.ledger import (
    Bucket,
    Ledger,
    ModeSums,
)
from custom_components.heatpump_monitor.readings import Mode

DAY = date(2026, 1, 15)
MEANS = {
    Quantity.SUPPLY_C: 38.0,
    Quantity.OUTSIDE_C: 6.0,
    Quantity.SOURCE_IN_C: 1.0,
    Quantity.MODULATION_PCT: 40.0,
}


def _days(
    electricity_wh: float = 10_000,
    heat_wh: float = 36_000,
    seconds: float = 36_000,
    means: dict[Quantity, float] = MEANS,
    source: SourceKind = SourceKind.AIR,
) -> list[OperatingDay]:
    ledger = Ledger(Calendar(UTC))
    sums = ModeSums.of(electricity_wh, heat_wh, seconds, means)
    ledger.days[DAY] = Bucket(modes={Mode.HEATING: sums})
    return operating_days(ledger, Mode.HEATING, DAY, DAY, source)


def test_by_hand() -> None:
    """From air at 6 °C, boiling at 0 °C, to water at 38 °C, condensing at 40 °C."""
    (day,) = _days()
    assert day.carnot_cop == pytest.approx(313.15 / 40)
    assert day.share == pytest.approx(3.6 / (313.15 / 40))
    assert day.source_c == 6
    assert day.run_hours == 10
    assert day.modulation == pytest.approx(0.4)


def test_brine_is_the_source() -> None:
    """The outside air does not matter to a brine unit."""
    (day,) = _days(source=SourceKind.BRINE)
    assert day.source_c == 1
    without = {key: MEANS[key] for key in (Quantity.SUPPLY_C, Quantity.OUTSIDE_C)}
    assert _days(means=without, source=SourceKind.BRINE) == []
    (day,) = _days(means=without)
    assert day.modulation is None


def test_days_without_a_share() -> None:
    """Little electricity, no heat, an unknown temperature, nothing to lift, imported."""
    assert _days(electricity_wh=400) == []
    assert _days(heat_wh=-100) == []
    assert _days(means={Quantity.OUTSIDE_C: 6.0}) == []
    assert _days(means=MEANS | {Quantity.OUTSIDE_C: 50.0}) == []
    ledger = Ledger(Calendar(UTC))
    ledger.days[DAY] = Bucket()
    assert operating_days(ledger, Mode.HOT_WATER, DAY, DAY, None) == []
    sums = ModeSums.of(10_000, 36_000, 36_000, MEANS)
    ledger.days[DAY] = Bucket(modes={Mode.HEATING: sums}, imported=True)
    assert operating_days(ledger, Mode.HEATING, DAY, DAY, None) == []

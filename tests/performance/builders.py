"""Readings for the tests, with only what a test speaks about."""

from datetime import UTC, date, datetime, timedelta

from custom_components.heatpump_monitor.performance.totals.ledger import Ledger, Merge
from custom_components.heatpump_monitor.readings import (
    HeatPumpReading,
    MeterReading,
    UnitEnergy,
)

START = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)


def at(seconds: float, start: datetime = START) -> datetime:
    """Return the moment this long after the start."""
    return start + timedelta(seconds=seconds)


def meter(
    seconds: float,
    energy_wh: float | None,
    power_w: float | None = None,
    start: datetime = START,
) -> MeterReading:
    """Return a reading of the electricity meter."""
    return MeterReading(time=at(seconds, start), energy_wh=energy_wh, power_w=power_w)


def resting(seconds: float, start: datetime = START) -> HeatPumpReading:
    """Return a reading of a heat pump at rest, with flow and modulation known."""
    return HeatPumpReading(
        time=at(seconds, start),
        compressor_on=False,
        flow_lph=0.0,
        supply_c=30.0,
        return_c=30.0,
        modulation_pct=0.0,
        rated_heat_w=10_000.0,
    )


def heating(
    seconds: float,
    delta_t_k: float = 5.0,
    start: datetime = START,
    *,
    heat: UnitEnergy | None = None,
) -> HeatPumpReading:
    """Return a reading of a heat pump that heats with 1000 l/h."""
    return HeatPumpReading(
        time=at(seconds, start),
        compressor_on=True,
        flow_lph=1000.0,
        supply_c=30.0 + delta_t_k,
        return_c=30.0,
        modulation_pct=50.0,
        rated_heat_w=10_000.0,
        operation_state="heating",
        heat=heat,
    )


def merge_imported(
    ledger: Ledger, other: Ledger, first: date, last: date, *, replace: bool = False
) -> Merge:
    """Import local days into a ledger, both ends included."""
    merge = ledger.plan_merge(other, first, last, replace=replace)
    ledger.merge(merge)
    return merge

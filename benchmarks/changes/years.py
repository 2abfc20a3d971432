"""The days of full simulated years, to which the daily model is fitted."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from benchmarks.recording import ZONE, Recording, record
from benchmarks.replay import POLICY
from custom_components.heatpump_monitor.performance.effect.result import Touched
from custom_components.heatpump_monitor.performance.monitor import PerformanceMonitor
from custom_components.heatpump_monitor.performance.plant import Plant
from custom_components.heatpump_monitor.performance.segments import Quantity
from custom_components.heatpump_monitor.performance.totals.ledger import (
    Bucket,
    Ledger,
    ModeSums,
)
from custom_components.heatpump_monitor.readings import HeatPumpReading, MeterReading
from simulator.state import PlannedChange, Variant

SEEDS = (11, 12, 13, 14, 15)
FIRST_DAY = date(2025, 7, 1)
"""From here a year holds one whole winter in its middle."""
_DAYS = 365


@dataclass(frozen=True, kw_only=True, slots=True)
class SimulatedDay:
    """What a day came to in the engine's ledger, while the heat pump heated."""

    day: str
    outside_c: float
    electricity_kwh: float
    heat_kwh: float
    supply_c: float | None
    source_in_c: float | None
    hot_water_electricity_kwh: float
    hot_water_heat_kwh: float


def simulated_year(seed: int, plan: Iterable[PlannedChange] = ()) -> list[SimulatedDay]:
    """Live through a year and return its days."""
    recording = record(
        Variant.AIR, days=_DAYS, meter_s=60, seed=seed, first_day=FIRST_DAY, plan=plan
    )
    return [
        day
        for date_, bucket in counted(recording).days.items()
        if (day := _day_of(date_, bucket)) is not None
    ]


def counted(recording: Recording) -> Ledger:
    """Return the engine's ledger after a recording without faults of the wires."""
    monitor = PerformanceMonitor.start(Plant(), ZONE, POLICY)
    polls = iter(recording.polls)
    poll: HeatPumpReading | None = next(polls)
    for index, power_w in enumerate(recording.power_w):
        time = datetime.fromtimestamp(recording.meter_time_s(index), UTC)
        while poll is not None and poll.time <= time:
            monitor.add_heat_pump(poll)
            poll = next(polls, None)
        energy_wh = recording.counter_wh(index)
        monitor.add_meter(MeterReading(time=time, power_w=power_w, energy_wh=energy_wh))
    return monitor.ledger


def as_json(days: Iterable[SimulatedDay]) -> list[dict[str, object]]:
    """Return the days as what JSON can hold."""
    return [asdict(day) for day in days]


def day_of(row: Mapping[str, Any]) -> SimulatedDay:
    """Return a day out of JSON."""
    return SimulatedDay(**row)


def _day_of(day: date, bucket: Bucket) -> SimulatedDay | None:
    """Return the figures of a day; None if it is not whole."""
    outside_c = bucket.outside_c
    whole_s = 0.9 * timedelta(days=1).total_seconds()
    if outside_c is None or min(bucket.paired_s, bucket.outside_s) < whole_s:
        return None
    heating, hot_water = (
        _sums(bucket, each) for each in (Touched.HEATING, Touched.HOT_WATER)
    )
    return SimulatedDay(
        day=day.isoformat(),
        outside_c=outside_c,
        electricity_kwh=heating.electricity_wh / 1000,
        heat_kwh=heating.heat_wh / 1000,
        supply_c=heating.mean(Quantity.SUPPLY_C),
        source_in_c=heating.mean(Quantity.SOURCE_IN_C),
        hot_water_electricity_kwh=hot_water.electricity_wh / 1000,
        hot_water_heat_kwh=hot_water.heat_wh / 1000,
    )


def _sums(bucket: Bucket, touched: Touched) -> ModeSums:
    total = ModeSums()
    for mode in touched.modes:
        total.add(bucket.of_mode(mode))
    return total

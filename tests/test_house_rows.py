"""How many state rows a day of a house meter costs."""

from collections import Counter
from datetime import UTC, datetime, timedelta
import random
from zoneinfo import ZoneInfo

from custom_components.heatpump_monitor.house_meter.engine import HouseMeterEngine
from custom_components.heatpump_monitor.house_meter.model import CapacityTariff
from custom_components.heatpump_monitor.house_meter.sensors import (
    HOUSE_METER,
    QUARTERS,
    heat_pump_shares,
)
from custom_components.heatpump_monitor.house_meter.status import HouseStatus
from custom_components.heatpump_monitor.readings import GridReading, PhaseReading
from simulator.house import Equipment, House

EVENING = datetime(2026, 1, 15, 16, tzinfo=UTC)
HOURS = 6
PACE_S = 5
ALLOWED = 6_000
"""Rows a day."""


def test_rows() -> None:
    """A busy evening with a heat pump that cycles stays within the rows of a day."""
    start_s = EVENING.timestamp()
    house = House(
        [], seed=7, start_s=start_s, live_from_s=start_s, equipment=Equipment()
    )
    engine = HouseMeterEngine(
        CapacityTariff(price_per_kw_year=40.0), ZoneInfo("Europe/Brussels")
    )
    noise, drawn_wh, rows = random.Random(1), 0.0, Counter[str]()
    described = [
        each
        for each in (*HOUSE_METER, *QUARTERS, *heat_pump_shares("hp", "Vitocal"))
        if each.entity_registry_enabled_default
    ]
    written: dict[str, tuple[object, object, datetime]] = {}
    for elapsed_s in range(PACE_S, HOURS * 3600 + 1, PACE_S):
        now = EVENING + timedelta(seconds=elapsed_s)
        running_s = elapsed_s % 3900
        heat_pump_w = 2600 - running_s / 6 + noise.gauss(0, 15)
        if running_s > 2400:
            heat_pump_w = 12.0
        drawn_wh += heat_pump_w * PACE_S / 3600
        phases_w = [
            each + heat_pump_w / 3 + noise.gauss(0, 6)
            for each in house.phases_w(start_s + elapsed_s)
        ]
        exchanged = house.at(start_s + elapsed_s)
        reading = GridReading(
            time=now,
            measured_at=now,
            power_w=round(sum(phases_w)),
            phases=tuple(
                PhaseReading(name=name, power_w=round(power_w))
                for name, power_w in zip("abc", phases_w, strict=True)
            ),
            import_wh=round(exchanged.import_wh + drawn_wh),
            export_wh=round(exchanged.export_wh),
        )
        engine.add(reading, {"hp": heat_pump_w})
        status = HouseStatus(reading=reading, snapshot=engine.snapshot)
        for each in described:
            value, beside = each.value_fn(status), each.also_written_fn(status)
            before = written.get(each.key)
            if (
                before is None
                or before[1] != beside
                or each.is_worth_writing(before[0], value, now - before[2])
            ):
                written[each.key] = value, beside, now
                rows[each.key] += 1
    assert rows["quarter_forecast"] > HOURS * 30
    assert rows["last_quarter"] == HOURS * 4 + 1
    assert rows.total() * 24 / HOURS <= ALLOWED, rows

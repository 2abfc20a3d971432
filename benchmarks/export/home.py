"""A home whose readings are known beforehand: the same number, the same readings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import pi, sin
from random import Random
from typing import Final

from custom_components.heatpump_monitor.exporter.point import Point, point
from custom_components.heatpump_monitor.exporter.points.heat_pump import (
    heat_pump_points,
)
from custom_components.heatpump_monitor.exporter.points.house import house_point
from custom_components.heatpump_monitor.exporter.points.meters import meter_point
from custom_components.heatpump_monitor.exporter.points.probes import probe_point
from custom_components.heatpump_monitor.readings import (
    PHASES,
    CircuitReading,
    GridReading,
    HeatPumpReading,
    MeterReading,
    PhaseReading,
    ProbeReading,
)

CYCLE_S: Final = 10
DAY_CYCLES: Final = 86_400 // CYCLE_S
PROBES: Final = 4
_HEAT_PUMP_CYCLES: Final = 30
"""Every five minutes."""
_DAY_S: Final = 86_400.0
_RUN_S: Final = 2_400.0
"""The compressor runs for the first half of it."""
_RUNNING_W: Final = 680.0
_RESTING_W: Final = 4.0
"""Of each phase."""

type Reading = MeterReading | GridReading | ProbeReading | HeatPumpReading


@dataclass(frozen=True, kw_only=True, slots=True)
class Home:
    """A heat pump with a three-phase meter, the grid connection, and four probes."""

    name: str
    start: datetime
    """Of cycle 0, aware."""
    seed: int = 1
    cycle_s: float = CYCLE_S

    def time(self, cycle: int) -> datetime:
        """Return when a cycle is."""
        return self.start + timedelta(seconds=cycle * self.cycle_s)

    def points(self, cycle: int) -> list[Point]:
        """Return the points of a cycle: meter, house and probes, all at once."""
        points = [*self.points_of(self.readings(cycle))]
        if cycle % _HEAT_PUMP_CYCLES == 0:
            points.append(self._interval_point(cycle))
        return points

    def points_of(self, readings: list[Reading]) -> Iterator[Point]:
        """Yield the points of readings as the export makes them."""
        tags = {"home": self.name, "device": "vitocal"}
        for each in readings:
            match each:
                case MeterReading():
                    found = meter_point(each, {**tags, "meter": "shelly-pro-3em"})
                case GridReading():
                    found = house_point(each, tags)
                case ProbeReading():
                    assert each.measured_at is not None
                    probe_tags = {**tags, "probe": each.key}
                    found = probe_point(each, each.measured_at, probe_tags)
                case HeatPumpReading():
                    yield from heat_pump_points(each, tags)
                    continue
            assert found is not None
            yield found

    def readings(self, cycle: int) -> list[Reading]:
        """Return what meter, house and probes say, and at times the heat pump."""
        readings: list[Reading] = [self.metered(cycle), self.house(cycle)]
        readings += self._probed(cycle)
        if cycle % _HEAT_PUMP_CYCLES == 0:
            readings.append(self._heat_pump(cycle))
        return readings

    def metered(self, cycle: int) -> MeterReading:
        """Return what the heat pump's meter says."""
        chance = self._chance(cycle, 0)
        rest_w = _RUNNING_W if self._runs(cycle) else _RESTING_W
        phases = _phases([rest_w + chance.gauss(0.0, 6.0) for _ in PHASES], chance, 1)
        # The mean of running and resting, to 0.01 Wh.
        mean_w = 3.0 * (_RUNNING_W + _RESTING_W) / 2.0
        return MeterReading(
            time=self.time(cycle),
            power_w=round(sum(each.power_w or 0.0 for each in phases), 1),
            energy_wh=1_234_567.0 + round(cycle * self.cycle_s * mean_w / 3_600.0, 2),
            returned_wh=12.0,
            phases=phases,
        )

    def house(self, cycle: int) -> GridReading:
        """Return what the meter of the grid connection says."""
        chance = self._chance(cycle, 1)
        base_w = (1_200.0 + 700.0 * sin(2.0 * pi * self._day_share(cycle))) / 3.0
        phases = _phases([base_w + chance.gauss(0.0, 40.0) for _ in PHASES], chance, 0)
        power_w = sum(each.power_w or 0.0 for each in phases)
        import_wh = 8_000_000.0 + round(cycle * self.cycle_s * 1_200.0 / 3_600.0)
        return GridReading(
            time=self.time(cycle),
            power_w=power_w,
            phases=phases,
            import_wh=import_wh,
            export_wh=3_000_000.0,
            import_by_tariff_wh={1: import_wh - 3_500_000.0, 2: 3_500_000.0},
            export_by_tariff_wh={1: 2_000_000.0, 2: 1_000_000.0},
            tariff=1,
            quarter_average_w=round(power_w * 0.6),
            month_peak_w=4_321.0,
            power_failures=3,
        )

    def _probed(self, cycle: int) -> Iterator[ProbeReading]:
        chance = self._chance(cycle, 2)
        for number in range(PROBES):
            yield ProbeReading(
                key=f"probe-{number + 1}",
                name=f"Probe {number + 1}",
                temperature_c=round(60.0 + 9.0 * number + chance.random(), 1),
                measured_at=self.time(cycle),
                battery_pct=90.0 - cycle // 2_000 % 90,
                signal_dbm=-60.0 - chance.randrange(8),
            )

    def _heat_pump(self, cycle: int) -> HeatPumpReading:
        chance = self._chance(cycle, 3)
        runs = self._runs(cycle)
        supply_c = round((38.0 if runs else 29.0) + chance.gauss(0.0, 0.2), 1)
        circuit = CircuitReading(
            number="0", supply_c=supply_c, target_supply_c=38.0, pump_on=True
        )
        return HeatPumpReading(
            time=self.time(cycle),
            measured_at=self.time(cycle) - timedelta(seconds=chance.randrange(60)),
            outside_c=round(4.0 + 4.0 * sin(2.0 * pi * self._day_share(cycle)), 1),
            supply_c=supply_c,
            return_c=round(supply_c - (5.0 if runs else 0.3), 1),
            hot_water_c=48.5,
            circuits=(circuit,),
            compressor_on=runs,
            modulation_pct=55.0 if runs else 0.0,
            flow_lph=1_260.0 if runs else 0.0,
            run_hours=9_000.0 + cycle // 720,
            starts=5_000.0 + cycle // 240,
            fault_codes=(),
        )

    def _interval_point(self, cycle: int) -> Point:
        """Return the point of an interval, which takes an engine otherwise."""
        runs, seconds = self._runs(cycle), _HEAT_PUMP_CYCLES * self.cycle_s
        power_w = 3.0 * (_RUNNING_W if runs else _RESTING_W)
        found = point(
            "hpm_interval",
            {"home": self.name, "device": "vitocal"},
            self.time(cycle),
            {
                "seconds": seconds,
                "electricity_wh": round(seconds * power_w / 3_600.0, 3),
                "heat_wh": 610.0 if runs else 0.0,
                "cop": 3.59 if runs else None,
                "run_s": seconds if runs else 0.0,
                "starts": 0.0,
                "defrosts": 0.0,
                "heating_s" if runs else "standby_s": seconds,
            },
        )
        assert found is not None
        return found

    def _chance(self, cycle: int, source: int) -> Random:
        """Return the same chance for the same reading."""
        return Random((self.seed * 1_000_000_007 + cycle) * 4 + source)

    def _runs(self, cycle: int) -> bool:
        return cycle * self.cycle_s % _RUN_S < _RUN_S / 2.0

    def _day_share(self, cycle: int) -> float:
        return cycle * self.cycle_s % _DAY_S / _DAY_S


def _phases(
    powers_w: list[float], chance: Random, digits: int
) -> tuple[PhaseReading, ...]:
    phases = []
    for name, power_w in zip(PHASES, powers_w, strict=True):
        voltage_v = round(231.0 + chance.gauss(0.0, 0.8), 1)
        phases.append(
            PhaseReading(
                name=name,
                power_w=round(power_w, digits),
                voltage_v=voltage_v,
                current_a=round(power_w / voltage_v, 3),
            )
        )
    return tuple(phases)

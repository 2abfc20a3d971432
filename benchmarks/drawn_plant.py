"""A heat pump with drawn parameters, independent of the simulator, and its truth."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from custom_components.heatpump_monitor.performance.plant import SourceKind
from custom_components.heatpump_monitor.readings import MeterReading, Mode

HOUR_S = 3600.0
DAY_S = 86_400.0
_MINUTE_S = 60.0

HEATING_LIMIT_C = 15.0
# 30 % of propylene glycol at 0 °C.
BRINE_WH_PER_L_K = 1.09
_RATED_SUPPLY_C = 35.0
_METER_BASE_WH = 50_000.0
_ANSWER_S = 0.3

_RATED_SOURCE_C: Mapping[SourceKind, float] = {
    SourceKind.BRINE: 0.0,
    SourceKind.AIR: 2.0,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawnPlant:
    """One heat pump, its house and the errors of its sensors."""

    source: SourceKind
    inverter: bool = False
    """Whether the compressor modulates; otherwise it is on or off."""
    compressors: int = 1
    rated_heat_w: float = 8000.0
    """True thermal power of all compressors at B0/W35 or A2/W35."""
    rated_error: float = 0.0
    """By which share the stated rated power is above the true one."""
    source_slope_per_k: float = 0.028
    supply_slope_per_k: float = -0.0042
    theta_s: float = 25.0
    """Time constant of the start: power is P * (1 - exp(-t / theta))."""
    brine_c: float = 2.0
    """Source inlet of a resting brine unit."""
    carnot_share: float = 0.5
    standby_w: float = 15.0
    circulation_pump_w: float = 45.0
    source_pump_w: float = 80.0
    """Brine pump or fan, while the compressor runs."""
    lost_share: float = 0.06
    """Share of the compressor's electricity that ends neither in water nor in brine."""
    after_run_s: float = 150.0
    """How long the circulation pump runs on after a stop."""
    run_min: float = 25.0
    charge_min: float = 45.0
    charges_a_day: float = 2.0
    defrosts: bool = True
    """Whether an air unit defrosts."""
    cools: bool = False
    backup_heater_w: float = 0.0
    backup_heaters_a_day: float = 1.0
    """How often the backup heater runs on its own, for 5 to 15 min."""
    burner_w: float = 0.0
    """Thermal power of the burner of a hybrid without backup heater, else 0."""
    delta_t_k: float = 6.0
    """Spread at rated power."""
    sensor_tau_s: float = 25.0
    """Time constant of pipe and sensor of the supply temperature."""
    flow_error: float = 0.0
    """By which share the flow sensor shows too much."""
    delta_t_offset_k: float = 0.0
    """By how much the measured spread is above the true one."""
    brine_delta_t_offset_k: float = 0.0
    """By how much the measured ΔT of the brine is above the true one."""
    reports_inverter_w: bool = False

    @property
    def flow_lph(self) -> float:
        """Return the flow at rated power."""
        return self.rated_heat_w / (self.delta_t_k * water_wh_per_l_k(30.0))

    @property
    def brine_flow_lph(self) -> float:
        """Return the flow that cools the brine by 3 K at rated power and a COP of 4."""
        return 0.75 * self.rated_heat_w / (3.0 * BRINE_WH_PER_L_K)

    @property
    def stated_heat_w(self) -> float:
        """Return the rated power as the unit states it."""
        return round(self.rated_heat_w * (1 + self.rated_error), -1)

    def capacity(self, source_c: float, supply_c: float) -> float:
        """Return the thermal power at full load as a share of the rated one."""
        warmer_k = source_c - _RATED_SOURCE_C[self.source]
        return (
            1
            + self.source_slope_per_k * warmer_k
            + self.supply_slope_per_k * (supply_c - _RATED_SUPPLY_C)
        )


@dataclass(frozen=True, slots=True)
class Energy:
    """Electricity in and heat out, in Wh."""

    electricity_wh: float = 0.0
    heat_wh: float = 0.0

    @property
    def cop(self) -> float:
        """Return the ratio of the two."""
        return self.heat_wh / self.electricity_wh


@dataclass(frozen=True, slots=True)
class PlantTruth:
    """What truly flowed between two moments."""

    modes: Mapping[Mode, Energy]
    """The after-run of a pump belongs to the mode that it follows."""
    run_s: float

    @property
    def electricity_wh(self) -> float:
        """Return the electricity of all modes."""
        return sum(energy.electricity_wh for energy in self.modes.values())

    @property
    def total(self) -> Energy:
        """Return the energies without those of cooling, defrost heat subtracted."""
        kept = [each for mode, each in self.modes.items() if mode is not Mode.COOLING]
        return Energy(
            sum(energy.electricity_wh for energy in kept),
            sum(energy.heat_wh for energy in kept),
        )


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of time in which nothing switches."""

    start_s: float
    end_s: float
    mode: Mode
    """The mode that the energies belong to."""
    run_start_s: float | None = None
    """When the compressor began to make heat or cold; None while it rests."""
    run_end_s: float = 0.0
    defrosting: bool = False
    hot_water: bool = False
    """Whether the valve leads to the cylinder."""
    pump_on: bool = False
    backup_on: bool = False
    burner_on: bool = False
    stages: int = 1
    """How many compressors run, if any."""

    @property
    def running(self) -> bool:
        """Return whether a compressor runs."""
        return self.run_start_s is not None


@dataclass(slots=True)
class Curves:
    """The analogue values at the knots between the steps."""

    supply_c: list[float] = field(default_factory=list)
    return_c: list[float] = field(default_factory=list)
    flow_lph: list[float] = field(default_factory=list)
    modulation_pct: list[float] = field(default_factory=list)
    source_in_c: list[float] = field(default_factory=list)
    source_out_c: list[float] = field(default_factory=list)
    outside_c: list[float] = field(default_factory=list)
    hot_water_c: list[float] = field(default_factory=list)
    inverter_w: list[float] = field(default_factory=list)
    counted_wh: list[float] = field(default_factory=list)
    """Heat as the unit itself counts it since the start, all purposes."""


@dataclass(frozen=True, slots=True)
class Life:
    """A stretch of time that a plant has lived through."""

    plant: DrawnPlant
    start_s: float
    end_s: float
    segments: list[Segment]
    times_s: list[float]
    """The knots; there is one more than there are steps."""
    power_w: list[float]
    """Of each step, as the rest below."""
    heat_w: list[float]
    step_segment: list[Segment]
    total_wh: list[float]
    """Electricity since the start at each knot."""
    curves: Curves

    @property
    def charges(self) -> list[tuple[float, float]]:
        """Return start and end of the compressor run of each hot-water charge."""
        return [
            (segment.start_s, segment.end_s)
            for segment in self.segments
            if segment.mode is Mode.HOT_WATER and segment.running
        ]

    def meter_readings(self, every_s: float = 30.0) -> Iterator[MeterReading]:
        """Yield what the meter answers; its counter moves at each full minute."""
        times_s, power_w = self.times_s, self.power_w
        step, last = 0, len(power_w) - 1
        minute, counter_wh = -1.0, 0.0
        for number in range(int((self.end_s - self.start_s) / every_s)):
            now_s = self.start_s + number * every_s + _ANSWER_S
            while step < last and times_s[step + 1] <= now_s:
                step += 1
            if now_s // _MINUTE_S != minute:
                minute = now_s // _MINUTE_S
                counter_wh = round(
                    _METER_BASE_WH + self.electricity_wh_at(minute * _MINUTE_S), 2
                )
            yield MeterReading(
                time=datetime.fromtimestamp(now_s, UTC),
                power_w=round(power_w[step], 1),
                energy_wh=counter_wh,
            )

    def electricity_wh_at(self, moment_s: float) -> float:
        """Return the electricity since the start."""
        step = self._step_at(moment_s)
        elapsed_s = max(moment_s - self.times_s[step], 0.0)
        return self.total_wh[step] + self.power_w[step] * elapsed_s / HOUR_S

    def truth(self, first_s: float, last_s: float) -> PlantTruth:
        """Return what truly flowed between two moments."""
        sums = {mode: [0.0, 0.0] for mode in Mode}
        run_s = 0.0
        for step in range(self._step_at(first_s), self._step_at(last_s) + 1):
            seconds = min(last_s, self.times_s[step + 1]) - max(
                first_s, self.times_s[step]
            )
            segment = self.step_segment[step]
            of_mode = sums[segment.mode]
            of_mode[0] += self.power_w[step] * seconds
            of_mode[1] += self.heat_w[step] * seconds
            if segment.running:
                run_s += seconds
        return PlantTruth(
            {
                mode: Energy(electricity / HOUR_S, heat / HOUR_S)
                for mode, (electricity, heat) in sums.items()
            },
            run_s,
        )

    def _step_at(self, moment_s: float) -> int:
        step = bisect_right(self.times_s, moment_s) - 1
        return min(max(step, 0), len(self.power_w) - 1)


def water_wh_per_l_k(temperature_c: float) -> float:
    """Return the heat that a litre of water carries per kelvin, in Wh.

    A line through tables of density and heat capacity, 0.1 % at 20 to 55 °C.
    """
    return 1.1601 - 0.00043 * (temperature_c - 20.0)

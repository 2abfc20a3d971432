"""A heat pump with drawn parameters, independent of the simulator's physics.

A plan of compressor runs is cut into segments, and these into steps of 10 s after
every change and of 30 s (running) or 10 min (resting) later on. Power and heat are
constant in a step, so that the truth between any two moments is exact.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from math import cos, exp, pi
from random import Random

from custom_components.heatpump_monitor.performance.plant import SourceKind
from custom_components.heatpump_monitor.performance.readings import MeterReading, Mode

HOUR_S = 3600.0
DAY_S = 86_400.0
_MINUTE_S = 60.0
_STEP_S = 10.0
_RUNNING_STEP_S = 30.0
_RESTING_STEP_S = 600.0
_FINE_S = 180.0

_HEATING_LIMIT_C = 15.0
_COOLING_LIMIT_C = 19.0
_SHORTEST_REST_S = 360.0
_TANK_TARGET_C = 50.0
_TANK_LOSS_K_PER_S = 0.5 / HOUR_S
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
    spread_k: float = 6.0
    """Spread at rated power."""
    sensor_tau_s: float = 25.0
    """Time constant of pipe and sensor of the supply temperature."""
    flow_error: float = 0.0
    """By which share the flow sensor shows too much."""
    spread_offset_k: float = 0.0
    """By how much the measured spread is above the true one."""
    reports_inverter_w: bool = False

    @property
    def flow_lph(self) -> float:
        """Return the flow at rated power."""
        return self.rated_heat_w / (self.spread_k * _water_wh_per_l_k(30.0))

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


def live(
    plant: DrawnPlant,
    *,
    start: datetime,
    days: int,
    seasons: tuple[int, ...] = (15,),
    seed: int = 1,
) -> Life:
    """Live through some days and keep the truth of them.

    Args:
        plant: The heat pump.
        start: When life begins, aware.
        days: How many days of 24 h.
        seasons: Day of the year on which each equal part of the time begins, so
            that 40 days may hold a piece of each season.
        seed: Chooses weather, habits and small variations.
    """
    random = Random(seed)
    start_s = start.timestamp()
    end_s = start_s + days * DAY_S
    weather = _Weather(start_s, days, seasons, random)
    runs = _planned_runs(plant, weather, start_s, end_s, random)
    segments = _segments(plant, weather, runs, start_s, end_s, random)
    return _Physics(plant, weather, random).run(segments)


class _Weather:
    """Outside temperature in central Germany, drawn by the hour."""

    def __init__(
        self, start_s: float, days: int, seasons: tuple[int, ...], random: Random
    ) -> None:
        self._start_s = start_s
        part_days = days / len(seasons)
        fronts_k = [random.gauss(0.0, 3.0) for _ in range(days // 3 + 3)]
        self._hours_c: list[float] = []
        for hour in range(days * 24 + 2):
            day = hour / 24
            part = min(int(day / part_days), len(seasons) - 1)
            of_year = seasons[part] + day - part * part_days
            before, share = int(day / 3), day / 3 % 1
            self._hours_c.append(
                9.5
                - 9.5 * cos((of_year - 20) / 365 * 2 * pi)
                + 3.5 * cos((hour - 15) / 24 * 2 * pi)
                + fronts_k[before] * (1 - share)
                + fronts_k[before + 1] * share
            )

    def outside_c(self, moment_s: float) -> float:
        """Return the outside temperature."""
        hours = (moment_s - self._start_s) / HOUR_S
        hour = min(max(int(hours), 0), len(self._hours_c) - 2)
        low, high = self._hours_c[hour : hour + 2]
        return low + (high - low) * (hours - hour)


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of the compressor, without what interrupts it."""

    start_s: float
    end_s: float
    mode: Mode


def _planned_runs(
    plant: DrawnPlant,
    weather: _Weather,
    start_s: float,
    end_s: float,
    random: Random,
) -> Iterator[_Run]:
    """Yield the runs; hot water goes first as soon as the compressor rests."""
    moment_s = start_s + 600.0
    charge_s = moment_s + random.uniform(0.1, 0.5) * DAY_S / plant.charges_a_day
    while True:
        next_run = _heating_or_cooling(plant, weather, moment_s, end_s, random)
        if next_run.end_s > charge_s - _SHORTEST_REST_S:
            begin_s = max(charge_s, moment_s + _SHORTEST_REST_S)
            length_s = plant.charge_min * 60 * random.uniform(0.85, 1.15)
            next_run = _Run(begin_s, begin_s + length_s, Mode.HOT_WATER)
            charge_s += random.uniform(0.7, 1.3) * DAY_S / plant.charges_a_day
        if next_run.end_s > end_s - _SHORTEST_REST_S:
            return
        yield next_run
        moment_s = next_run.end_s


def _heating_or_cooling(
    plant: DrawnPlant, weather: _Weather, after_s: float, end_s: float, random: Random
) -> _Run:
    """Return the next run that is not for hot water."""
    length_s = plant.run_min * 60 * random.uniform(0.8, 1.2)
    while after_s < end_s:
        outside_c = weather.outside_c(after_s)
        duty = 0.0
        if outside_c < _HEATING_LIMIT_C:
            duty = min(max((17.0 - outside_c) / 30.0, 0.1), 0.85)
            mode = Mode.HEATING
        elif plant.cools and outside_c > _COOLING_LIMIT_C:
            duty, mode = 0.4, Mode.COOLING
        if duty:
            rest_s = length_s * (1 / duty - 1) * random.uniform(0.8, 1.2)
            begin_s = after_s + max(rest_s, _SHORTEST_REST_S)
            return _Run(begin_s, begin_s + length_s, mode)
        after_s += 0.5 * HOUR_S
    return _Run(end_s, end_s + length_s, Mode.HEATING)


def _segments(
    plant: DrawnPlant,
    weather: _Weather,
    runs: Iterator[_Run],
    start_s: float,
    end_s: float,
    random: Random,
) -> list[Segment]:
    """Return the segments without a hole between them."""
    segments: list[Segment] = []
    moment_s, frost_s = start_s, random.uniform(0.0, 2400.0)
    for run in runs:
        segments += _rest(plant, weather, moment_s, run, random)
        working = Segment(
            run.start_s,
            run.end_s,
            run.mode,
            run_start_s=run.start_s,
            run_end_s=run.end_s,
            hot_water=run.mode is Mode.HOT_WATER,
            pump_on=True,
        )
        parts = list(_stages(plant, working, random))
        if plant.burner_w and weather.outside_c(run.start_s) < 2.0:
            parts = list(_with_burner(working, random))
        if plant.source is SourceKind.AIR and plant.defrosts:
            if weather.outside_c(run.start_s) < 5.0 and run.mode is not Mode.COOLING:
                frost_s += run.end_s - run.start_s
            if frost_s > 3000.0 and run.end_s - run.start_s > 480.0:
                parts = list(_with_defrost(working, random))
                frost_s = 0.0
        segments += parts
        moment_s = run.end_s + plant.after_run_s
        segments.append(
            replace(
                working,
                start_s=run.end_s,
                end_s=moment_s,
                run_start_s=None,
            )
        )
    segments.append(Segment(moment_s, end_s, Mode.STANDBY))
    return segments


def _stages(plant: DrawnPlant, working: Segment, random: Random) -> Iterator[Segment]:
    """Yield a run in the parts in which one, or every compressor runs."""
    if plant.compressors == 1:
        yield working
        return
    length_s = working.end_s - working.start_s
    second_s = working.start_s + random.uniform(0.2, 0.6) * length_s
    yield replace(working, end_s=second_s)
    yield replace(working, start_s=second_s, stages=plant.compressors)


def _with_burner(working: Segment, random: Random) -> Iterator[Segment]:
    """Yield a run whose last part the burner helps in, one time out of three."""
    if working.mode is not Mode.HEATING or random.random() > 1 / 3:
        yield working
        return
    length_s = working.end_s - working.start_s
    begin_s = working.start_s + random.uniform(0.4, 0.8) * length_s
    yield replace(working, end_s=begin_s)
    yield replace(working, start_s=begin_s, burner_on=True)


def _with_defrost(working: Segment, random: Random) -> Iterator[Segment]:
    """Yield a run that a defrost interrupts."""
    length_s = random.uniform(210.0, 330.0)
    latest_s = working.end_s - length_s - 90.0
    begin_s = random.uniform(working.start_s + 60.0, latest_s)
    end_s = begin_s + length_s
    yield replace(working, end_s=begin_s)
    yield replace(
        working,
        start_s=begin_s,
        end_s=end_s,
        run_start_s=begin_s,
        mode=Mode.DEFROST,
        defrosting=True,
    )
    yield replace(working, start_s=end_s, run_start_s=end_s)


def _rest(
    plant: DrawnPlant, weather: _Weather, moment_s: float, run: _Run, random: Random
) -> Iterator[Segment]:
    """Yield the time until a run: standby, and what heats on its own."""
    resting = Segment(moment_s, run.start_s, Mode.STANDBY)
    length_s = run.start_s - moment_s
    chance = 0.0
    if plant.backup_heater_w:
        chance = plant.backup_heaters_a_day * length_s / DAY_S
    elif plant.burner_w and weather.outside_c(moment_s) < 2.0:
        chance = 0.5
    on_s = random.uniform(5.0, 15.0) * 60
    if random.random() < chance and length_s > on_s + 900.0:
        begin_s = random.uniform(moment_s + 400.0, run.start_s - on_s - 400.0)
        yield replace(resting, end_s=begin_s)
        yield replace(
            resting,
            start_s=begin_s,
            end_s=begin_s + on_s,
            pump_on=True,
            backup_on=plant.backup_heater_w > 0,
            burner_on=not plant.backup_heater_w,
        )
        resting = replace(resting, start_s=begin_s + on_s)
    if run.mode is not Mode.HOT_WATER:
        yield resting
        return
    # The valve turns a little before the compressor starts.
    yield replace(resting, end_s=run.start_s - 20.0)
    yield replace(resting, start_s=run.start_s - 20.0, hot_water=True, pump_on=True)


class _Physics:
    """Lives through the segments step by step."""

    def __init__(self, plant: DrawnPlant, weather: _Weather, random: Random) -> None:
        self._plant = plant
        self._weather = weather
        self._random = random
        self._return_c = 28.0
        self._spread_k = 0.0
        self._tank_c = 48.0
        self._brine_c = plant.brine_c
        self._level = 0.7

    def run(self, segments: list[Segment]) -> Life:
        """Return the life that the segments make."""
        start_s, end_s = segments[0].start_s, segments[-1].end_s
        life = Life(self._plant, start_s, end_s, segments, [], [], [], [], [], Curves())
        electricity_wh = counted_wh = 0.0
        for segment in segments:
            scatter = self._random.gauss(1.0, 0.01)
            for moment_s, seconds in _steps(segment):
                life.times_s.append(moment_s)
                life.total_wh.append(electricity_wh)
                self._note(life.curves, segment, moment_s, counted_wh)
                power_w, heat_w, seen_w, inverter_w = self._step(
                    segment, moment_s, seconds, scatter
                )
                life.power_w.append(power_w)
                life.heat_w.append(heat_w)
                life.step_segment.append(segment)
                electricity_wh += power_w * seconds / HOUR_S
                counted_wh += seen_w * seconds / HOUR_S
                life.curves.inverter_w.append(inverter_w)
        life.times_s.append(end_s)
        life.total_wh.append(electricity_wh)
        return life

    def _note(
        self, curves: Curves, segment: Segment, moment_s: float, counted_wh: float
    ) -> None:
        """Write down what the sensors show at the begin of a step."""
        plant = self._plant
        outside_c = self._weather.outside_c(moment_s)
        source_c = self._brine_c if plant.source is SourceKind.BRINE else outside_c
        curves.supply_c.append(self._return_c + self._spread_k + plant.spread_offset_k)
        curves.return_c.append(self._return_c)
        flow_lph = self._flow_lph() if segment.pump_on else 0.0
        curves.flow_lph.append(flow_lph * (1 + plant.flow_error))
        share = self._share(segment) if segment.running else 0.0
        curves.modulation_pct.append(100 * share)
        curves.source_in_c.append(source_c)
        curves.source_out_c.append(source_c - 3.0 * share)
        curves.outside_c.append(outside_c)
        curves.hot_water_c.append(self._tank_c)
        curves.counted_wh.append(counted_wh)

    def _flow_lph(self) -> float:
        """Return the flow while the pump runs, which keeps the spread of an inverter."""
        plant = self._plant
        return plant.flow_lph * (max(self._level, 0.5) if plant.inverter else 1.0)

    def _share(self, segment: Segment) -> float:
        """Return the share of the rated power that is asked for."""
        plant = self._plant
        if plant.inverter:
            return round(self._level, 2)
        return segment.stages / plant.compressors

    def _step(
        self, segment: Segment, moment_s: float, seconds: float, scatter: float
    ) -> tuple[float, float, float, float]:
        """Return electricity, heat, heat as counted and inverter power, in W."""
        plant = self._plant
        outside_c = self._weather.outside_c(moment_s + seconds / 2)
        self._move_return(segment, moment_s, seconds, outside_c)
        self._move_source(segment, seconds)
        self._move_level(segment, seconds, outside_c)
        power_w, heat_w, inverter_w = plant.standby_w, 0.0, 0.0
        if segment.pump_on:
            power_w += plant.circulation_pump_w
        if segment.run_start_s is not None:
            source_c = self._brine_c if plant.source is SourceKind.BRINE else outside_c
            steady_w, drawn_w = self._steady(segment, source_c)
            inverter_w = drawn_w * scatter
            power_w += inverter_w + plant.source_pump_w
            heat_w = steady_w * _started_share(
                moment_s - segment.run_start_s, seconds, plant.theta_s
            )
        if segment.backup_on:
            power_w += plant.backup_heater_w
            heat_w += plant.backup_heater_w
        carried_w = heat_w + (plant.burner_w if segment.burner_on else 0.0)
        self._move_spread(segment, carried_w, seconds)
        seen_w = 0.0
        if segment.running and segment.mode is not Mode.COOLING:
            per_k = self._flow_lph() * _water_wh_per_l_k(self._return_c)
            seen_w = (1 + plant.flow_error) * (heat_w + plant.spread_offset_k * per_k)
        return power_w, heat_w, seen_w, inverter_w

    def _steady(self, segment: Segment, source_c: float) -> tuple[float, float]:
        """Return thermal and electric power after the start, in W."""
        plant = self._plant
        asked_w = plant.rated_heat_w * self._share(segment)
        if segment.defrosting:
            return -0.45 * plant.rated_heat_w, 0.12 * plant.rated_heat_w
        if segment.mode is Mode.COOLING:
            return -0.7 * asked_w, 0.2 * asked_w
        per_k = self._flow_lph() * _water_wh_per_l_k(self._return_c)
        # Supply is return plus spread, and the spread goes with the capacity.
        capacity = plant.capacity(source_c, self._return_c) / (
            1 - plant.supply_slope_per_k * asked_w / per_k
        )
        heat_w = asked_w * max(capacity, 0.3)
        condenser_k = self._return_c + heat_w / per_k + 2.0 + 273.15
        lift_k = max(condenser_k - (source_c - 6.0 + 273.15), 15.0)
        return heat_w, heat_w * lift_k / (condenser_k * plant.carnot_share)

    def _move_return(
        self, segment: Segment, moment_s: float, seconds: float, outside_c: float
    ) -> None:
        curve_c = 25.0 + 0.35 * max(_HEATING_LIMIT_C - outside_c, 0.0)
        target_c, tau_s = curve_c - 2.0, 1500.0
        if segment.hot_water:
            target_c, tau_s = self._tank_c - 2.0, 60.0
        elif segment.mode is Mode.COOLING:
            target_c, tau_s = 18.0, 300.0
        elif segment.running:
            done = (moment_s - (segment.run_start_s or 0.0)) / (
                segment.run_end_s - (segment.run_start_s or 0.0)
            )
            target_c, tau_s = curve_c - 2.0 + 4.0 * done, 120.0
        self._return_c = _towards(self._return_c, target_c, seconds, tau_s)
        if segment.running and segment.hot_water:
            left_s = max(segment.run_end_s - moment_s, seconds)
            self._tank_c += max(_TANK_TARGET_C - self._tank_c, 0.0) * seconds / left_s
        else:
            loss_k = _TANK_LOSS_K_PER_S * 2.0 / self._plant.charges_a_day * seconds
            self._tank_c = max(self._tank_c - loss_k, 35.0)

    def _move_source(self, segment: Segment, seconds: float) -> None:
        drop_k = 1.0 if segment.running else 0.0
        self._brine_c = _towards(
            self._brine_c, self._plant.brine_c - drop_k, seconds, 600.0
        )

    def _move_level(self, segment: Segment, seconds: float, outside_c: float) -> None:
        if not segment.running:
            if not segment.pump_on:
                self._level = 0.7
            return
        target = 0.85 if segment.hot_water else 0.4 + 0.03 * (15.0 - outside_c)
        self._level = _towards(self._level, min(max(target, 0.35), 1.0), seconds, 180.0)

    def _move_spread(self, segment: Segment, heat_w: float, seconds: float) -> None:
        plant = self._plant
        if not segment.pump_on:
            self._spread_k = _towards(self._spread_k, 0.0, seconds, 60.0)
            return
        per_k = self._flow_lph() * _water_wh_per_l_k(self._return_c)
        self._spread_k = _towards(
            self._spread_k, heat_w / per_k, seconds, plant.sensor_tau_s
        )


def _steps(segment: Segment) -> Iterator[tuple[float, float]]:
    """Yield begin and length of the steps of a segment."""
    coarse_s = _RUNNING_STEP_S if segment.pump_on else _RESTING_STEP_S
    moment_s, end_s = segment.start_s, segment.end_s
    while moment_s < end_s:
        fine = moment_s - segment.start_s < _FINE_S
        next_s = min(moment_s + (_STEP_S if fine else coarse_s), end_s)
        yield moment_s, next_s - moment_s
        moment_s = next_s


def _started_share(since_s: float, seconds: float, theta_s: float) -> float:
    """Return the mean of 1 - exp(-t / theta) over a step."""
    if since_s > 20 * theta_s:
        return 1.0
    fall = exp(-since_s / theta_s) - exp(-(since_s + seconds) / theta_s)
    return 1 - theta_s / seconds * fall


def _towards(value: float, target: float, seconds: float, tau_s: float) -> float:
    """Return where a first-order lag brings a value."""
    return target + (value - target) * exp(-seconds / tau_s)


def _water_wh_per_l_k(temperature_c: float) -> float:
    """Return the heat that a litre of water carries per kelvin, in Wh.

    A line through tables of density and heat capacity, 0.1 % at 20 to 55 °C.
    """
    return 1.1601 - 0.00043 * (temperature_c - 20.0)

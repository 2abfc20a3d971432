"""The physics of a drawn plant, step by step.

The segments of its plan are cut into steps of 10 s after every change and of 30 s
(pump on) or 10 min (resting) later on. Power and heat are constant in a step, so
that the truth between any two moments is exact.
"""

from collections.abc import Iterator
from datetime import datetime
from math import exp
from random import Random

from custom_components.heatpump_monitor.performance.plant import SourceKind
from custom_components.heatpump_monitor.readings import Mode

from .drawn_plan import Weather, planned_runs, segments_of
from .drawn_plant import (
    BRINE_WH_PER_L_K,
    DAY_S,
    HEATING_LIMIT_C,
    HOUR_S,
    Curves,
    DrawnPlant,
    Life,
    Segment,
    water_wh_per_l_k,
)

_STEP_S = 10.0
_RUNNING_STEP_S = 30.0
_RESTING_STEP_S = 600.0
_FINE_S = 180.0
_TANK_TARGET_C = 50.0
_TANK_LOSS_K_PER_S = 0.5 / HOUR_S


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
    weather = Weather(start_s, days, seasons, random)
    runs = planned_runs(plant, weather, start_s, end_s, random)
    segments = segments_of(plant, weather, runs, start_s, end_s, random)
    return _Physics(plant, weather, random).run(segments)


class _Physics:
    """Lives through the segments step by step."""

    def __init__(self, plant: DrawnPlant, weather: Weather, random: Random) -> None:
        self._plant = plant
        self._weather = weather
        self._random = random
        self._return_c = 28.0
        self._delta_t_k = 0.0
        self._tank_c = 48.0
        self._brine_c = plant.brine_c
        self._level = 0.7
        self._cooled_k = 0.0
        """By how much the brine is cooled."""

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
        curves.supply_c.append(
            self._return_c + self._delta_t_k + plant.delta_t_offset_k
        )
        curves.return_c.append(self._return_c)
        flow_lph = self._flow_lph() if segment.pump_on else 0.0
        curves.flow_lph.append(flow_lph * (1 + plant.flow_error))
        share = self._share(segment) if segment.running else 0.0
        curves.modulation_pct.append(100 * share)
        curves.source_in_c.append(source_c)
        cooled_k = self._cooled_k + plant.brine_delta_t_offset_k
        curves.source_out_c.append(source_c - cooled_k)
        curves.outside_c.append(outside_c)
        curves.hot_water_c.append(self._tank_c)
        curves.counted_wh.append(counted_wh)

    def _flow_lph(self) -> float:
        """Return the flow of the pump, by which an inverter keeps its spread."""
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
        taken_w = heat_w - (1 - plant.lost_share) * inverter_w
        self._cooled_k = _towards(
            self._cooled_k,
            taken_w / (plant.brine_flow_lph * BRINE_WH_PER_L_K),
            seconds,
            plant.sensor_tau_s,
        )
        if segment.backup_on:
            power_w += plant.backup_heater_w
            heat_w += plant.backup_heater_w
        carried_w = heat_w + (plant.burner_w if segment.burner_on else 0.0)
        self._move_spread(segment, carried_w, seconds)
        seen_w = 0.0
        if segment.running and segment.mode is not Mode.COOLING:
            per_k = self._flow_lph() * water_wh_per_l_k(self._return_c)
            seen_w = (1 + plant.flow_error) * (heat_w + plant.delta_t_offset_k * per_k)
        return power_w, heat_w, seen_w, inverter_w

    def _steady(self, segment: Segment, source_c: float) -> tuple[float, float]:
        """Return thermal and electric power after the start, in W."""
        plant = self._plant
        asked_w = plant.rated_heat_w * self._share(segment)
        if segment.defrosting:
            return -0.45 * plant.rated_heat_w, 0.12 * plant.rated_heat_w
        if segment.mode is Mode.COOLING:
            return -0.7 * asked_w, 0.2 * asked_w
        per_k = self._flow_lph() * water_wh_per_l_k(self._return_c)
        # Supply is return plus spread, and the ΔT goes with the capacity.
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
        curve_c = 25.0 + 0.35 * max(HEATING_LIMIT_C - outside_c, 0.0)
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
            self._delta_t_k = _towards(self._delta_t_k, 0.0, seconds, 60.0)
            return
        per_k = self._flow_lph() * water_wh_per_l_k(self._return_c)
        self._delta_t_k = _towards(
            self._delta_t_k, heat_w / per_k, seconds, plant.sensor_tau_s
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

"""What a drawn plant does and when: runs of the compressor, cut into segments."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import cos, pi
from random import Random

from custom_components.heatpump_monitor.performance.plant import SourceKind
from custom_components.heatpump_monitor.readings import Mode

from .drawn_plant import DAY_S, HEATING_LIMIT_C, HOUR_S, DrawnPlant, Segment

_COOLING_LIMIT_C = 19.0
_SHORTEST_REST_S = 360.0


class Weather:
    """Outside temperature in central Germany, drawn by the hour."""

    def __init__(
        self, start_s: float, days: int, seasons: tuple[int, ...], random: Random
    ) -> None:
        """Draw the weather of some days, in equal parts that begin in these seasons."""
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
class Run:
    """A run of the compressor, without what interrupts it."""

    start_s: float
    end_s: float
    mode: Mode


def planned_runs(
    plant: DrawnPlant,
    weather: Weather,
    start_s: float,
    end_s: float,
    random: Random,
) -> Iterator[Run]:
    """Yield the runs; hot water goes first as soon as the compressor rests."""
    moment_s = start_s + 600.0
    charge_s = moment_s + random.uniform(0.1, 0.5) * DAY_S / plant.charges_a_day
    while True:
        next_run = _heating_or_cooling(plant, weather, moment_s, end_s, random)
        if next_run.end_s > charge_s - _SHORTEST_REST_S:
            begin_s = max(charge_s, moment_s + _SHORTEST_REST_S)
            length_s = plant.charge_min * 60 * random.uniform(0.85, 1.15)
            next_run = Run(begin_s, begin_s + length_s, Mode.HOT_WATER)
            charge_s += random.uniform(0.7, 1.3) * DAY_S / plant.charges_a_day
        if next_run.end_s > end_s - _SHORTEST_REST_S:
            return
        yield next_run
        moment_s = next_run.end_s


def _heating_or_cooling(
    plant: DrawnPlant, weather: Weather, after_s: float, end_s: float, random: Random
) -> Run:
    """Return the next run that is not for hot water."""
    length_s = plant.run_min * 60 * random.uniform(0.8, 1.2)
    while after_s < end_s:
        outside_c = weather.outside_c(after_s)
        duty = 0.0
        if outside_c < HEATING_LIMIT_C:
            duty = min(max((17.0 - outside_c) / 30.0, 0.1), 0.85)
            mode = Mode.HEATING
        elif plant.cools and outside_c > _COOLING_LIMIT_C:
            duty, mode = 0.4, Mode.COOLING
        if duty:
            rest_s = length_s * (1 / duty - 1) * random.uniform(0.8, 1.2)
            begin_s = after_s + max(rest_s, _SHORTEST_REST_S)
            return Run(begin_s, begin_s + length_s, mode)
        after_s += 0.5 * HOUR_S
    return Run(end_s, end_s + length_s, Mode.HEATING)


def segments_of(
    plant: DrawnPlant,
    weather: Weather,
    runs: Iterator[Run],
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
    plant: DrawnPlant, weather: Weather, moment_s: float, run: Run, random: Random
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

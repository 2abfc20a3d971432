"""What goes wrong in a year, each thing for itself."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from custom_components.heatpump_monitor.readings import HeatPumpReading, UnitEnergy
from simulator.state import Variant

from .recording import MINUTE_S, Recording

_RESTART_S = 180.0
_HOUR_S = 3600.0
_WEEK_DAYS = 7

type Window = tuple[float, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Scenario:
    """Faults, by epoch seconds."""

    name: str
    lost_share: float = 0.0
    """Share of either source's polls that fail."""
    restarts: tuple[float, ...] = ()
    """When Home Assistant goes down for three minutes."""
    cloud_gaps: tuple[Window, ...] = ()
    meter_gaps: tuple[Window, ...] = ()
    counter_drop: tuple[float, float | None] | None = None
    """When the meter's counter falls, and by how many Wh; None is down to 0."""
    frozen: Window | None = None
    """While the unit's heat counters stand still."""
    catches_up: bool = True
    """Whether they then show what they missed."""
    has_flow: bool = True
    """Whether the unit tells its flow, if it can."""
    has_heat_counters: bool = True

    @property
    def is_throughout(self) -> bool:
        """Return whether it is the same all year long."""
        return self == Scenario(name=self.name, lost_share=self.lost_share)

    @property
    def is_clean(self) -> bool:
        """Return whether nothing goes wrong."""
        return self == Scenario(name=self.name)


def scenarios(recording: Recording, seed: int = 7) -> Iterator[Scenario]:
    """Yield all scenarios of a recording; single faults fall into its middle."""
    day = recording.first_day + timedelta(days=recording.days // 2)
    midnight_s = recording.midnight_s(day)
    next_s = recording.midnight_s(day + timedelta(days=1))
    morning_s = midnight_s + 7.4 * _HOUR_S
    yield Scenario(name="clean")
    yield Scenario(name="5 % of polls lost", lost_share=0.05)
    yield Scenario(
        name="2 restarts a day", restarts=tuple(_restarts(recording, Random(seed)))
    )
    yield Scenario(name="a day without cloud", cloud_gaps=((midnight_s, next_s),))
    yield Scenario(
        name="a night without LAN",
        meter_gaps=((midnight_s - 2 * _HOUR_S, midnight_s + 6 * _HOUR_S),),
    )
    yield Scenario(name="counter reset", counter_drop=(morning_s, None))
    yield Scenario(
        name="step back of 30 Wh",
        counter_drop=(morning_s, 30.0),
        meter_gaps=((morning_s, morning_s + MINUTE_S),),
    )
    if recording.variant is Variant.AIR:
        week: Window = (
            midnight_s,
            recording.midnight_s(day + timedelta(days=_WEEK_DAYS)),
        )
        yield Scenario(name="heat counter frozen for a week", frozen=week)
        yield Scenario(name="the same, never caught up", frozen=week, catches_up=False)
        yield Scenario(name="no heat counters", has_heat_counters=False)
        yield Scenario(name="no flow", has_flow=False)
        yield Scenario(
            name="no flow, counter frozen for a week", has_flow=False, frozen=week
        )


@dataclass(frozen=True, slots=True)
class Faults:
    """A scenario laid over a recording."""

    recording: Recording
    meter_lost: bytearray
    """1 for each meter reading that did not come."""
    poll_lost: bytearray
    counter_offsets: tuple[tuple[float, float], ...]
    """From when on how much is missing from the meter's counter."""
    polls: list[HeatPumpReading]

    def counter_wh(self, index: int) -> float:
        """Return the meter's counter at a reading."""
        value = self.recording.counter_wh(index)
        time_s = self.recording.start_s + index * self.recording.meter_s
        for from_s, offset_wh in self.counter_offsets:
            if time_s >= from_s:
                value = max(value - offset_wh, 0.0)
        return value

    def meter_values(self) -> Iterator[float | None]:
        """Yield the counter as an entity shows it, None while unavailable."""
        for index, lost in enumerate(self.meter_lost):
            yield None if lost else self.counter_wh(index)

    def powers(self) -> Iterator[tuple[float, float | None]]:
        """Yield time in s and power in W as an entity shows it."""
        recording = self.recording
        for index, lost in enumerate(self.meter_lost):
            power_w = None if lost else recording.power_w[index]
            yield recording.meter_time_s(index), power_w

    def seen_polls(self) -> Iterator[HeatPumpReading | None]:
        """Yield the polls, None for those that failed."""
        for reading, lost in zip(self.polls, self.poll_lost, strict=True):
            yield None if lost else reading

    def power_then(self, moment: datetime) -> float | None:
        """Return the power that the meter's entity shows at a moment."""
        elapsed_s = moment.timestamp() - self.recording.meter_time_s(0)
        index = max(int(elapsed_s // self.recording.meter_s), 0)
        return None if self.meter_lost[index] else self.recording.power_w[index]


def lay_over(recording: Recording, scenario: Scenario, seed: int = 3) -> Faults:
    """Return a recording with a scenario's faults."""
    random = Random(seed)
    down = tuple((start, start + _RESTART_S) for start in scenario.restarts)
    meter_times = [
        recording.meter_time_s(index) for index in range(len(recording.power_w))
    ]
    poll_times = [reading.time.timestamp() for reading in recording.polls]
    return Faults(
        recording,
        _lost(meter_times, (*scenario.meter_gaps, *down), scenario.lost_share, random),
        _lost(poll_times, (*scenario.cloud_gaps, *down), scenario.lost_share, random),
        _offsets(recording, scenario),
        [_within(reading, scenario) for reading in _frozen(recording.polls, scenario)],
    )


def _restarts(recording: Recording, random: Random) -> Iterator[float]:
    """Yield two moments a day, one in each half of it."""
    for number in range(recording.days):
        day = recording.first_day + timedelta(days=number)
        for half in (0, 1):
            hours = 12 * half + random.uniform(0.5, 11.5)
            yield recording.midnight_s(day) + hours * _HOUR_S


def _lost(
    times: list[float], windows: tuple[Window, ...], share: float, random: Random
) -> bytearray:
    ordered = sorted(windows)
    lost = bytearray(len(times))
    place = 0
    for index, time_s in enumerate(times):
        while place < len(ordered) and ordered[place][1] <= time_s:
            place += 1
        in_window = place < len(ordered) and ordered[place][0] <= time_s
        lost[index] = in_window or random.random() < share
    return lost


def _offsets(recording: Recording, scenario: Scenario) -> tuple[Window, ...]:
    if scenario.counter_drop is None:
        return ()
    at_s, drop_wh = scenario.counter_drop
    index = int((at_s - recording.start_s) // recording.meter_s)
    all_wh = recording.counter_wh(index)
    return ((at_s, all_wh if drop_wh is None else drop_wh),)


def _frozen(polls: list[HeatPumpReading], scenario: Scenario) -> list[HeatPumpReading]:
    """Return the polls with heat counters that stand still for a while."""
    if scenario.frozen is None:
        return polls
    start_s, end_s = scenario.frozen
    stood = missed = UnitEnergy(heating_wh=0.0, hot_water_wh=0.0)
    changed: list[HeatPumpReading] = []
    for reading in polls:
        time_s, heat = reading.time.timestamp(), reading.heat
        if heat is None or time_s < start_s:
            stood = heat or stood
        elif time_s < end_s:
            missed = _minus(heat, stood)
            reading = replace(reading, heat=stood)
        elif not scenario.catches_up:
            reading = replace(reading, heat=_minus(heat, missed))
        changed.append(reading)
    return changed


def _within(reading: HeatPumpReading, scenario: Scenario) -> HeatPumpReading:
    """Return a reading without what the unit does not tell."""
    if not scenario.has_flow:
        reading = replace(reading, flow_lph=None)
    if not scenario.has_heat_counters:
        reading = replace(reading, heat=None)
    return reading


def _minus(heat: UnitEnergy, other: UnitEnergy) -> UnitEnergy:
    return UnitEnergy(
        heating_wh=max((heat.heating_wh or 0.0) - (other.heating_wh or 0.0), 0.0),
        hot_water_wh=max((heat.hot_water_wh or 0.0) - (other.hot_water_wh or 0.0), 0.0),
    )

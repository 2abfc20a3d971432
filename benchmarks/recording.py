"""A simulated stretch of life, as both wires told it, and the truth beside it."""

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from math import inf
from zoneinfo import ZoneInfo

from custom_components.heatpump_monitor.readings import (
    EnergySpan,
    HeatPumpReading,
    UnitEnergy,
)
from simulator.physics import PlantFault, SimulatedPlant, simulated_plant
from simulator.physics.water import capacity_rate_w_per_k
from simulator.state import Activity, Energies, PlannedChange, PlantState, Variant
from simulator.viessmann.books import Registers

ZONE = ZoneInfo("Europe/Berlin")
# From here a year holds one heating season, a new year and both days on which
# the clock changes.
FIRST_DAY = date(2025, 10, 1)
MINUTE_S = 60
POLL_S = 300
_QUARTER_S = 900
# Polls fall beside the minutes at which the meter moves its counter.
_POLL_OFFSET_S = 137
_ANSWER_S = 0.3
_METER_BASE_WH = 50_000.0
_ACTIVITIES = tuple(Activity)


def midnight_s(day: date) -> float:
    """Return when a local day begins."""
    return datetime(day.year, day.month, day.day, tzinfo=ZONE).timestamp()


@dataclass(frozen=True, slots=True)
class Truth:
    """True energies between two moments."""

    electricity_wh: float
    heat_wh: float

    @property
    def jaz(self) -> float:
        """Return the ratio of the two."""
        return self.heat_wh / self.electricity_wh


@dataclass(frozen=True, kw_only=True, slots=True)
class Recording:
    """What the sources said, on their own paces, without any fault."""

    variant: Variant
    first_day: date
    days: int
    start_s: float
    meter_s: int
    """How often the meter was read."""
    power_w: array[float]
    """Power at each meter reading, in steps of 0.1 W."""
    polls: list[HeatPumpReading]
    minute_electricity_wh: array[float]
    """True electricity at each full minute."""
    minute_heat_wh: array[float]
    poll_electricity_wh: array[float]
    """True electricity at each poll."""
    poll_heat_wh: array[float]
    minute_activity: bytearray = field(default_factory=bytearray)
    """What the heat pump does at each full minute, by its place in `Activity`."""
    heater_hours: array[float] = field(default_factory=lambda: array("d"))
    """Run time of the backup heater at each poll, as the unit counts it."""

    def first(self, days: int) -> Recording:
        """Return the first days of it."""
        days = min(days, self.days)
        end_s = self.midnight_s(self.first_day + timedelta(days=days))
        minutes = int(end_s - self.start_s) // MINUTE_S
        polls = [each for each in self.polls if each.time.timestamp() < end_s]
        return replace(
            self,
            days=days,
            power_w=self.power_w[: minutes * MINUTE_S // self.meter_s],
            polls=polls,
            minute_electricity_wh=self.minute_electricity_wh[: minutes + 1],
            minute_heat_wh=self.minute_heat_wh[: minutes + 1],
            poll_electricity_wh=self.poll_electricity_wh[: len(polls)],
            poll_heat_wh=self.poll_heat_wh[: len(polls)],
            minute_activity=self.minute_activity[: minutes + 1],
            heater_hours=self.heater_hours[: len(polls)],
        )

    def meter_time_s(self, index: int) -> float:
        """Return when a meter reading was answered."""
        return self.start_s + index * self.meter_s + _ANSWER_S

    def counter_wh(self, index: int) -> float:
        """Return the meter's counter at a reading: it moves each full minute."""
        minute = index * self.meter_s // MINUTE_S
        return _METER_BASE_WH + round(self.minute_electricity_wh[minute], 2)

    def midnight_s(self, day: date) -> float:
        """Return when a local day begins."""
        return midnight_s(day)

    def whole_days(self) -> Iterator[date]:
        """Yield the local days that were lived through from end to end."""
        for number in range(1, self.days - 1):
            yield self.first_day + timedelta(days=number)

    def truth_of_day(self, day: date) -> Truth:
        """Return the true energies of a local day, of 23, 24 or 25 hours."""
        return self.truth_of_minutes(
            self._minute(self.midnight_s(day)),
            self._minute(self.midnight_s(day + timedelta(days=1))),
        )

    def truth_of_minutes(self, first: int, last: int) -> Truth:
        """Return the true energies between two full minutes since the start."""
        return Truth(
            self.minute_electricity_wh[last] - self.minute_electricity_wh[first],
            self.minute_heat_wh[last] - self.minute_heat_wh[first],
        )

    def truth_of_activities(self, day: date, *activities: Activity) -> Truth:
        """Return the true energies of a local day while the heat pump did these."""
        asked = {_ACTIVITIES.index(each) for each in activities}
        drawn, heat = self.minute_electricity_wh, self.minute_heat_wh
        first = self._minute(self.midnight_s(day))
        last = self._minute(self.midnight_s(day + timedelta(days=1)))
        minutes = [
            minute
            for minute in range(first, last)
            if self.minute_activity[minute] in asked
        ]
        return Truth(
            sum(drawn[minute + 1] - drawn[minute] for minute in minutes),
            sum(heat[minute + 1] - heat[minute] for minute in minutes),
        )

    def truth_between_polls(self, start: datetime, end: datetime) -> Truth:
        """Return the true energies between the times of two polls."""
        first, last = self._poll(start), self._poll(end)
        return Truth(
            self.poll_electricity_wh[last] - self.poll_electricity_wh[first],
            self.poll_heat_wh[last] - self.poll_heat_wh[first],
        )

    def remembered(self, start: datetime, end: datetime) -> list[EnergySpan]:
        """Return the quarter-hours between two moments, as the meter remembers them."""
        first, last = (
            int((moment.timestamp() - self.start_s) // _QUARTER_S)
            for moment in (start, end)
        )
        minutes = _QUARTER_S // MINUTE_S
        return [
            EnergySpan(
                datetime.fromtimestamp(self.start_s + quarter * _QUARTER_S, UTC),
                datetime.fromtimestamp(self.start_s + (quarter + 1) * _QUARTER_S, UTC),
                self.truth_of_minutes(
                    quarter * minutes, (quarter + 1) * minutes
                ).electricity_wh,
            )
            for quarter in range(first, last)
        ]

    def _minute(self, epoch_s: float) -> int:
        return round((epoch_s - self.start_s) / MINUTE_S)

    def _poll(self, moment: datetime) -> int:
        return round((moment.timestamp() - self.start_s - _POLL_OFFSET_S) / POLL_S)


def record(
    variant: Variant,
    *,
    days: int,
    meter_s: int,
    seed: int = 1,
    first_day: date = FIRST_DAY,
    plan: Iterable[PlannedChange] = (),
    faults: Iterable[PlantFault] = (),
    watch: Watch | None = None,
) -> Recording:
    """Live through local days and write down what the sources say.

    Args:
        variant: Which heat pump.
        days: How many local days.
        meter_s: How often the meter is read: a multiple of the model's 10 s.
        seed: Chooses weather and habits.
        first_day: The first local day.
        plan: What the owner changes, and when.
        faults: What goes wrong, and when.
        watch: Told of the plant at each poll.
    """
    plant = simulated_plant(
        variant,
        seed=seed,
        start_epoch_s=midnight_s(first_day),
        plan=plan,
        faults=faults,
    )
    recorder = Recorder(plant=plant, first_day=first_day, meter_s=meter_s, watch=watch)
    return recorder.record(days)


type Watch = Callable[[SimulatedPlant, float], None]


@dataclass(kw_only=True, slots=True)
class Recorder:
    """A plant that is recorded, and goes on from where the last recording ended."""

    plant: SimulatedPlant
    first_day: date
    """Of the next recording."""
    meter_s: int
    watch: Watch | None = None
    cloud: _Cloud = field(init=False)

    def __post_init__(self) -> None:
        """Ask the plant's cloud from now on."""
        self.cloud = _Cloud(self.plant)

    def record(self, days: int) -> Recording:
        """Live through local days."""
        end_day = self.first_day + timedelta(days=days)
        start_s, end_s = midnight_s(self.first_day), midnight_s(end_day)
        recording = Recording(
            variant=self.plant.variant,
            first_day=self.first_day,
            days=days,
            start_s=start_s,
            meter_s=self.meter_s,
            power_w=array("d"),
            polls=[],
            minute_electricity_wh=array("d"),
            minute_heat_wh=array("d"),
            poll_electricity_wh=array("d"),
            poll_heat_wh=array("d"),
        )
        for minute in range(int(end_s - start_s) // MINUTE_S):
            self._live_minute(recording, start_s + minute * MINUTE_S)
        self._at_full_minute(recording, end_s)
        recording.power_w.append(_power_w(self.plant, end_s))
        self.first_day = end_day
        return recording

    def _live_minute(self, recording: Recording, minute_s: float) -> None:
        self._at_full_minute(recording, minute_s)
        # The model goes forward only, and polls come between two meter readings.
        since_poll_s = (minute_s - recording.start_s - _POLL_OFFSET_S) % POLL_S
        poll_s = minute_s + (POLL_S - since_poll_s) % POLL_S
        for second in range(0, MINUTE_S, self.meter_s):
            if minute_s <= poll_s <= minute_s + second:
                self._poll(recording, poll_s)
                poll_s = inf
            recording.power_w.append(_power_w(self.plant, minute_s + second))
        if poll_s < minute_s + MINUTE_S:
            self._poll(recording, poll_s)

    def _at_full_minute(self, recording: Recording, epoch_s: float) -> None:
        self.plant.advance(epoch_s)
        now = self.plant.energies_at(epoch_s)
        recording.minute_electricity_wh.append(now.electricity_wh)
        recording.minute_heat_wh.append(now.heat_wh)
        recording.minute_activity.append(_ACTIVITIES.index(self.plant.activity))

    def _poll(self, recording: Recording, epoch_s: float) -> None:
        self.plant.advance(epoch_s)
        state = self.plant.state()
        recording.polls.append(self.cloud.answer(state))
        recording.heater_hours.append(self.cloud.heater_hours(state))
        recording.poll_electricity_wh.append(state.energies.electricity_wh)
        recording.poll_heat_wh.append(state.energies.heat_wh)
        if self.watch is not None:
            self.watch(self.plant, epoch_s)


def _power_w(plant: SimulatedPlant, epoch_s: float) -> float:
    """Return the power in steps of 0.1 W, at the beginning of one of the model's steps.

    Power is constant within a step, and two energies are told in half the time
    of a whole state.
    """
    plant.advance(epoch_s + 1)
    before, after = plant.energies_at(epoch_s), plant.energies_at(epoch_s + 1)
    return round((after.electricity_wh - before.electricity_wh) * 3600, 1)


class _Cloud:
    """Says of a plant what the Viessmann cloud would, in its own steps."""

    def __init__(self, plant: SimulatedPlant) -> None:
        """Know a plant; its registers and its year begin now."""
        self._plant = plant
        self._registers = Registers()
        self._year = 0
        self._opened = Registers()
        self._asked_s = plant.origin_epoch_s
        self._missed_wh = {Activity.HEATING: 0.0, Activity.HOT_WATER: 0.0}

    def answer(self, state: PlantState) -> HeatPumpReading:
        """Return the answer to a poll."""
        time = datetime.fromtimestamp(state.epoch_s, UTC)
        if self._plant.variant is Variant.AIR:
            return self._air(state, time)
        return HeatPumpReading(
            time=time,
            compressor_on=state.compressor_on,
            supply_c=round(state.supply_c, 1),
            return_c=round(state.return_c, 1),
            modulation_pct=round(state.modulation * 100),
            rated_heat_w=self._plant.rated_heat_w,
            run_hours=state.energies.run_s // 360 / 10,
            hot_water_charging=state.activity is Activity.HOT_WATER,
            hot_water_c=round(state.hot_water_c, 1),
            hot_water_target_c=self._plant.settings.hot_water_c,
            outside_c=round(state.outside_c, 1),
            source_in_c=round(state.source_in_c, 1),
            source_out_c=round(state.source_out_c, 1),
        )

    def _air(self, state: PlantState, time: datetime) -> HeatPumpReading:
        charging = state.activity is Activity.HOT_WATER
        return HeatPumpReading(
            time=time,
            compressor_on=state.compressor_on,
            supply_c=round(state.supply_c, 1),
            return_c=round(state.return_c, 1),
            flow_lph=round(state.flow_lph),
            run_hours=float(state.energies.run_s // 3600),
            defrosting=state.activity is Activity.DEFROST,
            valve="domestichotwater" if charging else "climatecircuitone",
            hot_water_c=round(state.hot_water_c, 1),
            hot_water_target_c=self._plant.settings.hot_water_c,
            heat=self._heat_this_year(state, time),
            outside_c=round(state.outside_c, 1),
        )

    def _heat_this_year(self, state: PlantState, time: datetime) -> UnitEnergy:
        """Return the counters of the local year, in steps of 0.1 kWh."""
        energies = self._as_counted(state)
        self._registers = self._registers.highest(Registers.of(energies))
        if (year := time.astimezone(ZONE).year) != self._year:
            self._year, self._opened = year, self._registers
        now, opened = self._registers, self._opened
        return UnitEnergy(
            heating_wh=(now.heating_heat - opened.heating_heat) * 100.0,
            hot_water_wh=(now.hot_water_heat - opened.hot_water_heat) * 100.0,
        )

    def _as_counted(self, state: PlantState) -> Energies:
        """Return the energies as a unit counts them whose return sensor is wrong."""
        energies, hours = state.energies, (state.epoch_s - self._asked_s) / 3600
        self._asked_s = state.epoch_s
        if (error_k := self._plant.return_error_k) and state.compressor_on:
            flow_w_per_k = capacity_rate_w_per_k(state.flow_lph, state.return_c)
            mode = Activity.HEATING
            if state.activity is Activity.HOT_WATER:
                mode = Activity.HOT_WATER
            self._missed_wh[mode] += flow_w_per_k * error_k * hours
        return replace(
            energies,
            heating_heat_wh=energies.heating_heat_wh
            - self._missed_wh[Activity.HEATING],
            hot_water_heat_wh=(
                energies.hot_water_heat_wh - self._missed_wh[Activity.HOT_WATER]
            ),
        )

    def heater_hours(self, state: PlantState) -> float:
        """Return the backup heater's hours: those of air units are whole ones."""
        hours = state.energies.backup_heater_s / 3600
        return float(int(hours)) if self._plant.variant is Variant.AIR else hours

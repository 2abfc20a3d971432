"""A simulated stretch of life, as both wires told it, and the truth beside it."""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from custom_components.heatpump_monitor.readings import (
    EnergySpan,
    HeatPumpReading,
    UnitEnergy,
)
from simulator.physics import SimulatedPlant, simulated_plant
from simulator.state import Activity, PlannedChange, PlantState, Variant
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
        return datetime(day.year, day.month, day.day, tzinfo=ZONE).timestamp()

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
) -> Recording:
    """Live through local days and write down what the sources say.

    Args:
        variant: Which heat pump.
        days: How many local days.
        meter_s: How often the meter is read: a multiple of the model's 10 s.
        seed: Chooses weather and habits.
        first_day: The first local day.
        plan: What the owner changes, and when.
    """
    end_day = first_day + timedelta(days=days)
    start_s = datetime(
        first_day.year, first_day.month, first_day.day, tzinfo=ZONE
    ).timestamp()
    end_s = datetime(end_day.year, end_day.month, end_day.day, tzinfo=ZONE).timestamp()
    recording = Recording(
        variant=variant,
        first_day=first_day,
        days=days,
        start_s=start_s,
        meter_s=meter_s,
        power_w=array("d"),
        polls=[],
        minute_electricity_wh=array("d"),
        minute_heat_wh=array("d"),
        poll_electricity_wh=array("d"),
        poll_heat_wh=array("d"),
    )
    plant = simulated_plant(variant, seed=seed, start_epoch_s=start_s, plan=plan)
    cloud = _Cloud(plant)
    for elapsed_s in range(int(end_s - start_s) + 1):
        if elapsed_s % MINUTE_S == 0:
            plant.advance(start_s + elapsed_s)
            now = plant.energies_at(start_s + elapsed_s)
            recording.minute_electricity_wh.append(now.electricity_wh)
            recording.minute_heat_wh.append(now.heat_wh)
        if elapsed_s % meter_s == 0:
            recording.power_w.append(_power_w(plant, start_s + elapsed_s))
        if elapsed_s % POLL_S == _POLL_OFFSET_S:
            plant.advance(start_s + elapsed_s)
            state = plant.state()
            recording.polls.append(cloud.answer(state))
            recording.poll_electricity_wh.append(state.energies.electricity_wh)
            recording.poll_heat_wh.append(state.energies.heat_wh)
    return recording


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
        self._registers = self._registers.highest(Registers.of(state.energies))
        if (year := time.astimezone(ZONE).year) != self._year:
            self._year, self._opened = year, self._registers
        now, opened = self._registers, self._opened
        return UnitEnergy(
            heating_wh=(now.heating_heat - opened.heating_heat) * 100.0,
            hot_water_wh=(now.hot_water_heat - opened.hot_water_heat) * 100.0,
        )

"""What is known of an interval: its segments, and its heat by every method."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import timedelta
from math import sumprod

from ...readings import HeatPumpReading, Mode, Role
from ..electricity.counters import CounterEvent
from ..intervals import Interval, chosen_method
from ..limits import SAMPLE_HOLD_S
from ..modes import is_running
from ..plant import HeatMethod, Part, Plant
from ..segments import Heat, with_means
from .backup_heater import BackupHeater, backup_heater_heat_wh
from .defrosts import DefrostDeltaT
from .heat_meter import HEAT_RATING_W, HeatMeter
from .interval_data import IntervalData, Metered
from .method_errors import COMBINED_METHODS, heat_errors
from .methods import NOT_BY_WATER_TEMPERATURE, powers_w, sampled_heat
from .profiles import Shapes
from .run_time import RunTime, defrosts_between, starts_between
from .unit_counters import UnitHeat, is_plausible

# Weather changes more slowly than what a heat pump does.
_OUTSIDE_HOLD_S = 3 * 3600.0
# The scale of a shape is that of about the last so much heat, and begins at 1.
_SCALE_MEMORY_WH = 200_000.0
_SCALE_PRIOR_WH = 5_000.0
_SCALE_LIMITS = (0.8, 1.25)
# In a longer run, what arrives late after its end does not matter.
_LONG_RUN_WH = 20_000.0
# The scale is not learned from these, nor applied to them or to rest.
_NOT_SAMPLED = frozenset({Mode.HOT_WATER, Mode.COOLING})
_UNSCALED = _NOT_SAMPLED | {Mode.STANDBY}
# A heat counter that does not move for longer is not waited for.
_COUNTER_PATIENCE = timedelta(hours=26)


@dataclass(frozen=True, slots=True)
class RunSums:
    """The heat of a run and the rest after it, by shape and by samples."""

    sampled_wh: float = 0.0
    shaped_wh: float = 0.0
    rested_s: float = 0.0
    is_complete: bool = True
    """Whether the samples cover all of it."""


@dataclass(slots=True)
class ShapeScale:
    """Keeps the sum of shaped heat at that of the samples.

    Samples are right in the sum, as they fall on any moment of a run, but in no
    single run. The shape is right in time, but lines between few values
    cut the corners. So the shape is scaled to the samples over days.
    """

    sampled_wh: float = _SCALE_PRIOR_WH
    shaped_wh: float = _SCALE_PRIOR_WH
    run: RunSums = field(default_factory=RunSums)

    def scaled(self, heat: Heat, data: IntervalData) -> Heat:
        """Return the heat of an interval, scaled.

        Charges of hot water are long, and their shape needs no scale; nor does
        cold, or the heat of a backup heater at rest.
        """
        low, high = _SCALE_LIMITS
        factor = min(max(self.sampled_wh / self.shaped_wh, low), high)
        parts = zip(data.segments, heat.by_segment_wh, strict=True)
        return Heat(
            tuple(
                heat_wh * (1 if segment.mode in _UNSCALED else factor)
                for segment, heat_wh in parts
            )
        )

    def learn(self, heat: Heat, sampled_wh: float | None, data: IntervalData) -> None:
        """Learn from the heat of an interval, together with that of the same run.

        Late values of a run are in the intervals after it. Samples of which others than
        the heat pump have a part are None.
        """
        run, modes = self.run, {segment.mode for segment in data.segments}
        if modes & _NOT_SAMPLED:
            run = replace(run, rested_s=0.0)
        else:
            seconds = sum(segment.seconds for segment in data.segments)
            run = RunSums(
                run.sampled_wh + (sampled_wh or 0.0),
                run.shaped_wh + heat.outside_wh(Mode.STANDBY, data.segments),
                run.rested_s + seconds if modes == {Mode.STANDBY} else 0.0,
                run.is_complete and sampled_wh is not None,
            )
        # Until late values have arrived, or are too few to matter, it is not over.
        has_rested = run.rested_s >= data.join.longest_delay.total_seconds()
        is_over = has_rested or run.shaped_wh >= _LONG_RUN_WH
        self.run = RunSums() if is_over else run
        if is_over and run.is_complete:
            self._add(run)

    def _add(self, run: RunSums) -> None:
        keep = max(0.0, 1 - abs(run.shaped_wh) / _SCALE_MEMORY_WH)
        shaped_wh = run.shaped_wh + self.shaped_wh * keep
        if shaped_wh > 0:
            self.sampled_wh = self.sampled_wh * keep + run.sampled_wh
            self.shaped_wh = shaped_wh


@dataclass(slots=True)
class HeatEstimator:
    """Estimates the heat of one interval after the other."""

    run_time: RunTime = field(default_factory=RunTime)
    heat_meter: HeatMeter = field(default_factory=HeatMeter)
    unit_heat: UnitHeat = field(default_factory=UnitHeat)
    backup_heater: BackupHeater = field(default_factory=BackupHeater)
    scales: dict[HeatMethod, ShapeScale] = field(default_factory=dict)
    defrost: DefrostDeltaT = field(default_factory=DefrostDeltaT)

    def copied(self) -> HeatEstimator:
        """Return a copy for provisional values: it learns for itself."""
        return HeatEstimator(
            run_time=copy(self.run_time),
            heat_meter=copy(self.heat_meter),
            unit_heat=copy(self.unit_heat),
            backup_heater=copy(self.backup_heater),
            scales={method: copy(scale) for method, scale in self.scales.items()},
            defrost=copy(self.defrost),
        )

    @property
    def is_metered(self) -> bool:
        """Return whether readings of the heat pump have shown a heat meter."""
        return self.heat_meter.time is not None

    def metered(
        self, reading: HeatPumpReading
    ) -> tuple[float | None, CounterEvent | None]:
        """Return the metered heat since the last reading in Wh, and what was wrong."""
        if reading.heat_meter_wh is None:
            return reading.heated_wh, None
        return self.heat_meter.take(reading.time, reading.heat_meter_wh)

    def awaits_counter(
        self,
        opened: HeatPumpReading,
        reading: HeatPumpReading,
        plant: Plant,
        metered: Metered,
    ) -> bool:
        """Return whether only a counter knows the heat, and has not shown it yet.

        It moves in steps, and late: the heat is that of the time since it last
        moved. Before the electricity explains it, the rest is still to come.
        """
        if opened.heat is None or reading.heat is None:
            return False
        if powers_w(reading, plant) or opened.heat_meter_wh is not None:
            return False
        if reading.time - opened.time > _COUNTER_PATIENCE:
            return False
        counted_wh = copy(self.unit_heat).add(reading)
        electricity_wh = metered(opened.time, reading.time)
        if counted_wh is None or electricity_wh is None:
            return False
        return counted_wh <= 0 or not is_plausible(counted_wh, electricity_wh)

    def interval(self, data: IntervalData) -> Interval:
        """Return what is known of an interval."""
        start, end, plant = data.start, data.end, data.plant
        run_s = self.run_time.between(start, end)
        heater_wh = self.backup_heater.between(start, end, data.electricity_wh, plant)
        if (metered_wh := data.parts_wh.get(Role.BACKUP_HEATER)) is not None:
            heater_wh = metered_wh
        if Part.BACKUP_HEATER in plant.metered:
            heats = self._heats(data, run_s, 0.0)
        else:
            # Its electricity is not counted, so its heat is not either.
            unmetered_wh, heater_wh = heater_wh or 0.0, None
            heats = {
                method: heat.corrected_to(
                    heat.total_wh - backup_heater_heat_wh(method, unmetered_wh)
                )
                for method, heat in self._heats(data, run_s, unmetered_wh).items()
            }
        if data.in_doubt:
            heats = {}
        if data.is_split:
            run_s = sum(each.seconds for each in data.segments if each.is_running)
        method = chosen_method(heats, plant.heat_method)
        return Interval(
            start=start.time,
            end=end.time,
            segments=with_means(data.segments, start, end),
            electricity_wh=data.electricity_wh,
            run_s=run_s,
            heats=heats,
            method=method,
            # The counters take theirs from any other method.
            has_shape=method is not HeatMethod.COUNTER or len(heats) > 1,
            starts=starts_between(start, end),
            defrosts=defrosts_between(start, end),
            backup_heater_wh=heater_wh,
            parts_wh=data.parts_wh,
            outside_c=_outside_c(data),
            boundary=plant.boundary.key,
            in_doubt=data.in_doubt,
        )

    def _heats(
        self, data: IntervalData, run_s: float | None, unmetered_wh: float
    ) -> dict[HeatMethod, Heat]:
        heats = self._sampled(data, run_s)
        # What sensors show of a run that is just over is its heat.
        if all(each.mode is Mode.STANDBY for each in data.segments):
            # A supply temperature that stands still goes on to show the heat of a run:
            # at rest it is no more than a backup heater can have made.
            most_wh = [
                (each.electricity_wh or 0.0) + unmetered_wh for each in data.segments
            ]
            for method in heats.keys() - NOT_BY_WATER_TEMPERATURE:
                heats[method] = heats[method].limited_to(most_wh)
        if data.heat_wh is not None:
            heats[HeatMethod.HEAT_METER] = Heat.split(data.heat_wh, data.weights)
        if (counted := self._counted(data, heats)) is not None:
            heats[HeatMethod.COUNTER] = counted
        return heats

    def _sampled(
        self, data: IntervalData, run_s: float | None
    ) -> dict[HeatMethod, Heat]:
        if data.elapsed_s > SAMPLE_HOLD_S:
            return {}
        burner_on = data.join.burner_was_on(data.start.time, data.end.time)
        if data.is_split:
            # The scale is not learned from values that are not believed.
            return self._shaped(data, is_believed=not (burner_on or data.in_doubt))
        heats = {
            method: Heat(each)
            for method, each in sampled_heat(data.start, data.end, data.plant).items()
            if method in NOT_BY_WATER_TEMPERATURE or not burner_on
        }
        modulated = heats.pop(HeatMethod.MODULATION, None)
        if modulated is not None and run_s is not None:
            modulated = self.run_time.correct(modulated, data, run_s)
        if modulated is not None:
            heats[HeatMethod.MODULATION] = modulated
        return heats

    def _shaped(
        self, data: IntervalData, *, is_believed: bool
    ) -> dict[HeatMethod, Heat]:
        shapes = Shapes(data, self.defrost)
        self.defrost.learn(data)
        heats: dict[HeatMethod, Heat] = {}
        for method, heat in shapes.heats().items():
            if method in NOT_BY_WATER_TEMPERATURE:
                heats[method] = heat
                continue
            scale = self.scales.setdefault(method, ShapeScale())
            sampled_wh = shapes.sampled_wh(method) if is_believed else None
            if sampled_wh is not None:
                heats[method] = scale.scaled(heat, data)
            scale.learn(heat, sampled_wh, data)
        if (combined := combined_heat(heats, heat_errors(data.plant))) is not None:
            heats[HeatMethod.COMBINED] = combined
        return heats

    def _counted(
        self, data: IntervalData, heats: Mapping[HeatMethod, Heat]
    ) -> Heat | None:
        counted_wh = self.unit_heat.add(data.end)
        if (sampled := chosen_method(heats, None)) is not None:
            most_wh = HEAT_RATING_W * data.elapsed_s / 3600
            return self.unit_heat.corrected_by_counter(
                counted_wh, heats[sampled], data.segments, most_wh
            )
        rested = is_running(data.start) is False and is_running(data.end) is False
        ran = data.elapsed_s > SAMPLE_HOLD_S or not rested
        return self.unit_heat.across_gap(
            counted_wh, data.electricity_wh, data.weights, ran=ran
        )


def combined_heat(
    heats: Mapping[HeatMethod, Heat], errors: Mapping[HeatMethod, float]
) -> Heat | None:
    """Return the mean of modulation and source balance, the surer with more weight.

    None unless both are known. Source: weighted least squares, as in VDI 2048.
    Error: 1 / sqrt(sum of 1 / error²), below that of either.
    """
    if any(method not in heats for method in COMBINED_METHODS):
        return None
    weights = [errors[method] ** -2 for method in COMBINED_METHODS]
    parts = [heats[method].by_segment_wh for method in COMBINED_METHODS]
    return Heat(
        tuple(
            sumprod(weights, of_segment) / sum(weights)
            for of_segment in zip(*parts, strict=True)
        )
    )


def _outside_c(data: IntervalData) -> float | None:
    start_c, end_c = data.start.outside_c, data.end.outside_c
    if start_c is None or end_c is None or data.elapsed_s > _OUTSIDE_HOLD_S:
        return None
    return (start_c + end_c) / 2

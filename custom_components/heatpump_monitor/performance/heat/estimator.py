"""What is known of an interval: its segments, and its heat by every method."""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from math import sumprod

from ...readings import HeatPumpReading, Mode, Role
from ..clocks.join import Join, sampled_segments
from ..electricity.counters import CounterEvent
from ..intervals import Interval, chosen_method
from ..limits import SAMPLE_HOLD_S
from ..modes import is_running
from ..plant import HeatMethod, Part, Plant
from ..segments import Heat, Segment, with_means
from .backup_heater import BackupHeater, backup_heater_heat_wh
from .cycles import defrosts_between, starts_between
from .defrosts import DefrostDeltaT
from .heat_meter import HEAT_RATING_W, HeatMeter
from .method_errors import COMBINED_METHODS, heat_errors
from .methods import BESIDE_THE_WATER, powers_w, sampled_heat
from .profiles import Shapes
from .run_time import RunTime
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

type Metered = Callable[[datetime, datetime], float | None]
"""What the meter counted between two moments, in Wh."""


@dataclass(frozen=True, slots=True)
class RunSums:
    """The heat of a run and the rest after it, by shape and by samples."""

    sampled_wh: float = 0.0
    shaped_wh: float = 0.0
    rested_s: float = 0.0
    is_complete: bool = True
    """Whether the samples cover all of it."""

    def with_interval(
        self, shaped_wh: float, sampled_wh: float | None, segments: Sequence[Segment]
    ) -> RunSums:
        """Return the sums with one more interval."""
        modes = {segment.mode for segment in segments}
        if modes & _NOT_SAMPLED:
            return replace(self, rested_s=0.0)
        seconds = sum(segment.seconds for segment in segments)
        return RunSums(
            self.sampled_wh + (sampled_wh or 0.0),
            self.shaped_wh + shaped_wh,
            self.rested_s + seconds if modes == {Mode.STANDBY} else 0.0,
            self.is_complete and sampled_wh is not None,
        )

    def is_over(self, longest_delay: timedelta) -> bool:
        """Return whether late values have arrived, or are too few to matter."""
        return (
            self.rested_s >= longest_delay.total_seconds()
            or self.shaped_wh >= _LONG_RUN_WH
        )


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

    @property
    def factor(self) -> float:
        """Return what the shape is multiplied by."""
        low, high = _SCALE_LIMITS
        return min(max(self.sampled_wh / self.shaped_wh, low), high)

    def scaled(self, heat: Heat, segments: Sequence[Segment]) -> Heat:
        """Return the heat of an interval, scaled.

        Charges of hot water are long, and their shape needs no scale; nor does
        cold, or the heat of a backup heater at rest.
        """
        return Heat(
            tuple(
                heat_wh * (1 if segment.mode in _UNSCALED else self.factor)
                for segment, heat_wh in zip(segments, heat.by_segment_wh, strict=True)
            )
        )

    def learn(
        self,
        shaped_wh: float,
        sampled_wh: float | None,
        segments: Sequence[Segment],
        longest_delay: timedelta,
    ) -> None:
        """Learn from an interval, together with those of the same run.

        Late values of a run are in the intervals after it.

        Args:
            shaped_wh: The heat by the shape.
            sampled_wh: That by the samples; None where they are not those of the
                heat pump alone.
            segments: Of the interval.
            longest_delay: How late a value may arrive.
        """
        run = self.run.with_interval(shaped_wh, sampled_wh, segments)
        if not run.is_over(longest_delay):
            self.run = run
            return
        self.run = RunSums()
        if run.is_complete:
            self._add(run.sampled_wh, run.shaped_wh)

    def _add(self, sampled_wh: float, shaped_wh: float) -> None:
        keep = max(0.0, 1 - abs(shaped_wh) / _SCALE_MEMORY_WH)
        shaped_wh += self.shaped_wh * keep
        if shaped_wh > 0:
            self.sampled_wh = self.sampled_wh * keep + sampled_wh
            self.shaped_wh = shaped_wh


@dataclass(frozen=True, kw_only=True, slots=True)
class Metering:
    """What the meters counted in an interval."""

    between: Metered
    """The electricity of any part of it."""
    heat_wh: float | None
    """What heat meters counted; None without any."""
    parts_wh: Mapping[Role, float | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Case:
    """What the estimates of one interval share."""

    start: HeatPumpReading
    end: HeatPumpReading
    plant: Plant
    join: Join
    segments: Sequence[Segment]
    electricity_wh: float | None
    in_doubt: bool

    @property
    def elapsed_s(self) -> float:
        return (self.end.time - self.start.time).total_seconds()

    @property
    def is_burner_on(self) -> bool:
        return self.join.burner_was_on(self.start.time, self.end.time)

    @property
    def weights(self) -> list[float]:
        """How heat without a shape is split."""
        return _weights(self.segments, self.start, self.end)


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

    def interval(
        self,
        start: HeatPumpReading,
        end: HeatPumpReading,
        plant: Plant,
        join: Join,
        metering: Metering,
        *,
        in_doubt: bool,
    ) -> Interval:
        """Return what is known of an interval."""
        can_split = start.mode is None and join.can_split(start.time, end.time)
        between = metering.between
        case = _Case(
            start=start,
            end=end,
            plant=plant,
            join=join,
            segments=_segments(start, end, join, between, can_split=can_split),
            electricity_wh=between(start.time, end.time),
            in_doubt=in_doubt,
        )
        sampled_run_s = self.run_time.between(start, end)
        run_s = _run_s(case.segments) if can_split else sampled_run_s
        return self._estimated(case, metering, sampled_run_s, run_s)

    def _estimated(
        self,
        case: _Case,
        metering: Metering,
        sampled_run_s: float | None,
        run_s: float | None,
    ) -> Interval:
        start, end, plant = case.start, case.end, case.plant
        heater_wh = self.backup_heater.between(start, end, case.electricity_wh, plant)
        if (metered_wh := metering.parts_wh.get(Role.BACKUP_HEATER)) is not None:
            heater_wh = metered_wh
        is_metered = Part.BACKUP_HEATER in plant.metered
        unmetered_wh = 0.0 if is_metered else heater_wh or 0.0
        heats, has_shape = self._heats(
            case, sampled_run_s, metering.heat_wh, unmetered_wh
        )
        if not is_metered:
            # Its electricity is not counted, so its heat is not either.
            heats, heater_wh = _without_backup_heater(heats, unmetered_wh), None
        heats = {} if case.in_doubt else heats
        method = chosen_method(heats, plant.heat_method)
        return Interval(
            start=start.time,
            end=end.time,
            segments=with_means(case.segments, start, end),
            electricity_wh=case.electricity_wh,
            run_s=run_s,
            heats=heats,
            method=method,
            has_shape=has_shape or method is not HeatMethod.COUNTER,
            starts=starts_between(start, end),
            defrosts=defrosts_between(start, end),
            backup_heater_wh=heater_wh,
            parts_wh=metering.parts_wh,
            outside_c=_outside_c(start, end),
            boundary=plant.boundary.key,
            in_doubt=case.in_doubt,
        )

    def _heats(
        self,
        case: _Case,
        run_s: float | None,
        heat_meter_wh: float | None,
        unmetered_wh: float,
    ) -> tuple[dict[HeatMethod, Heat], bool]:
        """Return the heat by every method, and whether any of them gives its shape."""
        counted_wh = self.unit_heat.add(case.end)
        sampled = self._sampled(case, run_s)
        heats = _limited_at_rest(sampled, case.segments, unmetered_wh)
        if heat_meter_wh is not None:
            heats[HeatMethod.HEAT_METER] = Heat.split(heat_meter_wh, case.weights)
        return heats | self._counted(case, counted_wh, heats), bool(heats)

    def _sampled(self, case: _Case, run_s: float | None) -> dict[HeatMethod, Heat]:
        if case.elapsed_s > SAMPLE_HOLD_S:
            return {}
        if _is_cut(case.segments):
            return self._shaped(case)
        burner_on = case.is_burner_on
        heats = {
            method: Heat(each)
            for method, each in sampled_heat(case.start, case.end, case.plant).items()
            if method in BESIDE_THE_WATER or not burner_on
        }
        modulated = heats.pop(HeatMethod.MODULATION, None)
        if modulated is not None and run_s is not None:
            modulated = self.run_time.correct(
                modulated, case.start, case.end, case.plant, run_s
            )
        if modulated is not None:
            heats[HeatMethod.MODULATION] = modulated
        return heats

    def _shaped(self, case: _Case) -> dict[HeatMethod, Heat]:
        join, segments = case.join, case.segments
        shapes = Shapes.of(join, segments, case.plant, case.end, self.defrost.mean_k)
        self.defrost.learn(join, case.start.time, case.end.time)
        # The scale is not learned from values that are not believed.
        is_doubtful = case.is_burner_on or case.in_doubt
        heats: dict[HeatMethod, Heat] = {}
        for method, heat in shapes.heats().items():
            if method in BESIDE_THE_WATER:
                heats[method] = heat
                continue
            scale = self.scales.setdefault(method, ShapeScale())
            sampled_wh = shapes.sampled_wh(method, case.start, case.end)
            sampled_wh = None if is_doubtful else sampled_wh
            if sampled_wh is not None:
                heats[method] = scale.scaled(heat, segments)
            shaped_wh = heat.outside_wh(Mode.STANDBY, segments)
            scale.learn(shaped_wh, sampled_wh, segments, join.longest_delay)
        if (combined := combined_heat(heats, heat_errors(case.plant))) is not None:
            heats[HeatMethod.COMBINED] = combined
        return heats

    def _counted(
        self, case: _Case, counted_wh: float | None, heats: Mapping[HeatMethod, Heat]
    ) -> dict[HeatMethod, Heat]:
        if (sampled := chosen_method(heats, None)) is not None:
            most_wh = HEAT_RATING_W * case.elapsed_s / 3600
            counted = self.unit_heat.disciplined(
                counted_wh, heats[sampled], case.segments, most_wh
            )
        else:
            rested = is_running(case.start) is False and is_running(case.end) is False
            counted = self.unit_heat.across_gap(
                counted_wh,
                case.electricity_wh,
                case.weights,
                ran=case.elapsed_s > SAMPLE_HOLD_S or not rested,
            )
        return {} if counted is None else {HeatMethod.COUNTER: counted}


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


def _segments(
    start: HeatPumpReading,
    end: HeatPumpReading,
    join: Join,
    metered: Metered,
    *,
    can_split: bool,
) -> list[Segment]:
    elapsed_s = (end.time - start.time).total_seconds()
    if can_split:
        segments = join.segments(start.time, end.time)
    else:
        segments = list(sampled_segments(start, end))
    is_gap = elapsed_s > SAMPLE_HOLD_S and start.mode is None
    if is_gap and not (can_split and join.compressor.was_polled(start.time, end.time)):
        # What it did throughout a gap, its two ends do not show.
        segments = [replace(segment, mode=None) for segment in segments]
    return [
        replace(segment, electricity_wh=metered(segment.start, segment.end))
        for segment in segments
    ]


def _is_cut(segments: Sequence[Segment]) -> bool:
    return all(segment.is_running is not None for segment in segments)


def _run_s(segments: Sequence[Segment]) -> float:
    return sum(segment.seconds for segment in segments if segment.is_running)


def _weights(
    segments: Sequence[Segment], start: HeatPumpReading, end: HeatPumpReading
) -> list[float]:
    if _is_cut(segments):
        # Without a shape, the heat goes with the electricity of the compressor.
        weights = [
            (segment.electricity_wh or 0.0) * bool(segment.is_running)
            for segment in segments
        ]
    else:
        weights = [float(bool(is_running(each))) for each in (start, end)]
    if any(weights):
        return weights
    return [segment.seconds for segment in segments]


def _limited_at_rest(
    heats: Mapping[HeatMethod, Heat], segments: Sequence[Segment], unmetered_wh: float
) -> dict[HeatMethod, Heat]:
    """Return the heat, at rest no more than a backup heater can have made.

    A supply temperature that stands still goes on to show the heat of a run.
    """
    if any(segment.mode is not Mode.STANDBY for segment in segments):
        # What sensors show of a run that is just over is its heat.
        return dict(heats)
    most_wh = [(segment.electricity_wh or 0.0) + unmetered_wh for segment in segments]
    return {
        method: heat if method in BESIDE_THE_WATER else heat.limited_to(most_wh)
        for method, heat in heats.items()
    }


def _without_backup_heater(
    heats: Mapping[HeatMethod, Heat], backup_heater_wh: float
) -> dict[HeatMethod, Heat]:
    return {
        method: heat.corrected_to(
            heat.total_wh - backup_heater_heat_wh(method, backup_heater_wh)
        )
        for method, heat in heats.items()
    }


def _outside_c(start: HeatPumpReading, end: HeatPumpReading) -> float | None:
    if start.outside_c is None or end.outside_c is None:
        return None
    if (end.time - start.time).total_seconds() > _OUTSIDE_HOLD_S:
        return None
    return (start.outside_c + end.outside_c) / 2

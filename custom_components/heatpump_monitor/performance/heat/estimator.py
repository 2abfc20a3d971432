"""What is known of an interval: its segments, and its heat by every method."""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from math import sumprod

from ...readings import HeatPumpReading, Mode
from ..clocks.join import Join, sampled_segments
from ..intervals import Interval, chosen_method
from ..limits import SAMPLE_HOLD_S
from ..modes import is_running
from ..plant import HeatMethod, Part, Plant
from ..segments import Heat, Segment, with_means
from ..totals.uncertainty import COMBINED_METHODS, heat_errors
from .backup_heater import BackupHeater, backup_heater_heat_wh
from .cycles import defrosts_between, starts_between
from .defrosts import DefrostDeltaT
from .heat_meter import HEAT_RATING_W, HeatMeter
from .methods import BESIDE_THE_WATER, sampled_heat
from .profiles import Shapes
from .run_time import RunTime
from .unit_counters import UnitHeat

# Weather changes more slowly than what a heat pump does.
_OUTSIDE_HOLD_S = 3 * 3600.0
# The scale of a shape is that of about the last so much heat, and begins at 1.
_SCALE_MEMORY_WH = 200_000.0
_SCALE_PRIOR_WH = 5_000.0
_SCALE_LIMITS = (0.8, 1.25)
# In a longer run, what is told late after its end does not matter.
_LONG_RUN_WH = 20_000.0
# The scale is not learned from these, nor applied to them or to rest.
_NOT_SAMPLED = frozenset({Mode.HOT_WATER, Mode.COOLING})
_UNSCALED = _NOT_SAMPLED | {Mode.STANDBY}

type Metered = Callable[[datetime, datetime], float | None]
"""What the meter counted between two moments, in Wh."""


@dataclass(frozen=True, slots=True)
class RunSums:
    """The heat of a run and the rest after it, by shape and by samples."""

    sampled_wh: float = 0.0
    shaped_wh: float = 0.0
    rested_s: float = 0.0
    is_complete: bool = True
    """Whether the samples told of all of it."""

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
        """Return whether what is told late has been told, or is too little to matter."""
        return (
            self.rested_s >= longest_delay.total_seconds()
            or self.shaped_wh >= _LONG_RUN_WH
        )


@dataclass(slots=True)
class ShapeScale:
    """Keeps the sum of shaped heat at that of the samples.

    Samples are right in the sum, as they fall on any moment of a run, but in no
    single run. The shape is right in time, but straight lines between few values
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

        What values tell late of a run, the intervals after it show.

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
        """Add the heat of a run by both."""
        keep = max(0.0, 1 - abs(shaped_wh) / _SCALE_MEMORY_WH)
        shaped_wh += self.shaped_wh * keep
        if shaped_wh > 0:
            self.sampled_wh = self.sampled_wh * keep + sampled_wh
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

    def interval(
        self,
        start: HeatPumpReading,
        end: HeatPumpReading,
        plant: Plant,
        join: Join,
        metered: Metered,
        *,
        heat_meter_wh: float | None,
        in_doubt: bool,
    ) -> Interval:
        """Return what is known of an interval.

        Args:
            start: The reading that opens it.
            end: The reading that closes it.
            plant: What the owner told us.
            join: What both sources told lately.
            metered: What the meter counted.
            heat_meter_wh: What a heat meter counted, None without one.
            in_doubt: Whether the heat pump is not believed for this time.
        """
        electricity_wh = metered(start.time, end.time)
        elapsed_s = (end.time - start.time).total_seconds()
        can_split = start.mode is None and join.can_split(start.time, end.time)
        segments = _segments(start, end, join, metered, can_split=can_split)
        counted_wh = self.unit_heat.add(end)
        sampled_run_s = self.run_time.between(start, end)
        run_s = _run_s(segments) if can_split else sampled_run_s
        heats = self._sampled(
            start, end, plant, join, segments, sampled_run_s, in_doubt=in_doubt
        )
        backup_heater_wh = self.backup_heater.between(start, end, electricity_wh, plant)
        is_backup_heater_metered = Part.BACKUP_HEATER in plant.metered
        unmetered_wh = 0.0 if is_backup_heater_metered else backup_heater_wh or 0.0
        heats = _limited_at_rest(heats, segments, unmetered_wh)
        if heat_meter_wh is not None:
            weights = _weights(segments, start, end)
            heats[HeatMethod.HEAT_METER] = Heat.split(heat_meter_wh, weights)
        has_shape = bool(heats)
        heats |= self._counted(
            counted_wh, heats, segments, electricity_wh, elapsed_s, start, end
        )
        if not is_backup_heater_metered:
            # Its electricity is not in the account, so its heat is not either.
            heats, backup_heater_wh = _without_backup_heater(heats, unmetered_wh), None
        if in_doubt:
            heats = {}
        method = chosen_method(heats, plant.heat_method)
        return Interval(
            start=start.time,
            end=end.time,
            segments=with_means(segments, start, end),
            electricity_wh=electricity_wh,
            run_s=run_s,
            heats=heats,
            method=method,
            has_shape=has_shape or method is not HeatMethod.COUNTER,
            starts=starts_between(start, end),
            defrosts=defrosts_between(start, end),
            backup_heater_wh=backup_heater_wh,
            outside_c=_outside_c(start, end) if elapsed_s <= _OUTSIDE_HOLD_S else None,
            boundary=plant.boundary.key,
            in_doubt=in_doubt,
        )

    def _sampled(
        self,
        start: HeatPumpReading,
        end: HeatPumpReading,
        plant: Plant,
        join: Join,
        segments: Sequence[Segment],
        run_s: float | None,
        *,
        in_doubt: bool,
    ) -> dict[HeatMethod, Heat]:
        """Return the heat by every method that samples power."""
        if (end.time - start.time).total_seconds() > SAMPLE_HOLD_S:
            return {}
        if _is_cut(segments):
            return self._shaped(start, end, plant, join, segments, in_doubt=in_doubt)
        halves = sampled_heat(start, end, plant)
        burner_on = join.burner_was_on(start.time, end.time)
        heats = {
            method: Heat(each)
            for method, each in halves.items()
            if method in BESIDE_THE_WATER or not burner_on
        }
        modulated = heats.pop(HeatMethod.MODULATION, None)
        if modulated is not None and run_s is not None:
            modulated = self.run_time.correct(modulated, start, end, plant, run_s)
        if modulated is not None:
            heats[HeatMethod.MODULATION] = modulated
        return heats

    def _shaped(
        self,
        start: HeatPumpReading,
        end: HeatPumpReading,
        plant: Plant,
        join: Join,
        segments: Sequence[Segment],
        *,
        in_doubt: bool,
    ) -> dict[HeatMethod, Heat]:
        """Return the heat by the series of values, with the sum of the samples."""
        shapes = Shapes.of(join, segments, plant, end, self.defrost.mean_k)
        self.defrost.learn(join, start.time, end.time)
        burner_on = join.burner_was_on(start.time, end.time)
        heats: dict[HeatMethod, Heat] = {}
        for method, heat in shapes.heats().items():
            if method in BESIDE_THE_WATER:
                heats[method] = heat
                continue
            scale = self.scales.setdefault(method, ShapeScale())
            sampled_wh = shapes.sampled_wh(method, start, end)
            # The scale is not learned from values that are not believed.
            is_known = sampled_wh is not None and not (burner_on or in_doubt)
            if is_known:
                heats[method] = scale.scaled(heat, segments)
            scale.learn(
                heat.outside_wh(Mode.STANDBY, segments),
                sampled_wh if is_known else None,
                segments,
                join.longest_delay,
            )
        if (combined := combined_heat(heats, heat_errors(plant))) is not None:
            heats[HeatMethod.COMBINED] = combined
        return heats

    def _counted(
        self,
        counted_wh: float | None,
        heats: Mapping[HeatMethod, Heat],
        segments: Sequence[Segment],
        electricity_wh: float | None,
        elapsed_s: float,
        start: HeatPumpReading,
        end: HeatPumpReading,
    ) -> dict[HeatMethod, Heat]:
        """Return the heat by the unit's counters, if they are plausible."""
        if (sampled := chosen_method(heats, None)) is not None:
            counted = self.unit_heat.disciplined(
                counted_wh,
                heats[sampled],
                segments,
                HEAT_RATING_W * elapsed_s / 3600,
            )
        else:
            rested = is_running(start) is False and is_running(end) is False
            counted = self.unit_heat.across_gap(
                counted_wh,
                electricity_wh,
                _weights(segments, start, end),
                ran=elapsed_s > SAMPLE_HOLD_S or not rested,
            )
        return {} if counted is None else {HeatMethod.COUNTER: counted}


def combined_heat(
    heats: Mapping[HeatMethod, Heat], errors: Mapping[HeatMethod, float]
) -> Heat | None:
    """Return the mean of modulation and source balance, the surer with more weight.

    None unless both are known. Source: weighted least squares, as in VDI 2048.
    Error: 1 / sqrt(sum of 1 / error²), below that of either.

    Args:
        heats: By method.
        errors: By how much each method can be off, as a share.
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
    """Return the segments with their electricity."""
    elapsed_s = (end.time - start.time).total_seconds()
    if can_split:
        segments = join.segments(start.time, end.time)
    else:
        segments = list(sampled_segments(start, end))
    is_gap = elapsed_s > SAMPLE_HOLD_S and start.mode is None
    if is_gap and not (can_split and join.was_polled(start.time, end.time)):
        # What it did throughout a gap, its two ends do not tell.
        segments = [replace(segment, mode=None) for segment in segments]
    return [
        replace(segment, electricity_wh=metered(segment.start, segment.end))
        for segment in segments
    ]


def _is_cut(segments: Sequence[Segment]) -> bool:
    """Return whether the meter told when the compressor ran."""
    return all(segment.is_running is not None for segment in segments)


def _run_s(segments: Sequence[Segment]) -> float:
    return sum(segment.seconds for segment in segments if segment.is_running)


def _weights(
    segments: Sequence[Segment], start: HeatPumpReading, end: HeatPumpReading
) -> list[float]:
    """Return how heat without a shape is split: it was made while it ran."""
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

    Args:
        heats: By method.
        segments: Of the interval.
        unmetered_wh: What a backup heater outside the meter drew in the interval.
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
    return (start.outside_c + end.outside_c) / 2

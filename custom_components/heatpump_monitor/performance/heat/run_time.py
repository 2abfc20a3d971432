"""How long the compressor ran, how often it started, and its defrosts."""

from dataclasses import dataclass, field

from ...readings import HeatPumpReading, Mode
from ...time_units import HOUR_S
from ..electricity.counters import CounterCorrection
from ..limits import SAMPLE_HOLD_S
from ..modes import is_running, mode_of, unseen_defrost_end
from ..segments import Heat
from .interval_data import IntervalData
from .methods import modulation_w

# Hours counters show tenths, or whole hours only, and reach the cloud late.
_TENTH_HOUR_S = 360.0
_LATE_S = 300.0
# So many times what the counter may delay, run by the compressor's state while
# it stands still: then it is frozen.
_FROZEN_STEPS = 2
# No compressor starts more often: its own protection waits for minutes.
_STARTS_PER_S = 1 / 60


@dataclass(slots=True)
class RunTime:
    """Run time of the compressor, by its state and corrected by its hours counter."""

    hours: float | None = None
    correction: CounterCorrection = field(
        default_factory=lambda: CounterCorrection(HOUR_S + _LATE_S)
    )
    unseen_s: float = 0.0
    """Run time, by the compressor's state, since the hours counter last moved."""
    running_w: float | None = None
    """Heat by modulation when the compressor was last seen running."""

    @property
    def is_frozen(self) -> bool:
        """Return whether the hours counter stands still while the compressor runs."""
        return self.unseen_s > _FROZEN_STEPS * self.correction.step

    def between(self, start: HeatPumpReading, end: HeatPumpReading) -> float | None:
        """Return the run time between two readings, in seconds.

        Where the hours counter is frozen, the compressor's state alone gives it.
        """
        sampled_s = _sampled_s(start, end)
        if end.run_hours is None:
            return sampled_s
        elapsed_s = (end.time - start.time).total_seconds()
        if sampled_s is None:
            sampled_s = _counted_s(start, end, elapsed_s)
        self.unseen_s += sampled_s or 0.0
        self._follow(end.run_hours, elapsed_s)
        if sampled_s is None:
            return None
        if self.is_frozen:
            self.correction = CounterCorrection(self.correction.step)
            return sampled_s
        self.correction, run_s = self.correction.corrected(
            sampled_s, end.run_hours * 3600, elapsed_s
        )
        return run_s

    def correct(self, heat: Heat, data: IntervalData, run_s: float) -> Heat | None:
        """Return heat by modulation for the counted instead of the sampled run time."""
        for reading in (data.start, data.end):
            if is_running(reading):
                self.running_w = modulation_w(reading, data.plant)
        if sampled_s := _sampled_s(data.start, data.end):
            return heat.scaled(run_s / sampled_s)
        if sampled_s is None or run_s <= 0:
            return heat
        # A run that both ends missed, with the power of the last one seen.
        if self.running_w is None:
            return None
        weights = [1.0] * len(heat.by_segment_wh)
        return Heat.split(self.running_w * run_s / 3600, weights)

    def _follow(self, hours: float, elapsed_s: float) -> None:
        before, self.hours = self.hours, hours
        if hours != before:
            self.unseen_s = 0.0
        old_step_s = self.correction.step
        step_s = old_step_s if hours.is_integer() else _TENTH_HOUR_S + _LATE_S
        moved_s = 0.0 if before is None else (hours - before) * 3600
        if step_s != old_step_s or not 0 <= moved_s <= elapsed_s + step_s:
            self.correction = CounterCorrection(step_s)


def _counted_s(
    start: HeatPumpReading, end: HeatPumpReading, elapsed_s: float
) -> float | None:
    """Return the run time by the hours counter alone; None where it started again."""
    if start.run_hours is None or end.run_hours is None:
        return None
    counted_s = (end.run_hours - start.run_hours) * 3600
    return min(counted_s, elapsed_s) if counted_s >= 0 else None


def _sampled_s(start: HeatPumpReading, end: HeatPumpReading) -> float | None:
    """Return the run time by the compressor's state at both ends."""
    was_on, is_on = start.compressor_on, end.compressor_on
    if was_on is None or is_on is None or not _are_neighbours(start, end):
        return None
    return (end.time - start.time).total_seconds() * (was_on + is_on) / 2


def starts_between(start: HeatPumpReading, end: HeatPumpReading) -> int:
    """Return how often the compressor started between two readings.

    The unit's own counter knows, through any gap. Without one, or where it
    started again, a start is a compressor that rested at one reading and ran at
    the next; runs between two readings are missed, and nothing is known of a gap.
    """
    if start.starts is not None and end.starts is not None:
        counted = end.starts - start.starts
        elapsed_s = (end.time - start.time).total_seconds()
        if 0 <= counted <= 1 + elapsed_s * _STARTS_PER_S:
            return int(counted)
    is_seen = start.compressor_on is False and end.compressor_on is True
    return int(is_seen and _are_neighbours(start, end))


def defrosts_between(start: HeatPumpReading, end: HeatPumpReading) -> int:
    """Return whether a defrost began, be it over at the second reading."""
    before = mode_of(start)
    if before is None or not _are_neighbours(start, end):
        return 0
    began = before is not Mode.DEFROST and mode_of(end) is Mode.DEFROST
    return int(began or unseen_defrost_end(start, end) is not None)


def _are_neighbours(start: HeatPumpReading, end: HeatPumpReading) -> bool:
    return (end.time - start.time).total_seconds() <= SAMPLE_HOLD_S

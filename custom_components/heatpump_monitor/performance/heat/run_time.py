"""How long the compressor ran, and how often it started."""

from dataclasses import dataclass, field

from ...readings import HeatPumpReading
from ...time_units import HOUR_S
from ..electricity.counters import Discipline
from ..modes import is_running
from ..plant import Plant
from ..segments import Heat
from .methods import modulation_w, sampled_run_s

# Hours counters show tenths, or whole hours only, and reach the cloud late.
_TENTH_HOUR_S = 360.0
_LATE_S = 300.0
# So many times what the counter may delay, run by the compressor's state while
# it stands still: then it is frozen.
_FROZEN_STEPS = 2


@dataclass(slots=True)
class RunTime:
    """Run time of the compressor, by its state and disciplined by its hours counter."""

    hours: float | None = None
    discipline: Discipline = field(default_factory=lambda: Discipline(HOUR_S + _LATE_S))
    unseen_s: float = 0.0
    """Run time, by the compressor's state, since the hours counter last moved."""
    running_w: float | None = None
    """Heat by modulation when the compressor was last seen running."""

    @property
    def is_frozen(self) -> bool:
        """Return whether the hours counter stands still while the compressor runs."""
        return self.unseen_s > _FROZEN_STEPS * self.discipline.step

    def between(self, start: HeatPumpReading, end: HeatPumpReading) -> float | None:
        """Return the run time between two readings, in seconds.

        Where the hours counter is frozen, the compressor's state alone gives it.
        """
        sampled_s = sampled_run_s(start, end)
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
            self.discipline = Discipline(self.discipline.step)
            return sampled_s
        self.discipline, run_s = self.discipline.corrected(
            sampled_s, end.run_hours * 3600, elapsed_s
        )
        return run_s

    def correct(
        self,
        heat: Heat,
        start: HeatPumpReading,
        end: HeatPumpReading,
        plant: Plant,
        run_s: float,
    ) -> Heat | None:
        """Return heat by modulation for the counted instead of the sampled run time."""
        for reading in (start, end):
            if is_running(reading):
                self.running_w = modulation_w(reading, plant)
        sampled_s = sampled_run_s(start, end)
        if sampled_s is None:
            return heat
        if sampled_s > 0:
            return heat.scaled(run_s / sampled_s)
        if run_s <= 0:
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
        step_s = self.discipline.step
        if not hours.is_integer():
            step_s = _TENTH_HOUR_S + _LATE_S
        moved_s = 0.0 if before is None else (hours - before) * 3600
        if step_s != self.discipline.step or not 0 <= moved_s <= elapsed_s + step_s:
            self.discipline = Discipline(step_s)


def _counted_s(
    start: HeatPumpReading, end: HeatPumpReading, elapsed_s: float
) -> float | None:
    """Return the run time by the hours counter alone; None where it started again."""
    if start.run_hours is None or end.run_hours is None:
        return None
    counted_s = (end.run_hours - start.run_hours) * 3600
    return min(counted_s, elapsed_s) if counted_s >= 0 else None

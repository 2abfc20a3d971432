"""The unit's own heat counters: exact over days, coarse and unreliable in between.

They move in steps of 0.1 kWh, reach the cloud late, pause after a defrost until
the heat taken back is made up for, and freeze for hours or days. So they never
give the heat of a short interval by themselves: they correction the method that
samples it. Only across a gap in the samples is their difference the heat.

Error: the unit calculates them from its own flow and ΔT, hence 6 % as of these.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ...readings import HeatPumpReading, Mode
from ..electricity.counters import CounterCorrection, CounterEvent, PurposeCounters
from ..segments import Heat, Segment
from .heat_meter import HEAT_RATING_W

# One step of the counter, and what a defrost takes back before it counts on.
_STEP_WH = 100.0
_DEFROST_WH = 500.0
# Heat made while the counter stood still, from which on it is frozen.
_FROZEN_WH = 1500.0
# A counter that thaws has caught up if it is off by less than this share of
# what was made meanwhile.
_CAUGHT_UP_SHARE = 0.25
# Electricity drawn at work while the counters stood still, from which on they
# are frozen where nothing samples the heat.
_FROZEN_ELECTRICITY_WH = 300.0
# More heat than this many times the electricity is a late correction.
_HIGHEST_COP_OF_COUNTER = 12.0


@dataclass(slots=True)
class UnitHeat(PurposeCounters):
    """Follows the unit's own heat counters, and judges them."""

    event: CounterEvent | None = None
    """What was wrong with the counters at the last reading."""
    is_yearly: bool = False
    """Whether the unit counts by the year; older ones only count by the week."""
    total_wh: float = 0.0
    """What both counted since they were first seen."""
    unseen_wh: float = 0.0
    """Heat made, by the samples, since the counters last moved."""
    uncounted_electricity_wh: float = 0.0
    """Electricity drawn at work since the counters last moved, without samples."""
    correction: CounterCorrection = field(
        default_factory=lambda: CounterCorrection(_STEP_WH + _DEFROST_WH)
    )

    @property
    def is_frozen(self) -> bool:
        """Return whether heat is made that the counters do not show."""
        return self.unseen_wh > _FROZEN_WH

    def add(self, reading: HeatPumpReading) -> float | None:
        """Add a reading; return what was counted since the last, None if not known."""
        known, self.event = self.has_begun, None
        self.is_yearly |= reading.heat is not None
        energy = reading.heat if self.is_yearly else reading.heat_week
        if energy is None:
            return None
        moved_wh, self.event = self.follow(
            reading.time, energy, HEAT_RATING_W, reading.heat_last_year
        )
        if moved_wh is None:
            # A new base: earlier corrections of the samples no longer apply.
            self._restart()
            return None
        self.total_wh += moved_wh
        return moved_wh if known else None

    def corrected_by_counter(
        self,
        counted_wh: float | None,
        sampled: Heat,
        segments: Sequence[Segment],
        most_wh: float,
    ) -> Heat | None:
        """Return the sampled heat, corrected by the least that the counters demand.

        A counter that does not move contradicts nothing yet. When it moves, it
        corrects; but not where it was frozen and goes on from where it stood:
        then what it missed is lost to it, not to us. Cold is not counted, and is
        left as it was sampled.
        """
        warm_wh = sampled.outside_wh(Mode.COOLING, segments)
        if counted_wh is None or counted_wh <= 0:
            # Counters that are missing will have counted it when they are there again.
            self.correction = self.correction.accepted(warm_wh)
            if counted_wh is None:
                return None
            self.unseen_wh += warm_wh
            return None if self.is_frozen else sampled
        missed_wh = self.unseen_wh if self.is_frozen else 0.0
        self.unseen_wh = 0.0
        off_wh = self.correction.contradiction(warm_wh, self.total_wh)
        if missed_wh and abs(off_wh) > _CAUGHT_UP_SHARE * missed_wh:
            self._restart()
            return None
        self.correction, heat_wh = self.correction.corrected(
            warm_wh, self.total_wh, most_wh
        )
        return sampled.corrected_to(heat_wh, segments)

    def across_gap(
        self,
        counted_wh: float | None,
        electricity_wh: float | None,
        weights: Sequence[float],
        *,
        ran: bool,
    ) -> Heat | None:
        """Return the heat of time without samples, None if that is not plausible."""
        if counted_wh is None or electricity_wh is None:
            self._restart()
            return None
        if counted_wh > 0:
            self.uncounted_electricity_wh = 0.0
        elif ran:
            self.uncounted_electricity_wh += electricity_wh
        frozen = self.uncounted_electricity_wh > _FROZEN_ELECTRICITY_WH
        if frozen or not is_plausible(counted_wh, electricity_wh):
            self.correction = CounterCorrection(self.correction.step)
            return None
        self.correction = self.correction.accepted(counted_wh)
        return Heat.split(counted_wh, weights)

    def _restart(self) -> None:
        self.correction = CounterCorrection(self.correction.step)
        self.unseen_wh = self.uncounted_electricity_wh = 0.0


def is_plausible(counted_wh: float, electricity_wh: float) -> bool:
    """Return whether so much heat can have been made with so much electricity."""
    return counted_wh <= _STEP_WH + _HIGHEST_COP_OF_COUNTER * electricity_wh

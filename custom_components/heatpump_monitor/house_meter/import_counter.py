"""The counter of what is drawn, read finer than the steps that it shows."""

from dataclasses import dataclass
from datetime import datetime
import math
from typing import Final

from ..performance.electricity.counters import Counter
from .limits import MOST_W, UNSEEN_S

_RESOLUTIONS_WH: Final = (1000.0, 100.0, 10.0, 1.0, 0.0)
_LARGEST_STEP_FADES: Final = 0.98
_FLOAT_WH: Final = 1e-3
_STUCK_WH: Final = 20.0


@dataclass(frozen=True, slots=True)
class PowerRange:
    """What is drawn from the grid between two readings; 0 where it is not known."""

    mean_w: float = 0.0
    least_w: float = 0.0
    """Of a counter that did not move, a load that is new was switched on just now."""


@dataclass(kw_only=True, slots=True)
class ImportCounter:
    """The total that was drawn, which only grows.

    Between two steps of the counter the power says how far it has come.
    """

    counter: Counter | None = None
    total_wh: float = 0.0
    ahead_wh: float = 0.0
    """What was drawn since the counter reached its value, by the power."""
    moved_at: datetime | None = None
    resolution_wh: float = _RESOLUTIONS_WH[0]
    """What all its values are multiples of."""
    largest_step_wh: float = 0.0
    """Of the last ones."""
    denied_wh: float = 0.0
    """What the power says was drawn, beyond what a counter that stays may hide."""

    def advance(
        self, at: datetime, value_wh: float | None, power_w: PowerRange
    ) -> bool:
        """Add a value of the counter; return whether it continues the one before.

        After a reset, a step back or a jump it is not known what was drawn meanwhile,
        nor after a minute without a value, nor while the counter is stuck. `power_w`
        is that since the last value.
        """
        before = self.counter
        if before is None:
            if value_wh is not None:
                self.counter = Counter(at, value_wh, self.total_wh)
                self.ahead_wh, self.moved_at = 0.0, at
            return False
        elapsed_s = (at - before.time).total_seconds()
        if value_wh is None:
            is_brief = elapsed_s <= UNSEEN_S
            self.counter = before if is_brief else None
            return is_brief
        self.resolution_wh = next(
            one
            for one in _RESOLUTIONS_WH
            if one <= self.resolution_wh and _fits(value_wh, one)
        )
        self.counter, event = before.advanced(at, value_wh, MOST_W)
        step_wh = self.counter.total_wh - before.total_wh
        was_stuck = self._is_stuck()
        if step_wh > 0:
            self._move(at, step_wh, elapsed_s, power_w.mean_w)
        else:
            self._look_ahead(at, power_w.least_w * elapsed_s / 3600)
        # Where the power was too high, the total waits for the counter.
        self.total_wh = max(self.total_wh, self.counter.total_wh + self.ahead_wh)
        if was_stuck or self._is_stuck():
            return False
        # A value that is lower by a rounding is not taken over.
        return event is None or self.counter.value_wh == before.value_wh

    def _move(
        self, at: datetime, step_wh: float, elapsed_s: float, mean_w: float
    ) -> None:
        # A counter that has just moved is less than its last digit behind.
        ahead_wh = self.ahead_wh + mean_w * elapsed_s / 3600 - step_wh
        self.ahead_wh = min(max(ahead_wh, 0.0), self.resolution_wh)
        self.moved_at, self.denied_wh = at, 0.0
        if elapsed_s <= UNSEEN_S:
            faded_wh = self.largest_step_wh * _LARGEST_STEP_FADES
            self.largest_step_wh = max(step_wh, faded_wh)

    def _look_ahead(self, at: datetime, drawn_wh: float) -> None:
        """Count by the power while the counter does not move.

        A counter that stays although power flows is coarse, or renewed seldom, or the
        power is another's: it is believed for so long only.
        """
        unmoved_s = 0.0
        if self.moved_at is not None:
            unmoved_s = (at - self.moved_at).total_seconds()
        if unmoved_s <= UNSEEN_S or self.ahead_wh + drawn_wh <= self.largest_step_wh:
            self.ahead_wh += drawn_wh
        else:
            self.denied_wh += drawn_wh

    def _is_stuck(self) -> bool:
        """Return whether the counter stays although it should have moved by now.

        Its source may have died: what it shows is then no measurement.
        """
        return self.denied_wh > max(self.largest_step_wh, _STUCK_WH)


def _fits(value_wh: float, resolution_wh: float) -> bool:
    """Return whether a value is a multiple, but for what kWh lose as a float."""
    if resolution_wh == 0:
        return True
    return abs(math.remainder(value_wh, resolution_wh)) < _FLOAT_WH

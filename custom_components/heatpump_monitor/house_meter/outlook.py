"""How the quarter-hour will end, and whether to warn."""

from dataclasses import dataclass
from datetime import datetime
import math
from typing import Final

from .limits import UNSEEN_S
from .model import QUARTER

_QUARTER_S: Final = QUARTER.total_seconds()
# Chosen by measurement: docs/house_meter.md.
_SMOOTHED_S: Final = 30.0
_RAISED_AFTER_SHARE: Final = 1 / 3
_RAISED_AFTER_S: Final = 15.0
_CLEARED_BELOW: Final = 0.95
_CLEARED_AFTER_S: Final = 60.0


@dataclass(kw_only=True, slots=True)
class SmoothedPower:
    """The power that is drawn, without what is over after seconds."""

    power_w: float | None = None

    def add(self, power_w: float | None, elapsed_s: float) -> None:
        """Add the power of a sample, so long after the one before."""
        if power_w is None:
            self.power_w = None
        elif self.power_w is None or elapsed_s > UNSEEN_S:
            self.power_w = power_w
        else:
            share = -math.expm1(-elapsed_s / _SMOOTHED_S)
            self.power_w += share * (power_w - self.power_w)


def forecast_w(so_far_w: float, power_w: float, ends_in_s: float) -> float:
    """Return the average at the end of the quarter-hour, if a power stays."""
    return so_far_w + power_w * ends_in_s / _QUARTER_S


def headroom_w(so_far_w: float, limit_w: float, ends_in_s: float) -> float | None:
    """Return what may be drawn on average until the end without exceeding a limit."""
    if ends_in_s <= 0:
        return None
    return max(limit_w - so_far_w, 0.0) * _QUARTER_S / ends_in_s


@dataclass(kw_only=True, slots=True)
class ExceedWarning:
    """Whether the quarter-hour will exceed the limit; slow to change its mind."""

    start: datetime | None = None
    """Of the quarter-hour; each begins without a warning."""
    is_raised: bool = False
    contradicted_at: datetime | None = None
    """Since when the forecast says the opposite."""

    def update(
        self,
        at: datetime,
        start: datetime,
        so_far_w: float,
        forecast_w: float,
        limit_w: float,
    ) -> None:
        """Raise or clear the warning, once the forecast says so for long enough.

        It is raised after a third of the time that was left: in the first minutes a
        kettle is no reason, towards the end there is no time to wait.
        """
        if start != self.start:
            self.start, self.is_raised, self.contradicted_at = start, False, None
        if so_far_w > limit_w:
            self.is_raised, self.contradicted_at = True, None
            return
        threshold_w = limit_w * (_CLEARED_BELOW if self.is_raised else 1.0)
        if (forecast_w > threshold_w) == self.is_raised:
            self.contradicted_at = None
            return
        self.contradicted_at = self.contradicted_at or at
        hold_s = _CLEARED_AFTER_S
        if not self.is_raised:
            left_s = (start + QUARTER - at).total_seconds()
            hold_s = max(left_s * _RAISED_AFTER_SHARE, _RAISED_AFTER_S)
        if (at - self.contradicted_at).total_seconds() >= hold_s:
            self.is_raised, self.contradicted_at = not self.is_raised, None

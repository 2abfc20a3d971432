"""A heat meter of its own: its counter runs back in a defrost, and may start again."""

from dataclasses import dataclass
from datetime import datetime

from .counters import CounterEvent

# More heat than a unit of one household makes, or takes back.
HEAT_RATING_W = 50_000.0
# A counter that falls to less than this share started again; one that falls by
# less gave heat back. Source: data rules of the Electrification of Heat trial.
_RESET_SHARE = 0.05


@dataclass(slots=True)
class HeatMeter:
    """Follows the counter of a heat meter."""

    time: datetime | None = None
    value_wh: float = 0.0

    def take(
        self, time: datetime, value_wh: float
    ) -> tuple[float | None, CounterEvent | None]:
        """Take a reading; return the heat since the last in Wh, and what was wrong.

        The heat keeps its sign: what a defrost takes back is negative. It is
        None for the first reading, and where the counter started again or
        jumped by more than can flow. Error: 2.5 %, as a meter of EN 1434 class 2
        shows once it is installed.
        """
        last, self.time = self.time, time
        before_wh, self.value_wh = self.value_wh, value_wh
        if last is None:
            return None, None
        step_wh = value_wh - before_wh
        if step_wh < 0 and abs(value_wh) <= _RESET_SHARE * before_wh:
            return None, CounterEvent.RESET
        if abs(step_wh) > HEAT_RATING_W * (time - last).total_seconds() / 3600:
            return None, CounterEvent.JUMP
        return step_wh, None

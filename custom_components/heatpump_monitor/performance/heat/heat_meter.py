"""A heat meter of its own: its counter runs back in a defrost, and may start again."""

from dataclasses import dataclass, field
from datetime import datetime

from ...readings import MeterReading
from ..electricity.counters import CounterEvent
from ..electricity.meter_total import Timeline

# More heat than a unit of one household makes, or takes back.
HEAT_RATING_W = 50_000.0
# A counter that falls to less than this share started again; one that falls by
# less gave heat back. Source: data rules of the Electrification of Heat trial.
_RESET_SHARE = 0.05
# In a young meter's few kWh that share is less than what it counts by the next
# reading; but no defrost takes more than this, and half of all there was.
_TAKEN_BACK_WH = 1000.0
_TAKEN_BACK_SHARE = 0.5
# Heat meters count in steps of up to 1 kWh, and are read more often than these come.
_COARSEST_STEP_WH = 1000.0


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
        heat_wh = value_wh - before_wh
        if heat_wh < 0 and _started_again(before_wh, value_wh):
            return None, CounterEvent.RESET
        most_wh = HEAT_RATING_W * (time - last).total_seconds() / 3600
        most_wh += _COARSEST_STEP_WH
        if abs(heat_wh) > most_wh:
            return None, CounterEvent.JUMP
        return heat_wh, None


@dataclass(slots=True)
class HeatMeterTotal:
    """Adds up the readings of one heat meter, at its own pace."""

    identity: str | None = None
    counter: HeatMeter = field(default_factory=HeatMeter)
    timeline: Timeline = field(default_factory=Timeline)

    def identify(self, identity: str | None) -> None:
        """Set which meter it is; another one starts its own counter."""
        if self.identity is not None and identity not in (None, self.identity):
            self.restart()
        self.identity = identity or self.identity

    def restart(self) -> None:
        """Start a new base: the next value has nothing to do with the last."""
        self.counter, self.timeline = HeatMeter(), Timeline()

    def add(self, reading: MeterReading) -> CounterEvent | None:
        """Add a reading; return what was wrong with its counter.

        A reading that is not later than the last one changes nothing.
        """
        times = self.timeline.times
        if reading.energy_wh is None or (times and reading.time <= times[-1]):
            return None
        total_wh = self.timeline.totals_wh[-1] if times else 0.0
        if times and reading.energy_wh == self.counter.value_wh:
            # What a coarse counter moves by had the time since its last move.
            self.timeline.extend(reading.time, total_wh)
            return None
        heat_wh, event = self.counter.take(reading.time, reading.energy_wh)
        if heat_wh is None:
            self.timeline = Timeline([reading.time], [total_wh])
        else:
            self.timeline.extend(reading.time, total_wh + heat_wh)
        return event


def _started_again(before_wh: float, value_wh: float) -> bool:
    if abs(value_wh) <= _RESET_SHARE * before_wh:
        return True
    most_wh = max(_TAKEN_BACK_WH, _TAKEN_BACK_SHARE * before_wh)
    return value_wh >= 0 and before_wh - value_wh > most_wh

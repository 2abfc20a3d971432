"""The electricity of any stretch of time, from the meter's own counter.

Meters move their counters at their own pace: some with every reading, the
Shelly Pro 3EM once a minute. Between two moves of the counter the power samples
give the shape, and the counter gives the sum.
"""

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .counters import Counter, CounterEvent
from .readings import MeterReading

# Two power samples further apart than this say nothing of the time between.
_SAMPLE_GAP_S = 60.0
# A counter that has not moved for longer than its own pace stands still because
# nothing flows.
_PACE_S = 90.0
# How much of the past can still be asked for.
_KEPT = timedelta(hours=26)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Energy that flowed evenly between two moments."""

    start: datetime
    end: datetime
    energy_wh: float


@dataclass(slots=True)
class Timeline:
    """A total that is known at some moments and runs straight between them."""

    times: list[datetime] = field(default_factory=list)
    totals_wh: list[float] = field(default_factory=list)

    def start_at(self, moment: datetime, total_wh: float) -> None:
        """Begin anew: nothing is known of the time before."""
        self.times = [moment]
        self.totals_wh = [total_wh]

    def extend(self, moment: datetime, total_wh: float) -> Stretch:
        """Add a later moment; return the stretch up to it."""
        stretch = Stretch(self.times[-1], moment, total_wh - self.totals_wh[-1])
        self.times.append(moment)
        self.totals_wh.append(total_wh)
        return stretch

    def total_at(self, moment: datetime) -> float | None:
        """Return the total at a moment, None outside of what is known."""
        if not self.times or not self.times[0] <= moment <= self.times[-1]:
            return None
        after = bisect_left(self.times, moment)
        if self.times[after] == moment:
            return self.totals_wh[after]
        start, end = self.times[after - 1], self.times[after]
        low, high = self.totals_wh[after - 1], self.totals_wh[after]
        return low + (moment - start) / (end - start) * (high - low)

    def forget_before(self, moment: datetime) -> None:
        """Drop what lies before a moment, keeping the point that brackets it."""
        place = max(bisect_left(self.times, moment) - 1, 0)
        del self.times[:place]
        del self.totals_wh[:place]


@dataclass(slots=True)
class MeterAccount:
    """Adds up one meter's readings, in the order of their time."""

    rating_w: float
    counter: Counter | None = None
    timeline: Timeline = field(default_factory=Timeline)
    last: MeterReading | None = None
    base_wh: float = 0.0
    """The total before the timeline began."""
    _shape: list[tuple[datetime, float]] = field(default_factory=list)
    """Power integrated since the counter's last move, in Wh, by moment."""
    _shape_known: bool = True

    @property
    def total_wh(self) -> float:
        """Return all energy counted so far."""
        return self.timeline.totals_wh[-1] if self.timeline.times else self.base_wh

    def add(self, reading: MeterReading) -> tuple[list[Stretch], CounterEvent | None]:
        """Add a reading; return the stretches that became known, and what was wrong.

        A reading that is not later than the last one changes nothing.
        """
        last = self.last
        if last is not None and reading.time <= last.time:
            return [], None
        self.last = reading
        if reading.energy_wh is not None:
            return self._add_counter(last, reading, reading.energy_wh)
        if self.counter is not None:
            self._hold(last, reading)
            return [], None
        return self._add_power(last, reading), None

    def replace_meter(self) -> None:
        """Go on with another meter: its counter has nothing to do with the old one's."""
        self.base_wh = self.total_wh
        self.timeline = Timeline()
        self.counter = self.last = None
        self._shape = []

    def total_at(self, moment: datetime) -> float | None:
        """Return the total at a moment, None where it is not known (yet, or any more)."""
        return self.timeline.total_at(moment)

    def is_known_past(self, moment: datetime) -> bool:
        """Return whether readings to come can no longer tell the total at a moment."""
        return bool(self.timeline.times) and moment < self.timeline.times[0]

    def forget_before(self, moment: datetime) -> None:
        """Drop what lies before a moment."""
        if self.timeline.times:
            self.timeline.forget_before(max(moment, self.timeline.times[-1] - _KEPT))

    def _add_counter(
        self, last: MeterReading | None, reading: MeterReading, energy_wh: float
    ) -> tuple[list[Stretch], CounterEvent | None]:
        if self.counter is None or not self.timeline.times:
            self._find_start(reading.time, energy_wh)
            return [], None
        before = self.counter
        counter, event = before.advanced(reading.time, energy_wh, self.rating_w)
        if event in (CounterEvent.RESET, CounterEvent.JUMP):
            self._settle_at(counter)
            self.timeline.start_at(reading.time, counter.total_wh)
            return [], event
        gap_s = self._hold(last, reading)
        still = counter.value_wh == before.value_wh
        waited_s = (reading.time - before.time).total_seconds()
        if still and waited_s <= _PACE_S and gap_s <= _SAMPLE_GAP_S:
            return [], event
        stretches = self._shaped(reading.time, counter.total_wh)
        self._settle_at(counter)
        return stretches, event

    def _find_start(self, moment: datetime, energy_wh: float) -> None:
        """Wait for the counter's first move: only then its value has a moment."""
        before = self.counter
        if before is None or energy_wh < before.value_wh:
            self.counter = Counter(moment, energy_wh, self.total_wh)
            return
        waited_s = (moment - before.time).total_seconds()
        if energy_wh > before.value_wh or waited_s > _PACE_S:
            self._settle_at(Counter(moment, energy_wh, before.total_wh))
            self.timeline.start_at(moment, before.total_wh)

    def _hold(self, last: MeterReading | None, reading: MeterReading) -> float:
        """Remember the shape up to a reading; return the seconds since the last."""
        gap_s, energy_wh = _between(last, reading)
        if energy_wh is None:
            self._shape_known = False
        else:
            so_far_wh = self._shape[-1][1] if self._shape else 0.0
            self._shape.append((reading.time, so_far_wh + energy_wh))
        return gap_s

    def _shaped(self, end: datetime, total_wh: float) -> list[Stretch]:
        """Spread what the counter moved by over the shape since its last move."""
        base_wh = self.timeline.totals_wh[-1]
        shape_wh = self._shape[-1][1] if self._shape else 0.0
        if not self._shape_known or shape_wh <= 0:
            return [self.timeline.extend(end, total_wh)]
        scale = (total_wh - base_wh) / shape_wh
        return [
            self.timeline.extend(moment, base_wh + scale * energy_wh)
            for moment, energy_wh in self._shape
        ]

    def _settle_at(self, counter: Counter) -> None:
        self.counter = counter
        self._shape = []
        self._shape_known = True

    def _add_power(
        self, last: MeterReading | None, reading: MeterReading
    ) -> list[Stretch]:
        """Add a reading of a meter without a counter."""
        _, energy_wh = _between(last, reading)
        if energy_wh is None or not self.timeline.times:
            self.timeline.start_at(reading.time, self.total_wh)
            return []
        return [self.timeline.extend(reading.time, self.total_wh + energy_wh)]


def _between(
    last: MeterReading | None, reading: MeterReading
) -> tuple[float, float | None]:
    """Return the seconds between two readings, and the energy that power tells."""
    if last is None:
        return 0.0, None
    gap_s = (reading.time - last.time).total_seconds()
    if gap_s > _SAMPLE_GAP_S or last.power_w is None or reading.power_w is None:
        return gap_s, None
    return gap_s, (last.power_w + reading.power_w) / 2 * gap_s / 3600

"""Make the readings of a meter from reports that come at their own pace.

Entities report a counter every few seconds or minutes, or only when it has moved by
0.1 or 1 kWh, and the power beside it at another pace. The counter gives the sum, and
the power the shape between two moves of the counter.
"""

from collections import deque
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from statistics import median
from typing import Final

from ...readings import MeterReading

# Power that is reported less often has no shape: the counter is all there is.
_FAST: Final = timedelta(seconds=60)
_PACES_KEPT = 9
_FEWEST_PACES = 3
# Less than this is no compressor: it need not change, and so need not be reported.
_RESTING_W = 100.0
# A power of a resting heat pump counts as measured again after so long.
_RESTING_PACE: Final = timedelta(seconds=30)
# The least that a heat pump draws.
_LEAST_W = 20.0
_SHORTEST_REST: Final = timedelta(minutes=1)
_LONGEST_REST: Final = timedelta(minutes=50)
# An entity that is written only when it changes is believed for so long.
_SILENT: Final = timedelta(days=1)
# A counter of such steps is behind by no more than a minute of heating.
_FINE_WH = 200.0
# No heat for so long is a rest.
_LONGEST_SILENCE: Final = timedelta(hours=12)
_LARGEST_MOVE_FADES = 0.999


@dataclass(frozen=True, kw_only=True, slots=True)
class CounterReport:
    """What the entity of a counter says."""

    value_wh: float
    changed_at: datetime
    """When it changed, in UTC."""
    reported_at: datetime
    """When it was last written, be it the same."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PowerReport:
    """What the entity of a power says."""

    power_w: float
    reported_at: datetime


@dataclass(slots=True)
class _Power:
    """The reports of the power, and how often they come."""

    last: PowerReport | None = None
    paces_s: deque[float] = field(default_factory=lambda: deque(maxlen=_PACES_KEPT))

    def sample(self, now: datetime, report: PowerReport) -> tuple[datetime, float]:
        """Return the newest power, and of when it is."""
        last, self.last = self.last, report
        if last is not None and report.reported_at > last.reported_at:
            if abs(last.power_w) >= _RESTING_W:
                pace = report.reported_at - last.reported_at
                self.paces_s.append(pace.total_seconds())
        rests = abs(report.power_w) < _RESTING_W
        if rests and self.is_fast and now - report.reported_at >= _RESTING_PACE:
            return now, report.power_w
        return report.reported_at, report.power_w

    @property
    def is_fast(self) -> bool:
        """Return whether a running compressor is seen at once, or may be."""
        is_known = len(self.paces_s) >= _FEWEST_PACES
        return not is_known or median(self.paces_s) <= _FAST.total_seconds()


@dataclass(slots=True)
class Counter:
    """The counter, and what was drawn since it last moved."""

    last: CounterReport | None = None
    smallest_wh: float | None = None
    """The smallest move seen: the counter's resolution, or what its pace allows."""
    largest_wh: float | None = None
    """The largest of the moves seen lately."""
    repeats: bool = False
    """Whether it is written again where it did not change."""

    def add(self, report: CounterReport) -> float | None:
        """Add a report; return by how much the counter moved, None at the first."""
        if (last := self.last) is None:
            self.last = report
            return None
        move_wh = report.value_wh - last.value_wh
        if move_wh == 0:
            # What was unavailable meanwhile and is the same has not moved.
            self.repeats |= report.reported_at > last.reported_at
            self.last = replace(report, changed_at=last.changed_at)
            return 0.0
        self.last = report
        if move_wh > 0:
            self.smallest_wh = min(move_wh, self.smallest_wh or move_wh)
            faded_wh = (self.largest_wh or 0.0) * _LARGEST_MOVE_FADES
            self.largest_wh = max(move_wh, faded_wh)
        return move_wh

    def known_at(self, now: datetime) -> datetime:
        """Return the time of the counter's value.

        It is that of its move: between two, the energy is spread evenly. One that does
        not move for longer than the least draw needs for a step shows a rest, but for
        that long before now: what flowed since belongs to the next step.
        """
        if (report := self.last) is None:
            return now
        rest = _LONGEST_REST
        if self.smallest_wh is not None:
            rest = min(timedelta(hours=self.smallest_wh / _LEAST_W), _LONGEST_REST)
        written_at = report.reported_at
        if not self.repeats and now - written_at <= _SILENT:
            written_at = now
        return max(report.changed_at, written_at - max(rest, _SHORTEST_REST))


@dataclass(slots=True)
class HeatMetering:
    """Decides when the value of a heat meter says what was made until now.

    Of one that counts in kWh, an interval of a minute would have no heat, or a whole
    kWh: its value is shown when it moves, and the time between is one interval.
    """

    _counter: Counter = field(default_factory=Counter)
    _shown_at: datetime | None = None

    def shown(self, now: datetime, report: CounterReport) -> float | None:
        """Return the value, or None where it may be behind by much of a step."""
        moved_wh = self._counter.add(report)
        smallest_wh = self._counter.smallest_wh
        is_fine = smallest_wh is not None and smallest_wh <= _FINE_WH
        is_first = self._shown_at is None or moved_wh != 0
        if is_first or is_fine or now - (self._shown_at or now) >= _LONGEST_SILENCE:
            self._shown_at = now
            return report.value_wh
        return None


@dataclass(slots=True)
class Metering:
    """Joins the reports of a counter and of a power."""

    _power: _Power = field(default_factory=_Power)
    _counter: Counter = field(default_factory=Counter)
    _reading: MeterReading | None = None
    _sample: tuple[datetime, float] | None = None
    """The last power, and when it was measured."""
    _total_wh: float | None = None
    """The counter with what the power adds; None until the counter moves."""

    def read(
        self,
        now: datetime,
        counter: CounterReport | None,
        power: PowerReport | None,
        returned_wh: float | None = None,
    ) -> MeterReading:
        """Return the newest reading: the one before if there is nothing new.

        One of the two reports is needed.
        """
        moved_wh = None if counter is None else self._counter.add(counter)
        sample = None if power is None else self._power.sample(now, power)
        power_w: float | None = None
        if sample is not None and (counter is None or self._power.is_fast):
            time, power_w = sample
            energy_wh = self._followed(time, power_w, moved_wh)
            self._sample = sample
        else:
            time = self._counter.known_at(now)
            if sample is not None and abs(sample[0] - time) <= _FAST:
                power_w = sample[1]
            energy_wh = self._counted(moved_wh)
        if self._reading is None or time > self._reading.time:
            self._reading = MeterReading(
                time=time,
                power_w=power_w,
                energy_wh=energy_wh,
                returned_wh=returned_wh,
                holds_back=False,
            )
        return self._reading

    def _counted(self, moved_wh: float | None) -> float | None:
        """Return the counter, not below what the power made of it before."""
        if (counter := self._counter.last) is None:
            return None
        value_wh = counter.value_wh
        if moved_wh is not None and moved_wh < 0:
            self._total_wh = None
        if self._total_wh is not None or moved_wh:
            self._total_wh = max(value_wh, self._total_wh or value_wh)
        return self._total_wh or value_wh

    def _followed(
        self, time: datetime, power_w: float, moved_wh: float | None
    ) -> float | None:
        """Return the counter, with what was drawn since it last moved.

        None until it first moves: only then its value is of a known time, and not
        below what was said before a restart.
        """
        counter, total_wh = self._counter.last, self._total_wh
        if counter is None or not self._power.is_fast:
            return None
        if not moved_wh:
            if total_wh is None:
                return None
            highest_wh = counter.value_wh + (self._counter.largest_wh or 0.0)
            followed_wh = total_wh + self._drawn_wh(time, power_w)
            self._total_wh = max(total_wh, min(followed_wh, highest_wh))
            return self._total_wh
        value_wh = counter.value_wh + self._drawn_wh(time, power_w, counter.changed_at)
        floor_wh = total_wh if total_wh is not None and moved_wh > 0 else value_wh
        self._total_wh = max(value_wh, floor_wh)
        return self._total_wh

    def _drawn_wh(
        self, time: datetime, power_w: float, since: datetime | None = None
    ) -> float:
        """Return what was drawn since the last sample of the power, or since later."""
        if self._sample is None:
            return 0.0
        sampled_at, sampled_w = self._sample
        if time - sampled_at > _FAST:
            return 0.0
        elapsed = time - max(sampled_at, since or sampled_at)
        mean_w = (sampled_w + power_w) / 2
        return max(mean_w * elapsed.total_seconds() / 3600, 0.0)

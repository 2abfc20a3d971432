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
_PACES_KEPT = 49
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
# A counter with smaller moves shows every Wh.
_COARSE_WH: Final = 5.0
# No heat for so long is a rest. What is kept until then is saved every minute.
_LONGEST_SILENCE: Final = timedelta(hours=2)
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
    is_fast: bool = True
    """Whether a running compressor is seen at once, or may be."""
    fastest: timedelta | None = None
    """After so long without a report nothing has changed; None if not known."""

    def sample(self, now: datetime, report: PowerReport) -> tuple[datetime, float]:
        """Return the newest power, and until when it was certainly that."""
        last, self.last = self.last, report
        if last is not None and report.reported_at > last.reported_at:
            if abs(last.power_w) >= _RESTING_W:
                self._learn((report.reported_at - last.reported_at).total_seconds())
        held = self._held(now, report) if self.is_fast else timedelta()
        return report.reported_at + held, report.power_w

    def _held(self, now: datetime, report: PowerReport) -> timedelta:
        """Return for how long after its report a power was certainly still true."""
        silence = now - report.reported_at
        held = max(silence - (self.fastest or timedelta()), timedelta())
        if abs(report.power_w) < _RESTING_W:
            return held if silence >= _RESTING_PACE else timedelta()
        return timedelta() if self.fastest is None else min(held, _FAST)

    def _learn(self, pace_s: float) -> None:
        self.paces_s.append(pace_s)
        if len(self.paces_s) < _FEWEST_PACES:
            return
        ordered = sorted(self.paces_s)
        self.is_fast = median(ordered) <= _FAST.total_seconds()
        # One report out of turn says nothing of the others.
        self.fastest = timedelta(seconds=ordered[len(ordered) // 10])


@dataclass(slots=True)
class _Counter:
    """The counter, and what was drawn since it last moved."""

    last: CounterReport | None = None
    smallest_wh: float | None = None
    """The smallest move seen: the counter's resolution, or what its pace allows."""
    largest_wh: float | None = None
    """The largest of the moves seen lately."""
    repeats: bool = False
    """Whether it is written again where it did not change."""

    @property
    def step_wh(self) -> float:
        """Return by how much the truth may be above a value when it moves."""
        smallest_wh = self.smallest_wh or 0.0
        return smallest_wh if smallest_wh >= _COARSE_WH else 0.0

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

    It moves in steps of up to 1 kWh, or every few minutes. Of an interval in between
    it would say no heat, or that of all the time before: so its value is shown when it
    moves, and the time since the last move is one interval.
    """

    _value_wh: float | None = None
    _shown_at: datetime | None = None

    def shows(self, now: datetime, value_wh: float) -> bool:
        """Return whether to show a value."""
        since = self._shown_at
        if value_wh == self._value_wh and since and now - since < _LONGEST_SILENCE:
            return False
        self._value_wh, self._shown_at = value_wh, now
        return True


@dataclass(slots=True)
class Metering:
    """Joins the reports of a counter and of a power."""

    _power: _Power = field(default_factory=_Power)
    _counter: _Counter = field(default_factory=_Counter)
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
        energy_wh: float | None = None
        if sample is not None and (counter is None or self._power.is_fast):
            time, power_w = sample
            # Without its counter, what it moves by meanwhile is of a known time later.
            if counter is not None:
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
        below what was said before a restart. From then on the power adds up, and the
        counter only says what the sum cannot be.
        """
        counter, total_wh = self._counter.last, self._total_wh
        if counter is None or not self._power.is_fast:
            return None
        if total_wh is None and not moved_wh:
            return None
        low_wh, high_wh = counter.value_wh, counter.value_wh
        if moved_wh:
            low_wh += self._drawn_wh(time, power_w, counter.changed_at)
            high_wh = low_wh + self._counter.step_wh
        else:
            high_wh += self._counter.largest_wh or 0.0
        if total_wh is None or (moved_wh is not None and moved_wh < 0):
            self._total_wh = low_wh
            return low_wh
        followed_wh = total_wh + self._drawn_wh(time, power_w)
        self._total_wh = max(total_wh, min(max(followed_wh, low_wh), high_wh))
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

"""The electricity of any time, from the meter's own counter.

Meters move their counters at their own pace: some with every reading, the
Shelly Pro 3EM once a minute. Interpolating such a counter puts energy up to a
minute away from where it flowed. So the power samples give the shape, and the
counter gives the sum: the total follows the integrated power and is pulled back
whenever the counter contradicts it.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise

from ...readings import EnergySpan, MeterReading
from .counters import Counter, CounterEvent

# Two power samples further apart than this say nothing of the time between.
_SAMPLE_GAP = timedelta(seconds=60)
# A larger step of the power is a switch, and no change of load.
_SWITCH_W = 100.0
# No counter delays energy for longer than this.
_PACE = timedelta(seconds=90)
# A quarter-hour that has ended is asked for once its end is known, and once more
# after a short outage of the house meter.
_KEPT = _PACE + timedelta(minutes=20)


@dataclass(slots=True)
class Timeline:
    """A total that is known at some moments and linear between them."""

    times: list[datetime] = field(default_factory=list)
    totals_wh: list[float] = field(default_factory=list)

    def extend(
        self, moment: datetime, total_wh: float, first_share: float | None = None
    ) -> EnergySpan:
        """Add a later moment; return the energy span up to it."""
        start, start_wh = self.times[-1], self.totals_wh[-1]
        if first_share is not None:
            self.times.append(start + (moment - start) / 2)
            self.totals_wh.append(start_wh + first_share * (total_wh - start_wh))
        self.times.append(moment)
        self.totals_wh.append(total_wh)
        return EnergySpan(start, moment, total_wh - start_wh)

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

    def between(self, start: datetime, end: datetime) -> float | None:
        """Return the energy between two moments, in Wh; None if not known."""
        before_wh, after_wh = self.total_at(start), self.total_at(end)
        if before_wh is None or after_wh is None:
            return None
        return after_wh - before_wh

    def seen_between(
        self, start: datetime, end: datetime, longest: timedelta
    ) -> float | None:
        """Return the energy between two moments, in Wh; None if nobody saw it flow.

        Longer than that without a known moment, and it may have flowed at any time;
        but where the total did not move, nothing flowed.
        """
        first, last = bisect_right(self.times, start) - 1, bisect_left(self.times, end)
        for (before, before_wh), (after, after_wh) in pairwise(
            zip(
                self.times[first : last + 1],
                self.totals_wh[first : last + 1],
                strict=True,
            )
        ):
            if after - before > longest and after_wh > before_wh:
                return None
        return self.between(start, end)

    def redistribute(self, load_profile: Timeline) -> None:
        """Replace an even load profile by one that begins at 0.

        Where that is forgotten already, nothing changes.
        """
        end = bisect_left(self.times, load_profile.times[-1])
        line = self.times[max(end - 1, 0) : end + 1]
        if line != [load_profile.times[0], load_profile.times[-1]]:
            return
        start_wh = self.totals_wh[end - 1]
        self.times[end:end] = load_profile.times[1:-1]
        self.totals_wh[end:end] = [start_wh + wh for wh in load_profile.totals_wh[1:-1]]

    def forget_before(self, moment: datetime) -> None:
        """Drop what lies before a moment, keeping the point that brackets it."""
        place = max(bisect_left(self.times, moment) - 1, 0)
        del self.times[:place], self.totals_wh[:place]


@dataclass(slots=True)
class MeterTotal:
    """Adds up one meter's readings, in the order of their time."""

    rating_w: float
    counter: Counter | None = None
    """The meter's counter, on the scale of the total."""
    moved_at: datetime | None = None
    """When the counter was last seen to move."""
    timeline: Timeline = field(default_factory=Timeline)
    last: MeterReading | None = None
    base_wh: float = 0.0
    """The total before the timeline began."""
    since: datetime | None = None
    """From when on anything is known at all."""

    @property
    def known_until(self) -> datetime | None:
        """Return up to when the total is known."""
        return self.timeline.times[-1] if self.timeline.times else None

    @property
    def total_wh(self) -> float:
        """Return all energy counted so far."""
        return self.timeline.totals_wh[-1] if self.timeline.times else self.base_wh

    def add(
        self, reading: MeterReading
    ) -> tuple[EnergySpan | None, CounterEvent | None]:
        """Add a reading; return what became known, and what was wrong.

        A reading that is not later than the last one changes nothing.
        """
        last = self.last
        if last is not None and reading.time <= last.time:
            self._look_back(reading)
            return None, None
        if last is not None and reading.counter_basis != last.counter_basis:
            # The difference of two counters that add up different things is no energy.
            self.replace_meter()
        span, event = None, None
        if reading.energy_wh is None:
            span = self._add_power(reading)
        elif self.counter is None:
            self.counter = Counter(reading.time, reading.energy_wh, self.total_wh)
            self.moved_at = reading.time
            if not reading.holds_back:
                self._start(reading.time)
        else:
            span, event = self._add_counter(reading, reading.energy_wh, self.counter)
        self.last = reading
        return span, event

    def replace_meter(self) -> None:
        """Start a new base: the next counter value has nothing to do with the last."""
        self.base_wh = self.total_wh
        self.timeline = Timeline()
        self.counter = self.moved_at = self.last = None

    def add_recovered(self, energy_wh: float) -> None:
        """Add what was drawn before the counter started again, as found later."""
        self.timeline.totals_wh = [wh + energy_wh for wh in self.timeline.totals_wh]
        if (counter := self.counter) is not None:
            self.counter = replace(counter, total_wh=counter.total_wh + energy_wh)

    def forget_before(self, moment: datetime) -> None:
        """Drop what lies before a moment, but for what the counter is held against."""
        if (until := self.known_until) is not None:
            self.timeline.forget_before(min(moment, until - _KEPT))

    def _look_back(self, reading: MeterReading) -> None:
        """Grant the counter the time for which a clock that was set back repeats itself.

        A reading that only comes late has no higher value.
        """
        counter = self.counter
        if counter is None or reading.energy_wh is None:
            return
        if reading.time < counter.time and reading.energy_wh > counter.value_wh:
            self.counter = replace(counter, time=reading.time)

    def _add_counter(
        self, reading: MeterReading, energy_wh: float, before: Counter
    ) -> tuple[EnergySpan | None, CounterEvent | None]:
        moment, span = reading.time, None
        counter, event = before.advanced(moment, energy_wh, self.rating_w)
        moved = counter.total_wh > before.total_wh
        if event is CounterEvent.STEP_BACK and counter.value_wh == energy_wh:
            # What was seen of it as power stays counted.
            total_wh = max(counter.total_wh, self.total_wh)
            counter = replace(counter, total_wh=total_wh)
        self.counter = counter
        if event in (CounterEvent.RESET, CounterEvent.JUMP):
            self._start(moment)
        elif not self.timeline.times:
            # Only when the counter first moves, its value has a moment: somewhere
            # between the last reading and this one.
            if moved or self._stands_still(moment):
                ahead_wh = (self._sampled_wh(reading) or 0.0) / 2 if moved else 0.0
                self._start(moment, ahead_wh)
        elif not reading.holds_back or (moved and self.moved_at == before.time):
            # A counter that moves with every reading delays nothing either.
            if self.timeline.times == [self.since]:
                # It delayed nothing at the start either: the total begins at its value.
                total_wh = self.total_wh + (counter.total_wh - before.total_wh)
                self.counter = counter = replace(counter, total_wh=total_wh)
            span = self._extend(reading, counter.total_wh)
        else:
            span = self._follow(reading, counter, moved=moved)
        if moved:
            self.moved_at = moment
        return span, event

    def _start(self, moment: datetime, ahead_wh: float = 0.0) -> None:
        total_wh = self.total_wh
        if self.counter is not None:
            self.counter = replace(self.counter, total_wh=total_wh - ahead_wh)
        self.timeline = Timeline([moment], [total_wh])
        self.since = self.since or moment

    def _follow(
        self, reading: MeterReading, counter: Counter, *, moved: bool
    ) -> EnergySpan | None:
        """Go on by the power samples, within what the counter allows.

        The counter is never ahead of the truth, so the total is not below it.
        And when it moves, it had not yet counted what flowed before the last
        reading: the total then was not above its new value. After a gap, its value
        has a moment only when it moves the next time.
        """
        if (until := self.known_until) is None:
            return None
        moment, last = reading.time, self.last
        counted_wh, sampled_wh = counter.total_wh, self._sampled_wh(reading)
        is_behind = last is not None and until < last.time
        if sampled_wh is None or is_behind:
            is_gap = last is not None and moment - last.time > _SAMPLE_GAP
            has_moment = moved and (is_behind or not is_gap)
            known = has_moment or (not moved and self._stands_still(moment))
            ahead_wh = (sampled_wh or 0.0) / 2
            return self._extend(reading, counted_wh + ahead_wh) if known else None
        pace_ago_wh = self.timeline.total_at(moment - _PACE)
        if pace_ago_wh is not None and pace_ago_wh > counted_wh:
            # Power without a counter that follows: the counter is believed.
            sampled_wh = 0.0
        excess_wh = max(self.total_wh - counted_wh, 0.0) if moved else 0.0
        total_wh = self.total_wh + max(sampled_wh - excess_wh, 0.0)
        return self._extend(reading, max(total_wh, counted_wh))

    def _add_power(self, reading: MeterReading) -> EnergySpan | None:
        if self.counter is not None:
            return self._follow(reading, self.counter, moved=False)
        sampled_wh = self._sampled_wh(reading)
        if sampled_wh is None or not self.timeline.times:
            self._start(reading.time)
            return None
        return self._extend(reading, self.total_wh + sampled_wh)

    def _extend(self, reading: MeterReading, total_wh: float) -> EnergySpan:
        first_share = _share_before_switch(self.last, reading)
        total_wh = max(total_wh, self.total_wh)
        return self.timeline.extend(reading.time, total_wh, first_share)

    def _stands_still(self, moment: datetime) -> bool:
        return self.moved_at is not None and moment - self.moved_at > _PACE

    def _sampled_wh(self, reading: MeterReading) -> float | None:
        """Return the energy since the last reading by power; None if too far apart."""
        last = self.last
        if last is None or last.power_w is None or reading.power_w is None:
            return None
        elapsed = reading.time - last.time
        if elapsed > _SAMPLE_GAP:
            return None
        return (last.power_w + reading.power_w) / 2 * elapsed.total_seconds() / 3600


def _share_before_switch(
    last: MeterReading | None, reading: MeterReading
) -> float | None:
    """Return which share flowed in the first half, if something switched in between.

    A compressor that starts draws nothing before: an even profile would put an
    eighth of the power at each start and stop on the wrong side.
    """
    if last is None or last.power_w is None or reading.power_w is None:
        return None
    if reading.time - last.time > _SAMPLE_GAP:
        return None
    low_w, high_w = sorted((last.power_w, reading.power_w))
    if low_w < 0 or high_w - low_w < _SWITCH_W:
        return None
    return last.power_w / (last.power_w + reading.power_w)

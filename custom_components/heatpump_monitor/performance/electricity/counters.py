"""Counters that step back, start again or jump, and what can be learnt from them."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from ...readings import UnitEnergy


class CounterEvent(StrEnum):
    """What was wrong with a counter's new value."""

    STEP_BACK = "step_back"
    """Slightly lower than before: a rounding, or a device that restarted."""
    RESET = "reset"
    """Started again: no energy, a new base."""
    JUMP = "jump"
    """More than the meter can carry: refused, a new base."""


# A device that restarts gives back what it had not stored yet: less than this,
# and less than one percent of a counter that is itself small.
_STEP_BACK_WH = 100.0
_STEP_BACK_SHARE = 0.01
# Below this a lower value is a rounding, and the higher one was right.
_ROUNDING_WH = 1.0
# What a source makes of two counters may be lower by their last digits: no event.
_LAST_DIGIT_WH = 0.01
# Two readings may be taken at the same moment while the counter moves on by
# what it held back for up to a minute.
_HELD_BACK_S = 90.0
_ANY_ZONE = timedelta(hours=14)


@dataclass(frozen=True, slots=True)
class Counter:
    """A device's counter, and the total that it adds up to, which only ever grows."""

    time: datetime
    value_wh: float
    """The value that the next difference is taken from."""
    total_wh: float = 0.0

    def advanced(
        self, time: datetime, value_wh: float, rating_w: float
    ) -> tuple[Counter, CounterEvent | None]:
        """Return the counter at a later reading, and what was wrong with it."""
        step_wh = value_wh - self.value_wh
        elapsed_s = (time - self.time).total_seconds() + _HELD_BACK_S
        if 0 <= step_wh <= rating_w * elapsed_s / 3600:
            return Counter(time, value_wh, self.total_wh + step_wh), None
        if 0 < -step_wh <= _ROUNDING_WH and -step_wh < value_wh:
            # Keeping the higher value books the way back up only once.
            is_event = -step_wh > _LAST_DIGIT_WH
            return replace(self, time=time), (
                CounterEvent.STEP_BACK if is_event else None
            )
        # What the device forgot was booked when it was counted; what it counts
        # from the lower value on is new.
        rebased = Counter(time, value_wh, self.total_wh)
        if step_wh >= 0:
            return rebased, CounterEvent.JUMP
        if -step_wh < min(_STEP_BACK_WH, _STEP_BACK_SHARE * self.value_wh):
            return rebased, CounterEvent.STEP_BACK
        return rebased, CounterEvent.RESET


@dataclass(slots=True)
class PurposeCounters:
    """A unit's counters for heating and for hot water, followed as one."""

    heating: Counter | None = None
    hot_water: Counter | None = None

    @property
    def has_begun(self) -> bool:
        """Return whether a value of either was seen."""
        return self.heating is not None or self.hot_water is not None

    def follow(
        self,
        time: datetime,
        energy: UnitEnergy,
        rating_w: float,
        last_year: UnitEnergy | None = None,
    ) -> tuple[float | None, CounterEvent | None]:
        """Return what both moved by, in Wh, and what was wrong.

        The move is None where that of one of them is not known.
        """
        last_year = last_year or UnitEnergy()
        self.heating, heating_wh, event = _followed(
            self.heating, time, energy.heating_wh, rating_w, last_year.heating_wh
        )
        self.hot_water, hot_water_wh, other_event = _followed(
            self.hot_water, time, energy.hot_water_wh, rating_w, last_year.hot_water_wh
        )
        event = event or other_event
        if heating_wh is None or hot_water_wh is None:
            return None, event
        return heating_wh + hot_water_wh, event


def _followed(
    counter: Counter | None,
    time: datetime,
    value_wh: float | None,
    rating_w: float,
    last_year_wh: float | None,
) -> tuple[Counter | None, float | None, CounterEvent | None]:
    """Return a counter of the year after a value, its move in Wh, and what was wrong.

    The move is 0 for the first value, and None after a new base, or where the value
    is missing. A new base is no event where a year ended.
    """
    if value_wh is None:
        return counter, 0.0 if counter is None else None, None
    if counter is None:
        return Counter(time, value_wh), 0.0, None
    if value_wh == counter.value_wh:
        # Keep the old time: a late step covers all of the time since then.
        return counter, 0.0, None
    after, event = counter.advanced(time, value_wh, rating_w)
    # A reset may be a new year in any time zone; any other move only in all of them.
    slack = _ANY_ZONE if event is CounterEvent.RESET else -_ANY_ZONE
    has_year_ended = (counter.time - slack).year < (time + slack).year
    if has_year_ended:
        if last_year_wh is None:
            return Counter(time, value_wh), None, None
        after, event = counter.advanced(time, last_year_wh + value_wh, rating_w)
        after = replace(after, value_wh=value_wh)
    if event in (CounterEvent.RESET, CounterEvent.JUMP):
        return after, None, None if has_year_ended else event
    return after, after.total_wh - counter.total_wh, None


@dataclass(frozen=True, slots=True)
class CounterCorrection:
    """Keeps a fast estimate in step with a coarse but exact counter.

    The counter, which shows only whole steps, says that the true sum lies
    between its value and one step more. Each reading so bounds the offset
    between the estimate's own sum and the counter. As long as one offset fits
    all readings, the estimate is believed; when none does, it is corrected by
    the least that makes one fit. Over any time the corrected sum is within two
    steps of the truth: one not seen at its beginning, one at its end.
    """

    step: float
    """The counter's resolution, plus what it may lag behind."""
    total: float = 0.0
    """Sum of the corrected estimates."""
    low: float = float("-inf")
    high: float = float("inf")
    """The offsets that fit all readings so far."""

    def corrected(
        self, estimate: float, counter: float, most: float
    ) -> tuple[CounterCorrection, float]:
        """Return the correction after one more reading, and the corrected estimate.

        The estimate is that of the time since the last reading, the counter is read
        at its end, and `most` is what is physically possible in it; all in one unit.
        """
        off = self.contradiction(estimate, counter)
        result = min(max(estimate + off, min(estimate, 0.0)), most)
        total = self.total + result
        ahead = counter - total
        low = min(max(self.low, ahead), self.high)
        high = max(min(self.high, ahead + self.step), self.low)
        return CounterCorrection(self.step, total, low, high), result

    def accepted(self, estimate: float) -> CounterCorrection:
        """Return the correction after an estimate that no counter was held against."""
        return replace(self, total=self.total + estimate)

    def contradiction(self, estimate: float, counter: float) -> float:
        """Return by how much the counter says that the estimate is too low."""
        ahead = counter - (self.total + estimate)
        return min(0.0, ahead + self.step - self.low) + max(0.0, ahead - self.high)

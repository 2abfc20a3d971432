"""The starts of the compressor that the meter sees."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from .performance.clocks.join import Join

# A start longer ago needs no extra readings any more.
_RECENT: Final = timedelta(minutes=10)
_REMEMBERED: Final = timedelta(days=1)
# A heater draws the same whenever it runs.
_SAME_POWER: Final = 1.25


class CompressorStarts:
    """Finds the newest start, and passes over those of a backup heater.

    A heater looks like the compressor until the heat pump denies that it ran. From
    then on, a start with the same power is taken for the heater's for a day.
    """

    def __init__(self) -> None:
        """Begin without any start."""
        self._starts: dict[datetime, tuple[float, bool]] = {}
        """The power after each start in W, and whether the heat pump denies it."""

    def newest(self, join: Join, now: datetime) -> datetime | None:
        """Return when the compressor started lately; None if it did not, or stopped."""
        newest, runs = None, join.runs
        changes = zip(runs.times, runs.states, runs.powers_w, strict=True)
        # Where the meter was not read before, the compressor may have run for long.
        for (_, before, _), (time, runs_now, power_w) in pairwise(changes):
            newest = time if runs_now and before is False else None
            if newest is not None:
                self._starts[time] = power_w, join.denies(time, runs.ended_at(time))
        self._starts = {
            time: start
            for time, start in self._starts.items()
            if now - time < _REMEMBERED
        }
        if newest is None or now - newest > _RECENT or self._is_heater(newest):
            return None
        return newest

    def _is_heater(self, start: datetime) -> bool:
        power_w, _ = self._starts[start]
        denied = [
            is_denied
            for time, (other_w, is_denied) in sorted(self._starts.items())
            if time < start and power_w / _SAME_POWER < other_w < power_w * _SAME_POWER
        ]
        return bool(denied) and denied[-1]

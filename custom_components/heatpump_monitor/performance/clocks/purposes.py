"""What the compressor ran for, and when that changed."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from ...readings import HeatPumpReading, Mode
from ..electricity.compressor_runs import CompressorRuns
from ..modes import purpose_of, purpose_stamp, unseen_defrost_end
from .time_stamps import StampClock, Window

# A pause of the meter or a run that lasts for a day keeps no more changes than this.
_CHANGES_KEPT = 40
_SHORTEST_DEFROST_S, _LONGEST_DEFROST_S = 60.0, 1200.0
_NEW_WEIGHT = 0.1


@dataclass(frozen=True, slots=True)
class PurposeChange:
    """A change of what the compressor runs for."""

    window: Window
    purpose: Mode | None


@dataclass(slots=True)
class Purposes:
    """The changes of the last hours, oldest first."""

    changes: list[PurposeChange] = field(default_factory=list)
    defrost_s: float = 270.0
    """How long a defrost usually lasts."""

    def add(
        self,
        before: HeatPumpReading | None,
        reading: HeatPumpReading,
        clock: StampClock,
        longest_delay: timedelta,
    ) -> None:
        """Add the purpose of a reading, if it changed since the reading before."""
        purpose = purpose_of(reading)
        if before is not None and (ended := unseen_defrost_end(before, reading)):
            end = clock.window(min(ended, reading.time), longest_delay)
            self._add_unseen_defrost(end)
        if purpose is None or (self.changes and self.changes[-1].purpose is purpose):
            return
        if (stamp := purpose_stamp(before, reading)) is not None:
            window = clock.window(min(stamp, reading.time), longest_delay)
        else:
            earliest, latest = (before or reading).time, reading.time
            window = Window(earliest, earliest + (latest - earliest) / 2, latest)
        self._learn_defrost(window)
        self.changes.append(PurposeChange(window, purpose))

    def times(self, runs: CompressorRuns) -> list[tuple[datetime, Mode | None]]:
        """Return the changes, each at the start or stop that it goes with."""
        times: list[tuple[datetime, Mode | None]] = []
        before: Mode | None = None
        for change in self.changes:
            # A defrost begins and ends while the compressor runs.
            reverses = Mode.DEFROST in (before, change.purpose)
            edge = None if reverses else _edge_of(change.window, runs)
            times.append((edge or change.window.likely, change.purpose))
            before = change.purpose
        return sorted(times, key=lambda change: change[0])

    def defrosts(self, runs: CompressorRuns) -> list[tuple[float, float]]:
        """Return begin and end of the defrosts that are over, in epoch seconds."""
        return [
            (begin.timestamp(), end.timestamp())
            for (begin, purpose), (end, _) in pairwise(self.times(runs))
            if purpose is Mode.DEFROST
        ]

    def forget_before(self, moment: datetime) -> None:
        """Drop the changes before a moment, but for the last of them."""
        current = [each for each in self.changes if each.window.latest < moment]
        self.changes = self.changes[max(len(current) - 1, 0) :][-_CHANGES_KEPT:]

    def _learn_defrost(self, end: Window) -> None:
        if not self.changes or self.changes[-1].purpose is not Mode.DEFROST:
            return
        lasted_s = (end.likely - self.changes[-1].window.likely).total_seconds()
        if _SHORTEST_DEFROST_S <= lasted_s <= _LONGEST_DEFROST_S:
            self.defrost_s += _NEW_WEIGHT * (lasted_s - self.defrost_s)

    def _add_unseen_defrost(self, end: Window) -> None:
        begin = end.earlier(timedelta(seconds=self.defrost_s))
        if self.changes and self.changes[-1].window.likely < begin.likely:
            purpose = self.changes[-1].purpose
            self.changes.append(PurposeChange(begin, Mode.DEFROST))
            self.changes.append(PurposeChange(end, purpose))


def _edge_of(window: Window, runs: CompressorRuns) -> datetime | None:
    changes = runs.changes_between(window.earliest, window.latest)
    return window.nearest([time for time, is_on in changes if is_on is not None])

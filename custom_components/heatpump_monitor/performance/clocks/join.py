"""Joins the two clocks: what the meter saw at once and the cloud reported late.

Starts and stops come from the meter; modes and values from the heat pump, each at
the time at which it was measured.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from operator import itemgetter

from ...readings import HeatPumpReading, MeterReading, Mode
from ..electricity.compressor_runs import BLIP, CompressorRuns
from ..modes import mode_of
from ..segments import Segment
from .compressor_reports import CompressorReports
from .purposes import Purposes
from .run_check import RunCheck
from .signals import Signal
from .time_stamps import SLACK, StampClock

SIGNALS = (
    "flow_lph",
    "modulation_pct",
    "outside_c",
    "reported_heat_w",
    "return_c",
    "source_in_c",
    "source_out_c",
    "supply_c",
)
"""The fields of a reading that are kept as series."""

# Pumps run on for some minutes after the compressor stops, for what it ran for.
AFTER_RUN = timedelta(seconds=180)
# What lies further back than this is not needed to close an interval.
_MEMORY = timedelta(hours=2)


@dataclass(slots=True)
class Join:
    """What both sources said lately, each value at its own time."""

    longest_delay: timedelta = timedelta(minutes=10)
    """How late a value may arrive."""
    runs: CompressorRuns = field(default_factory=CompressorRuns)
    run_check: RunCheck = field(default_factory=RunCheck)
    clock: StampClock = field(default_factory=StampClock)
    signals: dict[str, Signal] = field(
        default_factory=lambda: {name: Signal() for name in SIGNALS}
    )
    purposes: Purposes = field(default_factory=Purposes)
    compressor: CompressorReports = field(default_factory=CompressorReports)
    burner: list[tuple[datetime, bool]] = field(default_factory=list)
    """The changes of the burner of a hybrid."""
    start_modulation_pct: float | None = None
    """The modulation with which the compressor lately started."""

    def set_delay(self, longest_delay: timedelta) -> None:
        """Set how late a value may arrive."""
        self.longest_delay = longest_delay
        self.runs.blip = min(BLIP, longest_delay / 10)

    def add_meter(self, reading: MeterReading) -> None:
        """Add a meter reading."""
        self.runs.add(reading.time, reading.power_w)

    def add_heat_pump(
        self,
        before: HeatPumpReading | None,
        reading: HeatPumpReading,
        open_since: datetime | None,
    ) -> None:
        """Add a heat-pump reading."""
        self._add_signals(reading)
        self.purposes.add(before, reading, self.clock, self.longest_delay)
        if (changed_at := self.compressor.add(reading)) is not None:
            self._learn(changed_at, is_on=bool(reading.compressor_on))
        self._add_burner(reading)
        self._forget_before(min(reading.time, open_since or reading.time) - _MEMORY)

    def can_split(self, start: datetime, end: datetime) -> bool:
        """Return whether the meter shows when the compressor ran in a time.

        It does not while the unit's own hours and starts disagree with it.
        """
        is_believed = self.run_check.disagrees_since is None
        return is_believed and self.runs.is_known(start, end)

    def is_running(self, moment: datetime) -> bool | None:
        """Return whether the compressor ran at a moment; None where not known."""
        running = self.runs.state_at(moment)
        if not running or (start := self.runs.started_at(moment)) is None:
            return running
        return not self.denies(start, self.runs.ended_at(moment))

    def segments(self, start: datetime, end: datetime) -> list[Segment]:
        """Return the parts of an interval, cut where compressor or mode changed."""
        changes = self.purposes.times(self.runs)
        times = [time for time, _ in changes]
        for time, running in self.runs.changes_between(start - AFTER_RUN, end):
            times += [time, time + AFTER_RUN] if running is False else [time]
        cuts = {start, end, *(time for time in times if start < time < end)}
        segments: list[Segment] = []
        for first, last in pairwise(sorted(cuts)):
            middle = first + (last - first) / 2
            running = self.is_running(middle)
            mode = self._mode(middle, running, changes)
            before = segments[-1] if segments else None
            if before and (before.mode, before.is_running) == (mode, running):
                first = segments.pop().start
            segments.append(
                Segment(start=first, end=last, mode=mode, is_running=running)
            )
        return segments

    def burner_was_on(self, start: datetime, end: datetime) -> bool:
        """Return whether a burner fired, or just had, between two moments."""
        first = start - AFTER_RUN
        before = [on for time, on in self.burner if time <= first]
        within = [on for time, on in self.burner if first < time <= end]
        return any([*before[-1:], *within])

    def edges(self, start: datetime, end: datetime) -> list[float]:
        """Return when the compressor started or stopped, in epoch seconds."""
        changes = self.runs.likely_changes_between(start - _MEMORY, end + _MEMORY)
        return [time.timestamp() for time, _ in changes]

    def defrosts(self) -> list[tuple[float, float]]:
        """Return begin and end of the defrosts that are over, in epoch seconds."""
        return self.purposes.defrosts(self.runs)

    def denies(self, run_start: datetime, run_end: datetime | None) -> bool:
        """Return whether the heat pump denies a run that the meter saw."""
        delay = self.longest_delay
        return self.compressor.denies(run_start, run_end, self.clock, delay)

    def _mode(
        self,
        moment: datetime,
        running: bool | None,
        changes: list[tuple[datetime, Mode | None]],
    ) -> Mode | None:
        purpose = _purpose_at(changes, moment)
        if running or purpose is Mode.DEFROST:
            return purpose
        if running is None:
            return None
        if purpose is Mode.HOT_WATER and self.runs.state_at(moment):
            # The meter saw no compressor, but a backup heater that charges alone.
            return purpose
        stopped = self.runs.started_at(moment)
        if stopped is None or moment - stopped > AFTER_RUN:
            return Mode.STANDBY
        before = stopped - self.runs.blip / 2
        after_run = self.is_running(before) and purpose is _purpose_at(changes, before)
        return purpose if after_run else Mode.STANDBY

    def _add_signals(self, reading: HeatPumpReading) -> None:
        for name in SIGNALS:
            value: float | None = getattr(reading, name)
            if value is None:
                continue
            measured = reading.time
            if (stamp := reading.stamps.get(name)) is not None:
                measured = self.clock.measured_at(min(stamp, reading.time))
                if name == "modulation_pct" and value > 0:
                    self._learn_start(measured, value)
            self.signals[name].add(measured.timestamp(), value)

    def _learn_start(self, measured: datetime, modulation_pct: float) -> None:
        started = self.runs.started_at(measured + SLACK)
        if started is not None and abs(measured - started) <= SLACK:
            self.start_modulation_pct = modulation_pct

    def _add_burner(self, reading: HeatPumpReading) -> None:
        is_on = reading.burner_on
        if is_on is None or (self.burner and self.burner[-1][1] is is_on):
            return
        stamp = reading.stamps.get("burner_on", reading.time)
        self.burner.append((self.clock.measured_at(min(stamp, reading.time)), is_on))

    def _learn(self, stamp: datetime, *, is_on: bool) -> None:
        window = StampClock().window(stamp, self.longest_delay)
        changes = self.runs.likely_changes_between(window.earliest, window.latest)
        if edges := [time for time, runs in changes if runs is is_on]:
            likely = self.clock.measured_at(stamp)
            nearest = min(edges, key=lambda edge: abs(edge - likely))
            self.clock.learn(stamp - nearest)

    def _forget_before(self, moment: datetime) -> None:
        self.runs.forget_before(moment)
        for signal in self.signals.values():
            signal.forget_before(moment.timestamp())
        self.purposes.forget_before(moment)
        self.compressor.forget_before(moment)
        old = [change for change in self.burner if change[0] < moment]
        self.burner = self.burner[max(len(old) - 1, 0) :]


def sampled_segments(start: HeatPumpReading, end: HeatPumpReading) -> Iterator[Segment]:
    """Yield two halves of an interval, each with the state of the reading next to it.

    For plants whose meter does not see the compressor.
    """
    middle = start.time + (end.time - start.time) / 2
    # A mode that is given lasts until the next reading; so does none beside one.
    lasts = start.mode is not None or end.mode is not None
    for first, last, reading in (
        (start.time, middle, start),
        (middle, end.time, start if lasts else end),
    ):
        yield Segment(start=first, end=last, mode=mode_of(reading))


def _purpose_at(
    changes: list[tuple[datetime, Mode | None]], moment: datetime
) -> Mode | None:
    place = bisect_right(changes, moment, key=itemgetter(0)) - 1
    return changes[max(place, 0)][1] if changes else None

"""Joins the two clocks: what the meter saw at once and the cloud told late.

Starts and stops come from the meter; modes and values from the heat pump, each at
the time at which it was measured.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from ...readings import HeatPumpReading, MeterReading, Mode
from ..electricity.compressor_runs import BLIP, CompressorRuns
from ..modes import mode_of
from ..segments import Segment
from .compressor_reports import SLACK, CompressorReports
from .purposes import Purposes
from .run_check import RunCheck, RunCounts
from .signals import Signal
from .time_stamps import StampClock

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
    """What both sources told lately, each value at its own time."""

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
        """Add a heat-pump reading.

        Args:
            before: The reading before it.
            reading: The new one.
            open_since: When the oldest interval that is still open began.
        """
        self._add_signals(reading)
        self.purposes.add(before, reading, self.clock, self.longest_delay)
        if (changed_at := self.compressor.add(reading)) is not None:
            self._learn(changed_at, is_on=bool(reading.compressor_on))
        self._add_burner(reading)
        self._forget_before(min(reading.time, open_since or reading.time) - _MEMORY)

    def can_split(self, start: datetime, end: datetime) -> bool:
        """Return whether the meter tells when the compressor ran between two moments.

        It does not while the unit's own hours and starts disagree with it.
        """
        is_believed = self.run_check.disagrees_since is None
        return is_believed and self.runs.is_known(start, end)

    def check_runs(
        self, start: HeatPumpReading, end: HeatPumpReading, *, in_doubt: bool
    ) -> RunCounts | None:
        """Check the meter's runs of an interval; return what disagrees, if found.

        Args:
            start: The reading that opens the interval.
            end: The reading that closes it.
            in_doubt: Whether the heat pump or its counters are not believed.
        """
        is_seen = self.compressor.was_polled(start.time, end.time)
        is_seen &= self.runs.is_known(start.time, end.time)
        if in_doubt or not is_seen:
            self.run_check.restart()
            return None
        segments = self.segments(start.time, end.time)
        found = self.run_check.add(start, end, segments)
        if found is not None:
            self.runs.relearn()
        return found

    def is_running(self, moment: datetime) -> bool | None:
        """Return whether the compressor ran at a moment; None where not known."""
        running = self.runs.state_at(moment)
        if not running or (start := self.runs.started_at(moment)) is None:
            return running
        return not self.denies(start, self.runs.ended_at(moment))

    def segments(self, start: datetime, end: datetime) -> list[Segment]:
        """Return the parts of an interval, cut where compressor or mode changed."""
        changes = self.purposes.times(self.runs)
        cuts = {start, end}
        cuts |= {time for time, _ in self.runs.changes_between(start, end)}
        cuts |= {time for time, _ in changes if start < time < end}
        stops = self.runs.changes_between(start - AFTER_RUN, end)
        cuts |= {
            time + AFTER_RUN
            for time, runs in stops
            if runs is False and start < time + AFTER_RUN < end
        }
        segments: list[Segment] = []
        for first, last in pairwise(sorted(cuts)):
            running = self.is_running(first + (last - first) / 2)
            mode = self._mode(first, last, running, changes)
            if segments and (segments[-1].mode, segments[-1].is_running) == (
                mode,
                running,
            ):
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
        """Return whether the heat pump denies a run that the meter saw.

        Args:
            run_start: When the meter saw it begin.
            run_end: When the meter saw it end; None if it goes on.
        """
        delay = self.longest_delay
        return self.compressor.denies(run_start, run_end, self.clock, delay)

    def has_frozen_compressor(self) -> bool:
        """Return whether the compressor's state misses a start that was counted."""
        runs = self.runs
        newest = self.compressor.newest
        if newest is None or not runs.states or not runs.states[-1]:
            return False
        started = runs.times[-1]
        if newest.is_on or newest.stamp is None:
            return False
        is_late = newest.time - started > self.longest_delay
        is_old = newest.stamp - self.clock.lag < started - SLACK
        if not (is_late and is_old):
            return False
        return self.compressor.counted_start(started, None, self.longest_delay)

    def _mode(
        self,
        start: datetime,
        end: datetime,
        running: bool | None,
        changes: list[tuple[datetime, Mode | None]],
    ) -> Mode | None:
        middle = start + (end - start) / 2
        purpose = _purpose_at(changes, middle)
        if running or purpose is Mode.DEFROST:
            return purpose
        if running is None:
            return None
        stopped = self.runs.started_at(middle)
        if stopped is None or middle - stopped > AFTER_RUN:
            return Mode.STANDBY
        before = stopped - self.runs.blip / 2
        after_run = self.is_running(before) and purpose is _purpose_at(changes, before)
        return purpose if after_run else Mode.STANDBY

    def _add_signals(self, reading: HeatPumpReading) -> None:
        for name in SIGNALS:
            value: float | None = getattr(reading, name)
            if value is None:
                continue
            stamp = reading.stamps.get(name)
            if stamp is None:
                self.signals[name].add(reading.time.timestamp(), value)
            else:
                measured = self.clock.measured_at(min(stamp, reading.time))
                self.signals[name].add(measured.timestamp(), value)
                if name == "modulation_pct" and value > 0:
                    self._learn_start(measured, value)

    def _learn_start(self, measured: datetime, modulation_pct: float) -> None:
        started = self.runs.started_at(measured + SLACK)
        if started is not None and abs(measured - started) <= SLACK:
            self.start_modulation_pct = modulation_pct

    def _add_burner(self, reading: HeatPumpReading) -> None:
        if reading.burner_on is None:
            return
        if self.burner and self.burner[-1][1] is reading.burner_on:
            return
        stamp = reading.stamps.get("burner_on", reading.time)
        time = self.clock.measured_at(min(stamp, reading.time))
        self.burner.append((time, reading.burner_on))

    def _learn(self, stamp: datetime, *, is_on: bool) -> None:
        """Learn how stamps lag from a change that the meter saw, too."""
        window = StampClock().window(stamp, self.longest_delay)
        edges = [
            time
            for time, runs in self.runs.likely_changes_between(
                window.earliest, window.latest
            )
            if runs is is_on
        ]
        if edges:
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
    # A mode that is given holds until the next reading; so does none beside one.
    holds = start.mode is not None or end.mode is not None
    for first, last, reading in (
        (start.time, middle, start),
        (middle, end.time, start if holds else end),
    ):
        yield Segment(start=first, end=last, mode=mode_of(reading))


def _purpose_at(
    changes: list[tuple[datetime, Mode | None]], moment: datetime
) -> Mode | None:
    purpose = changes[0][1] if changes else None
    for time, each in changes:
        if time > moment:
            break
        purpose = each
    return purpose

"""Whether the heat pump still shows the present, and agrees with the meter.

Clouds answer for hours with the values of a unit that they lost: the answer is as
old as its newest value. And the meter sees the same compressor: where the two say
the opposite for longer than delays explain, neither is believed.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import exp, log

from ...readings import HeatPumpReading
from ..modes import is_running
from .compressor_reports import CompressorReport
from .join import Join
from .time_stamps import SLACK

# A start or stop that the meter saw must show up in some value by then.
_EDGE_SHOWN = timedelta(minutes=15)
# A running unit sends some value more often than this: its temperatures move.
_RUNNING_SILENCE = timedelta(minutes=55)
# Longer than any delay: from then on the two contradict each other.
_CONTRADICTION = timedelta(minutes=15)
# A meter that has told no power for so long says nothing of the present.
_METER_SILENT = timedelta(minutes=5)
# A backup heater runs on its own for no longer, against legionella for instance.
_HEATER_ALONE = timedelta(hours=3)
# No compressor runs with less.
_LEAST_RUNNING_W = 50.0
# No pumps and electronics draw more.
_MOST_RESTING_W = 150.0
# Not even with a trace heating.
_MOST_AT_REST_W = 700.0
# A start counts if its power is within this factor of the compressor's usual.
_POWER_FACTOR = 2.5
_NEW_WEIGHT = 0.1
_WINDOWS_KEPT = 20
# The supply temperature rises at once when the compressor starts.
_SUPPLY_MOVES = timedelta(minutes=10)


@dataclass(slots=True)
class DoubtWindow:
    """A time for which the heat pump's values are not believed."""

    start: datetime
    end: datetime | None = None
    """None while it lasts."""


@dataclass(slots=True)
class DoubtLog:
    """The times of one kind of doubt."""

    windows: list[DoubtWindow] = field(default_factory=list)

    @property
    def since(self) -> datetime | None:
        """Return when the present doubt began; None if there is none."""
        if not self.windows or self.windows[-1].end is not None:
            return None
        return self.windows[-1].start

    def overlaps(self, start: datetime, end: datetime) -> bool:
        """Return whether any of a time is in doubt."""
        return any(
            window.start < end and (window.end is None or start < window.end)
            for window in self.windows
        )

    def update(self, since: datetime | None, now: datetime) -> bool:
        """Take what is found now; return whether the doubt is new."""
        if since is not None and self.since is None:
            self.windows = [*self.windows[1 - _WINDOWS_KEPT :], DoubtWindow(since)]
            return True
        if since is None and self.since is not None:
            self.windows[-1].end = now
        return False


@dataclass(slots=True)
class Freshness:
    """Judges each reading of the heat pump beside the meter."""

    stale: DoubtLog = field(default_factory=DoubtLog)
    contradicted: DoubtLog = field(default_factory=DoubtLog)
    newest: datetime | None = None
    """The newest time stamp seen."""
    run_w: float | None = None
    """The power with which the compressor usually starts."""
    frozen_supply: datetime | None = None
    """The time stamp at which the supply temperature stands still."""
    is_compressor_frozen: bool = False
    """Whether the compressor's state stands still."""
    opposed_since: datetime | None = None
    """Since when the two say the opposite."""
    is_suspect: bool = False
    """Whether it is too early to judge."""

    def add(
        self, reading: HeatPumpReading, join: Join, *, heater_metered: bool
    ) -> None:
        """Judge a reading."""
        if reading.measured_at is not None:
            measured_at = min(reading.measured_at, reading.time)
            self.newest = max(measured_at, self.newest or measured_at)
        self._learn(reading, join)
        stale_since = self._stale_since(reading, join)
        opposed = self._opposed(reading, join, heater_metered=heater_metered)
        self.is_suspect = opposed or self._unseen_edge(join, timedelta(), reading.time)
        self.stale.update(stale_since, self.newest or reading.time)
        since = self.opposed_since
        lasts = opposed and since is not None and reading.time - since >= _CONTRADICTION
        if (
            lasts
            and _draws(join, reading.time) is False
            and join.runs.last_w > _MOST_RESTING_W
        ):
            # A compressor that modulates down, taken for one at rest.
            join.runs.see_running()
            self.opposed_since, lasts = None, False
        is_found = lasts and stale_since is None
        self.contradicted.update(since if is_found else None, reading.time)

    def finds_frozen_supply(self, reading: HeatPumpReading, join: Join) -> bool:
        """Return whether the supply temperature has just been found to stand still.

        It does if it has not moved since before a start that the meter saw, while
        other values did.
        """
        stamp = reading.stamps.get("supply_c")
        if stamp is None or stamp == self.frozen_supply:
            return False
        self.frozen_supply = None
        runs, lag = join.runs, join.clock.lag - SLACK
        starts = [
            time + lag
            for time, running in zip(runs.times, runs.states, strict=True)
            if running
            and time + lag > stamp
            and not join.denies(time, runs.ended_at(time))
        ]
        if not starts or self.newest is None or self.newest < starts[-1]:
            return False
        due = starts[0] + _SUPPLY_MOVES + join.longest_delay
        if reading.time < due or (len(starts) == 1 and not runs.states[-1]):
            return False
        self.frozen_supply = stamp
        return True

    def finds_frozen_compressor(self, join: Join) -> bool:
        """Return whether the compressor's state has just been found to stand still."""
        before, newest = self.is_compressor_frozen, join.compressor.newest
        if newest is None or newest.is_on:
            self.is_compressor_frozen = False
        elif _misses_start(newest, join):
            self.is_compressor_frozen = True
        return self.is_compressor_frozen and not before

    def doubts(self, start: datetime, end: datetime) -> bool:
        """Return whether the heat pump is not believed for any part of a time."""
        return self.stale.overlaps(start, end) or self.contradicted.overlaps(start, end)

    def _stale_since(self, reading: HeatPumpReading, join: Join) -> datetime | None:
        if reading.measured_at is None or (newest := self.newest) is None:
            return None
        if (since := self.stale.since) is not None and newest <= since:
            return since
        silent = reading.time - newest > _RUNNING_SILENCE and is_running(reading)
        unseen = self._unseen_edge(join, _EDGE_SHOWN, reading.time)
        return newest if silent or unseen else None

    def _unseen_edge(self, join: Join, age: timedelta, now: datetime) -> bool:
        if self.newest is None:
            return False
        first, last = self.newest + join.clock.lag + SLACK, now - age
        runs = join.runs
        run_w: float | None = None
        for time, state, power_w in zip(
            runs.times, runs.states, runs.powers_w, strict=True
        ):
            if state:
                run_w = power_w
            if state is not None and first < time <= last and self._is_usual(run_w):
                return True
        return False

    def _is_usual(self, run_w: float | None) -> bool:
        if self.run_w is None or run_w is None:
            return True
        return self.run_w / _POWER_FACTOR <= run_w <= self.run_w * _POWER_FACTOR

    def _learn(self, reading: HeatPumpReading, join: Join) -> None:
        runs = join.runs
        if not reading.compressor_on or not runs.times or not runs.states[-1]:
            return
        stamp = reading.stamps.get("compressor_on")
        if stamp is None or abs(stamp - join.clock.lag - runs.times[-1]) > SLACK:
            return
        level = log(max(runs.powers_w[-1], 1.0))
        if self.run_w is not None:
            level = log(self.run_w) + _NEW_WEIGHT * (level - log(self.run_w))
        self.run_w = exp(level)

    def _opposed(
        self, reading: HeatPumpReading, join: Join, *, heater_metered: bool
    ) -> bool:
        claimed, drawn = is_running(reading), _draws(join, reading.time)
        agree = claimed is drawn or self.is_compressor_frozen
        if claimed is None or drawn is None or agree:
            self.opposed_since = None
            return False
        start = join.runs.started_at(reading.time)
        since = self.opposed_since or reading.time
        self.opposed_since = since if start is None else max(since, start)
        heats_alone = reading.time - (start or since) < _HEATER_ALONE
        if drawn and heater_metered and heats_alone:
            self.opposed_since = None if start else since
            return False
        return True


def _misses_start(newest: CompressorReport, join: Join) -> bool:
    """Return whether a resting state is older than a start that the unit counted."""
    runs, delay = join.runs, join.longest_delay
    if newest.stamp is None or not runs.states or not runs.states[-1]:
        return False
    started = runs.times[-1]
    is_late = newest.time - started > delay
    is_old = newest.stamp - join.clock.lag < started - SLACK
    return is_late and is_old and join.compressor.counted_start(started, None, delay)


def _draws(join: Join, now: datetime) -> bool | None:
    """Return whether the meter sees a compressor; None where it cannot."""
    runs = join.runs
    if runs.last_at is None or now - runs.last_at > _METER_SILENT:
        return None
    if runs.states and runs.states[-1] is not None:
        return runs.states[-1]
    if _LEAST_RUNNING_W <= runs.last_w <= _MOST_AT_REST_W:
        return None
    return runs.last_w > _MOST_AT_REST_W

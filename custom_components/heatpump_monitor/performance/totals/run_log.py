"""Runs of the heat pump and charges of hot water, kept for 400 days.

A run takes 270 bytes as JSON, and each defrost within it up to 80 (measured); the 3,000
runs of a typical year with 1,500 defrosts take 0.9 MB.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import repeat, takewhile
from typing import Final

from ...readings import Mode
from ..heat.backup_heater import backup_heater_heat_wh
from ..heat.method_errors import HEAT_ERRORS
from ..intervals import Interval
from ..plant import HeatMethod
from ..rounding import rounded
from ..segments import Quantity, Segment
from .ledger import ModeSums, ratio

RUNS_KEPT: Final = timedelta(days=400)
_RUN_MODES: Final = frozenset({Mode.HEATING, Mode.HOT_WATER, Mode.COOLING})

type Span = tuple[datetime, datetime]
"""Start and end."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """A time in one mode; a defrost within it belongs to it."""

    start: datetime
    end: datetime
    mode: Mode
    electricity_wh: float | None = None
    heat_wh: float | None = None
    """Defrost heat subtracted; negative while cooling."""
    heat_error_wh: float | None = None
    """By how much the method of the heat can be off, up or down."""
    means: dict[Quantity, float] = field(default_factory=dict)
    """Means over the heat."""
    starts: int = 0
    """How often the compressor started."""
    is_whole: bool = True
    """Whether the heat pump was read before its start and after its end."""
    defrosts: tuple[Span, ...] = ()
    """When it defrosted, in the order of time."""


@dataclass(slots=True)
class BackupHeaterSums:
    """What the backup heater drew and made in a run that has not ended."""

    electricity_wh: float = 0.0
    heat_wh: float = 0.0
    is_known: bool = True

    def add(self, interval: Interval, seconds: float) -> None:
        """Add a part of an interval."""
        if interval.backup_heater_wh is None or interval.method is None:
            self.is_known = False
            return
        electricity_wh = interval.backup_heater_wh * seconds / interval.seconds
        self.electricity_wh += electricity_wh
        self.heat_wh += backup_heater_heat_wh(interval.method, electricity_wh)


@dataclass(slots=True)
class OpenRun:
    """The sums of a run that has not ended."""

    start: datetime
    end: datetime
    mode: Mode
    is_whole: bool
    sums: ModeSums = field(default_factory=ModeSums)
    heat_error_wh: float = 0.0
    starts: int = 0
    has_electricity: bool = True
    has_heat: bool = True
    defrosts: list[Span] = field(default_factory=list)
    backup_heater: BackupHeaterSums = field(default_factory=BackupHeaterSums)

    @property
    def cop(self) -> float | None:
        """Return heat over electricity so far; None if a part is unknown."""
        if not (self.has_heat and self.has_electricity):
            return None
        return ratio(self.sums.heat_wh, self.sums.electricity_wh)

    @property
    def cop_without_backup_heater(self) -> float | None:
        """Return the ratio without what the backup heater drew and made."""
        heater = self.backup_heater
        if not (self.has_heat and self.has_electricity and heater.is_known):
            return None
        return ratio(
            self.sums.heat_wh - heater.heat_wh,
            self.sums.electricity_wh - heater.electricity_wh,
        )

    def add(self, segment: Segment, heat_wh: float | None, error: float) -> None:
        """Add a segment with its heat, which can be off by a share of its size."""
        self.end = segment.end
        if segment.mode is Mode.DEFROST:
            self._add_defrost(segment)
        self.has_electricity &= segment.electricity_wh is not None
        self.has_heat &= heat_wh is not None
        electricity_wh, heat_wh = segment.electricity_wh or 0.0, heat_wh or 0.0
        sums = ModeSums.of(electricity_wh, heat_wh, segment.seconds, segment.means)
        self.sums.add(sums)
        self.heat_error_wh += error * abs(heat_wh)

    def _add_defrost(self, segment: Segment) -> None:
        start = segment.start
        if self.defrosts and self.defrosts[-1][1] == start:
            start, _ = self.defrosts.pop()
        self.defrosts.append((start, segment.end))

    def ended(self, *, is_whole: bool) -> Run:
        """Return the run with rounded values; a sum with a part unknown is unknown."""
        sums = self.sums
        electricity_wh = sums.electricity_wh if self.has_electricity else None
        heat_wh = sums.heat_wh if self.has_heat else None
        heat_error_wh = self.heat_error_wh if self.has_heat else None
        means = ((key, sums.mean(key)) for key in sums.weighted)
        return Run(
            start=self.start,
            end=self.end,
            mode=self.mode,
            electricity_wh=rounded(electricity_wh, 1),
            heat_wh=rounded(heat_wh, 1),
            heat_error_wh=rounded(heat_error_wh, 1),
            means={key: round(mean, 2) for key, mean in means if mean is not None},
            starts=self.starts,
            is_whole=is_whole and self.is_whole,
            defrosts=tuple(self.defrosts),
        )


@dataclass(slots=True)
class RunTracker:
    """The run that has not ended."""

    open: OpenRun | None = None
    known_until: datetime | None = None
    """The end of the last segment whose mode is known."""

    def add(
        self, interval: Interval, errors: Mapping[HeatMethod, float] = HEAT_ERRORS
    ) -> list[Run]:
        """Add an interval, later than all before; return the runs that ended.

        The errors are by how much each method's heat can be off, as a share.
        """
        error = errors[interval.method] if interval.method else 0.0
        heats_wh = interval.heat.by_segment_wh if interval.heat else repeat(None)
        ended: list[Run] = []
        ends = (each.end for each in interval.segments if each.mode in _RUN_MODES)
        last = max(ends, default=None)
        for segment, heat_wh in zip(interval.segments, heats_wh, strict=False):
            if (run := self._ended_by(segment)) is not None:
                ended.append(run)
            if (open_run := self._run_of(segment)) is not None:
                open_run.add(segment, heat_wh, error)
                open_run.backup_heater.add(interval, segment.seconds)
                if segment.end == last:
                    # The counter of starts moves between readings: it is the newest.
                    open_run.starts += interval.starts
            if segment.mode is not None:
                self.known_until = segment.end
        return ended

    def _ended_by(self, segment: Segment) -> Run | None:
        if (run := self.open) is None:
            return None
        follows = segment.start == run.end
        if follows and segment.mode in (run.mode, Mode.DEFROST):
            return None
        self.open = None
        return run.ended(is_whole=follows and segment.mode is not None)

    def _run_of(self, segment: Segment) -> OpenRun | None:
        mode = segment.mode
        if self.open is None and mode is not None and mode in _RUN_MODES:
            is_whole = segment.start == self.known_until
            self.open = OpenRun(segment.start, segment.end, mode, is_whole)
        return self.open


@dataclass(slots=True)
class RunLog:
    """The runs of the last 400 days, in the order of time."""

    runs: deque[Run] = field(default_factory=deque)

    def add(self, ended: Sequence[Run]) -> None:
        """Add runs, later than all before; forget those that are too old."""
        self.runs += ended
        while self.runs and self.runs[0].end < self.runs[-1].end - RUNS_KEPT:
            self.runs.popleft()

    def ended_after(self, moment: datetime) -> list[Run]:
        """Return the runs that ended after a moment, in the order of time."""
        newest = takewhile(lambda run: run.end > moment, reversed(self.runs))
        return list(newest)[::-1]

    def forget_after(self, moment: datetime) -> None:
        """Forget the runs that ended after a moment."""
        for _ in self.ended_after(moment):
            self.runs.pop()

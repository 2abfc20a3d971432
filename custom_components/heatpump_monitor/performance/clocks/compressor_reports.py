"""What the heat pump says of its compressor, beside the runs that the meter saw."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from ...readings import HeatPumpReading
from ..limits import SAMPLE_HOLD_S
from .time_stamps import SLACK, StampClock

_NEVER = datetime.max.replace(tzinfo=UTC)
_POLL_GAP = timedelta(seconds=SAMPLE_HOLD_S)


@dataclass(frozen=True, slots=True)
class CompressorReport:
    """What one answer said of the compressor."""

    time: datetime
    is_on: bool
    stamp: datetime | None
    starts: float | None = None
    """How often the compressor has started, by the unit's counter."""


@dataclass(slots=True)
class CompressorReports:
    """The answers of the last hours, oldest first."""

    reports: list[CompressorReport] = field(default_factory=list)

    @property
    def newest(self) -> CompressorReport | None:
        """Return the newest answer."""
        return self.reports[-1] if self.reports else None

    def add(self, reading: HeatPumpReading) -> datetime | None:
        """Add a reading; return the time stamp of a change of the state."""
        if reading.compressor_on is None:
            return None
        stamp = reading.stamps.get("compressor_on")
        before, is_on = self.newest, reading.compressor_on
        report = CompressorReport(reading.time, is_on, stamp, reading.starts)
        self.reports.append(report)
        return stamp if before is not None and before.is_on is not is_on else None

    def was_polled(self, start: datetime, end: datetime) -> bool:
        """Return whether the heat pump was read all the time between two moments."""
        times = [report.time for report in self.reports]
        within = [start, *(time for time in times if start < time < end), end]
        return all(later - time <= _POLL_GAP for time, later in pairwise(within))

    def counted_start(
        self, run_start: datetime, run_end: datetime | None, longest_delay: timedelta
    ) -> bool:
        """Return whether the unit counted the start of a run; see `denies`."""
        latest = _NEVER if run_end is None else run_end + longest_delay
        counts = [
            (report.time, report.starts)
            for report in self.reports
            if report.starts is not None and report.time <= latest
        ]
        before = [starts for time, starts in counts if time <= run_start]
        after = [starts for time, starts in counts if time > run_start]
        return bool(before and after) and after[-1] > before[-1]

    def denies(
        self,
        run_start: datetime,
        run_end: datetime | None,
        clock: StampClock,
        longest_delay: timedelta,
    ) -> bool:
        """Return whether the heat pump denies a run that the meter saw.

        It does if it had the time to report it, and says that the compressor has
        rested since before. Then something else drew: a backup heater.
        """
        if self.counted_start(run_start, run_end, longest_delay):
            return False
        # A stamp of arrival is never before the run itself.
        lag = clock.lag if clock.is_device else timedelta()
        latest = _NEVER if run_end is None else run_end + longest_delay
        denied = False
        for report in self.reports:
            if report.time <= run_start:
                continue
            if report.stamp is None:
                is_due = report.time <= (run_end or _NEVER)
                confirms = report.is_on and is_due
            else:
                is_due = report.time >= run_start + longest_delay
                confirms = run_start - SLACK <= report.stamp - lag <= latest
            if confirms:
                return False
            # An old `on` is that of a run which the meter saw in part only.
            denied |= not report.is_on and is_due
        return denied

    def forget_before(self, moment: datetime) -> None:
        """Drop what was answered before a moment."""
        self.reports = [each for each in self.reports if each.time >= moment]

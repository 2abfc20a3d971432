"""The way in (readings) and out (snapshot, quarter-hours) of a house meter's arithmetic.

Nothing here imports Home Assistant, does I/O or asks for the time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, tzinfo
import math
from typing import Final

from ..readings import GridReading
from ..time_units import HOUR
from .import_counter import ImportCounter, PowerRange
from .limits import MOST_W, NEXT_S
from .model import (
    QUARTER,
    Basis,
    CapacityTariff,
    HouseSnapshot,
    MonthPeak,
    Quarter,
    RunningQuarter,
)
from .open_quarter import OpenQuarter, Sample, aligned, total_at
from .outlook import ExceedWarning, SmoothedPower, forecast_w, headroom_w
from .peaks import MonthPeaks, MonthRecord, Peak
from .quarter_log import QuarterLog, quarter_start
from .reading_time import moment_of

_RANK: Final = (Basis.INCOMPLETE, Basis.COUNTER, Basis.METER)
# A reading may be late; one that is so much earlier shows that a clock was set back.
_SET_BACK: Final = HOUR


@dataclass(frozen=True, kw_only=True, slots=True)
class Telegram:
    """What a meter sends; with the same time and values, it was read again."""

    measured_at: datetime
    import_wh: float | None
    power_w: float | None
    average_w: float | None

    @classmethod
    def of(cls, reading: GridReading) -> Telegram | None:
        """Return the telegram of a reading, None if the meter tells no time."""
        if reading.measured_at is None:
            return None
        return cls(
            measured_at=reading.measured_at,
            import_wh=reading.import_wh,
            power_w=reading.power_w,
            average_w=reading.quarter_average_w,
        )


@dataclass(kw_only=True, slots=True)
class OpenState:
    """What the running quarter-hour needs to go on after a restart."""

    sample: Sample | None = None
    """The last one."""
    telegram: Telegram | None = None
    quarter: OpenQuarter | None = None
    counter: ImportCounter = field(default_factory=ImportCounter)
    smoothed: SmoothedPower = field(default_factory=SmoothedPower)
    warning: ExceedWarning = field(default_factory=ExceedWarning)


@dataclass(kw_only=True, slots=True)
class HouseState:
    """All that is to survive a restart; `store.py` keeps it on disk."""

    running: OpenState = field(default_factory=OpenState)
    quarters: QuarterLog = field(default_factory=QuarterLog)
    months: dict[date, MonthRecord] = field(default_factory=dict)


class HouseMeterEngine:
    """Quarter-hours, their peaks and the capacity tariff of one grid connection."""

    def __init__(
        self,
        tariff: CapacityTariff,
        time_zone: tzinfo,
        state: HouseState | None = None,
    ) -> None:
        """Continue from a state, which the engine changes; None is a new meter."""
        self.tariff = tariff
        self.state = state or HouseState()
        self.month_peaks = MonthPeaks(time_zone, self.state.months)
        # After a crash, quarter-hours may be on disk while their peaks are not yet.
        log = self.state.quarters
        is_lost = not self.state.months
        for quarter in log.all() if is_lost else map(log.get, log.changed):
            if quarter is not None:
                self.month_peaks.offer(quarter)

    def add(
        self, reading: GridReading, parts_w: Mapping[str, float] | None = None
    ) -> list[Quarter]:
        """Add a reading; return the quarter-hours that it ended, oldest first.

        `parts_w` is what each heat pump draws now, by the id of its entry, without
        those whose power is not known. A reading that is not later than the last one
        changes nothing. A quarter-hour of which nothing at all was seen is not
        returned, and is not in `quarters` either.
        """
        running, telegram = self.state.running, Telegram.of(reading)
        if telegram is not None and telegram == running.telegram:
            return []
        at, is_own_clock = moment_of(reading)
        if running.sample is not None and at <= running.sample.at:
            if at > running.sample.at - _SET_BACK:
                return []
            running = self.state.running = OpenState()
        running.telegram = telegram
        sample = _sample(running, reading, at, is_own_clock=is_own_clock)
        known_parts = (parts_w or {}).items()
        parts = {key: max(w, 0.0) for key, w in known_parts if math.isfinite(w)}
        quarter = _advance(running, replace(sample, parts_w=parts))
        is_new = quarter is not None and self._put(quarter)
        self.month_peaks.offer_metered(
            reading.month_peak_w, reading.month_peak_at, at, self.state.quarters
        )
        self._warn()
        return [quarter] if quarter is not None and is_new else []

    def book_part(self, start: datetime, key: str, energy_wh: float) -> None:
        """Set what a heat pump drew in an ended quarter-hour, once that is known.

        It replaces what was calculated from its power. Does nothing where nothing
        is known of the quarter-hour.
        """
        quarter = self.state.quarters.get(start)
        if quarter is not None:
            parts_wh = {**quarter.parts_wh, key: energy_wh}
            self.state.quarters.put(replace(quarter, parts_wh=parts_wh))
        self.month_peaks.book_part(start, key, energy_wh)

    def restore(self, quarters: Iterable[Quarter]) -> None:
        """Add quarter-hours of an import; what is known better stays.

        Raises:
            ValueError: One does not begin at a quarter-hour.
        """
        for quarter in quarters:
            start = quarter.start.astimezone(UTC)
            if start != quarter_start(start):
                raise ValueError(f"No quarter-hour begins at {quarter.start}")
            self._put(replace(quarter, start=start))

    def restore_peak(self, peak: MonthPeak) -> bool:
        """Add the peak of an import, unless its month has one; return whether."""
        return self.month_peaks.restore(peak, self._counted_until)

    def correct_peak(
        self, month: date, peak_w: float, at: datetime | None = None
    ) -> None:
        """Set a month's peak as the user says; only later quarter-hours exceed it.

        `month` is any day of it, `at` is when the quarter-hour began.
        """
        start = None if at is None else quarter_start(at.astimezone(UTC))
        quarter = None if start is None else self.state.quarters.get(start)
        parts_wh = {} if quarter is None else {**quarter.parts_wh}
        peak = Peak(peak_w=peak_w, at=start, parts_wh=parts_wh)
        self.month_peaks.correct(month.replace(day=1), peak, self._counted_until)

    def reset_peak(self, month: date) -> None:
        """Let a month's peak follow from its quarter-hours and the meter's own again.

        `month` is any day of it. Of a month whose quarter-hours are not kept any more,
        it is what was counted before it was corrected.
        """
        month = month.replace(day=1)
        quarters = self.quarters(*self.month_peaks.bounds(month))
        self.month_peaks.reset(month, quarters)

    def quarters(self, start: datetime, end: datetime) -> list[Quarter]:
        """Return the ended quarter-hours from a moment until before another.

        Those of which nothing is known are left out. Two years are kept.
        """
        return list(self.state.quarters.between(start, end))

    @property
    def peaks(self) -> Mapping[date, MonthPeak]:
        """Return the peak of each month, by its first day, oldest first."""
        found = {
            month: self.month_peaks.peak(month) for month in sorted(self.state.months)
        }
        return {month: peak for month, peak in found.items() if peak is not None}

    @property
    def snapshot(self) -> HouseSnapshot:
        """Return all that is shown, as of the last reading."""
        running, peaks = self._shown_quarter(), self.month_peaks
        if running is None:
            return HouseSnapshot(
                running=None,
                last=None,
                month_peak=None,
                billing=peaks.billing(max(peaks.records, default=None), self.tariff),
                will_exceed=None,
            )
        month = peaks.month_of(running.start)
        is_known = running.forecast_w is not None
        return HouseSnapshot(
            running=running,
            last=self.state.quarters.get(running.start - QUARTER),
            month_peak=peaks.peak(month),
            billing=peaks.billing(month, self.tariff),
            will_exceed=self.state.running.warning.is_raised if is_known else None,
        )

    @property
    def _counted_until(self) -> datetime | None:
        sample = self.state.running.sample
        return None if sample is None else sample.at

    def _shown_quarter(self) -> RunningQuarter | None:
        running = self.state.running
        if running.sample is None or running.quarter is None:
            return None
        ends_in = running.quarter.start + QUARTER - running.sample.at
        ends_in_s = max(ends_in.total_seconds(), 0.0)
        so_far_w = running.quarter.so_far_w
        forecast, headroom = None, None
        limit_w = self._limit_w(running.quarter.start)
        if so_far_w is not None:
            headroom = headroom_w(so_far_w, limit_w, ends_in_s)
            if running.smoothed.power_w is not None:
                forecast = forecast_w(so_far_w, running.smoothed.power_w, ends_in_s)
        return RunningQuarter(
            start=running.quarter.start,
            so_far_w=so_far_w,
            forecast_w=forecast,
            headroom_w=headroom,
            limit_w=limit_w,
            parts_wh=running.quarter.known_parts_wh,
            ends_in_s=ends_in_s,
        )

    def _limit_w(self, start: datetime) -> float:
        """Return what a quarter-hour should not exceed."""
        if self.tariff.limit_w is not None:
            return self.tariff.limit_w
        return max(self.tariff.least_peak_w, self.month_peaks.highest_w(start))

    def _put(self, quarter: Quarter) -> bool:
        """Store a quarter-hour; return False if it is known better."""
        known = self.state.quarters.get(quarter.start)
        if known is not None:
            if _RANK.index(known.basis) > _RANK.index(quarter.basis):
                return False
            parts_wh = {**known.parts_wh, **quarter.parts_wh}
            quarter = replace(quarter, parts_wh=parts_wh)
        if quarter != known:
            self.state.quarters.put(quarter)
        self.month_peaks.offer(quarter)
        return True

    def _warn(self) -> None:
        running = self.state.running
        sample, quarter = running.sample, running.quarter
        if sample is None or quarter is None:
            return
        so_far_w, power_w = quarter.so_far_w, running.smoothed.power_w
        if so_far_w is not None and power_w is not None:
            ends_in_s = (quarter.start + QUARTER - sample.at).total_seconds()
            expected_w = forecast_w(so_far_w, power_w, ends_in_s)
            limit_w = self._limit_w(quarter.start)
            running.warning.update(
                sample.at, quarter.start, so_far_w, expected_w, limit_w
            )


def _sample(
    running: OpenState, reading: GridReading, at: datetime, *, is_own_clock: bool
) -> Sample:
    """Return what a reading means, and count its counter on."""
    power_w = _limited(reading.power_w)
    drawn_w = _drawn_w(running.sample, at, power_w)
    value_wh = reading.import_wh
    if value_wh is not None and not math.isfinite(value_wh):
        value_wh = None
    is_continued = running.counter.advance(at, value_wh, drawn_w)
    average_w = _limited(reading.quarter_average_w)
    return Sample(
        at=at,
        total_wh=None if running.counter.counter is None else running.counter.total_wh,
        is_continued=is_continued,
        power_w=power_w,
        # By another clock, it may be the average of another quarter-hour.
        average_w=max(average_w, 0.0)
        if average_w is not None and is_own_clock
        else None,
    )


def _drawn_w(last: Sample | None, at: datetime, power_w: float | None) -> PowerRange:
    """Return what was drawn since the last sample."""
    if power_w is None:
        return PowerRange()
    import_w = max(power_w, 0.0)
    if last is None or last.import_w is None:
        return PowerRange(import_w, import_w)
    if (at - last.at).total_seconds() <= NEXT_S:
        return PowerRange(import_w, import_w)
    return PowerRange((last.import_w + import_w) / 2, min(last.import_w, import_w))


def _advance(running: OpenState, sample: Sample) -> Quarter | None:
    """Count until a sample; return the quarter-hour that it ended."""
    last, quarter = running.sample, running.quarter
    ended = None
    if last is None or quarter is None:
        running.quarter = OpenQuarter.first(None, sample, None)
    else:
        if quarter.own_wh is not None:
            sample = aligned(last, sample)
        end = quarter.start + QUARTER
        if sample.at < end:
            quarter.continue_to(last, sample)
        else:
            if not quarter.is_believed:
                sample = replace(sample, average_w=None)
            end_wh = total_at(end, last, sample)
            ended = quarter.end(last, sample, end_wh)
            running.quarter = OpenQuarter.first(last, sample, end_wh)
    elapsed_s = 0.0 if last is None else (sample.at - last.at).total_seconds()
    running.smoothed.add(sample.import_w, elapsed_s)
    running.sample = sample
    return ended


def _limited(power_w: float | None) -> float | None:
    """Return a power, None if no connection can deliver it."""
    if power_w is None or not math.isfinite(power_w) or abs(power_w) > MOST_W:
        return None
    return power_w

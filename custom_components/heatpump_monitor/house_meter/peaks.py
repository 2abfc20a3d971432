"""The highest quarter-hour of each month, and what is billed for it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from .limits import MOST_W
from .model import QUARTER, Billing, CapacityTariff, MonthPeak, PeakBasis, Quarter
from .quarter_log import QuarterLog, quarter_start

_MONTHS_BILLED: Final = 12
_SECOND: Final = timedelta(seconds=1)


@dataclass(kw_only=True, slots=True)
class Peak:
    """A quarter-hour that may be the highest of its month."""

    peak_w: float
    at: datetime | None
    """When it began, in UTC."""
    parts_wh: dict[str, float] = field(default_factory=dict)


@dataclass(kw_only=True, slots=True)
class MonthRecord:
    """What is known of the highest quarter-hour of a month."""

    counted: Peak | None = None
    metered: Peak | None = None
    """The meter's own."""
    corrected: Peak | None = None
    replaced: Peak | None = None
    """What was counted before the correction."""
    corrected_at: datetime | None = None
    """What ended before is not compared with the user's figure."""

    def highest(self) -> tuple[Peak, PeakBasis] | None:
        """Return the peak that is believed."""
        found = [
            (self.corrected, PeakBasis.CORRECTED),
            (self.counted, PeakBasis.COUNTED),
        ]
        if self.metered is not None and not self._is_corrected(self.metered.at):
            if self.counted is not None and self.counted.at == self.metered.at:
                # Of the same quarter-hour, the meter's figure is the one that is billed.
                del found[1]
            found.append((self.metered, PeakBasis.METER))
        known = [(peak, basis) for peak, basis in found if peak is not None]
        return max(known, key=lambda each: each[0].peak_w, default=None)

    def counted_highest(self) -> Peak | None:
        """Return what was counted, before and after a correction."""
        known = [one for one in (self.counted, self.replaced) if one is not None]
        return max(known, key=lambda peak: peak.peak_w, default=None)

    def offer(self, quarter: Quarter) -> None:
        """Compare with a quarter-hour of the month."""
        average_w = quarter.average_w
        if self.metered is not None and self.metered.at == quarter.start:
            self.metered.parts_wh = {**quarter.parts_wh}
        if average_w is None or self._is_corrected(quarter.start):
            return
        known = self.counted
        is_other = known is not None and known.at != quarter.start
        if known is not None and is_other and average_w <= known.peak_w:
            return
        parts_wh = {**quarter.parts_wh}
        self.counted = Peak(peak_w=average_w, at=quarter.start, parts_wh=parts_wh)

    def _is_corrected(self, start: datetime | None) -> bool:
        return (
            self.corrected_at is not None
            and start is not None
            and start + QUARTER <= self.corrected_at
        )


@dataclass(slots=True)
class MonthPeaks:
    """The peaks of all months; they are kept for ever."""

    time_zone: tzinfo
    records: dict[date, MonthRecord]
    """By the first day of the month, in the household's time zone."""
    _metered: tuple[float, datetime] | None = None
    """What the meter said last, with each of its readings."""

    def month_of(self, moment: datetime) -> date:
        """Return the first day of the local month of a moment."""
        return moment.astimezone(self.time_zone).date().replace(day=1)

    def offer(self, quarter: Quarter) -> None:
        """Compare a quarter-hour with the peak of its month."""
        month = self.month_of(quarter.start)
        if quarter.average_w is not None or month in self.records:
            self.records.setdefault(month, MonthRecord()).offer(quarter)

    def offer_metered(
        self, peak_w: float | None, end: datetime | None, now: datetime, log: QuarterLog
    ) -> None:
        """Compare with the month peak that the meter shows, and when that ended.

        It belongs to the month that it says: at the start of a month, a meter still
        shows that of the month before. Without a time it is not known whose it is.
        """
        if (peak_w, end) == self._metered or peak_w is None or end is None:
            return
        at = quarter_start(end.astimezone(UTC) - _SECOND)
        month = self.month_of(at)
        is_recent = month >= _months_before(self.month_of(now), 1) and at <= now
        if not is_recent or not 0 < peak_w <= MOST_W:
            return
        self._metered = (peak_w, end)
        record = self.records.setdefault(month, MonthRecord())
        quarter = log.get(at)
        parts_wh = {} if quarter is None else {**quarter.parts_wh}
        record.metered = Peak(peak_w=peak_w, at=at, parts_wh=parts_wh)

    def book_part(self, start: datetime, key: str, energy_wh: float) -> None:
        """Set what a heat pump drew in a quarter-hour, if that is a peak."""
        record = self.records.get(self.month_of(start), MonthRecord())
        for peak in (record.counted, record.metered, record.corrected):
            if peak is not None and peak.at == start:
                peak.parts_wh[key] = energy_wh

    def restore(self, restored: MonthPeak, now: datetime | None) -> bool:
        """Add the peak of a month, unless there is one; return whether."""
        record = self.records.get(restored.month, MonthRecord())
        if record.highest() is not None:
            return False
        parts_wh = {**restored.parts_wh}
        peak = Peak(peak_w=restored.peak_w, at=restored.at, parts_wh=parts_wh)
        if restored.basis is PeakBasis.CORRECTED:
            self.correct(restored.month, peak, now)
        elif restored.basis is PeakBasis.METER:
            self.records[restored.month] = MonthRecord(metered=peak)
        else:
            self.records[restored.month] = MonthRecord(counted=peak)
        return True

    def correct(self, month: date, peak: Peak, now: datetime | None) -> None:
        """Set the peak of a month as the user says."""
        before = self.records.get(month, MonthRecord())
        self.records[month] = MonthRecord(
            metered=before.metered,
            corrected=peak,
            replaced=before.counted_highest(),
            corrected_at=now,
        )

    def reset(self, month: date, quarters: Iterable[Quarter]) -> None:
        """Let the peak of a month follow from its quarter-hours and the meter again."""
        before = self.records.pop(month, MonthRecord())
        record = MonthRecord(metered=before.metered)
        for quarter in quarters:
            record.offer(quarter)
        record.counted = record.counted or before.counted_highest()
        if record.highest() is not None:
            self.records[month] = record

    def bounds(self, month: date) -> tuple[datetime, datetime]:
        """Return when a local month begins and ends, in UTC."""
        start, end = (
            datetime.combine(day, time.min, self.time_zone).astimezone(UTC)
            for day in (month, _months_before(month, -1))
        )
        return start, end

    def peak(self, month: date) -> MonthPeak | None:
        """Return the peak of a month."""
        highest = self.records.get(month, MonthRecord()).highest()
        if highest is None:
            return None
        peak, basis = highest
        return MonthPeak(
            month=month,
            peak_w=peak.peak_w,
            at=peak.at,
            basis=basis,
            parts_wh={**peak.parts_wh},
        )

    def highest_w(self, start: datetime) -> float:
        """Return the peak of the month of a quarter-hour so far, 0 without one."""
        record = self.records.get(self.month_of(start))
        highest = None if record is None else record.highest()
        return 0.0 if highest is None else highest[0].peak_w

    def billing(self, month: date | None, tariff: CapacityTariff) -> Billing:
        """Return what 12 months come to; the last one is given, None if none is."""
        months = self._last_peaks(month)
        if not months:
            return Billing(peak_w=None, months=(), cost_per_year=None)
        billed_w = [max(peak.peak_w, tariff.least_peak_w) for peak in months]
        peak_w = sum(billed_w) / len(billed_w)
        price = tariff.price_per_kw_year
        cost = None if price is None else peak_w / 1000 * price
        return Billing(peak_w=peak_w, months=months, cost_per_year=cost)

    def _last_peaks(self, month: date | None) -> tuple[MonthPeak, ...]:
        if month is None:
            return ()
        first = _months_before(month, _MONTHS_BILLED - 1)
        months = sorted(one for one in self.records if first <= one <= month)
        return tuple(peak for peak in map(self.peak, months) if peak is not None)


def _months_before(month: date, count: int) -> date:
    """Return the first day of the month so many months before another."""
    number = month.year * 12 + month.month - 1 - count
    return date(number // 12, number % 12 + 1, 1)

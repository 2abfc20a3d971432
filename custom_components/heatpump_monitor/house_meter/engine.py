"""The way in (readings) and out (snapshot, quarter-hours) of a house meter's arithmetic.

Nothing here imports Home Assistant, does I/O or asks for the time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo

from ..readings import GridReading
from .model import (
    QUARTER,
    Basis,
    Billing,
    CapacityTariff,
    HouseSnapshot,
    MonthPeak,
    PeakBasis,
    Quarter,
    RunningQuarter,
)
from .quarter_log import QuarterLog, quarter_start


@dataclass(kw_only=True, slots=True)
class HouseState:
    """All that is to survive a restart; `store.py` keeps it on disk."""

    quarters: QuarterLog = field(default_factory=QuarterLog)
    months: dict[date, MonthPeak] = field(default_factory=dict)
    last: GridReading | None = None


class HouseMeterEngine:
    """Quarter-hours, their peaks and the capacity tariff of one grid connection."""

    def __init__(
        self,
        tariff: CapacityTariff,
        time_zone: tzinfo,
        state: HouseState | None = None,
    ) -> None:
        """Go on from a state, which the engine changes; None begins anew."""
        self.tariff = tariff
        self.state = state or HouseState()
        self._time_zone = time_zone

    def add(
        self, reading: GridReading, parts_w: Mapping[str, float] | None = None
    ) -> list[Quarter]:
        """Take a reading in; return the quarter-hours that it ended, oldest first.

        `parts_w` is what each heat pump draws now, by the id of its entry; leave out
        those whose power is not known. A reading that is not later than the last one
        changes nothing. A quarter-hour of which nothing at all was seen is not
        returned, and is not in `quarters` either.
        """
        last, self.state.last = self.state.last, reading
        if last is None or last.import_wh is None or reading.import_wh is None:
            return []
        if quarter_start(last.time) == quarter_start(reading.time):
            return []
        quarter = Quarter(
            start=quarter_start(last.time),
            import_wh=max(reading.import_wh - last.import_wh, 0.0),
            basis=Basis.INCOMPLETE,
        )
        self.state.quarters.put(quarter)
        return [quarter]

    def book_part(self, start: datetime, key: str, energy_wh: float) -> None:
        """Set what a heat pump drew in an ended quarter-hour, once that is known.

        It replaces what was calculated from its power. Does nothing where nothing
        is known of the quarter-hour.
        """
        quarter = self.state.quarters.get(start)
        if quarter is not None:
            parts_wh = {**quarter.parts_wh, key: energy_wh}
            self.state.quarters.put(replace(quarter, parts_wh=parts_wh))

    def restore(self, quarters: Iterable[Quarter]) -> None:
        """Add quarter-hours of an import; what is known better stays."""
        for quarter in quarters:
            self.state.quarters.put(quarter)

    def correct_peak(
        self, month: date, peak_w: float, at: datetime | None = None
    ) -> None:
        """Set a month's peak as the user says; only later quarter-hours exceed it.

        `month` is any day of it, `at` when the quarter-hour began.
        """
        month = month.replace(day=1)
        self.state.months[month] = MonthPeak(
            month=month, peak_w=peak_w, at=at, basis=PeakBasis.CORRECTED
        )

    def reset_peak(self, month: date) -> None:
        """Let a month's peak follow from its quarter-hours and the meter's own again.

        Does nothing if the month is not known.
        """
        self.state.months.pop(month.replace(day=1), None)

    def quarters(self, start: datetime, end: datetime) -> list[Quarter]:
        """Return the ended quarter-hours from a moment until before another.

        Those of which nothing is known are left out. Two years are kept.
        """
        return list(self.state.quarters.between(start, end))

    @property
    def peaks(self) -> Mapping[date, MonthPeak]:
        """Return the peak of each month, by its first day, oldest first."""
        return dict(sorted(self.state.months.items()))

    @property
    def snapshot(self) -> HouseSnapshot:
        """Return all that is shown, as of the last reading."""
        return HouseSnapshot(
            running=self._running(),
            last=None,
            month_peak=None,
            billing=Billing(peak_w=None, months=(), cost_per_year=None),
            will_exceed=None,
        )

    def _running(self) -> RunningQuarter | None:
        last = self.state.last
        if last is None:
            return None
        return RunningQuarter(
            start=quarter_start(last.time),
            so_far_w=last.quarter_average_w,
            forecast_w=None,
            headroom_w=None,
            limit_w=self.tariff.limit_w or self.tariff.least_peak_w,
            ends_in_s=(quarter_start(last.time) + QUARTER - last.time).total_seconds(),
        )

"""Builds the snapshot of what is known at a moment."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ..readings import HeatPumpReading
from ..time_units import DAY
from .heat.method_errors import heat_errors
from .heat.methods import powers_w
from .heat.unit_counters import UnitHeat
from .intervals import Interval, chosen_method
from .limits import SAMPLE_HOLD_S
from .modes import is_running, mode_of
from .open_intervals import LONGEST_DELAYS
from .output import Snapshot
from .plant import HeatMethod, Part, Plant
from .policy import Policy
from .state import MonitorState
from .totals.booking import book
from .totals.ledger import Bucket, Ledger
from .totals.periods import Period, PeriodSummary, summaries

_COP_HOLD = timedelta(seconds=SAMPLE_HOLD_S)
# These show also what is not settled yet.
_PROVISIONAL = (Period.TODAY, Period.YESTERDAY)


@dataclass(frozen=True, kw_only=True, slots=True)
class SnapshotBuilder:
    """Shows the parts of the engine in one snapshot."""

    plant: Plant
    policy: Policy
    ledger: Ledger
    state: MonitorState
    closed: Interval | None
    """The last closed interval."""
    provisional: Sequence[Interval]
    """Those that are still open, as they look now."""
    backup_heater_on: bool | None

    def build(self, now: datetime) -> Snapshot:
        """Return what is known at a moment, in UTC."""
        state, checks, join = self.state, self.state.checks, self.state.join
        until = self._counted_until(now)
        interval = [self.closed, *self.provisional][-1]
        newest = state.open_intervals.newest
        reading = newest if checks.is_believed else None
        powers = self._powers_w(reading) if reading else {}
        # Counters give energy, and no power: the shape is another method's.
        counters = self.plant.heat_method is HeatMethod.COUNTER
        method = chosen_method(powers, None if counters else self.plant.heat_method)
        return Snapshot(
            time=now,
            plant=self.plant,
            reading=newest,
            ledger=self.ledger,
            counted_until=until,
            flags=tuple(state.flags.kept),
            interval=interval,
            closed_interval=self.closed,
            cop=_cop(interval, reading, now),
            mode=mode_of(reading) if reading else None,
            backup_heater_on=self.backup_heater_on,
            thermal_power_w=powers[method] if method else None,
            thermal_power_by_method=powers,
            heat_method=method,
            heat_total_wh=state.books.heat_total_wh,
            electricity_total_wh=state.meters.total_wh,
            electricity_until=state.meters.known_until,
            summaries=self._summaries(now, until),
            since=self.ledger.since,
            unresolved=state.books.unresolved,
            measured_at=checks.freshness.newest,
            stale_since=checks.freshness.stale.since,
            contradiction_since=checks.freshness.contradicted.since,
            reversed_phases=state.meters.reversed_phases,
            reversed_since=state.meters.reversed_since,
            heat_counters_frozen_since=_frozen_since(state.estimator.unit_heat),
            supply_frozen_since=checks.freshness.frozen_supply,
            compressor_frozen_since=checks.compressor_frozen_since(join),
            run_time_disagrees_since=join.run_check.disagrees_since,
        )

    def _powers_w(self, reading: HeatPumpReading) -> dict[HeatMethod, float]:
        powers, runs = powers_w(reading, self.plant), self.state.join.runs
        is_metered = Part.BACKUP_HEATER in self.plant.metered
        if is_running(reading) or not is_metered or runs.last_at is None:
            return powers
        return {method: min(power, runs.last_w) for method, power in powers.items()}

    def _counted_until(self, now: datetime) -> datetime:
        """Return up to when an interval can have been closed, in UTC.

        The running interval is no gap yet; one that runs for too long is.
        """
        hold = _COP_HOLD + self.policy.closing_delay * LONGEST_DELAYS
        if self.closed is None or now - self.closed.end > hold:
            return now
        return self.closed.end

    def _summaries(self, now: datetime, until: datetime) -> dict[Period, PeriodSummary]:
        figures = summaries(
            self.ledger,
            now,
            until=until,
            heat_errors=heat_errors(self.plant),
        )
        if not self.provisional:
            return figures
        open_ledger = Ledger(self.ledger.calendar)
        for interval in self.provisional:
            book(open_ledger, interval, self.state.meters.between)
        end = self.provisional[-1].end
        for period in _PROVISIONAL:
            figures[period] = _extended(figures[period], open_ledger, end)
        return figures


def _cop(
    interval: Interval | None, reading: HeatPumpReading | None, now: datetime
) -> float | None:
    if interval is None or now - interval.end > _COP_HOLD:
        return None
    return interval.cop if reading is not None and is_running(reading) else None


def _frozen_since(unit_heat: UnitHeat) -> datetime | None:
    counters = unit_heat.heating, unit_heat.hot_water
    moved_at = [counter.time for counter in counters if counter is not None]
    return max(moved_at, default=None) if unit_heat.is_frozen else None


def _extended(
    period: PeriodSummary, open_ledger: Ledger, until: datetime
) -> PeriodSummary:
    sums = Bucket()
    sums.add(period.sums)
    sums.add(open_ledger.sums(period.first, period.last))
    end = min(open_ledger.calendar.midnight(period.last + DAY), until)
    return replace(period, sums=sums, end=max(period.end, end))

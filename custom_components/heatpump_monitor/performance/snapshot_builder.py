"""Builds the snapshot of what is known at a moment."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import datetime, timedelta

from ..readings import HeatPumpReading
from ..time_units import DAY
from .checks import compressor_frozen_since
from .closing import IntervalCloser
from .heat.method_errors import heat_errors
from .heat.methods import powers_w
from .heat.unit_counters import UnitHeat
from .intervals import Interval, chosen_method
from .limits import SAMPLE_HOLD_S
from .modes import is_running, mode_of
from .output import RunSoFar, Snapshot
from .plant import HeatMethod, Part
from .totals.booking import book
from .totals.ledger import Bucket, Ledger
from .totals.periods import Period, PeriodSummary, summaries
from .totals.run_log import RunLog

_COP_HOLD = timedelta(seconds=SAMPLE_HOLD_S)
# These show also what is not settled yet.
_PROVISIONAL = (Period.TODAY, Period.YESTERDAY)


def build_snapshot(
    closer: IntervalCloser,
    now: datetime,
    *,
    answers: bool,
    cop_hold: timedelta,
    recovered: timedelta,
    backup_heater_on: bool | None,
    runs: RunLog,
) -> Snapshot:
    """Return what is known at a moment; see `PerformanceMonitor.snapshot`."""
    plant, ledger, state = closer.plant, closer.ledger, closer.state
    meters, freshness = state.meters, state.checks.freshness
    provisional, until = closer.provisional(), _counted_until(closer, now)
    interval = provisional[-1] if provisional else closer.last
    newest = state.open_intervals.seen or state.open_intervals.newest
    is_doubtful = freshness.stale.since or freshness.contradicted.since
    believed = None if is_doubtful else newest
    shown = believed if answers else None
    powers = _powers_w(closer, shown) if shown else {}
    # Counters give energy, and no power: the shape is another method's.
    counters = plant.heat_method is HeatMethod.COUNTER
    method = chosen_method(powers, None if counters else plant.heat_method)
    return Snapshot(
        time=now,
        plant=plant,
        reading=newest,
        ledger=ledger,
        counted_until=until,
        flags=tuple(state.flags.kept),
        is_running=_is_running(closer, shown),
        run=_run(closer, provisional),
        runs=runs,
        interval=interval,
        closed_interval=closer.last,
        cop=_cop(interval, believed, now - min(cop_hold, _COP_HOLD)),
        mode=mode_of(shown) if shown else None,
        backup_heater_on=backup_heater_on,
        thermal_power_w=powers[method] if method else None,
        thermal_power_by_method=powers,
        heat_method=method,
        heat_total_wh=state.books.heat_total_wh,
        electricity_total_wh=meters.total_wh,
        electricity_until=meters.known_until,
        summaries=_summaries(closer, provisional, now, until),
        since=ledger.since,
        unresolved=state.books.unresolved - recovered,
        measured_at=freshness.newest,
        stale_since=freshness.stale.since,
        contradiction_since=freshness.contradicted.since,
        reversed_phases=meters.reversed_phases,
        reversed_since=meters.reversed_since,
        heat_counters_frozen_since=_frozen_since(state.estimator.unit_heat),
        supply_frozen_since=freshness.frozen_supply,
        compressor_frozen_since=compressor_frozen_since(state),
        run_time_disagrees_since=state.join.run_check.disagrees_since,
    )


def _powers_w(
    closer: IntervalCloser, reading: HeatPumpReading
) -> dict[HeatMethod, float]:
    powers, runs = powers_w(reading, closer.plant), closer.state.join.runs
    is_metered = Part.BACKUP_HEATER in closer.plant.metered
    if is_running(reading) or not is_metered or runs.last_at is None:
        return powers
    return {method: min(power, runs.last_w) for method, power in powers.items()}


def _is_running(closer: IntervalCloser, reading: HeatPumpReading | None) -> bool | None:
    seen = closer.state.join.runs.states
    if seen and seen[-1] is not None:
        return seen[-1]
    return None if reading is None else is_running(reading)


def _run(closer: IntervalCloser, provisional: Sequence[Interval]) -> RunSoFar | None:
    tracker = deepcopy(closer.state.runs)
    for interval in provisional:
        tracker.add(interval)
    if (run := tracker.open) is None:
        return None
    return RunSoFar(run.start, run.mode, run.cop, run.cop_without_backup_heater)


def _counted_until(closer: IntervalCloser, now: datetime) -> datetime:
    """Return up to when an interval can have been closed, in UTC.

    The running interval is no gap yet; one that runs for too long is.
    """
    hold = _COP_HOLD + closer.policy.longest_delay
    if closer.last is None or now - closer.last.end > hold:
        return now
    return closer.last.end


def _summaries(
    closer: IntervalCloser,
    provisional: Sequence[Interval],
    now: datetime,
    until: datetime,
) -> dict[Period, PeriodSummary]:
    ledger, errors = closer.ledger, heat_errors(closer.plant)
    figures = summaries(ledger, now, until=until, heat_errors=errors)
    if not provisional:
        return figures
    open_ledger = Ledger(ledger.calendar)
    for interval in provisional:
        book(open_ledger, interval, closer.state.meters.between)
    for period in _PROVISIONAL:
        figures[period] = _extended(figures[period], open_ledger, provisional[-1].end)
    return figures


def _cop(
    interval: Interval | None, reading: HeatPumpReading | None, since: datetime
) -> float | None:
    if interval is None or interval.end < since:
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

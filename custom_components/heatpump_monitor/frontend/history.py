"""What the cards show of the past: days, runs and the last 24 hours."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from ..performance.output import Snapshot
from ..performance.rounding import kwh, rounded
from ..performance.segments import Quantity
from ..performance.totals.periods import PeriodSummary, period_summary
from ..performance.totals.run_log import Run
from ..readings import Mode
from ..time_units import DAY

FIVE_MINUTES: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class DayMode:
    """What was paired in one mode on a day."""

    electricity_kwh: float
    heat_kwh: float
    hours: float
    supply_c: float | None
    """Mean over the heat."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """One local day; None is not known."""

    start: date
    electricity_kwh: float | None
    paired_electricity_kwh: float | None
    unpaired_electricity_kwh: float | None
    heat_kwh: float | None
    coverage: float | None
    outside_c: float | None
    modes: Mapping[Mode, DayMode]
    starts: int | None
    run_hours: float | None
    cost: float | None
    co2_kg: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PastRun:
    """A time in one mode."""

    start: datetime
    end: datetime
    mode: Mode
    electricity_kwh: float | None
    heat_kwh: float | None
    heat_error_kwh: float | None
    starts: int
    is_whole: bool
    supply_c: float | None
    outside_c: float | None


def days(snapshot: Snapshot, first: date, last: date) -> Iterator[Day]:
    """Yield the days in a span, both ends included, from the first that was counted."""
    ledger = snapshot.ledger
    day = max(first, min(ledger.days, default=last))
    while day <= last:
        yield _day(period_summary(ledger, day, day, snapshot.counted_until))
        day += DAY


def _day(summary: PeriodSummary) -> Day:
    sums = summary.sums
    is_metered, is_paired = bool(sums.metered_s), bool(sums.paired_s)
    return Day(
        start=summary.first,
        electricity_kwh=kwh(sums.electricity_wh) if is_metered else None,
        paired_electricity_kwh=kwh(sums.paired_electricity_wh) if is_paired else None,
        unpaired_electricity_kwh=(
            kwh(summary.unpaired_electricity_wh) if is_metered else None
        ),
        heat_kwh=kwh(sums.heat_wh) if is_paired else None,
        coverage=rounded(summary.coverage),
        outside_c=rounded(summary.outside_c, 1),
        modes={
            mode: DayMode(
                kwh(each.electricity_wh),
                kwh(each.heat_wh),
                round(each.seconds / 3600, 2),
                rounded(each.mean(Quantity.SUPPLY_C), 1),
            )
            for mode, each in sums.modes.items()
        },
        starts=sums.starts if sums.run_s else None,
        run_hours=rounded(sums.run_s / 3600, 2) if sums.run_s else None,
        cost=rounded(summary.cost, 2),
        co2_kg=rounded(summary.co2_kg),
    )


def past_run(run: Run) -> PastRun:
    """Return a run as the cards show it."""
    return PastRun(
        start=run.start,
        end=run.end,
        mode=run.mode,
        electricity_kwh=_kwh(run.electricity_wh),
        heat_kwh=_kwh(run.heat_wh),
        heat_error_kwh=_kwh(run.heat_error_wh),
        starts=run.starts,
        is_whole=run.is_whole,
        supply_c=run.means.get(Quantity.SUPPLY_C),
        outside_c=run.means.get(Quantity.OUTSIDE_C),
    )


def _kwh(energy_wh: float | None) -> float | None:
    return None if energy_wh is None else kwh(energy_wh)

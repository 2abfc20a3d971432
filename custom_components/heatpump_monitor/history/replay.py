"""Feeds recorded measurements through the account, and tells what became of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from ..performance.flags import Flag, FlagKind
from ..performance.monitor import PerformanceMonitor
from ..performance.rounding import rounded
from ..performance.totals.periods import PeriodSummary, period_summary
from ..readings import Mode
from .transfer.csv_format import Row
from .transfer.recordings import (
    PURPOSES,
    Energy,
    Feeder,
    ends_of,
    flow_readings,
    heat_readings,
)

# More than anybody wants to see: it is to be reckoned with.
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Figures:
    """What was counted in one period; None for what is not known."""

    electricity_kwh: float | None
    paired_electricity_kwh: float
    heat_kwh: float | None
    """Heat of the paired time, the only heat that makes a COP."""
    cop: float | None
    coverage: float | None


@dataclass(frozen=True, slots=True)
class Replay:
    """What became of a recording."""

    total: Figures
    years: dict[str, Figures]
    months: dict[str, Figures]
    days: dict[str, Figures]
    modes: dict[Mode, Figures]
    flags: list[Flag]


def replay(rows: Sequence[Row], time_zone: tzinfo) -> Replay:
    """Return the account of a recording.

    Args:
        rows: At least one, in the order of their time.
        time_zone: Of the household, whose days are counted.
    """
    ends = ends_of(rows, time_zone)
    electricity = Energy("electricity", "power_w").series(rows, ends)
    heat = Energy("heat", "heat_w").series(rows, ends)
    feeder = Feeder(time_zone, rows[0].time)
    feeder.feed(
        electricity,
        heat_readings(heat, rows) if heat.is_known else flow_readings(rows),
    )
    monitor = feeder.monitor
    end = max(rows[-1].time, _last_known(monitor) or rows[-1].time)
    ledger = monitor.ledger
    first = rows[0].time.astimezone(time_zone).date()
    # The end itself is no part of the recording any more.
    last = (end - timedelta(microseconds=1)).astimezone(time_zone).date()
    last = max(first, last)

    def figures(since: date, until: date) -> Figures:
        days = max(since, first), min(until, last)
        return _figures(period_summary(ledger, *days, end, since=ledger.since or end))

    days = [first + timedelta(days=ago) for ago in range((last - first).days + 1)]
    months = sorted({day.replace(day=1) for day in days})
    years = sorted({day.year for day in days})
    whole = period_summary(ledger, first, last, end, since=ledger.since or end)
    return Replay(
        total=_figures(whole),
        years={
            f"{year:04}": figures(date(year, 1, 1), date(year, 12, 31))
            for year in years
        },
        months={
            f"{month:%Y-%m}": figures(month, _next_month(month) - timedelta(days=1))
            for month in months
        },
        days={day.isoformat(): figures(day, day) for day in days},
        modes=_modes(rows, ends, whole, time_zone),
        flags=_flags(monitor, rows, ends),
    )


def _flags(
    monitor: PerformanceMonitor, rows: Sequence[Row], ends: Sequence[datetime]
) -> list[Flag]:
    """Return what was wrong; which rows are missing, the rows know best."""
    flags = [flag for flag in monitor.flags if flag.kind is not FlagKind.GAP]
    return sorted([*flags, *_gaps(rows, ends)], key=lambda flag: flag.time)


def _gaps(rows: Sequence[Row], ends: Sequence[datetime]) -> Iterator[Flag]:
    for end, later in zip(ends, rows[1:], strict=False):
        if end < later.time:
            yield Flag(end, FlagKind.GAP, f"nothing until {later.time.isoformat()}")


def _last_known(monitor: PerformanceMonitor) -> datetime | None:
    ends = [monitor.state.meters.known_until]
    ends += [monitor.reading.time] if monitor.reading else []
    return max((end for end in ends if end is not None), default=None)


def _modes(
    rows: Sequence[Row],
    ends: Sequence[datetime],
    whole: PeriodSummary,
    time_zone: tzinfo,
) -> dict[Mode, Figures]:
    """Return the figures by mode: from columns of their own, else from the modes.

    Heating and hot water are always among them, known or not.
    """
    figures = dict.fromkeys(PURPOSES, Figures(None, 0.0, None, None, None))
    figures |= {
        mode: Figures(
            electricity_kwh=_kwh(sums.electricity_wh),
            paired_electricity_kwh=_kwh(sums.electricity_wh),
            heat_kwh=_kwh(sums.heat_wh),
            cop=rounded(whole.mode_cop(mode), _DIGITS),
            coverage=rounded(sums.seconds / whole.elapsed_s, _DIGITS),
        )
        for mode, sums in whole.sums.modes.items()
    }
    for mode, purpose in PURPOSES.items():
        electricity = Energy(f"{purpose}_electricity").series(rows, ends)
        heat = Energy(f"{purpose}_heat").series(rows, ends)
        if electricity.is_known and heat.is_known:
            feeder = Feeder(time_zone, rows[0].time)
            feeder.feed(electricity, heat_readings(heat))
            ledger = feeder.monitor.ledger
            days = sorted(ledger.days) or [whole.start.astimezone(time_zone).date()]
            figures[mode] = _figures(
                period_summary(
                    ledger,
                    days[0],
                    days[-1],
                    whole.end,
                    since=ledger.since or whole.end,
                )
            )
    return figures


def _figures(whole: PeriodSummary) -> Figures:
    sums = whole.sums
    return Figures(
        electricity_kwh=_kwh(sums.electricity_wh) if sums.metered_s else None,
        paired_electricity_kwh=_kwh(sums.paired_electricity_wh),
        heat_kwh=_kwh(sums.heat_wh) if sums.paired_s else None,
        cop=rounded(whole.cop, _DIGITS),
        coverage=rounded(whole.coverage, _DIGITS),
    )


def _kwh(energy_wh: float) -> float:
    return round(energy_wh / 1000, _DIGITS)


def _next_month(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)

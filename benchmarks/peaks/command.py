"""`script/benchmark peaks`: what is run, what is to be reached, and the tables."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import asdict, dataclass
from functools import partial
from typing import Final

import numpy as np

from benchmarks.table import as_markdown_table, as_text_table
from custom_components.heatpump_monitor.house_meter.model import Basis

from .house import HOUSES
from .meter import Shows
from .replay import Case, live

DESCRIPTION: Final = (
    "Runs simulated years of drawn houses through the engine of a house meter: "
    "quarter-hours and month peaks against the exact integral, the forecast at half "
    "of the quarter-hour, and the warning. Ends with 1 if a limit is missed."
)
_YEAR: Final = 365
_OWN_W: Final = 1.0
_COUNTER_W: Final = 5.0
_COUNTER_MOST_W: Final = 10.0
_FORECAST_MEAN_W: Final = 200.0
_FORECAST_P90_W: Final = 700.0
_LATE_S: Final = 180.0
_LATE_SHARE: Final = 0.1
_FALSE_SHARE: Final = 1.5
# Fewer exceeded quarter-hours than these say nothing of shares.
_FEWEST: Final = 30
_P1: Final = Shows()
_CASES: Final = (
    Case(name="P1", house=HOUSES[0], shows=_P1),
    Case(name="P1", house=HOUSES[2], shows=_P1),
    Case(name="P1, own limit", house=HOUSES[3], shows=_P1, limit_w=4500.0),
    Case(
        name="P1, troubles",
        house=HOUSES[1],
        shows=Shows(resets_late=True, host_ahead_s=8.0),
        is_troubled=True,
    ),
    Case(name="counter 1 Wh", house=HOUSES[0], shows=Shows(is_p1=False, pace_s=10)),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """The figures of a case."""

    name: str
    house: str
    own: int
    """Quarter-hours by the meter's average."""
    own_most_w: float | None
    counted: int
    """Quarter-hours by its counter."""
    counted_p99_w: float | None
    counted_most_w: float | None
    not_complete: int
    without_reason: int
    month_most_w: float
    share_most_pct: float | None
    forecast_mean_w: float
    forecast_p90_w: float
    exceeded: int
    late: int
    """Warned later than three minutes before the end, or never."""
    false: int
    lead_median_s: float | None
    lead_p10_s: float | None
    avoidable: int
    """Warned while 1 kW could still be drawn."""

    def missed(self) -> list[str]:
        """Return the limits that were missed."""
        limits = [
            ("quarter-hour by the meter's average", self.own_most_w, _OWN_W),
            ("99 % of the quarter-hours by counter", self.counted_p99_w, _COUNTER_W),
            ("quarter-hour by counter", self.counted_most_w, _COUNTER_MOST_W),
            ("month peak", self.month_most_w, self._month_limit_w()),
            ("forecast, mean", self.forecast_mean_w, _FORECAST_MEAN_W),
            ("forecast, p90", self.forecast_p90_w, _FORECAST_P90_W),
        ]
        found = [
            f"{what}: off by {value:.2f} W, limit {limit:.0f} W"
            for what, value, limit in limits
            if value is not None and not value <= limit
        ]
        if self.without_reason:
            found.append(
                f"{self.without_reason} quarter-hours incomplete for no reason"
            )
        if self.exceeded >= _FEWEST:
            if self.late > _LATE_SHARE * self.exceeded:
                found.append(f"{self.late} of {self.exceeded} warnings late or missing")
            if self.false > _FALSE_SHARE * self.exceeded:
                found.append(f"{self.false} false warnings, {self.exceeded} right ones")
        return [f"{self.name}, {self.house}: {text}" for text in found]

    def _month_limit_w(self) -> float:
        return _OWN_W if self.own else _COUNTER_W


def add_options(parser: ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "--days", type=int, default=_YEAR, help="how many, from 1 January (365)"
    )
    parser.add_argument(
        "--match", default="", metavar="TEXT", help="only rows so named"
    )


def rows(options: Namespace, pool: Executor) -> list[Row]:
    """Return the figures of all cases."""
    cases = [case for case in _CASES if options.match in case.name]
    return list(pool.map(partial(_row, count=options.days), cases))


def as_json(found: Iterable[Row]) -> list[dict[str, object]]:
    """Return all figures."""
    return [asdict(row) for row in found]


def table(found: Sequence[Row], *, markdown: bool) -> str:
    """Return two tables: what is exact, and what is foreseen."""
    as_table = as_markdown_table if markdown else as_text_table
    return f"{as_table(_EXACT, [*map(_exact, found)])}\n\n" + as_table(
        _FORESEEN, [*map(_foreseen, found)]
    )


_EXACT: Final = (
    "meter",
    "house",
    "by average",
    "most W off",
    "by counter",
    "p99 W off",
    "most W off",
    "not complete",
    "of them without reason",
    "month peak most W off",
    "heat pump's share in it, % off",
)
_FORESEEN: Final = (
    "meter",
    "house",
    "forecast at half, mean W off",
    "p90 W off",
    "exceeded",
    "warned late or never",
    "warned for nothing",
    "median lead s",
    "p10 lead s",
    "1 kW left when warned",
)


def _exact(row: Row) -> list[str]:
    return [
        row.name,
        row.house,
        str(row.own),
        _text(row.own_most_w),
        str(row.counted),
        _text(row.counted_p99_w),
        _text(row.counted_most_w),
        str(row.not_complete),
        str(row.without_reason),
        _text(row.month_most_w),
        _text(row.share_most_pct),
    ]


def _foreseen(row: Row) -> list[str]:
    return [
        row.name,
        row.house,
        f"{row.forecast_mean_w:.0f}",
        f"{row.forecast_p90_w:.0f}",
        str(row.exceeded),
        str(row.late),
        str(row.false),
        _text(row.lead_median_s, 0),
        _text(row.lead_p10_s, 0),
        str(row.avoidable),
    ]


def _text(value: float | None, digits: int = 2) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


def _row(case: Case, count: int) -> Row:
    outcome = live(case, count)
    own_w = outcome.errors_w(Basis.METER)
    counted_w = outcome.errors_w(Basis.COUNTER)
    forecasts_w = outcome.forecast_errors_w()
    exceeded = outcome.exceeded()
    leads_s = [0.0 if one.raised_s is None else one.raised_s for one in exceeded]
    return Row(
        name=case.name,
        house=case.house.name,
        own=len(own_w),
        own_most_w=max(own_w, default=None),
        counted=len(counted_w),
        counted_p99_w=_quantile(counted_w, 0.99),
        counted_most_w=max(counted_w, default=None),
        not_complete=outcome.not_complete(),
        without_reason=outcome.not_complete_without_reason(),
        month_most_w=max(outcome.month_errors_w()),
        share_most_pct=max(outcome.shares_off, default=None),
        forecast_mean_w=float(np.mean(forecasts_w)),
        forecast_p90_w=float(np.quantile(forecasts_w, 0.9)),
        exceeded=len(exceeded),
        late=sum(lead_s < _LATE_S for lead_s in leads_s),
        false=outcome.false_warnings(),
        lead_median_s=_quantile(leads_s, 0.5),
        lead_p10_s=_quantile(leads_s, 0.1),
        avoidable=sum(one.headroom_w >= 1000 for one in exceeded),
    )


def _quantile(values: Sequence[float], share: float) -> float | None:
    return float(np.quantile(values, share)) if values else None

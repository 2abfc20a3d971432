"""Queries in the languages of both kinds of database."""

from dataclasses import dataclass
from typing import Final

# In VictoriaMetrics, a corrected value is some milliseconds later than what it
# replaces: the last one near the time is valid. The window is laid around the time,
# so that it holds all of them wherever it is evaluated: a day's reaches 12 h to both
# sides of an evaluation at (about) midnight, through days of 23 and 25 hours.
_DAY: Final = "[1d] offset -12h"
_QUARTER: Final = "[15m] offset -7m30s"
# For sums: midnights are at full or half hours in nearly all time zones, and
# evaluations at multiples of half an hour.
_HALF_HOUR: Final = "[30m] offset -15m"
# A window does not contain its very start: a time shown may begin at midnight.
_FROM_START: Final = "offset 1s"


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """What a panel shows, as both kinds of database are asked for it."""

    legend: str
    metricsql: str
    influxql: str
    tag: str | None = None
    """By which tag it is split; its value is then the legend."""
    is_instant: bool = False
    """Whether it has one value for the time shown."""


def _selected(measurement: str, field: str) -> str:
    return f'{measurement}_{field}{{home="$home", device="$device"}}'


def _from(measurement: str) -> str:
    of = "\"home\" = '$home' AND \"device\" = '$device'"
    return f'FROM "{measurement}" WHERE {of}'


def _scaled(divisor: int) -> str:
    return "" if divisor == 1 else f" / {divisor}"


def over_time(
    measurement: str,
    field: str,
    legend: str,
    *,
    tag: str | None = None,
    aggregate: str = "avg",
) -> Query:
    """Return the mean (or `last`, `max`) of each step."""
    of_influx = {"avg": "mean"}.get(aggregate, aggregate)
    split = f', "{tag}"' if tag else ""
    return Query(
        legend=legend,
        metricsql=f"{aggregate}_over_time({_selected(measurement, field)}[$__interval])",
        influxql=f'SELECT {of_influx}("{field}") {_from(measurement)} AND $timeFilter '
        f"GROUP BY time($__interval){split} fill(null)",
        tag=tag,
    )


def latest(
    measurement: str, field: str, legend: str, *, tag: str | None = None
) -> Query:
    """Return the last value of the time shown."""
    split = f' GROUP BY "{tag}"' if tag else ""
    return Query(
        legend=legend,
        metricsql=f"last_over_time({_selected(measurement, field)}[$__range])",
        influxql=f'SELECT last("{field}") {_from(measurement)} AND $timeFilter{split}',
        tag=tag,
        is_instant=True,
    )


def by_day(field: str, legend: str, *, divisor: int = 1) -> Query:
    """Return a value of each day."""
    return Query(
        legend=legend,
        metricsql=f"last_over_time({_selected('hpm_day', field)}{_DAY})"
        f"{_scaled(divisor)}",
        influxql=f'SELECT "{field}"{_scaled(divisor)} {_from("hpm_day")} '
        "AND $timeFilter",
    )


def cop_by_day(legend: str) -> Query:
    """Return the COP of each day."""
    heat, paired = (
        f"last_over_time({_selected('hpm_day', field)}{_DAY})"
        for field in ("heat_wh", "paired_electricity_wh")
    )
    return Query(
        legend=legend,
        metricsql=f"{heat} / ({paired} > 0)",
        influxql='SELECT "heat_wh" / "paired_electricity_wh" '
        f'{_from("hpm_day")} AND "paired_electricity_wh" > 0 AND $timeFilter',
    )


def _days_metricsql(field: str, window: str) -> str:
    valid = f"last_over_time({_selected('hpm_day', field)}{_HALF_HOUR})"
    return f"sum_over_time({valid}[{window}:30m] {_FROM_START})"


def sum_of_days(field: str, legend: str, *, divisor: int = 1) -> Query:
    """Return the sum over the days of the time shown."""
    return Query(
        legend=legend,
        metricsql=_days_metricsql(field, "$__range") + _scaled(divisor),
        influxql=f'SELECT sum("{field}"){_scaled(divisor)} {_from("hpm_day")} '
        "AND $timeFilter",
        is_instant=True,
    )


def cop_of_days(legend: str) -> Query:
    """Return the COP of the time shown: sums before the ratio."""
    heat = _days_metricsql("heat_wh", "$__range")
    paired = _days_metricsql("paired_electricity_wh", "$__range")
    return Query(
        legend=legend,
        metricsql=f"{heat} / ({paired} > 0)",
        influxql='SELECT sum("heat_wh") / sum("paired_electricity_wh") '
        f"{_from('hpm_day')} AND $timeFilter",
        is_instant=True,
    )


def jaz(legend: str, *, least_paired_days: int) -> Query:
    """Return the JAZ of the last 365 days, nothing if too few are paired."""
    heat = _days_metricsql("heat_wh", "365d")
    paired = _days_metricsql("paired_electricity_wh", "365d")
    paired_s = _days_metricsql("paired_s", "365d")
    least_s = least_paired_days * 86_400
    sums = (
        'SELECT sum("heat_wh") / sum("paired_electricity_wh") AS "jaz", '
        f'sum("paired_s") AS "paired_s" {_from("hpm_day")} AND time >= now() - 365d'
    )
    return Query(
        legend=legend,
        metricsql=f"{heat} / {paired} if ({paired_s} >= {least_s})",
        influxql=f'SELECT "jaz" FROM ({sums}) '  # noqa: S608 - Grafana asks it
        f'WHERE "paired_s" >= {least_s}',
        is_instant=True,
    )


def paired_days(legend: str) -> Query:
    """Return for how much of the last 365 days heat and electricity are known."""
    return Query(
        legend=legend,
        metricsql=_days_metricsql("paired_s", "365d") + " / 86400",
        influxql=f'SELECT sum("paired_s") / 86400 {_from("hpm_day")} '
        "AND time >= now() - 365d",
        is_instant=True,
    )


def register_by_day(field: str, legend: str, *, divisor: int = 1) -> Query:
    """Return by how much a register of the house grew each day."""
    of_house = _selected("hpm_house", field)
    return Query(
        legend=legend,
        metricsql=f"increase({of_house}[1d] offset -1d){_scaled(divisor)}",
        influxql=f'SELECT non_negative_difference(last("{field}")){_scaled(divisor)} '
        f"{_from('hpm_house')} AND $timeFilter "
        "GROUP BY time(1d) fill(none) tz('${__timezone}')",
    )


def quarter_peak(legend: str) -> Query:
    """Return the highest quarter-hour of each step, of 15 min or longer."""
    valid = f"last_over_time({_selected('hpm_quarter', 'average_w')}{_QUARTER})"
    return Query(
        legend=legend,
        metricsql=f"max_over_time({valid}[$__interval:15m])",
        influxql=f'SELECT max("average_w") {_from("hpm_quarter")} AND $timeFilter '
        "GROUP BY time($__interval) fill(none)",
    )


def highest_quarter(legend: str) -> Query:
    """Return the highest quarter-hour of the time shown."""
    valid = f"last_over_time({_selected('hpm_quarter', 'average_w')}{_QUARTER})"
    return Query(
        legend=legend,
        metricsql=f"max_over_time({valid}[$__range:15m] {_FROM_START})",
        influxql=f'SELECT max("average_w") {_from("hpm_quarter")} AND $timeFilter',
        is_instant=True,
    )


def quarters_by_day(
    measurement: str, field: str, legend: str, *, tag: str | None = None
) -> Query:
    """Return the energy in kWh of all quarter-hours of each day."""
    valid = f"last_over_time({_selected(measurement, field)}{_QUARTER})"
    split = f', "{tag}"' if tag else ""
    return Query(
        legend=legend,
        # The quarter-hours that begin from midnight to 15 min before the next.
        metricsql=f"sum_over_time({valid}[1d:15m] offset -23h45m) / 1000",
        influxql=f'SELECT sum("{field}") / 1000 {_from(measurement)} AND $timeFilter '
        f"GROUP BY time(1d){split} fill(none) tz('${{__timezone}}')",
        tag=tag,
    )


def sum_of_quarters(
    measurement: str, field: str, legend: str, *, tag: str | None = None
) -> Query:
    """Return the energy in kWh of all quarter-hours of the time shown."""
    valid = f"last_over_time({_selected(measurement, field)}{_QUARTER})"
    split = f' GROUP BY "{tag}"' if tag else ""
    return Query(
        legend=legend,
        metricsql=f"sum_over_time({valid}[$__range:15m] {_FROM_START}) / 1000",
        influxql=f'SELECT sum("{field}") / 1000 {_from(measurement)} '
        f"AND $timeFilter{split}",
        tag=tag,
        is_instant=True,
    )

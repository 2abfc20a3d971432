"""Feeds recorded measurements through the account, and tells what became of them."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import pairwise
from statistics import median

from ..performance.modes import Mode
from ..performance.monitor import Flag, PerformanceMonitor
from ..performance.periods import Account, account
from ..performance.plant import Plant
from ..performance.readings import HeatPumpReading, MeterReading
from .recording import CONDITIONS, Row

# A power says nothing of the time from then on.
_POWER_HOLD = timedelta(minutes=15)
# A row that comes more than this many usual spacings later leaves a gap.
_GAP_SPACINGS = 1.5
# Below this no compressor runs (emoncms: 100 W on the server).
_RUNNING_W = 100.0
# A recording holds all that will ever be known: nothing is too late.
_FOR_EVER = timedelta(days=36_500)

_PURPOSES = {Mode.HEATING: "heating", Mode.HOT_WATER: "hot_water"}


@dataclass(frozen=True, slots=True)
class Span:
    """Energy between two moments."""

    start: datetime
    end: datetime
    energy_wh: float


@dataclass(frozen=True, slots=True)
class Series:
    """What is known of one energy: the values of a counter, or energies of spans."""

    counter: Sequence[tuple[datetime, float]] = ()
    spans: Sequence[Span] = ()

    @property
    def is_known(self) -> bool:
        """Return whether it says anything."""
        return bool(self.counter or self.spans)


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
    ends = _ends(rows)
    monitor = _fed(
        rows,
        _series(rows, ends, "electricity", "power_w"),
        _series(rows, ends, "heat", "heat_w"),
        time_zone,
    )
    end = max(rows[-1].time, _last_known(monitor) or rows[-1].time)
    ledger = monitor.ledger
    first = rows[0].time.astimezone(time_zone).date()
    # The end itself is no part of the recording any more.
    last = (end - timedelta(microseconds=1)).astimezone(time_zone).date()
    last = max(first, last)

    def figures(since: date, until: date) -> Figures:
        return _figures(account(ledger, max(since, first), min(until, last), end))

    days = [first + timedelta(days=ago) for ago in range((last - first).days + 1)]
    months = sorted({day.replace(day=1) for day in days})
    years = sorted({day.year for day in days})
    whole = account(ledger, first, last, end)
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


def _ends(rows: Sequence[Row]) -> list[datetime]:
    """Return until when each row holds: as it says, but never beyond the next one.

    One that says nothing holds until the next, but for no more than a usual spacing.
    """
    apart_s = [(later.time - row.time).total_seconds() for row, later in pairwise(rows)]
    usual_s = median(apart_s) if apart_s else 0.0
    ends = [
        row.time
        + timedelta(seconds=gap_s if gap_s <= _GAP_SPACINGS * usual_s else usual_s)
        for row, gap_s in zip(rows, [*apart_s, usual_s], strict=True)
    ]
    nexts = [*(row.time for row in rows[1:]), rows[-1].until or ends[-1]]
    return [
        end if row.until is None else min(row.until, following)
        for row, end, following in zip(rows, ends, nexts, strict=True)
    ]


def _flags(
    monitor: PerformanceMonitor, rows: Sequence[Row], ends: Sequence[datetime]
) -> list[Flag]:
    """Return what was wrong; which rows are missing, the rows know best."""
    flags = [flag for flag in monitor.flags if flag.kind != "gap"]
    return sorted([*flags, *_gaps(rows, ends)], key=lambda flag: flag.time)


def _gaps(rows: Sequence[Row], ends: Sequence[datetime]) -> Iterator[Flag]:
    for end, later in zip(ends, rows[1:], strict=False):
        if end < later.time:
            yield Flag(end, "gap", f"nothing until {later.time.isoformat()}")


def _series(
    rows: Sequence[Row], ends: Sequence[datetime], name: str, power: str | None = None
) -> Series:
    """Return the first of a counter, interval energies, and power that is there.

    Where there is none of its own, an energy is the sum of what was for heating
    and what was for hot water.
    """
    splits = [f"{purpose}_{name}" for purpose in _PURPOSES.values()]
    for columns in ([name], splits):
        counter = _counter(rows, [f"{column}_wh" for column in columns])
        spans = _spans(rows, ends, [f"{column}_interval_wh" for column in columns])
        if counter or spans:
            return Series(counter) if counter else Series(spans=spans)
    return Series(spans=_held(rows, ends, power) if power else ())


def _counter(
    rows: Sequence[Row], columns: Sequence[str]
) -> list[tuple[datetime, float]]:
    return [
        (row.time, value_wh)
        for row in rows
        if (value_wh := _sum(row, columns)) is not None
    ]


def _spans(
    rows: Sequence[Row], ends: Sequence[datetime], columns: Sequence[str]
) -> list[Span]:
    return [
        Span(row.time, end, energy_wh)
        for row, end in zip(rows, ends, strict=True)
        if end > row.time and (energy_wh := _sum(row, columns)) is not None
    ]


def _held(rows: Sequence[Row], ends: Sequence[datetime], column: str) -> list[Span]:
    """Return power as energy: held until the next row, but not for long."""
    nexts = [*(row.time for row in rows[1:]), ends[-1]]
    return [
        Span(row.time, end, power_w * (end - row.time).total_seconds() / 3600)
        for row, later in zip(rows, nexts, strict=True)
        if (end := min(later, row.time + _POWER_HOLD)) > row.time
        and (power_w := row.get(column)) is not None
    ]


def _sum(row: Row, columns: Sequence[str]) -> float | None:
    values = [row.get(column) for column in columns]
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _fed(
    rows: Sequence[Row], electricity: Series, heat: Series, time_zone: tzinfo
) -> PerformanceMonitor:
    """Return the account after all readings, the meter's first at every moment."""
    monitor = PerformanceMonitor.start(Plant(), time_zone)
    monitor.patience = _FOR_EVER
    monitor.flags = deque()
    # There is no memory that could tell more than the recording.
    monitor.straights = deque(maxlen=0)
    monitor.ledger.since = rows[0].time
    heat_pumps = _heat_readings(heat, rows) if heat.is_known else _flow_readings(rows)
    events: list[tuple[datetime, MeterReading | HeatPumpReading | None]] = [
        *_meter_readings(electricity),
        *((reading.time, reading) for reading in heat_pumps),
    ]
    # The meter's come first, as the sort keeps the order of what is simultaneous.
    for _, reading in sorted(events, key=lambda event: event[0]):
        if reading is None:
            monitor.meter.replace_meter()
        elif isinstance(reading, MeterReading):
            monitor.add_meter(reading)
        else:
            monitor.add_heat_pump(reading)
    return monitor


def _meter_readings(
    series: Series,
) -> Iterator[tuple[datetime, MeterReading | None]]:
    """Return the electricity as a counter's readings; None is a new beginning."""
    for time, value_wh in series.counter:
        yield time, MeterReading(time=time, energy_wh=value_wh, holds_back=False)
    total_wh, known_until = 0.0, None
    for span in series.spans:
        if span.start != known_until:
            yield span.start, None
            yield span.start, _counted(span.start, total_wh)
        total_wh += span.energy_wh
        known_until = span.end
        yield span.end, _counted(span.end, total_wh)


def _counted(time: datetime, total_wh: float) -> MeterReading:
    return MeterReading(time=time, energy_wh=total_wh, holds_back=False)


def _heat_readings(series: Series, rows: Sequence[Row]) -> list[HeatPumpReading]:
    """Return the heat as readings of a heat meter, or of its intervals."""
    modes = {row.time: row.mode for row in rows}
    if series.counter:
        return [
            HeatPumpReading(time=time, heat_meter_wh=value_wh, mode=modes.get(time))
            for time, value_wh in series.counter
        ]
    heated = {span.end: span.energy_wh for span in series.spans}
    moments = {span.start for span in series.spans} | heated.keys()
    return [
        HeatPumpReading(
            time=moment, heated_wh=heated.get(moment), mode=modes.get(moment)
        )
        for moment in sorted(moments)
    ]


def _flow_readings(rows: Sequence[Row]) -> list[HeatPumpReading]:
    """Return readings whose heat is flow times spread."""
    return [
        HeatPumpReading(
            time=row.time,
            compressor_on=_is_running(row),
            flow_lph=row.get("flow_lph"),
            mode=row.mode,
            outside_c=row.get("outside_c"),
            return_c=row.get("return_c"),
            source_in_c=row.get("source_c"),
            supply_c=row.get("supply_c"),
        )
        for row in rows
        if any(row.get(column) is not None for column in CONDITIONS)
    ]


def _is_running(row: Row) -> bool | None:
    """Return whether the compressor runs, by the mode or else by the power."""
    if row.mode is not None:
        return row.mode is not Mode.STANDBY
    power_w = row.get("power_w")
    # Without either, the flow alone decides what is heat.
    return True if power_w is None else power_w >= _RUNNING_W


def _last_known(monitor: PerformanceMonitor) -> datetime | None:
    times = monitor.meter.timeline.times
    known = [
        *([times[-1]] if times else []),
        *([monitor.reading.time] if monitor.reading else []),
    ]
    return max(known, default=None)


def _modes(
    rows: Sequence[Row],
    ends: Sequence[datetime],
    whole: Account,
    time_zone: tzinfo,
) -> dict[Mode, Figures]:
    """Return the figures by mode: from columns of their own, else from the modes."""
    figures = {
        mode: Figures(
            electricity_kwh=_kwh(sums.electricity_wh),
            paired_electricity_kwh=_kwh(sums.electricity_wh),
            heat_kwh=_kwh(sums.heat_wh),
            cop=_ratio(sums.heat_wh, sums.electricity_wh),
            coverage=_ratio(sums.seconds, whole.elapsed_s),
        )
        for mode, sums in whole.sums.modes.items()
    }
    for mode, purpose in _PURPOSES.items():
        electricity = _series(rows, ends, f"{purpose}_electricity")
        heat = _series(rows, ends, f"{purpose}_heat")
        if electricity.is_known and heat.is_known:
            ledger = _fed(rows, electricity, heat, time_zone).ledger
            days = sorted(ledger.days) or [whole.start.astimezone(time_zone).date()]
            figures[mode] = _figures(account(ledger, days[0], days[-1], whole.end))
    return figures


def _figures(whole: Account) -> Figures:
    sums = whole.sums
    return Figures(
        electricity_kwh=_kwh(sums.electricity_wh) if sums.metered_s else None,
        paired_electricity_kwh=_kwh(sums.paired_electricity_wh),
        heat_kwh=_kwh(sums.heat_wh) if sums.paired_s else None,
        cop=None if whole.cop is None else round(whole.cop, 6),
        coverage=None if whole.coverage is None else round(whole.coverage, 6),
    )


def _kwh(energy_wh: float) -> float:
    return round(energy_wh / 1000, 6)


def _ratio(part: float, whole: float) -> float | None:
    return round(part / whole, 6) if whole else None


def _next_month(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)

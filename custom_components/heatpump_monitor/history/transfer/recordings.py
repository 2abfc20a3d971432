"""Recordings through the engine: rows or energy spans become a ledger of their own."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import batched, pairwise
from statistics import median_low
from typing import Final

from ...performance.flags import Flag, FlagKind
from ...performance.heat.heat_meter import HEAT_RATING_W
from ...performance.limits import HIGHEST_COP, RUNNING_W
from ...performance.monitor import PerformanceMonitor
from ...performance.plant import HeatMethod, Plant
from ...performance.policy import RECORDING
from ...performance.totals.ledger import Bucket, Ledger, ModeSums
from ...readings import EnergySpan, HeatPumpReading, MeterReading, Mode
from ...time_units import DAY
from .csv_format import CONDITIONS, CsvRows, Finding, Problem, Row

ELECTRICITY: Final = "electricity"
HEAT: Final = "heat"
_POWERS: Final = {ELECTRICITY: "power_w", HEAT: "heat_w"}
PURPOSES: Final = {Mode.HEATING: "heating", Mode.HOT_WATER: "hot_water"}
"""The modes that have columns of their own, and how these begin."""

FINDINGS_LISTED: Final = 20
ROWS_AT_ONCE = 5_000
# A power says nothing of the time from then on.
_POWER_HOLD = timedelta(minutes=15)
# A row that comes more than this many usual spacings later leaves a gap.
_GAP_SPACINGS = 1.5
# Days are as far apart as the clock changes let them be.
_ABOUT_A_DAY_S = (23 * 3600, 25 * 3600)
# What the engine, too, grants a counter beyond the time between two rows.
_SLACK_S = 90.0
# Counters in coarse steps make any COP of a day without heating.
_COARSE_WH = 1000.0
_PROBLEMS: Final = {
    FlagKind.ELECTRICITY_JUMP: Problem.ABOVE_RATED_POWER,
    FlagKind.ELECTRICITY_RESET: Problem.COUNTER_RESET,
    FlagKind.HEAT_JUMP: Problem.ABOVE_RATED_POWER,
    FlagKind.HEAT_RESET: Problem.COUNTER_RESET,
}


@dataclass(slots=True)
class Findings:
    """What is wrong with a recording: how often, and the first findings in full."""

    count: int = 0
    first: list[Finding] = field(default_factory=list)
    named: set[Finding | int] = field(default_factory=set)
    """Lines that energies were refused of; emptied with every batch of rows."""

    def add(self, finding: Finding) -> None:
        """Add what is wrong with a row."""
        self.count += 1
        if len(self.first) < FINDINGS_LISTED:
            self.first.append(finding)

    def add_flag(self, flag: Flag, column: str, line: int | None) -> None:
        """Add what the engine refuses, each line once: columns may be sums of others."""
        if (problem := _PROBLEMS.get(flag.kind)) is None:
            return
        value = flag.detail
        if line is None:
            value = f"{flag.time.isoformat()}: {value}"
        finding = Finding(line, column, value, problem)
        about = finding if line is None else line
        if about not in self.named:
            self.named.add(about)
            self.add(finding)

    def add_gap(self, start: datetime, end: datetime) -> None:
        """Add a time without rows, which an import does not mention."""


@dataclass(frozen=True, slots=True)
class Series:
    """What is known of one energy: the values of a counter, or energies of spans."""

    counter: Sequence[tuple[datetime, float]] = ()
    spans: Sequence[EnergySpan] = ()


class Energy:
    """One energy in rows: the first of a counter, interval energies, and power.

    Where it has no columns of its own, it is the sum of heating and hot water. The
    columns found first are used up to the end.
    """

    def __init__(self, kind: str, prefix: str = "") -> None:
        """Name the energy, and how its columns begin if it is of one purpose."""
        self.kind = kind
        self.name = f"{prefix}{kind}"
        splits = [f"{purpose}_{self.name}" for purpose in PURPOSES.values()]
        self._choices = [
            [f"{column}{unit}" for column in columns]
            for columns in ([self.name], splits)
            for unit in ("_wh", "_interval_wh")
        ]
        if not prefix:
            self._choices.append([_POWERS[kind]])
        self._columns: list[str] = []

    def is_known(self, known: AbstractSet[str]) -> bool:
        """Return whether any of its columns is known; remember which."""
        if not self._columns:
            found = (each for each in self._choices if set(each) <= known)
            self._columns = next(found, [])
        return bool(self._columns)

    def series(self, rows: Sequence[Row]) -> Series:
        """Return what rows say of it; a row without an end only ends the one before."""
        values = [(row, _sum(row, self._columns)) for row in rows]
        spans: list[EnergySpan] = []
        if self._columns[0].endswith("_interval_wh"):
            for row, energy_wh in values:
                if energy_wh is not None and row.until and row.until > row.time:
                    spans.append(EnergySpan(row.time, row.until, energy_wh))
        elif self._columns[0].endswith("_wh"):
            return Series([(row.time, wh) for row, wh in values if wh is not None])
        else:
            for (row, power_w), (later, _) in pairwise(values):
                if power_w is not None:
                    end = min(later.time, row.time + _POWER_HOLD)
                    energy_wh = power_w * (end - row.time).total_seconds() / 3600
                    spans.append(EnergySpan(row.time, end, energy_wh))
        return Series(spans=spans)


class Feeder:
    """Feeds an engine of its own, in the order of time."""

    def __init__(
        self, time_zone: tzinfo, since: datetime, plant: Plant, purpose: str = ""
    ) -> None:
        """Start the engine; without a purpose, for all energies together."""
        self.prefix = f"{purpose}_" if purpose else ""
        self.electricity = Energy(ELECTRICITY, self.prefix)
        self.heat = Energy(HEAT, self.prefix)
        self.until = since
        """The last moment that was fed."""
        self.monitor = PerformanceMonitor.start(plant, time_zone, RECORDING)
        self.ledger = self.monitor.ledger
        self.ledger.since = since
        self._spans_wh = 0.0
        self._spans_until: datetime | None = None

    def feed(
        self, electricity: Series, heat_pump: Iterable[HeatPumpReading]
    ) -> list[Flag]:
        """Feed readings, the meter's first at every moment; return what was wrong."""
        events: list[tuple[datetime, MeterReading | HeatPumpReading | None]] = [
            *self._meter_readings(electricity),
            *((reading.time, reading) for reading in heat_pump),
        ]
        # The sort keeps the order of what is simultaneous.
        events.sort(key=lambda event: event[0])
        flags: list[Flag] = []
        for _, reading in events:
            if reading is None:
                self.monitor.replace_meter()
            elif isinstance(reading, MeterReading):
                flags += self.monitor.add_meter(reading).flags
            else:
                flags += self.monitor.add_heat_pump(reading).flags
        if events:
            self.until = max(self.until, events[-1][0])
        return flags

    def _meter_readings(
        self, series: Series
    ) -> Iterator[tuple[datetime, MeterReading | None]]:
        """Yield the readings of a counter; None where it has to start again."""
        for time, value_wh in series.counter:
            yield time, _meter_reading(time, value_wh)
        for span in series.spans:
            if span.start != self._spans_until:
                yield span.start, None
                yield span.start, _meter_reading(span.start, self._spans_wh)
            self._spans_wh += span.energy_wh
            self._spans_until = span.end
            yield span.end, _meter_reading(span.end, self._spans_wh)


class Recording:
    """A recording as the engine counts it: as a whole, and by purpose."""

    def __init__(
        self,
        plant: Plant,
        time_zone: tzinfo,
        since: datetime,
        findings: Findings,
        known: AbstractSet[str] = frozenset(),
    ) -> None:
        """Start at a moment, with nothing counted; `known` are columns with numbers."""
        # Whatever the owner chose, a recording has only what it has.
        plant = Plant(glycol_pct=plant.glycol_pct, meter_rating_w=plant.meter_rating_w)
        self.whole = Feeder(time_zone, since, plant)
        self.by_mode = {
            mode: Feeder(time_zone, since, plant, purpose)
            for mode, purpose in PURPOSES.items()
        }
        self.findings = findings
        self._known = known
        self._time_zone = time_zone
        self._rating_w = {ELECTRICITY: plant.meter_rating_w, HEAT: HEAT_RATING_W}
        self._last: list[Row] = []
        self._lines: dict[datetime, int] = {}
        """Of the rows that are being counted, by their time."""
        self._spacings_s: list[float] = []

    def add_rows(self, rows: Sequence[Row]) -> None:
        """Count the next rows, but for the last one: the next may end it."""
        self.findings.named.clear()
        rows = [*self._last, *rows]
        *closed, _ = self._closed(rows)
        for row, later in zip(closed, rows[1:], strict=True):
            if row.until and row.until < later.time:
                self.findings.add_gap(row.until, later.time)
        self._last = rows[-1:]
        self._feed([*closed, replace(rows[-1], until=None)])

    def finish(self) -> None:
        """Count the last row."""
        self._feed(self._closed(self._last))

    @property
    def until(self) -> datetime:
        """Return the end of the recording: of its last row, or of what that counted."""
        return max([self.whole.until, *(row.time for row in self._last)])

    def add_outside(self, start: datetime, end: datetime, outside_c: float) -> None:
        """Book a mean outside temperature."""
        for opened, closed in self.whole.ledger.pieces(start, end):
            seconds = (closed - opened).total_seconds()
            entry = Bucket(outside_c_s=outside_c * seconds, outside_s=seconds)
            self.whole.ledger.book(opened, entry)

    def possible(
        self, spans: Iterable[EnergySpan], energy: str, column: str
    ) -> list[EnergySpan]:
        """Return the spans that are possible; report the others."""
        good: list[EnergySpan] = []
        for span in spans:
            seconds = (span.end - span.start).total_seconds() + _SLACK_S
            if abs(span.energy_wh) <= self._rating_w[energy] * seconds / 3600:
                good.append(span)
                continue
            kind = FlagKind(f"{energy}_jump")
            self._report(Flag(span.start, kind, f"{span.energy_wh:g} Wh"), column)
        return good

    def implausible_days(self) -> set[date]:
        """Report the days whose COP cannot be true, and return them."""
        found: set[date] = set()
        for day, bucket in sorted(self.whole.ledger.days.items()):
            most_wh = HIGHEST_COP * bucket.paired_electricity_wh + _COARSE_WH
            if bucket.heat_wh <= most_wh:
                continue
            found.add(day)
            cop = bucket.cop
            value = f"{bucket.heat_wh:g} Wh" if cop is None else f"COP {cop:.1f}"
            problem = Problem.IMPLAUSIBLE_COP
            self.findings.add(Finding(None, HEAT, f"{day}: {value}", problem))
        return found

    def importable(self, method: HeatMethod) -> Ledger:
        """Return what an import may use, with heat by the method the owner names."""
        ledger = self.whole.ledger
        for mode, feeder in self.by_mode.items():
            _set_mode(ledger.days, mode, feeder.ledger.days)
            _set_mode(ledger.hours, mode, feeder.ledger.hours)
        implausible = self.implausible_days()
        ledger.days = {
            day: bucket
            for day, bucket in ledger.days.items()
            # The weather of more days may be known than their energy.
            if (bucket.metered_s or bucket.unpaired_heat_wh) and day not in implausible
        }
        for bucket in (*ledger.days.values(), *ledger.hours.values()):
            heats_wh = bucket.methods_wh
            if (heat_wh := heats_wh.pop(HeatMethod.HEAT_METER, None)) is not None:
                heats_wh[method] = heats_wh.get(method, 0.0) + heat_wh
        return ledger

    def _feed(self, rows: Sequence[Row]) -> None:
        self._lines = {row.time: row.line for row in rows}
        whole = self.whole
        drawn = self._series(whole.electricity, rows)
        if whole.heat.is_known(self._known):
            readings = heat_readings(self._series(whole.heat, rows), rows)
            for start, end, outside_c in _outside(rows):
                self.add_outside(start, end, outside_c)
        else:
            readings = flow_readings(rows)
        self._feed_to(whole, drawn, readings)
        for feeder in self.by_mode.values():
            energies = feeder.electricity, feeder.heat
            if all(energy.is_known(self._known) for energy in energies):
                drawn, heat = (self._series(each, rows) for each in energies)
                self._feed_to(feeder, drawn, heat_readings(heat))

    def _feed_to(
        self, feeder: Feeder, drawn: Series, readings: Iterable[HeatPumpReading]
    ) -> None:
        for flag in feeder.feed(drawn, readings):
            energy = flag.kind.partition("_")[0]
            self._report(flag, f"{feeder.prefix}{energy}")

    def _series(self, energy: Energy, rows: Sequence[Row]) -> Series:
        if not energy.is_known(self._known):
            return Series()
        series = energy.series(rows)
        possible = self.possible(series.spans, energy.kind, energy.name)
        return replace(series, spans=possible)

    def _report(self, flag: Flag, column: str) -> None:
        self.findings.add_flag(flag, column, self._lines.get(flag.time))

    def _closed(self, rows: Sequence[Row]) -> list[Row]:
        """Return the rows with an end: as they say, but not after the next begins.

        One that does not say ends with the next, but lasts no longer than usual.
        """
        spacings_s = [
            (later.time - row.time).total_seconds() for row, later in pairwise(rows)
        ]
        # A last batch of a few rows does not know what is usual.
        self._spacings_s = [*self._spacings_s, *spacings_s][-2 * ROWS_AT_ONCE :]
        usual_s = median_low(self._spacings_s) if self._spacings_s else 0.0
        return [
            replace(row, until=self._end(row, later, usual_s))
            for row, later in zip(rows, [*rows[1:], None], strict=True)
        ]

    def _end(self, row: Row, later: Row | None, usual_s: float) -> datetime:
        if row.until is not None:
            return row.until if later is None else min(row.until, later.time)
        longest = timedelta(seconds=_GAP_SPACINGS * usual_s)
        if later is not None and later.time - row.time <= longest:
            return later.time
        shortest_s, longest_s = _ABOUT_A_DAY_S
        if shortest_s <= usual_s <= longest_s:
            return (row.time.astimezone(self._time_zone) + DAY).astimezone(UTC)
        return row.time + timedelta(seconds=usual_s)


def count_rows(
    rows: CsvRows, plant: Plant, time_zone: tzinfo, findings: Findings
) -> Recording | None:
    """Return the rows as counted, None if there are none; see `Recording`."""
    recording: Recording | None = None
    for batch in batched(rows, ROWS_AT_ONCE, strict=False):
        if recording is None:
            since = batch[0].time
            recording = Recording(plant, time_zone, since, findings, rows.known)
        recording.add_rows(batch)
    if recording is not None:
        recording.finish()
    return recording


def heat_readings(heat: Series, rows: Sequence[Row] = ()) -> list[HeatPumpReading]:
    """Return heat as readings of a heat meter, or of its intervals.

    The mode is that of the row at the same moment, if there is one.
    """
    modes = {row.time: row.mode for row in rows}
    if heat.counter:
        return [
            HeatPumpReading(time=time, heat_meter_wh=value_wh, mode=modes.get(time))
            for time, value_wh in heat.counter
        ]
    heated = {span.end: span.energy_wh for span in heat.spans}
    moments = {span.start for span in heat.spans} | heated.keys()
    return [
        HeatPumpReading(
            time=moment, heated_wh=heated.get(moment), mode=modes.get(moment)
        )
        for moment in sorted(moments)
    ]


def flow_readings(rows: Iterable[Row]) -> list[HeatPumpReading]:
    """Return readings whose heat is flow times ΔT."""
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
        if not row.numbers.keys().isdisjoint(CONDITIONS)
    ]


def _outside(rows: Iterable[Row]) -> list[tuple[datetime, datetime, float]]:
    """Return the outside temperatures; equal ones that follow each other are one."""
    parts: list[tuple[datetime, datetime, float]] = []
    for row in rows:
        outside_c, start = row.get("outside_c"), row.time
        if row.until is not None and outside_c is not None:
            if parts and parts[-1][1:] == (start, outside_c):
                start = parts.pop()[0]
            parts.append((start, row.until, outside_c))
    return parts


def _set_mode[Key](
    buckets: Mapping[Key, Bucket], mode: Mode, of_mode: Mapping[Key, Bucket]
) -> None:
    """Set the energies of a mode; for how long it ran, its own columns do not say."""
    for key, bucket in of_mode.items():
        if key in buckets and bucket.paired_s:
            sums = buckets[key].modes.setdefault(mode, ModeSums())
            sums.electricity_wh = bucket.paired_electricity_wh
            sums.heat_wh = bucket.heat_wh


def _sum(row: Row, columns: Sequence[str]) -> float | None:
    known = [row.numbers[column] for column in columns if column in row.numbers]
    return sum(known) if len(known) == len(columns) else None


def _meter_reading(time: datetime, total_wh: float) -> MeterReading:
    return MeterReading(time=time, energy_wh=total_wh, holds_back=False)


def _is_running(row: Row) -> bool | None:
    if row.mode is not None:
        return row.mode is not Mode.STANDBY
    power_w = row.get("power_w")
    # Without either, the flow alone decides what is heat.
    return True if power_w is None else power_w >= RUNNING_W

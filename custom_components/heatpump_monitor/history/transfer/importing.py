"""A year that was recorded elsewhere: in a CSV file, or as long-term statistics.

Either goes through the same engine as what is read now, into a ledger of its own,
from which the account takes over the days that it did not count itself.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
import csv
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo
from itertools import pairwise
from pathlib import Path
from typing import Final

from homeassistant.components.recorder.statistics import (
    StatisticsRow,
    get_metadata,
    statistics_during_period,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.recorder import get_instance
from homeassistant.util import dt as dt_util
from homeassistant.util.unit_conversion import EnergyConverter, TemperatureConverter

from ...performance.flags import FlagKind
from ...performance.heat.heat_meter import HEAT_RATING_W
from ...performance.limits import HIGHEST_COP
from ...performance.plant import HeatMethod, Plant
from ...performance.rounding import kwh, rounded
from ...performance.totals.calendar import Calendar
from ...performance.totals.ledger import Bucket, Ledger, Merge, ModeSums
from ...performance.totals.periods import ratio
from ...readings import EnergySpan, Mode
from ...time_units import DAY, HOUR
from .csv_format import (
    LONGEST_SPAN,
    Complaint,
    Problem,
    RecordingError,
    Row,
    Times,
    read_pieces,
)
from .exporting import FileNameError, path_in
from .recordings import (
    PURPOSES,
    Energy,
    Feeder,
    Series,
    ends_of,
    flow_readings,
    heat_readings,
)

# What was counted while a sensor was away stands in the first hour after.
_LONGEST_AWAY: Final = timedelta(days=31)
_BAD_ROWS_LISTED: Final = 20
_ELECTRICITY: Final = "electricity"
_HEAT: Final = "heat"
# What the engine, too, grants a counter beyond the time between two rows.
_SLACK_S: Final = 90.0
# Counters in coarse steps make any COP of a day without heating.
_COARSE_WH: Final = 1000.0
_REFUSED: Final = {
    FlagKind.ELECTRICITY_JUMP: (_ELECTRICITY, Problem.ABOVE_RATED_POWER),
    FlagKind.ELECTRICITY_RESET: (_ELECTRICITY, Problem.COUNTER_RESET),
    FlagKind.HEAT_JUMP: (_HEAT, Problem.ABOVE_RATED_POWER),
    FlagKind.HEAT_RESET: (_HEAT, Problem.COUNTER_RESET),
}


class ImportRefusedError(Exception):
    """Nothing can be imported, and why."""

    def __init__(self, key: str, **placeholders: str) -> None:
        """Name the translation of the reason, and what stands in it."""
        super().__init__(key)
        self.key = key
        self.placeholders = placeholders


@dataclass(frozen=True, kw_only=True, slots=True)
class StatisticPair:
    """Long-term statistics of one purpose: what it drew, and the heat it made."""

    electricity: str | None = None
    heat: str | None = None
    mode: Mode | None = None
    """What it was for, if only for that."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording as the engine counted it."""

    ledger: Ledger
    """With all its hours."""
    complaints: Sequence[Complaint] = ()
    """What was wrong with rows."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """What became of an import; None for what is not known."""

    days_imported: int
    days_left_alone: int
    """Days that the account counted itself."""
    days_emptied: int
    """Days imported before of which nothing is known now."""
    first_day: date | None
    last_day: date | None
    electricity_kwh: float
    heat_kwh: float
    """Paired, as the COP."""
    cop: float | None
    coverage: float | None
    bad_rows: int
    bad_rows_first: list[Complaint]


class _Recording:
    """A recording on its way through the account: in all, and by mode."""

    def __init__(self, plant: Plant, time_zone: tzinfo, since: datetime) -> None:
        # Whatever the owner chose, a recording has only what it has.
        plant = Plant(glycol_pct=plant.glycol_pct, meter_rating_w=plant.meter_rating_w)
        self.whole = Feeder(time_zone, since, plant)
        self.by_mode = {mode: Feeder(time_zone, since, plant) for mode in PURPOSES}

    def ledger(self, method: HeatMethod) -> Ledger:
        """Return what was counted; heat that was told is by a method of the owner's."""
        ledger = self.whole.monitor.ledger
        for mode, feeder in self.by_mode.items():
            of_mode = feeder.monitor.ledger
            _set_mode(ledger.days, mode, of_mode.days)
            _set_mode(ledger.hours, mode, of_mode.hours)
        ledger.days = {
            day: bucket
            for day, bucket in ledger.days.items()
            # The weather of more days may be known than their energy.
            if bucket.metered_s or bucket.unpaired_heat_wh
        }
        for bucket in (*ledger.days.values(), *ledger.hours.values()):
            known_wh = bucket.methods_wh.pop(HeatMethod.HEAT_METER, None)
            if known_wh is not None:
                by_method_wh = bucket.methods_wh.get(method, 0.0)
                bucket.methods_wh[method] = by_method_wh + known_wh
        return ledger

    def book_outside(self, start: datetime, end: datetime, outside_c: float) -> None:
        """Book a mean temperature."""
        ledger = self.whole.monitor.ledger
        for opened, closed in ledger.pieces(start, end):
            seconds = (closed - opened).total_seconds()
            entry = Bucket(outside_c_s=outside_c * seconds, outside_s=seconds)
            ledger.book(opened, entry)


class _Limits:
    """Keeps out energies that cannot have flowed, and says so."""

    def __init__(self, plant: Plant, complaints: list[Complaint]) -> None:
        self._complaints = complaints
        self._known: set[Complaint | int] = set()
        self._rating_w = {_ELECTRICITY: plant.meter_rating_w, _HEAT: HEAT_RATING_W}

    def possible(
        self,
        spans: Iterable[EnergySpan],
        energy: str,
        column: str,
        rows: Sequence[Row] = (),
    ) -> list[EnergySpan]:
        """Return the spans that are possible; complain of the others.

        Args:
            spans: Energies between two moments.
            energy: Which of the two.
            column: Where they stand.
            rows: Rows that begin where the spans do; none for statistics.
        """
        good: list[EnergySpan] = []
        impossible: list[EnergySpan] = []
        for span in spans:
            seconds = (span.end - span.start).total_seconds() + _SLACK_S
            most_wh = self._rating_w[energy] * seconds / 3600
            (good if abs(span.energy_wh) <= most_wh else impossible).append(span)
        lines = _lines(rows) if impossible else {}
        for span in impossible:
            value = f"{span.energy_wh:g} Wh"
            line = lines.get(span.start)
            if line is None:
                value = f"{span.start.isoformat()}: {value}"
            problem = Problem.ABOVE_RATED_POWER
            self._complain(Complaint(line, column, value, problem))
        return good

    def report(self, feeder: Feeder, column: str, rows: Sequence[Row]) -> None:
        """Complain of what the engine refused of counters."""
        flags, feeder.flags = feeder.flags, []
        lines = _lines(rows) if flags else {}
        for flag in flags:
            if (refused := _REFUSED.get(flag.kind)) is None:
                continue
            energy, problem = refused
            line, detail = lines.get(flag.time), flag.detail
            self._complain(Complaint(line, f"{column}{energy}", detail, problem))

    def refuse_days(self, ledger: Ledger) -> None:
        """Take out the days whose COP cannot be true."""
        for day, bucket in sorted(ledger.days.items()):
            most_wh = HIGHEST_COP * bucket.paired_electricity_wh + _COARSE_WH
            if bucket.heat_wh <= most_wh:
                continue
            del ledger.days[day]
            cop = ratio(bucket.heat_wh, bucket.paired_electricity_wh)
            value = f"{day}: {bucket.heat_wh:g} Wh"
            if cop is not None:
                value = f"{day}: COP {cop:.1f}"
            problem = Problem.IMPLAUSIBLE_COP
            self._complain(Complaint(None, _HEAT, value, problem))

    def _complain(self, complaint: Complaint) -> None:
        """Complain, but of a line only once: its columns may be each other's sum."""
        about = complaint if complaint.line is None else complaint.line
        if about not in self._known:
            self._known.add(about)
            self._complaints.append(complaint)


@dataclass(slots=True)
class _Rows:
    """The energies that rows tell, fed to a recording piece by piece."""

    recording: _Recording
    limits: _Limits
    electricity: Energy = field(
        default_factory=lambda: Energy("electricity", "power_w")
    )
    heat: Energy = field(default_factory=lambda: Energy("heat", "heat_w"))
    by_mode: Mapping[Mode, tuple[Energy, Energy]] = field(
        default_factory=lambda: {
            mode: (Energy(f"{purpose}_electricity"), Energy(f"{purpose}_heat"))
            for mode, purpose in PURPOSES.items()
        }
    )

    def feed(self, rows: Sequence[Row], ends: Sequence[datetime]) -> None:
        """Feed the next rows; a last one without an end is only there for the others."""
        electricity = self._possible(self.electricity, _ELECTRICITY, rows, ends)
        heat = self._possible(self.heat, _HEAT, rows, ends)
        whole = self.recording.whole
        whole.feed(
            electricity,
            heat_readings(heat, rows) if self.heat.is_found else flow_readings(rows),
        )
        self.limits.report(whole, "", rows)
        if self.heat.is_found:
            self._feed_outside(rows, ends)
        for mode, (drawn, made) in self.by_mode.items():
            feeder = self.recording.by_mode[mode]
            feeder.feed(
                self._possible(drawn, _ELECTRICITY, rows, ends),
                heat_readings(self._possible(made, _HEAT, rows, ends)),
            )
            self.limits.report(feeder, f"{PURPOSES[mode]}_", rows)

    def _possible(
        self, energy: Energy, kind: str, rows: Sequence[Row], ends: Sequence[datetime]
    ) -> Series:
        series = energy.series(rows, ends)
        spans = self.limits.possible(series.spans, kind, energy.name, rows)
        return replace(series, spans=spans)

    def _feed_outside(self, rows: Sequence[Row], ends: Sequence[datetime]) -> None:
        for row, end in zip(rows, ends, strict=False):
            if (outside_c := row.get("outside_c")) is not None:
                self.recording.book_outside(row.time, end, outside_c)


def from_csv(
    folder: Path,
    name: str,
    plant: Plant,
    time_zone: tzinfo,
    method: HeatMethod,
    now: datetime,
) -> Recorded:
    """Return what a CSV file tells; does I/O, and takes its time.

    Args:
        folder: Out of which the file must not lead.
        name: The file.
        plant: What the owner told.
        time_zone: Of times without an offset, and of the days.
        method: How the heat was known.
        now: The time: rows lie before it, and not too long.

    Raises:
        ImportRefusedError: The file is not allowed, not there, or tells nothing.
    """
    complaints: list[Complaint] = []
    limits = _Limits(plant, complaints)
    try:
        path = path_in(folder, name)
        if not path.is_file():
            # To open a pipe would wait for ever.
            raise ImportRefusedError("file_not_read", file=name)
        with path.open(encoding="utf-8-sig", newline="") as lines:
            pieces = read_pieces(lines, Times(time_zone, now), complaints)
            recording = _of_rows(pieces, plant, time_zone, limits)
    except FileNameError as err:
        raise ImportRefusedError("file_outside", file=name) from err
    except OSError as err:
        raise ImportRefusedError("file_not_read", file=name) from err
    except (UnicodeDecodeError, csv.Error) as err:
        raise ImportRefusedError("file_not_text", file=name) from err
    except RecordingError as err:
        raise ImportRefusedError("file_without_columns", file=name) from err
    if recording is None:
        raise _nothing_in(name, complaints)
    ledger = recording.ledger(method)
    limits.refuse_days(ledger)
    if complaints and not ledger.days:
        raise _nothing_in(name, complaints)
    return Recorded(ledger, complaints)


def _nothing_in(name: str, complaints: Sequence[Complaint]) -> ImportRefusedError:
    """Return why a file without good rows cannot be imported."""
    if not complaints:
        return ImportRefusedError("file_without_rows", file=name)
    first = complaints[0]
    return ImportRefusedError(
        "no_good_row",
        file=name,
        line="-" if first.line is None else str(first.line),
        column=first.column,
        value=first.value,
    )


async def async_from_statistics(
    hass: HomeAssistant,
    pairs: Sequence[StatisticPair],
    outside: str | None,
    days: tuple[date, date] | None,
    plant: Plant,
    time_zone: tzinfo,
    method: HeatMethod,
) -> Recorded:
    """Return what long-term statistics tell; where there are several, their sum.

    Args:
        hass: Home Assistant.
        pairs: Of electricity and heat.
        outside: Statistic of the outside temperature.
        days: First and last local day to read; None reads all.
        plant: What the owner told.
        time_zone: Of the days.
        method: How the heat was known.

    Raises:
        ImportRefusedError: There is no recorder, no such statistic, or it is none
            of energy.
    """
    if "recorder" not in hass.config.components:
        raise ImportRefusedError("recorder_missing")
    rows = await get_instance(hass).async_add_executor_job(
        _read_statistics, hass, pairs, outside, days, Ledger(Calendar(time_zone))
    )
    complaints: list[Complaint] = []
    limits = _Limits(plant, complaints)
    recording = await hass.async_add_executor_job(
        _of_statistics, rows, pairs, outside, plant, time_zone, limits
    )
    ledger = recording.ledger(method)
    limits.refuse_days(ledger)
    return Recorded(ledger, complaints)


def import_result(merge: Merge, recorded: Recorded, ledger: Ledger) -> Imported:
    """Return what became of an import.

    Args:
        takeover: What the account took of it.
        recorded: What there was.
        ledger: The account.
    """
    sums = Bucket()
    for bucket in merge.taken.values():
        sums.add(bucket)
    days = sorted(merge.taken.keys() & recorded.ledger.days.keys())
    elapsed_s = _elapsed_s(days, merge, ledger)
    return Imported(
        days_imported=len(days),
        days_left_alone=len(merge.own),
        days_emptied=len(merge.taken) - len(days),
        first_day=days[0] if days else None,
        last_day=days[-1] if days else None,
        electricity_kwh=kwh(sums.electricity_wh),
        heat_kwh=kwh(sums.heat_wh),
        cop=rounded(ratio(sums.heat_wh, sums.paired_electricity_wh)),
        coverage=min(round(sums.paired_s / elapsed_s, 4), 1.0) if elapsed_s else None,
        bad_rows=len(recorded.complaints),
        bad_rows_first=list(recorded.complaints[:_BAD_ROWS_LISTED]),
    )


def _elapsed_s(days: Sequence[date], merge: Merge, ledger: Ledger) -> float:
    """Return the time between the first and the last day, but for the account's own."""
    if not days:
        return 0.0
    since = ledger.since or ledger.midnight(days[0])
    elapsed, day = timedelta(), days[0]
    while day <= days[-1]:
        if day not in merge.own:
            elapsed += ledger.midnight(day + DAY) - max(ledger.midnight(day), since)
        day += DAY
    return elapsed.total_seconds()


def _set_mode[Key](
    buckets: Mapping[Key, Bucket], mode: Mode, of_mode: Mapping[Key, Bucket]
) -> None:
    """Say what was for one mode; how long that ran, its own columns do not tell."""
    for key, bucket in of_mode.items():
        if key in buckets and bucket.paired_s:
            sums = buckets[key].modes.setdefault(mode, ModeSums())
            sums.electricity_wh = bucket.paired_electricity_wh
            sums.heat_wh = bucket.heat_wh


def _of_rows(
    pieces: Iterable[list[Row]], plant: Plant, time_zone: tzinfo, limits: _Limits
) -> _Recording | None:
    """Return the recording that rows are; None if there are none."""
    fed: _Rows | None = None
    rows: list[Row] = []
    ends: list[datetime] = []
    for rows in pieces:
        fed = fed or _Rows(_Recording(plant, time_zone, rows[0].time), limits)
        ends = ends_of(rows, time_zone)
        fed.feed(rows, ends[:-1])
    if fed is None:
        return None
    fed.feed(rows[-1:], ends[-1:])
    return fed.recording


def _read_statistics(
    hass: HomeAssistant,
    pairs: Sequence[StatisticPair],
    outside: str | None,
    days: tuple[date, date] | None,
    calendar: Ledger,
) -> dict[str, list[StatisticsRow]]:
    """Read the hours of statistics, in the recorder's own thread."""
    energies = {
        statistic_id
        for pair in pairs
        for statistic_id in (pair.electricity, pair.heat)
        if statistic_id
    }
    units = dict.fromkeys(energies, EnergyConverter.UNIT_CLASS)
    if outside:
        units[outside] = TemperatureConverter.UNIT_CLASS
    metadata = get_metadata(hass, statistic_ids=set(units))
    for statistic_id, unit_class in units.items():
        named = "outside" if statistic_id == outside else "statistics"
        if statistic_id not in metadata:
            raise ImportRefusedError(
                "statistic_unknown", field=named, statistic=statistic_id
            )
        _, described = metadata[statistic_id]
        sums = described["has_sum"] or statistic_id == outside
        if described["unit_class"] != unit_class or not sums:
            raise ImportRefusedError(
                "statistic_not_usable",
                field=named,
                statistic=statistic_id,
                unit=described["unit_of_measurement"] or "-",
            )
    start, end = dt_util.utcnow() - LONGEST_SPAN, None
    if days is not None:
        start = calendar.midnight(days[0]) - _LONGEST_AWAY
        end = calendar.midnight(days[1] + DAY)
    return statistics_during_period(
        hass,
        start,
        end,
        set(units),
        "hour",
        {EnergyConverter.UNIT_CLASS: "Wh", TemperatureConverter.UNIT_CLASS: "°C"},
        {"change", "mean"},
    )


def _of_statistics(
    rows: Mapping[str, Sequence[StatisticsRow]],
    pairs: Sequence[StatisticPair],
    outside: str | None,
    plant: Plant,
    time_zone: tzinfo,
    limits: _Limits,
) -> _Recording:
    """Return the recording that statistics are."""
    hours = [each["start"] for one in rows.values() for each in one]
    if not hours:
        raise ImportRefusedError("nothing_to_import")
    since = dt_util.utc_from_timestamp(min(hours))
    recording = _Recording(plant, time_zone, since)
    _feed_pairs(recording.whole, rows, pairs, limits)
    for mode, feeder in recording.by_mode.items():
        of_mode = [pair for pair in pairs if pair.mode is mode]
        _feed_pairs(feeder, rows, of_mode, limits)
    for row in rows.get(outside or "", ()):
        if (mean_c := row.get("mean")) is not None:
            start = dt_util.utc_from_timestamp(row["start"])
            recording.book_outside(start, start + HOUR, mean_c)
    return recording


def _feed_pairs(
    feeder: Feeder,
    rows: Mapping[str, Sequence[StatisticsRow]],
    pairs: Sequence[StatisticPair],
    limits: _Limits,
) -> None:
    # One meter may stand beside the heat of two purposes.
    electricity = {pair.electricity for pair in pairs if pair.electricity}
    heat = {pair.heat for pair in pairs if pair.heat}
    drawn, made = (
        _summed(
            [
                limits.possible(_spans(rows.get(each, ())), energy, each)
                for each in sorted(ids)
            ]
        )
        for energy, ids in ((_ELECTRICITY, electricity), (_HEAT, heat))
    )
    feeder.feed(Series(spans=drawn), heat_readings(Series(spans=made)))


def _lines(rows: Sequence[Row]) -> dict[datetime, int]:
    return {row.time: row.line for row in rows}


def _spans(rows: Iterable[StatisticsRow]) -> Iterator[EnergySpan]:
    """Yield what a statistic grew by; one that is away grows by it all in the end.

    It cannot fall: what it does then is not known.
    """
    known_until: datetime | None = None
    for row in rows:
        start = dt_util.utc_from_timestamp(row["start"])
        change_wh = row.get("change")
        if change_wh is not None and change_wh >= 0:
            yield EnergySpan(known_until or start, start + HOUR, change_wh)
        known_until = start + HOUR


def _summed(parts: Sequence[Sequence[EnergySpan]]) -> list[EnergySpan]:
    """Return the sum of energies, between the moments at which all are known."""
    load_profiles = [_load_profile(spans) for spans in parts]
    if not load_profiles:
        return []
    moments = sorted(
        set.intersection(*(set(load_profile) for load_profile in load_profiles))
    )
    return [
        EnergySpan(
            start,
            end,
            sum(
                load_profile[end][1] - load_profile[start][1]
                for load_profile in load_profiles
            ),
        )
        for start, end in pairwise(moments)
        if all(
            load_profile[start][0] == load_profile[end][0]
            for load_profile in load_profiles
        )
    ]


def _load_profile(spans: Iterable[EnergySpan]) -> dict[datetime, tuple[int, float]]:
    """Return a total by its moments, and how often it had to begin anew until then."""
    load_profile: dict[datetime, tuple[int, float]] = {}
    begun, total_wh = 0, 0.0
    for span in spans:
        if span.start not in load_profile:
            begun += 1
            load_profile[span.start] = begun, total_wh
        total_wh += span.energy_wh
        load_profile[span.end] = begun, total_wh
    return load_profile

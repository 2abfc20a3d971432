"""Days from before the integration: of a CSV file, or of long-term statistics.

Either goes through the same engine as what is read now, into a ledger of its own,
from which the heat pump's ledger copies the days that it did not count itself.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
import csv
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import pairwise
from pathlib import Path
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from homeassistant.components.recorder.statistics import (
    StatisticsRow,
    get_metadata,
    statistics_during_period,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.recorder import get_instance
from homeassistant.util import dt as dt_util
from homeassistant.util.unit_conversion import EnergyConverter, TemperatureConverter

from ...performance.plant import HeatMethod, Plant
from ...performance.rounding import kwh, rounded
from ...performance.totals.calendar import Calendar
from ...performance.totals.ledger import Bucket, Ledger, Merge
from ...readings import EnergySpan, Mode
from ...time_units import DAY, DAY_S, HOUR
from .csv_format import LONGEST_SPAN, CsvRows, Finding, Times, UnusableFileError
from .exporting import FileNameError, path_in
from .recordings import (
    ELECTRICITY,
    HEAT,
    Feeder,
    Findings,
    Recording,
    Series,
    count_rows,
    heat_readings,
)

# What was counted while a sensor was away stands in the first hour after.
_LONGEST_AWAY: Final = timedelta(days=31)


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
class ImportedLedger:
    """What the engine counted of a file or of statistics."""

    ledger: Ledger
    """With all its hours."""
    findings: Findings


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportPlan:
    """Local days of a recording that are to be merged, both ends included."""

    imported: ImportedLedger
    first: date
    last: date
    replace: bool
    """Whether what was imported of these days before is forgotten."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """What becomes of an import; None for what is not known."""

    days_imported: int
    days_replaced: int
    """Days among them that were imported before."""
    days_left_alone: int
    """Days that the ledger counted itself."""
    days_emptied: int
    """Days imported before of which nothing is known now."""
    first_day: date | None
    last_day: date | None
    electricity_kwh: float
    heat_kwh: float
    """Paired, as the COP."""
    cop: float | None
    paired_days: float
    coverage: float | None
    bad_rows: int
    bad_rows_first: list[Finding]


def from_csv(
    folder: Path,
    name: str,
    plant: Plant,
    time_zone: tzinfo,
    method: HeatMethod,
    now: datetime,
) -> ImportedLedger:
    """Return what the engine counts of a CSV file; does I/O, and is slow.

    Raises:
        ImportRefusedError: The file is not allowed, missing, or has no good row.
    """
    findings = Findings()

    def count(lines: Iterable[str]) -> Recording | None:
        rows = CsvRows(lines, Times(time_zone, now), findings.add)
        return count_rows(rows, plant, time_zone, findings)

    recording = in_file(folder, name, count)
    if recording is not None:
        ledger = recording.importable(method)
        if ledger.days or not findings.count:
            return ImportedLedger(ledger, findings)
    raise without_good_rows(name, findings)


def in_file[T](folder: Path, name: str, count: Callable[[Iterable[str]], T]) -> T:
    """Return what is counted of the lines of a CSV file; does I/O.

    Raises:
        ImportRefusedError: The file is not allowed, missing, or none of that kind.
    """
    try:
        path = path_in(folder, name)
        if not path.is_file():
            # To open a pipe would wait for ever.
            raise ImportRefusedError("file_not_read", file=name)
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return count(lines)
    except FileNameError as err:
        raise ImportRefusedError("file_outside", file=name) from err
    except OSError as err:
        raise ImportRefusedError("file_not_read", file=name) from err
    except (UnicodeDecodeError, csv.Error) as err:
        raise ImportRefusedError("file_not_text", file=name) from err
    except UnusableFileError as err:
        raise ImportRefusedError("file_without_columns", file=name) from err


def without_good_rows(name: str, findings: Findings) -> ImportRefusedError:
    """Return why a file has nothing to import: no rows, or none that is good."""
    if not findings.first:
        return ImportRefusedError("file_without_rows", file=name)
    first = findings.first[0]
    return ImportRefusedError(
        "no_good_row",
        file=name,
        line="-" if first.line is None else str(first.line),
        column=first.column,
        value=first.value,
    )


async def async_in_recorder[*ArgsT, T](
    hass: HomeAssistant, job: Callable[[*ArgsT], T], *args: *ArgsT
) -> T:
    """Return what a job reads from the recorder, in one of its threads.

    Raises:
        ImportRefusedError: There is no recorder, or its database fails.
    """
    if "recorder" not in hass.config.components:
        raise ImportRefusedError("recorder_missing")
    try:
        return await get_instance(hass).async_add_executor_job(job, *args)
    except SQLAlchemyError as err:
        raise ImportRefusedError("recorder_failed", reason=str(err)) from err


async def async_from_statistics(
    hass: HomeAssistant,
    pairs: Sequence[StatisticPair],
    outside: str | None,
    days: tuple[date, date] | None,
    plant: Plant,
    time_zone: tzinfo,
    method: HeatMethod,
) -> ImportedLedger:
    """Return what the engine counts of long-term statistics; of several, the sum.

    Without days, all hours are read.

    Raises:
        ImportRefusedError: There is no recorder, its database fails, there is no
            such statistic, or it is none of energy.
    """
    rows = await async_in_recorder(
        hass, _read_statistics, hass, pairs, outside, days, Calendar(time_zone)
    )

    def count() -> ImportedLedger:
        recording = _of_statistics(rows, pairs, outside, plant, time_zone)
        return ImportedLedger(recording.importable(method), recording.findings)

    return await hass.async_add_executor_job(count)


def plan_import(
    imported: ImportedLedger, days: tuple[date, date] | None, today: date
) -> ImportPlan:
    """Return which days are to be merged: those asked for, or all before today.

    Raises:
        ImportRefusedError: The recording has none of them.
    """
    first, last = days or (date.min, today)
    last = min(last, today - DAY)
    if not any(first <= day <= last for day in imported.ledger.days):
        raise ImportRefusedError("nothing_to_import")
    return ImportPlan(
        imported=imported, first=first, last=last, replace=days is not None
    )


def planned(plan: ImportPlan, ledger: Ledger) -> tuple[Merge, Imported]:
    """Return what an import would change in a ledger, and what would become of it.

    It changes nothing, and takes 0.1 s for a year: not on the event loop.
    """
    merge = ledger.plan_merge(
        plan.imported.ledger, plan.first, plan.last, replace=plan.replace
    )
    return merge, _result(merge, plan.imported, ledger.calendar)


def _result(merge: Merge, imported: ImportedLedger, calendar: Calendar) -> Imported:
    sums = Bucket()
    for bucket in merge.taken.values():
        sums.add(bucket)
    days = sorted(merge.taken.keys() & imported.ledger.days.keys())
    elapsed_s = _elapsed_s(days, merge, calendar)
    return Imported(
        days_imported=len(days),
        days_replaced=len(set(days).intersection(merge.replaced)),
        days_left_alone=len(merge.own),
        days_emptied=len(merge.taken) - len(days),
        first_day=days[0] if days else None,
        last_day=days[-1] if days else None,
        electricity_kwh=kwh(sums.electricity_wh),
        heat_kwh=kwh(sums.heat_wh),
        cop=rounded(sums.cop),
        paired_days=round(sums.paired_s / DAY_S, 2),
        coverage=min(round(sums.paired_s / elapsed_s, 4), 1.0) if elapsed_s else None,
        bad_rows=imported.findings.count,
        bad_rows_first=imported.findings.first,
    )


def _elapsed_s(days: Sequence[date], merge: Merge, calendar: Calendar) -> float:
    """Return how long it was from the first to the last day, our own ones aside."""
    if not days:
        return 0.0
    midnight, elapsed, day = calendar.midnight, timedelta(), days[0]
    since, own = merge.since or midnight(day), set(merge.own)
    while day <= days[-1]:
        if day not in own:
            elapsed += midnight(day + DAY) - max(midnight(day), since)
        day += DAY
    return elapsed.total_seconds()


def _read_statistics(
    hass: HomeAssistant,
    pairs: Sequence[StatisticPair],
    outside: str | None,
    days: tuple[date, date] | None,
    calendar: Calendar,
) -> dict[str, list[StatisticsRow]]:
    units = {
        statistic_id: EnergyConverter.UNIT_CLASS
        for pair in pairs
        for statistic_id in (pair.electricity, pair.heat)
        if statistic_id
    }
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
) -> Recording:
    hours = [each["start"] for one in rows.values() for each in one]
    if not hours:
        raise ImportRefusedError("nothing_to_import")
    since = dt_util.utc_from_timestamp(min(hours))
    recording = Recording(plant, time_zone, since, Findings())
    _feed_pairs(recording, recording.whole, rows, pairs)
    for mode, feeder in recording.by_mode.items():
        of_mode = [pair for pair in pairs if pair.mode is mode]
        _feed_pairs(recording, feeder, rows, of_mode)
    for row in rows.get(outside or "", ()):
        if (mean_c := row.get("mean")) is not None:
            start = dt_util.utc_from_timestamp(row["start"])
            recording.add_outside(start, start + HOUR, mean_c)
    return recording


def _feed_pairs(
    recording: Recording,
    feeder: Feeder,
    rows: Mapping[str, Sequence[StatisticsRow]],
    pairs: Sequence[StatisticPair],
) -> None:
    def summed(energy: str, ids: Iterable[str | None]) -> Series:
        # One meter may stand beside the heat of two purposes.
        parts = [
            recording.possible(_spans(rows.get(each, ())), energy, each)
            for each in sorted({each for each in ids if each})
        ]
        return Series(spans=_summed(parts))

    electricity = summed(ELECTRICITY, (pair.electricity for pair in pairs))
    heat = summed(HEAT, (pair.heat for pair in pairs))
    feeder.feed(electricity, heat_readings(heat))


def _spans(rows: Iterable[StatisticsRow]) -> Iterator[EnergySpan]:
    """Yield by how much a statistic grew; after hours without one, over all of them.

    Where it falls, its counter started again, and the energy is not known.
    """
    known_until: datetime | None = None
    for row in rows:
        start = dt_util.utc_from_timestamp(row["start"])
        change_wh = row.get("change")
        if change_wh is not None and change_wh >= 0:
            yield EnergySpan(known_until or start, start + HOUR, change_wh)
        known_until = start + HOUR


def _summed(parts: Sequence[Sequence[EnergySpan]]) -> list[EnergySpan]:
    """Return the sum of statistics, over the time for which all of them are known."""
    profiles = [_load_profile(spans) for spans in parts]
    moments = sorted(set.intersection(*map(set, profiles))) if profiles else []
    return [
        EnergySpan(start, end, sum(each[end][1] - each[start][1] for each in profiles))
        for start, end in pairwise(moments)
        if all(each[start][0] == each[end][0] for each in profiles)
    ]


def _load_profile(spans: Iterable[EnergySpan]) -> dict[datetime, tuple[int, float]]:
    """Return a total by its moments, and how many times it started until then."""
    load_profile: dict[datetime, tuple[int, float]] = {}
    begun, total_wh = 0, 0.0
    for span in spans:
        if span.start not in load_profile:
            begun += 1
            load_profile[span.start] = begun, total_wh
        total_wh += span.energy_wh
        load_profile[span.end] = begun, total_wh
    return load_profile

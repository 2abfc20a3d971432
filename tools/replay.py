"""The command script/replay: what the engine counts of a CSV file."""

import argparse
from collections.abc import Iterable, Sequence
import csv
from dataclasses import asdict, astuple, dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import groupby
import json
from pathlib import Path
import sys
from typing import override
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from custom_components.heatpump_monitor.history.transfer.csv_format import (
    CsvRows,
    Finding,
    Times,
    UnusableFileError,
)
from custom_components.heatpump_monitor.history.transfer.recordings import (
    PURPOSES,
    Findings,
    Recording,
    count_rows,
)
from custom_components.heatpump_monitor.performance.flags import Flag, FlagKind
from custom_components.heatpump_monitor.performance.plant import Plant
from custom_components.heatpump_monitor.performance.rounding import rounded
from custom_components.heatpump_monitor.performance.totals.ledger import Ledger
from custom_components.heatpump_monitor.performance.totals.periods import (
    PeriodSummary,
    period_summary,
)
from custom_components.heatpump_monitor.readings import Mode

_NO_GOOD_ROW = 2
_OF_PURPOSES = tuple(f"{purpose}_" for purpose in PURPOSES.values())
# More than anybody wants to see: other programs calculate with it.
_DIGITS = 6
_HEADER = (
    f"{'':<12}{'electricity':>13}{'paired':>13}{'heat':>13}{'COP':>8}{'coverage':>10}"
)


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
class FlagGroup:
    """Flags of one kind."""

    time: datetime
    """Of the first."""
    kind: FlagKind
    detail: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Replay:
    """What the engine counted of a recording."""

    total: Figures
    years: dict[str, Figures]
    months: dict[str, Figures]
    days: dict[str, Figures]
    modes: dict[Mode, Figures]
    flags: list[FlagGroup]


@dataclass(slots=True)
class ReplayFindings(Findings):
    """What is wrong with a recording: each kind once, or every finding."""

    in_full: bool = False
    """Whether to keep every finding."""
    rows: dict[object, tuple[Finding, int]] = field(default_factory=dict)
    """The first of what is wrong with rows in the same way, and how many there are."""
    flags: dict[object, tuple[Flag, int]] = field(default_factory=dict)
    """The same of gaps, and of what the engine flagged."""
    gap_total: timedelta = timedelta()
    gap_longest: tuple[timedelta, datetime] = timedelta(), datetime.max
    """Its length and its start."""

    @override
    def add(self, finding: Finding) -> None:
        self._count(self.rows, finding, (finding.column, finding.problem))

    @override
    def add_flag(self, flag: Flag, column: str, line: int | None) -> None:
        # The rows know better than the meter which of them are missing.
        if flag.kind is not FlagKind.GAP and not column.startswith(_OF_PURPOSES):
            self._count(self.flags, flag, flag.kind)

    @override
    def add_gap(self, start: datetime, end: datetime) -> None:
        self.gap_total += end - start
        if end - start > self.gap_longest[0]:
            self.gap_longest = end - start, start
        flag = Flag(start, FlagKind.GAP, f"nothing until {end.isoformat()}")
        self._count(self.flags, flag, flag.kind)

    def row_lines(self) -> list[str]:
        """Return what is wrong with rows, as the command line prints it."""
        return [
            str(finding)
            if count == 1
            else f"{finding}, and {count - 1} more of this kind"
            for finding, count in self.rows.values()
        ]

    def flag_groups(self) -> list[FlagGroup]:
        """Return the flags, oldest first."""
        groups = [
            FlagGroup(flag.time, flag.kind, self._detail(flag, count), count)
            for flag, count in self.flags.values()
        ]
        return sorted(groups, key=lambda group: group.time)

    def _count[Kind: (Finding, Flag)](
        self, groups: dict[object, tuple[Kind, int]], found: Kind, kind: object
    ) -> None:
        group = len(groups) if self.in_full else kind
        first, count = groups.get(group, (found, 0))
        groups[group] = first, count + 1

    def _detail(self, flag: Flag, count: int) -> str:
        if count == 1:
            return flag.detail
        if flag.kind is not FlagKind.GAP:
            return f"{count} times, first: {flag.detail}"
        longest, start = self.gap_longest
        return (
            f"{count} gaps, {_hours(self.gap_total)} in all, longest "
            f"{_hours(longest)} from {start.isoformat()}"
        )


def replay(
    lines: Iterable[str],
    time_zone: tzinfo | None,
    findings: ReplayFindings | None = None,
) -> Replay | None:
    """Return what the engine counts of a CSV file; None if it has no good row.

    Without a time zone, every time needs an offset, and days are those of UTC.
    """
    findings = ReplayFindings() if findings is None else findings
    rows = CsvRows(lines, Times(time_zone), findings.add)
    recording = count_rows(rows, Plant(), time_zone or UTC, findings)
    if recording is None:
        return None
    # They are named, but count: whoever looks at a recording wants to see them.
    recording.implausible_days()
    return _replayed(recording, findings)


def _replayed(recording: Recording, findings: ReplayFindings) -> Replay:
    ledger, end = recording.whole.ledger, recording.until
    first = ledger.calendar.local_day(ledger.since or end)
    # The end itself is no part of the recording any more.
    last = max(first, ledger.calendar.local_day(end - timedelta(microseconds=1)))
    days = [first + timedelta(days=ago) for ago in range((last - first).days + 1)]
    whole = _of_days(ledger, days, end)

    def of_periods(form: str) -> dict[str, Figures]:
        periods = groupby(days, lambda day: format(day, form))
        return {name: _figures(_of_days(ledger, list(of), end)) for name, of in periods}

    return Replay(
        total=_figures(whole),
        years=of_periods("%Y"),
        months=of_periods("%Y-%m"),
        days=of_periods("%Y-%m-%d"),
        modes=_modes(recording, whole),
        flags=findings.flag_groups(),
    )


def _of_days(ledger: Ledger, days: Sequence[date], end: datetime) -> PeriodSummary:
    return period_summary(ledger, days[0], days[-1], end, since=ledger.since or end)


def _modes(recording: Recording, whole: PeriodSummary) -> dict[Mode, Figures]:
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
    for mode, feeder in recording.by_mode.items():
        if days := sorted(feeder.ledger.days):
            figures[mode] = _figures(_of_days(feeder.ledger, days, whole.end))
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


def _hours(time: timedelta) -> str:
    return f"{time.total_seconds() / 3600:.1f} h"


def main(arguments: Sequence[str] | None = None) -> int:
    """Replay the file that the command line names; return the exit code."""
    parser = argparse.ArgumentParser(prog="script/replay", add_help=False)
    parser.add_argument("file", type=Path)
    parser.add_argument("--time-zone", type=_time_zone)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--all", action="store_true")
    options = parser.parse_args(arguments)
    findings = ReplayFindings(in_full=options.all)
    try:
        with options.file.open(encoding="utf-8-sig", newline="") as lines:
            result = replay(lines, options.time_zone, findings)
    except (OSError, UnusableFileError, UnicodeDecodeError, csv.Error) as err:
        print(f"script/replay: {options.file}: {err}", file=sys.stderr)
        return _NO_GOOD_ROW
    for line in findings.row_lines():
        print(f"{options.file}, {line}", file=sys.stderr)
    if result is None:
        print(f"script/replay: {options.file}: no good row", file=sys.stderr)
        return _NO_GOOD_ROW
    print(json.dumps(_as_json(result), indent=2) if options.json else _as_text(result))
    return 0


def _time_zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ValueError, ZoneInfoNotFoundError) as err:
        raise argparse.ArgumentTypeError(f"there is no time zone {name}") from err


def _as_json(result: Replay) -> dict[str, object]:
    answer = asdict(result)
    for name in "years", "months", "days":
        answer[name] = [
            {"period": period, **figures} for period, figures in answer[name].items()
        ]
    for flag in answer["flags"]:
        flag["time"] = flag["time"].isoformat()
    return answer


def _as_text(result: Replay) -> str:
    tables = (result.days, result.months, result.years, result.modes)
    lines = [_HEADER, *(_line(*item) for table in tables for item in table.items())]
    lines.append(_line("total", result.total))
    lines += [
        f"{flag.time.isoformat()}  {flag.kind}: {flag.detail}" for flag in result.flags
    ]
    return "\n".join(lines)


def _line(name: str, figures: Figures) -> str:
    cop = "-" if figures.cop is None else f"{figures.cop:.2f}"
    coverage = "-" if figures.coverage is None else f"{figures.coverage:.1%}"
    columns = "".join(
        f"{'-' if energy_kwh is None else f'{energy_kwh:.3f} kWh':>13}"
        for energy_kwh in astuple(figures)[:3]
    )
    return f"{name:<12}{columns}{cop:>8}{coverage:>10}"


if __name__ == "__main__":
    sys.exit(main())

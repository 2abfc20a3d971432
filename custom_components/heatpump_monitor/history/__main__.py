"""The command line of script/replay."""

import argparse
from collections.abc import Mapping, Sequence
import csv
from dataclasses import asdict
from datetime import UTC, tzinfo
import json
from pathlib import Path
import sys
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .replay import Figures, Replay, replay
from .transfer.csv_format import RecordingError, read_recording

_NO_GOOD_ROW = 2
_HEADER = (
    f"{'':<12}{'electricity':>13}{'paired':>13}{'heat':>13}{'COP':>8}{'coverage':>10}"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Replay the file that the command line names; return the exit code."""
    parser = argparse.ArgumentParser(prog="script/replay", add_help=False)
    parser.add_argument("file", type=Path)
    parser.add_argument("--time-zone", type=_time_zone)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    try:
        with options.file.open(encoding="utf-8-sig", newline="") as lines:
            recording = read_recording(lines, options.time_zone)
    except (OSError, RecordingError, UnicodeDecodeError, csv.Error) as err:
        print(f"script/replay: {options.file}: {err}", file=sys.stderr)
        return _NO_GOOD_ROW
    for complaint in recording.complaints:
        print(f"{options.file}, {complaint}", file=sys.stderr)
    if not recording.rows:
        print(f"script/replay: {options.file}: no good row", file=sys.stderr)
        return _NO_GOOD_ROW
    result = replay(recording.rows, options.time_zone or UTC)
    print(json.dumps(_as_json(result), indent=2) if options.json else _as_text(result))
    return 0


def _time_zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ValueError, ZoneInfoNotFoundError) as err:
        raise argparse.ArgumentTypeError(f"there is no time zone {name}") from err


def _as_json(result: Replay) -> dict[str, object]:
    return {
        "total": asdict(result.total),
        "years": _periods(result.years),
        "months": _periods(result.months),
        "days": _periods(result.days),
        "modes": {mode: asdict(figures) for mode, figures in result.modes.items()},
        "flags": [
            {"time": flag.time.isoformat(), "kind": flag.kind, "detail": flag.detail}
            for flag in result.flags
        ],
    }


def _periods(periods: Mapping[str, Figures]) -> list[dict[str, object]]:
    return [{"period": name, **asdict(figures)} for name, figures in periods.items()]


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
    energies = (
        figures.electricity_kwh,
        figures.paired_electricity_kwh,
        figures.heat_kwh,
    )
    columns = "".join(f"{_kwh(energy_kwh):>13}" for energy_kwh in energies)
    return f"{name:<12}{columns}{cop:>8}{coverage:>10}"


def _kwh(energy_kwh: float | None) -> str:
    return "-" if energy_kwh is None else f"{energy_kwh:.3f} kWh"


if __name__ == "__main__":
    sys.exit(main())

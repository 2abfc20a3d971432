"""The command line of the measurements."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
import json
from pathlib import Path
import sys
from typing import TextIO

from simulator.state import Variant

from .accuracy import measured
from .report import as_json, as_markdown, as_text

# A week of frozen counters from the middle on needs a second half of that length.
_FEWEST_DAYS = 16


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a measurement; return 1 if what it is to reach was missed."""
    options = _options(arguments)
    return _accuracy(options)


def _accuracy(options: Namespace) -> int:
    variants = [Variant(options.variant)] if options.variant else list(Variant)
    measure = partial(
        measured,
        days=options.days,
        meter_s=options.meter_interval,
        seed=options.seed,
    )
    with ProcessPoolExecutor(len(variants)) as pool:
        rows = [row for rows in pool.map(measure, variants) for row in rows]
    missed = [text for row in rows for text in row.missed()]
    if options.json:
        report = {
            "days": options.days,
            "meter_interval_s": options.meter_interval,
            "seed": options.seed,
            "missed": missed,
            "rows": as_json(rows),
        }
        options.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    table = as_markdown(rows) if options.markdown else as_text(rows)
    _say(sys.stdout, f"{table}\n")
    _say(sys.stdout, _notes(options))
    for text in missed:
        _say(sys.stdout, f"MISSED: {text}")
    return 1 if missed else 0


def _notes(options: Namespace) -> str:
    return (
        f"{options.days} simulated days from 1 October, meter read every "
        f"{options.meter_interval} s, heat pump every 300 s; errors against the "
        "simulation's truth. A restart is a crash: the state is the one saved with "
        "the last closed interval."
    )


def _options(arguments: Sequence[str] | None) -> Namespace:
    parser = ArgumentParser(
        prog="script/benchmark",
        description="Measure the integration against the physical model's truth.",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    accuracy = commands.add_parser(
        "accuracy",
        help="a simulated year through the engine, clean and under faults",
        description=(
            "Runs simulated days of both heat pumps through the engine, clean and "
            "under faults, and beside it what helpers of Home Assistant make of the "
            "same readings. Ends with 1 if electricity is off by more than 0.1 % in "
            "any scenario, or the air unit's JAZ by more than 0.5 % (clean) or 1 % "
            "(faults)."
        ),
    )
    accuracy.add_argument(
        "--days", type=_days, default=365, help="how many, from 1 October (365)"
    )
    accuracy.add_argument("--variant", choices=[one.value for one in Variant])
    accuracy.add_argument(
        "--meter-interval",
        type=int,
        choices=(10, 20, 30, 60),
        default=30,
        help="seconds between two readings of the meter (30)",
    )
    accuracy.add_argument("--seed", type=int, default=1, help="weather and habits (1)")
    accuracy.add_argument("--json", type=Path, metavar="FILE", help="all figures")
    accuracy.add_argument(
        "--markdown", action="store_true", help="print the table as markdown"
    )
    return parser.parse_args(arguments)


def _days(text: str) -> int:
    """Return a number of days.

    Raises:
        ValueError: If it is none, or too small for the scenarios.
    """
    days = int(text)
    if days < _FEWEST_DAYS:
        raise ValueError(f"at least {_FEWEST_DAYS}")
    return days


def _say(stream: TextIO, text: str) -> None:
    stream.write(f"{text}\n")
    stream.flush()


if __name__ == "__main__":
    sys.exit(main())

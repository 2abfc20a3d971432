"""The command line of the measurements."""

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from functools import partial
import gc
import json
from pathlib import Path
import sys
from typing import TextIO

from custom_components.heatpump_monitor.performance.plant import SourceKind
from simulator.state import Variant

from .accuracy import (
    SINGLE_FAULT_DAYS,
    by_plant,
    measured,
    measured_by_entities,
    measured_cases,
)
from .alarms import FEWEST_DAYS, alarms_json, alarms_text, measured_alarms
from .bands import bands_missed, bands_text, measured_band
from .changes import command as changes, records
from .changes.report import table
from .cost import command as cost
from .cost.report import costs_text, details_text
from .drawn_cases import cases
from .drawn_replay import DrawnOutcome
from .drawn_report import DrawnRow, drawn_markdown, drawn_rows, drawn_text
from .entities.cases import entity_cases, matching
from .export import command as export
from .export.figures import figures_text
from .peaks import command as peaks
from .probes import command as probes
from .probes.report import missed as probes_missed, probes_text
from .report import Row, as_json, as_markdown, as_text

# A week of frozen counters from the middle on needs a second half of that length.
_FEWEST_DAYS = 16
_PROCESSES = 2
_YEAR, _DRAWN, _ENTITIES = "year", "drawn", "entities"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a measurement; return 1 if what it is to reach was missed."""
    options = _options(arguments)
    return _COMMANDS[options.command](options)


def _accuracy(options: Namespace) -> int:
    rows, drawn, entities = _measured(options)
    missed = [text for row in rows for text in row.missed()]
    missed += [text for row in (*drawn, *entities) for text in row.missed()]
    report = {
        "days": options.days,
        "meter_interval_s": options.meter_interval,
        "seed": options.seed,
        "missed": missed,
        "rows": as_json(rows),
        "drawn": as_json(drawn),
        "entities": as_json(entities),
    }
    _write(options.json, report)
    if rows:
        table = as_markdown(rows) if options.markdown else as_text(rows)
        _say(sys.stdout, f"{table}\n\n{_year_notes(options)}\n")
    for found, notes in ((drawn, _DRAWN_NOTES), (entities, _ENTITIES_NOTES)):
        if found:
            table = drawn_markdown(found) if options.markdown else drawn_text(found)
            _say(sys.stdout, f"{table}\n\n{notes}\n")
    for text in missed:
        _say(sys.stdout, f"MISSED: {text}")
    return 1 if missed else 0


def _bands(options: Namespace) -> int:
    variants = [Variant(options.variant)] if options.variant else list(Variant)
    with _pool() as pool:
        futures = [
            pool.submit(measured_band, SourceKind(variant.value), number)
            for variant in variants
            for number in range(options.plants)
        ]
    rows = [one.result() for one in futures]
    missed = bands_missed(rows)
    _write(options.json, {"missed": missed, "rows": as_json(one.row for one in rows)})
    _say(sys.stdout, bands_text(rows, markdown=options.markdown))
    _say(sys.stdout, f"\n{_BANDS_NOTES}\n")
    for text in missed:
        _say(sys.stdout, f"MISSED: {text}")
    return 1 if missed else 0


def _cost(options: Namespace) -> int:
    costs = cost.measure(
        options, lambda outcome: _say(sys.stdout, f"{details_text(outcome)}\n")
    )
    missed = costs.missed()
    _write(options.json, cost.as_json(costs))
    _say(sys.stdout, costs_text(costs, markdown=options.markdown))
    for text in missed:
        _say(sys.stdout, f"MISSED: {text}")
    return 1 if missed else 0


def _alarms(options: Namespace) -> int:
    variants = [Variant(options.variant)] if options.variant else list(Variant)
    live = partial(measured_alarms, days=options.days, seed=options.seed)
    with _pool() as pool:
        rows = [row for each in pool.map(live, variants) for row in each]
    missed = [text for row in rows if (text := row.missed)]
    _write(options.json, {"missed": missed, "rows": alarms_json(rows)})
    _say(sys.stdout, alarms_text(rows, markdown=options.markdown))
    for text in missed:
        _say(sys.stdout, f"MISSED: {text}")
    return 1 if missed else 0


def _changes(options: Namespace) -> int:
    if options.fit:
        changes.fit(partial(_say, sys.stdout))
        return 0
    with _pool() as pool:
        rows = changes.rows(options, pool, partial(_say, sys.stderr))
    missed = [text for row in rows if (text := row.missed)]
    _write(options.json, {"missed": missed, "rows": changes.as_json(rows)})
    _say(sys.stdout, table(rows, markdown=options.markdown))
    _say(sys.stdout, f"\nFull simulations: {records.origin()}.")
    for text in missed:
        _say(sys.stdout, f"MISSED: {text}")
    return 1 if missed else 0


def _export(options: Namespace) -> int:
    figures, missed = export.measure(options, partial(_say, sys.stderr))
    _write(options.json, {"missed": missed, "figures": export.as_json(figures)})
    _say(sys.stdout, figures_text(figures, markdown=options.markdown))
    _say(sys.stdout, f"\n{export.NOTES}\n")
    for text in missed:
        _say(sys.stdout, f"MISSED: {text}")
    return 1 if missed else 0


def _peaks(options: Namespace) -> int:
    with _pool() as pool:
        rows = peaks.rows(options, pool)
    missed = [text for row in rows for text in row.missed()]
    _write(options.json, {"missed": missed, "rows": peaks.as_json(rows)})
    _say(sys.stdout, peaks.table(rows, markdown=options.markdown))
    for text in missed:
        _say(sys.stdout, f"MISSED: {text}")
    return 1 if missed else 0


def _probes(options: Namespace) -> int:
    with _pool() as pool:
        rows = probes.measured(options, pool)
    missed = probes_missed(rows)
    _write(options.json, {"missed": missed, "rows": probes.as_json(rows)})
    _say(sys.stdout, probes_text(rows, markdown=options.markdown))
    for text in missed:
        _say(sys.stdout, f"MISSED: {text}")
    return 1 if missed else 0


_COMMANDS = {
    "accuracy": _accuracy,
    "alarms": _alarms,
    "bands": _bands,
    "changes": _changes,
    "cost": _cost,
    "export": _export,
    "peaks": _peaks,
    "probes": _probes,
}


def _pool() -> Executor:
    # Millions of readings live for long, and none of them is part of a cycle.
    return ProcessPoolExecutor(_PROCESSES, initializer=gc.disable)


def _measured(options: Namespace) -> tuple[list[Row], list[DrawnRow], list[DrawnRow]]:
    """Measure in two processes."""
    variants = [Variant(options.variant)] if options.variant else list(Variant)
    years: dict[Variant, Future[list[Row]]] = {}
    groups: list[list[Future[list[DrawnOutcome]]]] = []
    told: list[list[Future[list[DrawnOutcome]]]] = []
    with _pool() as pool:
        # The longest task goes first: the air unit's year has more scenarios.
        for variant in reversed(variants if _asks(options, _YEAR) else []):
            years[variant] = pool.submit(
                measured,
                variant,
                days=options.days,
                meter_s=options.meter_interval,
                seed=options.seed,
            )
        for variant in variants if _asks(options, _DRAWN) else []:
            found = cases(SourceKind(variant.value))
            asked = [case for case in found if options.match in case.name]
            groups.append(
                [pool.submit(measured_cases, group) for group in by_plant(asked)]
            )
        for variant in variants if _asks(options, _ENTITIES) else []:
            ways = matching(entity_cases(SourceKind(variant.value)), options.match)
            told.append([pool.submit(measured_by_entities, [way]) for way in ways])
    rows = [row for variant in reversed(years) for row in years[variant].result()]
    return rows, _drawn_rows(groups), _drawn_rows(told)


def _asks(options: Namespace, rows: str) -> bool:
    return options.rows in (None, rows)


def _drawn_rows(groups: list[list[Future[list[DrawnOutcome]]]]) -> list[DrawnRow]:
    """Return the rows of each kind of heat pump."""
    return [
        row
        for futures in groups
        for row in drawn_rows([each for one in futures for each in one.result()])
    ]


def _year_notes(options: Namespace) -> str:
    return (
        f"{options.days} simulated days from 1 October, meter read every "
        f"{options.meter_interval} s, heat pump every 300 s; errors against the "
        "simulation's truth. Faults but lost polls are laid over the first "
        f"{min(options.days, SINGLE_FAULT_DAYS)} days. A restart is a crash: the state "
        "is the one saved with the last closed interval."
    )


_DRAWN_NOTES = (
    "Plants of their own beside the simulator: 40 to 100 days in four seasons unless "
    "said otherwise, meter read every 30 s, heat pump every 300 s, delays up to 5 min. "
    "Rated power and flow sensor are true. Electricity of a mode is held against that "
    "mode, that of defrost and standby against all electricity. `moved` is the JAZ "
    "beside that of the same case with nothing stuck; `found after` is the longest "
    "time that the compressor ran meanwhile. Limits: JAZ, heating and hot-water COP, "
    "hot-water COP in 95 % of the windows of 60 charges, all in percent."
)


_ENTITIES_NOTES = (
    "A drawn month, half winter and half autumn, by our own sources and by entities of "
    "other integrations in a Home Assistant: temperatures in steps of 0.1 °C, flow of "
    "0.1 l/min, power of 1 W, counters of 0.01 kWh unless said otherwise, each at its "
    "own pace. The meter is read every 10 s, entities of a heat pump once a minute, the "
    "cloud every 5 min. `cloud` is one that is up to 5 min late and stamps arrivals. "
    "`troubles` are ten restarts, hours in which entities are unavailable, counters "
    "that start again, entities renamed, and one removed for a day. `moved` is the JAZ "
    "beside that of the direct way."
)


_BANDS_NOTES = (
    "Drawn plants of 40 days in four seasons each, with errors of rated power (sd 5 %, "
    "2 % where data-sheet points are given), flow sensor (sd 2.5 %) and spread (sd "
    "0.1 K), and delays up to 5 min; the meter is read once a minute. A figure without "
    "a band counts as one whose band does not hold the truth."
)


def _options(arguments: Sequence[str] | None) -> Namespace:
    parser = ArgumentParser(
        prog="script/benchmark",
        description="Measure the integration against the truth of model plants.",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    accuracy = commands.add_parser(
        "accuracy",
        help="simulated years and drawn plants through the engine, kind and unkind",
        description=(
            "Runs simulated days of both heat pumps through the engine, clean and "
            "under faults, and beside it what helpers of Home Assistant make of the "
            "same readings; then plants that are drawn independently of the "
            "simulator, with late, stuck and contradictory values. Ends with 1 if a "
            "limit is missed, and says which."
        ),
    )
    accuracy.add_argument(
        "--days", type=_days, default=365, help="how many, from 1 October (365)"
    )
    accuracy.add_argument(
        "--rows",
        choices=(_YEAR, _DRAWN, _ENTITIES),
        help="only the simulated year, the drawn plants, or what entities tell",
    )
    accuracy.add_argument(
        "--match", default="", metavar="TEXT", help="only drawn rows so named"
    )
    accuracy.add_argument(
        "--meter-interval",
        type=int,
        choices=(10, 20, 30, 60),
        default=60,
        help="seconds between two readings of the meter in the simulated year (60)",
    )
    accuracy.add_argument("--seed", type=int, default=1, help="weather and habits (1)")
    bands = commands.add_parser(
        "bands",
        help="how often the bands hold the truth of drawn plants",
        description=(
            "Runs drawn plants with errors of rated power and sensors through the "
            "engine. Ends with 1 if a band holds the truth of less than 95 % of the "
            "plants of a kind."
        ),
    )
    bands.add_argument(
        "--plants", type=int, default=200, help="how many of each kind (200)"
    )
    costs = commands.add_parser(
        "cost",
        help="CPU, rows, bytes and requests of a day",
        description=cost.DESCRIPTION,
    )
    cost.add_options(costs)
    alarms = commands.add_parser(
        "alarms",
        help="alarms of a healthy life, and how soon faults are found",
        description=(
            "Runs simulated days of both heat pumps through the engine and checks "
            "the alarms: healthy, also with other settings in the last 35 days, and "
            "with a fault in them. Ends with 1 "
            "if a healthy life has an alarm, or a fault has none."
        ),
    )
    alarms.add_argument(
        "--days", type=_days_of_alarms, default=365, help="from 1 September (365)"
    )
    alarms.add_argument("--seed", type=int, default=1, help="weather and habits (1)")
    changed = commands.add_parser(
        "changes",
        help="the change log, the effect of a change, and alarms of worn plants",
        description=changes.DESCRIPTION,
    )
    changes.add_options(changed)
    quarters = commands.add_parser(
        "peaks",
        help="quarter-hours, month peaks, forecast and warning of a house meter",
        description=peaks.DESCRIPTION,
    )
    peaks.add_options(quarters)
    cooked = commands.add_parser(
        "probes",
        help="time to target and alarms of probes in simulated cooks",
        description=probes.DESCRIPTION,
    )
    probes.add_options(cooked)
    for command in (accuracy, alarms, bands, changed, costs):
        command.add_argument("--variant", choices=[one.value for one in Variant])
    exported = commands.add_parser(
        "export",
        help="speed, cost and durability of the export, with real databases",
        description=export.DESCRIPTION,
    )
    export.add_options(exported)
    for command in (
        accuracy,
        alarms,
        bands,
        changed,
        cooked,
        costs,
        exported,
        quarters,
    ):
        command.add_argument("--json", type=Path, metavar="FILE", help="all figures")
        command.add_argument(
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


def _days_of_alarms(text: str) -> int:
    """Return a number of days.

    Raises:
        ValueError: If it is none, or leaves no past to compare with.
    """
    days = int(text)
    if days < FEWEST_DAYS:
        raise ValueError(f"at least {FEWEST_DAYS}")
    return days


def _write(path: Path | None, report: Mapping[str, object]) -> None:
    """Write all figures as JSON, if asked."""
    if path is not None:
        path.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


def _say(stream: TextIO, text: str) -> None:
    stream.write(f"{text}\n")
    stream.flush()


if __name__ == "__main__":
    sys.exit(main())

"""`script/benchmark export`: what is measured, and where losses are looked for."""

from argparse import ArgumentParser, Namespace
import asyncio
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from custom_components.heatpump_monitor.const import TargetKind

from .core import core_figures
from .disk import disk_figures
from .durability.child import nursery
from .durability.life import full_day, lived, quick_restarts
from .figures import Figure
from .fleet import fleet_figures
from .flush import flush_figures
from .home import DAY_CYCLES

DESCRIPTION: Final = (
    "Measures the export against a real VictoriaMetrics, and kills it, its database "
    "and the connection between them by drawn seeds. Ends with 1 if a limit is missed "
    "or a value is lost, wrong or twice, and says which."
)
NOTES: Final = (
    "backlog: a home with a three-phase meter, P1, four probes (all every 10 s) and a "
    "heat pump (every 5 min); the server is away first, so that the sender recovers "
    "from failures, and the time begins with the first batch that is taken. Live "
    "cycles come every 0.2 s. bytes a day: the kernel's count for the process, all "
    "changed pages written back every 30 s as by Linux. homes: the export's own target "
    "writes each home's cycle in a request of its own, from two processes; spools are "
    "left out. disk: written fast, then merged; noise in all powers. core: what Home "
    "Assistant's own InfluxDB integration sends, recorded in real time."
)
_PARTS: Final = ("backlog", "disk", "fleet", "durability", "core")
_LIVES: Final = (
    (TargetKind.VICTORIA_METRICS, full_day, DAY_CYCLES),
    (TargetKind.VICTORIA_METRICS, quick_restarts, 360),
    (TargetKind.INFLUXDB1, full_day, DAY_CYCLES),
    (TargetKind.INFLUXDB2, full_day, 2_160),
    (TargetKind.INFLUXDB3, full_day, 2_160),
    (TargetKind.EMONCMS, full_day, 2_160),
)


def add_options(parser: ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "parts",
        nargs="*",
        choices=[*_PARTS, []],
        metavar="PART",
        help=f"only these, of {', '.join(_PARTS)}",
    )
    parser.add_argument(
        "--days", type=float, default=7.0, help="of backlog, of 10 s each (7)"
    )
    parser.add_argument(
        "--homes", type=int, default=1000, help="that send at once (1000)"
    )
    parser.add_argument(
        "--minutes", type=float, default=2.0, help="for which they send (2)"
    )
    parser.add_argument(
        "--outage-minutes",
        type=float,
        default=2.0,
        help="for which the database is away beside Home Assistant's integration (2)",
    )
    parser.add_argument(
        "--stored-days", type=float, default=3.0, help="of which disk is measured (3)"
    )
    parser.add_argument(
        "--seeds", type=int, default=3, help="lives of each database (3)"
    )


def measure(
    options: Namespace, say: Callable[[str], None]
) -> tuple[list[Figure], list[str]]:
    """Return all figures, and what was missed."""
    figures: list[Figure] = []
    missed: list[str] = []
    for part in options.parts or _PARTS:
        say(f"{part} ...")
        with TemporaryDirectory(prefix="export-") as name:
            folder = Path(name)
            if part == "backlog":
                figures += asyncio.run(flush_figures(folder, options.days))
            elif part == "disk":
                figures += disk_figures(folder)
            elif part == "fleet":
                figures += asyncio.run(
                    fleet_figures(
                        folder, options.homes, options.minutes, options.stored_days
                    )
                )
            elif part == "core":
                figures += asyncio.run(
                    core_figures(
                        folder,
                        options.minutes,
                        options.outage_minutes,
                        options.homes,
                    )
                )
            else:
                found, lost = asyncio.run(_durability(folder, options.seeds))
                figures += found
                missed += lost
    missed += [text for each in figures if (text := each.missed)]
    return figures, missed


def as_json(figures: Iterable[Figure]) -> list[dict[str, object]]:
    """Return all figures."""
    return [asdict(each) for each in figures]


async def _durability(folder: Path, seeds: int) -> tuple[list[Figure], list[str]]:
    """Return what was killed and what was lost, by database and life."""
    figures: list[Figure] = []
    missed: list[str] = []
    async with nursery(folder) as children:
        for kind, story, cycles in _LIVES:
            outcomes = []
            for seed in range(1, seeds + 1):
                own = folder / f"{kind}-{story.__name__}-{seed}"
                own.mkdir()
                outcomes.append(
                    await lived(children, own, kind, story, seed=seed, cycles=cycles)
                )
            missed += [text for one in outcomes if (text := one.missed)]
            for name, value, most in (
                ("values", sum(one.verdict.values for one in outcomes), None),
                ("kills of the export", sum(one.kills for one in outcomes), None),
                (
                    "kills of the database",
                    sum(one.database_kills for one in outcomes),
                    None,
                ),
                (
                    "other faults",
                    sum(sum(one.faults.values()) for one in outcomes),
                    None,
                ),
                ("stored twice, shown once", sum(one.hidden for one in outcomes), None),
                ("missing", sum(one.verdict.missing for one in outcomes), 0.0),
                ("wrong", sum(one.verdict.wrong for one in outcomes), 0.0),
                ("twice", sum(one.verdict.twice for one in outcomes), 0.0),
            ):
                part = outcomes[0].name
                figures.append(Figure(part=part, name=name, value=value, most=most))
    return figures, missed

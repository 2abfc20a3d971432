"""Runs simulated cooks through the engine of a probe."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from concurrent.futures import Executor
from dataclasses import asdict

from .cooks import Kind, draw
from .replay import Watched, watch
from .report import ProbeRow, rows

SEED = 7
"""Seed 101 was used to find the limits; all others check them."""
COOKS = 60
DESCRIPTION = (
    "Draws simulated cooks, sends them through a cloud with noise, delay and gaps, and "
    "asks the engine of a probe when the target is reached. Ends with 1 if a limit is "
    "missed, and says which."
)


def add_options(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "--cooks", type=int, default=COOKS, help=f"how many of each kind ({COOKS})"
    )
    parser.add_argument("--seed", type=int, default=SEED, help=f"of the draw ({SEED})")


def measured(options: Namespace, pool: Executor) -> list[ProbeRow]:
    """Return the rows of the tables."""
    futures = [
        pool.submit(watched_kind, kind, options.cooks, options.seed) for kind in Kind
    ]
    return rows([one for future in futures for one in future.result()])


def watched_kind(kind: Kind, count: int, seed: int) -> list[Watched]:
    """Return what the engine says of the cooks of one kind."""
    return [
        watch(cook, 1000 * seed + number)
        for number, cook in enumerate(draw(kind, count, seed))
    ]


def as_json(found: Iterable[ProbeRow]) -> list[dict[str, object]]:
    """Return the rows as what JSON can hold."""
    return [asdict(row) for row in found]

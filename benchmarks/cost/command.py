"""The command line of the cost measurement."""

from argparse import ArgumentParser, Namespace
import asyncio
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from simulator import Variant

from .job import Household, Outcome
from .report import Costs
from .stage import Settings, measured

DESCRIPTION = (
    "Runs a simulated day of a real Home Assistant with a real recorder, on a clock "
    "that jumps from timer to timer: empty, with this integration, with shelly and "
    "vicare of core, and with the helpers that an owner adds to these. Ends with 1 "
    "if a limit is missed, and says which."
)


def add_options(parser: ArgumentParser) -> None:
    """Add the options of this measurement."""
    parser.add_argument(
        "--only",
        action="append",
        choices=[str(each) for each in Household],
        metavar="HOUSEHOLD",
        help=f"measure this, may be repeated: {', '.join(Household)}",
    )
    parser.add_argument("--hours", type=float, default=24.0, help="how many (24)")
    parser.add_argument(
        "--years", type=int, default=1, help="in the ledger of ours at the start (1)"
    )
    parser.add_argument("--seed", type=int, default=1, help="weather and habits (1)")
    parser.add_argument(
        "--by-entity", action="store_true", help="list what each entity has written"
    )
    parser.add_argument(
        "--profile", type=Path, metavar="FILE", help="profile the event loop of ours"
    )


def measure(options: Namespace, on_measured: Callable[[Outcome], None]) -> Costs:
    """Measure one household after the other.

    Args:
        options: Of the command line.
        on_measured: Takes each outcome as soon as it is known.
    """
    settings = Settings(
        variant=Variant(options.variant or Variant.AIR),
        seed=options.seed,
        hours=options.hours,
        years=options.years,
        by_entity=options.by_entity,
        profile=str(options.profile.absolute()) if options.profile else "",
    )
    chosen = [Household(each) for each in options.only or Household]
    outcomes = {}
    for household in chosen:
        with TemporaryDirectory(prefix="cost-") as folder:
            outcomes[household] = asyncio.run(
                measured(household, Path(folder), settings)
            )
        on_measured(outcomes[household])
    return Costs(options.hours, outcomes)


def as_json(costs: Costs) -> dict[str, object]:
    """Return all figures."""
    return {
        "hours": costs.hours,
        "of_core": costs.of_core,
        "of_requests": costs.of_requests,
        "missed": costs.missed(),
        "households": [asdict(each) for each in costs.outcomes.values()],
    }

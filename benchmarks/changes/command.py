"""Runs the measurements of changes: two years, drawn winters, recorded winters."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import asdict

from simulator.state import Variant

from . import records
from .coverage import SEEDS, SPANS, cases_of, covered
from .fitted import HOT_WATER_EFFECT, HOUSE, SLOPE_AFTER
from .fitting import agreements, fitted
from .life import COMPARED_DAYS, live_changed, live_healthy, live_planned
from .report import Row, coverage_rows, life_rows, model_rows, winter_rows
from .winter import SEEDS as WINTERS, WinterRow, winter_of
from .years import SEEDS as YEARS, SimulatedDay, day_of

PARTS = ("lives", "model", "winters", "drawn")
DESCRIPTION = (
    "Lives through two years of both heat pumps, with changed settings and faults and "
    "without; draws winters of a daily model; and shows what was recorded of full "
    "simulations. Ends with 1 if something that is asked was missed."
)
_NOT_RECORDED = "not recorded: script/benchmark changes --record"


def add_options(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "--record",
        action="store_true",
        help="first make the full simulations that are missing in .benchmark (hours)",
    )
    parser.add_argument(
        "--fit",
        action="store_true",
        help="only print the daily model's parameters, fitted to the records",
    )
    parser.add_argument("--part", choices=PARTS, help="only this part")
    parser.add_argument(
        "--seeds", type=int, default=SEEDS, help=f"drawn winters of a case ({SEEDS})"
    )


def rows(options: Namespace, pool: Executor, say: Callable[[str], None]) -> list[Row]:
    """Return all rows of the table."""
    if options.record:
        records.record_missing(pool, say)
    variants = [Variant(options.variant)] if options.variant else list(Variant)
    parts: dict[str, Callable[[], Iterable[Row]]] = {
        # The longest goes first.
        "lives": lambda: _lives(pool, variants, say),
        "model": lambda: _model(pool),
        "drawn": lambda: _drawn(pool, range(options.seeds)),
        "winters": lambda: _winters(variants),
    }
    return [
        row
        for name, part in parts.items()
        if options.part in (None, name)
        for row in part()
    ]


def fit(say: Callable[[str], None]) -> None:
    """Print the parameters of the daily model."""
    years, changed = _years()
    if not years or changed is None:
        say(_NOT_RECORDED)
        return
    house, slope_after, hot_water_effect = fitted(years, changed)
    say(f"HOUSE = {house}")
    say(f"SLOPE_AFTER = {slope_after}")
    say(f"HOT_WATER_EFFECT = {hot_water_effect}")


def as_json(found: Iterable[Row]) -> list[dict[str, object]]:
    """Return the rows as what JSON can hold."""
    return [asdict(row) for row in found]


def _lives(
    pool: Executor, variants: Iterable[Variant], say: Callable[[str], None]
) -> Iterator[Row]:
    futures = [
        (
            pool.submit(live_planned, variant),
            pool.submit(live_healthy, variant),
            pool.submit(live_changed, variant, COMPARED_DAYS),
        )
        for variant in variants
    ]
    for planned, healthy, changed in futures:
        lived = planned.result()
        say(f"{lived.variant}: lived with changes and faults")
        yield from life_rows(lived, healthy.result(), changed.result())


def _model(pool: Executor) -> Iterator[Row]:
    years, _ = _years()
    if years:
        yield from model_rows(pool.submit(agreements, years, HOUSE).result())
    else:
        yield _missing("daily model")


def _drawn(pool: Executor, seeds: range) -> Iterator[Row]:
    futures = [
        pool.submit(covered, case, seeds, before, after)
        for case in cases_of(HOUSE, SLOPE_AFTER, HOT_WATER_EFFECT)
        for before, after in SPANS
    ]
    yield from coverage_rows(future.result() for future in futures)


def _winters(variants: Iterable[Variant]) -> Iterator[Row]:
    found: list[WinterRow] = []
    for variant in variants:
        for seed in WINTERS:
            kept = records.rows_of(f"winter-{variant}-{seed}") or []
            found += [winter_of(row) for row in kept]
    if found:
        yield from winter_rows(found)
    else:
        yield _missing("winters")


def _years() -> tuple[list[list[SimulatedDay]], list[SimulatedDay] | None]:
    """Return the recorded years, and the one that had the changes."""
    names = [f"year-{seed}" for seed in YEARS]
    years = [kept for name in names if (kept := _year(name)) is not None]
    return years, _year(f"year-{records.CHANGED}")


def _year(name: str) -> list[SimulatedDay] | None:
    kept = records.rows_of(name)
    return None if kept is None else [day_of(row) for row in kept]


def _missing(part: str) -> Row:
    return Row(
        part=part, figure="-", asked="recorded", measured=_NOT_RECORDED, is_missed=True
    )

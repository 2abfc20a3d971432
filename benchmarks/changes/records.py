"""Full simulations that take long: recorded once, into a folder that git ignores."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, as_completed
from dataclasses import dataclass
from datetime import UTC, datetime
import json
from pathlib import Path
import subprocess
from typing import Any

from simulator.state import PlannedChange, Variant

from . import winter, years
from .life import PLAN

FOLDER = Path(__file__).parents[2] / ".benchmark" / "changes"
CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Record:
    """One simulation of its own, and its file."""

    name: str
    make: Callable[[], list[dict[str, object]]]

    @property
    def path(self) -> Path:
        """Return where it is kept."""
        return FOLDER / f"{self.name}.json"


@dataclass(frozen=True, slots=True)
class _Year:
    seed: int
    plan: tuple[PlannedChange, ...] = ()

    def __call__(self) -> list[dict[str, object]]:
        return years.as_json(years.simulated_year(self.seed, self.plan))


@dataclass(frozen=True, slots=True)
class _Winter:
    variant: Variant
    seed: int

    def __call__(self) -> list[dict[str, object]]:
        return winter.as_json(winter.live_winter(self.variant, self.seed))


def all_records() -> Iterator[Record]:
    """Yield all that is to be recorded, what the daily model needs first."""
    for seed in years.SEEDS:
        yield Record(f"year-{seed}", _Year(seed))
    # The same year with the changes from its beginning.
    changes = tuple(
        PlannedChange(epoch_s=0.0, item=each.change.item, by=each.change.by)
        for each in PLAN
    )
    yield Record(f"year-{CHANGED}", _Year(years.SEEDS[0], changes))
    for seed in winter.SEEDS:
        for variant in Variant:
            yield Record(f"winter-{variant}-{seed}", _Winter(variant, seed))


def record_missing(pool: Executor, say: Callable[[str], None]) -> None:
    """Make all records that are not there yet; to make one anew, delete its file."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    commit = _commit()
    missing = [each for each in all_records() if not each.path.exists()]
    futures = {pool.submit(each.make): each for each in missing}
    for future in as_completed(futures):
        each = futures[future]
        kept = {
            "made_at": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
            "commit": commit,
            "rows": future.result(),
        }
        each.path.write_text(json.dumps(kept), encoding="utf-8")
        say(f"recorded {each.name}")


def rows_of(name: str) -> list[dict[str, Any]] | None:
    """Return the rows of a record; None if there is none."""
    path = FOLDER / f"{name}.json"
    if not path.exists():
        return None
    rows: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["rows"]
    return rows


def origin() -> str:
    """Return when the records were made, and of which commit."""
    kept = [
        json.loads(each.path.read_text("utf-8"))
        for each in all_records()
        if each.path.exists()
    ]
    if not kept:
        return "nothing is recorded"
    commits = sorted({each["commit"] for each in kept})
    made = sorted(each["made_at"] for each in kept)
    return (
        f"{len(kept)} records of commit {', '.join(commits)}, {made[0]} to {made[-1]}"
    )


def _commit() -> str:
    """Return the commit that runs, with a plus if files differ from it."""
    described = subprocess.run(
        ["git", "describe", "--always", "--dirty=+", "--exclude=*"],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return described.stdout.strip() or "unknown"

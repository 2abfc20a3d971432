"""Lives of an export in which everything goes wrong, each drawn by a seed."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

import aiohttp
from yarl import URL

from benchmarks.export.home import DAY_CYCLES
from benchmarks.export.targets import target_of
from custom_components.heatpump_monitor.const import TargetKind

from .child import Child, Nursery
from .databases import DATABASES, Database
from .job import Job
from .proxy import SILENCES, Fault, FaultyProxy
from .verdict import Verdict, verdict

_TIMEOUT_S: Final = 1.0
"""Instead of a minute: for how long the export waits for an answer."""
_RESEND_S: Final = 10.0
"""Of VictoriaMetrics, instead of a minute: it writes every few seconds to the disk."""
_FULL_AFTER_BYTES: Final = 20_000
_FULL_CYCLES: Final = 20
_PATIENCE_S: Final = 60.0
_GLANCE_S: Final = 0.1
_PARTS: Final = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """How a life ended."""

    name: str
    seed: int
    verdict: Verdict
    kills: int
    """Of the export."""
    database_kills: int
    faults: Mapping[str, int]
    refused: int
    """Commits that a full disk refused."""
    requests: int
    hidden: int
    """Samples that the database stores twice, and shows once."""

    @property
    def missed(self) -> str | None:
        """Return what is lost, wrong or twice; None if all is as it was committed."""
        found = self.verdict
        if found.is_exact:
            return None
        return (
            f"{self.name}, seed {self.seed}: of {found.values} values {found.missing} "
            f"missing, {found.wrong} wrong, {found.twice} twice, {found.foreign} never "
            f"committed; {found.torn} cycles torn"
        )


@dataclass(kw_only=True, slots=True)
class Life:
    """An export to a database, through what makes faults."""

    child: Child
    database: Database
    proxy: FaultyProxy
    chance: Random
    database_kills: int = field(default=0)

    async def kill_database(self) -> None:
        """Kill the database, which may lose what it had only in memory."""
        self.database_kills += 1
        await self.database.kill()

    async def faulty(self, end: int, *faults: Fault) -> None:
        """Go on to a cycle while faults are made, and a little if some are left."""
        self.proxy.order(faults)
        await self.child.until(end)
        async with asyncio.timeout(_PATIENCE_S):
            while self.proxy.pending:
                await asyncio.sleep(_GLANCE_S)
                await self.child.until(self.child.reached + 1)


type Story = Callable[[Life, int], Awaitable[None]]
"""What happens to an export in a number of cycles."""


async def full_day(life: Life, cycles: int) -> None:
    """Let everything happen: each part of the day has its own trouble."""
    child, chance, part = life.child, life.chance, cycles // _PARTS
    await child.until(part)
    await life.database.stop()
    await child.until(2 * part)
    await life.database.start()
    await child.until(3 * part - chance.randrange(part // 2))
    await life.kill_database()
    await child.until(4 * part)
    await life.database.start()
    errors = [Fault.UNAVAILABLE, Fault.TOO_MANY, Fault.UNAUTHORIZED] * 2
    chance.shuffle(errors)
    await life.faulty(5 * part, *errors)
    breaks = [Fault.SLOW, Fault.CUT, Fault.LOST_ANSWER, *SILENCES]
    chance.shuffle(breaks)
    await life.faulty(6 * part, *breaks)
    for number in (7, 8, 9):
        await _killed(life, number * part)
    await child.until(10 * part)
    await _both_killed(life, 11 * part)
    child.limit_files(_FULL_AFTER_BYTES)
    await child.until(child.reached + _FULL_CYCLES)
    child.limit_files(None)
    await life.kill_database()
    await life.database.start()
    await child.until(cycles)


async def quick_restarts(life: Life, cycles: int) -> None:
    """Kill the database and start it again before the export sends the next batch."""
    part = cycles // _PARTS
    for number in range(1, _PARTS):
        await life.child.until(number * part)
        await life.child.drain(confirmed=False)
        await life.kill_database()
        await life.database.start()
    await life.child.until(cycles)


async def _killed(life: Life, end: int) -> None:
    """Kill the export, perhaps also the database, and go on to a cycle."""
    child, chance = life.child, life.chance
    await child.kill_after(chance.randrange(1, max(2, end - child.reached)), end)
    if chance.random() < 0.5:
        await life.kill_database()
        await life.database.start()
    await child.start()
    await child.until(end)


async def _both_killed(life: Life, end: int) -> None:
    """Kill the database and, with a backlog, the export."""
    child, chance = life.child, life.chance
    await life.kill_database()
    await child.kill_after(chance.randrange(1, max(2, end - child.reached)), end)
    await child.start()
    await child.until(end)
    await life.database.start()


async def lived(
    nursery: Nursery,
    folder: Path,
    kind: TargetKind,
    story: Story,
    *,
    seed: int,
    cycles: int = DAY_CYCLES,
) -> Outcome:
    """Return how a life ended.

    Args:
        nursery: Starts the export.
        folder: An empty one.
        kind: Of the database.
        story: What happens.
        seed: Draws when.
        cycles: How many.
    """
    database = DATABASES[kind](folder)
    async with _begun(nursery, folder, kind, database, story, seed) as (life, job):
        await story(life, cycles)
        child, home = life.child, job.simulated()
        await child.drain()
        await child.end()
        async with aiohttp.ClientSession() as session:
            target = target_of(kind, database.url, session, **database.access)
            found = verdict(
                child.committed,
                child.unsure,
                lambda cycle: database.values(target, home.points(cycle)),
                await database.samples(),
            )
        return Outcome(
            name=f"{kind}, {story.__name__.replace('_', ' ')}",
            seed=seed,
            verdict=found,
            kills=child.kills,
            database_kills=life.database_kills,
            faults={str(fault): count for fault, count in life.proxy.done.items()},
            refused=child.refused,
            requests=life.proxy.requests,
            hidden=await database.hidden(),
        )


@asynccontextmanager
async def _begun(
    nursery: Nursery,
    folder: Path,
    kind: TargetKind,
    database: Database,
    story: Story,
    seed: int,
) -> AsyncIterator[tuple[Life, Job]]:
    start = datetime.now(UTC).replace(microsecond=0) - timedelta(days=2)
    async with FaultyProxy(URL(database.url)) as proxy:
        job = Job(
            folder=str(folder),
            kind=kind.value,
            url=str(proxy.url),
            access=database.access,
            start=start.isoformat(),
            seed=seed,
            timeout_s=_TIMEOUT_S,
            resend_s=_RESEND_S if kind is TargetKind.VICTORIA_METRICS else None,
        )
        child = Child(nursery, job)
        try:
            await database.start()
            await child.start()
            life = Life(
                child=child, database=database, proxy=proxy, chance=Random(seed)
            )
            yield life, job
        finally:
            await child.stop()
            await database.kill()

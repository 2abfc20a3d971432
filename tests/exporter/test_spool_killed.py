"""A process that is killed, or whose disk is full, loses nothing it committed."""

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from itertools import count, pairwise
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
import resource
from threading import Timer
from typing import Any, Final

import pytest

from custom_components.heatpump_monitor.exporter.spool import SpoolError

from .spooling import Spools, encoded, lines_of, power

_ROUNDS: Final = 12
_CYCLE: Final = timedelta(seconds=10)

type Event = tuple[str, float, list[str]]


def _told(target: Callable[..., None], *args: object) -> list[list[Event]]:
    """Let another process do something; return what it told, and how it ended."""
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=target, args=(sender, *args))
    process.start()
    sender.close()
    told = _received(receiver)
    process.join()
    assert process.exitcode == 0
    return told


def _received[T](receiver: Connection[Any, T]) -> list[T]:
    """Return all that is told until the other end is closed, or killed."""
    told = []
    with receiver, suppress(EOFError, OSError):
        while True:
            told.append(receiver.recv())
    return told


def _work_and_be_killed(tell: Connection, path: Path, resend_s: float) -> None:
    """Start what works again and again, and kill it; tell what each one told.

    Forked from a process that has imported everything: it begins at once.
    """
    random = Random(resend_s)
    context = get_context("fork")
    for seed in range(_ROUNDS):
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(sender, path, resend_s, seed))
        process.start()
        sender.close()
        found = receiver.recv()
        killer = Timer(random.uniform(0.001, 0.15), process.kill)
        killer.start()
        tell.send([found, *_received(receiver)])
        killer.join()
        process.join()


def _work(tell: Connection, path: Path, resend_s: float, seed: int) -> None:
    """Add, send and look after a spool until killed; tell each step."""
    asyncio.run(_async_work(tell, path, resend_s, seed))


async def _async_work(tell: Connection, path: Path, resend_s: float, seed: int) -> None:
    random = Random(seed)
    spools = Spools(path)
    spools.clock.wait(timedelta(days=seed))
    spool = await spools.open(resend_s=resend_s)
    tell.send(("found", 0.0, await lines_of(spool)))
    number = seed * 1_000_000
    while True:
        spools.clock.wait(_CYCLE)
        now_s = spools.clock().timestamp()
        points = [power(number + step) for step in range(random.randint(1, 30))]
        number += len(points)
        tell.send(("adding", now_s, encoded(points)))
        await spool.async_add(points)
        tell.send(("added", now_s, encoded(points)))
        if random.random() < 0.7 and (batch := await spool.async_oldest(40)):
            spool.acknowledge(batch, {})
            tell.send(("taken", now_s, list(batch.lines)))
        await spool.async_upkeep()


def _compare(events: list[Event], found: list[str], resend_s: float) -> None:
    """Compare what is found with what was told before the kill."""
    added, adding = set[str](), set[str]()
    taken = Counter[str]()
    saving, gone = set[str](), set[str]()
    settled = 2 if resend_s else 1

    def is_settled(line: str) -> bool:
        return taken[line] >= settled

    for step, _, lines in events:
        if step == "adding":
            adding = set(lines)
            saving = {line for line in taken if is_settled(line)}
        elif step == "taken":
            taken.update(lines)
        else:
            added |= set(lines)
            gone |= saving
    assert len(set(found)) == len(found)
    assert added - {line for line in taken if is_settled(line)} <= set(found)
    assert set(found) <= (added | adding) - gone


@pytest.mark.parametrize("resend_s", [0, 60])
def test_killed_at_any_moment(tmp_path: Path, resend_s: float) -> None:
    """What was committed is there once; what was taken is not sent again.

    Except where the database may lose what it took, until it took it twice, and what
    was added or acknowledged while it was killed.
    """
    rounds = _told(_work_and_be_killed, tmp_path / "export.db", resend_s)

    assert len(rounds) == _ROUNDS
    assert any(events[0][2] for events in rounds)
    for events, ((_, _, found), *_) in pairwise(rounds):
        _compare(events, found, resend_s)


def test_a_disk_that_refuses_to_write(tmp_path: Path) -> None:
    """Nothing is lost but what could not be added, and it goes on by itself."""
    (told,) = _told(_work_on_full_disk, tmp_path / "export.db")

    added = [line for step, _, lines in told if step == "added" for line in lines]
    (taken,) = [lines for step, _, lines in told if step == "taken"]
    (found,) = [lines for step, _, lines in told if step == "found"]
    assert len(added) > 20
    assert taken == added[: len(taken)]
    assert found == added[len(taken) :]


def _work_on_full_disk(tell: Connection, path: Path) -> None:
    """Add until no file can grow, then go on once they can; tell each step."""
    tell.send(asyncio.run(_async_work_on_full_disk(path)))


async def _async_work_on_full_disk(path: Path) -> list[Event]:
    spools = Spools(path)
    spool = await spools.open()
    told: list[Event] = []

    async def add(number: int) -> None:
        await spool.async_add([power(number)])
        told.append(("added", 0.0, encoded([power(number)])))

    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, most))
    numbers = count()
    with suppress(SpoolError):
        while True:
            await add(next(numbers))
    for _ in range(3):
        with suppress(SpoolError):
            await add(next(numbers))
    batch = await spool.async_oldest(10)
    assert batch
    spool.acknowledge(batch, {})
    told.append(("taken", 0.0, list(batch.lines)))
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    for _ in range(5):
        await add(next(numbers))
    spool = await spools.open()
    told.append(("found", 0.0, await lines_of(spool)))
    await spools.close()
    return told

"""The file stays as small as was asked for."""

from datetime import timedelta
from random import Random

import pytest

from custom_components.heatpump_monitor.exporter import spool_file, sqlite_file
from custom_components.heatpump_monitor.exporter.point import Point
from custom_components.heatpump_monitor.exporter.spool import (
    DROPPED,
    Spool,
    SpoolLimits,
)

from .spooling import Spools, encoded, lines_of, power, sent_all

_RANDOM = Random(13)


def _noise(count: int) -> list[Point]:
    """Return points that cannot be compressed much."""
    return [power(number, _RANDOM.random()) for number in range(count)]


async def _add_all(spool: Spool, points: list[Point], at_once: int) -> None:
    for begin in range(0, len(points), at_once):
        await spool.async_add(points[begin : begin + at_once])


async def test_the_oldest_lines_are_dropped_when_there_are_too_many(
    spools: Spools,
) -> None:
    """At once, with the newest kept and the others counted."""
    limits = SpoolLimits(size_bytes=200_000)
    spool = await spools.open(limits=limits)
    points = _noise(20_000)

    await _add_all(spool, points, 100)

    dropped = spool.status.counters[DROPPED]
    assert 0 < dropped < 20_000
    assert spool.status.unsent == 20_000 - dropped
    spool = await spools.open(limits=limits)
    assert spool.status.counters[DROPPED] == dropped
    assert await lines_of(spool) == encoded(points[dropped:])
    assert 180_000 < spools.path.stat().st_size < 230_000


async def test_acknowledged_lines_are_deleted_before_others(spools: Spools) -> None:
    """Even those that might have been sent again, and that are newer."""
    spool = await spools.open(resend_s=60, limits=SpoolLimits(size_bytes=200_000))
    old, recent, new = _noise(1_000), _noise(8_000), _noise(6_000)
    await _add_all(spool, old, 100)
    newest = spool.newest
    await _add_all(spool, recent, 100)
    while batch := await spool.async_after(newest):
        spool.acknowledge(batch, {})

    await _add_all(spool, new, 100)

    assert spool.status.counters[DROPPED] == 0
    spool.withdraw_recent()
    assert await lines_of(spool) == encoded([*old, *new])


async def test_more_than_the_limit_at_once_is_dropped_too(spools: Spools) -> None:
    """There is no room for it."""
    spool = await spools.open(limits=SpoolLimits(size_bytes=20_000))

    await spool.async_add(_noise(10_000))

    assert spool.status.unsent + spool.status.counters[DROPPED] == 10_000
    assert spool.status.unsent <= 1_000


async def test_an_almost_empty_file_shrinks(
    spools: Spools, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a long backlog was sent; what is left is still there."""
    monkeypatch.setattr(sqlite_file, "_EMPTY_BYTES_TO_SHRINK", 100_000)
    spool = await spools.open()
    await _add_all(spool, _noise(40_000), 10_000)
    await sent_all(spool)
    await spool.async_add([power(1)])
    assert spool.status.size_bytes > 500_000
    spools.clock.wait(timedelta(minutes=5))

    await spool.async_upkeep()

    assert spool.status.size_bytes < 100_000
    assert await lines_of(spool) == encoded([power(1)])


async def test_the_log_is_emptied_at_a_checkpoint(spools: Spools) -> None:
    """Every five minutes, as asked for: not at each upkeep."""
    spool = await spools.open()
    log = spools.path.with_name("export.db-wal")
    await spool.async_add([power(1)])

    await spool.async_upkeep()
    assert log.stat().st_size > 0
    assert spool.status.size_bytes == log.stat().st_size + spools.path.stat().st_size

    spools.clock.wait(timedelta(minutes=5))
    await spool.async_upkeep()
    assert log.stat().st_size == 0


async def test_a_long_log_is_emptied_earlier(
    spools: Spools, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However much is added at once."""
    monkeypatch.setattr(spool_file, "_MOST_LOG_BYTES", 100_000)
    spool = await spools.open()

    await _add_all(spool, _noise(20_000), 2_000)

    assert spools.path.with_name("export.db-wal").stat().st_size < 100_000
    assert spool.status.unsent == 20_000

"""A damaged file is set aside; a disk that fails is an error, and passes."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from datetime import timedelta
import os
import sqlite3
import threading
from typing import Any
from unittest.mock import patch

import pytest

from custom_components.heatpump_monitor.exporter.spool import (
    DROPPED,
    Spool,
    SpoolError,
    SpoolLimits,
)

from .spooling import Spools, encode, encoded, hour, lines_of, power, sent_all

_ASIDE = "export.db.damaged.20260115T120000Z"


class Connections(list[sqlite3.Connection]):
    """The connections that were made, the newest last."""

    def be_full(self) -> None:
        """Let the file grow no more."""
        ((pages,),) = self[-1].execute("PRAGMA page_count").fetchall()
        self[-1].execute(f"PRAGMA max_page_count = {pages}")

    def have_room(self) -> None:
        """Let the file grow again."""
        self[-1].execute("PRAGMA max_page_count = 1000000")


@pytest.fixture
def connections() -> Iterator[Connections]:
    """Return the connections to the file, for use in the test's thread too."""
    connections = Connections()
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect

    def connect_for_all(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        connections.append(connect(*args, **kwargs, check_same_thread=False))
        return connections[-1]

    with patch("sqlite3.connect", connect_for_all):
        yield connections


def _spool(spools: Spools) -> Spool:
    """Return a spool that is not open yet; it is closed after the test."""
    spool = Spool(
        spools.path,
        encode,
        replaces=True,
        resend_s=0,
        limits=SpoolLimits(),
        now=spools.clock,
    )
    spools.opened.append(spool)
    return spool


async def _filled(spools: Spools, count: int) -> None:
    """Leave a closed spool with points."""
    spool = await spools.open()
    for number in range(count):
        await spool.async_add([power(number)])
    await spools.close()


async def test_another_file_is_set_aside(spools: Spools) -> None:
    """With its log; a new one is begun."""
    content = b"no database" * 1_000
    spools.path.write_bytes(content)
    log = spools.path.with_name("export.db-wal")
    log.write_bytes(b"log")
    spool = _spool(spools)

    assert await spool.async_open() == _ASIDE

    assert spools.path.with_name(_ASIDE).read_bytes() == content
    await spool.async_add([power(1)])
    assert await lines_of(spool) == encoded([power(1)])


async def test_a_file_with_a_damaged_page_is_set_aside(spools: Spools) -> None:
    """Found when it is opened, not when the page is read one day."""
    await _filled(spools, 200)
    content = bytearray(spools.path.read_bytes())
    content[8 * 1024 : 10 * 1024] = b"\xff" * 2048
    spools.path.write_bytes(content)
    spool = _spool(spools)

    assert await spool.async_open() == _ASIDE

    assert spools.path.with_name(_ASIDE).read_bytes() == bytes(content)
    assert spool.status.unsent == 0


@pytest.mark.parametrize(
    "statement",
    [
        "PRAGMA user_version = 99",
        "DROP TABLE notes",
        "INSERT OR REPLACE INTO state VALUES (0, '{')",
        "INSERT OR REPLACE INTO state VALUES (0, '[1]')",
    ],
)
async def test_a_file_of_another_kind_is_set_aside(
    spools: Spools, statement: str
) -> None:
    """Of a later version, or of somebody else."""
    await _filled(spools, 1)
    with closing(sqlite3.connect(spools.path, isolation_level=None)) as connection:
        connection.execute(statement)

    assert await _spool(spools).async_open() == _ASIDE


async def test_an_empty_file_is_a_new_spool(spools: Spools) -> None:
    """And a folder that is not there is made."""
    spools.path = spools.path.parent / "folder" / "export.db"
    spools.path.parent.mkdir()
    spools.path.touch()

    assert await _spool(spools).async_open() is None
    await spools.close()
    assert await _spool(spools).async_open() is None


async def test_what_cannot_be_opened_is_an_error(spools: Spools) -> None:
    """No damage: nothing is renamed, no thread is left, and it can be tried again."""
    spools.path.mkdir()
    threads = threading.active_count()
    spool = _spool(spools)
    with pytest.raises(SpoolError, match="unable to open"):
        await spool.async_open()
    assert threading.active_count() == threads

    spools.path.rmdir()
    assert await spool.async_open() is None
    assert await spool.async_add([power(1)]) == 1


async def test_a_second_spool_of_the_same_file_is_refused(spools: Spools) -> None:
    """Two would use the same numbers."""
    await spools.open()

    with pytest.raises(SpoolError, match="locked"):
        await _spool(spools).async_open()


async def test_damaged_lines_do_not_stop_the_queue(spools: Spools) -> None:
    """They are counted as dropped, once, and the next ones are sent."""
    await _filled(spools, 3)
    with closing(sqlite3.connect(spools.path, isolation_level=None)) as connection:
        connection.execute("UPDATE chunks SET content = x'00' WHERE number = 1")
    spool = await spools.open()

    assert await lines_of(spool) == encoded([power(1), power(2)])

    assert spool.status.unsent == 2
    spools.clock.wait(timedelta(minutes=5))
    await spool.async_upkeep()
    spool = await spools.open()
    assert await lines_of(spool) == encoded([power(1), power(2)])
    assert spool.status.counters[DROPPED] == 1


async def test_a_full_disk_loses_nothing(
    spools: Spools, connections: Connections
) -> None:
    """What could not be added stays with the caller; then it goes on by itself."""
    spool = await spools.open()
    await spool.async_add([power(0), hour(0, 5.0)])
    connections.be_full()
    points = [hour(0, 6.0), *(power(number) for number in range(1, 500))]

    with pytest.raises(SpoolError, match="full"):
        await spool.async_add(points)

    assert spool.status.unsent == 2
    assert spool.newest == 1
    assert await lines_of(spool) == encoded([power(0), hour(0, 5.0)])
    connections.have_room()
    assert await spool.async_add(points) == 500
    assert len(connections) == 1
    spool = await spools.open()
    assert await lines_of(spool) == encoded([power(0), hour(0, 5.0), *points])


async def test_what_is_acknowledged_on_a_full_disk_is_not_sent_again(
    spools: Spools, connections: Connections
) -> None:
    """The acknowledgement is saved as soon as there is room."""
    spool = await spools.open()
    await spool.async_add([power(0)])
    connections.be_full()
    await sent_all(spool)
    with pytest.raises(SpoolError, match="full"):
        await spool.async_add([power(number) for number in range(1, 500)])
    connections.have_room()
    await spool.async_add([power(1)])

    spool = await spools.open()

    assert await lines_of(spool) == encoded([power(1)])


@pytest.mark.parametrize("action", ["read", "add", "note", "upkeep"])
async def test_the_queue_goes_on_after_an_error(
    spools: Spools, connections: Connections, action: str
) -> None:
    """The file is opened again; what was acknowledged meanwhile stays so."""
    spool = await spools.open(resend_s=60)
    for number in range(3):
        await spool.async_add([power(number)])
    for wait in (timedelta(minutes=5), timedelta(), timedelta()):
        # The first line twice, and the second one once.
        batch = await spool.async_oldest(1)
        assert batch
        spool.acknowledge(batch, {})
        spools.clock.wait(wait)
    actions: dict[str, Callable[[], Awaitable[object]]] = {
        "read": spool.async_oldest,
        "add": lambda: spool.async_add([power(3)]),
        "note": lambda: spool.async_note({"a": "1"}),
        "upkeep": spool.async_upkeep,
    }
    connections[-1].close()

    with pytest.raises(SpoolError, match="closed"):
        await actions[action]()
    await actions[action]()

    expected = [power(2), power(3)] if action == "add" else [power(2)]
    assert await lines_of(spool) == encoded(expected)
    spool.withdraw_recent()
    assert await lines_of(spool) == encoded([power(1), *expected])


async def test_a_file_that_is_damaged_while_it_is_open_is_an_error(
    spools: Spools, connections: Connections
) -> None:
    """Whoever opens the spool again sets it aside."""
    await _filled(spools, 200)
    spool = await spools.open()
    await spool.async_add([power(200)])
    connections[-1].execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connections[-1].execute("PRAGMA cache_size = 0")
    size = spools.path.stat().st_size
    # In place: another file of the same name would not be noticed.
    descriptor = os.open(spools.path, os.O_WRONLY)
    os.write(descriptor, b"\xff" * size)
    os.close(descriptor)

    with pytest.raises(SpoolError, match=r"malformed|not a database"):
        await lines_of(spool)

    assert await spool.async_open() == _ASIDE
    await spool.async_add([power(1)])
    assert await lines_of(spool) == encoded([power(1)])

"""The spool keeps what was added until it was acknowledged."""

from datetime import timedelta
import threading

import pytest

from custom_components.heatpump_monitor.exporter.spool import (
    DROPPED,
    REJECTED,
    SENT,
    SENT_BYTES,
    SpoolError,
    SpoolLimits,
    SpoolStatus,
)

from .spooling import START, Spools, encoded, hour, lines_of, power, sent_all

_UPKEEP = timedelta(minutes=5)


async def test_an_empty_spool_has_nothing_to_send(spools: Spools) -> None:
    """Neither lines, nor numbers, nor counters."""
    spool = await spools.open()

    assert await spool.async_add([]) == 0
    assert await spool.async_oldest() is None
    assert spool.newest == 0
    assert spool.status == SpoolStatus(
        size_bytes=spool.status.size_bytes, counters={DROPPED: 0}
    )


async def test_what_is_added_at_once_is_one_chunk(spools: Spools) -> None:
    """The batch says when its first lines were added, and ends with whole chunks."""
    spool = await spools.open()
    points = [power(number) for number in range(6)]
    for begin in 0, 2, 4:
        assert await spool.async_add(points[begin : begin + 2]) == 2
        spools.clock.wait(timedelta(seconds=10))

    batch = await spool.async_oldest(5)

    assert batch
    assert (batch.first, batch.last) == (1, 2)
    assert list(batch.lines) == encoded(points[:4])
    assert batch.added_at == START
    assert spool.newest == 3
    assert spool.status.unsent == 6
    assert spool.status.oldest_unsent == START


async def test_the_same_line_is_added_once(spools: Spools) -> None:
    """Whoever passes on the same reading twice at once sends it once."""
    spool = await spools.open()

    assert await spool.async_add([power(1), power(2), power(1)]) == 2

    assert await lines_of(spool) == encoded([power(1), power(2)])


async def test_many_points_are_several_chunks(spools: Spools) -> None:
    """A batch never exceeds what was asked for, however much was added at once."""
    spool = await spools.open()
    points = [power(number) for number in range(2_500)]

    await spool.async_add(points)

    assert spool.newest == 3
    assert await lines_of(spool, 1_000) == encoded(points)
    batch = await spool.async_oldest(1_000)
    assert batch
    assert len(batch.lines) == 1_000


async def test_chunks_are_read_up_to_or_after_a_number(spools: Spools) -> None:
    """The backlog ends where the live data begins."""
    spool = await spools.open()
    points = [power(number) for number in range(4)]
    for point in points:
        await spool.async_add([point])

    backlog = await spool.async_oldest(until=2)
    live = await spool.async_after(2)

    assert backlog
    assert live
    assert (backlog.first, backlog.last) == (1, 2)
    assert (live.first, live.last) == (3, 4)
    spool.acknowledge(live, {})
    assert await spool.async_after(2) is None
    spool.acknowledge(backlog, {})
    assert await spool.async_oldest() is None


async def test_what_was_acknowledged_is_not_sent_after_a_restart(
    spools: Spools,
) -> None:
    """Nor is the whole log replayed, as Telegraf did."""
    spool = await spools.open()
    points = [power(number) for number in range(5)]
    for point in points:
        await spool.async_add([point])
    batch = await spool.async_oldest(2)
    assert batch
    spool.acknowledge(batch, {SENT: 2, SENT_BYTES: 80})
    last = await spool.async_after(4)
    assert last
    spool.acknowledge(last, {SENT: 1, REJECTED: 1})

    spool = await spools.open()

    assert await lines_of(spool) == encoded(points[2:4])
    assert spool.status.unsent == 2
    assert spool.status.counters == {DROPPED: 0, SENT: 3, SENT_BYTES: 80, REJECTED: 1}
    assert spool.newest == 5


async def test_numbers_are_never_used_again(spools: Spools) -> None:
    """Even after everything was sent, deleted and the file opened again."""
    spool = await spools.open()
    await spool.async_add([power(1)])
    await sent_all(spool)
    spools.clock.wait(_UPKEEP)
    await spool.async_upkeep()

    spool = await spools.open()
    assert spool.newest == 1
    await spool.async_add([power(2)])

    assert spool.newest == 2
    assert await lines_of(spool) == encoded([power(2)])


async def test_recent_acknowledgements_are_withdrawn(spools: Spools) -> None:
    """The database may have lost what it took within the last minute."""
    spool = await spools.open(resend_s=60)
    await spool.async_add([power(1)])
    await sent_all(spool)
    spools.clock.wait(timedelta(seconds=50))
    await spool.async_add([power(2)])
    await sent_all(spool)
    spools.clock.wait(timedelta(seconds=20))
    await spool.async_add([power(3)])
    await sent_all(spool)

    assert spool.status.unsent == 0
    spool.withdraw_recent()

    assert await lines_of(spool) == encoded([power(2), power(3)])
    assert spool.status.unsent == 2


async def test_time_alone_settles_nothing(spools: Spools) -> None:
    """A database that ended at once may be waited for longer than the window."""
    spool = await spools.open(resend_s=60)
    await spool.async_add([power(1)])
    await sent_all(spool)
    spools.clock.wait(timedelta(seconds=70))
    await spool.async_add([power(2)])
    spool.withdraw_recent()

    assert await lines_of(spool) == encoded([power(1), power(2)])


async def test_recent_acknowledgements_are_withdrawn_by_a_restart(
    spools: Spools,
) -> None:
    """But not the older ones."""
    spool = await spools.open(resend_s=60)
    await spool.async_add([power(1)])
    await sent_all(spool)
    spools.clock.wait(timedelta(seconds=70))
    await spool.async_add([power(2)])
    await sent_all(spool)

    spool = await spools.open(resend_s=60)

    assert await lines_of(spool) == encoded([power(2)])


async def test_recent_chunks_survive_the_upkeep(spools: Spools) -> None:
    """What may be sent again is not deleted."""
    spool = await spools.open(resend_s=600)
    await spool.async_add([power(1)])
    await sent_all(spool)
    spools.clock.wait(_UPKEEP)
    await spool.async_upkeep()

    spool.withdraw_recent()

    assert await lines_of(spool) == encoded([power(1)])


async def test_a_batch_ends_at_what_was_acknowledged(spools: Spools) -> None:
    """So that its acknowledgement cannot cover what is withdrawn meanwhile."""
    spool = await spools.open(resend_s=60)
    for number in range(3):
        await spool.async_add([power(number)])
    middle = await spool.async_after(1, 1)
    assert middle
    spool.acknowledge(middle, {})

    batch = await spool.async_oldest()
    spool.withdraw_recent()
    assert batch
    spool.acknowledge(batch, {})

    assert await lines_of(spool) == encoded([power(1), power(2)])


async def test_what_is_too_old_is_dropped_and_counted(spools: Spools) -> None:
    """The oldest first, in lines."""
    limits = SpoolLimits(age=timedelta(days=1))
    spool = await spools.open(limits=limits)
    await spool.async_add([power(1), power(2)])
    spools.clock.wait(timedelta(hours=13))
    await spool.async_add([power(3)])
    spools.clock.wait(timedelta(hours=13))

    await spool.async_upkeep()

    assert spool.status.unsent == 1
    assert spool.status.counters[DROPPED] == 2
    spool = await spools.open(limits=limits)
    assert await lines_of(spool) == encoded([power(3)])
    assert spool.status.counters[DROPPED] == 2


async def test_unchanged_points_are_not_added_again(spools: Spools) -> None:
    """Neither in the same file, nor after a restart."""
    spool = await spools.open()
    assert await spool.async_add([hour(1, 5.0), hour(2, 5.0)]) == 2

    assert await spool.async_add([hour(1, 5.0), hour(2, 6.0)]) == 1

    spool = await spools.open()
    assert await spool.async_add([hour(1, 5.0), hour(2, 6.0)]) == 0
    assert await lines_of(spool) == encoded([hour(1, 5.0), hour(2, 5.0), hour(2, 6.0)])


async def test_each_correction_is_a_millisecond_later(spools: Spools) -> None:
    """Where the database would keep the old value beside the new one."""
    spool = await spools.open(replaces=False)
    for value in 5.0, 6.0, 6.0, 5.0:
        await spool.async_add([hour(1, value)])

    assert await lines_of(spool) == encoded(
        [hour(1, 5.0), hour(1, 6.0).after(1), hour(1, 5.0).after(2)]
    )


async def test_series_are_told_apart(spools: Spools) -> None:
    """By measurement and tags, in whatever order."""
    spool = await spools.open()

    assert await spool.async_add([hour(1, 5.0), hour(1, 5.0, "day")]) == 2


async def test_notes_are_kept(spools: Spools) -> None:
    """The later one of the same key wins."""
    spool = await spools.open()
    await spool.async_note({"a": "1", "b": "2"})
    await spool.async_note({"b": "3"})
    assert spool.notes == {"a": "1", "b": "3"}

    spool = await spools.open()

    assert spool.notes == {"a": "1", "b": "3"}


async def test_a_closed_spool_has_no_thread(spools: Spools) -> None:
    """And says that it is closed."""
    before = set(threading.enumerate())
    spool = await spools.open()
    assert set(threading.enumerate()) > before

    await spool.async_close()
    await spool.async_close()

    assert set(threading.enumerate()) == before
    with pytest.raises(SpoolError):
        await spool.async_add([power(1)])

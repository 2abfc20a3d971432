"""The sender sends what the spool keeps: at once, in order, at a bounded rate."""

import asyncio
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from custom_components.heatpump_monitor.exporter.sender import Sender, SenderStatus
from custom_components.heatpump_monitor.exporter.spool import (
    DROPPED,
    REJECTED,
    SENT,
    SENT_BYTES,
)
from custom_components.heatpump_monitor.exporter.targets.base import TargetUnavailable

from .sending import Sending
from .spooling import START, encode, encoded, hour, power


async def test_a_live_point_is_sent_at_once(sending: Sending) -> None:
    """Without a wait, one request each; then it is acknowledged and counted."""
    sending.plan_points([1, 2, 3])

    await sending.run()

    lines = encoded([power(1), power(2), power(3)])
    assert [each.lines for each in sending.database.requests] == [(x,) for x in lines]
    assert [each.at_s for each in sending.database.requests] == [10, 20, 30]
    assert sending.spool.status.unsent == 0
    assert sending.spool.status.counters == {
        DROPPED: 0,
        REJECTED: 0,
        SENT: 3,
        SENT_BYTES: sum(map(len, lines)),
    }
    assert sending.sender.status == SenderStatus(
        last_success=START + timedelta(seconds=30)
    )
    assert sending.changes == []


async def test_wake_sends_what_was_added(sending: Sending) -> None:
    """Also what is added while the sender has nothing to do, on the real clock."""
    sent = asyncio.Event()
    database = sending.database

    async def nothing_passes(_: float) -> None:
        sent.set()

    async def stay_idle() -> None:
        return

    database.pass_s = nothing_passes
    sending.spool.on_empty = stay_idle
    running = asyncio.create_task(sending.sender.async_run())
    for number in range(3):
        sent.clear()
        await sending.add(power(number))
        async with asyncio.timeout(5):
            await sent.wait()
    running.cancel()
    await asyncio.wait([running])

    assert running.cancelled()
    assert database.taken == encoded([power(0), power(1), power(2)])


async def test_what_waits_is_sent_in_batches(sending: Sending) -> None:
    """Of at most 5,000 lines, oldest first, and not faster than 20,000 a second."""
    points = [power(number) for number in range(60_000)]
    await sending.add(*points)

    await sending.run()

    sizes = [len(each.lines) for each in sending.database.requests]
    assert sizes == [5_000] * 12
    assert sending.database.taken == encoded(points)
    last_s = sending.database.requests[-1].at_s
    assert 55_000 / 20_000 <= last_s < 4
    assert sending.spool.status.unsent == 0


async def test_the_time_of_a_request_is_part_of_the_pause(sending: Sending) -> None:
    """A server that needs longer than the pause is asked again immediately."""
    await sending.add(*(power(number) for number in range(20_000)))
    sending.database.latency_s = 1.0

    await sending.run()

    assert sending.time_s == 4.0
    assert sending.waits == []


async def test_live_points_and_a_backlog_do_not_wait_for_each_other(
    sending: Sending,
) -> None:
    """Each new point comes at latest after one batch of the backlog.

    That is the rest of a live request, one of the backlog, and its own.
    """
    backlog = [power(-number) for number in range(100_000, 0, -1)]
    await sending.add(*backlog)
    sending.database.latency_s = 7.0
    sending.plan_points(range(1, 30))

    await sending.run()

    arrived_s = {
        line: each.at_s
        for each in reversed(sending.database.requests)
        for line in each.lines
    }
    waited_s = [arrived_s[encode(power(n))] - 10 * n for n in range(1, 30)]
    assert max(waited_s) <= 3 * 7.0
    large = [each.at_s for each in sending.database.requests if len(each.lines) > 100]
    assert len(large) == 20
    assert max(b - a for a, b in pairwise(large)) <= 2 * 7.0
    assert set(sending.database.taken) == {*encoded(backlog), *arrived_s}
    assert sending.spool.status.unsent == 0


async def test_an_import_amid_a_backlog_delays_no_live_point(sending: Sending) -> None:
    """What is added at once and is more than a batch becomes part of the backlog."""
    await sending.add(*(power(-number) for number in range(30_000, 0, -1)))
    imported = [power(-number) for number in range(60_000, 30_000, -1)]
    sending.database.latency_s = 7.0
    sending.plan(5.0, lambda: sending.add(*imported))
    sending.plan_points(range(2, 8))

    await sending.run()

    for number in range(2, 8):
        line = encode(power(number))
        first = next(each for each in sending.database.requests if line in each.lines)
        assert first.at_s - 10 * number <= 3 * 7.0
    assert sending.spool.status.unsent == 0
    assert len(set(sending.database.taken)) == 60_006


async def test_an_older_value_never_replaces_its_correction(sending: Sending) -> None:
    """Though the correction is sent at once, while the backlog has the old value."""
    backlog = [power(-number) for number in range(10_000, 0, -1)]
    await sending.add(*backlog, hour(1, 1.0))
    sending.database.latency_s = 1.0
    sending.plan(0.5, lambda: sending.add(hour(1, 2.0)))

    await sending.run()

    sent = [line for line in sending.database.taken if line.startswith("hour")]
    assert sent == encoded([hour(1, 2.0), hour(1, 1.0), hour(1, 2.0)])
    assert sending.spool.status.unsent == 0
    assert sending.spool.status.counters[SENT] == 10_002


async def test_a_database_that_keeps_both_values_gets_each_once(tmp_path: Path) -> None:
    """There a correction has a time of its own, so that the order is no matter."""
    sending = Sending(tmp_path)
    sending.database.replaces = False
    await sending.open()
    await sending.add(*(power(-number) for number in range(10_000, 0, -1)))
    sending.database.latency_s = 1.0
    sending.plan(0.5, lambda: sending.add(power(1)))

    await sending.run()
    await sending.close()

    assert len(sending.database.taken) == len(set(sending.database.taken)) == 10_001
    assert encode(power(1)) in sending.database.requests[1].lines


async def test_a_batch_in_flight_is_sent_again_after_a_restart(
    sending: Sending,
) -> None:
    """Whoever ends the sender does not know whether it was taken."""
    await sending.add(*(power(number) for number in range(12_000)))
    sending.database.latency_s = 1.0

    await sending.run(until_s=1.5)

    assert len(sending.database.requests) == 1
    assert sending.spool.status.unsent == 7_000
    await sending.close()
    await sending.open()
    await sending.run()
    assert sending.database.taken == encoded([power(n) for n in range(12_000)])
    assert sending.spool.status.unsent == 0


async def test_a_real_pause_is_made_by_default(sending: Sending) -> None:
    """Sleep and random numbers are the standard library's unless given."""
    sending.database.error = TargetUnavailable("away")
    failed = asyncio.Event()
    sender = Sender(
        sending.spool,
        sending.database,
        sending.folder / "rejected.jsonl",
        now=sending.clock,
        on_change=lambda _: failed.set(),
    )
    await sending.spool.async_add([power(1)])

    running = asyncio.create_task(sender.async_run())
    async with asyncio.timeout(5):
        await failed.wait()
    running.cancel()
    await asyncio.wait([running])

    assert sender.status.next_attempt
    wait_s = (sender.status.next_attempt - START).total_seconds()
    assert 0 <= wait_s <= 1

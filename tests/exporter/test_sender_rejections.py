"""Lines that a database refuses are found, kept in a file, and hold up no other."""

import asyncio
from datetime import datetime, timedelta
import errno
import math
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from hypothesis import example, given, settings, strategies as st

from custom_components.heatpump_monitor.exporter.sender import SenderStatus
from custom_components.heatpump_monitor.exporter.spool import REJECTED, SENT
from custom_components.heatpump_monitor.exporter.targets.base import (
    LinesRejected,
    TargetError,
    TargetMisconfigured,
    TargetUnavailable,
)

from .sending import Sending
from .spooling import START, encode, encoded, power

AWAY = TargetUnavailable("away")
HOUR_S = 3_600.0
WITNESSES = 40


def _points(count: int) -> list[str]:
    return encoded([power(number) for number in range(count)])


async def _send(folder: Path, count: int, bad: set[int]) -> Sending:
    """Send so many points, some of which are refused, after one that is taken."""
    sending = Sending(folder)
    await sending.open()
    await sending.add(power(-1))
    sending.database.bad = set(encoded([power(number) for number in bad]))
    sending.plan(1.0, lambda: sending.add(*(power(n) for n in range(count))))
    await sending.run()
    await sending.close()
    return sending


def _numbers(count: int) -> st.SearchStrategy[tuple[int, set[int]]]:
    return st.tuples(st.just(count), st.sets(st.integers(0, count - 1)))


@settings(max_examples=60)
@given(st.integers(1, 400).flatmap(_numbers))
@example((5_000, set(range(100, 130))))
@example((5_000, set(range(40))))
@example((4, {0, 1, 2, 3}))
@example((60, set(range(60))))
def test_exactly_the_bad_lines_are_kept_aside(plan: tuple[int, set[int]]) -> None:
    """Whichever they are; all others are taken, in a bounded number of requests."""
    count, bad = plan
    with TemporaryDirectory() as folder:
        sending = asyncio.run(_send(Path(folder), count, bad))
        rejected = [each["line"] for each in sending.rejected] if bad else []

    lines = _points(count)
    assert rejected == [lines[number] for number in sorted(bad)]
    good = {line for number, line in enumerate(lines) if number not in bad}
    assert set(sending.database.taken) == {*good, encode(power(-1))}
    assert sending.spool.status.unsent == 0
    assert sending.spool.status.counters[SENT] == count - len(bad) + 1
    assert sending.spool.status.counters[REJECTED] == len(bad)
    assert sending.changes == []
    depth = math.ceil(math.log2(count)) + 1
    assert len(sending.database.requests) <= 2 + 2 * len(bad) * depth + WITNESSES


async def test_the_file_says_when_and_why(sending: Sending) -> None:
    """One JSON object for each line."""
    sending.database.bad = {encode(power(2))}
    sending.plan_points([1, 2, 3])

    await sending.run()

    (kept,) = sending.rejected
    at = datetime.fromisoformat(kept.pop("at"))
    assert timedelta(seconds=20) <= at - START < timedelta(seconds=21)
    assert kept == {"reason": "wrong type", "line": encode(power(2))}
    assert sending.database.taken[0] == encode(power(1))
    assert sending.database.taken[-1] == encode(power(3))


async def test_a_database_that_takes_nothing_is_itself_at_fault(
    sending: Sending,
) -> None:
    """No line is given up; it is asked once an hour, also with few lines."""
    sending.database.error = LinesRejected("no such field")
    sending.plan_points(range(1, 1_000))

    await sending.run(until_s=2.5 * HOUR_S)

    assert not (sending.folder / "rejected.jsonl").exists()
    assert sending.spool.status.unsent == 900
    assert sending.waits.count(HOUR_S) == 3
    assert len(sending.database.requests) <= 3 * 2 * WITNESSES
    (change,) = sending.changes
    assert isinstance(change.failure, LinesRejected)
    assert str(change.failure) == "no such field"

    sending.database.error = None
    await sending.run()
    assert set(sending.database.taken) == set(_points(1_000)[1:])
    assert not (sending.folder / "rejected.jsonl").exists()
    assert sending.sender.status.failure is None


async def test_the_same_holds_for_a_database_that_took_lines_before(
    sending: Sending,
) -> None:
    """Its last line is written again, to see whether it still takes any."""
    sending.plan_points(range(1, 500))
    sending.plan_error(25.0, LinesRejected("read only"))
    sending.plan_error(4_000.0, None)

    await sending.run()

    assert sending.waits[0] == HOUR_S
    assert encode(power(2)) == sending.database.requests[3].lines[0]
    assert set(sending.database.taken) == set(_points(500)[1:])
    assert not (sending.folder / "rejected.jsonl").exists()


async def test_a_bad_line_at_the_very_beginning_holds_up_no_other(
    sending: Sending,
) -> None:
    """What comes after it is the witness that lines are taken at all."""
    sending.database.bad = {encode(power(0))}
    await sending.add(power(0))
    await sending.add(*(power(number) for number in range(1, 1_000)))
    await sending.add(*(power(number) for number in range(1_000, 5_000)))
    await sending.add(power(5_000))

    await sending.run()

    assert [each["line"] for each in sending.rejected] == [encode(power(0))]
    assert set(sending.database.taken) == set(_points(5_001)[1:])
    assert sending.spool.status.unsent == 0


async def test_a_lonely_bad_line_waits_for_another(sending: Sending) -> None:
    """Nobody can tell whose fault it is, until there is a second line."""
    sending.database.bad = {encode(power(1))}
    sending.plan_points([1])
    sending.plan(100.0, lambda: sending.add(power(10)))

    await sending.run()

    assert sending.waits == [HOUR_S]
    assert [each["line"] for each in sending.rejected] == [encode(power(1))]
    assert sending.database.taken[-1] == encode(power(10))
    assert sending.spool.status.unsent == 0


async def test_an_outage_amid_the_search_keeps_each_line_once(sending: Sending) -> None:
    """The batch is written again, but what was found is not searched again."""
    bad = range(0, 3_000, 100)
    sending.database.bad = set(encoded([power(number) for number in bad]))
    sending.database.errors = dict.fromkeys(range(30, 3_000, 30), AWAY)
    await sending.add(*(power(number) for number in range(3_000)))

    await sending.run()

    lines = [each["line"] for each in sending.rejected]
    assert lines == encoded([power(number) for number in bad])
    assert set(sending.database.taken) == set(_points(3_000)) - set(lines)
    assert sending.spool.status.counters[REJECTED] == len(bad)
    assert sending.changes


async def test_after_somebody_mended_it_each_line_gets_another_chance(
    sending: Sending,
) -> None:
    """What was refused before the database was found missing may now be right."""
    sending.database.bad = {encode(power(0)), encode(power(1))}
    sending.database.errors = {4: TargetMisconfigured("404")}
    await sending.add(*(power(number) for number in range(4)))

    async def mend() -> None:
        sending.database.bad = set()

    sending.plan(60.0, mend)
    await sending.run()

    assert sending.waits[-1] == HOUR_S
    assert set(sending.database.taken) == set(_points(4))
    assert not (sending.folder / "rejected.jsonl").exists()


async def test_refused_lines_are_acknowledged_only_once_they_are_kept(
    sending: Sending,
) -> None:
    """A full disk holds up their batch, and nothing is written twice."""
    sending.database.bad = {encode(power(2))}
    await sending.add(*(power(number) for number in range(4)))
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    unsent: list[int] = []

    def note(status: SenderStatus) -> None:
        sending.changes.append(status)
        unsent.append(sending.spool.status.unsent)

    sending.on_change = note
    with patch("os.fsync", side_effect=[full, full, None]):
        await sending.run()

    assert unsent == [4, 0]
    failure = sending.changes[0].failure
    assert type(failure) is TargetError
    assert str(failure).endswith("No space left on device")
    assert [each["line"] for each in sending.rejected] == [encode(power(2))]
    assert sending.spool.status.counters[REJECTED] == 1
    assert [wait for wait in sending.waits if wait >= 1.0] == [1.0, 2.0]


async def test_a_live_point_that_is_refused_amid_a_backlog_is_kept_once(
    sending: Sending,
) -> None:
    """Though it is sent both at once and in its turn."""
    sending.database.bad = {encode(power(1))}
    sending.database.latency_s = 4.0
    await sending.add(*(power(-number) for number in range(10_000, 0, -1)))
    sending.plan_points([1, 2])

    await sending.run()

    assert [each["line"] for each in sending.rejected] == [encode(power(1))]
    assert sending.spool.status.counters[REJECTED] == 1
    assert sending.spool.status.unsent == 0
    assert encode(power(2)) in sending.database.taken


async def test_lines_are_halved_if_they_are_too_many(sending: Sending) -> None:
    """A server that takes fewer at once gets all of them."""
    write = sending.database.write

    async def limited(lines: list[str]) -> None:
        sending.database.error = LinesRejected("413") if len(lines) > 700 else None
        await write(lines)

    await sending.add(*(power(number) for number in range(10_000)))
    with patch.object(sending.database, "write", limited):
        await sending.run()

    assert sending.database.taken == _points(10_000)
    assert sending.changes == []

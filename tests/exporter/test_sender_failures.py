"""The sender waits when a database fails, and loses nothing by it."""

from collections.abc import Sequence
from datetime import timedelta
import logging
from pathlib import Path
from unittest.mock import patch

import pytest

from custom_components.heatpump_monitor.exporter.sender import SenderStatus
from custom_components.heatpump_monitor.exporter.spool import Batch, SpoolError
from custom_components.heatpump_monitor.exporter.targets.base import (
    TargetError,
    TargetMisconfigured,
    TargetRefused,
    TargetUnavailable,
)

from .sending import Sending
from .spooling import START, encoded, power

AWAY = TargetUnavailable("away")
HOUR_S = 3_600.0


class TimedOut(TargetUnavailable):
    """Another way of being unavailable."""


def _kinds(changes: Sequence[SenderStatus]) -> list[type[TargetError] | None]:
    failures = [change.failure for change in changes]
    return [None if each is None else type(each) for each in failures]


async def test_an_outage_is_waited_for(sending: Sending) -> None:
    """Twice as long after each failure, at most 15 min; reported once each way."""
    sending.database.error = AWAY
    sending.plan_error(HOUR_S, None)
    await sending.add(power(1))

    await sending.run()

    expected = [float(2**number) for number in range(10)] + [900.0] * 3
    assert sending.waits == expected
    assert sending.database.taken == encoded([power(1)])
    first, last = sending.changes
    assert first == SenderStatus(
        failure=AWAY, failing_since=START, next_attempt=START + timedelta(seconds=1)
    )
    assert last == sending.sender.status
    assert last == SenderStatus(last_success=last.last_success)
    assert last.last_success
    assert last.last_success >= START + timedelta(hours=1)


async def test_the_backoff_begins_afresh_after_a_success(sending: Sending) -> None:
    """The second outage is not waited for like the tenth failure."""
    sending.database.errors = {0: AWAY, 1: AWAY, 3: AWAY}
    sending.plan_points([1, 2])

    await sending.run()

    assert sending.waits == [1.0, 2.0, 1.0]
    assert _kinds(sending.changes) == [TargetUnavailable, None] * 2


async def test_wake_does_not_shorten_a_wait(sending: Sending) -> None:
    """New points wait with the others, and are sent with them."""
    sending.database.errors = {0: TargetUnavailable("busy", retry_after_s=100.0)}
    sending.plan_points([1, 2, 3, 4])

    await sending.run()

    assert [each.at_s for each in sending.database.requests] == [10, 110]
    assert len(sending.database.requests[1].lines) == 4


@pytest.mark.parametrize(
    ("asked_s", "wait_s"), [(120.0, 120.0), (0.2, 1.0), (-5.0, 1.0), (1e9, 86_400.0)]
)
async def test_a_server_says_how_long_to_wait(
    sending: Sending, asked_s: float, wait_s: float
) -> None:
    """At least that long, but a day at most."""
    sending.database.errors = {0: TargetUnavailable(retry_after_s=asked_s)}
    await sending.add(power(1))

    await sending.run()

    assert sending.waits == [wait_s]
    assert sending.spool.status.unsent == 0


@pytest.mark.parametrize("error", [TargetRefused("401"), TargetMisconfigured("404")])
async def test_what_somebody_must_mend_is_asked_once_an_hour(
    sending: Sending, error: TargetError
) -> None:
    """The reason shows at once, everything is kept, and it heals by itself."""
    sending.database.error = error
    sending.plan_points(range(1, 1_000))
    sending.plan_error(2.5 * HOUR_S, None)

    await sending.run(until_s=2 * HOUR_S)
    assert [each.at_s for each in sending.database.requests] == [10, 10 + HOUR_S]
    assert sending.sender.status.failure is error
    assert sending.sender.status.failing_since == START + timedelta(seconds=10)
    assert len(sending.changes) == 1

    await sending.run()
    assert sending.database.taken == encoded([power(n) for n in range(1, 1_000)])
    assert sending.sender.status.failure is None


async def test_another_kind_of_failure_is_reported(sending: Sending) -> None:
    """Not each way of being unavailable; it fails since the first."""
    sending.database.errors = {0: AWAY, 1: TimedOut(), 2: AWAY, 3: TargetRefused()}
    await sending.add(power(1))

    await sending.run()

    assert _kinds(sending.changes) == [TargetUnavailable, TargetRefused, None]
    assert sending.changes[1].failing_since == START


async def test_an_outage_amid_a_backlog_loses_nothing(sending: Sending) -> None:
    """Nor do outages in the flush of what the outage before has left."""
    sending.database.latency_s = 0.4
    sending.database.errors = dict.fromkeys((1, 2, 5, 7, 8, 13, 14, 15), AWAY)
    backlog = [power(-number) for number in range(30_000, 0, -1)]
    await sending.add(*backlog)
    sending.plan_points(range(1, 50))

    await sending.run()

    every = encoded([*backlog, *(power(n) for n in range(1, 50))])
    assert set(sending.database.taken) == set(every)
    assert sending.spool.status.unsent == 0


@pytest.mark.parametrize("error", [AWAY, TargetMisconfigured("404 by the proxy")])
async def test_what_a_killed_database_forgot_is_sent_again(
    tmp_path: Path, error: TargetError
) -> None:
    """It had acknowledged that: the spool keeps it until it is certainly on disk."""
    sending = Sending(tmp_path)
    sending.database.resend_s = 60.0
    await sending.open()
    sending.plan_points(range(1, 500))

    async def kill() -> None:
        sending.database.lose(after_s=1_950.0)
        sending.database.error = error

    sending.plan(1_995.0, kill)
    sending.plan_error(3_500.0, None)

    await sending.run()
    await sending.close()

    assert set(sending.database.taken) == set(
        encoded([power(n) for n in range(1, 500)])
    )
    again = len(sending.database.taken) - len(set(sending.database.taken))
    assert again <= len(set(sending.database.taken)) + 2


async def test_a_restart_between_two_lines_is_seen(tmp_path: Path) -> None:
    """No request failed: only that another connection was opened says it."""
    sending = Sending(tmp_path)
    sending.database.resend_s = 60.0
    await sending.open()
    sending.plan_points(range(1, 500))

    async def restart() -> None:
        sending.database.lose(after_s=1_950.0)
        sending.database.connections += 1

    sending.plan(1_995.0, restart)

    await sending.run()
    await sending.close()

    assert set(sending.database.taken) == set(
        encoded([power(n) for n in range(1, 500)])
    )


async def test_a_server_that_refuses_fast_requests_gets_them_slower(
    tmp_path: Path,
) -> None:
    """Though each failure sends the last minute again, the backlog ends."""
    sending = Sending(tmp_path)
    sending.database.resend_s = 60.0
    await sending.open()
    write = sending.database.write
    last_s = [float("-inf")]

    async def limited(lines: Sequence[str]) -> None:
        since_s = sending.time_s - last_s[0]
        last_s[0] = sending.time_s
        sending.database.error = AWAY if since_s < 2.0 else None
        await write(lines)

    await sending.add(*(power(number) for number in range(60_000)))
    with patch.object(sending.database, "write", limited):
        await sending.run(until_s=HOUR_S)
    await sending.close()

    assert sending.spool.status.unsent == 0
    assert len(set(sending.database.taken)) == 60_000
    assert sending.database.requests[-1].at_s < 300.0


async def test_an_unexpected_error_does_not_end_the_export(
    sending: Sending, caplog: pytest.LogCaptureFixture
) -> None:
    """One traceback is logged, and the status does not repeat what it said."""
    sending.database.errors = dict.fromkeys((0, 1, 3), RuntimeError("token=secret"))
    sending.plan_points([1, 2])

    await sending.run()

    assert sending.database.taken == encoded([power(1), power(2)])
    assert sum(record.exc_info is not None for record in caplog.records) == 1
    assert _kinds(sending.changes) == [TargetUnavailable, None] * 2
    assert str(sending.changes[0].failure) == "RuntimeError"


async def test_a_listener_that_fails_does_not_end_the_export(
    sending: Sending, caplog: pytest.LogCaptureFixture
) -> None:
    """Its mistake is logged."""

    def fail(_: SenderStatus) -> None:
        raise ValueError

    sending.on_change = fail
    sending.database.errors = {0: AWAY}
    await sending.add(power(1))

    await sending.run()

    assert sending.database.taken == encoded([power(1)])
    assert "cannot be reported" in caplog.text


async def test_a_spool_that_cannot_be_read_is_read_again(
    sending: Sending, caplog: pytest.LogCaptureFixture
) -> None:
    """It is logged once; nobody has to do anything."""
    caplog.set_level(logging.ERROR)
    oldest = sending.spool.async_oldest
    failures = [SpoolError("disk I/O error")] * 3

    async def failing(*args: int, until: int | None = None) -> Batch | None:
        if failures:
            raise failures.pop()
        return await oldest(*args, until=until)

    await sending.add(power(1))
    with patch.object(sending.spool, "async_oldest", failing):
        await sending.run()

    assert sending.waits == [1.0, 2.0, 4.0]
    assert sending.database.taken == encoded([power(1)])
    assert len(caplog.records) == 1
    assert sending.changes == []

"""Exports a simulated home, in processes that may be killed at any moment.

Started as `python -m benchmarks.export.durability.worker`; standard input has a job
and then commands, standard output a line for each cycle that was committed. Each job
has a process of its own, which need not import anything again.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
import os
from pathlib import Path
from typing import Final
from unittest.mock import patch

import aiohttp

from benchmarks.export.targets import target_of
from custom_components.heatpump_monitor.const import TargetKind
from custom_components.heatpump_monitor.exporter.point import Point
from custom_components.heatpump_monitor.exporter.sender import Sender
from custom_components.heatpump_monitor.exporter.spool import (
    Spool,
    SpoolError,
    SpoolLimits,
)
from custom_components.heatpump_monitor.exporter.targets import http

from .job import COMMITTED, DRAIN, DRAINED, END, GONE, READY, REFUSED, UNTIL, Job

_GLANCE_S: Final = 0.01
_UPKEEP_CYCLES: Final = 30
"""Five minutes."""
_HURRY: Final = 50.0
_LONGEST_WAIT_S: Final = 0.1
_STDIN: Final = 0
_STDOUT: Final = 1


class _Exporter:
    """Adds cycles to a spool while a sender empties it."""

    def __init__(self, job: Job, spool: Spool, sender: Sender) -> None:
        """Add nothing yet."""
        self._home = job.simulated()
        self._next = job.first
        self._spool = spool
        self._sender = sender
        self._kept: dict[int, Sequence[Point]] = {}

    async def until(self, end: int) -> None:
        """Commit the cycles before a number, and say so of each."""
        while self._next < end:
            self._kept[self._next] = self._home.points(self._next)
            self._next += 1
            await self._commit()
            if self._next % _UPKEEP_CYCLES == 0:
                with suppress(SpoolError):
                    await self._spool.async_upkeep()

    async def drain(self, *, confirmed: bool) -> None:
        """Wait until nothing is left to be sent, and say so."""
        while self._kept:
            await self._commit()
            await asyncio.sleep(_GLANCE_S)
        while (status := self._spool.status).unsent or (confirmed and status.recent):
            self._sender.wake()
            await asyncio.sleep(_GLANCE_S)
        _say(DRAINED)

    async def _commit(self) -> None:
        points = [point for each in self._kept.values() for point in each]
        try:
            await self._spool.async_add(points)
        except SpoolError:
            _say(f"{REFUSED} {max(self._kept)}")
            return
        self._sender.wake()
        for cycle in self._kept:
            _say(f"{COMMITTED} {cycle}")
        self._kept.clear()


def main() -> None:
    """Give birth to one process for each job, and say when it is gone."""
    while line := _line():
        job = Job.from_json(line)
        if (born := os.fork()) == 0:
            asyncio.run(_live(job))
            # What the parent would do at its end is not the child's to do.
            os._exit(0)
        os.waitpid(born, 0)
        # The child's event loop changed that of both.
        os.set_blocking(_STDIN, True)
        _say(GONE)


async def _live(job: Job) -> None:
    timeout = aiohttp.ClientTimeout(total=job.timeout_s)
    with patch.object(http, "_TIMEOUT", timeout):
        await _export(job, await _commands())


async def _export(job: Job, commands: asyncio.StreamReader) -> None:
    async with aiohttp.ClientSession(trace_configs=[http.counting()]) as session:
        target = target_of(TargetKind(job.kind), job.url, session, **job.access)
        spool = Spool(
            Path(job.folder, "spool.db"),
            target.encode,
            replaces=target.replaces,
            resend_s=target.resend_s if job.resend_s is None else job.resend_s,
            limits=SpoolLimits(),
            now=_now,
        )
        await spool.async_open()
        sender = Sender(
            spool,
            target,
            Path(job.folder, "rejected.txt"),
            now=_now,
            sleep=_sleep,
        )
        sending = asyncio.create_task(sender.async_run())
        _say(f"{READY} {os.getpid()}")
        await _obey(commands, _Exporter(job, spool, sender))
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
        await spool.async_close()


async def _obey(commands: asyncio.StreamReader, exporter: _Exporter) -> None:
    while line := await commands.readline():
        command, _, number = line.decode().strip().partition(" ")
        match command:
            case str() if command == UNTIL:
                await exporter.until(int(number))
            case str() if command == DRAIN:
                await exporter.drain(confirmed=bool(int(number)))
            case str() if command == END:
                return


def _line() -> str:
    """Return a line of standard input, and leave all after it to the child."""
    line = b""
    while not line.endswith(b"\n") and (byte := os.read(_STDIN, 1)):
        line += byte
    return line.decode()


async def _commands() -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(os.dup(_STDIN), "rb")
    )
    return reader


async def _sleep(seconds: float) -> None:
    """Wait, but for a part of the time, and for a refused sign-in not an hour."""
    await asyncio.sleep(min(seconds / _HURRY, _LONGEST_WAIT_S))


def _now() -> datetime:
    return datetime.now(UTC)


def _say(line: str) -> None:
    # Not through a buffer: what was committed before a kill is known.
    os.write(_STDOUT, f"{line}\n".encode())


if __name__ == "__main__":
    main()

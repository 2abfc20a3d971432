"""The processes that export, as their killer sees them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
import os
from pathlib import Path
import resource
import signal
import sys
from typing import Final

from .job import COMMITTED, DRAIN, DRAINED, END, GONE, READY, REFUSED, UNTIL, Job

_ROOT: Final = Path(__file__).parents[3]
_PATIENCE_S: Final = 60.0
_LOG: Final = "export.log"
_UNLIMITED: Final = resource.RLIM_INFINITY


class ChildError(Exception):
    """The process ended, or said nothing for long; the message has its last words."""


class Nursery:
    """The process that starts those that export, and what they say."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        """Speak with a process."""
        self._process = process
        self._log = log

    async def order(self, line: str) -> None:
        """Send a line."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())
        await self._process.stdin.drain()

    async def hear(self) -> tuple[str, int]:
        """Return the next word, and its number or 0.

        Raises:
            ChildError: Nothing more is said.
        """
        assert self._process.stdout is not None
        try:
            async with asyncio.timeout(_PATIENCE_S):
                line = await self._process.stdout.readline()
        except TimeoutError:
            raise ChildError(f"nothing for {_PATIENCE_S} s\n{self.log()}") from None
        if not line:
            raise ChildError(f"it ended\n{self.log()}")
        word, _, number = line.decode().strip().partition(" ")
        return word, int(number or 0)

    def log(self) -> str:
        """Return the last words."""
        return self._log.read_text(encoding="utf-8")[-3_000:]


@asynccontextmanager
async def nursery(folder: Path) -> AsyncIterator[Nursery]:
    """Start the process that starts those that export."""
    log_path = folder / _LOG
    with log_path.open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "benchmarks.export.durability.worker"),
            cwd=_ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
        )
    try:
        yield Nursery(process, log_path)
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


class Child:
    """Exports, may be killed, and exports on.

    Attributes:
        committed: The cycles that it said to be committed.
        unsure: Those that it may have committed before it could say so.
        refused: How often the spool could not be written.
        kills: How often it was killed.
    """

    def __init__(self, nursery: Nursery, job: Job) -> None:
        """Start nothing yet."""
        self._nursery = nursery
        self._job = job
        self._pid: int | None = None
        self.committed: set[int] = set()
        self.unsure: set[int] = set()
        self.refused = 0
        self.kills = 0
        self._next = job.first

    @property
    def reached(self) -> int:
        """Return the number of the next cycle."""
        return self._next

    async def start(self) -> None:
        """Start it; it goes on after what it may have committed."""
        await self._nursery.order(replace(self._job, first=self._next).as_json())
        await self._hear_until(READY)

    async def until(self, end: int) -> None:
        """Have the cycles before a number committed, or refused by the disk."""
        await self._nursery.order(f"{UNTIL} {end}")
        while self._next < end:
            await self._hear()

    async def kill_after(self, cycles: int, before: int) -> None:
        """Kill it some cycles on, in the midst of the next ones."""
        end = self._next + cycles
        # It would not have read the order yet if it had nothing to do.
        await self._nursery.order(f"{UNTIL} {max(before, end + 1)}")
        while self._next < end:
            await self._hear()
        await self.kill()

    async def kill(self) -> None:
        """Kill it with SIGKILL, and hear what it had still said."""
        assert self._pid is not None
        os.kill(self._pid, signal.SIGKILL)
        await self._hear_until(GONE)
        self._pid = None
        self.kills += 1
        # The one after the last that it spoke of may be committed without a word.
        self._next += 1
        self.unsure |= set(range(self._job.first, self._next)) - self.committed

    def limit_files(self, size_bytes: int | None) -> None:
        """Let no file of it grow beyond a size, as on a full disk; None lifts that."""
        assert self._pid is not None
        limit = _UNLIMITED if size_bytes is None else size_bytes
        resource.prlimit(self._pid, resource.RLIMIT_FSIZE, (limit, _UNLIMITED))

    async def drain(self, *, confirmed: bool = True) -> None:
        """Wait until it has sent everything, by default also what it sends twice."""
        await self._nursery.order(f"{DRAIN} {int(confirmed)}")
        await self._hear_until(DRAINED)

    async def end(self) -> None:
        """Let it end by itself."""
        await self._nursery.order(END)
        await self._hear_until(GONE)
        self._pid = None

    async def stop(self) -> None:
        """Make sure that it is gone."""
        if self._pid is not None:
            await self.kill()

    async def _hear_until(self, word: str) -> None:
        while await self._hear() != word:
            pass

    async def _hear(self) -> str:
        """Return the next word.

        Raises:
            ChildError: It is gone without having been killed or sent away.
        """
        word, number = await self._nursery.hear()
        match word:
            case str() if word == READY:
                self._pid = number
            case str() if word == COMMITTED:
                self.committed.add(number)
                self._next = max(self._next, number + 1)
            case str() if word == REFUSED:
                self.refused += 1
                self._next = max(self._next, number + 1)
        return word

"""Child processes that never outlive the demo."""

import asyncio
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Coroutine,
    Mapping,
    Sequence,
)
from contextlib import asynccontextmanager, closing, suppress
import itertools
import os
from pathlib import Path
import socket
from typing import NoReturn

from .errors import DemoError

LOOPBACK = "127.0.0.1"
# Home Assistant writes its last states while it goes.
_STOP_S = 30
_LAST_PORT = 65_535


class Child:
    """One child process, known by its own id."""

    def __init__(
        self,
        name: str,
        start: Callable[[], Awaitable[asyncio.subprocess.Process]],
        log: Path,
        restart_code: int | None,
    ) -> None:
        """Remember how it is started; nothing runs yet."""
        self.name = name
        self._start = start
        self._log = log
        self._restart_code = restart_code
        self._process: asyncio.subprocess.Process | None = None
        self._killed: asyncio.subprocess.Process | None = None
        self._runs = asyncio.Event()

    async def start(self) -> None:
        """Start it, or start it again after it was killed."""
        self._process = await self._start()
        self._runs.set()

    async def first_line(self, timeout_s: float) -> bytes:
        """Return the first line of a child whose output is to be read."""
        assert self._process is not None
        assert self._process.stdout is not None
        try:
            async with asyncio.timeout(timeout_s):
                line = await self._process.stdout.readline()
        except TimeoutError:
            raise DemoError(f"{self.name} was not ready in {timeout_s:.0f} s") from None
        if not line:
            await self.watch()
        return line

    async def kill(self) -> None:
        """Make the child end at once, as in a crash; it stays so until it is started."""
        assert self._process is not None
        self._runs.clear()
        self._killed = self._process
        self._process.kill()
        await self._process.wait()

    async def watch(self) -> NoReturn:
        """Wait for the child to end, which it may only do to be started again.

        Raises:
            DemoError: It ended otherwise.
        """
        assert self._process is not None
        while True:
            process = self._process
            code = await process.wait()
            if process is self._killed:
                await self._runs.wait()
            elif code == self._restart_code:
                await self.start()
            else:
                break
        raise DemoError(f"{self.name} ended with code {code}:\n{self._last_words()}")

    async def stop(self) -> None:
        """Ask the child to end, and make it end if it does not."""
        if self._process is None or self._process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            self._process.terminate()
        try:
            async with asyncio.timeout(_STOP_S):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
            await self._process.wait()

    def _last_words(self) -> str:
        lines = self._log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(lines[-20:])


@asynccontextmanager
async def child(
    name: str,
    command: Sequence[str | Path],
    *,
    folder: Path,
    log: Path,
    environment: Mapping[str, str] | None = None,
    read_output: bool = False,
    restart_code: int | None = None,
) -> AsyncIterator[Child]:
    """Run a command for as long as the context lasts.

    The child gets a session of its own, so that Ctrl-C reaches the demo alone,
    which then stops its children one after the other.

    Args:
        name: What it is called in messages.
        command: The program and its arguments.
        folder: Its working folder.
        log: File that takes what it writes.
        environment: Variables on top of the demo's own.
        read_output: Whether its standard output is for the demo instead.
        restart_code: The exit code by which it asks to be started again.
    """

    async def start() -> asyncio.subprocess.Process:
        with log.open("wb") as written:
            return await asyncio.create_subprocess_exec(
                *command,
                cwd=folder,
                env={**os.environ, **(environment or {})},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE if read_output else written,
                stderr=written,
                start_new_session=True,
            )

    started = Child(name, start, log, restart_code)
    try:
        await started.start()
        yield started
    finally:
        await started.stop()


async def while_alive[ResultT](
    work: Coroutine[object, object, ResultT], *children: Child
) -> ResultT:
    """Return the result of some work that needs all of these children.

    Raises:
        DemoError: One of them ended before.
    """
    task = asyncio.ensure_future(work)
    watches = [asyncio.ensure_future(child.watch()) for child in children]
    try:
        await asyncio.wait([task, *watches], return_when=asyncio.FIRST_COMPLETED)
        for watch in watches:
            if watch.done():
                watch.result()
        return task.result()
    finally:
        for each in (task, *watches):
            each.cancel()
        await asyncio.gather(task, *watches, return_exceptions=True)


def is_free(port: int) -> bool:
    """Tell whether a server could listen on this port of this machine."""
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_ports(port: int, count: int = 1) -> list[int]:
    """Return the first ports from this one on that nobody listens on."""
    free = itertools.islice(filter(is_free, range(port, _LAST_PORT)), count)
    ports = list(free)
    if len(ports) < count:
        raise DemoError(f"not enough free ports from {port} on")
    return ports

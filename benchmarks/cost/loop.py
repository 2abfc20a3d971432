"""An event loop whose clock jumps to the next timer as soon as nothing is under way."""

import asyncio
from asyncio import events
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field
import gc
import queue
import selectors
import threading
import time
from typing import Any, Final, override

import aiohttp

from .clock import ProcessClock

# For how long it waits for the work of others, in real seconds, before it jumps anyway.
_PATIENCE_S: Final = 2.0
_GLANCE_S: Final = 0.05
# Work takes time: a timer that comes too early for what it finds would be set again
# for the same moment, without end.
_STEP_S: Final = 1e-6
_WITHOUT_TIMER_S: Final = 3600.0


class CountingQueue(queue.SimpleQueue[Any]):
    """A queue that knows whether its reader is done with everything in it."""

    def __init__(self) -> None:
        """Start empty."""
        self._lock = threading.Lock()
        self._put = 0
        self._taken = 0
        self._done = 0
        self.on_idle: Callable[[], None] = _nothing

    @property
    def is_idle(self) -> bool:
        """Return whether the reader waits for more."""
        return self._done == self._put

    @override
    def put(self, item: Any, block: bool = True, timeout: float | None = None) -> None:
        with self._lock:
            self._put += 1
        super().put(item)

    @override
    def put_nowait(self, item: Any) -> None:
        self.put(item)

    @override
    def get(self, block: bool = True, timeout: float | None = None) -> Any:
        self._done = self._taken
        if self.is_idle:
            self.on_idle()
        item = super().get(block, timeout)
        self._taken += 1
        return item

    @override
    def get_nowait(self) -> Any:
        item = super().get_nowait()
        self._taken += 1
        return item


def _nothing() -> None:
    """Do nothing."""


@dataclass(slots=True)
class Work:
    """What goes on outside of the event loop."""

    jobs: int = 0
    """In threads."""
    checks: list[Callable[[], bool]] = field(default_factory=list)
    """Return whether there is work of another kind."""

    @property
    def is_under_way(self) -> bool:
        """Return whether there is any: time must not pass until it is done."""
        return self.jobs > 0 or any(check() for check in self.checks)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let no time pass."""
        self.jobs += 1
        try:
            yield
        finally:
            self.jobs -= 1


def has_requests(connector: aiohttp.BaseConnector) -> bool:
    """Return whether requests of a client wait for their answers."""
    # A websocket keeps its connection, and is no request that will end.
    return any(
        not getattr(protocol, "upgraded", False)
        for protocol in connector._acquired  # noqa: SLF001
    )


class JumpingSelector(selectors.DefaultSelector):
    """Lets time pass instead of waiting."""

    def __init__(
        self, clock: ProcessClock, work: Work, reach: Callable[[float], None]
    ) -> None:
        """Watch nothing yet.

        Args:
            clock: Which jumps.
            work: For which it waits in real time.
            reach: Lets that many seconds pass, or fewer.
        """
        super().__init__()
        self._clock = clock
        self._work = work
        self._reach = reach
        self.own_cpu_s = 0.0
        """CPU of the jumps, which Home Assistant would not need."""
        self.jumps = 0
        self.forced_jumps = 0
        """Jumps while there was work that does not end."""
        self.is_waiting = False

    @override
    def select(
        self, timeout: float | None = None
    ) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is not None and timeout <= 0:
            self._clock.advance(_STEP_S)
            return super().select(0)
        started_s = time.thread_time()
        try:
            return super().select(0) or self._wait() or self._jump(timeout)
        finally:
            self.own_cpu_s += time.thread_time() - started_s

    def _wait(self) -> list[tuple[selectors.SelectorKey, int]]:
        """Wait in real time until there is something to do, or nothing under way."""
        self.is_waiting = True
        for _ in range(int(_PATIENCE_S / _GLANCE_S)):
            if not self._work.is_under_way:
                break
            if ready := super().select(_GLANCE_S):
                self.is_waiting = False
                return ready
        else:
            self.forced_jumps += 1
        self.is_waiting = False
        return super().select(0)

    def _jump(self, timeout: float | None) -> list[tuple[selectors.SelectorKey, int]]:
        self.jumps += 1
        self._reach(_WITHOUT_TIMER_S if timeout is None else timeout)
        return super().select(0)


class JumpingLoop(asyncio.SelectorEventLoop):
    """Runs on a clock that all but stands still while it works."""

    def __init__(
        self, clock: ProcessClock, work: Work, reach: Callable[[float], None]
    ) -> None:
        """Run nothing yet."""
        self.selector = JumpingSelector(clock, work, reach)
        super().__init__(self.selector)
        self.work = work
        self._clock = clock

    @override
    def time(self) -> float:
        return self._clock.monotonic()

    @override
    def run_in_executor[*Ts, T](
        self, executor: Executor | None, func: Callable[[*Ts], T], *args: *Ts
    ) -> asyncio.Future[T]:
        self.work.jobs += 1
        future = super().run_in_executor(executor, func, *args)
        future.add_done_callback(self._end_job)
        return future

    def wake(self) -> None:
        """Have the loop look again, if it waits for a thread."""
        if self.selector.is_waiting:
            self.call_soon_threadsafe(_nothing)

    def _end_job(self, _: asyncio.Future[Any]) -> None:
        self.work.jobs -= 1


@dataclass(frozen=True, slots=True)
class SlowCallback:
    """One call of the event loop that took long."""

    cpu_ms: float
    """Without garbage collection."""
    what: str
    at_s: float
    """Since the measurement began."""


@contextmanager
def slow_callbacks(
    limit_ms: float, clock: ProcessClock
) -> Iterator[list[SlowCallback]]:
    """Collect the callbacks of this thread's event loop that take longer."""
    found: list[SlowCallback] = []
    is_over = False
    collections = _Collections()
    run, begin_s = events.Handle._run, clock.elapsed_s  # noqa: SLF001
    thread_time = time.thread_time

    def timed(handle: events.Handle) -> None:
        collected_s, started_s = collections.cpu_s, thread_time()
        run(handle)
        cpu_s = thread_time() - started_s
        if is_over or cpu_s * 1000 <= limit_ms:
            return
        cpu_ms = (cpu_s - (collections.cpu_s - collected_s)) * 1000
        if cpu_ms > limit_ms:
            what = described(handle)
            found.append(SlowCallback(cpu_ms, what, clock.elapsed_s - begin_s))

    gc.callbacks.append(collections)
    events.Handle._run = timed  # type: ignore[assignment, method-assign]  # noqa: SLF001
    try:
        yield found
    finally:
        # The callback that ends the measurement goes on after it.
        is_over = True
        events.Handle._run = run  # type: ignore[method-assign]  # noqa: SLF001
        gc.callbacks.remove(collections)


class _Collections:
    """Counts the CPU of garbage collections."""

    def __init__(self) -> None:
        self.cpu_s = 0.0
        self._started_s = 0.0

    def __call__(self, phase: str, _: dict[str, int]) -> None:
        if phase == "start":
            self._started_s = time.thread_time()
        else:
            self.cpu_s += time.thread_time() - self._started_s


def described(handle: events.Handle) -> str:
    """Return what a handle runs: the coroutine of a task, or the function."""
    called = getattr(handle, "_callback", None)
    owner = getattr(called, "__self__", None)
    if isinstance(owner, asyncio.Task):
        coroutine = getattr(owner.get_coro(), "__qualname__", "coroutine")
        return f"{coroutine} ({owner.get_name()})"
    name = getattr(called, "__qualname__", None) or repr(called)
    arguments = getattr(handle, "_args", None) or ()
    return f"{name}({', '.join(repr(each)[:60] for each in arguments)})"

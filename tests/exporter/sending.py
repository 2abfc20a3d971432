"""A sender with its spool, a database that fails on demand, and time that jumps.

The sender itself moves the clock: whatever it waits for passes at once, and what was
planned for the meantime happens on the way.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count
import json
from pathlib import Path
from typing import Any

from custom_components.heatpump_monitor.exporter.point import MOST_LINES, Point
from custom_components.heatpump_monitor.exporter.sender import Sender, SenderStatus
from custom_components.heatpump_monitor.exporter.spool import Batch, Spool, SpoolLimits
from custom_components.heatpump_monitor.exporter.targets.base import LinesRejected

from .spooling import START, Clock, encode, power

LONGEST_PAUSE_S = 0.25
"""After a full batch, at the full rate."""

type Action = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Request:
    """What the database was asked to take."""

    at_s: float
    lines: tuple[str, ...]
    is_taken: bool


@dataclass
class Database:
    """Takes lines, unless a test lets it fail."""

    pass_s: Callable[[float], Awaitable[None]]
    time_s: Callable[[], float]
    replaces: bool = True
    resend_s: float = 0.0
    latency_s: float = 0.0
    error: Exception | None = None
    """What it answers to everything."""
    errors: dict[int, Exception] = field(default_factory=dict)
    """What it answers to the nth request."""
    bad: set[str] = field(default_factory=set)
    connections: int = 1
    requests: list[Request] = field(default_factory=list)
    _is_busy: bool = False

    def encode(self, point: Point) -> str:
        """Return a point as a short line."""
        return encode(point)

    async def write(self, lines: Sequence[str]) -> None:
        """Take lines after a while, or fail."""
        assert not self._is_busy, "two requests at once"
        assert 0 < len(lines) <= MOST_LINES
        self._is_busy = True
        try:
            await self.pass_s(self.latency_s)
        finally:
            self._is_busy = False
        error = self.errors.pop(len(self.requests), self.error)
        if error is None and not self.bad.isdisjoint(lines):
            error = LinesRejected("wrong type")
        self.requests.append(Request(self.time_s(), tuple(lines), error is None))
        if error is not None:
            raise error

    @property
    def taken(self) -> list[str]:
        """Return all lines in the order in which they were taken."""
        return [
            line
            for request in self.requests
            if request.is_taken
            for line in request.lines
        ]

    @property
    def values(self) -> dict[str, str]:
        """Return what a query would: the last value of each series and time."""
        found = {}
        for line in self.taken:
            series, value, time = line.split(" ")
            found[f"{series} {time}"] = value
        return found

    def lose(self, after_s: float) -> None:
        """Forget what was acknowledged after a moment, as a killed one does."""
        self.requests = [each for each in self.requests if each.at_s <= after_s]


class WatchedSpool(Spool):
    """A spool that says when the sender finds it empty."""

    on_empty: Action

    async def async_oldest(
        self, most_lines: int = MOST_LINES, *, until: int | None = None
    ) -> Batch | None:
        """Return the oldest unsent lines."""
        batch = await super().async_oldest(most_lines, until=until)
        if batch is None and until is None:
            await self.on_empty()
        return batch


class Sending:
    """Runs a sender until nothing is left to do, or until a moment."""

    def __init__(self, folder: Path) -> None:
        """Prepare a database that replaces values and loses none."""
        self.clock = Clock()
        self.folder = folder
        self.database = Database(self.pass_s, lambda: self.time_s)
        self.changes: list[SenderStatus] = []
        self.waits: list[float] = []
        """How long the sender waited after failures."""
        self.fraction = 1.0
        """What takes the place of a random number: the longest waits."""
        self.on_change: Callable[[SenderStatus], None] = self.changes.append
        self._planned: list[tuple[float, int, Action]] = []
        self._order = count()
        self._until_s = float("inf")
        self._ended = asyncio.Event()
        self._is_awake = False

    async def open(self) -> None:
        """Open the spool, and make a sender."""
        self.spool = WatchedSpool(
            self.folder / "export.db",
            encode,
            replaces=self.database.replaces,
            resend_s=self.database.resend_s,
            limits=SpoolLimits(),
            now=self.clock,
        )
        self.spool.on_empty = self._pass_to_next
        await self.spool.async_open()
        self.sender = Sender(
            self.spool,
            self.database,
            self.folder / "rejected.jsonl",
            now=self.clock,
            on_change=self._changed,
            sleep=self._sleep,
            random=lambda: self.fraction,
        )

    async def close(self) -> None:
        """Close the spool."""
        await self.spool.async_close()

    @property
    def time_s(self) -> float:
        """Return how many seconds have passed."""
        return (self.clock.time - START).total_seconds()

    @property
    def rejected(self) -> list[dict[str, Any]]:
        """Return what the file of refused lines holds."""
        path = self.folder / "rejected.jsonl"
        return [json.loads(each) for each in path.read_text().splitlines()]

    async def add(self, *points: Point) -> None:
        """Add points to the spool, and wake the sender."""
        await self.spool.async_add(points)
        self.sender.wake()
        self._is_awake = True

    def plan(self, at_s: float, action: Action) -> None:
        """Let something happen later."""
        heappush(self._planned, (at_s, next(self._order), action))

    def plan_points(self, numbers: Sequence[int]) -> None:
        """Let the nth point arrive in the nth ten seconds."""
        for number in numbers:
            self.plan(10.0 * number, lambda number=number: self.add(power(number)))  # type: ignore[misc]

    def plan_error(self, at_s: float, error: Exception | None) -> None:
        """Let the database fail from a moment on, or work again."""

        async def change() -> None:
            self.database.error = error

        self.plan(at_s, change)

    async def run(self, until_s: float = float("inf")) -> None:
        """Let the sender run until it has nothing to do, or until a moment."""
        self._until_s = until_s
        self._ended.clear()
        running = asyncio.create_task(self.sender.async_run())
        ended = asyncio.create_task(self._ended.wait())
        await asyncio.wait((running, ended), return_when=asyncio.FIRST_COMPLETED)
        ended.cancel()
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running

    async def pass_s(self, seconds: float) -> None:
        """Let time pass, and what was planned happen."""
        end_s = self.time_s + seconds
        while self._planned and self._planned[0][0] <= min(end_s, self._until_s):
            await self._next()
        if end_s > self._until_s:
            await self._end()
        self._set(end_s)

    def _changed(self, status: SenderStatus) -> None:
        self.on_change(status)

    async def _sleep(self, seconds: float) -> None:
        if seconds > LONGEST_PAUSE_S:
            self.waits.append(seconds)
        await self.pass_s(seconds)

    async def _pass_to_next(self) -> None:
        self._is_awake = False
        while self._planned and self._planned[0][0] <= self._until_s:
            await self._next()
            if self._is_awake:
                return
        await self._end()

    async def _next(self) -> None:
        at_s, _, action = heappop(self._planned)
        self._set(at_s)
        await action()

    async def _end(self) -> None:
        if self._until_s < float("inf"):
            self._set(self._until_s)
        self._ended.set()
        await asyncio.Event().wait()

    def _set(self, time_s: float) -> None:
        time: datetime = START + timedelta(seconds=time_s)
        self.clock.time = max(self.clock.time, time)

"""Empties a spool with days of backlog into a real server, live readings beside it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
import time
from typing import Final

import aiohttp

from custom_components.heatpump_monitor.const import TargetKind
from custom_components.heatpump_monitor.exporter.point import Point
from custom_components.heatpump_monitor.exporter.sender import Sender
from custom_components.heatpump_monitor.exporter.spool import Spool, SpoolLimits
from custom_components.heatpump_monitor.exporter.targets.base import Target
from custom_components.heatpump_monitor.exporter.targets.http import counting
from tests.servers import RealVictoriaMetrics

from .clock import Busy, busy, quantile
from .figures import Figure
from .home import DAY_CYCLES, Home, Reading
from .targets import target_of

_BACKLOG_LIMIT_S: Final = 60.0
"""For seven days."""
_LATENCY_LIMIT_S: Final = 1.0
_READING_LIMIT_MS: Final = 1.0
_LIVE: Final = "live"
_LIVE_PAUSE_S: Final = 0.2
"""Fifty times faster than a home, for enough of them during a flush."""
_LIVE_CYCLES: Final = 150
_MOST_LIVE_CYCLES: Final = 1_500
_FAILURES: Final = 5
"""Attempts while the server is away: the sender has to recover from them."""
_GLANCE_S: Final = 0.002


@dataclass(slots=True)
class TimedTarget:
    """Another target that remembers when each line of the live home was taken."""

    target: Target
    taken_s: dict[str, float] = field(default_factory=dict)
    failures: int = 0
    bytes: int = 0
    """Of the lines, before they are packed."""

    @property
    def replaces(self) -> bool:
        """Return what the target says."""
        return self.target.replaces

    @property
    def resend_s(self) -> float:
        """Return what the target says."""
        return self.target.resend_s

    @property
    def connections(self) -> int:
        """Return what the target says."""
        return self.target.connections

    def encode(self, point: Point) -> str:
        """Return a point as one line."""
        return self.target.encode(point)

    async def write(self, lines: Sequence[str]) -> None:
        """Write lines, and note when they were acknowledged."""
        self.failures += 1
        await self.target.write(lines)
        self.failures -= 1
        now_s = time.perf_counter()
        self.bytes += sum(map(len, lines))
        self.taken_s |= {line: now_s for line in lines if f"home={_LIVE}" in line}


@dataclass(frozen=True, kw_only=True, slots=True)
class Export:
    """A spool and what empties it."""

    spool: Spool
    target: TimedTarget
    sender: Sender


@dataclass(frozen=True, kw_only=True, slots=True)
class Live:
    """What it took to export live readings."""

    cycles: int
    readings: int
    latencies_s: list[float]
    """From the reading to the acknowledgement."""
    busy: Busy
    """Of all callbacks of the loop."""


async def flush_figures(folder: Path, days: float) -> list[Figure]:
    """Measure a backlog of some days at a server that is away at first."""
    start = datetime.now(UTC).replace(microsecond=0) - timedelta(days=days + 1)
    home = Home(name="backlog", start=start)
    server = RealVictoriaMetrics(folder)
    async with _exporting(folder, server.url) as export:
        lines, values, fill_s = await _fill(
            export.spool, home, round(days * DAY_CYCLES)
        )
        spool_bytes = export.spool.status.size_bytes
        spooled = await _live(export, 1, _times(_LIVE_CYCLES))
        sending = asyncio.create_task(export.sender.async_run())
        try:
            async with asyncio.timeout(60):
                await _until(lambda: export.target.failures >= _FAILURES)
            failures = export.target.failures
            await server.start()
            await _until(lambda: export.sender.status.last_success is not None)
            begun_s = time.perf_counter()
            done = asyncio.create_task(_until(lambda: export.spool.status.unsent < 100))
            during = await _live(export, 2, lambda _: not done.done())
            flush_s = time.perf_counter() - begun_s
            sent_bytes = export.target.bytes
            await _until(lambda: export.spool.status.unsent == 0)
            after = await _live(export, 3, _times(_LIVE_CYCLES), acknowledged=True)
        finally:
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)
            server.kill()
    per_s = lines / flush_s
    return [
        _flush("days at 10 s", days),
        _flush("lines", lines),
        _flush("values", values),
        _flush("lines added to the spool, by cycles", lines / fill_s, "per s"),
        _flush("spool on disk", spool_bytes / 1e6, "MB"),
        _flush("lines as text", sent_bytes / 1e6, "MB"),
        _flush("attempts that failed before", failures),
        _flush("time", flush_s, "s", most=_BACKLOG_LIMIT_S * days / 7.0),
        _flush("lines out of the spool", per_s, "per s"),
        _flush("values out of the spool", values / flush_s, "per s"),
        _flush("longest block of the event loop", during.busy.longest_s * 1e3, "ms"),
        *_latencies("latency during a flush", during.latencies_s),
        *_latencies("latency", after.latencies_s),
        *_costs("event loop, to the spool", spooled, most=_READING_LIMIT_MS),
        *_costs("event loop, and sent", after, most=None),
    ]


def _flush(
    name: str, value: float, unit: str = "", most: float | None = None
) -> Figure:
    return Figure(part="backlog", name=name, value=value, unit=unit, most=most)


def _latencies(part: str, latencies_s: list[float]) -> list[Figure]:
    return [
        Figure(part=part, name="live cycles", value=float(len(latencies_s))),
        Figure(part=part, name="median", value=quantile(latencies_s, 0.5), unit="s"),
        Figure(
            part=part,
            name="p95",
            value=quantile(latencies_s, 0.95),
            unit="s",
            most=_LATENCY_LIMIT_S,
        ),
    ]


def _costs(part: str, live: Live, most: float | None) -> list[Figure]:
    per_ms = live.busy.total_s * 1e3 / max(live.readings, 1)
    longest_ms = live.busy.longest_s * 1e3
    return [
        Figure(part=part, name="per reading", value=per_ms, unit="ms", most=most),
        Figure(part=part, name="longest block", value=longest_ms, unit="ms"),
    ]


@asynccontextmanager
async def _exporting(folder: Path, url: str) -> AsyncIterator[Export]:
    async with aiohttp.ClientSession(trace_configs=[counting()]) as session:
        target = TimedTarget(target_of(TargetKind.VICTORIA_METRICS, url, session))
        spool = Spool(
            folder / "spool.db",
            target.encode,
            replaces=target.replaces,
            resend_s=target.resend_s,
            limits=SpoolLimits(),
            now=_now,
        )
        await spool.async_open()
        # Short waits after a failure: what they cost is not measured here.
        sender = Sender(
            spool, target, folder / "rejected", now=_now, random=lambda: 0.1
        )
        try:
            yield Export(spool=spool, target=target, sender=sender)
        finally:
            await spool.async_close()


async def _fill(spool: Spool, home: Home, cycles: int) -> tuple[int, int, float]:
    """Return lines, values, and how long the spool took for them."""
    lines = values = 0
    took_s = 0.0
    for cycle in range(cycles):
        points = home.points(cycle)
        lines += len(points)
        values += sum(len(each.fields) for each in points)
        begun_s = time.perf_counter()
        await spool.async_add(points)
        took_s += time.perf_counter() - begun_s
        if cycle % 30 == 0:
            await spool.async_upkeep()
    await spool.async_upkeep()
    return lines, values, took_s


async def _live(
    export: Export,
    number: int,
    goes_on: Callable[[int], bool],
    *,
    acknowledged: bool = False,
) -> Live:
    """Export live cycles; with `acknowledged` wait for the last of them."""
    home = Home(name=_LIVE, start=datetime.now(UTC).replace(microsecond=0), seed=number)
    # What the home says is known before: to make it up is not measured.
    readings = [home.readings(cycle) for cycle in range(1, _MOST_LIVE_CYCLES)]
    cycles, count = 0, 0
    added: list[tuple[str, float]] = []
    with busy() as found:
        while goes_on(cycles):
            said = readings[cycles % len(readings)]
            added.append(await _export(export, home, said))
            cycles += 1
            count += len(said)
            await asyncio.sleep(_LIVE_PAUSE_S)
        if acknowledged:
            await _until(lambda: added[-1][0] in export.target.taken_s)
    taken_s = export.target.taken_s
    return Live(
        cycles=cycles,
        readings=count,
        latencies_s=[taken_s[line] - at_s for line, at_s in added if line in taken_s],
        busy=found,
    )


async def _export(
    export: Export, home: Home, readings: list[Reading]
) -> tuple[str, float]:
    """Return a line of what was read, and when it was."""
    begun_s = time.perf_counter()
    points = [*home.points_of(readings)]
    await export.spool.async_add(points)
    export.sender.wake()
    return export.target.encode(points[-1]), begun_s


def _times(count: int) -> Callable[[int], bool]:
    return lambda done: done < count


async def _until(is_so: Callable[[], bool]) -> None:
    while not is_so():
        await asyncio.sleep(_GLANCE_S)


def _now() -> datetime:
    return datetime.now(UTC)

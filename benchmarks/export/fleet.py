"""Sends many homes to one VictoriaMetrics on this machine, in real time.

Each home is its own batch every ten seconds, written by the export's own target;
its spool is left out, as it is on another machine than the server in reality.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
import multiprocessing
import os
from pathlib import Path
import time
from typing import Final

import aiohttp

from custom_components.heatpump_monitor.const import TargetKind
from custom_components.heatpump_monitor.exporter.point import MOST_LINES
from custom_components.heatpump_monitor.exporter.targets.base import Target, TargetError
from tests.servers import RealVictoriaMetrics

from .clock import quantile
from .figures import Figure
from .home import CYCLE_S, DAY_CYCLES, Home
from .targets import target_of

_PROCESSES: Final = 2
_STORED_HOMES: Final = 10
_MERGE_S: Final = 120.0
_GLANCE_S: Final = 0.5
_YEAR_DAYS: Final = 365.0
_FLAGS: Final = ("-dedup.minScrapeInterval=1ms", "-search.maxUniqueTimeseries=1000000")
_TICKS: Final = os.sysconf("SC_CLK_TCK")


type _Part = tuple[str, int, int, int]
"""The server's URL, the number of the part, its homes and their cycles."""
type _Work = Callable[[str, int, int, int], _Sent]


@dataclass(frozen=True, slots=True)
class _Sent:
    """What one process has sent."""

    lines: int
    values: int
    failed: int
    cpu_s: float
    latencies_s: Sequence[float]
    took_s: float


async def fleet_figures(
    folder: Path, homes: int, minutes: float, days: float
) -> list[Figure]:
    """Measure homes in real time, then the disk of some of them.

    Args:
        folder: Of the server.
        homes: How many there are.
        minutes: How long all of them send.
        days: What ten homes have lived through when the disk is measured.
    """
    server = RealVictoriaMetrics(folder, flags=_FLAGS)
    await server.start()
    try:
        live = await _lived(server, homes, minutes)
    finally:
        server.kill()
    stored = RealVictoriaMetrics(folder, flags=_FLAGS)
    await stored.start()
    try:
        return [*live, *await _stored(stored, homes, days)]
    finally:
        stored.kill()


async def _lived(
    server: RealVictoriaMetrics, homes: int, minutes: float
) -> list[Figure]:
    begun_cpu_s = _cpu_s(server.pid)
    cycles = max(1, round(minutes * 60 / CYCLE_S))
    parts = [(server.url, part, homes // _PROCESSES, cycles) for part in _parts()]
    begun_s = time.perf_counter()
    sent = await _in_processes(_live_part, parts)
    wall_s = time.perf_counter() - begun_s
    latencies_s = [each for part in sent for each in part.latencies_s]
    took_s = max(part.took_s for part in sent)
    lines, values = sum(one.lines for one in sent), sum(one.values for one in sent)
    cpu_s = _cpu_s(server.pid) - begun_cpu_s
    part = f"{homes} homes at {CYCLE_S} s"
    return [
        Figure(
            part=part, name="time", value=took_s, unit="s", most=1.1 * cycles * CYCLE_S
        ),
        Figure(part=part, name="lines", value=lines / took_s, unit="per s"),
        Figure(part=part, name="values", value=values / took_s, unit="per s"),
        Figure(
            part=part, name="requests", value=len(latencies_s) / took_s, unit="per s"
        ),
        Figure(
            part=part,
            name="requests that failed",
            value=sum(one.failed for one in sent),
            most=0.0,
        ),
        Figure(
            part=part,
            name="request, median",
            value=quantile(latencies_s, 0.5),
            unit="s",
        ),
        Figure(
            part=part,
            name="request, p95",
            value=quantile(latencies_s, 0.95),
            unit="s",
            most=1.0,
        ),
        Figure(
            part=part,
            name="CPU of the server",
            value=100 * cpu_s / wall_s,
            unit="% of a core",
        ),
        Figure(
            part=part,
            name="CPU of all clients",
            value=100 * sum(one.cpu_s for one in sent) / took_s,
            unit="% of a core",
        ),
        Figure(
            part=part, name="memory of the server", value=_rss_mb(server.pid), unit="MB"
        ),
    ]


async def _stored(server: RealVictoriaMetrics, homes: int, days: float) -> list[Figure]:
    parts = [
        (server.url, part, _STORED_HOMES // _PROCESSES, round(days * DAY_CYCLES))
        for part in _parts()
    ]
    sent = await _in_processes(_store_part, parts)
    await server.ask("GET", "/internal/force_flush")
    await server.ask("GET", "/internal/force_merge")
    size_bytes = await _merged_bytes(server)
    values = sum(one.values for one in sent)
    year_mb = size_bytes / _STORED_HOMES / days * _YEAR_DAYS / 1e6
    part = f"disk, by {_STORED_HOMES} homes in {days:g} days"
    return [
        Figure(part=part, name="a value", value=size_bytes / values, unit="bytes"),
        Figure(part=part, name="a home and year", value=year_mb, unit="MB"),
        Figure(
            part=part,
            name=f"{homes} homes and a year",
            value=year_mb * homes / 1e3,
            unit="GB",
        ),
    ]


async def _merged_bytes(server: RealVictoriaMetrics) -> float:
    """Return the size of data and index as soon as the server merges no more."""
    async with asyncio.timeout(_MERGE_S):
        while True:
            _, text, _ = await server.ask("GET", "/metrics")
            if not sum(_metrics(text, "vm_active_merges")):
                return sum(_metrics(text, "vm_data_size_bytes"))
            await asyncio.sleep(_GLANCE_S)


def _metrics(text: str, name: str) -> list[float]:
    """Return the values of a metric with all its labels."""
    rows = (row for row in text.splitlines() if row.startswith(f"{name}{{"))
    return [float(row.rsplit(" ", 1)[1]) for row in rows]


async def _in_processes(work: _Work, parts: Sequence[_Part]) -> list[_Sent]:
    loop = asyncio.get_running_loop()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(_PROCESSES, mp_context=context) as pool:
        futures = [loop.run_in_executor(pool, work, *part) for part in parts]
        return [*await asyncio.gather(*futures)]


def _parts() -> range:
    return range(_PROCESSES)


def _live_part(url: str, part: int, homes: int, cycles: int) -> _Sent:
    return asyncio.run(_async_live(url, part, homes, cycles))


async def _async_live(url: str, part: int, homes: int, cycles: int) -> _Sent:
    """Let each home write its cycle at its own moment of the ten seconds."""
    start = datetime.now(UTC).replace(microsecond=0)
    latencies_s: list[float] = []
    lines = values = failed = 0
    loop = asyncio.get_running_loop()
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as session:
        target = target_of(TargetKind.VICTORIA_METRICS, url, session)
        begun, cpu_s = loop.time(), time.process_time()

        async def live(number: int) -> None:
            nonlocal lines, values, failed
            name = f"home-{part}-{number}"
            home = Home(name=name, start=start, seed=part * 100_000 + number)
            for cycle in range(cycles):
                at = begun + (cycle + number / homes) * CYCLE_S
                await asyncio.sleep(at - loop.time())
                points = home.points(cycle)
                sent_s = time.perf_counter()
                try:
                    await target.write([target.encode(each) for each in points])
                except TargetError:
                    failed += 1
                latencies_s.append(time.perf_counter() - sent_s)
                lines += len(points)
                values += sum(len(each.fields) for each in points)

        await asyncio.gather(*(live(number) for number in range(homes)))
        took_s = loop.time() - begun
    return _Sent(
        lines, values, failed, time.process_time() - cpu_s, latencies_s, took_s
    )


def _store_part(url: str, part: int, homes: int, cycles: int) -> _Sent:
    return asyncio.run(_async_store(url, part, homes, cycles))


async def _async_store(url: str, part: int, homes: int, cycles: int) -> _Sent:
    """Write the past of some homes as fast as it is taken."""
    start = datetime.now(UTC).replace(microsecond=0) - timedelta(
        seconds=cycles * CYCLE_S
    )
    counts = [0, 0]
    begun_s, cpu_s = time.perf_counter(), time.process_time()
    async with aiohttp.ClientSession() as session:
        target = target_of(TargetKind.VICTORIA_METRICS, url, session)
        for number in range(homes):
            name = f"stored-{part}-{number}"
            home = Home(name=name, start=start, seed=part * 100_000 + number)
            await _write_all(target, home, cycles, counts)
    return _Sent(
        counts[0],
        counts[1],
        0,
        time.process_time() - cpu_s,
        (),
        time.perf_counter() - begun_s,
    )


async def _write_all(
    target: Target, home: Home, cycles: int, counts: list[int]
) -> None:
    lines: list[str] = []
    for cycle in range(cycles):
        points = home.points(cycle)
        lines += map(target.encode, points)
        counts[0] += len(points)
        counts[1] += sum(len(each.fields) for each in points)
        if len(lines) >= MOST_LINES - len(points) or cycle == cycles - 1:
            await target.write(lines)
            lines.clear()


def _cpu_s(pid: int) -> float:
    """Return the CPU time of a process."""
    text = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    fields = text.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _rss_mb(pid: int) -> float:
    """Return the resident memory of a process."""
    text = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    rows = dict(row.split(":", 1) for row in text.splitlines() if ":" in row)
    return int(rows["VmRSS"].split()[0]) / 1e3

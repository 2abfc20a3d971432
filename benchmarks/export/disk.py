"""Counts the bytes that a spool writes to its disk, in a process of its own."""

import asyncio
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
import multiprocessing
import os
from pathlib import Path
from typing import Final

from custom_components.heatpump_monitor.exporter.line_protocol import line
from custom_components.heatpump_monitor.exporter.point import Point
from custom_components.heatpump_monitor.exporter.spool import Spool, SpoolLimits

from .figures import Figure
from .home import CYCLE_S, Home

_WRITEBACK_S: Final = 30
"""Linux writes a changed page after this; one that changes again is written again."""
_UPKEEP_S: Final = 300
_RESEND_S: Final = 60.0
_DAY_S: Final = 86_400
_PART_OF_DAY: Final = 6
"""Of a day at 1 s, which is measured for the sixth part."""


@dataclass(frozen=True, slots=True)
class _Written:
    calls_bytes: int
    """Through write calls."""
    disk_bytes: int
    """By the kernel for the process."""
    lines: int


class _Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.time = datetime(2026, 1, 5, tzinfo=UTC)

    def now(self) -> datetime:
        """Return the time."""
        return self.time


def disk_figures(folder: Path) -> list[Figure]:
    """Measure a day at 10 s, and one with a house meter that is read every second."""
    figures: list[Figure] = []
    context = multiprocessing.get_context("spawn")
    for name, house_s, part in (("10 s", CYCLE_S, 1), ("P1 at 1 s", 1, _PART_OF_DAY)):
        with ProcessPoolExecutor(1, mp_context=context) as pool:
            seconds = _DAY_S // part
            written = pool.submit(_written, folder / name, house_s, seconds).result()
        for what, value in (
            ("to the disk, by write-back every 30 s", written.disk_bytes),
            ("through write calls", written.calls_bytes),
        ):
            figures.append(
                Figure(
                    part=f"bytes a day, {name}",
                    name=what,
                    value=value * part / 1e6,
                    unit="MB",
                )
            )
        figures.append(
            Figure(
                part=f"bytes a day, {name}", name="lines", value=written.lines * part
            )
        )
    return figures


def _written(folder: Path, house_s: int, seconds: int) -> _Written:
    folder.mkdir()
    return asyncio.run(_async_written(folder / "spool.db", house_s, seconds))


async def _async_written(path: Path, house_s: int, seconds: int) -> _Written:
    clock, begin = _Clock(), datetime(2026, 1, 5, tzinfo=UTC)
    home = Home(name="home", start=begin)
    house = Home(name="home", start=begin, cycle_s=house_s)
    spool = Spool(
        path,
        line,
        replaces=False,
        resend_s=_RESEND_S,
        limits=SpoolLimits(),
        now=clock.now,
    )
    await spool.async_open()
    _write_back(path)
    before, lines = _io(), 0
    for second in range(0, seconds, house_s):
        clock.time = begin + timedelta(seconds=second)
        points: list[Point] = []
        if second % CYCLE_S == 0:
            points += home.points(second // CYCLE_S)
        else:
            points += house.points_of([house.house(second // house_s)])
        lines += len(points)
        await spool.async_add(points)
        if (batch := await spool.async_oldest()) is not None:
            spool.acknowledge(batch, {})
        if second % _UPKEEP_S == 0:
            await spool.async_upkeep()
        if second % _WRITEBACK_S == 0:
            _write_back(path)
    _write_back(path)
    after = _io()
    await spool.async_close()
    return _Written(
        calls_bytes=after["wchar"] - before["wchar"],
        disk_bytes=after["write_bytes"] - before["write_bytes"],
        lines=lines,
    )


def _write_back(path: Path) -> None:
    """Have all changed pages written, as the kernel does after a while."""
    for each in path.parent.glob(f"{path.name}*"):
        descriptor = os.open(each, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _io() -> dict[str, int]:
    """Return what the kernel counted of this process's reading and writing."""
    lines = Path("/proc/self/io").read_text(encoding="ascii").splitlines()
    return {name: int(value) for name, _, value in (x.partition(": ") for x in lines)}

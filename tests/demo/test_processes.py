"""Tests of the demo's child processes."""

import asyncio
import os
from pathlib import Path
import signal
import sys

import pytest

from demo.errors import DemoError
from demo.processes import child, while_alive

SLEEPER = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
FAILING = "import sys; sys.exit('no such plant')"


async def sleep_and_fail(folder: Path, pids: list[int]) -> None:
    """Run a child, note its id, and fail."""
    async with child(
        "Sleeper",
        (sys.executable, "-c", SLEEPER),
        folder=folder,
        log=folder / "log",
        read_output=True,
    ) as sleeper:
        pids.append(int(await sleeper.first_line(30)))
        os.kill(pids[0], 0)
        raise RuntimeError


async def test_child_ends_with_its_context(tmp_path: Path) -> None:
    """Nothing goes on running, whatever happened inside."""
    pids: list[int] = []
    with pytest.raises(RuntimeError):
        await sleep_and_fail(tmp_path, pids)
    with pytest.raises(ProcessLookupError):
        os.kill(pids[0], 0)


async def test_death_of_a_child_ends_the_work(tmp_path: Path) -> None:
    """Work that waits for a dead child would wait for ever; its last words are told."""
    async with child(
        "Plant",
        (sys.executable, "-c", FAILING),
        folder=tmp_path,
        log=tmp_path / "log",
    ) as plant:
        with pytest.raises(DemoError, match="Plant ended with code 1:\nno such plant"):
            await while_alive(asyncio.sleep(60), plant)


async def test_work_gives_its_result(tmp_path: Path) -> None:
    """The children are left alone while they live."""
    async with child(
        "Sleeper",
        (sys.executable, "-c", SLEEPER),
        folder=tmp_path,
        log=tmp_path / "log",
    ) as sleeper:
        assert await while_alive(asyncio.sleep(0, "done"), sleeper) == "done"


async def test_child_may_ask_to_be_started_again(tmp_path: Path) -> None:
    """As Home Assistant does when its user restarts it."""
    marker = tmp_path / "started"
    once = f"import pathlib, sys; p = pathlib.Path({str(marker)!r}); "
    once += "again = not p.exists(); p.touch(); sys.exit(100 if again else 3)"
    async with child(
        "Restarter",
        (sys.executable, "-c", once),
        folder=tmp_path,
        log=tmp_path / "log",
        restart_code=100,
    ) as restarter:
        with pytest.raises(DemoError, match="Restarter ended with code 3"):
            await restarter.watch()


async def test_child_may_be_killed_and_started_again(tmp_path: Path) -> None:
    """Work goes on through that, with another process; its own death still ends it."""
    async with child(
        "Sleeper",
        (sys.executable, "-c", SLEEPER),
        folder=tmp_path,
        log=tmp_path / "log",
        read_output=True,
    ) as sleeper:

        async def crash() -> tuple[int, int]:
            first = int(await sleeper.first_line(30))
            await sleeper.kill()
            with pytest.raises(ProcessLookupError):
                os.kill(first, 0)
            await asyncio.sleep(0)
            await sleeper.start()
            return first, int(await sleeper.first_line(30))

        first, second = await while_alive(crash(), sleeper)
        assert first != second
        os.kill(second, signal.SIGTERM)
        with pytest.raises(DemoError, match="Sleeper ended with code -15"):
            await while_alive(asyncio.sleep(60), sleeper)

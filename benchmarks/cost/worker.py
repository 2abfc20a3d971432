"""Measures one household in a process of its own.

Started as `python -m benchmarks.cost.worker <file descriptor>`: a socket to the
process that runs the simulator and says what is to be measured.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
import cProfile
from dataclasses import asdict, dataclass, replace
import json
import logging
import os
from pathlib import Path
import random
import socket
import sys
import time
from typing import Any, Final, Self

import aiohttp

from .clock import ProcessClock, SharedClock
from .database import entity_rows, last_state_id, row_counts
from .job import Household, Job, Outcome
from .loop import JumpingLoop, Work, has_requests, slow_callbacks

SLOW_MS: Final = 10.0
POLL_S: Final = 10.0
LOG: Final = "home-assistant.log"


class Simulator:
    """The process that runs the simulator: it limits how far time may jump."""

    def __init__(self, descriptor: int) -> None:
        """Talk through a socket."""
        self._lines = socket.socket(fileno=descriptor).makefile("rw")
        self.horizon_s = 0.0

    def job(self) -> Job:
        """Return what is to be measured."""
        return Job.from_json(self._lines.readline())

    def ask(self, question: str, **values: object) -> Any:
        """Return the answer to a question; the horizon comes with each."""
        self._lines.write(json.dumps({"ask": question, **values}) + "\n")
        self._lines.flush()
        answer = json.loads(self._lines.readline())
        self.horizon_s = answer["horizon_s"] or float("inf")
        return answer


@dataclass(frozen=True, kw_only=True, slots=True)
class _Spent:
    """What this process has spent."""

    main_s: float
    recorder_s: float
    process_s: float
    written_bytes: int
    to_disk_bytes: int

    @classmethod
    def so_far(cls, loop: JumpingLoop, recorder: int | None) -> Self:
        """Return what was spent, without what the jumps cost."""
        own_s, written = loop.selector.own_cpu_s, _io()
        return cls(
            main_s=time.thread_time() - own_s,
            recorder_s=0.0 if recorder is None else _thread_cpu_s(recorder),
            process_s=time.process_time() - own_s,
            written_bytes=written["wchar"],
            to_disk_bytes=written["write_bytes"],
        )

    def __sub__(self, before: Self) -> Self:
        """Return what was spent since."""
        return type(self)(
            main_s=self.main_s - before.main_s,
            recorder_s=self.recorder_s - before.recorder_s,
            process_s=self.process_s - before.process_s,
            written_bytes=self.written_bytes - before.written_bytes,
            to_disk_bytes=self.to_disk_bytes - before.to_disk_bytes,
        )


def main() -> None:
    """Measure, send the outcome, and end without ceremony."""
    simulator = Simulator(int(sys.argv[1]))
    job = simulator.job()
    clock = ProcessClock(SharedClock(Path(job.clock)))
    clock.install()
    random.seed(1)
    logging.basicConfig(level=logging.WARNING, filename=Path(job.folder, LOG))
    simulator.ask("begin")

    def reach(seconds: float) -> None:
        left_s = max(0.0, simulator.horizon_s - clock.elapsed_s)
        clock.advance(min(seconds, left_s))
        if seconds >= left_s:
            simulator.ask("reached")

    loop = JumpingLoop(clock, Work(), reach)
    asyncio.set_event_loop(loop)
    measured = _requests if job.household is Household.REQUESTS else _home_assistant
    outcome = loop.run_until_complete(measured(job, loop, clock, simulator))
    simulator.ask("end", outcome=asdict(outcome))
    # Home Assistant's threads would be waited for.
    os._exit(0)


async def _home_assistant(
    job: Job, loop: JumpingLoop, clock: ProcessClock, simulator: Simulator
) -> Outcome:
    from . import home, install

    folder = Path(job.folder)
    # Nobody waits for a timer, but all for threads and connections of many kinds.
    with loop.work.held():
        hass = await home.async_start(folder, loop)
        await install.async_install(hass, loop.work, job)
    await asyncio.sleep(job.warm_up_s)
    await home.async_settle(hass)
    database = home.database(folder)
    rows, newest = row_counts(database), last_state_id(database)

    async def live() -> None:
        await asyncio.sleep(job.seconds)
        await home.async_settle(hass)

    recorder = home.recorder_thread(hass)
    outcome = await _counted(job, loop, clock, simulator, live, recorder)
    added = {
        table: count - rows.get(table, 0)
        for table, count in row_counts(database).items()
        if count != rows.get(table, 0)
    }
    entities = entity_rows(database, newest) if job.by_entity else []
    return replace(outcome, rows=added, entities=entities)


async def _requests(
    job: Job, loop: JumpingLoop, clock: ProcessClock, simulator: Simulator
) -> Outcome:
    url = f"http://{job.heat_pump.shelly_host}/rpc/Shelly.GetStatus"
    async with aiohttp.ClientSession() as session:
        connector = session.connector
        assert connector is not None
        loop.work.checks.append(lambda: has_requests(connector))

        async def live() -> None:
            for _ in range(round(job.seconds / POLL_S)):
                await asyncio.sleep(POLL_S)
                async with session.get(url) as response:
                    await response.json()

        return await _counted(job, loop, clock, simulator, live)


async def _counted(
    job: Job,
    loop: JumpingLoop,
    clock: ProcessClock,
    simulator: Simulator,
    live: Callable[[], Awaitable[None]],
    recorder: int | None = None,
) -> Outcome:
    """Return what it costs to live, but for what the database knows."""
    selector = loop.selector
    simulator.ask("mark")
    jumps, forced = selector.jumps, selector.forced_jumps
    before = _Spent.so_far(loop, recorder)
    with ExitStack() as stack:
        slow = stack.enter_context(slow_callbacks(SLOW_MS, clock))
        if job.profile:
            stack.enter_context(_profiled(job.profile))
        await live()
    spent = _Spent.so_far(loop, recorder) - before
    simulator.ask("mark")
    return Outcome(
        household=job.household,
        main_cpu_s=spent.main_s,
        recorder_cpu_s=spent.recorder_s,
        other_cpu_s=spent.process_s - spent.main_s - spent.recorder_s,
        rows={},
        written_bytes=spent.written_bytes,
        to_disk_bytes=spent.to_disk_bytes,
        jumps=selector.jumps - jumps,
        forced_jumps=selector.forced_jumps - forced,
        slow=slow,
    )


@contextmanager
def _profiled(path: str) -> Iterator[None]:
    profile = cProfile.Profile()
    profile.enable()
    try:
        yield
    finally:
        profile.disable()
        profile.dump_stats(path)


def _thread_cpu_s(thread: int) -> float:
    return time.clock_gettime(time.pthread_getcpuclockid(thread))


def _io() -> dict[str, int]:
    """Return what the kernel counted of this process's reading and writing."""
    lines = Path("/proc/self/io").read_text(encoding="ascii").splitlines()
    return {name: int(value) for name, _, value in (x.partition(": ") for x in lines)}


if __name__ == "__main__":
    main()

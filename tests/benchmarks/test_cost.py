"""Tests of the cost measurement: its clock, its counts and its limits."""

import asyncio
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
import sqlite3
import threading
from typing import Any

import pytest

from benchmarks.cost.clock import START_S, ProcessClock, SharedClock
from benchmarks.cost.database import entity_rows, last_state_id, row_counts
from benchmarks.cost.job import EntityRows, HeatPump, Household, Job, Outcome
from benchmarks.cost.loop import (
    CountingQueue,
    JumpingLoop,
    SlowCallback,
    Work,
    slow_callbacks,
)
from benchmarks.cost.report import Costs, costs_text, details_text

_DAY_S = 86_400

OUTCOME = Outcome(
    household=Household.OURS,
    main_cpu_s=3.0,
    recorder_cpu_s=2.0,
    other_cpu_s=1.0,
    rows={"states": 6_500, "statistics": 30},
    written_bytes=150_000_000,
    to_disk_bytes=150_000_000,
    jumps=1,
    forced_jumps=0,
)


@pytest.fixture
def clock(tmp_path: Path) -> ProcessClock:
    """Return a clock that nobody has moved."""
    return ProcessClock(SharedClock(tmp_path / "clock"))


def _run(
    clock: ProcessClock, work: Work, live: Callable[[JumpingLoop], Any]
) -> JumpingLoop:
    loop = JumpingLoop(clock, work, clock.advance)
    with closing(loop):
        loop.run_until_complete(live(loop))
    return loop


def test_both_processes_share_one_time(tmp_path: Path) -> None:
    """The simulator sees where the measured process has moved the clock to."""
    simulator = SharedClock(tmp_path / "clock")
    clock = ProcessClock(SharedClock(tmp_path / "clock"))
    assert simulator.now() == clock.time() == START_S
    clock.advance(12.5)
    assert simulator.now() == clock.time() == START_S + 12.5


def test_an_idle_loop_jumps_to_its_timers(clock: ProcessClock) -> None:
    """A day of timers passes in their order, and each is run at its time."""
    fired: list[tuple[str, float]] = []

    async def live(loop: JumpingLoop) -> None:
        loop.call_later(3600, lambda: fired.append(("hour", clock.elapsed_s)))
        loop.call_later(10, lambda: fired.append(("soon", clock.elapsed_s)))
        await asyncio.sleep(_DAY_S)

    loop = _run(clock, Work(), live)
    assert fired == [("soon", pytest.approx(10)), ("hour", pytest.approx(3600))]
    assert clock.elapsed_s == pytest.approx(_DAY_S)
    assert (loop.selector.jumps, loop.selector.forced_jumps) == (3, 0)


def test_time_stands_still_while_a_thread_works(clock: ProcessClock) -> None:
    """A timer that is due in 5 s does not fire before a thread's work is done."""
    order: list[str] = []
    began = threading.Event()

    def job() -> float:
        began.set()
        return clock.elapsed_s

    async def live(loop: JumpingLoop) -> None:
        loop.call_later(5, order.append, "timer")
        done_at_s = await loop.run_in_executor(None, job)
        order.append("thread")
        assert done_at_s == pytest.approx(0, abs=1e-3)
        assert clock.elapsed_s == pytest.approx(0, abs=1e-3)
        await asyncio.sleep(5)

    _run(clock, Work(), live)
    assert began.is_set()
    assert order == ["thread", "timer"]


def test_time_stands_still_until_a_queue_is_worked_off(clock: ProcessClock) -> None:
    """What the recorder is given is written before time goes on."""
    queue, written_at_s = CountingQueue(), list[float]()

    def write() -> None:
        while queue.get() is not None:
            written_at_s.append(clock.elapsed_s)

    async def live(loop: JumpingLoop) -> None:
        queue.on_idle = loop.wake
        for _ in range(3):
            await asyncio.sleep(10)
            queue.put(f"state at {clock.elapsed_s}")

    recorder = threading.Thread(target=write)
    recorder.start()
    _run(clock, Work(checks=[lambda: not queue.is_idle]), live)
    queue.put(None)
    recorder.join()
    assert written_at_s == pytest.approx([10, 20, 30])


def test_slow_callbacks_are_named_with_their_time(clock: ProcessClock) -> None:
    """A callback over the limit is listed with what it was and when."""

    def busy() -> None:
        sum(range(100_000))

    async def live(loop: JumpingLoop) -> None:
        await asyncio.sleep(60)
        with slow_callbacks(0.1, clock) as found:
            loop.call_later(30, busy)
            await asyncio.sleep(40)
        assert [each.what for each in found] == [f"{busy.__qualname__}()"]
        assert found[0].at_s == pytest.approx(30)
        assert found[0].cpu_ms > 0.1

    _run(clock, Work(), live)


def test_rows_are_counted_by_table_and_by_entity(tmp_path: Path) -> None:
    """Rows that repeat the state before them are counted for each entity."""
    path = tmp_path / "database"
    with closing(sqlite3.connect(path)) as database, database:
        database.executescript(
            """
            CREATE TABLE states_meta (metadata_id INTEGER, entity_id TEXT);
            CREATE TABLE states (
                state_id INTEGER, metadata_id INTEGER, old_state_id INTEGER, state TEXT
            );
            INSERT INTO states_meta VALUES (1, 'sensor.cop'), (2, 'sensor.power');
            INSERT INTO states VALUES
                (1, 1, NULL, '3.1'), (2, 1, 1, '3.1'), (3, 1, 2, '3.2'),
                (4, 2, NULL, '900'), (5, 1, 3, '3.2'), (6, 1, 5, NULL);
            """
        )
    assert row_counts(path) == {"states": 6, "states_meta": 2}
    assert last_state_id(path) == 6
    assert entity_rows(path, after_id=1) == [
        EntityRows(entity_id="sensor.cop", rows=4, same_state=2),
        EntityRows(entity_id="sensor.power", rows=1, same_state=0),
    ]


def _costs(ours: Outcome, **others: Outcome) -> Costs:
    outcomes = {Household(name): each for name, each in others.items()}
    return Costs(24.0, {Household.OURS: ours, **outcomes})


def test_a_day_within_its_limits_misses_nothing() -> None:
    """The limits themselves are allowed."""
    assert _costs(OUTCOME).missed() == []


@pytest.mark.parametrize(
    ("changes", "missed"),
    [
        ({"rows": {"states": 6_501}}, "6501 state rows, at most 6500 allowed"),
        (
            {"written_bytes": 160_000_000},
            "160 MB written, at most 150 MB allowed",
        ),
        (
            {"slow": [SlowCallback(11, "save", 1), SlowCallback(12.25, "save", 2)]},
            "2 callbacks over 10 ms, the longest 12.2 ms: save",
        ),
    ],
)
def test_a_limit_that_is_missed_is_named(changes: dict[str, Any], missed: str) -> None:
    """Each limit is reported by itself."""
    assert _costs(replace(OUTCOME, **changes)).missed() == [missed]


def test_an_hour_is_not_held_to_the_limits_of_a_day() -> None:
    """Rows and bytes of a part of a day say nothing of the day."""
    ours = replace(OUTCOME, rows={"states": 9_999})
    assert Costs(1.0, {Household.OURS: ours}).missed() == []


def test_ratios_leave_out_what_an_empty_household_costs() -> None:
    """Ours and core are compared without the CPU of Home Assistant itself."""
    empty = replace(OUTCOME, main_cpu_s=1.0, recorder_cpu_s=0.0, other_cpu_s=0.0)
    core = replace(empty, main_cpu_s=11.0)
    requests = replace(empty, main_cpu_s=1.0)
    costs = _costs(OUTCOME, empty=empty, core=core, requests=requests)
    assert costs.of_core == pytest.approx(0.5)
    assert costs.of_requests == pytest.approx(2.0)
    assert costs.missed() == [
        "CPU is 0.50 of core's, at most 0.4 allowed",
        "event loop is 2.00 of bare requests, at most 1.3 allowed",
    ]
    assert _costs(OUTCOME, core=core).of_core is None


def test_table_names_what_was_counted() -> None:
    """The table and the details show the figures of each household."""
    ours = replace(
        OUTCOME,
        requests={"bulk": 288},
        entities=[EntityRows(entity_id="sensor.cop", rows=40, same_state=30)],
    )
    table = costs_text(_costs(ours), markdown=True)
    assert "| ours | this integration | 6.0 | 3.0 | 2.0 | 1.0 | 6500 | 30 |" in table
    details = details_text(ours)
    assert "states 6500, statistics 30" in details
    assert "bulk 288" in details
    assert "40      30 with the same state  sensor.cop" in details


def test_job_and_outcome_cross_the_socket() -> None:
    """Both processes understand what the other one sends."""
    job = Job(
        household=Household.HELPERS,
        folder="folder",
        clock="clock",
        seconds=60,
        warm_up_s=1,
        heat_pump=HeatPump(
            variant="air",
            viessmann_url="http://127.0.0.1:1",
            client_id="client",
            token={"expires_in": 3600},
            installation_id=1,
            gateway_serial="serial",
            model="model",
            shelly_host="127.0.0.1:2",
            shelly_mac="mac",
            pushing_port=3,
        ),
    )
    assert Job.from_json(job.as_json()) == job

"""Whatever happens in whatever order: the spool does what a simple model does."""

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, override

from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from custom_components.heatpump_monitor.exporter.spool import (
    DROPPED,
    SENT,
    Batch,
    SpoolLimits,
)

from .spooling import Spools, encode, lines_of, power

_RESEND_S = 60
_LIMITS = SpoolLimits(age=timedelta(hours=1), checkpoint=timedelta(0))


class SpoolMachine(RuleBasedStateMachine):
    """Adds, reads, acknowledges, withdraws, drops and restarts."""

    def __init__(self) -> None:
        """Open a new spool."""
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = TemporaryDirectory()
        self.spools = Spools(Path(self.folder.name) / "export.db")
        self.unsent: dict[int, list[str]] = {}
        self.added_s: dict[int, float] = {}
        self.recent: dict[int, tuple[float, list[str]]] = {}
        self.again: set[int] = set()
        self.batches: list[Batch] = []
        self.number = self.points = self.dropped = self.sent = 0
        self._open()

    def _do[T](self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    def _open(self) -> None:
        self.spool = self._do(self.spools.open(resend_s=_RESEND_S, limits=_LIMITS))

    def _now_s(self) -> float:
        return self.spools.clock().timestamp()

    def _send_again(self) -> None:
        """Make unsent once more what was acknowledged long enough ago."""
        for number, (at_s, lines) in list(self.recent.items()):
            if at_s <= self._now_s() - _RESEND_S:
                del self.recent[number]
                self.again.add(number)
                self.unsent[number] = lines

    @rule(count=st.sampled_from([1, 2, 5, 1_001]))
    def add(self, count: int) -> None:
        """Add points."""
        points = [power(self.points + step) for step in range(count)]
        self.points += count
        assert self._do(self.spool.async_add(points)) == count
        for begin in range(0, count, 1_000):
            self.number += 1
            self.unsent[self.number] = [
                encode(point) for point in points[begin : begin + 1_000]
            ]
            self.added_s[self.number] = self._now_s()

    @rule(data=st.data(), most_lines=st.sampled_from([1, 3, 1_000, 5_000]))
    def read(self, data: st.DataObject, most_lines: int) -> None:
        """Read a batch of the backlog, or of what is newer."""
        after = data.draw(st.integers(0, self.number))
        self._send_again()
        batch = self._do(self.spool.async_after(after, most_lines))
        later = [number for number in sorted(self.unsent) if number > after]
        if not later:
            assert batch is None
            return
        assert batch
        assert batch.first == later[0]
        assert batch.added_at.timestamp() == self.added_s[later[0]]
        assert list(batch.lines) == [
            line
            for number in range(batch.first, batch.last + 1)
            for line in self.unsent[number]
        ]
        assert batch.first == batch.last or len(batch.lines) <= most_lines
        self.batches.append(batch)

    @precondition(lambda self: self.batches)
    @rule(data=st.data())
    def acknowledge(self, data: st.DataObject) -> None:
        """Acknowledge what was read, maybe long ago, maybe twice."""
        batch = data.draw(st.sampled_from(self.batches))
        self.spool.acknowledge(batch, {SENT: len(batch.lines)})
        self.sent += len(batch.lines)
        for number in range(batch.first, batch.last + 1):
            lines = self.unsent.pop(number, None)
            if lines and number not in self.again:
                self.recent[number] = (self._now_s(), lines)

    @rule()
    def withdraw(self) -> None:
        """Send the recent ones again."""
        self.spool.withdraw_recent()
        self._withdraw()

    def _withdraw(self) -> None:
        for number, (_, lines) in self.recent.items():
            self.unsent[number] = lines
        self.recent = {}

    @rule(seconds=st.sampled_from([0, 1, 59, 60, 61, 600, 3_000]))
    def wait(self, seconds: int) -> None:
        """Let time pass."""
        self.spools.clock.wait(timedelta(seconds=seconds))

    @rule()
    def upkeep(self) -> None:
        """Drop what is older than an hour."""
        self._do(self.spool.async_upkeep())
        oldest_s = self._now_s() - _LIMITS.age.total_seconds()
        for number in list(self.unsent):
            if self.added_s[number] < oldest_s:
                self.dropped += len(self.unsent.pop(number))

    @rule()
    def restart(self) -> None:
        """Close and open."""
        self._open()
        self._withdraw()
        self.again.clear()

    @invariant()
    def the_status_is_right(self) -> None:
        """Counts and the oldest are those of the model."""
        status = self.spool.status
        assert status.recent == sum(len(lines) for _, lines in self.recent.values())
        assert status.unsent == sum(map(len, self.unsent.values()))
        oldest = status.oldest_unsent and status.oldest_unsent.timestamp()
        assert oldest == (self.added_s[min(self.unsent)] if self.unsent else None)
        assert status.counters.get(SENT, 0) == self.sent
        assert status.counters[DROPPED] == self.dropped
        assert self.spool.newest == self.number

    @override
    def teardown(self) -> None:
        """Compare all lines, and close."""
        self._send_again()
        expected = [line for _, lines in sorted(self.unsent.items()) for line in lines]
        assert self._do(lines_of(self.spool)) == expected
        self._do(self.spools.close())
        self.loop.close()
        self.folder.cleanup()


TestSpoolMachine = SpoolMachine.TestCase
TestSpoolMachine.settings = settings(
    max_examples=40, stateful_step_count=30, deadline=None
)

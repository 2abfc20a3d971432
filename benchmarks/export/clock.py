"""How long the callbacks of an event loop take, by the monotonic clock."""

from asyncio import events
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
import time

import numpy as np


@dataclass(slots=True)
class Busy:
    """What the callbacks of a loop took."""

    took_s: list[float] = field(default_factory=list)

    @property
    def total_s(self) -> float:
        """Return the time of all callbacks."""
        return sum(self.took_s)

    @property
    def longest_s(self) -> float:
        """Return the longest time in which the loop did nothing else."""
        return max(self.took_s, default=0.0)


@contextmanager
def busy() -> Iterator[Busy]:
    """Measure all callbacks of this thread's event loop.

    Time in which another thread had the interpreter counts as the callback's: the
    loop was blocked for so long.
    """
    found = Busy()
    is_over = False
    run, now = events.Handle._run, time.perf_counter  # noqa: SLF001
    took_s = found.took_s

    def timed(handle: events.Handle) -> None:
        begun_s = now()
        run(handle)
        if not is_over:
            took_s.append(now() - begun_s)

    events.Handle._run = timed  # type: ignore[assignment, method-assign]  # noqa: SLF001
    try:
        yield found
    finally:
        is_over = True
        events.Handle._run = run  # type: ignore[method-assign]  # noqa: SLF001


def quantile(values: list[float], share: float) -> float:
    """Return the value that a share of all does not exceed."""
    return float(np.quantile(np.array(values), share)) if values else float("nan")

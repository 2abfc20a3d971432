"""The simulator's clock: the real one, or one that its caller steps."""

import time
from typing import Protocol, override


class Clock(Protocol):
    """Tells the simulator what time it is."""

    def now(self) -> float:
        """Return seconds since the epoch."""


class RealClock(Clock):
    """The clock of this machine."""

    @override
    def now(self) -> float:
        """Return seconds since the epoch."""
        return time.time()


class SteppedClock(Clock):
    """A clock that stands still until it is stepped.

    It never reads the machine's time, so that a test may freeze that time and step
    both together.
    """

    def __init__(self, start_epoch_s: float) -> None:
        """Stand at a moment, in seconds since the epoch."""
        self._now_s = start_epoch_s

    @override
    def now(self) -> float:
        """Return seconds since the epoch."""
        return self._now_s

    def step(self, seconds: float) -> None:
        """Go on by some seconds.

        Raises:
            ValueError: The step leads into the past.
        """
        if seconds < 0:
            raise ValueError("a clock cannot be stepped back")
        self._now_s += seconds

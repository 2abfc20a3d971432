"""How fast lines are sent, so that a backlog does not flood a server."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

_MOST_PER_S: Final = 20_000.0
_LEAST_PER_S: Final = 500.0
_DOUBLING_S: Final = 300.0
"""After a failure the rate doubles once in this time."""


class Pace:
    """Pauses between requests by how many lines they carry.

    Each failure halves the rate, which recovers slowly: a server that refuses fast
    requests is found to keep up at a lower rate. Without that, what is sent again
    after each failure could be more than what gets through between two failures.
    """

    def __init__(
        self, now: Callable[[], datetime], sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        """Begin at the full rate."""
        self._now = now
        self._sleep = sleep
        self._pause_s = 0.0
        self._began_at = now()
        self._slowed_per_s = _MOST_PER_S
        self._slowed_at = self._began_at

    @property
    def lines_per_s(self) -> float:
        """Return how many lines a second are sent at most, on average."""
        recovered_s = max(0.0, (self._now() - self._slowed_at) / timedelta(seconds=1))
        doublings = min(recovered_s / _DOUBLING_S, 10.0)
        recovered_per_s: float = self._slowed_per_s * 2.0**doublings
        return min(_MOST_PER_S, recovered_per_s)

    def slow_down(self) -> None:
        """Halve the rate, after a failure."""
        self._slowed_per_s = max(_LEAST_PER_S, self.lines_per_s / 2)
        self._slowed_at = self._now()

    def begin(self, lines: int) -> None:
        """Note that a request with so many lines begins."""
        self._pause_s = lines / self.lines_per_s
        self._began_at = self._now()

    async def async_wait(self) -> None:
        """Wait until the next request may begin."""
        elapsed_s = (self._now() - self._began_at) / timedelta(seconds=1)
        # A clock that was set back makes no longer pause.
        left_s = self._pause_s - max(0.0, elapsed_s)
        self._pause_s = 0.0
        if left_s > 0:
            await self._sleep(left_s)

"""How long to wait after a failure."""

from collections.abc import Callable
from typing import Final

from .targets.base import (
    LinesRejected,
    TargetMisconfigured,
    TargetRefused,
    TargetUnavailable,
)

_FIRST_S: Final = 1.0
_MOST_S: Final = 900.0
_MOST_DOUBLINGS: Final = 10
"""More than lead from the first to the longest wait."""
_MOST_RETRY_AFTER_S: Final = 86_400.0
_HOURLY_S: Final = 3_600.0
_NEEDS_SOMEBODY: Final = (LinesRejected, TargetMisconfigured, TargetRefused)


class Backoff:
    """Waits longer after each failure in a row, at random up to a doubling limit.

    At random so that many homes do not all return at once to a server that restarts.
    """

    def __init__(self, random: Callable[[], float]) -> None:
        """Begin without failures; `random` returns from 0 to below 1."""
        self._random = random
        self._failures = 0

    def reset(self) -> None:
        """Begin with short waits again, after a success."""
        self._failures = 0

    def delay_s(self, error: Exception) -> float:
        """Return how long to wait after one more failure.

        What somebody has to mend is asked for once an hour: the server may have been
        at fault after all.
        """
        if isinstance(error, _NEEDS_SOMEBODY):
            return _HOURLY_S
        most_s = min(_MOST_S, _FIRST_S * 2.0 ** min(self._failures, _MOST_DOUBLINGS))
        self._failures += 1
        return max(self._random() * most_s, _asked_s(error))


def _asked_s(error: Exception) -> float:
    if not isinstance(error, TargetUnavailable) or error.retry_after_s is None:
        return 0.0
    return min(error.retry_after_s, _MOST_RETRY_AFTER_S)

"""How fast the integration goes: real pace, or the demo's."""

import os
from typing import Final

FAST_VARIABLE: Final = "HEATPUMP_MONITOR_FAST"
"""Environment variable: `1` makes every interval sixty times shorter.

For the demo, so that something is to be seen at once. It shortens the poll
intervals and the windows of the call budget, and changes nothing else.
"""

_FAST_FACTOR: Final = 60


def shortened(seconds: float, minimum: float = 0) -> float:
    """Return the interval to use instead of this one, in seconds.

    Args:
        seconds: The interval at the real pace.
        minimum: What the fast pace must not fall below. It never makes an
            interval longer than the one asked for.
    """
    if os.environ.get(FAST_VARIABLE) != "1":
        return seconds
    return min(seconds, max(seconds / _FAST_FACTOR, minimum))

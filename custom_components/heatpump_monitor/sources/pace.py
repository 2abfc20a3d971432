"""How fast the integration goes: real pace, or the demo's."""

import os
from typing import Final

FAST_VARIABLE: Final = "HEATPUMP_MONITOR_FAST"
"""Environment variable: `1` makes every interval sixty times shorter.

For the demo. It shortens poll intervals, the windows of the call budget, the wait for
late values and the pauses after failures.
"""


def shortened(seconds: float, minimum: float = 0) -> float:
    """Return the interval to use, in seconds.

    The fast pace does not fall below the minimum, but makes no interval longer.
    """
    if os.environ.get(FAST_VARIABLE) != "1":
        return seconds
    return min(seconds, max(seconds / 60, minimum))

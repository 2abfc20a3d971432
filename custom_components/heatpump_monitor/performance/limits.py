"""Limits that several parts of the arithmetic share."""

from typing import Final

SAMPLE_HOLD_S: Final = 1200.0
"""Samples further apart than this say nothing of the time between them.

It allows the slowest poll (15 min), and three lost polls of the usual 5 min.
"""
HIGHEST_COP: Final = 20.0
"""Carnot's limit at a lift of 15 K, the least that heats a house."""
RUNNING_W: Final = 100.0
"""Below this mean power no compressor runs (emoncms: 100 W on the server)."""

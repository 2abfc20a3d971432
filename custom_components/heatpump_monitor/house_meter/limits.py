"""What a grid connection can deliver, and for how long silence does not matter."""

from typing import Final

MOST_W: Final = 100_000.0
"""More than any household's connection: a wrong value, not a peak."""
UNSEEN_S: Final = 60.0
"""Between two readings that are closer, power and counter are taken as even."""
NEXT_S: Final = 1.5
"""A meter that sends every second shows the power of just that second."""

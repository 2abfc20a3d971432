"""The last hours of a probe, as means of half a minute."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

KEPT_S: Final = 3 * 3600.0
_STEP_S: Final = 30.0


@dataclass(slots=True)
class Mean:
    """The mean of the values of half a minute."""

    time_s: float
    """Mean time of the values, in epoch seconds."""
    value_c: float
    count: int = 1


@dataclass(slots=True)
class Recent:
    """What a probe measured in the last three hours."""

    means: deque[Mean] = field(default_factory=deque)

    def add(self, time_s: float, value_c: float) -> None:
        """Add a value that is newer than all others."""
        last = self.means[-1] if self.means else None
        if last is None or time_s // _STEP_S != last.time_s // _STEP_S:
            self.means.append(Mean(time_s, value_c))
        else:
            last.count += 1
            last.time_s += (time_s - last.time_s) / last.count
            last.value_c += (value_c - last.value_c) / last.count
        while self.means[0].time_s < time_s - KEPT_S:
            self.means.popleft()

    def since(self, start_s: float) -> Sequence[Mean]:
        """Return the means from a moment on, oldest first."""
        return [mean for mean in self.means if mean.time_s >= start_s]


def as_time(time_s: float) -> datetime:
    """Return epoch seconds as a moment in UTC."""
    return datetime.fromtimestamp(time_s, UTC)

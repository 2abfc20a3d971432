"""The last hours of a probe, as means of half a minute."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

KEPT_S: Final = 3 * 3600.0
_STEP_S: Final = 30.0
_OTHER_K: Final = 10.0


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

    def since(self, start_s: float) -> list[Mean]:
        """Return the means from a moment on, oldest first."""
        return [mean for mean in self.means if mean.time_s >= start_s]

    def unbroken(self, longest_s: float) -> list[Mean]:
        """Return the means since the last gap of more than so long."""
        return self._from(lambda before, after: _is_gap(before, after, longest_s))

    def of_one_piece(self, longest_s: float) -> list[Mean]:
        """Return the means since a gap after which it was much colder, if any.

        The probe was put into something else meanwhile. Other gaps are bridged, as a
        cloud that was silent tells nothing of the roast.
        """
        return self._from(
            lambda before, after: (
                _is_gap(before, after, longest_s)
                and after.value_c < before.value_c - _OTHER_K
            )
        )

    def forget_after(self, time_s: float) -> None:
        """Drop what was measured later, as the clock was wrong."""
        while self.means and self.means[-1].time_s > time_s:
            self.means.pop()

    def _from(self, is_break: Callable[[Mean, Mean], bool]) -> list[Mean]:
        means = list(self.means)
        breaks = (
            index
            for index in range(len(means) - 1, 0, -1)
            if is_break(means[index - 1], means[index])
        )
        return means[next(breaks, 0) :]


def _is_gap(before: Mean, after: Mean, longest_s: float) -> bool:
    return after.time_s - before.time_s > longest_s


def as_time(time_s: float) -> datetime:
    """Return epoch seconds as a moment in UTC."""
    return datetime.fromtimestamp(time_s, UTC)

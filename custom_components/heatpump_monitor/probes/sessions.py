"""Sessions of a probe: how they start and end, and what is kept of them.

A session starts by itself when the probe rose by 10 K within 30 min to at least 45 °C,
or stands at 60 °C or more, and in both cases at least 20 K above its lowest value of
the last three hours. The sun and a defrosting fridge do not come that far. It must
hold for three minutes. The session then begins where the rise began.

It ends by itself when the probe was above 45 °C and has been below 40 °C for an hour,
or is gone for four hours; the end is the last value before that.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from .curves import Point, thinned
from .model import Session
from .recent import Mean, as_time

MOST_POINTS: Final = 300
_MOST_GAPS: Final = 50

_RISE_K: Final = 10.0
_RISE_S: Final = 1800.0
_WARM_C: Final = 45.0
_HOT_C: Final = 60.0
_ABOVE_REST_K: Final = 20.0
_CONFIRMED_S: Final = 180.0
_FOOT_K: Final = 2.0

COLD_C: Final = 40.0
"""A probe below is not in use, once it has been above 45 °C."""
COLD_FOR_S: Final = 3600.0
GONE_FOR_S: Final = 4 * 3600.0


@dataclass(slots=True)
class SessionState:
    """A session that goes on."""

    start_s: float
    name: str
    started_by: str
    target_c: float | None = None
    points: list[Point] = field(default_factory=list)
    gaps: list[Point] = field(default_factory=list)
    """Start and end of each, in epoch seconds."""
    min_c: float | None = None
    max_c: float | None = None
    integral_ks: float = 0.0
    """Of the temperature over the time without gaps."""
    covered_s: float = 0.0
    cold: list[Point] = field(default_factory=list)
    """The last points, all below 40 °C: they count only if it becomes warm again."""

    def add(self, time_s: float, value_c: float, longest_step_s: float) -> None:
        """Add a value that is newer than all others."""
        if value_c < COLD_C and self._was_warm:
            self.cold.append((time_s, value_c))
            return
        self.accept_cold(longest_step_s)
        self._count(time_s, value_c, longest_step_s)

    def accept_cold(self, longest_step_s: float) -> None:
        """Count the cold points, as the session went on through them."""
        cold, self.cold = self.cold, []
        for time_s, value_c in cold:
            self._count(time_s, value_c, longest_step_s)

    def ended_at_s(self, now_s: float) -> float | None:
        """Return when the session ended by itself, None while it goes on."""
        counted_s = self.points[-1][0] if self.points else self.start_s
        newest_s = self.cold[-1][0] if self.cold else counted_s
        is_cold = self.cold and newest_s - self.cold[0][0] > COLD_FOR_S
        return counted_s if is_cold or now_s - newest_s > GONE_FOR_S else None

    def forget_after(self, time_s: float) -> None:
        """Drop points that are later, as the clock was wrong."""
        self.start_s = min(self.start_s, time_s)
        self.points = [point for point in self.points if point[0] <= time_s]
        self.cold = [point for point in self.cold if point[0] <= time_s]
        self.gaps = [gap for gap in self.gaps if gap[1] <= time_s]

    def session(self, probe: str, end_s: float | None = None) -> Session:
        """Return the session; one without an end goes on."""
        points = self._thinned()
        if end_s is None and self.cold:
            points = thinned([*points, *self.cold], MOST_POINTS)
        return Session(
            key=f"{probe} {as_time(self.start_s).isoformat(timespec='seconds')}",
            probe=probe,
            name=self.name,
            start=as_time(self.start_s),
            end=None if end_s is None else as_time(end_s),
            started_by=self.started_by,
            min_c=self.min_c,
            max_c=self.max_c,
            mean_c=self._mean_c,
            target_c=self.target_c,
            points=tuple((as_time(time_s), value_c) for time_s, value_c in points),
            gaps=tuple(
                (as_time(start_s), as_time(end_s)) for start_s, end_s in self.gaps
            ),
        )

    @property
    def _was_warm(self) -> bool:
        return self.max_c is not None and self.max_c >= _WARM_C

    @property
    def _mean_c(self) -> float | None:
        if self.covered_s:
            return self.integral_ks / self.covered_s
        return self.min_c if self.min_c == self.max_c else None

    def _count(self, time_s: float, value_c: float, longest_step_s: float) -> None:
        if self.points:
            before_s, before_c = self.points[-1]
            step_s = time_s - before_s
            if step_s > longest_step_s:
                self._mark_gap(before_s, time_s)
            else:
                self.integral_ks += (before_c + value_c) / 2 * step_s
                self.covered_s += step_s
        self.min_c = value_c if self.min_c is None else min(self.min_c, value_c)
        self.max_c = value_c if self.max_c is None else max(self.max_c, value_c)
        self.points.append((time_s, value_c))
        if len(self.points) > 2 * MOST_POINTS:
            self.points = self._thinned()

    def _thinned(self) -> list[Point]:
        ends_s = {time_s for gap in self.gaps for time_s in gap}
        return thinned(self.points, MOST_POINTS, ends_s)

    def _mark_gap(self, start_s: float, end_s: float) -> None:
        """Note a gap; of too many, the shortest is dropped."""
        self.gaps.append((start_s, end_s))
        if len(self.gaps) > _MOST_GAPS:
            self.gaps.remove(min(self.gaps, key=lambda gap: gap[1] - gap[0]))


def rise(means: Sequence[Mean]) -> Sequence[Mean] | None:
    """Return the values of a rise from its foot on, None if there is none."""
    if not means or not _is_rise(means):
        return None
    newest_s = means[-1].time_s
    before = [mean for mean in means if mean.time_s <= newest_s - _CONFIRMED_S]
    if not before or not _is_rise(before):
        return None
    lowest_c = min(mean.value_c for mean in means)
    foot = max(
        index for index, mean in enumerate(means) if mean.value_c <= lowest_c + _FOOT_K
    )
    return means[foot:]


def _is_rise(means: Sequence[Mean]) -> bool:
    newest = means[-1]
    lowest_c = min(mean.value_c for mean in means)
    if newest.value_c < max(_WARM_C, lowest_c + _ABOVE_REST_K):
        return False
    if newest.value_c >= _HOT_C:
        return True
    lately_c = min(
        mean.value_c for mean in means if mean.time_s >= newest.time_s - _RISE_S
    )
    return newest.value_c - lately_c >= _RISE_K

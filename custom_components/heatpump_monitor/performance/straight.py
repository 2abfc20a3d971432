"""Electricity whose sum is known and whose course is not: booked straight, bent later.

While the meter is not read, its counter goes on: the sum is exact, and a
straight line stands for the course until the meter's own memory is asked.
Bending moves energy between hours and days, and between what is paired and what
is not; it adds none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .ledger import Bucket, Ledger, ModeSums
from .meter import Timeline
from .modes import Mode
from .plant import HeatMethod
from .readings import EnergySpan
from .tariff import Tariff

LONG = timedelta(minutes=15)
"""What is shorter is straight enough: nothing is kept by less than the quarter-hour."""


@dataclass(frozen=True, slots=True)
class PairedPart:
    """A part of a straight stretch that was booked beside heat."""

    start: datetime
    end: datetime
    mode: Mode | None
    cop: float | None = None
    """Heat that goes where the electricity goes; None if its own course is known."""


@dataclass(slots=True)
class Straight:
    """A straight stretch, and what was booked of it."""

    start: datetime
    end: datetime
    energy_wh: float
    tariff: Tariff
    paired: list[PairedPart] = field(default_factory=list)

    def overlaps(self, start: datetime, end: datetime) -> bool:
        """Return whether a stretch has time in common with this one."""
        return start < self.end and self.start < end

    def bend(self, ledger: Ledger, spans: Sequence[EnergySpan]) -> None:
        """Book the course that the meter's memory tells, instead of the straight one.

        Args:
            ledger: Where the straight stretch was booked.
            spans: What the memory holds, in the order of time; the stretch may
                begin and end within a span, and time may be missing.
        """
        straight = Timeline([self.start, self.end], [0.0, self.energy_wh])
        bent = _course(self, spans)
        for start, end in ledger.pieces(self.start, self.end):
            moved_wh = _between(bent, start, end) - _between(straight, start, end)
            entry = Bucket()
            entry.draw(moved_wh, 0.0, self.tariff)
            ledger.book(start, entry)
        for part in self.paired:
            for start, end in ledger.pieces(part.start, part.end):
                moved_wh = _between(bent, start, end) - _between(straight, start, end)
                ledger.book(start, _paired(part, moved_wh))


def _paired(part: PairedPart, moved_wh: float) -> Bucket:
    """Return what moves with the electricity of a paired part."""
    heat_wh = moved_wh * (part.cop or 0.0)
    entry = Bucket()
    if part.mode is not None:
        entry.modes[part.mode] = ModeSums(moved_wh, heat_wh)
    if part.mode is Mode.COOLING:
        return entry
    entry.paired_electricity_wh = moved_wh
    if part.cop is not None:
        entry.heat_wh = heat_wh
        entry.methods_wh[HeatMethod.COUNTER] = heat_wh
    return entry


def _course(stretch: Straight, spans: Sequence[EnergySpan]) -> Timeline:
    """Return the total over a stretch, which ends at the sum that was counted.

    Time that the memory does not tell of has what the rest leaves over; where it
    leaves less than nothing, or there is no such time, all is scaled.
    """
    told = list(_cut(stretch, spans))
    told_wh = sum(span.energy_wh for span in told)
    told_s = sum(_seconds(span.start, span.end) for span in told)
    untold_s = _seconds(stretch.start, stretch.end) - told_s
    left_wh = stretch.energy_wh - told_wh
    scale = 1.0
    if told_wh <= 0 and untold_s < 1:
        # It saw nothing where the counter counted: it knows no course.
        told, untold_s = [], _seconds(stretch.start, stretch.end)
    elif left_wh < 0 or untold_s < 1:
        scale, left_wh = stretch.energy_wh / told_wh, 0.0
    untold_w = left_wh / untold_s if untold_s >= 1 else 0.0
    course = Timeline([stretch.start], [0.0])
    for span in told:
        _extend(course, span.start, untold_w * _seconds(course.times[-1], span.start))
        _extend(course, span.end, span.energy_wh * scale)
    _extend(course, stretch.end, untold_w * _seconds(course.times[-1], stretch.end))
    return course


def _cut(stretch: Straight, spans: Sequence[EnergySpan]) -> Iterator[EnergySpan]:
    """Yield the parts of spans that lie within a stretch."""
    until = stretch.start
    for span in spans:
        start, end = max(span.start, until), min(span.end, stretch.end)
        if start < end:
            share = (end - start) / (span.end - span.start)
            yield EnergySpan(start, end, span.energy_wh * share)
            until = end


def _extend(course: Timeline, moment: datetime, energy_wh: float) -> None:
    if moment > course.times[-1]:
        course.extend(moment, course.totals_wh[-1] + energy_wh)


def _between(course: Timeline, start: datetime, end: datetime) -> float:
    before_wh, after_wh = course.total_at(start), course.total_at(end)
    if before_wh is None or after_wh is None:
        return 0.0
    return after_wh - before_wh


def _seconds(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds()

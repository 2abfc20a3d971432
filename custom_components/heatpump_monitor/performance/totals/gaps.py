"""Electricity whose course is not known: booked straight, bent later.

While the meter is not read, its counter goes on: the sum is exact, and a
straight line stands for the course until the meter's own memory is asked.
Bending moves energy between hours and days, and between what is paired and what
is not; it adds none.

Where the counter started again meanwhile, not even the sum is known: nothing is
booked until the memory tells it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ...readings import EnergySpan, Mode
from ..electricity.meter import Timeline
from ..plant import HeatMethod
from .ledger import Bucket, Ledger, ModeSums
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
    boundary: str | None = None

    def redistribute(self, ledger: Ledger, gap: Timeline, profile: Timeline) -> None:
        """Move the electricity of this part, and the heat that goes with it.

        How much heat it is was counted, and stays.
        """
        even_cop = profile_cop = 0.0
        profile_wh = _between(profile, self.start, self.end)
        if self.cop is not None and profile_wh > 0:
            even_cop = self.cop
            profile_cop = self.cop * _between(gap, self.start, self.end) / profile_wh
        for start, end in ledger.pieces(self.start, self.end):
            before_wh, after_wh = (
                _between(load_profile, start, end) for load_profile in (gap, profile)
            )
            heat_wh = after_wh * profile_cop - before_wh * even_cop
            ledger.book(start, self._moved(after_wh - before_wh, heat_wh))

    def _moved(self, electricity_wh: float, heat_wh: float) -> Bucket:
        entry = Bucket()
        if self.mode is not None:
            entry.modes[self.mode] = ModeSums(electricity_wh, heat_wh)
        if self.mode is Mode.COOLING:
            return entry
        entry.paired_electricity_wh = electricity_wh
        if self.boundary is not None:
            entry.boundaries[self.boundary] = electricity_wh, heat_wh, 0.0
        if self.cop is not None:
            entry.heat_wh = heat_wh
            entry.methods_wh[HeatMethod.COUNTER] = heat_wh
        return entry


@dataclass(slots=True)
class Gap:
    """A straight stretch, and what was booked of it."""

    start: datetime
    end: datetime
    energy_wh: float
    tariff: Tariff
    paired: list[PairedPart] = field(default_factory=list)
    is_counted: bool = True
    """Whether the meter's counter tells the sum."""

    @property
    def recoverable_from(self) -> datetime:
        """Return when the memory can tell all that is needed of it.

        It has no record of the time that is running. What is counted can do
        without: the rest of the sum belongs there.
        """
        return self.end if self.is_counted else self.end + LONG

    def overlaps(self, start: datetime, end: datetime) -> bool:
        """Return whether a stretch has time in common with this one."""
        return start < self.end and self.start < end

    def load_profile(self, spans: Sequence[EnergySpan]) -> Timeline:
        """Return how the sum that was counted was drawn, by the meter's memory.

        Time that the memory does not tell of has what the rest leaves over; where
        it leaves less than nothing, or there is no such time, all is scaled.

        Args:
            spans: What the memory holds, in the order of time; the stretch may
                begin and end within a span, and time may be missing.
        """
        import_result = list(self._within(spans))
        known_wh = sum(span.energy_wh for span in import_result)
        known_s = sum(_seconds(span.start, span.end) for span in import_result)
        unknown_s = _seconds(self.start, self.end) - known_s
        left_wh = self.energy_wh - known_wh
        scale = 1.0
        if known_wh <= 0 and unknown_s < 1:
            # It saw nothing where the counter counted: it knows no course.
            import_result, unknown_s = [], _seconds(self.start, self.end)
        elif left_wh < 0 or unknown_s < 1:
            scale, left_wh = self.energy_wh / known_wh, 0.0
        unknown_w = left_wh / unknown_s if unknown_s >= 1 else 0.0
        load_profile = Timeline([self.start], [0.0])
        for span in import_result:
            _extend(
                load_profile,
                span.start,
                unknown_w * _seconds(load_profile.times[-1], span.start),
            )
            _extend(load_profile, span.end, span.energy_wh * scale)
        _extend(
            load_profile,
            self.end,
            unknown_w * _seconds(load_profile.times[-1], self.end),
        )
        return load_profile

    def redistribute(self, ledger: Ledger, profile: Timeline) -> None:
        """Book a course instead of the straight one.

        Args:
            ledger: Where the straight stretch was booked.
            bent: The total over the stretch, from nothing on.
        """
        gap = Timeline([self.start, self.end], [0.0, self.energy_wh])
        for start, end in ledger.pieces(self.start, self.end):
            moved_wh = _between(profile, start, end) - _between(gap, start, end)
            entry = Bucket()
            entry.draw(moved_wh, 0.0, self.tariff)
            ledger.book(start, entry)
        for part in self.paired:
            part.redistribute(ledger, gap, profile)

    def add_recovered(self, ledger: Ledger, spans: Sequence[EnergySpan]) -> float:
        """Book what only the memory knows; return how much it is, in Wh."""
        recovered_wh = 0.0
        for span in self._within(spans):
            ledger.book_electricity(span.start, span.end, span.energy_wh, self.tariff)
            recovered_wh += span.energy_wh
        return recovered_wh

    def _within(self, spans: Sequence[EnergySpan]) -> Iterator[EnergySpan]:
        """Yield the parts of spans that lie within the stretch."""
        until = self.start
        for span in spans:
            start, end = max(span.start, until), min(span.end, self.end)
            if start < end:
                share = (end - start) / (span.end - span.start)
                yield EnergySpan(start, end, span.energy_wh * share)
                until = end


def _extend(load_profile: Timeline, moment: datetime, energy_wh: float) -> None:
    if moment > load_profile.times[-1]:
        load_profile.extend(moment, load_profile.totals_wh[-1] + energy_wh)


def _between(load_profile: Timeline, start: datetime, end: datetime) -> float:
    before_wh, after_wh = load_profile.total_at(start), load_profile.total_at(end)
    if before_wh is None or after_wh is None:
        return 0.0
    return after_wh - before_wh


def _seconds(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds()

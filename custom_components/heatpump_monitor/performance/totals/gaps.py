"""Gaps of the electricity meter: booked evenly, redistributed by its memory.

The counter goes on while the meter is not read, so the sum is exact. To redistribute
moves energy between hours, days, and paired and unpaired electricity; it adds none.
After a counter reset the sum is unknown: only the memory's energy is booked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ...readings import EnergySpan, Mode
from ..electricity.meter_total import Timeline
from ..plant import HeatMethod
from .ledger import Bucket, Ledger, ModeSums
from .tariff import Tariff

LONG = timedelta(minutes=15)
"""Shorter gaps stay even: the shortest time that is kept is a quarter-hour."""


@dataclass(frozen=True, slots=True)
class PairedPart:
    """A part of a gap that was booked with heat."""

    start: datetime
    end: datetime
    mode: Mode | None
    cop: float | None = None
    """Heat over electricity, to move both; None if the heat has its own profile."""
    boundary: str | None = None

    def redistribute(self, ledger: Ledger, gap: Timeline, profile: Timeline) -> None:
        """Move the electricity of this part and its heat, whose sum stays."""
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
    """A time without readings, and its parts that were booked with heat."""

    start: datetime
    end: datetime
    energy_wh: float
    tariff: Tariff
    paired: list[PairedPart] = field(default_factory=list)
    is_counted: bool = True
    """Whether the meter's counter gives the sum."""

    @property
    def recoverable_from(self) -> datetime:
        """Return when the memory has all records that are needed.

        The record of the running quarter-hour is missing; a counted gap does without.
        """
        return self.end if self.is_counted else self.end + LONG

    def overlaps(self, start: datetime, end: datetime) -> bool:
        """Return whether a time overlaps this gap."""
        return start < self.end and self.start < end

    def load_profile(self, spans: Sequence[EnergySpan]) -> Timeline:
        """Return the load profile of the counted sum by the meter's memory.

        Time without a record gets the rest of the sum. If the rest is negative, or no
        such time exists, the records are scaled to the sum. They are in the order of
        time, may be cut by the ends of the gap, and some may be missing.
        """
        records = list(self._within(spans))
        known_wh = sum(span.energy_wh for span in records)
        known_s = sum(_seconds(span.start, span.end) for span in records)
        unknown_s = _seconds(self.start, self.end) - known_s
        left_wh = self.energy_wh - known_wh
        scale = 1.0
        if known_wh <= 0 and unknown_s < 1:
            # The records contradict the counter.
            records, unknown_s = [], _seconds(self.start, self.end)
        elif left_wh < 0 or unknown_s < 1:
            scale, left_wh = self.energy_wh / known_wh, 0.0
        unknown_w = left_wh / unknown_s if unknown_s >= 1 else 0.0
        load_profile = Timeline([self.start], [0.0])
        for span in (*records, EnergySpan(self.end, self.end, 0.0)):
            unknown_wh = unknown_w * _seconds(load_profile.times[-1], span.start)
            _extend(load_profile, span.start, unknown_wh)
            _extend(load_profile, span.end, span.energy_wh * scale)
        return load_profile

    def redistribute(self, ledger: Ledger, profile: Timeline) -> None:
        """Replace the even load profile that was booked by another."""
        gap = Timeline([self.start, self.end], [0.0, self.energy_wh])
        for start, end in ledger.pieces(self.start, self.end):
            moved_wh = _between(profile, start, end) - _between(gap, start, end)
            entry = Bucket()
            entry.draw(moved_wh, 0.0, self.tariff)
            ledger.book(start, entry)
        for part in self.paired:
            part.redistribute(ledger, gap, profile)

    def add_recovered(self, ledger: Ledger, spans: Sequence[EnergySpan]) -> float:
        """Book the energy of the memory's records; return it in Wh."""
        recovered_wh = 0.0
        for span in self._within(spans):
            ledger.book_electricity(span.start, span.end, span.energy_wh, self.tariff)
            recovered_wh += span.energy_wh
        return recovered_wh

    def _within(self, spans: Sequence[EnergySpan]) -> Iterator[EnergySpan]:
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
    return load_profile.between(start, end) or 0.0


def _seconds(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds()

"""What is booked into the ledger, and what of it may still be moved."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ..readings import EnergySpan
from .intervals import Interval
from .meters import Meters
from .totals.booking import book
from .totals.gaps import LONG, Gap, PairedPart
from .totals.ledger import Ledger
from .totals.own_electricity import Slot, Stream, add_span, needed_from, split
from .totals.tariff import Split, Tariff


@dataclass(slots=True)
class MeterBook:
    """What was booked of one meter."""

    gaps: list[Gap] = field(default_factory=list)
    """Time whose load profile is not known yet."""
    drawn_at: Tariff = field(default_factory=Tariff)
    """The tariff when the meter was last read."""
    slots: list[Slot] = field(default_factory=list)
    """Electricity of which it is not known yet how much was own, oldest first."""

    def keep_gaps(self, count: int) -> None:
        """Keep no more than the last so many gaps."""
        del self.gaps[: max(len(self.gaps) - count, 0)]


@dataclass(slots=True)
class EnergyBooks:
    """Books electricity and heat; keeps the gaps and the total of heat."""

    heat_total_wh: float | None = None
    meters: dict[str, MeterBook] = field(default_factory=dict)

    @property
    def gaps(self) -> list[Gap]:
        """Return the gaps of all meters."""
        return [gap for each in self.meters.values() for gap in each.gaps]

    @property
    def unresolved(self) -> timedelta:
        """Return how much time of gaps no memory has been asked about yet."""
        return sum((gap.end - gap.start for gap in self.gaps), timedelta())

    def is_gap(self, start: datetime, end: datetime) -> bool:
        """Return whether a gap has time in common with another time."""
        return any(gap.overlaps(start, end) for gap in self.gaps)

    def add_span(
        self,
        key: str,
        span: EnergySpan | None,
        ledger: Ledger,
        tariff: Tariff,
        *,
        is_counted: bool,
        is_first: bool,
    ) -> Gap | None:
        """Book what a reading of a meter brought; return the gap that it ended.

        A gap is booked evenly, until its load profile is known. What it cost is known
        if the tariff is the same at both its ends.
        """
        if (meter := self.meters.get(key)) is None:
            meter = self.meters[key] = MeterBook()
        before, meter.drawn_at = meter.drawn_at, tariff
        if span is None:
            return None
        if is_gap := span.end - span.start > LONG:
            tariff = tariff.where_equal(before)
        if is_counted:
            ledger.book_electricity(
                span.start, span.end, span.energy_wh, tariff, counts_time=is_first
            )
        if not is_gap:
            if is_counted and tariff.split is Split.AWAITED:
                add_span(meter.slots, span, tariff, ledger)
            return None
        gap = Gap(span.start, span.end, span.energy_wh, tariff, is_counted=is_counted)
        meter.gaps.append(gap)
        return gap

    def split(self, streams: Sequence[Stream], ledger: Ledger, now: datetime) -> None:
        """Book how much was own electricity, as far as the streams tell by now."""
        for each in self.meters.values():
            if each.slots:
                each.slots = split(each.slots, streams, ledger, now)

    def needed_from(self, streams: Sequence[Stream]) -> dict[str, datetime]:
        """Return from when on each stream is still needed, by its name."""
        return needed_from(
            streams, [slot for each in self.meters.values() for slot in each.slots]
        )

    def add_interval(self, interval: Interval, ledger: Ledger, meters: Meters) -> None:
        """Book a closed interval."""
        book(ledger, interval, meters.between)
        if interval.heat_wh is None:
            return
        self.heat_total_wh = (self.heat_total_wh or 0.0) + interval.warmth_wh
        if interval.electricity_wh is None:
            return
        for gap in self.gaps:
            if gap.overlaps(interval.start, interval.end):
                gap.paired += _parts(interval, gap)

    def redistribute(
        self, gap: Gap, spans: Sequence[EnergySpan], ledger: Ledger, meters: Meters
    ) -> None:
        """Replace the even load profile of a gap by that of the meter's memory.

        A gap may have been forgotten since it was asked for: nothing changes then.
        """
        keys = (key for key, each in self.meters.items() if gap in each.gaps)
        if (key := next(keys, None)) is None:
            return
        self.meters[key].gaps.remove(gap)
        total = meters.electricity[key].total
        if not gap.is_counted:
            total.add_recovered(gap.add_recovered(ledger, spans))
        elif spans:
            load_profile = gap.load_profile(spans)
            gap.redistribute(ledger, load_profile)
            # An interval that is still open takes its electricity from there.
            total.timeline.redistribute(load_profile)

    def forget_gaps_after(self, moment: datetime) -> None:
        """Drop the gaps and slots that end after a moment."""
        for each in self.meters.values():
            each.slots = [slot for slot in each.slots if slot.end <= moment]
            each.gaps = [gap for gap in each.gaps if gap.end <= moment]


def _parts(interval: Interval, gap: Gap) -> Iterator[PairedPart]:
    """Yield the parts of a paired interval that lie in a gap.

    They are its segments; but heat that a counter alone gives has no shape.
    """
    cop = interval.cop_of_gap
    for segment in interval.segments:
        start, end = max(segment.start, gap.start), min(segment.end, gap.end)
        if start < end:
            yield PairedPart(start, end, segment.mode, cop, interval.boundary)

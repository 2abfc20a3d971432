"""What is booked into the ledger, and what of it may still be moved."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ..readings import EnergySpan
from .electricity.counters import CounterEvent
from .flags import FlagKind, FlagLog
from .intervals import Interval
from .meters import Meters, MeterStep
from .totals.booking import book
from .totals.gaps import LONG, Gap, PairedPart
from .totals.ledger import Bucket, Ledger
from .totals.tariff import Tariff

# More than a day, be it one of 25 hours.
_WORTH_A_FLAG = timedelta(hours=26)


@dataclass(slots=True)
class MeterBook:
    """What was booked of one meter."""

    gaps: list[Gap] = field(default_factory=list)
    """Time whose load profile is not known yet."""
    drawn_at: Tariff = field(default_factory=Tariff)
    """The tariff when the meter was last read."""


@dataclass(slots=True)
class EnergyBooks:
    """Books electricity and heat; keeps the gaps and the total of heat."""

    heat_total_wh: float | None = None
    meters: dict[str, MeterBook] = field(default_factory=dict)

    @property
    def gaps(self) -> list[Gap]:
        """Return the gaps of all meters."""
        return [gap for each in self.meters.values() for gap in each.gaps]

    def is_gap(self, start: datetime, end: datetime) -> bool:
        """Return whether a gap has time in common with another time."""
        return any(gap.overlaps(start, end) for gap in self.gaps)

    def add_step(
        self,
        key: str,
        step: MeterStep,
        now: datetime,
        ledger: Ledger,
        tariff: Tariff,
        flags: FlagLog,
        *,
        is_first: bool,
        gaps_kept: int,
    ) -> None:
        """Book what a reading of a meter brought; a long gap evenly, until it is known.

        What a gap cost is known if the tariff is the same at both its ends.

        Args:
            key: Of the meter.
            step: What its reading brought.
            now: When it was read.
            ledger: Where to book.
            tariff: The present one.
            flags: Where gaps of more than a day are flagged.
            is_first: Whether it is the first of the summed meters, whose time counts.
            gaps_kept: How many gaps to keep.
        """
        book_of_meter = self.meters.setdefault(key, MeterBook())
        common = tariff.where_equal(book_of_meter.drawn_at)
        gap, span, since = None, step.span, step.known_before
        if span is not None:
            is_long = span.end - span.start > LONG
            used = common if is_long else tariff
            _book_electricity(ledger, span, used, is_first=is_first)
            if is_long:
                gap = Gap(span.start, span.end, span.energy_wh, common)
                _flag_gap(gap, flags)
        elif step.event is CounterEvent.RESET and since is not None:
            # Only the meter's memory knows the sum.
            if now - since > LONG:
                gap = Gap(since, now, 0.0, common, is_counted=False)
        if gap is not None:
            book_of_meter.gaps.append(gap)
            del book_of_meter.gaps[: max(len(book_of_meter.gaps) - gaps_kept, 0)]
        book_of_meter.drawn_at = tariff

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
        """Replace the even load profile of a gap by that of the meter's memory."""
        key = next(key for key, each in self.meters.items() if gap in each.gaps)
        self.meters[key].gaps.remove(gap)
        total = meters.electricity[key].total
        if not gap.is_counted:
            total.add_recovered(gap.add_recovered(ledger, spans))
        elif spans:
            load_profile = gap.load_profile(spans)
            gap.redistribute(ledger, load_profile)
            # An interval that is still open takes its electricity from there.
            total.timeline.redistribute(load_profile)

    def forget_meters(self, keys: Collection[str]) -> None:
        """Drop the gaps of meters that are gone, as no memory knows them any more."""
        for key in keys:
            self.meters.pop(key, None)

    def forget_gaps_after(self, moment: datetime) -> None:
        """Drop the gaps that end after a moment."""
        for each in self.meters.values():
            each.gaps = [gap for gap in each.gaps if gap.end <= moment]


def _book_electricity(
    ledger: Ledger, span: EnergySpan, tariff: Tariff, *, is_first: bool
) -> None:
    if is_first:
        ledger.book_electricity(span.start, span.end, span.energy_wh, tariff)
        return
    for start, end in ledger.pieces(span.start, span.end):
        entry = Bucket()
        share = (end - start) / (span.end - span.start)
        entry.draw(span.energy_wh * share, 0.0, tariff)
        ledger.book(start, entry)


def _flag_gap(gap: Gap, flags: FlagLog) -> None:
    if gap.end - gap.start > _WORTH_A_FLAG:
        detail = f"{gap.energy_wh:g} Wh since {gap.start.isoformat()}"
        flags.add(gap.end, FlagKind.GAP, detail)


def _parts(interval: Interval, gap: Gap) -> Iterator[PairedPart]:
    """Yield the parts of a paired interval that lie in a gap.

    They are its segments; but heat that a counter alone gives has no shape.
    """
    cop = interval.cop_of_gap
    for segment in interval.segments:
        start, end = max(segment.start, gap.start), min(segment.end, gap.end)
        if start < end:
            yield PairedPart(start, end, segment.mode, cop)

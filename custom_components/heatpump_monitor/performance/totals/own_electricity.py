"""How much of the heat pump's electricity came from the household's own photovoltaics.

On the wires of a house nobody can tell which electricity goes where: a rule has to
say. It is applied to slots of about five minutes, by what the counters of the grid and
of the photovoltaics moved in each:

    own use   = generated - exported
    household = imported + own use
    own electricity of the heat pump = its electricity * own use / household

So every load of the house has the same share. These shares add up to the own use
whatever other loads there are, and depend on no order of them. Others give the own
electricity to the rest of the house first (evcc), which makes what is switched on last
look expensive, or to the heat pump first. Both are ends of what is possible, and kept:
it cannot be less than its electricity less all that was imported, nor more than all
that was used of the own.

Within a slot, import and export that follow each other are averaged: a heat pump that
ran for one sunny minute of five has the mean share of the five.

Unknown, never 0, is a slot in which a counter was not read, started again, or moved
while nobody saw when; in which more was exported than generated, or the heat pump
drew more than all of the house (a battery that nobody meters). A counter that was not
read but did not move, as that of an inverter at night, is known.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from ...readings import EnergySpan
from ..electricity.meter_total import MeterTotal
from .gaps import LONG
from .ledger import Bucket, Ledger
from .tariff import Tariff

_SLOT: Final = timedelta(minutes=5)
# An inverter may sleep through a winter's night.
_LONGEST_WAIT: Final = timedelta(days=1)
# The meters are read some seconds apart: at the start of a run the house may seem to
# draw less than the heat pump.
_LEAST_OF_HOUSE: Final = 0.8


class Flow(StrEnum):
    """What a counter counts."""

    IMPORTED = "imported"
    EXPORTED = "exported"
    GENERATED = "generated"


@dataclass(frozen=True, slots=True)
class Stream:
    """One counter of a meter of the grid or of the photovoltaics."""

    flow: Flow
    key: str
    """That of the meter."""
    total: MeterTotal

    @property
    def name(self) -> str:
        """Return its name among all streams."""
        return f"{self.flow}:{self.key}"


@dataclass(frozen=True, slots=True)
class OwnPart:
    """How much of some electricity was own, in Wh."""

    own_wh: float
    least_wh: float
    """What is certain whatever the rule."""
    most_wh: float


def own_part(
    drawn_wh: float, imported_wh: float, exported_wh: float, generated_wh: float
) -> OwnPart | None:
    """Return how much of what the heat pump drew was own; None if they contradict."""
    own_use_wh = generated_wh - exported_wh
    house_wh = imported_wh + own_use_wh
    if own_use_wh < 0 or house_wh < _LEAST_OF_HOUSE * drawn_wh:
        return None
    if drawn_wh <= 0:
        return OwnPart(0.0, 0.0, 0.0)
    own_wh = drawn_wh * (own_use_wh / house_wh)
    return OwnPart(
        own_wh,
        least_wh=min(max(drawn_wh - imported_wh, 0.0), own_wh),
        most_wh=max(min(drawn_wh, own_use_wh), own_wh),
    )


@dataclass(slots=True)
class Slot:
    """Some minutes of the heat pump's electricity, in one hour and one day."""

    start: datetime
    end: datetime
    energy_wh: float
    tariff: Tariff
    flows_wh: dict[str, float] = field(default_factory=dict)
    """What is known of each stream, by its name."""
    is_late: bool = False
    """Whether it was booked as unknown until it is known."""

    @property
    def is_full(self) -> bool:
        """Return whether it is long enough."""
        return self.end - self.start >= _SLOT

    def joins(self, later: Slot) -> bool:
        """Return whether another slot continues this one.

        None begins at a quarter-hour within another: it may be an hour or a midnight.
        """
        start = later.start
        is_quarter = not (start.minute % 15 or start.second or start.microsecond)
        return (
            start == self.end
            and not is_quarter
            and self.tariff == later.tariff
            and self.is_late is later.is_late
            and self.flows_wh.keys() == later.flows_wh.keys()
        )

    def append(self, later: Slot) -> None:
        """Continue this slot by another."""
        self.end = later.end
        self.energy_wh += later.energy_wh
        for name, energy_wh in later.flows_wh.items():
            self.flows_wh[name] += energy_wh

    def read(self, streams: Sequence[Stream], now: datetime) -> bool:
        """Take what the streams know by now; return whether the rest may become known."""
        for stream in streams:
            timeline = stream.total.timeline
            if stream.name in self.flows_wh:
                continue
            if not timeline.times or timeline.times[-1] < self.end:
                if now - self.end > _LONGEST_WAIT:
                    return False
                continue
            energy_wh = timeline.seen_between(self.start, self.end, LONG)
            if energy_wh is None:
                return False
            self.flows_wh[stream.name] = energy_wh
        return True

    def own_part(self, streams: Sequence[Stream]) -> OwnPart | None:
        """Return how much was own, once all streams are known."""
        flows_wh = dict.fromkeys(Flow, 0.0)
        for stream in streams:
            flows_wh[stream.flow] += self.flows_wh[stream.name]
        return own_part(
            self.energy_wh,
            imported_wh=flows_wh[Flow.IMPORTED],
            exported_wh=flows_wh[Flow.EXPORTED],
            generated_wh=flows_wh[Flow.GENERATED],
        )

    def book(self, part: OwnPart | None, ledger: Ledger) -> None:
        """Book a split and the cost of both parts; None if it stays unknown."""
        if part is None:
            self.book_unknown(ledger)
            return
        tariff, energy_wh = self.tariff, self.energy_wh
        entry = Bucket(
            own_wh=part.own_wh,
            own_least_wh=part.least_wh,
            own_most_wh=part.most_wh,
            split_wh=energy_wh,
        )
        if (price := tariff.price_per_kwh) is not None:
            entry.own_cost = part.own_wh / 1000 * tariff.own_price_per_kwh
            entry.cost = entry.own_cost + (energy_wh - part.own_wh) / 1000 * price
        ledger.book(self.start, entry)
        if self.is_late:
            self._book_unknown(ledger, -energy_wh)

    def book_unknown(self, ledger: Ledger) -> None:
        """Book that the split is not known, or not yet; nor is the cost."""
        if not self.is_late:
            self._book_unknown(ledger, self.energy_wh)
            self.is_late = True

    def _book_unknown(self, ledger: Ledger, energy_wh: float) -> None:
        has_price = self.tariff.price_per_kwh is not None
        priced_wh = -energy_wh if has_price else 0.0
        ledger.book(self.start, Bucket(unsplit_wh=energy_wh, priced_wh=priced_wh))


def add_span(
    slots: list[Slot], span: EnergySpan, tariff: Tariff, ledger: Ledger
) -> None:
    """Add electricity that awaits its split."""
    elapsed = span.end - span.start
    for start, end in ledger.pieces(span.start, span.end):
        energy_wh = span.energy_wh * ((end - start) / elapsed)
        slot = Slot(start, end, energy_wh, tariff)
        if slots and not slots[-1].is_full and slots[-1].joins(slot):
            slots[-1].append(slot)
        else:
            slots.append(slot)


def split(
    slots: Sequence[Slot], streams: Sequence[Stream], ledger: Ledger, now: datetime
) -> list[Slot]:
    """Book the slots whose split is known by now, or never will be; return the others."""
    waiting: list[Slot] = []
    names = {each.name for each in streams}
    for slot in slots:
        if slot is slots[-1] and streams and not slot.is_full:
            waiting.append(slot)
        elif not slot.read(streams, now):
            slot.book_unknown(ledger)
        elif names <= slot.flows_wh.keys():
            slot.book(slot.own_part(streams), ledger)
        else:
            if now - slot.end > LONG:
                slot.book_unknown(ledger)
            # Nothing can have flowed where a counter is late: one share for all of it.
            if slot.is_late and waiting and waiting[-1].joins(slot):
                waiting[-1].append(slot)
            else:
                waiting.append(slot)
    return waiting


def needed_from(
    streams: Sequence[Stream], slots: Sequence[Slot]
) -> dict[str, datetime]:
    """Return from when on each stream is still needed, by its name."""
    return {
        stream.name: min(starts)
        for stream in streams
        if (
            starts := [each.start for each in slots if stream.name not in each.flows_wh]
        )
    }

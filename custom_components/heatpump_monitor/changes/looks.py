"""Look at what changes did, on fixed days only.

Who looks often finds something at last. Of 200 changes that do nothing, 19.0 % are
called better or worse at one look or another if each of the looks below shows 95 %
intervals (`benchmarks/daily_model.py`, correlation 0.6, 120 days before; with 365
days before 18.5 %). With 99 % intervals 6.5 % are (8.0 %): all looks together are
about as sure as one of 95 % (repeated confidence intervals, Jennison and Turnbull
1989). The price: intervals are a third wider, so that an answer takes longer. With
120 days before, of the changes that do nothing 76 % still need more days at the look
after 60 days, and 38 % after 120. A heating curve lowered by 0.2 (6.6 % better) is found
in 42, 67, 84 and 99 % of 100 winters after 30, 60, 120 and 240 days. Fewer looks do
not help as much: 30, 60 and 365 days with 95 % intervals make 15 %.

A look needs nothing but the ledger and the log: nothing is stored.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from ..performance.effect.analysis import analyse
from ..performance.effect.result import ChangeMoment, Effect
from ..performance.plant import SourceKind
from ..performance.student import LEVEL as ONE_LOOK
from ..performance.totals.calendar import Calendar
from ..performance.totals.ledger import Ledger
from .acting import acts_on, moments
from .model import Entry

# The first one tells how long it will take.
LOOK_DAYS: Final = (0, 14, 30, 60, 120, 240, 365)
LEVEL: Final = 0.99
_LOOKED_AT: Final = 50
"""Of the newest entries; each takes up to 0.1 s."""
# Those before have ended before the days that are compared.
_OTHERS_WITHIN: Final = timedelta(days=400)
_ALL_WITHIN: Final = timedelta(days=7)


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """A look at what a change did; it stays until the next one."""

    looked_on: date
    next_look: date | None
    """None after the last one."""
    effect: Effect


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedLook:
    """All that a look depends on, but for the ledger."""

    entry_id: int
    change: ChangeMoment
    others: tuple[ChangeMoment, ...]
    """The other changes until then."""
    looked_on: date
    next_look: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class HouseholdFacts:
    """What an effect depends on beside the ledger."""

    source: SourceKind | None
    price_per_kwh: float | None
    southern: bool

    def effect(
        self,
        ledger: Ledger,
        change: ChangeMoment,
        others: Iterable[ChangeMoment],
        today: date,
        level: float = ONE_LOOK,
    ) -> Effect:
        """Return what a change did until today."""
        return analyse(
            ledger,
            change,
            others,
            today,
            source=self.source,
            price_per_kwh=self.price_per_kwh,
            southern=self.southern,
            level=level,
        )


def plan_looks(
    newest_first: Sequence[Entry], calendar: Calendar, today: date
) -> list[PlannedLook]:
    """Return the last look at each of the newest entries that act on something."""
    log = Moments(newest_first, calendar)
    acting = [each.id for each in newest_first if acts_on(each)]
    return [_plan(each, log, today) for each in acting[:_LOOKED_AT]]


def _plan(entry_id: int, log: Moments, today: date) -> PlannedLook:
    changed_on = log.days[entry_id]
    looks = [changed_on + timedelta(days=number) for number in LOOK_DAYS]
    looked_on = max(day for day in looks if day <= max(today, changed_on))
    return PlannedLook(
        entry_id=entry_id,
        change=log.moments[entry_id],
        others=log.others(entry_id, looked_on),
        looked_on=looked_on,
        next_look=next((day for day in looks if day > looked_on), None),
    )


class Moments:
    """The changes that separate the days before and after them, with their days."""

    def __init__(self, entries: Iterable[Entry], calendar: Calendar) -> None:
        """Leave out the entries that separate nothing."""
        self.moments = moments(entries)
        self.days = {
            entry_id: calendar.local_day(each.time)
            for entry_id, each in self.moments.items()
        }

    def others(self, entry_id: int, until: date) -> tuple[ChangeMoment, ...]:
        """Return the other changes up to a day, that included.

        Of a day that is more than a week away, one of each kind is enough: an
        automation may change a setting every hour.
        """
        change, found = self.moments[entry_id], dict[object, ChangeMoment]()
        for other_id, each in self.moments.items():
            apart, day = abs(each.time - change.time), self.days[other_id]
            if other_id == entry_id or day > until or apart > _OTHERS_WITHIN:
                continue
            kind = (day, each.touched, each.of_measuring)
            found[kind if apart > _ALL_WITHIN else other_id] = each
        return tuple(found.values())


def look(
    ledger: Ledger, planned: Iterable[PlannedLook], facts: HouseholdFacts
) -> dict[PlannedLook, Look]:
    """Return what the looks show; call it in a thread.

    Args:
        ledger: What was counted; no other thread changes it.
        planned: The looks.
        facts: What an effect depends on beside the ledger.
    """
    return {
        each: Look(
            looked_on=each.looked_on,
            next_look=each.next_look,
            effect=facts.effect(
                ledger, each.change, each.others, each.looked_on, LEVEL
            ),
        )
        for each in planned
    }

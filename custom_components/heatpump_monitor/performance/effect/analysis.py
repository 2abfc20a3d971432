"""Says what a change did: better, worse, nothing to be seen, or not known yet."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from math import log
from typing import Final

from ..plant import SourceKind
from ..student import LEVEL
from ..totals.ledger import Ledger
from .days import LEAST_AFTER, LEAST_BEFORE, Selection, select_days
from .result import ChangeMoment, Effect, Estimate, Excluded, Lack, Verdict
from .yearly import yearly

# An interval of 5 % up and down that contains no change is an answer, too.
_NARROW: Final = log(1.05)


def analyse(
    ledger: Ledger,
    change: ChangeMoment,
    others: Iterable[ChangeMoment],
    today: date,
    *,
    source: SourceKind | None = None,
    price_per_kwh: float | None = None,
    southern: bool = False,
    level: float = LEVEL,
) -> Effect:
    """Return what a change did. It takes up to a second, so call it in a thread.

    Each call is a look of its own. Of 100 changes that do nothing, 5 to 9 are called
    better or worse after 90 days, but 17 to 21 at some time by who looks every five
    days until then: the first verdict is not the last one.

    Args:
        ledger: What was counted.
        change: The change.
        others: All other changes.
        today: The local day, which is not complete yet.
        source: Where the heat pump takes its heat from.
        price_per_kwh: In the household's currency.
        southern: Whether the year is warm where the standard year is cold.
        level: Of the intervals; who looks several times wants a higher one.
    """
    # numpy takes 26 MB, and most households look at a change a few times a year.
    from .comparison import compare, days_needed

    chosen = select_days(ledger, change, others, today, source)
    effect = Effect(
        verdict=Verdict.NOT_ENOUGH_DATA,
        touched=change.touched,
        together_with=chosen.together_with,
        before=chosen.side_before,
        after=chosen.side_after,
        lack=_lack(chosen),
    )
    figures = None
    if effect.lack is None:
        figures = compare(chosen.before, chosen.after, change.touched, source, level)
    if figures is not None:
        year = yearly(
            ledger,
            figures,
            change.touched,
            chosen.change_day,
            today,
            price_per_kwh=price_per_kwh,
            southern=southern,
            left_out=chosen.disinfection_weekdays,
        )
        effect = replace(effect, figures=figures, yearly=year)
        if (verdict := _verdict(figures.cop.change)) is not None:
            return replace(effect, verdict=verdict)
    if Excluded.OTHER_CHANGE in chosen.side_after.excluded:
        return replace(effect, lack=Lack.NEXT_CHANGE)
    if effect.lack in (Lack.DAYS_BEFORE, Lack.SAME_WEATHER):
        return effect
    more = days_needed(chosen.before, chosen.after, source, today, _NARROW, level)
    if more is None:
        return replace(effect, lack=effect.lack or Lack.DAYS_BEFORE)
    return replace(
        effect,
        lack=effect.lack or Lack.DAYS_AFTER,
        days_needed=max(more, LEAST_AFTER - chosen.side_after.used),
    )


def _lack(chosen: Selection) -> Lack | None:
    """Return why the days cannot be compared; None if they can."""
    before, after = chosen.side_before, chosen.side_after
    if before.used + before.excluded.get(Excluded.OTHER_WEATHER, 0) < LEAST_BEFORE:
        return Lack.DAYS_BEFORE
    if after.used + after.excluded.get(Excluded.OTHER_WEATHER, 0) < LEAST_AFTER:
        return Lack.DAYS_AFTER
    if before.used < LEAST_BEFORE or after.used < LEAST_AFTER:
        return Lack.SAME_WEATHER
    return None


def _verdict(cop: Estimate) -> Verdict | None:
    """Return the verdict on a ratio of COPs; None if it can be anything."""
    if cop.low > 1:
        return Verdict.BETTER
    if cop.high < 1:
        return Verdict.WORSE
    if log(cop.high / cop.low) <= 2 * _NARROW:
        return Verdict.NO_VISIBLE_EFFECT
    return None

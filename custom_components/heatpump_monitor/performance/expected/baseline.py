"""Chooses the days from which the usual behaviour is learned.

After a full year, these are the days before the running heating season, up to two
years of them: a filter that clogs in the course of a winter is not learned before
the next season. In the first year they are all days but the last four weeks: a fault
is in all of the last two weeks before it begins to be learned.

All days have the heat method and the boundary of the last two weeks. The errors of
a method are then in both, what is learned and what is judged, and cancel.
"""

from collections import Counter
from datetime import date, timedelta
from typing import Final

from ...readings import Mode
from ...time_units import DAY
from ..effect.days import measured_by
from ..plant import SourceKind
from ..totals.ledger import Ledger
from ..totals.periods import FULL_YEAR_DAYS
from .days import OperatingDay, operating_days

RECENT: Final = timedelta(days=14)
"""The days that are judged, and never learned from."""
_FIRST_YEAR_DELAY: Final = timedelta(days=28)
_LONGEST: Final = timedelta(days=730)


def learning_span(ledger: Ledger, today: date) -> tuple[date, date]:
    """Return the first and the last day to learn from, before today."""
    newest = today - _FIRST_YEAR_DELAY - DAY
    season = ledger.calendar.season_start(today)
    first, last = season - _LONGEST, min(season - DAY, newest)
    counted = [each for _, each in ledger.days_between(first, last) if each.paired_s]
    if len(counted) >= FULL_YEAR_DAYS:
        return first, last
    return today - _LONGEST, newest


def learning_days(
    ledger: Ledger, mode: Mode, today: date, source: SourceKind | None
) -> list[OperatingDay]:
    """Return the days to learn from, measured as the last two weeks were."""
    recent = ledger.days_between(today - RECENT, today - DAY)
    methods = Counter(measured_by(each) for _, each in recent if each.methods_wh)
    if not methods:
        return []
    usual = methods.most_common(1)[0][0]
    days = operating_days(ledger, mode, *learning_span(ledger, today), source)
    return [day for day in days if measured_by(ledger.days[day.day]) == usual]

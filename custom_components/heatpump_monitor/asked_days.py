"""The days that an action is asked about, by name or by date."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

import probatio

from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util

from .performance.totals.ledger import Ledger
from .performance.totals.periods import Period, days_of
from .service_errors import refused

ATTR_END: Final = "end"
ATTR_PERIOD: Final = "period"
ATTR_START: Final = "start"


def _day(value: object) -> date:
    """Return a date; of a moment, its day."""
    return value.date() if isinstance(value, datetime) else cv.date(value)


# Far from the ends of the calendar: the day after must be one, too.
LOCAL_DAY: Final = probatio.All(
    _day, probatio.Range(min=date(1980, 1, 1), max=date(2999, 12, 31))
)


def asked_days(
    ledger: Ledger,
    data: Mapping[str, Any],
    period_field: str = ATTR_PERIOD,
    start_field: str = ATTR_START,
    end_field: str = ATTR_END,
) -> tuple[date, date] | None:
    """Return the first and the last day asked for, by name or by date; None for neither.

    Raises:
        ServiceValidationError: Half of it is missing, or the end is before the start.
    """
    period: Period | None = data.get(period_field)
    start: date | None = data.get(start_field)
    end: date | None = data.get(end_field)
    if period is not None:
        if start is not None or end is not None:
            raise refused("period_and_dates", field=period_field)
        return named_days(ledger, period)
    if start is None and end is None:
        return None
    if start is None or end is None:
        missing = start_field if start is None else end_field
        raise refused("field_missing", field=missing)
    if end < start:
        raise refused("end_before_start", field=end_field)
    return start, end


def named_days(ledger: Ledger, period: Period) -> tuple[date, date]:
    """Return the first and the last day of a period."""
    return days_of(period, ledger, ledger.calendar.local_day(dt_util.utcnow()))

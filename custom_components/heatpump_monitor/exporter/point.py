"""A point of a time series, and how many of them may be sent at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from math import isfinite
from typing import Final

MOST_LINES: Final = 5_000
"""In one batch."""
_MILLISECOND: Final = timedelta(milliseconds=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """Values that were measured at one moment, on their way to a database."""

    measurement: str
    tags: Mapping[str, str]
    """Never what may change: another tag makes another series."""
    fields: Mapping[str, float]
    """Known and finite, at least one."""
    time: datetime
    """Aware; exact to the millisecond once it is encoded."""
    may_change: bool = field(default=False, compare=False)
    """Whether the same time may be sent again with other values, as a corrected hour."""

    def after(self, corrections: int) -> Point:
        """Return the point some milliseconds later, one for each correction.

        For databases that keep the old value of a time beside the new one.
        """
        return replace(self, time=self.time + corrections * _MILLISECOND)


def point(
    measurement: str,
    tags: Mapping[str, str],
    time: datetime,
    values: Mapping[str, float | bool | None],
    *,
    may_change: bool = False,
) -> Point | None:
    """Return a point of what is known and finite; None if nothing is."""
    fields = {
        key: float(value)
        for key, value in values.items()
        if value is not None and isfinite(value)
    }
    if not fields:
        return None
    return Point(
        measurement=measurement,
        tags=tags,
        fields=fields,
        time=time,
        may_change=may_change,
    )

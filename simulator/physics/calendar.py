"""The household's clock: UTC+1 all year, as heat-pump schedules rarely mind more."""

from math import pi

MINUTE_S = 60
HOUR_S = 3600
DAY_S = 86_400
WEEK_S = 7 * DAY_S
YEAR_S = 365.2425 * DAY_S

_OFFSET_S = HOUR_S
_FIRST_MONDAY_S = 4 * DAY_S
"""1970-01-01 was a Thursday."""


def local_day(epoch_s: float) -> int:
    """Return the number of the local day, counted from 1970."""
    return int((epoch_s + _OFFSET_S) // DAY_S)


def local_hour(epoch_s: float) -> float:
    """Return the local time of day in hours, 0..24."""
    return (epoch_s + _OFFSET_S) % DAY_S / HOUR_S


def local_minute(epoch_s: float) -> int:
    """Return the local minute of the day, 0..1439."""
    return int((epoch_s + _OFFSET_S) % DAY_S // MINUTE_S)


def weeks_since(epoch_s: float, *, weekday: int, hour: float) -> int:
    """Return how often this local weekday (Monday 0) and hour has come since 1970."""
    first_s = _FIRST_MONDAY_S + weekday * DAY_S + hour * HOUR_S
    return int((epoch_s + _OFFSET_S - first_s) // WEEK_S)


def year_angle(epoch_s: float, *, peak_day: float) -> float:
    """Return the angle of the year, 0 on this day of the year, in radians."""
    return 2.0 * pi * (epoch_s - peak_day * DAY_S) / YEAR_S

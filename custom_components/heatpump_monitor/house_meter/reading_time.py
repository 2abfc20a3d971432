"""When a reading was measured, by the clock that decides the quarter-hours."""

from datetime import UTC, datetime, timedelta
from typing import Final

from ..readings import GridReading
from ..time_units import HOUR

# Grid operators keep their meters within seconds. A clock that is further off than
# this is broken, or the host's clock is: neither says when the other's quarter ends.
_FURTHEST_OFF: Final = timedelta(minutes=2)
# Summer time not known, known twice, or local time taken for UTC.
_MOST_HOURS_OFF = 2


def moment_of(reading: GridReading) -> tuple[datetime, bool]:
    """Return when a reading was measured, in UTC, and whether by the meter's clock.

    A meter's clock that is off by full hours is confused by summer time: its minutes
    and seconds are used with the host's hour. One that is off otherwise by more than
    two minutes is not used at all.
    """
    if reading.measured_at is None:
        return reading.time, False
    off = reading.measured_at - reading.time
    hours = round(off / HOUR)
    if abs(hours) > _MOST_HOURS_OFF or abs(off - hours * HOUR) > _FURTHEST_OFF:
        return reading.time, False
    return reading.measured_at.astimezone(UTC) - hours * HOUR, True

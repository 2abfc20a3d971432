"""Check the connection to a database by writing one point to it."""

from datetime import datetime
from typing import Final

from .point import Point
from .targets.base import Target
from .targets.victoria_metrics import VictoriaMetrics

_MEASUREMENT: Final = "hpm_export"


async def async_check(target: Target, *, home: str, now: datetime) -> None:
    """Write one point in the way in which all are written, or raise a `TargetError`.

    The key of the error says what to look at: targets/errors.py has them all.
    """
    connected = Point(
        measurement=_MEASUREMENT,
        tags={"home": home},
        fields={"connected": 1.0},
        time=now,
    )
    await target.write([target.encode(connected)])


async def async_deduplicates(target: Target) -> bool | None:
    """Return whether a database drops what was sent twice; None if it is unknown."""
    if isinstance(target, VictoriaMetrics):
        return await target.async_deduplicates()
    return True

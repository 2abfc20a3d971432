"""Check the connection to a database by writing one point to it."""

from datetime import datetime
from typing import Final

from .point import Point
from .targets.base import Target
from .targets.errors import NotThatServer
from .targets.http import Server
from .targets.influxdb1 import InfluxDb1
from .targets.influxdb2 import InfluxDb2
from .targets.victoria_metrics import VictoriaMetrics, async_dedup_interval

_MEASUREMENT: Final = "hpm_export"


async def async_check(target: Target, *, home: str, now: datetime) -> None:
    """Write one point in the way in which all are written, or raise a `TargetError`.

    The key of the error says what to look at: targets/errors.py has them all.
    """
    if isinstance(target, InfluxDb1 | InfluxDb2):
        await _ensure_influxdb(target.server)
    connected = Point(
        measurement=_MEASUREMENT,
        tags={"home": home},
        fields={"connected": 1.0},
        time=now,
    )
    await target.write([target.encode(connected)])


async def _ensure_influxdb(server: Server) -> None:
    """Refuse VictoriaMetrics, which takes their lines but treats them differently."""
    if await async_dedup_interval(server) is not None:
        detail = "VictoriaMetrics"
        raise NotThatServer(detail, placeholders=server.placeholders(detail))


async def async_deduplicates(target: Target) -> bool | None:
    """Return whether a database drops what was sent twice; None if it is unknown."""
    if isinstance(target, VictoriaMetrics):
        return await target.async_deduplicates()
    return True

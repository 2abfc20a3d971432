"""The points of temperature probes."""

from collections.abc import Mapping
from datetime import datetime

from ...readings import ProbeReading
from ..point import Point, point


def probe_point(
    reading: ProbeReading, arrived_at: datetime, tags: Mapping[str, str]
) -> Point | None:
    """Return the point of a reading; None if nothing is known."""
    values = {
        "temperature_c": reading.temperature_c,
        "battery_pct": reading.battery_pct,
        "signal_dbm": reading.signal_dbm,
    }
    return point("hpm_probe", tags, reading.measured_at or arrived_at, values)

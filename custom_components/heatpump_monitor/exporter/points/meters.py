"""The points of the meters of a heat pump."""

from collections.abc import Mapping

from ...readings import MeterReading
from ..point import Point, point
from .phases import phase_values


def meter_point(reading: MeterReading, tags: Mapping[str, str]) -> Point | None:
    """Return the point of a reading; None if the meter said nothing."""
    values = {
        "power_w": reading.power_w,
        "energy_wh": reading.energy_wh,
        "returned_wh": reading.returned_wh,
        **dict(phase_values(reading.phases)),
    }
    return point("hpm_meter", tags, reading.time, values)

"""The points of a house meter, of what it reads, and of its quarter-hours."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from ...house_meter.model import Quarter
from ...readings import GridReading, SubmeterReading
from ..point import Point, point
from .phases import phase_values

_VALUES: Final = {"m3": "value_m3", "GJ": "value_gj", "kWh": "value_kwh"}
"""The fields by the units that house meters spell."""


def house_point(reading: GridReading, tags: Mapping[str, str]) -> Point | None:
    """Return the point of a reading, without the submeters."""
    values: dict[str, float | None] = {
        "power_w": reading.power_w,
        "import_wh": reading.import_wh,
        "export_wh": reading.export_wh,
        "quarter_average_w": reading.quarter_average_w,
        "month_peak_w": reading.month_peak_w,
        "tariff": reading.tariff,
        "power_failures": reading.power_failures,
        **dict(phase_values(reading.phases)),
    }
    for tariff, energy_wh in reading.import_by_tariff_wh.items():
        values[f"import_{tariff}_wh"] = energy_wh
    for tariff, energy_wh in reading.export_by_tariff_wh.items():
        values[f"export_{tariff}_wh"] = energy_wh
    return point("hpm_house", tags, reading.time, values)


def submeter_point(
    reading: SubmeterReading, read_at: datetime, tags: Mapping[str, str]
) -> Point | None:
    """Return the point of a submeter; None if its unit is not known."""
    if (name := _VALUES.get(reading.unit)) is None:
        return None
    time = reading.measured_at or read_at
    return point("hpm_submeter", tags, time, {name: reading.value})


def quarter_points(
    quarter: Quarter, tags: Mapping[str, str], labels: Mapping[str, str]
) -> Iterator[Point]:
    """Yield the points of a quarter-hour that ended, and of each heat pump's share.

    `labels` are those of the heat pumps by the ids of their entries.
    """
    values = {
        "import_wh": quarter.import_wh,
        "average_w": quarter.average_w,
        "is_complete": quarter.average_w is not None,
    }
    if found := point("hpm_quarter", tags, quarter.start, values, may_change=True):
        yield found
    for key, energy_wh in quarter.parts_wh.items():
        share = point(
            "hpm_quarter_share",
            {**tags, "heat_pump": labels[key]},
            quarter.start,
            {"energy_wh": energy_wh},
            may_change=True,
        )
        if share is not None:
            yield share

"""Read hours that the ledger does not keep, or never had, from the recorder."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from homeassistant.components.recorder.statistics import statistics_during_period
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers.recorder import get_instance
from homeassistant.util import dt as dt_util

from ..performance.output import Snapshot
from ..performance.rounding import rounded
from ..performance.totals.series import Frame, Point, hours_of, series
from ..readings import Mode
from ..time_units import HOUR
from .statistics import statistic_id

_MODES: Final = {f"heat_{mode}": mode for mode in Mode}
_KEYS: Final = ("electricity", "heat", *_MODES, "cop", "outside_temperature")

type Values = dict[tuple[str, datetime], float]
"""What is known of an hour, by the key of the statistic and the hour's start."""


async def async_hours_of_day(
    hass: HomeAssistant, entry: ConfigEntry, snapshot: Snapshot, day: date
) -> list[Point]:
    """Return the hours of a local day as the ledger or the recorder knows them."""
    ledger = snapshot.ledger
    hours = series(ledger, Frame.DAY, day, snapshot.counted_until)
    if any(hour in ledger.hours for hour in hours_of(ledger, day)):
        return hours
    return await _async_recorded(hass, entry, hours)


async def _async_recorded(
    hass: HomeAssistant, entry: ConfigEntry, hours: Sequence[Point]
) -> list[Point]:
    """Return hours with the values of our statistics.

    An hour in which a sum did not grow is unknown, as is the coverage of every hour.
    """
    if "recorder" not in hass.config.components:
        return list(hours)
    recorder = get_instance(hass)
    first, last = (dt_util.as_utc(hour.start) for hour in (hours[0], hours[-1]))
    values = await recorder.async_add_executor_job(
        _values, hass, entry, first, last + HOUR
    )
    return [_within(hour, values) for hour in hours]


def _values(
    hass: HomeAssistant, entry: ConfigEntry, first: datetime, end: datetime
) -> Values:
    keys = {statistic_id(entry, key): key for key in _KEYS}
    rows = statistics_during_period(
        hass, first, end, set(keys), "hour", None, {"change", "mean"}
    )
    return {
        (keys[known_id], dt_util.utc_from_timestamp(row["start"])): value
        for known_id, hours in rows.items()
        for row in hours
        if (value := row.get("change") or row.get("mean")) is not None
    }


def _within(hour: Point, values: Values) -> Point:
    start = dt_util.as_utc(hour.start)

    def value(key: str, digits: int = 3) -> float | None:
        return rounded(values.get((key, start)), digits)

    return replace(
        hour,
        electricity_kwh=value("electricity"),
        heat_kwh=value("heat"),
        cop=value("cop"),
        outside_c=value("outside_temperature", 1),
        heat_by_mode_kwh={
            mode: heat_kwh
            for key, mode in _MODES.items()
            if (heat_kwh := value(key)) is not None
        },
    )

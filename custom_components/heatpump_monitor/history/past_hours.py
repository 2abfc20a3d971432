"""Read hours that the ledger does not keep, or never had, from the recorder."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from homeassistant.components.recorder.statistics import (
    StatisticsRow,
    statistics_during_period,
)
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers.recorder import get_instance
from homeassistant.util import dt as dt_util

from ..performance.output import Snapshot
from ..performance.rounding import rounded
from ..performance.totals.periods import period_summary
from ..performance.totals.series import Frame, Point, hours_of, series
from ..readings import Mode
from ..time_units import HOUR
from .statistics import statistic_id

WHOLE: Final = 0.99
"""The share of a time that has to be known for all of it to be known."""
_MODES: Final = {f"heat_{mode}": mode for mode in Mode}
_KEYS: Final = ("electricity", "heat", *_MODES, "cop", "outside_temperature")

type Values = dict[tuple[str, datetime], float]
"""What is known of an hour, by the key of the statistic and the hour's start."""


async def async_hours_of_day(
    hass: HomeAssistant, entry: ConfigEntry, snapshot: Snapshot, day: date
) -> list[Point]:
    """Return the hours of a local day as the ledger or the recorder knows them.

    Our statistics do not say which hours they know. One in which a sum did not grow is
    unknown, unless all of the day is known. The coverage of each is unknown.
    """
    ledger, until = snapshot.ledger, snapshot.counted_until
    hours = series(ledger, Frame.DAY, day, until)
    if (
        any(hour in ledger.hours for hour in hours_of(ledger, day))
        or "recorder" not in hass.config.components
    ):
        return hours
    coverage = period_summary(ledger, day, day, until).coverage
    values = await get_instance(hass).async_add_executor_job(
        _values, hass, entry, hours, (coverage or 0) > WHOLE
    )
    return [_within(hour, values) for hour in hours]


def _values(
    hass: HomeAssistant, entry: ConfigEntry, hours: Sequence[Point], is_whole: bool
) -> Values:
    keys = {statistic_id(entry, key): key for key in _KEYS}
    first, last = (dt_util.as_utc(hour.start) for hour in (hours[0], hours[-1]))
    rows = statistics_during_period(
        hass, first, last + HOUR, set(keys), "hour", None, {"change", "mean"}
    )
    return {
        (keys[known_id], dt_util.utc_from_timestamp(row["start"])): value
        for known_id, of_hours in rows.items()
        for row in of_hours
        if (value := _value(row, is_whole=is_whole)) is not None
    }


def _value(row: StatisticsRow, *, is_whole: bool) -> float | None:
    change = row.get("change")
    return change if change or (is_whole and change == 0) else row.get("mean")


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
            mode: heat_kwh for key, mode in _MODES.items() if (heat_kwh := value(key))
        },
    )

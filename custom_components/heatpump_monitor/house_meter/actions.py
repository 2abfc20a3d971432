"""Actions of a house meter: series, export and import, and to correct a peak."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Final

import probatio

from homeassistant.const import ATTR_DATE
from homeassistant.core import ServiceCall
from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util

from ..action_files import ATTR_FILE, async_export
from ..asked_days import LOCAL_DAY, asked_days
from ..history.codec import Json
from ..history.transfer.importing import ImportRefusedError
from ..performance.rounding import kw
from ..performance.totals.calendar import Calendar
from ..performance.totals.ledger import Ledger
from ..service_errors import failed, refused
from ..time_units import DAY
from . import heat_pumps, transfer
from .coordinator import LONG_AGO, HouseMeterCoordinator, HouseMeterEntry
from .limits import MOST_W
from .quarter_log import quarter_start
from .series import bounds_of, series

ATTR_AT: Final = "at"
ATTR_FRAME: Final = "frame"
ATTR_MONTH: Final = "month"
ATTR_PEAK_KW: Final = "peak_kw"

RESET_FIELDS: Final[Mapping[probatio.Marker, object]] = {
    probatio.Required(ATTR_MONTH): LOCAL_DAY
}
CORRECT_FIELDS: Final[Mapping[probatio.Marker, object]] = {
    **RESET_FIELDS,
    probatio.Required(ATTR_PEAK_KW): probatio.All(
        probatio.Coerce(float), probatio.Range(min=0.001, max=MOST_W / 1000)
    ),
    probatio.Optional(ATTR_AT): cv.datetime,
}


async def async_get_series(entry: HouseMeterEntry, call: ServiceCall) -> Json:
    """Return the points of a frame."""
    calendar, coordinator = _calendar(), entry.runtime_data
    day = call.data.get(ATTR_DATE, calendar.local_day(dt_util.utcnow()))
    frame = call.data[ATTR_FRAME]
    since, until = coordinator.counted
    peaks = coordinator.engine.peaks
    if peaks:
        since = min(since, calendar.midnight(min(peaks)))
    bounds = bounds_of(frame, day, calendar, since, until)
    counted = await coordinator.async_quarters_between(bounds[0], bounds[-1])
    # All quarter-hours of two years take a while.
    points = await call.hass.async_add_executor_job(
        series, counted, bounds, frame, peaks, calendar
    )
    return {"frame": frame, "points": points}


async def async_export_history(entry: HouseMeterEntry, call: ServiceCall) -> Json:
    """Export quarter-hours and peaks to a file; return its path and number of rows."""
    calendar, coordinator = _calendar(), entry.runtime_data
    start, end = _asked_span(coordinator, call)
    quarters = (await coordinator.async_quarters_between(start, end)).quarters
    peaks = [
        each
        for month, each in coordinator.engine.peaks.items()
        if start <= (each.at or calendar.midnight(month)) < end
    ]
    rows = transfer.exported(quarters, peaks, calendar)
    return await async_export(call, rows, columns=transfer.columns(quarters, peaks))


async def async_import_history(entry: HouseMeterEntry, call: ServiceCall) -> Json:
    """Import quarter-hours and peaks; what is known better stays."""
    hass, coordinator, calendar = call.hass, entry.runtime_data, _calendar()
    if (name := call.data.get(ATTR_FILE)) is None:
        raise refused("field_missing", field=ATTR_FILE)
    start, end = _asked_span(coordinator, call)
    read = partial(
        transfer.recorded,
        Path(hass.config.path()),
        name,
        calendar.time_zone,
        heat_pumps.names(hass),
        dt_util.utcnow(),
    )
    try:
        found = await hass.async_add_executor_job(read)
    except ImportRefusedError as err:
        raise refused(err.key, **{"field": ATTR_FILE, **err.placeholders}) from err
    quarters = [each for each in found.quarters if start <= each.start < end]
    peaks = [
        each
        for each in found.peaks
        if start <= (each.at or calendar.midnight(each.month)) < end
    ]
    imported = await coordinator.async_import(quarters, peaks)
    await _async_keep(coordinator)
    return {
        **imported,
        "bad_rows": found.findings.count,
        "bad_rows_first": found.findings.first,
    }


async def async_correct_peak(entry: HouseMeterEntry, call: ServiceCall) -> Json:
    """Set the peak of a month; return it."""
    month = _asked_month(call)
    at: datetime | None = call.data.get(ATTR_AT)
    if at is not None:
        at = quarter_start(dt_util.as_utc(at))
        if _month(at) != month:
            raise refused("peak_not_in_month", field=ATTR_AT)
    peak_w = call.data[ATTR_PEAK_KW] * 1000
    entry.runtime_data.engine.correct_peak(month, peak_w, at)
    await _async_keep(entry.runtime_data)
    return _peak(entry.runtime_data, month)


async def async_reset_peak(entry: HouseMeterEntry, call: ServiceCall) -> Json:
    """Let the peak of a month follow from what was measured again; return it."""
    month = _asked_month(call)
    entry.runtime_data.engine.reset_peak(month)
    await _async_keep(entry.runtime_data)
    return _peak(entry.runtime_data, month)


async def _async_keep(coordinator: HouseMeterCoordinator) -> None:
    """Show and save what was changed.

    Raises:
        HomeAssistantError: It is not on disk.
    """
    coordinator.async_publish()
    if (reason := await coordinator.async_save()) is not None:
        raise failed("peak_not_saved", reason=reason)


def _asked_month(call: ServiceCall) -> date:
    """Return the first day of the month asked about, or raise an error."""
    month: date = call.data[ATTR_MONTH].replace(day=1)
    if month > _month(dt_util.utcnow()):
        raise refused("month_in_future", field=ATTR_MONTH)
    return month


def _asked_span(
    coordinator: HouseMeterCoordinator, call: ServiceCall
) -> tuple[datetime, datetime]:
    """Return the moments between which days were asked for; without days, all."""
    calendar = _calendar()
    since, until = coordinator.counted
    ledger = Ledger(calendar, since=since)
    if (days := asked_days(ledger, call.data)) is None:
        return LONG_AGO, until
    return calendar.midnight(days[0]), calendar.midnight(days[1] + DAY)


def _peak(coordinator: HouseMeterCoordinator, month: date) -> Json:
    peak = coordinator.engine.peaks.get(month)
    if peak is None:
        return {"month": f"{month:%Y-%m}", "peak_kw": None, "at": None, "basis": None}
    return {
        "month": f"{month:%Y-%m}",
        "peak_kw": kw(peak.peak_w),
        "at": None if peak.at is None else dt_util.as_local(peak.at),
        "basis": peak.basis,
    }


def _month(moment: datetime) -> date:
    return _calendar().local_day(moment).replace(day=1)


def _calendar() -> Calendar:
    return Calendar(dt_util.get_default_time_zone())

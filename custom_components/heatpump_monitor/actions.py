"""Actions: what no sensor can answer, and what is done once."""

from collections.abc import Awaitable, Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

import probatio

from homeassistant.const import ATTR_CONFIG_ENTRY_ID, ATTR_DATE, ATTR_MODE, CONF_HOST
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers import config_validation as cv, service
from homeassistant.helpers.json import json_bytes
from homeassistant.util import dt as dt_util
from homeassistant.util.json import json_loads_object

from .changes import actions as changes
from .changes.words import words_of
from .const import DOMAIN
from .coordinator import HeatpumpConfigEntry, async_heat_pumps
from .history.codec import Json
from .history.past_hours import async_hours_of_day
from .history.transfer import exporting, importing
from .history.transfer.recordings import PURPOSES
from .performance.plant import HeatMethod
from .performance.rounding import kwh
from .performance.totals.periods import Period, days_of, period_summary
from .performance.totals.report import Report, differences, report, vendor_audit
from .performance.totals.series import Frame, series
from .readings import Mode
from .service_errors import failed, refused
from .sources.base import SourceError

ATTR_COMPARE_END: Final = "compare_end"
ATTR_COMPARE_START: Final = "compare_start"
ATTR_COMPARE_WITH: Final = "compare_with"
ATTR_ELECTRICITY: Final = "electricity"
ATTR_END: Final = "end"
ATTR_FILE: Final = "file"
ATTR_FRAME: Final = "frame"
ATTR_HEAT: Final = "heat"
ATTR_HEAT_METHOD: Final = "heat_method"
ATTR_OUTSIDE: Final = "outside"
ATTR_OVERWRITE: Final = "overwrite"
ATTR_PERIOD: Final = "period"
ATTR_RESOLUTION: Final = "resolution"
ATTR_START: Final = "start"
ATTR_STATISTICS: Final = "statistics"


def _day(value: object) -> date:
    """Return a date; of a moment, its day."""
    return value.date() if isinstance(value, datetime) else cv.date(value)


# Far from the ends of the calendar: the day after must be one, too.
LOCAL_DAY: Final = probatio.All(
    _day, probatio.Range(min=date(1980, 1, 1), max=date(2999, 12, 31))
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Action:
    """One action: its fields, beside the config entry, and what it does."""

    fields: Mapping[probatio.Marker, object]
    handler: Callable[[HeatpumpConfigEntry, ServiceCall], Awaitable[object]]
    response: SupportsResponse = SupportsResponse.ONLY
    admin_only: bool = False

    async def async_call(self, call: ServiceCall) -> ServiceResponse:
        """Call the handler with the config entry; raise where there is none."""
        entry = _entry(call.hass, call.data.get(ATTR_CONFIG_ENTRY_ID))
        return json_loads_object(json_bytes(await self.handler(entry, call)))


@callback
def async_register_actions(hass: HomeAssistant) -> None:
    """Register all actions; they are there before any entry is."""
    for name, action in ACTIONS.items():
        register = hass.services.async_register
        if action.admin_only:
            register = partial(service.async_register_admin_service, hass)
        schema = probatio.Schema(
            {probatio.Optional(ATTR_CONFIG_ENTRY_ID): cv.string, **action.fields}
        )
        register(DOMAIN, name, action.async_call, schema, action.response)


def _entry(hass: HomeAssistant, entry_id: str | None) -> HeatpumpConfigEntry:
    """Return the entry of this id, or the only one there is."""
    if entry_id is None and len(async_heat_pumps(hass)) > 1:
        raise refused("field_missing", field=ATTR_CONFIG_ENTRY_ID)
    return service.async_get_config_entry(hass, DOMAIN, entry_id)


def _days(
    entry: HeatpumpConfigEntry,
    data: Mapping[str, Any],
    period_field: str = ATTR_PERIOD,
    start_field: str = ATTR_START,
    end_field: str = ATTR_END,
) -> tuple[date, date] | None:
    """Return the first and the last day asked for, by name or by date; None for neither.

    Raises:
        ServiceValidationError: Half of it is missing, or the end is before the start.
    """
    period: Period | None = data.get(period_field)
    start: date | None = data.get(start_field)
    end: date | None = data.get(end_field)
    if period is not None:
        if start is not None or end is not None:
            raise refused("period_and_dates", field=period_field)
        return _named_days(entry, period)
    if start is None and end is None:
        return None
    if start is None or end is None:
        missing = start_field if start is None else end_field
        raise refused("field_missing", field=missing)
    if end < start:
        raise refused("end_before_start", field=end_field)
    return start, end


def _named_days(entry: HeatpumpConfigEntry, period: Period) -> tuple[date, date]:
    ledger = entry.runtime_data.performance.data.snapshot.ledger
    today = ledger.calendar.local_day(dt_util.utcnow())
    return days_of(period, ledger, today)


async def _async_get_series(entry: HeatpumpConfigEntry, call: ServiceCall) -> Json:
    snapshot = entry.runtime_data.performance.snapshot()
    ledger = snapshot.ledger
    day = call.data.get(ATTR_DATE, ledger.calendar.local_day(snapshot.time))
    frame: Frame = call.data[ATTR_FRAME]
    if frame is Frame.DAY:
        points = await async_hours_of_day(call.hass, entry, snapshot, day)
    else:
        points = series(ledger, frame, day, snapshot.counted_until)
    return {"frame": frame, "points": points}


async def _async_get_report(entry: HeatpumpConfigEntry, call: ServiceCall) -> Json:
    data = call.data
    if (days := _days(entry, data)) is None:
        raise refused("field_missing", field=ATTR_PERIOD)
    other_days = _days(
        entry, data, ATTR_COMPARE_WITH, ATTR_COMPARE_START, ATTR_COMPARE_END
    )
    snapshot = entry.runtime_data.performance.snapshot()
    ledger, until = snapshot.ledger, snapshot.counted_until

    def figures(days: tuple[date, date], period: Period | None) -> Report:
        # Only this period starts when the counting started.
        since = (ledger.since or until) if period is Period.ALL else None
        summary = period_summary(ledger, *days, until, since=since)
        return report(summary, snapshot.plant)

    asked = figures(days, data.get(ATTR_PERIOD))
    response: Json = {
        "currency": call.hass.config.currency,
        "report": asked,
        "changes": changes.changes_between(entry, *days, words_of(call.hass)),
    }
    if other_days is not None:
        other = figures(other_days, data.get(ATTR_COMPARE_WITH))
        response |= {"compared_with": other, "differences": differences(asked, other)}
    if (reading := snapshot.reading) is not None:
        year = period_summary(ledger, *_named_days(entry, Period.YEAR), until)
        response["vendor_audit"] = vendor_audit(year, reading, snapshot.time)
    return response


async def _async_export_history(entry: HeatpumpConfigEntry, call: ServiceCall) -> Json:
    """Export the ledger to a file; return its path and number of rows."""
    hass, data, name = call.hass, call.data, call.data[ATTR_FILE]
    ledger = entry.runtime_data.performance.data.snapshot.ledger
    first, last = _days(entry, data) or (date.min, date.max)
    # The rows are made in the thread that writes them: they take up to 0.1 s.
    rows = exporting.exported(deepcopy(ledger), data[ATTR_RESOLUTION], first, last)
    folder = Path(hass.config.path(DOMAIN))
    job = partial(exporting.write, folder, name, rows, overwrite=data[ATTR_OVERWRITE])
    try:
        path, count = await hass.async_add_executor_job(job)
    except exporting.FileNameError as err:
        raise refused("file_not_allowed", field=ATTR_FILE, file=name) from err
    except exporting.FileExistsAlreadyError as err:
        raise refused("file_exists", field=ATTR_FILE, file=name) from err
    except OSError as err:
        reason = err.strerror or str(err)
        raise failed(
            "file_not_written", field=ATTR_FILE, file=name, reason=reason
        ) from err
    return {"path": str(path), "rows": count}


async def _async_import_history(
    entry: HeatpumpConfigEntry, call: ServiceCall
) -> importing.Imported:
    """Import days from before the integration, and return what became of them."""
    hass, data, days = call.hass, call.data, _days(entry, call.data)
    source = ATTR_FILE if ATTR_FILE in data else ATTR_STATISTICS
    if source not in data:
        raise refused("field_missing", field=ATTR_FILE)
    for other in (ATTR_STATISTICS, ATTR_OUTSIDE):
        if source == ATTR_FILE and other in data:
            raise refused("file_and_statistics", field=ATTR_FILE, other=other)
    calendar = entry.runtime_data.performance.data.snapshot.ledger.calendar
    try:
        imported = await _async_imported(hass, entry, data, days)
        today = calendar.local_day(dt_util.utcnow())
        plan = importing.plan_import(imported, days, today)
    except importing.ImportRefusedError as err:
        raise refused(err.key, **{"field": source, **err.placeholders}) from err
    # Meanwhile the entry may have been reloaded or removed.
    performance = _entry(hass, entry.entry_id).runtime_data.performance
    return await performance.async_import(plan)


async def _async_imported(
    hass: HomeAssistant,
    entry: HeatpumpConfigEntry,
    data: Mapping[str, Any],
    days: tuple[date, date] | None,
) -> importing.ImportedLedger:
    snapshot = entry.runtime_data.performance.data.snapshot
    plant, zone = snapshot.plant, snapshot.ledger.calendar.time_zone
    method: HeatMethod = data[ATTR_HEAT_METHOD]
    if ATTR_FILE in data:
        folder, name = Path(hass.config.path()), data[ATTR_FILE]
        return await hass.async_add_executor_job(
            importing.from_csv, folder, name, plant, zone, method, dt_util.utcnow()
        )
    pairs, outside = data[ATTR_STATISTICS], data.get(ATTR_OUTSIDE)
    return await importing.async_from_statistics(
        hass, pairs, outside, days, plant, zone, method
    )


async def _async_recover_history(entry: HeatpumpConfigEntry, _: ServiceCall) -> Json:
    """Recover the load profile of all gaps from the meter; return which."""
    performance = entry.runtime_data.performance
    try:
        recovered = await performance.async_recover()
    except SourceError as err:
        host = entry.runtime_data.meter.subentry.data.get(CONF_HOST, "")
        raise failed("meter_unavailable", host=host) from err
    pending = performance.snapshot().unresolved
    return {
        "recovered": [
            {
                "start": dt_util.as_local(gap.start),
                "end": dt_util.as_local(gap.end),
                "electricity_kwh": kwh(gap.energy_wh),
            }
            for gap in recovered
        ],
        "pending_hours": round(pending.total_seconds() / 3600, 3),
    }


_STATISTIC: Final = probatio.All(cv.string, probatio.Length(min=1))
_PAIR: Final = probatio.All(
    {
        probatio.Optional(ATTR_ELECTRICITY): _STATISTIC,
        probatio.Optional(ATTR_HEAT): _STATISTIC,
        probatio.Optional(ATTR_MODE): probatio.All(
            probatio.In([mode.value for mode in PURPOSES]), probatio.Coerce(Mode)
        ),
    },
    cv.has_at_least_one_key(ATTR_ELECTRICITY, ATTR_HEAT),
    lambda pair: importing.StatisticPair(**pair),
)
_PERIOD: Final = probatio.Coerce(Period)
_DAYS: Final[Mapping[probatio.Marker, object]] = {
    probatio.Optional(ATTR_START): LOCAL_DAY,
    probatio.Optional(ATTR_END): LOCAL_DAY,
}

ACTIONS: Final[Mapping[str, Action]] = {
    "add_note": Action(
        fields=changes.ADD_NOTE_FIELDS,
        handler=changes.async_add_note,
        response=SupportsResponse.OPTIONAL,
    ),
    "analyse_change": Action(
        fields=changes.ANALYSE_FIELDS, handler=changes.async_analyse_change
    ),
    "edit_note": Action(
        fields=changes.EDIT_NOTE_FIELDS,
        handler=changes.async_edit_note,
        response=SupportsResponse.OPTIONAL,
    ),
    "export_history": Action(
        fields={
            probatio.Required(ATTR_FILE): cv.string,
            probatio.Optional(
                ATTR_RESOLUTION, default=exporting.Resolution.DAYS.value
            ): probatio.Coerce(exporting.Resolution),
            **_DAYS,
            probatio.Optional(ATTR_PERIOD): _PERIOD,
            probatio.Optional(ATTR_OVERWRITE, default=False): cv.boolean,
        },
        handler=_async_export_history,
        response=SupportsResponse.OPTIONAL,
        admin_only=True,
    ),
    "get_changelog": Action(
        fields={**_DAYS, **changes.CHANGELOG_FIELDS},
        handler=changes.async_get_changelog,
    ),
    "get_report": Action(
        fields={
            **_DAYS,
            probatio.Optional(ATTR_PERIOD): _PERIOD,
            probatio.Optional(ATTR_COMPARE_WITH): _PERIOD,
            probatio.Optional(ATTR_COMPARE_START): LOCAL_DAY,
            probatio.Optional(ATTR_COMPARE_END): LOCAL_DAY,
        },
        handler=_async_get_report,
    ),
    "get_series": Action(
        fields={
            probatio.Required(ATTR_FRAME): probatio.Coerce(Frame),
            probatio.Optional(ATTR_DATE): LOCAL_DAY,
        },
        handler=_async_get_series,
    ),
    "import_history": Action(
        fields={
            probatio.Optional(ATTR_FILE): cv.string,
            probatio.Optional(ATTR_STATISTICS): probatio.All(
                cv.ensure_list, [_PAIR], probatio.Length(min=1)
            ),
            probatio.Optional(ATTR_OUTSIDE): cv.string,
            **_DAYS,
            probatio.Optional(
                ATTR_HEAT_METHOD, default=HeatMethod.COUNTER.value
            ): probatio.Coerce(HeatMethod),
        },
        handler=_async_import_history,
        response=SupportsResponse.OPTIONAL,
        admin_only=True,
    ),
    "recover_history": Action(
        fields={}, handler=_async_recover_history, response=SupportsResponse.OPTIONAL
    ),
}

"""Actions: what no sensor can answer, and what is done once."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

import probatio

from homeassistant.config_entries import ConfigEntry
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

from . import action_files
from .action_files import ATTR_FILE, ATTR_OVERWRITE
from .asked_days import (
    ATTR_END,
    ATTR_PERIOD,
    ATTR_START,
    LOCAL_DAY,
    asked_days,
    named_days,
)
from .changes import actions as changes
from .changes.words import words_of
from .const import CONF_KIND, DOMAIN, Kind
from .coordinator import HeatpumpConfigEntry, async_entries_of
from .history.codec import Json
from .history.past_hours import async_hours_of_day
from .history.transfer import exporting, importing
from .history.transfer.recordings import PURPOSES
from .house_meter import actions as house_meter
from .house_meter.coordinator import HouseMeterEntry
from .house_meter.series import QUARTERS
from .performance.plant import HeatMethod
from .performance.rounding import kwh
from .performance.totals.periods import Period, period_summary
from .performance.totals.report import Report, differences, report, vendor_audit
from .performance.totals.series import Frame, series
from .readings import Mode
from .service_errors import failed, refused
from .sources.base import SourceError

ATTR_COMPARE_END: Final = "compare_end"
ATTR_COMPARE_START: Final = "compare_start"
ATTR_COMPARE_WITH: Final = "compare_with"
ATTR_ELECTRICITY: Final = "electricity"
ATTR_FRAME: Final = "frame"
ATTR_HEAT: Final = "heat"
ATTR_HEAT_METHOD: Final = "heat_method"
ATTR_OUTSIDE: Final = "outside"
ATTR_RESOLUTION: Final = "resolution"
ATTR_STATISTICS: Final = "statistics"


type Handler[EntryT: ConfigEntry] = Callable[[EntryT, ServiceCall], Awaitable[object]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Action:
    """One action: its fields, beside the config entry, and what it does."""

    fields: Mapping[probatio.Marker, object]
    handler: Handler[HeatpumpConfigEntry] | None = None
    """What it does for a heat pump, None if nothing."""
    house_handler: Handler[HouseMeterEntry] | None = None
    """What it does for a house meter, None if nothing."""
    response: SupportsResponse = SupportsResponse.ONLY
    admin_only: bool = False

    async def async_call(self, call: ServiceCall) -> ServiceResponse:
        """Call the handler of the entry's kind; raise where there is none."""
        handlers = {
            kind: handler
            for kind, handler in (
                (Kind.HEAT_PUMP, self.handler),
                (Kind.HOUSE_METER, self.house_handler),
            )
            if handler is not None
        }
        entry = _entry(call.hass, call.data.get(ATTR_CONFIG_ENTRY_ID), handlers)
        result = await handlers[Kind(entry.data[CONF_KIND])](entry, call)
        return json_loads_object(json_bytes(result))


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


def _entry(
    hass: HomeAssistant, entry_id: str | None, kinds: Collection[Kind]
) -> ConfigEntry[Any]:
    """Return the entry of this id, or the only one of the first kind that there is."""
    if entry_id is None:
        entry_id = _only_entry_id(hass, kinds)
    entry = service.async_get_config_entry(hass, DOMAIN, entry_id)
    if entry.data.get(CONF_KIND) not in kinds:
        raise refused("entry_of_other_kind", field=ATTR_CONFIG_ENTRY_ID)
    return entry


def _only_entry_id(hass: HomeAssistant, kinds: Collection[Kind]) -> str | None:
    for kind in kinds:
        found = async_entries_of(hass, kind)
        if len(found) > 1:
            raise refused("field_missing", field=ATTR_CONFIG_ENTRY_ID)
        if found:
            return found[0].entry_id
    return None


async def _async_get_series(entry: HeatpumpConfigEntry, call: ServiceCall) -> Json:
    snapshot = entry.runtime_data.performance.snapshot()
    ledger = snapshot.ledger
    day = call.data.get(ATTR_DATE, ledger.calendar.local_day(snapshot.time))
    if call.data[ATTR_FRAME] == QUARTERS:
        raise refused("frame_of_house_meter", field=ATTR_FRAME)
    frame = Frame(call.data[ATTR_FRAME])
    if frame is Frame.DAY:
        points = await async_hours_of_day(call.hass, entry, snapshot, day)
    else:
        points = series(ledger, frame, day, snapshot.counted_until)
    return {"frame": frame, "points": points}


async def _async_get_report(entry: HeatpumpConfigEntry, call: ServiceCall) -> Json:
    data = call.data
    snapshot = entry.runtime_data.performance.snapshot()
    if (days := asked_days(snapshot.ledger, data)) is None:
        raise refused("field_missing", field=ATTR_PERIOD)
    other_days = asked_days(
        snapshot.ledger, data, ATTR_COMPARE_WITH, ATTR_COMPARE_START, ATTR_COMPARE_END
    )
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
        year = period_summary(ledger, *named_days(ledger, Period.YEAR), until)
        response["vendor_audit"] = vendor_audit(year, reading, snapshot.time)
    return response


async def _async_export_history(entry: HeatpumpConfigEntry, call: ServiceCall) -> Json:
    """Export the ledger to a file; return its path and number of rows."""
    data = call.data
    ledger = entry.runtime_data.performance.data.snapshot.ledger
    first, last = asked_days(ledger, data) or (date.min, date.max)
    # The rows are made in the thread that writes them: they take up to 0.1 s.
    rows = exporting.exported(deepcopy(ledger), data[ATTR_RESOLUTION], first, last)
    return await action_files.async_export(call, rows)


async def _async_import_history(
    entry: HeatpumpConfigEntry, call: ServiceCall
) -> importing.Imported:
    """Import days from before the integration, and return what became of them."""
    hass, data = call.hass, call.data
    ledger = entry.runtime_data.performance.data.snapshot.ledger
    days = asked_days(ledger, data)
    source = ATTR_FILE if ATTR_FILE in data else ATTR_STATISTICS
    if source not in data:
        raise refused("field_missing", field=ATTR_FILE)
    for other in (ATTR_STATISTICS, ATTR_OUTSIDE):
        if source == ATTR_FILE and other in data:
            raise refused("file_and_statistics", field=ATTR_FILE, other=other)
    try:
        imported = await _async_imported(hass, entry, data, days)
        today = ledger.calendar.local_day(dt_util.utcnow())
        plan = importing.plan_import(imported, days, today)
    except importing.ImportRefusedError as err:
        raise refused(err.key, **{"field": source, **err.placeholders}) from err
    # Meanwhile the entry may have been reloaded or removed.
    loaded: HeatpumpConfigEntry = _entry(hass, entry.entry_id, (Kind.HEAT_PUMP,))
    return await loaded.runtime_data.performance.async_import(plan)


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
    "correct_peak": Action(
        fields=house_meter.CORRECT_FIELDS,
        house_handler=house_meter.async_correct_peak,
        response=SupportsResponse.OPTIONAL,
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
        house_handler=house_meter.async_export_history,
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
            probatio.Required(ATTR_FRAME): probatio.In(
                [*(frame.value for frame in Frame), QUARTERS]
            ),
            probatio.Optional(ATTR_DATE): LOCAL_DAY,
        },
        handler=_async_get_series,
        house_handler=house_meter.async_get_series,
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
        house_handler=house_meter.async_import_history,
        response=SupportsResponse.OPTIONAL,
        admin_only=True,
    ),
    "recover_history": Action(
        fields={}, handler=_async_recover_history, response=SupportsResponse.OPTIONAL
    ),
    "reset_peak": Action(
        fields=house_meter.RESET_FIELDS,
        house_handler=house_meter.async_reset_peak,
        response=SupportsResponse.OPTIONAL,
    ),
}

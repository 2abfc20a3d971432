"""Diagnostics: what a bug report needs, and nothing that identifies the household."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import Any, Final

from homeassistant.components.diagnostics import REDACTED, async_redact_data
from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.const import (
    CONF_EMAIL,
    CONF_HOST,
    CONF_MAC,
    CONF_PASSWORD,
    CONF_TOKEN,
    CONF_URL,
    CONF_USERNAME,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.json import json_bytes
from homeassistant.util.json import json_loads_object

from .changes.log import ChangeLog
from .changes.model import Entry, Note, Source
from .const import (
    CONF_BUCKET,
    CONF_DATABASE,
    CONF_GATEWAY_SERIAL,
    CONF_HOME,
    CONF_IDENTIFIER,
    CONF_INSTALLATION_ID,
    CONF_KIND,
    CONF_ORG,
    CONF_TAGS,
    CONF_TENANT,
    Kind,
)
from .coordinator import HeatpumpConfigEntry
from .exporter.coordinator import ExportEntry
from .house_meter.coordinator import HouseMeterEntry
from .performance.output import Snapshot
from .performance.totals.ledger import Ledger
from .performance.totals.run_log import RunLog
from .probes.coordinator import ProbesConfigEntry, ProbeView
from .source_coordinators import (
    AnyHeatPumpCoordinator,
    MeterCoordinator,
    SourceCoordinator,
)

TO_REDACT = {
    # Holds the id of the owner's API client.
    "auth_implementation",
    # Hold serial numbers, or the household's own words.
    "discovery_keys",
    "title",
    "unique_id",
    # When the household is away.
    "holiday",
    "holiday_at_home",
    CONF_BUCKET,
    CONF_DATABASE,
    CONF_EMAIL,
    CONF_GATEWAY_SERIAL,
    CONF_HOME,
    CONF_HOST,
    CONF_IDENTIFIER,
    CONF_INSTALLATION_ID,
    CONF_MAC,
    CONF_ORG,
    CONF_PASSWORD,
    CONF_TAGS,
    CONF_TENANT,
    CONF_TOKEN,
    CONF_URL,
    CONF_USERNAME,
}

_OF_SUBMETER: Final = {"serial"}
_OF_PROBE: Final = {"device", "key", "name", "probe", "session_name"}
_ENTRIES = 200


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, entry: ConfigEntry[Any]
) -> dict[str, object]:
    """Return the diagnostics of an entry by its kind; costs no call."""
    about = async_redact_data(entry.as_dict(), TO_REDACT)
    if entry.state is not ConfigEntryState.LOADED:
        return {"entry": about, "not_ready": entry.error_reason_translation_key}
    return {"entry": about, **_OF_KIND[Kind(entry.data[CONF_KIND])](entry)}


def _of_heat_pump(entry: HeatpumpConfigEntry) -> dict[str, object]:
    data = entry.runtime_data
    return {
        "meters": {
            key: {"role": each.role, **_source(each)}
            for key, each in data.meters.items()
        },
        "heat_pump": _source(data.heat_pump),
        **data.heat_pump.diagnostics,
        "alarms": {
            key: {part: asdict(state) for part, state in states.items()}
            for key, states in data.performance.data.alarms.states.items()
        },
        "changes": _changes(data.changes.log),
        "snapshot": _snapshot(data.performance.data.snapshot),
    }


def _of_house_meter(entry: HouseMeterEntry) -> dict[str, object]:
    coordinator = entry.runtime_data
    # Plain JSON: a date would be spelled out by its parts, and no tuple redacted.
    known, reading = (
        json_loads_object(json_bytes(each))
        for each in (coordinator.data.snapshot, coordinator.data.reading)
    )
    return {
        "is_pushed": coordinator.is_pushed,
        "answers": coordinator.last_update_success,
        "last_failure": coordinator.failure,
        "tariff": asdict(coordinator.engine.tariff),
        "snapshot": known,
        "reading": async_redact_data(reading, _OF_SUBMETER),
    }


def _of_probes(entry: ProbesConfigEntry) -> dict[str, object]:
    """Return what is known of the probes; a name is the household's own word."""
    account = entry.runtime_data
    return {
        **_answers(account),
        "probes": [
            async_redact_data(asdict(_without_points(each.data)), _OF_PROBE)
            for each in account.probes.values()
        ],
        "sessions": len(account.store.sessions),
    }


def _without_points(view: ProbeView) -> ProbeView:
    session = view.status.session
    if session is None:
        return view
    session = replace(session, points=())
    return replace(view, status=replace(view.status, session=session))


def _of_export(entry: ExportEntry) -> dict[str, object]:
    status = entry.runtime_data.data
    failure = status.sender.failure
    # What it says may name the host.
    sender = replace(status.sender, failure=None)
    known = json_loads_object(json_bytes(replace(status, sender=sender)))
    said = json_loads_object(json_bytes(sender))
    return {**known, "sender": {**said, "failure": failure and failure.key}}


_OF_KIND: Final[Mapping[Kind, Callable[[ConfigEntry[Any]], dict[str, object]]]] = {
    Kind.HEAT_PUMP: _of_heat_pump,
    Kind.HOUSE_METER: _of_house_meter,
    Kind.PROBES: _of_probes,
    Kind.EXPORT: _of_export,
}


def _changes(log: ChangeLog) -> list[dict[str, object]]:
    """Return the newest entries, without what the owner wrote or planned."""
    return [asdict(_redacted(entry)) for entry in log.newest_first()[:_ENTRIES]]


def _redacted(entry: Entry) -> Entry:
    if isinstance(entry, Note):
        return replace(entry, text=REDACTED)
    if entry.source is Source.METER:
        return replace(entry, place=REDACTED)
    if entry.item in TO_REDACT:
        return replace(entry, old=REDACTED, new=REDACTED)
    return entry


def _snapshot(snapshot: Snapshot) -> dict[str, object]:
    ledger = Ledger(snapshot.ledger.calendar)
    known = asdict(replace(snapshot, ledger=ledger, reading=None, runs=RunLog()))
    for name in ("ledger", "plant", "reading", "runs"):
        del known[name]
    return known


def _source(source: AnyHeatPumpCoordinator | MeterCoordinator) -> dict[str, object]:
    """Return how a source is doing, and its last reading."""
    return {
        **_answers(source),
        "reading": source.data and async_redact_data(asdict(source.data), TO_REDACT),
    }


def _answers(source: SourceCoordinator[Any, Any]) -> dict[str, object]:
    """Return how a source is doing."""
    failure = source.last_exception
    return {
        "answers": source.last_update_success,
        "interval_s": source.interval.total_seconds(),
        # Messages may name the host.
        "last_failure": getattr(failure, "translation_key", None) or repr(failure),
    }

"""Actions of probes: their sessions."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

import probatio

from homeassistant.const import ATTR_CONFIG_ENTRY_ID, ATTR_DEVICE_ID, ATTR_NAME
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers import config_validation as cv, service
from homeassistant.util import dt as dt_util

from ..const import CONF_KIND, DOMAIN, Kind
from ..coordinator import async_loaded_of
from ..history.codec import Json
from ..performance.rounding import rounded
from ..service_errors import refused
from .coordinator import AccountCoordinator, Probe, ProbesConfigEntry
from .model import LONGEST_NAME, Session

ATTR_CURVE: Final = "curve"
ATTR_LIMIT: Final = "limit"
ATTR_SESSION: Final = "session"

_NAME: Final = probatio.All(
    cv.string, str.strip, probatio.Length(min=1, max=LONGEST_NAME)
)
_DEVICE: Final = probatio.Required(ATTR_DEVICE_ID)
_SESSION: Final = probatio.Required(ATTR_SESSION)


@dataclass(frozen=True, kw_only=True, slots=True)
class ProbeAction:
    """One action: its fields, and what it does."""

    fields: Mapping[probatio.Marker, object]
    handler: Callable[[ServiceCall], Coroutine[None, None, ServiceResponse]]
    response: SupportsResponse = SupportsResponse.OPTIONAL


@callback
def async_register_probe_actions(hass: HomeAssistant) -> None:
    """Register all actions; they are there before any entry is."""
    for name, action in PROBE_ACTIONS.items():
        schema = probatio.Schema(dict(action.fields))
        hass.services.async_register(
            DOMAIN, name, action.handler, schema, action.response
        )


@callback
def _loaded(hass: HomeAssistant) -> list[AccountCoordinator]:
    return [each.runtime_data for each in async_loaded_of(hass, Kind.PROBES)]


@callback
def _probe(call: ServiceCall) -> Probe:
    """Return the probe of a device, or raise a `ServiceValidationError`."""
    device_id = call.data[ATTR_DEVICE_ID]
    for account in _loaded(call.hass):
        for probe in account.probes.values():
            if probe.device_id == device_id:
                return probe
    raise refused("probe_unknown", field=ATTR_DEVICE_ID)


@callback
def _account_of_session(call: ServiceCall) -> AccountCoordinator:
    """Return the account that keeps a session that ended."""
    key = call.data[ATTR_SESSION]
    for account in _loaded(call.hass):
        if any(each.key == key for each in account.store.sessions):
            return account
    raise refused("session_unknown", field=ATTR_SESSION, session=key)


def session_data(session: Session) -> Json:
    """Return a session without its curve; temperatures in °C."""
    end = session.end or dt_util.utcnow()
    return {
        "session": session.key,
        "probe": session.probe,
        "name": session.name,
        "start": dt_util.as_local(session.start).isoformat(),
        "end": session.end and dt_util.as_local(session.end).isoformat(),
        "duration_min": round((end - session.start).total_seconds() / 60, 1),
        "started_by": session.started_by,
        "min_c": rounded(session.min_c, 1),
        "max_c": rounded(session.max_c, 1),
        "mean_c": rounded(session.mean_c, 1),
        "target_c": rounded(session.target_c, 1),
    }


def _with_curve(session: Session) -> Json:
    curve = [
        {
            "time": dt_util.as_local(time).isoformat(timespec="seconds"),
            "temperature_c": round(value, 1),
        }
        for time, value in session.points
    ]
    return session_data(session) | {ATTR_CURVE: curve}


async def _async_start(call: ServiceCall) -> ServiceResponse:
    name = call.data.get(ATTR_NAME, "")
    return session_data(_probe(call).async_start_session(name, "action"))


async def _async_stop(call: ServiceCall) -> ServiceResponse:
    probe = _probe(call)
    if (session := probe.async_stop_session()) is None:
        raise refused("no_session", field=ATTR_DEVICE_ID, name=probe.kept.name)
    return session_data(session)


async def _async_get(call: ServiceCall) -> ServiceResponse:
    """Return ended sessions, newest first, and those that go on."""
    hass, data = call.hass, call.data
    accounts = _loaded(hass)
    if (entry_id := data.get(ATTR_CONFIG_ENTRY_ID)) is not None:
        entry: ProbesConfigEntry = service.async_get_config_entry(
            hass, DOMAIN, entry_id
        )
        if entry.data[CONF_KIND] != Kind.PROBES:
            raise refused("no_probes", field=ATTR_CONFIG_ENTRY_ID)
        accounts = [entry.runtime_data]
    probes = [probe for each in accounts for probe in each.probes.values()]
    ended = [session for each in accounts for session in each.store.sessions]
    if ATTR_DEVICE_ID in data:
        probes = [_probe(call)]
        ended = [each for each in ended if each.probe == probes[0].key]
    ended.sort(key=lambda each: each.start, reverse=True)
    described = _with_curve if data[ATTR_CURVE] else session_data
    return {
        "running": [described(each.session) for each in probes if each.session],
        "sessions": [described(each) for each in ended[: data[ATTR_LIMIT]]],
    }


async def _async_rename(call: ServiceCall) -> ServiceResponse:
    account, key = _account_of_session(call), call.data[ATTR_SESSION]
    account.store.rename_session(key, call.data[ATTR_NAME])
    await account.async_save()
    return None


async def _async_delete(call: ServiceCall) -> ServiceResponse:
    account, key = _account_of_session(call), call.data[ATTR_SESSION]
    account.store.delete_session(key)
    await account.async_save()
    return None


_SILENT = partial(ProbeAction, response=SupportsResponse.NONE)

PROBE_ACTIONS: Final[Mapping[str, ProbeAction]] = {
    "start_session": ProbeAction(
        fields={_DEVICE: cv.string, probatio.Optional(ATTR_NAME): _NAME},
        handler=_async_start,
    ),
    "stop_session": ProbeAction(fields={_DEVICE: cv.string}, handler=_async_stop),
    "get_sessions": ProbeAction(
        fields={
            probatio.Optional(ATTR_CONFIG_ENTRY_ID): cv.string,
            probatio.Optional(ATTR_DEVICE_ID): cv.string,
            probatio.Optional(ATTR_LIMIT, default=20): probatio.All(
                probatio.Coerce(int), probatio.Range(min=1, max=200)
            ),
            probatio.Optional(ATTR_CURVE, default=True): cv.boolean,
        },
        handler=_async_get,
        response=SupportsResponse.ONLY,
    ),
    "rename_session": _SILENT(
        fields={_SESSION: cv.string, probatio.Required(ATTR_NAME): _NAME},
        handler=_async_rename,
    ),
    "delete_session": _SILENT(fields={_SESSION: cv.string}, handler=_async_delete),
}

"""Sign-ins that Viessmann refuses: ask the user, and keep asking until one works."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from .const import CONF_SIGNED_IN_AT, DOMAIN
from .issues import SIGN_IN_REFUSED, async_report_since

if TYPE_CHECKING:
    from .coordinator import HeatpumpConfigEntry


SET_UP_NOT_BEFORE: HassKey[dict[str, datetime]] = HassKey(f"{DOMAIN}_not_before")
"""When the set-up of an entry may ask the cloud again, by the id of the entry."""


class _Refusal(NamedTuple):
    """A sign-in that was refused."""

    since: datetime
    access_token: str


# Outlives the attempts of a set-up.
_REFUSALS: HassKey[dict[str, _Refusal]] = HassKey(f"{DOMAIN}_refused_sign_ins")


# What public clients of the API count, from the sign-in and not from a renewal.
_SIGN_IN_LASTS: Final = timedelta(days=180)


@callback
def sign_in_due(entry: ConfigEntry) -> datetime:
    """Return when the user may have to sign in again."""
    written = dt_util.parse_datetime(entry.data.get(CONF_SIGNED_IN_AT, ""))
    return (written or entry.created_at) + _SIGN_IN_LASTS


@callback
def is_refused(hass: HomeAssistant, entry: ConfigEntry) -> bool:
    """Return whether Viessmann refused the sign-in that the entry holds now."""
    refusal = hass.data.get(_REFUSALS, {}).get(entry.entry_id)
    return refusal is not None and refusal.access_token == _access_token(entry)


@callback
def async_forget_old_sign_in(hass: HomeAssistant, entry: ConfigEntry) -> bool:
    """Forget the refusal of an earlier sign-in; return whether there was one."""
    refusals = hass.data.get(_REFUSALS, {})
    if entry.entry_id not in refusals or is_refused(hass, entry):
        return False
    del refusals[entry.entry_id]
    _async_try_others(hass, entry)
    return True


@callback
def async_refuse(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Remember that the sign-in is refused, and ask the user for another one."""
    refusals = hass.data.setdefault(_REFUSALS, {})
    before = refusals.get(entry.entry_id)
    since = dt_util.utcnow() if before is None else before.since
    refusals[entry.entry_id] = _Refusal(since, _access_token(entry))
    entry.async_start_reauth(hass)
    async_report_since(hass, entry, SIGN_IN_REFUSED, since)


@callback
def async_accept(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Stop asking the user: the sign-in works again."""
    if hass.data.get(_REFUSALS, {}).pop(entry.entry_id, None) is not None:
        for flow in list(entry.async_get_active_flows(hass, {SOURCE_REAUTH})):
            # A later step is one that the user is busy with.
            if flow["step_id"] == "reauth_confirm":
                hass.config_entries.flow.async_abort(flow["flow_id"])
        _async_try_others(hass, entry)
    async_report_since(hass, entry, SIGN_IN_REFUSED, None)


@callback
def _async_try_others(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Read the other heat pumps of the API client whose sign-in was refused.

    Each has a sign-in of its own, but what ended one refusal often ends all.
    """
    implementation = entry.data["auth_implementation"]
    entries: list[HeatpumpConfigEntry] = hass.config_entries.async_entries(DOMAIN)
    for other in entries:
        is_same = other.data.get("auth_implementation") == implementation
        if not is_same or not is_refused(hass, other):
            continue
        if other.state is ConfigEntryState.LOADED:
            heat_pump = other.runtime_data.heat_pump
            other.async_create_task(hass, heat_pump.async_request_refresh())
        elif other.state is ConfigEntryState.SETUP_RETRY:
            hass.data[SET_UP_NOT_BEFORE].pop(other.entry_id, None)
            hass.config_entries.async_schedule_reload(other.entry_id)


def _access_token(entry: ConfigEntry) -> str:
    return str(entry.data["token"]["access_token"])

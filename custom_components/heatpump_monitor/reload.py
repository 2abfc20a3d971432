"""Reload an entry when something changes that only its set-up reads."""

from collections.abc import Mapping
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_TOKEN, EVENT_CORE_CONFIG_UPDATE
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.util.hass_dict import HassKey

from .const import DOMAIN

type _Settings = tuple[Mapping[str, Any], ...]

_IN_USE: HassKey[dict[str, _Settings]] = HassKey(f"{DOMAIN}_settings")
"""What each entry was last set up with; missing while a reload is pending."""


@callback
def async_reload_on_change(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Reload an entry when its settings, the time zone or the currency change."""
    hass.data.setdefault(_IN_USE, {})[entry.entry_id] = _settings(entry)
    if not entry.update_listeners:
        # Not removed with a failed set-up, which a change may be meant to repair.
        entry.add_update_listener(_async_reload_if_changed)

    @callback
    def follow_household(event: Event) -> None:
        if not event.data.keys().isdisjoint({"currency", "time_zone"}):
            hass.config_entries.async_schedule_reload(entry.entry_id)

    entry.async_on_unload(
        hass.bus.async_listen(EVENT_CORE_CONFIG_UPDATE, follow_household)
    )


async def _async_reload_if_changed(hass: HomeAssistant, entry: ConfigEntry) -> None:
    in_use = hass.data[_IN_USE]
    settings = _settings(entry)
    if in_use.get(entry.entry_id, settings) != settings:
        del in_use[entry.entry_id]
        # Later, as a flow may change data and subentries one after the other.
        hass.loop.call_soon(hass.config_entries.async_schedule_reload, entry.entry_id)


def _settings(entry: ConfigEntry) -> _Settings:
    meters = {
        meter.subentry_id: (meter.unique_id, dict(meter.data))
        for meter in entry.subentries.values()
    }
    data = {name: value for name, value in entry.data.items() if name != CONF_TOKEN}
    return data, dict(entry.options), meters

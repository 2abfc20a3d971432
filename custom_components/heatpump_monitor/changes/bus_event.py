"""Tell Home Assistant's event bus, and so its logbook, of new entries."""

from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import ATTR_CONFIG_ENTRY_ID, ATTR_DEVICE_ID, ATTR_NAME
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr

from ..const import DOMAIN
from .model import Entry
from .words import entry_data, words_of

EVENT_CHANGE: Final = f"{DOMAIN}_change"


@callback
def async_fire(
    hass: HomeAssistant,
    config_entry: ConfigEntry,
    device: tuple[str, str],
    entry: Entry,
) -> None:
    """Fire an event for an entry of the heat pump with this identifier."""
    registered = dr.async_get(hass).async_get_device_by_identifier(
        device, config_entry.entry_id
    )
    hass.bus.async_fire(
        EVENT_CHANGE,
        {
            ATTR_CONFIG_ENTRY_ID: config_entry.entry_id,
            ATTR_DEVICE_ID: registered.id if registered else None,
            ATTR_NAME: config_entry.title,
            **entry_data(entry, words_of(hass)),
        },
    )

"""The electricity meters of the heat pumps: one config subentry each."""

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryError

from .const import DOMAIN, METER_SUBENTRY

SUBENTRY_ID = "subentry_id"
"""The meter that a reauth flow is for, in the data that the flow starts with."""


@callback
def meter_of(entry: ConfigEntry) -> ConfigSubentry:
    """Return the meter of a heat pump.

    Raises:
        ConfigEntryError: The user removed it.
    """
    for meter in entry.get_subentries_of_type(METER_SUBENTRY):
        return meter
    raise ConfigEntryError(translation_domain=DOMAIN, translation_key="meter_removed")


@callback
def find_meter(
    hass: HomeAssistant, mac: str
) -> tuple[ConfigEntry, ConfigSubentry] | None:
    """Return the meter with a MAC address, and the entry that it belongs to."""
    for entry in hass.config_entries.async_entries(DOMAIN, include_ignore=False):
        for meter in entry.get_subentries_of_type(METER_SUBENTRY):
            if meter.unique_id == mac:
                return entry, meter
    return None


@callback
def start_meter_reauth(
    hass: HomeAssistant, entry: ConfigEntry, meter: ConfigSubentry
) -> None:
    """Ask the user for the meter's password, unless a question is already open."""
    entry.async_start_reauth(hass, data={SUBENTRY_ID: meter.subentry_id})

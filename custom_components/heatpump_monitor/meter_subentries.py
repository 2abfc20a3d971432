"""The meters of the heat pumps: one config subentry each."""

from collections.abc import Collection, Mapping

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryError
from homeassistant.helpers.device_registry import format_mac

from .const import (
    CONF_METER_KEY,
    CONF_METER_KIND,
    CONF_ROLE,
    DOMAIN,
    METER_SUBENTRY,
    MeterKind,
)
from .performance.plant import Meter
from .readings import HEAT_PUMP_ROLES, Role, summed_roles

SUBENTRY_ID = "subentry_id"
"""The meter that a reauth flow is for, in the data that the flow starts with."""


def role_of(meter: ConfigSubentry) -> Role:
    """Return what a meter measures."""
    return Role(meter.data.get(CONF_ROLE, Role.WHOLE))


def kind_of(meter: ConfigSubentry) -> MeterKind:
    """Return what a meter is."""
    return MeterKind(meter.data.get(CONF_METER_KIND, MeterKind.SHELLY))


def key_of(meter: ConfigSubentry) -> str:
    """Return the key of a meter in the engine."""
    return str(meter.data.get(CONF_METER_KEY, Meter().key))


def device_of(meter: ConfigSubentry) -> str | None:
    """Return MAC address or serial number of the device of a meter."""
    return None if meter.unique_id is None else meter.unique_id.partition("_")[0]


def meters_of(entry: ConfigEntry) -> Mapping[str, ConfigSubentry]:
    """Return the meters of a heat pump by their keys, the main one first.

    Raises:
        ConfigEntryError: The user removed the last one of its electricity.
    """
    meters = entry.get_subentries_of_type(METER_SUBENTRY)
    of_heat_pump = [each for each in meters if role_of(each) in HEAT_PUMP_ROLES]
    if not of_heat_pump:
        raise ConfigEntryError(
            translation_domain=DOMAIN, translation_key="meter_removed"
        )
    of_heat_pump.sort(key=lambda each: HEAT_PUMP_ROLES.index(role_of(each)))
    others = [each for each in meters if role_of(each) not in HEAT_PUMP_ROLES]
    return {key_of(each): each for each in (*of_heat_pump, *others)}


def meter_of(entry: ConfigEntry) -> ConfigSubentry:
    """Return the main meter of a heat pump: that of the whole, or of the compressor.

    Raises:
        ConfigEntryError: The user removed the last one of its electricity.
    """
    return next(iter(meters_of(entry).values()))


def summed_of(meters: Collection[ConfigSubentry]) -> list[ConfigSubentry]:
    """Return the meters whose sum is the electricity, as the engine sums them."""
    summed = summed_roles([role_of(each) for each in meters])
    return [each for each in meters if role_of(each) in summed]


@callback
def meters_with(
    hass: HomeAssistant, device: str
) -> list[tuple[ConfigEntry, ConfigSubentry]]:
    """Return the meters that are one device, by MAC address or serial number.

    Several, where only some of its channels are one meter. A meter of entities is
    found by its unique id.
    """
    wanted = format_mac(device)
    return [
        (entry, meter)
        for entry in hass.config_entries.async_entries(DOMAIN, include_ignore=False)
        for meter in entry.get_subentries_of_type(METER_SUBENTRY)
        if wanted in {meter.unique_id, format_mac(device_of(meter) or "")}
    ]


@callback
def start_meter_reauth(
    hass: HomeAssistant, entry: ConfigEntry, meter: ConfigSubentry
) -> None:
    """Ask the user for the meter's password, unless a question is already open."""
    entry.async_start_reauth(hass, data={SUBENTRY_ID: meter.subentry_id})

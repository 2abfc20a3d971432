"""Heat Pump Monitor: how efficient a heat pump really is."""

from types import ModuleType
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv, device_registry as dr
from homeassistant.helpers.typing import ConfigType

from . import heat_pump
from .actions import async_register_actions
from .const import CONF_KIND, DOMAIN, Kind
from .coordinator import HeatpumpConfigEntry
from .exporter import setup as exporter_setup
from .frontend.panel import async_serve_cards, async_show_dashboard
from .frontend.websocket import async_register_commands

# Not as `house_meter` and `probes`: the codec of stores looks these packages up.
from .house_meter import setup as house_meter_setup
from .issues import async_delete_issues
from .p1_token import async_delete_token
from .probes import setup as probes_setup
from .probes.actions import async_register_probe_actions
from .reload import async_reload_on_change
from .stored_file import EntryStore

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)

_MODULES: Final[dict[str, ModuleType]] = {
    Kind.HEAT_PUMP: heat_pump,
    Kind.HOUSE_METER: house_meter_setup,
    Kind.PROBES: probes_setup,
    Kind.EXPORT: exporter_setup,
}


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Register what is there before an entry is loaded."""
    async_register_actions(hass)
    async_register_probe_actions(hass)
    async_register_commands(hass)
    await async_serve_cards(hass)
    async_show_dashboard(hass)
    return True


async def async_setup_entry(hass: HomeAssistant, entry: HeatpumpConfigEntry) -> bool:
    """Set up an entry by its kind."""
    async_reload_on_change(hass, entry)
    await _MODULES[entry.data[CONF_KIND]].async_setup_entry(hass, entry)
    return True


async def async_unload_entry(hass: HomeAssistant, entry: HeatpumpConfigEntry) -> bool:
    """Unload an entry, keeping what it counted."""
    unloaded: bool = await _MODULES[entry.data[CONF_KIND]].async_unload_entry(
        hass, entry
    )
    return unloaded


async def async_remove_entry(hass: HomeAssistant, entry: HeatpumpConfigEntry) -> None:
    """Remove what an entry leaves behind, also its token at a P1 meter."""
    async_delete_issues(hass, entry)
    await EntryStore(hass, entry.entry_id).async_remove()
    if entry.data[CONF_KIND] == Kind.HOUSE_METER:
        await async_delete_token(hass, entry.data)
    if entry.data[CONF_KIND] == Kind.EXPORT:
        await exporter_setup.async_remove_files(hass, entry)


async def async_remove_config_entry_device(
    hass: HomeAssistant, entry: ConfigEntry[Any], device: dr.DeviceEntry
) -> bool:
    """Forget a submeter or probe that is gone; no other device is removed by hand."""
    if entry.data[CONF_KIND] == Kind.HOUSE_METER:
        return house_meter_setup.async_remove_device(entry, device)
    if entry.data[CONF_KIND] == Kind.PROBES:
        return probes_setup.async_remove_device(entry, device)
    return False

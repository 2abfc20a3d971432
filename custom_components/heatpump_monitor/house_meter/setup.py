"""Set up an entry of a house meter."""

from collections.abc import Mapping
from typing import Any

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.util import dt as dt_util

from ..const import (
    CONF_CAPACITY_PRICE,
    CONF_LEAST_PEAK_KW,
    CONF_LIMIT_KW,
    DEFAULT_LEAST_PEAK_KW,
)
from ..entity import identifier
from ..issues import async_report_set_aside
from ..trade_names import meter_name
from .coordinator import HouseMeterCoordinator, HouseMeterEntry
from .engine import HouseMeterEngine
from .model import CapacityTariff
from .sources import grid_source
from .store import HouseStore

PLATFORMS = [Platform.BINARY_SENSOR, Platform.EVENT, Platform.SENSOR]


async def async_setup_entry(hass: HomeAssistant, entry: HouseMeterEntry) -> bool:
    """Set up a house meter."""
    store = HouseStore(hass, entry.entry_id)
    state = await store.async_load()
    async_report_set_aside(hass, entry, await store.async_set_aside())
    engine = HouseMeterEngine(
        tariff_of(entry.options), dt_util.get_default_time_zone(), state
    )
    source = grid_source(hass, entry)
    coordinator = HouseMeterCoordinator(hass, entry, source, engine, store)
    await coordinator.async_config_entry_first_refresh()
    entry.runtime_data = coordinator
    coordinator.device_id = _register_device(hass, entry)
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    coordinator.async_start()
    return True


async def async_unload_entry(hass: HomeAssistant, entry: HouseMeterEntry) -> bool:
    """Unload a house meter, keeping what it counted."""
    unloaded = await hass.config_entries.async_unload_platforms(entry, PLATFORMS)
    if unloaded:
        await entry.runtime_data.async_save()
    return unloaded


@callback
def async_remove_device(entry: HouseMeterEntry, device: dr.DeviceEntry) -> bool:
    """Return whether a device may be removed: a submeter that is not read any more."""
    coordinator = entry.runtime_data
    read = {
        identifier(entry, each.serial) for each in coordinator.data.reading.submeters
    }
    kept = {identifier(entry), *read}
    return kept.isdisjoint(device.identifiers)


def tariff_of(options: Mapping[str, Any]) -> CapacityTariff:
    """Return the tariff that the options of an entry describe."""
    limit_kw = options.get(CONF_LIMIT_KW)
    return CapacityTariff(
        price_per_kw_year=options.get(CONF_CAPACITY_PRICE),
        least_peak_w=options.get(CONF_LEAST_PEAK_KW, DEFAULT_LEAST_PEAK_KW) * 1000,
        limit_w=None if limit_kw is None else limit_kw * 1000,
    )


def _register_device(hass: HomeAssistant, entry: HouseMeterEntry) -> str:
    info = entry.runtime_data.info
    assert info is not None
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id,
        identifiers={identifier(entry)},
        manufacturer=info.manufacturer,
        model=info.model and meter_name(info.model),
        model_id=info.model,
        name=entry.title,
        serial_number=info.identity,
        sw_version=info.firmware,
    )
    return device.id

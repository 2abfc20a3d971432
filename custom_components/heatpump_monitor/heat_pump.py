"""Set up an entry of a heat pump."""

import asyncio
from collections.abc import Collection, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from homeassistant.config_entries import ConfigSubentry
from homeassistant.const import CONF_HOST, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.util import dt as dt_util

from . import build_sources, const
from .changes.bus_event import async_fire
from .changes.recorder import ChangeRecorder
from .const import LOGGER
from .coordinator import HeatpumpConfigEntry, HeatpumpData, PerformanceCoordinator
from .entity import identifier
from .history.store import LedgerStore
from .issues import async_report_set_aside
from .meter_subentries import device_of, meters_of, role_of
from .performance import plant
from .performance.policy import Policy
from .performance.totals.calendar import DEFAULT_SEASON_START_MONTH, Calendar
from .readings import Role
from .source_coordinators import MeterCoordinator
from .sources.pace import shortened
from .trade_names import meter_name

PLATFORMS = [Platform.BINARY_SENSOR, Platform.EVENT, Platform.SENSOR]


async def async_setup_entry(hass: HomeAssistant, entry: HeatpumpConfigEntry) -> bool:
    """Set up a heat pump and its electricity meter."""
    changes = ChangeRecorder(hass, entry)
    # First of all: a set-up that fails may be what was changed.
    await changes.async_load()
    data = await _async_build(hass, entry, changes)
    await _async_first_refresh(hass, entry, data)
    entry.runtime_data = data
    _register_devices(hass, entry, data)
    data.performance.async_start()
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    changes.async_listen(partial(async_fire, hass, entry, identifier(entry)))
    changes.async_start()
    return True


async def async_unload_entry(hass: HomeAssistant, entry: HeatpumpConfigEntry) -> bool:
    """Unload a heat pump, keeping what it counted."""
    unloaded = await hass.config_entries.async_unload_platforms(entry, PLATFORMS)
    if unloaded:
        await entry.runtime_data.performance.async_save()
    return unloaded


async def _async_build(
    hass: HomeAssistant, entry: HeatpumpConfigEntry, changes: ChangeRecorder
) -> HeatpumpData:
    subentries = meters_of(entry)
    meters = {
        key: build_sources.meter(hass, entry, each) for key, each in subentries.items()
    }
    heat_pump = await build_sources.async_heat_pump(hass, entry)
    store = LedgerStore(hass, entry.entry_id)
    season_start_month = entry.options.get(
        const.CONF_SEASON_START_MONTH, DEFAULT_SEASON_START_MONTH
    )
    monitor = await store.async_load(
        _plant(entry.data, subentries),
        Calendar(dt_util.get_default_time_zone(), int(season_start_month)),
        Policy(closing_delay=timedelta(seconds=shortened(const.CLOSING_DELAY_S))),
    )
    async_report_set_aside(hass, entry, await store.async_set_aside())
    performance = PerformanceCoordinator(
        hass, entry, heat_pump, meters, monitor, store, changes
    )
    return HeatpumpData(
        performance=performance, changes=changes, heat_pump=heat_pump, meters=meters
    )


async def _async_first_refresh(
    hass: HomeAssistant, entry: HeatpumpConfigEntry, data: HeatpumpData
) -> None:
    """Read all sources; one is enough where all were seen before.

    Raises:
        ConfigEntryNotReady: There is too little to go on with.
    """
    outcomes = await asyncio.gather(
        data.heat_pump.async_config_entry_first_refresh(),
        *(each.async_config_entry_first_refresh() for each in data.meters.values()),
        return_exceptions=True,
    )
    failures = [outcome for outcome in outcomes if outcome is not None]
    seen = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
    if len(failures) == len(outcomes) or (failures and not seen):
        # The heat pump's comes first: that it is asked later is worth knowing.
        raise failures[0]
    for failure in failures:
        LOGGER.warning("%s starts without one of its sources: %s", entry.title, failure)
    data.heat_pump.async_end_setup()


def _plant(
    kept: Mapping[str, Any], meters: Mapping[str, ConfigSubentry]
) -> plant.Plant:
    """Return the plant that an entry keeps; an empty field is None there."""
    method = kept.get(const.CONF_HEAT_METHOD, const.HEAT_METHOD_AUTOMATIC)
    source = kept.get(const.CONF_SOURCE_KIND)
    is_automatic = method == const.HEAT_METHOD_AUTOMATIC
    return plant.Plant(
        source=None if source is None else plant.SourceKind(source),
        capacity_points=tuple(
            plant.CapacityPoint(
                source_c=point[const.CONF_POINT_SOURCE_C],
                supply_c=point[const.CONF_POINT_SUPPLY_C],
                heat_w=point[const.CONF_POINT_HEAT_KW] * 1000,
            )
            for point in kept.get(const.CONF_CAPACITY_POINTS) or ()
        ),
        brine_flow_lph=kept.get(const.CONF_BRINE_FLOW_LPH),
        brine_glycol_pct=kept.get(
            const.CONF_BRINE_GLYCOL_PCT, plant.DEFAULT_BRINE_GLYCOL_PCT
        ),
        rated_heat_w=_watts(kept.get(const.CONF_RATED_HEAT_KW)),
        assumed_flow_lph=kept.get(const.CONF_FLOW_LPH),
        backup_heater_w=_watts(kept.get(const.CONF_BACKUP_HEATER_KW)),
        glycol_pct=kept.get(const.CONF_GLYCOL_PCT, 0.0),
        metered=_metered(kept, [role_of(each) for each in meters.values()]),
        meters=tuple(
            plant.Meter(key=key, role=role_of(each), identity=each.unique_id)
            for key, each in meters.items()
        ),
        heat_method=None if is_automatic else plant.HeatMethod(method),
    )


def _metered(kept: Mapping[str, Any], roles: Collection[Role]) -> frozenset[plant.Part]:
    """Return the parts that are metered: as entered, or those with a meter each."""
    if Role.WHOLE in roles:
        return frozenset(plant.Part(part) for part in kept[const.CONF_METERED])
    return frozenset(part for part in plant.Part if part.value in roles)


def _watts(kilowatts: float | None) -> float | None:
    return None if kilowatts is None else kilowatts * 1000


def _register_devices(
    hass: HomeAssistant, entry: HeatpumpConfigEntry, data: HeatpumpData
) -> None:
    """Register all devices, the heat pump first: the meters hang on it."""
    registry, info = dr.async_get(hass), data.heat_pump.info
    heat_pump = registry.async_get_or_create(
        config_entry_id=entry.entry_id,
        identifiers={identifier(entry)},
        manufacturer=info.manufacturer,
        model_id=info.model_id,
        name=entry.title,
        serial_number=info.serial_number,
    )
    # Without an answer, the name that was read before stays.
    if data.heat_pump.data is not None or heat_pump.model is None:
        registry.async_update_device(heat_pump.id, model=info.model)
    for meter in data.meters.values():
        _register_meter(registry, entry, meter, heat_pump.id)


def _register_meter(
    registry: dr.DeviceRegistry,
    entry: HeatpumpConfigEntry,
    coordinator: MeterCoordinator,
    heat_pump_device_id: str,
) -> None:
    subentry, info = coordinator.subentry, coordinator.info
    host, mac = subentry.data.get(CONF_HOST), subentry.unique_id
    # Two meters that are channels of one device are two devices here.
    is_whole = host is not None and mac == device_of(subentry)
    connections = {(dr.CONNECTION_NETWORK_MAC, str(mac))} if is_whole else set()
    meter = registry.async_get_or_create(
        config_entry_id=entry.entry_id,
        config_subentry_id=subentry.subentry_id,
        configuration_url=f"http://{host}" if host else None,
        connections=connections,
        identifiers={identifier(entry, subentry.subentry_id)},
        via_device_id=heat_pump_device_id,
    )
    # Another meter may have taken the place of the one before.
    registry.async_update_device(meter.id, new_connections=connections)
    if info is not None:
        model = info.model and meter_name(info.model)
        registry.async_update_device(
            meter.id,
            manufacturer=info.manufacturer,
            model=model,
            model_id=info.model,
            name=subentry.title,
            sw_version=info.firmware,
        )
    elif meter.name is None:
        registry.async_update_device(meter.id, name=subentry.title)

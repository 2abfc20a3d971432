"""Set up an entry of a heat pump."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from homeassistant.config_entries import ConfigSubentry
from homeassistant.const import CONF_HOST, CONF_PASSWORD, Platform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import (
    ConfigEntryAuthFailed,
    ConfigEntryNotReady,
    ImplementationUnavailableError,
    UnknownImplementationError,
)
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.config_entry_oauth2_flow import (
    OAuth2Session,
    async_get_config_entry_implementation,
)
from homeassistant.util import dt as dt_util

from . import const
from .budget_store import async_get_budget
from .changes.bus_event import async_fire
from .changes.recorder import ChangeRecorder
from .const import DOMAIN, LOGGER
from .coordinator import HeatpumpConfigEntry, HeatpumpData, PerformanceCoordinator
from .entity import identifier
from .history.store import LedgerStore
from .issues import LEDGER_SET_ASIDE, async_delete_issues, async_report
from .meter_subentries import meter_of
from .performance import plant
from .performance.policy import Policy
from .performance.totals.calendar import DEFAULT_SEASON_START_MONTH, Calendar
from .sign_in import is_refused
from .source_coordinators import ShellyCoordinator, ViessmannCoordinator
from .sources.endpoints import viessmann_endpoints
from .sources.pace import shortened
from .sources.ranges import Range, Ranges
from .sources.shelly.client import ShellyClient
from .sources.viessmann import client
from .sources.viessmann.oauth import OAuthTokens
from .sources.viessmann.source import ViessmannSource
from .trade_names import heat_pump_name, meter_name

PLATFORMS = [Platform.BINARY_SENSOR, Platform.EVENT, Platform.SENSOR]


async def async_setup_entry(hass: HomeAssistant, entry: HeatpumpConfigEntry) -> bool:
    """Set up a heat pump and its electricity meter."""
    changes = ChangeRecorder(hass, entry)
    # First of all: a set-up that fails may be what was changed.
    await changes.async_load()
    data = await _async_build(hass, entry, meter_of(entry), changes)
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


async def async_remove_entry(hass: HomeAssistant, entry: HeatpumpConfigEntry) -> None:
    """Remove what a heat pump leaves behind."""
    async_delete_issues(hass, entry)
    await LedgerStore(hass, entry.entry_id).async_remove()


async def _async_build(
    hass: HomeAssistant,
    entry: HeatpumpConfigEntry,
    meter_entry: ConfigSubentry,
    changes: ChangeRecorder,
) -> HeatpumpData:
    tokens = await _async_tokens(hass, entry)
    budget = await async_get_budget(hass, entry.data["auth_implementation"])
    ranges, web = _ranges(entry.options), async_get_clientsession(hass)
    shelly = ShellyClient(
        web,
        meter_entry.data[CONF_HOST],
        meter_entry.data[CONF_PASSWORD],
        meter_entry.data[const.CONF_REVERSED_PHASES],
        mac=meter_entry.unique_id,
        channels=meter_entry.data[const.CONF_CHANNELS],
        ranges=ranges,
    )
    meter = ShellyCoordinator(hass, entry, meter_entry, shelly)
    session = client.ViessmannSession(
        web, tokens, budget, viessmann_endpoints(), refused=is_refused(hass, entry)
    )
    source = ViessmannSource(client.ViessmannClient(session), _identity(entry), ranges)
    heat_pump = ViessmannCoordinator(hass, entry, source, budget)
    store = LedgerStore(hass, entry.entry_id)
    season_start_month = entry.options.get(
        const.CONF_SEASON_START_MONTH, DEFAULT_SEASON_START_MONTH
    )
    monitor = await store.async_load(
        _plant(entry.data, meter_entry),
        Calendar(dt_util.get_default_time_zone(), int(season_start_month)),
        Policy(closing_delay=timedelta(seconds=shortened(const.CLOSING_DELAY_S))),
    )
    files = ", ".join(await store.async_set_aside())
    async_report(hass, entry, LEDGER_SET_ASIDE, {"files": files} if files else None)
    performance = PerformanceCoordinator(
        hass, entry, heat_pump, meter, budget, monitor, store, changes
    )
    return HeatpumpData(
        performance=performance,
        budget=budget,
        changes=changes,
        heat_pump=heat_pump,
        meter=meter,
    )


async def _async_tokens(hass: HomeAssistant, entry: HeatpumpConfigEntry) -> OAuthTokens:
    """Return where the access tokens come from.

    Raises:
        ConfigEntryAuthFailed: The API client was deleted.
        ConfigEntryNotReady: The API clients cannot be read now.
    """
    try:
        implementation = await async_get_config_entry_implementation(hass, entry)
    except UnknownImplementationError as err:
        raise ConfigEntryAuthFailed(
            translation_domain=DOMAIN, translation_key="credentials_missing"
        ) from err
    except ImplementationUnavailableError as err:
        raise ConfigEntryNotReady(
            translation_domain=DOMAIN, translation_key="credentials_unavailable"
        ) from err
    return OAuthTokens.for_entry(OAuth2Session(hass, entry, implementation))


async def _async_first_refresh(
    hass: HomeAssistant, entry: HeatpumpConfigEntry, data: HeatpumpData
) -> None:
    """Read both sources; one is enough where both were seen before.

    Raises:
        ConfigEntryNotReady: There is too little to go on with.
    """
    outcomes = await asyncio.gather(
        data.heat_pump.async_config_entry_first_refresh(),
        data.meter.async_config_entry_first_refresh(),
        return_exceptions=True,
    )
    failures = [outcome for outcome in outcomes if outcome is not None]
    seen = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
    if len(failures) == len(outcomes) or (failures and not seen):
        # The heat pump's comes first: that it is asked later is worth knowing.
        raise failures[0]
    for failure in failures:
        LOGGER.warning("%s starts with one source only: %s", entry.title, failure)
    data.heat_pump.async_end_setup()


def _plant(kept: Mapping[str, Any], meter: ConfigSubentry) -> plant.Plant:
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
        metered=frozenset(plant.Part(part) for part in kept[const.CONF_METERED]),
        meters=(plant.Meter(identity=str(meter.unique_id)),),
        heat_method=None if is_automatic else plant.HeatMethod(method),
    )


def _identity(entry: HeatpumpConfigEntry) -> client.HeatPumpIdentity:
    return client.HeatPumpIdentity(
        installation_id=entry.data[const.CONF_INSTALLATION_ID],
        gateway_serial=entry.data[const.CONF_GATEWAY_SERIAL],
        device_id=entry.data[const.CONF_DEVICE_ID],
        model=entry.data[const.CONF_MODEL],
    )


def _watts(kilowatts: float | None) -> float | None:
    return None if kilowatts is None else kilowatts * 1000


def _ranges(options: Mapping[str, Any]) -> Ranges:
    """Return the plausible ranges, as far as the owner changed them."""
    usual = Ranges()
    temperature_c, power_w = usual.temperature_c, usual.power_w
    power_max_kw = options.get(const.CONF_POWER_MAX_KW, power_w.high / 1000)
    return Ranges(
        temperature_c=Range(
            options.get(const.CONF_TEMPERATURE_MIN_C, temperature_c.low),
            options.get(const.CONF_TEMPERATURE_MAX_C, temperature_c.high),
        ),
        power_w=Range(power_w.low, power_max_kw * 1000),
    )


def _register_devices(
    hass: HomeAssistant, entry: HeatpumpConfigEntry, data: HeatpumpData
) -> None:
    """Register both devices, the heat pump first: the meter hangs on it."""
    registry = dr.async_get(hass)
    model_id, features = entry.data[const.CONF_MODEL], data.heat_pump.source.features
    heat_pump = registry.async_get_or_create(
        config_entry_id=entry.entry_id,
        identifiers={identifier(entry)},
        manufacturer="Viessmann",
        model_id=model_id,
        name=entry.title,
        serial_number=entry.data[const.CONF_GATEWAY_SERIAL],
    )
    # Without an answer, the name that was read before stays.
    if features or heat_pump.model is None:
        model = heat_pump_name(model_id, features)
        registry.async_update_device(heat_pump.id, model=model)
    _register_meter(registry, entry, data.meter, heat_pump.id)


def _register_meter(
    registry: dr.DeviceRegistry,
    entry: HeatpumpConfigEntry,
    coordinator: ShellyCoordinator,
    heat_pump_device_id: str,
) -> None:
    subentry = coordinator.subentry
    connections = {(dr.CONNECTION_NETWORK_MAC, str(subentry.unique_id))}
    meter = registry.async_get_or_create(
        config_entry_id=entry.entry_id,
        config_subentry_id=subentry.subentry_id,
        configuration_url=f"http://{subentry.data[CONF_HOST]}",
        connections=connections,
        identifiers={identifier(entry, subentry.subentry_id)},
        manufacturer="Shelly",
        via_device_id=heat_pump_device_id,
    )
    # Another Shelly may have taken the place of the one before.
    registry.async_update_device(meter.id, new_connections=connections)
    if (info := coordinator.info) is not None:
        name = meter_name(str(info.model))
        registry.async_update_device(
            meter.id,
            model=name,
            model_id=info.model,
            name=name,
            sw_version=info.firmware,
        )
    elif meter.name is None:
        registry.async_update_device(meter.id, name=meter.manufacturer)

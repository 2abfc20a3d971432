"""The config entries that an owner would have made by now."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from PyViCare import PyViCareAbstractOAuthManager

from custom_components.heatpump_monitor.performance.plant import Part
from homeassistant.components.application_credentials import (
    ClientCredential,
    async_import_client_credential,
)
from homeassistant.config_entries import (
    SOURCE_USER,
    ConfigEntry,
    ConfigEntryState,
    ConfigSubentryData,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.device_registry import format_mac

from .clock import START_S
from .job import HeatPump

DOMAIN = "heatpump_monitor"
_PRICE = 0.32


async def async_add_ours(hass: HomeAssistant, heat_pump: HeatPump) -> ConfigEntry:
    """Set up the integration with its default options and a price."""
    await _async_add_credential(hass, DOMAIN, heat_pump)
    return await async_add_entry(
        hass,
        DOMAIN,
        title="Vitocal",
        unique_id=f"heat_pump_{heat_pump.gateway_serial}_0",
        data=_our_data(heat_pump),
        options={"price": _PRICE},
        subentries=[_our_meter(heat_pump)],
    )


async def async_add_shelly(hass: HomeAssistant, heat_pump: HeatPump) -> ConfigEntry:
    """Set up core's integration of the meter."""
    return await async_add_entry(
        hass,
        "shelly",
        title="heatpump",
        unique_id=heat_pump.shelly_mac,
        data={
            "host": "127.0.0.1",
            "port": heat_pump.pushing_port,
            "gen": 2,
            "model": "SPEM-003CEBEU",
            "sleep_period": 0,
        },
        version=(1, 3),
    )


async def async_add_vicare(hass: HomeAssistant, heat_pump: HeatPump) -> ConfigEntry:
    """Set up core's integration of the heat pump."""
    url = heat_pump.viessmann_url
    PyViCareAbstractOAuthManager.API_BASE_URL = f"{url}/iot/v2"
    PyViCareAbstractOAuthManager.AUTHORIZE_URL = f"{url}/idp/v3/authorize"
    PyViCareAbstractOAuthManager.TOKEN_URL = f"{url}/idp/v3/token"
    await _async_add_credential(hass, "vicare", heat_pump)
    return await async_add_entry(
        hass,
        "vicare",
        title="ViCare",
        data={"auth_implementation": "vicare", "token": _token(heat_pump)},
        version=(2, 1),
    )


def _our_data(heat_pump: HeatPump) -> dict[str, Any]:
    """Return what the config flow stores of a heat pump."""
    return {
        "kind": "heat_pump",
        "auth_implementation": DOMAIN,
        "token": _token(heat_pump),
        "installation_id": heat_pump.installation_id,
        "gateway_serial": heat_pump.gateway_serial,
        "device_id": "0",
        "model": heat_pump.model,
        "rated_heat_kw": None,
        "flow_lph": None,
        "metered": [str(part) for part in Part],
        "heat_method": "automatic",
    }


def _our_meter(heat_pump: HeatPump) -> ConfigSubentryData:
    """Return what the config flow stores of the meter."""
    return ConfigSubentryData(
        data={
            "channels": [],
            "host": heat_pump.shelly_host,
            "password": None,
            "reversed_phases": [],
            "role": "whole",
        },
        subentry_type="meter",
        title="Shelly Pro 3EM",
        unique_id=format_mac(heat_pump.shelly_mac),
    )


def _token(heat_pump: HeatPump) -> dict[str, Any]:
    expires_at = START_S + heat_pump.token["expires_in"]
    return {**heat_pump.token, "expires_at": expires_at}


async def _async_add_credential(
    hass: HomeAssistant, domain: str, heat_pump: HeatPump
) -> None:
    credential = ClientCredential(heat_pump.client_id, "")
    await async_import_client_credential(hass, domain, credential)


async def async_add_entry(
    hass: HomeAssistant,
    domain: str,
    *,
    title: str,
    key: str | None = None,
    data: Mapping[str, Any] | None = None,
    options: Mapping[str, Any] | None = None,
    subentries: Iterable[ConfigSubentryData] = (),
    unique_id: str | None = None,
    version: tuple[int, int] = (1, 1),
) -> ConfigEntry:
    """Add a config entry and wait until it is loaded.

    Raises:
        RuntimeError: It is not.
    """
    entry: ConfigEntry = ConfigEntry(
        data=data or {},
        discovery_keys=MappingProxyType({}),
        domain=domain,
        entry_id=f"entry_{key or domain}",
        minor_version=version[1],
        options=options or {},
        source=SOURCE_USER,
        subentries_data=subentries,
        title=title,
        unique_id=unique_id,
        version=version[0],
    )
    await hass.config_entries.async_add(entry)
    await hass.async_block_till_done()
    if entry.state is not ConfigEntryState.LOADED:
        raise RuntimeError(f"{domain} is not loaded: {entry.state}, {entry.reason}")
    return entry

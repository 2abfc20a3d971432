"""Build what reads the heat pump and the meters of an entry."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.const import CONF_HOST, CONF_PASSWORD
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import (
    ConfigEntryAuthFailed,
    ConfigEntryNotReady,
    ImplementationUnavailableError,
    UnknownImplementationError,
)
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.config_entry_oauth2_flow import (
    OAuth2Session,
    async_get_config_entry_implementation,
)

from . import const
from .budget_store import async_get_budget
from .const import DOMAIN, HeatPumpSource, MeterKind
from .entity_coordinator import EntityHeatPumpCoordinator
from .meter_subentries import device_of, kind_of, role_of
from .readings import HOUSE_ROLES
from .sign_in import is_refused
from .source_coordinators import AnyHeatPumpCoordinator, MeterCoordinator
from .sources.base import MeterSource
from .sources.endpoints import viessmann_endpoints
from .sources.entities.source import EntityHeatPump, EntityMeter
from .sources.entities.stand_ins import StandIns
from .sources.homewizard.client import HomeWizardMeter
from .sources.ranges import Range, Ranges
from .sources.shelly.client import ShellyClient
from .sources.viessmann import client
from .sources.viessmann.oauth import OAuthTokens
from .sources.viessmann.source import ViessmannSource
from .viessmann_coordinator import ViessmannCoordinator

_MOST_OF_HOUSE_W = 100_000.0


async def async_heat_pump(
    hass: HomeAssistant, entry: ConfigEntry
) -> AnyHeatPumpCoordinator:
    """Return what reads the heat pump of an entry; nothing is read yet.

    Raises:
        ConfigEntryAuthFailed: The API client was deleted.
        ConfigEntryNotReady: The API clients or the call budget cannot be read now.
    """
    kind = entry.data.get(const.CONF_SOURCE, HeatPumpSource.VIESSMANN)
    if kind == HeatPumpSource.ENTITIES:
        chosen = entry.data[const.CONF_ENTITIES]
        source = EntityHeatPump(hass, chosen, _ranges(entry.options))
        return EntityHeatPumpCoordinator(hass, entry, source)
    return await _async_viessmann(hass, entry)


def meter(
    hass: HomeAssistant, entry: ConfigEntry, subentry: ConfigSubentry
) -> MeterCoordinator:
    """Return what reads a meter of an entry; nothing is read yet."""
    source = meter_source(hass, entry, subentry)
    return MeterCoordinator(hass, entry, subentry, source)


def meter_source(
    hass: HomeAssistant, entry: ConfigEntry, subentry: ConfigSubentry
) -> MeterSource:
    """Return a meter of an entry, as it is kept."""
    return _METERS[kind_of(subentry)](hass, entry, subentry)


def _shelly(
    hass: HomeAssistant, entry: ConfigEntry, subentry: ConfigSubentry
) -> MeterSource:
    return ShellyClient(
        async_get_clientsession(hass),
        subentry.data[CONF_HOST],
        subentry.data[CONF_PASSWORD],
        subentry.data[const.CONF_REVERSED_PHASES],
        mac=device_of(subentry),
        channels=subentry.data[const.CONF_CHANNELS],
        ranges=_ranges_of(entry, subentry),
    )


def _homewizard(
    hass: HomeAssistant, entry: ConfigEntry, subentry: ConfigSubentry
) -> MeterSource:
    return HomeWizardMeter(
        async_get_clientsession(hass),
        subentry.data[CONF_HOST],
        is_reversed=bool(subentry.data[const.CONF_REVERSED_PHASES]),
        serial=device_of(subentry),
        ranges=_ranges_of(entry, subentry),
    )


def _entities(
    hass: HomeAssistant, entry: ConfigEntry, subentry: ConfigSubentry
) -> MeterSource:
    return EntityMeter(hass, subentry.data[const.CONF_ENTITIES], subentry.unique_id)


_METERS = {
    MeterKind.SHELLY: _shelly,
    MeterKind.HOMEWIZARD: _homewizard,
    MeterKind.ENTITIES: _entities,
}


async def _async_viessmann(
    hass: HomeAssistant, entry: ConfigEntry
) -> ViessmannCoordinator:
    tokens = await _async_tokens(hass, entry)
    budget = await async_get_budget(hass, entry.data["auth_implementation"])
    session = client.ViessmannSession(
        async_get_clientsession(hass),
        tokens,
        budget,
        viessmann_endpoints(),
        refused=is_refused(hass, entry),
    )
    source = ViessmannSource(
        client.ViessmannClient(session), _identity(entry), _ranges(entry.options)
    )
    stand_ins = StandIns(
        hass, entry.options.get(const.CONF_STAND_INS, {}), _ranges(entry.options)
    )
    return ViessmannCoordinator(hass, entry, source, budget, stand_ins)


async def _async_tokens(hass: HomeAssistant, entry: ConfigEntry) -> OAuthTokens:
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


def _identity(entry: ConfigEntry) -> client.HeatPumpIdentity:
    return client.HeatPumpIdentity(
        installation_id=entry.data[const.CONF_INSTALLATION_ID],
        gateway_serial=entry.data[const.CONF_GATEWAY_SERIAL],
        device_id=entry.data[const.CONF_DEVICE_ID],
        model=entry.data[const.CONF_MODEL],
    )


def _ranges_of(entry: ConfigEntry, subentry: ConfigSubentry) -> Ranges:
    """Return the plausible ranges of a meter."""
    ranges = _ranges(entry.options)
    if role_of(subentry) not in HOUSE_ROLES:
        return ranges
    # Power flows both ways there, and is that of a whole house.
    return replace(ranges, power_w=Range(-_MOST_OF_HOUSE_W, _MOST_OF_HOUSE_W))


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

"""Build what reads the probes of an entry."""

from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_EMAIL, CONF_PASSWORD
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryNotReady
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..const import CONF_ENTITIES, CONF_SOURCE, DOMAIN, ProbeKind
from ..sources.base import AccountInfo, ProbeSource
from ..sources.endpoints import thermoworks_url
from ..sources.entities.probes import EntityProbes
from ..sources.thermoworks.errors import ThermoWorksNotInstalled
from ..sources.thermoworks.library import async_load
from ..sources.thermoworks.session import ThermoWorksSession
from ..sources.thermoworks.source import ThermoWorks

# The entry's data that each was built from, and the source. A set-up that is tried
# again, or a reload, needs no new sign-in then, and waits as long as the cloud asks.
_ACCOUNTS: Final[HassKey[dict[str, tuple[dict[str, Any], ThermoWorks]]]] = HassKey(
    f"{DOMAIN}_thermoworks_accounts"
)


async def async_probe_source(hass: HomeAssistant, entry: ConfigEntry) -> ProbeSource:
    """Return what reads the probes of an entry; nothing is read yet.

    Raises:
        ConfigEntryNotReady: The library for the account cannot be installed now.
    """
    if entry.data[CONF_SOURCE] == ProbeKind.ENTITIES:
        info = AccountInfo(identity=entry.unique_id or "", name=entry.title)
        return EntityProbes(hass, entry.data[CONF_ENTITIES], info)
    accounts = hass.data.setdefault(_ACCOUNTS, {})
    known, source = accounts.get(entry.entry_id, (None, None))
    data = dict(entry.data)
    if source is not None and known == data:
        return source
    try:
        source = await async_thermoworks(hass, data[CONF_EMAIL], data[CONF_PASSWORD])
    except ThermoWorksNotInstalled as err:
        raise ConfigEntryNotReady(
            translation_domain=DOMAIN, translation_key=err.key
        ) from err
    accounts[entry.entry_id] = data, source
    return source


async def async_thermoworks(
    hass: HomeAssistant, email: str, password: str, *, asked_by_user: bool = False
) -> ThermoWorks:
    """Return what reads an account; nothing is asked for yet.

    Raises:
        ThermoWorksNotInstalled: The library cannot be installed now.
    """
    library = await async_load(hass, asked_by_user=asked_by_user)
    session = ThermoWorksSession(async_get_clientsession(hass), thermoworks_url())
    return ThermoWorks(library, session, email, password, dt_util.utcnow)

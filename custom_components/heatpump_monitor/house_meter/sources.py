"""Build what reads a house meter."""

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_HOST, CONF_TOKEN
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.util import dt as dt_util

from ..const import CONF_ENTITIES, CONF_IDENTIFIER, CONF_SOURCE, HouseMeterSource
from ..sources.base import GridSource
from ..sources.entities.grid import EntityGrid
from ..sources.homewizard.p1 import HomeWizardP1


def grid_source(hass: HomeAssistant, entry: ConfigEntry) -> GridSource:
    """Return what reads the meter of an entry; nothing is read yet."""
    data = entry.data
    if data[CONF_SOURCE] == HouseMeterSource.ENTITIES:
        return EntityGrid(hass, data[CONF_ENTITIES], entry.unique_id)
    return HomeWizardP1(
        async_get_clientsession(hass),
        data[CONF_HOST],
        data[CONF_IDENTIFIER],
        data[CONF_TOKEN],
        time_zone=dt_util.get_default_time_zone(),
    )

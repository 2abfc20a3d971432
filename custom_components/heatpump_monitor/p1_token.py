"""The token of a P1 meter: its name, and its end."""

from collections.abc import Mapping
from typing import Any

from homeassistant.const import CONF_HOST, CONF_TOKEN
from homeassistant.core import HomeAssistant
from homeassistant.helpers import instance_id
from homeassistant.helpers.aiohttp_client import async_get_clientsession

from .const import CONF_IDENTIFIER
from .sources.base import SourceError
from .sources.homewizard.p1 import delete_token
from .sources.homewizard.p1_connection import P1Connection


async def async_token_name(hass: HomeAssistant) -> str:
    """Return the name of our token, which differs between Home Assistants.

    A P1 meter that gives a second token of the same name forgets the first.
    """
    own = await instance_id.async_get(hass)
    return f"local/heatpump_monitor_{own[:6]}"


async def async_delete_token(hass: HomeAssistant, data: Mapping[str, Any]) -> None:
    """Delete the token of an entry at its P1 meter, if that can be reached."""
    if CONF_TOKEN not in data:
        return
    connection = P1Connection(
        async_get_clientsession(hass),
        data[CONF_HOST],
        data[CONF_IDENTIFIER],
        data[CONF_TOKEN],
    )
    try:
        await delete_token(connection, await async_token_name(hass))
    except SourceError:
        # The owner can do so in the HomeWizard app.
        return

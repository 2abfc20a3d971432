"""Build what writes to the database of an export, by the data of its entry."""

from collections.abc import Mapping
from typing import Any

from aiohttp import ClientSession

from homeassistant.const import CONF_PASSWORD, CONF_TOKEN, CONF_URL, CONF_USERNAME
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.aiohttp_client import (
    async_create_clientsession,
    async_get_clientsession,
)

from ..const import (
    CONF_BUCKET,
    CONF_DATABASE,
    CONF_ORG,
    CONF_TARGET,
    CONF_TENANT,
    TargetKind,
)
from .targets.base import Target
from .targets.emoncms import Emoncms
from .targets.http import counting, server_url
from .targets.influxdb1 import InfluxDb1
from .targets.influxdb2 import InfluxDb2
from .targets.influxdb3 import InfluxDb3
from .targets.victoria_metrics import VictoriaMetrics


@callback
def async_counting_session(hass: HomeAssistant) -> ClientSession:
    """Return a session of its own for an entry, which counts its connections."""
    return async_create_clientsession(hass, trace_configs=[counting()])


def target_of(
    hass: HomeAssistant, data: Mapping[str, Any], session: ClientSession | None = None
) -> Target:
    """Return what writes to a database; nothing is sent yet.

    By default with the session that all share, as for a first try.

    Raises:
        UrlInvalid: The URL is none, or contains what does not belong there.
    """
    session = session or async_get_clientsession(hass)
    url = server_url(data[CONF_URL])
    username = data.get(CONF_USERNAME, "")
    password = data.get(CONF_PASSWORD, "")
    token = data.get(CONF_TOKEN, "").strip()
    match TargetKind(data[CONF_TARGET]):
        case TargetKind.INFLUXDB1:
            return InfluxDb1(
                session,
                url,
                database=data[CONF_DATABASE],
                username=username,
                password=password,
            )
        case TargetKind.INFLUXDB2:
            return InfluxDb2(
                session,
                url,
                org=data[CONF_ORG],
                bucket=data[CONF_BUCKET],
                token=token,
            )
        case TargetKind.INFLUXDB3:
            return InfluxDb3(session, url, database=data[CONF_DATABASE], token=token)
        case TargetKind.VICTORIA_METRICS:
            return VictoriaMetrics(
                session,
                url,
                tenant=data.get(CONF_TENANT) or None,
                username=username,
                password=password,
                token=token,
            )
        case TargetKind.EMONCMS:
            return Emoncms(session, url, token=token)

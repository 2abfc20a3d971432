"""Build what writes to the database of an export, by the data of its entry."""

from collections.abc import Mapping
from typing import Any

from homeassistant.const import CONF_PASSWORD, CONF_TOKEN, CONF_URL, CONF_USERNAME
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession

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
from .targets.http import server_url
from .targets.influxdb1 import InfluxDb1
from .targets.influxdb2 import InfluxDb2
from .targets.influxdb3 import InfluxDb3
from .targets.victoria_metrics import VictoriaMetrics


def target_of(hass: HomeAssistant, data: Mapping[str, Any]) -> Target:
    """Return what writes to a database; nothing is sent yet.

    Raises:
        UrlInvalid: The URL is none, or contains what does not belong there.
    """
    session = async_get_clientsession(hass)
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

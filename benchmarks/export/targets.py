"""Makes the targets that are measured, without Home Assistant."""

import aiohttp

from custom_components.heatpump_monitor.const import TargetKind
from custom_components.heatpump_monitor.exporter.targets.base import Target
from custom_components.heatpump_monitor.exporter.targets.emoncms import Emoncms
from custom_components.heatpump_monitor.exporter.targets.http import server_url
from custom_components.heatpump_monitor.exporter.targets.influxdb1 import InfluxDb1
from custom_components.heatpump_monitor.exporter.targets.influxdb2 import InfluxDb2
from custom_components.heatpump_monitor.exporter.targets.influxdb3 import InfluxDb3
from custom_components.heatpump_monitor.exporter.targets.victoria_metrics import (
    VictoriaMetrics,
)


def target_of(
    kind: TargetKind,
    url: str,
    session: aiohttp.ClientSession,
    *,
    org: str = "",
    database: str = "",
    username: str = "",
    password: str = "",
    token: str = "",
) -> Target:
    """Return a target; the bucket of InfluxDB 2 is its database."""
    address = server_url(url)
    match kind:
        case TargetKind.INFLUXDB1:
            return InfluxDb1(
                session,
                address,
                database=database,
                username=username,
                password=password,
            )
        case TargetKind.INFLUXDB2:
            return InfluxDb2(session, address, org=org, bucket=database, token=token)
        case TargetKind.INFLUXDB3:
            return InfluxDb3(session, address, database=database, token=token)
        case TargetKind.VICTORIA_METRICS:
            return VictoriaMetrics(session, address, token=token)
        case TargetKind.EMONCMS:
            return Emoncms(session, address, token=token)

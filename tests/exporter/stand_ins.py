"""Stand-ins of databases, and what writes to them."""

from collections.abc import AsyncGenerator, Callable
from datetime import UTC, datetime, timedelta

import aiohttp
from aiohttp.test_utils import TestServer
import pytest
from yarl import URL

from custom_components.heatpump_monitor.exporter.point import Point
from custom_components.heatpump_monitor.exporter.targets.base import Target
from custom_components.heatpump_monitor.exporter.targets.emoncms import Emoncms
from custom_components.heatpump_monitor.exporter.targets.influxdb2 import InfluxDb2
from custom_components.heatpump_monitor.exporter.targets.influxdb3 import InfluxDb3
from simulator.databases import EmoncmsServer, InfluxDb2Server, InfluxDb3Server
from simulator.databases.server import DatabaseServer

NOON = datetime(2026, 1, 15, 12, tzinfo=UTC)
NOON_MS = 1_768_478_400_000


class StandIn[ServerT: DatabaseServer]:
    """A stand-in, where it listens, and what writes to it."""

    def __init__(self, server: ServerT, url: URL, target: Target) -> None:
        """Join them."""
        self.server, self.url, self.target = server, url, target

    async def write(self, *points: Point) -> None:
        """Write points."""
        await self.target.write([self.target.encode(each) for each in points])


def power(value: float, seconds: float = 0) -> Point:
    """Return a reading of a meter so long after noon."""
    return Point(
        measurement="hpm_meter",
        tags={"home": "h o,m=e", "device": "vitocal", "meter": "shelly"},
        fields={"power_w": value, "energy_wh": 1_000 * value},
        time=NOON + timedelta(seconds=seconds),
    )


MAKERS: dict[str, Callable[[aiohttp.ClientSession, URL], Target]] = {
    "influxdb2": lambda session, url: InfluxDb2(
        session,
        url,
        org=InfluxDb2Server.org,
        bucket=InfluxDb2Server.bucket,
        token=InfluxDb2Server.token,
    ),
    "influxdb3": lambda session, url: InfluxDb3(
        session, url, database=InfluxDb3Server.database, token=InfluxDb3Server.token
    ),
    "emoncms": lambda session, url: Emoncms(
        session, url, token=EmoncmsServer.write_key
    ),
}
SERVERS: dict[str, type[DatabaseServer]] = {
    "influxdb2": InfluxDb2Server,
    "influxdb3": InfluxDb3Server,
    "emoncms": EmoncmsServer,
}


@pytest.fixture(params=SERVERS)
async def stand_in(
    request: pytest.FixtureRequest, http_session: aiohttp.ClientSession
) -> AsyncGenerator[StandIn[DatabaseServer]]:
    """Return each stand-in and its target."""
    server = SERVERS[request.param]()
    async with TestServer(server.app()) as listening:
        url = URL(str(listening.make_url("/")).rstrip("/"))
        yield StandIn(server, url, MAKERS[request.param](http_session, url))


def only(name: str) -> pytest.MarkDecorator:
    """Return what runs a test against one stand-in."""
    return pytest.mark.parametrize("stand_in", [name], indirect=True)

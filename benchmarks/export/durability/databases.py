"""Databases that can be stopped, killed, started again and read."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final, Protocol, override

from aiohttp import web

from custom_components.heatpump_monitor.const import TargetKind
from custom_components.heatpump_monitor.exporter.point import Point
from custom_components.heatpump_monitor.exporter.targets.base import Target
from simulator.databases import EmoncmsServer, InfluxDb2Server, InfluxDb3Server
from simulator.databases.server import DatabaseServer
from tests.servers import RealInfluxDb, RealVictoriaMetrics, free_port

from . import queries
from .verdict import Samples, Values, emoncms_values, tagged_values

ADDRESS: Final = "127.0.0.1"
_SHUTDOWN_S: Final = 0.1


class Database(Protocol):
    """A database with a life of its own."""

    @property
    def url(self) -> str:
        """Return where it listens, also after a restart."""

    @property
    def access(self) -> Mapping[str, str]:
        """Return what the export needs beside the URL."""

    def values(self, target: Target, points: Iterable[Point]) -> Values:
        """Return what it is to have of points."""

    async def start(self) -> None:
        """Start it."""

    async def stop(self) -> None:
        """Let it end by itself."""

    async def kill(self) -> None:
        """End it at once."""

    async def samples(self) -> Samples:
        """Return all that it shows."""

    async def hidden(self) -> int:
        """Return how many samples it stores twice and shows once."""


class RealVictoria:
    """VictoriaMetrics, which loses what it acknowledged when it is killed."""

    access: Mapping[str, str] = {}

    def __init__(self, folder: Path) -> None:
        """Start nothing yet."""
        self._server = RealVictoriaMetrics(folder)

    @property
    def url(self) -> str:
        """Return where it listens."""
        return self._server.url

    def values(self, target: Target, points: Iterable[Point]) -> Values:
        """Return what it is to have of points."""
        return tagged_values(points)

    async def start(self) -> None:
        """Start it."""
        await self._server.start()

    async def stop(self) -> None:
        """Let it end by itself."""
        self._server.stop()

    async def kill(self) -> None:
        """End it at once."""
        self._server.kill()

    async def samples(self) -> Samples:
        """Return all that it shows."""
        return await queries.victoria_metrics(self._server)

    async def hidden(self) -> int:
        """Return how many samples it stores twice and shows once."""
        every = await queries.victoria_metrics(self._server, duplicates=True)
        return queries.count(every) - queries.count(await self.samples())


class RealInflux:
    """InfluxDB 1."""

    access: Mapping[str, str] = {
        "database": RealInfluxDb.database,
        "username": RealInfluxDb.username,
        "password": RealInfluxDb.password,
    }

    def __init__(self, folder: Path) -> None:
        """Start nothing yet."""
        self._server = RealInfluxDb(folder)

    @property
    def url(self) -> str:
        """Return where it listens."""
        return self._server.url

    def values(self, target: Target, points: Iterable[Point]) -> Values:
        """Return what it is to have of points."""
        return tagged_values(points)

    async def start(self) -> None:
        """Start it."""
        await self._server.start()

    async def stop(self) -> None:
        """Let it end by itself."""
        self._server.stop()

    async def kill(self) -> None:
        """End it at once."""
        self._server.kill()

    async def samples(self) -> Samples:
        """Return all that it shows."""
        return await queries.influxdb1(self._server)

    async def hidden(self) -> int:
        """Return 0: the newer point replaces the older one."""
        return 0


class StandIn:
    """A stand-in of a database; it keeps what it was sent when it is killed."""

    def __init__(self, server: DatabaseServer, access: Mapping[str, str]) -> None:
        """Listen nowhere yet."""
        self._server = server
        self.access = access
        self._port = free_port()
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """Return where it listens."""
        return f"http://{ADDRESS}:{self._port}"

    def values(self, target: Target, points: Iterable[Point]) -> Values:
        """Return what it is to have of points."""
        return tagged_values(points)

    async def start(self) -> None:
        """Listen."""
        self._runner = web.AppRunner(
            self._server.app(), access_log=None, shutdown_timeout=_SHUTDOWN_S
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, ADDRESS, self._port).start()

    async def stop(self) -> None:
        """Listen no more."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def kill(self) -> None:
        """Listen no more."""
        await self.stop()

    async def samples(self) -> Samples:
        """Return all that it has."""
        found: Samples = {}
        for identity, fields in self._server.store.points.items():
            for name, value in fields.items():
                key = (f"{identity.measurement}_{name}", frozenset(identity.tags))
                found.setdefault(key, []).append((identity.time_ms, value))
        return found

    async def hidden(self) -> int:
        """Return 0: the newer point replaces the older one."""
        return 0


class StandInEmoncms(StandIn):
    """The stand-in of emoncms, which has inputs of nodes."""

    @override
    def values(self, target: Target, points: Iterable[Point]) -> Values:
        return emoncms_values(map(target.encode, points))


def _influxdb2(_: Path) -> StandIn:
    server = InfluxDb2Server
    access = {"org": server.org, "database": server.bucket, "token": server.token}
    return StandIn(server(), access)


def _influxdb3(_: Path) -> StandIn:
    server = InfluxDb3Server
    return StandIn(server(), {"database": server.database, "token": server.token})


def _emoncms(_: Path) -> StandIn:
    return StandInEmoncms(EmoncmsServer(), {"token": EmoncmsServer.write_key})


DATABASES: Final[Mapping[TargetKind, Callable[[Path], Database]]] = {
    TargetKind.VICTORIA_METRICS: RealVictoria,
    TargetKind.INFLUXDB1: RealInflux,
    TargetKind.INFLUXDB2: _influxdb2,
    TargetKind.INFLUXDB3: _influxdb3,
    TargetKind.EMONCMS: _emoncms,
}

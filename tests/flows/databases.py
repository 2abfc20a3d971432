"""InfluxDB 1 and VictoriaMetrics, for machines that have no package of them."""

from base64 import b64encode
from typing import Any, override

from aiohttp import web

from simulator.databases.line_protocol import parse
from simulator.databases.server import DatabaseServer

USERNAME = "anna"
PASSWORD = "correct horse "
TOKEN = "a-token-for-vmauth"


class InfluxDb1Server(DatabaseServer):
    """InfluxDB 1 with one database.

    Attributes:
        demands_sign_in: Whether it was started with authentication.
        password: That of its only user.
    """

    database = "energy"

    def __init__(self) -> None:
        """Prepare an empty database."""
        super().__init__()
        self.demands_sign_in = True
        self.password = PASSWORD

    @override
    def routes(self) -> list[web.RouteDef]:
        return [web.post("/write", self._write)]

    @override
    def error(self, status: int, reason: str = "") -> web.Response:
        return web.json_response({"error": reason or "an error"}, status=status)

    async def _write(self, request: web.Request) -> web.Response:
        sign_in = _basic(USERNAME, self.password)
        if self.demands_sign_in and request.headers.get("Authorization") != sign_in:
            return self.error(401, "authorization failed")
        database = request.query["db"]
        if database != self.database:
            return self.error(404, f'database not found: "{database}"')
        return await _stored(self, request)


class VictoriaMetricsServer(DatabaseServer):
    """A single node of VictoriaMetrics, or a cluster, perhaps behind vmauth.

    Attributes:
        authorization: The header that vmauth demands; None without it.
        interval: Of the flag that drops duplicates; None if it is not shown.
        tenant: Which of a cluster takes points; None for a single node.
    """

    def __init__(self) -> None:
        """Prepare an empty single node without vmauth."""
        super().__init__()
        self.authorization: str | None = None
        self.interval: str | None = "1ms"
        self.tenant: str | None = None

    @override
    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/flags", self._flags),
            web.post("/write", self._write),
            web.post("/insert/{tenant}/influx/write", self._write),
        ]

    @override
    def error(self, status: int, reason: str = "") -> web.Response:
        return web.Response(status=status, text=reason or "an error")

    async def _write(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != self.authorization:
            return self.error(401, "missing auth header or wrong credentials")
        if request.match_info.get("tenant") != self.tenant:
            return self.error(404, "unsupported path")
        return await _stored(self, request)

    async def _flags(self, request: web.Request) -> web.Response:
        if self.interval is None:
            raise web.HTTPNotFound
        return web.Response(text=f'-dedup.minScrapeInterval="{self.interval}"\n')

    def demand_user(self) -> None:
        """Let vmauth demand user name and password."""
        self.authorization = _basic(USERNAME, PASSWORD)

    def demand_token(self, token: str = TOKEN) -> None:
        """Let vmauth demand a token."""
        self.authorization = f"Bearer {token}"


def tags_in(server: Any) -> list[dict[str, str]]:
    """Return the tags of all points in a database, in the order of their arrival."""
    return [dict(identity.tags) for identity in server.store.points]


async def _stored(server: DatabaseServer, request: web.Request) -> web.Response:
    for text in (await request.text()).splitlines():
        server.store.write(*parse(text))
    return web.Response(status=204)


def _basic(username: str, password: str) -> str:
    return f"Basic {b64encode(f'{username}:{password}'.encode()).decode()}"

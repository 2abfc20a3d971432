"""InfluxDB 3: its write endpoint, as strict as the real one and in places stricter.

Answers: https://docs.influxdata.com/influxdb3/core/write-data/http-api/v3-write-lp/
"""

from http import HTTPStatus
from typing import Final, override

from aiohttp import web

from .line_protocol import LineError, parse
from .server import DatabaseServer

_QUERY: Final = {
    "precision": "millisecond",
    "accept_partial": "true",
    "no_sync": "false",
}


class InfluxDb3Server(DatabaseServer):
    """A server with one token, which may write to one database."""

    database: Final = "heat pump"
    token: Final = "apiv3_a-token-of-influxdb-3"

    @override
    def routes(self) -> list[web.RouteDef]:
        return [web.post("/api/v3/write_lp", self._write)]

    @override
    def error(self, status: int, reason: str = "") -> web.Response:
        text = reason or HTTPStatus(status).phrase
        return web.json_response({"error": text, "data": None}, status=status)

    async def _write(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            return self.error(401, "the request was not authenticated")
        query = dict(request.query)
        if (database := query.pop("db", None)) is None:
            return self.error(400, "missing field `db`")
        if database != self.database:
            return self.error(404, f"the database {database} was not found")
        if query != _QUERY:
            return self.error(400, f"unexpected query: {query}")
        errors = []
        for number, text in enumerate((await request.text()).splitlines(), 1):
            if reason := self._store(text):
                errors.append(
                    {
                        "original_line": text,
                        "line_number": number,
                        "error_message": reason,
                    }
                )
        if not errors:
            return web.Response(status=HTTPStatus.NO_CONTENT)
        content = {"error": "partial write of line protocol occurred", "data": errors}
        return web.json_response(content, status=HTTPStatus.BAD_REQUEST)

    def _store(self, text: str) -> str:
        """Store the point of a line, or return why it is not."""
        try:
            identity, fields = parse(text)
        except LineError as err:
            return f"could not parse line protocol: {err}"
        conflict = self.store.conflict(identity.measurement, fields)
        if conflict is not None:
            return f"invalid column type for column '{conflict}'"
        self.store.write(identity, fields)
        return ""

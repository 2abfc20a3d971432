"""InfluxDB 2: its write endpoint, as strict as the real one and in places stricter.

Answers: https://docs.influxdata.com/influxdb/v2/api/#operation/PostWrite
"""

from http import HTTPStatus
from typing import Final, override

from aiohttp import web

from .line_protocol import LineError, parse
from .server import DatabaseServer

_CODES: Final = {
    400: "invalid",
    401: "unauthorized",
    404: "not found",
    413: "request too large",
    422: "unprocessable entity",
    429: "too many requests",
    500: "internal error",
    503: "unavailable",
}
_MESSAGES: Final = {
    401: "unauthorized access",
    413: "cannot read data: points batch is too large",
    429: "org 0123456789abcdef has exceeded limited_write plan limit",
    503: "service unavailable",
}


class InfluxDb2Server(DatabaseServer):
    """A server with one organisation, bucket and token.

    Attributes:
        oldest_ms: Points before it are dropped, as by the bucket's retention.
    """

    org: Final = "the house"
    bucket: Final = "heat & power"
    token: Final = "a-token-of-influxdb-2=="

    def __init__(self) -> None:
        """Prepare an empty bucket."""
        super().__init__()
        self.oldest_ms: int | None = None

    @override
    def routes(self) -> list[web.RouteDef]:
        return [web.post("/api/v2/write", self._write)]

    @override
    def error(self, status: int, reason: str = "") -> web.Response:
        return web.json_response(
            {
                "code": _CODES.get(status, "internal error"),
                "message": reason or _MESSAGES.get(status, "an internal error"),
            },
            status=status,
        )

    async def _write(self, request: web.Request) -> web.Response:
        if (refusal := self._refusal(request)) is not None:
            return refusal
        lines = []
        for text in (await request.text()).splitlines():
            try:
                lines.append(parse(text))
            except LineError as err:
                return self.error(400, f"unable to parse '{text}': {err}")
        reason, dropped = "", 0
        for identity, fields in lines:
            conflict = self.store.conflict(identity.measurement, fields)
            if conflict is not None:
                reason = (
                    f'field type conflict: input field "{conflict}" on measurement '
                    f'"{identity.measurement}" is another type than it already has'
                )
            elif self.oldest_ms is not None and identity.time_ms < self.oldest_ms:
                reason = reason or "points beyond retention policy"
            else:
                self.store.write(identity, fields)
                continue
            dropped += 1
        if not reason:
            return web.Response(status=HTTPStatus.NO_CONTENT)
        return self.error(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "failure writing points to database: partial write: "
            f"{reason} dropped={dropped}",
        )

    def _refusal(self, request: web.Request) -> web.Response | None:
        """Return what is wrong with a request apart from its lines."""
        query = request.query
        if request.headers.get("Authorization") != f"Token {self.token}":
            return self.error(401)
        if query.get("org") != self.org:
            return self.error(
                404, f'organization name "{query.get("org", "")}" not found'
            )
        if query.get("bucket") != self.bucket:
            return self.error(404, f'bucket "{query.get("bucket", "")}" not found')
        if query.get("precision") != "ms":
            # The others are valid there, but no writer here uses them.
            return self.error(
                400, "invalid precision; valid precision units are ns, us, ms, and s"
            )
        return None

"""Write to InfluxDB 1."""

from typing import override

import aiohttp
from yarl import URL

from .authorization import basic
from .base import TargetError
from .errors import DatabaseUnknown
from .http import Server
from .line_protocol_target import LineProtocolTarget


class InfluxDb1(LineProtocolTarget):
    """A database of InfluxDB 1."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        url: URL,
        *,
        database: str,
        username: str = "",
        password: str = "",
    ) -> None:
        """Prepare; without a user name, nobody signs in."""
        authorization = basic(username, password)
        server = Server(session, url, authorization, secrets=(password,))
        super().__init__(server, "write", {"db": database, "precision": "ms"})

    @override
    def _missing(self, reason: str) -> type[TargetError]:
        if "database not found" in reason or "retention policy not found" in reason:
            return DatabaseUnknown
        return super()._missing(reason)

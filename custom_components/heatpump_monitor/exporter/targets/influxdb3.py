"""Write to InfluxDB 3."""

import re
from typing import Final, override

import aiohttp
from yarl import URL

from .authorization import bearer
from .base import TargetError
from .errors import DatabaseUnknown
from .http import Server
from .line_protocol_target import LineProtocolTarget

_UNKNOWN: Final = re.compile(r"\b(database|db)\b", re.IGNORECASE)


class InfluxDb3(LineProtocolTarget):
    """A database of InfluxDB 3."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        url: URL,
        *,
        database: str,
        token: str = "",
    ) -> None:
        """Prepare; a server that was started without authorization needs no token."""
        server = Server(session, url, bearer(token), secrets=(token,))
        query = {
            "db": database,
            "precision": "millisecond",
            "accept_partial": "true",
            # It answers once the points are in its log on disk.
            "no_sync": "false",
        }
        super().__init__(server, "api/v3/write_lp", query)

    @override
    def _missing(self, reason: str) -> type[TargetError]:
        return DatabaseUnknown if _UNKNOWN.search(reason) else super()._missing(reason)

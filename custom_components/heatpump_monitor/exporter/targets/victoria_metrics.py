"""Write to VictoriaMetrics, a single node or a cluster."""

from http import HTTPStatus
import re
from typing import Final

import aiohttp
from yarl import URL

from .authorization import basic, bearer
from .base import TargetError
from .http import Server
from .line_protocol_target import LineProtocolTarget

_RESEND_S: Final = 60
"""Measured: what it acknowledged 2.5 s before it was killed was lost."""
_MOST_BYTES: Final = 2_000_000
_FLAG: Final = re.compile(
    r"""^(?:-|flag\{name=")dedup\.minScrapeInterval(?:", value)?="([^"]*)""",
    re.MULTILINE,
)
"""As `/flags` and `/metrics` have it."""


class VictoriaMetrics(LineProtocolTarget):
    """VictoriaMetrics; a tenant of it, if it is a cluster."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        url: URL,
        *,
        tenant: str | None = None,
        username: str = "",
        password: str = "",
        token: str = "",
    ) -> None:
        """Prepare; a token goes before a user, and neither may be needed."""
        authorization = bearer(token) or basic(username, password)
        server = Server(session, url, authorization, secrets=(password, token))
        path = "write" if tenant is None else f"insert/{tenant}/influx/write"
        super().__init__(
            server, path, {"precision": "ms"}, replaces=False, resend_s=_RESEND_S
        )
        self._is_cluster = tenant is not None

    async def async_deduplicates(self) -> bool | None:
        """Return whether it drops exact duplicates and nothing else.

        None if it does not show how it was started, as a cluster or behind a proxy.
        """
        if self._is_cluster:
            return None
        try:
            interval = await async_dedup_interval(self.server)
        except TargetError:
            return None
        return None if interval is None else interval == "1ms"


async def async_dedup_interval(server: Server) -> str | None:
    """Return within which time a single node drops all points but one.

    None if the server does not say it, or is not VictoriaMetrics.
    """
    for path in ("flags", "metrics"):
        answer = await server.get(path, _MOST_BYTES)
        found = _FLAG.search(answer.text)
        if answer.status == HTTPStatus.OK and found is not None:
            return found[1]
    return None

"""Write to InfluxDB 2."""

import re
from typing import Final, override

import aiohttp
from yarl import URL

from .base import TargetError
from .errors import BucketUnknown
from .http import Server
from .line_protocol_target import LineProtocolTarget

_UNKNOWN: Final = re.compile(r"\b(bucket|organization)\b.*\bnot found\b")


class InfluxDb2(LineProtocolTarget):
    """A bucket of InfluxDB 2."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        url: URL,
        *,
        org: str,
        bucket: str,
        token: str,
    ) -> None:
        """Prepare."""
        server = Server(session, url, f"Token {token}", secrets=(token,))
        query = {"org": org, "bucket": bucket, "precision": "ms"}
        super().__init__(server, "api/v2/write", query)

    @override
    def _missing(self, reason: str) -> type[TargetError]:
        if _UNKNOWN.search(reason):
            return BucketUnknown
        return super()._missing(reason)

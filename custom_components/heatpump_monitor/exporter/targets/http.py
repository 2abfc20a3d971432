"""Ask a database over HTTP, and say why it did not answer."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
import gzip
import re
from types import SimpleNamespace
from typing import Final, Literal

import aiohttp
from yarl import URL

from .base import TargetError, TargetMisconfigured, TargetUnavailable
from .errors import ConnectionRefused, HostUnknown, TimedOut, TlsFailed, UrlInvalid
from .local_network import local_addresses

_TIMEOUT: Final = aiohttp.ClientTimeout(total=60, connect=10)
_MOST_BYTES: Final = 64_000
"""Of an answer that are read."""
_MOST_CHARACTERS: Final = 300
"""Of a text in an error."""
_WORTH_PACKING: Final = 1_000
_LARGE: Final = 50_000
"""Bytes that take longer than a millisecond to pack."""
_HTML: Final = re.compile(r"\s*<(!doctype|html|head|body)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a server sent."""

    status: int
    """The HTTP status."""
    text: str
    """Perhaps cut off, and perhaps with a secret that the server repeats."""
    retry_after_s: float | None = None
    """How long it asks to wait."""
    location: str = ""
    """Where it redirects to."""

    @property
    def is_html(self) -> bool:
        """Return whether it is a page, which no database sends."""
        return _HTML.match(self.text) is not None


def counting() -> aiohttp.TraceConfig:
    """Return what lets a session count the connections that each server needs."""

    async def count(
        _: aiohttp.ClientSession, context: SimpleNamespace, __: object
    ) -> None:
        if isinstance(server := context.trace_request_ctx, Server):
            server.connections += 1

    trace = aiohttp.TraceConfig()
    trace.on_connection_create_end.append(count)
    return trace


class Server:
    """A server at a URL, with what it demands as authorization."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        url: URL,
        authorization: str | None,
        *,
        secrets: Sequence[str],
    ) -> None:
        """Prepare; the secrets never appear in the text of an error."""
        self.url = url
        self.connections = 0
        """How many were opened, if the session counts them."""
        self._session = session
        self._headers = {"Authorization": authorization} if authorization else {}
        # A user and password are in the header in another form.
        every = {*secrets, *(authorization or "").split()[1:]} - {""}
        self._secrets = sorted(every, key=len, reverse=True)

    async def post(
        self,
        path: str,
        query: Mapping[str, str],
        body: bytes,
        content_type: str,
        *,
        packed: bool = False,
    ) -> Answer:
        """Send a body and return the answer, or raise a `TargetError`."""
        headers = {"Content-Type": content_type}
        if packed and len(body) >= _WORTH_PACKING:
            headers["Content-Encoding"] = "gzip"
            body = await _packed(body)
        return await self._ask("POST", path, query, headers, body, _MOST_BYTES)

    async def get(self, path: str, most_bytes: int = _MOST_BYTES) -> Answer:
        """Return the answer to a question, or raise a `TargetError`."""
        return await self._ask("GET", path, {}, {}, None, most_bytes)

    def placeholders(self, detail: str) -> Mapping[str, str]:
        """Return what the texts of errors name."""
        return {"host": self.url.host or "", "detail": detail}

    def shortened(self, text: str) -> str:
        """Return a text in one line and without secrets, as errors name it."""
        for secret in self._secrets:
            text = text.replace(secret, "…")
        text = " ".join(text.split())
        if len(text) <= _MOST_CHARACTERS:
            return text
        return text[: _MOST_CHARACTERS - 1] + "…"

    async def _ask(
        self,
        method: Literal["GET", "POST"],
        path: str,
        query: Mapping[str, str],
        headers: Mapping[str, str],
        body: bytes | None,
        most_bytes: int,
    ) -> Answer:
        """Ask at the one address after the other, until one can be connected to."""
        url = self.url.joinpath(path).with_query(query)
        hosts = [url.host or ""]
        if url.scheme == "http":
            # The host stays in the header only: what its name means at the moment of
            # the connection can be neither another address nor a public one.
            headers = {**headers, "Host": url.host_port_subcomponent or ""}
            hosts = await local_addresses(hosts[0])
        for left, host in reversed(list(enumerate(reversed(hosts)))):
            try:
                async with self._session.request(
                    method,
                    url.with_host(host),
                    headers={**self._headers, **headers},
                    data=body,
                    allow_redirects=False,
                    timeout=_TIMEOUT,
                    trace_request_ctx=self,
                ) as response:
                    return await _answer_of(response, most_bytes)
            except aiohttp.ClientConnectorError as err:
                if not left:
                    raise self._failure_of(err) from err
            except (aiohttp.ClientError, OSError, ValueError) as err:
                raise self._failure_of(err) from err
        raise AssertionError("there is at least one host")

    def _failure_of(self, err: Exception) -> TargetError:
        kind = _kind_of(err)
        detail = self.shortened(_problem_of(err))
        return kind(detail, placeholders=self.placeholders(detail))


def server_url(text: str) -> URL:
    """Return the URL of a server, always in the same form.

    The path stays, as a reverse proxy may have the server behind one.

    Raises:
        UrlInvalid: It is none, or it contains a user, a query or a fragment.
    """
    try:
        url = URL(text.strip())
        port = url.explicit_port
    except ValueError:
        raise UrlInvalid from None
    is_plain = not (url.user or url.password or url.query_string or url.fragment)
    if url.scheme not in ("http", "https") or not url.host or not is_plain:
        raise UrlInvalid
    return URL.build(
        scheme=url.scheme, host=url.host, port=port, path=url.path.rstrip("/")
    )


async def _answer_of(response: aiohttp.ClientResponse, most_bytes: int) -> Answer:
    body = b""
    while len(body) < most_bytes and (chunk := await response.content.readany()):
        body += chunk
    headers = response.headers
    return Answer(
        status=response.status,
        text=body[:most_bytes].decode(errors="replace"),
        retry_after_s=_retry_after_s(headers.get("Retry-After"), headers.get("Date")),
        location=headers.get("Location", ""),
    )


async def _packed(body: bytes) -> bytes:
    if len(body) < _LARGE:
        return _gzip(body)
    return await asyncio.to_thread(_gzip, body)


def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=6, mtime=0)


def _kind_of(err: Exception) -> type[TargetError]:
    match err:
        case aiohttp.ClientConnectorDNSError():
            return HostUnknown
        case aiohttp.ClientSSLError():
            return TlsFailed
        case aiohttp.ClientConnectorError(os_error=ConnectionRefusedError()):
            return ConnectionRefused
        case TimeoutError():
            return TimedOut
        case ValueError():
            return TargetMisconfigured
    return TargetUnavailable


def _problem_of(err: Exception) -> str:
    match err:
        case aiohttp.ClientConnectorCertificateError(certificate_error=problem):
            return getattr(problem, "verify_message", "") or str(problem)
        case aiohttp.ClientConnectorError(os_error=problem):
            return problem.strerror or str(problem)
    return str(err) or type(err).__name__


def _retry_after_s(wait: str | None, date: str | None) -> float | None:
    """Return for how long a server asks to wait, given in seconds or as a date."""
    if wait is None:
        return None
    if wait.strip().isdecimal():
        return float(wait)
    until = _date(wait)
    # By the clock of the server, which may differ from this one.
    now = _date(date or "") or datetime.now(UTC)
    return max(0.0, (until - now).total_seconds()) if until else None


def _date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)

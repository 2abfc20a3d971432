"""A proxy in front of a database that makes faults by order."""

import asyncio
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

import aiohttp
from aiohttp import web
from yarl import URL

ADDRESS: Final = "127.0.0.1"
_MOST_BYTES: Final = 1_000_000_000
_SLOW_S: Final = 0.3
_UNAVAILABLE: Final = 503
_SHUTDOWN_S: Final = 0.1


class Fault(StrEnum):
    """What is done to a request."""

    UNAVAILABLE = "503"
    TOO_MANY = "429"
    """With `Retry-After`."""
    UNAUTHORIZED = "401"
    SLOW = "slow"
    """It is answered late."""
    NO_ANSWER = "half-open"
    """It reaches the database, but the client waits for ever."""
    NOT_READ = "not read"
    """It does not reach the database, and the client waits for ever."""
    LOST_ANSWER = "answer lost"
    """It reaches the database, then the connection breaks."""
    CUT = "cut"
    """The connection breaks before it reaches the database."""


STATUSES: Final = (Fault.UNAVAILABLE, Fault.TOO_MANY, Fault.UNAUTHORIZED)
SILENCES: Final = (Fault.NO_ANSWER, Fault.NOT_READ)
"""After these a client has to wait for its own timeout."""
_RETRY_AFTER: Final = {Fault.TOO_MANY: {"Retry-After": "2"}}


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    body: bytes
    content_type: str


class FaultyProxy:
    """Passes requests on to a database, one fault for each as long as some are left.

    Attributes:
        done: How often each fault was made.
        requests: How many requests came.
        bytes: How long their bodies were.
    """

    def __init__(self, upstream: URL) -> None:
        """Listen nowhere yet."""
        self._upstream = upstream
        self._faults: deque[Fault] = deque()
        self._over = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self._session: aiohttp.ClientSession | None = None
        self.done: Counter[Fault] = Counter()
        self.requests = 0
        self.bytes = 0

    async def __aenter__(self) -> Self:
        """Listen on a free port."""
        self._session = aiohttp.ClientSession()
        app = web.Application(client_max_size=_MOST_BYTES)
        app.router.add_route("*", "/{path:.*}", self._handle)
        # Compressed bodies are passed on as they are.
        self._runner = web.AppRunner(
            app,
            access_log=None,
            shutdown_timeout=_SHUTDOWN_S,
            auto_decompress=False,
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, ADDRESS, 0).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop listening."""
        self._over.set()
        assert self._runner is not None
        assert self._session is not None
        await self._runner.cleanup()
        await self._session.close()

    @property
    def url(self) -> URL:
        """Return where it listens."""
        assert self._runner is not None
        return URL.build(scheme="http", host=ADDRESS, port=self._runner.addresses[0][1])

    @property
    def pending(self) -> int:
        """Return how many faults are still to be made."""
        return len(self._faults)

    def order(self, faults: Iterable[Fault]) -> None:
        """Make these faults, one for each of the next requests."""
        self._faults.extend(faults)

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        self.requests += 1
        self.bytes += len(body)
        fault = self._faults.popleft() if self._faults else None
        if fault is not None:
            self.done[fault] += 1
        if fault in STATUSES:
            headers = _RETRY_AFTER.get(fault)
            return web.Response(status=int(fault), headers=headers)
        if fault is Fault.NOT_READ:
            await self._over.wait()
        if fault is Fault.CUT:
            return _broken(request)
        try:
            answer = await self._passed_on(request, body)
        except aiohttp.ClientError, OSError:
            return _broken(request)
        if fault is Fault.SLOW:
            await asyncio.sleep(_SLOW_S)
        if fault is Fault.NO_ANSWER:
            await self._over.wait()
        if fault is Fault.LOST_ANSWER:
            return _broken(request)
        return web.Response(
            status=answer.status, body=answer.body, content_type=answer.content_type
        )

    async def _passed_on(self, request: web.Request, body: bytes) -> _Answer:
        assert self._session is not None
        headers = {
            name: value
            for name, value in request.headers.items()
            if name.lower() not in {"host", "content-length", "transfer-encoding"}
        }
        url = self._upstream.join(request.rel_url)
        async with self._session.request(
            request.method, url, data=body, headers=headers
        ) as response:
            return _Answer(
                response.status, await response.read(), response.content_type
            )


def _broken(request: web.Request) -> web.StreamResponse:
    """Break the connection; the answer is never seen."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=_UNAVAILABLE)

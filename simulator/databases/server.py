"""What the databases have in common: faults, and who asked for what."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from aiohttp import web

from ..faults import hang
from .faults import DatabaseFaults
from .store import PointStore

type Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_MOST_BYTES: Final = 100_000_000
_PAGE: Final = "<!DOCTYPE html><html><body><h1>Welcome to our hotel</h1></body></html>"


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A request, as it arrived."""

    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    size_bytes: int
    """Of its body, unpacked."""


class DatabaseServer:
    """A server with a store and faults.

    Attributes:
        faults: What goes wrong now.
        store: What was written.
        asked: All requests.
    """

    def __init__(self) -> None:
        """Prepare an empty database without faults."""
        self.faults = DatabaseFaults()
        self.store = PointStore()
        self.asked: list[Asked] = []

    def app(self) -> web.Application:
        """Return the web application."""
        app = web.Application(middlewares=[self._spoil], client_max_size=_MOST_BYTES)
        app.add_routes(self.routes())
        return app

    def routes(self) -> list[web.RouteDef]:
        """Return what is answered."""
        raise NotImplementedError

    def error(self, status: int, reason: str = "") -> web.Response:
        """Return an error in the form of the real server."""
        raise NotImplementedError

    @web.middleware
    async def _spoil(
        self, request: web.Request, handler: Handler
    ) -> web.StreamResponse:
        """Let the faults have their way with a request."""
        faults = self.faults
        body = await request.read()
        self.asked.append(
            Asked(
                path=request.path,
                query=dict(request.query),
                headers=dict(request.headers),
                size_bytes=len(body),
            )
        )
        if faults.cut:
            await _cut(request)
        if faults.half_open:
            await hang()
        await asyncio.sleep(faults.slow_s)
        if (fault := self._fault(len(body))) is not None:
            return fault
        response = await handler(request)
        if faults.lost_answer:
            await _cut(request)
        return response

    def _fault(self, size_bytes: int) -> web.Response | None:
        """Return what is answered in place of the database."""
        faults = self.faults
        if faults.redirect:
            return web.Response(
                status=HTTPStatus.TEMPORARY_REDIRECT,
                headers={"Location": faults.redirect},
            )
        if faults.page:
            return web.Response(text=_PAGE, content_type="text/html")
        response = None
        if faults.status:
            response = self.error(faults.status)
        elif 0 < faults.most_bytes < size_bytes:
            response = self.error(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if response is not None and faults.retry_after:
            response.headers["Retry-After"] = faults.retry_after
        return response


async def _cut(request: web.Request) -> None:
    """Cut a connection."""
    if request.transport is not None:
        request.transport.abort()
    await hang()

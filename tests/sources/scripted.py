"""A server that plays a script: these answers, in this order."""

import asyncio
from collections import deque
from dataclasses import dataclass, field

from aiohttp import web


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One answer."""

    status: int = 200
    json: object = None
    html: str | None = None
    content_type: str = "text/html"
    """Of the `html`, which then need be none."""
    headers: dict[str, str] = field(default_factory=dict)
    delay_s: float = 0
    cut_off: bool = False
    """End the connection in the middle of the answer."""


@dataclass(frozen=True)
class Asked:
    """One question that was asked."""

    method: str
    path: str
    headers: dict[str, str]
    form: dict[str, str]


class Script:
    """What the server answers, and what it was asked."""

    def __init__(self) -> None:
        """Begin with nothing to say."""
        self.host = ""
        self.replies: deque[Reply] = deque()
        self.asked: list[Asked] = []

    def app(self) -> web.Application:
        """Return the web application."""
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._play)
        return app

    def answer(self, *replies: Reply) -> None:
        """Add to what will be answered."""
        self.replies.extend(replies)

    async def _play(self, request: web.Request) -> web.StreamResponse:
        form = {key: str(value) for key, value in (await request.post()).items()}
        self.asked.append(
            Asked(request.method, request.path_qs, dict(request.headers), form)
        )
        reply = self.replies.popleft()
        await asyncio.sleep(reply.delay_s)
        if reply.cut_off:
            return await _cut_off(request)
        if reply.html is not None:
            return web.Response(
                status=reply.status,
                text=reply.html,
                content_type=reply.content_type,
                headers=reply.headers,
            )
        return web.json_response(reply.json, status=reply.status, headers=reply.headers)


async def _cut_off(request: web.Request) -> web.StreamResponse:
    """Promise more than is sent."""
    response = web.StreamResponse(headers={"Content-Length": "100"})
    await response.prepare(request)
    await response.write(b"{")
    if request.transport is not None:
        request.transport.close()
    return response

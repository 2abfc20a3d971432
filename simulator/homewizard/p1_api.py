"""The local API of a P1 dongle: requests, and the websockets that are open."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
import json
from typing import Final

from aiohttp import web

from ..faults import hang
from .p1_board import API_VERSION, Board
from .p1_socket import Socket
from .p1_users import RefusedUserError, Users

type Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_MAJOR: Final = API_VERSION.partition(".")[0]
_RETRY_AFTER_S: Final = "30"
_GARBAGE: Final = "<html><body><h1>It works!</h1></body></html>"


class Api:
    """Answers requests, and sends measurements to who has subscribed.

    Attributes:
        requests: How often each path was asked for.
        sockets: The open websockets, dead ones as well.
    """

    def __init__(
        self, board: Board, users: Users, *, reboot: Callable[[], None]
    ) -> None:
        """Tell what a board knows to who has a token."""
        self.requests: Counter[str] = Counter()
        self.sockets: set[Socket] = set()
        self._board = board
        self._users = users
        self._reboot = reboot

    def app(self) -> web.Application:
        """Return the web application of the API v2."""
        app = web.Application(middlewares=[self._spoil, self._guard])
        app.add_routes(
            [
                web.get("/api", self._device),
                web.get("/api/measurement", self._measurement),
                web.get("/api/telegram", self._telegram),
                web.get("/api/system", self._system),
                web.put("/api/system", self._adjust),
                web.put("/api/system/identify", self._identify),
                web.put("/api/system/reboot", self._restart),
                web.get("/api/user", self._list_users),
                web.post("/api/user", self._create_user),
                web.delete("/api/user", self._delete_user),
                web.get("/api/ws", self._open_socket),
            ]
        )
        return app

    def app_v1(self) -> web.Application:
        """Return the web application of a firmware that has the API v1 only."""
        app = web.Application(middlewares=[self._spoil, self._guard_v1])
        app.add_routes(
            [
                web.get("/api", self._device_v1),
                web.get("/api/v1/data", self._data_v1),
            ]
        )
        return app

    async def push(self) -> None:
        """Send the newest measurement to who has subscribed, once."""
        for socket in [
            each for each in self.sockets if each.is_late(self._board.now_s)
        ]:
            socket.cut()
        for socket in list(self.sockets):
            if self._board.faults.garbage:
                await socket.send_text(_GARBAGE)
            else:
                await socket.publish("measurement")

    def silence(self) -> None:
        """Let all websockets of now fall silent, without an end."""
        for socket in self.sockets:
            socket.is_dead = True

    def cut_strangers(self) -> None:
        """End the websockets whose token is no longer valid."""
        for socket in list(self.sockets):
            if socket.token is not None and socket.user is None:
                socket.cut()

    @web.middleware
    async def _spoil(
        self, request: web.Request, handler: Handler
    ) -> web.StreamResponse:
        """Let the faults have their way with a request."""
        faults = self._board.faults
        is_cut = faults.unreachable or self._board.is_booting
        if is_cut and request.transport is not None:
            request.transport.abort()
        if faults.timeout or is_cut:
            await hang()
        self.requests[request.path] += 1
        if (failure := self._failure(request)) is not None:
            return failure
        answer = await handler(request)
        if faults.cut_answers and isinstance(answer, web.Response):
            whole = answer.text or ""
            answer.text = whole[: len(whole) // 2]
        return answer

    def _failure(self, request: web.Request) -> web.Response | None:
        """Return what is answered instead, if a fault says so."""
        faults = self._board.faults
        if faults.server_error:
            return _error(500, "request:internal-server-error")
        if faults.unavailable:
            return _error(503, "request:internal-server-error")
        if faults.too_many_requests:
            response = _error(429, "request:too-many-requests")
            response.headers["Retry-After"] = _RETRY_AFTER_S
            return response
        if faults.garbage:
            return web.Response(text=_GARBAGE, content_type="text/html")
        if faults.no_websocket and request.path == "/api/ws":
            return _error(404, "request:not-found")
        return None

    @web.middleware
    async def _guard(
        self, request: web.Request, handler: Handler
    ) -> web.StreamResponse:
        """Refuse another major version and unknown tokens; name the version."""
        refusal = self._refusal(request)
        answer = await handler(request) if refusal is None else refusal
        if not answer.prepared:
            answer.headers["X-Api-Version"] = API_VERSION
        return answer

    @web.middleware
    async def _guard_v1(
        self, request: web.Request, handler: Handler
    ) -> web.StreamResponse:
        """Refuse all while the owner has not switched on the API v1."""
        if not self._board.faults.api_disabled:
            return await handler(request)
        error = {"id": 202, "description": "API not enabled"}
        return web.json_response({"error": error}, status=403)

    def _refusal(self, request: web.Request) -> web.Response | None:
        if request.headers.get("X-Api-Version", _MAJOR) != _MAJOR:
            return _error(400, "request:api-version-not-supported")
        is_open = (request.method, request.path) in {
            ("POST", "/api/user"),
            ("GET", "/api/ws"),
        }
        if is_open or self._user_of(request) is not None:
            return None
        return _error(401, "user:unauthorized")

    def _user_of(self, request: web.Request) -> str | None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        return self._users.name_of(token) if scheme == "Bearer" else None

    async def _device(self, _: web.Request) -> web.Response:
        return web.json_response(self._board.device())

    async def _device_v1(self, _: web.Request) -> web.Response:
        return web.json_response(self._board.device_v1())

    async def _measurement(self, _: web.Request) -> web.Response:
        return web.json_response(self._board.measurement())

    async def _data_v1(self, _: web.Request) -> web.Response:
        return web.json_response(self._board.data_v1())

    async def _telegram(self, _: web.Request) -> web.Response:
        telegram = self._board.telegram()
        if telegram is None:
            return web.Response(status=503, text="telegram:no-telegram-received")
        return web.Response(text=telegram)

    async def _system(self, _: web.Request) -> web.Response:
        return web.json_response(self._board.system())

    async def _adjust(self, request: web.Request) -> web.Response:
        body = await _body(request)
        if body is None:
            return _error(400, "request:invalid-json")
        if (error := self._board.adjust(body)) is not None:
            return _error(400, error)
        for socket in list(self.sockets):
            await socket.publish("system")
        return web.json_response(self._board.system())

    async def _identify(self, _: web.Request) -> web.Response:
        return web.Response(status=204)

    async def _restart(self, _: web.Request) -> web.Response:
        asyncio.get_running_loop().call_soon(self._reboot)
        return web.Response(status=204)

    async def _list_users(self, request: web.Request) -> web.Response:
        return web.json_response(self._users.listed(self._user_of(request) or ""))

    async def _create_user(self, request: web.Request) -> web.Response:
        body = await _body(request)
        if body is None:
            return _error(400, "request:invalid-json")
        name = body.get("name")
        try:
            token = self._users.create(name, self._board.now_s)
        except RefusedUserError as refusal:
            return _error(refusal.status, refusal.error)
        self.cut_strangers()
        return web.json_response({"token": token, "name": name})

    async def _delete_user(self, request: web.Request) -> web.Response:
        body = await _body(request)
        if body is None:
            return _error(400, "request:invalid-json")
        name = body.get("name", self._user_of(request))
        try:
            self._users.delete(str(name))
        except RefusedUserError as refusal:
            return _error(refusal.status, refusal.error)
        self.cut_strangers()
        return web.Response(status=204)

    async def _open_socket(self, request: web.Request) -> web.StreamResponse:
        board = self._board
        socket = Socket(
            request,
            users=self._users,
            topics={
                "device": lambda _: board.device(),
                "measurement": lambda _: board.measurement(),
                "system": lambda _: board.system(),
                "user": self._users.listed,
            },
            api_version=API_VERSION,
            now_s=board.now_s,
        )
        self.sockets.add(socket)
        try:
            return await socket.serve()
        finally:
            self.sockets.discard(socket)


async def _body(request: web.Request) -> dict[str, object] | None:
    """Return the JSON object that a request carries; empty without a body."""
    try:
        body = json.loads(await request.text() or "{}")
    except ValueError:
        return None
    if body is None:
        return {}
    return body if isinstance(body, dict) else None


def _error(status: int, error: str) -> web.Response:
    return web.json_response({"error": error}, status=status)

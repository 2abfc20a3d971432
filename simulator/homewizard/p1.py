"""A HomeWizard P1 Meter, the dongle on the smart meter: its local API v2, by HTTPS."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
import json
import math
from pathlib import Path
import ssl
from typing import Final

from aiohttp import web

from ..clock import Clock, RealClock
from ..faults import hang
from . import p1_fields
from .p1_certificates import Certificate, KeyPair, authority_in, temporary_directory
from .p1_fields import P1Fields, Reply
from .p1_meter import SmartMeter
from .p1_socket import Socket
from .p1_users import RefusedUserError, Users

type Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

ADDRESS: Final = "127.0.0.1"
SERIAL: Final = "5c2faf0b0001"
_ANOTHER_SERIAL: Final = "5c2faf0b00ff"
_API_VERSION: Final = "2.2.0"
_MAJOR: Final = "2"
_SHUTDOWN_S: Final = 0.1
_RETRY_AFTER_S: Final = "30"
_GARBAGE: Final = "<html><body><h1>It works!</h1></body></html>"

# After a restart it connects to Wi-Fi first, and then waits for a telegram.
_BOOT_S: Final = 20.0
_FIRST_TELEGRAM_S: Final = 5.0


@dataclass(kw_only=True, slots=True)
class P1Faults:
    """What can go wrong with a P1 dongle, each switched by an attribute."""

    timeout: bool = False
    """Requests are taken and never answered; websockets fall silent."""
    unreachable: bool = False
    """Connections are cut without an answer."""
    server_error: bool = False
    """500 with the JSON body of an error."""
    unavailable: bool = False
    """503 with the JSON body of an error."""
    too_many_requests: bool = False
    """429 with a Retry-After of half a minute."""
    garbage: bool = False
    """200 with what is not JSON; on a websocket as well."""
    cut_answers: bool = False
    """Answers end in the middle."""
    no_telegram: bool = False
    """The cable to the smart meter is unplugged: measurements have no field."""
    frozen: bool = False
    """The smart meter has stopped sending: the last telegram is all there is."""
    null_month_peak: bool = False
    """Peak and time of the month are null instead of left out."""


class P1:
    """A P1 dongle in front of a smart meter.

    Attributes:
        faults: What goes wrong now.
        requests: How often each path was asked for.
        meter: The smart meter behind it.
        reply: How much the smart meter says.
        host: Where it listens, "address:port", once it does.
    """

    def __init__(
        self, meter: SmartMeter, *, clock: Clock, directory: Path | None = None
    ) -> None:
        """Plug a dongle into a smart meter.

        Args:
            meter: The smart meter.
            clock: What it takes for the time.
            directory: Where certificates and users are kept from run to run.
        """
        self.faults = P1Faults()
        self.requests: Counter[str] = Counter()
        self.meter = meter
        self.reply = Reply.FULL
        self.host = ""
        self._clock = clock
        self._directory = directory
        self._users = Users(SERIAL, None if directory is None else directory / "users")
        self._certificate = Certificate.VALID
        self._is_old = False
        self._sockets: set[Socket] = set()
        self._runner: web.AppRunner | None = None
        self._pushing: asyncio.Task[None] | None = None
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._pushed: object = None
        self._last: P1Fields = {}
        self._system: dict[str, bool | int] = {
            "cloud_enabled": True,
            "status_led_brightness_pct": 100,
            "api_v1_enabled": True,
        }
        # It has run for long.
        self._booted_s = -math.inf

    @property
    def ca_file(self) -> Path:
        """Return the PEM file of the authority that issued its certificate."""
        return authority_in(self._folder).certificate_file

    @property
    def serial(self) -> str:
        """Return its serial number."""
        is_another = self._certificate is Certificate.ANOTHER_DEVICE
        return _ANOTHER_SERIAL if is_another else SERIAL

    @property
    def identifier(self) -> str:
        """Return the common name of its certificate."""
        return f"appliance/p1dongle/{self.serial}"

    @property
    def is_old(self) -> bool:
        """Return whether its firmware has the API v1 only."""
        return self._is_old

    @property
    def certificate(self) -> Certificate:
        """Return which certificate it shows."""
        return self._certificate

    def show_certificate(self, certificate: Certificate) -> None:
        """Show this certificate from now on, and end all connections."""
        self._certificate = certificate
        if self._runner is not None:
            self._load_certificate()
            self._cut_all()

    def press_button(self) -> None:
        """Press the button: the next user that is asked for is created."""
        self._users.press_button(self._clock.now())

    def revoke_tokens(self) -> None:
        """Delete all local users, as the owner can in the app."""
        self._users.revoke()
        self._cut_strangers()

    def reboot(self) -> None:
        """Restart, as with a firmware update; the users stay."""
        self._booted_s = self._clock.now()
        self._cut_all()

    def half_open(self) -> None:
        """Let all websockets of now fall silent, without an end."""
        for socket in self._sockets:
            socket.is_dead = True

    async def start(self, port: int) -> None:
        """Listen on 127.0.0.1, by HTTPS; by HTTP if its firmware is old."""
        self._load_certificate()
        runner = web.AppRunner(
            self._app(),
            access_log=None,
            handler_cancellation=True,
            shutdown_timeout=_SHUTDOWN_S,
        )
        self._runner = runner
        await runner.setup()
        tls = None if self._is_old else self._tls
        await web.TCPSite(runner, ADDRESS, port, ssl_context=tls).start()
        self.host = f"{ADDRESS}:{runner.addresses[0][1]}"
        if isinstance(self._clock, RealClock):
            self._pushing = asyncio.create_task(self._push_all_the_time())

    async def stop(self) -> None:
        """Stop listening."""
        if self._pushing is not None:
            self._pushing.cancel()
            with suppress(asyncio.CancelledError):
                await self._pushing
            self._pushing = None
        self._cut_all()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def use_old_firmware(self, *, on: bool = True) -> None:
        """Have the API v1 only, by HTTP on the same port, or be up to date again."""
        port = int(self.host.rpartition(":")[2])
        await self.stop()
        self._is_old = on
        await self.start(port)

    async def push(self) -> None:
        """Send the newest telegram to who subscribed to it, once."""
        now_s = self._clock.now()
        for socket in [each for each in self._sockets if each.is_late(now_s)]:
            socket.cut()
        if not self._sockets or self.faults.timeout or self._is_booting():
            return
        if self.faults.garbage:
            for socket in list(self._sockets):
                await socket.send_text(_GARBAGE)
            return
        newest = self._measurement()
        if newest.get("timestamp") == self._pushed:
            return
        self._pushed = newest.get("timestamp")
        for socket in list(self._sockets):
            await socket.publish("measurement")

    async def _push_all_the_time(self) -> None:
        while True:
            await asyncio.sleep(1.0 - self._clock.now() % 1.0)
            await self.push()

    @property
    def _folder(self) -> Path:
        return self._directory or Path(temporary_directory().name)

    def _load_certificate(self) -> None:
        pair = self._key_pair()
        self._tls.load_cert_chain(pair.certificate, pair.key)

    def _key_pair(self) -> KeyPair:
        folder = self._folder
        if self._certificate is Certificate.ANOTHER_AUTHORITY:
            folder /= "another"
        expired = self._certificate is Certificate.EXPIRED
        return authority_in(folder).issue(self.identifier, expired=expired)

    def _cut_all(self) -> None:
        for socket in list(self._sockets):
            socket.cut()

    def _is_booting(self) -> bool:
        return self._clock.now() < self._booted_s + _BOOT_S

    def _app(self) -> web.Application:
        app = web.Application(middlewares=[self._spoil])
        if self._is_old:
            app.add_routes(
                [
                    web.get("/api", self._device_v1),
                    web.get("/api/v1/data", self._data_v1),
                ]
            )
            return app
        app.middlewares.append(self._guard)
        app.add_routes(
            [
                web.get("/api", self._get_device),
                web.get("/api/measurement", self._get_measurement),
                web.get("/api/telegram", self._get_telegram),
                web.get("/api/system", self._get_system),
                web.put("/api/system", self._put_system),
                web.put("/api/system/identify", self._put_nothing),
                web.put("/api/system/reboot", self._put_reboot),
                web.get("/api/user", self._get_users),
                web.post("/api/user", self._post_user),
                web.delete("/api/user", self._delete_user),
                web.get("/api/ws", self._open_socket),
            ]
        )
        return app

    @web.middleware
    async def _spoil(
        self, request: web.Request, handler: Handler
    ) -> web.StreamResponse:
        """Let the faults have their way with a request."""
        is_cut = self.faults.unreachable or self._is_booting()
        if is_cut and request.transport is not None:
            request.transport.abort()
        if self.faults.timeout or is_cut:
            await hang()
        self.requests[request.path] += 1
        if self.faults.server_error:
            return _error(500, "request:internal-server-error")
        if self.faults.unavailable:
            return _error(503, "request:internal-server-error")
        if self.faults.too_many_requests:
            response = _error(429, "request:too-many-requests")
            response.headers["Retry-After"] = _RETRY_AFTER_S
            return response
        if self.faults.garbage:
            return web.Response(text=_GARBAGE, content_type="text/html")
        answer = await handler(request)
        if self.faults.cut_answers and isinstance(answer, web.Response):
            whole = answer.text or ""
            answer.text = whole[: len(whole) // 2]
        return answer

    @web.middleware
    async def _guard(
        self, request: web.Request, handler: Handler
    ) -> web.StreamResponse:
        """Refuse another major version and unknown tokens; name the version."""
        is_open = request.path == "/api/ws" or (
            request.path == "/api/user" and request.method == "POST"
        )
        if request.headers.get("X-Api-Version", _MAJOR) != _MAJOR:
            answer: web.StreamResponse = _error(
                400, "request:api-version-not-supported"
            )
        elif not is_open and self._user_of(request) is None:
            answer = _error(401, "user:unauthorized")
        else:
            answer = await handler(request)
        if not answer.prepared:
            answer.headers["X-Api-Version"] = _API_VERSION
        return answer

    def _user_of(self, request: web.Request) -> str | None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        return self._users.name_of(token) if scheme == "Bearer" else None

    async def _get_device(self, _: web.Request) -> web.Response:
        return web.json_response(self._device())

    def _device(self) -> Mapping[str, str]:
        return {
            "product_name": "P1 Meter",
            "product_type": "HWE-P1",
            "serial": self.serial,
            "firmware_version": "6.0307",
            "api_version": _API_VERSION,
        }

    async def _device_v1(self, _: web.Request) -> web.Response:
        old = {"firmware_version": "4.19", "api_version": "v1"}
        return web.json_response({**self._device(), **old})

    async def _get_measurement(self, _: web.Request) -> web.Response:
        return web.json_response(self._measurement())

    async def _data_v1(self, _: web.Request) -> web.Response:
        telegram = self.meter.telegram(self._clock.now())
        return web.json_response(p1_fields.data_v1(telegram, self.reply))

    def _measurement(self) -> P1Fields:
        """Return the newest measurement; empty until a telegram has come."""
        now_s = self._clock.now()
        if self.faults.no_telegram or now_s < (
            self._booted_s + _BOOT_S + _FIRST_TELEGRAM_S
        ):
            return {}
        if self.faults.frozen and self._last:
            return self._last
        fields = p1_fields.measurement(self.meter.telegram(now_s), self.reply)
        if self.faults.null_month_peak:
            fields = p1_fields.without_month_peak(fields)
        self._last = fields
        return fields

    async def _get_telegram(self, _: web.Request) -> web.Response:
        if not self._measurement():
            return web.Response(status=503, text="telegram:no-telegram-received")
        telegram = self.meter.telegram(self._clock.now())
        return web.Response(text=p1_fields.raw(telegram))

    async def _get_system(self, _: web.Request) -> web.Response:
        return web.json_response(self._shown_system())

    def _shown_system(self) -> Mapping[str, str | bool | int]:
        uptime_s = min(self._clock.now() - self._booted_s, 1e6)
        return {
            "wifi_ssid": "house",
            "wifi_rssi_db": -61,
            "uptime_s": int(uptime_s),
            **self._system,
        }

    async def _put_system(self, request: web.Request) -> web.Response:
        body = await _body(request)
        if body is None:
            return _error(400, "request:invalid-json")
        changes = {key: each for key, each in body.items() if key in self._system}
        if not changes:
            return _error(400, "json:no-parameters-recognized")
        for key, value in changes.items():
            if not isinstance(value, int) or not self._fits(key, value):
                return _error(400, f"json:parameter-invalid-type:{key}")
            self._system[key] = value
        for socket in list(self._sockets):
            await socket.publish("system")
        return web.json_response(self._shown_system())

    def _fits(self, key: str, value: int) -> bool:
        return type(value) is type(self._system[key]) and value in range(101)

    async def _put_nothing(self, _: web.Request) -> web.Response:
        return web.Response(status=204)

    async def _put_reboot(self, _: web.Request) -> web.Response:
        asyncio.get_running_loop().call_soon(self.reboot)
        return web.Response(status=204)

    async def _get_users(self, request: web.Request) -> web.Response:
        return web.json_response(self._users.listed(self._user_of(request) or ""))

    async def _post_user(self, request: web.Request) -> web.Response:
        body = await _body(request)
        if body is None:
            return _error(400, "request:invalid-json")
        name = body.get("name")
        try:
            token = self._users.create(name, self._clock.now())
        except RefusedUserError as refusal:
            return _error(refusal.status, refusal.error)
        self._cut_strangers()
        return web.json_response({"token": token, "name": name})

    async def _delete_user(self, request: web.Request) -> web.Response:
        body = await _body(request) or {}
        name = body.get("name", self._user_of(request))
        try:
            self._users.delete(str(name))
        except RefusedUserError as refusal:
            return _error(refusal.status, refusal.error)
        self._cut_strangers()
        return web.Response(status=204)

    def _cut_strangers(self) -> None:
        """End the websockets whose token is no longer valid."""
        for socket in list(self._sockets):
            if socket.token is not None and socket.user is None:
                socket.cut()

    async def _open_socket(self, request: web.Request) -> web.StreamResponse:
        socket = Socket(
            request,
            users=self._users,
            topics={
                "device": lambda _: self._device(),
                "measurement": lambda _: self._measurement(),
                "system": lambda _: self._shown_system(),
                "user": self._users.listed,
            },
            api_version=_API_VERSION,
            now_s=self._clock.now(),
        )
        self._sockets.add(socket)
        try:
            return await socket.serve()
        finally:
            self._sockets.discard(socket)


async def _body(request: web.Request) -> dict[str, object] | None:
    """Return the JSON object that a request carries; empty without a body."""
    text = await request.text()
    try:
        body = json.loads(text or "{}")
    except ValueError:
        return None
    if body is None:
        return {}
    return body if isinstance(body, dict) else None


def _error(status: int, error: str) -> web.Response:
    return web.json_response({"error": error}, status=status)

"""The cloud: Firebase's sign-in and Firestore's documents, as ThermoWorks uses them."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final

from aiohttp import web

from ..clock import Clock
from ..faults import hang
from . import documents
from .accounts import Account, Device
from .documents import DOCUMENTS, Json
from .faults import ThermoWorksFaults

type Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_REFERER: Final = "https://cloud.thermoworks.com/"
_JSON: Final = "application/json"
_TOKEN_LIFE_S: Final = 3600
_RETRY_AFTER_S: Final = 600
_PAGE: Final = "<html><body><h1>Welcome to our hotel</h1></body></html>"
_TOO_MANY: Final = (
    "TOO_MANY_ATTEMPTS_TRY_LATER : Access to this account has been temporarily "
    "disabled due to many failed login attempts."
)


class ThermoWorksCloud:
    """Accounts with devices behind one server, which has four hosts in reality.

    Attributes:
        faults: What goes wrong now.
        requests: How often each kind of question was asked.
        accounts: Who may sign in.
        token_life_s: For how long the next access tokens are valid.
    """

    def __init__(
        self, accounts: Iterable[Account], *, clock: Clock, pace: float = 1.0
    ) -> None:
        """Prepare.

        Args:
            accounts: Who may sign in.
            clock: What the server takes for the time.
            pace: How much faster probes send, and what they are in goes on.
        """
        self.faults = ThermoWorksFaults()
        self.requests: Counter[str] = Counter()
        self.accounts = {each.email: each for each in accounts}
        self.token_life_s = _TOKEN_LIFE_S
        self._clock = clock
        self._pace = pace
        self._start_s = clock.now()
        self._generation = 0
        self._tokens: dict[str, tuple[str, float]] = {}
        """Whose each is, by the id of the user, and when it ends."""
        self._refresh_tokens: dict[str, str] = {}
        self._sent: dict[str, tuple[float, float | None]] = {}
        """When each channel last sent, and what, by `serial_channel`."""

    def revoke_tokens(self) -> None:
        """End all access tokens handed out so far; refreshing still works."""
        self._tokens.clear()

    def change_password(self, email: str, password: str) -> None:
        """Change a password, which ends all that the old one gave."""
        self.accounts[email] = replace(self.accounts[email], password=password)
        self._tokens.clear()
        self._refresh_tokens.clear()

    def keep_devices(self, email: str, *labels: str) -> None:
        """Remove all other devices of an account."""
        account = self.accounts[email]
        kept = tuple(each for each in account.devices if each.label in labels)
        self.accounts[email] = replace(account, devices=kept)

    def change_email(self, email: str, new: str) -> None:
        """Change the e-mail address of an account."""
        self.accounts[new] = replace(self.accounts.pop(email), email=new)

    def app(self) -> web.Application:
        """Return the web application."""
        app = web.Application(middlewares=[self._spoil])
        config = "/v1alpha/projects/-/apps/{app}/webConfig"
        app.add_routes(
            [
                web.get(config, self._config),
                web.post("/v1/accounts:signInWithPassword", self._sign_in),
                web.post("/v1/token", self._refresh),
                web.get(f"/v1/{DOCUMENTS}/users/{{user}}", self._user),
                web.get(f"/v1/{DOCUMENTS}/devices/{{serial}}", self._device),
                web.get(
                    f"/v1/{DOCUMENTS}/devices/{{serial}}/channels/{{number}}",
                    self._channel,
                ),
                web.post(f"/v1/{DOCUMENTS}:runQuery", self._query),
            ]
        )
        return app

    def truth(self) -> dict[str, float | None]:
        """Return what each probe measures now, in °C or %, by `serial_channel`."""
        now_s = self._of_things(self._clock.now())
        return {
            f"{device.serial}_{number}": documents.value_of(probe, now_s)
            for account in self.accounts.values()
            for device in account.devices
            for number, probe in enumerate(device.probes, 1)
        }

    @web.middleware
    async def _spoil(
        self, request: web.Request, handler: Handler
    ) -> web.StreamResponse:
        """Let the faults have their way with a request."""
        faults = self.faults
        if faults.unreachable and request.transport is not None:
            request.transport.abort()
        if faults.timeout or faults.unreachable:
            await hang()
        await asyncio.sleep(faults.slow_s)
        self.requests[_kind(handler)] += 1
        if faults.server_error:
            return web.Response(status=503, text=_PAGE, content_type="text/html")
        if faults.rate_limit:
            wait = {"Retry-After": str(_RETRY_AFTER_S)}
            return _error(429, "RESOURCE_EXHAUSTED", headers=wait)
        if faults.garbage:
            return web.Response(text=_PAGE, content_type="text/html")
        response = await handler(request)
        if faults.cut_off and isinstance(response, web.Response):
            whole = response.text or ""
            response.text = whole[: len(whole) // 2]
        return response

    async def _config(self, request: web.Request) -> web.Response:
        headers = request.headers
        # Any key will do: the real one is in the library.
        if not (key := headers.get("x-goog-api-key")):
            return _error(400, "API key not valid. Please pass a valid API key.")
        if headers.get("referer") != _REFERER:
            return _error(403, "Requests from referer <empty> are blocked.")
        return web.json_response(
            {
                "projectId": documents.PROJECT,
                "appId": request.match_info["app"],
                "apiKey": key,
                "storageBucket": f"{documents.PROJECT}.appspot.com",
                "authDomain": f"{documents.PROJECT}.firebaseapp.com",
            }
        )

    async def _sign_in(self, request: web.Request) -> web.Response:
        if not request.query.get("key"):
            return _error(400, "API key not valid. Please pass a valid API key.")
        asked: Mapping[str, str] = await request.json()
        if (reason := self._refusal(asked)) is not None:
            return _error(400, reason, bare=self.faults.bare_refusal)
        account = self.accounts[asked["email"]]
        return web.json_response(
            {
                "kind": "identitytoolkit#VerifyPasswordResponse",
                "localId": account.user_id,
                "email": account.email,
                "displayName": account.name,
                "idToken": self._token(account),
                "registered": True,
                "refreshToken": self._refresh_token(account),
                "expiresIn": str(self.token_life_s),
            }
        )

    def _refusal(self, asked: Mapping[str, str]) -> str | None:
        faults, account = self.faults, self.accounts.get(asked.get("email", ""))
        if faults.too_many_attempts:
            return _TOO_MANY
        if faults.unknown_email:
            return "EMAIL_NOT_FOUND"
        if "@" not in asked.get("email", ""):
            return "INVALID_EMAIL"
        if faults.user_disabled:
            return "USER_DISABLED"
        is_right = account is not None and account.password == asked.get("password")
        return (
            "INVALID_LOGIN_CREDENTIALS"
            if faults.wrong_password or not is_right
            else None
        )

    async def _refresh(self, request: web.Request) -> web.Response:
        asked: Mapping[str, str] = await request.json()
        user_id = self._refresh_tokens.get(asked.get("refresh_token", ""))
        account = self._account(user_id)
        if account is None or self.faults.refresh_refused:
            return _error(400, "TOKEN_EXPIRED")
        token = self._token(account)
        return web.json_response(
            {
                "access_token": token,
                "expires_in": str(self.token_life_s),
                "token_type": "Bearer",
                "refresh_token": self._refresh_token(account),
                "id_token": token,
                "user_id": account.user_id,
                "project_id": "78998049458",
            }
        )

    def _token(self, account: Account) -> str:
        self._generation += 1
        token = f"id-{self._generation}"
        self._tokens[token] = account.user_id, self._clock.now() + self.token_life_s
        return token

    def _refresh_token(self, account: Account) -> str:
        token = f"refresh-{account.user_id}"
        self._refresh_tokens[token] = account.user_id
        return token

    def _account(self, user_id: str | None) -> Account | None:
        found = (each for each in self.accounts.values() if each.user_id == user_id)
        return next(found, None)

    def _who(self, request: web.Request) -> Account:
        """Return whose token a question has.

        Raises:
            web.HTTPException: It has none that is valid.
        """
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        user_id, ends_s = self._tokens.get(token, (None, 0.0))
        account = self._account(user_id)
        is_over = self._clock.now() >= ends_s
        if account is None or is_over or self.faults.unauthorized:
            raise web.HTTPUnauthorized(
                text=_body(401, "UNAUTHENTICATED"), content_type=_JSON
            )
        if self.faults.forbidden:
            raise web.HTTPForbidden(
                text=_body(403, "PERMISSION_DENIED"), content_type=_JSON
            )
        return account

    async def _user(self, request: web.Request) -> web.Response:
        account = self._who(request)
        if request.match_info["user"] != account.user_id:
            return _error(403, "PERMISSION_DENIED")
        now_s = self._clock.now()
        return web.json_response(documents.of_user(account, now_s, self.faults))

    async def _query(self, request: web.Request) -> web.Response:
        account = self._who(request)
        asked = await request.json()
        where = asked["structuredQuery"]["where"]["fieldFilter"]
        if where["value"]["stringValue"] != account.account_id:
            return _error(403, "PERMISSION_DENIED")
        read = {"readTime": documents.stamp(self._clock.now())}
        found = [
            {"document": self._document(account, each)} | read
            for each in sorted(account.devices, key=lambda each: each.serial)
        ]
        # Firestore answers an empty list with the time alone.
        return web.json_response(found or [read])

    async def _device(self, request: web.Request) -> web.Response:
        account = self._who(request)
        device = _find(account, request)
        if device is None:
            return _error(404, "NOT_FOUND")
        return web.json_response(self._document(account, device))

    async def _channel(self, request: web.Request) -> web.Response:
        account = self._who(request)
        device = _find(account, request)
        number = request.match_info["number"]
        if device is None or not number.isdecimal():
            return _error(404, "NOT_FOUND")
        index = int(number) - 1
        if not 0 <= index < len(device.probes):
            return _error(404, "NOT_FOUND")
        sent_s, value = self._last_sent(device, index)
        return web.json_response(
            documents.of_channel(device, index, sent_s, value, self.faults)
        )

    def _document(self, account: Account, device: Device) -> Json:
        key = device.serial
        if key not in self.faults.stale or key not in self._sent:
            self._sent[key] = self._sent_at(device), None
        sent_s, _ = self._sent[key]
        transmit_s = max(1, round(device.transmit_s / self._pace))
        return documents.of_device(account, device, sent_s, transmit_s)

    def _last_sent(self, device: Device, index: int) -> tuple[float, float | None]:
        """Return when a channel last sent, and which value."""
        key = f"{device.serial}_{index + 1}"
        is_silent = key in self.faults.unplugged or device.serial in self.faults.stale
        if not is_silent or key not in self._sent:
            sent_s = self._sent_at(device)
            of_things_s = self._of_things(sent_s)
            value = documents.value_of(device.probes[index], of_things_s)
            self._sent[key] = sent_s, value
        return self._sent[key]

    def _sent_at(self, device: Device) -> float:
        """Return when a device last sent, by the clock."""
        transmit_s = device.transmit_s / self._pace
        return self._clock.now() // transmit_s * transmit_s

    def _of_things(self, epoch_s: float) -> float:
        """Return the time of what the probes are in, which may go faster."""
        return self._start_s + (epoch_s - self._start_s) * self._pace


def _find(account: Account, request: web.Request) -> Device | None:
    serial = request.match_info["serial"]
    return next((each for each in account.devices if each.serial == serial), None)


def _kind(handler: Handler) -> str:
    return getattr(handler, "__name__", "unknown").lstrip("_")


def _body(status: int, message: str, *, bare: bool = False) -> str:
    error: Json = {"code": status, "message": message}
    if not bare:
        error["errors"] = [
            {"message": message, "domain": "global", "reason": "invalid"}
        ]
    return web.json_response({"error": error}).text or ""


def _error(
    status: int,
    message: str,
    *,
    bare: bool = False,
    headers: Mapping[str, str] | None = None,
) -> web.Response:
    return web.Response(
        status=status,
        text=_body(status, message, bare=bare),
        content_type=_JSON,
        headers=headers,
    )

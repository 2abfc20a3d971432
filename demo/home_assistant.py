"""Home Assistant as the demo's browser sees it: its HTTP and WebSocket API."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
import time
from typing import Any, TypedDict

from aiohttp import ClientError, ClientResponseError, ClientSession

from .errors import DemoError

USERNAME = "demo"
PASSWORD = "demo"

_READY_S = 120
# An access token is good for 30 minutes.
_REFRESH_AFTER_S = 20 * 60


class State(TypedDict):
    """State of one entity, as far as the demo reads it."""

    entity_id: str
    state: str
    attributes: dict[str, Any]


class ConfigEntry(TypedDict):
    """One config entry, as far as the demo reads it."""

    entry_id: str
    title: str
    state: str
    reason: str | None


class RegisteredEntity(TypedDict):
    """One entity of the registry, as far as the demo reads it."""

    entity_id: str
    config_entry_id: str | None
    device_id: str | None
    translation_key: str | None
    disabled_by: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Tokens:
    """What a login gives."""

    access: str
    refresh: str
    since_s: float


class HomeAssistant:
    """A client of one running Home Assistant."""

    def __init__(self, session: ClientSession, url: str) -> None:
        """Remember where it is; nothing is asked yet."""
        self.url = url
        self._session = session
        self._tokens: Tokens | None = None

    @property
    def client_id(self) -> str:
        """Return what the frontend calls itself when it logs in."""
        return f"{self.url}/"

    async def wait_until_ready(self) -> None:
        """Wait until it answers and can be signed in to."""
        await _until(self._is_answering, "did not answer")

    async def sign_in(self) -> None:
        """Log in as the owner, who is created at the first start."""
        code = await (self._create_owner() if await self._is_new() else self._log_in())
        await self._fetch_tokens(
            {
                "grant_type": "authorization_code",
                "code": code,
                "client_id": self.client_id,
            }
        )

    async def wait_until_started(self) -> None:
        """Wait until Home Assistant says that its start is over."""
        await _until(self._is_started, "did not finish its start")

    async def wait_for_diagnostics(self, domain: str) -> None:
        """Wait until an integration's diagnostics can be asked for.

        Home Assistant finds them a moment after it has set the integration up.
        """

        async def offered() -> bool:
            handlers = await self.command("diagnostics/list")
            return any(handler["domain"] == domain for handler in handlers)

        await _until(offered, f"offered no diagnostics of {domain}")

    async def wait_for_meters(self, entry_id: str, count: int) -> None:
        """Wait until a heat pump has all its meters: each that is added reloads it."""

        async def are_there() -> bool:
            answer = await self.get(f"/api/diagnostics/config_entry/{entry_id}")
            return len(answer["data"].get("meters", ())) == count

        await _until(are_there, f"did not load {count} meters")

    async def get(self, path: str) -> Any:
        """Return the answer to a GET request."""
        return await self._json("GET", path)

    async def post(self, path: str, body: Mapping[str, object]) -> Any:
        """Return the answer to a POST request."""
        return await self._json("POST", path, body)

    async def states(self) -> dict[str, State]:
        """Return the state of every entity by its id."""
        states: list[State] = await self.get("/api/states")
        return {state["entity_id"]: state for state in states}

    async def entries(self, domain: str) -> list[ConfigEntry]:
        """Return the config entries of an integration."""
        path = f"/api/config/config_entries/entry?domain={domain}"
        entries: list[ConfigEntry] = await self.get(path)
        return entries

    async def registered_entities(self, entry_id: str) -> list[RegisteredEntity]:
        """Return the registered entities of one config entry."""
        entities: list[RegisteredEntity] = await self.command(
            "config/entity_registry/list"
        )
        return [entity for entity in entities if entity["config_entry_id"] == entry_id]

    async def command(self, command: str, **arguments: object) -> Any:
        """Return the result of one WebSocket command.

        Raises:
            DemoError: Home Assistant refused it.
        """
        token = await self.access_token()
        async with self._session.ws_connect(f"{self.url}/api/websocket") as socket:
            await socket.receive_json()
            await socket.send_json({"type": "auth", "access_token": token})
            await socket.receive_json()
            await socket.send_json({"id": 1, "type": command, **arguments})
            answer = await socket.receive_json()
        if not answer["success"]:
            raise DemoError(f"{command}: {answer['error']['message']}")
        return answer["result"]

    async def access_token(self) -> str:
        """Return a token that is good for at least some minutes."""
        if self._tokens is None:
            raise DemoError("not signed in to Home Assistant")
        if time.monotonic() - self._tokens.since_s > _REFRESH_AFTER_S:
            await self._fetch_tokens(
                {
                    "grant_type": "refresh_token",
                    "refresh_token": self._tokens.refresh,
                    "client_id": self.client_id,
                }
            )
        return self._tokens.access

    async def visit(self, url: str) -> None:
        """Open a page outside as a browser would, all redirects included."""
        async with self._session.get(url) as response:
            if response.status >= 400:
                raise DemoError(f"{url}: {response.status} {await response.text()}")

    async def _is_answering(self) -> bool:
        # The frontend comes last of what a login needs.
        try:
            async with self._session.get(f"{self.url}/manifest.json") as response:
                return response.status == 200
        except ClientError:
            return False

    async def _is_started(self) -> bool:
        state: str = (await self.get("/api/config"))["state"]
        return state == "RUNNING"

    async def _is_new(self) -> bool:
        # From the next start on after there is an owner, the onboarding is gone.
        async with self._session.get(f"{self.url}/api/onboarding") as response:
            steps = await response.json() if response.status == 200 else []
        return any(step["step"] == "user" and not step["done"] for step in steps)

    async def _create_owner(self) -> str:
        owner = {
            "client_id": self.client_id,
            "name": "Demo",
            "username": USERNAME,
            "password": PASSWORD,
            "language": "en",
        }
        answer = await self._json("POST", "/api/onboarding/users", owner, signed=False)
        code: str = answer["auth_code"]
        return code

    async def _log_in(self) -> str:
        flow = {
            "client_id": self.client_id,
            "handler": ["homeassistant", None],
            "redirect_uri": self.client_id,
        }
        step = await self._json("POST", "/auth/login_flow", flow, signed=False)
        login = {
            "client_id": self.client_id,
            "username": USERNAME,
            "password": PASSWORD,
        }
        path = f"/auth/login_flow/{step['flow_id']}"
        answer = await self._json("POST", path, login, signed=False)
        if answer["type"] != "create_entry":
            raise DemoError(
                f"the login {USERNAME}/{PASSWORD} is refused; --reset starts afresh"
            )
        code: str = answer["result"]
        return code

    async def _fetch_tokens(self, form: dict[str, str]) -> None:
        async with self._session.post(f"{self.url}/auth/token", data=form) as response:
            response.raise_for_status()
            answer = await response.json()
        kept = self._tokens.refresh if self._tokens else ""
        self._tokens = Tokens(
            access=answer["access_token"],
            refresh=answer.get("refresh_token", kept),
            since_s=time.monotonic(),
        )

    async def _json(
        self,
        method: str,
        path: str,
        body: Mapping[str, object] | None = None,
        *,
        signed: bool = True,
    ) -> Any:
        # The frontend sends its own address too; the way back from the sign-in
        # at the manufacturer starts from it.
        headers = {"HA-Frontend-Base": self.url}
        if signed:
            headers["Authorization"] = f"Bearer {await self.access_token()}"
        async with self._session.request(
            method, f"{self.url}{path}", json=body, headers=headers
        ) as response:
            try:
                response.raise_for_status()
            except ClientResponseError as error:
                text = await response.text()
                raise DemoError(f"{path}: {error.status} {text}") from error
            return await response.json()


async def _until(is_so: Callable[[], Awaitable[bool]], failure: str) -> None:
    """Wait until something is so.

    Raises:
        DemoError: It took too long.
    """
    deadline = time.monotonic() + _READY_S
    while time.monotonic() < deadline:
        if await is_so():
            return
        await asyncio.sleep(0.25)
    raise DemoError(f"Home Assistant {failure} within {_READY_S} s")

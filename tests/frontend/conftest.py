"""Ask the integration over Home Assistant's websocket, as the cards do."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp.web import WebSocketResponse
import pytest
from pytest_homeassistant_custom_component.typing import (
    MockHAClientWebSocket,
    WebSocketGenerator,
)

from custom_components.heatpump_monitor.const import DOMAIN


@dataclass(slots=True)
class Page:
    """A page of the dashboard in a browser."""

    socket: MockHAClientWebSocket

    async def ask(self, what: str, **fields: object) -> Any:
        """Return the answer to a question, or the code of its error."""
        await self.socket.send_json_auto_id({"type": f"{DOMAIN}/{what}", **fields})
        answer = await self.socket.receive_json()
        assert answer["type"] == "result"
        return answer["result"] if answer["success"] else answer["error"]["code"]

    async def event(self) -> Any:
        """Return what is sent next to a subscription."""
        message = await self.socket.receive_json()
        assert message["type"] == "event", message
        return message["event"]

    async def pending(self) -> list[Any]:
        """Return what was sent to a subscription until now."""
        await self.socket.send_json_auto_id({"type": "ping"})
        events = []
        while (message := await self.socket.receive_json())["type"] != "pong":
            events.append(message["event"])
        return events


type Opener = Callable[[], Awaitable[Page]]


@pytest.fixture
def open_page(
    hass_ws_client: WebSocketGenerator, monkeypatch: pytest.MonkeyPatch
) -> Opener:
    """Return what opens a page; its connection stays while the clock jumps."""

    def without_heartbeat(**_: float) -> WebSocketResponse[bool]:
        return WebSocketResponse(decode_text=False)

    async def opened() -> Page:
        monkeypatch.setattr(
            "homeassistant.components.websocket_api.http.web.WebSocketResponse",
            without_heartbeat,
        )
        return Page(await hass_ws_client())

    return opened

"""One websocket of the dongle: who listens to what, and whether it is alive."""

from collections.abc import Callable, Mapping
import json
from typing import Final

from aiohttp import WSMessage, WSMsgType, web

from .p1_users import Users

type Topic = Callable[[str], object]
"""Returns the data of a topic as a user sees it."""

_EVERYTHING: Final = "*"
_AUTHORIZE_S: Final = 40.0


class Socket:
    """A connection, from the request for a token until it ends.

    Attributes:
        is_dead: Whether nothing comes any more while the connection seems open.
        token: What it signed in with; None before.
    """

    def __init__(
        self,
        request: web.Request,
        *,
        users: Users,
        topics: Mapping[str, Topic],
        api_version: str,
        now_s: float,
    ) -> None:
        """Accept a connection."""
        self.is_dead = False
        self.token: str | None = None
        self._request = request
        self._users = users
        self._topics = topics
        self._api_version = api_version
        self._opened_s = now_s
        self._subscribed: set[str] = set()
        self._sent: dict[str, object] = {}
        # Pings are answered by hand: a dead connection does not.
        self._wire = web.WebSocketResponse(autoping=False)

    @property
    def user(self) -> str | None:
        """Return who has signed in; None before, or if the token has ended."""
        return self._users.name_of(self.token)

    async def serve(self) -> web.WebSocketResponse:
        """Talk until the connection ends."""
        await self._wire.prepare(self._request)
        version = {"api_version": self._api_version}
        await self.send("authorization_requested", version)
        async for message in self._wire:
            if not self.is_dead:
                await self._receive(message)
        return self._wire

    async def publish(self, topic: str) -> None:
        """Send the topic's data to a subscriber, if they have changed."""
        user = self.user
        if user is None or not self._subscribed & {topic, _EVERYTHING}:
            return
        data = self._topics[topic](user)
        if data != self._sent.get(topic):
            self._sent[topic] = data
            await self.send(topic, data)

    async def send(self, kind: str, data: object = None) -> None:
        """Send a message."""
        message = {"type": kind} if data is None else {"type": kind, "data": data}
        await self.send_text(json.dumps(message))

    async def send_text(self, text: str) -> None:
        """Send any text, unless the connection is dead or gone."""
        if not (self.is_dead or self._wire.closed):
            try:
                await self._wire.send_str(text)
            except ConnectionResetError:
                self.is_dead = True

    def is_late(self, now_s: float) -> bool:
        """Return whether it should have signed in by now."""
        return self.token is None and now_s > self._opened_s + _AUTHORIZE_S

    def cut(self) -> None:
        """End the connection without a word."""
        if self._request.transport is not None:
            self._request.transport.abort()

    async def _receive(self, message: WSMessage) -> None:
        if message.type is WSMsgType.PING:
            await self._wire.pong(message.data)
        if message.type is not WSMsgType.TEXT:
            return
        try:
            body = json.loads(message.data)
        except ValueError:
            await self._refuse("request:invalid-json")
            return
        if not isinstance(body, dict) or "type" not in body:
            await self._refuse("json:parameter-missing:type")
            return
        await self._obey(str(body["type"]), body.get("data"))

    async def _obey(self, kind: str, data: object) -> None:
        user = self.user
        if kind == "authorization":
            await self._authorize(data)
        elif user is None:
            await self._refuse("user:unauthorized")
        elif kind in {"subscribe", "unsubscribe"}:
            await self._subscribe(str(data), on=kind == "subscribe")
        elif kind in self._topics:
            await self.send(kind, self._topics[kind](user))
        elif kind != "identify":
            await self._refuse("request:unknown-type")

    async def _authorize(self, token: object) -> None:
        if self._users.name_of(str(token)) is not None:
            self.token = str(token)
            await self.send("authorized")
            return
        await self._refuse("user:unauthorized")
        await self._wire.close()

    async def _subscribe(self, topic: str, *, on: bool) -> None:
        if topic != _EVERYTHING and topic not in self._topics:
            await self._refuse("request:unknown-subscription")
            return
        if not on:
            self._subscribed.discard(topic)
            return
        self._subscribed.add(topic)
        for each in self._topics if topic == _EVERYTHING else (topic,):
            self._sent.pop(each, None)
            await self.publish(each)

    async def _refuse(self, error: str) -> None:
        await self.send("error", {"message": error})

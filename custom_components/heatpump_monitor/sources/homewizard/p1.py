"""The P1 meter by HomeWizard, on the local network: it reads the meter of a house."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta, tzinfo
from typing import Final

import aiohttp

from ...readings import GridReading
from ..base import MeterInfo
from ..http_json import json_object
from ..json_values import mapping, text
from . import p1_errors as errors
from .p1_connection import TIMEOUT_S, P1Connection, of_message
from .p1_measurement import grid_reading
from .wall_clock import WallClock

_RETRY_DELAY_S: Final = 1.0
# Meters send every second, older ones every ten. With the time to connect, an end
# that nobody announced is found within 30 s.
_SILENCE_S: Final = 25.0
# A P1 meter without its cable goes on to answer by what it heard last.
_LONGEST_REPEAT: Final = timedelta(seconds=60)
_ENDS: Final = frozenset(
    {
        aiohttp.WSMsgType.CLOSE,
        aiohttp.WSMsgType.CLOSED,
        aiohttp.WSMsgType.CLOSING,
        aiohttp.WSMsgType.ERROR,
    }
)


class HomeWizardP1:
    """Reads a P1 meter, by polling or by its websocket."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        host: str,
        identifier: str,
        token: str,
        *,
        time_zone: tzinfo,
        retry_delay_s: float = _RETRY_DELAY_S,
    ) -> None:
        """Prepare; nothing is asked for yet.

        Args:
            session: For all connections of Home Assistant.
            host: Name or address, with a port if it is not 443.
            identifier: The common name of the device's certificate.
            token: What the device gave for a press of its button.
            time_zone: Of the household, by which the meter's clock goes.
            retry_delay_s: Pause before the one retry.
        """
        self._connection = P1Connection(session, host, identifier, token)
        self._token = token
        self._clock = WallClock(time_zone)
        self._retry_delay_s = retry_delay_s
        self.silence_s = _SILENCE_S
        """After so long, a websocket without measurements has failed."""
        self._last_stamp: tuple[object, datetime] | None = None
        """The meter's last time stamp, and when it first arrived."""

    async def identify(self) -> MeterInfo:
        """Return what the device says of itself."""
        answer = await self._connection.ask("GET", "/api")
        serial, model = text(answer.get("serial")), text(answer.get("product_type"))
        if serial is None or model is None:
            raise errors.P1InvalidAnswer("No serial number, or no product type")
        if serial != self._connection.serial:
            raise errors.P1IsAnother
        return MeterInfo(
            identity=serial,
            manufacturer="HomeWizard",
            model=model,
            firmware=text(answer.get("firmware_version")),
        )

    async def read(self, now: Callable[[], datetime]) -> GridReading:
        """Return what the meter measures, asking once more if the network fails."""
        try:
            answer = await self._connection.ask("GET", "/api/measurement")
        except errors.P1Unreachable:
            await asyncio.sleep(self._retry_delay_s)
            answer = await self._connection.ask("GET", "/api/measurement")
        return self._reading(answer, now())

    async def readings(
        self, now: Callable[[], datetime]
    ) -> AsyncGenerator[GridReading]:
        """Yield each measurement as it is sent, until the connection fails."""
        async with self._connection.socket() as socket:
            async with _in_time(TIMEOUT_S):
                await self._sign_in(socket)
            while True:
                async with _in_time(self.silence_s):
                    data = await _next(socket, "measurement")
                yield self._reading(data, now())

    async def _sign_in(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        await _next(socket, "authorization_requested")
        await _send(socket, "authorization", self._token)
        await _next(socket, "authorized")
        await _send(socket, "subscribe", "measurement")

    def _reading(self, data: Mapping[str, object], arrived: datetime) -> GridReading:
        reading = grid_reading(data, arrived, self._clock)
        if reading is None:
            raise errors.P1WithoutValues
        self._check_is_new(data.get("timestamp"), arrived)
        return reading

    def _check_is_new(self, stamp: object, arrived: datetime) -> None:
        """Raise a `P1Error` if the meter's clock has stood still for a while."""
        if stamp is None:
            return
        last = self._last_stamp
        if last is None or last[0] != stamp:
            self._last_stamp = stamp, arrived
        elif arrived - last[1] > _LONGEST_REPEAT:
            raise errors.P1WithoutValues(f"The same since {last[1]}")


@asynccontextmanager
async def _in_time(seconds: float) -> AsyncIterator[None]:
    """Raise a `P1Error` for what takes longer."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError as err:
        raise errors.P1Unreachable(f"Silent for {seconds:.0f} s") from err


async def _send(socket: aiohttp.ClientWebSocketResponse, kind: str, data: str) -> None:
    try:
        await socket.send_json({"type": kind, "data": data})
    except (aiohttp.ClientError, OSError) as err:
        raise errors.P1Unreachable from err


async def _next(
    socket: aiohttp.ClientWebSocketResponse, wanted: str
) -> Mapping[str, object]:
    """Return the data of the next message of a type; others are passed over."""
    while True:
        message = await socket.receive()
        if message.type in _ENDS:
            raise errors.P1Unreachable(f"The websocket ended: {message.type.name}")
        is_text = message.type is aiohttp.WSMsgType.TEXT
        if (content := json_object(message.data) if is_text else None) is None:
            raise errors.P1InvalidAnswer("The message is no JSON object")
        data = mapping(content.get("data"))
        kind = content.get("type")
        if kind == "error":
            raise of_message(text(data.get("message")) or "")
        if kind == wanted:
            return data


async def request_token(connection: P1Connection, name: str) -> str:
    """Return a new token, once the button was pressed, or raise a `P1Error`.

    An older token of the same name is not valid any more.
    """
    answer = await connection.ask("POST", "/api/user", {"name": name})
    if (token := text(answer.get("token"))) is None:
        raise errors.P1InvalidAnswer("No token")
    return token


async def delete_token(connection: P1Connection, name: str) -> None:
    """Delete the token of a name, or raise a `P1Error`."""
    await connection.ask("DELETE", "/api/user", {"name": name})

"""The meter itself: identity and measurement by its local API v1."""

from collections import Counter
from collections.abc import Awaitable, Callable
from enum import StrEnum
import math
from typing import Final

from aiohttp import web

from ..clock import Clock
from ..faults import MeterFaults, hang
from ..state import Plant, Variant
from . import measurement
from .counters import Counters
from .measurement import Fields

type Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_SERIALS: Final = {Variant.BRINE: "5c2faf0a0001", Variant.AIR: "5c2faf0a0002"}
_ANOTHER_SERIAL: Final = "5c2faf0a00ff"
_WATER_METER: Final = "HWE-WTR"
_OTHER_PAGE: Final = "<html><body><h1>Not Found</h1></body></html>"

# After a restart it first connects to Wi-Fi, and then answers 0 for a while.
_BOOT_S: Final = 20.0
_FIRST_VALUES_S: Final = 30.0


class Model(StrEnum):
    """What measures electricity, by the product type of the API."""

    ONE_PHASE = "HWE-KWH1"
    THREE_PHASES = "HWE-KWH3"
    EASTRON_ONE_PHASE = "SDM230-wifi"
    EASTRON_THREE_PHASES = "SDM630-wifi"
    SOCKET = "HWE-SKT"

    @property
    def has_three_phases(self) -> bool:
        """Return whether it measures each of three phases."""
        return self in {Model.THREE_PHASES, Model.EASTRON_THREE_PHASES}


class HomeWizard:
    """A HomeWizard meter in a heat pump's supply.

    A model for one phase measures all that the plant draws, as if on one phase.

    Attributes:
        faults: What goes wrong now.
        requests: How often each path was asked for.
        model: Which product it is.
        api_enabled: Whether the owner switched the local API on in the app.
        host: Where it listens, "address:port", once it does.
    """

    def __init__(self, plant: Plant, *, clock: Clock) -> None:
        """Put a meter into a plant's supply."""
        self.faults = MeterFaults()
        self.requests: Counter[str] = Counter()
        self.model = Model.THREE_PHASES
        self.api_enabled = True
        self.host = ""
        self.serial = _SERIALS[plant.variant]
        self._plant = plant
        self._clock = clock
        self._counters = Counters(plant)
        # It has run for long.
        self._booted_s = -math.inf

    @property
    def is_reversed(self) -> bool:
        """Return whether supply and load are at each other's terminals."""
        return self._counters.is_reversed

    def reverse(self, *, on: bool = True) -> None:
        """Exchange supply and load, or connect them as they should be."""
        self._counters.connect(is_reversed=on, now_s=self._now())

    def reboot(self) -> None:
        """Restart, as with a firmware update; the counters stay."""
        self._booted_s = self._now()

    def app(self) -> web.Application:
        """Return the web application."""
        app = web.Application(middlewares=[self._spoil])
        app.add_routes(
            [web.get("/api", self._device), web.get("/api/v1/data", self._data)]
        )
        return app

    @web.middleware
    async def _spoil(
        self, request: web.Request, handler: Handler
    ) -> web.StreamResponse:
        """Let the faults have their way with a request."""
        is_booting = self._now() < self._booted_s + _BOOT_S
        is_cut = self.faults.unreachable or is_booting
        if is_cut and request.transport is not None:
            request.transport.abort()
        if self.faults.timeout or is_cut:
            await hang()
        if self.faults.not_a_shelly:
            return web.Response(status=404, text=_OTHER_PAGE, content_type="text/html")
        self.requests[request.path] += 1
        if self.faults.server_error:
            return _error(500, 901, "INTERNAL_ERROR")
        if not self.api_enabled:
            return _error(403, 202, "API not enabled")
        response = await handler(request)
        if self.faults.wrong_json and isinstance(response, web.Response):
            whole = response.text or ""
            response.text = whole[: len(whole) // 2]
        return response

    async def _device(self, _: web.Request) -> web.Response:
        is_socket = self.model is Model.SOCKET
        device = {
            "product_type": str(self.model),
            "product_name": "Energy Socket" if is_socket else "kWh Meter",
            "serial": _ANOTHER_SERIAL if self.faults.another_mac else self.serial,
            "firmware_version": "4.19",
            "api_version": "v1",
        }
        if self.faults.no_meter:
            device |= {"product_type": _WATER_METER, "product_name": "Watermeter"}
        return web.json_response(device)

    async def _data(self, _: web.Request) -> web.Response:
        board: Fields = {"wifi_ssid": "house", "wifi_strength": 84}
        if self.faults.no_meter:
            return web.json_response(board | measurement.WATER)
        return web.json_response(board | self._measured())

    def _measured(self) -> Fields:
        now_s = self._now()
        counted = self._counters.at(now_s)
        sign = -1 if self.is_reversed else 1
        loads = measurement.loads(self._plant.state(), sign)
        fields = measurement.counters(counted) | (
            measurement.three_phases(loads)
            if self.model.has_three_phases
            else measurement.one_phase(loads)
        )
        if self.model is Model.SOCKET:
            fields = measurement.of_socket(fields)
        if now_s < self._booted_s + _BOOT_S + _FIRST_VALUES_S:
            return dict.fromkeys(fields, 0)
        return fields

    def _now(self) -> float:
        """Return the time, up to which the plant has then run."""
        now_s = self._clock.now()
        self._plant.advance(now_s)
        return now_s


def _error(status: int, number: int, description: str) -> web.Response:
    body = {"error": {"id": number, "description": description}}
    return web.json_response(body, status=status)

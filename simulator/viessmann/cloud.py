"""The cloud's API: which heat pumps an account has, and their features."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from aiohttp import web

from ..clock import Clock
from ..faults import CloudFaults, hang
from ..state import Plant, Variant
from .auth import Authority
from .features import DeviceFeatures
from .heat_pump import DEVICE_ID, HeatPump
from .quota import Limits, Quota, Refusal
from .wire import Properties, dump, number, sensor, text, timestamp

CLIENT_ID: Final = "heat-pump-simulator"

_ZONE: Final = ZoneInfo("Europe/Berlin")
_FIRST_INSTALLATION: Final = 2_000_001
_USER_ID: Final = "simulated-user"
_HTML: Final = "<html><body><h1>{title}</h1></body></html>"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Model:
    """How a unit and what hangs beside it on its gateway call themselves."""

    unit: str
    unit_roles: tuple[str, ...]
    gateway: str
    gateway_type: str
    gateway_roles: tuple[str, ...]
    has_radiator: bool


_MODELS: Final = {
    Variant.BRINE: _Model(
        unit="CU401B_G",
        # With "type:boiler" among its roles PyViCare's own detection takes the unit
        # for a gas boiler, so that an app must look for "type:heatpump".
        unit_roles=("type:boiler", "type:heatpump"),
        gateway="Heatbox1",
        gateway_type="vitoconnect",
        gateway_roles=("type:gateway;VitoconnectOpto1",),
        has_radiator=False,
    ),
    Variant.AIR: _Model(
        unit="E3_Vitocal_16",
        unit_roles=("type:E3", "type:heatpump"),
        gateway="E3_TCU300_ethernet",
        gateway_type="tcu",
        gateway_roles=("type:gateway;TCU300",),
        has_radiator=True,
    ),
}

_RADIATOR_ID: Final = "zigbee-0123456789abcdef"
_RADIATOR: Final[dict[str, Properties]] = {
    "device.power.battery": {"level": number(88, "percent")},
    "device.sensors.temperature": sensor(20.6, "celsius"),
    "trv.mountingMode": {"active": {"type": "boolean", "value": False}},
}
_GATEWAY: Final[dict[str, Properties]] = {
    "gateway.bmuconnection": {"status": text("OK")},
    "gateway.wifi": {"strength": number(-58, ""), "channel": number(6, "")},
}


class Gateway:
    """A gateway with a heat pump and what else is behind it."""

    def __init__(self, plant: Plant, installation_id: int, number_: int) -> None:
        """Join a heat pump to the account as its gateway of this number."""
        self.installation_id = installation_id
        self.serial = f"75713810000000{number_:02d}"
        self._model = _MODELS[plant.variant]
        self._created = timestamp(plant.origin_epoch_s)
        self._heat_pump = HeatPump(
            plant,
            installation_id=installation_id,
            gateway_serial=self.serial,
            zone=_ZONE,
        )
        self._others = {"gateway": self._device("gateway")}
        self._others["gateway"].update(_GATEWAY, plant.origin_epoch_s)
        if self._model.has_radiator:
            self._others[_RADIATOR_ID] = self._device(_RADIATOR_ID)
            self._others[_RADIATOR_ID].update(_RADIATOR, plant.origin_epoch_s)

    def describe(self, faults: CloudFaults) -> dict[str, object]:
        """Return the gateway as the list of installations has it."""
        model = self._model
        status = "Offline" if faults.gateway_offline else "Online"
        unit_status = "Offline" if faults.device_offline else status
        devices = [
            self._entry(
                "gateway", model.gateway, model.gateway_type, model.gateway_roles
            )
        ]
        if model.has_radiator:
            radiator = "Smart_zigbee_radiator_thermostat_generic_50"
            roles = ("type:actuator;TRV", "type:radiator")
            devices.append(self._entry(_RADIATOR_ID, radiator, "zigbee", roles))
        if not faults.no_heat_pump:
            unit = self._entry(DEVICE_ID, model.unit, "heating", model.unit_roles)
            devices.append(unit | {"status": unit_status})
        return {
            "serial": self.serial,
            "producedAt": self._created,
            "autoUpdate": True,
            "aggregatedStatus": status,
            "registeredAt": self._created,
            "devices": devices,
        }

    def texts(self, device_id: str, now_s: float, faults: CloudFaults) -> list[str]:
        """Return one device's features as JSON texts.

        Raises:
            KeyError: There is no such device.
        """
        if device_id == DEVICE_ID and not faults.no_heat_pump:
            return self._heat_pump.texts(now_s, faults)
        return self._others[device_id].texts()

    def all_texts(self, now_s: float, faults: CloudFaults) -> list[str]:
        """Return the features of all devices behind the gateway."""
        ids = [*self._others] if faults.no_heat_pump else [*self._others, DEVICE_ID]
        return [
            each for device_id in ids for each in self.texts(device_id, now_s, faults)
        ]

    def _device(self, device_id: str) -> DeviceFeatures:
        return DeviceFeatures(
            installation_id=self.installation_id,
            gateway_serial=self.serial,
            device_id=device_id,
            commands={},
        )

    def _entry(
        self, device_id: str, model: str, device_type: str, roles: Sequence[str]
    ) -> dict[str, object]:
        return {
            "id": device_id,
            "modelId": model,
            "status": "Online",
            "deviceType": device_type,
            "roles": list(roles),
            "createdAt": self._created,
        }


class Cloud:
    """The account's API and sign-in, with everything that can go wrong."""

    def __init__(
        self,
        plants: Iterable[Plant],
        *,
        clock: Clock,
        limits: Limits | None = None,
        client_ids: Iterable[str] = (CLIENT_ID,),
        one_installation: bool = False,
    ) -> None:
        """Hold an account with some heat pumps, each behind a gateway of its own."""
        self.faults = CloudFaults()
        self.requests: Counter[str] = Counter()
        self.limits = limits or Limits()
        self.gateways = [
            Gateway(
                plant,
                _FIRST_INSTALLATION + (0 if one_installation else index),
                index + 1,
            )
            for index, plant in enumerate(plants)
        ]
        self._clock = clock
        self._quotas: dict[str, Quota] = {}
        self._authority = Authority(
            clock=clock,
            faults=self.faults,
            requests=self.requests,
            client_ids=client_ids,
        )

    @property
    def api_requests(self) -> int:
        """Return how many requests came in that count against the budget."""
        return sum(
            self.requests[kind] for kind in ("installations", "bulk", "features")
        )

    def revoke_access(self) -> None:
        """End all access tokens handed out so far; refreshing still works."""
        self._authority.revoke_access()

    def app(self) -> web.Application:
        """Return the web application."""
        app = web.Application()
        gateway = "/iot/v2/features/installations/{installation}/gateways/{gateway}"
        app.add_routes(
            [
                *self._authority.routes(),
                web.get("/iot/v2/equipment/installations", self._installations),
                web.get(f"{gateway}/features{{slash:/?}}", self._gateway_features),
                web.get(
                    f"{gateway}/devices/{{device}}/features{{slash:/?}}",
                    self._device_features,
                ),
            ]
        )
        return app

    async def _installations(self, request: web.Request) -> web.Response:
        if (refusal := await self._refuse(request, "installations")) is not None:
            return refusal
        installations: dict[int, list[dict[str, object]]] = {}
        for gateway in self.gateways:
            described = gateway.describe(self.faults)
            installations.setdefault(gateway.installation_id, []).append(described)
        data = [
            {
                "id": installation_id,
                "description": f"Simulated house {installation_id}",
                "address": {
                    "street": "Teststraße",
                    "houseNumber": "1",
                    "country": "de",
                },
                "gateways": gateways,
            }
            for installation_id, gateways in installations.items()
        ]
        return _json(dump({"data": data}))

    async def _gateway_features(self, request: web.Request) -> web.Response:
        if request.query.get("includeDevicesFeatures") == "true":
            return await self._features(
                request, "bulk", lambda g, now_s: g.all_texts(now_s, self.faults)
            )
        return await self._features(
            request, "features", lambda g, now_s: g.texts("gateway", now_s, self.faults)
        )

    async def _device_features(self, request: web.Request) -> web.Response:
        device_id = request.match_info["device"]
        return await self._features(
            request, "features", lambda g, now_s: g.texts(device_id, now_s, self.faults)
        )

    async def _features(
        self,
        request: web.Request,
        kind: str,
        texts: Callable[[Gateway, float], list[str]],
    ) -> web.Response:
        if (refusal := await self._refuse(request, kind)) is not None:
            return refusal
        if (offline := self._offline()) is not None:
            return offline
        wanted = (request.match_info["installation"], request.match_info["gateway"])
        for gateway in self.gateways:
            if (str(gateway.installation_id), gateway.serial) != wanted:
                continue
            try:
                found = texts(gateway, self._clock.now())
            except KeyError:
                break
            return _json(f'{{"data":[{",".join(found)}]}}')
        return _error(404, "RESOURCE_NOT_FOUND", "Device not found")

    async def _refuse(self, request: web.Request, kind: str) -> web.Response | None:
        """Return why a request gets no answer, or None; counts it either way."""
        self.requests[kind] += 1
        if self.faults.timeout:
            await hang()
        if self.faults.bad_gateway:
            return _page(502, "502 Bad Gateway")
        if self.faults.rate_limit_html:
            return _page(429, "429 Too Many Requests")
        client_id = self._authority.client_of(request)
        if (refusal := self._over_limit(client_id)) is not None:
            return _too_many(refusal, client_id)
        if self.faults.server_error:
            return _error(500, "INTERNAL_ERROR", "Internal server error")
        if self.faults.communication_error:
            return _no_talk(502, {"reason": "INTERNAL_SERVER_ERROR"})
        return None

    def _over_limit(self, client_id: str) -> Refusal | None:
        now_s = self._clock.now()
        if self.faults.rate_limit:
            return Refusal(
                name="ViCare day limit",
                limit=self.limits.day,
                reset_epoch_s=now_s + 3600,
            )
        return self._quotas.setdefault(client_id, Quota()).take(self.limits, now_s)

    def _offline(self) -> web.Response | None:
        payload = {"httpStatusCode": "NotFound", "code": "404"}
        if self.faults.gateway_offline:
            return _no_talk(400, payload | {"reason": "GATEWAY_OFFLINE"}, message="")
        if self.faults.device_offline:
            return _no_talk(400, payload | {"reason": "DEVICE_OFFLINE"})
        return None


def _json(body: str) -> web.Response:
    return web.Response(text=body, content_type="application/json")


def _page(status: int, title: str) -> web.Response:
    html = _HTML.format(title=title)
    return web.Response(status=status, text=html, content_type="text/html")


def _error(
    status: int,
    error_type: str,
    message: str,
    payload: dict[str, object] | None = None,
) -> web.Response:
    body: dict[str, object] = {
        "viErrorId": "req-00000000000000000000000000000000",
        "statusCode": status,
        "errorType": error_type,
        "message": message,
    }
    if payload is not None:
        body["extendedPayload"] = payload
    return web.json_response(body, status=status)


def _no_talk(
    status: int, payload: dict[str, str], message: str = "Device communication error"
) -> web.Response:
    return _error(status, "DEVICE_COMMUNICATION_ERROR", message, {**payload})


def _too_many(refusal: Refusal, client_id: str) -> web.Response:
    return _error(
        429,
        "RATE_LIMIT_EXCEEDED",
        "API calls rate limit has been exceeded. "
        "Please wait until your limit will renew.",
        {
            "name": refusal.name,
            "requestCountLimit": refusal.limit,
            "clientId": client_id,
            "userId": _USER_ID,
            "limitReset": int(refusal.reset_epoch_s * 1000),
        },
    )

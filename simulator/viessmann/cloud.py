"""The cloud's API: which heat pumps an account has, and their features."""

from base64 import b64decode, b64encode
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
from .events import EventHistory, UnitFault
from .features import DeviceFeatures
from .heat_pump import DEVICE_ID, OUTDOOR_ID, HeatPump
from .quota import Limits, Quota, Refusal
from .wire import Properties, dump, number, sensor, text, timestamp

CLIENT_ID: Final = "heat-pump-simulator"

_ZONE: Final = ZoneInfo("Europe/Berlin")
_FIRST_INSTALLATION: Final = 2_000_001
_BARE_INSTALLATION: Final = 2_000_000
_BARE_GATEWAY: Final = "7571381000000000"
_MOST_DAYS: Final = 365
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

# Id, model, type and role of the devices that a One-Base NG is split into.
_ONE_BASE_NG: Final = (
    (DEVICE_ID, "OBNG_SCU_01", "systemController", "SystemController"),
    (OUTDOOR_ID, "OBNG_OCU", "outdoorUnit", "OutdoorUnitMonoAir"),
    ("2", "OBNG_HIOU", "indoorUnit", "IndoorUnitMonoStandard"),
)

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

    def __init__(
        self, plant: Plant, installation_id: int, number_: int, faults: CloudFaults
    ) -> None:
        """Join a heat pump to the account as its gateway of this number."""
        self._faults = faults
        self.installation_id = installation_id
        self.serial = f"75713810000000{number_:02d}"
        self._model = _MODELS[plant.variant]
        self._created = timestamp(plant.origin_epoch_s)
        self.heat_pump = HeatPump(
            plant,
            installation_id=installation_id,
            gateway_serial=self.serial,
            zone=_ZONE,
            faults=faults,
        )
        self._others = {"gateway": self._device("gateway")}
        self._others["gateway"].update(_GATEWAY, plant.origin_epoch_s)
        if self._model.has_radiator:
            self._others[_RADIATOR_ID] = self._device(_RADIATOR_ID)
            self._others[_RADIATOR_ID].update(_RADIATOR, plant.origin_epoch_s)

    @property
    def unit_model(self) -> str:
        """Return what the unit calls itself."""
        ng_model = _ONE_BASE_NG[0][1]
        return ng_model if self.heat_pump.is_one_base_ng else self._model.unit

    def describe(self) -> dict[str, object]:
        """Return the gateway as the list of installations has it."""
        model = self._model
        status = "Offline" if self._faults.gateway_offline else "Online"
        devices = [
            self._entry(
                "gateway", model.gateway, model.gateway_type, model.gateway_roles
            )
        ]
        if model.has_radiator:
            radiator = "Smart_zigbee_radiator_thermostat_generic_50"
            roles = ("type:actuator;TRV", "type:radiator")
            devices.append(self._entry(_RADIATOR_ID, radiator, "zigbee", roles))
        if not self._faults.no_heat_pump:
            unit_status = "Offline" if self._faults.device_offline else status
            devices += [entry | {"status": unit_status} for entry in self._units()]
        return {
            "serial": self.serial,
            "producedAt": self._created,
            "autoUpdate": True,
            "aggregatedStatus": status,
            "registeredAt": self._created,
            "devices": devices,
        }

    def texts(self, device_id: str, now_s: float) -> list[str]:
        """Return one device's features as JSON texts.

        Raises:
            KeyError: There is no such device.
        """
        if device_id in self._others:
            return self._others[device_id].texts()
        if self._faults.no_heat_pump:
            raise KeyError(device_id)
        return self.heat_pump.texts(device_id, now_s)

    def all_texts(self, now_s: float) -> list[str]:
        """Return the features of all devices behind the gateway."""
        units = () if self._faults.no_heat_pump else self.heat_pump.device_ids
        return [
            each
            for device_id in (*self._others, *units)
            for each in self.texts(device_id, now_s)
        ]

    def _units(self) -> list[dict[str, object]]:
        """Return the heat pump's devices as the list of installations has them."""
        model = self._model
        if not self.heat_pump.is_one_base_ng:
            return [self._entry(DEVICE_ID, model.unit, "heating", model.unit_roles)]
        return [
            self._entry(
                device_id, name, device_type, ("type:OBNG", f"type:product;{role}")
            )
            for device_id, name, device_type, role in _ONE_BASE_NG
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
        entry: dict[str, object] = {
            "id": device_id,
            "modelId": model,
            "status": "Online",
            "deviceType": device_type,
            "createdAt": self._created,
        }
        if "roles" not in self._faults.missing_keys:
            entry["roles"] = list(roles)
        return entry


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
                self.faults,
            )
            for index, plant in enumerate(plants)
        ]
        self._clock = clock
        self._quotas: dict[str, Quota] = {}
        self._events = EventHistory()
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
            self.requests[kind]
            for kind in ("installations", "bulk", "features", "events")
        )

    def revoke_access(self) -> None:
        """End all access tokens handed out so far; refreshing still works."""
        self._authority.revoke_access()

    def observe(self) -> None:
        """Let the units send the messages that are due now."""
        for gateway in self.gateways:
            gateway.heat_pump.observe(self._clock.now())

    def adjust(self, feature: str, **values: object) -> None:
        """Change a setting of the units that have it, as the owner does in the app."""
        for gateway in self.gateways:
            gateway.heat_pump.adjust(feature, values)

    def jump_heat_counters(self, kwh: float) -> None:
        """Let the units' counters of heat for heating jump ahead."""
        for gateway in self.gateways:
            gateway.heat_pump.jump_heat_counter(self._clock.now(), kwh)

    def reset_heat_counters(self) -> None:
        """Begin the units' energy counters again at 0."""
        for gateway in self.gateways:
            gateway.heat_pump.reset_counters(self._clock.now())

    def report_unit_fault(self, code: str, *, active: bool = True) -> None:
        """Let a fault of the units come or go, and write that down."""
        for gateway in self.gateways:
            gateway.heat_pump.fault_since_s.pop(code, None)
            if active:
                gateway.heat_pump.fault_since_s[code] = self._clock.now()
            self._events.add(
                UnitFault(
                    epoch_s=self._clock.now(),
                    installation_id=gateway.installation_id,
                    gateway_serial=gateway.serial,
                    device_id=DEVICE_ID,
                    model=gateway.unit_model,
                    code=code,
                    active=active,
                )
            )

    def app(self) -> web.Application:
        """Return the web application."""
        app = web.Application()
        gateway = "/iot/v2/features/installations/{installation}/gateways/{gateway}"
        app.add_routes(
            [
                *self._authority.routes(),
                web.get("/iot/v2/equipment/installations", self._installations),
                web.get(
                    "/iot/v2/events-history/installations/{installation}/events",
                    self._event_history,
                ),
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
        page_size = self.faults.page_size
        return _page_of(self._listed_installations(), request, page_size)

    def _listed_installations(self) -> list[dict[str, object]]:
        missing = self.faults.missing_keys
        installations: dict[int, list[dict[str, object]]] = {}
        for gateway in self.gateways:
            listed = installations.setdefault(gateway.installation_id, [])
            if "devices" in missing:
                listed.append({"serial": _BARE_GATEWAY, "aggregatedStatus": "Offline"})
            if not self.faults.gateway_gone:
                listed.append(gateway.describe())
        bare: list[dict[str, object]] = [{"id": _BARE_INSTALLATION}]
        return (bare if "gateways" in missing else []) + [
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

    async def _event_history(self, request: web.Request) -> web.Response:
        if (refusal := await self._refuse(request, "events")) is not None:
            return refusal
        installation = request.match_info["installation"]
        if installation not in {str(each.installation_id) for each in self.gateways}:
            return _error(404, "RESOURCE_NOT_FOUND", "Installation not found")
        events = self._events.newest_first(
            installation,
            now_s=self._clock.now(),
            last_days=float(request.query.get("lastNDays", _MOST_DAYS)),
        )
        page_size = self.faults.page_size or int(request.query.get("limit", 0))
        return _page_of(events, request, page_size)

    async def _gateway_features(self, request: web.Request) -> web.Response:
        if request.query.get("includeDevicesFeatures") == "true":
            return await self._features(
                request, "bulk", lambda g, now_s: g.all_texts(now_s)
            )
        return await self._features(
            request, "features", lambda g, now_s: g.texts("gateway", now_s)
        )

    async def _device_features(self, request: web.Request) -> web.Response:
        device_id = request.match_info["device"]
        return await self._features(
            request, "features", lambda g, now_s: g.texts(device_id, now_s)
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
        for gateway in () if self.faults.gateway_gone else self.gateways:
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


def _page_of(
    entries: Sequence[dict[str, object]], request: web.Request, page_size: int
) -> web.Response:
    """Return the page that the request's cursor names; everything if the size is 0."""
    if page_size == 0:
        return _json(dump({"data": entries}))
    cursor = request.query.get("cursor", "")
    first = int(b64decode(cursor)) if cursor else 0
    end = first + page_size
    more = b64encode(str(end).encode()).decode() if end < len(entries) else ""
    return _json(dump({"data": entries[first:end], "cursor": {"next": more}}))


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

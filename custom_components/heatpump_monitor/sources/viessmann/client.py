"""The Viessmann cloud, by way of PyViCare and within the call budget.

All use of PyViCare is in this module.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus
import json
from typing import Any, Final, NamedTuple, Protocol, override
from urllib.parse import quote

import aiohttp
from PyViCare.PyViCare import PyViCare
from PyViCare.PyViCareAbstractOAuthManager import AbstractViCareOAuthManager
from PyViCare.PyViCareDeviceConfig import PyViCareDeviceConfig
from PyViCare.PyViCareHeatPump import HeatPump
from yarl import URL

from ..base import SourceAuthError, SourceError
from ..endpoints import ViessmannEndpoints
from ..json_values import mapping, number, text, utc_time
from .budget import BudgetExhausted, CallBudget, CallReason
from .parsing import Feature, complete_installations, parse_features

_TIMEOUT_S: Final = 31
_MAX_PAGES: Final = 10
_CONTROLLER: Final = "systemController"
# The devices that make up one heat pump of the One-Base NG generation.
_SYSTEM_PARTS: Final = (_CONTROLLER, "outdoorUnit", "indoorUnit")

type _Json = Mapping[str, object]
type _Unit = list[PyViCareDeviceConfig]
"""The devices of one heat pump; the first represents it."""


class ViessmannError(SourceError):
    """The Viessmann cloud gave no answer that can be used."""


class ViessmannAuthError(ViessmannError, SourceAuthError):
    """The user has to sign in again."""

    key = "viessmann_sign_in"


class ViessmannRateLimited(ViessmannError):
    """No call is allowed for some time, by our own count or the cloud's."""

    key = "call_budget_exhausted"

    def __init__(self, until: datetime) -> None:
        """Name the time of the next possible call, aware and in UTC."""
        detail = f"No call is allowed before {until.isoformat()}"
        super().__init__(detail, retry_at=until, placeholders={"until": until})
        self.until = until


class Outage(StrEnum):
    """Why there is no answer; each is a key for the translations."""

    CONNECTION_FAILED = "connection_failed"
    DEVICE_OFFLINE = "device_offline"
    GATEWAY_OFFLINE = "gateway_offline"
    HEAT_PUMP_MISSING = "heat_pump_missing"
    INVALID_ANSWER = "invalid_answer"
    NOT_PAID_FOR = "not_paid_for"
    SERVER_ERROR = "server_error"
    TIMEOUT = "timeout"


class ViessmannUnavailable(ViessmannError):
    """There is no answer now, and the next poll may well get one."""

    def __init__(self, reason: Outage) -> None:
        """Name the reason."""
        super().__init__(reason.value)
        self.key = reason.value
        self.reason = reason


class ViessmannNotFound(ViessmannUnavailable):
    """The cloud does not know the heat pump that it is asked for."""

    def __init__(self) -> None:
        """Name the reason."""
        super().__init__(Outage.HEAT_PUMP_MISSING)


class TokenProvider(Protocol):
    """Where the access token comes from; both calls may raise a `ViessmannError`."""

    async def access_token(self) -> str:
        """Return a token that is valid by the clock."""

    async def force_refresh(self) -> None:
        """Renew the token, even if it is valid by the clock."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HeatPumpIdentity:
    """A heat pump in the user's account."""

    installation_id: int
    gateway_serial: str
    device_id: str
    model: str


class _Answer(NamedTuple):
    status: int
    body: _Json
    """The JSON object; empty where there is none, as with an HTML page."""

    @property
    def details(self) -> _Json:
        return mapping(self.body.get("extendedPayload"))

    @property
    def token_refused(self) -> bool:
        unauthorized = self.status == HTTPStatus.UNAUTHORIZED
        return unauthorized or self.body.get("error") == "EXPIRED TOKEN"


class ViessmannSession:
    """The only way to the API: every request is counted, signed and judged here."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        tokens: TokenProvider,
        budget: CallBudget,
        endpoints: ViessmannEndpoints,
        *,
        refused: bool = False,
    ) -> None:
        """Prepare; `refused` if the cloud refused the present access token before."""
        self._http = http
        self._tokens = tokens
        self._refused = refused
        self._budget = budget
        self._api_url = endpoints.api_url

    async def get_json(self, path: str, reason: CallReason) -> _Json:
        """Return the answer to one question, an object with a list `data`.

        A token that the cloud refuses is renewed once and the question asked
        once more, which is a second call of the budget. After a sign-in was
        refused, the token is renewed first: each further try is one call.

        Raises:
            ViessmannError: There is no answer of use.
        """
        answer = None if self._refused else await self._ask(path, reason)
        if answer is None or answer.token_refused:
            await self._tokens.force_refresh()
            answer = await self._ask(path, CallReason.SIGN_IN)
            self._refused = answer.token_refused
        if self._refused:
            raise ViessmannAuthError("The renewed access token is refused")
        if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
            raise ViessmannRateLimited(self._block(answer.details))
        # A list of devices that is not found says nothing of the heat pump.
        if answer.status == HTTPStatus.NOT_FOUND and reason != CallReason.DEVICE_LIST:
            raise ViessmannNotFound
        if answer.status != HTTPStatus.OK:
            raise ViessmannUnavailable(_outage(answer))
        if not isinstance(answer.body.get("data"), list):
            raise ViessmannUnavailable(Outage.INVALID_ANSWER)
        return answer.body

    def _block(self, refusal: _Json) -> datetime:
        reset_ms = number(refusal.get("limitReset"))
        until = None if reset_ms is None else utc_time(reset_ms / 1000)
        return self._budget.block_until(until, text(refusal.get("name")))

    async def _ask(self, path: str, reason: CallReason) -> _Answer:
        headers = {"Authorization": f"Bearer {await self._tokens.access_token()}"}
        try:
            self._budget.take(reason)
            async with self._http.get(
                URL(f"{self._api_url}{path}", encoded=True),
                headers=headers,
                timeout=aiohttp.ClientTimeout(total=_TIMEOUT_S),
                # To follow would be one more request, past the budget.
                allow_redirects=False,
            ) as response:
                return _answer(response.status, await response.read())
        except BudgetExhausted as err:
            raise ViessmannRateLimited(err.until) from err
        # Without their cause: it may name the address, with serial and ids, and Home
        # Assistant logs it while debugging.
        except TimeoutError:
            raise ViessmannUnavailable(Outage.TIMEOUT) from None
        except aiohttp.ClientError:
            raise ViessmannUnavailable(Outage.CONNECTION_FAILED) from None


class _OAuthManager(AbstractViCareOAuthManager):  # type: ignore[misc]
    """Passes PyViCare's questions from its thread on to the event loop.

    The manager of PyViCare asks again without end while a token is refused, and
    keeps the API's address in a variable of its module that core's ViCare
    integration shares. Hence its `get` is replaced as a whole. There is no way
    to write: there is no session that could post.
    """

    def __init__(self, get: Callable[[str], Coroutine[Any, Any, _Json]]) -> None:
        super().__init__(None)
        self._get = get
        self._loop = asyncio.get_running_loop()

    @override
    def get(self, url: str) -> _Json:
        return asyncio.run_coroutine_threadsafe(self._get(url), self._loop).result()


class ViessmannClient:
    """Reads the heat pumps of one account, one after the other.

    PyViCare works in a thread; what it asks for comes by the session.
    """

    def __init__(self, session: ViessmannSession) -> None:
        """Prepare, in the event loop; nothing is asked for yet."""
        self._session = session
        self._reason = CallReason.REGULAR_READING
        self._manager = _OAuthManager(self._get)
        self._units: dict[tuple[str, str], _Unit] = {}
        # Whether no reading has succeeded since the account was last looked at.
        self._just_listed = False

    async def list_heat_pumps(self) -> list[HeatPumpIdentity]:
        """Return the heat pumps of the account, for one call a page."""
        await asyncio.to_thread(self._load_units)
        return [_identity(unit[0]) for unit in self._units.values()]

    async def read_features(
        self,
        identity: HeatPumpIdentity,
        reason: CallReason = CallReason.REGULAR_READING,
    ) -> list[Feature]:
        """Return all features of a heat pump, for one call.

        The first reading of an account takes one call more, and so does one
        after the heat pump was missing. An answer that the cloud does not know
        the heat pump leads to one look at the account: the gateway may have moved
        to another installation.
        """
        self._reason = reason
        return await asyncio.to_thread(self._read, identity)

    def _read(self, identity: HeatPumpIdentity) -> list[Feature]:
        unit = self._units.get(_key(identity)) or self._look_up(identity)
        try:
            features = _read_unit(unit)
        except ViessmannNotFound:
            if self._just_listed:
                raise
            listed = self._look_up(identity)
            if listed[0].accessor.id == unit[0].accessor.id:
                raise
            features = _read_unit(listed)
        self._just_listed = False
        return features

    def _look_up(self, identity: HeatPumpIdentity) -> _Unit:
        self._load_units()
        if (unit := self._units.get(_key(identity))) is None:
            raise ViessmannUnavailable(Outage.HEAT_PUMP_MISSING)
        return unit

    def _load_units(self) -> None:
        self._just_listed = True
        vicare = PyViCare()
        vicare.loadViaGateway()
        # A cache would hide a failure behind the answer before it.
        vicare.setCacheDuration(0)
        vicare.initWithExternalOAuth(self._manager)
        units = _units(vicare.all_devices)
        self._units = {_key(_identity(unit[0])): unit for unit in units}

    async def _get(self, url: str) -> _Json:
        if not url.startswith("/equipment/installations"):
            return await self._session.get_json(url, self._reason)
        found: list[_Json] = []
        page = url
        for _ in range(_MAX_PAGES):
            answer = await self._session.get_json(page, CallReason.DEVICE_LIST)
            found += complete_installations(answer["data"])
            cursor = text(mapping(answer.get("cursor")).get("next"))
            if cursor is None:
                break
            page = f"{url}&cursor={quote(cursor, safe='')}"
        return {"data": found}


class _NoFeatures:
    """Keeps PyViCare's detection of a model from making a call."""

    def fetch_all_features(self, accessor: object) -> _Json:
        return {"data": []}


def _key(identity: HeatPumpIdentity) -> tuple[str, str]:
    return identity.gateway_serial, identity.device_id


def _identity(device: PyViCareDeviceConfig) -> HeatPumpIdentity:
    return HeatPumpIdentity(
        installation_id=device.accessor.id,
        gateway_serial=device.accessor.serial,
        device_id=device.device_id,
        model=device.device_model,
    )


def _units(devices: Iterable[PyViCareDeviceConfig]) -> Iterator[_Unit]:
    systems: dict[str, _Unit] = {}
    for device in devices:
        if device.device_type in _SYSTEM_PARTS:
            systems.setdefault(device.accessor.serial, []).append(device)
        elif device.device_type == "heating" and _is_heat_pump(device):
            yield [device]
    for parts in systems.values():
        heat_pumps = list(filter(_is_heat_pump, parts))
        # The controller represents the units that it controls.
        heat_pumps.sort(key=lambda device: device.device_type != _CONTROLLER)
        for device in heat_pumps[:1]:
            yield [device, *(part for part in parts if part is not device)]


def _is_heat_pump(device: PyViCareDeviceConfig) -> bool:
    """Return whether a device is a heat pump, by its role or else by its model.

    The roles are kept from PyViCare's detection: it takes `type:boiler`, which heat
    pumps have as well, for a gas boiler.
    """
    if "type:heatpump" in device.roles:
        return True
    model = PyViCareDeviceConfig(
        device.accessor, _NoFeatures(), device.device_model, device.status
    )
    return isinstance(model.asAutoDetectDevice(), HeatPump)


def _read_unit(unit: _Unit) -> list[Feature]:
    """Return each feature of a heat pump once, of the device that knows most."""
    service, accessor = unit[0].service, unit[0].accessor
    features = parse_features(service.fetch_all_features(accessor))
    best: dict[str, Feature] = {}
    for device in unit:
        for feature in features:
            if feature.device_id == device.device_id:
                known = best.get(feature.name, feature)
                best[feature.name] = max(known, feature, key=lambda each: each.weight)
    return list(best.values())


def _answer(status: int, content: bytes) -> _Answer:
    """Return what an HTTP response says; the body may correct a good status."""
    try:
        body = mapping(json.loads(content))
    except RecursionError, ValueError:
        body = {}
    if status == HTTPStatus.OK:
        status = int(number(body.get("statusCode")) or status)
    return _Answer(status, body)


def _outage(answer: _Answer) -> Outage:
    kind = answer.body.get("errorType")
    if kind == "PACKAGE_NOT_PAID_FOR":
        return Outage.NOT_PAID_FOR
    if answer.details.get("reason") == "GATEWAY_OFFLINE":
        return Outage.GATEWAY_OFFLINE
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Outage.SERVER_ERROR
    if kind == "DEVICE_COMMUNICATION_ERROR":
        return Outage.DEVICE_OFFLINE
    return Outage.INVALID_ANSWER

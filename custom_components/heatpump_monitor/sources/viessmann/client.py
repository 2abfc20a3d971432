"""The Viessmann cloud, by way of PyViCare and within the call budget.

All use of PyViCare is in this module.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from http import HTTPStatus
import json
from typing import Any, Final, Protocol, override

import aiohttp
from PyViCare.PyViCare import PyViCare
from PyViCare.PyViCareAbstractOAuthManager import AbstractViCareOAuthManager
from PyViCare.PyViCareDeviceConfig import PyViCareDeviceConfig
from PyViCare.PyViCareHeatPump import HeatPump
from yarl import URL

from ..base import SourceAuthError, SourceError
from ..endpoints import ViessmannEndpoints
from ..json_values import mapping, number, text
from .budget import BudgetExhausted, CallBudget, CallReason
from .installations import INSTALLATIONS, complete, next_page
from .parsing import Feature, parse_features

_TIMEOUT_S: Final = 31
_MAX_PAGES: Final = 10
_HEATING_DEVICE: Final = "heating"
_CONTROLLER: Final = "systemController"
# The devices that make up one heat pump of the One-Base NG generation.
_SYSTEM_PARTS: Final = (_CONTROLLER, "outdoorUnit", "indoorUnit")
_HEAT_PUMP_ROLE: Final = "type:heatpump"
_EXPIRED: Final = "EXPIRED TOKEN"

type _UnitKey = tuple[str, str]
"""Gateway serial and device id."""
type _Json = dict[str, object]


class ViessmannError(SourceError):
    """The Viessmann cloud gave no answer that can be used."""


class ViessmannAuthError(ViessmannError, SourceAuthError):
    """The user has to sign in again."""

    key = "viessmann_sign_in"


class ViessmannRateLimited(ViessmannError):
    """No call is allowed for some time, by our own count or the cloud's."""

    key = "call_budget_exhausted"

    def __init__(self, until: datetime) -> None:
        """Remember when the next call is possible, aware and in UTC."""
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
        """Remember why."""
        super().__init__(reason.value)
        self.key = reason.value
        self.reason = reason


class ViessmannNotFound(ViessmannUnavailable):
    """The cloud does not know what it is asked for."""

    def __init__(self) -> None:
        """Take the heat pump to be what is missing."""
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
    online: bool
    """What the cloud says; it is known to be wrong at times."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Answer:
    status: int
    body: Mapping[str, object]
    """The JSON object; empty where there is none, as with an HTML page."""

    @property
    def token_refused(self) -> bool:
        return (
            self.status == HTTPStatus.UNAUTHORIZED or self.body.get("error") == _EXPIRED
        )


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
        """Prepare; nothing is asked for yet.

        Args:
            http: Home Assistant's session, or any other.
            tokens: Where the access token comes from.
            budget: What counts and grants the calls.
            endpoints: Where the API is.
            refused: Whether the cloud refused the present access token before.
        """
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

        Args:
            path: What to get, from the API's base on, beginning with a slash.
            reason: Why it is asked for.

        Raises:
            ViessmannAuthError: The cloud refuses the renewed token as well.
            ViessmannNotFound: The cloud does not know the installation or gateway.
            ViessmannRateLimited: The call was not made, or refused.
            ViessmannUnavailable: There is no answer of use.
        """
        answer = None if self._refused else await self._ask(path, reason)
        if answer is None or answer.token_refused:
            await self._tokens.force_refresh()
            answer = await self._ask(path, CallReason.SIGN_IN)
            self._refused = answer.token_refused
        if self._refused:
            raise ViessmannAuthError("The renewed access token is refused")
        if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
            until = self._budget.block_until(
                _limit_reset(answer.body), _limit_name(answer.body)
            )
            raise ViessmannRateLimited(until)
        if answer.status == HTTPStatus.NOT_FOUND:
            raise ViessmannNotFound
        if answer.status != HTTPStatus.OK:
            raise ViessmannUnavailable(_outage(answer))
        if not isinstance(answer.body.get("data"), list):
            raise ViessmannUnavailable(Outage.INVALID_ANSWER)
        return dict(answer.body)

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


@dataclass(frozen=True, kw_only=True, slots=True)
class _Unit:
    """A heat pump and the devices that it is made of."""

    identity: HeatPumpIdentity
    device: PyViCareDeviceConfig
    device_ids: tuple[str, ...]
    """The device of the identity first."""

    @property
    def key(self) -> _UnitKey:
        return _key(self.identity)


class ViessmannClient:
    """Reads the heat pumps of one account, one after the other.

    Each reading is one job in a thread, where PyViCare works; whatever it asks for
    comes by the session, in the event loop.
    """

    def __init__(self, session: ViessmannSession) -> None:
        """Prepare, in the event loop; nothing is asked for yet."""
        self._session = session
        self._reason = CallReason.REGULAR_READING
        self._manager = _OAuthManager(self._get)
        self._units: dict[_UnitKey, _Unit] = {}
        # Whose answer has failed since the account was last looked at for them.
        self._looked_up: set[_UnitKey] = set()

    async def list_heat_pumps(self) -> list[HeatPumpIdentity]:
        """Return the heat pumps of the account, for one call a page.

        Raises:
            ViessmannError: They could not be read.
        """
        await _in_thread(self._load_units)
        return [unit.identity for unit in self._units.values()]

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

        Raises:
            ViessmannNotFound: The cloud does not know a heat pump that it lists.
            ViessmannError: They could not be read.
        """
        self._reason = reason
        return await _in_thread(self._read, identity)

    def _read(self, identity: HeatPumpIdentity) -> list[Feature]:
        key = _key(identity)
        if (unit := self._units.get(key)) is None:
            unit = self._look_up(identity)
            self._looked_up.add(key)
        try:
            features = _read_unit(unit)
        except ViessmannNotFound:
            if key in self._looked_up:
                raise
            self._looked_up.add(key)
            left = unit.identity.installation_id
            features = _read_unit(self._look_up(identity, moved_from=left))
        self._looked_up.discard(key)
        return features

    def _look_up(
        self, identity: HeatPumpIdentity, *, moved_from: int | None = None
    ) -> _Unit:
        self._load_units()
        if (unit := self._units.get(_key(identity))) is None:
            raise ViessmannUnavailable(Outage.HEAT_PUMP_MISSING)
        if unit.identity.installation_id == moved_from:
            raise ViessmannNotFound
        return unit

    def _load_units(self) -> None:
        vicare = PyViCare()
        vicare.loadViaGateway(True)
        vicare.initWithExternalOAuth(self._manager)
        self._units = {unit.key: unit for unit in _units(vicare.all_devices)}

    async def _get(self, url: str) -> _Json:
        if url.startswith(INSTALLATIONS):
            return {"data": await self._installations(url)}
        return await self._session.get_json(url, self._reason)

    async def _installations(self, url: str) -> list[_Json]:
        found: list[_Json] = []
        page = url
        try:
            for _ in range(_MAX_PAGES):
                answer = await self._session.get_json(page, CallReason.DEVICE_LIST)
                found += complete(answer["data"])
                if (following := next_page(url, answer)) is None:
                    break
                page = following
        except ViessmannNotFound as err:
            raise ViessmannUnavailable(Outage.INVALID_ANSWER) from err
        return found


async def _in_thread[*ArgsT, ResultT](
    job: Callable[[*ArgsT], ResultT], *args: *ArgsT
) -> ResultT:
    return await asyncio.get_running_loop().run_in_executor(None, job, *args)


class _NoFeatures:
    """Keeps PyViCare's detection of a model from making a call."""

    def fetch_all_features(self, accessor: object) -> dict[str, object]:
        return {"data": []}


def _key(identity: HeatPumpIdentity) -> _UnitKey:
    return identity.gateway_serial, identity.device_id


def _units(devices: Iterable[PyViCareDeviceConfig]) -> Iterator[_Unit]:
    parts: dict[str, list[PyViCareDeviceConfig]] = {}
    for device in devices:
        if device.device_type in _SYSTEM_PARTS:
            parts.setdefault(device.accessor.serial, []).append(device)
        elif device.device_type == _HEATING_DEVICE and _is_heat_pump(device):
            yield _unit(device, [])
    for system in parts.values():
        heat_pumps = [device for device in system if _is_heat_pump(device)]
        # The controller represents the units that it controls.
        heat_pumps.sort(key=lambda device: device.device_type != _CONTROLLER)
        if heat_pumps:
            yield _unit(heat_pumps[0], system)


def _is_heat_pump(device: PyViCareDeviceConfig) -> bool:
    """Return whether a device is a heat pump, by its role or else by its model.

    The roles are kept from PyViCare's detection: it takes `type:boiler`, which heat
    pumps have as well, for a gas boiler.
    """
    if _HEAT_PUMP_ROLE in device.roles:
        return True
    model = PyViCareDeviceConfig(
        device.accessor, _NoFeatures(), device.device_model, device.status
    )
    return isinstance(model.asAutoDetectDevice(), HeatPump)


def _unit(device: PyViCareDeviceConfig, system: list[PyViCareDeviceConfig]) -> _Unit:
    identity = HeatPumpIdentity(
        installation_id=device.accessor.id,
        gateway_serial=device.accessor.serial,
        device_id=device.accessor.device_id,
        model=device.device_model,
        online=bool(device.isOnline()),
    )
    others = [part.device_id for part in system if part is not device]
    return _Unit(
        identity=identity, device=device, device_ids=(identity.device_id, *others)
    )


def _read_unit(unit: _Unit) -> list[Feature]:
    service = unit.device.service
    # Else PyViCare hides a failure behind the answer before it.
    service.clear_cache()
    features = parse_features(service.fetch_all_features(unit.device.accessor))
    best: dict[str, Feature] = {}
    for device_id in unit.device_ids:
        for feature in features:
            if feature.device_id != device_id:
                continue
            known = best.get(feature.name)
            if known is None or feature.is_better_than(known):
                best[feature.name] = feature
    return list(best.values())


def _answer(status: int, content: bytes) -> _Answer:
    """Return what an HTTP response says; the body may correct a good status."""
    try:
        body = mapping(json.loads(content))
    except RecursionError, ValueError:
        body = {}
    if status == HTTPStatus.OK:
        status = int(number(body.get("statusCode")) or status)
    return _Answer(status=status, body=body)


def _limit_reset(body: Mapping[str, object]) -> datetime | None:
    reset_ms = number(mapping(body.get("extendedPayload")).get("limitReset"))
    if reset_ms is None:
        return None
    try:
        return datetime.fromtimestamp(reset_ms / 1000, UTC)
    except OverflowError, OSError, ValueError:
        return None


def _limit_name(body: Mapping[str, object]) -> str | None:
    return text(mapping(body.get("extendedPayload")).get("name"))


def _outage(answer: _Answer) -> Outage:
    kind = answer.body.get("errorType")
    cause = mapping(answer.body.get("extendedPayload")).get("reason")
    if kind == "PACKAGE_NOT_PAID_FOR":
        return Outage.NOT_PAID_FOR
    if cause == "GATEWAY_OFFLINE":
        return Outage.GATEWAY_OFFLINE
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Outage.SERVER_ERROR
    if kind == "DEVICE_COMMUNICATION_ERROR":
        return Outage.DEVICE_OFFLINE
    return Outage.INVALID_ANSWER

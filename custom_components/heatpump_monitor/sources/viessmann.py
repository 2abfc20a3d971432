"""The Viessmann cloud, by way of PyViCare and within the call budget.

Everything here blocks and belongs into the executor. All use of PyViCare is in
this module.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from http import HTTPStatus
import threading
from typing import Final, Protocol, override

from PyViCare.PyViCare import PyViCare
from PyViCare.PyViCareAbstractOAuthManager import AbstractViCareOAuthManager
from PyViCare.PyViCareDeviceConfig import PyViCareDeviceConfig
import requests

from .budget import BudgetExhausted, CallBudget
from .endpoints import ViessmannEndpoints
from .json_values import mapping, number, text
from .viessmann_json import Feature, parse_features

_TIMEOUT_S: Final = 31
_HEATING_DEVICE: Final = "heating"
_HEAT_PUMP_ROLE: Final = "type:heatpump"
_EXPIRED: Final = "EXPIRED TOKEN"

type _DeviceKey = tuple[str, str]
"""Gateway serial and device id."""


class ViessmannError(Exception):
    """The Viessmann cloud gave no answer that can be used."""


class ViessmannAuthError(ViessmannError):
    """The user has to sign in again."""


class ViessmannRateLimited(ViessmannError):
    """No call is allowed for some time, by our own count or the cloud's."""

    def __init__(self, until: datetime) -> None:
        """Remember when the next call is possible, aware and in UTC."""
        super().__init__(f"No call is allowed before {until.isoformat()}")
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
        self.reason = reason


class TokenProvider(Protocol):
    """Where the access token comes from. Both calls may block."""

    def access_token(self) -> str:
        """Return a token that is valid by the clock.

        Raises:
            ViessmannAuthError: The user has to sign in again.
            ViessmannUnavailable: The token could not be renewed now.
        """

    def force_refresh(self) -> None:
        """Get a new token, whatever the clock says of the old one.

        Raises:
            ViessmannAuthError: The user has to sign in again.
            ViessmannUnavailable: The token could not be renewed now.
        """


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
    """What the cloud said."""

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
        tokens: TokenProvider,
        budget: CallBudget,
        endpoints: ViessmannEndpoints,
        *,
        refused: bool = False,
    ) -> None:
        """Prepare; nothing is asked for yet.

        Args:
            tokens: Where the access token comes from.
            budget: What counts and grants the calls.
            endpoints: Where the API is.
            refused: Whether the cloud refused the present access token before.
        """
        self._tokens = tokens
        self._refused = refused
        self._budget = budget
        self._api_url = endpoints.api_url
        self._http = requests.Session()

    def get_json(self, path: str) -> dict[str, object]:
        """Return the answer to one question, an object with a list `data`.

        A token that the cloud refuses is renewed once and the question asked
        once more, which is a second call of the budget. After a sign-in was
        refused, the token is renewed first: each further try is one call.

        Args:
            path: What to get, from the API's base on, beginning with a slash.

        Raises:
            ViessmannAuthError: The cloud refuses the renewed token as well.
            ViessmannRateLimited: The call was not made, or refused.
            ViessmannUnavailable: There is no answer of use.
        """
        answer = None if self._refused else self._ask(path)
        if answer is None or answer.token_refused:
            self._tokens.force_refresh()
            answer = self._ask(path)
            self._refused = answer.token_refused
        if self._refused:
            raise ViessmannAuthError("The renewed access token is refused")
        if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
            until = self._budget.block_until(
                _limit_reset(answer.body), _limit_name(answer.body)
            )
            raise ViessmannRateLimited(until)
        if answer.status != HTTPStatus.OK:
            raise ViessmannUnavailable(_outage(answer))
        if not isinstance(answer.body.get("data"), list):
            raise ViessmannUnavailable(Outage.INVALID_ANSWER)
        return dict(answer.body)

    def _ask(self, path: str) -> _Answer:
        headers = {"Authorization": f"Bearer {self._tokens.access_token()}"}
        try:
            self._budget.take()
            response = self._http.get(
                f"{self._api_url}{path}",
                headers=headers,
                timeout=_TIMEOUT_S,
                # To follow would be one more request, past the budget.
                allow_redirects=False,
            )
        except BudgetExhausted as err:
            raise ViessmannRateLimited(err.until) from err
        except requests.Timeout as err:
            raise ViessmannUnavailable(Outage.TIMEOUT) from err
        except requests.RequestException as err:
            raise ViessmannUnavailable(Outage.CONNECTION_FAILED) from err
        return _read(response)


class _OAuthManager(AbstractViCareOAuthManager):  # type: ignore[misc]
    """Sends PyViCare's questions through our session, and only there.

    The manager of PyViCare asks again without end while a token is refused, and
    keeps the API's address in a variable of its module that core's ViCare
    integration shares. Hence its `get` is replaced as a whole. There is no way
    to write: the session it is given cannot post.
    """

    def __init__(self, session: ViessmannSession) -> None:
        super().__init__(session)
        self._session = session

    @override
    def get(self, url: str) -> dict[str, object]:
        return self._session.get_json(url)


class ViessmannClient:
    """Reads the heat pumps of one account."""

    def __init__(self, session: ViessmannSession) -> None:
        """Prepare; nothing is asked for yet."""
        self._manager = _OAuthManager(session)
        self._devices: dict[_DeviceKey, PyViCareDeviceConfig] = {}
        # Entries of one account share the client, each from its own thread.
        self._lock = threading.Lock()

    def list_heat_pumps(self) -> list[HeatPumpIdentity]:
        """Return the heat pumps of the account, for one call.

        Raises:
            ViessmannError: They could not be read.
        """
        with self._lock:
            return self._load_devices()

    def read_features(self, identity: HeatPumpIdentity) -> list[Feature]:
        """Return all features of a heat pump, for one call.

        The first reading of an account takes one call more, and so does one
        after the heat pump was missing.

        Raises:
            ViessmannError: They could not be read.
        """
        with self._lock:
            device = self._device(identity)
            # Else PyViCare hides a failure behind the answer before it.
            device.service.clear_cache()
            answer = device.service.fetch_all_features(device.accessor)
        features = parse_features(answer)
        return [
            feature for feature in features if feature.device_id == identity.device_id
        ]

    def _device(self, identity: HeatPumpIdentity) -> PyViCareDeviceConfig:
        key = _key(identity)
        if key not in self._devices:
            self._load_devices()
        if key not in self._devices:
            raise ViessmannUnavailable(Outage.HEAT_PUMP_MISSING)
        return self._devices[key]

    def _load_devices(self) -> list[HeatPumpIdentity]:
        vicare = PyViCare()
        vicare.loadViaGateway(True)
        try:
            vicare.initWithExternalOAuth(self._manager)
            devices = [device for device in vicare.devices if _is_heat_pump(device)]
            identities = [_identity(device) for device in devices]
        except (AttributeError, TypeError, ValueError) as err:
            # What PyViCare raises where an installation is not as it expects.
            raise ViessmannUnavailable(Outage.INVALID_ANSWER) from err
        self._devices = dict(zip(map(_key, identities), devices, strict=True))
        return identities


def _key(identity: HeatPumpIdentity) -> _DeviceKey:
    return identity.gateway_serial, identity.device_id


def _is_heat_pump(device: PyViCareDeviceConfig) -> bool:
    return device.device_type == _HEATING_DEVICE and _HEAT_PUMP_ROLE in device.roles


def _identity(device: PyViCareDeviceConfig) -> HeatPumpIdentity:
    return HeatPumpIdentity(
        installation_id=int(device.accessor.id),
        gateway_serial=str(device.accessor.serial),
        device_id=str(device.accessor.device_id),
        model=str(device.device_model),
        online=bool(device.isOnline()),
    )


def _read(response: requests.Response) -> _Answer:
    """Return what an HTTP response says; the body may correct a good status."""
    try:
        body = mapping(response.json())
    except ValueError:
        body = {}
    status = response.status_code
    if status == HTTPStatus.OK:
        status = int(number(body.get("statusCode")) or status)
    return _Answer(status=status, body=body)


def _limit_reset(body: Mapping[str, object]) -> datetime | None:
    """Return when the cloud's own window ends, if it says so."""
    reset_ms = number(mapping(body.get("extendedPayload")).get("limitReset"))
    if reset_ms is None:
        return None
    try:
        return datetime.fromtimestamp(reset_ms / 1000, UTC)
    except OverflowError, OSError, ValueError:
        return None


def _limit_name(body: Mapping[str, object]) -> str | None:
    """Return what the cloud calls the limit that was exceeded."""
    return text(mapping(body.get("extendedPayload")).get("name"))


def _outage(answer: _Answer) -> Outage:
    """Return what a bad status means."""
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

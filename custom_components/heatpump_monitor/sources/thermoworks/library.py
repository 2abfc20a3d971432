"""The library for ThermoWorks: installed and imported with the first account.

Its licence (GPLv3) does not allow to ship it with this integration, and nobody
without an account needs it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
import importlib
from types import ModuleType
from typing import Final, Protocol, cast

from homeassistant.core import HomeAssistant
from homeassistant.requirements import (
    RequirementsNotFound,
    async_clear_install_history,
    async_process_requirements,
)
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ...const import DOMAIN
from .errors import ThermoWorksNotInstalled
from .session import ThermoWorksSession

THERMOWORKS_REQUIREMENT: Final = "thermoworks-cloud>=0.1.16"
_MODULE: Final = "thermoworks_cloud"
# Each try may take minutes, and other integrations wait for it.
_BETWEEN_TRIES: Final = timedelta(minutes=10)
_FAILED_AT: Final[HassKey[datetime]] = HassKey(f"{DOMAIN}_thermoworks_failed_at")


class User(Protocol):
    """The user of an account; whatever is missing is None."""

    account_id: str | None
    display_name: str | None


class Device(Protocol):
    """What probes are plugged into; whatever is missing is None."""

    device_id: str | None
    serial: str | None
    label: str | None
    device_name: str | None
    battery: int | None
    signal_strength: int | None
    last_seen: datetime | None
    last_telemetry_saved: datetime | None
    transmit_interval_in_seconds: int | None


class Channel(Protocol):
    """What a probe is plugged into; whatever is missing is None."""

    value: float | str | None
    """A whole number comes as a text."""
    units: str | None
    status: str | None
    label: str | None
    type: str | None
    last_seen: datetime | None
    last_telemetry_saved: datetime | None


class Auth(Protocol):
    """A sign-in."""


class AuthFactory(Protocol):
    """Signs in."""

    async def build_auth(self, email: str, password: str) -> Auth:
        """Return a sign-in."""


class Cloud(Protocol):
    """Reads an account."""

    async def get_user(self) -> User:
        """Return who signed in."""

    async def get_devices(self, account_id: str) -> Sequence[Device]:
        """Return the devices of an account."""

    async def get_device_channel(self, device_serial: str, channel: str) -> Channel:
        """Return a channel, or raise `ResourceNotFoundError`."""


class Library(Protocol):
    """What is used of the library."""

    ResourceNotFoundError: type[Exception]

    def AuthFactory(self, websession: ThermoWorksSession) -> AuthFactory:
        """Return what signs in."""

    def ThermoworksCloud(self, auth: Auth) -> Cloud:
        """Return what reads an account."""


async def async_load(hass: HomeAssistant, *, asked_by_user: bool = False) -> Library:
    """Return the library, installed first where it is missing.

    Home Assistant does not try again by itself after a failure. Here it does: at
    once when a user asks for it, and every ten minutes otherwise.

    Raises:
        ThermoWorksNotInstalled: It cannot be installed now.
    """
    failed_at = hass.data.get(_FAILED_AT)
    now = dt_util.utcnow()
    if failed_at is not None and (asked_by_user or now - failed_at >= _BETWEEN_TRIES):
        async_clear_install_history(hass)
        failed_at = None
    try:
        if not hass.config.skip_pip:
            await async_process_requirements(
                hass, DOMAIN, [THERMOWORKS_REQUIREMENT], is_built_in=False
            )
        module = await hass.async_add_import_executor_job(_import)
    except (RequirementsNotFound, ImportError) as err:
        hass.data[_FAILED_AT] = failed_at or now
        raise ThermoWorksNotInstalled(THERMOWORKS_REQUIREMENT) from err
    hass.data.pop(_FAILED_AT, None)
    return cast("Library", module)


def _import() -> ModuleType:
    # Python looks again for what was not there a moment ago.
    importlib.invalidate_caches()
    return importlib.import_module(_MODULE)

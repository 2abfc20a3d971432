"""Read the probes of a ThermoWorks account.

`library.async_load` gives the library, and `probes/build.py` puts all together.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from ...readings import ProbeReading
from ..base import AccountInfo, SourceError
from ..pace import shortened
from .errors import (
    ThermoWorksBusy,
    ThermoWorksError,
    ThermoWorksInvalidAnswer,
    ThermoWorksSignInOver,
    ThermoWorksUnreachable,
)
from .library import Cloud, Device, Library
from .parsing import ChannelOfDevice, probe_readings, serial_of, transmit_s
from .session import ThermoWorksSession

_TIMEOUT_S: Final = 45.0
"""For all that a reading asks for: a device with four probes takes six requests."""
_PACE_S: Final = 60.0
_SLOWEST_PACE_S: Final = 300.0
_LONGEST_WAIT: Final = timedelta(minutes=15)
# None has so many; each is asked for by itself, until the cloud knows no further one.
_MOST_CHANNELS: Final = 16
_NAME: Final = "ThermoWorks"


class ThermoWorks:
    """Reads one account; remembers its sign-in, and when it may be asked again."""

    def __init__(
        self,
        library: Library,
        session: ThermoWorksSession,
        email: str,
        password: str,
        clock: Callable[[], datetime],
    ) -> None:
        """Prepare; nothing is asked for yet. The clock is in UTC."""
        self._library = library
        self._session = session
        self._email = email
        self._password = password
        self._clock = clock
        self._cloud: Cloud | None = None
        self._account_id: str | None = None
        self._name = _NAME
        self._busy_until: datetime | None = None
        self._failures = 0
        self._transmit_s: float | None = None

    @property
    def pace_s(self) -> float:
        """Return how often it is worth asking: as often as the fastest device sends."""
        pace_s = min(max(self._transmit_s or 0.0, _PACE_S), _SLOWEST_PACE_S)
        return shortened(pace_s, minimum=5)

    async def identify(self) -> AccountInfo:
        """Return which account it is, or raise a `SourceError`."""
        return await self._ask(self._identify, self._clock)

    async def read(self, now: Callable[[], datetime]) -> tuple[ProbeReading, ...]:
        """Return all probes of the account, or raise a `SourceError`."""
        return await self._ask(lambda cloud: self._readings(cloud, now), now)

    async def _ask[T](
        self, question: Callable[[Cloud], Awaitable[T]], now: Callable[[], datetime]
    ) -> T:
        """Ask, signing in first or again where that is needed."""
        self._check_busy(now())
        try:
            async with asyncio.timeout(_TIMEOUT_S):
                answer = await self._signed_in(question)
        except TimeoutError:
            raise self._failed(ThermoWorksUnreachable(), now()) from None
        except ThermoWorksBusy as err:
            self._busy_until = now() + err.wait
            raise ThermoWorksBusy(err.wait, self._busy_until) from None
        except ThermoWorksError as err:
            raise self._failed(err, now()) from None
        self._failures = 0
        return answer

    def _check_busy(self, now: datetime) -> None:
        """Ask nothing while the cloud asks to wait: each question prolongs it."""
        if self._busy_until is not None and now < self._busy_until:
            raise ThermoWorksBusy(self._busy_until - now, self._busy_until)

    def _failed(self, err: ThermoWorksError, now: datetime) -> ThermoWorksError:
        """Return an error that says when to ask again: each time twice as late."""
        pause = timedelta(seconds=shortened(_PACE_S, minimum=5)) * 2**self._failures
        err.retry_at = now + min(pause, _LONGEST_WAIT)
        self._failures = min(self._failures + 1, 8)
        return err

    async def _signed_in[T](self, question: Callable[[Cloud], Awaitable[T]]) -> T:
        """Ask with a sign-in; with a new one, once, where the old one is refused.

        The library takes the clock on the wall for how long a token is valid. A change
        of that clock, daylight saving time too, makes it use one that has run out.
        """
        if self._cloud is not None:
            try:
                return await _of_library(question(self._cloud))
            except ThermoWorksSignInOver:
                self._cloud = None
        self._cloud = await self._sign_in()
        try:
            return await _of_library(question(self._cloud))
        except ThermoWorksSignInOver:
            self._cloud = None
            raise

    async def _sign_in(self) -> Cloud:
        factory = self._library.AuthFactory(self._session)
        auth = await _of_library(factory.build_auth(self._email, self._password))
        return self._library.ThermoworksCloud(auth)

    async def _identify(self, cloud: Cloud) -> AccountInfo:
        user = await cloud.get_user()
        if not user.account_id:
            raise ThermoWorksInvalidAnswer("The user has no account")
        self._account_id = user.account_id
        name = (user.display_name or "").strip()
        # What is a name here appears in the log.
        is_name = name and "@" not in name
        return AccountInfo(
            identity=user.account_id, name=f"{_NAME} ({name})" if is_name else _NAME
        )

    async def _readings(
        self, cloud: Cloud, now: Callable[[], datetime]
    ) -> tuple[ProbeReading, ...]:
        found = await self._channels(cloud)
        return probe_readings(found, now())

    async def _channels(self, cloud: Cloud) -> list[ChannelOfDevice]:
        if self._account_id is None:
            await self._identify(cloud)
        devices: dict[str, Device] = {}
        for device in await cloud.get_devices(self._account_id or ""):
            if (serial := serial_of(device)) is not None:
                devices.setdefault(serial, device)
        paces = [pace for each in devices.values() if (pace := transmit_s(each))]
        self._transmit_s = min(paces, default=None)
        return [
            channel
            for serial, device in devices.items()
            for channel in await self._channels_of(cloud, serial, device)
        ]

    async def _channels_of(
        self, cloud: Cloud, serial: str, device: Device
    ) -> list[ChannelOfDevice]:
        found: list[ChannelOfDevice] = []
        for number in range(1, _MOST_CHANNELS + 1):
            try:
                channel = await cloud.get_device_channel(serial, str(number))
            except self._library.ResourceNotFoundError:
                break
            found.append(
                ChannelOfDevice(
                    device=device, serial=serial, number=number, channel=channel
                )
            )
        return found


async def _of_library[T](answer: Awaitable[T]) -> T:
    """Return an answer of the library, or raise a `SourceError`.

    It wraps some errors in its own, whose texts name what was asked for.
    """
    try:
        return await answer
    except SourceError:
        raise
    except Exception as err:  # noqa: BLE001
        if isinstance(err.__cause__, SourceError):
            raise err.__cause__ from None
        kind = type(err).__name__
        raise ThermoWorksInvalidAnswer(f"The library raised {kind}") from None

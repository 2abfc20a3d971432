"""HomeWizard meters on the local network, by their local API v1 over plain HTTP.

kWh Meter for one and three phases, also those by Eastron (SDM230-wifi, SDM630-wifi),
and the Energy Socket. The owner switches the API on in the HomeWizard app.

Not by the library of the P1 meter, python-homewizard-energy: its part for API v1
accepts answers of any size and texts in place of numbers, fails on products that it
does not know, keeps who answered, and asks three times, longer than until the next
poll.
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Final

import aiohttp

from ...readings import MeterReading
from ..base import MeterInfo, SourceError, plain_mac
from ..http_json import NoAnswer, get_json
from ..json_values import mapping, text
from ..ranges import Ranges
from .measurement import meter_reading

# Two attempts and the pause between them end before the next poll is due.
_TIMEOUT_S: Final = 4.0
_RETRY_DELAY_S: Final = 1.0
_API_DISABLED: Final = 202
_API_VERSION: Final = "v1"
_P1: Final = "HWE-P1"


class HomeWizardError(SourceError):
    """The meter gave no answer that can be used."""

    key = "meter_unavailable"


class HomeWizardUnreachable(HomeWizardError):
    """Nothing answers at this address, or not in time."""

    key = "meter_unreachable"


class HomeWizardApiDisabled(HomeWizardError):
    """The local API is switched off in the HomeWizard app."""

    key = "homewizard_api_disabled"


class HomeWizardApiVersion(HomeWizardError):
    """The firmware answers by another version of the API."""

    key = "homewizard_api_version"


class NotAHomeWizard(HomeWizardError):
    """Something answers, but it is no HomeWizard."""

    key = "not_a_homewizard"


class AnotherHomeWizard(HomeWizardError):
    """Another HomeWizard than the expected one answers."""

    key = "meter_is_another"


class HomeWizardIsP1(HomeWizardError):
    """It reads the meter of the whole house."""

    key = "homewizard_is_p1"


class HomeWizardWithoutEnergy(HomeWizardError):
    """It is a HomeWizard, but none that measures electricity."""

    key = "homewizard_without_energy"


class HomeWizardInvalidAnswer(HomeWizardError):
    """The answer is not what the API describes."""

    key = "meter_invalid_answer"


class HomeWizardMeter:
    """Reads one meter."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        host: str,
        *,
        is_reversed: bool = False,
        serial: str | None = None,
        ranges: Ranges | None = None,
        retry_delay_s: float = _RETRY_DELAY_S,
    ) -> None:
        """Prepare; nothing is asked for yet.

        Args:
            host: Name or address, with a port if it is not 80.
            is_reversed: Whether supply and load are at each other's terminals. That
                is the whole meter: it does not count its phases apart.
            serial: Of the only device that may answer, also with the colons of a MAC
                address, which it is; None for any.
            ranges: What a power may be; outside of it, it is not known.
            retry_delay_s: Pause before the one retry.
        """
        self._session = session
        self._host = host
        self._is_reversed = is_reversed
        self._serial = None if serial is None else plain_mac(serial)
        self._power_range = (ranges or Ranges()).power_w
        self._retry_delay_s = retry_delay_s

    async def identify(self) -> MeterInfo:
        """Return what the device says of itself."""
        try:
            return await self._identify()
        except HomeWizardInvalidAnswer as err:
            raise NotAHomeWizard from err

    async def read(self, now: Callable[[], datetime]) -> MeterReading:
        """Return what the meter measures, asking once more if the network fails."""
        try:
            return await self._read(now)
        except HomeWizardUnreachable:
            await asyncio.sleep(self._retry_delay_s)
            return await self._read(now)

    async def _identify(self) -> MeterInfo:
        answer = await self._ask("/api")
        serial, model = text(answer.get("serial")), text(answer.get("product_type"))
        version = text(answer.get("api_version"))
        if serial is None or model is None or version is None:
            raise NotAHomeWizard
        if self._serial is not None and plain_mac(serial) != self._serial:
            raise AnotherHomeWizard
        if version != _API_VERSION:
            raise HomeWizardApiVersion(f"API version {version}")
        if model == _P1:
            raise HomeWizardIsP1
        return MeterInfo(
            identity=serial,
            manufacturer="HomeWizard",
            model=model,
            firmware=text(answer.get("firmware_version")),
        )

    async def _read(self, now: Callable[[], datetime]) -> MeterReading:
        try:
            async with asyncio.timeout(_TIMEOUT_S):
                # Addresses change hands, and a measurement does not name its meter.
                await self._identify()
                asked = now()
                data = await self._ask("/api/v1/data")
        except TimeoutError as err:
            raise HomeWizardUnreachable from err
        # The device measured somewhere between question and answer.
        time = asked + (now() - asked) / 2
        reading = meter_reading(
            data, time, self._power_range, is_reversed=self._is_reversed
        )
        if reading is None:
            raise HomeWizardWithoutEnergy
        return reading

    async def _ask(self, path: str) -> Mapping[str, object]:
        try:
            status, content = await get_json(
                self._session,
                self._host,
                path,
                timeout=aiohttp.ClientTimeout(total=_TIMEOUT_S),
            )
        except NoAnswer as err:
            raise HomeWizardUnreachable from err
        if status == HTTPStatus.FORBIDDEN and content is not None:
            if mapping(content.get("error")).get("id") == _API_DISABLED:
                raise HomeWizardApiDisabled
        if status != HTTPStatus.OK:
            raise HomeWizardInvalidAnswer(f"HTTP status {status}")
        if content is None:
            raise HomeWizardInvalidAnswer("The answer is no JSON object, or too large")
        return content

"""The Shelly energy meter on the local network, by RPC over plain HTTP.

Measured and described with the Pro 3EM in mind; every Shelly of the second
generation or later that measures energy answers alike.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Final

import aiohttp

from ...readings import EnergySpan, MeterReading
from ..base import MeterInfo, SourceAuthError, SourceError, plain_mac
from ..http_json import NoAnswer, get_json
from ..json_values import mapping, number, text
from ..ranges import Ranges
from . import history as shelly_history
from .components import Wiring, measures_energy, meter_reading
from .history import Bucket, Component, Day

# Two attempts and the pause between them end before the next poll is due.
_TIMEOUT: Final = aiohttp.ClientTimeout(total=4)
# The device reads its flash at some sixty records a second: a day takes it 25 s.
_HISTORY_TIMEOUT: Final = aiohttp.ClientTimeout(total=90)
_RETRY_DELAY_S: Final = 1.0
# The device's memory has a record a minute: no page is shorter.
_SHORTEST_PAGE_S: Final = 60


class ShellyError(SourceError):
    """The meter gave no answer that can be used."""

    key = "meter_unavailable"


class ShellyUnreachable(ShellyError):
    """Nothing answers at this address, or not in time."""

    key = "meter_unreachable"


class ShellyAuthError(ShellyError, SourceAuthError):
    """The password is missing or wrong."""

    key = "meter_wrong_password"


class NotAShelly(ShellyError):
    """Something answers, but it is no Shelly of the second generation or later."""

    key = "meter_not_a_shelly"


class FirstGenerationShelly(ShellyError):
    """It is a Shelly of the first generation, which has no RPC."""

    key = "meter_first_generation"


class AnotherShelly(ShellyError):
    """Another Shelly than the expected one answers."""

    key = "meter_is_another"


class NoEnergyMeter(ShellyError):
    """It is a Shelly, but none that measures energy."""

    key = "meter_without_energy"


class ShellyInvalidAnswer(ShellyError):
    """The answer is not what the RPC describes."""

    key = "meter_invalid_answer"


class ShellyClient:
    """Reads one meter."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        host: str,
        password: str | None = None,
        reversed_phases: Collection[str] = (),
        *,
        mac: str | None = None,
        channels: Collection[str] = (),
        ranges: Ranges | None = None,
        retry_delay_s: float = _RETRY_DELAY_S,
    ) -> None:
        """Prepare; nothing is asked for yet.

        Args:
            host: Name or address, with a port if it is not 80.
            password: Of the user `admin`, if the device asks for one.
            reversed_phases: Those of `a` to `d` whose CT sits the wrong way round.
            mac: Of the only device that may answer, in any notation; None for any.
            channels: Those of `a` to `d` that are counted of single-phase meters;
                none for all.
            ranges: What a power may be; outside of it, it is not known.
            retry_delay_s: Pause before the one retry.
        """
        self._session = session
        self._host = host
        self._mac = None if mac is None else plain_mac(mac)
        self._wiring = Wiring(
            frozenset(reversed_phases),
            frozenset(channels),
            (ranges or Ranges()).power_w,
        )
        self._retry_delay_s = retry_delay_s
        # One for the client's life: the device's nonce is used again, instead
        # of being asked for at every poll.
        self._digest = (
            (aiohttp.DigestAuthMiddleware("admin", password),) if password else ()
        )

    async def identify(self) -> MeterInfo:
        """Return what the device says of itself; needs no password."""
        try:
            answer = await self._ask("/shelly")
        except (ShellyAuthError, ShellyInvalidAnswer) as err:
            raise NotAShelly from err
        mac, model = text(answer.get("mac")), text(answer.get("model"))
        if mac is None or model is None or number(answer.get("gen")) is None:
            is_first = mac is not None and text(answer.get("type")) is not None
            raise FirstGenerationShelly if is_first else NotAShelly
        self._check_mac(mac)
        return MeterInfo(
            identity=mac.upper(),
            manufacturer="Shelly",
            model=model,
            auth_required=answer.get("auth_en") is True,
            firmware=text(answer.get("ver")),
        )

    async def read(self, now: Callable[[], datetime]) -> MeterReading:
        """Return what the meter measures, asking once more if the network fails."""
        try:
            return await self._read(now)
        except ShellyUnreachable:
            await asyncio.sleep(self._retry_delay_s)
            return await self._read(now)

    async def history(
        self, start: datetime, end: datetime
    ) -> AsyncIterator[list[EnergySpan]]:
        """Yield what the meter remembers, one list for each day or part of one.

        The spans are in their order and apart. The first may begin before the
        start, none ends after the end. What is missing is not known: the last
        minutes, the time before the meter's memory begins, the times at which it
        had no power. A list may be empty. After a failure nothing is asked for again.
        A meter without a memory yields nothing.
        """
        status = await self._status()
        if not measures_energy(status):
            raise NoEnergyMeter
        components = shelly_history.components(status, self._wiring)
        if not components:
            return
        for day in shelly_history.days(start, end):
            # One after the other: the device has other work to do.
            parts = [await self._drawn_wh(each, day) for each in components]
            yield shelly_history.spans(day, parts, self._wiring.power_w)

    async def _drawn_wh(self, component: Component, day: Day) -> dict[Bucket, float]:
        drawn_wh: dict[Bucket, float] = {}
        since_s: float | None = day.start_s
        while since_s is not None and since_s < day.end_s:
            query: dict[str, str | int] = {
                "id": component.number,
                "ts": int(since_s),
                "end_ts": day.end_s,
                "period": day.period_s,
                "add_keys": "true",
            }
            path = f"/rpc/{component.name}.GetNetEnergies"
            answer = await self._ask(path, query, _HISTORY_TIMEOUT)
            try:
                page_wh, next_s = shelly_history.page(answer, component, self._wiring)
            except ValueError as err:
                raise ShellyInvalidAnswer(str(err)) from err
            if next_s is not None and next_s < since_s + _SHORTEST_PAGE_S:
                raise ShellyInvalidAnswer("The history does not go on")
            drawn_wh |= page_wh
            since_s = next_s
        return drawn_wh

    async def _read(self, now: Callable[[], datetime]) -> MeterReading:
        asked = now()
        status = await self._status()
        # The device measured somewhere between question and answer.
        time = asked + (now() - asked) / 2
        if (reading := meter_reading(status, time, self._wiring)) is None:
            raise NoEnergyMeter
        return reading

    async def _status(self) -> Mapping[str, object]:
        status = await self._ask("/rpc/Shelly.GetStatus")
        self._check_mac(text(mapping(status.get("sys")).get("mac")))
        return status

    def _check_mac(self, mac: str | None) -> None:
        """Refuse another device, or one that does not name itself.

        Addresses change hands, and another meter's energy must not be counted.
        """
        if self._mac is not None and (mac is None or plain_mac(mac) != self._mac):
            raise AnotherShelly

    async def _ask(
        self,
        path: str,
        query: Mapping[str, str | int] | None = None,
        timeout: aiohttp.ClientTimeout | None = None,
    ) -> Mapping[str, object]:
        try:
            status, content = await get_json(
                self._session,
                self._host,
                path,
                query=query,
                middlewares=self._digest,
                timeout=timeout or _TIMEOUT,
            )
        except NoAnswer as err:
            raise ShellyUnreachable from err
        if status == HTTPStatus.UNAUTHORIZED:
            raise ShellyAuthError
        if status != HTTPStatus.OK:
            raise ShellyInvalidAnswer(f"HTTP status {status}")
        if content is None:
            raise ShellyInvalidAnswer("The answer is no JSON object, or too large")
        return content

"""The Shelly energy meter on the local network.

Speaks the RPC of the second generation and later over plain HTTP. Measured and
described with the Pro 3EM in mind; every Shelly with the components `em` or
`em1` answers alike.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
import json
from typing import Final

import aiohttp
from yarl import URL

from ...readings import PHASES, EnergySpan, MeterReading, PhaseReading
from ..base import SourceAuthError, SourceError
from ..json_values import mapping, number, text
from ..ranges import Range, Ranges
from . import history as shelly_history
from .components import Channel, counter, monophase_channels, total, triphase_channels
from .history import Bucket, Component, Day, Page

_USER: Final = "admin"
# Two attempts and the pause between them end before the next poll is due.
_TIMEOUT: Final = aiohttp.ClientTimeout(total=4)
# The device reads its flash at some sixty records a second: a day takes it 25 s.
_HISTORY_TIMEOUT: Final = aiohttp.ClientTimeout(total=90)
_RETRY_DELAY_S: Final = 1.0
# A status is 3 kB, a day of history 10 kB: what is larger comes from no Shelly.
_MOST_BYTES: Final = 1_000_000
_CHUNK_BYTES: Final = 65_536
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


class AnotherShelly(ShellyError):
    """Another Shelly than the expected one answers."""

    key = "meter_is_another"


class NoEnergyMeter(ShellyError):
    """It is a Shelly, but none that measures energy."""

    key = "meter_without_energy"


class ShellyInvalidAnswer(ShellyError):
    """The answer is not what the RPC describes."""

    key = "meter_invalid_answer"


@dataclass(frozen=True, kw_only=True, slots=True)
class ShellyInfo:
    """What a Shelly says of itself to anybody."""

    mac: str
    """Twelve hexadecimal digits in upper case: the identity of the device."""
    model: str
    name: str | None
    profile: str | None
    """`triphase` or `monophase`; None where the model has no profiles."""
    auth_required: bool
    firmware: str | None
    app: str | None


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
            session: Home Assistant's, or any other.
            host: Name or address, with a port if it is not 80.
            password: Of the user `admin`, if the device asks for one.
            reversed_phases: Those of `a`, `b`, `c` whose CT
                sits the wrong way round.
            mac: Of the only device that may answer, in any notation; None for any.
            channels: Those of `a`, `b`, `c` that are counted of single-phase meters;
                none for all.
            ranges: What a power may be; outside of it, it is not known.
            retry_delay_s: The pause before the one retry.
        """
        self._session = session
        self._host = host
        self._reversed = frozenset(reversed_phases)
        self._mac = None if mac is None else _plain_mac(mac)
        self._chosen = frozenset(channels)
        self._power_w = (ranges or Ranges()).power_w
        self._retry_delay_s = retry_delay_s
        # One for the client's life: the device's nonce is used again, instead
        # of being asked for at every poll.
        self._digest = (
            (aiohttp.DigestAuthMiddleware(_USER, password),) if password else ()
        )

    async def identify(self) -> ShellyInfo:
        """Return what the device says of itself; needs no password.

        Raises:
            ShellyUnreachable: Nothing answers.
            NotAShelly: What answers is something else.
            AnotherShelly: What answers is not the expected device.
        """
        try:
            answer = await self._get("/shelly")
        except (ShellyAuthError, ShellyInvalidAnswer) as err:
            raise NotAShelly from err
        mac, model = text(answer.get("mac")), text(answer.get("model"))
        if mac is None or model is None or number(answer.get("gen")) is None:
            raise NotAShelly
        self._check_mac(mac)
        return ShellyInfo(
            mac=mac.upper(),
            model=model,
            name=text(answer.get("name")),
            profile=text(answer.get("profile")),
            auth_required=answer.get("auth_en") is True,
            firmware=text(answer.get("ver")),
            app=text(answer.get("app")),
        )

    async def read(self, now: Callable[[], datetime]) -> MeterReading:
        """Return what the meter measures, asking once more if the network fails.

        Args:
            now: The clock, aware and in UTC.

        Raises:
            ShellyError: It could not be read.
        """
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
        had no power. A list may be empty.

        Args:
            start: Aware.
            end: Aware.

        Raises:
            ShellyError: It could not be read; nothing is asked for again.
        """
        components = shelly_history.components(await self._status(), self._chosen)
        if not components:
            raise NoEnergyMeter
        for day in shelly_history.days(start, end):
            # One after the other: the device has other work to do.
            parts = [await self._drawn_wh(each, day) for each in components]
            yield shelly_history.spans(day, parts, self._power_w)

    async def _drawn_wh(self, component: Component, day: Day) -> dict[Bucket, float]:
        drawn_wh: dict[Bucket, float] = {}
        since_s: float | None = day.start_s
        while since_s is not None and since_s < day.end_s:
            page = await self._page(component, replace(day, start_s=int(since_s)))
            if page.next_s is not None and page.next_s < since_s + _SHORTEST_PAGE_S:
                raise ShellyInvalidAnswer("The history does not go on")
            drawn_wh |= page.drawn_wh
            since_s = page.next_s
        return drawn_wh

    async def _page(self, component: Component, asked: Day) -> Page:
        answer = await self._ask(
            f"/rpc/{component.name}.GetNetEnergies",
            {
                "id": component.number,
                "ts": asked.start_s,
                "end_ts": asked.end_s,
                "period": asked.period_s,
                "add_keys": "true",
            },
            _HISTORY_TIMEOUT,
        )
        try:
            return shelly_history.page(answer, component, self._reversed)
        except ValueError as err:
            raise ShellyInvalidAnswer(str(err)) from err

    async def _read(self, now: Callable[[], datetime]) -> MeterReading:
        asked = now()
        status = await self._status()
        # The device measured somewhere between question and answer.
        time = asked + (now() - asked) / 2
        if "em:0" in status:
            return self._triphase(status, time)
        if any(f"em1:{index}" in status for index in range(len(PHASES))):
            return self._monophase(status, time)
        raise NoEnergyMeter

    async def _status(self) -> Mapping[str, object]:
        status = await self._get("/rpc/Shelly.GetStatus")
        self._check_mac(text(mapping(status.get("sys")).get("mac")))
        return status

    def _check_mac(self, mac: str | None) -> None:
        """Refuse another device, or one that does not name itself.

        Addresses change hands, and another meter's energy must not be counted.
        """
        if self._mac is not None and (mac is None or _plain_mac(mac) != self._mac):
            raise AnotherShelly

    async def _get(self, path: str) -> Mapping[str, object]:
        return await self._ask(path, {}, _TIMEOUT)

    async def _ask(
        self, path: str, query: Mapping[str, str | int], timeout: aiohttp.ClientTimeout
    ) -> Mapping[str, object]:
        try:
            async with self._session.get(
                URL.build(scheme="http", authority=self._host, path=path, query=query),
                allow_redirects=False,
                middlewares=self._digest,
                timeout=timeout,
            ) as response:
                if response.status == HTTPStatus.UNAUTHORIZED:
                    raise ShellyAuthError
                if response.status != HTTPStatus.OK:
                    raise ShellyInvalidAnswer(f"HTTP status {response.status}")
                body = await _limited_body(response)
        except (aiohttp.ClientError, TimeoutError, ValueError) as err:
            raise ShellyUnreachable from err
        return _json_object(body)

    def _triphase(self, status: Mapping[str, object], time: datetime) -> MeterReading:
        channels = triphase_channels(status)
        reading = self._reading(channels, time)
        if self._reversed:
            return reading
        # The device's own sums, which are there even where a phase is not.
        live, counters = mapping(status["em:0"]), mapping(status.get("emdata:0"))
        if not any(channel.power_failed for channel in channels):
            power_w = self._power_w.keep(number(live.get("total_act_power")))
            reading = replace(reading, power_w=power_w)
        if not reading.counter_failed:
            reading = replace(
                reading,
                energy_wh=counter(counters, "total_act"),
                returned_wh=counter(counters, "total_act_ret"),
            )
        return reading

    def _monophase(self, status: Mapping[str, object], time: datetime) -> MeterReading:
        channels = monophase_channels(status, self._chosen)
        names = tuple(channel.phase.name for channel in channels)
        return replace(self._reading(channels, time), channels=names)

    def _reading(self, channels: Collection[Channel], time: datetime) -> MeterReading:
        known = [self._known(channel) for channel in channels]
        phases = tuple(self._plausible(channel.phase) for channel in known)
        errors = dict.fromkeys(error for each in channels for error in each.errors)
        return MeterReading(
            time=time,
            power_w=self._power_w.keep(total(phase.power_w for phase in phases)),
            energy_wh=total(channel.energy_wh for channel in known),
            returned_wh=total(channel.returned_wh for channel in known),
            phases=phases,
            reversed_phases=tuple(sorted(self._reversed)),
            errors=tuple(errors),
            counter_failed=any(channel.counter_failed for channel in channels),
        )

    def _known(self, channel: Channel) -> Channel:
        """Return the channel with the right sign, without values of no use."""
        if channel.phase.name in self._reversed:
            channel = channel.turned()
        return channel.without_failed_values()

    def _plausible(self, phase: PhaseReading) -> PhaseReading:
        """Return the phase without a power that it cannot have.

        A negative power stays: it shows a reversed CT.
        """
        most = self._power_w.high
        return replace(phase, power_w=Range(-most, most).keep(phase.power_w))


def _plain_mac(mac: str) -> str:
    return mac.replace(":", "").replace("-", "").upper()


async def _limited_body(response: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK_BYTES):
        body += chunk
        if len(body) > _MOST_BYTES:
            raise ShellyInvalidAnswer("The answer is too large")
    return bytes(body)


def _json_object(body: bytes) -> Mapping[str, object]:
    try:
        answer = json.loads(body)
    except (RecursionError, ValueError) as err:
        raise ShellyInvalidAnswer("The answer is no JSON") from err
    if not isinstance(answer, dict):
        raise ShellyInvalidAnswer("The answer is no JSON object")
    return answer

"""The Shelly energy meter on the local network.

Speaks the RPC of the second generation and later over plain HTTP. Measured and
described with the Pro 3EM in mind; every Shelly with the components `em` or
`em1` answers alike.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
import json
from typing import Final

import aiohttp
from yarl import URL

from ..performance.readings import EnergySpan, MeterReading, PhaseReading
from . import shelly_history
from .json_values import mapping, number, text
from .ranges import Range, Ranges
from .shelly_history import Bucket, Component, Day, Page

_USER: Final = "admin"
# Two attempts and the pause between them end before the next poll is due.
_TIMEOUT: Final = aiohttp.ClientTimeout(total=4)
# The device reads its flash at some sixty records a second: a day takes it 25 s.
_HISTORY_TIMEOUT: Final = aiohttp.ClientTimeout(total=90)
_RETRY_DELAY_S: Final = 1.0
_PHASES: Final = ("a", "b", "c")


class ShellyError(Exception):
    """The meter gave no answer that can be used."""


class ShellyUnreachable(ShellyError):
    """Nothing answers at this address, or not in time."""


class ShellyAuthError(ShellyError):
    """The password is missing or wrong."""


class NotAShelly(ShellyError):
    """Something answers, but it is no Shelly of the second generation or later."""


class NoEnergyMeter(ShellyError):
    """It is a Shelly, but none that measures energy."""


class ShellyInvalidAnswer(ShellyError):
    """The answer is not what the RPC describes."""


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


@dataclass(frozen=True, kw_only=True, slots=True)
class _Channel:
    """One phase, or one single-phase meter, as the wire has it."""

    phase: PhaseReading
    energy_wh: float | None
    returned_wh: float | None

    @property
    def silent(self) -> bool:
        """Return whether it says nothing at all: it is not there."""
        return self == _Channel(
            phase=PhaseReading(name=self.phase.name), energy_wh=None, returned_wh=None
        )


class ShellyClient:
    """Reads one meter."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        host: str,
        password: str | None = None,
        reversed_phases: Collection[str] = (),
        *,
        ranges: Ranges | None = None,
        retry_delay_s: float = _RETRY_DELAY_S,
    ) -> None:
        """Prepare; nothing is asked for yet.

        Args:
            session: Home Assistant's, or any other.
            host: Name or address, with a port if it is not 80.
            password: Of the user `admin`, if the device asks for one.
            reversed_phases: Those of `a`, `b`, `c` whose current transformer
                sits the wrong way round.
            ranges: What a power may be; outside of it, it is not known.
            retry_delay_s: The pause before the one retry.
        """
        self._session = session
        self._host = host
        self._reversed = frozenset(reversed_phases)
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
        """
        try:
            answer = await self._get("/shelly")
        except (ShellyAuthError, ShellyInvalidAnswer) as err:
            raise NotAShelly from err
        mac, model = text(answer.get("mac")), text(answer.get("model"))
        if mac is None or model is None or number(answer.get("gen")) is None:
            raise NotAShelly
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
        components = shelly_history.components(await self._get("/rpc/Shelly.GetStatus"))
        if not components:
            raise NoEnergyMeter
        for day in shelly_history.days(start, end):
            # One after the other: the device has other work to do.
            parts = [await self._drawn_wh(each, day) for each in components]
            yield shelly_history.spans(day, parts, self._power_w)

    async def _drawn_wh(self, component: Component, day: Day) -> dict[Bucket, float]:
        """Return what one component remembers of a day.

        Raises:
            ShellyError: It could not be read.
        """
        drawn_wh: dict[Bucket, float] = {}
        since_s: float | None = day.start_s
        while since_s is not None and since_s < day.end_s:
            page = await self._page(component, replace(day, start_s=int(since_s)))
            if page.next_s is not None and page.next_s <= since_s:
                raise ShellyInvalidAnswer("The history does not go on")
            drawn_wh |= page.drawn_wh
            since_s = page.next_s
        return drawn_wh

    async def _page(self, component: Component, asked: Day) -> Page:
        """Return one answer of a component.

        Raises:
            ShellyError: It could not be read.
        """
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
        status = await self._get("/rpc/Shelly.GetStatus")
        # The device measured somewhere between question and answer.
        time = asked + (now() - asked) / 2
        if "em:0" in status:
            return self._triphase(status, time)
        if any(f"em1:{index}" in status for index in range(len(_PHASES))):
            return self._monophase(status, time)
        raise NoEnergyMeter

    async def _get(self, path: str) -> Mapping[str, object]:
        return await self._ask(path, {}, _TIMEOUT)

    async def _ask(
        self, path: str, query: Mapping[str, str | int], timeout: aiohttp.ClientTimeout
    ) -> Mapping[str, object]:
        """Return the JSON object that answers a question.

        Raises:
            ShellyError: There is none.
        """
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
                body = await response.read()
        except (aiohttp.ClientError, TimeoutError, ValueError) as err:
            raise ShellyUnreachable from err
        return _json_object(body)

    def _triphase(self, status: Mapping[str, object], time: datetime) -> MeterReading:
        live, counters = mapping(status["em:0"]), mapping(status.get("emdata:0"))
        channels = [
            _Channel(
                phase=_phase(name, live, prefix=f"{name}_"),
                energy_wh=_counter(counters, f"{name}_total_act_energy"),
                returned_wh=_counter(counters, f"{name}_total_act_ret_energy"),
            )
            for name in _PHASES
        ]
        reading = self._reading(channels, time)
        if self._reversed:
            return reading
        # The device's own sums, which are there even where a phase is not.
        return replace(
            reading,
            power_w=self._power_w.keep(number(live.get("total_act_power"))),
            energy_wh=_counter(counters, "total_act"),
            returned_wh=_counter(counters, "total_act_ret"),
        )

    def _monophase(self, status: Mapping[str, object], time: datetime) -> MeterReading:
        channels = []
        for index, name in enumerate(_PHASES):
            live = mapping(status.get(f"em1:{index}"))
            counters = mapping(status.get(f"em1data:{index}"))
            channels.append(
                _Channel(
                    phase=_phase(name, live),
                    energy_wh=_counter(counters, "total_act_energy"),
                    returned_wh=_counter(counters, "total_act_ret_energy"),
                )
            )
        return self._reading(channels, time)

    def _reading(self, channels: Iterable[_Channel], time: datetime) -> MeterReading:
        """Return the channels that are there, and their sums."""
        present = [self._turned(channel) for channel in channels if not channel.silent]
        phases = tuple(self._plausible(channel.phase) for channel in present)
        return MeterReading(
            time=time,
            power_w=self._power_w.keep(_sum(phase.power_w for phase in phases)),
            energy_wh=_sum(channel.energy_wh for channel in present),
            returned_wh=_sum(channel.returned_wh for channel in present),
            phases=phases,
        )

    def _turned(self, channel: _Channel) -> _Channel:
        """Return the channel as a current transformer the right way round has it."""
        if channel.phase.name not in self._reversed:
            return channel
        power_w = channel.phase.power_w
        return _Channel(
            phase=replace(channel.phase, power_w=None if power_w is None else -power_w),
            energy_wh=channel.returned_wh,
            returned_wh=channel.energy_wh,
        )

    def _plausible(self, phase: PhaseReading) -> PhaseReading:
        """Return the phase without a power that it cannot have.

        A negative power stays: it tells of a transformer the wrong way round.
        """
        most = self._power_w.high
        return replace(phase, power_w=Range(-most, most).keep(phase.power_w))


def _phase(name: str, live: Mapping[str, object], prefix: str = "") -> PhaseReading:
    return PhaseReading(
        name=name,
        power_w=number(live.get(f"{prefix}act_power")),
        voltage_v=number(live.get(f"{prefix}voltage")),
        current_a=number(live.get(f"{prefix}current")),
    )


def _counter(counters: Mapping[str, object], key: str) -> float | None:
    """Return a cumulative counter, in Wh."""
    value = number(counters.get(key))
    return value if value is not None and value >= 0 else None


def _sum(values: Iterable[float | None]) -> float | None:
    """Return the sum; None if one of the values is not known, or there is none."""
    known = list(values)
    if not known or None in known:
        return None
    return sum(value for value in known if value is not None)


def _json_object(body: bytes) -> Mapping[str, object]:
    """Return the JSON object in the body of an answer.

    Raises:
        ShellyInvalidAnswer: There is none.
    """
    try:
        answer = json.loads(body)
    except ValueError as err:
        raise ShellyInvalidAnswer("The answer is no JSON") from err
    if not isinstance(answer, dict):
        raise ShellyInvalidAnswer("The answer is no JSON object")
    return answer

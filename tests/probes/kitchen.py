"""A kitchen with probes whose temperatures a test sets, in Home Assistant."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
import math
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from custom_components.heatpump_monitor.const import (
    CONF_KIND,
    CONF_SOURCE,
    DOMAIN,
    Kind,
    ProbeKind,
)
from custom_components.heatpump_monitor.readings import ProbeReading
from custom_components.heatpump_monitor.sources.base import AccountInfo, SourceError
from homeassistant.const import CONF_EMAIL, CONF_PASSWORD
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import device_registry as dr, entity_registry as er

ROAST = "AB12_1"
PIT = "AB12_2"


def probe(key: str, name: str, temperature_c: float | None = 20.0) -> ProbeReading:
    """Return a probe of an instrument with two."""
    return ProbeReading(
        key=key,
        name=name,
        temperature_c=temperature_c,
        device="AB12",
        model="Signals",
        battery_pct=88.0,
        signal_dbm=-54.0,
        transmit_s=60.0,
    )


@dataclass
class Account:
    """An account that answers with what a test put into it."""

    readings: dict[str, ProbeReading] = field(
        default_factory=lambda: {
            ROAST: probe(ROAST, "Roast"),
            PIT: probe(PIT, "Pit", 110.0),
        }
    )
    error: SourceError | None = None
    asleep: set[str] = field(default_factory=set)
    """The probes that measure nothing new."""
    asked: int = 0
    pace_s: float = 60.0

    async def identify(self) -> AccountInfo:
        """Return which account it is."""
        return AccountInfo(identity="a-griller", name="ThermoWorks")

    async def read(self, now: Callable[[], datetime]) -> tuple[ProbeReading, ...]:
        """Return all probes, or raise the error."""
        self.asked += 1
        if self.error is not None:
            raise self.error
        for key in self.readings.keys() - self.asleep:
            self.readings[key] = replace(
                self.readings[key], measured_at=now(), last_seen_at=now()
            )
        return tuple(self.readings.values())

    def set(self, key: str, temperature_c: float | None) -> None:
        """Set what a probe measures from now on."""
        self.readings[key] = replace(self.readings[key], temperature_c=temperature_c)


@dataclass(kw_only=True)
class Kitchen:
    """An entry of probes, and the account behind it."""

    hass: HomeAssistant
    freezer: FrozenDateTimeFactory
    account: Account
    entry: MockConfigEntry

    async def set_up(self) -> None:
        """Set up the entry."""
        await self.hass.config_entries.async_setup(self.entry.entry_id)
        await self.settle()

    async def restart(self, away_s: float = 0) -> None:
        """Unload the entry, let time pass, and set it up again."""
        assert await self.hass.config_entries.async_unload(self.entry.entry_id)
        await self.settle()
        self.freezer.tick(away_s)
        await self.set_up()

    async def settle(self) -> None:
        """Wait until nothing is under way."""
        await self.hass.async_block_till_done(wait_background_tasks=True)

    async def live(self, seconds: float) -> None:
        """Let time pass in steps of half a minute."""
        while seconds > 0:
            self.freezer.tick(timedelta(seconds=min(seconds, 30)))
            async_fire_time_changed(self.hass)
            await self.settle()
            seconds -= 30

    async def measure(self, key: str, *temperatures_c: float | None) -> None:
        """Let a probe measure temperatures, one a minute."""
        for temperature_c in temperatures_c:
            self.account.set(key, temperature_c)
            await self.live(60)

    def entity_id(self, platform: str, key: str, of: str = ROAST) -> str:
        """Return the id of an entity of a probe."""
        unique_id = f"{self.entry.unique_id}_{of}_{key}"
        registry = er.async_get(self.hass)
        found = registry.async_get_entity_id(platform, DOMAIN, unique_id)
        assert found is not None, f"There is no {platform} {key} of {of}"
        return found

    def state(self, platform: str, key: str, of: str = ROAST) -> State:
        """Return the state of an entity of a probe."""
        state = self.hass.states.get(self.entity_id(platform, key, of))
        assert state is not None
        return state

    def shown(self, platform: str, key: str, of: str = ROAST) -> str:
        """Return what an entity of a probe shows."""
        return self.state(platform, key, of).state

    async def act(
        self, platform: str, action: str, key: str, of: str = ROAST, **data: Any
    ) -> None:
        """Do what a person does on a card."""
        target = {"entity_id": self.entity_id(platform, key, of)}
        await self.hass.services.async_call(
            platform, action, {**target, **data}, blocking=True
        )
        await self.settle()

    async def limit(self, key: str, value: float, of: str = ROAST) -> None:
        """Set a limit, as on a card."""
        await self.act("number", "set_value", key, of, value=value)

    async def call(self, action: str, **data: Any) -> Mapping[str, Any]:
        """Call an action of the integration; return what it answers."""
        answer = await self.hass.services.async_call(
            DOMAIN, action, data, blocking=True, return_response=True
        )
        assert isinstance(answer, dict)
        return answer

    def device(self, part: str = ROAST) -> dr.DeviceEntry:
        """Return the device of a probe or of an instrument."""
        device = dr.async_get(self.hass).async_get_device_by_identifier(
            (DOMAIN, f"{self.entry.unique_id}_{part}"), self.entry.entry_id
        )
        assert isinstance(device, dr.DeviceEntry)
        return device

    def event(self, of: str = ROAST) -> str | None:
        """Return the kind of the last alarm event of a probe."""
        kind: str | None = self.state("event", "probe_alarm", of).attributes[
            "event_type"
        ]
        return kind


def warming(minutes: int) -> list[float]:
    """Return how something warms up from 20 °C towards 110 °C, minute by minute."""
    return [110 - 90 * math.exp(-each / 120) for each in range(minutes)]


def entry_of(account_id: str) -> MockConfigEntry:
    """Return the entry of an account."""
    return MockConfigEntry(
        domain=DOMAIN,
        title="ThermoWorks",
        unique_id=account_id,
        data={
            CONF_KIND: Kind.PROBES,
            CONF_SOURCE: ProbeKind.THERMOWORKS,
            CONF_EMAIL: "griller@example.com",
            CONF_PASSWORD: "correct horse battery",
        },
    )

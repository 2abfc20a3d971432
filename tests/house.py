"""A house meter that a test tells what it measures, and its config entry."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from custom_components.heatpump_monitor.const import (
    CONF_IDENTIFIER,
    CONF_KIND,
    CONF_SOURCE,
    DOMAIN,
    HouseMeterSource,
    Kind,
)
from custom_components.heatpump_monitor.house_meter.coordinator import (
    HouseMeterCoordinator,
)
from custom_components.heatpump_monitor.readings import (
    GridReading,
    PhaseReading,
    Submeter,
    SubmeterReading,
)
from custom_components.heatpump_monitor.sources.base import MeterInfo, SourceError
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_HOST, CONF_TOKEN
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util

SERIAL = "5c2fafaabbcc"
START = datetime(2026, 1, 15, 11, 0, tzinfo=UTC)
"""Noon in Berlin."""
SETUP = "custom_components.heatpump_monitor.house_meter.setup"


class FakeMeter:
    """A grid meter that is polled."""

    def __init__(self) -> None:
        """Draw nothing yet."""
        self.power_w = 1000.0
        self.import_wh = 5_000_000.0
        self.export_wh = 1_000.0
        self.error: SourceError | None = None
        self.more: dict[str, Any] = {}
        """Fields of the reading beside power and counters."""
        self.polls = 0
        self.answered_at: datetime | None = None

    def reading(self, now: datetime) -> GridReading:
        """Return what the meter measures now."""
        return GridReading(
            time=now,
            measured_at=now.replace(microsecond=0),
            power_w=self.power_w,
            import_wh=self.import_wh,
            export_wh=self.export_wh,
            **self.more,
        )

    def flow(self, seconds: float) -> None:
        """Count what flows in a time."""
        energy_wh = self.power_w * seconds / 3600
        self.import_wh += max(energy_wh, 0)
        self.export_wh += max(-energy_wh, 0)

    async def identify(self) -> MeterInfo:
        """Return what the meter says of itself."""
        if self.error is not None:
            raise self.error
        return MeterInfo(
            identity=SERIAL,
            manufacturer="HomeWizard",
            model="HWE-P1",
            firmware="6.00",
        )

    async def read(self, now: Callable[[], datetime]) -> GridReading:
        """Return what the meter measures, or raise its error."""
        self.polls += 1
        if self.error is not None:
            raise self.error
        return self.reading(now())


class FakePush(FakeMeter):
    """A grid meter that pushes each reading when it is told to."""

    def __init__(self) -> None:
        """Wait for a connection."""
        super().__init__()
        self.connections = 0
        self.push_error: SourceError | None = None
        self.sent: asyncio.Queue[GridReading | SourceError] = asyncio.Queue()

    async def readings(self, now: Callable[[], datetime]) -> AsyncIterator[GridReading]:
        """Yield what is sent, or raise the error that ends the connection."""
        self.connections += 1
        if self.push_error is not None:
            raise self.push_error
        while True:
            sent = await self.sent.get()
            if isinstance(sent, SourceError):
                raise sent
            yield sent


@dataclass(kw_only=True)
class House:
    """A house with one meter, and its config entry."""

    hass: HomeAssistant
    freezer: FrozenDateTimeFactory
    entry: MockConfigEntry
    meter: FakeMeter = field(default_factory=FakeMeter)

    @property
    def coordinator(self) -> HouseMeterCoordinator:
        """Return the coordinator of the loaded entry."""
        coordinator = self.entry.runtime_data
        assert isinstance(coordinator, HouseMeterCoordinator)
        return coordinator

    async def set_up(self) -> None:
        """Set up the config entry."""
        await self.hass.config_entries.async_setup(self.entry.entry_id)
        await self.hass.async_block_till_done()

    async def shut_down(self) -> None:
        """Unload the config entry."""
        if self.entry.state in {ConfigEntryState.LOADED, ConfigEntryState.SETUP_RETRY}:
            await self.hass.config_entries.async_unload(self.entry.entry_id)
            await self.hass.async_block_till_done()

    async def live(self, seconds: float, step_s: float = 10) -> None:
        """Let time pass; a meter that pushes does so at each step."""
        for _ in range(round(seconds / step_s)):
            self.freezer.tick(step_s)
            self.meter.flow(step_s)
            if isinstance(self.meter, FakePush) and self.meter.push_error is None:
                self.meter.sent.put_nowait(self.meter.reading(dt_util.utcnow()))
                await self.run()
            async_fire_time_changed(self.hass, dt_util.utcnow())
            await self.hass.async_block_till_done()

    async def run(self) -> None:
        """Let background tasks go on as far as they can."""
        for _ in range(5):
            await asyncio.sleep(0)

    def entity_id(self, platform: str, key: str) -> str | None:
        """Return the entity id of what shows a key; None if it is not there."""
        registry = er.async_get(self.hass)
        return registry.async_get_entity_id(platform, DOMAIN, f"{SERIAL}_{key}")

    def state(self, platform: str, key: str) -> State:
        """Return the state of an entity."""
        entity_id = self.entity_id(platform, key)
        assert entity_id is not None, key
        state = self.hass.states.get(entity_id)
        assert state is not None, key
        return state

    def value(self, key: str) -> str:
        """Return what a sensor shows."""
        return self.state("sensor", key).state


def house_entry(title: str = "Grid", serial: str = SERIAL) -> MockConfigEntry:
    """Return the config entry that a user makes of a P1 meter."""
    return MockConfigEntry(
        domain=DOMAIN,
        title=title,
        unique_id=serial,
        data={
            CONF_KIND: Kind.HOUSE_METER,
            CONF_SOURCE: HouseMeterSource.HOMEWIZARD,
            CONF_HOST: "127.0.0.1:9",
            CONF_TOKEN: "0123456789ABCDEF0123456789ABCDEF",
            CONF_IDENTIFIER: f"appliance/p1dongle/{serial}",
        },
    )


def three_phases() -> dict[str, Any]:
    """Return what a three-phase meter in Flanders also says."""
    return {
        "phases": tuple(
            PhaseReading(name=name, power_w=333.0, voltage_v=231.5, current_a=1.4)
            for name in "abc"
        ),
        "import_by_tariff_wh": {1: 3_000_000.0, 2: 2_000_000.0},
        "export_by_tariff_wh": {1: 600.0, 2: 400.0},
        "tariff": 2,
        "sags": {"a": 1, "b": 0, "c": 0},
        "swells": {"a": 0, "b": 0, "c": 0},
        "power_failures": 4,
        "long_power_failures": 5,
        "submeters": (
            SubmeterReading(
                serial="G1",
                kind=Submeter.GAS,
                value=2569.646,
                unit="m3",
                measured_at=START - timedelta(minutes=5),
            ),
            SubmeterReading(serial="W1", kind=Submeter.WATER, value=123.4, unit="m3"),
            SubmeterReading(serial="H1", kind=Submeter.HEAT, value=12.345, unit="GJ"),
        ),
    }


@pytest.fixture
def pushes() -> bool:
    """Return whether the meter pushes its readings."""
    return False


@pytest.fixture
async def grid_house(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    freezer: FrozenDateTimeFactory,
    frozen_loop: None,
    enable_custom_integrations: None,
    pushes: bool,
) -> AsyncIterator[House]:
    """Return a house at noon, not yet set up; time passes only when told to."""
    freezer.move_to(START)
    await hass.config.async_set_time_zone("Europe/Berlin")
    meter = FakePush() if pushes else FakeMeter()
    house = House(hass=hass, freezer=freezer, entry=house_entry(), meter=meter)
    house.entry.add_to_hass(hass)
    with patch(f"{SETUP}.grid_source", return_value=meter):
        yield house
        await house.shut_down()

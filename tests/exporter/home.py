"""A home with one export, and a database that a test lets fail."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from custom_components.heatpump_monitor.const import (
    CONF_BUCKET,
    CONF_HOME,
    CONF_KIND,
    CONF_ORG,
    CONF_TAGS,
    CONF_TARGET,
    DOMAIN,
    Kind,
    TargetKind,
)
from custom_components.heatpump_monitor.exporter.coordinator import ExportCoordinator
from custom_components.heatpump_monitor.exporter.point import Point
from custom_components.heatpump_monitor.exporter.targets.base import (
    LinesRejected,
    TargetError,
)
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_TOKEN, CONF_URL
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er, issue_registry as ir
from homeassistant.util import dt as dt_util

from .spooling import START, encode, power

SETUP = "custom_components.heatpump_monitor.exporter.setup"
_PATIENCE = 5_000
_REQUEST = 200


class FakeDatabase:
    """A database in memory."""

    replaces = True
    resend_s = 0.0
    connections = 1

    def __init__(self) -> None:
        """Take everything."""
        self.error: TargetError | None = None
        self.is_hanging = False
        self.refused: set[float] = set()
        """Values of which no line is taken."""
        self.lines: list[str] = []
        self.attempts = 0

    def encode(self, point: Point) -> str:
        """Return a point as a short line."""
        return encode(point)

    async def write(self, lines: Sequence[str]) -> None:
        """Take lines, or fail as the test wants."""
        self.attempts += 1
        if self.is_hanging:
            await asyncio.Event().wait()
        if self.error is not None:
            raise self.error
        if any(f"v={value!r}" in line for value in self.refused for line in lines):
            raise LinesRejected("400 unable to parse")
        self.lines += lines


@dataclass(kw_only=True)
class ExportingHome:
    """A home with one export, whose clock goes only when it is let."""

    hass: HomeAssistant
    freezer: FrozenDateTimeFactory
    entry: MockConfigEntry
    folder: Path
    database: FakeDatabase = field(default_factory=FakeDatabase)
    taken: int = 0

    @property
    def coordinator(self) -> ExportCoordinator:
        """Return the coordinator of the loaded entry."""
        coordinator = self.entry.runtime_data
        assert isinstance(coordinator, ExportCoordinator)
        return coordinator

    @property
    def spool_file(self) -> Path:
        """Return the file of the spool."""
        return self.folder / f"export_{self.entry.entry_id}.db"

    @property
    def rejected_file(self) -> Path:
        """Return the file of the lines that were refused."""
        return self.folder / f"export_{self.entry.entry_id}_rejected.jsonl"

    async def set_up(self) -> None:
        """Set up the config entry."""
        await self.hass.config_entries.async_setup(self.entry.entry_id)
        await self.hass.async_block_till_done()

    async def shut_down(self) -> None:
        """Unload the config entry."""
        if self.entry.state in {ConfigEntryState.LOADED, ConfigEntryState.SETUP_RETRY}:
            await self.hass.config_entries.async_unload(self.entry.entry_id)
            await self.hass.async_block_till_done()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something is so, in threads and background tasks."""
        for _ in range(_PATIENCE):
            if condition():
                return
            # The sender pauses between its requests.
            self.freezer.tick(0.001)
            await self.hass.async_add_executor_job(lambda: None)
        pytest.fail("It did not happen")

    async def measure(self, count: int = 1) -> None:
        """Take new points, and wait until the disk has them or does not take them."""
        numbers = range(self.taken, self.taken + count)
        self.coordinator.async_take([power(each) for each in numbers])
        self.taken += count
        await self.hass.async_block_till_done()

    async def measure_odd(self) -> None:
        """Take a point that the database refuses."""
        self.database.refused.add(-1.0)
        self.coordinator.async_take([power(-1, -1.0)])
        await self.hass.async_block_till_done()

    async def sent(self) -> None:
        """Wait until the database has all that was measured."""
        await self.until(lambda: len({*self.database.lines}) == self.taken)

    async def emptied(self) -> None:
        """Let time pass until the spool has nothing left to send."""
        for _ in range(_PATIENCE):
            await self.live(timedelta(minutes=1))
            if not self.coordinator.data.spool.unsent:
                return
            # A jump of the clock looks like a timeout to a request that is under way.
            for _ in range(_REQUEST):
                self.freezer.tick(0.001)
                await self.hass.async_add_executor_job(lambda: None)
        pytest.fail("It did not happen")

    async def failed(self) -> None:
        """Wait until the sender has noted the failure of the database."""
        await self.until(
            lambda: self.coordinator.data.sender.failure is self.database.error
        )

    async def live(self, duration: timedelta, step_s: float = 60) -> None:
        """Let time pass; measure nothing."""
        for _ in range(round(duration.total_seconds() / step_s)):
            self.freezer.tick(step_s)
            async_fire_time_changed(self.hass, dt_util.utcnow())
            await self.coordinator.async_refresh()
            await self.hass.async_block_till_done()

    def state(self, platform: str, key: str) -> State:
        """Return the state of an entity."""
        unique_id = f"{self.entry.entry_id}_{key}"
        registry = er.async_get(self.hass)
        entity_id = registry.async_get_entity_id(platform, DOMAIN, unique_id)
        assert entity_id is not None, key
        state = self.hass.states.get(entity_id)
        assert state is not None, key
        return state

    def value(self, key: str) -> str:
        """Return what a sensor shows."""
        return self.state("sensor", key).state

    def issue(self, key: str) -> dict[str, str] | None:
        """Return what fills the texts of an issue, None if it is not raised."""
        registry = ir.async_get(self.hass)
        found = registry.async_get_issue(DOMAIN, f"{key}_{self.entry.entry_id}")
        return None if found is None else found.translation_placeholders


def export_entry(title: str = "Database", **options: Any) -> MockConfigEntry:
    """Return the config entry that a user makes of an InfluxDB 2."""
    return MockConfigEntry(
        domain=DOMAIN,
        title=title,
        # It is in the unique ids of the entities.
        entry_id=f"01EXPORT{title.upper()}",
        unique_id=f"http://192.168.3.4:8086 our-bucket {title}",
        data={
            CONF_KIND: Kind.EXPORT,
            CONF_TARGET: TargetKind.INFLUXDB2,
            CONF_URL: "http://192.168.3.4:8086",
            CONF_TOKEN: "our-token",
            CONF_ORG: "our-org",
            CONF_BUCKET: "our-bucket",
        },
        options={CONF_HOME: "our-home", CONF_TAGS: {"place": "our-place"}, **options},
    )


@pytest.fixture
async def home(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    freezer: FrozenDateTimeFactory,
    frozen_loop: None,
    enable_custom_integrations: None,
    tmp_path: Path,
) -> AsyncIterator[ExportingHome]:
    """Return a home with an export that is not set up yet."""
    freezer.move_to(START)
    entry = export_entry()
    entry.add_to_hass(hass)
    home = ExportingHome(
        hass=hass, freezer=freezer, entry=entry, folder=tmp_path / DOMAIN
    )
    with (
        patch.object(hass.config, "config_dir", str(tmp_path)),
        patch(f"{SETUP}.target_of", return_value=home.database),
    ):
        yield home
        await home.shut_down()

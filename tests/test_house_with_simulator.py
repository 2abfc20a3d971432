"""A house meter behind the simulator's P1 meter, beside a heat pump."""

import asyncio
from collections.abc import AsyncIterator, Callable

import aiohttp
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_monitor.const import CONF_IDENTIFIER, DOMAIN
from custom_components.heatpump_monitor.house_meter.coordinator import (
    HouseMeterCoordinator,
)
from custom_components.heatpump_monitor.sources.endpoints import CA_FILE_VARIABLE
from custom_components.heatpump_monitor.sources.homewizard.p1 import request_token
from custom_components.heatpump_monitor.sources.homewizard.p1_connection import (
    P1Connection,
)
from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.const import CONF_HOST, CONF_TOKEN, STATE_UNAVAILABLE
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component

from .house import house_entry
from .household import Household

STEP_S = 10
LISTENING = "listen to the house meter"


class Connected:
    """A household with a house meter, at the pace of the simulator."""

    def __init__(self, household: Household, entry: MockConfigEntry) -> None:
        """Prepare; nothing is set up yet."""
        self.household = household
        self.entry = entry
        self.p1 = household.simulator.p1

    @property
    def coordinator(self) -> HouseMeterCoordinator:
        """Return the coordinator of the house meter."""
        coordinator = self.entry.runtime_data
        assert isinstance(coordinator, HouseMeterCoordinator)
        return coordinator

    async def set_up(self) -> None:
        """Set up all entries; the push goes on, so that nothing waits for its end."""
        assert await async_setup_component(self.household.hass, DOMAIN, {})
        await self.household.hass.async_block_till_done()

    async def live(self, seconds: float) -> None:
        """Let time pass; what is pushed arrives before the next step."""
        for _ in range(round(seconds / STEP_S)):
            await self.household.tick(STEP_S)
            await self.settle()

    async def settle(self) -> None:
        """Wait for all that is under way, but not for the end of the push."""
        entries = self.entry, self.household.entry
        while pending := [
            task
            for entry in entries
            for task in entry._background_tasks  # noqa: SLF001
            if task.get_name() != LISTENING
        ]:
            await asyncio.wait(pending)
        # What was pushed, or a new connection, needs some rounds of the loop.
        for _ in range(200):
            await asyncio.sleep(0)
        await self.household.hass.async_block_till_done()

    async def until(self, is_true: Callable[[], bool]) -> None:
        """Let the network do its part until something is true."""
        for _ in range(20_000):
            if is_true():
                return
            await asyncio.sleep(0)
        raise AssertionError("It did not happen")

    def value(self, key: str) -> str:
        """Return what a sensor of the house meter shows."""
        registry = er.async_get(self.household.hass)
        unique_id = f"{self.entry.unique_id}_{key}"
        entity_id = registry.async_get_entity_id("sensor", DOMAIN, unique_id)
        assert entity_id is not None, key
        state = self.household.hass.states.get(entity_id)
        assert state is not None, key
        return state.state


@pytest.fixture
async def connected(
    household: Household, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Connected]:
    """Return a household whose P1 meter gave a token, nothing set up yet."""
    p1 = household.simulator.p1
    monkeypatch.setenv(CA_FILE_VARIABLE, str(p1.ca_file))
    p1.press_button()
    async with aiohttp.ClientSession() as http:
        connection = P1Connection(http, p1.host, p1.identifier)
        token = await request_token(connection, "local/heatpump_monitor_test")
    entry = house_entry(serial=p1.serial)
    entry.add_to_hass(household.hass)
    data = {CONF_HOST: p1.host, CONF_TOKEN: token, CONF_IDENTIFIER: p1.identifier}
    household.hass.config_entries.async_update_entry(entry, data={**entry.data, **data})
    yield Connected(household, entry)
    if entry.state is ConfigEntryState.LOADED:
        await household.hass.config_entries.async_unload(entry.entry_id)


@pytest.mark.usefixtures("all_enabled")
async def test_beside_a_heat_pump(connected: Connected) -> None:
    """The quarter-hour is that of the meter, and the heat pump's share is known."""
    household = connected.household
    await connected.set_up()
    await connected.until(lambda: connected.p1.socket_count == 1)
    start = connected.coordinator.last_reading_at
    assert start is not None
    # The first quarter-hour of the heat pump is not known as a whole.
    await connected.live(1920)

    assert connected.coordinator.is_pushed
    quarter = connected.coordinator.data.snapshot.last
    assert quarter is not None
    assert quarter.basis == "counter"
    assert float(connected.value("last_quarter")) * 250 == pytest.approx(
        quarter.import_wh, abs=2.5
    )
    # The steady heat pump draws 1 kW.
    part_wh = quarter.parts_wh[household.entry.entry_id]
    assert part_wh == pytest.approx(250, rel=0.01)
    share = float(connected.value(f"quarter_share_{household.entry.entry_id}"))
    # At noon, the sun drives most of the heat pump: it is all that is drawn.
    assert part_wh > quarter.import_wh
    assert share == 100


async def test_revoked_token(connected: Connected) -> None:
    """The user is asked for the button again; there need be no heat pump."""
    hass = connected.household.hass
    await hass.config_entries.async_remove(connected.household.entry.entry_id)
    await connected.set_up()
    await connected.until(lambda: connected.p1.socket_count == 1)
    await connected.live(30)
    assert connected.value("grid_power") != STATE_UNAVAILABLE

    connected.p1.revoke_tokens()
    await connected.until(lambda: not connected.p1.socket_count)
    for _ in range(6):
        await connected.household.tick(STEP_S)
        await connected.settle()
    assert connected.value("grid_power") == STATE_UNAVAILABLE
    flows = list(connected.entry.async_get_active_flows(hass, {SOURCE_REAUTH}))
    assert len(flows) == 1
    assert connected.coordinator.failure == "p1_unauthorized"

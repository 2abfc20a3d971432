"""System health: the call budget and the last readings, at no cost."""

import asyncio
from typing import Any

from pytest_homeassistant_custom_component.common import get_system_health_info

from custom_components.heatpump_monitor.const import DOMAIN
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from simulator import Variant

from .household import POLL_S, Household, config_entry


async def health(household: Household) -> dict[str, Any]:
    """Return what system health shows."""
    assert await async_setup_component(household.hass, "system_health", {})
    await household.settle()
    info = await get_system_health_info(household.hass, DOMAIN)
    return {
        key: await value if asyncio.iscoroutine(value) else value
        for key, value in info.items()
    }


async def test_one_heat_pump(household: Household) -> None:
    """One heat pump's figures stand by themselves; looking costs no call."""
    await household.set_up()
    await household.live(POLL_S)
    asked = household.cloud.api_requests

    now = dt_util.utcnow()
    assert await health(household) == {
        "can_reach_viessmann": "ok",
        "calls_used": 3,
        "calls_left": 1397,
        "heat_pump_last_reading": now,
        "meter_last_reading": now,
    }
    assert household.cloud.api_requests == asked


async def test_cloud_not_reachable(household: Household) -> None:
    """An address that nobody answers at is told as such."""
    await household.set_up()
    household.cloud_gone()
    assert (await health(household))["can_reach_viessmann"] == {
        "type": "failed",
        "error": "unreachable",
    }


async def test_two_heat_pumps(household: Household) -> None:
    """With more than one heat pump each figure says whose it is."""
    await household.set_up()
    second = config_entry(household.simulator, Variant.BRINE)
    second.add_to_hass(household.hass)
    household.hass.config_entries.async_update_entry(
        second,
        data={**second.data, "token": household.entry.data["token"]},
        title="Vitocal cellar",
    )
    await household.hass.config_entries.async_setup(second.entry_id)
    await household.settle()

    assert (await health(household))["calls_used"] == "Vitocal: 4, Vitocal cellar: 4"
    await household.hass.config_entries.async_unload(second.entry_id)

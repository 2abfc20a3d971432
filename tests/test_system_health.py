"""System health: the call budget and the last readings, at no cost."""

import asyncio
from typing import Any

from pytest_homeassistant_custom_component.common import get_system_health_info

from custom_components.heatpump_monitor.const import DOMAIN
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util

from .household import POLL_S, Household


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
    await household.live(POLL_S - 60)
    await household.live(60.4, step_s=60.4)
    asked = household.cloud.api_requests

    now = dt_util.now().replace(microsecond=0)
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
    await household.set_up_second(title="Vitocal cellar")

    shown = await health(household)
    assert shown["calls_used"] == "Vitocal: 4, Vitocal cellar: 4"
    noon = "2026-01-15 12:00:00+01:00"
    assert shown["meter_last_reading"] == f"Vitocal: {noon}, Vitocal cellar: {noon}"

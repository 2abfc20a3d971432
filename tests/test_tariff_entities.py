"""The tariff as it follows the options and the entities named there."""

from typing import Any
from unittest.mock import AsyncMock

import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockModule,
    mock_integration,
)

from custom_components.heatpump_monitor.const import DOMAIN
from custom_components.heatpump_monitor.performance.totals.tariff import Tariff
from custom_components.heatpump_monitor.tariff_entities import async_track_tariff
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from .household import Household

PRICE = "sensor.price"
CO2 = "sensor.co2"


def _set(hass: HomeAssistant, entity_id: str, state: str, unit: str) -> None:
    """Give an entity a state."""
    hass.states.async_set(entity_id, state, {"unit_of_measurement": unit})


def _track(hass: HomeAssistant, **options: Any) -> tuple[MockConfigEntry, list[Tariff]]:
    """Return an entry with some options, and the tariffs that it has told so far."""
    entry = MockConfigEntry(domain=DOMAIN, options=options)
    entry.add_to_hass(hass)
    import_result: list[Tariff] = []
    async_track_tariff(hass, entry, import_result.append)
    return entry, import_result


@pytest.mark.parametrize(
    ("options", "tariff"),
    [
        ({}, Tariff()),
        ({"price": 0.31}, Tariff(price_per_kwh=0.31)),
        ({"price": 0.0, "co2": 380.0}, Tariff(0.0, 380.0)),
        ({"price": 0.31, "own_price": 0.08}, Tariff(0.31, None, 0.08)),
        ({"price": 0.31, "price_entity": PRICE}, Tariff(price_per_kwh=0.25)),
        ({"co2": 380.0, "co2_entity": CO2}, Tariff(co2_g_per_kwh=120.0)),
        # An entity that has no value is not replaced by a guess.
        ({"price": 0.31, "price_entity": "sensor.missing"}, Tariff()),
    ],
)
async def test_tariff_at_the_start(
    hass: HomeAssistant, options: dict[str, Any], tariff: Tariff
) -> None:
    """An entity goes before what is fixed; nothing given is nothing known."""
    _set(hass, PRICE, "25", "ct/kWh")
    _set(hass, CO2, "120", "gCO2eq/kWh")
    _, import_result = _track(hass, **options)
    assert import_result == [tariff]


async def test_tariff_follows_both_entities(hass: HomeAssistant) -> None:
    """Each change of either is told; an entity may come, fail and return."""
    _, import_result = _track(hass, price_entity=PRICE, co2_entity=CO2)
    _set(hass, PRICE, "-12.5", "EUR/MWh")
    _set(hass, CO2, "0.4", "kg/kWh")
    _set(hass, PRICE, "unavailable", "EUR/MWh")
    hass.states.async_remove(CO2)
    _set(hass, PRICE, "80", "EUR/MWh")
    await hass.async_block_till_done()
    assert import_result == [
        Tariff(),
        Tariff(-0.0125),
        Tariff(-0.0125, 400.0),
        Tariff(None, 400.0),
        Tariff(),
        Tariff(0.08),
    ]


async def test_nothing_is_told_after_unloading(hass: HomeAssistant) -> None:
    """The entry that is gone hears no more of its entity."""
    mock_integration(
        hass, MockModule(DOMAIN, async_unload_entry=AsyncMock(return_value=True))
    )
    entry, import_result = _track(hass, price_entity=PRICE)
    entry.mock_state(hass, ConfigEntryState.LOADED)
    assert await hass.config_entries.async_unload(entry.entry_id)
    _set(hass, PRICE, "25", "ct/kWh")
    await hass.async_block_till_done()
    assert import_result == [Tariff()]


async def test_renamed_entity_is_followed(household: Household) -> None:
    """A price is known under the new name of its entity, too."""
    hass, entry = household.hass, household.entry
    registry = er.async_get(hass)
    price = registry.async_get_or_create("sensor", "tariffs", "1").entity_id
    options = {"price": 0.31, "price_entity": price, "co2_entity": CO2}
    hass.config_entries.async_update_entry(entry, options=options)
    await household.set_up()

    registry.async_update_entity(price, name="Tariff")
    registry.async_update_entity(price, new_entity_id="sensor.tariff")
    await hass.async_block_till_done()
    _set(hass, "sensor.tariff", "25", "ct/kWh")
    await hass.async_block_till_done()

    assert dict(entry.options) == options | {"price_entity": "sensor.tariff"}
    assert entry.runtime_data.performance.monitor.tariff == Tariff(price_per_kwh=0.25)

"""A house meter that is read from entities of another integration."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from custom_components.heatpump_monitor.const import (
    CONF_ENTITIES,
    CONF_KIND,
    CONF_SOURCE,
    DOMAIN,
    HouseMeterSource,
    Kind,
)
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util

ENERGY: Final = "sensor.dsmr_import"
POWER: Final = "sensor.dsmr_power"
POWER_KW: Final = 3.6
START: Final = datetime(2026, 1, 15, 11, 58, tzinfo=UTC)


def show(hass: HomeAssistant, elapsed_s: float) -> None:
    """Let the other integration show kWh and kW, as a DSMR reader does."""
    energy: dict[str, Any] = {
        "device_class": "energy",
        "state_class": "total_increasing",
        "unit_of_measurement": "kWh",
    }
    power = {"device_class": "power", "unit_of_measurement": "kW"}
    energy_kwh = 5000 + POWER_KW * elapsed_s / 3600
    hass.states.async_set(ENERGY, f"{energy_kwh:.3f}", energy)
    hass.states.async_set(POWER, str(POWER_KW), power, force_update=True)


@pytest.mark.usefixtures("enable_custom_integrations")
async def test_quarter_hour_of_entities(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    """Its quarter-hours are those of the counter; kW and kWh are not taken for W."""
    freezer.move_to(START)
    show(hass, 0)
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="Grid",
        unique_id="house_meter_entities",
        data={
            CONF_KIND: Kind.HOUSE_METER.value,
            CONF_SOURCE: HouseMeterSource.ENTITIES.value,
            CONF_ENTITIES: {"energy_wh": ENERGY, "power_w": POWER},
        },
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)

    def value(key: str) -> str:
        unique_id = f"house_meter_entities_{key}"
        entity_id = er.async_get(hass).async_get_entity_id("sensor", DOMAIN, unique_id)
        assert entity_id is not None
        state = hass.states.get(entity_id)
        assert state is not None
        return state.state

    for second in range(10, 18 * 60, 10):
        freezer.move_to(START + timedelta(seconds=second))
        show(hass, second)
        async_fire_time_changed(hass, dt_util.utcnow())
        await hass.async_block_till_done()
    assert float(value("grid_power")) == 3600
    # One quarter-hour was seen whole: 900 Wh, by a counter of 1 Wh.
    assert abs(float(value("last_quarter")) - 3.6) < 0.01
    assert abs(float(value("month_peak")) - 3.6) < 0.01

    hass.states.async_set(POWER, STATE_UNAVAILABLE)
    hass.states.async_set(ENERGY, STATE_UNAVAILABLE)
    for _ in range(30):
        freezer.tick(10)
        async_fire_time_changed(hass, dt_util.utcnow())
        await hass.async_block_till_done()
    assert value("grid_power") == STATE_UNAVAILABLE
    await hass.config_entries.async_unload(entry.entry_id)

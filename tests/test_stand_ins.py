"""Probes that measure in place of a heat pump of a Viessmann account."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_monitor.const import (
    CONF_KIND,
    CONF_STAND_INS,
    DOMAIN,
    Kind,
)
from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er, issue_registry as ir

from .household import POLL_S, Household

CELSIUS = {"device_class": "temperature", "unit_of_measurement": "°C"}
FAHRENHEIT = CELSIUS | {"unit_of_measurement": "°F"}
PIPES = {"supply_c": "sensor.supply_pipe", "return_c": "sensor.return_pipe"}

pytestmark = pytest.mark.usefixtures("all_enabled")


async def stand_in(household: Household, **entities: str) -> None:
    """Choose entities in the options."""
    options = household.hass.config_entries.options
    menu = await options.async_init(household.entry.entry_id)
    form = await options.async_configure(menu["flow_id"], {"next_step_id": "stand_ins"})
    result = await options.async_configure(form["flow_id"], entities)
    assert result["type"] is FlowResultType.CREATE_ENTRY, result["errors"]
    await household.settle()


async def test_replaces_temperatures(household: Household) -> None:
    """What an entity measures replaces the unit's own; all else stays."""
    await household.set_up()
    hot_water = household.value("hot_water_temperature")
    household.hass.states.async_set(PIPES["supply_c"], "95.0", FAHRENHEIT)
    household.hass.states.async_set(PIPES["return_c"], "30.5", CELSIUS)
    await stand_in(household, **PIPES)
    assert household.value("supply_temperature") == "35.0"
    assert household.value("return_temperature") == "30.5"
    assert float(household.value("delta_t")) == pytest.approx(4.5)
    assert household.value("hot_water_temperature") == hot_water


async def test_makes_heat(household: Household) -> None:
    """Flow and the difference that probes measure are the heat."""
    await household.set_up()
    heat_w = float(household.value("thermal_power_flow"))
    spread_k = float(household.value("delta_t"))
    household.hass.states.async_set(PIPES["supply_c"], str(30 + spread_k / 2), CELSIUS)
    household.hass.states.async_set(PIPES["return_c"], "30", CELSIUS)
    await stand_in(household, **PIPES)
    await household.live(4 * POLL_S)
    halved_w = float(household.value("thermal_power_flow"))
    assert halved_w == pytest.approx(heat_w / 2, rel=0.02)


@pytest.mark.parametrize("state", ["unavailable", "unknown", "nonsense", "999"])
async def test_without_a_value(household: Household, state: str) -> None:
    """While an entity has no value, the unit's own is not shown for it."""
    await household.set_up()
    household.hass.states.async_set(PIPES["supply_c"], "35", CELSIUS)
    await stand_in(household, supply_c=PIPES["supply_c"])
    assert household.value("supply_temperature") == "35.0"
    household.hass.states.async_set(PIPES["supply_c"], state, CELSIUS)
    await household.live(POLL_S)
    assert household.value("supply_temperature") == STATE_UNKNOWN


async def test_an_old_value(household: Household) -> None:
    """A battery that ends without a word leaves its last value for an hour."""
    await household.set_up()
    household.hass.states.async_set(PIPES["supply_c"], "35", CELSIUS)
    await stand_in(household, supply_c=PIPES["supply_c"])
    await household.live(2 * POLL_S)
    assert household.value("supply_temperature") == "35.0"
    await household.live(3600)
    assert household.value("supply_temperature") == STATE_UNKNOWN


async def test_an_entity_that_is_removed(household: Household) -> None:
    """The owner is told of an entity that does not come back."""
    await household.set_up()
    household.hass.states.async_set(PIPES["supply_c"], "35", CELSIUS)
    await stand_in(household, supply_c=PIPES["supply_c"])
    household.hass.states.async_remove(PIPES["supply_c"])
    await household.live(3 * POLL_S)
    issue_id = f"entities_unusable_{household.entry.entry_id}"
    assert ir.async_get(household.hass).async_get_issue(DOMAIN, issue_id)


async def test_which_can_be_chosen(hass: HomeAssistant, household: Household) -> None:
    """A probe of ours can, what a heat pump of ours shows cannot."""
    await household.set_up()
    probes = MockConfigEntry(domain=DOMAIN, data={CONF_KIND: Kind.PROBES})
    probes.add_to_hass(hass)
    probe = er.async_get(hass).async_get_or_create(
        "sensor", DOMAIN, "a_1_temperature", config_entry=probes
    )
    hass.states.async_set(probe.entity_id, "35", CELSIUS)
    own = household.entity_id("sensor", "supply_temperature")
    options = hass.config_entries.options
    menu = await options.async_init(household.entry.entry_id)
    form = await options.async_configure(menu["flow_id"], {"next_step_id": "stand_ins"})
    refused = await options.async_configure(form["flow_id"], {"supply_c": own})
    assert refused["errors"] == {"supply_c": "entity_unusable"}
    assert str(own) in (refused["description_placeholders"] or {})["problem"]
    await options.async_configure(form["flow_id"], {"supply_c": probe.entity_id})
    await household.settle()
    # The id stays when the probe is renamed.
    assert household.entry.options[CONF_STAND_INS] == {"supply_c": probe.id}
    assert household.value("supply_temperature") == "35.0"

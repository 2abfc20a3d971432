"""A heat pump whose meter is a HomeWizard."""

import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.heatpump_monitor.const import (
    CONF_METER_KIND,
    CONF_REVERSED_PHASES,
    MeterKind,
)
from homeassistant.const import CONF_HOST
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.device_registry import format_mac
from simulator import HomeWizard
from simulator.homewizard import Model

from .household import METER_POLL_S, POLL_S, Household
from .test_repairs import HOUR_S, fix, suggested


@pytest.fixture
async def meter(household: Household) -> HomeWizard:
    """Return the HomeWizard of a household that is set up with it."""
    meter = household.simulator.homewizards[household.variant]
    household.change_meter(
        {CONF_METER_KIND: MeterKind.HOMEWIZARD, CONF_HOST: meter.host},
        mac=format_mac(meter.serial),
    )
    household.step_s = METER_POLL_S
    await household.set_up()
    return meter


async def test_figures(household: Household, meter: HomeWizard) -> None:
    """Power, energy and device are those of the meter, and no Shelly is asked."""
    await household.live(HOUR_S + 4 * POLL_S)
    assert household.value("power") == "1000.0"
    assert float(household.value("electricity_today")) == pytest.approx(1, rel=0.5)
    assert not household.meter.requests
    _, device = household.devices()
    assert (device.manufacturer, device.model) == (
        "HomeWizard",
        "HomeWizard kWh Meter 3-phase",
    )
    assert (device.model_id, device.sw_version) == (Model.THREE_PHASES, "4.19")


async def test_the_api_is_switched_off(household: Household, meter: HomeWizard) -> None:
    """The reason is shown until the API is on again."""
    meter.api_enabled = False
    await household.live(METER_POLL_S)
    assert household.binary("meter_connected") == "off"
    assert household.reason("meter_connected") == "homewizard_api_disabled"
    meter.api_enabled = True
    await household.live(METER_POLL_S)
    assert household.binary("meter_connected") == "on"


@pytest.mark.parametrize(("before", "after"), [([], ["a", "b", "c"]), (["a", "b"], [])])
async def test_the_wrong_way_round(
    household: Household,
    meter: HomeWizard,
    issue_registry: ir.IssueRegistry,
    hass_client: ClientSessionGenerator,
    before: list[str],
    after: list[str],
) -> None:
    """The whole meter is turned in the figures, whichever phases were seen."""
    meter.reverse(on=not before)
    household.change_meter({CONF_REVERSED_PHASES: before})
    await household.settle()
    await household.live(12 * METER_POLL_S)
    assert household.value("power") != "1000.0"
    await fix(household, hass_client, "meter_reversed")
    assert household.meter_entry.data[CONF_REVERSED_PHASES] == after
    await household.live(2 * POLL_S)
    assert household.value("power") == "1000.0"
    assert not issue_registry.issues


async def test_another_address(
    household: Household, meter: HomeWizard, hass_client: ClientSessionGenerator
) -> None:
    """The same meter is asked for, and read again at its new address."""
    (other,) = (
        each for each in household.simulator.homewizards.values() if each is not meter
    )
    household.step_s = POLL_S
    household.change_meter({CONF_HOST: "127.0.0.1:9"})
    await household.live(HOUR_S + 3 * POLL_S)
    other.api_enabled = False
    first, disabled, _ = await fix(
        household,
        hass_client,
        "meter_silent",
        *({CONF_HOST: each.host} for each in (other, meter)),
        step="address",
    )
    assert suggested(first) == {CONF_HOST: "127.0.0.1:9"}
    assert disabled["errors"] == {CONF_HOST: "homewizard_api_disabled"}
    await household.live(2 * POLL_S)
    assert household.value("power") == "1000.0"

"""A heat pump whose meter is a HomeWizard."""

import pytest

from simulator.homewizard import HomeWizard, Model

from .household import METER_POLL_S, POLL_S, Household


@pytest.fixture
async def meter(household: Household) -> HomeWizard:
    """Return the HomeWizard of a household that is set up with it."""
    meter = household.use_homewizard()
    household.step_s = METER_POLL_S
    await household.set_up()
    return meter


async def test_figures(household: Household, meter: HomeWizard) -> None:
    """Power, energy and device are those of the meter, and no Shelly is asked."""
    await household.live(3600 + 4 * POLL_S)
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

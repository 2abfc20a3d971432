"""Diagnostics: complete enough for a bug report, and silent about the household."""

import json

from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from syrupy.assertion import SnapshotAssertion
from syrupy.filters import props

from homeassistant.const import CONF_PASSWORD
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util

from .household import METER_POLL_S, POLL_S, Household


async def test_diagnostics(
    household: Household,
    hass_client: ClientSessionGenerator,
    snapshot: SnapshotAssertion,
) -> None:
    """The diagnostics hold readings, features and account, and cost no call."""
    household.step_s = METER_POLL_S
    await async_setup_component(household.hass, "diagnostics", {})
    await household.set_up()
    await household.live(2 * POLL_S)
    asked = household.cloud.api_requests

    assert await get_diagnostics_for_config_entry(
        household.hass, hass_client, household.entry
    ) == snapshot(exclude=props("created_at", "modified_at", "entry_id"))
    assert household.cloud.api_requests == asked


async def test_flags(household: Household, hass_client: ClientSessionGenerator) -> None:
    """The diagnostics list what was wrong lately."""
    await async_setup_component(household.hass, "diagnostics", {})
    await household.set_up()
    await household.live(2 * 60)
    household.meter.reset_counters()
    await household.live(60)
    diagnostics = await get_diagnostics_for_config_entry(
        household.hass, hass_client, household.entry
    )
    (flag,) = diagnostics["snapshot"]["flags"]
    assert flag["kind"] == "electricity_reset"
    assert flag["time"] == dt_util.utcnow().isoformat()


async def test_nothing_tells_who_it_is(
    household: Household, hass_client: ClientSessionGenerator
) -> None:
    """No secret, number or address of the household gets out, in failure neither."""
    await async_setup_component(household.hass, "diagnostics", {})
    household.meter.set_password("our-password")
    household.change_meter({CONF_PASSWORD: "our-password"})
    await household.set_up()
    household.cloud.faults.server_error = True
    household.meter.faults.unreachable = True
    await household.live(POLL_S)

    diagnostics = await get_diagnostics_for_config_entry(
        household.hass, hass_client, household.entry
    )
    text = json.dumps(diagnostics)
    data = household.entry.data
    for secret in (
        "our-password",
        data["token"]["access_token"],
        data["token"]["refresh_token"],
        household.serial,
        str(data["installation_id"]),
        household.meter.host,
        str(household.meter_entry.unique_id),
    ):
        assert secret not in text
    assert diagnostics["heat_pump"]["last_failure"] == "server_error"
    assert diagnostics["meters"]["main"]["last_failure"] == "meter_unreachable"


async def test_not_set_up(
    household: Household, hass_client: ClientSessionGenerator
) -> None:
    """An entry that cannot be set up still tells of itself, and why it cannot."""
    await async_setup_component(household.hass, "diagnostics", {})
    household.meter.faults.unreachable = True
    await household.set_up()

    diagnostics = await get_diagnostics_for_config_entry(
        household.hass, hass_client, household.entry
    )
    assert list(diagnostics) == ["entry", "not_ready"]
    assert diagnostics["not_ready"] == "meter_unreachable"

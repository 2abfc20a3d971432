"""Repair issues that the user can fix where they are shown."""

from datetime import timedelta
from http import HTTPStatus

from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.heatpump_monitor.const import (
    CONF_REVERSED_PHASES,
    CONF_SIGNED_IN_AT,
    DOMAIN,
)
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util

from .household import METER_POLL_S, POLL_S, Household


async def fix(
    household: Household, hass_client: ClientSessionGenerator, key: str
) -> None:
    """Confirm the fix of an issue, as the user does."""
    assert await async_setup_component(household.hass, "repairs", {})
    await household.settle()
    client, url = await hass_client(), "/api/repairs/issues/fix"
    issue_id = f"{key}_{household.entry.entry_id}"
    answer = await client.post(url, json={"handler": DOMAIN, "issue_id": issue_id})
    assert answer.status == HTTPStatus.OK
    flow = await answer.json()
    assert (flow["type"], flow["step_id"]) == ("form", "confirm")
    answer = await client.post(f"{url}/{flow['flow_id']}", json={})
    assert (await answer.json())["type"] == "create_entry"
    await household.settle()


async def test_sign_in_due(
    household: Household,
    issue_registry: ir.IssueRegistry,
    hass_client: ClientSessionGenerator,
) -> None:
    """Two weeks before the sign-in may end, a repair leads to a new one."""
    signed_in_at = dt_util.utcnow() - timedelta(days=170)
    household.change_data({CONF_SIGNED_IN_AT: signed_in_at.isoformat()})
    await household.set_up()
    state = household.state("event", "alarm")
    assert state is not None
    assert state.attributes["event_type"] == "sign_in_due_raised"
    issue_id = f"sign_in_due_{household.entry.entry_id}"
    issue = issue_registry.async_get_issue(DOMAIN, issue_id)
    assert issue is not None
    assert issue.translation_placeholders == {"name": "Vitocal", "until": "2026-01-25"}

    await fix(household, hass_client, "sign_in_due")
    assert household.reauth_steps() == ["reauth_confirm"]
    await household.live(2 * POLL_S)
    assert issue_registry.async_get_issue(DOMAIN, issue_id) is not None

    household.change_data({CONF_SIGNED_IN_AT: dt_util.utcnow().isoformat()})
    await household.live(2 * POLL_S)
    assert issue_registry.async_get_issue(DOMAIN, issue_id) is None


async def test_no_sign_in_is_due_at_first(
    household: Household, issue_registry: ir.IssueRegistry
) -> None:
    """Without another date, the sign-in is as old as the entry."""
    await household.set_up()
    await household.live(2 * POLL_S)
    assert not issue_registry.issues


async def test_reversed_phase(
    household: Household,
    issue_registry: ir.IssueRegistry,
    hass_client: ClientSessionGenerator,
) -> None:
    """A phase that runs backwards is turned round in the figures."""
    household.step_s = METER_POLL_S
    await household.set_up()
    household.meter.reverse("b")
    await household.live(12 * METER_POLL_S)
    assert household.value("power") != "1000.0"
    await fix(household, hass_client, "meter_reversed")
    assert household.meter_entry.data[CONF_REVERSED_PHASES] == ["b"]
    await household.live(2 * POLL_S)
    assert household.value("power") == "1000.0"
    assert not issue_registry.issues

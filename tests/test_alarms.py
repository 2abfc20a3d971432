"""Alarms in Home Assistant: events, binary sensors, words, repairs, restarts."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from pytest_homeassistant_custom_component.common import async_capture_events
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.heatpump_monitor.const import CONF_SIGNED_IN_AT, DOMAIN
from homeassistant.const import EVENT_STATE_CHANGED, STATE_UNKNOWN, EntityCategory
from homeassistant.core import Event, EventStateChangedData, State
from homeassistant.helpers import entity_registry as er, issue_registry as ir
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util

from .household import POLL_S, Household

HOUR_S = 3600


def alarm(household: Household) -> State:
    """Return the state of the event entity."""
    state = household.state("event", "alarm")
    assert state is not None
    return state


def shown(events: list[Event[EventStateChangedData]]) -> list[str]:
    """Return the types of the alarms among all changes of states."""
    states = (event.data["new_state"] for event in events)
    return [
        state.attributes["event_type"]
        for state in states
        if state is not None and state.entity_id.endswith("_alarm")
    ]


async def test_fault_in_words(household: Household) -> None:
    """A fault is an event with its code in words, and another one when it is over."""
    await household.set_up()
    assert alarm(household).state == STATE_UNKNOWN
    household.cloud.report_unit_fault("F.454")
    await household.live(2 * POLL_S)
    attributes = alarm(household).attributes
    assert attributes["event_type"] == "fault_raised"
    assert attributes["code"] == "F.454"
    # The unit writes local time and calls it UTC.
    assert attributes["local_time"] == "2026-01-15 12:00:00"
    assert attributes["message"] == (
        "The heat pump reports the fault F.454 (refrigerant circuit locked)."
    )
    assert attributes["advice"].startswith("Read the message on the display")

    household.cloud.report_unit_fault("F.454", active=False)
    await household.live(HOUR_S / 2)
    attributes = alarm(household).attributes
    assert attributes["event_type"] == "fault_cleared"
    assert attributes["message"] == (
        "Over: The heat pump reports the fault F.454 (refrigerant circuit locked)."
    )
    assert attributes["advice"] == ""


async def test_unknown_code_in_german(household: Household) -> None:
    """Words are those of the server; a code that nobody knows is shown as it is."""
    household.hass.config.language = "de"
    await household.set_up()
    household.cloud.report_unit_fault("F.9999")
    await household.live(2 * POLL_S)
    message = alarm(household).attributes["message"]
    assert message == "Die Wärmepumpe meldet die Störung F.9999."


async def test_silent_meter(household: Household) -> None:
    """A meter that says nothing for an hour is an alarm, until it answers."""
    await household.set_up()
    assert household.binary("alarm_source_silent") == "off"
    events = async_capture_events(household.hass, EVENT_STATE_CHANGED)
    household.meter.faults.unreachable = True
    await household.live(HOUR_S - POLL_S)
    assert shown(events) == []
    await household.live(4 * POLL_S)
    assert shown(events) == ["source_silent_raised"]
    assert alarm(household).attributes["reason"] == "meter_unreachable"
    sensor = household.state("binary_sensor", "alarm_source_silent")
    assert sensor is not None
    assert sensor.state == "on"
    assert "electricity meter has not answered for 1" in sensor.attributes["message"]
    assert "Shelly has power" in sensor.attributes["advice"]

    household.meter.faults.unreachable = False
    await household.live(4 * POLL_S)
    assert shown(events) == ["source_silent_raised", "source_silent_cleared"]
    assert household.binary("alarm_source_silent") == "off"


async def test_restart_in_the_middle(household: Household) -> None:
    """After a restart an alarm is still raised, and it is not raised again."""
    await household.set_up()
    await household.live(POLL_S)
    household.meter.faults.unreachable = True
    await household.live(HOUR_S + 3 * POLL_S)
    raised_at = alarm(household).state
    since = household.state("binary_sensor", "alarm_source_silent")
    assert since is not None
    await household.reload()
    assert household.binary("alarm_source_silent") == "on"
    assert alarm(household).state == raised_at
    again = household.state("binary_sensor", "alarm_source_silent")
    assert again is not None
    assert again.attributes["since"] == since.attributes["since"]

    household.meter.faults.unreachable = False
    await household.live(4 * POLL_S)
    assert alarm(household).attributes["event_type"] == "source_silent_cleared"


async def test_alarm_of_the_set_up(household: Household) -> None:
    """What the first check finds is shown as soon as the entity is there."""
    household.cloud.report_unit_fault("F.160")
    await household.set_up()
    assert alarm(household).attributes["event_type"] == "fault_raised"


@pytest.mark.usefixtures("all_enabled")
async def test_unknown_until_measured(household: Household) -> None:
    """What needs weeks is not off before: it is not known."""
    await household.set_up()
    await household.live(2 * POLL_S)
    assert household.binary("alarm_efficiency") == "unknown"
    assert household.binary("alarm_values_frozen") == "off"


async def test_few_entities_are_enabled(household: Household) -> None:
    """Nobody gets more than 25 main and 10 diagnostic entities without asking."""
    await household.set_up()
    await household.live(2 * POLL_S)
    registry = er.async_get(household.hass)
    enabled = [
        registered
        for registered in er.async_entries_for_config_entry(
            registry, household.entry.entry_id
        )
        if registered.disabled_by is None
    ]
    diagnostic = [e for e in enabled if e.entity_category is EntityCategory.DIAGNOSTIC]
    assert len(diagnostic) <= 10
    assert len(enabled) - len(diagnostic) <= 25
    keys = {each.unique_id.rpartition("_0_")[2] for each in diagnostic}
    assert {
        *("alarm", "alarm_backup_heater", "alarm_efficiency", "alarm_source_silent")
    } <= keys


async def test_sign_in_due_is_fixed_by_signing_in(
    household: Household,
    issue_registry: ir.IssueRegistry,
    hass_client: ClientSessionGenerator,
) -> None:
    """Two weeks before the sign-in may end, a repair leads to a new one."""
    half_a_year_ago = dt_util.utcnow() - timedelta(days=170)
    household.change_data({CONF_SIGNED_IN_AT: half_a_year_ago.isoformat()})
    await household.set_up()
    assert alarm(household).attributes["event_type"] == "sign_in_due_raised"
    issue_id = f"sign_in_due_{household.entry.entry_id}"
    issue = issue_registry.async_get_issue(DOMAIN, issue_id)
    assert issue is not None
    assert issue.is_fixable
    assert issue.translation_placeholders == {"name": "Vitocal", "until": "2026-01-25"}

    assert await async_setup_component(household.hass, "repairs", {})
    await household.settle()
    client = await hass_client()
    begun = await client.post(
        "/api/repairs/issues/fix", json={"handler": DOMAIN, "issue_id": issue_id}
    )
    assert begun.status == HTTPStatus.OK
    flow = await begun.json()
    assert flow["step_id"] == "confirm"
    assert household.reauth_steps() == []
    await client.post(f"/api/repairs/issues/fix/{flow['flow_id']}", json={})
    await household.settle()
    assert household.reauth_steps() == ["reauth_confirm"]

    household.change_data({CONF_SIGNED_IN_AT: dt_util.utcnow().isoformat()})
    await household.live(2 * POLL_S)
    assert issue_registry.async_get_issue(DOMAIN, issue_id) is None
    assert alarm(household).attributes["event_type"] == "sign_in_due_cleared"

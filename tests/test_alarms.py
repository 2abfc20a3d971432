"""Alarms in Home Assistant: events, binary sensors, words, restarts."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import async_capture_events

from custom_components.heatpump_monitor.alarm_texts import alarm_advice, alarm_message
from custom_components.heatpump_monitor.const import DOMAIN
from custom_components.heatpump_monitor.performance.alarms.board import AlarmKey, Cause
from custom_components.heatpump_monitor.performance.effect.result import Estimate
from custom_components.heatpump_monitor.performance.expected.outlook import (
    Outlook,
    Recent,
)
from homeassistant.const import EVENT_STATE_CHANGED, STATE_UNKNOWN, EntityCategory
from homeassistant.core import Event, EventStateChangedData, State
from homeassistant.helpers import entity_registry as er
from simulator import Variant

from .household import POLL_S, Household
from .validation.package import ENGLISH, GERMAN

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
    sensor = household.state("binary_sensor", "fault")
    assert sensor is not None
    assert sensor.state == "on"
    assert sensor.attributes["codes"] == ["F.454"]
    assert sensor.attributes["message"] == attributes["message"]
    assert sensor.attributes["advice"] == attributes["advice"]

    household.cloud.report_unit_fault("F.454", active=False)
    await household.live(HOUR_S / 2)
    attributes = alarm(household).attributes
    assert attributes["event_type"] == "fault_cleared"
    assert attributes["message"] == (
        "Over: The heat pump reports the fault F.454 (refrigerant circuit locked)."
    )
    assert attributes["advice"] == ""
    sensor = household.state("binary_sensor", "fault")
    assert sensor is not None
    assert "message" not in sensor.attributes


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


async def test_efficiency_of_the_outlook(
    household: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is learned once a day raises the alarm on the second day."""
    recent = Recent(
        cop=3.4,
        expected_cop=4.0,
        run_hours=60.0,
        index=Estimate(0.85, 0.83, 0.87),
        share_of_carnot=0.4,
    )
    monkeypatch.setattr(
        "custom_components.heatpump_monitor.insights.look_out",
        lambda *_: Outlook(recent=recent),
    )
    await household.set_up()
    await household.live(20 * HOUR_S, step_s=2 * HOUR_S)
    assert household.binary("alarm_efficiency") == "off"
    await household.live(14 * HOUR_S, step_s=2 * HOUR_S)
    assert household.binary("alarm_efficiency") == "on"
    sensor = household.state("binary_sensor", "alarm_efficiency")
    assert sensor is not None
    assert "85 %" in sensor.attributes["message"]
    assert sensor.attributes["advice"]


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


async def test_crash_after_an_alarm(
    household: Household, hass_storage: dict[str, Any]
) -> None:
    """An alarm is on disk as soon as it is shown: a crash does not repeat it."""
    await household.set_up()
    household.cloud.report_unit_fault("F.160")
    await household.live(2 * POLL_S)
    assert alarm(household).attributes["event_type"] == "fault_raised"
    running = hass_storage[f"{DOMAIN}.{household.entry.entry_id}.running"]["data"]
    assert running["state"]["alarms"]["states"]["fault"]["F.160"]["raised_at"]


# Parts that have a text of their own, and the values behind each alarm.
CAUSES: dict[AlarmKey, tuple[tuple[str, ...], dict[str, Cause]]] = {
    AlarmKey.FAULT: (("F.454", "F.9"), {"code": "F.454", "local_time": "12:00"}),
    AlarmKey.FAULT_COUNT: (("D6",), {"code": "D6", "count": 3.0}),
    AlarmKey.SOURCE_SILENT: (
        ("heat_pump", "meter"),
        {"hours": 1.0, "reason": "timeout"},
    ),
    AlarmKey.VALUES_FROZEN: (("all", "supply", "compressor"), {"since": "12:00"}),
    AlarmKey.COUNTERS_FROZEN: (("heat",), {"since": "12:00"}),
    AlarmKey.CONTRADICTION: (("state", "run_time"), {"since": "12:00"}),
    AlarmKey.EFFICIENCY: (
        ("",),
        {"index_pct": 85.2, "cop": 3.4, "expected_cop": 4.0, "run_hours": 50.0},
    ),
    AlarmKey.SHORT_CYCLING: (("",), {"starts": 48.0, "minutes": 7.5}),
    AlarmKey.BACKUP_HEATER: (("",), {"kwh": 12.0, "share_pct": 40.0}),
    AlarmKey.DEFROST: (("",), {"share_pct": 17.0}),
    AlarmKey.STANDBY_POWER: (("",), {"power_w": 58.0, "usual_w": 42.0}),
    AlarmKey.FLOW: (
        ("",),
        {"change_pct": -28.6, "delta_t_k": 7.0, "usual_delta_t_k": 5.0},
    ),
    AlarmKey.HOT_WATER: (("",), {"missing_k": 5.0}),
    AlarmKey.CALL_BUDGET: (("",), {"calls": 1330.0, "limit": 1400.0}),
    AlarmKey.SIGN_IN_DUE: (("",), {"days": 14.0}),
}


@pytest.mark.parametrize("language", ["en", "de"])
async def test_every_alarm_in_words(household: Household, language: str) -> None:
    """Each has a message with all of its values, and says what to do."""
    household.hass.config.language = language
    await household.set_up()
    texts = {"en": ENGLISH, "de": GERMAN}[language]["entity"]["event"]["alarm"]
    messages: set[str] = set()
    for key in AlarmKey:
        parts, causes = CAUSES[key]
        assert causes.keys() <= texts["state_attributes"].keys()
        for part in parts:
            messages.add(alarm_message(household.hass, key, part, causes))
            assert alarm_advice(household.hass, key, part)
    # Two codes have one message here, as it names the code of the values.
    assert len(messages) == sum(len(parts) for parts, _ in CAUSES.values()) - 1
    assert not [message for message in messages if "{" in message]
    decimal = {"en": "7.5 min", "de": "7,5 min"}[language]
    assert any(decimal in message for message in messages)


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


@pytest.mark.parametrize("variant", list(Variant))
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
    assert "alarm" in keys
    assert {key for key in keys if key.startswith("alarm_")} == {
        *("alarm_backup_heater", "alarm_efficiency", "alarm_source_silent")
    }

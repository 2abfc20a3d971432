"""The event of data problems: every flag of the account reaches the user."""

import pytest
from pytest_homeassistant_custom_component.common import async_capture_events

from custom_components.heatpump_monitor.performance.flags import Flag, FlagKind
from custom_components.heatpump_monitor.performance.monitor import PerformanceMonitor
from custom_components.heatpump_monitor.performance.output import Update
from homeassistant.const import EVENT_STATE_CHANGED, STATE_UNKNOWN
from homeassistant.core import Event, EventStateChangedData, State
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.util import dt as dt_util

from .household import POLL_S, Household

pytestmark = pytest.mark.usefixtures("all_enabled")


def finding(household: Household) -> State:
    """Return the state of the event entity."""
    state = household.state("event", "finding")
    assert state is not None
    return state


def shown(events: list[Event[EventStateChangedData]]) -> list[State]:
    """Return the states of the event entity among all that changed."""
    states = (event.data["new_state"] for event in events)
    return [state for state in states if state is not None and state.domain == "event"]


async def test_nothing_found(
    household: Household,
    device_registry: dr.DeviceRegistry,
    entity_registry: er.EntityRegistry,
) -> None:
    """As long as all is well there is no event; the entity is the heat pump's."""
    await household.set_up()
    await household.live(2 * POLL_S)
    assert finding(household).state == STATE_UNKNOWN
    registered = entity_registry.async_get(finding(household).entity_id)
    assert registered is not None
    heat_pump, _ = household.devices()
    assert registered.device_id == heat_pump.id


async def test_flag_becomes_an_event(household: Household) -> None:
    """A counter that starts again is an event with its time and its values."""
    await household.set_up()
    await household.live(2 * POLL_S)
    household.meter.reset_counters()
    await household.live(60)

    attributes = finding(household).attributes
    assert attributes["event_type"] == "electricity_reset"
    assert attributes["at"] == dt_util.utcnow().isoformat()
    assert attributes["detail"].endswith("then 16.67 Wh")


async def test_flags_of_the_set_up(household: Household) -> None:
    """What the first reading after a pause raises is shown too, each flag once."""
    await household.set_up()
    await household.live(2 * POLL_S)
    await household.hass.config_entries.async_unload(household.entry.entry_id)
    household.meter.reset_counters()
    await household.live(POLL_S)
    await household.set_up()
    state = finding(household)
    assert state.attributes["event_type"] == "electricity_reset"

    await household.live(POLL_S)
    await household.reload()
    assert finding(household).state == state.state


async def test_several_flags_at_once(
    household: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every kind of flag is an event of its own, at a moment of its own."""
    await household.set_up()
    now = dt_util.utcnow()
    update = Update(flags=tuple(Flag(now, kind, "") for kind in FlagKind))
    monkeypatch.setattr(PerformanceMonitor, "add_meter", lambda *_: update)
    events = async_capture_events(household.hass, EVENT_STATE_CHANGED)
    await household.live(60)

    found = shown(events)
    assert [state.attributes["event_type"] for state in found] == list(FlagKind)
    assert len({state.state for state in found}) == len(FlagKind)


async def test_disabled(
    household: Household, entity_registry: er.EntityRegistry
) -> None:
    """Flags are still taken where nobody wants to see them."""
    await household.set_up()
    entity_registry.async_update_entity(
        finding(household).entity_id, disabled_by=er.RegistryEntryDisabler.USER
    )
    await household.reload()
    household.meter.reset_counters()
    await household.live(60)
    assert household.value("power") == "1000.0"
    assert household.entry.runtime_data.performance.monitor.flags

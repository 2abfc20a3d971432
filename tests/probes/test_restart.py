"""Restarts, outages and full disks: nothing rings twice, and nothing is lost."""

from typing import Any

import pytest

from custom_components.heatpump_monitor.const import DOMAIN
from custom_components.heatpump_monitor.sources.thermoworks.errors import (
    ThermoWorksUnreachable,
    ThermoWorksWrongPassword,
)
from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.const import (
    EVENT_HOMEASSISTANT_FINAL_WRITE,
    EVENT_HOMEASSISTANT_STOP,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
)
from homeassistant.core import CoreState, HomeAssistant
from homeassistant.helpers import device_registry as dr, issue_registry as ir
from tests.disk import Disk

from .kitchen import PIT, ROAST, Kitchen


async def test_settings_survive(kitchen: Kitchen) -> None:
    """Limits, switches and the next name are as they were set."""
    await kitchen.set_up()
    await kitchen.limit("target", 68)
    await kitchen.limit("high", 75)
    await kitchen.act("switch", "turn_off", "high_alarm")
    await kitchen.act("switch", "turn_off", "starts_by_rise")
    await kitchen.act("text", "set_value", "session_name", value="Lamb")
    await kitchen.restart()
    assert kitchen.shown("number", "target") == "68.0"
    assert kitchen.shown("number", "high") == "75.0"
    assert kitchen.shown("switch", "target_alarm") == "on"
    assert kitchen.shown("switch", "high_alarm") == "off"
    assert kitchen.shown("switch", "starts_by_rise") == "off"
    assert kitchen.shown("text", "session_name") == "Lamb"
    assert kitchen.shown("number", "target", PIT) == STATE_UNKNOWN


async def test_in_the_middle_of_a_session(kitchen: Kitchen) -> None:
    """A session goes on; the time without readings is a gap."""
    await kitchen.set_up()
    device_id = kitchen.device().id
    started = await kitchen.call("start_session", device_id=device_id, name="Lamb")
    await kitchen.measure(ROAST, 20, 25)
    await kitchen.restart(away_s=3600)
    assert kitchen.shown("sensor", "session") == "Lamb"
    await kitchen.measure(ROAST, 60)
    ended = await kitchen.call("stop_session", device_id=device_id)
    assert ended["session"] == started["session"]
    assert (ended["min_c"], ended["max_c"]) == (20, 60)
    assert ended["duration_min"] == 63


async def test_in_the_middle_of_a_hold(kitchen: Kitchen) -> None:
    """An alarm that is about to ring does so after the restart, and once."""
    await kitchen.set_up()
    await kitchen.limit("high", 120, PIT)
    await kitchen.limit("hold_time", 300, PIT)
    await kitchen.measure(PIT, 130, 130, 130)
    await kitchen.restart(away_s=60)
    assert kitchen.shown("binary_sensor", "high_raised", PIT) == "off"
    await kitchen.measure(PIT, 130, 130, 130)
    assert kitchen.event(PIT) == "high_raised"
    rang_at = kitchen.state("event", "probe_alarm", PIT).state
    await kitchen.restart(away_s=60)
    assert kitchen.shown("binary_sensor", "high_raised", PIT) == "on"
    await kitchen.measure(PIT, 130, 130)
    assert kitchen.state("event", "probe_alarm", PIT).state == rang_at


async def test_an_alarm_of_the_first_reading_is_shown(kitchen: Kitchen) -> None:
    """What rings before its entity is there is an event all the same."""
    await kitchen.set_up()
    await kitchen.limit("high", 120, PIT)
    await kitchen.limit("hold_time", 0, PIT)
    kitchen.account.set(PIT, 140)
    await kitchen.restart(away_s=60)
    assert kitchen.event(PIT) == "high_raised"


async def test_starts_without_the_cloud(kitchen: Kitchen) -> None:
    """Probes that were seen before can be set, and ring when they stay silent."""
    await kitchen.set_up()
    await kitchen.limit("high", 120, PIT)
    kitchen.account.error = ThermoWorksUnreachable()
    await kitchen.restart()
    assert kitchen.entry.state is ConfigEntryState.LOADED
    assert kitchen.shown("sensor", "temperature", PIT) == STATE_UNAVAILABLE
    assert kitchen.shown("number", "high", PIT) == "120.0"
    await kitchen.live(15 * 60)
    assert kitchen.event(PIT) == "silent_raised"
    kitchen.account.error = None
    await kitchen.live(60)
    assert kitchen.shown("sensor", "temperature", PIT) == "110.0"
    assert kitchen.event(PIT) == "silent_cleared"


async def test_first_set_up_without_the_cloud(kitchen: Kitchen) -> None:
    """Without any probe there is nothing to start with: it is tried again."""
    kitchen.account.error = ThermoWorksUnreachable()
    await kitchen.set_up()
    assert kitchen.entry.state is ConfigEntryState.SETUP_RETRY
    kitchen.account.error = None
    await kitchen.live(60)
    assert kitchen.shown("sensor", "temperature") == "20.0"


async def test_a_short_outage_is_not_seen(kitchen: Kitchen) -> None:
    """A cloud that fails now and then does not take away fresh values."""
    await kitchen.set_up()
    kitchen.account.error = ThermoWorksUnreachable()
    await kitchen.live(5 * 60)
    assert kitchen.shown("sensor", "temperature") == "20.0"
    await kitchen.live(6 * 60)
    assert kitchen.shown("sensor", "temperature") == STATE_UNAVAILABLE
    kitchen.account.error = None
    await kitchen.live(60)
    assert kitchen.shown("sensor", "temperature") == "20.0"


@pytest.mark.parametrize("seen_before", [False, True])
async def test_wrong_password(
    hass: HomeAssistant, kitchen: Kitchen, seen_before: bool
) -> None:
    """A refused password asks the user, and is not tried again and again."""
    if seen_before:
        await kitchen.set_up()
    kitchen.account.error = ThermoWorksWrongPassword()
    await (kitchen.restart() if seen_before else kitchen.set_up())
    state = ConfigEntryState.LOADED if seen_before else ConfigEntryState.SETUP_ERROR
    assert kitchen.entry.state is state
    asked = kitchen.account.asked
    await kitchen.live(3600)
    assert kitchen.account.asked == asked
    flows = list(kitchen.entry.async_get_active_flows(hass, {SOURCE_REAUTH}))
    assert len(flows) == 1


async def test_a_password_that_is_changed_elsewhere(
    hass: HomeAssistant, kitchen: Kitchen
) -> None:
    """While it runs, a refused sign-in asks the user."""
    await kitchen.set_up()
    kitchen.account.error = ThermoWorksWrongPassword()
    await kitchen.live(120)
    assert list(kitchen.entry.async_get_active_flows(hass, {SOURCE_REAUTH}))
    assert kitchen.shown("number", "target") == STATE_UNKNOWN


async def test_saved_when_home_assistant_stops(
    hass: HomeAssistant, hass_storage: dict[str, Any], kitchen: Kitchen
) -> None:
    """Home Assistant unloads nothing when it stops: the last values are saved."""
    await kitchen.set_up()
    await kitchen.measure(ROAST, 21, 22, 23)
    hass.set_state(CoreState.stopping)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
    await kitchen.settle()
    hass.set_state(CoreState.final_write)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_FINAL_WRITE)
    await kitchen.settle()
    hass.set_state(CoreState.running)
    kept = hass_storage[f"{DOMAIN}.{kitchen.entry.entry_id}.probes"]
    assert kept["data"]["probes"][ROAST]["state"]["value_c"] == 23


async def test_saved_seldom(hass_storage: dict[str, Any], kitchen: Kitchen) -> None:
    """What is only measured waits; what a person sets is saved at once."""
    await kitchen.set_up()
    key = f"{DOMAIN}.{kitchen.entry.entry_id}.probes"
    await kitchen.measure(ROAST, 21, 22)
    assert hass_storage[key]["data"]["probes"][ROAST]["state"]["value_c"] == 20
    await kitchen.limit("target", 68)
    kept = hass_storage[key]["data"]["probes"][ROAST]
    assert kept["choices"]["kept"]["target_c"] == 68
    assert kept["state"]["value_c"] == 22
    await kitchen.measure(ROAST, *[24] * 6)
    assert hass_storage[key]["data"]["probes"][ROAST]["state"]["value_c"] == 24
    # What lies in a drawer is not written again and again.
    kitchen.account.asleep |= {ROAST, PIT}
    await kitchen.live(20 * 60)
    kept_at = hass_storage[key]
    await kitchen.live(3600)
    assert hass_storage[key] is kept_at


async def test_a_full_disk_is_reported(
    hass: HomeAssistant, disk: Disk, kitchen: Kitchen
) -> None:
    """What cannot be saved is a repair issue, and is saved once there is room."""
    await kitchen.set_up()
    name = f"{DOMAIN}.{kitchen.entry.entry_id}.probes"
    disk.full_for.add(name)
    await kitchen.limit("target", 68)
    issue_id = f"ledger_not_saved_{kitchen.entry.entry_id}"
    assert ir.async_get(hass).async_get_issue(DOMAIN, issue_id)
    disk.full_for.clear()
    await kitchen.limit("target", 70)
    assert ir.async_get(hass).async_get_issue(DOMAIN, issue_id) is None
    assert disk.read(name)["data"]["probes"][ROAST]["choices"]["kept"]["target_c"] == 70


async def test_a_session_is_not_lost_on_a_full_disk(
    disk: Disk, kitchen: Kitchen
) -> None:
    """A session that cannot be saved as ended goes on after a crash."""
    await kitchen.set_up()
    device_id = kitchen.device().id
    await kitchen.call("start_session", device_id=device_id, name="Lamb")
    await kitchen.live(60)
    prefix = f"{DOMAIN}.{kitchen.entry.entry_id}."
    disk.full_for.add(f"{prefix}sessions")
    await kitchen.call("stop_session", device_id=device_id)
    await kitchen.settle()
    assert disk.read(f"{prefix}probes")["data"]["probes"][ROAST]["state"]["session"]
    disk.full_for.clear()
    await kitchen.live(6 * 60)
    (kept,) = disk.read(f"{prefix}sessions")["data"]["sessions"]
    assert kept["name"] == "Lamb"


async def test_a_damaged_file_is_set_aside(
    hass: HomeAssistant, disk: Disk, kitchen: Kitchen
) -> None:
    """Settings that cannot be read are kept under another name, and reported."""
    await kitchen.set_up()
    await kitchen.limit("target", 68)
    assert await hass.config_entries.async_unload(kitchen.entry.entry_id)
    await kitchen.settle()
    name = f"{DOMAIN}.{kitchen.entry.entry_id}.probes"
    disk.edit(name, probes={ROAST: {"name": 5}})
    await kitchen.set_up()
    assert kitchen.shown("number", "target") == STATE_UNKNOWN
    assert '"name": 5' in disk.damaged()[name].replace('":5', '": 5')
    issue_id = f"ledger_set_aside_{kitchen.entry.entry_id}"
    assert ir.async_get(hass).async_get_issue(DOMAIN, issue_id)


async def test_only_what_is_gone_can_be_deleted(
    hass: HomeAssistant, kitchen: Kitchen
) -> None:
    """The user can delete a probe that is gone, with all that was set for it."""
    from custom_components.heatpump_monitor import async_remove_config_entry_device

    await kitchen.set_up()
    await kitchen.limit("target", 68)
    roast, instrument = kitchen.device(), kitchen.device("AB12")

    async def delete(device: dr.DeviceEntry) -> bool:
        return await async_remove_config_entry_device(hass, kitchen.entry, device)

    assert not await delete(roast)
    gone = kitchen.account.readings.pop(ROAST)
    kitchen.account.error = ThermoWorksUnreachable()
    await kitchen.live(60)
    # Whether it is gone is not known.
    assert not await delete(roast)
    kitchen.account.error = None
    await kitchen.live(60)
    assert not await delete(instrument)
    assert await delete(roast)
    dr.async_get(hass).async_remove_device(roast.id)
    await kitchen.settle()
    assert not hass.states.async_entity_ids("number")[7:]
    kitchen.account.readings[ROAST] = gone
    await kitchen.live(60)
    assert kitchen.shown("number", "target") == STATE_UNKNOWN
    assert kitchen.shown("sensor", "temperature") == "20.0"


async def test_removed_with_its_files(
    hass: HomeAssistant, hass_storage: dict[str, Any], kitchen: Kitchen
) -> None:
    """An entry that is removed leaves nothing."""
    await kitchen.set_up()
    await kitchen.call("start_session", device_id=kitchen.device().id)
    await kitchen.live(60)
    await kitchen.call("stop_session", device_id=kitchen.device().id)
    await kitchen.settle()
    await hass.config_entries.async_remove(kitchen.entry.entry_id)
    await kitchen.settle()
    assert not [key for key in hass_storage if key.startswith(f"{DOMAIN}.")]


async def test_reloaded_it_asks_once_a_minute(
    hass: HomeAssistant, kitchen: Kitchen
) -> None:
    """A reload leaves no timer or listener of before."""
    await kitchen.set_up()
    for _ in range(3):
        await hass.config_entries.async_reload(kitchen.entry.entry_id)
    await kitchen.settle()
    asked = kitchen.account.asked
    await kitchen.live(300)
    assert kitchen.account.asked == asked + 5
    await kitchen.limit("high", 120, PIT)
    await kitchen.limit("hold_time", 0, PIT)
    seen: list[str] = []
    hass.bus.async_listen(
        "state_changed", lambda event: seen.append(event.data["entity_id"])
    )
    await kitchen.measure(PIT, 130)
    assert seen.count(kitchen.entity_id("event", "probe_alarm", PIT)) == 1

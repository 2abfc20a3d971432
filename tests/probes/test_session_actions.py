"""Sessions of probes: started and ended by a person, kept, and served."""

from dataclasses import replace
from typing import Any

import probatio
import pytest

from custom_components.heatpump_monitor.const import DOMAIN
from custom_components.heatpump_monitor.probes import store
from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError

from .kitchen import PIT, ROAST, Kitchen, entry_of


async def test_by_switch_and_name(kitchen: Kitchen) -> None:
    """A switch starts and ends a session; a text names it, also before it starts."""
    await kitchen.set_up()
    await kitchen.act("text", "set_value", "session_name", value="Sunday roast")
    assert kitchen.shown("sensor", "session") == STATE_UNKNOWN
    await kitchen.act("switch", "turn_on", "session_running")
    await kitchen.measure(ROAST, 20, 30, 40)
    session = kitchen.state("sensor", "session")
    assert session.state == "Sunday roast"
    assert session.attributes["started_by"] == "button"
    assert session.attributes["min"] == 20
    assert session.attributes["max"] == 40
    assert session.attributes["mean"] == 30
    await kitchen.act("text", "set_value", "session_name", value="Lamb")
    assert kitchen.shown("sensor", "session") == "Lamb"
    await kitchen.act("switch", "turn_off", "session_running")
    assert kitchen.shown("sensor", "session") == STATE_UNKNOWN
    # The next session does not have the name of the last one.
    assert kitchen.shown("text", "session_name") == ""
    (kept,) = (await kitchen.call("get_sessions"))["sessions"]
    assert kept["name"] == "Lamb"
    assert [each["temperature_c"] for each in kept["curve"]] == [20, 30, 40]


async def test_long_name(kitchen: Kitchen) -> None:
    """A session of a probe with an endless name is called by its beginning."""
    await kitchen.set_up()
    account = kitchen.account
    account.readings[ROAST] = replace(account.readings[ROAST], name="Roast " * 30)
    await kitchen.live(60)
    await kitchen.act("switch", "turn_on", "session_running")
    assert kitchen.shown("text", "session_name") == ("Roast " * 30)[:100]


async def test_by_its_own_rise(kitchen: Kitchen) -> None:
    """A probe that is put into the heat starts a session, unless that is not wanted."""
    await kitchen.set_up()
    await kitchen.act("switch", "turn_off", "starts_by_rise", PIT)
    rise = [20.0 + 3 * each for each in range(20)]
    kitchen.account.set(PIT, 20.0)
    await kitchen.live(600)
    for temperature_c in rise:
        kitchen.account.set(ROAST, temperature_c)
        kitchen.account.set(PIT, temperature_c)
        await kitchen.live(60)
    session = kitchen.state("sensor", "session")
    assert session.state == "Roast"
    assert session.attributes["started_by"] == "rise"
    assert kitchen.shown("switch", "session_running") == "on"
    assert kitchen.shown("switch", "session_running", PIT) == "off"


async def test_by_action(kitchen: Kitchen) -> None:
    """Actions start, name and end a session of a device."""
    await kitchen.set_up()
    device_id = kitchen.device().id
    started = await kitchen.call("start_session", device_id=device_id, name=" Brisket ")
    assert started["name"] == "Brisket"
    assert started["start"] == "2026-01-15T16:00:00+01:00"
    assert started["end"] is None
    await kitchen.measure(ROAST, 21, 23)
    running = (await kitchen.call("get_sessions", curve=False))["running"]
    assert [each["name"] for each in running] == ["Brisket"]
    assert "curve" not in running[0]
    ended = await kitchen.call("stop_session", device_id=device_id)
    assert ended["session"] == started["session"]
    assert ended["duration_min"] == 2
    assert (ended["min_c"], ended["max_c"]) == (21, 23)


async def test_without_a_name(kitchen: Kitchen) -> None:
    """A session without a name is called as its probe."""
    await kitchen.set_up()
    started = await kitchen.call("start_session", device_id=kitchen.device(PIT).id)
    assert started["name"] == "Pit"


async def test_renamed_and_deleted(kitchen: Kitchen) -> None:
    """Ended sessions are listed newest first, can be renamed, and deleted for ever."""
    await kitchen.set_up()
    for key, name in (ROAST, "Lamb"), (PIT, "Oven"), (ROAST, "Beef"):
        device_id = kitchen.device(key).id
        await kitchen.call("start_session", device_id=device_id, name=name)
        await kitchen.live(60)
        await kitchen.call("stop_session", device_id=device_id)
    kept = (await kitchen.call("get_sessions"))["sessions"]
    assert [each["name"] for each in kept] == ["Beef", "Oven", "Lamb"]
    call = kitchen.hass.services.async_call
    beef, oven, _ = (each["session"] for each in kept)
    await call(DOMAIN, "rename_session", {"session": beef, "name": "Veal"}, True)
    await call(DOMAIN, "delete_session", {"session": oven}, True)
    await kitchen.restart()
    kept = (await kitchen.call("get_sessions"))["sessions"]
    assert [each["name"] for each in kept] == ["Veal", "Lamb"]
    device_id = kitchen.device().id
    newest = await kitchen.call("get_sessions", device_id=device_id, limit=1)
    assert [each["name"] for each in newest["sessions"]] == ["Veal"]
    of_pit = await kitchen.call("get_sessions", device_id=kitchen.device(PIT).id)
    assert of_pit["sessions"] == []


async def test_the_oldest_of_too_many_are_forgotten(
    kitchen: Kitchen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An account keeps the newest sessions."""
    monkeypatch.setattr(store, "SESSIONS_KEPT", 2)
    await kitchen.set_up()
    device_id = kitchen.device().id
    for name in ("Lamb", "Beef", "Veal"):
        await kitchen.call("start_session", device_id=device_id, name=name)
        await kitchen.live(60)
        await kitchen.call("stop_session", device_id=device_id)
    await kitchen.restart()
    kept = (await kitchen.call("get_sessions"))["sessions"]
    assert [each["name"] for each in kept] == ["Veal", "Beef"]


@pytest.mark.parametrize(
    ("action", "data", "key"),
    [
        ("start_session", {"device_id": "nothing"}, "probe_unknown"),
        ("stop_session", {"device_id": "nothing"}, "probe_unknown"),
        ("get_sessions", {"device_id": "nothing"}, "probe_unknown"),
        ("rename_session", {"session": "x", "name": "Lamb"}, "session_unknown"),
        ("delete_session", {"session": "x"}, "session_unknown"),
    ],
)
async def test_what_is_not_there(
    kitchen: Kitchen, action: str, data: dict[str, Any], key: str
) -> None:
    """An action says what it did not find."""
    await kitchen.set_up()
    with pytest.raises(ServiceValidationError) as refused:
        await kitchen.hass.services.async_call(
            DOMAIN, action, data, True, return_response=action == "get_sessions"
        )
    assert refused.value.translation_key == key


async def test_there_is_nothing_to_stop(kitchen: Kitchen) -> None:
    """Who stops a session that does not go on is told so."""
    await kitchen.set_up()
    with pytest.raises(ServiceValidationError, match="no session that could end"):
        await kitchen.call("stop_session", device_id=kitchen.device().id)


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("start_session", {}),
        ("start_session", {"device_id": "x", "name": " "}),
        ("start_session", {"device_id": "x", "name": "x" * 101}),
        ("get_sessions", {"limit": 0}),
        ("rename_session", {"session": "x"}),
    ],
)
async def test_refused_by_the_schema(
    kitchen: Kitchen, action: str, data: dict[str, Any]
) -> None:
    """What is missing, empty or too long does not reach a probe."""
    await kitchen.set_up()
    with pytest.raises(probatio.Invalid):
        await kitchen.hass.services.async_call(
            DOMAIN, action, data, True, return_response=action == "get_sessions"
        )


async def test_of_one_of_several_accounts(
    hass: HomeAssistant, kitchen: Kitchen
) -> None:
    """Two accounts have the same probes, and sessions of their own."""
    await kitchen.set_up()
    other = entry_of("a-family")
    other.add_to_hass(hass)
    await hass.config_entries.async_setup(other.entry_id)
    await kitchen.settle()
    device_id = kitchen.device().id
    await kitchen.call("start_session", device_id=device_id, name="Lamb")
    mine = await kitchen.call("get_sessions", config_entry_id=kitchen.entry.entry_id)
    theirs = await kitchen.call("get_sessions", config_entry_id=other.entry_id)
    assert [each["name"] for each in mine["running"]] == ["Lamb"]
    assert theirs["running"] == []
    assert len((await kitchen.call("get_sessions"))["running"]) == 1

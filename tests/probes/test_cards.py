"""What the cards of probes are sent."""

import json

import pytest

from custom_components.heatpump_monitor.diagnostics import (
    async_get_config_entry_diagnostics,
)
from custom_components.heatpump_monitor.sources.thermoworks.errors import (
    ThermoWorksUnreachable,
)
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.json import ExtendedJSONEncoder
from tests.frontend.conftest import Opener, open_page

from .kitchen import PIT, ROAST, Kitchen, entry_of, warming

__all__ = ["open_page"]

START_MS = 1768489200000


async def test_probes(kitchen: Kitchen, open_page: Opener) -> None:
    """A card knows what a probe measures, what is set, and what it can change."""
    await kitchen.set_up()
    await kitchen.limit("target", 68)
    await kitchen.limit("high", 90)
    await kitchen.act("switch", "turn_off", "high_alarm")
    device_id = kitchen.device().id
    await kitchen.call("start_session", device_id=device_id, name="Lamb")
    await kitchen.measure(ROAST, 21, 22.5)
    page = await open_page()
    pit, roast = await page.ask("probes", entry_id=kitchen.entry.entry_id)
    assert (pit["name"], roast["name"]) == ("Pit", "Roast")
    assert pit["session"] is None
    assert pit["curve"] == [[START_MS + each * 60_000, 110] for each in range(3)]
    entities = roast.pop("entities")
    assert entities["target"] == kitchen.entity_id("number", "target")
    assert entities["target_alarm"] == kitchen.entity_id("switch", "target_alarm")
    assert entities["temperature"] == kitchen.entity_id("sensor", "temperature")
    # Disabled entities cannot be shown.
    assert "signal" not in entities
    session = roast.pop("session")
    assert session["name"] == "Lamb"
    assert session["end"] is None
    curve = [[START_MS + 60_000, 21], [START_MS + 120_000, 22.5]]
    assert session["points"] == roast.pop("curve") == curve
    assert roast == {
        "key": ROAST,
        "name": "Roast",
        "device_id": device_id,
        "temperature_c": 22.5,
        "is_fresh": True,
        "measured_at": "2026-01-15T15:02:00+00:00",
        "settings": {
            "target_c": 68,
            "high_c": None,
            "low_c": None,
            "rising_k_per_min": None,
            "falling_k_per_min": None,
            "hysteresis_k": 0.5,
            "hold_s": 30,
            "silent_s": None,
            "starts_by_rise": True,
        },
        "raised": [],
        "time_to_target": {
            "approach": "unknown",
            "remaining_s": None,
            "low_s": None,
            "high_s": None,
            "slope_k_per_min": None,
            "window_s": None,
        },
        "model": "Signals",
        "battery_pct": 88,
    }


async def test_silent_since_the_last_temperature(
    kitchen: Kitchen, open_page: Opener
) -> None:
    """A device that goes on sending without its probe measures nothing new."""
    await kitchen.set_up()
    await kitchen.measure(ROAST, 21)
    page = await open_page()

    async def measured_at() -> str:
        _, roast = await page.ask("probes", entry_id=kitchen.entry.entry_id)
        at: str = roast["measured_at"]
        return at

    last = await measured_at()
    await kitchen.measure(ROAST, None, None)
    assert await measured_at() == last


async def test_sessions(kitchen: Kitchen, open_page: Opener) -> None:
    """Ended sessions come newest first, of all probes or of one."""
    await kitchen.set_up()
    for key in (ROAST, PIT):
        device_id = kitchen.device(key).id
        await kitchen.call("start_session", device_id=device_id)
        await kitchen.live(60)
        await kitchen.call("stop_session", device_id=device_id)
    page = await open_page()
    entry_id = kitchen.entry.entry_id
    both = await page.ask("sessions", entry_id=entry_id)
    assert [each["name"] for each in both] == ["Pit", "Roast"]
    of_roast = await page.ask("sessions", entry_id=entry_id, probe=ROAST)
    assert of_roast == both[1:]
    assert of_roast[0]["points"] == [[START_MS + 60_000, 20]]


async def test_which_account(
    hass: HomeAssistant, kitchen: Kitchen, open_page: Opener
) -> None:
    """The only account need not be named; another kind of entry is not found."""
    await kitchen.set_up()
    page = await open_page()
    assert len(await page.ask("probes")) == 2
    assert await page.ask("days", first="2026-01-01", last="2026-01-02") == "not_found"
    entry_id = kitchen.entry.entry_id
    assert await page.ask("flags", entry_id=entry_id) == "not_found"
    other = entry_of("a-family")
    other.add_to_hass(hass)
    assert await page.ask("probes") == "several"
    assert await page.ask("probes", entry_id=other.entry_id) == "not_loaded"
    await hass.config_entries.async_set_disabled_by(entry_id, ConfigEntryDisabler.USER)
    assert await page.ask("probes", entry_id=entry_id) == "not_found"


async def test_named_for_the_dashboard(kitchen: Kitchen, open_page: Opener) -> None:
    """The dashboard learns that there are probes, also before they are loaded."""
    kitchen.account.error = ThermoWorksUnreachable()
    await kitchen.set_up()
    page = await open_page()
    described = {
        "entry_id": kitchen.entry.entry_id,
        "kind": "probes",
        "title": "ThermoWorks",
    }
    assert await page.ask("entries") == [described]


@pytest.mark.parametrize("is_loaded", [False, True])
async def test_diagnostics_name_nobody(
    hass: HomeAssistant, kitchen: Kitchen, is_loaded: bool
) -> None:
    """They have what is measured and set, and nothing of the household."""
    if is_loaded:
        await kitchen.set_up()
        device_id = kitchen.device().id
        await kitchen.call("start_session", device_id=device_id, name="Birthday")
        await kitchen.act("text", "set_value", "session_name", PIT, value="Secret")
        await kitchen.live(60)
    diagnostics = await async_get_config_entry_diagnostics(hass, kitchen.entry)
    found = json.dumps(diagnostics, cls=ExtendedJSONEncoder)
    assert ('"temperature_c": 110' in found) is is_loaded
    for private in ("griller", "correct horse", "AB12", "Birthday", "Secret", "Roast"):
        assert private not in found


async def test_writes_few_states(hass: HomeAssistant, kitchen: Kitchen) -> None:
    """A roast of four hours writes few states; a probe that rests writes none."""
    await kitchen.set_up()
    await kitchen.limit("target", 90)
    await kitchen.act("switch", "turn_on", "session_running")
    written: list[str] = []
    hass.bus.async_listen(
        "state_changed", lambda event: written.append(event.data["entity_id"])
    )
    await kitchen.measure(ROAST, *warming(240))
    registry = er.async_get(hass)
    of = [str(registry.async_get(each).unique_id) for each in written]  # type: ignore[union-attr]
    assert not [each for each in of if PIT in each]
    keys = [each.removeprefix(f"a-griller_{ROAST}_") for each in of]
    counts = {key: keys.count(key) for key in set(keys)}
    # Each minute at most.
    assert counts.pop("temperature") <= 240
    assert counts.pop("time_to_target") <= 200
    assert counts.pop("session") <= 200
    assert counts.pop("ready_at") <= 80
    assert counts == {"probe_alarm": 1, "target_raised": 1}

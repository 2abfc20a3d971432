"""The demo's entities: what a Home Assistant has before this integration comes."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
import json
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

import custom_components
from custom_components.heatpump_monitor.sources.entities.fields import (
    HEAT_PUMP_FIELDS,
    METER_FIELDS,
)
from custom_components.heatpump_monitor.sources.entities.states import Problem, look_up
from demo.config_folder import ROOT
from demo.entities import HEAT_PUMP, METER, MORE_METERS
from homeassistant.config_entries import SOURCE_USER, ConfigEntry, ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant, State
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from simulator import Simulator, SteppedClock, Variant
from tests.simulator.conftest import NOON_S, steady_plant

DOMAIN = "simulated_heat_pump"

pytestmark = pytest.mark.usefixtures("enable_custom_integrations", "socket_enabled")


@pytest.fixture
async def simulator(socket_enabled: None) -> AsyncIterator[Simulator]:
    """Return a simulator with a steady plant."""
    clock = SteppedClock(NOON_S)
    variants = (Variant.BRINE,)
    async with Simulator(variants, clock=clock, make_plant=steady_plant) as running:
        yield running


@pytest.fixture(autouse=True)
def demo_components(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have Home Assistant find the demo's custom integration, too."""
    folders = [*custom_components.__path__, str(ROOT / "demo" / "custom_components")]
    monkeypatch.setattr(custom_components, "__path__", folders)


async def set_up(hass: HomeAssistant, url: str) -> ConfigEntry:
    """Set the demo's integration up as its user does."""
    flow = await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_USER}
    )
    result = await hass.config_entries.flow.async_configure(
        flow["flow_id"], {"url": url, "plant": "brine"}
    )
    await hass.async_block_till_done()
    assert result["type"] is FlowResultType.CREATE_ENTRY
    entry: ConfigEntry = result["result"]
    return entry


def states(hass: HomeAssistant) -> dict[str, State]:
    """Return the states of the demo's entities by what they show."""
    found = {}
    for each in er.async_get(hass).entities.values():
        state = hass.states.get(each.entity_id)
        if each.platform == DOMAIN and each.translation_key and state:
            found[each.translation_key] = state
    return found


async def look_later(hass: HomeAssistant, seconds: float) -> None:
    """Let Home Assistant look again."""
    async_fire_time_changed(hass, dt_util.utcnow() + timedelta(seconds=seconds))
    await hass.async_block_till_done(wait_background_tasks=True)


async def test_steps_of_usual_devices(
    hass: HomeAssistant, simulator: Simulator
) -> None:
    """Temperatures have 0.1 °C, a heat meter 0.1 kWh, electricity 0.01 kWh."""
    await set_up(hass, simulator.control_url)
    shown = states(hass)
    assert shown["supply_temperature"].state == "35.0"
    assert shown["flow"].state == "970"
    assert shown["flow"].attributes["unit_of_measurement"] == "L/h"
    assert shown["compressor"].state == "on"
    assert shown["mode"].state == "heating"
    assert shown["heat_pump_power"].state == "1000"
    # Three days of 2600 W and 1000 W.
    assert shown["heat_energy"].state == "187.2"
    assert shown["heat_pump_energy"].state == "72.0"
    assert shown["heat_pump_energy"].attributes["state_class"] == "total_increasing"
    assert shown["heat_pump_energy"].name == "Electricity meter Energy"

    await simulator.step(60)
    await look_later(hass, 31)
    later = states(hass)
    assert later["heat_pump_energy"].state == "72.02"
    assert later["heat_energy"].state == "187.2"


async def test_every_chosen_entity_can_be_read(
    hass: HomeAssistant, simulator: Simulator
) -> None:
    """What the demo fills into the forms is there, and of the right kind."""
    await set_up(hass, simulator.control_url)
    shown = states(hass)
    meters = (METER, *MORE_METERS.values())
    wanted = [(HEAT_PUMP_FIELDS[field], key) for field, key in HEAT_PUMP.items()]
    wanted += [
        (METER_FIELDS[field], key) for each in meters for field, key in each.items()
    ]
    for field, key in wanted:
        # The steady plant follows no settings, and so has no target.
        if key != "hot_water_target":
            found = look_up(hass, shown[key].entity_id, field)
            assert not isinstance(found, Problem), found


def test_german_has_every_text() -> None:
    """Both languages have the same texts."""
    folder = ROOT / "demo" / "custom_components" / DOMAIN / "translations"
    english, german = (
        json.loads((folder / f"{language}.json").read_text(encoding="utf-8"))
        for language in ("en", "de")
    )
    assert list(_keys(english)) == list(_keys(german))


def _keys(texts: dict[str, Any], path: str = "") -> Iterator[str]:
    for key, text in texts.items():
        inner = text if isinstance(text, dict) else {}
        yield f"{path}/{key}"
        yield from _keys(inner, f"{path}/{key}")


async def test_simulator_away(hass: HomeAssistant, simulator: Simulator) -> None:
    """Without the simulator all is unavailable, and the form says so."""
    entry = await set_up(hass, simulator.control_url)
    await simulator.__aexit__()
    await look_later(hass, 61)
    assert {each.state for each in states(hass).values()} == {STATE_UNAVAILABLE}

    flow = await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_USER}
    )
    result = await hass.config_entries.flow.async_configure(
        flow["flow_id"], {"url": simulator.control_url, "plant": "air"}
    )
    assert result["errors"] == {"base": "cannot_connect"}
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert entry.state is ConfigEntryState.NOT_LOADED

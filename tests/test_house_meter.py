"""A house meter in Home Assistant: set-up, entities, push and polling."""

from dataclasses import replace
from datetime import timedelta
import json
from typing import Any
from unittest.mock import patch

import pytest
from pytest_homeassistant_custom_component.common import (
    async_capture_events,
    get_system_health_info,
    snapshot_platform,
)
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from syrupy.assertion import SnapshotAssertion

from custom_components.heatpump_monitor import async_remove_config_entry_device
from custom_components.heatpump_monitor.const import (
    CONF_CAPACITY_PRICE,
    CONF_IDENTIFIER,
    CONF_LIMIT_KW,
    DOMAIN,
)
from custom_components.heatpump_monitor.flows.entity_forms import async_problems
from custom_components.heatpump_monitor.sources.entities.fields import METER_FIELDS
from custom_components.heatpump_monitor.sources.entities.source import EntityMeter
from custom_components.heatpump_monitor.sources.homewizard.p1_errors import (
    P1Unauthorized,
    P1Unreachable,
)
from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.const import (
    CONF_HOST,
    CONF_TOKEN,
    EVENT_STATE_CHANGED,
    STATE_OFF,
    STATE_ON,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
    Platform,
)
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util

from .house import SERIAL, SETUP, START, FakePush, House, three_phases

INTEGRATION = "custom_components.heatpump_monitor"
PUSHES = pytest.mark.parametrize("pushes", [True])


@pytest.mark.usefixtures("all_enabled")
@pytest.mark.parametrize("platform", ["sensor", "binary_sensor", "event"])
async def test_entities(
    grid_house: House,
    entity_registry: er.EntityRegistry,
    snapshot: SnapshotAssertion,
    platform: str,
) -> None:
    """A three-phase meter in Flanders has these entities, and they show the house."""
    house = grid_house
    house.hass.config_entries.async_update_entry(
        house.entry, options={CONF_CAPACITY_PRICE: 40.0}
    )
    house.meter.more = three_phases()
    with patch(f"{SETUP}.PLATFORMS", [Platform(platform)]):
        await house.set_up()
        await house.live(1200)
        await snapshot_platform(
            house.hass, entity_registry, snapshot, house.entry.entry_id
        )
        await house.shut_down()


async def test_what_is_shown_unasked(grid_house: House) -> None:
    """What is noisy, or of use to few, is there but disabled."""
    grid_house.meter.more = three_phases()
    await grid_house.set_up()
    registry = er.async_get(grid_house.hass)
    shown = {
        each.unique_id.removeprefix(f"{grid_house.entry.unique_id}_")
        for each in er.async_entries_for_config_entry(
            registry, grid_house.entry.entry_id
        )
        if each.disabled_by is None
    }
    assert shown == {
        "G1_submeter_gas",
        "H1_submeter_heat",
        "W1_submeter_water",
        "billing_peak",
        "export_total",
        "grid_power",
        "house_meter_connected",
        "import_total",
        "last_quarter",
        "month_peak",
        "quarter_exceeds",
        "quarter_forecast",
        "quarter_headroom",
        "quarter_warning",
    }


async def test_devices(grid_house: House) -> None:
    """Submeters are devices of their own, behind the meter."""
    grid_house.meter.more = three_phases()
    await grid_house.set_up()
    registry = dr.async_get(grid_house.hass)
    devices = {
        each.serial_number: each
        for each in dr.async_entries_for_config_entry(
            registry, grid_house.entry.entry_id
        )
    }
    main = devices.pop(grid_house.entry.unique_id)
    assert (main.name, main.model, main.model_id, main.sw_version) == (
        "Grid",
        "HomeWizard P1",
        "HWE-P1",
        "6.00",
    )
    assert {key: each.name for key, each in devices.items()} == {
        "G1": "Gas meter",
        "W1": "Water meter",
        "H1": "Heat meter",
    }
    assert {each.via_device_id for each in devices.values()} == {main.id}


async def test_quarter_hours(grid_house: House) -> None:
    """A quarter-hour ends by the clock, and becomes the month's peak."""
    house = grid_house
    await house.set_up()
    await house.live(300)
    assert house.value("last_quarter") == "unknown"
    forecast = house.state("sensor", "quarter_forecast")
    assert float(forecast.state) == pytest.approx(1.0, abs=0.01)
    house.meter.power_w = 3000
    await house.live(910)
    assert float(house.value("last_quarter")) == pytest.approx(2.333, abs=0.001)
    assert float(house.value("month_peak")) == pytest.approx(2.333, abs=0.001)
    peak = house.state("sensor", "month_peak")
    assert peak.attributes["at"] == "2026-01-15T11:00:00+00:00"
    assert peak.attributes["basis"] == "counted"
    # Each month is billed as 2.5 kW at least.
    assert float(house.value("billing_peak")) == 2.5


async def test_warning(grid_house: House) -> None:
    """The warning comes while there is time to act, and goes when it helped."""
    house = grid_house
    options = {CONF_LIMIT_KW: 2.0}
    house.hass.config_entries.async_update_entry(house.entry, options=options)
    await house.set_up()
    house.meter.power_w = 3000
    await house.live(360)
    assert house.state("binary_sensor", "quarter_exceeds").state == STATE_ON
    warning = house.state("event", "quarter_warning").attributes
    assert warning["event_type"] == "raised"
    assert warning["quarter"] == "2026-01-15T11:00:00+00:00"
    assert warning["limit_kw"] == 2.0
    assert warning["forecast_kw"] > 2.0
    assert 0 < warning["headroom_kw"] < 2.5

    house.meter.power_w = 500
    await house.live(300)
    assert house.state("binary_sensor", "quarter_exceeds").state == STATE_OFF
    warning = house.state("event", "quarter_warning").attributes
    assert warning["event_type"] == "cleared"


async def test_a_missed_poll_is_no_failure(grid_house: House) -> None:
    """Only a minute without an answer makes the entities unavailable."""
    house = grid_house
    await house.set_up()
    house.meter.error = P1Unreachable()
    await house.live(50)
    assert house.value("grid_power") == "1000.0"
    await house.live(30)
    assert house.value("grid_power") == STATE_UNAVAILABLE
    connected = house.state("binary_sensor", "house_meter_connected")
    assert (connected.state, connected.attributes["reason"]) == (
        STATE_OFF,
        "p1_unreachable",
    )
    house.meter.error = None
    await house.live(10)
    assert house.value("grid_power") == "1000.0"
    connected = house.state("binary_sensor", "house_meter_connected")
    assert (connected.state, connected.attributes["reason"]) == (STATE_ON, None)


async def test_not_there_at_start(grid_house: House) -> None:
    """Home Assistant tries again by itself."""
    grid_house.meter.error = P1Unreachable()
    await grid_house.set_up()
    assert grid_house.entry.state is ConfigEntryState.SETUP_RETRY
    assert grid_house.entry.error_reason_translation_key == "p1_unreachable"


@pytest.mark.parametrize("pushes", [False, True])
async def test_revoked_token(grid_house: House) -> None:
    """The user is asked for a new one, once, and the meter is left alone."""
    house = grid_house
    await house.set_up()
    house.meter.error = P1Unauthorized()
    if isinstance(house.meter, FakePush):
        house.meter.push_error = P1Unauthorized()
        house.meter.sent.put_nowait(P1Unauthorized())
    await house.live(60)
    flows = list(house.entry.async_get_active_flows(house.hass, {SOURCE_REAUTH}))
    assert len(flows) == 1
    polls = house.meter.polls
    await house.live(60)
    assert house.meter.polls == polls
    assert house.value("grid_power") == STATE_UNAVAILABLE


@PUSHES
async def test_push(grid_house: House) -> None:
    """A meter that pushes is not polled, and is read at full pace."""
    house = grid_house
    assert isinstance(house.meter, FakePush)
    await house.set_up()
    assert house.meter.polls == 1
    changes = async_capture_events(house.hass, EVENT_STATE_CHANGED)
    for _ in range(60):
        house.meter.power_w = 5000 - house.meter.power_w
        await house.live(1, step_s=1)
    assert house.meter.polls == 1
    power = house.entity_id("sensor", "grid_power")
    written = [each for each in changes if each.data["entity_id"] == power]
    assert 10 <= len(written) <= 13


@PUSHES
async def test_push_ends_and_comes_back(grid_house: House) -> None:
    """While the push is down the meter is polled, and never read twice."""
    house = grid_house
    assert isinstance(house.meter, FakePush)
    await house.set_up()
    await house.live(30, step_s=1)
    house.meter.push_error = P1Unreachable()
    house.meter.sent.put_nowait(P1Unreachable())
    await house.run()
    await house.live(120)
    assert 9 <= house.meter.polls - 1 <= 12
    # The pauses between attempts grow.
    assert 3 <= house.meter.connections <= 6
    assert house.value("grid_power") == "1000.0"

    house.meter.push_error = None
    await house.live(100, step_s=1)
    polls = house.meter.polls
    await house.live(100, step_s=1)
    assert house.meter.polls == polls
    assert house.coordinator.is_pushed


@PUSHES
async def test_silent_push(grid_house: House) -> None:
    """A connection that is open and says nothing does not stop the readings."""
    house = grid_house
    assert isinstance(house.meter, FakePush)
    await house.set_up()
    await house.live(5, step_s=1)
    house.meter.push_error = P1Unreachable()
    await house.live(60)
    assert house.meter.connections == 1
    assert house.meter.polls >= 4
    assert house.coordinator.last_reading_at == dt_util.utcnow()


async def test_restart(grid_house: House) -> None:
    """A reload in the middle of a quarter-hour loses nothing of it."""
    house = grid_house
    await house.set_up()
    await house.live(1200)
    await house.shut_down()
    house.meter.flow(20)
    house.freezer.tick(20)
    await house.set_up()
    await house.live(900)
    last = house.state("sensor", "last_quarter")
    assert float(last.state) == pytest.approx(1.0, abs=0.001)
    assert last.attributes["start"] == "2026-01-15T11:15:00+00:00"
    assert last.attributes["basis"] == "counter"


async def test_disabled_entities(grid_house: House) -> None:
    """The meter is counted on where nobody wants to see anything."""
    house = grid_house
    await house.set_up()
    registry = er.async_get(house.hass)
    entry_id = house.entry.entry_id
    for each in er.async_entries_for_config_entry(registry, entry_id):
        registry.async_update_entity(
            each.entity_id, disabled_by=er.RegistryEntryDisabler.USER
        )
    await house.hass.config_entries.async_reload(entry_id)
    await house.live(1000)
    quarters = house.coordinator.engine.quarters(
        dt_util.utcnow() - timedelta(hours=1), dt_util.utcnow()
    )
    assert len(quarters) == 1


async def test_diagnostics(
    grid_house: House, hass_client: ClientSessionGenerator
) -> None:
    """What a bug report needs, and nothing that says whose house it is."""
    house = grid_house
    house.meter.more = three_phases()
    await async_setup_component(house.hass, "diagnostics", {})
    await house.set_up()
    await house.live(1000)
    found = await get_diagnostics_for_config_entry(house.hass, hass_client, house.entry)
    assert found["reading"]["power_w"] == 1000
    assert found["snapshot"]["month_peak"]["month"] == "2026-01-01"
    assert found["tariff"]["least_peak_w"] == 2500
    assert found["last_failure"] is None
    text = json.dumps(found)
    data = house.entry.data
    secrets = SERIAL, data[CONF_TOKEN], data[CONF_HOST], data[CONF_IDENTIFIER]
    for secret in (*secrets, '"G1"', '"H1"'):
        assert secret not in text


async def test_system_health(grid_house: House) -> None:
    """Without a heat pump, nothing is said of Viessmann."""
    house = grid_house
    await house.set_up()
    assert await async_setup_component(house.hass, "system_health", {})
    await house.hass.async_block_till_done()
    info = await get_system_health_info(house.hass, DOMAIN)
    assert info == {"house_meter_last_reading": dt_util.as_local(START)}


async def test_submeter_that_is_gone(grid_house: House) -> None:
    """A replaced gas meter can be removed, those that are read cannot."""
    house = grid_house
    house.meter.more = three_phases()
    await house.set_up()
    registry = dr.async_get(house.hass)
    gas, main = (
        registry.async_get_device_by_identifier((DOMAIN, key), house.entry.entry_id)
        for key in (f"{SERIAL}_G1", SERIAL)
    )
    assert gas is not None
    assert main is not None
    assert not await async_remove_config_entry_device(house.hass, house.entry, gas)
    new = replace(house.meter.more["submeters"][0], serial="G2", value=0.0)
    house.meter.more["submeters"] = (new,)
    await house.live(10)
    assert float(house.value("G2_submeter_gas")) == 0
    assert house.value("G1_submeter_gas") == STATE_UNKNOWN
    assert await async_remove_config_entry_device(house.hass, house.entry, gas)
    assert not await async_remove_config_entry_device(house.hass, house.entry, main)


async def test_heat_meter_as_a_source(grid_house: House) -> None:
    """The heat meter behind the P1 meter can be the heat meter of a heat pump."""
    house = grid_house
    house.meter.more = three_phases()
    await house.set_up()
    chosen = er.async_get(house.hass).async_get(
        house.state("sensor", "H1_submeter_heat").entity_id
    )
    assert chosen is not None
    problems = await async_problems(house.hass, {"energy_wh": chosen.id}, METER_FIELDS)
    assert problems == {}
    meter = EntityMeter(house.hass, {"energy_wh": chosen.id}, None)
    await meter.read(dt_util.utcnow)
    house.meter.more["submeters"] = tuple(
        replace(each, value=12.346) if each.serial == "H1" else each
        for each in house.meter.more["submeters"]
    )
    await house.live(10)
    reading = await meter.read(dt_util.utcnow)
    assert reading.energy_wh is not None


async def test_removed(grid_house: House, hass_storage: dict[str, Any]) -> None:
    """Neither files nor a token are left of an entry that is removed."""
    house = grid_house
    await house.set_up()
    await house.live(1000)
    await house.shut_down()
    prefix = f"{DOMAIN}.{house.entry.entry_id}."
    assert [key for key in hass_storage if key.startswith(prefix)]
    with patch(f"{INTEGRATION}.async_delete_token") as delete:
        await house.hass.config_entries.async_remove(house.entry.entry_id)
        await house.hass.async_block_till_done()
    assert delete.call_count == 1
    assert not [key for key in hass_storage if key.startswith(prefix)]


async def test_new_limit(grid_house: House) -> None:
    """A changed option counts at once."""
    house = grid_house
    await house.set_up()
    forecast = house.state("sensor", "quarter_forecast")
    assert forecast.attributes["limit_kw"] == 2.5
    house.hass.config_entries.async_update_entry(
        house.entry, options={CONF_LIMIT_KW: 4.0}
    )
    await house.hass.async_block_till_done()
    forecast = house.state("sensor", "quarter_forecast")
    assert forecast.attributes["limit_kw"] == 4.0
    assert house.entry.state is ConfigEntryState.LOADED


async def test_two_heat_pumps(grid_house: House) -> None:
    """Each heat pump has its share, also one that is set up later."""
    house = grid_house
    await house.set_up()
    names, powers = {"one": "Vitocal"}, {"one": 400.0}
    frame = "custom_components.heatpump_monitor.house_meter.heat_pumps"
    with (
        patch(f"{frame}.names", lambda _: names),
        patch(f"{frame}.powers_w", lambda _: powers),
    ):
        await house.live(900)
        house.meter.power_w = 1001
        await house.live(910)
        assert float(house.value("month_peak_share_one")) == pytest.approx(40, abs=1)
        names["two"], powers["two"] = "Cellar", 500.0
        house.meter.power_w = 2000
        await house.live(1910)
    assert float(house.value("month_peak_share_one")) == pytest.approx(20, abs=1)
    assert float(house.value("month_peak_share_two")) == pytest.approx(25, abs=1)
    share = house.state("sensor", "month_peak_share_two")
    assert share.name == "Grid Share of Cellar in the month peak"

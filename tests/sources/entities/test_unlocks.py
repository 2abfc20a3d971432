"""What each set of entities makes possible, as the form of the flow promises."""

import pytest

from custom_components.heatpump_monitor.performance.heat.available_methods import (
    available_methods,
)
from custom_components.heatpump_monitor.performance.modes import is_running, mode_of
from custom_components.heatpump_monitor.performance.plant import HeatMethod, Plant
from custom_components.heatpump_monitor.readings import Mode
from custom_components.heatpump_monitor.sources.entities.fields import HEAT_PUMP_FIELDS
from custom_components.heatpump_monitor.sources.entities.source import EntityHeatPump
from custom_components.heatpump_monitor.sources.ranges import Ranges
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

WORDS = {"mode": "heating", "compressor_phase": "heating", "valve": "dhw"}
PLANT = Plant()
RATED = Plant(rated_heat_w=8000.0)
FLOW_KNOWN = Plant(assumed_flow_lph=1200.0)
BRINE = Plant(brine_flow_lph=1500.0)


def _source(hass: HomeAssistant, *keys: str) -> EntityHeatPump:
    """Return a source of entities that all have a value of the right unit."""
    entities: dict[str, str] = {}
    for key in keys:
        quantity = HEAT_PUMP_FIELDS[key].quantity
        entities[key] = f"sensor.{key}"
        attributes = {"unit_of_measurement": quantity.unit} if quantity.unit else {}
        hass.states.async_set(entities[key], WORDS.get(key, "20"), attributes)
    return EntityHeatPump(hass, entities, Ranges())


@pytest.mark.parametrize(
    ("keys", "plant", "methods"),
    [
        (["heat_meter_wh"], PLANT, {HeatMethod.HEAT_METER}),
        (["heating_wh", "hot_water_wh"], PLANT, {HeatMethod.COUNTER}),
        (["reported_heat_w"], PLANT, {HeatMethod.REPORTED}),
        (["supply_c", "return_c", "flow_lph"], PLANT, {HeatMethod.FLOW}),
        (["supply_c", "return_c"], FLOW_KNOWN, {HeatMethod.ASSUMED_FLOW}),
        (["modulation_pct"], RATED, {HeatMethod.MODULATION}),
        (["modulation_pct", "rated_heat_w"], PLANT, {HeatMethod.MODULATION}),
        (["source_in_c", "source_out_c"], BRINE, {HeatMethod.SOURCE_BALANCE}),
    ],
)
async def test_each_set_of_entities_makes_heat_known(
    hass: HomeAssistant, keys: list[str], plant: Plant, methods: set[HeatMethod]
) -> None:
    """All of a set are enough; without any one of them, the method is gone."""
    reading = await _source(hass, *keys).read(dt_util.utcnow)
    assert available_methods(reading, plant) == methods
    for missing in keys:
        rest = [key for key in keys if key != missing]
        if not rest or keys[0] == "heating_wh":
            # Many units count in one sum.
            continue
        reading = await _source(hass, *rest).read(dt_util.utcnow)
        assert not available_methods(reading, plant), missing


@pytest.mark.parametrize(
    "key", ["compressor_on", "mode", "modulation_pct", "speed_rps"]
)
async def test_each_shows_whether_the_compressor_runs(
    hass: HomeAssistant, key: str
) -> None:
    """One of them is enough."""
    reading = await _source(hass, key).read(dt_util.utcnow)
    assert is_running(reading) is True
    assert mode_of(reading) is Mode.HEATING


async def test_temperatures_alone_tell_no_heat(hass: HomeAssistant) -> None:
    """There is electricity and temperatures, and no COP."""
    keys = [key for key in HEAT_PUMP_FIELDS if key.endswith("_c")]
    reading = await _source(hass, *keys).read(dt_util.utcnow)
    assert not available_methods(reading, PLANT)
    assert is_running(reading) is None
    assert mode_of(reading) is None


async def test_every_field_reaches_the_reading(hass: HomeAssistant) -> None:
    """A field that a form asks for is not lost."""
    for key in HEAT_PUMP_FIELDS:
        reading = await _source(hass, key).read(dt_util.utcnow)
        empty = type(reading)(time=reading.time)
        changed = {
            name
            for name in reading.__slots__
            if getattr(reading, name) != getattr(empty, name)
        }
        assert changed - {"measured_at", "stamps"}, key

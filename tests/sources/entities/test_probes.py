"""Temperature entities as probes: units, freshness, names, and what goes wrong."""

from datetime import datetime, timedelta

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockModule,
    mock_integration,
)

from custom_components.heatpump_monitor.readings import ProbeReading
from custom_components.heatpump_monitor.sources.base import AccountInfo
from custom_components.heatpump_monitor.sources.entities.chosen import EntityMissing
from custom_components.heatpump_monitor.sources.entities.probes import EntityProbes
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.loader import async_get_integration
from homeassistant.util import dt as dt_util

NOON = datetime.fromisoformat("2026-01-10T12:00:00+00:00")
CELSIUS = {"unit_of_measurement": "°C", "friendly_name": "Grill Core"}
INFO = AccountInfo(identity="probes_entities_1", name="Grill")


@pytest.fixture(autouse=True)
def noon(freezer: FrozenDateTimeFactory) -> None:
    """Begin at noon."""
    freezer.move_to(NOON)


def set_state(
    hass: HomeAssistant, value: object, entity_id: str = "sensor.core"
) -> None:
    """Write a state, be it the same."""
    hass.states.async_set(entity_id, str(value), CELSIUS)


async def read(probes: EntityProbes) -> ProbeReading:
    """Return the reading of the first probe."""
    return (await probes.read(dt_util.utcnow))[0]


def of_platform(hass: HomeAssistant, platform: str) -> str:
    """Return the registry id of an entity of an integration, with a device."""
    config_entry = MockConfigEntry(domain=platform)
    config_entry.add_to_hass(hass)
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=config_entry.entry_id,
        identifiers={(platform, "1")},
        model="Two",
        serial_number="S1",
    )
    entry = er.async_get(hass).async_get_or_create(
        "sensor",
        platform,
        "core",
        suggested_object_id="core",
        config_entry=config_entry,
        device_id=device.id,
    )
    return entry.id


async def cloud_probes(hass: HomeAssistant) -> EntityProbes:
    """Return a probe of an integration that polls a cloud."""
    manifest = {"iot_class": "cloud_polling"}
    mock_integration(hass, MockModule("maker", partial_manifest=manifest))
    await async_get_integration(hass, "maker")
    hass.config.components.add("maker")
    return EntityProbes(hass, {"one": of_platform(hass, "maker")}, INFO)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("60.5", "°C", 60.5),
        ("140", "°F", 60.0),
        ("333.15", "K", 60.0),
        ("0", "°C", 0.0),
        ("-18.2", "°C", -18.2),
        ("260", "°C", 260.0),
        ("3276.7", "°C", None),
        ("60", "%", None),
        ("60", None, None),
        ("hot", "°C", None),
        ("nan", "°C", None),
        ("unknown", "°C", None),
        ("unavailable", "°C", None),
    ],
)
async def test_temperature(
    hass: HomeAssistant, value: str, unit: str | None, expected: float | None
) -> None:
    """Units are converted; what is no temperature is unknown, never 0."""
    set_state(hass, 5, "sensor.other")
    hass.states.async_set("sensor.core", value, {"unit_of_measurement": unit})
    entities = {"a": "sensor.core", "b": "sensor.other"}
    first, second = await EntityProbes(hass, entities, INFO).read(dt_util.utcnow)
    assert (first.key, first.temperature_c) == ("a", expected)
    assert second.temperature_c == 5.0
    assert first.measured_at == (None if expected is None else NOON)


async def test_what_is_known_of_it(hass: HomeAssistant) -> None:
    """Name, model and serial number come from the registries."""
    probes = EntityProbes(hass, {"one": of_platform(hass, "other")}, INFO)
    set_state(hass, 60)
    reading = await read(probes)
    assert (reading.name, reading.model, reading.device) == ("Grill Core", "Two", "S1")
    assert await probes.identify() == INFO


async def test_renamed(hass: HomeAssistant) -> None:
    """An entity is followed to its new entity id."""
    probes = EntityProbes(hass, {"one": of_platform(hass, "other")}, INFO)
    set_state(hass, 60)
    er.async_get(hass).async_update_entity("sensor.core", new_entity_id="sensor.new")
    hass.states.async_remove("sensor.core")
    set_state(hass, 61, "sensor.new")
    reading = await read(probes)
    assert (reading.key, reading.temperature_c) == ("one", 61.0)


async def test_written_again_is_measured_again(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    """A local device that says the same again is there; silence is not."""
    probes = EntityProbes(hass, {"one": "sensor.core"}, INFO)
    set_state(hass, 60)
    freezer.tick(60)
    set_state(hass, 60)
    freezer.tick(600)
    reading = await read(probes)
    assert reading.temperature_c == 60.0
    assert reading.measured_at == NOON + timedelta(seconds=60)


async def test_a_cloud_repeats(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    """Of a cloud, only a change was measured, also after it was out of reach."""
    probes = await cloud_probes(hass)
    for value in (60, 60, "unavailable", 60):
        set_state(hass, value)
        await read_any(probes)
        freezer.tick(60)
    assert (await read(probes)).measured_at == NOON
    set_state(hass, 61)
    assert (await read(probes)).measured_at == NOON + timedelta(minutes=4)


async def read_any(probes: EntityProbes) -> None:
    """Read, whatever there is."""
    await probes.read(dt_util.utcnow)


async def test_switched_off(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    """A probe that is off has no temperature, and was measured when it was."""
    probes = EntityProbes(hass, {"one": of_platform(hass, "other")}, INFO)
    set_state(hass, 60)
    await read(probes)
    freezer.tick(60)
    hass.states.async_remove("sensor.core")
    reading = await read(probes)
    assert reading.name == "Grill Core"
    assert (reading.temperature_c, reading.measured_at) == (None, NOON)


async def test_all_are_gone(hass: HomeAssistant) -> None:
    """Where no entity can come back, the owner has to choose others."""
    with pytest.raises(EntityMissing) as raised:
        await read(EntityProbes(hass, {"one": "sensor.gone"}, INFO))
    assert raised.value.placeholders == {"entities": "sensor.gone"}


async def test_one_is_gone(hass: HomeAssistant) -> None:
    """The other probes go on, and the lost one is named."""
    set_state(hass, 60)
    probes = EntityProbes(hass, {"one": "sensor.gone", "two": "sensor.core"}, INFO)
    gone, core = await probes.read(dt_util.utcnow)
    assert (gone.name, gone.temperature_c) == ("sensor.gone", None)
    assert core.temperature_c == 60.0
    assert probes.chosen.problems.keys() == {"one"}


async def test_pace(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """How often an entity says something is learnt: its longest gap of late."""
    probes = EntityProbes(hass, {"one": "sensor.core"}, INFO)
    paces = []
    for minutes in (1, 20, 5, 1, 1):
        set_state(hass, 60)
        paces.append((await read(probes)).transmit_s)
        # Reading more often teaches nothing.
        assert (await read(probes)).transmit_s == paces[-1]
        freezer.tick(60 * minutes)
    assert paces == [None, None, None, 1200, 1200]
    for number in range(10):
        set_state(hass, 60 + number)
        reading = await read(probes)
        freezer.tick(60)
    assert reading.transmit_s == 60


async def test_reported_in_the_future(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    """After the clock was put back, nothing was measured later than now."""
    set_state(hass, 60)
    known = EntityProbes(hass, {"one": "sensor.core"}, INFO)
    await read(known)
    earlier = NOON - timedelta(hours=1)
    freezer.move_to(earlier)
    new = EntityProbes(hass, {"one": "sensor.core"}, INFO)
    assert (await read(new)).measured_at == earlier
    set_state(hass, "unavailable")
    assert (await read(known)).measured_at == earlier
    set_state(hass, 60)
    await read(known)
    freezer.tick(600)
    # It has not spoken since.
    assert (await read(known)).measured_at == earlier

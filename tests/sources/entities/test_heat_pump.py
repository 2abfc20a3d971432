"""A heat pump out of entities: values, time stamps, and what goes wrong."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockModule,
    mock_integration,
)

from custom_components.heatpump_monitor.performance.modes import mode_of
from custom_components.heatpump_monitor.performance.monitor import PerformanceMonitor
from custom_components.heatpump_monitor.performance.plant import Plant
from custom_components.heatpump_monitor.performance.policy import Policy
from custom_components.heatpump_monitor.readings import (
    HeatPumpReading,
    MeterReading,
    Mode,
)
from custom_components.heatpump_monitor.sources.base import SourceError
from custom_components.heatpump_monitor.sources.entities.source import EntityHeatPump
from custom_components.heatpump_monitor.sources.entities.states import Reason
from custom_components.heatpump_monitor.sources.ranges import Ranges
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.loader import async_get_integration
from homeassistant.util import dt as dt_util

MINUTE = timedelta(minutes=1)

type Move = Callable[[float], datetime]


@pytest.fixture
def pass_minutes(freezer: FrozenDateTimeFactory) -> Move:
    """Return what lets time pass, and returns the time then."""
    freezer.move_to("2026-01-10T12:00:00+00:00")

    def _pass(minutes: float) -> datetime:
        freezer.tick(minutes * MINUTE)
        return dt_util.utcnow()

    return _pass


def _set(hass: HomeAssistant, entity_id: str, value: object, unit: str = "°C") -> None:
    hass.states.async_set(entity_id, str(value), {"unit_of_measurement": unit})


def _source(hass: HomeAssistant, **entities: str) -> EntityHeatPump:
    return EntityHeatPump(hass, entities, Ranges())


async def _read(source: EntityHeatPump) -> HeatPumpReading:
    return await source.read(dt_util.utcnow)


async def _two_sensors(
    hass: HomeAssistant, pass_minutes: Move
) -> tuple[EntityHeatPump, list[datetime]]:
    """Return a source whose supply stays while the return changes, and when."""
    registry, config_entry = er.async_get(hass), MockConfigEntry(domain="other")
    config_entry.add_to_hass(hass)
    supply, back, on = (
        registry.async_get_or_create(domain, "other", key, config_entry=config_entry)
        for domain, key in (
            ("sensor", "supply"),
            ("sensor", "return"),
            ("binary_sensor", "on"),
        )
    )
    source = _source(
        hass, supply_c=supply.id, return_c=back.entity_id, compressor_on=on.id
    )
    times: list[datetime] = []
    for value in (30.0, 30.5):
        times.append(pass_minutes(1))
        _set(hass, supply.entity_id, 35.0)
        hass.states.async_set(on.entity_id, "on")
        await _read(source)
        times.append(pass_minutes(1))
        _set(hass, back.entity_id, value)
    return source, times


async def test_what_is_written_again_was_measured_again(
    hass: HomeAssistant, pass_minutes: Move
) -> None:
    """A number on the local network is as new as its last report; a state is not."""
    source, times = await _two_sensors(hass, pass_minutes)
    now = pass_minutes(1)
    reading = await _read(source)
    assert (reading.supply_c, reading.return_c) == (35.0, 30.5)
    assert reading.stamps == {
        # It was last written at [2], and has not changed while the other did.
        "supply_c": times[3],
        "return_c": times[3],
        "compressor_on": times[0],
    }
    assert (reading.measured_at, reading.time) == (times[3], now)
    assert reading.flow_lph is None


async def test_what_a_cloud_repeats_was_not_measured_again(
    hass: HomeAssistant, pass_minutes: Move
) -> None:
    """A cloud goes on with what it was last sent."""
    manifest = {"iot_class": "cloud_polling"}
    mock_integration(hass, MockModule("other", partial_manifest=manifest))
    await async_get_integration(hass, "other")
    source, times = await _two_sensors(hass, pass_minutes)
    assert (await _read(source)).stamps == {
        "supply_c": times[0],
        "return_c": times[3],
        "compressor_on": times[0],
    }


async def test_a_dead_unit_behind_a_live_gateway_grows_old(
    hass: HomeAssistant, pass_minutes: Move
) -> None:
    """Values that are written again and again, and never change, are not fresh."""
    source = _source(hass, supply_c="sensor.supply", return_c="sensor.return")
    first = pass_minutes(0)
    for _ in range(90):
        _set(hass, "sensor.supply", 35.0)
        _set(hass, "sensor.return", 30.0)
        reading = await _read(source)
        pass_minutes(1)
    assert reading.measured_at == first


async def test_what_comes_back_the_same_is_not_new(
    hass: HomeAssistant, pass_minutes: Move
) -> None:
    """A cloud that answers again with old values does not look fresh."""
    source = _source(hass, supply_c="sensor.supply")
    first = pass_minutes(0)
    _set(hass, "sensor.supply", 35.0)
    await _read(source)
    pass_minutes(10)
    _set(hass, "sensor.supply", "unavailable")
    with pytest.raises(SourceError):
        await _read(source)
    pass_minutes(10)
    _set(hass, "sensor.supply", "35.00")
    assert (await _read(source)).measured_at == first
    changed = pass_minutes(1)
    _set(hass, "sensor.supply", 35.1)
    assert (await _read(source)).measured_at == changed


async def test_a_weather_station_does_not_make_a_dead_heat_pump_fresh(
    hass: HomeAssistant, pass_minutes: Move
) -> None:
    """The newest value counts among those that come the same way."""
    config_entry = MockConfigEntry(domain="other")
    config_entry.add_to_hass(hass)
    registry = er.async_get(hass)
    own = {
        key: registry.async_get_or_create(
            "sensor", "other", key, config_entry=config_entry
        ).entity_id
        for key in ("supply_c", "return_c", "flow_lph")
    }
    source = _source(hass, **own, outside_c="sensor.garden", buffer_c="sensor.strap")
    first = pass_minutes(0)
    for key, entity_id in own.items():
        _set(hass, entity_id, 30, "L/min" if key == "flow_lph" else "°C")
    pass_minutes(30)
    _set(hass, "sensor.garden", 3.1)
    _set(hass, "sensor.strap", 33.1)
    reading = await _read(source)
    assert reading.measured_at == first
    assert reading.outside_c == 3.1


async def test_without_a_group_all_but_the_outside_temperature_count(
    hass: HomeAssistant, pass_minutes: Move
) -> None:
    """Sensors that were tied together are as fresh as the newest."""
    source = _source(
        hass, supply_c="sensor.a", return_c="sensor.b", outside_c="sensor.c"
    )
    _set(hass, "sensor.a", 35)
    newer = pass_minutes(5)
    _set(hass, "sensor.b", 30)
    pass_minutes(5)
    _set(hass, "sensor.c", 2)
    assert (await _read(source)).measured_at == newer


async def test_an_entity_is_followed_when_it_is_renamed(
    hass: HomeAssistant, pass_minutes: Move
) -> None:
    """The registry id stays, whatever the entity is called."""
    registry = er.async_get(hass)
    entry = registry.async_get_or_create("sensor", "other", "supply")
    _set(hass, entry.entity_id, 35)
    source = _source(hass, supply_c=entry.id)
    assert (await _read(source)).supply_c == 35
    registry.async_update_entity(entry.entity_id, new_entity_id="sensor.other_name")
    hass.states.async_remove(entry.entity_id)
    _set(hass, "sensor.other_name", 36)
    assert (await _read(source)).supply_c == 36


async def test_each_problem_is_named(hass: HomeAssistant, pass_minutes: Move) -> None:
    """What is wrong is known by field, and ends with its cause."""
    registry = er.async_get(hass)
    gone = registry.async_get_or_create("sensor", "other", "gone")
    registry.async_remove(gone.entity_id)
    disabled = registry.async_get_or_create(
        "sensor", "other", "off", disabled_by=er.RegistryEntryDisabler.USER
    )
    waiting = registry.async_get_or_create("sensor", "other", "waiting")
    _set(hass, "sensor.hot", 400)
    _set(hass, "sensor.zero", 0)
    _set(hass, "sensor.power", 3, "W")
    _set(hass, "sensor.fine", 0)
    source = _source(
        hass,
        supply_c=gone.id,
        return_c=disabled.id,
        buffer_c=waiting.id,
        hot_water_c="sensor.hot",
        hot_water_target_c="sensor.zero",
        source_in_c="sensor.power",
        source_out_c="sensor.never_there",
        outside_c="sensor.fine",
    )
    reading = await _read(source)
    found = {key: each.reason for key, each in source.chosen.problems.items()}
    assert found == {
        "supply_c": Reason.GONE,
        "return_c": Reason.DISABLED,
        "buffer_c": Reason.UNAVAILABLE,
        "hot_water_c": Reason.OUT_OF_RANGE,
        "hot_water_target_c": Reason.OUT_OF_RANGE,
        "source_in_c": Reason.WRONG_UNIT,
        "source_out_c": Reason.GONE,
    }
    assert source.chosen.problems["source_in_c"].detail == "W"
    # Air may have 0 °C, water has not.
    assert reading.outside_c == 0
    assert reading.hot_water_target_c is None
    _set(hass, "sensor.power", 3)
    await _read(source)
    assert "source_in_c" not in source.chosen.problems


async def test_an_odd_state_is_a_problem_only_when_it_lasts(
    hass: HomeAssistant, pass_minutes: Move
) -> None:
    """A repair that comes and goes each minute helps nobody."""
    source = _source(hass, mode="sensor.mode", outside_c="sensor.outside")
    _set(hass, "sensor.outside", 5)
    for minutes in (0, 40):
        hass.states.async_set("sensor.mode", "chimney sweep")
        pass_minutes(minutes)
        await _read(source)
        assert source.chosen.problems["mode"].passes
        pass_minutes(30)
        hass.states.async_set("sensor.mode", "heating")
        await _read(source)
        assert not source.chosen.problems
    hass.states.async_set("sensor.mode", "chimney sweep")
    await _read(source)
    pass_minutes(60)
    await _read(source)
    assert not source.chosen.problems["mode"].passes


async def test_nothing_usable_is_a_failure(
    hass: HomeAssistant, pass_minutes: Move
) -> None:
    """It says whether to wait or to choose other entities."""
    source = _source(hass, supply_c="sensor.one", return_c="sensor.two")
    with pytest.raises(SourceError) as caught:
        await _read(source)
    assert caught.value.key == "entity_missing"
    assert caught.value.placeholders == {"entities": "sensor.one, sensor.two"}
    _set(hass, "sensor.one", "unavailable")
    with pytest.raises(SourceError) as caught:
        await _read(source)
    assert caught.value.key == "entities_unavailable"


@pytest.mark.parametrize(
    ("word", "mode", "running"),
    [
        ("heating", Mode.HEATING, True),
        ("dhw", Mode.HOT_WATER, True),
        ("defrost", Mode.DEFROST, True),
        ("cooling", Mode.COOLING, True),
        ("standby", Mode.STANDBY, False),
    ],
)
async def test_the_mode_says_what_the_compressor_does(
    hass: HomeAssistant, pass_minutes: Move, word: str, mode: Mode, running: bool
) -> None:
    """It becomes the fields that the engine joins with the meter, with its stamp."""
    source = _source(hass, mode="sensor.mode")
    changed = pass_minutes(0)
    _set(hass, "sensor.mode", word)
    pass_minutes(5)
    reading = await _read(source)
    assert mode_of(reading) is mode
    assert reading.compressor_on is running
    assert reading.mode is None
    assert set(reading.stamps.values()) == {changed}


async def test_the_state_of_the_compressor_goes_before_the_mode(
    hass: HomeAssistant, pass_minutes: Move
) -> None:
    """A mode of heating is no compressor that runs."""
    source = _source(hass, mode="sensor.mode", compressor_on="binary_sensor.on")
    _set(hass, "sensor.mode", "heating")
    _set(hass, "binary_sensor.on", "off")
    assert mode_of(await _read(source)) is Mode.STANDBY


async def test_a_modulation_shows_when_the_compressor_started(
    hass: HomeAssistant, pass_minutes: Move
) -> None:
    """The stamp of the start stays while the modulation moves on."""
    source = _source(hass, modulation_pct="sensor.modulation")
    _set(hass, "sensor.modulation", 0, "%")
    assert (await _read(source)).compressor_on is False
    started = pass_minutes(5)
    _set(hass, "sensor.modulation", 40, "%")
    await _read(source)
    pass_minutes(5)
    _set(hass, "sensor.modulation", 45, "%")
    reading = await _read(source)
    assert reading.compressor_on is True
    assert reading.stamps["compressor_on"] == started


async def test_heat_may_be_taken_back(hass: HomeAssistant, pass_minutes: Move) -> None:
    """A defrost has a negative heat power."""
    source = _source(hass, reported_heat_w="sensor.heat")
    _set(hass, "sensor.heat", -3.2, "kW")
    assert (await _read(source)).reported_heat_w == -3200
    _set(hass, "sensor.heat", -32, "kW")
    with pytest.raises(SourceError):
        await _read(source)


async def test_counters_of_the_unit_are_one_value(
    hass: HomeAssistant, pass_minutes: Move
) -> None:
    """They are as new as the newer of the two."""
    source = _source(hass, heating_wh="sensor.heating", hot_water_wh="sensor.water")
    _set(hass, "sensor.heating", 812.4, "kWh")
    newer = pass_minutes(5)
    _set(hass, "sensor.water", 97.1, "kWh")
    reading = await _read(source)
    assert reading.heat is not None
    assert (reading.heat.heating_wh, reading.heat.hot_water_wh) == (812_400, 97_100)
    assert reading.stamps == {"heat": newer}


async def test_the_device_is_the_one_of_most_entities(hass: HomeAssistant) -> None:
    """It gives the heat pump its maker and model."""
    config_entry = MockConfigEntry(domain="other")
    config_entry.add_to_hass(hass)
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=config_entry.entry_id,
        identifiers={("other", "1")},
        manufacturer="Maker",
        model="Model 8",
        name="Cellar",
    )
    entry = er.async_get(hass).async_get_or_create(
        "sensor", "other", "supply", config_entry=config_entry, device_id=device.id
    )
    source = _source(hass, supply_c=entry.id, outside_c="sensor.garden")
    info = await source.identify()
    assert (info.manufacturer, info.model, info.name) == ("Maker", "Model 8", "Cellar")


@pytest.mark.parametrize("step_kwh", [0.1, 1.0])
async def test_heat_by_a_heat_meter_of_any_step(
    hass: HomeAssistant, pass_minutes: Move, step_kwh: float
) -> None:
    """Of 0.1 and of 1 kWh, the engine counts all heat, and finds nothing wrong."""
    source = _source(hass, heat_meter_wh="sensor.heat", compressor_on="sensor.on")
    monitor = PerformanceMonitor.start(Plant(), UTC, Policy())
    heat_kwh = power_wh = 0.0
    cops: list[float] = []
    now = pass_minutes(0)
    for minute in range(12 * 60):
        runs = minute % 180 < 90
        _set(hass, "sensor.heat", heat_kwh // step_kwh * step_kwh, "kWh")
        hass.states.async_set("sensor.on", "on" if runs else "off")
        closed = [*monitor.add_heat_pump(await _read(source)).closed]
        meter = MeterReading(time=now, energy_wh=power_wh, holds_back=False)
        closed += monitor.add_meter(meter).closed
        cops += [each.cop for each in closed if each.cop is not None]
        now = pass_minutes(1)
        heat_kwh += 7 / 60 * runs
        power_wh += 2000 / 60 if runs else 0.1
    kinds = {flag.kind for flag in monitor.flags}
    assert not any("heat" in kind for kind in kinds)
    counted_wh = sum(monitor.ledger.days[day].heat_wh for day in monitor.ledger.days)
    assert counted_wh == pytest.approx(heat_kwh * 1000, abs=1.2 * 1000 * step_kwh)
    assert max(cops) < 8

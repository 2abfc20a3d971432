"""The entities of probes: what they show, and what a person sets with them."""

import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    snapshot_platform,
)
from syrupy.assertion import SnapshotAssertion

from custom_components.heatpump_monitor.const import (
    CONF_ENTITIES,
    CONF_KIND,
    CONF_SOURCE,
    DOMAIN,
    Kind,
    ProbeKind,
)
from custom_components.heatpump_monitor.probes import setup
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN, Platform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from homeassistant.util.unit_system import (
    METRIC_SYSTEM,
    US_CUSTOMARY_SYSTEM,
    UnitSystem,
)

from .kitchen import PIT, ROAST, Kitchen, probe, warming


@pytest.mark.parametrize("platform", setup.PLATFORMS)
@pytest.mark.usefixtures("all_enabled")
async def test_entities(
    kitchen: Kitchen,
    entity_registry: er.EntityRegistry,
    monkeypatch: pytest.MonkeyPatch,
    platform: Platform,
    snapshot: SnapshotAssertion,
) -> None:
    """A probe has these entities."""
    monkeypatch.setattr(setup, "PLATFORMS", [platform])
    del kitchen.account.readings[PIT]
    await kitchen.set_up()
    await snapshot_platform(
        kitchen.hass, entity_registry, snapshot, kitchen.entry.entry_id
    )


async def test_a_probe_hangs_on_its_instrument(kitchen: Kitchen) -> None:
    """Two probes are two devices behind one instrument."""
    await kitchen.set_up()
    roast, pit, instrument = map(kitchen.device, (ROAST, PIT, "AB12"))
    assert roast.name == "Roast"
    assert pit.name == "Pit"
    assert roast.via_device_id == pit.via_device_id == instrument.id
    assert instrument.serial_number == "AB12"
    assert instrument.model == "Signals"
    assert kitchen.shown("sensor", "temperature") == "20.0"
    assert kitchen.shown("sensor", "temperature", PIT) == "110.0"


async def test_a_target_rings_once(kitchen: Kitchen) -> None:
    """The alarm of a target is raised after the hold time, and once."""
    await kitchen.set_up()
    await kitchen.limit("target", 68)
    assert kitchen.shown("switch", "target_alarm") == "on"
    await kitchen.measure(ROAST, 50, 60, 67, 68.2)
    assert kitchen.shown("binary_sensor", "target_raised") == "off"
    await kitchen.measure(ROAST, 68.4)
    assert kitchen.shown("binary_sensor", "target_raised") == "on"
    event = kitchen.state("event", "probe_alarm")
    assert event.attributes["event_type"] == "target_raised"
    assert event.attributes["limit"] == 68
    assert event.attributes["message"] == "Roast has reached its target of 68 °C."
    await kitchen.measure(ROAST, 68.6, 68.8, 69)
    assert kitchen.state("event", "probe_alarm").state == event.state


async def test_a_limit_that_is_off_keeps_its_number(kitchen: Kitchen) -> None:
    """A switch ends the alarm and takes it up again; the number stays."""
    await kitchen.set_up()
    await kitchen.limit("high", 120, PIT)
    await kitchen.act("switch", "turn_off", "high_alarm", PIT)
    await kitchen.measure(PIT, 130, 130, 130)
    assert kitchen.shown("binary_sensor", "high_raised", PIT) == "off"
    assert kitchen.shown("number", "high", PIT) == "120.0"
    await kitchen.act("switch", "turn_on", "high_alarm", PIT)
    await kitchen.measure(PIT, 130, 130, 130)
    assert kitchen.shown("binary_sensor", "high_raised", PIT) == "on"
    # Who switches an alarm off wants to see it no more.
    await kitchen.act("switch", "turn_off", "high_alarm", PIT)
    assert kitchen.shown("binary_sensor", "high_raised", PIT) == "off"


async def test_an_alarm_needs_a_limit(kitchen: Kitchen) -> None:
    """An alarm cannot be switched on before its limit is entered."""
    await kitchen.set_up()
    assert kitchen.shown("number", "low") == STATE_UNKNOWN
    with pytest.raises(ServiceValidationError) as refused:
        await kitchen.act("switch", "turn_on", "low_alarm")
    assert refused.value.translation_key == "limit_missing"
    assert kitchen.shown("switch", "low_alarm") == "off"
    await kitchen.limit("low", -15)
    assert kitchen.shown("switch", "low_alarm") == "on"


async def test_hysteresis_and_hold_time(kitchen: Kitchen) -> None:
    """They decide how soon an alarm rings, and when it can ring again."""
    await kitchen.set_up()
    await kitchen.limit("high", 120, PIT)
    await kitchen.limit("hold_time", 300, PIT)
    await kitchen.limit("hysteresis", 5, PIT)
    await kitchen.measure(PIT, *[121] * 5)
    assert kitchen.shown("binary_sensor", "high_raised", PIT) == "off"
    await kitchen.measure(PIT, 121, 121)
    assert kitchen.shown("binary_sensor", "high_raised", PIT) == "on"
    await kitchen.measure(PIT, *[117] * 8)
    assert kitchen.shown("binary_sensor", "high_raised", PIT) == "on"
    await kitchen.measure(PIT, *[114] * 8)
    assert kitchen.shown("binary_sensor", "high_raised", PIT) == "off"


async def test_a_new_probe_appears_by_itself(kitchen: Kitchen) -> None:
    """What is plugged in later gets its device and its entities."""
    await kitchen.set_up()
    kitchen.account.readings["CD34_1"] = probe("CD34_1", "Freezer", -18.0)
    await kitchen.live(60)
    assert kitchen.shown("sensor", "temperature", "CD34_1") == "-18.0"
    assert kitchen.device("CD34_1").name == "Freezer"
    await kitchen.limit("high", -15, "CD34_1")
    assert kitchen.shown("switch", "high_alarm", "CD34_1") == "on"


async def test_a_renamed_probe_is_renamed(kitchen: Kitchen) -> None:
    """A name that is changed in the app is that of the device."""
    await kitchen.set_up()
    kitchen.account.readings[ROAST] = probe(ROAST, "Lamb")
    await kitchen.live(60)
    assert kitchen.device().name == "Lamb"


async def test_a_silent_probe(kitchen: Kitchen) -> None:
    """A value that stays when its probe is gone is not shown, and rings once."""
    await kitchen.set_up()
    await kitchen.limit("high", 30)
    kitchen.account.asleep.add(ROAST)
    await kitchen.live(9 * 60)
    assert kitchen.shown("sensor", "temperature") == "20.0"
    await kitchen.live(3 * 60)
    assert kitchen.shown("sensor", "temperature") == STATE_UNKNOWN
    assert kitchen.shown("binary_sensor", "connected") == "off"
    assert kitchen.event() == "silent_raised"
    kitchen.account.asleep.clear()
    await kitchen.live(60)
    assert kitchen.shown("sensor", "temperature") == "20.0"
    assert kitchen.event() == "silent_cleared"


async def test_a_steady_temperature_is_reported(kitchen: Kitchen) -> None:
    """Who reads the entity sees that the same value was measured again, or was not."""
    await kitchen.set_up()
    await kitchen.live(300)
    first = kitchen.state("sensor", "temperature").last_reported
    kitchen.account.asleep.add(ROAST)
    await kitchen.live(300)
    state = kitchen.state("sensor", "temperature")
    assert (state.state, state.last_reported) == ("20.0", first)
    kitchen.account.asleep.clear()
    await kitchen.live(60)
    state = kitchen.state("sensor", "temperature")
    assert (state.last_reported - first).total_seconds() == 360
    assert state.last_changed < first


@pytest.mark.parametrize(
    ("language", "units", "message"),
    [
        ("de", METRIC_SYSTEM, "Pit hat 130,5 °C, mehr als 120 °C."),
        ("en", US_CUSTOMARY_SYSTEM, "Pit is at 266.9 °F, above 248 °F."),
    ],
)
async def test_words_of_the_household(
    hass: HomeAssistant,
    kitchen: Kitchen,
    language: str,
    units: UnitSystem,
    message: str,
) -> None:
    """An alarm is in the language and the unit of the household."""
    hass.config.language, hass.config.units = language, units
    await kitchen.set_up()
    limit = 120 if units is METRIC_SYSTEM else 248
    await kitchen.limit("high", limit, PIT)
    await kitchen.measure(PIT, 130.5, 130.5, 130.5)
    event = kitchen.state("event", "probe_alarm", PIT)
    assert event.attributes["message"] == message
    assert event.attributes["limit"] == 120


async def test_entities_as_probes(hass: HomeAssistant, kitchen: Kitchen) -> None:
    """A temperature of another integration has targets and alarms, too."""
    hass.states.async_set(
        "sensor.grill",
        "212",
        {"unit_of_measurement": "°F", "device_class": "temperature"},
    )
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="Grill",
        unique_id=None,
        data={
            CONF_KIND: Kind.PROBES,
            CONF_SOURCE: ProbeKind.ENTITIES,
            CONF_ENTITIES: {"grill": "sensor.grill"},
        },
    )
    entry.add_to_hass(hass)
    kitchen.entry = entry
    await kitchen.set_up()
    shown = er.async_get(hass).async_get_entity_id(
        "sensor", DOMAIN, f"{entry.entry_id}_grill_temperature"
    )
    assert shown is not None
    state = hass.states.get(shown)
    assert state is not None
    assert state.state == "100.0"
    hass.states.async_set("sensor.grill", "unavailable")
    await kitchen.live(120)
    state = hass.states.get(shown)
    assert state is not None
    assert state.state == STATE_UNKNOWN


async def test_silence_need_not_ring(kitchen: Kitchen) -> None:
    """The alarm of silence can be switched off."""
    await kitchen.set_up()
    await kitchen.limit("high", 30)
    await kitchen.act("switch", "turn_off", "silent_alarm")
    kitchen.account.asleep.add(ROAST)
    await kitchen.live(15 * 60)
    assert kitchen.shown("binary_sensor", "connected") == "off"
    assert kitchen.event() is None


async def test_a_probe_that_is_gone(kitchen: Kitchen) -> None:
    """What the account no longer names is unavailable; its limits can be set."""
    await kitchen.set_up()
    gone = kitchen.account.readings.pop(ROAST)
    await kitchen.live(60)
    assert kitchen.shown("sensor", "temperature") == STATE_UNAVAILABLE
    await kitchen.limit("target", 68)
    assert kitchen.shown("number", "target") == "68.0"
    kitchen.account.readings[ROAST] = gone
    await kitchen.live(60)
    assert kitchen.shown("sensor", "temperature") == "20.0"


async def test_time_to_target(kitchen: Kitchen) -> None:
    """A steady rise has a time to the target, and what it rests on."""
    await kitchen.set_up()
    await kitchen.limit("target", 75)
    assert kitchen.shown("sensor", "time_to_target") == STATE_UNKNOWN
    assert kitchen.shown("sensor", "ready_at") == STATE_UNKNOWN
    await kitchen.measure(ROAST, *warming(61))
    # 75 °C are reached after 113 min.
    found = kitchen.state("sensor", "time_to_target")
    assert float(found.state) == pytest.approx(52, abs=15)
    assert found.attributes["approach"] == "approaching"
    assert found.attributes["slope"] == pytest.approx(0.45, abs=0.05)
    assert found.attributes["low"] <= float(found.state) <= found.attributes["high"]
    ready_at = dt_util.parse_datetime(kitchen.shown("sensor", "ready_at"))
    assert ready_at is not None
    remaining = (ready_at - dt_util.utcnow()).total_seconds() / 60
    assert remaining == pytest.approx(float(found.state), rel=0.1)
    # Switched off, there is no target to come to.
    await kitchen.act("switch", "turn_off", "target_alarm")
    assert kitchen.shown("sensor", "time_to_target") == STATE_UNKNOWN

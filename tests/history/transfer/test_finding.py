"""What an entry reads, as the statistics of other integrations name it."""

from types import MappingProxyType
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_monitor.const import DOMAIN, METER_SUBENTRY
from custom_components.heatpump_monitor.history.transfer.finding import devices_of
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

SHELLY = {
    "host": "192.168.1.50",
    "channels": ["b"],
    "reversed_phases": [],
}
GATEWAY = "7571381000000002"


def meter(role: str, unique_id: str, **data: Any) -> ConfigSubentry:
    """Return a meter of an entry."""
    return ConfigSubentry(
        data=MappingProxyType({"role": role, "meter_key": role, **data}),
        subentry_type=METER_SUBENTRY,
        title=role,
        unique_id=unique_id,
    )


def of_entities(role: str, **entities: str) -> ConfigSubentry:
    """Return a meter of entities."""
    first = next(iter(entities.values()))
    return meter(role, first, meter_kind="entities", entities=entities)


def registered(hass: HomeAssistant, name: str, platform: str = "other") -> str:
    """Return the registry id of a new entity."""
    return (
        er.async_get(hass)
        .async_get_or_create(
            "sensor", platform, f"{GATEWAY}_0-{name}", suggested_object_id=name
        )
        .id
    )


def entry_of(*meters: ConfigSubentry, **data: Any) -> MockConfigEntry:
    """Return an entry with meters."""
    return MockConfigEntry(
        domain=DOMAIN, data=data, subentries_data=[each.as_dict() for each in meters]
    )


def test_heat_pump_of_entities(hass: HomeAssistant) -> None:
    """Chosen entities are named by their present ids; ViCare's show the gateway."""
    outside = registered(hass, "outside", "vicare")
    energy = registered(hass, "energy")
    er.async_get(hass).async_update_entity("sensor.energy", new_entity_id="sensor.new")
    entry = entry_of(
        of_entities("whole", energy_wh=energy, power_w="sensor.power"),
        of_entities("backup_heater", energy_wh="sensor.rod"),
        source="entities",
        entities={"outside_c": outside, "heat_meter_wh": "sensor.heat"},
    )
    found = devices_of(hass, entry)
    assert found.gateway_serial == GATEWAY
    assert found.names == [GATEWAY]
    # The backup heater is in the whole already.
    assert found.counters == [("sensor.new",)]
    assert found.heat == ["sensor.heat"]
    assert found.outside == ["sensor.outside"]


def test_parts_of_several_kinds(hass: HomeAssistant) -> None:
    """The parts are taken together, and a heat meter before the unit's counters."""
    entry = entry_of(
        meter("compressor", "fc:e8:c0:aa:00:02_b", **SHELLY),
        of_entities("backup_heater", energy_wh="sensor.rod"),
        of_entities("heat", energy_wh="sensor.heat"),
        source="entities",
        entities={"heating_wh": "sensor.heating"},
    )
    found = devices_of(hass, entry)
    assert found.gateway_serial is None
    assert found.names == ["FCE8C0AA0002"]
    shelly, rod = found.counters
    assert "FCE8C0AA0002-em1data:1-total_act_energy" in shelly
    assert rod == ("sensor.rod",)
    assert found.heat == ["sensor.heat"]


@pytest.mark.parametrize(
    "part",
    [
        {"meter_kind": "entities", "entities": {"power_w": "sensor.rod_power"}},
        {"meter_kind": "homewizard", "host": "192.168.1.51"},
    ],
)
def test_part_without_a_known_counter(
    hass: HomeAssistant, part: dict[str, Any]
) -> None:
    """One part alone would be too little: no electricity is named."""
    entry = entry_of(
        meter("compressor", "fc:e8:c0:aa:00:02_b", **SHELLY),
        meter("backup_heater", "1", **part),
        gateway_serial=GATEWAY,
    )
    found = devices_of(hass, entry)
    assert found.counters == []
    assert found.gateway_serial == GATEWAY

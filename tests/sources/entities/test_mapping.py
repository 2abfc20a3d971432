"""Ready mappings: every file, and what they find in a registry."""

import json
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_monitor.readings import Mode, Role
from custom_components.heatpump_monitor.sources.entities.mapping import (
    MappingError,
    Offer,
    ReadyMapping,
    Rule,
    load_mappings,
    offers,
    parse_mapping,
)
from custom_components.heatpump_monitor.sources.entities.source import EntityHeatPump
from custom_components.heatpump_monitor.sources.ranges import Ranges
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.util import dt as dt_util

MAPPINGS = {each.key: each for each in load_mappings()}
# What the same integrations also have, and what must not be taken for a field.
OTHERS = {
    "vicare": [
        "7571381681420106_0-supply_temperature-0",
        "7571381681420106_0-hotwater_max_temperature",
        "7571381681420106_0-compressor_hours_loadclass1-0",
        "7571381681420106_0-dhw_storage_top_temperature",
        "7571381681420106_0-power consumption today",
    ],
    "shelly": [
        "FCE8C0AA0001-em:0-a_act_power",
        "FCE8C0AA0001-em:0-total_aprt_power",
        "FCE8C0AA0001-emdata:0-a_total_act_energy",
        "FCE8C0AA0001-switch:0-ret_energy",
    ],
    "homewizard": [
        "HWE-KWH3_3c39e7aabbcc_total_power_import_t1_kwh",
        "HWE-KWH3_3c39e7aabbcc_active_power_l1_w",
    ],
    "homewizard_p1": [
        "HWE-P1_3c39e7aabbdd_total_power_import_t1_kwh",
        "HWE-P1_3c39e7aabbdd_active_power_l1_w",
        "HWE-P1_3c39e7aabbdd_active_power_average_w",
    ],
    "dsmr": [
        "4530303331303033303031363939353135_electricity_imported_total",
        "4530303331303033303031363939353135_current_electricity_delivery",
        "4530303331303033303031363939353135_instantaneous_active_power_l1_positive",
    ],
    "dsmr_reader": [
        "01JABCDEFGHJKMNPQRSTVWXYZ0-dsmr_day_consumption_electricity1",
        "01JABCDEFGHJKMNPQRSTVWXYZ0-dsmr_reading_electricity_currently_returned",
    ],
    "hr_energy_qube": ["01JABCDEFGHJKMNPQRSTVWXYZ0-setpoint_room_heat_day"],
    "weheat": ["0b9d_electricity_used_heating", "0b9d_energy_output", "0b9d_cop"],
    "nibe_heatpump": ["nibegw-40018", "nibegw-140012", "nibegw-43141"],
    "hitachi_yutaki": [
        "01JABCDEFGHJKMNPQRSTVWXYZ0_secondary_compressor_frequency",
        "01JABCDEFGHJKMNPQRSTVWXYZ0_water_outlet_2_temp",
        "01JABCDEFGHJKMNPQRSTVWXYZ0_dhw_demand_mode",
    ],
    "luxtronik2": [
        "sensor.luxtronik_260316_smart_grid_status",
        "sensor.luxtronik_260316_outdoor_temperature_average",
        "sensor.luxtronik_260316_flow_out_temperature_target",
        "sensor.luxtronik_260316_flow_in_circuit1_temperature",
        "sensor.luxtronik_260316_additional_heat_generator2_operation_hours",
    ],
    "lambda_heat_pumps": [
        "eu08l_hc1_flow_line_temperature",
        "eu08l_hp1_requested_flow_line_temperature",
        "eu08l_hp1_error_state",
        "eu08l_ambient_temperature_1h",
    ],
    "aquarea": ["01JABCDEFGHJKMNPQRSTVWXYZ0-TOP101", "01JABCDEFGHJKMNPQRSTVWXYZ0-TOP7"],
    "open3e": [
        "open3e_hpmu_0x680_7736_flow_circuit1_temperature",
        "open3e_hpmu_0x680_7736_heating_cooling_buffer_temperature",
    ],
    "optolink_splitter": ["vitocal_aussentemperatur_mittelzeit"],
    "optolink2mqtt": ["Vitocal-c501-ffff"],
    "espaltherma": ["espaltherma_leaving_water_temp_after_buh_r2t"],
    "mypyllant": ["mypyllant_aa11_circuit_0_flow_temperature_setpoint"],
    "stiebel_eltron_isg": [
        "01JABCDEFGHJKMNPQRSTVWXYZ0_produced_heating_total",
        "01JABCDEFGHJKMNPQRSTVWXYZ0_flow_temperature_nhz",
    ],
}


class Registry:
    """Entities of another integration, all on one device."""

    def __init__(self, hass: HomeAssistant, platform: str) -> None:
        """Add a config entry and a device."""
        self._entry = MockConfigEntry(domain=platform)
        self._entry.add_to_hass(hass)
        self._registry = er.async_get(hass)
        self._platform = platform
        self.device = dr.async_get(hass).async_get_or_create(
            config_entry_id=self._entry.entry_id,
            identifiers={(platform, "device")},
            name="Cellar",
        )

    def add(
        self, unique_id: str, domain: str = "sensor", **options: Any
    ) -> er.RegistryEntry:
        """Add an entity."""
        return self._registry.async_get_or_create(
            domain,
            self._platform,
            unique_id,
            config_entry=self._entry,
            device_id=self.device.id,
            **options,
        )

    def add_rules(self, rules: dict[str, Rule], place: int = 0) -> dict[str, str]:
        """Add the example of each rule; return the registry ids by field."""
        return {
            key: self.add(rule.examples[place], rule.domain).id
            for key, rule in rules.items()
            if place < len(rule.examples)
        }


def _of(found: list[Offer], *, is_meter: bool) -> Offer:
    (offer,) = (each for each in found if each.is_meter is is_meter)
    return offer


def test_every_file_has_entities_that_must_not_match() -> None:
    """A new mapping is tested against what it could take by mistake."""
    assert MAPPINGS.keys() == OTHERS.keys()
    for ready in MAPPINGS.values():
        assert ready.heat_pump or ready.meter, ready.key
        assert all(each.startswith("https://github.com/") for each in ready.sources)


@pytest.mark.parametrize("ready", MAPPINGS.values(), ids=MAPPINGS.keys())
async def test_a_mapping_finds_its_entities_and_no_others(
    hass: HomeAssistant, ready: ReadyMapping
) -> None:
    """Among its own examples and what is alike, each field has its entity."""
    registry = Registry(hass, ready.platform)
    for unique_id in OTHERS[ready.key]:
        for domain in ("sensor", "binary_sensor"):
            registry.add(unique_id, domain)
    expected = [
        (is_meter, registry.add_rules(dict(rules)))
        for is_meter, rules in ((False, ready.heat_pump), (True, ready.meter))
        if rules
    ]
    found = await offers(hass)
    assert [each.mapping.key for each in found] == [ready.key] * len(expected)
    for offer, (is_meter, entities) in zip(found, expected, strict=True):
        assert offer.is_meter is is_meter
        assert offer.entities == entities
        assert offer.title == "Cellar"
        assert offer.device_id == registry.device.id
        assert not offer.disabled


async def test_both_meters_of_homewizard(hass: HomeAssistant) -> None:
    """The one of the house is told apart from that of a heat pump."""
    registry = Registry(hass, "homewizard")
    ids = {
        key: registry.add_rules(dict(MAPPINGS[key].meter))
        for key in ("homewizard", "homewizard_p1")
    }
    assert {each.mapping.key: each.entities for each in await offers(hass)} == ids


@pytest.mark.parametrize("place", [1, 2, 3])
async def test_each_kind_of_shelly_is_a_meter(hass: HomeAssistant, place: int) -> None:
    """Whatever measures has counter and power of the same component."""
    registry = Registry(hass, "shelly")
    expected = registry.add_rules(dict(MAPPINGS["shelly"].meter), place)
    assert _of(await offers(hass), is_meter=True).entities == expected


async def test_channels_of_a_shelly_are_meters_of_their_own(
    hass: HomeAssistant,
) -> None:
    """Each has its counter and its power."""
    registry = Registry(hass, "shelly")
    expected = [
        {
            "energy_wh": registry.add(f"AA-em1data:{n}-total_act_energy").id,
            "power_w": registry.add(f"AA-em1:{n}-power_em1").id,
        }
        for n in range(3)
    ]
    assert [each.entities for each in await offers(hass)] == expected


async def test_two_heat_pumps_of_one_entry_are_two_offers(hass: HomeAssistant) -> None:
    """What belongs to no unit is of both."""
    registry = Registry(hass, "lambda_heat_pumps")
    supplies = [registry.add(f"hp{n}_flow_line_temperature").id for n in (1, 2)]
    outside = registry.add("ambient_temperature").id
    found = await offers(hass)
    assert [each.entities for each in found] == [
        {"supply_c": supply, "outside_c": outside} for supply in supplies
    ]
    assert len({each.key for each in found}) == 2


async def test_a_disabled_entity_is_named_and_not_chosen(hass: HomeAssistant) -> None:
    """The owner learns what to enable."""
    registry = Registry(hass, "vicare")
    supply = registry.add("gw_0-secondary_circuit_supply_temperature").id
    disabled = registry.add(
        "gw_0-volumetric_flow", disabled_by=er.RegistryEntryDisabler.INTEGRATION
    )
    offer = _of(await offers(hass), is_meter=False)
    assert offer.entities == {"supply_c": supply}
    assert offer.disabled == {"flow_lph": disabled.entity_id}


async def test_of_several_alike_none_is_chosen(hass: HomeAssistant) -> None:
    """Two compressors have two modulations: only the owner knows what they mean."""
    registry = Registry(hass, "vicare")
    supply = registry.add("gw_0-secondary_circuit_supply_temperature").id
    outside = registry.add("gw_0-outside_temperature").id
    for compressor in (0, 1):
        registry.add(f"gw_0-compressor_modulation-{compressor}")
    offer = _of(await offers(hass), is_meter=False)
    assert offer.entities == {"supply_c": supply, "outside_c": outside}


async def test_an_entity_of_another_unit_is_not_chosen(hass: HomeAssistant) -> None:
    """The same address means something else in another series."""
    registry = Registry(hass, "nibe_heatpump")
    supply = registry.add("s1155-40008", unit_of_measurement="°C").id
    outside = registry.add("s1155-40004", unit_of_measurement="°C").id
    registry.add("s1155-40012", unit_of_measurement="DM")
    offer = _of(await offers(hass), is_meter=False)
    assert offer.entities == {"supply_c": supply, "outside_c": outside}


async def test_too_little_is_not_offered(hass: HomeAssistant) -> None:
    """A gas boiler in ViCare is no heat pump, and one id may match by chance."""
    registry = Registry(hass, "vicare")
    registry.add("gw_0-outside_temperature")
    registry.add("gw_0-dhw_storage_temperature")
    Registry(hass, "mqtt").add("Plug-c501")
    assert await offers(hass) == []


async def test_the_words_of_a_mapping_are_used(hass: HomeAssistant) -> None:
    """They need not be stored: the entity tells which mapping it is of."""
    registry = Registry(hass, "lambda_heat_pumps")
    state, mode = registry.add("hp1_state"), registry.add("hp1_operating_state")
    entities = {"compressor_on": state.id, "mode": mode.id}
    source = EntityHeatPump(hass, entities, Ranges())
    hass.states.async_set(state.entity_id, "START COMPRESSOR")
    hass.states.async_set(mode.entity_id, "CC")
    reading = await source.read(dt_util.utcnow)
    assert reading.compressor_on is True
    assert reading.operation_state == Mode.COOLING
    hass.states.async_set(state.entity_id, "RESTART-BLOCK")
    assert (await source.read(dt_util.utcnow)).compressor_on is False


def test_the_meter_of_a_mapping_has_a_role() -> None:
    """A compressor is not the whole heat pump."""
    assert MAPPINGS["lambda_heat_pumps"].role is Role.COMPRESSOR
    assert MAPPINGS["shelly"].role is Role.WHOLE
    assert MAPPINGS["dsmr"].role is Role.GRID


def test_what_saves_calls_says_so() -> None:
    """Of Viessmann's heat pumps all do; the others call nobody we know."""
    saving = {key for key, each in MAPPINGS.items() if each.saves_calls}
    assert saving == {"vicare", "open3e", "optolink_splitter", "optolink2mqtt"}


RIGHT: dict[str, Any] = {
    "name": "Maker",
    "platform": "maker",
    "source": ["https://github.com/maker/maker"],
    "heat_pump": {"supply_c": {"unique_id": "_supply$", "example": "1_supply"}},
}
RULE = RIGHT["heat_pump"]["supply_c"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"names": 1}, "unknown keys"),
        ({"platform": ""}, "platform"),
        ({"source": []}, "source"),
        ({"each": "house"}, "house"),
        ({"role": "attic"}, "attic"),
        ({"heat_pump": {"supply": RULE}}, "unknown field 'supply'"),
        ({"heat_pump": {"supply_c": RULE | {"domain": "light"}}}, "no light"),
        ({"heat_pump": {"supply_c": RULE | {"unique_id": "("}}}, r"supply_c|unterm"),
        ({"heat_pump": {"supply_c": RULE | {"example": "2"}}}, "does not match"),
        ({"heat_pump": {"supply_c": RULE | {"unique_id": ["a", "b"]}}}, "an example"),
        ({"heat_pump": {"supply_c": RULE | {"words": {"on": True}}}}, "'on' means"),
        ({"heat_pump": {"mode": RULE | {"words": {"on": "warm"}}}}, "warm"),
    ],
)
def test_a_wrong_file_says_what_is_wrong(change: dict[str, Any], message: str) -> None:
    """Whoever writes a mapping finds the mistake by the message."""
    parse_mapping("maker", json.dumps(RIGHT))
    with pytest.raises(MappingError, match=message) as caught:
        parse_mapping("maker", json.dumps(RIGHT | change))
    assert "mappings/maker.json" in str(caught.value)


def test_a_file_that_is_no_json_is_named() -> None:
    """The message names the file."""
    with pytest.raises(MappingError, match=r"mappings/maker\.json"):
        parse_mapping("maker", "{")

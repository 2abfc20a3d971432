"""A heat pump and meters that Home Assistant has already, as entities of another integration.

They are made by `custom_components/simulated_heat_pump`, and set up by hand: nothing
of them is known to the integration that the demo shows.
"""

from collections.abc import Mapping
from typing import Final

from .home_assistant import HomeAssistant
from .setup_flow import SetUp, add_meter, set_up

_DOMAIN: Final = "simulated_heat_pump"

# The fields of the forms, and what the other integration calls its entities.
HEAT_PUMP: Final = {
    "supply_c": "supply_temperature",
    "return_c": "return_temperature",
    "flow_lph": "flow",
    "reported_heat_w": "heat_power",
    "modulation_pct": "modulation",
    "compressor_on": "compressor",
    "mode": "mode",
    "backup_heater_on": "backup_heater",
    "outside_c": "outside_temperature",
    "source_in_c": "source_inlet_temperature",
    "source_out_c": "source_outlet_temperature",
    "hot_water_c": "hot_water_temperature",
    "hot_water_target_c": "hot_water_target",
    "buffer_c": "buffer_temperature",
    "starts": "starts",
    "run_hours": "run_time",
    "circulation_pump_on": "circulation_pump",
}
METER: Final = {"energy_wh": "heat_pump_energy", "power_w": "heat_pump_power"}
MORE_METERS: Final = {
    "heat": {"energy_wh": "heat_energy"},
    "backup_heater": {
        "energy_wh": "backup_heater_energy",
        "power_w": "backup_heater_power",
    },
    "photovoltaics": {"energy_wh": "generated_energy", "power_w": "generated_power"},
    "grid": {
        "energy_wh": "imported_energy",
        "power_w": "grid_power",
        "returned_wh": "exported_energy",
    },
}


async def add_other_integration(
    home_assistant: HomeAssistant, control_url: str, plant: str
) -> None:
    """Set up the integration that has the entities, unless it is there."""
    if not await home_assistant.entries(_DOMAIN):
        answers = {"url": control_url, "plant": plant}
        await set_up(home_assistant, _DOMAIN, (), {"user": answers})


async def add_heat_pump(home_assistant: HomeAssistant) -> SetUp:
    """Choose the entities of the heat pump and its meter, then add all other meters."""
    (other,) = await home_assistant.entries(_DOMAIN)
    entity_ids = {
        each["translation_key"]: each["entity_id"]
        for each in await home_assistant.registered_entities(other["entry_id"])
        if each["translation_key"] is not None
    }

    def chosen(fields: Mapping[str, str]) -> dict[str, str]:
        return {field: entity_ids[key] for field, key in fields.items()}

    done = await set_up(
        home_assistant,
        "heatpump_monitor",
        ("entities", "meter_entities"),
        {
            "entity_fields": chosen(HEAT_PUMP),
            "meter_entity_fields": chosen(METER),
            # No entity says what heat pump it is.
            "plant": {"source_kind": "brine"},
        },
    )
    for role, fields in MORE_METERS.items():
        done += await add_meter(
            home_assistant,
            done.entry_id,
            ("meter_entities",),
            {"meter_role": {"role": role}, "meter_entity_fields": chosen(fields)},
        )
    return done

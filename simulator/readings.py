"""All that can be measured at a plant, exact, by name: for Home Assistant's entities."""

from typing import Final

from .household import Household
from .state import Plant

type Readings = dict[str, float | bool | str]

_LATELY_S: Final = 10.0


def readings_of(plant: Plant, household: Household, now_s: float) -> Readings:
    """Return what an ideal meter or sensor at each place would show now."""
    supply = household.supply(now_s)
    state = plant.state()
    energies = state.energies
    lately_s = max(now_s - _LATELY_S, plant.origin_epoch_s)
    backup_heater_wh = (
        energies.backup_heater_electricity_wh
        - plant.energies_at(lately_s).backup_heater_electricity_wh
    )
    readings: Readings = {
        "outside_c": state.outside_c,
        "supply_c": state.supply_c,
        "return_c": state.return_c,
        "source_in_c": state.source_in_c,
        "source_out_c": state.source_out_c,
        "buffer_c": state.buffer_c,
        "hot_water_c": state.hot_water_c,
        "flow_lph": state.flow_lph,
        "modulation_pct": 100.0 * state.modulation,
        "compressor_on": state.compressor_on,
        "backup_heater_on": state.backup_heater_on,
        "circulation_pump_on": state.circulation_pump_on,
        "mode": str(state.activity),
        "heat_w": state.heat_w,
        "heat_wh": energies.heat_wh,
        "starts": energies.starts,
        "run_hours": energies.run_s / 3600.0,
        "electricity_w": sum(state.phases_w),
        "electricity_wh": energies.electricity_wh,
        "backup_heater_w": backup_heater_wh * 3600.0 / _LATELY_S,
        "backup_heater_wh": energies.backup_heater_electricity_wh,
        "generated_w": supply.generated_w,
        "generated_wh": supply.generated_wh,
        "grid_w": supply.grid_w,
        "imported_wh": supply.imported_wh,
        "exported_wh": supply.exported_wh,
    }
    if state.settings is not None:
        readings["hot_water_target_c"] = state.settings.hot_water_c
    return readings

"""The points of a heat pump's own readings."""

from collections.abc import Iterator, Mapping
from operator import attrgetter
from typing import Final

from ...readings import CircuitReading, HeatPumpReading, circuit_label
from ..point import Point, point

_NAMES: Final = (
    "outside_c",
    "supply_c",
    "return_c",
    "delta_t_k",
    "source_in_c",
    "source_out_c",
    "buffer_c",
    "hot_water_c",
    "hot_water_target_c",
    "compressor_on",
    "modulation_pct",
    "speed_rps",
    "inverter_w",
    "flow_lph",
    "run_hours",
    "starts",
    "reported_heat_w",
    "heat_meter_wh",
    "hot_water_charging",
    "circulation_pump_on",
    "defrosting",
    "burner_on",
    "backup_heater_on",
    "backup_heater_hours",
)
"""The fields that are named as in the reading."""
_values_of = attrgetter(*_NAMES)


def heat_pump_points(
    reading: HeatPumpReading, tags: Mapping[str, str]
) -> Iterator[Point]:
    """Yield the points of a reading: of the unit, and of each heating circuit."""
    values = dict(zip(_NAMES, _values_of(reading), strict=True))
    if reading.measured_at is not None:
        values["age_s"] = (reading.time - reading.measured_at).total_seconds()
    if reading.fault_codes is not None:
        values["faults"] = len(reading.fault_codes)
    if found := point("hpm_heat_pump", tags, reading.time, values):
        yield found
    for circuit in reading.circuits:
        if found := _circuit_point(circuit, reading, tags):
            yield found


def _circuit_point(
    circuit: CircuitReading, reading: HeatPumpReading, tags: Mapping[str, str]
) -> Point | None:
    values = {
        "supply_c": circuit.supply_c,
        "target_supply_c": circuit.target_supply_c,
        "pump_on": circuit.pump_on,
    }
    tags = {**tags, "circuit": circuit_label(circuit.number)}
    return point("hpm_circuit", tags, reading.time, values)

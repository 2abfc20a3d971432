"""The thermal power that a reading shows, by every method that it allows."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from ...readings import HeatPumpReading, Mode
from ..limits import SAMPLE_HOLD_S
from ..modes import is_running, purpose_of
from ..plant import HeatMethod, Plant, SourceKind
from .capacity import GENERIC, RATED_ONLY, CapacityMap, fitted
from .water import known_heat_w

# What two sensors at rest may differ by: half of what a backup heater of 3 kW gives.
SENSOR_OFFSETS_K = 1.5

# These do not rest on temperatures of the heating water: neither the offsets of its
# sensors nor the heat of a burner is in them.
NOT_BY_WATER_TEMPERATURE = frozenset(
    {HeatMethod.MODULATION, HeatMethod.SOURCE_BALANCE, HeatMethod.COMBINED}
)


def _flow_w(reading: HeatPumpReading, plant: Plant) -> float | None:
    """Return the thermal power by measured flow and ΔT, in W; negative in defrost.

    While the compressor rests, a spread within the offset of two sensors is no
    spread: with the water circulating it would make heat out of nothing (0.2 K
    at 1000 l/h is 230 W). A larger one is the backup heater's. Error: 3 % of flow,
    and 0.3 K between the sensors at a spread of 6 K, hence 6 %; constant offsets do
    not average out.
    """
    carries = (reading.delta_t_k or 0.0) >= SENSOR_OFFSETS_K
    return _carried_w(reading, plant, reading.flow_lph, at_rest=carries)


def _assumed_flow_w(reading: HeatPumpReading, plant: Plant) -> float | None:
    """Return the thermal power by a flow that the owner knows, in W.

    It flows while the compressor runs, or the backup heater is said to heat. At
    rest nobody knows: pipes of standing water stay apart for long. Error: as wrong
    as the flow, easily 20 %.
    """
    carries = reading.backup_heater_on is True
    return _carried_w(reading, plant, plant.assumed_flow_lph, at_rest=carries)


def _carried_w(
    reading: HeatPumpReading, plant: Plant, flow_lph: float | None, *, at_rest: bool
) -> float | None:
    running = is_running(reading)
    if flow_lph is None or running is None:
        return None
    if not running and not (at_rest and flow_lph > 0):
        return 0.0
    # With a running compressor, 0 means that the flow is not measured.
    known_lph = flow_lph or None
    return known_heat_w(known_lph, reading.supply_c, reading.return_c, plant.glycol_pct)


def modulation_w(reading: HeatPumpReading, plant: Plant) -> float | None:
    """Return modulation times rated power while the compressor runs, in W.

    A compressor without modulation runs at its rated power. What a defrost takes
    back it does not show. Source: the rated power is thermal, as owners found
    (vieventlog, issues 66 and 207); by source and supply temperature as in
    `capacity`. Error: the scatter of units, 5 %, and 3 % of the generic slopes.
    """
    rated_w = plant.rated_heat_w or reading.rated_heat_w
    if rated_w is None or purpose_of(reading) in (Mode.COOLING, Mode.DEFROST):
        return None
    modulation_pct = modulation_of(reading, plant)
    running = is_running(reading)
    if modulation_pct is None or running is None:
        return None
    if not running:
        return 0.0
    share = capacity_share(reading, plant, lambda name: getattr(reading, name))
    return rated_w * modulation_pct / 100 * share


def modulation_of(reading: HeatPumpReading, plant: Plant) -> float | None:
    """Return the modulation in %, 100 where the owner gave a rated power instead."""
    if reading.modulation_pct is None:
        return 100.0 if plant.rated_heat_w is not None else None
    return reading.modulation_pct


def capacity_share(
    reading: HeatPumpReading, plant: Plant, value: Callable[[str], float | None]
) -> float:
    """Return the thermal power of the compressor as a share of the rated one.

    The temperatures are those that `value` gives for a field of a reading.
    """
    source_c = value("source_in_c")
    if source_c is None and plant.source is SourceKind.AIR:
        source_c = value("outside_c")
    kind = plant.source
    if kind is None and reading.source_in_c is not None:
        kind = SourceKind.by_sensors(has_outlet=reading.source_out_c is not None)
    rated_w = plant.rated_heat_w or reading.rated_heat_w
    return _capacity_map(plant, kind, rated_w).share(source_c, value("supply_c"))


@lru_cache(maxsize=64)
def _capacity_map(
    plant: Plant, kind: SourceKind | None, rated_w: float | None
) -> CapacityMap:
    if kind is None:
        return RATED_ONLY
    if rated_w is None or not plant.capacity_points:
        return GENERIC[kind]
    return fitted(GENERIC[kind], plant.capacity_points, rated_w)


_POWERS: Mapping[HeatMethod, Callable[[HeatPumpReading, Plant], float | None]] = {
    # What older controllers call `heat.production.current`. Error: its maker states
    # none; 10 % is assumed.
    HeatMethod.REPORTED: lambda reading, _: reading.reported_heat_w,
    HeatMethod.FLOW: _flow_w,
    HeatMethod.MODULATION: modulation_w,
    HeatMethod.ASSUMED_FLOW: _assumed_flow_w,
}


def powers_w(reading: HeatPumpReading, plant: Plant) -> dict[HeatMethod, float]:
    """Return the thermal power right now by every method that knows it, in W.

    While a burner fires, the water's temperatures do not show the heat pump's part.
    """
    return {
        method: power_w
        for method, power in _POWERS.items()
        if (method in NOT_BY_WATER_TEMPERATURE or not reading.burner_on)
        and (power_w := power(reading, plant)) is not None
    }


def sampled_heat(
    start: HeatPumpReading, end: HeatPumpReading, plant: Plant
) -> dict[HeatMethod, tuple[float, float]]:
    """Return the heat of both halves between two readings, by sampled power, in Wh.

    What a reading says counts for the half next to it: their sum is the trapezoid.
    Nothing is known where they are more than `SAMPLE_HOLD_S` apart.
    """
    elapsed_s = (end.time - start.time).total_seconds()
    if elapsed_s > SAMPLE_HOLD_S:
        return {}
    half_h = elapsed_s / 7200
    first_w, second_w = powers_w(start, plant), powers_w(end, plant)
    return {
        method: (first_w[method] * half_h, second_w[method] * half_h)
        for method in first_w
        if method in second_w
    }

"""The thermal power that a reading shows, by every method that it allows."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from ...readings import HeatPumpReading, Mode
from ..limits import SAMPLE_HOLD_S
from ..modes import is_running, purpose_of
from ..plant import HeatMethod, Plant, SourceKind
from . import water
from .capacity import GENERIC, RATED_ONLY, CapacityMap, fitted

# What two sensors at rest may differ by: half of what a backup heater of 3 kW gives.
SENSOR_OFFSETS_K = 1.5

# These do not rest on temperatures of the heating water: neither the offsets of its
# sensors nor the heat of a burner is in them.
BESIDE_THE_WATER = frozenset(
    {HeatMethod.MODULATION, HeatMethod.SOURCE_BALANCE, HeatMethod.COMBINED}
)


def reported_w(reading: HeatPumpReading, plant: Plant) -> float | None:
    """Return the thermal power that the unit reports, in W.

    Source: what older controllers call `heat.production.current`. Error: its
    maker tells none; 10 % is assumed.
    """
    return reading.reported_heat_w


def flow_w(reading: HeatPumpReading, plant: Plant) -> float | None:
    """Return the thermal power by measured flow and ΔT, in W; negative in defrost.

    While the compressor rests, a spread within the offset of two sensors is no
    spread: with the water circulating it would make heat out of nothing (0.2 K
    at 1000 l/h is 230 W). A larger one is the backup heater's. A flow of zero
    beside a running compressor is the sensor's word for `not measured`. Source:
    `water.heat_w`. Error: 3 % of flow, and 0.3 K between the sensors at a spread
    of 6 K, hence 6 %; constant offsets do not average out.
    """
    flow_lph = reading.flow_lph
    if flow_lph is None:
        return None
    carries = flow_lph > 0 and (reading.delta_t_k or 0.0) >= SENSOR_OFFSETS_K
    return _carried_w(reading, flow_lph, plant.glycol_pct, at_rest=carries)


def assumed_flow_w(reading: HeatPumpReading, plant: Plant) -> float | None:
    """Return the thermal power by a flow that the owner knows, in W.

    It flows while the compressor runs, or the backup heater is said to heat. At
    rest nobody knows: pipes of standing water stay apart for long. Source:
    `water.heat_w`. Error: as wrong as the flow, easily 20 %.
    """
    flow_lph = plant.assumed_flow_lph
    if flow_lph is None:
        return None
    carries = reading.backup_heater_on is True
    return _carried_w(reading, flow_lph, plant.glycol_pct, at_rest=carries)


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
    if modulation_pct is None:
        return None
    share = capacity_map(plant, reading).share(
        source_c(plant, reading), reading.supply_c
    )
    return _while_running(reading, rated_w * modulation_pct / 100 * share)


def modulation_of(reading: HeatPumpReading, plant: Plant) -> float | None:
    """Return the modulation in %, 100 where the owner gave a rated power instead."""
    if reading.modulation_pct is None:
        return 100.0 if plant.rated_heat_w is not None else None
    return reading.modulation_pct


def source_kind(plant: Plant, reading: HeatPumpReading) -> SourceKind | None:
    """Return where the heat comes from, as the owner or the sensors say.

    Brine has a sensor where it leaves the heat pump, air has none there.
    """
    if plant.source is not None or reading.source_in_c is None:
        return plant.source
    return SourceKind.BRINE if reading.source_out_c is not None else SourceKind.AIR


def source_c(plant: Plant, reading: HeatPumpReading) -> float | None:
    """Return the temperature of the source as it reaches the heat pump, in °C."""
    if reading.source_in_c is not None:
        return reading.source_in_c
    return reading.outside_c if plant.source is SourceKind.AIR else None


def capacity_map(plant: Plant, reading: HeatPumpReading) -> CapacityMap:
    """Return how the thermal power of the compressor depends on temperatures."""
    rated_w = plant.rated_heat_w or reading.rated_heat_w
    return _capacity_map(plant, source_kind(plant, reading), rated_w)


@lru_cache(maxsize=64)
def _capacity_map(
    plant: Plant, kind: SourceKind | None, rated_w: float | None
) -> CapacityMap:
    if kind is None:
        return RATED_ONLY
    if rated_w is None or not plant.capacity_points:
        return GENERIC[kind]
    return fitted(GENERIC[kind], plant.capacity_points, rated_w)


POWERS: Mapping[HeatMethod, Callable[[HeatPumpReading, Plant], float | None]] = {
    HeatMethod.REPORTED: reported_w,
    HeatMethod.FLOW: flow_w,
    HeatMethod.MODULATION: modulation_w,
    HeatMethod.ASSUMED_FLOW: assumed_flow_w,
}


def powers_w(reading: HeatPumpReading, plant: Plant) -> dict[HeatMethod, float]:
    """Return the thermal power right now by every method that knows it, in W.

    While a burner fires, the water's temperatures do not show the heat pump's part.
    """
    powers = {
        method: power(reading, plant)
        for method, power in POWERS.items()
        if method in BESIDE_THE_WATER or not reading.burner_on
    }
    return {method: power for method, power in powers.items() if power is not None}


def sampled_heat(
    start: HeatPumpReading, end: HeatPumpReading, plant: Plant
) -> dict[HeatMethod, tuple[float, float]]:
    """Return the heat of both halves between two readings, by sampled power, in Wh.

    What a reading says holds for the half next to it: their sum is the trapezoid.

    Args:
        start: The reading that opens the interval.
        end: The reading that closes it; nothing is known if it is more than
            `SAMPLE_HOLD_S` later.
        plant: What the owner told us.
    """
    half_h = (end.time - start.time).total_seconds() / 7200
    if half_h * 7200 > SAMPLE_HOLD_S:
        return {}
    first_w, second_w = powers_w(start, plant), powers_w(end, plant)
    return {
        method: (first_w[method] * half_h, second_w[method] * half_h)
        for method in first_w
        if method in second_w
    }


def sampled_run_s(start: HeatPumpReading, end: HeatPumpReading) -> float | None:
    """Return the compressor's run time by its state at both ends, in seconds.

    None where a state is not known, or after more than `SAMPLE_HOLD_S`.
    """
    if start.compressor_on is None or end.compressor_on is None:
        return None
    elapsed_s = (end.time - start.time).total_seconds()
    if elapsed_s > SAMPLE_HOLD_S:
        return None
    return elapsed_s * (start.compressor_on + end.compressor_on) / 2


def _carried_w(
    reading: HeatPumpReading, flow_lph: float, glycol_pct: float, *, at_rest: bool
) -> float | None:
    """Return what a flow carries away, also from a resting heat pump if told."""
    running = is_running(reading)
    if running is None or not (running or at_rest):
        return _while_running(reading, None)
    if not flow_lph or reading.supply_c is None or reading.return_c is None:
        return None
    return water.heat_w(flow_lph, reading.supply_c, reading.return_c, glycol_pct)


def _while_running(reading: HeatPumpReading, power_w: float | None) -> float | None:
    """Return the power of a running heat pump, nothing from a resting one."""
    running = is_running(reading)
    return power_w if running else (None if running is None else 0.0)

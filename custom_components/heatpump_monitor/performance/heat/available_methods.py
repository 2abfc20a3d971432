"""Find the methods by which the heat of a heat pump can be known at all."""

from ...readings import HeatPumpReading, Role
from ..intervals import Interval, chosen_method
from ..plant import HeatMethod, Plant
from .method_errors import COMBINED_METHODS
from .methods import modulation_of

# Power that is sampled in short runs. A counter misses nothing between two readings,
# and experiments with modulation and brine showed no gain.
_SHARPENED_BY_READINGS = frozenset(
    {HeatMethod.ASSUMED_FLOW, HeatMethod.FLOW, HeatMethod.REPORTED}
)


def available_methods(reading: HeatPumpReading, plant: Plant) -> frozenset[HeatMethod]:
    """Return the methods for which the values are there.

    A resting heat pump has them as well: its flow and its modulation are 0, and known.
    """
    known = {
        HeatMethod.HEAT_METER: reading.heat_meter_wh is not None
        or any(meter.role is Role.HEAT for meter in plant.meters),
        HeatMethod.COUNTER: reading.heat is not None or reading.heat_week is not None,
        HeatMethod.REPORTED: reading.reported_heat_w is not None,
        HeatMethod.FLOW: reading.flow_lph is not None and reading.delta_t_k is not None,
        HeatMethod.MODULATION: modulation_of(reading, plant) is not None
        and (plant.rated_heat_w or reading.rated_heat_w) is not None,
        HeatMethod.SOURCE_BALANCE: plant.brine_flow_lph is not None
        and reading.source_in_c is not None
        and reading.source_out_c is not None,
        HeatMethod.ASSUMED_FLOW: plant.assumed_flow_lph is not None
        and reading.delta_t_k is not None,
    }
    known[HeatMethod.COMBINED] = all(known[method] for method in COMBINED_METHODS)
    return frozenset(method for method, is_known in known.items() if is_known)


def can_know_heat(reading: HeatPumpReading, plant: Plant) -> bool:
    """Return whether the chosen method is available, or any if none is chosen."""
    return method_in_use(None, reading, plant) is not None


def method_in_use(
    interval: Interval | None, reading: HeatPumpReading | None, plant: Plant
) -> HeatMethod | None:
    """Return the method by which the heat is known now; None if there is none."""
    if interval is not None and interval.method is not None:
        return interval.method
    if reading is None:
        return None
    available = dict.fromkeys(available_methods(reading, plant))
    return chosen_method(available, plant.heat_method)


def gains_by_readings(method: HeatMethod) -> bool:
    """Return whether more readings in a short run make its heat more exact."""
    return method in _SHARPENED_BY_READINGS

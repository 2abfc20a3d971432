"""The heat of an interval, by every method that its two readings allow.

An interval is cut in two halves: what a reading says holds for the half next
to it. Their sum is the trapezoid, and each half keeps its own mode.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from . import water
from .modes import is_defrosting, is_running
from .plant import HeatMethod, Plant
from .readings import HeatPumpReading

# Two samples further apart than this say nothing of the time between. It lets
# the slowest poll allowed (15 min) stand, and three lost polls of the usual.
SAMPLE_HOLD_S = 1200.0

# What two sensors at rest may differ by: half of what a rod of 3 kW gives.
_SENSOR_OFFSETS_K = 1.5

AUTOMATIC_ORDER = (
    HeatMethod.HEAT_METER,
    # While they are plausible, the unit's counters put the sum of the samples
    # right; when they freeze, the samples alone go on.
    HeatMethod.COUNTER,
    HeatMethod.REPORTED,
    HeatMethod.FLOW,
    HeatMethod.MODULATION,
    HeatMethod.ASSUMED_FLOW,
)


@dataclass(frozen=True, slots=True)
class Halves:
    """Heat of the first and the second half of an interval, in Wh."""

    first_wh: float
    second_wh: float

    @classmethod
    def split(cls, total_wh: float, first_share: float) -> Halves:
        """Return a sum of which this share falls to the first half."""
        return cls(total_wh * first_share, total_wh * (1 - first_share))

    @property
    def total_wh(self) -> float:
        """Return the heat of the whole interval."""
        return self.first_wh + self.second_wh

    def corrected_to(self, total_wh: float) -> Halves:
        """Return the halves with another sum; the larger half takes more of it."""
        sizes = abs(self.first_wh), abs(self.second_wh)
        share = sizes[0] / sum(sizes) if any(sizes) else 0.5
        more_wh = total_wh - self.total_wh
        return Halves(
            self.first_wh + more_wh * share, self.second_wh + more_wh * (1 - share)
        )


def reported_w(reading: HeatPumpReading, plant: Plant) -> float | None:
    """Return the thermal power that the unit reports, in W.

    Source: what older controllers call `heat.production.current`. Error: its
    maker tells none; 10 % is assumed.
    """
    return reading.reported_heat_w


def flow_w(reading: HeatPumpReading, plant: Plant) -> float | None:
    """Return the thermal power by measured flow and spread, in W; negative in defrost.

    While the compressor rests, a spread within the offset of two sensors is no
    spread: with the water circulating it would make heat out of nothing (0.2 K
    at 1000 l/h is 230 W). A larger one is the heating rod's. A flow of zero
    beside a running compressor is the sensor's word for `not measured`. Source:
    `water.heat_w`. Error: 3 % of flow, and 0.3 K between the sensors at a spread
    of 6 K, hence 6 %; constant offsets do not average out.
    """
    flow_lph = reading.flow_lph
    if flow_lph is None:
        return None
    carries = flow_lph > 0 and (reading.spread_k or 0.0) >= _SENSOR_OFFSETS_K
    return _carried_w(reading, flow_lph, plant.glycol_pct, at_rest=carries)


def assumed_flow_w(reading: HeatPumpReading, plant: Plant) -> float | None:
    """Return the thermal power by a flow that the owner knows, in W.

    It flows while the compressor runs, or the heating rod is said to heat. At
    rest nobody knows: pipes of standing water stay apart for long. Source:
    `water.heat_w`. Error: as wrong as the flow, easily 20 %.
    """
    flow_lph = plant.assumed_flow_lph
    if flow_lph is None:
        return None
    carries = reading.rod_on is True
    return _carried_w(reading, flow_lph, plant.glycol_pct, at_rest=carries)


def modulation_w(reading: HeatPumpReading, plant: Plant) -> float | None:
    """Return modulation times rated power while the compressor runs, in W.

    What a defrost takes back it does not tell. Source: the rated power is
    thermal, as owners found (vieventlog, issues 66 and 207). Error: it holds at
    B0/W35 or A2/W35 only; elsewhere up to 15 %.
    """
    rated_w = plant.rated_heat_w or reading.rated_heat_w
    if reading.modulation_pct is None or rated_w is None or is_defrosting(reading):
        return None
    return _while_running(reading, rated_w * reading.modulation_pct / 100)


POWERS: Mapping[HeatMethod, Callable[[HeatPumpReading, Plant], float | None]] = {
    HeatMethod.REPORTED: reported_w,
    HeatMethod.FLOW: flow_w,
    HeatMethod.MODULATION: modulation_w,
    HeatMethod.ASSUMED_FLOW: assumed_flow_w,
}


def powers_w(reading: HeatPumpReading, plant: Plant) -> dict[HeatMethod, float]:
    """Return the thermal power right now by every method that knows it, in W."""
    powers = {method: power(reading, plant) for method, power in POWERS.items()}
    return {method: power for method, power in powers.items() if power is not None}


def sampled_heat(
    start: HeatPumpReading, end: HeatPumpReading, plant: Plant
) -> dict[HeatMethod, Halves]:
    """Return the heat between two readings by every method that samples power.

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
        method: Halves(first_w[method] * half_h, second_w[method] * half_h)
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


def first_half_share(start: HeatPumpReading, end: HeatPumpReading) -> float:
    """Return which share of an interval's heat falls to its first half.

    What was counted was made while it ran, as far as the two ends tell.
    """
    first, second = bool(is_running(start)), bool(is_running(end))
    return first / (first + second) if first or second else 0.5


def for_run_time(
    heat: Halves, sampled_s: float, run_s: float, running_w: float | None
) -> Halves | None:
    """Return heat by modulation for the counted instead of the sampled run time.

    Args:
        heat: Heat by modulation, with the run time as sampled.
        sampled_s: Run time by the compressor's state at both ends.
        run_s: Run time by the hours counter.
        running_w: Thermal power when it was last seen running, for a run that
            both ends missed; None if never seen.
    """
    if sampled_s > 0:
        scale = run_s / sampled_s
        return Halves(heat.first_wh * scale, heat.second_wh * scale)
    if run_s <= 0:
        return heat
    if running_w is None:
        return None
    half_wh = running_w * run_s / 7200
    return Halves(half_wh, half_wh)


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

"""The heat of an interval's segments, from values at their own time stamps.

The meter says when the compressor ran, the heat pump's values how strongly.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from . import water
from .capacity import startup_s
from .heat import SENSOR_OFFSETS_K, capacity_map
from .join import Join
from .modes import Mode
from .plant import HeatMethod, Plant, SourceKind
from .readings import HeatPumpReading
from .segments import Heat, Segment
from .signals import Signal

# Sensors follow a stop of the compressor for so long: what they still show of its
# heat belongs to the run.
_TAIL_S = 180.0
_STEP_S = 20.0
_MODULATION_STEP_S = 60.0

type _Power = Callable[[float], float | None]
"""Thermal power in W at a moment, None where it is not known."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """The series of one interval, and what the plant is."""

    join: Join
    segments: Sequence[Segment]
    edges: list[float]
    plant: Plant
    reading: HeatPumpReading
    """The one that closes the interval: for what has no series."""

    def heats(self) -> dict[HeatMethod, Heat]:
        """Return the heat by every method that has a shape."""
        powers: dict[HeatMethod, _Power] = {
            HeatMethod.FLOW: self._flow_w,
            HeatMethod.ASSUMED_FLOW: self._assumed_flow_w,
            HeatMethod.REPORTED: lambda moment: self._value("reported_heat_w", moment),
        }
        heats = {method: self._sampled(power) for method, power in powers.items()}
        heats[HeatMethod.MODULATION] = self._modulated()
        return {method: heat for method, heat in heats.items() if heat is not None}

    def _value(self, name: str, moment: float) -> float | None:
        return self.join.signals[name].at(moment, self.edges)

    def _flow_w(self, moment: float) -> float | None:
        flow_lph = self._value("flow_lph", moment)
        return None if flow_lph is None else self._carried_w(flow_lph, moment)

    def _assumed_flow_w(self, moment: float) -> float | None:
        flow_lph = self.plant.assumed_flow_lph
        return None if flow_lph is None else self._carried_w(flow_lph, moment)

    def _carried_w(self, flow_lph: float, moment: float) -> float | None:
        supply_c = self._value("supply_c", moment)
        return_c = self._value("return_c", moment)
        if supply_c is None or return_c is None:
            return None
        return water.heat_w(flow_lph, supply_c, return_c, self.plant.glycol_pct)

    def _sampled(self, power: _Power) -> Heat | None:
        heats_wh = [self._sampled_wh(segment, power) for segment in self.segments]
        known = [each for each in heats_wh if each is not None]
        return Heat(tuple(known)) if len(known) == len(heats_wh) else None

    def _sampled_wh(self, segment: Segment, power: _Power) -> float | None:
        """Return the heat of a segment, and what sensors show of it after its end."""
        start, end = segment.start.timestamp(), segment.end.timestamp()
        if not _makes_heat(segment):
            return self._rest_wh(start, end, power)
        if end in self.edges:
            end = min([end + _TAIL_S, *self._edges_after(end)])
        total_wh = 0.0
        for moment, step_s in _steps(start, end, _STEP_S):
            if (power_w := power(moment)) is None:
                return None
            total_wh += power_w * step_s / 3600
        return total_wh

    def _rest_wh(self, start: float, end: float, power: _Power) -> float | None:
        """Return what a resting heat pump delivers: the heat of a backup heater.

        A ΔT within the offset of two sensors is none, see `heat.flow_w`.
        """
        stopped = [edge for edge in self.edges if edge <= start]
        if stopped:
            start = max(start, stopped[-1] + _TAIL_S)
        total_wh = 0.0
        for moment, step_s in _steps(start, end, _STEP_S):
            if (power_w := power(moment)) is None:
                return None
            supply_c = self._value("supply_c", moment)
            return_c = self._value("return_c", moment)
            if supply_c is None or return_c is None:
                continue
            if supply_c - return_c >= SENSOR_OFFSETS_K:
                total_wh += power_w * step_s / 3600
        return total_wh

    def _edges_after(self, moment: float) -> list[float]:
        place = bisect_right(self.edges, moment)
        return self.edges[place : place + 1]

    def _modulated(self) -> Heat | None:
        rated_w = self.plant.rated_heat_w or self.reading.rated_heat_w
        signal = self.join.signals["modulation_pct"]
        if rated_w is None or (not signal.times and self.plant.rated_heat_w is None):
            return None
        if any(segment.mode is Mode.DEFROST for segment in self.segments):
            return None
        return Heat(
            tuple(
                self._modulated_wh(segment, rated_w, signal)
                if segment.is_running
                else 0.0
                for segment in self.segments
            )
        )

    def _modulated_wh(self, segment: Segment, rated_w: float, signal: Signal) -> float:
        runs = self.join.runs
        middle = segment.start + (segment.end - segment.start) / 2
        run_start = (runs.started_at(middle) or segment.start).timestamp()
        run_end = (runs.ended_at(middle) or segment.end).timestamp()
        share = self._capacity(middle)
        total_wh = 0.0
        for moment, step_s in _steps(
            segment.start.timestamp(), segment.end.timestamp(), _MODULATION_STEP_S
        ):
            modulation_pct = _modulation(signal, moment, run_start, run_end)
            since_s = moment - step_s / 2 - run_start
            full_s = startup_s(max(since_s, 0.0), max(since_s, 0.0) + step_s)
            total_wh += rated_w * share * modulation_pct / 100 * full_s / 3600
        return total_wh

    def _capacity(self, moment: datetime) -> float:
        source_c = self._value("source_in_c", moment.timestamp())
        if source_c is None and self.plant.source is SourceKind.AIR:
            source_c = self._value("outside_c", moment.timestamp())
        supply_c = self._value("supply_c", moment.timestamp())
        return capacity_map(self.plant, self.reading).share(source_c, supply_c)


def _makes_heat(segment: Segment) -> bool:
    return segment.is_running is True or segment.mode is Mode.DEFROST


def _modulation(
    signal: Signal, moment: float, run_start: float, run_end: float
) -> float:
    """Return the modulation in %: a value of the same run, else the last one running.

    A value of 0 beside a running compressor is of another age. A compressor
    that never shows a modulation runs at its rated power.
    """
    place = bisect_right(signal.times, moment)
    before = [
        value
        for time, value in zip(signal.times[:place], signal.values[:place], strict=True)
        if value > 0 and time >= run_start
    ]
    if before:
        return before[-1]
    after = [
        value
        for time, value in zip(signal.times[place:], signal.values[place:], strict=True)
        if value > 0 and time <= run_end
    ]
    if after:
        return after[0]
    running = [value for value in signal.values if value > 0]
    return running[-1] if running else 100.0


def _steps(start: float, end: float, longest_s: float) -> Iterator[tuple[float, float]]:
    """Yield the middles and lengths of equal steps, in seconds."""
    if end <= start:
        return
    count = max(int((end - start) / longest_s + 0.999), 1)
    step_s = (end - start) / count
    for place in range(count):
        yield start + (place + 0.5) * step_s, step_s

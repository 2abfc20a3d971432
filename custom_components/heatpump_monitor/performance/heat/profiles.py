"""The heat of an interval's segments, from values at their own time stamps.

The meter says when the compressor ran, the heat pump's values how strongly.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ...readings import HeatPumpReading, Mode
from ..clocks.join import Join
from ..clocks.signals import Signal
from ..plant import HeatMethod, Plant, SourceKind
from ..segments import Heat, Segment
from . import water
from .capacity import startup_s
from .defrosts import completed_supply
from .methods import SENSOR_OFFSETS_K, capacity_map

# Sensors follow a stop of the compressor for so long: what they still show of its
# heat belongs to the run.
_TAIL_S = 180.0
_TAIL = timedelta(seconds=_TAIL_S)
_JUST_BEFORE = timedelta(seconds=5)
# They also follow the begin and the end of a defrost.
_LAG_S = 30.0
# A value of that time that still stands after so long is no more the present.
_TAIL_LATE = timedelta(seconds=300)
_OTHER_AGE_S = 1200.0
# Pumps start a little before the compressor.
_SNAP_S = 60.0
# A flow is sent again when it has changed by less than this share of it.
_FLOW_THRESHOLD_SHARE = 0.03
_STEP_S = 20.0
_REST_STEP_S = 60.0
_MODULATION_STEP_S = 60.0
# A value that is as old as the start of a run was true from the start on.
_STARTING_S = 90.0
# Of the electricity of a running unit: the rest is that of pumps, and lost heat.
_INTO_THE_WATER = 0.9
# The rated power is that of heating.
_NOT_BY_RATED_POWER = frozenset({Mode.COOLING, Mode.DEFROST})

type _Power = Callable[[float], float | None]
"""Thermal power in W at a moment, None where it is not known."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """The series of one interval, and what the plant is."""

    join: Join
    segments: Sequence[Segment]
    edges: list[float]
    """When the compressor started or stopped, in epoch seconds."""
    turns: list[float]
    """The same, and when a defrost began or ended: the water turns there."""
    plant: Plant
    reading: HeatPumpReading
    """The one that closes the interval: for what has no series."""
    supply: Signal
    """The supply temperature, with what is known of it during defrosts."""

    @classmethod
    def of(
        cls,
        join: Join,
        segments: Sequence[Segment],
        plant: Plant,
        reading: HeatPumpReading,
        defrost_k: float | None,
    ) -> Shapes:
        """Return the shapes of an interval."""
        edges = join.edges(segments[0].start, segments[-1].end)
        defrosts = join.defrosts()
        reversals = [moment for defrost in defrosts for moment in defrost]
        burner = [time.timestamp() for time, _ in join.burner]
        return cls(
            join,
            segments,
            edges,
            sorted([*edges, *reversals, *burner]),
            plant,
            reading,
            completed_supply(join, defrosts, defrost_k),
        )

    def heats(self) -> dict[HeatMethod, Heat]:
        """Return the heat by every method that has a shape."""
        powers: dict[HeatMethod, _Power] = {
            HeatMethod.FLOW: self._flow_w,
            HeatMethod.ASSUMED_FLOW: self._assumed_flow_w,
            HeatMethod.REPORTED: lambda moment: self._value("reported_heat_w", moment),
        }
        heats = {method: self._sampled(power) for method, power in powers.items()}
        heats[HeatMethod.MODULATION] = self._modulated()
        heats[HeatMethod.SOURCE_BALANCE] = self._balanced()
        return {method: heat for method, heat in heats.items() if heat is not None}

    def sampled_wh(
        self, method: HeatMethod, start: HeatPumpReading, end: HeatPumpReading
    ) -> float | None:
        """Return the heat of the interval by the values of its two readings alone.

        Supply and return temperature may be of different ages: they enter as they
        are, and the errors of many runs cancel out.
        """
        halves = [self._sample_w(method, reading) for reading in (start, end)]
        known = [each for each in halves if each is not None]
        if len(known) < len(halves):
            return None
        return sum(known) / 2 * (end.time - start.time).total_seconds() / 3600

    def _sample_w(self, method: HeatMethod, reading: HeatPumpReading) -> float | None:
        if method is HeatMethod.REPORTED:
            return reading.reported_heat_w
        # Pumps stop and start: a flow of another age would cut every run.
        stamp = reading.stamps.get("supply_c", reading.time)
        measured_at = self.join.clock.measured_at(min(stamp, reading.time))
        flow_lph = self.plant.assumed_flow_lph
        if method is HeatMethod.FLOW:
            # The series keeps its last value, even when the reading has none.
            is_known = reading.flow_lph is not None
            flow_lph = self._sampled_flow_lph(measured_at) if is_known else None
        supply_c = self._sampled_c("supply_c", reading)
        return_c = self._sampled_c("return_c", reading)
        if flow_lph is None or supply_c is None or return_c is None:
            return None
        if self._rests(measured_at, reading.time):
            return 0.0
        return water.heat_w(flow_lph, supply_c, return_c, self.plant.glycol_pct)

    def _sampled_flow_lph(self, measured_at: datetime) -> float | None:
        moment = measured_at.timestamp()
        if self._blur:
            near = self.join.signals["flow_lph"].nearest_positive(moment, _OTHER_AGE_S)
            return near or self._flow_lph(moment)
        return self._flow_lph(moment)

    def _sampled_c(self, name: str, reading: HeatPumpReading) -> float | None:
        value_c: float | None = getattr(reading, name)
        if value_c is None or (stamp := reading.stamps.get(name)) is None:
            return value_c
        measured_at = self.join.clock.measured_at(min(stamp, reading.time))
        return value_c + self.join.signals[name].drift_at(measured_at.timestamp())

    @property
    def _blur(self) -> timedelta:
        join = self.join
        return timedelta() if join.clock.is_device else join.longest_delay / 2

    def _rests(self, measured_at: datetime, now: datetime) -> bool:
        runs = self.join.runs
        if self.join.is_running(measured_at) is not False:
            return False
        around = runs.changes_between(
            measured_at - self._blur, measured_at + self._blur
        )
        if any(is_start for _, is_start in around):
            return False
        stopped = runs.started_at(measured_at) or measured_at
        if not self.join.is_running(stopped - _JUST_BEFORE):
            # What has just stopped was a backup heater on its own.
            return True
        in_tail = measured_at - stopped <= _TAIL + self._blur
        return not in_tail or now - measured_at > _TAIL_LATE + self._blur

    def _value(self, name: str, moment: float) -> float | None:
        signal = self.supply if name == "supply_c" else self.join.signals[name]
        return signal.at(moment, self.turns)

    def _flow_w(self, moment: float) -> float | None:
        flow_lph = self._flow_lph(moment)
        return None if flow_lph is None else self._carried_w(flow_lph, moment)

    def _flow_lph(self, moment: float) -> float | None:
        """Return the flow: a value of the same run, as pumps follow the compressor.

        A 0 beside a running compressor is of another age. Where no other value is
        near, it is the sensor's word for `not measured`.
        """
        signal, runs = self.join.signals["flow_lph"], self.join.runs
        flow_lph = signal.held_at(moment)
        time = datetime.fromtimestamp(moment, UTC)
        started = runs.started_at(time)
        if started is None or not runs.state_at(time):
            return flow_lph
        ended = runs.ended_at(time)
        of_run = signal.of_run(
            moment,
            started.timestamp() - _SNAP_S,
            moment + _OTHER_AGE_S if ended is None else ended.timestamp(),
        )
        if of_run and of_run == flow_lph:
            of_run += signal.drift_at(moment, _FLOW_THRESHOLD_SHARE * of_run)
        return of_run or flow_lph or signal.nearest_positive(moment, _OTHER_AGE_S)

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
        start, end = segment.start.timestamp(), segment.end.timestamp()
        if not _makes_heat(segment):
            return self._rest_wh(start, end, power)
        if start in self.turns and start not in self.edges:
            start = min(start + _LAG_S, end)
        if end in self.edges:
            end = min([end + _TAIL_S, *self._edges_after(end)])
        elif end in self.turns:
            end += _LAG_S
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
        if end > start and power(end) is None:
            return None
        total_wh = 0.0
        for moment, step_s in _steps(start, end, _REST_STEP_S):
            supply_c = self._value("supply_c", moment)
            return_c = self._value("return_c", moment)
            if supply_c is None or return_c is None:
                continue
            if supply_c - return_c >= SENSOR_OFFSETS_K:
                total_wh += (power(moment) or 0.0) * step_s / 3600
        return total_wh

    def _edges_after(self, moment: float) -> list[float]:
        place = bisect_right(self.edges, moment)
        return self.edges[place : place + 1]

    def _modulated(self) -> Heat | None:
        rated_w = self.plant.rated_heat_w or self.reading.rated_heat_w
        # A unit that has shown a modulation does not run at its rated power.
        is_modulating = bool(self.join.signals["modulation_pct"].times)
        is_fixed = self.plant.rated_heat_w is not None and not is_modulating
        is_known = self.reading.modulation_pct is not None
        if rated_w is None or not (is_known or is_fixed):
            return None
        if any(segment.mode in _NOT_BY_RATED_POWER for segment in self.segments):
            return None
        return Heat(
            tuple(
                self._modulated_wh(segment, rated_w) if segment.is_running else 0.0
                for segment in self.segments
            )
        )

    def _modulated_wh(self, segment: Segment, rated_w: float) -> float:
        runs = self.join.runs
        middle = segment.start + (segment.end - segment.start) / 2
        run_start = (runs.started_at(middle) or segment.start).timestamp()
        run_end = (runs.ended_at(middle) or segment.end).timestamp()
        share = self._capacity(middle)
        total_wh = 0.0
        for moment, step_s in _steps(
            segment.start.timestamp(), segment.end.timestamp(), _MODULATION_STEP_S
        ):
            modulation_pct = _modulation(self.join, moment, run_start, run_end)
            since_s = moment - step_s / 2 - run_start
            full_s = startup_s(max(since_s, 0.0), max(since_s, 0.0) + step_s)
            total_wh += rated_w * share * modulation_pct / 100 * full_s / 3600
        return total_wh

    def _balanced(self) -> Heat | None:
        """Return the heat from the brine, and the electricity that ends in the water.

        None where more of it is electricity than brine: heat that is known from
        electricity alone would make a COP of nothing. Source: energy balance of
        the refrigerant circuit. Error: flow of the brine 5 %, 0.2 K at a ΔT of 3 K.
        """
        if any(segment.mode in _NOT_BY_RATED_POWER for segment in self.segments):
            return None
        if self.reading.source_in_c is None or self.reading.source_out_c is None:
            return None
        heats_wh: list[float] = []
        balance_wh = 0.0
        for segment in self.segments:
            if not segment.is_running:
                heats_wh.append(0.0)
                continue
            brine_wh = self._brine_wh(segment)
            if brine_wh is None or segment.electricity_wh is None:
                return None
            electric_wh = _INTO_THE_WATER * segment.electricity_wh
            balance_wh += brine_wh - electric_wh
            heats_wh.append(brine_wh + electric_wh)
        return Heat(tuple(heats_wh)) if balance_wh >= 0 else None

    def _brine_wh(self, segment: Segment) -> float | None:
        """Return the heat that the brine gives up during a segment, in Wh."""
        flow_lph = self.plant.brine_flow_lph
        total_wh = 0.0
        for moment, step_s in _steps(
            segment.start.timestamp(), segment.end.timestamp(), _STEP_S
        ):
            warm_c = self._value("source_in_c", moment)
            cold_c = self._value("source_out_c", moment)
            if flow_lph is None or warm_c is None or cold_c is None:
                return None
            power_w = water.heat_w(
                flow_lph, warm_c, cold_c, self.plant.brine_glycol_pct
            )
            total_wh += power_w * step_s / 3600
        return total_wh

    def _capacity(self, moment: datetime) -> float:
        source_c = self._value("source_in_c", moment.timestamp())
        if source_c is None and self.plant.source is SourceKind.AIR:
            source_c = self._value("outside_c", moment.timestamp())
        supply_c = self._value("supply_c", moment.timestamp())
        return capacity_map(self.plant, self.reading).share(source_c, supply_c)


def _makes_heat(segment: Segment) -> bool:
    return segment.is_running is True or segment.mode is Mode.DEFROST


def _modulation(join: Join, moment: float, run_start: float, run_end: float) -> float:
    """Return the modulation in %: a value of the same run, else the last one running.

    A value of 0 beside a running compressor is of another age. A compressor
    that never shows a modulation runs at its rated power.
    """
    signal = join.signals["modulation_pct"]
    place = bisect_right(signal.times, moment)
    known = list(zip(signal.times, signal.values, strict=True))
    before = [value for time, value in known[:place] if value > 0 and time >= run_start]
    if before:
        return before[-1]
    after = [
        (time, value) for time, value in known[place:] if value > 0 and time <= run_end
    ]
    started = join.start_modulation_pct
    if after and (started is None or after[0][0] <= run_start + _STARTING_S):
        return after[0][1]
    if started is not None:
        # What it showed at the start was replaced before it was asked for.
        return started
    running = [value for value in signal.values if value > 0]
    return running[-1] if running else 100.0


def _steps(start: float, end: float, longest_s: float) -> Iterator[tuple[float, float]]:
    if end <= start:
        return
    count = max(int((end - start) / longest_s + 0.999), 1)
    step_s = (end - start) / count
    for place in range(count):
        yield start + (place + 0.5) * step_s, step_s

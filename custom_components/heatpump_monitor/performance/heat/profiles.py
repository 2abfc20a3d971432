"""The heat of an interval's segments, from values at their own time stamps.

The meter says when the compressor ran, the heat pump's values how strongly.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from math import inf
from operator import itemgetter

from ...readings import HeatPumpReading, Mode
from ..plant import HeatMethod
from ..segments import Heat, Segment
from . import water
from .capacity import startup_s
from .defrosts import DefrostDeltaT
from .interval_data import IntervalData
from .methods import SENSOR_OFFSETS_K, capacity_share

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


class Shapes:
    """The heat of one interval by the series of what the heat pump said."""

    def __init__(self, data: IntervalData, defrost: DefrostDeltaT) -> None:
        """Take the series of an interval that was split."""
        self._data, self._plant, self._join = data, data.plant, data.join
        join = data.join
        # When the compressor started or stopped, in epoch seconds.
        self._edges = join.edges(data.start.time, data.end.time)
        reversals = [moment for ends in join.defrosts() for moment in ends]
        burner = [time.timestamp() for time, _ in join.burner]
        # The water also turns where a defrost or the burner began or ended.
        self._turns = sorted([*self._edges, *reversals, *burner])
        self._supply = defrost.completed_supply(join)

    def heats(self) -> dict[HeatMethod, Heat]:
        """Return the heat by every method that has a shape."""
        segments = self._data.segments
        parts_wh: dict[HeatMethod, list[float | None]] = {}
        for method in (HeatMethod.FLOW, HeatMethod.ASSUMED_FLOW, HeatMethod.REPORTED):
            power = partial(self._power_w, method)
            parts_wh[method] = [self._delivered_wh(each, power) for each in segments]
        if not any(each.mode in _NOT_BY_RATED_POWER for each in segments):
            modulated_wh = [self._modulated_wh(each) for each in segments]
            parts_wh[HeatMethod.MODULATION] = modulated_wh
            parts_wh[HeatMethod.SOURCE_BALANCE] = self._balanced_wh()
        heats: dict[HeatMethod, Heat] = {}
        for method, each_wh in parts_wh.items():
            known_wh = [wh for wh in each_wh if wh is not None]
            if len(known_wh) == len(segments):
                heats[method] = Heat(tuple(known_wh))
        return heats

    def sampled_wh(self, method: HeatMethod) -> float | None:
        """Return the heat of the interval by the values of its two readings alone.

        Supply and return temperature may be of different ages: they enter as they
        are, and the errors of many runs cancel out.
        """
        first_w = self._sample_w(method, self._data.start)
        last_w = self._sample_w(method, self._data.end)
        if first_w is None or last_w is None:
            return None
        return (first_w + last_w) / 2 * self._data.elapsed_s / 3600

    def _sample_w(self, method: HeatMethod, reading: HeatPumpReading) -> float | None:
        if method is HeatMethod.REPORTED:
            return reading.reported_heat_w
        # Pumps stop and start: a flow of another age would cut every run.
        measured_at = self._measured_at("supply_c", reading)
        flow_lph = self._plant.assumed_flow_lph
        if method is HeatMethod.FLOW:
            flow_lph = self._sampled_flow_lph(reading, measured_at)
        supply_c = self._sampled_c("supply_c", reading)
        return_c = self._sampled_c("return_c", reading)
        glycol_pct = self._plant.glycol_pct
        power_w = water.known_heat_w(flow_lph, supply_c, return_c, glycol_pct)
        if power_w is not None and self._rests(measured_at, reading.time):
            return 0.0
        return power_w

    def _measured_at(self, name: str, reading: HeatPumpReading) -> datetime:
        stamp = reading.stamps.get(name, reading.time)
        return self._join.clock.measured_at(min(stamp, reading.time))

    def _sampled_flow_lph(
        self, reading: HeatPumpReading, measured_at: datetime
    ) -> float | None:
        if reading.flow_lph is None:
            # The series keeps its last value, even when the reading has none.
            return None
        moment, flow = measured_at.timestamp(), self._join.signals["flow_lph"]
        near = flow.nearest_positive(moment, _OTHER_AGE_S) if self._blur else None
        return near or self._flow_lph(moment)

    def _sampled_c(self, name: str, reading: HeatPumpReading) -> float | None:
        value_c: float | None = getattr(reading, name)
        if value_c is None or name not in reading.stamps:
            return value_c
        moment = self._measured_at(name, reading).timestamp()
        return value_c + self._join.signals[name].drift_at(moment)

    @property
    def _blur(self) -> timedelta:
        join = self._join
        return timedelta() if join.clock.is_device else join.longest_delay / 2

    def _rests(self, measured_at: datetime, now: datetime) -> bool:
        join, blur = self._join, self._blur
        if join.is_running(measured_at) is not False:
            return False
        around = join.runs.changes_between(measured_at - blur, measured_at + blur)
        if any(is_start for _, is_start in around):
            return False
        stopped = join.runs.started_at(measured_at) or measured_at
        if not join.is_running(stopped - _JUST_BEFORE):
            # What has just stopped was a backup heater on its own.
            return True
        in_tail = measured_at - stopped <= _TAIL + blur
        return not in_tail or now - measured_at > _TAIL_LATE + blur

    def _value(self, name: str, moment: float) -> float | None:
        signal = self._supply if name == "supply_c" else self._join.signals[name]
        return signal.at(moment, self._turns)

    def _power_w(self, method: HeatMethod, moment: float) -> float | None:
        if method is HeatMethod.REPORTED:
            return self._value("reported_heat_w", moment)
        flow_lph = self._plant.assumed_flow_lph
        if method is HeatMethod.FLOW:
            flow_lph = self._flow_lph(moment)
        return water.known_heat_w(
            flow_lph,
            self._value("supply_c", moment),
            self._value("return_c", moment),
            self._plant.glycol_pct,
        )

    def _flow_lph(self, moment: float) -> float | None:
        """Return the flow: a value of the same run, as pumps follow the compressor.

        A 0 beside a running compressor is of another age. Where no other value is
        near, it is the sensor's word for `not measured`.
        """
        signal, runs = self._join.signals["flow_lph"], self._join.runs
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

    def _delivered_wh(self, segment: Segment, power: _Power) -> float | None:
        start, end = segment.start.timestamp(), segment.end.timestamp()
        edges, turns = self._edges, self._turns
        if not segment.is_running and segment.mode is not Mode.DEFROST:
            return self._rest_wh(start, end, power)
        if start in turns and start not in edges:
            start = min(start + _LAG_S, end)
        if end in edges:
            end = min([end + _TAIL_S, *(edge for edge in edges if edge > end)])
        elif end in turns:
            end += _LAG_S
        return _energy_wh(power, start, end, _STEP_S)

    def _rest_wh(self, start: float, end: float, power: _Power) -> float | None:
        """Return what a resting heat pump delivers: the heat of a backup heater.

        A ΔT within the offset of two sensors is none, see `methods`.
        """
        start = max([start, *(edge + _TAIL_S for edge in self._edges if edge <= start)])
        if end > start and power(end) is None:
            return None

        def heater_w(moment: float) -> float:
            supply_c = self._value("supply_c", moment)
            return_c = self._value("return_c", moment)
            if supply_c is None or return_c is None:
                return 0.0
            heats = supply_c - return_c >= SENSOR_OFFSETS_K
            return (power(moment) or 0.0) if heats else 0.0

        return _energy_wh(heater_w, start, end, _REST_STEP_S)

    def _modulated_wh(self, segment: Segment) -> float | None:
        runs, reading = self._join.runs, self._data.end
        rated_w = self._plant.rated_heat_w or reading.rated_heat_w
        if rated_w is None:
            return None
        if reading.modulation_pct is None:
            # A unit that has shown a modulation does not run at its rated power.
            shown = self._join.signals["modulation_pct"].times
            if self._plant.rated_heat_w is None or shown:
                return None
        if not segment.is_running:
            return 0.0
        start, end = segment.start.timestamp(), segment.end.timestamp()
        middle = segment.start + (segment.end - segment.start) / 2
        run_start = (runs.started_at(middle) or segment.start).timestamp()
        run_end = (runs.ended_at(middle) or segment.end).timestamp()
        shown_pct = self._modulation_pct(run_start, run_end)
        share = capacity_share(
            reading, self._plant, lambda name: self._value(name, middle.timestamp())
        )
        total_wh = 0.0
        for moment, step_s in _steps(start, end, _MODULATION_STEP_S):
            place = bisect_right(shown_pct, moment, key=itemgetter(0))
            modulation_pct = shown_pct[place - 1][1]
            since_s = max(moment - step_s / 2 - run_start, 0.0)
            full_s = startup_s(since_s, since_s + step_s)
            total_wh += rated_w * share * modulation_pct / 100 * full_s / 3600
        return total_wh

    def _modulation_pct(self, start: float, end: float) -> list[tuple[float, float]]:
        """Return the modulation during a run in %, and from when on: -inf is the first.

        A value of 0 beside a running compressor is of another age. Before the first
        value of the run it is the one with which runs begin, else the last one running.
        A compressor that never shows a modulation runs at its rated power.
        """
        signal = self._join.signals["modulation_pct"]
        known = zip(signal.times, signal.values, strict=True)
        running = [(time, value) for time, value in known if value > 0]
        of_run = [each for each in running if start <= each[0] <= end]
        first_pct = self._join.start_modulation_pct
        # What it showed at the start may be replaced before it is asked for.
        if of_run and (first_pct is None or of_run[0][0] <= start + _STARTING_S):
            first_pct = of_run[0][1]
        elif first_pct is None:
            first_pct = running[-1][1] if running else 100.0
        return [(-inf, first_pct), *of_run]

    def _balanced_wh(self) -> list[float | None]:
        """Return the heat from the brine, and the electricity that ends in the water.

        None where more of it is electricity than brine: heat that is known from
        electricity alone would make a COP of nothing. Source: energy balance of
        the refrigerant circuit. Error: flow of the brine 5 %, 0.2 K at a ΔT of 3 K.
        """
        reading = self._data.end
        if reading.source_in_c is None or reading.source_out_c is None:
            return []
        heats_wh: list[float | None] = []
        balance_wh = 0.0
        for segment in self._data.segments:
            if not segment.is_running:
                heats_wh.append(0.0)
                continue
            start, end = segment.start.timestamp(), segment.end.timestamp()
            brine_wh = _energy_wh(self._brine_w, start, end, _STEP_S)
            if brine_wh is None or segment.electricity_wh is None:
                return []
            electric_wh = _INTO_THE_WATER * segment.electricity_wh
            balance_wh += brine_wh - electric_wh
            heats_wh.append(brine_wh + electric_wh)
        return heats_wh if balance_wh >= 0 else []

    def _brine_w(self, moment: float) -> float | None:
        return water.known_heat_w(
            self._plant.brine_flow_lph,
            self._value("source_in_c", moment),
            self._value("source_out_c", moment),
            self._plant.brine_glycol_pct,
        )


def _energy_wh(
    power: _Power, start: float, end: float, longest_s: float
) -> float | None:
    total_wh = 0.0
    for moment, step_s in _steps(start, end, longest_s):
        if (power_w := power(moment)) is None:
            return None
        total_wh += power_w * step_s / 3600
    return total_wh


def _steps(start: float, end: float, longest_s: float) -> Iterator[tuple[float, float]]:
    if end <= start:
        return
    count = max(int((end - start) / longest_s + 0.999), 1)
    step_s = (end - start) / count
    for place in range(count):
        yield start + (place + 0.5) * step_s, step_s

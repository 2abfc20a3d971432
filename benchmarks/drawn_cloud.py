"""What the cloud says of a drawn plant: values sent on change, late, or stuck.

Each feature of the plant sends a message when its value moved by a threshold. The
message is measured at one time and reaches the cloud at another; an answer of the
cloud holds, of each feature, the newest message that has arrived.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

from custom_components.heatpump_monitor.performance.plant import SourceKind
from custom_components.heatpump_monitor.readings import (
    HeatPumpReading,
    Mode,
    UnitEnergy,
)

from .drawn_plant import HOUR_S, DrawnPlant, Life, Segment

_COUNTER_STEP_WH = 100.0
_COUNTER_BASE_WH = 3_000_000.0
_RUN_HOURS_BASE = 4000.0
_STARTS_BASE = 9000.0
_SHORTEST_SLOT_S = 60.0

type Window = tuple[float, float]
type Value = bool | float | str | UnitEnergy


@dataclass(frozen=True, kw_only=True, slots=True)
class Thresholds:
    """By how much a value must change to be sent."""

    water_k: float = 0.5
    air_k: float = 0.5
    flow_lph: float = 10.0
    modulation_pct: float = 1.0
    inverter_w: float = 50.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """How values travel to the cloud, and how it is asked."""

    poll_s: float = 300.0
    max_delay_s: float = 0.0
    """A delay is drawn evenly from 0 to this."""
    common_delay: bool = False
    """Whether all features are late by the same; otherwise each by its own."""
    arrival_stamps: bool = False
    """Whether a stamp is the arrival at the cloud, and not the measurement."""
    clock_offset_s: float = 0.0
    """By how much the clock of the device is ahead."""
    thresholds: Thresholds = Thresholds()
    stuck: tuple[Window, ...] = ()
    """While the cloud goes on with old answers, in epoch seconds."""
    frozen: Mapping[str, Window] | None = None
    """While a single field does not change, by its name."""
    counters_every_s: float = 0.0
    """How often the unit's heat counters reach the cloud; 0 is with each step."""
    has_flow: bool = True
    """Whether an air unit reports its flow."""
    has_temperatures: bool = True
    """Whether supply and return temperature are reported."""
    has_heat_counters: bool = True
    """Whether an air unit has heat counters."""
    has_modulation: bool = True
    """Whether a brine unit reports its modulation and rated power."""
    seed: int = 1

    @property
    def old_values(self) -> tuple[Window, ...]:
        """Return while anything is old, be it all or a single value."""
        return (*self.stuck, *(self.frozen or {}).values())


@dataclass(frozen=True, slots=True)
class _Message:
    """A value as the cloud has it from a time on."""

    arrived_s: float
    stamp: datetime
    values: Mapping[str, Value]


class Cloud:
    """Answers for a plant that has lived already."""

    def __init__(self, life: Life, delivery: Delivery) -> None:
        """Let the messages of a life travel."""
        self.delivery = delivery
        random = Random(delivery.seed)
        self.first_poll_s = life.start_s + random.uniform(30.0, delivery.poll_s)
        self._life = life
        common = _Delays(delivery, random)
        self._features = [
            list(
                _arrivals(
                    messages,
                    common if delivery.common_delay else _Delays(delivery, random),
                    delivery,
                )
            )
            for messages in _features(life, delivery)
        ]
        self._arrived_s = [
            [message.arrived_s for message in messages] for messages in self._features
        ]
        self._stated_heat_w: float | None = None
        if life.plant.source is SourceKind.BRINE and delivery.has_modulation:
            self._stated_heat_w = life.plant.stated_heat_w

    def answer(self, now_s: float) -> HeatPumpReading:
        """Return the answer to a poll."""
        seen_s = now_s
        for begin_s, end_s in self.delivery.stuck:
            if begin_s <= now_s < end_s:
                seen_s = begin_s
        stamps: dict[str, datetime] = {}
        values: dict[str, Value] = {}
        for messages, arrived_s in zip(self._features, self._arrived_s, strict=True):
            newest = messages[max(bisect_right(arrived_s, seen_s) - 1, 0)]
            for name, value in newest.values.items():
                values[name] = value
                stamps[name] = newest.stamp
        if (frozen := self.delivery.frozen) is not None:
            for name, (begin_s, end_s) in frozen.items():
                if begin_s <= now_s < end_s:
                    values[name], stamps[name] = self._at(name, begin_s)
        return HeatPumpReading(
            time=datetime.fromtimestamp(now_s, UTC),
            measured_at=max(stamps.values()),
            stamps=stamps,
            compressor_count=self._life.plant.compressors,
            rated_heat_w=self._stated_heat_w,
            **values,  # type: ignore[arg-type]
        )

    def polls(self) -> Iterator[HeatPumpReading]:
        """Yield the answers to regular polls."""
        now_s = self.first_poll_s
        while now_s < self._life.end_s:
            yield self.answer(now_s)
            now_s += self.delivery.poll_s

    def _at(self, name: str, moment_s: float) -> tuple[Value, datetime]:
        """Return what was known of one field at a moment."""
        for messages, arrived_s in zip(self._features, self._arrived_s, strict=True):
            if name in messages[0].values:
                newest = messages[max(bisect_right(arrived_s, moment_s) - 1, 0)]
                return newest.values[name], newest.stamp
        raise ValueError(f"the unit does not report {name}")


class _Delays:
    """Draws one delay for each period as long as the longest delay."""

    def __init__(self, delivery: Delivery, random: Random) -> None:
        self._max_delay_s = delivery.max_delay_s
        self._slot_s = max(delivery.max_delay_s, _SHORTEST_SLOT_S)
        self._slots: dict[float, float] = {}
        self._random = Random(random.random())

    def at(self, moment_s: float) -> float:
        """Return the delay of what is measured at a moment, in s."""
        slot = moment_s // self._slot_s
        if (delay_s := self._slots.get(slot)) is None:
            delay_s = self._max_delay_s * self._random.random()
            self._slots[slot] = delay_s
        return delay_s


type _Measured = tuple[float, dict[str, Value]]


def _arrivals(
    messages: Iterator[_Measured], delays: _Delays, delivery: Delivery
) -> Iterator[_Message]:
    """Yield the messages in the order of arrival, without those that are overtaken."""
    travelled = [
        (measured_s + delays.at(measured_s), measured_s, values)
        for measured_s, values in messages
    ]
    travelled.sort(key=lambda each: each[0])
    newest_s = float("-inf")
    for arrived_s, measured_s, values in travelled:
        if measured_s < newest_s:
            continue
        newest_s = measured_s
        stamp_s = (
            arrived_s
            if delivery.arrival_stamps
            else measured_s + delivery.clock_offset_s
        )
        yield _Message(arrived_s, datetime.fromtimestamp(stamp_s, UTC), values)


def _features(life: Life, delivery: Delivery) -> Iterator[Iterator[_Measured]]:
    """Yield the messages of each feature that the unit has."""
    plant, curves, at = life.plant, life.curves, delivery.thresholds
    yield _states(life, _compressor)
    yield _statistics(life)
    yield _values(life, "outside_c", curves.outside_c, at.air_k)
    if delivery.has_temperatures:
        yield _values(life, "supply_c", curves.supply_c, at.water_k)
        yield _values(life, "return_c", curves.return_c, at.water_k)
    if plant.backup_heater_w:
        yield _states(life, lambda _, segment: {"backup_heater_on": segment.backup_on})
    if plant.burner_w:
        yield _states(life, lambda _, segment: {"burner_on": segment.burner_on})
    if plant.source is SourceKind.BRINE:
        yield _states(
            life, lambda _, segment: {"hot_water_charging": segment.hot_water}
        )
        yield _values(life, "source_in_c", curves.source_in_c, at.air_k)
        yield _values(life, "source_out_c", curves.source_out_c, at.air_k)
        if delivery.has_modulation:
            yield _values(
                life, "modulation_pct", curves.modulation_pct, at.modulation_pct, 0
            )
        return
    yield _states(life, lambda _, segment: {"valve": _valve(segment)})
    yield _states(life, lambda _, segment: {"defrosting": segment.defrosting})
    yield _values(life, "hot_water_c", curves.hot_water_c, at.water_k)
    if delivery.has_flow:
        yield _values(life, "flow_lph", curves.flow_lph, at.flow_lph, 0)
    if delivery.has_heat_counters:
        yield _heat_counters(life, delivery.counters_every_s)
    if plant.reports_inverter_w:
        yield _values(life, "inverter_w", curves.inverter_w, at.inverter_w, 0)


def _compressor(plant: DrawnPlant, segment: Segment) -> dict[str, Value]:
    """Return the compressor's state, and its phase where the unit reports it."""
    if plant.source is SourceKind.BRINE and not plant.cools:
        return {"compressor_on": segment.running}
    phase = "off"
    if segment.running:
        phase = "cooling" if segment.mode is Mode.COOLING else "heating"
    if segment.defrosting:
        phase = "defrost"
    return {"compressor_on": segment.running, "compressor_phase": phase}


def _valve(segment: Segment) -> str:
    return "domestichotwater" if segment.hot_water else "climatecircuitone"


def _states(
    life: Life, values_of: Callable[[DrawnPlant, Segment], dict[str, Value]]
) -> Iterator[_Measured]:
    """Yield a state at its changes."""
    before: dict[str, Value] | None = None
    for segment in life.segments:
        values = values_of(life.plant, segment)
        if values != before:
            yield segment.start_s, values
        before = values


def _values(
    life: Life, name: str, curve: list[float], threshold: float, digits: int = 1
) -> Iterator[_Measured]:
    """Yield an analogue value whenever it changed by a threshold, and its first."""
    sent = float("-inf")
    for moment_s, value in zip(life.times_s, curve, strict=False):
        if abs(value - sent) >= threshold:
            sent = value
            yield moment_s, {name: round(value, digits)}


def _statistics(life: Life) -> Iterator[_Measured]:
    """Yield run hours and starts of all compressors together.

    They are sent at each start, and by 0.1 h (brine) or 1 h (air) of running.
    """
    step_s = HOUR_S if life.plant.source is SourceKind.AIR else HOUR_S / 10
    run_s, starts, running = 0.0, 0, 0

    def values() -> dict[str, Value]:
        steps = int(run_s / step_s + 1e-6)
        hours = round(_RUN_HOURS_BASE + steps * step_s / HOUR_S, 1)
        return {"run_hours": hours, "starts": _STARTS_BASE + starts}

    yield life.start_s, values()
    for segment in life.segments:
        before, running = running, segment.stages if segment.running else 0
        if running > before:
            starts += running - before
            yield segment.start_s, values()
        moment_s = segment.start_s
        while running and moment_s < segment.end_s:
            left_s = (step_s - run_s % step_s) / running
            seconds = min(left_s, segment.end_s - moment_s)
            run_s += seconds * running
            moment_s += seconds
            if seconds == left_s:
                # Not by a sum of fractions, which would end up beside the step.
                run_s = round(run_s / step_s) * step_s
                yield moment_s, values()


def _heat_counters(life: Life, every_s: float) -> Iterator[_Measured]:
    """Yield the unit's own heat counters, which never go back.

    After a defrost they pause until the heat taken back is replaced.
    """
    counted_wh = {False: 0.0, True: 0.0}
    shown = {False: 0, True: 0}
    sent: tuple[int, int] | None = None
    next_s = life.start_s
    totals_wh = life.curves.counted_wh
    for step, segment in enumerate(life.step_segment[:-1]):
        counted_wh[segment.hot_water] += totals_wh[step + 1] - totals_wh[step]
        steps = int(counted_wh[segment.hot_water] / _COUNTER_STEP_WH)
        shown[segment.hot_water] = max(shown[segment.hot_water], steps)
        moment_s = life.times_s[step + 1]
        if moment_s < next_s:
            continue
        if every_s:
            moment_s = next_s + (moment_s - next_s) // every_s * every_s
            next_s = moment_s + every_s
        if sent != (now := (shown[False], shown[True])):
            sent = now
            heating, hot_water = (
                _COUNTER_BASE_WH + count * _COUNTER_STEP_WH for count in now
            )
            energy = UnitEnergy(heating_wh=heating, hot_water_wh=hot_water)
            yield moment_s, {"heat": energy}

"""What is dumped comes back as it was."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
import json

from hypothesis import given, strategies as st
import pytest

from custom_components.heatpump_monitor.history.codec import dump, load
from custom_components.heatpump_monitor.performance.electricity.counters import (
    CounterCorrection,
)
from custom_components.heatpump_monitor.performance.plant import HeatMethod
from custom_components.heatpump_monitor.performance.totals.ledger import (
    Bucket,
    ModeSums,
)
from custom_components.heatpump_monitor.readings import (
    CircuitReading,
    HeatPumpReading,
    Mode,
    UnitEnergy,
)
from tests.performance.builders import START, heating

READING = replace(
    heating(0),
    circuits=(CircuitReading(number="1", supply_c=35.5, pump_on=True),),
    fault_codes=("F.1",),
    heat=UnitEnergy(heating_wh=1200.0),
)
BUCKET = Bucket(
    heat_wh=12.5,
    modes={Mode.HOT_WATER: ModeSums(3.0, 12.5, 300.0)},
    methods_wh={HeatMethod.FLOW: 12.5},
)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (HeatPumpReading, READING),
        (Bucket, BUCKET),
        (CounterCorrection, CounterCorrection(360.0)),
        (dict[datetime, Bucket], {START: BUCKET}),
    ],
)
def test_round_trip_through_json(kind: type[object], value: object) -> None:
    """Every value survives JSON text, infinities and nested records included."""
    assert (
        load(kind, json.loads(json.dumps(dump(value, kind), allow_nan=False))) == value
    )


def test_a_field_of_another_version_is_passed_over() -> None:
    """What a newer version wrote does not keep an older one from starting."""
    assert load(Bucket, {"heat_wh": 1.0, "colour": "red"}) == Bucket(heat_wh=1.0)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (Bucket, {"heat_wh": "warm"}),
        (Bucket, {"heat_wh": "12"}),
        (Bucket, {"heat_wh": True}),
        (Bucket, {"heat_wh": None}),
        (Bucket, {"starts": 1.5}),
        (Bucket, {"imported": "no"}),
        (Bucket, {"modes": {"party": {}}}),
        (Bucket, {"modes": []}),
        (Bucket, 7),
        (HeatPumpReading, {}),
        (HeatPumpReading, {"time": 1_768_478_400}),
        (HeatPumpReading, {"time": "2026-01-15T12:00:00"}),
        (HeatPumpReading, {"time": START.isoformat(), "fault_codes": 7}),
        (HeatPumpReading, {"time": START.isoformat(), "compressor_phase": 4}),
        (tuple[float, float], [1.0]),
    ],
)
def test_what_is_not_of_the_kind_is_refused(kind: type[object], data: object) -> None:
    """Garbage is an error, not a zero."""
    with pytest.raises(ValueError):
        load(kind, data)


@dataclass(frozen=True, kw_only=True)
class Part:
    """Part of a state, with a default for every field."""

    share: float | None = None
    span: timedelta = timedelta(0)
    mode: Mode | None = Mode.STANDBY


@dataclass
class State:
    """Each kind of field that a part of the monitor may have."""

    time: datetime
    part: Part
    maybe: Part | None = None
    count: int = 0
    is_on: bool | None = None
    word: str = ""
    stamps: dict[str, datetime] = field(default_factory=dict)
    by_mode: dict[Mode, Part] = field(default_factory=dict)
    method_of: Mapping[Mode, HeatMethod] = field(default_factory=dict)
    by_day: dict[date, list[float]] = field(default_factory=dict)
    pairs: deque[tuple[datetime, float | None]] = field(default_factory=deque)
    parts: tuple[Part, ...] = ()
    modes: frozenset[Mode] = frozenset()
    series: tuple[tuple[str, int], ...] = ()
    cache: list[int] = field(default_factory=list, init=False, compare=False)


_number = st.floats(allow_nan=False)
_mode = st.sampled_from(Mode)
_moment = st.datetimes(timezones=st.just(UTC))
_part = st.builds(
    Part,
    share=st.none() | _number,
    # The seconds of a float tell microseconds for 285 years.
    span=st.timedeltas(timedelta(days=-36_500), timedelta(days=36_500)),
    mode=st.none() | _mode,
)
_state = st.builds(
    State,
    time=_moment,
    part=_part,
    maybe=st.none() | _part,
    count=st.integers(-(2**53), 2**53),
    is_on=st.none() | st.booleans(),
    word=st.text(),
    stamps=st.dictionaries(st.text(), _moment),
    by_mode=st.dictionaries(_mode, _part),
    method_of=st.dictionaries(_mode, st.sampled_from(HeatMethod)),
    by_day=st.dictionaries(st.dates(), st.lists(_number)),
    pairs=st.lists(st.tuples(_moment, st.none() | _number)).map(deque),
    parts=st.lists(_part).map(tuple),
    modes=st.frozensets(_mode),
    series=st.lists(st.tuples(st.text(), st.integers(-9, 9))).map(tuple),
)


@given(_state)
def test_any_state_survives(state: State) -> None:
    """A part of the monitor may have fields of any of these kinds."""
    state.cache.append(1)
    again = load(State, json.loads(json.dumps(dump(state), allow_nan=False)))
    assert again == state
    assert again.cache == []


def test_the_time_stamps_of_a_reading_survive() -> None:
    """Each value keeps the moment at which it was measured."""
    reading = replace(READING, stamps={"supply_c": START, "flow_lph": START})
    assert load(HeatPumpReading, json.loads(json.dumps(dump(reading)))) == reading

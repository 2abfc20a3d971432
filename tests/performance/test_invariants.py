"""What no order, pace, repetition or restart of the readings may change."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.heatpump_monitor.history.codec import dump
from custom_components.heatpump_monitor.performance.monitor import PerformanceMonitor
from custom_components.heatpump_monitor.performance.plant import Plant
from custom_components.heatpump_monitor.performance.totals.ledger import Bucket, Ledger
from custom_components.heatpump_monitor.performance.totals.tariff import Tariff
from custom_components.heatpump_monitor.readings import (
    EnergySpan,
    HeatPumpReading,
    MeterReading,
    UnitEnergy,
)

from .builders import at, heating, meter
from .test_monitor import BERLIN, new, restarted

type Reading = MeterReading | HeatPumpReading

EVENING = datetime(2026, 1, 15, 20, 0, tzinfo=UTC)
END_S = 6 * 3600
GAP_S = (2 * 3600, 4 * 3600)
"""Nobody reads the meter then; midnight is in the middle of it."""
TARIFF = Tariff(0.30, 400.0)
LOADS_W = (600.0, 2400.0, 1800.0, 300.0)
"""By the half hour, and over again."""
HALF_HOUR_S = 1800


def energy_wh(seconds: float) -> float:
    """Return what was drawn since the evening."""
    halves, rest_s = divmod(seconds, HALF_HOUR_S)
    rounds, left = divmod(int(halves), len(LOADS_W))
    watt_s = (rounds * sum(LOADS_W) + sum(LOADS_W[:left])) * HALF_HOUR_S
    return (watt_s + LOADS_W[left] * rest_s) / 3600


def drawn(seconds: float) -> MeterReading:
    """Return a reading of a meter that holds nothing back."""
    power_w = LOADS_W[int(seconds // HALF_HOUR_S) % len(LOADS_W)]
    reading = meter(seconds, 70_000 + energy_wh(seconds), power_w, EVENING)
    return replace(reading, holds_back=False)


def made(seconds: float) -> HeatPumpReading:
    """Return a reading of a unit that counts its heat: four times as much."""
    heat = UnitEnergy(heating_wh=(9000 + 4 * energy_wh(seconds)) // 100 * 100)
    return heating(seconds, start=EVENING, heat=heat)


METERS = [
    drawn(seconds)
    for seconds in range(0, END_S + 1, 20)
    if not GAP_S[0] < seconds < GAP_S[1]
]
POLLS = [made(seconds) for seconds in range(60, END_S, 300)]
# The cloud was gone as well, for another time.
GAPPED_POLLS = [
    poll for poll in POLLS if not 3 * 3600 < (poll.time - EVENING).seconds < 5 * 3600
]
MEMORY = [
    EnergySpan(
        at(seconds, EVENING),
        at(seconds + 900, EVENING),
        energy_wh(seconds + 900) - energy_wh(seconds),
    )
    for seconds in range(0, END_S, 900)
]


def monitor_of_the_house() -> PerformanceMonitor:
    """Return a monitor that follows a price."""
    monitor = new(Plant())
    monitor.tariff = TARIFF
    return monitor


def feed(monitor: PerformanceMonitor, readings: Sequence[Reading]) -> None:
    """Feed readings in the order in which they come."""
    for reading in readings:
        if isinstance(reading, MeterReading):
            monitor.add_meter(reading)
        else:
            monitor.add_heat_pump(reading)


def recover(monitor: PerformanceMonitor) -> None:
    """Give every straight stretch its course."""
    for gap in list(monitor.gaps):
        monitor.redistribute(gap, MEMORY)


def in_order(
    meters: Sequence[MeterReading], polls: Sequence[HeatPumpReading]
) -> list[Reading]:
    """Return all readings in the order of their time."""
    readings: list[Reading] = [*meters, *polls]
    return sorted(readings, key=lambda reading: reading.time)


def finished(readings: Sequence[Reading]) -> PerformanceMonitor:
    """Return the monitor after some readings and the recovery."""
    monitor = monitor_of_the_house()
    feed(monitor, readings)
    recover(monitor)
    return monitor


@cache
def ledger_of_all(gap: bool) -> Ledger:
    """Return the account of all readings in their order, with a gap or without."""
    return finished(in_order(METERS, GAPPED_POLLS if gap else POLLS)).ledger


def assert_same(ledger: Ledger, other: Ledger) -> None:
    """Assert that two accounts hold the same, but for the rounding of sums."""
    assert ledger.since == other.since
    assert ledger.days.keys() == other.days.keys()
    for day, bucket in ledger.days.items():
        assert flat(bucket) == pytest.approx(flat(other.days[day]), abs=1e-6)
    assert ledger.hours.keys() == other.hours.keys()
    for hour, bucket in ledger.hours.items():
        assert flat(bucket) == pytest.approx(flat(other.hours[hour]), abs=1e-6)


def flat(bucket: Bucket) -> dict[str, float]:
    """Return every number of a bucket by its name."""
    found: dict[str, float] = {}
    pending: list[tuple[str, object]] = [("", dump(bucket))]
    while pending:
        name, value = pending.pop()
        if isinstance(value, dict):
            pending += [(f"{name}.{key}", item) for key, item in value.items()]
        elif isinstance(value, (int, float)) and abs(value) > 1e-6:
            found[name] = float(value)
    return found


@pytest.fixture(scope="module", params=[POLLS, GAPPED_POLLS], ids=["cloud", "no cloud"])
def polls(request: pytest.FixtureRequest) -> list[HeatPumpReading]:
    """Return what the cloud told, with a gap and without."""
    chosen: list[HeatPumpReading] = request.param
    return chosen


def test_the_house_is_what_it_says(polls: list[HeatPumpReading]) -> None:
    """The account of the readings in their order is true, each hour of it."""
    monitor = finished(in_order(METERS, polls))
    assert not monitor.gaps
    for hour, bucket in monitor.ledger.hours.items():
        start_s = (hour - EVENING).total_seconds()
        truth_wh = energy_wh(min(start_s + 3600, END_S)) - energy_wh(start_s)
        assert bucket.electricity_wh == pytest.approx(truth_wh)
        assert bucket.paired_electricity_wh == pytest.approx(truth_wh, abs=300)
        assert bucket.cost == pytest.approx(truth_wh * 0.30 / 1000)
    heat_wh = sum(bucket.heat_wh for bucket in monitor.ledger.days.values())
    assert heat_wh == pytest.approx(4 * energy_wh(END_S), rel=0.1)


@given(data=st.data())
@settings(max_examples=25)
@pytest.mark.parametrize("gap", [False, True])
def test_a_restart_anywhere_changes_nothing(gap: bool, data: st.DataObject) -> None:
    """Split into any parts, the series adds up to the same."""
    readings = in_order(METERS, GAPPED_POLLS if gap else POLLS)
    cuts = data.draw(st.sets(st.integers(1, len(readings) - 1), max_size=4))
    monitor = monitor_of_the_house()
    for start, end in pairwise([0, *sorted(cuts), len(readings)]):
        feed(monitor, readings[start:end])
        monitor = restarted(monitor)
    recover(monitor)
    assert_same(monitor.ledger, ledger_of_all(gap))


@given(data=st.data())
@settings(max_examples=25)
@pytest.mark.parametrize("gap", [False, True])
def test_neither_source_waits_for_the_other(gap: bool, data: st.DataObject) -> None:
    """Whichever source comes first or late, the account is the same."""
    polls = GAPPED_POLLS if gap else POLLS
    late_s = data.draw(st.floats(-2 * END_S, 2 * END_S))
    readings: list[Reading] = [*METERS, *polls]
    late = {MeterReading: timedelta(seconds=late_s), HeatPumpReading: timedelta()}
    merged = sorted(readings, key=lambda reading: reading.time + late[type(reading)])
    assert_same(finished(merged).ledger, ledger_of_all(gap))


@given(data=st.data())
@settings(max_examples=25)
@pytest.mark.parametrize("gap", [False, True])
def test_a_backlog_in_any_order_adds_nothing(gap: bool, data: st.DataObject) -> None:
    """What was read already comes again, shuffled, at any moment: nothing happens."""
    readings = in_order(METERS, GAPPED_POLLS if gap else POLLS)
    place = data.draw(st.integers(1, len(readings)))
    backlog = data.draw(st.permutations(readings[max(place - 60, 0) : place]))
    monitor = monitor_of_the_house()
    feed(monitor, [*readings[:place], *backlog, *readings[place:]])
    recover(monitor)
    assert_same(monitor.ledger, ledger_of_all(gap))


def recovered_at(data: st.DataObject, readings: list[Reading]) -> PerformanceMonitor:
    """Return the monitor after all readings, with the recovery amid them."""
    back = next(
        place
        for place, reading in enumerate(readings)
        if isinstance(reading, MeterReading) and reading.time >= at(GAP_S[1], EVENING)
    )
    place = data.draw(st.integers(back + 1, len(readings)))
    monitor = monitor_of_the_house()
    feed(monitor, readings[:place])
    recover(monitor)
    assert not monitor.gaps
    feed(monitor, readings[place:])
    return monitor


@given(data=st.data())
@settings(max_examples=25)
def test_the_memory_may_be_asked_at_any_time(data: st.DataObject) -> None:
    """A gap bent at once, or after hours, leaves the same hours and days."""
    readings = in_order(METERS, POLLS)
    profile = recovered_at(data, readings)
    assert_same(profile.ledger, ledger_of_all(False))


@given(data=st.data())
@settings(max_examples=25)
def test_the_memory_may_come_before_the_heat(data: st.DataObject) -> None:
    """Bent before or after a gap in the heat was closed, the sums are the same.

    Not each hour's heat: where the gaps overlap in part, it is spread anew only
    within the meter's.
    """
    readings = in_order(METERS, GAPPED_POLLS)
    profile, whole = recovered_at(data, readings).ledger, ledger_of_all(True)
    for hour, bucket in profile.hours.items():
        other = whole.hours[hour]
        assert bucket.electricity_wh == pytest.approx(other.electricity_wh)
        assert bucket.heat_wh == pytest.approx(other.heat_wh, rel=0.1)
        paired_wh = other.paired_electricity_wh
        assert bucket.paired_electricity_wh == pytest.approx(paired_wh)
    sums, others = profile.sums(date.min, date.max), whole.sums(date.min, date.max)
    assert flat(sums) == pytest.approx(flat(others), abs=1e-6)


def test_what_was_not_paired_is_not_moved() -> None:
    """A gap beside a reset counter has heat but no pairs: its course moves none."""
    monitor = monitor_of_the_house()
    back = at(GAP_S[1], EVENING)
    meters = [
        reading
        if reading.time <= back
        else replace(reading, energy_wh=(reading.energy_wh or 0) - 70_000)
        for reading in METERS
    ]
    polls = [
        replace(poll, heat=None, heat_meter_wh=9000.0 + place)
        for place, poll in enumerate(POLLS)
        if not GAP_S[0] < (poll.time - EVENING).seconds < GAP_S[1] + 600
    ]
    feed(monitor, in_order(meters, polls))
    recover(monitor)
    for hour, bucket in monitor.ledger.hours.items():
        if at(GAP_S[0], EVENING) <= hour < back:
            assert bucket.paired_electricity_wh == 0
            assert bucket.electricity_wh > 0
            assert bucket.unpaired_heat_wh > 0


@given(
    meter_s=st.lists(st.integers(1, END_S - 1), unique=True, max_size=120),
    poll_s=st.sampled_from([60, 300, 600, 900]),
)
@settings(max_examples=40)
def test_the_pace_changes_no_sum(meter_s: list[int], poll_s: int) -> None:
    """However rarely the meter is read, its counter tells the same sums."""
    meters = [drawn(seconds) for seconds in (0, *sorted(meter_s), END_S)]
    polls = [made(seconds) for seconds in range(0, END_S + 1, poll_s)]
    monitor = finished(in_order(meters, polls))
    total = monitor.ledger.sums(date.min, date.max)
    assert total.electricity_wh == pytest.approx(energy_wh(END_S))
    assert total.paired_electricity_wh == pytest.approx(energy_wh(END_S))
    assert total.paired_s == pytest.approx(END_S)
    assert total.heat_wh == pytest.approx(monitor.state.books.heat_total_wh)
    for bucket in monitor.ledger.days.values():
        assert bucket.paired_electricity_wh == pytest.approx(bucket.electricity_wh)
        in_modes_wh = sum(mode.electricity_wh for mode in bucket.modes.values())
        assert in_modes_wh == pytest.approx(bucket.paired_electricity_wh)


@given(
    readings=st.lists(
        st.tuples(
            st.floats(1, 20_000),
            st.none() | st.floats(0, 1e5),
            st.none() | st.floats(-1e3, 1e4),
        ),
        max_size=60,
    ),
    holds_back=st.booleans(),
)
def test_energy_never_decreases(
    readings: list[tuple[float, float | None, float | None]], holds_back: bool
) -> None:
    """Whatever a meter says, no bucket loses energy, and all of them are the total."""
    monitor, seconds, before_wh = new(Plant()), 0.0, 0.0
    for apart_s, value_wh, power_w in readings:
        seconds += apart_s
        reading = meter(seconds, value_wh, power_w, EVENING)
        monitor.add_meter(replace(reading, holds_back=holds_back))
        booked_wh = monitor.ledger.sums(date.min, date.max).electricity_wh
        assert booked_wh >= before_wh - 1e-6
        assert booked_wh == pytest.approx(monitor.state.meters.total_wh, abs=1e-6)
        before_wh = booked_wh
    for bucket in monitor.ledger.hours.values():
        assert bucket.electricity_wh >= 0


def test_days_are_the_households() -> None:
    """The gap lies across local midnight, so that both days have a part of it."""
    ledger = finished(in_order(METERS, POLLS)).ledger
    assert ledger.calendar.time_zone is BERLIN
    midnight = ledger.calendar.midnight(date(2026, 1, 16))
    before_wh = energy_wh((midnight - EVENING).total_seconds())
    assert ledger.days[date(2026, 1, 15)].electricity_wh == pytest.approx(before_wh)

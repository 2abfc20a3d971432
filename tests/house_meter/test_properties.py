"""What holds for any readings."""

from dataclasses import replace
from datetime import timedelta
import json

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.heatpump_monitor.history.codec import dump, load
from custom_components.heatpump_monitor.house_meter.engine import (
    HouseMeterEngine,
    HouseState,
    OpenState,
)
from custom_components.heatpump_monitor.house_meter.model import CapacityTariff
from custom_components.heatpump_monitor.readings import GridReading

from .builders import BRUSSELS, NOON, engine, feed

_STEPS = st.lists(
    st.tuples(st.integers(1, 400), st.floats(0, 9000), st.booleans()),
    min_size=2,
    max_size=60,
)


def walk(steps: list[tuple[int, float, bool]], *, is_p1: bool) -> list[GridReading]:
    """Return readings at uneven times, of a load that changes with each of them."""
    now, total_wh, quarter_wh = NOON, 5000.0, 0.0
    readings = [GridReading(time=now, import_wh=total_wh)]
    for seconds, power_w, has_power in steps:
        for _ in range(seconds):
            if (now - NOON).total_seconds() % 900 == 0:
                quarter_wh = 0.0
            now += timedelta(seconds=1)
            quarter_wh += power_w / 3600
        total_wh += power_w * seconds / 3600
        is_new = (now - NOON).total_seconds() % 900 == 0
        reading = GridReading(
            time=now, import_wh=total_wh, power_w=power_w if has_power else None
        )
        if is_p1:
            average_w = 0.0 if is_new else quarter_wh * 4
            reading = replace(reading, measured_at=now, quarter_average_w=average_w)
        readings.append(reading)
    return readings


@given(st.lists(st.tuples(st.integers(1, 60), st.floats(0, 9000)), min_size=2))
@settings(max_examples=60, deadline=None)
def test_sum_is_the_counters_difference(steps: list[tuple[int, float]]) -> None:
    """All quarter-hours and the running one have what the counter moved by."""
    readings = walk([(*step, False) for step in steps], is_p1=False)
    house = engine()
    quarters = feed(house, readings)
    running = house.snapshot.running
    assert running is not None
    assert running.so_far_w is not None
    total_wh = sum(one.import_wh for one in quarters) + running.so_far_w / 4
    moved_wh = (readings[-1].import_wh or 0.0) - (readings[0].import_wh or 0.0)
    assert total_wh == pytest.approx(moved_wh, abs=1e-3)


@given(_STEPS, st.booleans())
@settings(max_examples=60, deadline=None)
def test_no_energy_from_nothing(
    steps: list[tuple[int, float, bool]], is_p1: bool
) -> None:
    """No quarter-hour is negative, and all have at most what was drawn."""
    readings = walk(steps, is_p1=is_p1)
    quarters = feed(engine(), readings)
    moved_wh = (readings[-1].import_wh or 0.0) - (readings[0].import_wh or 0.0)
    assert all(one.import_wh >= -1e-6 for one in quarters)
    # By the power, the counter may be believed to be ahead of its value.
    assert sum(one.import_wh for one in quarters) <= moved_wh + 160


@given(_STEPS, st.booleans())
@settings(max_examples=60, deadline=None)
def test_twice_and_out_of_order(
    steps: list[tuple[int, float, bool]], is_p1: bool
) -> None:
    """A reading that comes again, at once or late, changes nothing."""
    readings = walk(steps, is_p1=is_p1)
    once, twice = engine(), engine()
    feed(once, readings)
    for number, reading in enumerate(readings):
        feed(twice, [reading, reading, readings[max(number - 1, 0)]])
    assert twice.snapshot == once.snapshot
    span = (readings[0].time, readings[-1].time)
    assert twice.quarters(*span) == once.quarters(*span)


@given(_STEPS, st.booleans(), st.integers(0, 60))
@settings(max_examples=60, deadline=None)
def test_restart(
    steps: list[tuple[int, float, bool]], is_p1: bool, number: int
) -> None:
    """A restart in the middle of a quarter-hour changes nothing."""
    readings, parts_w = walk(steps, is_p1=is_p1), {"hp": 700.0}
    house = engine()
    expected = feed(house, readings, parts_w)
    before = engine()
    quarters = feed(before, readings[:number], parts_w)
    stored = json.loads(json.dumps(dump(before.state.running)))
    state = HouseState(
        running=load(OpenState, stored),
        quarters=before.state.quarters,
        months=before.state.months,
    )
    after = HouseMeterEngine(CapacityTariff(), BRUSSELS, state)
    quarters += feed(after, readings[number:], parts_w)
    assert quarters == expected
    assert after.snapshot == house.snapshot

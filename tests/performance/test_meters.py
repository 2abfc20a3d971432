"""Meters of several roles, each with its own clock, counter and identity."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from custom_components.heatpump_monitor.history.codec import dump, load
from custom_components.heatpump_monitor.performance.flags import FlagKind
from custom_components.heatpump_monitor.performance.intervals import Interval
from custom_components.heatpump_monitor.performance.monitor import PerformanceMonitor
from custom_components.heatpump_monitor.performance.plant import (
    HeatMethod,
    Meter,
    Plant,
)
from custom_components.heatpump_monitor.performance.policy import Policy
from custom_components.heatpump_monitor.performance.state import MonitorState
from custom_components.heatpump_monitor.readings import (
    EnergySpan,
    MeterReading,
    PhaseReading,
    Role,
)

from .builders import at, heating

DELAY = timedelta(minutes=10)
POLICY = Policy(closing_delay=DELAY)
HOUR_S = 3600
WHOLE_W = 2000.0
COMPRESSOR_W = 1800.0
HEAT_W = 6000.0

WHOLE = Meter(identity="a")
COMPRESSOR = Meter(key="c", role=Role.COMPRESSOR, identity="b")
PUMP = Meter(key="p", role=Role.CIRCULATION_PUMPS)
HEAT = Meter(key="h", role=Role.HEAT, identity="d")

type Source = Callable[[int], MeterReading | None]


def counting(power_w: float, every_s: int = 60, start_wh: float = 5000.0) -> Source:
    """Return a meter of a steady load, read at its own pace."""

    def read(second: int) -> MeterReading | None:
        if second % every_s:
            return None
        return MeterReading(
            time=at(second),
            power_w=power_w,
            energy_wh=start_wh + power_w * second / 3600,
            holds_back=False,
        )

    return read


def silent_from(source: Source, first_s: int, last_s: int = 10**9) -> Source:
    """Return a meter that does not answer for a time."""
    return lambda second: None if first_s <= second <= last_s else source(second)


def plant_of(*meters: Meter, method: HeatMethod | None = HeatMethod.FLOW) -> Plant:
    """Return a plant with these meters."""
    return Plant(meters=meters, heat_method=method)


def feed(
    monitor: PerformanceMonitor, start_s: int, end_s: int, **sources: Source
) -> list[Interval]:
    """Feed meters by their key and a steady heat pump; return what was closed."""
    closed: list[Interval] = []
    for second in range(start_s, end_s, 30):
        for key, source in sources.items():
            if (reading := source(second)) is not None:
                closed += monitor.add_meter(reading, key).closed
        if second % 300 == 0:
            poll = replace(heating(second), measured_at=at(second))
            closed += monitor.add_heat_pump(poll).closed
    return closed


def started(*meters: Meter, method: HeatMethod | None = None) -> PerformanceMonitor:
    """Return a monitor of a plant with these meters."""
    return PerformanceMonitor.start(plant_of(*meters, method=method), UTC, POLICY)


def parts(closed: Sequence[Interval], role: Role) -> list[float | None]:
    """Return what the meters of a role counted in each interval, in W."""
    return [
        None if wh is None else wh * 3600 / each.seconds
        for each in closed
        for wh in [each.parts_wh[role]]
    ]


def test_submeter_adds_nothing_to_the_whole() -> None:
    """The electricity is that of the whole; the submeter's is a part of it."""
    monitor = started(WHOLE, COMPRESSOR)
    sources = {"main": counting(WHOLE_W), "c": counting(COMPRESSOR_W, 90)}
    closed = feed(monitor, 0, 2 * HOUR_S, **sources)
    assert len(closed) == 21
    assert parts(closed, Role.COMPRESSOR) == [pytest.approx(COMPRESSOR_W)] * 21
    total_wh = monitor.snapshot(at(2 * HOUR_S)).electricity_total_wh
    assert total_wh == pytest.approx(WHOLE_W * 2, rel=0.02)
    (day,) = monitor.ledger.days.values()
    assert day.electricity_wh == pytest.approx(total_wh)


def test_silent_submeter_stalls_nothing() -> None:
    """Intervals are closed in time; only its part is unknown."""
    monitor = started(WHOLE, COMPRESSOR)
    silent = silent_from(counting(COMPRESSOR_W), HOUR_S + 30)
    closed = feed(monitor, 0, 2 * HOUR_S, main=counting(WHOLE_W), c=silent)
    assert len(closed) == 21
    assert all(each.electricity_wh and each.heat_wh for each in closed)
    known_w = parts(closed, Role.COMPRESSOR)
    assert known_w == [pytest.approx(COMPRESSOR_W)] * 12 + [None] * 9


def test_late_submeter_is_waited_for_within_the_delay() -> None:
    """A counter read every eight minutes still gives every part."""
    monitor = started(WHOLE, COMPRESSOR)
    slow = counting(COMPRESSOR_W, 480)
    closed = feed(monitor, 0, 2 * HOUR_S, main=counting(WHOLE_W), c=slow)
    assert parts(closed, Role.COMPRESSOR) == [pytest.approx(COMPRESSOR_W)] * 21


def test_whole_that_is_silent_is_waited_for() -> None:
    """Without its reading no electricity is known, and nothing is closed."""
    monitor = started(WHOLE, COMPRESSOR)
    silent = silent_from(counting(WHOLE_W), HOUR_S + 30)
    closed = feed(monitor, 0, 3 * HOUR_S, main=silent, c=counting(COMPRESSOR_W))
    assert closed[-1].end == at(HOUR_S)


def test_without_a_whole_the_parts_are_the_electricity() -> None:
    """Their sum is counted once, and each of them is waited for."""
    monitor = started(COMPRESSOR, PUMP)
    away = silent_from(counting(200.0), HOUR_S + 30, 3 * HOUR_S)
    closed = feed(monitor, 0, 4 * HOUR_S, c=counting(COMPRESSOR_W), p=away)
    assert [each.electricity_wh for each in closed] == [
        pytest.approx((COMPRESSOR_W + 200) / 12)
    ] * len(closed)
    assert len(closed) == 45
    (day,) = monitor.ledger.days.values()
    assert day.electricity_wh == pytest.approx(8000, rel=0.02)
    assert day.metered_s == pytest.approx(4 * HOUR_S, abs=120)
    assert day.paired_electricity_wh == pytest.approx(2000 * 45 / 12)
    # The gap is that of one meter, whose own memory is asked.
    books = monitor.state.books.meters
    assert books["c"].gaps == []
    (gap,) = books["p"].gaps
    before_wh = day.electricity_wh
    monitor.redistribute(gap, [EnergySpan(gap.start, gap.end, gap.energy_wh)])
    assert monitor.gaps == []
    assert day.electricity_wh == pytest.approx(before_wh)


def test_runs_are_those_of_the_compressors_meter() -> None:
    """The pump's power on its own clock makes no starts and stops."""
    monitor = started(PUMP, COMPRESSOR)
    feed(monitor, 0, HOUR_S, p=counting(200.0, 30), c=counting(COMPRESSOR_W))
    assert monitor.join.runs.last_w == COMPRESSOR_W


def test_replaced_meter_starts_only_its_own_counter() -> None:
    """Another identity is another counter; totals and other meters go on."""
    monitor = started(WHOLE, COMPRESSOR)
    feed(monitor, 0, HOUR_S, main=counting(WHOLE_W), c=counting(COMPRESSOR_W))
    total_wh = monitor.snapshot(at(HOUR_S)).electricity_total_wh
    state = load(MonitorState, dump(monitor.state))
    plant = plant_of(replace(WHOLE, identity="new"), COMPRESSOR)
    monitor = PerformanceMonitor(plant, POLICY, monitor.ledger, state)
    assert monitor.snapshot(at(HOUR_S)).electricity_total_wh == total_wh
    new = counting(WHOLE_W, start_wh=0.0)
    closed = feed(monitor, HOUR_S, 2 * HOUR_S, main=new, c=counting(COMPRESSOR_W))
    assert not monitor.flags
    later_wh = monitor.snapshot(at(2 * HOUR_S)).electricity_total_wh
    assert later_wh - total_wh == pytest.approx(WHOLE_W, rel=0.02)
    assert parts(closed, Role.COMPRESSOR) == [pytest.approx(COMPRESSOR_W)] * len(closed)


def test_replaced_meter_remembers_no_gap() -> None:
    """What the meter before could have told is not asked of the new one."""
    monitor = started(WHOLE)
    feed(monitor, 0, 120, main=counting(WHOLE_W))
    feed(monitor, HOUR_S, HOUR_S + 120, main=counting(WHOLE_W))
    assert len(monitor.gaps) == 1
    kept = PerformanceMonitor(plant_of(WHOLE), POLICY, monitor.ledger, monitor.state)
    assert len(kept.gaps) == 1
    plant = plant_of(replace(WHOLE, identity="new"))
    again = PerformanceMonitor(plant, POLICY, monitor.ledger, monitor.state)
    assert not again.gaps


def test_meter_added_later() -> None:
    """A submeter gives its part from then on; before, there was none."""
    monitor = started(WHOLE)
    first = feed(monitor, 0, HOUR_S, main=counting(WHOLE_W))
    assert all(not each.parts_wh for each in first)
    plant = plant_of(WHOLE, COMPRESSOR)
    monitor = PerformanceMonitor(plant, POLICY, monitor.ledger, monitor.state)
    sources = {"main": counting(WHOLE_W), "c": counting(COMPRESSOR_W)}
    closed = feed(monitor, HOUR_S, 2 * HOUR_S, **sources)
    assert None in parts(closed, Role.COMPRESSOR)
    assert parts(closed, Role.COMPRESSOR)[-6:] == [pytest.approx(COMPRESSOR_W)] * 6
    assert all(each.electricity_wh for each in closed)


def test_whole_added_later_goes_on_from_the_total() -> None:
    """The total of electricity does not fall, and no energy is counted twice."""
    monitor = started(COMPRESSOR)
    feed(monitor, 0, HOUR_S, c=counting(COMPRESSOR_W))
    before_wh = monitor.snapshot(at(HOUR_S)).electricity_total_wh
    plant = plant_of(WHOLE, COMPRESSOR)
    monitor = PerformanceMonitor(plant, POLICY, monitor.ledger, monitor.state)
    assert monitor.snapshot(at(HOUR_S)).electricity_total_wh == before_wh
    sources = {"main": counting(WHOLE_W), "c": counting(COMPRESSOR_W)}
    closed = feed(monitor, HOUR_S, 2 * HOUR_S, **sources)
    after_wh = monitor.snapshot(at(2 * HOUR_S)).electricity_total_wh
    assert after_wh - before_wh == pytest.approx(WHOLE_W, rel=0.02)
    assert closed[-1].electricity_wh == pytest.approx(WHOLE_W / 12)


def test_heat_meter_with_another_pace() -> None:
    """Its own counter gives the heat between the ends of each interval."""
    monitor = started(WHOLE, HEAT, method=HeatMethod.HEAT_METER)
    slow = counting(HEAT_W, 420)
    closed = feed(monitor, 0, 2 * HOUR_S, main=counting(WHOLE_W), h=slow)
    assert {each.method for each in closed} == {HeatMethod.HEAT_METER}
    assert [each.heat_wh for each in closed] == [pytest.approx(HEAT_W / 12)] * 21


def test_heat_meter_is_waited_for_if_it_is_the_method() -> None:
    """A heat meter that pauses for an hour leaves no interval without its heat."""
    away = silent_from(counting(HEAT_W), HOUR_S + 30, 2 * HOUR_S)
    monitor = started(WHOLE, HEAT, method=HeatMethod.HEAT_METER)
    closed = feed(monitor, 0, 2 * HOUR_S, main=counting(WHOLE_W), h=away)
    assert closed[-1].end == at(HOUR_S)
    closed += feed(monitor, 2 * HOUR_S, 3 * HOUR_S, main=counting(WHOLE_W), h=away)
    assert [each.heat_wh for each in closed] == [pytest.approx(HEAT_W / 12)] * 33


def test_heat_meter_beside_another_method_is_not_waited_for() -> None:
    """The heat is by flow; the heat meter is compared while it answers."""
    away = silent_from(counting(HEAT_W), HOUR_S + 30)
    monitor = started(WHOLE, HEAT, method=HeatMethod.FLOW)
    closed = feed(monitor, 0, 2 * HOUR_S, main=counting(WHOLE_W), h=away)
    assert {each.method for each in closed} == {HeatMethod.FLOW}
    compared = [HeatMethod.HEAT_METER in each.heats for each in closed]
    assert compared == [True] * 12 + [False] * 9


def test_automatic_method_waits_for_a_heat_meter_once() -> None:
    """It is waited for until it was silent for too long, then another method goes on."""
    policy = replace(POLICY, meter_wait=timedelta(hours=1))
    monitor = PerformanceMonitor.start(plant_of(WHOLE, HEAT, method=None), UTC, policy)
    away = silent_from(counting(HEAT_W), HOUR_S + 30)
    closed = feed(monitor, 0, 2 * HOUR_S, main=counting(WHOLE_W), h=away)
    assert (closed[-1].end, closed[-1].method) == (at(HOUR_S), HeatMethod.HEAT_METER)
    closed = feed(monitor, 2 * HOUR_S, 3 * HOUR_S, main=counting(WHOLE_W), h=away)
    assert {each.method for each in closed} == {HeatMethod.FLOW}
    assert closed[-1].end == at(3 * HOUR_S - 900)


def test_defrost_takes_heat_back() -> None:
    """The sign of a heat meter's own counter is kept."""

    def read(second: int) -> MeterReading:
        wh = 50_000.0 + (500.0 - abs(second - 1800) * 500.0 / 1800)
        return MeterReading(time=at(second), energy_wh=wh)

    monitor = started(WHOLE, HEAT, method=HeatMethod.HEAT_METER)
    closed = feed(monitor, 0, 2 * HOUR_S, main=counting(WHOLE_W), h=read)
    heats_wh = [each.heat_wh for each in closed if each.end <= at(HOUR_S)]
    assert heats_wh == [pytest.approx(500 / 6)] * 6 + [pytest.approx(-500 / 6)] * 6


def test_heat_meter_that_starts_again_leaves_a_gap() -> None:
    """The interval of its reset has no metered heat, and the reset is flagged."""

    def read(second: int) -> MeterReading:
        since_s = second if second < HOUR_S + 60 else second - HOUR_S - 60
        base_wh = 50_000.0 if second < HOUR_S + 60 else 0.0
        return MeterReading(
            time=at(second), energy_wh=base_wh + HEAT_W * since_s / 3600
        )

    monitor = started(WHOLE, HEAT, method=HeatMethod.HEAT_METER)
    closed = feed(monitor, 0, 2 * HOUR_S, main=counting(WHOLE_W), h=read)
    assert [flag.kind for flag in monitor.flags] == [FlagKind.HEAT_RESET]
    unknown = [each.start for each in closed if each.heat_wh is None]
    # Those still open then have lost what the counter showed before.
    assert unknown
    assert unknown[-1] == at(HOUR_S)
    assert closed[-1].heat_wh == pytest.approx(HEAT_W / 12)


@pytest.mark.parametrize("step_wh", [100.0, 1000.0])
def test_coarse_heat_meter_does_not_jump(step_wh: float) -> None:
    """Steps of a coarse counter that is read often are no error."""

    def read(second: int) -> MeterReading:
        wh = HEAT_W * second / 3600 // step_wh * step_wh
        return MeterReading(time=at(second), energy_wh=9000.0 + wh)

    monitor = started(WHOLE, HEAT, method=HeatMethod.HEAT_METER)
    feed(monitor, 0, 4 * HOUR_S, main=counting(WHOLE_W), h=read)
    assert not monitor.flags
    assert monitor.state.books.heat_total_wh == pytest.approx(
        HEAT_W * 3.75, abs=step_wh
    )


def test_heater_of_its_own_meter_is_not_estimated() -> None:
    """What the backup heater drew is measured where it has a meter."""
    heater = Meter(key="r", role=Role.BACKUP_HEATER)
    monitor = started(WHOLE, heater, method=HeatMethod.FLOW)
    sources = {"main": counting(WHOLE_W), "r": counting(300.0)}
    closed = feed(monitor, 0, HOUR_S, **sources)
    drawn_wh = [each.backup_heater_wh for each in closed]
    assert drawn_wh == [pytest.approx(300 / 12)] * len(closed)


@pytest.mark.parametrize(
    ("meter", "is_wrong"), [(COMPRESSOR, True), (Meter(key="c", role=Role.GRID), False)]
)
def test_grid_may_run_backwards(meter: Meter, *, is_wrong: bool) -> None:
    """Feeding in is no reversed CT, and no doubt of the whole."""

    def fed_in(second: int) -> MeterReading:
        phase = PhaseReading(name="a", power_w=-500.0)
        returned_wh = 500.0 * second / 3600
        return MeterReading(
            time=at(second),
            power_w=-500.0,
            energy_wh=1000.0,
            returned_wh=returned_wh,
            phases=(phase,),
        )

    monitor = started(WHOLE, meter, method=HeatMethod.FLOW)
    closed = feed(monitor, 0, 2 * HOUR_S, main=counting(WHOLE_W), c=fed_in)
    kinds = {flag.kind for flag in monitor.flags}
    assert kinds == ({FlagKind.METER_BACKWARDS} if is_wrong else set())
    assert all(each.heat_wh and each.electricity_wh for each in closed)
    assert (closed[-1].parts_wh[meter.role] is None) is is_wrong

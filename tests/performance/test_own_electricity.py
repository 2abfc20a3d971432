"""Own electricity of the heat pump, from the readings of three meters to the ledger."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import accumulate
import math
from typing import Final

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.heatpump_monitor.performance.monitor import PerformanceMonitor
from custom_components.heatpump_monitor.performance.plant import (
    HeatMethod,
    Meter,
    Plant,
)
from custom_components.heatpump_monitor.performance.policy import Policy
from custom_components.heatpump_monitor.performance.totals.ledger import Bucket, Ledger
from custom_components.heatpump_monitor.performance.totals.periods import (
    PeriodSummary,
    period_summary,
)
from custom_components.heatpump_monitor.performance.totals.report import report
from custom_components.heatpump_monitor.performance.totals.tariff import Tariff
from custom_components.heatpump_monitor.readings import EnergySpan, MeterReading, Role

from .builders import at, heating
from .test_monitor import BERLIN, restarted

DAY_S: Final = 86_400
HOUR_S: Final = 3600
STEP_S: Final = 30
PLANT: Final = Plant(
    heat_method=HeatMethod.FLOW,
    meters=(
        Meter(identity="a"),
        Meter(key="grid", role=Role.GRID),
        Meter(key="pv", role=Role.PHOTOVOLTAICS),
    ),
)
POLICY: Final = Policy(closing_delay=timedelta(minutes=10))
TARIFF: Final = Tariff(0.30, 400.0, 0.08)
MIDNIGHT: Final = datetime(2026, 4, 14, 22, 0, tzinfo=UTC)
TODAY: Final = date(2026, 4, 15)

type Counters = dict[str, float]


def powers_w(second: int) -> Counters:
    """Return what the house does: a heat pump that cycles below a cloudy sky."""
    sun_h = second % DAY_S / HOUR_S
    sun = max(math.sin((sun_h - 6) / 12 * math.pi), 0.0)
    cloud = 0.4 if second // 900 % 3 == 0 else 1.0
    return {
        "main": 1800.0 if second // 1200 % 2 else 20.0,
        "rest": 350.0,
        "pv": 3000.0 * sun * cloud,
    }


@cache
def counters() -> list[Counters]:
    """Return all counters by the step, for three days."""

    def flows(step: int) -> Counters:
        power = powers_w(step * STEP_S)
        net = power["main"] + power["rest"] - power["pv"]
        power |= {"imported": max(net, 0.0), "exported": max(-net, 0.0)}
        return {name: each * STEP_S / HOUR_S for name, each in power.items()}

    def added(sums: Counters, more: Counters) -> Counters:
        return {name: sums[name] + more[name] for name in sums}

    first = dict.fromkeys(("main", "rest", "pv", "imported", "exported"), 1000.3)
    return list(
        accumulate(map(flows, range(3 * DAY_S // STEP_S)), added, initial=first)
    )


def counted(name: str, start_s: int, end_s: int) -> float:
    """Return what a counter moved by, in Wh."""
    return counters()[end_s // STEP_S][name] - counters()[start_s // STEP_S][name]


def true_own_wh(start_s: int, end_s: int) -> float:
    """Return the own electricity of the heat pump by the rule, moment by moment."""
    own_wh = 0.0
    for second in range(start_s, end_s, STEP_S):
        power = powers_w(second)
        house_w = power["main"] + power["rest"]
        share = min(power["pv"] / house_w, 1.0)
        own_wh += power["main"] * share * STEP_S / HOUR_S
    return own_wh


def reading(key: str, second: int, start: datetime) -> MeterReading:
    """Return what a meter says."""
    now = counters()[second // STEP_S]
    return MeterReading(
        time=at(second, start),
        energy_wh=now["imported" if key == "grid" else key],
        returned_wh=now["exported"] if key == "grid" else None,
        holds_back=False,
    )


def feed(
    monitor: PerformanceMonitor,
    start_s: int,
    end_s: int,
    *,
    start: datetime = MIDNIGHT,
    without: Callable[[str, int], bool] = lambda key, second: False,
    changed: Callable[[str, MeterReading], MeterReading] = lambda key, each: each,
) -> PerformanceMonitor:
    """Feed all meters, each at its own pace, and a heat pump."""
    paces = {"main": 30, "grid": 30, "pv": 60}
    keys = [each.key for each in monitor.plant.meters]
    for second in range(start_s, end_s + 1, STEP_S):
        for key in keys:
            if second % paces[key] == 0 and not without(key, second):
                monitor.add_meter(changed(key, reading(key, second, start)), key)
        if second % 300 == 0:
            poll = heating(second, start=start)
            monitor.add_heat_pump(replace(poll, measured_at=poll.time))
    return monitor


def started(plant: Plant = PLANT) -> PerformanceMonitor:
    """Return a monitor of a household in Berlin, with a tariff."""
    monitor = PerformanceMonitor.start(plant, BERLIN, POLICY)
    monitor.tariff = TARIFF
    return monitor


def between(key: str, first_h: float, last_h: float) -> Callable[[str, int], bool]:
    """Return when a meter is not read."""
    return lambda each, second: (
        each == key and (first_h * HOUR_S < second < last_h * HOUR_S)
    )


def today(ledger: Ledger, day: date = TODAY) -> PeriodSummary:
    """Return the figures of a day that is over."""
    return period_summary(
        ledger, day, day, ledger.calendar.midnight(day) + timedelta(1)
    )


def added(buckets: Iterable[Bucket]) -> Bucket:
    """Return the sums of buckets."""
    sums = Bucket()
    for each in buckets:
        sums.add(each)
    return sums


def assert_adds_up(sums: Bucket, waiting_wh: float = 0.0) -> None:
    """Check what must hold whatever was read."""
    known_wh = sums.split_wh + sums.unsplit_wh
    assert known_wh + waiting_wh == pytest.approx(sums.electricity_wh, abs=1e-6)
    assert sums.priced_wh + sums.unsplit_wh == pytest.approx(
        sums.electricity_wh, abs=1e-6
    )
    slack = 1e-6
    assert -slack <= sums.own_least_wh <= sums.own_wh + slack
    assert sums.own_wh <= sums.own_most_wh + slack <= sums.split_wh + 2 * slack
    grid_wh = sums.split_wh - sums.own_wh
    cost = 0.30 * grid_wh / 1000 + 0.08 * sums.own_wh / 1000
    assert sums.cost == pytest.approx(cost, abs=1e-6)
    assert sums.own_cost == pytest.approx(0.08 * sums.own_wh / 1000, abs=1e-9)


def waiting_wh(monitor: PerformanceMonitor) -> float:
    """Return the electricity that still awaits its split."""
    slots = [
        slot for book in monitor.state.books.meters.values() for slot in book.slots
    ]
    return sum(slot.energy_wh for slot in slots if not slot.is_late)


def test_a_day() -> None:
    """The share is that of every moment, nearly: five minutes average little away."""
    monitor = feed(started(), 0, DAY_S + HOUR_S)
    summary = today(monitor.ledger)
    sums = summary.sums
    assert_adds_up(sums)
    assert sums.unsplit_wh == 0
    assert sums.own_wh == pytest.approx(true_own_wh(0, DAY_S), rel=0.005)
    # The slots begin and end with the hours, so that every hour adds up.
    hours = list(monitor.ledger.hours.values())
    for hour in hours[:-1]:
        assert hour.split_wh == pytest.approx(hour.electricity_wh)
    assert added(hours).own_wh == pytest.approx(
        added(monitor.ledger.days.values()).own_wh
    )
    share = summary.own_electricity_share
    low, high = summary.own_electricity_bounds
    assert share == pytest.approx(sums.own_wh / sums.electricity_wh)
    assert low is not None
    assert high is not None
    assert share is not None
    assert low < share - 0.02
    assert share + 0.02 < high
    assert summary.own_cost is not None
    assert summary.grid_cost is not None
    assert summary.cost == pytest.approx(summary.own_cost + summary.grid_cost)
    figures = report(summary, PLANT)
    assert figures.own_electricity_share == pytest.approx(share, abs=1e-4)
    assert figures.own_electricity_kwh == pytest.approx(sums.own_wh / 1000, abs=1e-3)
    assert figures.grid_electricity_cost == pytest.approx(summary.grid_cost, abs=0.01)
    assert figures.own_electricity_known_share == 1.0


def test_readings_at_odd_times() -> None:
    """Whenever the meters are read, the split of an hour is that of its electricity."""
    monitor = started()
    feed(monitor, 9 * HOUR_S, 13 * HOUR_S, start=at(17, MIDNIGHT))
    hours = [monitor.ledger.hours[at(hour * HOUR_S, MIDNIGHT)] for hour in range(9, 13)]
    for hour in hours:
        assert hour.split_wh == pytest.approx(hour.electricity_wh)
        assert hour.own_wh


@pytest.mark.parametrize("role", [Role.GRID, Role.PHOTOVOLTAICS])
def test_one_of_both_meters_tells_nothing(role: Role) -> None:
    """Its own electricity is unknown, not 0; the cost is that of the tariff."""
    meters = tuple(each for each in PLANT.meters if each.role in (Role.WHOLE, role))
    monitor = feed(started(replace(PLANT, meters=meters)), 0, 2 * HOUR_S)
    summary = today(monitor.ledger)
    assert summary.own_electricity_share is None
    assert summary.split_share is None
    assert summary.own_cost is None
    assert summary.grid_cost is None
    expected = 0.30 * counted("main", 0, 2 * HOUR_S) / 1000
    assert summary.cost == pytest.approx(expected)
    assert report(summary, monitor.plant).own_electricity_kwh is None


def test_meters_added_later() -> None:
    """What was drawn before keeps its cost, and is in no share."""
    plain = replace(PLANT, meters=PLANT.meters[:1])
    monitor = feed(started(plain), 0, 11 * HOUR_S)
    later = PerformanceMonitor(PLANT, POLICY, monitor.ledger, monitor.state)
    later.tariff = TARIFF
    feed(later, 11 * HOUR_S, DAY_S + HOUR_S)
    summary = today(later.ledger)
    own_wh = true_own_wh(11 * HOUR_S, DAY_S)
    drawn_wh = counted("main", 11 * HOUR_S, DAY_S)
    assert summary.own_electricity_share == pytest.approx(own_wh / drawn_wh, rel=0.01)
    own_cost = 0.08 * own_wh / 1000
    cost = 0.30 * (counted("main", 0, DAY_S) - own_wh) / 1000 + own_cost
    assert summary.cost == pytest.approx(cost, rel=0.005)
    assert summary.own_cost == pytest.approx(own_cost, rel=0.01)


def test_inverter_that_is_not_read_before_the_morning() -> None:
    """Time before its first word is as before it was there: the grid's, with a cost."""
    monitor = feed(started(), 0, DAY_S + HOUR_S, without=between("pv", -1, 7))
    summary = today(monitor.ledger)
    assert summary.sums.unsplit_wh == 0
    assert summary.sums.split_wh == pytest.approx(counted("main", 7 * HOUR_S, DAY_S))
    own_wh = true_own_wh(7 * HOUR_S, DAY_S)
    assert summary.sums.own_wh == pytest.approx(own_wh, rel=0.005)
    cost = 0.30 * (counted("main", 0, DAY_S) - own_wh) / 1000 + 0.08 * own_wh / 1000
    assert summary.cost == pytest.approx(cost, rel=0.005)


def test_meter_removed() -> None:
    """What still awaited its split is unknown; from then on the tariff holds."""
    monitor = feed(started(), 0, HOUR_S + 120)
    assert waiting_wh(monitor)
    plain = replace(PLANT, meters=PLANT.meters[:2])
    later = PerformanceMonitor(plain, POLICY, monitor.ledger, monitor.state)
    later.tariff = TARIFF
    feed(later, HOUR_S + 150, 2 * HOUR_S)
    sums = today(later.ledger).sums
    assert not waiting_wh(later)
    assert sums.unsplit_wh == pytest.approx(counted("main", HOUR_S, HOUR_S + 120))
    assert sums.priced_wh + sums.unsplit_wh == pytest.approx(sums.electricity_wh)


@pytest.mark.parametrize("key", ["pv", "grid"])
def test_gap_of_a_meter(key: str) -> None:
    """Nobody saw when its energy flowed: that time is unknown, with its cost."""
    monitor = feed(started(), 0, DAY_S + HOUR_S, without=between(key, 11, 12))
    summary, drawn_wh = today(monitor.ledger), counted("main", 11 * HOUR_S, 12 * HOUR_S)
    assert_adds_up(summary.sums)
    assert summary.sums.unsplit_wh == pytest.approx(drawn_wh)
    assert summary.split_share == pytest.approx(
        1 - drawn_wh / counted("main", 0, DAY_S)
    )
    known_wh = true_own_wh(0, DAY_S) - true_own_wh(11 * HOUR_S, 12 * HOUR_S)
    assert summary.sums.own_wh == pytest.approx(known_wh, rel=0.005)


def test_too_long_a_gap_of_a_meter() -> None:
    """A share of what is left would be that of other hours."""
    monitor = feed(started(), 0, DAY_S + HOUR_S, without=between("pv", 10, 13))
    summary = today(monitor.ledger)
    assert summary.sums.own_wh > 0
    assert summary.own_electricity_share is None
    assert summary.own_electricity_bounds == (None, None)
    assert summary.cost is None


def test_inverter_that_sleeps_at_night() -> None:
    """Its counter did not move: in the morning it is known that nothing was own."""
    asleep = between("pv", 18.58, 29.5)
    monitor = feed(started(), 0, 29 * HOUR_S, without=asleep)
    # Until then the night is unknown: neither grid nor own, and no cost.
    sums = added(monitor.ledger.days.values())
    unknown_wh = counted("main", int(18.5 * HOUR_S), 29 * HOUR_S)
    assert_adds_up(sums, waiting_wh(monitor))
    assert sums.unsplit_wh == pytest.approx(unknown_wh, rel=0.05)
    # Few slots are kept of it, also through a restart.
    assert len(monitor.state.books.meters["main"].slots) < 60
    monitor = feed(restarted(monitor), 29 * HOUR_S + 30, 32 * HOUR_S, without=asleep)
    sums = added(monitor.ledger.days.values())
    assert_adds_up(sums, waiting_wh(monitor))
    assert sums.unsplit_wh == pytest.approx(0, abs=1e-6)
    assert sums.own_wh == pytest.approx(true_own_wh(0, 32 * HOUR_S), rel=0.01)


def test_meter_that_never_comes_back() -> None:
    """Nothing is kept for longer than a day."""
    monitor = feed(started(), 0, 28 * HOUR_S, without=between("pv", 1, 99))
    slots = monitor.state.books.meters["main"].slots
    assert len(slots) < 120
    assert slots[0].end > at(3 * HOUR_S, MIDNIGHT)
    assert_adds_up(added(monitor.ledger.days.values()), waiting_wh(monitor))


def test_counter_that_starts_again() -> None:
    """The time of a reset is unknown, never all or nothing of it."""
    reset_s = 12 * HOUR_S + 120

    def changed(key: str, each: MeterReading) -> MeterReading:
        if key != "grid" or each.time < at(reset_s, MIDNIGHT):
            return each
        assert each.returned_wh is not None
        at_reset = counters()[reset_s // STEP_S]["exported"]
        return replace(each, returned_wh=each.returned_wh - at_reset)

    monitor = feed(started(), 0, DAY_S + HOUR_S, changed=changed)
    sums = today(monitor.ledger).sums
    assert_adds_up(sums)
    assert sums.unsplit_wh == pytest.approx(
        counted("main", 12 * HOUR_S, 12 * HOUR_S + 300)
    )


@pytest.mark.parametrize(("step_wh", "holds_s"), [(1.0, 30), (0.01, 60)])
def test_counters_as_devices_have_them(step_wh: float, holds_s: int) -> None:
    """A counter of whole Wh, or one that moves once a minute, with the power beside."""

    def changed(key: str, each: MeterReading) -> MeterReading:
        second = int((each.time - MIDNIGHT).total_seconds())
        power = powers_w(second)
        power["grid"] = power["main"] + power["rest"] - power["pv"]
        held = reading(key, second - second % holds_s, MIDNIGHT)
        return replace(
            held,
            time=each.time,
            power_w=power[key],
            energy_wh=stepped(held.energy_wh),
            returned_wh=stepped(held.returned_wh),
            holds_back=True,
        )

    def stepped(value_wh: float | None) -> float | None:
        return None if value_wh is None else value_wh // step_wh * step_wh

    summary = today(feed(started(), 0, DAY_S + HOUR_S, changed=changed).ledger)
    assert summary.split_share == pytest.approx(1, abs=0.001)
    assert summary.sums.own_wh == pytest.approx(true_own_wh(0, DAY_S), rel=0.01)


def test_meters_that_only_give_power() -> None:
    """Import and export are told apart by the sign."""

    def changed(key: str, each: MeterReading) -> MeterReading:
        if key == "main":
            return each
        second = int((each.time - MIDNIGHT).total_seconds())
        power = powers_w(second)
        net_w = power["main"] + power["rest"] - power["pv"]
        power_w = net_w if key == "grid" else power["pv"]
        return replace(each, energy_wh=None, returned_wh=None, power_w=power_w)

    monitor = feed(started(), 0, DAY_S + HOUR_S, changed=changed)
    sums = today(monitor.ledger).sums
    assert_adds_up(sums)
    assert sums.own_wh == pytest.approx(true_own_wh(0, DAY_S), rel=0.02)


def test_gap_of_the_heat_pumps_meter() -> None:
    """Its memory moves the electricity between hours; the split stays unknown."""
    monitor = feed(started(), 0, 14 * HOUR_S, without=between("main", 10, 12))
    sums = today(monitor.ledger).sums
    assert_adds_up(sums, waiting_wh(monitor))
    unknown_wh = counted("main", 10 * HOUR_S, 12 * HOUR_S)
    assert sums.unsplit_wh == pytest.approx(unknown_wh)
    (gap,) = monitor.gaps
    first = EnergySpan(gap.start, at(11 * HOUR_S, MIDNIGHT), unknown_wh * 0.8)
    monitor.redistribute(gap, [first])
    hours = monitor.ledger.hours
    for hour, share in ((10, 0.8), (11, 0.2)):
        bucket = hours[at(hour * HOUR_S, MIDNIGHT)]
        assert_adds_up(bucket)
        assert bucket.unsplit_wh == pytest.approx(unknown_wh * share)
    assert_adds_up(today(monitor.ledger).sums, waiting_wh(monitor))


@pytest.mark.parametrize(
    ("day", "length_h"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)]
)
def test_days_when_the_clock_is_changed(day: date, length_h: int) -> None:
    """A day has the sums of its hours, 23 or 25 of them."""
    monitor = started()
    midnight = monitor.ledger.calendar.midnight(day)
    feed(monitor, 0, 27 * HOUR_S, start=midnight)
    sums = monitor.ledger.days[day]
    assert_adds_up(sums)
    assert sums.split_wh == pytest.approx(counted("main", 0, length_h * HOUR_S))
    own_wh = true_own_wh(0, length_h * HOUR_S)
    assert sums.own_wh == pytest.approx(own_wh, rel=0.005)
    hours = monitor.ledger.calendar.hours_of(day)
    assert len(hours) == length_h
    assert added(monitor.ledger.hours[hour] for hour in hours).own_wh == pytest.approx(
        sums.own_wh
    )


@pytest.mark.parametrize("restart_s", [12 * HOUR_S, 12 * HOUR_S + 90, 13 * HOUR_S - 30])
def test_restart(restart_s: int) -> None:
    """Nothing is lost and nothing counted twice, wherever it falls in a slot."""
    straight = feed(started(), 10 * HOUR_S, 15 * HOUR_S)
    monitor = feed(started(), 10 * HOUR_S, restart_s)
    monitor = feed(restarted(monitor), restart_s + STEP_S, 15 * HOUR_S)
    assert monitor.ledger == straight.ledger


@settings(max_examples=10, deadline=None)
@given(
    gaps=st.lists(
        st.tuples(
            st.sampled_from(["main", "grid", "pv"]),
            st.floats(0.1, 8.0),
            st.floats(0.05, 3.0),
        ),
        max_size=5,
    ),
    restart_step=st.integers(1, 8 * HOUR_S // STEP_S),
)
def test_whatever_is_not_read(
    gaps: list[tuple[str, float, float]], restart_step: int
) -> None:
    """Grid, own and unknown electricity always are all electricity; so is the cost."""
    gone = [between(key, 6 + start, 6 + start + long) for key, start, long in gaps]
    monitor = started()
    start_s, end_s, restart_s = 6 * HOUR_S, 16 * HOUR_S, restart_step * STEP_S

    def without(key: str, second: int) -> bool:
        return any(each(key, second) for each in gone)

    feed(monitor, start_s, start_s + restart_s, without=without)
    monitor = restarted(monitor)
    feed(monitor, start_s + restart_s + STEP_S, end_s, without=without)
    for gap in list(monitor.gaps):
        half = gap.start + (gap.end - gap.start) / 2
        monitor.redistribute(gap, [EnergySpan(gap.start, half, gap.energy_wh)])
    days = added(monitor.ledger.days.values())
    assert_adds_up(days, waiting_wh(monitor))
    hours = added(monitor.ledger.hours.values())
    for name in ("own_wh", "split_wh", "unsplit_wh", "cost", "own_cost"):
        assert getattr(hours, name) == pytest.approx(getattr(days, name), abs=1e-6)

"""Alarms about the heat pump itself."""

from collections.abc import Sequence
from datetime import timedelta
import math

from hypothesis import assume, given, settings, strategies as st
import pytest

from custom_components.heatpump_monitor.performance.alarms.board import AlarmKey
from custom_components.heatpump_monitor.performance.effect.result import Estimate
from custom_components.heatpump_monitor.performance.expected.outlook import (
    Outlook,
    Recent,
)
from custom_components.heatpump_monitor.performance.totals.ledger import Bucket
from custom_components.heatpump_monitor.performance.totals.run_log import RunLog
from custom_components.heatpump_monitor.readings import Mode

from .evidence import DAY, HOUR, NOON, House, heating_day, heating_run, reading


def _usual(days: int = 120) -> list[Bucket]:
    """Return days of a winter: warmer and colder weeks, COP as Carnot allows."""
    outside_c = [4 + 8 * math.sin(day / 6) for day in range(days)]
    return [
        heating_day(cop=4 + each / 15, outside_c=each, standby_w=40 + day % 3)
        for day, each in enumerate(outside_c)
    ]


def test_fault_comes_and_goes() -> None:
    """Each code is an alarm of its own, with the time that the unit's clock showed."""
    house = House()
    assert house.check(reading=reading(fault_codes=())) == []
    with_one = reading(
        fault_codes=("F.454",), fault_times={"F.454": "2026-01-15 12:00:00"}
    )
    (event,) = house.events(reading=with_one)
    assert (event.key, event.part, event.change) == ("fault", "F.454", "raised")
    assert event.causes == {"code": "F.454", "local_time": "2026-01-15 12:00:00"}
    both = reading(fault_codes=("F.454", "F.160"))
    assert house.check(reading=both) == [("fault", "F.160", "raised")]
    assert house.check(reading=reading(fault_codes=("F.160",))) == []
    house.now += HOUR
    assert house.check(reading=reading(fault_codes=("F.160",))) == [
        ("fault", "F.454", "cleared")
    ]
    house.now += HOUR
    assert house.check(reading=reading(fault_codes=None)) == []
    assert house.is_raised(AlarmKey.FAULT)


def test_fault_that_the_unit_only_counts() -> None:
    """A number that rises is a fault for a day; the first number is none."""
    house = House()
    assert house.check(reading=reading(fault_counts={"D6": 2})) == []
    (event,) = house.events(reading=reading(fault_counts={"D6": 3}))
    assert (event.key, event.part, event.change) == ("fault_count", "D6", "raised")
    assert event.causes == {"code": "D6", "count": 3.0}
    assert house.check(reading=reading(fault_counts={"D6": 3})) == []
    later = reading(NOON + DAY, fault_counts={"D6": 3})
    assert house.check(reading=later) == [("fault_count", "D6", "cleared")]


@pytest.mark.parametrize(
    ("starts", "hours", "is_cycling"),
    [
        (48, 6.0, True),
        (48, 12.0, True),
        (48, 18.0, False),
        (40, 10.0, False),
        (10, 1.0, False),
    ],
)
def test_short_cycling_is_often_and_short(
    starts: int, hours: float, *, is_cycling: bool
) -> None:
    """Many starts of long runs, or few of short ones, are no cycling."""
    house = House()
    house.live_days([heating_day(starts=starts, hours=hours)] * 3)
    raised = [("short_cycling", "", "raised")] if is_cycling else []
    assert house.check() == raised


def test_short_cycling_takes_three_days_in_a_row() -> None:
    """A calm day in between, or one that was not measured, is no row."""
    cycling, calm = heating_day(starts=48, hours=6), heating_day()
    for days in ([cycling] * 2, [cycling, cycling, calm, cycling]):
        house = House()
        house.live_days(days)
        assert house.check() == []
    house = House()
    house.live_days([cycling] * 4)
    (event,) = house.events()
    assert event.causes == {"starts": 48.0, "minutes": 7.5}
    house.sleep(2)
    assert house.check() == []
    house.live_days([calm], last=house.now.date() - DAY)
    house.sleep(1)
    house.live_days([calm], last=house.now.date() - DAY)
    assert house.check() == [("short_cycling", "", "cleared")]


_CYCLING_DAY = st.tuples(st.integers(24, 60), st.floats(4.0, 11.9))
# In spring it starts often or runs shortly, and no three days in a row do both.
_SPRING_DAY = st.one_of(
    st.tuples(st.integers(1, 23), st.floats(4.0, 60.0)),
    st.tuples(st.integers(24, 47), st.floats(12.1, 23.0)),
    st.tuples(st.integers(48, 60), st.floats(20.1, 23.0)),
)


def _cycles(house: House, days: Sequence[tuple[int, float]]) -> list[str]:
    """Return what happens to the alarm over days of starts of so many minutes."""
    changes: list[str] = []
    for starts, minutes in days:
        day = heating_day(starts=starts, hours=starts * minutes / 60)
        house.live_days([day], house.now.date())
        house.sleep(1)
        changes += [change for key, _, change in house.check() if key != "defrost"]
    return changes


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.tuples(st.lists(_CYCLING_DAY, max_size=2), _SPRING_DAY), max_size=10)
)
def test_spring_is_no_short_cycling(
    weeks: list[tuple[list[tuple[int, float]], tuple[int, float]]],
) -> None:
    """Two bad days at most, then another one: no alarm."""
    days = [day for bad, good in weeks for day in (*bad, good)]
    assert _cycles(House(), days) == []


@settings(deadline=None, max_examples=30)
@given(
    st.lists(_SPRING_DAY, max_size=4),
    st.lists(_CYCLING_DAY, min_size=3, max_size=10),
    _SPRING_DAY,
)
def test_short_cycling_lasts_until_a_day_without(
    before: list[tuple[int, float]],
    bad: list[tuple[int, float]],
    after: tuple[int, float],
) -> None:
    """It is raised once, on the third day, and cleared by the first other one."""
    house = House()
    assert _cycles(house, [*before, *bad[:2]]) == []
    assert _cycles(house, bad[2:]) == ["raised"]
    assert _cycles(house, [after]) == ["cleared"]


def _heater_hours(house: House, hours: int, heater_wh: float, outside_c: float) -> None:
    for ago in range(1, hours + 1):
        bucket = Bucket(
            paired_electricity_wh=1000 + heater_wh,
            paired_s=3600,
            backup_heater_electricity_wh=heater_wh,
            backup_heater_known_s=3600,
            outside_c_s=outside_c * 3600,
            outside_s=3600,
        )
        house.monitor.ledger.hours[house.now - ago * HOUR] = bucket


@pytest.mark.parametrize(
    ("hours", "heater_wh", "outside_c", "is_raised"),
    [
        # It sticks since five hours.
        (5, 2000.0, 5.0, True),
        # A weekly hygiene charge.
        (2, 2500.0, 5.0, False),
        # Much heat, of which it is a little.
        (72, 150.0, 5.0, False),
        (72, 300.0, 5.0, True),
        # The cold explains it.
        (72, 2000.0, -12.0, None),
    ],
)
def test_backup_heater(
    hours: int, heater_wh: float, outside_c: float, *, is_raised: bool | None
) -> None:
    """It takes much, and a large share, in weather that does not need it."""
    house = House()
    _heater_hours(house, hours, heater_wh, outside_c)
    house.check()
    assert house.is_raised(AlarmKey.BACKUP_HEATER) is is_raised


def _recent(index: float, half: float = 0.02, run_hours: float = 60.0) -> Outlook:
    recent = Recent(
        cop=4 * index,
        expected_cop=4.0,
        run_hours=run_hours,
        index=Estimate(index, index - half, index + half),
        share_of_carnot=0.45,
    )
    return Outlook(recent=recent)


def _daily(house: House, *outlooks: Outlook) -> list[str]:
    """Return what happens to the alarm, with a new outlook every day."""
    changes: list[str] = []
    for outlook in outlooks:
        house.sleep(1)
        house.surround(outlook=outlook)
        changes += [change for key, _, change in house.check() if key == "efficiency"]
    return changes


def test_efficiency_in_numbers() -> None:
    """Two days in a row must say so, and two that it is over."""
    house = House()
    low, usual = _recent(0.90), _recent(0.97)
    assert _daily(house, low, usual, low, low) == []
    house.sleep(1)
    (event,) = house.events()
    assert (event.key, event.change) == ("efficiency", "raised")
    assert event.causes == pytest.approx(
        {"index_pct": 90, "cop": 3.6, "expected_cop": 4, "run_hours": 60}
    )
    assert _daily(house, _recent(0.945), usual, low, usual) == []
    assert _daily(house, usual, usual) == ["cleared"]


@given(index=st.floats(0.5, 1.5), half=st.floats(0.005, 0.5), hours=st.floats(0, 300))
def test_efficiency_is_surely_low(index: float, half: float, hours: float) -> None:
    """All of the interval is 5 % below what was expected, in enough run time."""
    assume(abs(index + half - 0.95) > 1e-9)
    house = House()
    _daily(house, *[_recent(index, half, hours)] * 3)
    is_sure = index + half <= 0.95
    assert house.is_raised(AlarmKey.EFFICIENCY) is (is_sure if hours >= 48 else None)


def _learning(house: House, days: Sequence[Bucket]) -> list[str]:
    """Return what happens to the alarm while days are lived, each learned from."""
    changes: list[str] = []
    for day in days:
        house.live_days([day], house.now.date())
        house.sleep(1)
        house.look_out()
        changes += [change for key, _, change in house.check() if key == "efficiency"]
    return changes


def test_less_efficient_days() -> None:
    """15 % are found within ten days, and the alarm ends after the repair."""
    house = House()
    house.live_days(_usual())
    worse = [heating_day(cop=0.85 * each, outside_c=0.0) for each in (4.0, 4.02) * 5]
    assert _learning(house, worse) == ["raised"]
    mended = [heating_day(cop=each, outside_c=0.0) for each in (4.0, 4.02) * 6]
    assert _learning(house, mended) == ["cleared"]


@pytest.mark.parametrize(
    "days",
    [
        # A cold week, with the COP of such weather.
        [heating_day(cop=3.75, outside_c=-3.75)] * 14,
        # As cold as never before: nothing is known of it.
        [heating_day(cop=2.5, outside_c=-20)] * 14,
        # A heating curve that is 4 K lower, with the same share of Carnot's COP.
        [heating_day(cop=4.45, outside_c=2.0, supply_c=31.0)] * 14,
    ],
)
def test_weather_and_settings_are_no_alarm(days: list[Bucket]) -> None:
    """A lower COP may be expected, and a higher one is none."""
    house = House()
    house.live_days(_usual())
    assert _learning(house, days) == []


def test_efficiency_needs_past_and_run_time() -> None:
    """Few days of past, or hardly any heating in two weeks, say nothing."""
    for days in (
        [*_usual(40), *[heating_day(cop=2.0)] * 14],
        [*_usual(), *[heating_day(cop=2.0, hours=3)] * 14],
        [],
    ):
        house = House()
        house.live_days(days)
        house.look_out()
        house.check()
        assert house.is_raised(AlarmKey.EFFICIENCY) is None


def test_standby_power_at_like_temperatures() -> None:
    """A rise is an alarm; more power at rest in the cold is usual."""
    house = House()
    house.live_days([*_usual(), *[heating_day(outside_c=4.0, standby_w=58)] * 7])
    (event,) = house.events()
    assert (event.key, event.change) == ("standby_power", "raised")
    assert event.causes == {"power_w": 58.0, "usual_w": 42.0}

    summer = [heating_day(outside_c=20.0, standby_w=15)] * 60
    autumn = [heating_day(outside_c=12.0, standby_w=40)] * 7
    house = House()
    house.live_days([*summer, *autumn])
    house.check()
    assert house.is_raised(AlarmKey.STANDBY_POWER) is None


def _defrosts(
    house: House, weeks: Sequence[float], outside_c: float = 2.0
) -> list[str]:
    """Return what happens to the alarm over weeks with some shares of defrosts."""
    changes: list[str] = []
    for share in weeks:
        week = [heating_day(defrost_share=share, outside_c=outside_c)] * 7
        house.sleep(7)
        house.live_days(week, house.now.date() - DAY)
        changes += [change for key, _, change in house.check() if key == "defrost"]
    return changes


def test_defrost_share() -> None:
    """Defrosts that take back a sixth of the heat are too many."""
    house = House()
    house.live_days([heating_day(defrost_share=0.17)] * 7)
    (event,) = house.events()
    assert event.key == "defrost"
    assert event.causes == {"share_pct": pytest.approx(17)}


def test_defrosts_hold_and_end() -> None:
    """Between a tenth and a sixth nothing changes; below it is over."""
    house = House()
    assert _defrosts(house, [0.05, 0.14]) == []
    assert _defrosts(house, [0.16, 0.11]) == ["raised"]
    assert _defrosts(house, [0.11]) == []
    assert _defrosts(house, [0.09, 0.14]) == ["cleared"]


@settings(deadline=None, max_examples=30)
@given(st.lists(st.floats(0, 0.149), max_size=10), st.floats(-6.9, 6.9))
def test_a_damp_winter_is_no_alarm(shares: list[float], outside_c: float) -> None:
    """Usual defrosts, however they change, raise nothing."""
    assert _defrosts(House(), shares, outside_c) == []


def test_defrosts_beside_the_frost() -> None:
    """In the mild and in the very cold, and with little heat, nothing is known."""
    for outside_c in (-8.0, 8.0):
        house = House()
        assert _defrosts(house, [0.3], outside_c) == []
        assert house.is_raised(AlarmKey.DEFROST) is None
    house = House()
    house.live_days([heating_day(defrost_share=0.3, hours=1)] * 7)
    house.check()
    assert house.is_raised(AlarmKey.DEFROST) is None


def _runs(delta_ts_k: Sequence[float], thermal_w: float = 6000.0) -> RunLog:
    """Return one run a day, the last of them yesterday."""
    log = RunLog()
    first = NOON - len(delta_ts_k) * DAY
    log.add(
        [
            heating_run(first + day * DAY, delta_t_k=each, thermal_w=thermal_w)
            for day, each in enumerate(delta_ts_k)
        ]
    )
    return log


@pytest.mark.parametrize(
    ("delta_t_k", "change_pct"), [(5.0, None), (6.0, None), (7.0, -28.6), (3.8, 31.6)]
)
def test_flow_out_of_the_usual(delta_t_k: float, change_pct: float | None) -> None:
    """At the same power ΔT tells the flow: a filter clogs, or a valve was opened."""
    house = House()
    runs = _runs([5.0] * 40 + [delta_t_k] * 7)
    events = house.events(runs=runs)
    assert [event.key for event in events] == (["flow"] if change_pct else [])
    if change_pct:
        assert events[0].causes["change_pct"] == pytest.approx(change_pct, abs=0.1)
        assert events[0].causes["usual_delta_t_k"] == pytest.approx(5.0)


def test_another_power_is_not_compared() -> None:
    """With half of the power, half of ΔT is usual."""
    house = House()
    usual = list(_runs([5.0] * 47).runs)[:40]
    log = RunLog()
    log.add([*usual, *_runs([2.5] * 7, thermal_w=3000.0).runs])
    assert house.check(runs=log) == []
    assert house.is_raised(AlarmKey.FLOW) is None


def _charge(house: House, peak_c: float, *, target_c: float = 50.0) -> list[str]:
    """Return the changes of alarms during a charge and after it."""
    changes: list[str] = []
    steps = [(Mode.HOT_WATER, 40.0), (Mode.DEFROST, 41.0), (Mode.HOT_WATER, peak_c)]
    for mode, water_c in [*steps, (Mode.STANDBY, peak_c - 0.5)]:
        house.now += timedelta(minutes=5)
        now = reading(house.now, hot_water_c=water_c, hot_water_target_c=target_c)
        changes += [change for _, _, change in house.check(mode=mode, reading=now)]
    return changes


def test_hot_water_misses_its_target() -> None:
    """Three charges in a row must miss it; one that reaches it ends the alarm."""
    house = House()
    assert [_charge(house, peak_c) for peak_c in (44, 50, 45, 44)] == [[]] * 4
    assert _charge(house, 45) == ["raised"]
    assert _charge(house, 50) == ["cleared"]


def test_the_day_is_judged_once() -> None:
    """Days are worked out once a day, an hour after midnight."""
    house = House()
    house.live_days([heating_day(starts=48, hours=6)] * 2)
    assert house.check() == []
    house.live_days([heating_day(starts=48, hours=6)] * 3)
    assert house.check() == []
    house.now = NOON + 11.9 * HOUR + HOUR
    house.live_days([heating_day(starts=48, hours=6)] * 4, NOON.date())
    assert house.check() == []
    house.now += HOUR
    assert house.check() == [("short_cycling", "", "raised")]

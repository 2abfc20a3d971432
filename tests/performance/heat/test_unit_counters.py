"""The unit's own heat counters: what they put right, and when they are not believed."""

from dataclasses import replace
from datetime import UTC, datetime
from random import Random

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.heatpump_monitor.performance.heat.unit_counters import UnitHeat
from custom_components.heatpump_monitor.performance.segments import Heat, Segment
from custom_components.heatpump_monitor.readings import (
    HeatPumpReading,
    Mode,
    UnitEnergy,
)
from tests.performance.builders import START, at, heating

MOST_WH = 5000.0
HALVES = [
    Segment(start=at(0), end=at(150), mode=Mode.HEATING),
    Segment(start=at(150), end=at(300), mode=Mode.HEATING),
]


def counting(
    seconds: float, heating_wh: float | None, hot_water_wh: float | None = None
) -> HeatPumpReading:
    """Return a reading whose counters stand here, in their steps of 0.1 kWh."""
    energy = UnitEnergy(
        heating_wh=None if heating_wh is None else heating_wh // 100 * 100,
        hot_water_wh=hot_water_wh,
    )
    return replace(heating(seconds), heat=energy)


class Unit:
    """A unit that makes heat, and an estimate that is off by a share."""

    def __init__(self, error: float, start_wh: float = 1_234_567.0) -> None:
        """Begin with the counters seen once."""
        self.error, self.true_wh, self.shown_wh = error, start_wh, start_wh
        self.seconds, self.booked_wh = 0.0, 0.0
        self.heat = UnitHeat()
        self.heat.add(counting(0, start_wh))

    def run(self, heat_wh: float, *, frozen: bool = False) -> Heat | None:
        """Make heat for one interval; return what the counters make of it."""
        self.seconds += 300
        self.true_wh += heat_wh
        if not frozen:
            self.shown_wh = self.true_wh
        sampled = Heat((heat_wh * self.error / 2, heat_wh * self.error / 2))
        counted_wh = self.heat.add(counting(self.seconds, self.shown_wh))
        counted = self.heat.corrected_by_counter(counted_wh, sampled, HALVES, MOST_WH)
        self.booked_wh += (counted or sampled).total_wh
        return counted


@given(error=st.floats(0.7, 1.3), random=st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_sum_follows_the_counters(error: float, random: Random) -> None:
    """However wrong the samples, the sum is the counters'."""
    unit = Unit(error)
    start_wh = unit.true_wh
    for _ in range(300):
        unit.run(random.uniform(0, 600))
    assert unit.booked_wh == pytest.approx(unit.true_wh - start_wh, abs=1500)


def test_right_samples_keep_their_shape() -> None:
    """Coarse steps do not disturb samples that agree with them."""
    unit = Unit(1.0)
    for heat_wh in (20.0, 500.0, 333.0, 0.0, 80.0) * 20:
        counted = unit.run(heat_wh)
        assert counted is not None
        assert counted.total_wh == pytest.approx(heat_wh)


def test_frozen_counters_are_let_go() -> None:
    """Counters that stand still while heat is made are not believed."""
    unit = Unit(1.0)
    believed = [unit.run(400.0, frozen=True) is not None for _ in range(20)]
    assert believed[0]
    assert not any(believed[5:])
    assert unit.booked_wh == pytest.approx(8000)


@pytest.mark.parametrize("error", [0.95, 1.0, 1.05])
def test_counters_that_catch_up_put_the_sum_right(error: float) -> None:
    """A night's standstill, made up for in the morning, counts once."""
    unit = Unit(error)
    start_wh = unit.true_wh
    for night in range(10):
        for _ in range(30):
            unit.run(300.0, frozen=night % 2 == 0)
    assert unit.booked_wh == pytest.approx(unit.true_wh - start_wh, abs=1500)


def test_counters_that_lost_a_standstill_do_not_take_it_back() -> None:
    """Counters that go on from where they stood have lost heat, not we."""
    unit = Unit(1.0)
    for _ in range(30):
        unit.run(300.0, frozen=True)
    lost_wh = unit.true_wh - unit.shown_wh
    unit.true_wh -= lost_wh
    for _ in range(30):
        unit.run(300.0)
    assert unit.booked_wh == pytest.approx(18_000, abs=600)


def test_defrost_is_not_undone_by_a_counter_that_only_waits() -> None:
    """A counter that pauses after a defrost agrees with the net heat."""
    unit = Unit(1.0)
    for _ in range(20):
        for heat_wh in (400.0, -250.0, 400.0):
            shown_wh = unit.shown_wh
            unit.run(heat_wh, frozen=unit.true_wh + heat_wh < shown_wh)
            unit.shown_wh = max(shown_wh, unit.true_wh)
    assert unit.booked_wh == pytest.approx(20 * 550, abs=1)


def test_new_year_starts_the_counters_anew() -> None:
    """Counters of the year that start again are no heat, and no standstill."""
    heat = UnitHeat()
    heat.add(counting(0, 9_000_000, 2_000_000))
    assert heat.add(counting(300, 0, 0)) is None
    assert heat.add(counting(600, 400, 0)) == pytest.approx(400)


NEW_YEAR_S = (datetime(2026, 12, 31, 23, tzinfo=UTC) - START).total_seconds()
"""Midnight in Berlin."""


@pytest.mark.parametrize(
    ("last_year", "counted_wh"),
    [
        # A quarter past midnight shows 0.3 and 0.4 kWh.
        (UnitEnergy(heating_wh=9_000_500, hot_water_wh=2_000_100), 1300.0),
        # It is that of the year before, still.
        (UnitEnergy(heating_wh=8_000_000, hot_water_wh=1_900_000), None),
        (UnitEnergy(heating_wh=9_900_000, hot_water_wh=2_000_100), None),
        (UnitEnergy(heating_wh=9_000_500), None),
        (None, None),
    ],
)
def test_the_old_year_is_counted_to_its_end(
    last_year: UnitEnergy | None, counted_wh: float | None
) -> None:
    """Where the unit tells what the old year came to, nothing of it is lost."""
    heat = UnitHeat()
    heat.add(counting(NEW_YEAR_S - 900, 9_000_000, 2_000_000))
    after = counting(NEW_YEAR_S + 900, 300, 400)
    assert heat.add(replace(after, heat_last_year=last_year)) == counted_wh
    later = counting(NEW_YEAR_S + 1800, 500, 400)
    assert heat.add(replace(later, heat_last_year=last_year)) == 200


@pytest.mark.parametrize(
    ("expected", "counted_wh"), [(True, 3_500_000.0), (False, None)]
)
def test_a_new_year_may_count_more_than_the_old(
    expected: bool, counted_wh: float | None
) -> None:
    """A higher value after months is no difference if the year ended meanwhile."""
    heat = UnitHeat()
    heat.add(counting(NEW_YEAR_S - 40 * 86_400, 1_000_000))
    after = counting(NEW_YEAR_S + 60 * 86_400, 3_000_000)
    last_year = UnitEnergy(heating_wh=1_500_000) if expected else None
    assert heat.add(replace(after, heat_last_year=last_year)) == counted_wh


def test_counters_reset_in_summer_are_no_new_year() -> None:
    """What the last year came to says nothing of a reset amid the year."""
    heat = UnitHeat()
    heat.add(counting(0, 500_000, 100_000))
    last_year = UnitEnergy(heating_wh=501_000, hot_water_wh=101_000)
    days_later_s = 60 * 86_400
    reset = replace(counting(days_later_s, 0, 0), heat_last_year=last_year)
    assert heat.add(reset) is None


def test_missing_counter_is_not_zero() -> None:
    """A counter that is missing for once makes the interval unknown."""
    heat = UnitHeat()
    assert heat.add(counting(0, 5000, 1000)) is None
    assert heat.add(counting(300, None, 1000)) is None
    assert heat.add(counting(600, 5200, 1000)) == pytest.approx(200)


def test_heat_while_the_counters_were_missing_counts_once() -> None:
    """What the samples told meanwhile is not made up for by the counters."""
    unit = Unit(1.0)
    for place in range(60):
        if place % 10 < 5:
            unit.run(400.0)
            continue
        unit.seconds += 300
        unit.true_wh += 400.0
        unit.heat.add(replace(heating(unit.seconds), heat=None))
        assert (
            unit.heat.corrected_by_counter(None, Heat((200.0, 200.0)), HALVES, MOST_WH)
            is None
        )
        unit.booked_wh += 400.0
    assert unit.booked_wh == pytest.approx(60 * 400.0, abs=1)


@pytest.mark.parametrize(
    ("counted_wh", "electricity_wh", "heat"),
    [
        (4000.0, 1000.0, Heat((3000.0, 1000.0))),
        (None, 1000.0, None),
        (4000.0, None, None),
        # Frozen: the meter saw it work for a kilowatt-hour.
        (0.0, 1000.0, None),
        # A correction that comes days late.
        (90_000.0, 1000.0, None),
        (0.0, 50.0, Heat((0.0, 0.0))),
    ],
)
def test_a_gap_is_closed_only_by_plausible_counters(
    counted_wh: float | None, electricity_wh: float | None, heat: Heat | None
) -> None:
    """Frozen counters and late corrections are no heat of a gap."""
    unit = UnitHeat()
    assert unit.across_gap(counted_wh, electricity_wh, (3.0, 1.0), ran=True) == heat


def test_a_long_standstill_is_made_up_for_whole() -> None:
    """Counters that catch up after a day have had that day's time to count."""
    unit = Unit(0.9)
    start_wh = unit.true_wh
    for place in range(600):
        unit.run(300.0, frozen=200 <= place < 500)
    assert unit.booked_wh == pytest.approx(unit.true_wh - start_wh, abs=1500)


def test_frozen_counters_alone_leave_the_time_unpaired() -> None:
    """Where nothing else tells the heat, a standstill at work is not zero heat."""
    unit = UnitHeat()
    heats = [unit.across_gap(0.0, 60.0, (1.0, 1.0), ran=True) for _ in range(20)]
    assert heats[0] == Heat((0.0, 0.0))
    assert set(heats[5:]) == {None}
    assert unit.across_gap(4800.0, 60.0, (1.0, 1.0), ran=True) is None
    assert unit.across_gap(200.0, 60.0, (1.0, 1.0), ran=True) == Heat((100.0, 100.0))


def test_standby_for_days_is_no_standstill() -> None:
    """Counters of a resting unit have nothing to count."""
    unit = UnitHeat()
    for _ in range(1000):
        assert unit.across_gap(0.0, 1.0, (1.0, 1.0), ran=False) == Heat((0.0, 0.0))


def test_cold_is_left_out_of_the_discipline() -> None:
    """Counters that count no cold say nothing of it, and add none of it back."""
    cooling = [replace(segment, mode=Mode.COOLING) for segment in HALVES]
    unit = Unit(1.0)
    for _ in range(60):
        unit.seconds += 300
        counted_wh = unit.heat.add(counting(unit.seconds, unit.shown_wh))
        cold = Heat((-100.0, -100.0))
        assert (
            unit.heat.corrected_by_counter(counted_wh, cold, cooling, MOST_WH) == cold
        )
    assert unit.run(400.0) == Heat((200.0, 200.0))

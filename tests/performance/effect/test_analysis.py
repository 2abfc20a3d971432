"""The verdict on a change, and what is missing for one."""

from dataclasses import replace
from datetime import date, timedelta
from math import log

import pytest

from benchmarks.daily_model import CHANGE_DAY, House, Winter, lived
from custom_components.heatpump_monitor.performance.effect.analysis import analyse
from custom_components.heatpump_monitor.performance.effect.days import LEAST_AFTER
from custom_components.heatpump_monitor.performance.effect.result import (
    ChangeMoment,
    Effect,
    Excluded,
    Lack,
    Touched,
    Verdict,
)
from custom_components.heatpump_monitor.performance.plant import SourceKind
from custom_components.heatpump_monitor.time_units import DAY

CALM = House(scatter=0.01)


def _effect(winter: Winter, today: date | None = None, *others: ChangeMoment) -> Effect:
    return analyse(
        winter.ledger,
        ChangeMoment(winter.change_time, Touched.HEATING),
        others,
        today or winter.today,
        source=SourceKind.AIR,
        price_per_kwh=0.25,
    )


@pytest.mark.parametrize(
    ("slope_after", "verdict"),
    [
        (0.8, Verdict.BETTER),
        (1.2, Verdict.WORSE),
        (1.0, Verdict.NO_VISIBLE_EFFECT),
    ],
)
def test_verdict(slope_after: float, verdict: Verdict) -> None:
    """A lowered curve is better, a raised one worse, and the same one neither."""
    effect = _effect(lived(replace(CALM, slope_after=slope_after), 1))
    assert effect.verdict is verdict
    assert (effect.lack, effect.days_needed) == (None, None)
    assert effect.figures is not None
    assert effect.yearly is not None
    assert effect.yearly.saved_money is not None
    saved = effect.yearly.saved_money.value
    assert saved == pytest.approx(effect.yearly.saved_kwh.value / 4)
    ratio = effect.figures.cop.change.value
    assert (saved > 0) == (ratio > 1)
    assert effect.touched is Touched.HEATING
    assert (effect.before.used, effect.after.used) == (
        effect.before.used,
        60 - effect.after.excluded.get(Excluded.OTHER_WEATHER, 0),
    )


def test_too_few_days_after() -> None:
    """Two weeks are needed at least; how many more is said, and becomes fewer."""
    winter = lived(CALM, 2)
    effect = _effect(winter, CHANGE_DAY + 7 * DAY)
    assert (effect.verdict, effect.lack) == (Verdict.NOT_ENOUGH_DATA, Lack.DAYS_AFTER)
    assert (effect.figures, effect.yearly) == (None, None)
    assert effect.days_needed is not None
    assert effect.days_needed >= LEAST_AFTER - effect.after.used
    later = _effect(winter, CHANGE_DAY + 11 * DAY).days_needed
    assert later is not None
    assert later < effect.days_needed


def test_no_days_after_yet() -> None:
    """On the day of the change it is already known how long it will take."""
    effect = _effect(lived(CALM, 2), CHANGE_DAY)
    assert effect.after.used == 0
    assert effect.days_needed is not None
    assert LEAST_AFTER <= effect.days_needed < 60


def test_scattered_days_need_more() -> None:
    """With a wide interval there are figures, no verdict, and about the days needed."""
    house = House(scatter=0.04, correlation=0.5)
    ratios = list[float]()
    for seed in range(8):
        winter = lived(house, seed, after=130)
        effect = _effect(winter, CHANGE_DAY + 32 * DAY)
        if effect.verdict is not Verdict.NOT_ENOUGH_DATA:
            continue
        assert effect.figures is not None
        assert effect.lack is Lack.DAYS_AFTER
        assert effect.days_needed is not None
        later = _effect(winter, CHANGE_DAY + timedelta(32 + effect.days_needed))
        assert later.figures is not None
        cop = later.figures.cop.change
        ratios.append(log(cop.high / cop.low) / 2 / log(1.05))
    # Half of the interval then, over the 5 % that it was to be.
    assert len(ratios) >= 3
    assert sorted(ratios)[len(ratios) // 2] == pytest.approx(1, abs=0.3)


def test_too_few_days_before() -> None:
    """Days before a change do not become more, so that no number of days helps."""
    effect = _effect(lived(CALM, 3, before=15))
    assert (effect.verdict, effect.lack) == (Verdict.NOT_ENOUGH_DATA, Lack.DAYS_BEFORE)
    assert effect.days_needed is None
    effect = _effect(lived(House(scatter=0.3, correlation=0.8), 3, before=21))
    assert (effect.verdict, effect.lack) == (Verdict.NOT_ENOUGH_DATA, Lack.DAYS_BEFORE)
    assert effect.figures is not None
    assert effect.days_needed is None


def test_next_change_ends_it() -> None:
    """After the next change no more days will come."""
    winter = lived(CALM, 4)
    following = ChangeMoment(winter.change_time + timedelta(10), Touched.BOTH)
    effect = _effect(winter, None, following)
    assert (effect.verdict, effect.lack) == (Verdict.NOT_ENOUGH_DATA, Lack.NEXT_CHANGE)
    assert effect.days_needed is None
    assert effect.together_with == ()


def test_other_weather() -> None:
    """A summer after the change cannot be compared with the winter before it."""
    winter = lived(CALM, 5)
    for day, bucket in winter.ledger.days.items():
        if day > CHANGE_DAY:
            bucket.outside_c_s += 25 * bucket.outside_s
    effect = _effect(winter)
    assert (effect.verdict, effect.lack) == (Verdict.NOT_ENOUGH_DATA, Lack.SAME_WEATHER)
    assert effect.after.excluded[Excluded.OTHER_WEATHER] > 50


def test_changes_together() -> None:
    """What was tried within a week has one effect, and the result says so."""
    winter = lived(replace(CALM, slope_after=0.8), 6)
    second = ChangeMoment(winter.change_time + timedelta(2), Touched.HEATING)
    effect = _effect(winter, None, second)
    assert effect.verdict is Verdict.BETTER
    assert effect.together_with == (second.time,)


def test_no_ledger() -> None:
    """A heat pump that was just set up has no days."""
    winter = lived(CALM, 7)
    winter.ledger.days.clear()
    effect = _effect(winter)
    assert (effect.verdict, effect.lack) == (Verdict.NOT_ENOUGH_DATA, Lack.DAYS_BEFORE)

"""Which days are compared, and which are counted as excluded."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from benchmarks.daily_model import bucket_of
from custom_components.heatpump_monitor.performance.effect.days import (
    Selection,
    select_days,
)
from custom_components.heatpump_monitor.performance.effect.result import (
    ChangeMoment,
    Excluded,
    Touched,
)
from custom_components.heatpump_monitor.performance.plant import HeatMethod, SourceKind
from custom_components.heatpump_monitor.performance.totals.calendar import Calendar
from custom_components.heatpump_monitor.performance.totals.ledger import Bucket, Ledger
from custom_components.heatpump_monitor.readings import Mode
from custom_components.heatpump_monitor.time_units import DAY

CHANGE_DAY = date(2026, 1, 15)
TODAY = date(2026, 2, 15)
FIRST = date(2025, 11, 16)
BEFORE = (CHANGE_DAY - FIRST).days
AFTER = (TODAY - CHANGE_DAY).days - 2
SATURDAY = 5
TRANSITION = {Excluded.TRANSITION: 2}


def _at(day: date, hour: int = 12) -> datetime:
    return datetime.combine(day, time(hour), UTC)


def _change(day: date = CHANGE_DAY, touched: Touched = Touched.HEATING) -> ChangeMoment:
    return ChangeMoment(_at(day), touched)


def _ledger() -> Ledger:
    """Return a ledger of days between 0 and 4 °C."""
    ledger = Ledger(Calendar(ZoneInfo("Europe/Berlin")))
    for number in range((TODAY - FIRST).days):
        ledger.days[FIRST + number * DAY] = bucket_of(number % 5, 10.0, 40.0)
    return ledger


def _selected(
    ledger: Ledger, *others: ChangeMoment, source: SourceKind | None = None
) -> Selection:
    return select_days(ledger, _change(), others, TODAY, source)


def test_days_around_a_change() -> None:
    """All days but today and the transition are compared."""
    chosen = _selected(_ledger())
    assert (chosen.side_before.used, chosen.side_after.used) == (BEFORE, AFTER)
    assert chosen.side_before.excluded == {}
    assert chosen.side_after.excluded == TRANSITION
    assert chosen.side_before.first == FIRST
    assert chosen.side_before.last == CHANGE_DAY - DAY
    assert chosen.side_after.first == CHANGE_DAY + 2 * DAY
    assert chosen.side_after.last == TODAY - DAY
    assert chosen.change_day == CHANGE_DAY


def test_day_of_the_change_is_local() -> None:
    """A change at half past eleven at night in UTC is one of the next day in Berlin."""
    change = ChangeMoment(_at(CHANGE_DAY - DAY, 23), Touched.HEATING)
    assert select_days(_ledger(), change, [], TODAY).change_day == CHANGE_DAY


def test_at_most_a_year() -> None:
    """Of years before the change, the last one is compared."""
    ledger = _ledger()
    for number in range(800):
        ledger.days[FIRST - number * DAY] = bucket_of(number % 5, 10.0, 40.0)
    chosen = _selected(ledger)
    assert chosen.side_before.used == 365
    assert chosen.side_before.first == CHANGE_DAY - timedelta(365)
    chosen = select_days(ledger, _change(FIRST - timedelta(700)), [], TODAY)
    assert chosen.side_after.used == 365


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda _: None, Excluded.LOW_COVERAGE),
        (lambda _: bucket_of(2, 10, 40, seconds=70_000), Excluded.LOW_COVERAGE),
        (lambda _: bucket_of(2, 0.4, 1.6), Excluded.LITTLE_ENERGY),
        (lambda _: bucket_of(2, 10, 40, mode=Mode.HOT_WATER), Excluded.LITTLE_ENERGY),
        (lambda _: bucket_of(2, 3, 13), Excluded.UNUSUAL),
        (lambda _: bucket_of(9, 10, 40), Excluded.OTHER_WEATHER),
        (lambda _: bucket_of(2, 9, 40, method=HeatMethod.FLOW), Excluded.OTHER_METHOD),
    ],
)
def test_excluded(spoil: Callable[[date], Bucket | None], reason: Excluded) -> None:
    """A day that shows something else is left out and counted, on either side."""
    for day, side in ((CHANGE_DAY - 9 * DAY, 0), (CHANGE_DAY + 9 * DAY, 1)):
        ledger = _ledger()
        ledger.days.pop(day)
        if (bucket := spoil(day)) is not None:
            ledger.days[day] = bucket
        chosen = _selected(ledger)
        counts = chosen.side_before, chosen.side_after
        expected = [{}, TRANSITION]
        expected[side] = expected[side] | {reason: 1}
        assert [dict(each.excluded) for each in counts] == expected
        days = {each.day for each in (*chosen.before, *chosen.after)}
        assert day not in days
        assert len(days) == BEFORE + AFTER - 1


def test_day_without_outside_temperature() -> None:
    """A mean over an hour is not that of the day."""
    ledger = _ledger()
    ledger.days[CHANGE_DAY - DAY].outside_s = 3600
    assert _selected(ledger).side_before.excluded == {Excluded.LOW_COVERAGE: 1}


def test_short_day_is_complete() -> None:
    """A day of 23 hours may have 23 hours."""
    ledger = Ledger(Calendar(ZoneInfo("Europe/Berlin")))
    short, change = date(2026, 3, 29), date(2026, 4, 10)
    for number in range(40):
        day = date(2026, 3, 15) + number * DAY
        ledger.days[day] = bucket_of(number % 5, 10.0, 40.0)
    ledger.days[short] = bucket_of(2, 10.0, 40.0, seconds=0.95 * 23 * 3600)
    chosen = select_days(ledger, _change(change), [], date(2026, 4, 24))
    assert short in {each.day for each in chosen.before}


def test_other_boundary() -> None:
    """Days on which other electricity was metered are left out."""
    ledger = _ledger()
    for day, bucket in ledger.days.items():
        key = "H2" if day < CHANGE_DAY - 30 * DAY else "H4"
        bucket.boundaries[key] = (1.0, 4.0, 1.0)
    chosen = _selected(ledger)
    assert chosen.side_before.used == 30
    assert chosen.side_before.excluded == {Excluded.OTHER_METHOD: BEFORE - 30}


def test_brine_temperature() -> None:
    """Days without it are left out only if the heat pump usually shows it."""
    ledger = _ledger()
    for number, day in enumerate(ledger.days):
        source_in_c = None if number % 10 == 0 else 5.0
        ledger.days[day] = bucket_of(number % 5, 10, 40, source_in_c=source_in_c)
    without = len([day for day in range(BEFORE) if day % 10 == 0])
    chosen = _selected(ledger, source=SourceKind.BRINE)
    assert chosen.side_before.excluded == {Excluded.LOW_COVERAGE: without}
    assert _selected(ledger, source=SourceKind.AIR).side_before.used == BEFORE
    for day in ledger.days:
        ledger.days[day] = bucket_of(day.toordinal() % 5, 10, 40)
    assert _selected(ledger, source=SourceKind.BRINE).side_before.used == BEFORE


def _with_disinfections(ledger: Ledger) -> Ledger:
    """Return days of 2 kWh for hot water, give or take, and 3 kWh on Saturdays."""
    for number, day in enumerate(ledger.days):
        kwh = 3.0 if day.weekday() == SATURDAY else 2.0 + number % 5 / 10
        ledger.days[day] = bucket_of(number % 5, kwh, 7.0, mode=Mode.HOT_WATER)
    return ledger


def test_disinfections_are_not_compared() -> None:
    """Of hot water, the weekday is left out on which the backup heater heats it."""
    hot_water = _change(touched=Touched.HOT_WATER)
    chosen = select_days(_with_disinfections(_ledger()), hot_water, [], TODAY)
    assert chosen.side_before.excluded == {Excluded.DISINFECTION: 8}
    assert chosen.side_after.excluded == TRANSITION | {Excluded.DISINFECTION: 5}
    assert chosen.disinfection_weekdays == {SATURDAY}
    days = {each.day.weekday() for each in (*chosen.before, *chosen.after)}
    assert days == {0, 1, 2, 3, 4, 6}


def test_change_does_not_choose_the_days() -> None:
    """A weekday that takes more only after the change is what the change did."""
    ledger = _with_disinfections(_ledger())
    for day in ledger.days:
        if day < CHANGE_DAY:
            ledger.days[day] = bucket_of(2, 2 + day.day % 5, 7, mode=Mode.HOT_WATER)
    hot_water = _change(touched=Touched.HOT_WATER)
    chosen = select_days(ledger, hot_water, [], TODAY)
    assert chosen.disinfection_weekdays == set()
    assert Excluded.DISINFECTION not in chosen.side_after.excluded


def test_few_days_show_no_disinfection() -> None:
    """Three Saturdays may be those of three baths; heating has none at all."""
    ledger = _with_disinfections(_ledger())
    for day in [*ledger.days]:
        if day < CHANGE_DAY - 25 * DAY:
            del ledger.days[day]
    hot_water = _change(touched=Touched.HOT_WATER)
    assert not select_days(ledger, hot_water, [], TODAY).disinfection_weekdays
    both = _change(touched=Touched.BOTH)
    whole = _with_disinfections(_ledger())
    assert not select_days(whole, both, [], TODAY).disinfection_weekdays


def test_other_changes_end_the_sides() -> None:
    """Days under another setting are not compared; other modes do not matter."""
    other_before, other_after = CHANGE_DAY - 20 * DAY, CHANGE_DAY + 15 * DAY
    chosen = _selected(
        _ledger(),
        _change(other_before, Touched.BOTH),
        _change(other_after),
        _change(CHANGE_DAY - 10 * DAY, Touched.HOT_WATER),
    )
    assert chosen.together_with == ()
    assert chosen.side_before.first == other_before + 2 * DAY
    assert chosen.side_before.excluded == {Excluded.OTHER_CHANGE: BEFORE - 18}
    assert chosen.side_after.last == other_after - DAY
    assert chosen.side_after.excluded == {
        Excluded.TRANSITION: 2,
        Excluded.OTHER_CHANGE: AFTER - 13,
    }


def test_changes_within_a_week_belong_together() -> None:
    """Values tried one after the other are one change, from the first to the last."""
    others = [_change(CHANGE_DAY + number * DAY) for number in (-6, -12, 4)]
    chosen = _selected(_ledger(), *others)
    assert chosen.together_with == tuple(sorted(each.time for each in others))
    assert chosen.change_day == CHANGE_DAY - 12 * DAY
    assert chosen.side_before.used == BEFORE - 12
    assert chosen.side_after.first == CHANGE_DAY + 6 * DAY
    assert chosen.side_after.excluded == {Excluded.TRANSITION: 18}


@pytest.mark.parametrize(
    ("days", "before", "after"),
    [(-3, BEFORE - 1, 0), (0, BEFORE, 0), (3, 0, AFTER - 1)],
)
def test_change_of_the_measuring(days: int, before: int, after: int) -> None:
    """Nothing compares across one, within a week either."""
    other = ChangeMoment(_at(CHANGE_DAY + days * DAY, 13), of_measuring=True)
    chosen = _selected(_ledger(), other)
    assert chosen.together_with == ()
    cut = [
        side.excluded.get(Excluded.OTHER_CHANGE, 0)
        for side in (chosen.side_before, chosen.side_after)
    ]
    assert cut == [before, after]


def test_nothing_yet() -> None:
    """A change of today, or before anything was counted, has no days."""
    ledger = _ledger()
    chosen = select_days(ledger, _change(TODAY), [], TODAY)
    assert (chosen.side_after.used, chosen.side_after.excluded) == (0, {})
    assert chosen.side_after.first is None
    chosen = select_days(ledger, _change(FIRST - 9 * DAY), [], TODAY)
    assert (chosen.side_before.used, chosen.side_before.excluded) == (0, {})
    assert _selected(Ledger(Calendar(UTC))).side_before.used == 0

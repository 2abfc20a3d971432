"""The calendar in equal parts: hours, days, weeks, months and years."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from custom_components.heatpump_monitor.performance.totals.calendar import Calendar
from custom_components.heatpump_monitor.performance.totals.ledger import (
    Bucket,
    Ledger,
    ModeSums,
)
from custom_components.heatpump_monitor.performance.totals.series import (
    Frame,
    Point,
    hours_of,
    series,
)
from custom_components.heatpump_monitor.readings import Mode

BERLIN = ZoneInfo("Europe/Berlin")
KOLKATA = ZoneInfo("Asia/Kolkata")
HOUR = timedelta(hours=1)
# An hour after a local midnight in winter.
SINCE = datetime(2026, 1, 15, 0, tzinfo=UTC)
UNTIL = SINCE + timedelta(days=60)


def hourly(since: datetime = SINCE, until: datetime = UNTIL) -> Ledger:
    """Return a ledger that knows 1 kWh and 4 kWh of heat for every hour."""
    ledger = Ledger(Calendar(BERLIN), since=since)
    hour = since
    while hour < until:
        ledger.book(
            hour,
            Bucket(
                electricity_wh=1000,
                metered_s=3600,
                paired_electricity_wh=1000,
                heat_wh=4000,
                paired_s=3600,
                outside_c_s=3600 * 5.0,
                outside_s=3600,
                modes={Mode.HEATING: ModeSums(1000, 4000, 3600)},
            ),
        )
        hour += HOUR
    return ledger


def starts(points: list[Point]) -> list[str]:
    """Return when the points start, as the household writes it."""
    return [point.start.isoformat() for point in points]


def test_day_in_hours() -> None:
    """Each hour has all that is known of it, and its local time."""
    points = series(hourly(), Frame.DAY, date(2026, 1, 16), UNTIL)
    assert len(points) == 24
    assert points[0] == Point(
        start=datetime(2026, 1, 16, tzinfo=BERLIN),
        electricity_kwh=1.0,
        own_electricity_kwh=None,
        paired_electricity_kwh=1.0,
        heat_kwh=4.0,
        cop=4.0,
        coverage=1.0,
        outside_c=5.0,
        heat_by_mode_kwh={Mode.HEATING: 4.0},
    )
    assert points[0].start.isoformat() == "2026-01-16T00:00:00+01:00"


@pytest.mark.parametrize(
    ("day", "hours", "second_to_fourth"),
    [
        (
            date(2026, 3, 29),
            23,
            ["01:00:00+01:00", "03:00:00+02:00", "04:00:00+02:00"],
        ),
        (
            date(2026, 10, 25),
            25,
            ["01:00:00+02:00", "02:00:00+02:00", "02:00:00+01:00"],
        ),
    ],
)
def test_days_on_which_the_clock_is_changed(
    day: date, hours: int, second_to_fourth: list[str]
) -> None:
    """They have as many hours as they last."""
    points = series(Ledger(Calendar(BERLIN)), Frame.DAY, day, UNTIL)
    assert len(points) == hours
    assert [start[11:] for start in starts(points)[1:4]] == second_to_fourth


def test_hours_where_the_clock_is_off_by_half_an_hour() -> None:
    """A day in India has 24 hours that begin on it."""
    ledger = Ledger(Calendar(KOLKATA))
    hours = hours_of(ledger, date(2026, 1, 16))
    assert len(hours) == 24
    assert hours[0] == datetime(2026, 1, 15, 19, tzinfo=UTC)
    assert {ledger.calendar.local_day(hour) for hour in hours} == {date(2026, 1, 16)}


def test_time_before_the_account_and_to_come_is_not_known() -> None:
    """It is there, with nothing in it: never 0."""
    before, after = series(
        hourly(until=SINCE + 2 * HOUR), Frame.DAY, date(2026, 1, 15), SINCE + 2 * HOUR
    )[::3][0:2]
    for point in (before, after):
        assert point.electricity_kwh is None
        assert point.heat_kwh is None
        assert point.cop is None
        assert point.coverage is None
        assert point.outside_c is None
        assert point.heat_by_mode_kwh == {}


def test_gap_is_not_covered() -> None:
    """Time that went by without a reading is known to be a gap."""
    ledger = hourly(until=SINCE + HOUR)
    points = series(ledger, Frame.DAY, date(2026, 1, 15), SINCE + 3 * HOUR)
    assert [point.coverage for point in points[:5]] == [None, 1.0, 0.0, 0.0, None]
    assert points[2].electricity_kwh is None


def test_hours_that_were_let_go_are_no_gap() -> None:
    """Of how much of them was covered, nothing is known any more."""
    until = SINCE + timedelta(days=410)
    ledger = hourly(until=until)
    points = series(ledger, Frame.DAY, date(2026, 1, 16), until)
    assert {point.electricity_kwh for point in points} == {None}
    assert {point.coverage for point in points} == {None}
    days = series(ledger, Frame.MONTH, date(2026, 1, 16), until)
    assert days[15].electricity_kwh == 24.0


def test_electricity_without_heat() -> None:
    """What was metered is told; what was not paired has no heat and no COP."""
    ledger = Ledger(Calendar(BERLIN), since=SINCE)
    ledger.book(SINCE, Bucket(electricity_wh=500, metered_s=3600))
    point = series(ledger, Frame.DAY, date(2026, 1, 15), UNTIL)[1]
    assert point.electricity_kwh == 0.5
    assert (point.paired_electricity_kwh, point.heat_kwh, point.cop) == (None,) * 3


def test_month_in_days() -> None:
    """The day of the time change has one kWh less."""
    ledger = hourly(
        datetime(2026, 2, 28, 23, tzinfo=UTC), datetime(2026, 4, 2, tzinfo=UTC)
    )
    points = series(ledger, Frame.MONTH, date(2026, 3, 17), UNTIL + timedelta(days=60))
    assert len(points) == 31
    assert starts(points)[0] == "2026-03-01T00:00:00+01:00"
    assert starts(points)[-1] == "2026-03-31T00:00:00+02:00"
    assert [point.electricity_kwh for point in points[27:30]] == [24.0, 23.0, 24.0]


@pytest.mark.parametrize(
    ("day", "firsts"),
    [
        # A Sunday, so that the first week is one day.
        (date(2026, 3, 20), [1, 2, 9, 16, 23, 30]),
        # A Monday, in a month of exactly four weeks.
        (date(2027, 2, 28), [1, 8, 15, 22]),
    ],
)
def test_month_in_weeks(day: date, firsts: list[int]) -> None:
    """Weeks begin on Mondays, and those at the ends are cut to the month."""
    points = series(Ledger(Calendar(BERLIN)), Frame.MONTH_WEEKS, day, UNTIL)
    assert [point.start.day for point in points] == firsts
    assert {point.start.month for point in points} == {day.month}


def test_weeks_of_a_month_make_the_month() -> None:
    """No day is counted twice, and none is left out."""
    ledger = hourly(
        datetime(2026, 2, 28, 23, tzinfo=UTC), datetime(2026, 4, 2, tzinfo=UTC)
    )
    until = UNTIL + timedelta(days=60)
    weeks = series(ledger, Frame.MONTH_WEEKS, date(2026, 3, 1), until)
    total_kwh = sum(week.electricity_kwh or 0 for week in weeks)
    assert total_kwh == 31 * 24 - 1


def test_year_in_months() -> None:
    """Twelve of them; those to come are not known, the first is not fully covered."""
    points = series(hourly(), Frame.YEAR, date(2026, 5, 5), UNTIL)
    assert [point.start.month for point in points] == list(range(1, 13))
    known = [point.start.month for point in points if point.electricity_kwh]
    assert known == [1, 2, 3]
    covered = pytest.approx(17 / 31, abs=0.01)
    assert [points[index].coverage for index in (0, 1, 3)] == [covered, 1.0, None]


def test_all_in_years() -> None:
    """From the year of the first reading to the year it is now."""
    until = datetime(2027, 2, 1, tzinfo=UTC)
    points = series(hourly(), Frame.ALL, date(2020, 1, 1), until)
    assert starts(points) == ["2026-01-01T00:00:00+01:00", "2027-01-01T00:00:00+01:00"]
    assert points[0].electricity_kwh == 60 * 24
    assert points[1].electricity_kwh is None


def test_all_of_nothing() -> None:
    """An account without a reading has no years."""
    assert series(Ledger(Calendar(BERLIN)), Frame.ALL, date(2026, 1, 1), UNTIL) == []

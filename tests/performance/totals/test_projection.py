"""What a year will come to, reckoned by hand and for houses that are known."""

from calendar import monthrange
from collections.abc import Iterable
from copy import replace
from datetime import UTC, date, timedelta
from math import hypot, sqrt

from hypothesis import given, strategies as st
import pytest

from custom_components.heatpump_monitor.performance.totals.calendar import Calendar
from custom_components.heatpump_monitor.performance.totals.ledger import Bucket, Ledger
from custom_components.heatpump_monitor.performance.totals.projection import (
    Basis,
    DayFigures,
    Projection,
    complete_days,
    measured_this_year_wh,
    project_year,
)

BASE_WH = 5000.0
SLOPE_WH = 1000.0
# Degree days of the months of a standard year with 2000 of them.
MONTHS = (340, 300, 260, 160, 80, 80 / 3, 80 / 3, 80 / 3, 60, 160, 240, 320)
JUNE_30 = date(2026, 6, 30)
# July to December of the standard year, by hand: 184 days.
REST = 2 * 40 / 3000 + 0.03 + 0.08 + 0.12 + 0.16


def _day(day: date, cold: float, *, extra_wh: float = 0.0) -> DayFigures:
    """Return a day with some degree days, of a house that follows a line."""
    return DayFigures(day, BASE_WH + SLOPE_WH * cold + extra_wh, 15 - cold)


def _standard(first: date, last: date) -> list[DayFigures]:
    """Return the days of the standard year from one to another, both included."""
    days = (first + timedelta(each) for each in range((last - first).days + 1))
    return [
        _day(day, MONTHS[day.month - 1] / monthrange(day.year, day.month)[1])
        for day in days
    ]


JUNE = [_day(date(2026, 6, each), each % 10) for each in range(1, 31)]


def _in_year(days: Iterable[DayFigures], year: int) -> float:
    """Return the electricity of a calendar year, in Wh."""
    return sum(day.electricity_wh for day in days if day.day.year == year)


def _found(projection: Projection | None) -> Projection:
    """Return a projection that there must be."""
    assert projection is not None
    return projection


@pytest.mark.parametrize("scatter_wh", [0.0, 500.0])
def test_by_hand(scatter_wh: float) -> None:
    """Figure and spread are those of the formulas, with the owner's degree days."""
    # Ten days without cold and ten with 10 degree days, each kind off the line by
    # as much upwards as downwards, from the last of December on.
    days = [
        _day(
            date(2025, 12, 31) + timedelta(days=each),
            10.0 * (each % 2),
            extra_wh=scatter_wh if each % 4 < 2 else -scatter_wh,
        )
        for each in range(20)
    ]
    # From then on the temperature is not known, and what was drawn is.
    days += [
        DayFigures(date(2026, 1, 20) + timedelta(days=each), 1.0, None)
        for each in range(161)
    ]
    cold = 2000 * REST
    projection = _found(project_year(days, 3e6, JUNE_30, degree_days_year=2000.0))
    assert projection.electricity_wh == pytest.approx(
        3e6 + 184 * BASE_WH + cold * SLOPE_WH
    )
    lever = cold - 184 * 5
    line = 20 * scatter_wh**2 / 18 * 3 * (184 + 184**2 / 20 + lever**2 / 500)
    redistribute = 0.03 * SLOPE_WH * cold * abs(cold / 184 - 5)
    weather = 0.1 * 2000 * sqrt(REST)
    owner = 0.1 * cold
    place = 0.1 * cold * (1 - REST)
    assert projection.spread_wh == pytest.approx(
        2 * hypot(sqrt(line), redistribute, SLOPE_WH * hypot(weather, owner, place))
    )
    assert projection.basis is Basis.GIVEN
    assert projection.days_used == 20


def test_scale_of_days_measured() -> None:
    """January to June tell the degree days of the year by their share of it."""
    days = _standard(date(2026, 1, 1), JUNE_30)
    measured_wh = _in_year(days, 2026)
    projection = _found(project_year(days, measured_wh, JUNE_30))
    assert projection.electricity_wh == pytest.approx(
        measured_wh + 184 * BASE_WH + 2000 * REST * SLOPE_WH
    )
    # 181 days with 1166.67 degree days, 0.58333 of the year.
    mean = 2000 * (1 - REST) / 181
    weather = 0.1 * 2000 * sqrt(REST)
    scale = 2000 * REST * hypot(0.1 / sqrt(1 - REST), 1.5 / mean * REST)
    place = 0.1 * 2000 * REST * (1 - REST)
    redistribute = 0.03 * 2000 * REST * abs(2000 * REST / 184 - mean)
    assert projection.spread_wh == pytest.approx(
        2 * SLOPE_WH * hypot(weather, scale, place, redistribute)
    )
    assert projection.basis is Basis.MEASURED_DAYS


def test_more_years_measured_make_it_more_certain() -> None:
    """A year tells the climate better than half a year does, and two still better."""
    spreads = []
    for first in (date(2026, 1, 1), date(2025, 7, 1), date(2024, 7, 1)):
        days = _standard(first, JUNE_30)
        projection = _found(project_year(days, _in_year(days, 2026), JUNE_30))
        spreads.append(projection.spread_wh)
        assert (projection.basis is Basis.MEASURED_YEAR) == (first.year < 2026)
        assert projection.days_used <= 366
    assert spreads == sorted(spreads, reverse=True)
    assert len(set(spreads)) == 3


def test_a_hole_in_the_year_was_drawn_in_all_the_same() -> None:
    """Where an imported winter ends before the counting begins, spring is missing."""
    days = _standard(date(2026, 1, 1), JUNE_30)
    with_hole = [day for day in days if day.day.month not in (4, 5)]
    whole, found = (
        _found(
            project_year(each, _in_year(each, 2026), JUNE_30, degree_days_year=2000.0)
        )
        for each in (days, with_hole)
    )
    assert found.electricity_wh == pytest.approx(whole.electricity_wh)
    assert found.spread_wh > whole.spread_wh


def test_year_that_is_over() -> None:
    """On the last of December there is nothing to project."""
    days = _standard(date(2026, 1, 1), date(2026, 12, 30))
    projection = _found(project_year(days, 4_321_000.0, date(2026, 12, 31)))
    assert projection.electricity_wh == 4_321_000.0
    assert projection.spread_wh == 0


def test_first_year() -> None:
    """What was drawn before the counting began belongs to the year as well."""
    whole = _standard(date(2026, 1, 1), date(2026, 12, 31))
    days = [day for day in whole if day.day >= date(2026, 10, 1)]
    measured_wh = _in_year(days, 2026)
    projection = _found(project_year(days, measured_wh, date(2026, 12, 31)))
    assert projection.electricity_wh == pytest.approx(_in_year(whole, 2026))
    assert projection.spread_wh > 0


def test_rest_of_today() -> None:
    """What is still to come of today is projected like any other day."""
    days = _standard(date(2026, 1, 1), date(2026, 6, 29))
    at_noon, at_night = (
        _found(
            project_year(
                days, 3e6, JUNE_30, rest_of_today=rest, degree_days_year=2000.0
            )
        )
        for rest in (0.5, 0.0)
    )
    half_wh = (BASE_WH + SLOPE_WH * 80 / 3 / 30) / 2
    assert at_noon.electricity_wh == pytest.approx(at_night.electricity_wh + half_wh)
    assert at_noon.spread_wh > at_night.spread_wh


def test_southern_year() -> None:
    """In the south, July is what January is in the north."""
    projection = _found(
        project_year(JUNE, 3e6, JUNE_30, degree_days_year=2000.0, southern=True)
    )
    # Not measured: July to December, and January to May before the first day.
    coming = 0.17 + 0.15 + 0.13 + 0.08 + 0.04 + 0.04 / 3
    before = 0.04 / 3 * 2 + 0.03 + 0.08 + 0.12
    assert projection.electricity_wh == pytest.approx(
        3e6 + (184 + 151) * BASE_WH + 2000 * (coming + before) * SLOPE_WH
    )


@pytest.mark.parametrize(
    "days",
    [
        [],
        JUNE[:13],
        [replace(day, outside_c=None) for day in JUNE],
        [*JUNE[:13], *(replace(day, outside_c=None) for day in JUNE[13:])],
        [replace(day, outside_c=4.0) for day in JUNE],
        [replace(day, outside_c=20.0) for day in JUNE],
        [replace(day, electricity_wh=9e3 - day.electricity_wh / 9) for day in JUNE],
        [replace(day, day=day.day.replace(year=2025, month=5)) for day in JUNE],
    ],
    ids=[
        "nothing measured",
        "13 days",
        "no temperatures",
        "13 temperatures",
        "every day alike",
        "no cold",
        "less electricity when it is cold",
        "more than a year ago",
    ],
)
def test_no_ground(days: list[DayFigures]) -> None:
    """What cannot be known is not shown, whatever the owner says of the place."""
    assert project_year(days, 3e6, JUNE_30, degree_days_year=2000.0) is None


def test_fourteen_days_are_enough() -> None:
    """The least that carries a line, with the owner's degree days."""
    days = [*JUNE[:14], *(replace(day, outside_c=None) for day in JUNE[14:])]
    projection = _found(project_year(days, 3e6, JUNE_30, degree_days_year=2000.0))
    assert projection.days_used == 14


def test_summer_tells_nothing_of_the_winter() -> None:
    """A warm summer is no ground; with the owner's degree days it is a weak one."""
    days = [
        _day(day.day, max(0, each % 9 - 5.0), extra_wh=700 * (-1) ** each)
        for each, day in enumerate(_standard(date(2026, 6, 1), date(2026, 8, 31)))
    ]
    today, measured_wh = date(2026, 8, 31), _in_year(days, 2026)
    assert project_year(days, measured_wh, today) is None
    projection = _found(project_year(days, measured_wh, today, degree_days_year=2000.0))
    truth_wh = 365 * BASE_WH + 2000 * SLOPE_WH
    assert abs(projection.electricity_wh - truth_wh) < projection.spread_wh
    assert projection.spread_wh < projection.electricity_wh


@given(
    start=st.integers(0, 700),
    today=st.integers(0, 364),
    climate=st.floats(1000, 4000),
    years=st.tuples(*[st.floats(0.92, 1.08)] * 2),
    base_wh=st.floats(0, 20_000),
    slope_wh=st.floats(100, 10_000),
    import_result=st.booleans(),
)
def test_house_on_the_line(
    start: int,
    today: int,
    climate: float,
    years: tuple[float, float],
    base_wh: float,
    slope_wh: float,
    import_result: bool,
) -> None:
    """A house that follows a line is projected to within the spread, from any day."""
    now = date(2026, 1, 1) + timedelta(days=today)
    weathered = [
        DayFigures(day.day, base_wh + slope_wh * cold, 15 - cold)
        for day in _standard(date(2025, 1, 1), date(2026, 12, 31))
        if (
            cold := (day.degree_days or 0) * climate / 2000 * years[day.day.year - 2025]
        )
    ]
    days = [day for day in weathered[start:] if day.day <= now]
    projection = project_year(
        days,
        _in_year(days, 2026),
        now,
        degree_days_year=climate if import_result else None,
    )
    truth_wh = _in_year(weathered, 2026)
    if projection is None:
        # Where a year was measured, there is always ground.
        assert len(days) < 365
        return
    allowed_wh = projection.spread_wh + 1e-6 * truth_wh
    assert abs(projection.electricity_wh - truth_wh) <= allowed_wh


def test_days_that_make_the_line() -> None:
    """Days before today that were metered for nearly all of their time, in order."""
    whole = Bucket(
        electricity_wh=9000, metered_s=80_000, outside_c_s=-160_000, outside_s=80_000
    )
    short = replace(whole, metered_s=77_000)
    unseen = replace(whole, outside_c_s=0.0, outside_s=0.0)
    ledger = Ledger(Calendar(UTC))
    for day, bucket in enumerate((unseen, whole, short, whole), 1):
        ledger.days[date(2026, 1, 5 - day)] = bucket
    assert complete_days(ledger, date(2026, 1, 4)) == [
        DayFigures(date(2026, 1, 1), 9000, -2.0),
        DayFigures(date(2026, 1, 3), 9000, -2.0),
    ]
    assert complete_days(ledger, date(2026, 1, 5))[-1].outside_c is None


def test_days_measured_in_part_are_not_counted_twice() -> None:
    """A day that is estimated as a whole does not count with its part, too."""
    ledger = Ledger(Calendar(UTC))
    whole = Bucket(electricity_wh=10_000.0, metered_s=86_400.0)
    for day, bucket in (
        (date(2025, 12, 31), whole),
        (date(2026, 1, 1), whole),
        (date(2026, 1, 2), Bucket(electricity_wh=4_000.0, metered_s=40_000.0)),
        (date(2026, 1, 3), Bucket(electricity_wh=1_000.0, metered_s=3_600.0)),
    ):
        ledger.book(ledger.calendar.midnight(day), bucket)
    today = date(2026, 1, 3)
    assert measured_this_year_wh(complete_days(ledger, today), today) == 10_000.0

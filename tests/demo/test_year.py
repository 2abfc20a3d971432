"""The year behind the demo: complete, and laid at the right days."""

import csv
from datetime import UTC, datetime, timedelta
import io
from zoneinfo import ZoneInfo

import pytest

from demo.year import (
    Hour,
    changes_before,
    laid_before,
    past_years,
    path_of,
    read,
    write,
    write_history,
)
from simulator.state import Variant

HOURS = [Hour(number, 0, 0, number, 0, number) for number in range(365 * 24)]


@pytest.mark.parametrize("changed", [False, True])
@pytest.mark.parametrize("variant", list(Variant))
def test_kept_years_are_whole_and_small(variant: Variant, changed: bool) -> None:
    """A year has all its hours and takes at most 300 kB."""
    hours = read(variant, changed=changed)
    assert len(hours) == 365 * 24
    assert path_of(variant, changed=changed).stat().st_size <= 300_000
    electricity_wh = sum(hour.electricity_wh for hour in hours)
    assert 3 < sum(hour.heat_wh for hour in hours) / electricity_wh < 5


def test_year_is_read_as_it_was_written() -> None:
    """What is written has a line for each hour, with its figures in order."""
    file = io.StringIO()
    write(iter(HOURS[:2]), file)
    assert file.getvalue().splitlines()[1:] == ["0,0,0,0,0,0", "1,0,0,1,0,1"]


@pytest.mark.parametrize(
    "end",
    [
        datetime(2026, 11, 22, tzinfo=ZoneInfo("Europe/Berlin")),
        datetime(2026, 3, 29, tzinfo=ZoneInfo("Europe/Berlin")),
        datetime(2024, 3, 1, tzinfo=UTC),
    ],
)
def test_hours_lie_at_their_day_of_the_year(end: datetime) -> None:
    """The year ends at the moment given, each hour at its month, day and hour."""
    end = end.astimezone(UTC)
    laid = list(laid_before(HOURS, end))
    assert len(laid) == len(HOURS)
    assert laid[-1][0] == end - timedelta(hours=1)
    for moment, hour in laid:
        if (moment.month, moment.day) != (2, 29):
            day = moment.replace(year=2025) - datetime(2025, 1, 1, tzinfo=UTC)
            assert hour.electricity_wh == day // timedelta(hours=1)


@pytest.mark.parametrize("variant", list(Variant))
def test_hours_follow_the_changes(variant: Variant) -> None:
    """From the first change on, each hour is one of the changed year, by its day."""
    end = datetime(2026, 11, 21, 23, tzinfo=UTC)
    curve, hot_water = changes_before(end, variant)
    assert (curve.time, hot_water.time) == (
        datetime(2026, 2, 1, 9, tzinfo=UTC),
        datetime(2026, 3, 10, 18, tzinfo=UTC),
    )
    assert curve.new == pytest.approx(curve.old - 0.2)
    assert (hot_water.item, hot_water.old, hot_water.new) == ("hot_water_c", 50, 55)
    years = {False: read(variant), True: read(variant, changed=True)}
    assert years[False] != years[True]
    for moment, hour in past_years(variant, end):
        first = datetime(moment.year, 1, 1, tzinfo=UTC)
        number = (moment - first) // timedelta(hours=1)
        assert hour == years[moment >= curve.time][number]


@pytest.mark.parametrize(
    ("end", "changed"),
    [
        (datetime(2026, 2, 20, tzinfo=UTC), [datetime(2025, 3, 10, 18, tzinfo=UTC)]),
        (
            datetime(2026, 1, 10, tzinfo=UTC),
            [
                datetime(2025, 2, 1, 9, tzinfo=UTC),
                datetime(2025, 3, 10, 18, tzinfo=UTC),
            ],
        ),
    ],
)
def test_changes_of_the_year_that_ends(end: datetime, changed: list[datetime]) -> None:
    """Only changes within the year are told, none of the time to come."""
    found = changes_before(end, Variant.AIR)
    assert [each.time for each in found] == changed


@pytest.mark.parametrize("variant", list(Variant))
def test_changed_year_costs_and_saves(variant: Variant) -> None:
    """The lower curve saves in winter, and the hotter water costs in summer."""
    before, after = read(variant), read(variant, changed=True)
    december, july = slice(334 * 24, None), slice(181 * 24, 212 * 24)

    def heating(hours: list[Hour]) -> float:
        drawn_wh = sum(hour.heating_electricity_wh for hour in hours)
        return sum(hour.heating_heat_wh for hour in hours) / drawn_wh

    def hot_water(hours: list[Hour]) -> float:
        drawn_wh = sum(hour.hot_water_electricity_wh for hour in hours)
        return sum(hour.hot_water_heat_wh for hour in hours) / drawn_wh

    assert heating(after[december]) > 1.02 * heating(before[december])
    assert hot_water(after[july]) < 0.97 * hot_water(before[july])


@pytest.mark.parametrize("years", [1, 2])
def test_history_adds_up_to_the_years(years: int) -> None:
    """What is imported has the sums of the years."""
    file = io.StringIO()
    end = datetime(2026, 11, 22, tzinfo=UTC)
    write_history(Variant.AIR, end, file, years)
    rows = list(csv.DictReader(io.StringIO(file.getvalue())))
    hours = [hour for _, hour in past_years(Variant.AIR, end, years)]
    for column, total in (
        ("electricity_interval_wh", sum(hour.electricity_wh for hour in hours)),
        ("heat_interval_wh", sum(hour.heat_wh for hour in hours)),
    ):
        assert sum(int(row[column]) for row in rows) == total

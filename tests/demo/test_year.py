"""The year behind the demo: complete, and laid at the right days."""

import csv
from datetime import UTC, datetime, timedelta
import io
from zoneinfo import ZoneInfo

import pytest

from demo.year import Hour, laid_before, path_of, read, write, write_history
from simulator.state import Variant

HOURS = [Hour(number, 0, 0, number, 0, number) for number in range(365 * 24)]


@pytest.mark.parametrize("variant", list(Variant))
def test_kept_years_are_whole_and_small(variant: Variant) -> None:
    """A year has all its hours and takes at most 300 kB."""
    hours = read(variant)
    assert len(hours) == 365 * 24
    assert path_of(variant).stat().st_size <= 300_000
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


@pytest.mark.parametrize("years", [1, 2])
def test_history_adds_up_to_the_years(years: int) -> None:
    """What is imported has the sums of the year, in whatever order it is laid."""
    file = io.StringIO()
    write_history(Variant.AIR, datetime(2026, 11, 22, tzinfo=UTC), file, years)
    rows = list(csv.DictReader(io.StringIO(file.getvalue())))
    hours = read(Variant.AIR)
    for column, total in (
        ("electricity_interval_wh", sum(hour.electricity_wh for hour in hours)),
        ("heat_interval_wh", sum(hour.heat_wh for hour in hours)),
    ):
        assert sum(int(row[column]) for row in rows) == years * total

"""Tests of what is called missing or untrue in the database of an export."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from demo.comparison import Energies, Interval
from demo.exported import (
    Contents,
    Exported,
    ShownValue,
    Span,
    account_off,
    counter_off,
    gaps,
    intervals_off,
    not_exported,
)
from demo.standing import Passage, Standing

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
ANSWER: dict[str, Any] = {
    "points": [
        {
            "measurement": "hpm_meter",
            "tags": {"home": "demo", "meter": "shelly"},
            "time_ms": 1_795_262_401_000,
            "fields": {"energy_wh": 6.0},
        },
        {
            "measurement": "hpm_meter",
            "tags": {"home": "demo", "meter": "shelly"},
            "time_ms": 1_795_262_400_000,
            "fields": {"energy_wh": 5.0},
        },
        {
            "measurement": "hpm_hour",
            "tags": {"home": "demo"},
            "time_ms": 1_795_258_800_000,
            "fields": {"heat_wh": 9.0},
        },
    ],
    "changed": [],
}


def at(seconds: float) -> datetime:
    """Return a moment so long after noon."""
    return NOON + timedelta(seconds=seconds)


def moments(*seconds: float) -> list[datetime]:
    """Return moments so long after noon."""
    return [at(each) for each in seconds]


def of_interval(end_s: float, **fields: float) -> Exported:
    """Return the point of an interval that ended so long after noon."""
    return Exported(
        measurement="hpm_interval", tags={"home": "demo"}, time=at(end_s), fields=fields
    )


def test_contents() -> None:
    """Points are in the order of their times, and so is the series of a field."""
    contents = Contents.from_json(ANSWER)
    assert contents.series("hpm_meter", "energy_wh") == {NOON: 5.0, at(1): 6.0}
    assert contents.series("hpm_meter", "power_w") == {}
    assert contents.contradictions() == []


def test_contradictions() -> None:
    """A reading has one value; an hour may be corrected."""
    changed = [
        {key: value for key, value in point.items() if key != "fields"}
        for point in ANSWER["points"][1:]
    ]
    contents = Contents.from_json({**ANSWER, "changed": changed})
    assert contents.contradictions() == [
        "hpm_meter of 12:00:00 was written with several values"
    ]


def test_committed_points_are_lacking() -> None:
    """Each has to be there with its values, but for an hour, which may change."""
    contents = Contents.from_json(ANSWER)
    hour, first, second = contents.points
    assert contents.lacking([hour, first, second, first]) == []
    assert contents.lacking([replace(hour, fields={"heat_wh": 8.0})]) == []
    later = replace(second, time=at(2))
    other = replace(second, tags={"home": "demo", "meter": "other"})
    changed = replace(second, fields={"energy_wh": 6.1})
    assert contents.lacking([first, later, other, changed]) == [
        "hpm_meter of 12:00:02 was committed, and is not there",
        "hpm_meter of 12:00:01 was committed, and is not there",
        "hpm_meter of 12:00:01 was committed, and is not there",
    ]


@pytest.mark.parametrize(
    ("times", "downs", "found"),
    [
        (moments(0, 1, 4, 7), [], []),
        (moments(11, 0, 1), [], ["nothing was exported from 12:00:01 to 12:00:11"]),
        (moments(0, 20), [Span(at(3), at(17))], []),
        (moments(0, 20), [Span(at(3.5), at(17))], ["… from 12:00:00 to 12:00:20"]),
        (moments(0, 20), [Span(at(3), at(16.5))], ["… from 12:00:00 to 12:00:20"]),
        (moments(0, 1), [Span(at(2), at(9))], ["nothing was exported after 12:00:09"]),
        (moments(3, 9), [Span(at(2), at(9))], ["nothing was exported before 12:00:02"]),
        ([], [], ["nothing was exported"]),
    ],
)
def test_gaps(times: list[datetime], downs: list[Span], found: list[str]) -> None:
    """Readings may lack for as long as Home Assistant was down, and no longer."""
    found = [each.replace("…", "nothing was exported") for each in found]
    assert gaps(times, downs) == found


def test_counter() -> None:
    """It may begin anywhere, and goes as the true energy does."""
    true = [100.0, 110.0, 121.0]
    assert counter_off("in Wh", [5.0, 15.2, 26.0], true, 0.21) == []
    assert counter_off("in Wh", [5.0, 15.2, 26.0], true, 0.19) == [
        "in Wh: moves by 0.20 against the truth"
    ]
    assert counter_off("in Wh", [], [], 1.0) == ["in Wh: nothing was exported"]


def test_intervals() -> None:
    """Each is there with its energies; times are exact to the millisecond."""
    closed = Interval(start=NOON, end=at(5), electricity_wh=4.0, heat_wh=16.0)
    right = of_interval(5.0004, electricity_wh=4.0, heat_wh=16.0)
    wrong = of_interval(5, electricity_wh=4.1, heat_wh=16.0)
    assert intervals_off([closed], [of_interval(10), right]) == []
    assert intervals_off([closed], [wrong]) == [
        "interval until 12:00:05: exported is electricity_wh 4.1, heat_wh 16"
    ]
    assert intervals_off([closed], [of_interval(10)]) == [
        "interval until 12:00:05: exported is None"
    ]
    unknown = replace(closed, electricity_wh=None, heat_wh=None)
    assert intervals_off([unknown], [of_interval(5, seconds=5.0)]) == []
    assert intervals_off([unknown], []) != []


def test_account() -> None:
    """The intervals between two standings add up to what the account grew by."""
    before = Standing(
        closed_until=NOON,
        metered_until=NOON,
        paired=Energies(electricity_wh=10.0, heat_wh=40.0),
        paired_s=20.0,
        total=Energies(electricity_wh=10.0, heat_wh=40.0),
        ledger=Energies(electricity_wh=10.0, heat_wh=40.0),
    )
    grown = Energies(electricity_wh=18.0, heat_wh=72.0)
    after = replace(before, closed_until=at(10), paired=grown, paired_s=30.0)
    passage = Passage(before=before, after=after, true=grown, true_metered_wh=8.0)
    first, second = (
        of_interval(end_s, seconds=5.0, electricity_wh=4.0, heat_wh=16.0)
        for end_s in (5, 10)
    )
    around = [replace(first, time=NOON), replace(first, time=at(15))]
    assert account_off(passage, [first, second, *around]) == []
    assert account_off(passage, [first, *around]) == [
        "seconds of the exported intervals: 5.000, in the account 10.000",
        "electricity_wh of the exported intervals: 4.000, in the account 8.000",
        "heat_wh of the exported intervals: 16.000, in the account 32.000",
    ]


def test_shown_temperatures() -> None:
    """Entities show tenths, and some seconds after the measurement."""
    exported = {at(0): 61.54, at(10): 62.0}
    assert (
        not_exported([ShownValue(at(2), 61.5), ShownValue(at(12), 62.0)], exported)
        == []
    )
    lacking = [
        ShownValue(at(2), 61.7),
        ShownValue(at(-1), 61.5),
        ShownValue(at(16), 61.5),
    ]
    assert not_exported(lacking, exported) == lacking

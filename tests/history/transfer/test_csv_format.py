"""What of a CSV file is understood, and what is said of the rest."""

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

import pytest

from custom_components.heatpump_monitor.history.transfer import csv_format
from custom_components.heatpump_monitor.history.transfer.csv_format import (
    CsvRows,
    Finding,
    Row,
    Times,
    UnusableFileError,
)
from custom_components.heatpump_monitor.readings import Mode

BERLIN = ZoneInfo("Europe/Berlin")


def utc(*parts: int) -> datetime:
    """Return a moment."""
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


def read(lines: list[str], time_zone: tzinfo | None) -> tuple[list[Row], list[Finding]]:
    """Return the good rows, and what is wrong with the others."""
    findings: list[Finding] = []
    rows = list(CsvRows(lines, Times(time_zone), findings.append))
    return rows, findings


def test_row_with_all_that_is_known() -> None:
    """Numbers, an empty cell and a mode; other columns are passed over."""
    rows, findings = read(
        [
            "time, power_w, heat_w, mode, note",
            "2026-01-15T12:00:00Z, 1500, , Heating, x",
        ],
        None,
    )
    (row,) = rows
    assert row.time == utc(2026, 1, 15, 12)
    assert row.numbers == {"power_w": 1500.0}
    assert row.get("heat_w") is None
    assert row.mode is Mode.HEATING
    assert findings == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("yesterday,1,", "line 3, time: invalid time (`yesterday`)"),
        ("0206-01-15T13:00Z,1,", "line 3, time: out of range (`0206-01-15T13:00Z`)"),
        ("0001-01-01T00:00+14:00,1,", "line 3, time: out of range"),
        ("9999-12-31T23:59Z,1,", "line 3, time: out of range"),
        ("2026-01-15T13:00,1,", "time: missing utc offset"),
        ("2026-01-15T13:00Z,much,", "line 3, power_w: invalid number (`much`)"),
        ("2026-01-15T13:00Z,nan,", "line 3, power_w: invalid number (`nan`)"),
        ("2026-01-15T13:00Z,-1e13,", "power_w: out of range (`-1e13`)"),
        ("2026-01-15T13:00Z,1,party", "line 3, mode: invalid mode (`party`)"),
        ("2026-01-15T13:00Z,1,,5", "line 3, -: cell without column (`5`)"),
        (
            f"2026-01-15T13:00Z,{'x' * 99},",
            f"line 3, power_w: invalid number (`{'x' * 40}`)",
        ),
        (
            "2026-01-15T12:00Z,1,",
            "line 3, time: duplicate time (`2026-01-15T12:00:00+00:00`)",
        ),
    ],
)
def test_bad_row_is_named_and_skipped(line: str, expected: str) -> None:
    """The other rows stay."""
    rows, findings = read(
        ["time,power_w,mode", "2026-01-15T12:00Z,1,", line, "2026-01-15T14:00Z,2,"],
        None,
    )
    assert [row.numbers["power_w"] for row in rows] == [1.0, 2.0]
    (finding,) = findings
    assert expected in str(finding)


@pytest.mark.parametrize(
    ("header", "expected"),
    [("when,power_w", "no column `time`"), ("time,x", "none of")],
)
def test_file_without_the_columns(header: str, expected: str) -> None:
    """A file that can hold nothing is refused."""
    with pytest.raises(UnusableFileError, match=expected):
        read([header], None)


def test_row_that_says_until_when_it_holds() -> None:
    """The end of a row is a time as its start is; an empty cell says nothing."""
    rows, findings = read(
        [
            "time,until,power_w",
            "2026-01-15T12:00,2026-01-15T12:10,1",
            "2026-01-15T13:00,,2",
            "2026-01-15T14:00,2026-01-15T14:00,3",
        ],
        BERLIN,
    )
    assert [row.until for row in rows] == [utc(2026, 1, 15, 11, 10), None]
    (finding,) = findings
    assert str(finding) == "line 4, until: end not after start (`2026-01-15T14:00`)"


def test_rows_are_put_in_order() -> None:
    """A backlog may come in any order."""
    lines = ["time,power_w", "2026-01-15T13:00Z,2", "2026-01-15T12:00Z,1"]
    rows, _ = read(lines, None)
    assert [row.numbers["power_w"] for row in rows] == [1.0, 2.0]


def test_rows_are_put_in_order_as_far_as_they_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A row that comes after its place was given out is named."""
    monkeypatch.setattr(csv_format, "WINDOW", 2)
    minutes = (1, 0, 4, 3, 2, 9, 8, 7, 6)
    rows, findings = read(
        ["time,power_w", *(f"2026-01-15T12:0{minute}Z,1" for minute in minutes)], None
    )
    assert [row.time.minute for row in rows] == [0, 1, 2, 3, 4, 7, 8, 9]
    assert [str(finding) for finding in findings] == [
        "line 10, time: out of order (`2026-01-15T12:06:00+00:00`)"
    ]


def test_the_hour_that_comes_twice() -> None:
    """In autumn 02:30 comes twice, and the second one is an hour later."""
    times = ("01:30", "02:00", "02:30", "02:00", "02:30", "03:00")
    rows, _ = read(
        ["time,power_w", *(f"2026-10-25T{time},1" for time in times)], BERLIN
    )
    assert [(row.time.hour, row.time.minute) for row in rows] == [
        (23, 30),
        (0, 0),
        (0, 30),
        (1, 0),
        (1, 30),
        (2, 0),
    ]


def test_the_hour_that_does_not_come() -> None:
    """In spring there is no 02:30."""
    rows, findings = read(["time,power_w", "2026-03-29T02:30,1"], BERLIN)
    assert rows == []
    (finding,) = findings
    assert str(finding).startswith("line 2, time: nonexistent local time")

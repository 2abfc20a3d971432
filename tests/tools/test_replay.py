"""Recorded measurements with results calculated by hand."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
import json
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.heatpump_monitor.readings import Mode
from tools.replay import Figures, Replay, ReplayFindings, main, replay

BERLIN = ZoneInfo("Europe/Berlin")


def replayed(*lines: str) -> Replay:
    """Return what is counted of a CSV file without a bad row, in Berlin."""
    findings = ReplayFindings()
    result = replay(lines, BERLIN, findings)
    assert result is not None
    assert findings.row_lines() == []
    return result


def kinds(result: Replay) -> list[str]:
    """Return what was flagged."""
    return [flag.kind for flag in result.flags]


def test_counters() -> None:
    """Differences of counters, day by day."""
    result = replayed(
        "time,electricity_wh,heat_wh",
        "2026-03-01T00:00,100000,400000",
        "2026-03-02T00:00,110000,444000",
        "2026-03-03T00:00,115000,460000",
    )
    assert result.days == {
        "2026-03-01": Figures(10.0, 10.0, 44.0, 4.4, 1.0),
        "2026-03-02": Figures(5.0, 5.0, 16.0, 3.2, 1.0),
    }
    assert result.total == Figures(15.0, 15.0, 60.0, 4.0, 1.0)
    assert result.months == {"2026-03": result.total}
    assert result.years == {"2026": result.total}


def test_counter_across_a_gap_is_exact() -> None:
    """What a counter tells across missing rows and empty cells is known."""
    result = replayed(
        "time,electricity_wh,heat_wh",
        "2026-03-01T00:00,0,1000",
        "2026-03-01T01:00,1000,",
        "2026-03-01T02:00,,9000",
        "2026-03-01T03:00,3000,13000",
        "2026-03-01T12:00,12000,49000",
    )
    assert result.total == Figures(12.0, 12.0, 48.0, 4.0, 1.0)
    assert kinds(result) == ["gap"]


def test_heat_beside_electricity_that_is_known_in_part() -> None:
    """Which part of the heat of two hours belongs to one of them, nobody knows."""
    result = replayed(
        "time,electricity_wh,heat_wh",
        "2026-03-01T00:00,3000,1000",
        "2026-03-01T01:00,3500,3000",
        "2026-03-01T02:00,100,",
        "2026-03-01T03:00,600,7000",
        "2026-03-01T04:00,1100,9000",
    )
    assert result.total == Figures(1.5, 1.0, 4.0, 4.0, 0.5)
    assert kinds(result) == ["electricity_reset"]


def test_interval_energies() -> None:
    """A missing row is a gap, an empty cell leaves the other side unpaired."""
    result = replayed(
        "time,electricity_interval_wh,heat_interval_wh",
        "2026-01-15T00:00,1000,4000",
        "2026-01-15T01:00,1000,",
        "2026-01-15T02:00,,4000",
        "2026-01-15T03:00,1000,3000",
        "2026-01-15T05:00,500,2000",
    )
    assert result.total == Figures(3.5, 2.5, 9.0, 3.6, 0.5)
    assert kinds(result) == ["gap"]


def test_rows_that_say_until_when_they_hold() -> None:
    """They may last any time, up to the next row; what follows is a gap."""
    result = replayed(
        "time,until,electricity_interval_wh,heat_interval_wh",
        "2026-01-15T00:00,2026-01-15T00:45,900,3600",
        "2026-01-15T00:45,2026-01-15T01:00,100,",
        "2026-01-15T01:00,2026-01-15T09:00,1000,4000",
        "2026-01-15T02:00,2026-01-15T02:15,500,2000",
        "2026-01-15T03:00,2026-01-15T04:00,1000,3000",
    )
    assert result.total == Figures(3.5, 3.4, 12.6, 3.705882, 0.75)
    assert kinds(result) == ["gap"]


def test_power_is_held_for_a_quarter_of_an_hour() -> None:
    """A power half an hour ago says nothing of the last quarter."""
    result = replayed(
        "time,power_w,heat_w",
        "2026-01-15T00:00,2000,8000",
        "2026-01-15T00:10,1000,3000",
        "2026-01-15T00:40,2000,8000",
        "2026-01-15T00:50,2000,8000",
    )
    powers_wh = 2000 / 6 + 1000 / 4 + 2000 / 6
    heats_wh = 8000 / 6 + 3000 / 4 + 8000 / 6
    assert result.total.electricity_kwh == pytest.approx(powers_wh / 1000, abs=1e-6)
    assert result.total.heat_kwh == pytest.approx(heats_wh / 1000, abs=1e-6)
    assert result.total.coverage == pytest.approx(35 / 50, abs=1e-6)


def test_defrost_and_modes() -> None:
    """What a defrost takes back is subtracted; a mode holds until the next row."""
    result = replayed(
        "time,electricity_interval_wh,heat_interval_wh,mode",
        "2026-01-15T00:00,1000,4000,heating",
        "2026-01-15T01:00,1000,-500,defrost",
        "2026-01-15T02:00,500,1500,hot_water",
        "2026-01-15T03:00,10,0,standby",
    )
    assert result.total == Figures(2.51, 2.51, 5.0, 1.992032, 1.0)
    assert result.modes[Mode.HEATING] == Figures(1.0, 1.0, 4.0, 4.0, 0.25)
    assert result.modes[Mode.DEFROST] == Figures(1.0, 1.0, -0.5, -0.5, 0.25)
    assert result.modes[Mode.HOT_WATER] == Figures(0.5, 0.5, 1.5, 3.0, 0.25)
    assert result.modes[Mode.STANDBY] == Figures(0.01, 0.01, 0.0, None, 0.25)


def test_a_mode_that_is_not_known_is_not_the_next_ones() -> None:
    """Nothing of a row without a mode is booked under that of the row after it."""
    result = replayed(
        "time,electricity_interval_wh,heat_interval_wh,mode",
        "2026-03-01T00:00,100,300,",
        "2026-03-01T00:05,100,400,heating",
        "2026-03-01T00:10,100,200,",
    )
    assert result.modes == {
        Mode.HEATING: Figures(0.1, 0.1, 0.4, 4.0, 0.333333),
        Mode.HOT_WATER: Figures(None, 0.0, None, None, None),
    }


def test_heat_counter_that_runs_back_in_a_defrost() -> None:
    """A heat meter that counts down is right; one that falls to 0 started again."""
    result = replayed(
        "time,electricity_wh,heat_wh",
        "2026-01-15T00:00,0,100000",
        "2026-01-15T01:00,1000,104000",
        "2026-01-15T02:00,2000,103600",
        "2026-01-15T03:00,3000,50",
        "2026-01-15T04:00,4000,4050",
    )
    assert result.total == Figures(4.0, 3.0, 7.6, 2.533333, 0.75)
    assert kinds(result) == ["heat_reset"]


@pytest.mark.parametrize(
    ("after_wh", "figures", "expected"),
    [
        (700, Figures(3.0, 2.0, 8.0, 4.0, 0.666667), ["heat_reset"]),
        (3500, Figures(3.0, 3.0, 7.5, 2.5, 1.0), []),
    ],
)
def test_young_heat_meter_that_falls(
    after_wh: int, figures: Figures, expected: list[str]
) -> None:
    """A defrost takes a part of some kWh back; what falls by most of them began anew."""
    result = replayed(
        "time,electricity_wh,heat_wh",
        "2026-01-15T00:00,0,0",
        "2026-01-15T01:00,1000,4000",
        f"2026-01-15T02:00,2000,{after_wh}",
        f"2026-01-15T03:00,3000,{after_wh + 4000}",
    )
    assert result.total == figures
    assert kinds(result) == expected


def test_heat_meter_that_counts_below_nothing() -> None:
    """A meter that was at 0 when the cooling began counts cold, and starts no more."""
    result = replayed(
        "time,electricity_wh,heat_wh,mode",
        "2026-07-01T00:00,0,2000,cooling",
        "2026-07-01T01:00,1000,-2000,cooling",
        "2026-07-01T02:00,2000,-6000,cooling",
    )
    assert result.modes[Mode.COOLING].heat_kwh == -8.0
    assert kinds(result) == []


def test_heat_before_the_electricity_is_known() -> None:
    """It has no electricity beside it, however short that time is."""
    result = replayed(
        "time,electricity_wh,heat_wh",
        "2026-03-01T00:00:00,,0",
        "2026-03-01T00:01:00,0,400",
        "2026-03-01T00:02:00,100,800",
    )
    assert result.total == Figures(0.1, 0.1, 0.4, 4.0, 0.5)


def test_electricity_counter_that_starts_again() -> None:
    """The hour of the reset is not known; those around it are."""
    result = replayed(
        "time,electricity_wh,heat_wh",
        "2026-01-15T00:00,500000,0",
        "2026-01-15T01:00,501000,4000",
        "2026-01-15T02:00,300,8000",
        "2026-01-15T03:00,1300,12000",
    )
    assert result.total == Figures(2.0, 2.0, 8.0, 4.0, 0.666667)
    assert kinds(result) == ["electricity_reset"]


def test_columns_by_purpose() -> None:
    """Heating and hot water have their own figures, and add up to the total."""
    result = replayed(
        "time,heating_electricity_wh,hot_water_electricity_wh,"
        "heating_heat_wh,hot_water_heat_wh",
        "2026-01-15T00:00,0,0,0,0",
        "2026-01-16T00:00,8000,2000,36000,6000",
    )
    assert result.total == Figures(10.0, 10.0, 42.0, 4.2, 1.0)
    assert result.modes == {
        Mode.HEATING: Figures(8.0, 8.0, 36.0, 4.5, 1.0),
        Mode.HOT_WATER: Figures(2.0, 2.0, 6.0, 3.0, 1.0),
    }


def test_flow_times_spread() -> None:
    """Without a heat column, flow and temperatures tell the heat."""
    lines = [
        f"2026-01-15T{minute // 60:02}:{minute % 60:02},1000,35,30,1500"
        for minute in range(0, 121, 5)
    ]
    result = replayed("time,flow_lph,supply_c,return_c,power_w", *lines)
    assert result.total.heat_kwh == pytest.approx(2 * 5.78, rel=5e-3)
    assert result.total.cop == pytest.approx(5.78 / 1.5, rel=5e-3)


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-07-01", 24)]
)
def test_days_of_23_and_25_hours(day: str, hours: int) -> None:
    """A day has the hours that it has."""
    start = datetime.fromisoformat(day).replace(tzinfo=BERLIN).astimezone(UTC)
    lines = [
        f"{(start + timedelta(hours=hour)).isoformat()},1000,4000"
        for hour in range(-24, 48)
    ]
    result = replayed("time,electricity_interval_wh,heat_interval_wh", *lines)
    assert result.days[day] == Figures(hours, hours, 4.0 * hours, 4.0, 1.0)


def test_a_missing_row_among_few() -> None:
    """Two hours are no usual spacing where one hour is there too."""
    result = replayed(
        "time,electricity_interval_wh,heat_interval_wh",
        "2026-03-01T00:00,1000,4000",
        "2026-03-01T01:00,1000,4000",
        "2026-03-01T03:00,1000,4000",
    )
    assert result.total == Figures(3.0, 3.0, 12.0, 4.0, 0.75)
    assert kinds(result) == ["gap"]


@pytest.mark.parametrize(("month", "day"), [(3, 29), (10, 25), (7, 1)])
@pytest.mark.parametrize("before", [0, 1, 5])
def test_the_last_of_some_days_is_a_day(month: int, day: int, before: int) -> None:
    """The energy of a day is that of the day, be it one of 23 or of 25 hours."""
    last = datetime(2026, month, day, tzinfo=BERLIN)
    days = [last + timedelta(days=ago) for ago in range(-before, 2)]
    result = replayed(
        "time,electricity_interval_wh,heat_interval_wh",
        *(f"{each.isoformat()},10000,40000" for each in days),
    )
    whole_day = Figures(10.0, 10.0, 40.0, 4.0, 1.0)
    assert result.days == {f"{each:%Y-%m-%d}": whole_day for each in days}


def test_electricity_that_is_less_than_nothing() -> None:
    """It is mistyped: the hour is not known, and its heat has no electricity."""
    findings = ReplayFindings()
    result = replay(
        [
            "time,electricity_interval_wh,heat_interval_wh",
            "2026-03-01T00:00,1000,4000",
            "2026-03-01T01:00,-900,4000",
            "2026-03-01T02:00,1000,4000",
            "2026-03-01T03:00,1000,4000",
        ],
        BERLIN,
        findings,
    )
    assert result is not None
    assert findings.row_lines() == [
        "line 3, electricity_interval_wh: negative value (`-900`)"
    ]
    assert result.total.electricity_kwh == result.total.paired_electricity_kwh == 3.0
    assert result.total.cop == 4.0
    assert kinds(result) == ["gap"]


def test_nothing_known_is_null() -> None:
    """A day without any value has none, and no coverage."""
    result = replayed(
        "time,electricity_interval_wh,heat_interval_wh",
        "2026-01-15T23:00,1000,4000",
        "2026-01-16T00:00,,",
        "2026-01-16T01:00,,",
    )
    assert result.days["2026-01-16"] == Figures(None, 0.0, None, None, 0.0)


def test_one_row_alone_is_no_time() -> None:
    """A single row spans nothing, and is no error."""
    result = replayed("time,electricity_wh,heat_wh", "2026-01-15T12:00,1,1")
    assert result.total == Figures(None, 0.0, None, None, None)


ENERGIES = st.lists(
    st.tuples(st.integers(0, 3000), st.integers(-500, 12_000)), min_size=2, max_size=60
)


def file_of(rows: Sequence[tuple[int, int, int]]) -> list[str]:
    """Return hourly or finer rows as a file: minute, electricity, heat."""
    start = datetime(2026, 3, 28, 20, tzinfo=UTC)
    return [
        "time,electricity_wh,heat_wh",
        *(
            f"{(start + timedelta(minutes=minute)).isoformat()},{energy},{heat}"
            for minute, energy, heat in rows
        ),
    ]


@given(energies=ENERGIES, drop=st.sets(st.integers(1, 58)), seed=st.randoms())
@settings(max_examples=40)
def test_sampling_order_and_repeats_change_no_total(
    energies: list[tuple[int, int]], drop: set[int], seed: object
) -> None:
    """The same counters read less often, in another order or twice are the same."""
    electricity_wh, heat_wh, rows = 0, 1_000_000, []
    for place, (energy, heat) in enumerate(energies):
        rows.append((60 * place, electricity_wh, heat_wh))
        electricity_wh, heat_wh = electricity_wh + energy, heat_wh + heat
    kept = [row for place, row in enumerate(rows[:-1]) if place not in drop]
    fewer = [*kept, rows[-1]]
    shuffled = [*fewer, *fewer]
    seed.shuffle(shuffled)  # type: ignore[attr-defined]
    results = [replay(file_of(each), BERLIN) for each in (rows, fewer, shuffled)]
    # What is drawn may be beyond any heat pump, and is named then.
    whole, part, again = (result for result in results if result is not None)
    assert part.total == whole.total
    assert again.total == part.total
    assert again.days == part.days


def test_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """JSON on standard output, complaints beside it, and what the table shows."""
    file = tmp_path / "a.csv"
    file.write_text(
        "time,electricity_wh,heat_wh\n"
        "2026-01-15T00:00,0,0\n"
        "noon,1,1\n"
        "2026-01-16T00:00,10000,41000\n"
    )
    assert main([str(file), "--time-zone", "Europe/Berlin", "--json"]) == 0
    said = capsys.readouterr()
    assert "line 3, time: invalid time (`noon`)" in said.err
    result = json.loads(said.out)
    figures = {
        "electricity_kwh": 10.0,
        "paired_electricity_kwh": 10.0,
        "heat_kwh": 41.0,
        "cop": 4.1,
        "coverage": 1.0,
    }
    assert result["total"] == figures
    assert result["days"] == [{"period": "2026-01-15", **figures}]
    nothing = dict.fromkeys(figures) | {"paired_electricity_kwh": 0.0}
    assert result["modes"] == {"heating": nothing, "hot_water": nothing}
    assert result["flags"] == []
    assert main([str(file), "--time-zone", "Europe/Berlin"]) == 0
    assert "41.000 kWh    4.10    100.0%" in capsys.readouterr().out


def test_command_line_tells_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that tells nothing exits with 2, and says why."""
    file = tmp_path / "a.csv"
    file.write_text("time,power_w\nnoon,1\n")
    assert main([str(file)]) == 2
    assert "no good row" in capsys.readouterr().err
    file.write_text("when,power_w\n")
    assert main([str(file)]) == 2
    assert "no column `time`" in capsys.readouterr().err
    file.write_text("time,power_w,note\n2026-01-15T00:00Z,1," + "x" * 200_000)
    assert main([str(file)]) == 2
    assert "field larger than" in capsys.readouterr().err
    assert main([str(tmp_path / "missing.csv")]) == 2
    with pytest.raises(SystemExit):
        main([str(file), "--time-zone", "Nowhere"])
    assert "there is no time zone Nowhere" in capsys.readouterr().err


def test_flags_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was wrong with the recording stands below the table and in the JSON."""
    file = tmp_path / "a.csv"
    file.write_text(
        "time,electricity_wh,heat_wh\n"
        "2026-01-15T00:00Z,500000,0\n"
        "2026-01-15T01:00Z,300,4000\n"
    )
    assert main([str(file)]) == 0
    line = "2026-01-15T01:00:00+00:00  electricity_reset: 500000 Wh, then 300 Wh"
    assert line in capsys.readouterr().out
    assert main([str(file), "--json"]) == 0
    flags = json.loads(capsys.readouterr().out)["flags"]
    assert [flag["kind"] for flag in flags] == ["electricity_reset"]


def test_repeated_findings_are_summarised(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each kind is named once with its number; all are listed on demand."""
    file = tmp_path / "a.csv"
    hours = [hour for hour in range(24) if hour not in (3, 7, 8)]
    file.write_text(
        "time,electricity_interval_wh\n"
        + "".join(f"2026-01-15T{hour:02}:00Z,1000\n" for hour in hours)
        + "noon,1\nnight,1\n2026-01-16T00:00Z,\n"
    )
    assert main([str(file), "--json"]) == 0
    output = capsys.readouterr()
    (flag,) = json.loads(output.out)["flags"]
    assert flag == {
        "time": "2026-01-15T03:00:00+00:00",
        "kind": "gap",
        "detail": (
            "2 gaps, 3.0 h in all, longest 2.0 h from 2026-01-15T07:00:00+00:00"
        ),
        "count": 2,
    }
    assert output.err == (
        f"{file}, line 23, time: invalid time (`noon`), and 1 more of this kind\n"
    )
    assert main([str(file), "--json", "--all"]) == 0
    output = capsys.readouterr()
    assert [
        (flag["time"][11:13], flag["detail"], flag["count"])
        for flag in json.loads(output.out)["flags"]
    ] == [
        ("03", "nothing until 2026-01-15T04:00:00+00:00", 1),
        ("07", "nothing until 2026-01-15T09:00:00+00:00", 1),
    ]
    assert output.err.count("invalid time") == 2


def test_repeated_resets_are_summarised() -> None:
    """The first one is an example of the others."""
    values = (5000, 100, 5000, 200)
    result = replayed(
        "time,electricity_wh",
        *(f"2026-01-15T{hour:02}:00,{wh}" for hour, wh in enumerate(values)),
    )
    (flag,) = result.flags
    assert flag.detail == "2 times, first: 5000 Wh, then 100 Wh"


@pytest.mark.parametrize("columns", ["power_w,heat_w", "electricity_wh,heat_wh"])
def test_a_last_row_at_midnight_makes_no_day(columns: str) -> None:
    """A recording from midnight to midnight has as many days as lie between."""
    start = datetime(2026, 1, 1, tzinfo=BERLIN)
    result = replayed(
        f"time,{columns}",
        *(
            f"{(start + timedelta(minutes=10 * step)).isoformat()},{step},{4 * step}"
            for step in range(2 * 144 + 1)
        ),
    )
    assert list(result.days) == ["2026-01-01", "2026-01-02"]
    assert result.total.coverage == 1.0


def test_an_energy_that_cannot_flow_is_flagged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As an import would, it leaves out the energy, and names days to be left out."""
    result = replayed(
        "time,electricity_interval_wh,heat_interval_wh",
        "2026-01-15T00:00,1000,4000",
        "2026-01-15T01:00,1000,90000",
        "2026-01-15T02:00,1000,4000",
    )
    assert result.total == Figures(3.0, 2.0, 8.0, 4.0, 0.666667)
    assert kinds(result) == ["heat_jump"]
    file = tmp_path / "a.csv"
    file.write_text(
        "time,electricity_interval_wh,heat_interval_wh\n"
        "2026-01-15T00:00Z,100,40000\n2026-01-15T01:00Z,100,40000\n"
    )
    assert main([str(file)]) == 0
    output = capsys.readouterr()
    assert "heat: implausible cop (`2026-01-15: COP 400.0`)" in output.err
    assert "400.00" in output.out

"""What is exported can be read back, and nothing else is overwritten."""

from collections.abc import Iterable
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from custom_components.heatpump_monitor.history.transfer.exporting import (
    Cells,
    FileExistsAlreadyError,
    FileNameError,
    Resolution,
    exported,
    write,
)
from custom_components.heatpump_monitor.performance.totals.calendar import Calendar
from custom_components.heatpump_monitor.performance.totals.ledger import (
    Bucket,
    Ledger,
    ModeSums,
)
from custom_components.heatpump_monitor.performance.totals.periods import period_summary
from custom_components.heatpump_monitor.readings import Mode
from tools.replay import Replay, ReplayFindings, replay

BERLIN = ZoneInfo("Europe/Berlin")
# Half an hour into the day before the one on which the clock is put forward.
SINCE = datetime(2026, 3, 27, 23, 30, tzinfo=UTC)
FIRST, LAST = date(2026, 3, 28), date(2026, 3, 30)


def paired(share: float = 1.0, *, seconds: float = 3600) -> Bucket:
    """Return an hour with heating and hot water, of which a share is paired."""
    return Bucket(
        electricity_wh=1000,
        metered_s=seconds,
        paired_electricity_wh=1000 * share,
        heat_wh=4000 * share,
        paired_s=seconds * share,
        outside_c_s=5 * seconds,
        outside_s=seconds,
        modes={
            Mode.HEATING: ModeSums(800 * share, 3500 * share, 0.7 * seconds * share),
            Mode.HOT_WATER: ModeSums(200 * share, 500 * share, 0.3 * seconds * share),
        },
    )


def three_days() -> Ledger:
    """Return a ledger in which most hours are paired, and some are not at all."""
    ledger = Ledger(Calendar(BERLIN), since=SINCE)
    ledger.book(SINCE, paired(seconds=1800))
    for hour in range(1, 70):
        start = datetime(2026, 3, 27, 23, tzinfo=UTC) + timedelta(hours=hour)
        if hour % 10 == 7:
            # Nothing is known of this hour.
            continue
        # A poll was lost now and then, and once the cloud was gone.
        ledger.book(start, paired(0.0 if hour == 30 else 1 - (hour % 3) / 20))
    return ledger


def cool(ledger: Ledger) -> None:
    """Let a ledger's newest hour have been warm and cold."""
    hour = paired(0.5)
    hour.paired_s += 900
    hour.modes[Mode.COOLING] = ModeSums(250, 900, 900)
    ledger.book(max(ledger.hours) + timedelta(hours=1), hour)


def csv_of(rows: Iterable[Cells], folder: Path) -> list[str]:
    """Return the lines of the file that is written."""
    path, _ = write(folder, "a.csv", rows)
    return path.read_text(encoding="utf-8").splitlines()


def read_back(ledger: Ledger, resolution: Resolution, folder: Path) -> Replay:
    """Return what becomes of the exported file."""
    lines = csv_of(exported(ledger, resolution, FIRST, LAST), folder)
    return counted(lines, BERLIN)


def counted(lines: list[str], time_zone: ZoneInfo) -> Replay:
    """Return what the engine counts of a file."""
    findings = ReplayFindings()
    result = replay(lines, time_zone, findings)
    assert result is not None
    assert findings.row_lines() == []
    return result


@pytest.mark.parametrize("resolution", Resolution)
def test_what_is_read_back_has_the_same_totals(
    resolution: Resolution, tmp_path: Path
) -> None:
    """Electricity, paired or not, heat and coverage, over all and day by day."""
    ledger = three_days()
    result = read_back(ledger, resolution, tmp_path)
    until = datetime(2026, 3, 30, 22, tzinfo=UTC)
    for ago in range(3):
        day = FIRST + timedelta(days=ago)
        counted = period_summary(ledger, day, day, until, since=ledger.since)
        import_result = result.days[day.isoformat()]
        assert import_result.electricity_kwh == pytest.approx(
            counted.sums.electricity_wh / 1000, abs=1e-4
        )
        assert import_result.paired_electricity_kwh == pytest.approx(
            counted.sums.paired_electricity_wh / 1000, abs=1e-4
        )
        assert import_result.heat_kwh == pytest.approx(
            counted.sums.heat_wh / 1000, abs=1e-4
        )
        assert import_result.cop == pytest.approx(counted.cop, abs=1e-4)
        if day != LAST:
            # The recording ends with its last row, not with the day.
            assert import_result.coverage == pytest.approx(counted.coverage, abs=1e-4)


@pytest.mark.parametrize("resolution", Resolution)
def test_what_is_read_back_has_the_same_purposes(
    resolution: Resolution, tmp_path: Path
) -> None:
    """Heating and hot water have their own energies."""
    ledger = three_days()
    result = read_back(ledger, resolution, tmp_path)
    modes = ledger.sums(FIRST, LAST).modes
    for mode in (Mode.HEATING, Mode.HOT_WATER):
        import_result = result.modes[mode]
        assert import_result.paired_electricity_kwh == pytest.approx(
            modes[mode].electricity_wh / 1000, abs=1e-4
        )
        assert import_result.heat_kwh == pytest.approx(
            modes[mode].heat_wh / 1000, abs=1e-4
        )


@pytest.mark.parametrize("resolution", Resolution)
@pytest.mark.parametrize(
    "zone", ["Asia/Kolkata", "America/St_Johns", "Pacific/Chatham"]
)
def test_days_that_begin_within_an_hour(
    zone: str, resolution: Resolution, tmp_path: Path
) -> None:
    """Each day is read back with what was counted on it; one has 23 or 25 hours."""
    ledger = Ledger(Calendar(ZoneInfo(zone)))
    first, last = date(2026, 4, 4), date(2026, 4, 6)
    start = ledger.since = ledger.calendar.midnight(first)
    for opened, closed in ledger.pieces(
        start, ledger.calendar.midnight(date(2026, 4, 7))
    ):
        seconds = (closed - opened).total_seconds()
        ledger.book(
            opened,
            Bucket(
                electricity_wh=seconds / 3.6,
                metered_s=seconds,
                paired_electricity_wh=seconds / 3.6,
                heat_wh=seconds,
                paired_s=seconds,
            ),
        )
    lines = csv_of(exported(ledger, resolution, first, last), tmp_path)
    result = counted(lines, ZoneInfo(zone))
    assert result.days.keys() == {day.isoformat() for day in ledger.days}
    for day, bucket in ledger.days.items():
        import_result = result.days[day.isoformat()]
        assert import_result.electricity_kwh == pytest.approx(
            bucket.electricity_wh / 1000, abs=2e-3
        )
        assert import_result.heat_kwh == pytest.approx(bucket.heat_wh / 1000, abs=2e-3)


def test_cold_stays_cold(tmp_path: Path) -> None:
    """It has its own row, and no part in the heat."""
    ledger = three_days()
    cool(ledger)
    result = read_back(ledger, Resolution.HOURS, tmp_path)
    sums = ledger.sums(FIRST, LAST)
    assert result.total.heat_kwh == pytest.approx(sums.heat_wh / 1000, abs=1e-4)
    assert result.total.electricity_kwh == pytest.approx(
        sums.electricity_wh / 1000, abs=1e-4
    )
    assert result.modes[Mode.COOLING].electricity_kwh == pytest.approx(0.25, abs=1e-4)
    assert result.modes[Mode.COOLING].heat_kwh == pytest.approx(0.9, abs=1e-4)


def test_rows_as_they_are_written(tmp_path: Path) -> None:
    """Local times; the heat of what was not paired is empty."""
    ledger = Ledger(Calendar(BERLIN), since=SINCE)
    ledger.book(SINCE, paired(seconds=1800))
    ledger.book(SINCE + timedelta(minutes=30), paired(0.5))
    rows = exported(ledger, Resolution.HOURS, FIRST, LAST)
    energies = "{e},{h},{he},{hh},{we},{wh}"
    header = energies.format(
        e="electricity_interval_wh",
        h="heat_interval_wh",
        he="heating_electricity_interval_wh",
        hh="heating_heat_interval_wh",
        we="hot_water_electricity_interval_wh",
        wh="hot_water_heat_interval_wh",
    )
    whole = "1000.0,4000.0,800.0,3500.0,200.0,500.0"
    half = "500.0,2000.0,400.0,1750.0,100.0,250.0"
    first, second, third = (
        f"2026-03-28T{time}+01:00" for time in ("00:30:00", "01:00:00", "01:30:00")
    )
    assert csv_of(rows, tmp_path) == [
        f"time,until,{header},outside_c,mode",
        f"{first},{second},{whole},5.0,",
        f"{second},{third},{half},5.0,",
        f"{third},2026-03-28T02:00:00+01:00,500.0,,,,,,5.0,",
    ]


def test_a_copy_does_not_change_while_it_is_written() -> None:
    """What is counted meanwhile is not in it, new or not."""
    ledger = three_days()
    rows = exported(deepcopy(ledger), Resolution.DAYS, FIRST, LAST)
    expected = list(exported(ledger, Resolution.DAYS, FIRST, LAST))
    first = next(rows)
    ledger.book(max(ledger.hours), paired())
    ledger.book(max(ledger.hours) + timedelta(days=1), paired())
    assert [first, *rows] == expected
    assert list(exported(ledger, Resolution.DAYS, FIRST, LAST)) != expected


def test_days_are_chosen() -> None:
    """Only those asked for are told; the one without a reading has no row."""
    ledger = three_days()
    del ledger.days[date(2026, 3, 29)]
    rows = exported(ledger, Resolution.DAYS, date(2026, 3, 29), date(2026, 4, 30))
    assert {str(row["time"])[:10] for row in rows} == {"2026-03-30"}


def test_day_on_which_the_clock_is_changed_has_23_hours() -> None:
    """Its rows lie within it."""
    ledger = Ledger(Calendar(BERLIN), since=SINCE)
    day = date(2026, 3, 29)
    ledger.book(ledger.calendar.midnight(day), paired(seconds=23 * 3600))
    (row,) = exported(ledger, Resolution.DAYS, day, day)
    assert row["time"] == "2026-03-29T00:00:00+01:00"
    assert row["until"] == "2026-03-30T00:00:00+02:00"


@pytest.mark.parametrize(
    "name",
    [
        "../a.csv",
        "b/../../a.csv",
        "/a.csv",
        "a.txt",
        "a",
        "",
        ".csv",
        "a\0.csv",
        "link/a.csv",
    ],
)
def test_only_csv_files_in_the_folder(name: str, tmp_path: Path) -> None:
    """No name leads out of the folder, by a link neither."""
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "link").symlink_to(tmp_path)
    with pytest.raises(FileNameError):
        write(folder, name, [])
    assert list(tmp_path.rglob("*.*")) == []


def test_folders_are_made(tmp_path: Path) -> None:
    """A relative path may have folders of its own."""
    path, _ = write(tmp_path / "exports", "2026/days.csv", [])
    assert path == tmp_path / "exports" / "2026" / "days.csv"
    assert path.read_text(encoding="utf-8").startswith("time,until,")


def test_a_file_is_overwritten_only_if_told(tmp_path: Path) -> None:
    """What is there stays otherwise."""
    file = tmp_path / "a.csv"
    file.write_text("precious")
    with pytest.raises(FileExistsAlreadyError):
        write(tmp_path, "a.csv", [])
    assert file.read_text() == "precious"
    write(tmp_path, "a.csv", [], overwrite=True)
    assert file.read_text().startswith("time,")


def test_nothing_is_left_of_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    """Not even a part of it."""
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(IsADirectoryError):
        write(tmp_path, "a.csv", [], overwrite=True)
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]

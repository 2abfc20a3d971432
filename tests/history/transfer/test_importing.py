"""Imported recordings: counted by the same engine as what is read now."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
import os
from pathlib import Path
import tempfile
from zoneinfo import ZoneInfo

from freezegun.api import FrozenDateTimeFactory
from hypothesis import HealthCheck, assume, given, settings, strategies as st
import pytest
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from custom_components.heatpump_monitor.history.transfer import csv_format, recordings
from custom_components.heatpump_monitor.history.transfer.csv_format import (
    Finding,
    Problem,
)
from custom_components.heatpump_monitor.history.transfer.exporting import (
    Resolution,
    exported,
    write,
)
from custom_components.heatpump_monitor.history.transfer.importing import (
    ImportedLedger,
    ImportRefusedError,
    StatisticPair,
    async_from_statistics,
    from_csv,
    plan_import,
    planned,
)
from custom_components.heatpump_monitor.performance.plant import HeatMethod, Plant
from custom_components.heatpump_monitor.performance.totals.calendar import Calendar
from custom_components.heatpump_monitor.performance.totals.ledger import (
    Bucket,
    Ledger,
    ModeSums,
)
from custom_components.heatpump_monitor.readings import Mode
from homeassistant.components.recorder.core import Recorder
from homeassistant.components.recorder.models import (
    StatisticData,
    StatisticMeanType,
    StatisticMetaData,
)
from homeassistant.components.recorder.statistics import async_add_external_statistics
from homeassistant.core import HomeAssistant

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MIDNIGHT = datetime(2026, 3, 27, 23, tzinfo=UTC)
"""When the 28th of March begins in Berlin; the day after has 23 hours."""
FIRST = date(2026, 3, 28)
NOW = datetime(2026, 4, 15, tzinfo=UTC)


def read(
    folder: Path,
    *lines: str,
    method: HeatMethod = HeatMethod.COUNTER,
    plant: Plant | None = None,
) -> ImportedLedger:
    """Return what becomes of a file with these lines."""
    (folder / "year.csv").write_text("\n".join(lines), encoding="utf-8")
    return from_csv(folder, "year.csv", plant or Plant(), BERLIN, method, NOW)


def refusal(folder: Path, name: str) -> tuple[str, str | None]:
    """Return why a file is refused, and in which line."""
    with pytest.raises(ImportRefusedError) as refused:
        from_csv(folder, name, Plant(), BERLIN, HeatMethod.COUNTER, NOW)
    assert refused.value.placeholders["file"] == name
    return refused.value.key, refused.value.placeholders.get("line")


def test_a_file_is_counted_by_the_same_engine(tmp_path: Path) -> None:
    """Counters across a gap, days, and all hours however long ago."""
    imported = read(
        tmp_path,
        "time,electricity_wh,heat_wh",
        "2025-01-01T00:00,0,0",
        "2025-01-01T12:00,6000,24000",
        "2026-03-28T00:00,6000,24000",
        "2026-03-28T01:00,7000,28000",
        "2026-03-28T02:00,7500,29000",
    )
    ledger = imported.ledger
    assert ledger.since == datetime(2024, 12, 31, 23, tzinfo=UTC)
    day = ledger.days[FIRST]
    assert (day.electricity_wh, day.heat_wh, day.paired_s) == (1500, 5000, 7200)
    assert ledger.hours[MIDNIGHT].heat_wh == 4000
    assert ledger.hours[datetime(2024, 12, 31, 23, tzinfo=UTC)].heat_wh == 2000
    assert imported.findings.count == 0


def test_heat_is_known_as_the_owner_says(tmp_path: Path) -> None:
    """A heat meter's band would be too narrow for what a unit counted itself."""
    lines = (
        "time,electricity_wh,heat_wh",
        "2026-03-28T00:00,0,0",
        "2026-03-28T01:00,1000,4000",
    )
    for method in (HeatMethod.COUNTER, HeatMethod.HEAT_METER):
        day = read(tmp_path, *lines, method=method).ledger.days[FIRST]
        assert day.methods_wh == {method: 4000}


def test_heat_by_flow_is_by_flow(tmp_path: Path) -> None:
    """It is reckoned with the owner's water, and called what it is."""
    lines = (
        "time,power_w,flow_lph,supply_c,return_c,outside_c",
        *(f"2026-03-28T00:{minute:02},1000,1000,35,30,5" for minute in range(0, 60, 5)),
    )
    water = read(tmp_path, *lines).ledger.days[FIRST]
    assert water.methods_wh == {HeatMethod.FLOW: pytest.approx(water.heat_wh)}
    # The last row tells no time after it.
    assert water.heat_wh == pytest.approx(5790 * 55 / 60, rel=0.01)
    assert water.outside_c_s == pytest.approx(5 * 55 * 60)
    glycol = read(tmp_path, *lines, plant=Plant(glycol_pct=30)).ledger.days[FIRST]
    assert 0.9 * water.heat_wh < glycol.heat_wh < water.heat_wh


def test_outside_temperature_beside_heat(tmp_path: Path) -> None:
    """It holds as long as its row, and days with nothing else are none."""
    imported = read(
        tmp_path,
        "time,until,electricity_interval_wh,heat_interval_wh,outside_c",
        "2026-03-28T00:00,2026-03-29T00:00,24000,96000,5",
        "2026-03-29T00:00,2026-03-30T00:00,,,7",
    )
    assert list(imported.ledger.days) == [FIRST]
    day = imported.ledger.days[FIRST]
    assert day.outside_c_s / day.outside_s == pytest.approx(5)
    assert day.outside_s == 86_400


def test_columns_of_their_own_make_modes(tmp_path: Path) -> None:
    """What was for heating and for hot water is told beside their sum."""
    imported = read(
        tmp_path,
        "time,heating_electricity_wh,hot_water_electricity_wh,"
        "heating_heat_wh,hot_water_heat_wh",
        "2026-03-28T00:00,0,0,0,0",
        "2026-03-28T12:00,6000,1000,24000,3000",
        "2026-03-29T00:00,9000,1000,36000,3000",
    )
    day = imported.ledger.days[FIRST]
    assert day.electricity_wh == pytest.approx(10_000)
    assert day.heat_wh == pytest.approx(39_000)
    assert day.modes == {
        Mode.HEATING: ModeSums(9000, 36_000),
        Mode.HOT_WATER: ModeSums(1000, 3000),
    }


def test_what_was_exported_comes_back(tmp_path: Path) -> None:
    """An account that was lost is imported from its own export."""
    ledger = Ledger(Calendar(BERLIN), since=MIDNIGHT)
    for hour in range(40):
        counted = Bucket(
            electricity_wh=1000,
            metered_s=3600,
            paired_electricity_wh=800,
            heat_wh=3000,
            paired_s=2880,
            outside_c_s=3 * 3600,
            outside_s=3600,
            modes={
                Mode.HEATING: ModeSums(600, 2500, 2000),
                Mode.HOT_WATER: ModeSums(200, 500, 880),
            },
        )
        ledger.book(MIDNIGHT + hour * HOUR, counted)
    for resolution in Resolution:
        rows = exported(ledger, resolution, date(2026, 1, 1), date(2026, 12, 31))
        write(tmp_path, "out.csv", rows, overwrite=True)
        back = from_csv(
            tmp_path, "out.csv", Plant(), BERLIN, HeatMethod.FLOW, NOW
        ).ledger
        assert back.days.keys() == ledger.days.keys()
        for day, bucket in ledger.days.items():
            counted = back.days[day]
            for name in ("electricity_wh", "paired_electricity_wh", "heat_wh"):
                assert getattr(counted, name) == pytest.approx(getattr(bucket, name))
            assert counted.paired_s == pytest.approx(bucket.paired_s)
            assert counted.outside_c_s / counted.outside_s == pytest.approx(3)
            for mode, sums in bucket.modes.items():
                assert counted.modes[mode].heat_wh == pytest.approx(sums.heat_wh)


CELLS = st.tuples(
    st.integers(1, 300),
    st.one_of(st.none(), st.integers(0, 500)),
    st.one_of(st.none(), st.integers(0, 2000)),
    st.sampled_from(["", "heating", "hot_water", "standby"]),
)


@given(
    steps=st.lists(CELLS, min_size=2, max_size=40),
    size=st.integers(1, 20),
    intervals=st.booleans(),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_long_file_is_read_piece_by_piece(
    steps: list[tuple[int, int | None, int | None, str]],
    size: int,
    intervals: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where a file is cut changes nothing, whatever cells are empty there."""
    kind = "_interval_wh" if intervals else "_wh"
    lines = [f"time,until,electricity{kind},heat{kind},mode"]
    moment, totals = MIDNIGHT, [0, 0]
    # Which columns there are must be seen in the first piece.
    for minutes, electricity_wh, heat_wh, mode in [(1, 1, 4, "heating"), *steps]:
        until = moment + timedelta(minutes=minutes)
        cells = [moment.isoformat(), until.isoformat() if intervals else ""]
        for place, energy_wh in enumerate((electricity_wh, heat_wh)):
            totals[place] += energy_wh or 0
            value = energy_wh if intervals else totals[place]
            cells.append("" if energy_wh is None else str(value))
        lines.append(",".join([*cells, mode]))
        moment = until
    with tempfile.TemporaryDirectory() as folder, monkeypatch.context() as patched:
        try:
            whole = read(Path(folder), *lines).ledger
        except ImportRefusedError:
            # All of it is more than can flow.
            assume(False)
        patched.setattr(recordings, "ROWS_AT_ONCE", size)
        patched.setattr(csv_format, "WINDOW", 1)
        cut = read(Path(folder), *lines).ledger
    assert cut.since == whole.since
    assert cut.days.keys() == whole.days.keys()
    for day, bucket in whole.days.items():
        assert_alike(cut.days[day], bucket)


def assert_alike(one: Bucket, other: Bucket) -> None:
    """Fail unless two buckets hold the same, but for the order of their sums."""
    for name in (
        "electricity_wh",
        "metered_s",
        "paired_electricity_wh",
        "heat_wh",
        "unpaired_heat_wh",
        "paired_s",
    ):
        value = getattr(other, name)
        assert getattr(one, name) == pytest.approx(value, abs=1e-6), name
    assert one.modes.keys() == other.modes.keys()
    for mode, sums in other.modes.items():
        assert one.modes[mode].heat_wh == pytest.approx(sums.heat_wh, abs=1e-6)


def test_bad_rows_are_named_and_passed_over(tmp_path: Path) -> None:
    """The first are told with their line, and all are counted."""
    imported = read(
        tmp_path,
        "time,electricity_wh,heat_wh",
        "2026-03-28T00:00,0,0",
        *("yesterday,0,0" for _ in range(30)),
        "2026-03-28T01:00,1000,4000",
        "2026-03-28T02:00,many,4000",
    )
    plan = plan_import(imported, (FIRST, FIRST), FIRST + DAY)
    _, result = planned(plan, Ledger(Calendar(BERLIN)))
    assert result.bad_rows == 31
    first = result.bad_rows_first[0]
    assert first == Finding(3, "time", "yesterday", Problem.INVALID_TIME)
    assert len(result.bad_rows_first) == 20
    assert (result.electricity_kwh, result.heat_kwh, result.cop) == (1, 4, 4)
    # The hours to midnight are not known.
    assert result.coverage == pytest.approx(1 / 24, abs=1e-4)


def test_rows_long_before_those_above_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only rows that wait together can be put in order."""
    monkeypatch.setattr(csv_format, "WINDOW", 1)
    imported = read(
        tmp_path,
        "time,electricity_wh,heat_wh",
        "2026-03-28T02:00,2000,8000",
        "2026-03-28T01:00,1000,4000",
        "2026-03-28T00:00,0,0",
        "2026-03-28T03:00,3000,12000",
    )
    (late,) = imported.findings.first
    assert (late.line, late.problem) == (4, Problem.OUT_OF_ORDER)
    assert imported.ledger.days[FIRST].electricity_wh == 2000


def problems(imported: ImportedLedger) -> list[tuple[int | None, str, str, Problem]]:
    """Return what is wrong with rows."""
    return [
        (finding.line, finding.column, finding.value, finding.problem)
        for finding in imported.findings.first
    ]


@pytest.mark.parametrize(
    ("kind", "rows", "wrong", "electricity_wh"),
    [
        (
            "_interval_wh",
            ("1000,4000", "60000,4000", "1000,90000", "1000,-90000", "500,2000"),
            [
                (3, "electricity", "60000 Wh"),
                (4, "heat", "90000 Wh"),
                (5, "heat", "-90000 Wh"),
            ],
            3500,
        ),
        (
            "_wh",
            ("0,0", "1000,4000", "99000,8000", "100000,99000", "101000,100000"),
            [
                (4, "electricity", "1000 Wh, then 99000 Wh"),
                (5, "heat", "8000 Wh, then 99000 Wh"),
            ],
            3000,
        ),
    ],
)
def test_more_than_can_flow_is_named(
    tmp_path: Path,
    kind: str,
    rows: Sequence[str],
    wrong: Sequence[tuple[int, str, str]],
    electricity_wh: float,
) -> None:
    """What neither the meter can carry nor a heat pump can make does not count."""
    lines = [f"2026-03-28T{hour:02}:00,{row}" for hour, row in enumerate(rows)]
    imported = read(tmp_path, f"time,electricity{kind},heat{kind}", *lines)
    assert problems(imported) == [(*each, Problem.ABOVE_RATED_POWER) for each in wrong]
    assert imported.ledger.days[FIRST].electricity_wh == electricity_wh


def test_a_row_is_named_once(tmp_path: Path) -> None:
    """Though the sum of its columns, too, is more than can flow."""
    names = ("heating_electricity", "hot_water_electricity", "heating_heat")
    header = ",".join(f"{name}_interval_wh" for name in names)
    imported = read(
        tmp_path,
        f"time,{header}",
        "2026-03-28T00:00,99000,1,4000",
        "2026-03-28T01:00,1000,1,4000",
        "2026-03-28T02:00,1000,1,4000",
    )
    assert problems(imported) == [
        (2, "electricity", "99001 Wh", Problem.ABOVE_RATED_POWER)
    ]


def test_a_counter_that_starts_again_is_named(tmp_path: Path) -> None:
    """What it had counted since the row before is lost."""
    imported = read(
        tmp_path,
        "time,electricity_wh,heat_wh",
        "2026-03-28T00:00,5000,20000",
        "2026-03-28T01:00,6000,24000",
        "2026-03-28T02:00,100,400",
        "2026-03-28T03:00,1100,4400",
    )
    assert problems(imported) == [
        (4, "electricity", "6000 Wh, then 100 Wh", Problem.COUNTER_RESET)
    ]
    assert imported.ledger.days[FIRST].electricity_wh == 2000


def test_a_day_beyond_carnot_is_refused(tmp_path: Path) -> None:
    """Such as one whose units were mixed up; a summer day in coarse steps is kept."""
    imported = read(
        tmp_path,
        "time,electricity_interval_wh,heat_interval_wh",
        "2026-03-27T00:00,10000,40000",
        "2026-03-28T00:00,14,56000",
        "2026-03-29T00:00,0,56000",
        "2026-03-30T00:00,20,1000",
        "2026-03-31T00:00,10000,40000",
    )
    beyond = Problem.IMPLAUSIBLE_COP
    assert problems(imported) == [
        (None, "heat", "2026-03-28: COP 4000.0", beyond),
        (None, "heat", "2026-03-29: 56000 Wh", beyond),
    ]
    assert [day.day for day in imported.ledger.days] == [27, 30, 31]
    with pytest.raises(ImportRefusedError) as refused:
        read(
            tmp_path,
            "time,electricity_interval_wh,heat_interval_wh",
            "2026-03-28T00:00,14,56000",
            "2026-03-29T00:00,14,56000",
        )
    assert refused.value.key == "no_good_row"
    assert refused.value.placeholders["line"] == "-"


def test_rows_of_another_time_are_named(tmp_path: Path) -> None:
    """A mistyped year is not followed by decades of nothing."""
    imported = read(
        tmp_path,
        "time,until,electricity_interval_wh",
        "1975-03-28T00:00,,1000",
        "2026-03-28T00:00,2026-03-28T01:00,1000",
        "2026-03-28T01:00,2062-03-28T02:00,1000",
        "2026-03-28T02:00,2026-03-28T03:00,1000",
        "2062-03-28T00:00,,1000",
    )
    assert [
        (each.line, each.column, each.problem) for each in imported.findings.first
    ] == [
        (2, "time", Problem.TIME_TOO_OLD),
        (4, "until", Problem.TIME_IN_FUTURE),
        (6, "time", Problem.TIME_IN_FUTURE),
    ]
    assert imported.ledger.days.keys() == {FIRST}
    assert imported.ledger.days[FIRST].electricity_wh == 2000


def test_only_regular_files_are_read(tmp_path: Path) -> None:
    """A pipe would be waited for; what Home Assistant stores is its own."""
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "to_pipe.csv").symlink_to(tmp_path / "pipe.csv")
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "to_folder.csv").symlink_to(tmp_path / "folder.csv")
    for name in ("pipe.csv", "to_pipe.csv", "to_folder.csv"):
        assert refusal(tmp_path, name)[0] == "file_not_read"
    (tmp_path / "device.csv").symlink_to("/dev/zero")
    assert refusal(tmp_path, "device.csv")[0] == "file_outside"
    stored = tmp_path / ".storage" / "own.csv"
    stored.parent.mkdir()
    stored.write_text("time,electricity_wh\n2026-03-28T00:00,0\n")
    (tmp_path / "to_stored.csv").symlink_to(stored)
    for name in (".storage/own.csv", "x/../.storage/own.csv", "to_stored.csv"):
        assert refusal(tmp_path, name)[0] == "file_outside"


def test_only_files_of_the_folder_are_read(tmp_path: Path) -> None:
    """Nothing leads out of it, neither a name nor a link."""
    folder = tmp_path / "config"
    folder.mkdir()
    outside = tmp_path / "outside.csv"
    outside.write_text("time,electricity_wh\n2026-03-28T00:00,0\n")
    (folder / "link.csv").symlink_to(outside)
    (folder / "secrets.yaml").write_text("time,electricity_wh\n")
    for name in ("../outside.csv", str(outside), "link.csv", "secrets.yaml", "a\0.csv"):
        assert refusal(folder, name)[0] == "file_outside"
    (folder / "folder.csv").mkdir()
    for name in ("missing.csv", "folder.csv"):
        assert refusal(folder, name)[0] == "file_not_read"


@pytest.mark.parametrize(
    ("content", "key", "line"),
    [
        (b"", "file_without_columns", None),
        (b"time;electricity_wh\n2026-03-28T00:00;0\n", "file_without_columns", None),
        (b"time,note\n2026-03-28T00:00,x\n", "file_without_columns", None),
        ("time,electricity_wh\n".encode("utf-16"), "file_not_text", None),
        (b'time,electricity_wh\n"' + b"0" * 200_000, "file_not_text", None),
        (bytes(range(256)), "file_not_text", None),
        (b"time,electricity_wh\n", "file_without_rows", None),
        (b"time,electricity_wh\n\nnow,1\nthen,2\n", "no_good_row", "3"),
        (
            b"time,heat_wh\n2026-03-28T00:00,0\n2026-03-28T01:00,4000,5\n",
            "no_good_row",
            "3",
        ),
    ],
)
def test_files_that_tell_nothing(
    tmp_path: Path, content: bytes, key: str, line: str | None
) -> None:
    """It is said why, with the line of the first bad row."""
    (tmp_path / "bad.csv").write_bytes(content)
    assert refusal(tmp_path, "bad.csv") == (key, line)


@pytest.mark.parametrize(
    "content",
    [
        "\ufefftime,electricity_wh\n2026-03-28T00:00,0\n2026-03-28T01:00,1500\n",
        "time,electricity_wh\r\n2026-03-28T00:00,0\r\n2026-03-28T01:00,1500\r\n",
        (
            'note,"time", "electricity_wh"\n"a, b",2026-03-28 00:00, "0" ,,\n'
            ',"2026-03-28 01:00","1500"\n'
        ),
    ],
)
def test_whatever_a_spreadsheet_writes(tmp_path: Path, content: str) -> None:
    """A mark at the beginning, other line ends, quotation marks, and empty cells."""
    (tmp_path / "sheet.csv").write_bytes(content.encode())
    imported = from_csv(tmp_path, "sheet.csv", Plant(), BERLIN, HeatMethod.COUNTER, NOW)
    assert imported.findings.count == 0
    assert imported.ledger.days[FIRST].electricity_wh == 1500


class Statistics:
    """A recorder with long-term statistics of others."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Begin without any."""
        self.hass = hass

    def add(self, name: str, sums: Mapping[int, float], unit: str = "kWh") -> str:
        """Add the sums at the end of hours since that midnight."""
        rows = [
            StatisticData(start=MIDNIGHT + hour * HOUR, sum=value)
            for hour, value in sums.items()
        ]
        unit_class = "energy" if unit.endswith(("Wh", "J")) else None
        return self._add(name, rows, unit, unit_class, has_sum=True)

    def add_means(self, name: str, means: Mapping[int, float], unit: str) -> str:
        """Add the means of hours since that midnight."""
        rows = [
            StatisticData(start=MIDNIGHT + hour * HOUR, mean=value)
            for hour, value in means.items()
        ]
        return self._add(name, rows, unit, "temperature", has_sum=False)

    def _add(
        self,
        name: str,
        rows: list[StatisticData],
        unit: str,
        unit_class: str | None,
        *,
        has_sum: bool,
    ) -> str:
        mean = StatisticMeanType.NONE if has_sum else StatisticMeanType.ARITHMETIC
        metadata = StatisticMetaData(
            has_sum=has_sum,
            mean_type=mean,
            name=name,
            source="other",
            statistic_id=f"other:{name}",
            unit_class=unit_class,
            unit_of_measurement=unit,
        )
        async_add_external_statistics(self.hass, metadata, rows)
        return f"other:{name}"

    async def read(
        self,
        pairs: Sequence[StatisticPair],
        outside: str | None = None,
        days: tuple[date, date] | None = None,
    ) -> Ledger:
        """Return what is counted of pairs of them."""
        return (await self.imported(pairs, outside, days)).ledger

    async def imported(
        self,
        pairs: Sequence[StatisticPair],
        outside: str | None = None,
        days: tuple[date, date] | None = None,
    ) -> ImportedLedger:
        """Return what becomes of pairs of them."""
        await async_wait_recording_done(self.hass)
        return await async_from_statistics(
            self.hass, pairs, outside, days, Plant(), BERLIN, HeatMethod.COUNTER
        )


@pytest.fixture
async def statistics(
    recorder_mock: Recorder, hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> Statistics:
    """Return a recorder, months later."""
    freezer.move_to(datetime(2026, 6, 1, tzinfo=UTC))
    return Statistics(hass)


async def test_pair_of_statistics(statistics: Statistics) -> None:
    """Hour by hour, in whatever unit, through the change of the clock."""
    pair = StatisticPair(
        electricity=statistics.add("drawn", {hour: hour + 1 for hour in range(47)}),
        heat=statistics.add(
            "made", {hour: 14.4 * (hour + 1) for hour in range(47)}, "MJ"
        ),
    )
    outside = statistics.add_means("air", dict.fromkeys(range(47), 50), "°F")
    ledger = await statistics.read([pair], outside)
    assert ledger.since == MIDNIGHT
    first, second = (ledger.days[date(2026, 3, day)] for day in (28, 29))
    assert first.electricity_wh == pytest.approx(24_000)
    assert first.heat_wh == pytest.approx(96_000)
    assert (first.paired_s, second.paired_s) == (24 * 3600, 23 * 3600)
    assert second.heat_wh == pytest.approx(92_000)
    assert first.methods_wh == {HeatMethod.COUNTER: pytest.approx(96_000)}
    assert first.outside_c_s / first.outside_s == pytest.approx(10)
    assert ledger.hours[MIDNIGHT].electricity_wh == pytest.approx(1000)


async def test_statistic_that_was_away(statistics: Statistics) -> None:
    """What it grew by meanwhile is paired over all that time."""
    pair = StatisticPair(
        electricity=statistics.add("drawn", {0: 1, 1: 2, 2: 3, 3: 4, 4: 5, 5: 6}),
        heat=statistics.add("made", {0: 4, 1: 8, 4: 17, 5: 21}),
    )
    day = (await statistics.read([pair])).days[FIRST]
    assert (day.electricity_wh, day.heat_wh) == (6000, 21_000)
    assert day.paired_s == 6 * 3600
    assert day.paired_electricity_wh == 6000


async def test_statistic_that_falls(statistics: Statistics) -> None:
    """A counter that started again is no energy, and leaves a gap."""
    pair = StatisticPair(
        electricity=statistics.add("drawn", {0: 1, 1: 2, 2: 3, 3: 4}),
        heat=statistics.add("made", {0: 4, 1: 8, 2: 1, 3: 5}),
    )
    day = (await statistics.read([pair])).days[FIRST]
    assert (day.electricity_wh, day.heat_wh) == (4000, 12_000)
    assert (day.paired_electricity_wh, day.paired_s) == (3000, 3 * 3600)


async def test_statistics_of_two_purposes(statistics: Statistics) -> None:
    """Their sums are known where both are; each is told as what it was for."""
    pairs = [
        StatisticPair(
            electricity=statistics.add("drawn_h", {0: 1, 1: 2, 2: 3, 3: 4}),
            heat=statistics.add("made_h", {0: 5, 1: 10, 2: 15, 3: 20}),
            mode=Mode.HEATING,
        ),
        StatisticPair(
            electricity=statistics.add("drawn_w", {0: 1, 2: 2, 3: 2}),
            heat=statistics.add("made_w", {0: 3, 1: 3, 2: 6, 3: 6}),
            mode=Mode.HOT_WATER,
        ),
    ]
    day = (await statistics.read(pairs)).days[FIRST]
    assert (day.electricity_wh, day.heat_wh) == (6000, 26_000)
    assert day.modes == {
        Mode.HEATING: ModeSums(4000, 20_000),
        Mode.HOT_WATER: ModeSums(2000, 6000),
    }
    assert day.paired_s == 4 * 3600


async def test_one_meter_beside_two_counters(statistics: Statistics) -> None:
    """Electricity that is named twice is counted once."""
    drawn = statistics.add("drawn", {0: 1, 1: 2})
    pairs = [
        StatisticPair(electricity=drawn, heat=statistics.add("h", {0: 3, 1: 6})),
        StatisticPair(heat=statistics.add("w", {0: 1, 1: 2})),
        StatisticPair(electricity=drawn),
    ]
    day = (await statistics.read(pairs)).days[FIRST]
    assert (day.electricity_wh, day.heat_wh) == (2000, 8000)


async def test_days_of_statistics(statistics: Statistics) -> None:
    """What was counted before the first day does not fall on it."""
    hours = range(96)
    pair = StatisticPair(
        electricity=statistics.add("drawn", {hour: 1 + hour for hour in hours}),
        heat=statistics.add("made", {hour: 3 + 3 * hour for hour in hours}),
    )
    wanted = date(2026, 3, 30)
    ledger = await statistics.read([pair], days=(wanted, wanted))
    assert ledger.days[wanted].electricity_wh == pytest.approx(24_000)
    assert max(ledger.days) == wanted


async def test_statistics_that_cannot_be_used(statistics: Statistics) -> None:
    """It is said which one, and in which field."""
    drawn = statistics.add("drawn", {0: 1, 1: 2})
    money = statistics.add("money", {0: 1, 1: 2}, "EUR")
    air = statistics.add_means("air", {0: 5}, "°C")
    for heat, outside, key, field, statistic in (
        ("sensor.none", None, "statistic_unknown", "statistics", "sensor.none"),
        (money, None, "statistic_not_usable", "statistics", money),
        (air, None, "statistic_not_usable", "statistics", air),
        (drawn, "sensor.none", "statistic_unknown", "outside", "sensor.none"),
        (drawn, money, "statistic_not_usable", "outside", money),
    ):
        with pytest.raises(ImportRefusedError) as refused:
            await statistics.read([StatisticPair(heat=heat)], outside)
        assert refused.value.key == key
        assert refused.value.placeholders["field"] == field
        assert refused.value.placeholders["statistic"] == statistic


async def test_statistic_that_cannot_be_true(statistics: Statistics) -> None:
    """More than can flow in an hour is named with its statistic, and once only."""
    electricity = statistics.add("drawn", {-1: 0, 0: 1, 1: 100, 2: 101})
    heat = statistics.add("made", {-1: 0, 0: 4, 1: 8, 2: 12})
    pair = StatisticPair(electricity=electricity, heat=heat, mode=Mode.HEATING)
    imported = await statistics.imported([pair])
    assert problems(imported) == [
        (
            None,
            "other:drawn",
            f"{(MIDNIGHT + HOUR).isoformat()}: 99000 Wh",
            Problem.ABOVE_RATED_POWER,
        )
    ]
    assert imported.ledger.days[FIRST].electricity_wh == 2000


async def test_days_without_statistics(statistics: Statistics) -> None:
    """Nothing there is said to be nothing."""
    pair = StatisticPair(electricity=statistics.add("drawn", {0: 1}))
    with pytest.raises(ImportRefusedError) as refused:
        await statistics.read([pair], days=(date(2025, 1, 1), date(2025, 1, 31)))
    assert refused.value.key == "nothing_to_import"


async def test_without_a_recorder(hass: HomeAssistant) -> None:
    """There are no statistics then."""
    with pytest.raises(ImportRefusedError) as refused:
        await async_from_statistics(
            hass,
            [StatisticPair(electricity="sensor.a", heat="sensor.b")],
            None,
            None,
            Plant(),
            BERLIN,
            HeatMethod.COUNTER,
        )
    assert refused.value.key == "recorder_missing"

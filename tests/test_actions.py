"""Actions: what they answer, and what they say when they are asked wrongly."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import probatio
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from custom_components.heatpump_monitor.const import (
    CLOSING_DELAY_S,
    CONF_KIND,
    CONF_SEASON_START_MONTH,
    DOMAIN,
    Kind,
)
from custom_components.heatpump_monitor.performance.totals.ledger import (
    Bucket,
    Ledger,
    ModeSums,
)
from custom_components.heatpump_monitor.performance.totals.periods import Period
from custom_components.heatpump_monitor.readings import Mode
from homeassistant.components.recorder.core import Recorder
from homeassistant.components.recorder.models import (
    StatisticData,
    StatisticMeanType,
    StatisticMetaData,
)
from homeassistant.components.recorder.statistics import async_add_external_statistics
from homeassistant.core import Context, HomeAssistant, SupportsResponse
from homeassistant.exceptions import (
    HomeAssistantError,
    ServiceValidationError,
    Unauthorized,
)
from homeassistant.helpers.translation import async_get_translations
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from tools.replay import replay

from .household import METER_POLL_S, POLL_S, Household
from .test_effects import analyses, note

BERLIN = ZoneInfo("Europe/Berlin")
DAY_S = 86_400

type Wrong = tuple[Mapping[str, object], str]
"""The fields of a call that is refused, and what the user reads."""


@pytest.fixture
def config_folder(hass: HomeAssistant, tmp_path: Path) -> Path:
    """Return the configuration folder, one for each test."""
    hass.config.config_dir = str(tmp_path)
    return tmp_path


async def ask(household: Household, action: str, **fields: object) -> dict[str, Any]:
    """Return what an action answers, as it reaches whoever asked."""
    answer = await household.hass.services.async_call(
        DOMAIN, action, fields, blocking=True, return_response=True
    )
    import_result: dict[str, Any] = json.loads(json.dumps(answer))
    return import_result


async def complaint(household: Household, action: str, **fields: object) -> str:
    """Return what the user reads, in English, of a call that is refused."""
    with pytest.raises((ServiceValidationError, probatio.Invalid)) as refused:
        await ask(household, action, **fields)
    if isinstance(refused.value, ServiceValidationError):
        return await message(household.hass, refused.value)
    return str(refused.value)


async def message(hass: HomeAssistant, error: HomeAssistantError) -> str:
    """Return what the user reads of an error of ours."""
    texts = await async_get_translations(hass, "en", "exceptions", [DOMAIN])
    text = texts[f"component.{DOMAIN}.exceptions.{error.translation_key}.message"]
    return text.format(**(error.translation_placeholders or {}))


def ledger_of(household: Household) -> Ledger:
    """Return what was counted."""
    ledger: Ledger = household.entry.runtime_data.performance.monitor.ledger
    return ledger


def today(household: Household) -> date:
    """Return the day it is in the household."""
    return ledger_of(household).calendar.local_day(dt_util.utcnow())


def remember(
    household: Household, days_ago: int, electricity_wh: float, heat_wh: float = 0.0
) -> str:
    """Let the account know of an earlier day, all of it paired; return the day."""
    ledger = ledger_of(household)
    day = today(household) - timedelta(days=days_ago)
    start = ledger.calendar.midnight(day)
    ledger.since = min(start, ledger.since or start)
    counted = Bucket(
        electricity_wh=electricity_wh,
        metered_s=DAY_S,
        paired_electricity_wh=electricity_wh,
        heat_wh=heat_wh,
        paired_s=DAY_S,
    )
    ledger.book(start, counted)
    return day.isoformat()


def ledger_hour(household: Household) -> int:
    """Return the hour, on the household's clock, that is counted in."""
    return max(ledger_of(household).hours).astimezone(BERLIN).hour


async def test_actions_are_there_without_an_entry(
    hass: HomeAssistant, enable_custom_integrations: None
) -> None:
    """An automation that uses one is valid before the heat pump is set up."""
    assert await async_setup_component(hass, DOMAIN, {})
    responses = {
        action: hass.services.supports_response(DOMAIN, action)
        for action in hass.services.async_services_for_domain(DOMAIN)
    }
    assert responses == {
        "add_note": SupportsResponse.OPTIONAL,
        "analyse_change": SupportsResponse.ONLY,
        "correct_peak": SupportsResponse.OPTIONAL,
        "delete_session": SupportsResponse.NONE,
        "edit_note": SupportsResponse.OPTIONAL,
        "export_history": SupportsResponse.OPTIONAL,
        "get_changelog": SupportsResponse.ONLY,
        "get_report": SupportsResponse.ONLY,
        "get_series": SupportsResponse.ONLY,
        "get_sessions": SupportsResponse.ONLY,
        "import_history": SupportsResponse.OPTIONAL,
        "recover_history": SupportsResponse.OPTIONAL,
        "reset_peak": SupportsResponse.OPTIONAL,
        "rename_session": SupportsResponse.NONE,
        "start_session": SupportsResponse.OPTIONAL,
        "stop_session": SupportsResponse.OPTIONAL,
    }
    with pytest.raises(ServiceValidationError) as refused:
        await hass.services.async_call(
            DOMAIN,
            "get_series",
            {"frame": "day"},
            blocking=True,
            return_response=True,
        )
    assert refused.value.translation_key == "service_found_no_config_entry_for_domain"


async def test_series_of_today(household: Household) -> None:
    """The running hour is told; those before the account and to come are not."""
    household.step_s = METER_POLL_S
    await household.set_up()
    await household.live(4 * POLL_S + CLOSING_DELAY_S)

    answer = await ask(household, "get_series", frame="day")
    assert answer["frame"] == "day"
    points = answer["points"]
    assert len(points) == 24
    known = [index for index, point in enumerate(points) if point["heat_kwh"]]
    assert known == [ledger_hour(household)]
    point = points[known[0]]
    hours = ledger_of(household).hours
    (bucket,) = (bucket for bucket in hours.values() if bucket.paired_s)
    assert point["electricity_kwh"] == pytest.approx(
        bucket.electricity_wh / 1000, abs=1e-3
    )
    assert point["heat_kwh"] == pytest.approx(bucket.heat_wh / 1000, abs=1e-3)
    assert point["heat_by_mode_kwh"] == {"heating": point["heat_kwh"]}
    assert point["cop"] == pytest.approx(
        bucket.heat_wh / bucket.paired_electricity_wh, abs=1e-3
    )
    # The account begins with the meter's first move.
    assert point["coverage"] == pytest.approx(0.95, abs=0.04)
    assert datetime.fromisoformat(point["start"]).hour == known[0]
    assert points[-1] == {
        "start": points[-1]["start"],
        "electricity_kwh": None,
        "own_electricity_kwh": None,
        "paired_electricity_kwh": None,
        "heat_kwh": None,
        "cop": None,
        "coverage": None,
        "outside_c": None,
        "heat_by_mode_kwh": {},
    }


async def test_series_of_an_earlier_month(household: Household) -> None:
    """The date tells which month."""
    await household.set_up()
    day = remember(household, 60, 8000)
    answer = await ask(household, "get_series", frame="month", date=day)
    known = {
        point["start"][:10]: point["electricity_kwh"]
        for point in answer["points"]
        if point["electricity_kwh"] is not None
    }
    assert known == {day: 8.0}


@pytest.mark.parametrize(("paired_s", "unchanged"), [(80_000.0, None), (90_000.0, 0.0)])
async def test_hours_that_were_let_go(
    recorder_mock: Recorder,
    household: Household,
    paired_s: float,
    unchanged: float | None,
) -> None:
    """The recorder has them, on the day on which the clock is put back as well."""
    await household.set_up()
    ledger_of(household).days[date(2025, 10, 26)] = Bucket(
        metered_s=paired_s, paired_s=paired_s
    )
    summary = household.entry.runtime_data.performance
    start = datetime(2025, 10, 25, 22, tzinfo=UTC)
    hours = {
        start + timedelta(hours=ago): Bucket(
            electricity_wh=100.0 * ago,
            paired_electricity_wh=100.0 * ago,
            heat_wh=300.0 * ago,
            outside_c_s=0.0,
            outside_s=3600.0,
            modes={Mode.HOT_WATER: ModeSums(100.0 * ago, 300.0 * ago, 3600.0)},
        )
        for ago in range(24)
    }
    await summary.statistics.async_add_imported(hours)
    await async_wait_recording_done(household.hass)

    answer = await ask(household, "get_series", frame="day", date="2025-10-26")
    points = answer["points"]
    assert len(points) == 25
    import_result = [point["electricity_kwh"] for point in points]
    # A sum that did not grow says something if all of the day is known; an hour without
    # a row never does.
    assert import_result == [
        unchanged,
        *(pytest.approx(ago / 10) for ago in range(1, 24)),
        None,
    ]
    assert points[10] == {
        "start": "2025-10-26T09:00:00+01:00",
        "electricity_kwh": 1.0,
        "own_electricity_kwh": None,
        "paired_electricity_kwh": None,
        "heat_kwh": 3.0,
        "cop": 3.0,
        "coverage": None,
        "outside_c": 0.0,
        "heat_by_mode_kwh": {"hot_water": 3.0},
    }


async def test_hours_that_were_let_go_without_a_recorder(household: Household) -> None:
    """Then nobody knows them any more."""
    await household.set_up()
    day = remember(household, 70, 8000)
    ledger = ledger_of(household)
    ledger.hours.clear()
    points = (await ask(household, "get_series", frame="day", date=day))["points"]
    assert {point["electricity_kwh"] for point in points} == {None}


WRONG_SERIES: list[Wrong] = [
    ({}, "required key not provided at 'frame'"),
    (
        {"frame": "decade"},
        (
            "value must be one of ['all', 'day', 'month', 'month_weeks', "
            "'quarters', 'year'] at 'frame'"
        ),
    ),
    *(
        ({"frame": "day", "date": day}, f"{wrong} at 'date'")
        for day, wrong in (
            ("yesterday", "Could not parse date"),
            ("15.01.2026", "Could not parse date"),
            ("", "Could not parse date"),
            ("9999-12-31", "value must be at most 2999-12-31"),
            (None, "Not a parseable type"),
            (5, "Not a parseable type"),
        )
    ),
    (
        {"frame": "day", "config_entry_id": []},
        "value should be a string at 'config_entry_id'",
    ),
    ({"frame": "day", "hours": 3}, "not a valid option at 'hours'"),
]


async def test_series_asked_wrongly(household: Household) -> None:
    """The error names the field."""
    await household.set_up()
    for fields, said in WRONG_SERIES:
        assert await complaint(household, "get_series", **fields) == said, fields


async def test_report_of_today(household: Household) -> None:
    """It says what the sensors say, and whatever else is known."""
    await household.set_up()
    await household.live(4 * POLL_S)

    answer = await ask(household, "get_report", period="today")
    import_result = answer["report"]
    assert set(answer) == {"changes", "currency", "report", "vendor_audit"}
    assert answer["currency"] == household.hass.config.currency
    assert import_result["cop"] == pytest.approx(household.ratio("cop_today"), abs=1e-3)
    assert import_result["cop_low"] < import_result["cop"] < import_result["cop_high"]
    assert (
        import_result["boundary"],
        import_result["boundary_without_backup_heater"],
    ) == ("H4", "H2+")
    assert import_result["is_full_year"] is False
    assert import_result["method_shares"] == {"flow": 1.0}
    assert import_result["modes"]["heating"]["heat_kwh"] == import_result["heat_kwh"]
    assert import_result["cost"] is None


async def test_report_by_dates(household: Household) -> None:
    """Start and end are both included."""
    await household.set_up()
    days = [remember(household, ago, 1000 * ago) for ago in range(1, 5)]
    answer = await ask(household, "get_report", start=days[2], end=days[1])
    assert (answer["report"]["first"], answer["report"]["last"]) == (days[2], days[1])
    assert answer["report"]["electricity_kwh"] == 5.0


async def test_report_beside_another(household: Household) -> None:
    """Two periods, by name or by dates, and by how much they differ."""
    await household.set_up()
    remember(household, 1, 10_000, 44_000)
    before = remember(household, 2, 10_000, 40_000)
    answer = await ask(
        household,
        "get_report",
        period="yesterday",
        compare_start=before,
        compare_end=before,
    )
    assert answer["report"]["cop"] == 4.4
    assert answer["compared_with"]["cop"] == 4.0
    assert answer["differences"]["cop"] == {"absolute": 0.4, "percent": 10.0}
    assert answer["differences"]["electricity_kwh"] == {
        "absolute": 0.0,
        "percent": 0.0,
    }
    by_name = await ask(
        household, "get_report", start=before, end=before, compare_with="yesterday"
    )
    assert by_name["differences"]["cop"] == {"absolute": -0.4, "percent": -9.1}


async def test_heating_season_begins_when_the_owner_says(household: Household) -> None:
    """The month is an option."""
    household.hass.config_entries.async_update_entry(
        household.entry,
        options={**household.entry.options, CONF_SEASON_START_MONTH: 7},
    )
    await household.set_up()
    answer = await ask(household, "get_report", period="season")
    assert answer["report"]["first"][5:] == "07-01"


async def test_yesterday_is_yesterday_right_after_midnight(
    household: Household,
) -> None:
    """A report at one past twelve is about the day that has just ended."""
    await household.set_up()
    day = today(household)
    seconds = 12 * 3600 - 4 * POLL_S
    await household.live(seconds, step_s=seconds)
    await household.live(3 * POLL_S)
    # The interval that began before midnight is still open.
    household.freezer.tick(POLL_S + 60)
    answer = await ask(household, "get_report", period="yesterday")
    assert answer["report"]["last"] == day.isoformat()


async def test_vendor_audit(household: Household) -> None:
    """The maker's figures stand beside ours of the same year."""
    await household.set_up()
    await household.live(2 * POLL_S)
    audit = (await ask(household, "get_report", period="all"))["vendor_audit"]
    year = (await ask(household, "get_report", period="year"))["report"]
    reading = household.entry.runtime_data.heat_pump.data
    assert audit["cop"] == year["cop"]
    assert audit["vendor_spf"] == reading.spf_total is not None


WRONG_REPORTS: list[Wrong] = [
    ({}, "The field period is missing."),
    (
        {"period": "decade"},
        (
            "expected Period or one of 'today', 'yesterday', 'month', "
            "'last_month', 'year', 'last_year', 'season', 'rolling_month', "
            "'rolling_year', 'all' at 'period'"
        ),
    ),
    ({"start": "2026-01-01"}, "The field end is missing."),
    ({"end": "2026-01-01"}, "The field start is missing."),
    (
        {"start": "2026-01-02", "end": "2026-01-01"},
        "The field end is a day before the start.",
    ),
    (
        {"period": "year", "end": "2026-01-01"},
        (
            "The field period cannot be used together with start and end. "
            "Use one or the other."
        ),
    ),
    (
        {"period": "year", "compare_start": "ever"},
        "Could not parse date at 'compare_start'",
    ),
    (
        {"period": "year", "compare_start": "2026-01-01"},
        "The field compare_end is missing.",
    ),
    (
        {
            "period": "year",
            "compare_start": "2026-01-02",
            "compare_end": "2026-01-01",
        },
        "The field compare_end is a day before the start.",
    ),
]


async def test_report_asked_wrongly(household: Household) -> None:
    """The error names the field."""
    await household.set_up()
    for fields, said in WRONG_REPORTS:
        assert await complaint(household, "get_report", **fields) == said, fields


async def test_export_can_be_read_back(
    household: Household, config_folder: Path
) -> None:
    """The file stands where the answer says, and holds what was counted."""
    await household.set_up()
    remember(household, 1, 9000)
    await household.live(4 * POLL_S)

    answer = await ask(household, "export_history", file="days.csv")
    path = config_folder / DOMAIN / "days.csv"
    assert answer["path"] == str(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert answer["rows"] == len(lines) - 1
    result = replay(lines, BERLIN)
    assert result is not None
    counted_wh = sum(day.electricity_wh for day in ledger_of(household).days.values())
    assert result.total.electricity_kwh == pytest.approx(counted_wh / 1000, abs=1e-4)


async def test_export_of_some_hours(household: Household, config_folder: Path) -> None:
    """Hours of one day, without anybody waiting for the answer."""
    await household.set_up()
    remember(household, 1, 9000)
    await household.live(2 * POLL_S)
    await household.hass.services.async_call(
        DOMAIN,
        "export_history",
        {"file": "a/hours.csv", "resolution": "hours", "period": "today"},
        blocking=True,
    )
    lines = (config_folder / DOMAIN / "a" / "hours.csv").read_text().splitlines()
    assert len(lines) > 1
    day = today(household).isoformat()
    assert all(line.startswith(day) for line in lines[1:])


WRONG_EXPORTS: list[Wrong] = [
    ({}, "required key not provided at 'file'"),
    (
        {"file": "../a.csv"},
        (
            "The field file: ../a.csv is not the name of a CSV file inside the "
            "folder heatpump_monitor."
        ),
    ),
    (
        {"file": "there.csv"},
        (
            "The field file: there is already a file there.csv. Choose another "
            "name, or allow it to be overwritten."
        ),
    ),
    (
        {"file": "a.csv", "resolution": "minutes"},
        "expected Resolution or one of 'days', 'hours' at 'resolution'",
    ),
    (
        {"file": "a.csv", "overwrite": "maybe"},
        "invalid boolean value maybe at 'overwrite'",
    ),
    ({"file": "a.csv", "start": "2026-01-01"}, "The field end is missing."),
]


async def test_export_asked_wrongly(household: Household, config_folder: Path) -> None:
    """The error names the field, and nothing is written."""
    await household.set_up()
    folder = config_folder / DOMAIN
    folder.mkdir()
    (folder / "there.csv").write_text("precious")
    for fields, said in WRONG_EXPORTS:
        assert await complaint(household, "export_history", **fields) == said, fields
        assert [path.name for path in folder.iterdir()] == ["there.csv"], fields
    assert (folder / "there.csv").read_text() == "precious"


async def test_export_overwrites_if_told(
    household: Household, config_folder: Path
) -> None:
    """Then the old file is gone."""
    await household.set_up()
    (config_folder / DOMAIN).mkdir()
    file = config_folder / DOMAIN / "there.csv"
    file.write_text("old")
    await ask(household, "export_history", file="there.csv", overwrite=True)
    assert file.read_text().startswith("time,")


async def test_export_to_a_disk_that_refuses(
    household: Household, config_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """What is no fault of the call is said to be none, and fills no log."""
    await household.set_up()
    (config_folder / DOMAIN / "a.csv").mkdir(parents=True)
    with pytest.raises(HomeAssistantError) as failed:
        await ask(household, "export_history", file="a.csv", overwrite=True)
    assert not isinstance(failed.value, ServiceValidationError)
    import_result = await message(household.hass, failed.value)
    assert import_result == "The field file: a.csv cannot be written: Is a directory."
    assert "Traceback" not in caplog.text


async def test_export_is_for_administrators(
    household: Household, hass_read_only_user: MockUser
) -> None:
    """Whoever may only look must not write files."""
    await household.set_up()
    with pytest.raises(Unauthorized):
        await household.hass.services.async_call(
            DOMAIN,
            "export_history",
            {"file": "a.csv"},
            blocking=True,
            context=Context(user_id=hass_read_only_user.id),
        )


async def test_one_of_several_heat_pumps(household: Household) -> None:
    """With two of them, the call has to say which one."""
    await household.set_up()
    data = {CONF_KIND: Kind.HEAT_PUMP}
    other = MockConfigEntry(domain=DOMAIN, title="Other", unique_id="x", data=data)
    other.add_to_hass(household.hass)

    refused = await complaint(household, "get_series", frame="all")
    assert refused == "The field config_entry_id is missing."
    answer = await ask(
        household,
        "get_series",
        frame="year",
        config_entry_id=household.entry.entry_id,
    )
    assert len(answer["points"]) == 12


@pytest.mark.parametrize(
    ("entry_id", "key"),
    [
        ("nonsense", "service_config_entry_not_found"),
        ("not_loaded", "service_config_entry_not_loaded"),
        ("stranger", "service_config_entry_wrong_domain"),
    ],
)
async def test_wrong_heat_pump(household: Household, entry_id: str, key: str) -> None:
    """Home Assistant says itself what is wrong with an entry."""
    await household.set_up()
    for domain, other_id in ((DOMAIN, "not_loaded"), ("sun", "stranger")):
        other = MockConfigEntry(domain=domain, entry_id=other_id, unique_id=other_id)
        other.add_to_hass(household.hass)
    with pytest.raises(ServiceValidationError) as refused:
        await ask(household, "get_series", frame="day", config_entry_id=entry_id)
    assert refused.value.translation_key == key


async def test_heat_pump_that_is_not_loaded(household: Household) -> None:
    """The only one there is cannot be asked while it is not set up."""
    await household.set_up()
    await household.shut_down()
    with pytest.raises(ServiceValidationError) as refused:
        await ask(household, "get_report", period="year")
    assert refused.value.translation_key == "service_config_entry_not_loaded"


def last_year(folder: Path, electricity_wh: int = 1000, days: int = 365) -> str:
    """Write a file of days up to the household's today, with a COP of 4; name it."""
    first = date(2026, 1, 16) - timedelta(days=days)
    rows = [
        f"{first + timedelta(days=day)}T00:00,{day * electricity_wh},"
        f"{day * 4 * electricity_wh}"
        for day in range(days)
    ]
    (folder / "year.csv").write_text("\n".join(["time,electricity_wh,heat_wh", *rows]))
    return "year.csv"


async def test_import_of_a_file(household: Household, config_folder: Path) -> None:
    """A year is taken over, shown at once, published, and there after a restart."""
    await household.set_up()
    await household.live(4 * POLL_S)
    own = whole_of(household)
    today_before = ledger_of(household).days[today(household)]

    answer = await ask(household, "import_history", file=last_year(config_folder))
    assert answer == {
        "days_imported": 364,
        "days_replaced": 0,
        "days_left_alone": 0,
        "days_emptied": 0,
        "first_day": "2025-01-16",
        "last_day": "2026-01-14",
        "electricity_kwh": 364.0,
        "heat_kwh": 1456.0,
        "cop": 4.0,
        "paired_days": 364.0,
        "coverage": 1.0,
        "bad_rows": 0,
        "bad_rows_first": [],
    }
    summary = household.entry.runtime_data.performance
    assert summary.data.snapshot.summaries[Period.ROLLING_YEAR].is_full_year
    assert household.ratio("jaz_rolling") == pytest.approx(4, abs=0.01)
    await household.reload()
    assert ledger_of(household).days[today(household)] == today_before
    assert whole_of(household) == pytest.approx(own + 364_000)


def whole_of(household: Household) -> float:
    """Return all electricity that is in the account, in Wh."""
    return ledger_of(household).sums(date.min, date.max).electricity_wh


async def test_import_twice(household: Household, config_folder: Path) -> None:
    """Again is once; a wrong file is corrected; days of one's own are left alone."""
    await household.set_up()
    await household.live(POLL_S)
    own = remember(household, days_ago=3, electricity_wh=5000, heat_wh=10_000)
    before = whole_of(household)
    wrong = last_year(config_folder, electricity_wh=9000, days=40)
    await ask(household, "import_history", file=wrong)
    name = last_year(config_folder, days=11)
    first = await ask(household, "import_history", file=name)
    total = whole_of(household)
    assert await ask(household, "import_history", file=name) == first
    assert (first["days_imported"], first["days_left_alone"]) == (9, 1)
    assert first["days_replaced"] == 9
    assert whole_of(household) == total
    assert total == pytest.approx(before + 9 * 1000 + 29 * 9000)
    assert ledger_of(household).days[date.fromisoformat(own)].electricity_wh == 5000

    answer = await ask(
        household, "import_history", file=name, start="2025-01-01", end="2026-01-31"
    )
    assert (answer["days_imported"], answer["days_emptied"]) == (9, 29)
    assert whole_of(household) == pytest.approx(before + 9 * 1000)


async def test_two_imports_at_once(
    recorder_mock: Recorder, household: Household, config_folder: Path
) -> None:
    """The statistics tell what the account took over last."""
    await household.set_up()
    days = ledger_of(household).days
    both, one = (today(household) - timedelta(days=ago) for ago in (5, 36))
    # Two batches of the recorder, so that the second import comes between them.
    name = last_year(config_folder, days=40)
    first = asyncio.create_task(ask(household, "import_history", file=name))
    while both not in days:
        await asyncio.sleep(0)
    name = last_year(config_folder, electricity_wh=5000, days=10)
    await asyncio.gather(first, ask(household, "import_history", file=name))
    await async_wait_recording_done(household.hass)
    for day in (both, one):
        answer = await ask(household, "get_series", frame="day", date=day.isoformat())
        published_kwh = sum(point["electricity_kwh"] for point in answer["points"])
        assert published_kwh == pytest.approx(days[day].electricity_wh / 1000, abs=0.02)


async def test_import_changes_effects(
    household: Household, config_folder: Path
) -> None:
    """Days from before the integration may be those that were missing."""
    await household.set_up()
    await note(household)
    with analyses() as counted:
        await ask(household, "import_history", file=last_year(config_folder))
        await household.settle()
        assert counted.call_count == 1


async def test_import_of_statistics(
    recorder_mock: Recorder, household: Household
) -> None:
    """Pairs are taken over, and stand in our own statistics."""
    await household.set_up()
    await household.live(POLL_S)
    hass = household.hass
    ids = [
        recorded_elsewhere(hass, name, per_hour_kwh)
        for name, per_hour_kwh in (("drawn", 1.0), ("made", 3.0))
    ]
    await async_wait_recording_done(hass)
    answer = await ask(
        household,
        "import_history",
        statistics=[{"electricity": ids[0], "heat": ids[1], "mode": "heating"}],
        start="2026-01-10",
        end="2026-01-11",
        heat_method="heat_meter",
    )
    assert (answer["days_imported"], answer["cop"]) == (2, 3.0)
    assert (answer["electricity_kwh"], answer["coverage"]) == (48.0, 1.0)
    answer = await ask(household, "get_report", start="2026-01-10", end="2026-01-11")
    assert answer["report"]["method_shares"] == {"heat_meter": 1.0}
    assert answer["report"]["modes"] == {
        # How much of the time it was heating is not known.
        "heating": {
            "electricity_kwh": 48.0,
            "heat_kwh": 144.0,
            "cop": 3.0,
            "hours": None,
            "uncertainty": pytest.approx(0.121, abs=0.002),
        }
    }
    answer = await ask(household, "get_series", frame="day", date="2026-01-10")
    assert [point["electricity_kwh"] for point in answer["points"]] == [1.0] * 24


def recorded_elsewhere(hass: HomeAssistant, name: str, per_hour_kwh: float) -> str:
    """Add ten days of a long-term statistic that is not ours; return its id."""
    start = datetime(2026, 1, 4, 23, tzinfo=UTC)
    async_add_external_statistics(
        hass,
        StatisticMetaData(
            has_sum=True,
            mean_type=StatisticMeanType.NONE,
            name=name,
            source="other",
            statistic_id=f"other:{name}",
            unit_class="energy",
            unit_of_measurement="kWh",
        ),
        [
            StatisticData(
                start=start + timedelta(hours=hour), sum=(hour + 1) * per_hour_kwh
            )
            for hour in range(240)
        ],
    )
    return f"other:{name}"


WRONG_IMPORTS: list[Wrong] = [
    ({}, "The field file is missing."),
    (
        {"file": "a.csv", "statistics": {"heat": "sensor.a"}},
        (
            "The fields file and statistics cannot be used together. "
            "Use only one of them."
        ),
    ),
    (
        {"file": "year.csv", "outside": "sensor.a"},
        ("The fields file and outside cannot be used together. Use only one of them."),
    ),
    (
        {"file": "../a.csv"},
        (
            "The field file: ../a.csv is not the name of a CSV file inside the "
            "configuration folder."
        ),
    ),
    (
        {"file": "none.csv"},
        "The field file: there is no file none.csv that can be read.",
    ),
    (
        {"file": "empty.csv"},
        (
            "The field file: the first line of empty.csv has to name the columns, "
            "with commas between them: time, and at least one with measurements, "
            "such as electricity_wh or heat_wh."
        ),
    ),
    (
        {"file": "bad.csv"},
        (
            "The field file: bad.csv has no row that can be used. In line 2, "
            "“now” is not valid in the column time. A time looks like "
            "2026-01-31T14:30, a number like 1234.5. A mode is heating, "
            "hot_water, cooling, defrost or standby."
        ),
    ),
    (
        {"file": "year.csv", "start": "2020-01-01", "end": "2020-12-31"},
        (
            "The field file: there is no data for days before today, or none for "
            "the days that you chose."
        ),
    ),
    (
        {"file": "today.csv"},
        (
            "The field file: there is no data for days before today, or none for "
            "the days that you chose."
        ),
    ),
    ({"file": "a.csv", "start": "2020-01-01"}, "The field end is missing."),
    (
        {"statistics": {"heat": "sensor.a"}},
        (
            "The field statistics: the recorder of Home Assistant, which keeps "
            "statistics, is not loaded."
        ),
    ),
    ({"statistics": []}, "length of value must be at least 1 at 'statistics'"),
    (
        {"statistics": {}},
        "at least one of ['electricity', 'heat'] is required at 'statistics[0]'",
    ),
    (
        {"statistics": {"heat": ""}},
        "length of value must be at least 1 at 'statistics[0].heat'",
    ),
    (
        {"statistics": {"heat": "sensor.a", "mode": "cooling"}},
        ("value must be one of ['heating', 'hot_water'] at 'statistics[0].mode'"),
    ),
    (
        {"statistics": {"cold": "sensor.a"}},
        "not a valid option at 'statistics[0].cold'",
    ),
    (
        {"file": "a.csv", "heat_method": "guess"},
        (
            "expected HeatMethod or one of 'heat_meter', 'counter', 'reported', "
            "'flow', 'combined', 'modulation', 'source_balance', "
            "'assumed_flow' at 'heat_method'"
        ),
    ),
]


async def test_wrong_import(household: Household, config_folder: Path) -> None:
    """It is told in the user's language which field is wrong, and nothing changes."""
    await household.set_up()
    last_year(config_folder)
    (config_folder / "empty.csv").touch()
    (config_folder / "bad.csv").write_text("time,electricity_wh\nnow,1\n")
    (config_folder / "today.csv").write_text(
        "time,electricity_wh,heat_wh\n2026-01-15T00:00,0,0\n2026-01-15T01:00,1000,4000\n"
    )
    before = dict(ledger_of(household).days)
    for fields, said in WRONG_IMPORTS:
        assert await complaint(household, "import_history", **fields) == said, fields
        assert ledger_of(household).days == before, fields


async def test_import_into_a_heat_pump_that_is_gone(
    household: Household, config_folder: Path
) -> None:
    """What was unloaded meanwhile is not written over."""
    await household.set_up()
    before = dict(ledger_of(household).days)
    name = last_year(config_folder)
    call = asyncio.create_task(ask(household, "import_history", file=name))
    await asyncio.sleep(0)
    await household.hass.config_entries.async_unload(household.entry.entry_id)
    with pytest.raises(ServiceValidationError) as refused:
        await call
    assert refused.value.translation_key == "service_config_entry_not_loaded"
    await household.set_up()
    assert ledger_of(household).days.keys() == before.keys()


async def test_import_is_for_administrators(
    household: Household, hass_read_only_user: MockUser
) -> None:
    """Whoever may only look must not change the account."""
    await household.set_up()
    with pytest.raises(Unauthorized):
        await household.hass.services.async_call(
            DOMAIN,
            "import_history",
            {"file": "a.csv"},
            blocking=True,
            context=Context(user_id=hass_read_only_user.id),
        )


async def test_recovery(household: Household) -> None:
    """The meter tells the course of an outage, or that it does not answer now."""
    await household.set_up()
    await household.live(2 * POLL_S)
    for seconds, unreachable in ((3600, True), (METER_POLL_S, False), (300, True)):
        household.meter.faults.unreachable = unreachable
        await household.live(seconds)
    with pytest.raises(HomeAssistantError) as failed:
        await ask(household, "recover_history")
    assert f"{household.meter.host} does not answer" in await message(
        household.hass, failed.value
    )
    household.meter.faults.unreachable = False
    answer = await ask(household, "recover_history")
    (span,) = answer["recovered"]
    start, end = (datetime.fromisoformat(span[key]) for key in ("start", "end"))
    assert abs(end - start - timedelta(hours=1)) < timedelta(minutes=5)
    assert start.utcoffset() == timedelta(hours=1)
    assert span["electricity_kwh"] == pytest.approx(1.0, abs=0.1)
    assert answer["pending_hours"] == 0
    assert await ask(household, "recover_history") == {
        "recovered": [],
        "pending_hours": 0,
    }

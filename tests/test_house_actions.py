"""The actions of a house meter: series, correction, export and import."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from custom_components.heatpump_monitor.const import DOMAIN
from custom_components.heatpump_monitor.house_meter.model import (
    Basis,
    MonthPeak,
    PeakBasis,
    Quarter,
)
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError

from .house import START, House

QUARTER = timedelta(minutes=15)
YESTERDAY = START.replace(hour=23) - timedelta(days=2)
"""The start of a local day."""


@pytest.fixture
def config_folder(hass: HomeAssistant, tmp_path: Path) -> Path:
    """Keep files in a folder of the test."""
    hass.config.config_dir = str(tmp_path)
    return tmp_path


async def ask(house: House, action: str, **data: object) -> dict[str, Any]:
    """Call an action; return its response."""
    response = await house.hass.services.async_call(
        DOMAIN, action, data, blocking=True, return_response=True
    )
    assert isinstance(response, dict)
    return response


def remember(house: House, count: int = 96, **more: Any) -> None:
    """Add the quarter-hours of a day."""
    house.coordinator.engine.restore(
        Quarter(
            start=YESTERDAY + number * QUARTER,
            import_wh=100.0 + number,
            basis=Basis.METER if number % 2 else Basis.COUNTER,
            **more,
        )
        for number in range(count)
    )


@pytest.mark.parametrize(
    ("frame", "date", "count", "start", "peak_kw", "import_kwh"),
    [
        ("quarters", "2026-01-14", 96, "2026-01-14T00:00:00+01:00", 0.4, 0.1),
        ("day", "2026-01-14", 24, "2026-01-14T00:00:00+01:00", 0.412, 0.406),
        ("month", "2026-01-31", 31, "2026-01-01T00:00:00+01:00", None, None),
        ("month_weeks", "2026-01-14", 5, "2026-01-01T00:00:00+01:00", None, None),
        ("year", "2026-01-14", 12, "2026-01-01T00:00:00+01:00", 0.78, 14.16),
        ("all", "2026-01-14", 2, "2025-01-01T00:00:00+01:00", 7.5, None),
    ],
)
async def test_series(
    grid_house: House,
    frame: str,
    date: str,
    count: int,
    start: str,
    peak_kw: float | None,
    import_kwh: float | None,
) -> None:
    """A frame has its points; peaks are known longer than quarter-hours."""
    house = grid_house
    await house.set_up()
    remember(house)
    old = MonthPeak(
        month=YESTERDAY.date().replace(year=2025, month=3, day=1),
        peak_w=7500.0,
        at=None,
        basis=PeakBasis.CORRECTED,
    )
    house.coordinator.engine.restore_peak(old)
    series = await ask(house, "get_series", frame=frame, date=date)
    points = series["points"]
    assert (series["frame"], len(points)) == (frame, count)
    assert points[0]["start"] == start
    assert points[0]["peak_kw"] == peak_kw
    assert points[0]["import_kwh"] == import_kwh
    measured = [each for each in points if each["import_kwh"] is not None]
    assert sum(each["import_kwh"] for each in measured) == pytest.approx(14.16)
    if frame != "all":
        highest = max(measured, key=lambda each: each["peak_kw"])
        assert highest["peak_kw"] == 0.78
        assert highest["peak_at"] == "2026-01-14T23:45:00+01:00"


@pytest.mark.parametrize(("day", "count"), [("2025-03-30", 92), ("2025-10-26", 100)])
async def test_series_of_a_day_of_23_or_25_hours(
    grid_house: House, day: str, count: int
) -> None:
    """The day has as many quarter-hours as it really has."""
    await grid_house.set_up()
    series = await ask(grid_house, "get_series", frame="quarters", date=day)
    assert len(series["points"]) == count
    hours = await ask(grid_house, "get_series", frame="day", date=day)
    assert len(hours["points"]) == count / 4


async def test_correct_and_reset(grid_house: House) -> None:
    """A wrong peak is replaced at once, and follows from the measured again."""
    house = grid_house
    await house.set_up()
    remember(house)
    at = "2026-01-09 18:20:00"
    corrected = await ask(house, "correct_peak", month="2026-01-15", peak_kw=4.2, at=at)
    assert corrected == {
        "month": "2026-01",
        "peak_kw": 4.2,
        "at": "2026-01-09T18:15:00+01:00",
        "basis": "corrected",
    }
    assert float(house.value("month_peak")) == 4.2
    assert float(house.value("billing_peak")) == 4.2

    await house.hass.config_entries.async_reload(house.entry.entry_id)
    assert float(house.value("month_peak")) == 4.2
    reset = await ask(house, "reset_peak", month="2026-01-01")
    assert (reset["peak_kw"], reset["basis"]) == (0.78, "counted")
    assert float(house.value("month_peak")) == 0.78


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"month": "2026-02-01", "peak_kw": 4.0}, "month_in_future"),
        (
            {"month": "2026-01-01", "peak_kw": 4.0, "at": "2025-12-31 23:50:00"},
            "peak_not_in_month",
        ),
    ],
)
async def test_wrong_correction(
    grid_house: House, wrong: dict[str, object], key: str
) -> None:
    """A mistyped month or time is refused, and changes nothing."""
    await grid_house.set_up()
    with pytest.raises(ServiceValidationError) as refused:
        await ask(grid_house, "correct_peak", **wrong)
    assert refused.value.translation_key == key
    assert not grid_house.coordinator.engine.peaks


async def test_watts_are_refused(grid_house: House) -> None:
    """4200 is no peak of a house in kW."""
    await grid_house.set_up()
    with pytest.raises(Exception, match="peak_kw"):
        await ask(grid_house, "correct_peak", month="2026-01-01", peak_kw=4200)


async def test_export_and_import(grid_house: House, config_folder: Path) -> None:
    """What was exported and lost is the same after the import."""
    house = grid_house
    await house.set_up()
    engine = house.coordinator.engine
    remember(house, parts_wh={"gone": 12.5})
    engine.correct_peak(START.date().replace(month=1), 4200.0)
    before = engine.quarters(YESTERDAY, START), dict(engine.peaks)
    exported = await ask(house, "export_history", file="house.csv")
    # The correction has no time: it stands in the row of the month's start.
    assert exported["rows"] == 97

    engine.state.quarters.months.clear()
    engine.state.months.clear()
    file = f"{DOMAIN}/house.csv"
    assert (config_folder / file).is_file()
    imported = await ask(house, "import_history", file=file)
    assert imported == {
        "quarters_imported": 96,
        "peaks_imported": 1,
        "bad_rows": 0,
        "bad_rows_first": [],
    }
    quarters, peaks = before
    after = engine.quarters(YESTERDAY, START)
    assert [(each.start, each.import_wh, each.basis) for each in after] == [
        (each.start, each.import_wh, each.basis) for each in quarters
    ]
    # A heat pump that is not there any more has no column that is known.
    assert not after[0].parts_wh
    assert {month: each.peak_w for month, each in engine.peaks.items()} == {
        month: each.peak_w for month, each in peaks.items()
    }
    again = await ask(house, "import_history", file=file)
    assert (again["quarters_imported"], again["peaks_imported"]) == (0, 0)


async def test_import_of_a_part(grid_house: House, config_folder: Path) -> None:
    """Bad rows are named and left out; only the days asked for are imported."""
    house = grid_house
    await house.set_up()
    rows = [
        "time,import_counter_wh,peak_counted_w",
        "2026-01-10T10:00:00+01:00,500,",
        "2026-01-11T10:00:00+01:00,600,2400",
        "2026-01-11T10:07:00+01:00,600,",
        "2026-01-11T10:15:00+01:00,900000,",
        "2026-01-15T12:15:00+01:00,100,",
    ]
    (config_folder / "part.csv").write_text("\n".join(rows))
    imported = await ask(
        house, "import_history", file="part.csv", start="2026-01-11", end="2026-01-12"
    )
    assert imported["quarters_imported"] == 1
    assert imported["peaks_imported"] == 1
    assert [each["problem"] for each in imported["bad_rows_first"]] == [
        "out_of_range",
        "out_of_range",
        "time_in_future",
    ]
    assert float(house.value("month_peak")) == 2.4


@pytest.mark.parametrize(
    ("action", "data", "key"),
    [
        ("import_history", {"file": "none.csv"}, "file_not_read"),
        ("import_history", {}, "field_missing"),
        ("get_report", {"period": "today"}, "entry_of_other_kind"),
        ("recover_history", {}, "entry_of_other_kind"),
    ],
)
async def test_refused(
    grid_house: House, config_folder: Path, action: str, data: dict[str, Any], key: str
) -> None:
    """What a house meter cannot answer is refused with a reason."""
    await grid_house.set_up()
    with pytest.raises(HomeAssistantError) as refused:
        await ask(grid_house, action, **data)
    assert refused.value.translation_key == key

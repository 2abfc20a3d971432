"""What the cards of a house meter are sent."""

from datetime import timedelta

import pytest

from custom_components.heatpump_monitor.const import CONF_CAPACITY_PRICE, CONF_LIMIT_KW
from custom_components.heatpump_monitor.house_meter.model import Basis, Quarter
from custom_components.heatpump_monitor.sources.homewizard.p1_errors import (
    P1Unreachable,
)
from tests.house import START, House

from .conftest import Opener

QUARTER = timedelta(minutes=15)


async def test_house(grid_house: House, open_page: Opener) -> None:
    """The running quarter-hour, the peaks, and what they cost."""
    house = grid_house
    house.hass.config_entries.async_update_entry(
        house.entry, options={CONF_CAPACITY_PRICE: 40.0, CONF_LIMIT_KW: 4.0}
    )
    await house.set_up()
    await house.live(1000)
    page = await open_page()
    sent = await page.ask("house", entry_id=house.entry.entry_id)
    assert set(sent) == {
        "running",
        "limit_w",
        "least_peak_w",
        "heat_pumps",
        "entities",
        "month_peak",
        "billing",
        "currency",
    }
    assert set(sent["running"]) == {
        "start",
        "so_far_w",
        "forecast_w",
        "headroom_w",
        "limit_w",
        "parts_wh",
        "ends_in_s",
    }
    assert sent["running"]["start"] == "2026-01-15T11:15:00+00:00"
    assert sent["running"]["forecast_w"] == pytest.approx(1000, abs=5)
    assert sent["running"]["ends_in_s"] == 800
    assert (sent["limit_w"], sent["least_peak_w"]) == (4000, 2500)
    assert sent["month_peak"]["month"] == "2026-01-01"
    assert sent["month_peak"]["at"] == "2026-01-15T11:00:00+00:00"
    assert sent["month_peak"]["basis"] == "counted"
    assert sent["billing"]["peak_w"] == 2500
    assert sent["billing"]["cost_per_year"] == 100
    assert [each["month"] for each in sent["billing"]["months"]] == ["2026-01-01"]
    assert sent["entities"]["month_peak"] == house.entity_id("sensor", "month_peak")
    assert "quarter_average" not in sent["entities"]

    house.meter.error = P1Unreachable()
    await house.live(90)
    sent = await page.ask("house")
    assert sent["running"] is None
    assert sent["month_peak"] is not None


async def test_days_and_quarters(grid_house: House, open_page: Opener) -> None:
    """Each day's highest quarter-hour; what is missing is counted, not guessed."""
    house = grid_house
    await house.set_up()
    engine = house.coordinator.engine
    first = START.replace(hour=0) - timedelta(days=1)
    engine.restore(
        Quarter(
            start=first + number * QUARTER,
            import_wh=100.0 + number,
            basis=Basis.INCOMPLETE if number == 90 else Basis.COUNTER,
            parts_wh={"hp": 50.0},
        )
        for number in range(91)
    )
    page = await open_page()
    span = {"first": "2026-01-01", "last": "2026-02-01"}
    days = await page.ask("house_days", **span)
    # Local midnight is 23:00 UTC, an hour before the first of them.
    assert [each["day"] for each in days] == ["2026-01-14", "2026-01-15"]
    assert days[0]["peak"] == {
        "start": (first + 89 * QUARTER).isoformat(),
        "average_w": 4 * 189,
        "parts_wh": {"hp": 50.0},
    }
    # Of 23 h, one quarter-hour is in part known, and another not at all.
    assert days[0]["incomplete"] == 2
    assert days[1] == {"day": "2026-01-15", "peak": None, "incomplete": 48}

    quarters = await page.ask("quarters", **span)
    assert len(quarters) == 91
    assert quarters[90] == {
        "start": (first + 90 * QUARTER).isoformat(),
        "average_w": None,
        "parts_wh": {"hp": 50.0},
    }


async def test_days_before_the_first(grid_house: House, open_page: Opener) -> None:
    """Nothing is sent of days on which nothing was counted."""
    await grid_house.set_up()
    page = await open_page()
    span = {"first": "2025-01-01", "last": "2025-02-01"}
    assert await page.ask("house_days", **span) == []
    assert await page.ask("quarters", **span) == []


async def test_entries(grid_house: House, open_page: Opener) -> None:
    """The dashboard finds the house meter; the cards of a heat pump do not."""
    await grid_house.set_up()
    entry_id = grid_house.entry.entry_id
    page = await open_page()
    assert await page.ask("entries") == [
        {"entry_id": entry_id, "kind": "house_meter", "title": "Grid"}
    ]
    assert await page.ask("live", entry_id=entry_id) == "not_found"
    assert await page.ask("flags") == "not_found"
    await grid_house.shut_down()
    assert await page.ask("house") == "not_loaded"

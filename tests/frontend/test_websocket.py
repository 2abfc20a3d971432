"""What the cards ask over the websocket, and what they are sent."""

from datetime import date, timedelta
from typing import Any

import pytest

from custom_components.heatpump_monitor.performance.heat.carnot import carnot_cop
from custom_components.heatpump_monitor.performance.plant import HeatMethod
from custom_components.heatpump_monitor.performance.segments import Quantity
from custom_components.heatpump_monitor.performance.totals.ledger import (
    Bucket,
    ModeSums,
)
from custom_components.heatpump_monitor.readings import Mode
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from tests.household import METER_POLL_S, POLL_S, Household

from .conftest import Opener

TODAY = date(2026, 1, 15)
SPAN_COMMANDS = "days", "figures", "heat_loss", "months", "runs"
COMMANDS = *SPAN_COMMANDS, "expected", "flags", "health", "moments", "live"


def span(first: date = TODAY, last: date = TODAY) -> dict[str, str]:
    """Return the fields of a question about days."""
    return {"first": first.isoformat(), "last": last.isoformat()}


def fields_of(command: str) -> dict[str, str]:
    """Return the fields that a command needs."""
    return span() if command in SPAN_COMMANDS else {}


def remember(household: Household, day: date, heat_wh: float) -> None:
    """Add a day with 10 kWh of electricity."""
    ledger = household.entry.runtime_data.performance.monitor.ledger
    start = ledger.calendar.midnight(day)
    ledger.since = min(start, ledger.since or start)
    ledger.book(
        start,
        Bucket(
            electricity_wh=10_000,
            metered_s=86_400,
            paired_electricity_wh=10_000,
            heat_wh=heat_wh,
            paired_s=86_400,
            modes={Mode.HEATING: ModeSums(10_000, heat_wh, 86_400)},
        ),
    )


async def test_live(household: Household, open_page: Opener) -> None:
    """The present is sent at once, and again after each reading of the meter."""
    await household.set_up()
    await household.live(3 * POLL_S, METER_POLL_S)
    page = await open_page()
    assert await page.ask("live") is None
    first = await page.event()
    assert first["title"] == "Vitocal"
    assert first["mode"] == "heating"
    assert first["electricity_w"] == pytest.approx(1000, rel=0.2)
    assert first["has"] == {
        "buffer": first["buffer_c"] is not None,
        "hot_water": True,
        "backup_heater": False,
        "return": True,
    }

    await household.live(METER_POLL_S)
    events = await page.pending()
    assert events
    assert events[-1]["meters"][0]["measured_at"] > first["meters"][0]["measured_at"]


async def test_live_through_unload_and_reload(
    household: Household, open_page: Opener
) -> None:
    """Null while the entry is not loaded; the same subscription goes on after it."""
    await household.set_up()
    page = await open_page()
    await page.ask("live", entry_id=household.entry.entry_id)
    assert await page.event() is not None

    await household.shut_down()
    assert set(map(str, await page.pending())) == {"None"}
    await household.set_up()
    assert (await page.pending())[-1]["title"] == "Vitocal"
    await household.reload()
    events = await page.pending()
    assert None in events
    assert events[-1]["title"] == "Vitocal"
    await household.live(METER_POLL_S)
    # One message for each source that was read: nothing is followed twice.
    assert 1 <= len(await page.pending()) <= 2


async def test_live_of_another_entry_is_not_sent(
    household: Household, open_page: Opener
) -> None:
    """What happens to one heat pump is no news of the other."""
    await household.set_up()
    second = await household.set_up_second("Other")
    page = await open_page()
    await page.ask("live", entry_id=second.entry_id)
    assert (await page.event())["title"] == "Other"
    await household.reload()
    assert await page.pending() == []


async def test_unsubscribe(household: Household, open_page: Opener) -> None:
    """A page that is closed is sent nothing, and leaves no listener."""
    await household.set_up()
    page = await open_page()
    data = household.entry.runtime_data
    before = len(data.meter._listeners)  # noqa: SLF001
    await page.ask("live")
    await page.event()
    assert len(data.meter._listeners) == before + 1  # noqa: SLF001
    await page.socket.send_json_auto_id(
        {"type": "unsubscribe_events", "subscription": 1}
    )
    assert (await page.socket.receive_json())["success"]
    assert len(data.meter._listeners) == before  # noqa: SLF001
    await household.live(METER_POLL_S)
    assert await page.pending() == []
    await household.reload()
    assert await page.pending() == []


async def test_heat_loss(household: Household, open_page: Opener) -> None:
    """The loss of a house of 200 W/K that heats below 16 °C; null before its days."""
    await household.set_up()
    page, first = await open_page(), TODAY - timedelta(days=40)
    asked = span(first, TODAY - timedelta(days=1))
    assert await page.ask("heat_loss", **asked) is None
    ledger = household.entry.runtime_data.performance.monitor.ledger
    for number in range(40):
        outside_c, day = number % 10 - 2.0, first + timedelta(days=number)
        heat_wh = 24 * 200 * (16 - outside_c)
        ledger.book(
            ledger.calendar.midnight(day),
            Bucket(
                outside_c_s=outside_c * 86_400,
                outside_s=86_400,
                paired_s=86_400,
                modes={Mode.HEATING: ModeSums(10_000, heat_wh, 86_400)},
            ),
        )
    loss = await page.ask("heat_loss", **asked)
    assert loss["w_per_k"]["value"] == pytest.approx(200)
    assert loss["balance_c"]["value"] == pytest.approx(16)
    assert loss["kwh_per_degree_day"]["value"] == pytest.approx(4.8)
    assert (loss["first"], loss["days"]) == (first.isoformat(), 40)


@pytest.mark.parametrize("command", COMMANDS)
async def test_which_entry(
    household: Household, open_page: Opener, command: str
) -> None:
    """The only one need not be named; of several, one must."""
    assert await async_setup_component(household.hass, "heatpump_monitor", {})
    page, fields = await open_page(), fields_of(command)
    second = await household.set_up_second()
    assert await page.ask(command, **fields) == "several"
    assert await page.ask(command, entry_id="nobody", **fields) == "not_found"
    answer = await page.ask(command, entry_id=second.entry_id, **fields)
    assert not isinstance(answer, str)


@pytest.mark.parametrize("command", [each for each in COMMANDS if each != "live"])
async def test_not_loaded(
    household: Household, open_page: Opener, command: str
) -> None:
    """The past is not known before the entry is loaded."""
    await household.set_up()
    page = await open_page()
    await household.shut_down()
    assert await page.ask(command, **fields_of(command)) == "not_loaded"


async def test_page_opened_before_loading(
    household: Household, open_page: Opener
) -> None:
    """A page that comes while Home Assistant starts is sent the rest by itself."""
    await household.set_up()
    await household.shut_down()
    page = await open_page()
    (entry,) = await page.ask("entries")
    assert entry["entities"]["cop"] == household.entity_id("sensor", "cop")
    assert await page.ask("live", entry_id=entry["entry_id"]) is None
    assert await page.event() is None
    await household.set_up()
    assert (await page.pending())[-1]["title"] == "Vitocal"


async def test_days_figures_and_months(household: Household, open_page: Opener) -> None:
    """A span has its days, its sums, and its months; only what was counted."""
    await household.set_up()
    remember(household, date(2025, 12, 30), 30_000)
    remember(household, date(2026, 1, 2), 40_000)
    await household.live(POLL_S)
    page = await open_page()
    whole = span(date(2025, 1, 1), date(2999, 12, 31))

    days = await page.ask("days", **whole)
    starts = [day["start"] for day in days]
    assert (starts[0], starts[-1], len(starts)) == ("2025-12-30", "2026-01-15", 17)
    assert days[0]["heat_kwh"] == 30
    assert days[0]["coverage"] == 1
    assert days[0]["modes"]["heating"]["hours"] == 24
    assert days[1]["heat_kwh"] is None

    figures = await page.ask("figures", **span(date(2025, 12, 30), date(2026, 1, 2)))
    assert (figures["heat_kwh"], figures["cop"]) == (70, 3.5)

    months = await page.ask("months", **whole)
    assert [(month["first"], month["last"]) for month in months] == [
        ("2025-12-30", "2025-12-31"),
        ("2026-01-01", "2026-01-15"),
    ]
    assert months[0]["cop"] == 3
    assert await page.ask("days", **span(TODAY, date(2026, 1, 14))) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"first": "yesterday", "last": "2026-01-15"},
        {"first": "0001-01-01", "last": "9999-12-31"},
    ],
)
async def test_wrong_spans(
    household: Household, open_page: Opener, wrong: dict[str, Any]
) -> None:
    """A span has two days of years for which midnights can be calculated."""
    await household.set_up()
    page = await open_page()
    for command in SPAN_COMMANDS:
        assert await page.ask(command, **wrong) == "invalid_format"


async def test_health(household: Household, open_page: Opener) -> None:
    """Calls are counted since the start; what is not kept is not known."""
    await household.set_up()
    await household.live(POLL_S)
    page = await open_page()
    health = await page.ask("health")
    assert health["call_limit"] == 1450
    assert health["calls"][:-1] == [None] * 23
    assert health["calls"][-1] == household.cloud.api_requests
    assert health["hours_to_recover"] == 0


async def test_expected(household: Household, open_page: Opener) -> None:
    """A year of the same COP is as expected, and stands among others."""
    await household.set_up()
    page = await open_page()
    nothing = await page.ask("expected")
    assert (nothing["first"], nothing["last"]) == ("2026-01-01", "2026-01-14")
    assert (nothing["recent"], nothing["modes"]) == (None, {})
    assert nothing["fleet"]["unknown"] == "no_year"

    ledger = household.entry.runtime_data.performance.monitor.ledger
    for ago in range(1, 400):
        outside_c = ago % 23 - 4.0
        means = {Quantity.SUPPLY_C: 35.0, Quantity.OUTSIDE_C: outside_c}
        ideal = carnot_cop(35.0, outside_c)
        assert ideal is not None
        share = 0.45 + 0.01 * (ago % 3)
        heating = ModeSums.of(20_000 / ideal / share, 20_000, 14_400, means)
        midnight = ledger.calendar.midnight(TODAY - timedelta(days=ago))
        ledger.since = midnight
        bucket = Bucket(
            modes={Mode.HEATING: heating},
            methods_wh={HeatMethod.FLOW: 20_000},
            paired_electricity_wh=20_000 / ideal / share,
            heat_wh=20_000,
            paired_s=86_400,
        )
        ledger.book(midnight, bucket)
    await household.live(2 * POLL_S)
    await household.reload()
    found = await page.ask("expected")
    (mode,) = found["modes"]
    assert mode == "heating"
    heating = found["modes"][mode]
    assert heating["days"] == 14
    assert heating["share_of_carnot"] == pytest.approx(0.46, abs=0.005)
    assert heating["index"]["low"] < 1 < heating["index"]["high"]
    assert found["recent"]["cop"] == pytest.approx(heating["cop"])
    # Nobody entered where the heat comes from.
    assert found["fleet"]["unknown"] == "no_source"


async def test_entries(household: Household, open_page: Opener) -> None:
    """Each heat pump, with its enabled entities by what they show."""
    hass = household.hass
    await household.set_up()
    page = await open_page()
    (entry,) = await page.ask("entries")
    assert entry["entry_id"] == household.entry.entry_id
    assert entry["title"] == "Vitocal"
    assert entry["has"] == {
        "account": True,
        "export": False,
        "hot_water": True,
        "maker_spf": True,
        "tariff": False,
    }
    entities = entry["entities"]
    assert entities["cop"] == household.entity_id("sensor", "cop")
    # It belongs to the meter's subentry.
    assert entities["power"] == household.entity_id("sensor", "power")
    assert "manufacturer_spf" not in entities

    hass.config_entries.async_update_entry(household.entry, options={"price": 0.3})
    await hass.async_block_till_done()
    (entry,) = await page.ask("entries")
    assert entry["has"]["tariff"]

    registry = er.async_get(hass)
    registry.async_update_entity(entities["cop"], new_entity_id="sensor.renamed")
    registry.async_update_entity(
        entities["mode"], disabled_by=er.RegistryEntryDisabler.USER
    )
    (entry,) = await page.ask("entries")
    assert entry["entities"]["cop"] == "sensor.renamed"
    assert "mode" not in entry["entities"]

    await household.set_up_second("A second one")
    titles = [entry["title"] for entry in await page.ask("entries")]
    assert titles == ["A second one", "Vitocal"]
    await hass.config_entries.async_set_disabled_by(
        household.entry.entry_id, ConfigEntryDisabler.USER
    )
    (entry,) = await page.ask("entries")
    assert entry["title"] == "A second one"


async def test_what_the_unit_has_outlasts_a_value(
    household: Household, open_page: Opener
) -> None:
    """A tank does not go because its sensor fails for a while."""
    await household.set_up()
    reading = household.entry.runtime_data.performance.data.snapshot.reading
    assert reading is not None
    assert reading.hot_water_c is not None
    household.cloud_gone()
    await household.reload()
    page = await open_page()
    (entry,) = await page.ask("entries")
    assert entry["has"]["hot_water"]


async def test_runs_and_flags(household: Household, open_page: Opener) -> None:
    """They are those of the snapshot; a span without any has none."""
    await household.set_up()
    page = await open_page()
    assert await page.ask("runs", **span()) == []
    assert await page.ask("flags") == []
    later = TODAY + timedelta(days=1)
    assert await page.ask("runs", **span(later, later)) == []


async def test_no_moments_without_a_recorder(
    household: Household, open_page: Opener
) -> None:
    """Nobody else keeps the last 24 hours."""
    await household.set_up()
    page = await open_page()
    assert await page.ask("moments") == []

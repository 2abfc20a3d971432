"""What a change did, as Home Assistant shows it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from unittest.mock import Mock, patch

import pytest

from benchmarks.daily_model import CHANGE_DAY, House, lived
from custom_components.heatpump_monitor.changes.effects import EffectKeeper, Effects
from custom_components.heatpump_monitor.changes.log import ChangeLog
from custom_components.heatpump_monitor.changes.looks import HouseholdFacts
from custom_components.heatpump_monitor.changes.model import (
    Category,
    Change,
    Note,
    Source,
)
from custom_components.heatpump_monitor.performance.effect.analysis import analyse
from custom_components.heatpump_monitor.performance.effect.result import Effect
from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from .household import Household
from .test_changes import (
    CURVE,
    ask,
    change_options,
    complaint,
    live_on,
    log_of,
    settled,
)

ANALYSE = "custom_components.heatpump_monitor.changes.looks.analyse"
TODAY = date(2026, 1, 15)
AGO = timedelta(days=65)
HELPS = House(scatter=0.01, slope_after=0.8)
HARMS = House(scatter=0.01, slope_after=1.2)
NOTHING = House(scatter=0.01)


def fill(
    household: Household, house: House, price_per_kwh: float | None = None
) -> None:
    """Fill the ledger with days before and after a change of 65 days ago."""
    winter = lived(house, 1, after=AGO.days)
    ledger = household.entry.runtime_data.performance.monitor.ledger
    for day, bucket in winter.ledger.days.items():
        moved = day + (TODAY - AGO - CHANGE_DAY)
        if price_per_kwh is not None:
            bucket.cost = bucket.electricity_wh / 1000 * price_per_kwh
            bucket.priced_wh = bucket.electricity_wh
        if moved < TODAY:
            ledger.book(ledger.calendar.midnight(moved), bucket)
    ledger.since = ledger.calendar.midnight(min(ledger.days))


async def note(household: Household, ago: timedelta = AGO, **fields: str) -> int:
    """Write that something was adjusted; return the id of the note."""
    time = (dt_util.now() - ago).isoformat()
    fields = {"text": "Valve", "category": "adjustment", "time": time, **fields}
    answer = await ask(household, "add_note", **fields)
    await household.settle()
    note_id: int = answer["note_id"]
    return note_id


async def unit_change(
    household: Household, item: str, old: float, new: float, ago: timedelta = AGO
) -> int:
    """Let the log remember a change of the unit; return its id."""
    change = Change(
        time=dt_util.utcnow() - ago,
        source=Source.UNIT,
        item=item,
        place="0",
        old=old,
        new=new,
    )
    return log_of(household).add(change).id


@contextmanager
def analyses() -> Iterator[Mock]:
    """Count the analyses."""
    with patch(ANALYSE, side_effect=analyse) as counted:
        yield counted


@pytest.mark.parametrize(
    ("house", "verdict", "sentence"),
    [
        (HELPS, "better", " % better ("),
        (HARMS, "worse", " % worse ("),
        (NOTHING, "no_visible_effect", "No visible effect: COP "),
    ],
)
@pytest.mark.usefixtures("all_enabled")
async def test_effect(
    household: Household, house: House, verdict: str, sentence: str
) -> None:
    """Sensor, report and action say the same of a change that was just noted."""
    await settled(household)
    await change_options(household, price=0.25)
    fill(household, house)
    note_id = await note(household)

    shown = household.attributes("change_effect")
    assert (shown["verdict"], shown["change"]) == (verdict, "Adjustment by hand: Valve")
    changed_on = TODAY - AGO
    assert shown["changed_at"].startswith(changed_on.isoformat())
    assert shown["looked_on"] == (changed_on + timedelta(days=60)).isoformat()
    assert shown["next_look"] == (changed_on + timedelta(days=120)).isoformat()
    value = float(household.value("change_effect"))
    assert shown["band_low"] < value < shown["band_high"]
    assert (shown["supply_after_c"] < shown["supply_before_c"]) == (house is HELPS)
    assert shown["saved_money"] == pytest.approx(shown["saved_kwh"] / 4, abs=0.2)

    answer = await ask(household, "analyse_change", entry_id=note_id)
    assert sentence in answer["sentence"]
    assert answer["change"]["description"] == "Adjustment by hand: Valve"
    assert answer["looked_on"] == TODAY.isoformat()
    effect = answer["effect"]
    assert effect["verdict"] == verdict
    assert (effect["lack"], effect["touched"]) == (None, "both")
    cop = effect["figures"]["cop"]["change"]
    assert cop["low"] < 1 + value / 100 < cop["high"]
    # One look needs no wider interval for others.
    assert cop["high"] - cop["low"] < (shown["band_high"] - shown["band_low"]) / 100

    report = await ask(
        household,
        "get_report",
        start=changed_on.isoformat(),
        end=changed_on.isoformat(),
    )
    (reported,) = report["changes"]
    assert reported["id"] == note_id
    assert reported["description"] == "Adjustment by hand: Valve"
    assert reported["verdict"] == verdict
    assert reported["cop_change"]["value"] == pytest.approx(1 + value / 100)
    assert reported["saved_kwh"]["value"] == pytest.approx(shown["saved_kwh"], abs=0.5)
    (price,) = (await ask(household, "get_report", period="today"))["changes"]
    assert price["description"] == "Fixed price set to 0.25"
    assert {price[key] for key in ("verdict", "looked_on", "cop_change")} == {None}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Not enough data yet: needs about {} more days"),
        ("de", "Noch nicht genug Daten: etwa {} weitere Tage nötig"),
    ],
)
@pytest.mark.usefixtures("all_enabled")
async def test_too_new(household: Household, language: str, sentence: str) -> None:
    """On its first day a change is shown with the days that it needs."""
    await household.hass.config.async_update(language=language)
    await settled(household)
    fill(household, NOTHING)
    assert household.value("change_effect") == STATE_UNKNOWN
    assert "verdict" not in household.attributes("change_effect")
    note_id = await note(household, timedelta())
    assert household.value("change_effect") == STATE_UNKNOWN
    shown = household.attributes("change_effect")
    assert shown["verdict"] == "not_enough_data"
    assert shown["days_needed"] >= 14
    assert shown["looked_on"] == TODAY.isoformat()
    assert shown["next_look"] == (TODAY + timedelta(days=14)).isoformat()
    assert {"band_low", "saved_kwh", "supply_after_c"}.isdisjoint(shown)
    answer = await ask(household, "analyse_change", entry_id=note_id)
    assert answer["sentence"] == sentence.format(answer["effect"]["days_needed"])
    assert answer["effect"]["figures"] is None


@pytest.mark.usefixtures("all_enabled")
async def test_change_on_the_unit(household: Household) -> None:
    """A change is looked at as soon as a second answer confirms it."""
    await settled(household)
    fill(household, NOTHING)
    household.cloud.adjust(CURVE, slope=0.4)
    await live_on(household)
    shown = household.attributes("change_effect")
    assert shown["change"] == "Heating curve slope, circuit 1, changed from 0.6 to 0.4"
    assert shown["verdict"] == "not_enough_data"


@pytest.mark.usefixtures("all_enabled")
async def test_edited_notes(household: Household) -> None:
    """A note that is changed or deleted is looked at again at once, or no more."""
    await settled(household)
    fill(household, HELPS)
    note_id = await note(household, category="usage")
    assert "verdict" not in household.attributes("change_effect")
    for category, is_shown in (("repair", True), ("other", False), ("building", True)):
        await ask(household, "edit_note", note_id=note_id, category=category)
        await household.settle()
        assert ("verdict" in household.attributes("change_effect")) == is_shown
    await ask(household, "edit_note", note_id=note_id, delete=True)
    await household.settle()
    assert household.attributes("change_effect").get("verdict") is None


async def test_only_what_is_new_is_analysed(household: Household) -> None:
    """Looks are kept: another change leaves those before it alone."""
    await settled(household)
    fill(household, HELPS)
    with analyses() as counted:
        await note(household)
        assert counted.call_count == 1
        await note(household, timedelta(days=3))
        assert counted.call_count == 2
        await live_on(household)
        assert counted.call_count == 2
        # This one lies before the last look at the first.
        await note(household, timedelta(days=20))
        assert counted.call_count == 5
        await household.reload()
        assert counted.call_count == 8


async def test_next_day(household: Household) -> None:
    """The day after, only what is due is looked at again."""
    household.step_s = 6 * 3600
    await settled(household)
    fill(household, HELPS)
    await note(household)
    with analyses() as counted:
        await note(household, timedelta(days=13))
        # It lies before the last look at the first one.
        assert counted.call_count == 2
        await household.live(24 * 3600)
        assert counted.call_count == 3
        assert counted.call_args.args[3] == TODAY + timedelta(days=1)


@pytest.mark.parametrize(("paid", "price"), [(None, 0.9), (0.2, 0.2)])
async def test_price_of_a_dynamic_tariff(
    household: Household, paid: float | None, price: float
) -> None:
    """What a year saves is worth what a kWh cost on average, not what it costs now."""
    states = household.hass.states
    states.async_set("sensor.price", "0.9", {"unit_of_measurement": "EUR/kWh"})
    await settled(household)
    await change_options(household, price_entity="sensor.price")
    fill(household, HELPS, price_per_kwh=paid)
    note_id = await note(household)
    await live_on(household, 1)
    answer = await ask(household, "analyse_change", entry_id=note_id)
    year = answer["effect"]["yearly"]
    found = year["saved_money"]["value"] / year["saved_kwh"]["value"]
    assert found == pytest.approx(price, rel=0.02)


async def test_wrong_calls(household: Household) -> None:
    """An error names the field and says what to do."""
    await settled(household)
    usage = await note(household, category="usage")
    text = await complaint(household, "analyse_change", entry_id=99)
    assert text.startswith("The field entry_id: there is no entry 99 in the change log")
    text = await complaint(household, "analyse_change", entry_id=usage)
    assert text.startswith(f"The field entry_id: entry {usage} acts on nothing")
    assert "hot water" in text


async def test_past_that_changes_meanwhile(hass: HomeAssistant) -> None:
    """What was looked at while days were imported is looked at again."""
    winter = lived(HELPS, 1)
    log = ChangeLog()
    log.add_note(
        Note(id=0, time=winter.change_time, category=Category.REPAIR, text="x")
    )
    keeper = EffectKeeper(hass, Mock(log=log))
    facts = HouseholdFacts(source=None, price_per_kwh=None, southern=False)

    def imported_meanwhile(*args: Any, **more: Any) -> Effect:
        keeper.forget()
        return analyse(*args, **more)

    with patch(ANALYSE, side_effect=imported_meanwhile):
        await keeper.async_update(winter.ledger, winter.today, facts)
    assert keeper.effects == Effects()
    with analyses() as counted:
        await keeper.async_update(winter.ledger, winter.today, facts)
    assert counted.call_count == 1
    assert keeper.effects.newest is not None

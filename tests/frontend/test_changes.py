"""The change log as the cards ask for it, and the heating curves through time."""

from datetime import datetime, timedelta

from homeassistant.util import dt as dt_util
from tests.household import Household
from tests.test_changes import CURVE, live_on, settled
from tests.test_effects import AGO, HELPS, TODAY, fill, note, unit_change

from .conftest import Opener


async def test_changes_of_the_cards(household: Household, open_page: Opener) -> None:
    """The log in the language asked for, with the looks; nulls where nothing is."""
    await settled(household)
    fill(household, HELPS)
    curve_id = await unit_change(household, "heating_curve_slope", 0.8, 0.6)
    await unit_change(household, "holiday", 1.0, 2.0)
    note_id = await note(household, timedelta(), category="usage")
    page = await open_page()
    answer = await page.ask("changes", language="de")
    first, *others = answer["entries"]
    assert (first["id"], first["category"], first["text"]) == (
        note_id,
        "usage",
        "Valve",
    )
    assert first["description"] == "Nutzung: Valve"
    empty = {"item", "place", "old", "new", "item_name", "touched", "look"}
    assert {key for key, value in first.items() if value is None} == empty
    assert [each["touched"] for each in others] == [None, "heating"]
    curve = others[1]
    assert (curve["id"], curve["source"]) == (curve_id, "unit")
    assert curve["description"] == (
        "Steigung der Heizkurve, Heizkreis 1, von 0,8 auf 0,6 geändert"
    )
    assert (curve["category"], curve["text"]) == (None, None)
    look = curve["look"]
    assert look["looked_on"] == (TODAY - AGO + timedelta(days=60)).isoformat()
    effect = look["effect"]
    assert effect["verdict"] == "better"
    assert effect["before"]["excluded"] is not None
    assert len(effect["figures"]["outside_c"]) == 2
    assert effect["yearly"]["saved_money"] is None
    in_english = (await page.ask("changes"))["entries"]
    assert in_english[0]["description"] == "Use of the house: Valve"
    assert await page.ask("changes", language="xx") == "invalid_format"


async def test_newest_entries_only(household: Household, open_page: Opener) -> None:
    """No more are sent than a page can show."""
    await settled(household)
    for number in range(600):
        ago = timedelta(days=600 - number)
        await unit_change(household, "holiday", number, number + 1.0, ago)
    page = await open_page()
    answer = await page.ask("changes")
    assert [each["new"] for each in answer["entries"][::499]] == [600.0, 101.0]


async def test_heating_curves(household: Household, open_page: Opener) -> None:
    """The curve of a circuit through time, from what is set now backwards."""
    await settled(household)
    page = await open_page()
    (circuit,) = (await page.ask("changes"))["circuits"]
    (now,) = circuit["curves"]
    assert circuit["circuit"] == "0"
    assert (now["since"], now["slope"]) == (None, 0.6)
    assert now["room_c"] is not None
    household.cloud.adjust(CURVE, slope=0.4, shift=3)
    await live_on(household)
    room, shift = now["room_c"], now["shift"]
    days = timedelta(days=1)
    await unit_change(household, "heating_curve_slope", 0.9, 0.6, 9 * days)
    await unit_change(household, "room_normal_c", 18.0, room, 5 * days)
    # What is not in use changes no curve.
    await unit_change(household, "room_comfort_c", 18.0, 20.0, 2 * days)
    (circuit,) = (await page.ask("changes"))["circuits"]
    found = [
        (each["slope"], each["shift"], each["room_c"]) for each in circuit["curves"]
    ]
    assert found == [
        (0.9, shift, 18.0),
        (0.6, shift, 18.0),
        (0.6, shift, room),
        (0.4, 3.0, room),
    ]
    since = [each["since"] for each in circuit["curves"]]
    assert since[0] is None
    ago = [dt_util.utcnow() - datetime.fromisoformat(each) for each in since[1:]]
    assert [each.days for each in ago] == [9, 5, 0]


async def test_no_heating_curve(household: Household, open_page: Opener) -> None:
    """A unit that reports none has no circuits."""
    await household.set_up()
    page = await open_page()
    assert (await page.ask("changes"))["circuits"] == []

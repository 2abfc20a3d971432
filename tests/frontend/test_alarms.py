"""What the cards show of the alarms, in the language of their user."""

from datetime import datetime

import pytest

from custom_components.heatpump_monitor.frontend.alarms import alarms, raised_alarms
from tests.household import POLL_S, Household

from .conftest import Opener

HOUR_S = 3600


async def test_raised_in_the_users_language(
    household: Household, open_page: Opener
) -> None:
    """An alarm comes with the present: what, since when, and what to do."""
    await household.set_up()
    page = await open_page()
    await page.ask("live", language="de")
    first = await page.event()
    assert (first["alarms"], first["alarms_changed_at"]) == ([], None)

    household.cloud.report_unit_fault("F.454")
    await household.live(2 * POLL_S)
    shown = (await page.pending())[-1]
    (alarm,) = shown["alarms"]
    assert alarm["severity"] == "fault"
    assert alarm["name"] == "Störung der Wärmepumpe"
    assert alarm["message"] == (
        "Die Wärmepumpe meldet die Störung F.454 (Kältekreis gesperrt)."
    )
    assert alarm["advice"].startswith("Lies die Meldung am Display")
    assert alarm["since"] == shown["alarms_changed_at"]
    # Home Assistant itself speaks English.
    (in_english,) = raised_alarms(household.hass, household.entry, "en")
    assert in_english.name == "Fault of the heat pump"

    household.cloud.report_unit_fault("F.454", active=False)
    await household.live(HOUR_S / 2)
    over = (await page.pending())[-1]
    assert over["alarms"] == []
    assert over["alarms_changed_at"] > alarm["since"]


async def test_the_worst_and_the_newest_first(household: Household) -> None:
    """A fault stands before a silent meter, however new that is."""
    await household.set_up()
    household.cloud.report_unit_fault("F.454")
    await household.live(2 * POLL_S)
    household.cloud.report_unit_fault("F.160")
    household.meter.faults.unreachable = True
    await household.live(HOUR_S + 3 * POLL_S)
    raised = raised_alarms(household.hass, household.entry, "en")
    assert [each.severity for each in raised] == ["fault", "fault", "notice"]
    assert "F.160" in raised[0].message
    assert raised[0].since > raised[1].since


async def test_what_is_over(household: Household, open_page: Opener) -> None:
    """An alarm that is over has its length, if its beginning was seen."""
    await household.set_up()
    page = await open_page()
    household.cloud.report_unit_fault("F.454")
    await household.live(2 * POLL_S)
    household.cloud.report_unit_fault("F.454", active=False)
    await household.live(HOUR_S / 2)
    (over,) = (await page.ask("health", language="de"))["alarms"]["over"]
    assert over["name"] == "Störung der Wärmepumpe"
    assert "F.454" in over["message"]
    ends = [datetime.fromisoformat(over[key]) for key in ("since", "until")]
    assert (ends[1] - ends[0]).total_seconds() >= HOUR_S / 4

    household.cloud.report_unit_fault("F.160")
    await household.live(2 * POLL_S)
    await household.reload()
    household.cloud.report_unit_fault("F.160", active=False)
    await household.live(HOUR_S / 2)
    shown = alarms(household.hass, household.entry, "en").over
    assert [each.since for each in shown] == [None]


async def test_what_is_watched(household: Household, open_page: Opener) -> None:
    """What needs weeks of data is named as not watched."""
    await household.set_up()
    await household.live(2 * POLL_S)
    page = await open_page()
    shown = (await page.ask("health"))["alarms"]
    assert "Efficiency too low" in shown["not_watched"]
    assert "Source silent" not in shown["not_watched"]
    assert shown["watched"] + len(shown["not_watched"]) == 15
    started_at = household.entry.runtime_data.performance.started_at
    assert datetime.fromisoformat(shown["watched_since"]) == started_at


@pytest.mark.parametrize("language", ["fr", "en-GB"])
async def test_a_language_without_texts(
    household: Household, open_page: Opener, language: str
) -> None:
    """It is English then."""
    await household.set_up()
    page = await open_page()
    shown = (await page.ask("health", language=language))["alarms"]
    assert "Efficiency too low" in shown["not_watched"]

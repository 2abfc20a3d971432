"""The change log: what was changed is in it once, and nothing else."""

from datetime import datetime, timedelta
import json
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.heatpump_monitor.changes.bus_event import EVENT_CHANGE
from custom_components.heatpump_monitor.changes.log import ChangeLog
from custom_components.heatpump_monitor.changes.model import Change, Source
from custom_components.heatpump_monitor.changes.store import ChangeStore
from custom_components.heatpump_monitor.const import DOMAIN, METER_SUBENTRY
from homeassistant.components.logbook.const import DOMAIN as LOGBOOK
from homeassistant.components.logbook.processor import EventProcessor
from homeassistant.components.recorder.core import Recorder
from homeassistant.config_entries import ConfigSubentry
from homeassistant.const import CONF_HOST, CONF_PASSWORD, STATE_UNKNOWN
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.translation import async_get_translations
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from simulator.faults import Messages

from .disk import Disk
from .household import POLL_S, Household
from .simulator.conftest import sign_in

CURVE = "heating.circuits.0.heating.curve"
HOT_WATER = "heating.dhw.temperature.main"
SCHEDULE = "heating.dhw.schedule"
BERLIN = ZoneInfo("Europe/Berlin")


def log_of(household: Household) -> ChangeLog:
    """Return the change log."""
    log: ChangeLog = household.entry.runtime_data.changes.log
    return log


def changes(household: Household) -> list[Change]:
    """Return the changes in the log, the oldest first."""
    return log_of(household).changes


def brief(household: Household) -> list[tuple[str, object, object]]:
    """Return item, old and new value of the changes, the oldest first."""
    return [(each.item, each.old, each.new) for each in changes(household)]


async def live_on(household: Household, polls: int = 3) -> None:
    """Let so many polls go by."""
    await household.live(polls * POLL_S)


async def settled(household: Household) -> None:
    """Set up, and let the settings be known."""
    await household.set_up()
    await live_on(household)
    assert changes(household) == []


async def ask(household: Household, action: str, **fields: object) -> dict[str, Any]:
    """Return what an action answers, as it reaches whoever asked."""
    answer = await household.hass.services.async_call(
        DOMAIN, action, fields, blocking=True, return_response=True
    )
    plain: dict[str, Any] = json.loads(json.dumps(answer))
    return plain


async def complaint(household: Household, action: str, **fields: object) -> str:
    """Return what the user reads, in English, of a call that fails."""
    with pytest.raises(HomeAssistantError) as failure:
        await ask(household, action, **fields)
    key, placeholders = (
        failure.value.translation_key,
        failure.value.translation_placeholders,
    )
    texts = await async_get_translations(household.hass, "en", "exceptions", [DOMAIN])
    text = texts[f"component.{DOMAIN}.exceptions.{key}.message"]
    return text.format(**(placeholders or {}))


async def change_options(household: Household, **options: object) -> None:
    """Change options of the config entry."""
    household.hass.config_entries.async_update_entry(
        household.entry, options={**household.entry.options, **options}
    )
    await household.settle()


async def descriptions(household: Household) -> list[str]:
    """Return all entries in words, the newest first."""
    page = await ask(household, "get_changelog")
    return [entry["description"] for entry in page["entries"]]


async def test_change_on_the_unit(household: Household) -> None:
    """A new slope is one entry, with the time of the poll that showed it first."""
    await settled(household)
    calls = household.cloud.api_requests
    household.cloud.adjust(CURVE, slope=0.4)
    await live_on(household, 1)
    seen_at = dt_util.utcnow()
    assert changes(household) == []
    await live_on(household, 4)
    (change,) = changes(household)
    assert change.time == seen_at
    assert (change.source, change.place) == (Source.UNIT, "0")
    assert brief(household) == [("heating_curve_slope", 0.6, 0.4)]
    # One for each poll, as ever.
    assert household.cloud.api_requests == calls + 5


async def test_own_time_stamp(household: Household) -> None:
    """A unit that stamps its values says when the change was made."""
    household.cloud.faults.messages = Messages(max_delay_s=60, same_delay=True)
    await settled(household)
    await household.live(100)
    household.cloud.adjust(HOT_WATER, value=55)
    made_at = dt_util.utcnow()
    await live_on(household, 4)
    (change,) = changes(household)
    # The unit looks at its values every 10 s.
    assert change.time == made_at + timedelta(seconds=10)


async def test_several_at_once(household: Household) -> None:
    """Two features changed between two polls are entries of the same time."""
    await settled(household)
    household.cloud.adjust(CURVE, slope=0.4, shift=2)
    household.cloud.adjust(HOT_WATER, value=55)
    await live_on(household)
    assert sorted(brief(household)) == [
        ("heating_curve_shift", 0.0, 2.0),
        ("heating_curve_slope", 0.6, 0.4),
        ("hot_water_c", 50.0, 55.0),
    ]
    assert len({each.time for each in changes(household)}) == 1


async def test_reverted_between_polls(household: Household) -> None:
    """What was tried and undone within a poll is no change, undone later it is two."""
    await settled(household)
    household.cloud.adjust(HOT_WATER, value=55)
    await live_on(household, 1)
    household.cloud.adjust(HOT_WATER, value=50)
    await live_on(household)
    assert changes(household) == []
    for value in (55, 50):
        household.cloud.adjust(HOT_WATER, value=value)
        await live_on(household)
    assert brief(household) == [
        ("hot_water_c", 50.0, 55.0),
        ("hot_water_c", 55.0, 50.0),
    ]


async def test_answers_that_say_nothing(household: Household) -> None:
    """Partial and old answers, numbers and schedules written otherwise: no entry."""
    await settled(household)
    faults = household.cloud.faults
    for fault, value in (
        ("float_numbers", True),
        ("shuffled_schedules", True),
        ("missing_features", ("heating.circuits", "heating.dhw")),
        ("missing_value", (HOT_WATER,)),
        ("stuck", True),
        ("gateway_offline", True),
    ):
        usual = getattr(faults, fault)
        setattr(faults, fault, value)
        await live_on(household)
        setattr(faults, fault, usual)
        await live_on(household)
    assert changes(household) == []
    household.cloud.adjust(HOT_WATER, value=55)
    await live_on(household)
    assert len(changes(household)) == 1


async def test_old_answer_after_a_change(household: Household) -> None:
    """A server that lags behind undoes nothing, however often it answers."""
    await settled(household)
    household.cloud.adjust(HOT_WATER, value=55)
    await live_on(household)
    household.cloud.faults.replica_lag_s = 6 * POLL_S
    await live_on(household, 5)
    household.cloud.faults.replica_lag_s = 0
    await live_on(household)
    assert brief(household) == [("hot_water_c", 50.0, 55.0)]


async def test_schedule(household: Household) -> None:
    """A schedule is a setting as a whole, in wall-clock time."""
    await settled(household)
    spans = [{"start": "05:00", "end": "07:00", "mode": "on", "position": 0}]
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    household.cloud.adjust(SCHEDULE, entries=dict.fromkeys(days, spans))
    await live_on(household)
    assert await descriptions(household) == [
        (
            "Hot-water schedule changed from Mon-Sun 04:00-05:30 on, 12:00-16:00 on"
            " to Mon-Sun 05:00-07:00 on"
        )
    ]


@pytest.mark.parametrize(
    "before", [datetime(2026, 3, 28, 22), datetime(2026, 10, 24, 22)]
)
async def test_clock_change(household: Household, before: datetime) -> None:
    """Neither the night of the longer nor the one of the shorter day is a change."""
    pause_s = (before.replace(tzinfo=BERLIN) - dt_util.utcnow()).total_seconds()
    household.freezer.tick(pause_s)
    await household.simulator.step(pause_s)
    # The sign-in lasts half a year.
    token = await sign_in(household.simulator, async_get_clientsession(household.hass))
    household.change_data({"token": {**token, "expires_at": before.timestamp() + 60}})
    await settled(household)
    await household.live(6 * 3600, step_s=1800)
    assert changes(household) == []
    household.cloud.adjust(HOT_WATER, value=55)
    await live_on(household)
    assert len(changes(household)) == 1


async def test_restart(household: Household) -> None:
    """A restart makes no entry; what was changed meanwhile is one."""
    await settled(household)
    await household.reload()
    await live_on(household)
    assert changes(household) == []
    await household.shut_down()
    await live_on(household)
    household.cloud.adjust(HOT_WATER, value=55)
    await live_on(household)
    await household.set_up()
    await live_on(household)
    assert brief(household) == [("hot_water_c", 50.0, 55.0)]
    await household.reload()
    await live_on(household)
    assert len(changes(household)) == 1


async def test_change_across_a_restart(household: Household) -> None:
    """The first poll before a restart and the second after it make an entry."""
    await settled(household)
    household.cloud.adjust(HOT_WATER, value=55)
    await live_on(household, 1)
    seen_at = dt_util.utcnow()
    await household.shut_down()
    await household.live(POLL_S)
    await household.set_up()
    (change,) = changes(household)
    assert change.time == seen_at


@pytest.mark.parametrize("polls", [1, 2, 3])
async def test_killed_before_it_was_saved(
    household: Household, hass_storage: dict[str, Any], polls: int
) -> None:
    """A crash at any moment loses no change, and doubles none."""
    await settled(household)
    household.cloud.adjust(HOT_WATER, value=55)

    async def killed(*_: object) -> None:
        """Write nothing."""

    with patch.object(ChangeStore, "async_save", killed):
        await live_on(household, polls)
        await household.shut_down()
    await live_on(household, 1)
    await household.set_up()
    await live_on(household)
    assert brief(household) == [("hot_water_c", 50.0, 55.0)]
    stored = hass_storage[f"{DOMAIN}.{household.entry.entry_id}.changes"]["data"]
    assert len(stored["log"]["changes"]) == 1


async def test_disk_that_is_full(household: Household, disk: Disk) -> None:
    """The log is saved as soon as there is room; a note is refused until then."""
    await settled(household)
    name = f"{DOMAIN}.{household.entry.entry_id}.changes"
    disk.full_for = {name}
    household.cloud.adjust(HOT_WATER, value=55)
    await live_on(household)
    assert "log" not in disk.read(name)["data"]
    assert await complaint(household, "add_note", text="Filter cleaned") == (
        "The note could not be saved: No space left on device."
        " Free some space on the disk of Home Assistant, then try again."
    )
    assert log_of(household).notes == []
    disk.full_for = set()
    await live_on(household, 1)
    assert len(disk.read(name)["data"]["log"]["changes"]) == 1


async def test_damaged_file(household: Household, disk: Disk) -> None:
    """The file is set aside, and the log begins again."""
    await settled(household)
    await household.shut_down()
    name = f"{DOMAIN}.{household.entry.entry_id}.changes"
    (disk.folder / name).write_text("{}")
    await household.set_up()
    await live_on(household)
    assert changes(household) == []
    assert list(disk.damaged()) == [name]
    await household.hass.config_entries.async_remove(household.entry.entry_id)
    assert not list(disk.folder.glob(f"{name}*"))


async def test_configuration(household: Household) -> None:
    """Options and the plant are in the log, in the words of their forms."""
    await settled(household)
    household.change_data({"rated_heat_kw": 9.5, "metered": ["compressor"]})
    await household.settle()
    points = [
        {"source_c": 2, "supply_c": 35, "heat_kw": 7.5},
        {"source_c": -7, "supply_c": 55, "heat_kw": 6},
    ]
    household.change_data({"capacity_points": points})
    await household.settle()
    household.change_data(
        {"capacity_points": points[::-1], "heat_method": "modulation"}
    )
    await household.settle()
    await change_options(household, price=0.3, price_entity="sensor.on")
    await change_options(
        household, price=0.3215, price_entity=None, extra_readings=True
    )
    assert await descriptions(household) == [
        "Price entity no longer set, was sensor.on",
        "Fixed price changed from 0.3 to 0.3215",
        "Extra readings after a start changed from off to on",
        "Price entity set to sensor.on",
        "Fixed price set to 0.3",
        "Heat method changed from Measured flow and ΔT to Modulation and rated heat power",
        "Heat power from the data sheet set to -7/55: 6 kW, 2/35: 7.5 kW",
        "Rated heat power set to 9.5 kW",
        (
            "Metered parts changed from Backup heater, Circulation pumps, Compressor and"
            " control unit, Source pump or fan to Compressor and control unit"
        ),
    ]


async def test_form_saved_unchanged(household: Household) -> None:
    """The first save of a form writes its defaults, which is no change."""
    await settled(household)
    flow = household.hass.config_entries.options
    for step, entered in (
        ("polling", {"meter_interval_s": 60}),
        ("money", {}),
        ("dashboard", {"dashboard": False}),
    ):
        menu = await flow.async_init(household.entry.entry_id)
        await flow.async_configure(menu["flow_id"], {"next_step_id": step})
        await flow.async_configure(menu["flow_id"], entered)
        await household.settle()
    assert household.entry.options["heat_pump_interval_s"] == 300
    assert household.entry.options["season_start_month"] == 9
    assert changes(household) == []


async def test_secrets_and_sign_in(household: Household) -> None:
    """A new token or password is no entry, a new address is one without it."""
    await settled(household)
    household.change_data({"token": {**household.entry.data["token"], "x": 1}})
    household.change_data({"signed_in_at": "2026-01-15T12:00:00+00:00"})
    household.change_meter({CONF_PASSWORD: "our-password"})
    await household.settle()
    await live_on(household, 1)
    assert changes(household) == []
    household.change_meter({CONF_HOST: "127.0.0.1:9"})
    await household.settle()
    household.change_meter({CONF_HOST: household.meter.host})
    await household.settle()
    assert (
        await descriptions(household)
        == [
            "Electricity meter has another address, Shelly Pro 3EM",
        ]
        * 2
    )
    assert "127.0.0" not in json.dumps(await ask(household, "get_changelog"))


async def test_meters(household: Household) -> None:
    """A meter that is replaced, wired otherwise, removed or added is an entry."""
    await settled(household)
    household.change_meter({"reversed_phases": ["c", "a"]})
    await household.settle()
    household.change_meter({"reversed_phases": []}, mac="aa:bb:cc:00:11:22")
    await household.settle()
    meter, entries = household.meter_entry, household.hass.config_entries
    entries.async_remove_subentry(household.entry, meter.subentry_id)
    await household.settle()
    again = ConfigSubentry(
        data=meter.data,
        subentry_type=METER_SUBENTRY,
        title="Basement",
        unique_id=household.meter.mac,
    )
    entries.async_add_subentry(household.entry, again)
    await household.settle()
    assert await descriptions(household) == [
        "Electricity meter added, Basement",
        "Electricity meter removed, Shelly Pro 3EM",
        (
            "Reversed current clamps (CTs), Shelly Pro 3EM, changed from Phase A (L1),"
            " Phase C (L3) to –"
        ),
        "Electricity meter replaced, Shelly Pro 3EM",
        (
            "Reversed current clamps (CTs), Shelly Pro 3EM, changed from – to"
            " Phase A (L1), Phase C (L3)"
        ),
    ]


async def test_event_entity(household: Household) -> None:
    """Each entry is an event of its source, with all that is known of it."""
    await settled(household)
    state = household.state("event", "change")
    assert state is not None
    assert state.state == STATE_UNKNOWN
    household.cloud.adjust(CURVE, slope=0.4)
    await live_on(household)
    state = household.state("event", "change")
    assert state is not None
    shown = dict(state.attributes)
    assert shown["event_type"] == "unit"
    assert shown["item_name"] == "Heating curve slope, circuit 1"
    assert (shown["item"], shown["place"]) == ("heating_curve_slope", "0")
    assert (shown["old"], shown["new"]) == (0.6, 0.4)
    assert shown["time"] == changes(household)[0].time.isoformat()

    await change_options(household, price=0.3)
    state = household.state("event", "change")
    assert state is not None
    assert state.attributes["event_type"] == "option"
    assert state.attributes["description"] == "Fixed price set to 0.3"
    before = state.state
    await household.reload()
    state = household.state("event", "change")
    assert state is not None
    assert state.state == before


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("en", "Heating curve slope, circuit 1, changed from 0.6 to 0.4"),
        ("de", "Steigung der Heizkurve, Heizkreis 1, von 0,6 auf 0,4 geändert"),
    ],
)
async def test_logbook(
    recorder_mock: Recorder, household: Household, language: str, message: str
) -> None:
    """The logbook of the heat pump says it in the language of Home Assistant."""
    hass = household.hass
    await hass.config.async_update(language=language)
    await settled(household)
    hass.config.components.add("frontend")
    with patch("homeassistant.components.frontend.async_register_built_in_panel"):
        assert await async_setup_component(hass, LOGBOOK, {LOGBOOK: {}})
    start = dt_util.utcnow()
    household.cloud.adjust(CURVE, slope=0.4)
    await live_on(household)
    await async_wait_recording_done(hass)
    heat_pump, _ = household.devices()
    processor = EventProcessor(hass, (EVENT_CHANGE,), device_ids=[heat_pump.id])
    found = await hass.async_add_executor_job(
        processor.get_events, start, dt_util.utcnow() + timedelta(seconds=1)
    )
    described = [(entry["name"], entry["message"]) for entry in found]
    assert described == [("Vitocal", message)]


async def test_german(household: Household) -> None:
    """Values are in German as well, with a comma."""
    await household.hass.config.async_update(language="de")
    await settled(household)
    household.cloud.adjust("heating.dhw.operating.modes.active", value="off")
    household.cloud.adjust("heating.dhw.temperature.hysteresis", switchOnValue=6.5)
    await live_on(household)
    assert sorted(await descriptions(household)) == [
        "Betriebsart für Warmwasser von effizient auf aus geändert",
        "Einschalthysterese für Warmwasser von 6 K auf 6,5 K geändert",
    ]


async def test_notes(household: Household) -> None:
    """A note can be written for an earlier time, changed and deleted."""
    await settled(household)
    earlier = (dt_util.now() - timedelta(days=2)).replace(microsecond=0)
    first = await ask(household, "add_note", text="  Filter cleaned ")
    second = await ask(
        household,
        "add_note",
        text="New windows",
        category="building",
        time=earlier.replace(tzinfo=None).isoformat(),
    )
    page = await ask(household, "get_changelog")
    assert page["total"] == 2
    newer, older = page["entries"]
    assert (newer["id"], newer["text"]) == (first["note_id"], "Filter cleaned")
    assert (newer["category"], newer["source"]) == ("other", "note")
    assert older["time"] == earlier.isoformat()
    assert older["description"] == "Building: New windows"

    await ask(household, "edit_note", note_id=second["note_id"], text="New doors")
    await ask(household, "edit_note", note_id=first["note_id"], category="repair")
    await household.reload()
    assert await descriptions(household) == [
        "Repair: Filter cleaned",
        "Building: New doors",
    ]
    await ask(household, "edit_note", note_id=first["note_id"], delete=True)
    await household.reload()
    assert await descriptions(household) == ["Building: New doors"]


async def test_wrong_calls(household: Household) -> None:
    """An error names the field and says what to do."""
    await settled(household)
    tomorrow = (dt_util.now() + timedelta(days=1)).isoformat()
    known = (await ask(household, "add_note", text="x"))["note_id"]
    for action, fields, text in (
        ("add_note", {"text": "x", "time": tomorrow}, "The field time: this time"),
        ("edit_note", {"note_id": 99, "text": "x"}, "The field note_id: there is no"),
        ("edit_note", {"note_id": known}, "The field text is missing."),
        (
            "get_changelog",
            {"start": "2026-01-02", "end": "2026-01-01"},
            "The field end is a day before the start.",
        ),
    ):
        assert (await complaint(household, action, **fields)).startswith(text)
    for fields in ({"text": " "}, {"text": "x" * 501}, {"text": "x", "category": "y"}):
        with pytest.raises(Exception, match=r"text|category"):
            await ask(household, "add_note", **fields)
    log = log_of(household)
    log.notes *= 2_000
    assert (await complaint(household, "add_note", text="x")).startswith("There are")


async def test_pages_of_ten_thousand(household: Household) -> None:
    """A long log is filtered and paged, and found again after a restart."""
    await settled(household)
    log, now = log_of(household), dt_util.utcnow()
    for hours in range(10_000):
        source, item = (
            (Source.UNIT, "hot_water_c") if hours % 2 else (Source.OPTION, "price")
        )
        log.add(
            Change(
                time=now - timedelta(hours=10_000 - hours),
                source=source,
                item=item,
                old=1.0,
                new=2.0,
            )
        )
    await ask(household, "add_note", text="The newest")
    await household.reload()
    seen = []
    for offset in range(0, 1500, 500):
        page = await ask(household, "get_changelog", limit=500, offset=offset)
        assert page["total"] == 10_001
        seen += [entry["id"] for entry in page["entries"]]
    assert seen == list(range(10_001, 10_001 - 1500, -1))
    page = await ask(household, "get_changelog", source="option", limit=1)
    assert (page["total"], len(page["entries"])) == (5_000, 1)
    page = await ask(household, "get_changelog", item=["hot_water_c"], offset=4_999)
    assert [entry["id"] for entry in page["entries"]] == [2]
    page = await ask(household, "get_changelog", start="2026-01-14", end="2026-01-14")
    assert page["total"] == 24


async def test_diagnostics(
    household: Household, hass_client: ClientSessionGenerator
) -> None:
    """They have the newest changes, and neither notes nor holidays in words."""
    await async_setup_component(household.hass, "diagnostics", {})
    await settled(household)
    await ask(household, "add_note", text="Our secret")
    holiday = {"start": "2026-02-01", "end": "2026-02-08"}
    household.cloud.adjust("heating.operating.programs.holiday", **holiday)
    await live_on(household)
    diagnostics = await get_diagnostics_for_config_entry(
        household.hass, hass_client, household.entry
    )
    change, note = diagnostics["changes"]
    assert (change["item"], note["category"]) == ("holiday", "other")
    text = json.dumps(diagnostics)
    assert "Our secret" not in text
    assert "2026-02-0" not in text

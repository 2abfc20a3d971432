"""The account on disk: restarts, crashes at any moment, another meter."""

import asyncio
from datetime import UTC, date, datetime, timedelta
import errno
import json
import os
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.heatpump_monitor.history.store import LedgerStore
from custom_components.heatpump_monitor.performance.monitor import PerformanceMonitor
from custom_components.heatpump_monitor.performance.output import Update
from custom_components.heatpump_monitor.performance.plant import Meter, Plant
from custom_components.heatpump_monitor.performance.totals.calendar import Calendar
from custom_components.heatpump_monitor.performance.totals.ledger import Bucket, Ledger
from custom_components.heatpump_monitor.performance.totals.run_log import Run
from custom_components.heatpump_monitor.readings import EnergySpan, Mode
from custom_components.heatpump_monitor.stored_file import NotSavedError
from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE
from homeassistant.core import CoreState, HomeAssistant
from homeassistant.exceptions import ConfigEntryNotReady
from tests.disk import Disk
from tests.performance.builders import heating, meter

BERLIN = ZoneInfo("Europe/Berlin")
METER = "aabbccddeeff"
PLANT = Plant(meters=(Meter(identity=METER),))
EVENING = datetime(2026, 1, 15, 22, 0, tzinfo=UTC)
RUNNING = "heatpump_monitor.one.running"
DAYS = "heatpump_monitor.one.days.2026"
HOURS = "heatpump_monitor.one.hours.2026-01"


def feed(
    monitor: PerformanceMonitor,
    start_s: int,
    end_s: int,
    store: LedgerStore | None = None,
) -> None:
    """Feed a steady load and steady heating; pass the updates to the store."""
    for seconds in range(start_s, end_s, 10):
        updates = []
        if seconds % 300 == 0:
            updates.append(monitor.add_heat_pump(heating(seconds, start=EVENING)))
        reading = meter(seconds, 5000 + seconds / 2, 1800.0, EVENING)
        updates.append(monitor.add_meter(reading))
        if store is not None:
            for update in updates:
                store.add(update)


def changed(ledger: Ledger) -> Update:
    """Return what was booked directly."""
    changes = ledger.take_changes()
    return Update(hours=frozenset(changes.hours), days=frozenset(changes.days))


async def loaded(hass: HomeAssistant, meter_id: str = METER) -> PerformanceMonitor:
    """Return the account as a restarted Home Assistant finds it."""
    plant = Plant(meters=(Meter(identity=meter_id),))
    return await LedgerStore(hass, "one").async_load(plant, Calendar(BERLIN))


async def opened(hass: HomeAssistant) -> tuple[LedgerStore, PerformanceMonitor]:
    """Return the store as a start finds it, and the account in it."""
    store = LedgerStore(hass, "one")
    return store, await store.async_load(PLANT, Calendar(BERLIN))


async def saved(hass: HomeAssistant) -> PerformanceMonitor:
    """Return an account of an hour, just as it was saved."""
    store, monitor = await opened(hass)
    feed(monitor, 0, 3610, store)
    await store.async_save(monitor)
    return monitor


async def test_nothing_saved_is_a_new_account(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    """The first start begins with nothing."""
    assert (await loaded(hass)).ledger.days == {}


async def test_restart_goes_on_where_it_was(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    """What was saved comes back, and the next reading continues it."""
    monitor = await saved(hass)
    again = await loaded(hass)
    assert again.ledger == monitor.ledger
    assert again.state.meters == monitor.state.meters
    feed(monitor, 3610, 7200)
    feed(again, 3610, 7200)
    assert again.ledger == monitor.ledger
    assert again.state.books.heat_total_wh == monitor.state.books.heat_total_wh


async def test_crash_between_the_two_files(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    """A crash after the running file was written leaves the archive of yesterday."""
    store, monitor = await opened(hass)
    for end_s in range(310, 9000, 300):
        before = dict(hass_storage)
        feed(monitor, end_s - 310, end_s, store)
        await store.async_save(monitor)
        if len(monitor.ledger.days) == 2:
            break
    for name in (DAYS, HOURS):
        assert hass_storage[name] != before[name]
        hass_storage[name] = before[name]
    again = await loaded(hass)
    feed(again, end_s - 310, 9010)
    feed(monitor, end_s, 9010, store)
    assert again.ledger.days.keys() == monitor.ledger.days.keys()
    for day, bucket in monitor.ledger.days.items():
        mine = again.ledger.days[day]
        assert mine.electricity_wh == pytest.approx(bucket.electricity_wh, abs=0.01)
        assert mine.heat_wh == pytest.approx(bucket.heat_wh, abs=0.01)


async def test_readings_while_the_archive_is_written(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Others have their turn meanwhile, and what they change is kept once."""
    monkeypatch.setattr("custom_components.heatpump_monitor.history.store._AT_ONCE", 1)
    store, monitor = await opened(hass)
    feed(monitor, 0, 89_710, store)
    # Five minutes later another day begins.
    saving = hass.async_create_task(store.async_save(monitor))
    fed_s = 89_710
    while not saving.done():
        feed(monitor, fed_s, fed_s + 300, store)
        fed_s += 300
        await asyncio.sleep(0)
    assert fed_s > 89_710 + 20 * 300
    assert len(monitor.ledger.days) == 3

    again = await loaded(hass)
    feed(again, 0, fed_s)
    assert again.ledger.days == monitor.ledger.days
    assert again.ledger.hours == monitor.ledger.hours
    assert again.state.books.heat_total_wh == monitor.state.books.heat_total_wh


async def test_imported_years_are_archived_at_once(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    """They are not written anew with every interval until the day ends."""
    store, monitor = await opened(hass)
    feed(monitor, 0, 600, store)
    await store.async_save(monitor)
    recorded, yesterday = Ledger(Calendar(BERLIN)), date(2026, 1, 14)
    recorded.days = {
        yesterday - timedelta(days=n): Bucket(electricity_wh=1.0) for n in range(400)
    }
    merge = monitor.ledger.plan_merge(recorded, min(recorded.days), yesterday)
    store.add(monitor.merge_imported(merge))
    await store.async_save(monitor)
    feed(monitor, 600, 1200, store)
    await store.async_save(monitor)

    assert list(hass_storage[RUNNING]["data"]["days"]) == ["2026-01-15"]
    assert (await loaded(hass)).ledger.days == monitor.ledger.days


async def test_old_days_come_from_the_archive(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    """The running file stays small: it holds the newest day only."""
    store, monitor = await opened(hass)
    for end_s in range(310, 9000, 300):
        feed(monitor, end_s - 310, end_s, store)
        await store.async_save(monitor)
    assert list(hass_storage[RUNNING]["data"]["days"]) == ["2026-01-16"]
    assert (await loaded(hass)).ledger.days == monitor.ledger.days


async def test_hours_let_go_do_not_come_back(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    """Old hours that the archive still has go with the next hour; days stay."""
    store, monitor = await opened(hass)
    first = datetime(2026, 1, 1, 0, 30, tzinfo=UTC)
    newest = 410 * 24
    places = *range(48), *range(newest - 48, newest - 2)
    hours = [first + timedelta(hours=place) for place in places]
    for hour in hours:
        monitor.ledger.book(hour, Bucket(electricity_wh=1.0))
        store.add(changed(monitor.ledger))
        if hour in hours[-10::9]:
            # Once with the archive, and once without.
            await store.async_save(monitor)
    again = (await loaded(hass)).ledger
    for ledger in (again, monitor.ledger):
        ledger.book(hours[-1] + timedelta(hours=1), Bucket(electricity_wh=1.0))
    assert again.hours == monitor.ledger.hours
    assert again.days == monitor.ledger.days


async def test_what_waits_for_the_meters_memory_is_kept(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    """A gap that was not recovered before a restart is recovered after it."""
    store, monitor = await opened(hass)
    feed(monitor, 0, 610, store)
    for seconds in range(900, 9000, 300):
        monitor.add_heat_pump(heating(seconds, start=EVENING))
    feed(monitor, 9000, 9910, store)
    await store.async_save(monitor)
    again = await loaded(hass)
    assert again.gaps == monitor.gaps
    (gap,) = again.gaps
    assert gap.paired
    import_result = [EnergySpan(gap.start, gap.start + timedelta(hours=1), 4000.0)]
    for each in (again, monitor):
        each.redistribute(each.gaps[0], import_result)
        feed(each, 9910, 12_000)
    assert again.ledger == monitor.ledger
    assert not (await loaded(hass, "112233445566")).gaps


async def test_another_meter_does_not_add_its_counter(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    """A meter that replaces another begins a counter of its own."""
    monitor = await saved(hass)
    again = await loaded(hass, "112233445566")
    for seconds in range(3610, 3700, 10):
        again.add_meter(meter(seconds, 9000.0, 0.0, EVENING))
    assert again.state.meters.total_wh == monitor.state.meters.total_wh


async def test_a_lost_running_file_leaves_the_days(
    hass: HomeAssistant, hass_storage: dict[str, Any], freezer: FrozenDateTimeFactory
) -> None:
    """Where only the archive is left, its days stay and counting starts anew."""
    monitor = await saved(hass)
    freezer.tick(60)
    del hass_storage[RUNNING]
    again = await loaded(hass)
    assert again.ledger.days == monitor.ledger.days
    assert again.ledger.since == monitor.ledger.since
    assert again.reading is None
    # The totals start at 0, and say so.
    assert again.state.books.heat_total_wh is None
    assert again.ledger.counting_since is not None
    assert monitor.ledger.counting_since is not None
    assert again.ledger.counting_since > monitor.ledger.counting_since


async def test_what_an_older_version_did_not_keep_begins_anew(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    """An update of the integration does not make the account unreadable."""
    monitor = await saved(hass)
    data = hass_storage[RUNNING]["data"]
    del data["counting_since"]
    for newer in ("estimator", "join", "open_intervals"):
        del data["state"][newer]
    again = await loaded(hass)
    assert again.state.meters == monitor.state.meters
    assert again.ledger.days == monitor.ledger.days
    assert not again.gaps
    # Its total goes on: it did not start again.
    assert again.ledger.counting_since is None
    assert again.state.books.heat_total_wh == monitor.state.books.heat_total_wh


async def test_cursors_survive_a_restart(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    """Each consumer of updates continues where it was."""
    store, monitor = await opened(hass)
    store.cursors["statistics"] = EVENING
    await store.async_save(monitor)
    store, _ = await opened(hass)
    assert store.cursors == {"statistics": EVENING}


async def test_only_changed_years_and_months_are_written(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    """A new day rewrites two files, however long the history is."""
    store, monitor = await opened(hass)
    monitor.ledger.book(EVENING - timedelta(days=40), Bucket(electricity_wh=1.0))
    monitor.ledger.days[date(2024, 6, 1)] = Bucket(electricity_wh=1.0)
    store.add(Update(days=frozenset({date(2024, 6, 1)})))
    store.add(changed(monitor.ledger))
    feed(monitor, 0, 1210, store)
    await store.async_save(monitor)
    before = dict(hass_storage)
    feed(monitor, 1210, 5410, store)
    await store.async_save(monitor)

    written = {key for key, data in hass_storage.items() if data != before.get(key)}
    assert written == {RUNNING, DAYS, HOURS}
    kept = {key for key in hass_storage if ".days." in key or ".hours." in key}
    assert {key.removeprefix("heatpump_monitor.one.") for key in kept} == {
        "days.2024",
        "days.2025",
        "days.2026",
        "hours.2025-12",
        "hours.2026-01",
    }
    assert (await loaded(hass)).ledger == monitor.ledger


async def test_months_that_are_let_go_are_deleted(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    """Hours older than those that are kept do not stay on disk."""
    store, monitor = await opened(hass)
    for weeks in (0, 60):
        hour = EVENING + timedelta(weeks=weeks)
        monitor.ledger.book(hour, Bucket(electricity_wh=1.0))
        store.add(changed(monitor.ledger))
        await store.async_save(monitor)
    assert HOURS in hass_storage
    assert (await loaded(hass)).ledger.days == monitor.ledger.days
    assert HOURS not in hass_storage
    assert (await loaded(hass)).ledger == monitor.ledger


async def test_discarded_days_do_not_come_back(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    """What was archived while the clock was ahead is gone at once."""
    store, monitor = await opened(hass)
    feed(monitor, 0, 1810, store)
    ahead = EVENING + timedelta(days=400)
    store.add(monitor.add_meter(meter(0, 6000, 1800.0, ahead)))
    store.add(monitor.add_meter(meter(60, 6100, 1800.0, ahead)))
    await store.async_save(monitor)
    assert "heatpump_monitor.one.days.2027" in hass_storage
    now = EVENING + timedelta(seconds=1810)
    store.add(monitor.discard_after(now, None, now))
    await store.async_save(monitor)

    again = (await loaded(hass)).ledger
    assert again.days.keys() == {date(2026, 1, 15)}
    assert again.hours == monitor.ledger.hours


async def test_runs_survive_a_restart(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    """Each is in one file only: new ones in the running file, others by month."""
    store, monitor = await opened(hass)
    feed(monitor, 0, 610, store)
    await store.async_save(monitor)
    first, second = (
        Run(
            start=EVENING + timedelta(minutes=minute),
            end=EVENING + timedelta(minutes=minute + 5),
            mode=Mode.HEATING,
            heat_wh=500.0,
        )
        for minute in (1, 60)
    )
    monitor.runs.add([first])
    await store.async_save(monitor)
    assert list((await loaded(hass)).runs.runs) == [first]

    feed(monitor, 610, 5410, store)
    await store.async_save(monitor)
    assert len(hass_storage[HOURS]["data"]["runs"]) == 1
    monitor.runs.add([second])
    await store.async_save(monitor)
    assert len(hass_storage[RUNNING]["data"]["runs"]) == 1
    store, again = await opened(hass)
    assert list(again.runs.runs) == [first, second]
    await store.async_save(again)
    assert list((await loaded(hass)).runs.runs) == [first, second]


async def test_removal_leaves_nothing(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    """All files are deleted with the entry."""
    store, monitor = await opened(hass)
    feed(monitor, 0, 610, store)
    await store.async_save(monitor)
    await store.async_remove()
    assert hass_storage == {}


async def test_disk_that_is_full_at_midnight(hass: HomeAssistant, disk: Disk) -> None:
    """The running file keeps each day until the archive with it is on disk."""
    store, monitor = await opened(hass)
    feed(monitor, 0, 3610, store)
    await store.async_save(monitor)
    disk.full_for = {DAYS}
    feed(monitor, 3610, 7510, store)
    with pytest.raises(NotSavedError, match="No space left on device"):
        await store.async_save(monitor)
    feed(monitor, 7510, 8110, store)
    with pytest.raises(NotSavedError):
        await store.async_save(monitor)
    assert len(monitor.ledger.days) == 2
    assert (await loaded(hass)).ledger.days == monitor.ledger.days

    disk.full_for = set()
    feed(monitor, 8110, 8710, store)
    await store.async_save(monitor)
    feed(monitor, 8710, 9310, store)
    await store.async_save(monitor)
    assert list(disk.read(RUNNING)["data"]["days"]) == ["2026-01-16"]
    assert (await loaded(hass)).ledger.days == monitor.ledger.days


async def test_disk_that_takes_nothing(hass: HomeAssistant, disk: Disk) -> None:
    """The files stay as they are, and all of it is saved when there is room."""
    store, monitor = await opened(hass)
    feed(monitor, 0, 3610, store)
    await store.async_save(monitor)
    before = disk.read(RUNNING)
    disk.full_for = {RUNNING, DAYS, HOURS}
    feed(monitor, 3610, 9010, store)
    with pytest.raises(NotSavedError):
        await store.async_save(monitor)
    assert disk.read(RUNNING) == before
    disk.full_for = set()
    await store.async_save(monitor)
    again = (await loaded(hass)).ledger
    assert again.days == monitor.ledger.days
    assert again.hours == monitor.ledger.hours


async def test_folder_that_cannot_be_made(hass: HomeAssistant, disk: Disk) -> None:
    """An error of the disk that Home Assistant does not catch is one, too."""
    store, monitor = await opened(hass)
    feed(monitor, 0, 3610, store)
    disk.folder.write_text("in the way")
    with pytest.raises(NotSavedError, match="File exists"):
        await store.async_save(monitor)


async def test_nothing_leaves_the_running_file_while_stopping(
    hass: HomeAssistant, disk: Disk
) -> None:
    """Home Assistant writes at the very end, and nobody knows yet whether it can."""
    store, monitor = await opened(hass)
    feed(monitor, 0, 1810, store)
    await store.async_save(monitor)
    hass.set_state(CoreState.stopping)
    for end_s in (5710, 7810):
        feed(monitor, end_s - 3900, end_s, store)
        await store.async_save(monitor)
    disk.full_for = {DAYS}
    hass.bus.async_fire(EVENT_HOMEASSISTANT_FINAL_WRITE)
    await hass.async_block_till_done()
    assert sorted(disk.read(RUNNING)["data"]["days"]) == ["2026-01-15", "2026-01-16"]
    assert (await loaded(hass)).ledger.days == monitor.ledger.days


@pytest.mark.parametrize(
    "content",
    [
        {"days": {"yesterday": {}}},
        {"state": {"meters": None}},
        {"state": {"clock": {"last": "noon"}}},
        {"state": {"books": {"heat_total_wh": "much"}}},
        {"since": "2026-01-15T12:00:00"},
        {"meter_id": None},
        {"state": {"flags": {"kept": 7}}},
    ],
)
async def test_damaged_running_file_is_set_aside(
    hass: HomeAssistant, disk: Disk, content: dict[str, object]
) -> None:
    """It is kept under another name, and the archived days stay."""
    store, monitor = await opened(hass)
    feed(monitor, 0, 7510, store)
    await store.async_save(monitor)
    disk.edit(RUNNING, **content)
    damaged = (disk.folder / RUNNING).read_text()
    store, again = await opened(hass)
    assert again.ledger.days == monitor.ledger.days
    assert again.state.books.heat_total_wh is None
    feed(again, 7510, 8110, store)
    await store.async_save(again)
    assert disk.damaged() == {RUNNING: damaged}
    (name,) = await store.async_set_aside()
    assert name.startswith(f"{RUNNING}.damaged.")


@pytest.mark.parametrize("content", [{"since": 5}, {"days": []}, {"hours": None}])
async def test_damaged_archive_is_set_aside(
    hass: HomeAssistant, disk: Disk, content: dict[str, object]
) -> None:
    """What the running file holds goes on, and a new archive is written."""
    store, monitor = await opened(hass)
    feed(monitor, 0, 3610, store)
    await store.async_save(monitor)
    disk.edit(DAYS, **content)
    store, again = await opened(hass)
    assert again.state.books.heat_total_wh == monitor.state.books.heat_total_wh
    assert again.ledger.counting_since == monitor.ledger.counting_since
    await store.async_save(again)
    assert list(disk.damaged()) == [DAYS]
    assert again.ledger == monitor.ledger
    assert disk.read(DAYS)["data"]["days"].keys() == {"2026-01-15"}


@pytest.mark.parametrize("name", [RUNNING, DAYS, HOURS])
@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "[]",
        "null",
        "7",
        '{"version": 1}',
        '{"version": "1", "data": {}}',
        '{"version": 0, "data": {}}',
        '{"version": 1, "data": {}}',
        '{"version": 1, "data": []}',
        '{"version": 1, "data": null}',
    ],
)
async def test_file_of_odd_types_is_set_aside(
    hass: HomeAssistant, disk: Disk, name: str, text: str
) -> None:
    """What is no store at all is not overwritten either."""
    disk.folder.mkdir()
    (disk.folder / name).write_text(text)
    store, monitor = await opened(hass)
    feed(monitor, 0, 3610, store)
    await store.async_save(monitor)
    assert disk.damaged() == {name: text}
    assert (await loaded(hass)).ledger == monitor.ledger


async def test_file_of_a_newer_version_stays(hass: HomeAssistant, disk: Disk) -> None:
    """Whoever goes back to an older version does not lose what the newer one saved."""
    await saved(hass)
    path = disk.folder / RUNNING
    path.write_text(json.dumps(disk.read(RUNNING) | {"version": 2}))
    with pytest.raises(ConfigEntryNotReady) as refused:
        await loaded(hass)
    assert refused.value.translation_key == "ledger_unreadable"
    assert disk.read(RUNNING)["version"] == 2
    assert disk.damaged() == {}


async def test_disk_that_cannot_be_read(hass: HomeAssistant, disk: Disk) -> None:
    """It is tried again, and does not count as an empty store."""
    await saved(hass)
    path = disk.folder / RUNNING
    path.write_text("{}")

    def refuse(*_: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    with (
        patch.object(Path, "rename", refuse),
        pytest.raises(ConfigEntryNotReady) as refused,
    ):
        await loaded(hass)
    assert refused.value.translation_placeholders == {
        "file": f".storage/{RUNNING}",
        "reason": "Read-only file system",
    }
    path.unlink()
    path.mkdir()
    with pytest.raises(ConfigEntryNotReady):
        await loaded(hass)


async def test_hour_that_midnight_divides(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    """In India a day begins half an hour into an hour, which goes on changing."""
    kolkata = ZoneInfo("Asia/Kolkata")
    store = LedgerStore(hass, "one")
    monitor = await store.async_load(PLANT, Calendar(kolkata))
    start = datetime(2026, 1, 15, 18, tzinfo=UTC)
    for minutes in range(0, 60, 10):
        begun = start + timedelta(minutes=minutes)
        monitor.ledger.book_electricity(begun, begun + timedelta(minutes=10), 100.0)
        store.add(changed(monitor.ledger))
        await store.async_save(monitor)
    again = await LedgerStore(hass, "one").async_load(PLANT, Calendar(kolkata))
    assert len(again.ledger.days) == 2
    assert again.ledger.hours == monitor.ledger.hours
    assert again.ledger.hours[start].electricity_wh == pytest.approx(600.0)

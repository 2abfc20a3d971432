"""An export in Home Assistant: what it keeps, when, and for how long."""

from datetime import timedelta
import os
from pathlib import Path
from unittest.mock import patch

import pytest

from custom_components.heatpump_monitor.const import DOMAIN
from custom_components.heatpump_monitor.exporter import unsaved
from custom_components.heatpump_monitor.exporter.spool import Spool, SpoolError
from custom_components.heatpump_monitor.exporter.targets.base import TargetUnavailable
from custom_components.heatpump_monitor.exporter.targets.errors import UrlInvalid
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE
from homeassistant.helpers import device_registry as dr

from .home import SETUP, ExportingHome

FULL = SpoolError("database or disk is full")


async def test_all_that_is_measured_arrives(home: ExportingHome) -> None:
    """Points arrive once, and the service is a device of its own."""
    await home.set_up()
    assert home.entry.state is ConfigEntryState.LOADED
    await home.measure(3)
    await home.measure(2)
    await home.sent()
    assert len(home.database.lines) == 5
    (device,) = dr.async_entries_for_config_entry(
        dr.async_get(home.hass), home.entry.entry_id
    )
    assert device.entry_type is dr.DeviceEntryType.SERVICE
    assert (device.name, device.manufacturer, device.model) == (
        "Database",
        "InfluxData",
        "InfluxDB 2",
    )


async def test_set_up_while_the_database_is_down(home: ExportingHome) -> None:
    """What is measured meanwhile is sent after a restart, when it is up again."""
    home.database.error = TargetUnavailable("no route")
    await home.set_up()
    assert home.entry.state is ConfigEntryState.LOADED
    await home.measure(4)
    await home.failed()
    await home.shut_down()
    home.database.error = None
    await home.set_up()
    await home.sent()
    assert home.coordinator.data.spool.unsent == 0


@pytest.mark.parametrize("is_final_write", [False, True])
async def test_a_server_that_hangs_holds_up_nothing(
    home: ExportingHome, is_final_write: bool
) -> None:
    """Home Assistant stops at once, with all that was collected on disk."""
    home.database.is_hanging = True
    await home.set_up()
    await home.measure()
    await home.until(lambda: home.database.attempts == 1)
    home.coordinator.async_take([])
    if is_final_write:
        home.hass.bus.async_fire(EVENT_HOMEASSISTANT_FINAL_WRITE)
        await home.hass.async_block_till_done()
        # What arrives now cannot be kept, and is no error.
        home.coordinator.async_take([])
        assert not home.spool_file.with_name(f"{home.spool_file.name}-wal").exists()
    await home.shut_down()
    home.database.is_hanging = False
    await home.set_up()
    await home.sent()
    assert home.issue("ledger_not_saved") is None


async def test_what_is_collected_last_is_kept(home: ExportingHome) -> None:
    """Points that are not committed yet when the entry is unloaded are, then."""
    home.database.error = TargetUnavailable()
    await home.set_up()
    with patch.object(Spool, "async_add", side_effect=FULL):
        await home.measure(7)
    assert home.coordinator.data.unsaved == 7
    await home.shut_down()
    home.database.error = None
    await home.set_up()
    await home.sent()


async def test_a_full_disk(home: ExportingHome) -> None:
    """Points stay in memory, and are tried again; the issue says why, and goes."""
    await home.set_up()
    with patch.object(Spool, "async_add", side_effect=FULL) as add:
        await home.measure(3)
        assert home.issue("ledger_not_saved") == {
            "name": "Database",
            "reason": "database or disk is full",
        }
        tries = add.call_count
        await home.measure(2)
        # It is not tried again with each reading.
        assert add.call_count == tries
        await home.live(timedelta(seconds=31), step_s=31)
        assert add.call_count == tries + 1
        assert home.coordinator.data.unsaved == 5
    await home.live(timedelta(seconds=31), step_s=31)
    await home.sent()
    assert home.issue("ledger_not_saved") is None


async def test_memory_is_bounded(
    home: ExportingHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The oldest points are dropped, counted and reported, also after a restart."""
    monkeypatch.setattr(unsaved, "MOST_UNSAVED", 10)
    await home.set_up()
    with patch.object(Spool, "async_add", side_effect=FULL):
        await home.measure(3)
        await home.measure(12)
        await home.live(timedelta(seconds=60))
    assert home.value("dropped_points") == "5"
    await home.live(timedelta(seconds=60))
    await home.until(lambda: len(home.database.lines) == 10)
    assert home.issue("export_dropped") == {"name": "Database", "count": "5"}
    await home.shut_down()
    await home.set_up()
    assert home.value("dropped_points") == "5"
    assert home.issue("export_dropped") is not None
    await home.live(timedelta(days=1), step_s=3600)
    assert home.issue("export_dropped") is None
    assert home.value("dropped_points") == "5"


async def test_a_damaged_spool_is_set_aside(home: ExportingHome) -> None:
    """The export goes on with a new file, and the issue goes with the old one."""
    home.folder.mkdir()
    home.spool_file.write_bytes(os.urandom(8192))
    await home.set_up()
    assert home.entry.state is ConfigEntryState.LOADED
    (damaged,) = home.folder.glob("*.damaged.*")
    assert home.issue("export_set_aside") == {
        "name": "Database",
        "files": f"{DOMAIN}/{damaged.name}",
    }
    await home.measure()
    await home.sent()
    damaged.unlink()
    await home.live(timedelta(seconds=60))
    assert home.issue("export_set_aside") is None


async def test_a_disk_that_fails_at_the_start(home: ExportingHome) -> None:
    """The set-up is tried again, and says why it cannot be."""
    home.folder.write_text("no folder")
    await home.set_up()
    assert home.entry.state is ConfigEntryState.SETUP_RETRY
    assert home.entry.error_reason_translation_key == "ledger_unreadable"
    assert home.entry.error_reason_translation_placeholders == {
        "file": f"{DOMAIN}/{home.spool_file.name}",
        "reason": "File exists",
    }


async def test_files_go_with_the_entry(home: ExportingHome) -> None:
    """Nothing of a removed export stays on disk; files of others do."""
    await home.set_up()
    home.rejected_file.write_text("{}\n")
    home.spool_file.with_name(f"{home.spool_file.name}.damaged.1").write_text("")
    other = home.folder / "export_other.db"
    other.write_text("")
    await home.hass.config_entries.async_remove(home.entry.entry_id)
    await home.hass.async_block_till_done()
    assert [*home.folder.iterdir()] == [other]


async def test_files_that_cannot_be_deleted(
    home: ExportingHome, caplog: pytest.LogCaptureFixture
) -> None:
    """The entry goes all the same, and the log says what stays."""
    await home.set_up()
    with patch.object(Path, "unlink", side_effect=PermissionError("read-only")):
        await home.hass.config_entries.async_remove(home.entry.entry_id)
        await home.hass.async_block_till_done()
    assert home.hass.config_entries.async_get_entry(home.entry.entry_id) is None
    assert "Files of Database cannot be deleted: read-only" in caplog.text


async def test_an_url_that_is_none(home: ExportingHome) -> None:
    """The set-up ends, and says that it is the URL."""
    with patch(f"{SETUP}.target_of", side_effect=UrlInvalid):
        await home.set_up()
    assert home.entry.state is ConfigEntryState.SETUP_ERROR
    assert home.entry.error_reason_translation_key == "export_url"

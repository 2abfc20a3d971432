"""The owner learns of a disk that is full, and of a file that cannot be read."""

from pathlib import Path

import pytest

from custom_components.heatpump_monitor.const import CLOSING_DELAY_S, DOMAIN
from homeassistant.config_entries import ConfigEntryState
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir

from .disk import Disk
from .household import POLL_S, Household


def year_of(folder: Path) -> str:
    """Write a file with some days that can be imported; return its name."""
    days = (f"2026-01-0{day}T00:00,{day}000,{day}500" for day in range(1, 5))
    lines = ("time,electricity_wh,heat_wh", *days)
    (folder / "year.csv").write_text("\n".join(lines), encoding="utf-8")
    return "year.csv"


def stored_calls(disk: Disk, name: str) -> int:
    """Return the number of calls in the file of a budget."""
    calls = disk.read(name)["data"]["calls"]
    return sum(sum(counts.values()) for counts in calls.values())


async def test_disk_that_is_full(
    household: Household, disk: Disk, issue_registry: ir.IssueRegistry
) -> None:
    """An issue says so until there is room; an import of that time has failed."""
    await household.set_up()
    await household.live(2 * POLL_S)
    issue_id = f"ledger_not_saved_{household.entry.entry_id}"
    assert not issue_registry.issues
    running = f"{DOMAIN}.{household.entry.entry_id}.running"
    disk.full_for = {running}
    await household.live(POLL_S)
    issue = issue_registry.async_get_issue(DOMAIN, issue_id)
    assert issue is not None
    assert issue.translation_placeholders == {
        "name": "Vitocal",
        "reason": "No space left on device",
    }
    call = {"file": year_of(disk.folder.parent)}
    import_days = household.hass.services.async_call
    with pytest.raises(HomeAssistantError) as failed:
        await import_days(
            DOMAIN, "import_history", call, blocking=True, return_response=True
        )
    assert failed.value.translation_key == "import_not_saved"

    disk.full_for = set()
    await household.live(POLL_S)
    assert issue_registry.async_get_issue(DOMAIN, issue_id) is None
    answer = await import_days(
        DOMAIN, "import_history", call, blocking=True, return_response=True
    )
    assert answer is not None
    assert answer["days_imported"] == 3
    days = household.entry.runtime_data.performance.monitor.ledger.days
    files = (running, running.replace("running", "days.2026"))
    saved = {day for name in files for day in disk.read(name)["data"]["days"]}
    assert saved == {day.isoformat() for day in days}


async def test_file_that_was_set_aside(
    household: Household, disk: Disk, issue_registry: ir.IssueRegistry
) -> None:
    """Counting goes on, and an issue names the file until it is gone."""
    await household.set_up()
    await household.live(2 * POLL_S)
    await household.shut_down()
    running = disk.folder / f"{DOMAIN}.{household.entry.entry_id}.running"
    running.write_text("{}")
    await household.set_up()
    await household.live(2 * POLL_S + CLOSING_DELAY_S)
    issue_id = f"ledger_set_aside_{household.entry.entry_id}"
    issue = issue_registry.async_get_issue(DOMAIN, issue_id)
    assert issue is not None
    assert issue.translation_placeholders is not None
    name = issue.translation_placeholders["files"]
    assert name.startswith(f"{running.name}.damaged.")
    assert (disk.folder / name).read_text() == "{}"
    assert float(household.value("heat_total")) > 0

    (disk.folder / name).unlink()
    await household.reload()
    assert not issue_registry.issues


@pytest.mark.parametrize(
    "content",
    [
        "[]",
        "{}",
        '"calls"',
        '{"version": 1, "data": []}',
        '{"version": 1, "data": "calls"}',
        '{"version": 1, "data": {"calls": [1, 2]}}',
    ],
)
async def test_budget_of_odd_types(
    household: Household,
    disk: Disk,
    caplog: pytest.LogCaptureFixture,
    content: str,
) -> None:
    """A count of calls that cannot be read is set aside, and begins again."""
    name = f"{DOMAIN}.budget.{DOMAIN}"
    disk.folder.mkdir()
    (disk.folder / name).write_text(content)
    await household.set_up()

    assert household.entry.state is ConfigEntryState.LOADED
    assert disk.damaged() == {name: content}
    assert f"{name} cannot be read" in caplog.text
    used = household.entry.runtime_data.budget.used_day
    assert used == household.cloud.api_requests
    assert stored_calls(disk, name) == used


async def test_budget_on_a_disk_that_is_full(
    household: Household, disk: Disk, issue_registry: ir.IssueRegistry
) -> None:
    """An issue says that calls are not saved, until they are or nobody makes any."""
    name = f"{DOMAIN}.budget.{DOMAIN}"
    await household.set_up()
    disk.full_for = {name}
    await household.live(POLL_S)
    (issue,) = issue_registry.issues.values()
    assert issue.translation_key == "budget_not_saved"
    assert issue.translation_placeholders == {"reason": "No space left on device"}

    disk.full_for = set()
    await household.live(POLL_S)
    assert not issue_registry.issues
    assert stored_calls(disk, name) == household.cloud.api_requests

    disk.full_for = {name}
    await household.live(POLL_S)
    assert issue_registry.issues
    await household.hass.config_entries.async_remove(household.entry.entry_id)
    await household.settle()
    assert not issue_registry.issues

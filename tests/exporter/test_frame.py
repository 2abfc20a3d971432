"""What diagnostics, system health and the dashboard say of exports."""

import asyncio
from datetime import timedelta
import json

from pytest_homeassistant_custom_component.common import get_system_health_info
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from syrupy.assertion import SnapshotAssertion
from syrupy.filters import props

from custom_components.heatpump_monitor.const import DOMAIN
from custom_components.heatpump_monitor.exporter.targets.base import TargetUnavailable
from homeassistant.setup import async_setup_component
from tests.frontend.conftest import Opener
from tests.house import house_entry

from .home import ExportingHome, export_entry
from .spooling import START

MINUTE = timedelta(minutes=1)


async def test_diagnostics(
    home: ExportingHome,
    hass_client: ClientSessionGenerator,
    snapshot: SnapshotAssertion,
) -> None:
    """The diagnostics say how the export goes, and nothing of whose it is."""
    await async_setup_component(home.hass, "diagnostics", {})
    home.database.error = TargetUnavailable("http://192.168.3.4:8086 does not answer")
    await home.set_up()
    await home.measure(3)
    await home.failed()
    await home.live(MINUTE)
    found = await get_diagnostics_for_config_entry(home.hass, hass_client, home.entry)
    text = json.dumps(found)
    for secret in ("192.168.3.4", "our-token", "our-org", "our-bucket"):
        assert secret not in text
    assert "our-home" not in text
    assert "our-place" not in text
    assert found["sender"]["failure"] == "export_unavailable"
    changing = "created_at", "entry_id", "modified_at", "time"
    moments = "failing_since", "next_attempt"
    assert found == snapshot(exclude=props(*changing, *moments, "size_bytes"))


async def _health(home: ExportingHome) -> dict[str, object]:
    assert await async_setup_component(home.hass, "system_health", {})
    await home.hass.async_block_till_done()
    info = await get_system_health_info(home.hass, DOMAIN)
    return {
        key: await value if asyncio.iscoroutine(value) else value
        for key, value in info.items()
    }


async def test_system_health(home: ExportingHome) -> None:
    """Backlog and last success of an export, and nothing of heat pumps."""
    await home.set_up()
    await home.measure()
    await home.sent()
    await home.live(MINUTE)
    assert await _health(home) == {"export_unsent": 0, "export_last_success": START}


async def test_system_health_of_several(home: ExportingHome) -> None:
    """Each is named."""
    second = export_entry("Second")
    second.add_to_hass(home.hass)
    await home.set_up()
    assert (await _health(home))["export_unsent"] == "Database: 0, Second: 0"
    await home.hass.config_entries.async_unload(second.entry_id)


async def test_the_card(home: ExportingHome, open_page: Opener) -> None:
    """The card is sent how each export goes, also of one that is not loaded."""
    second = export_entry("Second")
    second.add_to_hass(home.hass)
    await home.set_up()
    await home.hass.config_entries.async_unload(second.entry_id)
    home.database.error = TargetUnavailable()
    await home.measure(3)
    await home.failed()
    await home.live(MINUTE)
    page = await open_page()
    first, other = await page.ask("exports")
    assert first.pop("entities").keys() == {
        "dropped_points",
        "export_connected",
        "last_export",
        "unsent_points",
    }
    assert first.pop("failing_since").startswith("2026-01-15T12:00:00")
    assert first.pop("time").startswith("2026-01-15T12:01:00")
    assert first == {
        "entry_id": home.entry.entry_id,
        "title": "Database",
        "is_connected": False,
        "last_success": None,
        "unsent": 3,
        "oldest_unsent": START.isoformat(),
        "dropped": 0,
    }
    assert (other["title"], other["time"], other["unsent"]) == ("Second", None, None)
    assert await page.ask("exports", entry_id=second.entry_id) == [other]


async def test_no_export(home: ExportingHome, open_page: Opener) -> None:
    """Without an export, there is nothing to say."""
    house = house_entry()
    house.add_to_hass(home.hass)
    await home.hass.config_entries.async_remove(home.entry.entry_id)
    await async_setup_component(home.hass, DOMAIN, {})
    page = await open_page()
    assert await page.ask("exports") == []


async def test_entries(home: ExportingHome, open_page: Opener) -> None:
    """An export has no view of its own, and is among the entries."""
    await home.set_up()
    page = await open_page()
    assert await page.ask("entries") == [
        {"entry_id": home.entry.entry_id, "kind": "export", "title": "Database"}
    ]

"""What happens in a household: the dashboard follows, on Home Assistant 2026.11."""

import asyncio
from collections.abc import Mapping
import json
from pathlib import Path
import re
import shutil
from typing import Final

import pytest

from demo.home_assistant import HomeAssistant, RegisteredEntity
from demo.setup_flow import DOMAIN
from demo.simulators import Servers
from demo.stage import Stage

from .conftest import Show
from .screen import DASHBOARD, PATIENCE_MS, VIEWS, Screen

pytestmark = pytest.mark.thorough

_METER: Final = "shelly-air"
_CLOUD: Final = "viessmann"
_SILENT: Final = "silent since"
_RAISED: Final = "99.0.0"


async def test_entities_are_disabled(own: Stage, show: Show) -> None:
    """Without the entities of temperatures and power their view is gone; all else works."""
    for entity in await _entities(own.home_assistant):
        kind = entity["translation_key"] or ""
        if kind.endswith("temperature") or kind in ("power", "thermal_power"):
            await _update(own.home_assistant, entity, disabled_by="user")
    screen = await show(own)
    for view in VIEWS.keys() - {"temperatures"}:
        await screen.open(view)
    assert await screen.views() == len(VIEWS) - 1
    await screen.is_silent()


async def test_entities_are_renamed(own: Stage, show: Show) -> None:
    """Entities are found whatever they are called, by an open page too."""
    before = await show(own)
    await before.open("now")
    for entity in await _entities(own.home_assistant):
        domain, _, name = entity["entity_id"].partition(".")
        renamed = f"{domain}.renamed_{name}"
        await _update(own.home_assistant, entity, new_entity_id=renamed)
    await before.drawn(VIEWS["now"])
    await before.is_silent()
    screen = await show(own)
    for view in VIEWS:
        await screen.open(view)
    await screen.open("temperatures")
    canvases = screen.page.locator("hui-history-graph-card canvas")
    await canvases.nth(1).wait_for()
    await screen.is_silent()


@pytest.mark.parametrize(
    ("target", "fault"), [(_METER, "unreachable"), (_CLOUD, "server_error")]
)
async def test_source_is_away_for_a_while(
    own: Stage, show: Show, target: str, fault: str
) -> None:
    """An open page says that the meter or cloud is silent, and since when it is not."""
    servers = Servers(own.session, own.addresses.control_url)
    screen = await show(own)
    await screen.open("health")
    await servers.switch(target, fault, on=True)
    try:
        await screen.says("sources", _SILENT)
        await screen.open("now")
        await screen.says("schematic", _SILENT)
    finally:
        await servers.switch(target, fault, on=False)
    await screen.page.wait_for_function(
        "(words) => !inPage.cards().some(({ text }) => text.includes(words))",
        arg=_SILENT,
        timeout=2 * PATIENCE_MS,
    )
    await screen.is_silent()


async def test_home_assistant_starts_without_the_meter(own: Stage, show: Show) -> None:
    """The dashboard of an entry that waits for its meter says so, and then shows it."""
    servers = Servers(own.session, own.addresses.control_url)
    await servers.switch(_METER, "unreachable", on=True)
    try:
        await own.hass.stop()
        await own.hass.start()
        await own.start()
        screen = await show(own)
        await screen.open("now")
    finally:
        await servers.switch(_METER, "unreachable", on=False)
    await screen.page.wait_for_function(
        "!inPage.cards().some(({ text, messages }) => text.includes('silent') || messages.length)",
        timeout=4 * PATIENCE_MS,
    )
    await screen.drawn(VIEWS["now"])
    await screen.is_silent()


async def test_second_heat_pump(own: Stage, show: Show) -> None:
    """A second heat pump has views of its own in the same dashboard."""
    await own.add_heat_pump("brine")
    screen = await show(own)
    for number in ("", "-2"):
        await screen.open(f"now{number}", VIEWS["now"])
        await screen.open(f"efficiency{number}", VIEWS["efficiency"])
    assert await screen.views() == 2 * len(VIEWS)
    await screen.is_silent()


async def test_dashboard_option(own: Stage, show: Show) -> None:
    """The option takes the dashboard out of the sidebar of open pages, and back."""
    screen = await show(own)
    await screen.open("now")
    link = screen.page.locator(f"ha-sidebar [href='/{DASHBOARD}']")
    await link.wait_for()
    await _show_dashboard(own.home_assistant, shown=False)
    await link.wait_for(state="detached")
    await _loaded(own.home_assistant)
    await _show_dashboard(own.home_assistant, shown=True)
    await link.wait_for()
    await _loaded(own.home_assistant)
    await screen.open("now")
    await screen.is_silent()


async def test_entry_is_reloaded(own: Stage, show: Show) -> None:
    """An open page stays where it is, and shows the present again by itself."""
    screen = await show(own)
    await screen.open("efficiency")
    [entry] = await own.home_assistant.entries(DOMAIN)
    path = f"/api/config/config_entries/entry/{entry['entry_id']}/reload"
    await own.home_assistant.post(path, {})
    await _loaded(own.home_assistant)
    await screen.drawn(VIEWS["efficiency"])
    assert screen.page.url == screen.address("efficiency")
    await screen.is_silent()


async def test_home_assistant_restarts(own: Stage, show: Show) -> None:
    """An open page shows the present again by itself once Home Assistant is back."""
    screens = {view: await show(own) for view in ("now", "efficiency", "health")}
    for view, screen in screens.items():
        await screen.open(view)
    await _restart(own)
    for view, screen in screens.items():
        await screen.drawn(VIEWS[view])
    await _has_fresh_power(screens["now"])
    for screen in screens.values():
        screen.forgive_absence()
        await screen.is_silent()


async def test_version_is_raised(own: Stage, show: Show) -> None:
    """After an update an open page goes on, and the next one loads the new code."""
    old = await show(own)
    await old.open("now")
    _raise_version(own.folder)
    await _restart(own)
    await old.drawn(VIEWS["now"])
    await _has_fresh_power(old)
    old.forgive_absence()
    await old.is_silent()
    # What the browser has stored of the page must not hide the update.
    loaded = await _open_and_list_scripts(old)
    assert [
        each for each in loaded if each.endswith(f"heatpump-monitor.js?v={_RAISED}")
    ]
    await old.is_silent()


async def _entities(home_assistant: HomeAssistant) -> list[RegisteredEntity]:
    [entry] = await home_assistant.entries(DOMAIN)
    entities = await home_assistant.registered_entities(entry["entry_id"])
    return [each for each in entities if each["disabled_by"] is None]


async def _update(
    home_assistant: HomeAssistant, entity: RegisteredEntity, **changes: object
) -> None:
    await home_assistant.command(
        "config/entity_registry/update", entity_id=entity["entity_id"], **changes
    )


async def _show_dashboard(home_assistant: HomeAssistant, *, shown: bool) -> None:
    """Switch the option, as its form does."""
    [entry] = await home_assistant.entries(DOMAIN)
    path = "/api/config/config_entries/options/flow"
    flow = await home_assistant.post(path, {"handler": entry["entry_id"]})
    answers: tuple[Mapping[str, object], ...] = (
        {"next_step_id": "dashboard"},
        {"dashboard": shown},
    )
    for answer in answers:
        step = await home_assistant.post(f"{path}/{flow['flow_id']}", answer)
    assert step["type"] == "create_entry", step


async def _loaded(home_assistant: HomeAssistant) -> None:
    """Wait until the entry is loaded (again)."""
    async with asyncio.timeout(PATIENCE_MS / 1000):
        while (await home_assistant.entries(DOMAIN))[0]["state"] != "loaded":
            await asyncio.sleep(0.1)


async def _restart(stage: Stage) -> None:
    await stage.hass.stop()
    await stage.hass.start()
    await stage.start()
    await stage.home_assistant.wait_for_diagnostics(DOMAIN)


async def _has_fresh_power(screen: Screen) -> None:
    """Wait until the schematic's power changes twice."""
    for _ in range(2):
        before = await screen.text("schematic")
        await screen.page.wait_for_function(
            "(before) => inPage.cards()[0].text !== before",
            arg=before,
            timeout=PATIENCE_MS,
        )


def _raise_version(folder: Path) -> None:
    """Give Home Assistant a copy of the integration with another version."""
    link = folder / "custom_components" / DOMAIN
    original = link.resolve()
    copied = folder / "integration_of_the_update"
    shutil.copytree(original, copied, ignore=shutil.ignore_patterns("__pycache__"))
    manifest = copied / "manifest.json"
    text = manifest.read_text(encoding="utf-8")
    raised = re.sub(r'"version": "[^"]+"', f'"version": "{_RAISED}"', text)
    assert json.loads(raised)["version"] == _RAISED
    manifest.write_text(raised, encoding="utf-8")
    link.unlink()
    link.symlink_to(copied, target_is_directory=True)


async def _open_and_list_scripts(screen: Screen) -> list[str]:
    """Open the page again, and return what code it loads."""
    loaded: list[str] = []
    screen.page.on("request", lambda request: loaded.append(request.url))
    await screen.open("now")
    return loaded

"""Pictures of what the integration shows, for the README."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from yarl import URL

from .browser import browser
from .heat_pump import HeatPump
from .stage import Stage

_LOOK_AGAIN_S = 2
_SETTLE_S = 15
_WIDTH = 1280
_HEIGHT = 1700
_HISTORY = ("cop", "power", "thermal_power", "supply_temperature", "return_temperature")
_HISTORY_SPAN = timedelta(minutes=15)


async def take_pictures(
    stage: Stage, heat_pump: HeatPump, folder: Path, say: Callable[[str], None]
) -> None:
    """Store the device page and the history of a heat pump as PNG files.

    Args:
        stage: What is running.
        heat_pump: Is shown as soon as it has a COP.
        folder: Where the files go.
        say: Takes progress.
    """
    say("Waiting for a COP")
    while (await heat_pump.shown()).cop is None:
        await asyncio.sleep(_LOOK_AGAIN_S)
    home_assistant = stage.home_assistant
    async with browser(stage.session) as page:
        await page.sign_in(home_assistant.url, await home_assistant.access_token())
        for name, url in (await _pages(URL(home_assistant.url), heat_pump)).items():
            picture = await page.picture(
                str(url), width=_WIDTH, height=_HEIGHT, settle_s=_SETTLE_S
            )
            _store(folder / f"{name}.png", picture)
            say(f"Stored {folder / name}.png")


async def _pages(home: URL, heat_pump: HeatPump) -> dict[str, URL]:
    """Return the pages to show by what their pictures are called."""
    entities = {
        each["translation_key"]: each
        for each in await heat_pump.entities()
        if each["translation_key"] is not None
    }
    now = datetime.now(UTC)
    history = {
        "entity_id": ",".join(entities[key]["entity_id"] for key in _HISTORY),
        "start_date": (now - _HISTORY_SPAN).isoformat(),
        "end_date": now.isoformat(),
    }
    # The meter is a device of its own; the COP is the heat pump's.
    device_id = entities["cop"]["device_id"]
    return {
        "device-page": home / f"config/devices/device/{device_id}",
        "history": (home / "history").with_query(history),
    }


def _store(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)

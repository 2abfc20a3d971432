"""Pictures of what the integration shows, for the README."""

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from yarl import URL

from .browser import Look, browser, signed_in
from .heat_pump import HeatPump
from .stage import Stage

_LOOK_AGAIN_S = 2
_SETTLE_S = 15
_DASHBOARD = "heat-pump"
_PHONE_PX = 390

# The views of the dashboard, by what their pictures are called.
_VIEWS: Final[Mapping[str, tuple[str, Look]]] = {
    "now": ("now", Look(height=1000)),
    "now-dark": ("now", Look(height=1000, is_dark=True)),
    "now-phone": ("now", Look(width=_PHONE_PX, height=1950)),
    "now-german": ("now", Look(height=1000, language="de")),
    "efficiency": ("efficiency", Look(height=1250)),
    "runs": ("runs", Look(height=920)),
    "health": ("health", Look(height=800)),
}
_DEVICE_PAGE: Final = Look(width=1280, height=1700)


async def take_pictures(
    stage: Stage, heat_pump: HeatPump, folder: Path, say: Callable[[str], None]
) -> None:
    """Store the dashboard and the device page of a heat pump as PNG files.

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
    pages = await _pages(URL(home_assistant.url), heat_pump)
    async with browser() as started:
        for name, (url, look) in pages.items():
            context = await signed_in(started, home_assistant, look)
            page = await context.new_page()
            await page.goto(str(url))
            await asyncio.sleep(_SETTLE_S)
            await page.screenshot(path=folder / f"{name}.png")
            await context.close()
            say(f"Stored {folder / name}.png")


async def _pages(home: URL, heat_pump: HeatPump) -> dict[str, tuple[URL, Look]]:
    """Return the pages to show by what their pictures are called."""
    # The meter is a device of its own; the COP is the heat pump's.
    device_id = next(
        each["device_id"]
        for each in await heat_pump.entities()
        if each["translation_key"] == "cop"
    )
    return {
        name: (home / _DASHBOARD / path, look) for name, (path, look) in _VIEWS.items()
    } | {"device-page": (home / f"config/devices/device/{device_id}", _DEVICE_PAGE)}

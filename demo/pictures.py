"""Pictures of what the integration shows, for the README."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from .browser import browser
from .heat_pump import HeatPump
from .stage import Stage

_LOOK_AGAIN_S = 2
_SETTLE_S = 15
_WIDTH = 1280
_HEIGHT = 1500


async def take_pictures(
    stage: Stage,
    heat_pumps: Sequence[HeatPump],
    folder: Path,
    say: Callable[[str], None],
) -> None:
    """Store the device page and the overview as PNG files.

    Args:
        stage: What is running.
        heat_pumps: The first one's device is shown, as soon as it has a COP.
        folder: Where the files go.
        say: Takes progress.
    """
    heat_pump = heat_pumps[0]
    say("Waiting for a COP")
    while (await heat_pump.shown()).cop is None:
        await asyncio.sleep(_LOOK_AGAIN_S)
    device_id = await _device_id(heat_pump)
    pages = {
        "device-page": f"/config/devices/device/{device_id}",
        "overview": "/lovelace/0",
    }
    url = stage.home_assistant.url
    async with browser(stage.session) as page:
        await page.sign_in(url, await stage.home_assistant.access_token())
        for name, path in pages.items():
            file = folder / f"{name}.png"
            picture = await page.picture(
                f"{url}{path}", width=_WIDTH, height=_HEIGHT, settle_s=_SETTLE_S
            )
            _store(file, picture)
            say(f"Stored {file}")


async def _device_id(heat_pump: HeatPump) -> str:
    """Return the device that has the COP; the meter is a device of its own."""
    ids = {
        each["translation_key"]: each["device_id"]
        for each in await heat_pump.entities()
    }
    device_id = ids["cop"]
    assert device_id is not None
    return device_id


def _store(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)

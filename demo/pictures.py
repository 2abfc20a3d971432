"""Pictures of what the integration shows, for the README."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from yarl import URL

from .beside import wait_for_share
from .browser import Look, browser, signed_in
from .heat_pump import HeatPump
from .simulators import ALL
from .stage import Stage

_LOOK_AGAIN_S = 2
# What moves in once all is loaded.
_SETTLE_S = 4
_INTO_QUARTER_S = 300
_DASHBOARD = "heat-pump"
_PHONE_PX = 390

# The views of the dashboard with their heights on a screen and on a phone.
_HEIGHTS: Final[Mapping[str, tuple[int, int]]] = {
    "now": (1000, 1950),
    "efficiency": (1500, 3400),
    "house": (700, 800),
    "changes": (430, 1000),
    "runs": (700, 1300),
    "temperatures": (1300, 1900),
    "health": (700, 1400),
}
# What is beside the heat pump in the variant that has everything.
_BESIDE: Final = {"house-meter": (650, 1150), "probes": (800, 1900)}
# Those that are shown dark, on a phone and in German, too.
_FIRST: Final = ("now", "efficiency")
_DEVICE_PAGE: Final = Look(width=1280, height=1700)


async def take_pictures(
    stage: Stage,
    heat_pump: HeatPump,
    house_meter: str | None,
    folder: Path,
    say: Callable[[str], None],
) -> None:
    """Store the dashboard and the device page of a heat pump as PNG files.

    Args:
        stage: What is running.
        heat_pump: Is shown as soon as it has a COP.
        house_meter: The entry of the house meter, if there is one: it is shown as
            soon as the heat pump's share of a quarter-hour is known.
        folder: Where the files go.
        say: Takes progress.
    """
    say("Waiting for a COP")
    while (await heat_pump.shown()).cop is None:
        await asyncio.sleep(_LOOK_AGAIN_S)
    if house_meter is not None:
        say("Waiting for a quarter-hour that was seen from its start")
        await wait_for_share(stage.home_assistant, house_meter)
        await asyncio.sleep(_INTO_QUARTER_S)
    home_assistant = stage.home_assistant
    pages = await _pages(URL(home_assistant.url), heat_pump)
    async with browser() as started:
        for name, (url, look) in pages.items():
            context = await signed_in(started, home_assistant, look)
            page = await context.new_page()
            await page.goto(str(url), wait_until="networkidle")
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
    device = home / f"config/devices/device/{device_id}"
    return dict(_views(home / _DASHBOARD, heat_pump.variant)) | {
        "device-page": (device, _DEVICE_PAGE)
    }


def _views(dashboard: URL, variant: str) -> Iterator[tuple[str, tuple[URL, Look]]]:
    heights = {**_HEIGHTS, **_BESIDE} if variant == ALL else _HEIGHTS
    for view, (high, high_on_phone) in heights.items():
        yield view, (dashboard / view, Look(height=high))
        if view in _FIRST:
            phone = Look(width=_PHONE_PX, height=high_on_phone)
            yield f"{view}-phone", (dashboard / view, phone)
            dark = Look(height=high, is_dark=True)
            yield f"{view}-dark", (dashboard / view, dark)
            german = Look(height=high, language="de")
            yield f"{view}-german", (dashboard / view, german)

"""No words of a card lie on one another: every card, state, width and language."""

import json
from pathlib import Path
from typing import Final

import hass_frontend
from playwright.async_api import Browser, Route
import pytest

from .screen import PATIENCE_MS

# Answered by the test itself.
_URL: Final = "http://preview.invalid/"


@pytest.mark.parametrize(
    "cards", ["card=schematic", pytest.param("", marks=pytest.mark.thorough)]
)
async def test_words_do_not_collide(
    chromium: Browser, request: pytest.FixtureRequest, cards: str
) -> None:
    """Measured in the page of frontend/test/preview, which draws invented households."""
    folder: Path = request.config.getoption("--preview")

    async def answer(route: Route) -> None:
        path = route.request.url.removeprefix(_URL).partition("?")[0]
        # The letters that users see, and not those of this machine.
        fonts = hass_frontend.where() / "static" if path.startswith("fonts/") else None
        await route.fulfill(path=(fonts or folder) / (path or "index.html"))

    page = await chromium.new_page()
    await page.route(f"{_URL}**", answer)
    await page.goto(f"{_URL}?check&{cards}")
    result = page.locator("#collisions")
    await result.wait_for(state="attached", timeout=6 * PATIENCE_MS)
    words = int(await result.get_attribute("data-words") or 0)
    found = json.loads(await result.text_content() or "")
    await page.close()
    assert words > 1000
    assert found == []

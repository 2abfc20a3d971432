"""A headless Chromium that shows pages of Home Assistant as its user sees them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
import json
import shutil

from playwright.async_api import Browser, BrowserContext, StorageState, async_playwright

from .errors import DemoError
from .home_assistant import HomeAssistant

_NAMES = ("chromium", "chromium-browser", "google-chrome")
# The household's, which need not be this machine's.
_TIME_ZONE = "Europe/Berlin"
_FAR_AWAY_MS = 4_102_444_800_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """How a user sees a page."""

    width: int = 1400
    """Of the window, in CSS pixels."""
    height: int
    is_dark: bool = False
    language: str = "en"


def installed_browser() -> str:
    """Return the path of Chromium.

    Raises:
        DemoError: No Chromium is installed.
    """
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        raise DemoError("this needs Chromium (Debian: apt-get install chromium)")
    return program


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """Run a Chromium for as long as the context lasts.

    Raises:
        DemoError: No Chromium is installed.
    """
    program = installed_browser()
    async with async_playwright() as playwright:
        # Who started this ends it, in order.
        started = await playwright.chromium.launch(
            executable_path=program,
            handle_sigint=False,
            handle_sigterm=False,
            handle_sighup=False,
        )
        try:
            yield started
        finally:
            await started.close()


async def signed_in(
    started: Browser, home_assistant: HomeAssistant, look: Look
) -> BrowserContext:
    """Return a fresh profile whose user is signed in to Home Assistant."""
    url = home_assistant.url
    tokens = {
        "access_token": await home_assistant.access_token(),
        "refresh_token": "",
        "token_type": "Bearer",
        "expires_in": 86400,
        "expires": _FAR_AWAY_MS,
        "hassUrl": url,
        "clientId": home_assistant.client_id,
    }
    kept = {"hassTokens": tokens, "selectedLanguage": look.language}
    storage: StorageState = {
        "cookies": [],
        "origins": [
            {
                "origin": url,
                "localStorage": [
                    {"name": name, "value": json.dumps(value)}
                    for name, value in kept.items()
                ],
            }
        ],
    }
    return await started.new_context(
        storage_state=storage,
        viewport={"width": look.width, "height": look.height},
        # Home Assistant's default theme follows the system.
        color_scheme="dark" if look.is_dark else "light",
        locale=look.language,
        timezone_id=_TIME_ZONE,
    )

"""A headless Chromium that takes pictures of pages of Home Assistant."""

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
import itertools
import json
from pathlib import Path
import shutil
import tempfile
import time
from typing import Any

from aiohttp import ClientError, ClientSession, ClientWebSocketResponse

from .errors import DemoError
from .processes import child

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--lang=en",
    "--remote-debugging-port=0",
)
# The household's, which need not be this machine's.
_TIME_ZONE = "Europe/Berlin"
_START_S = 30
_FAR_AWAY_MS = 4_102_444_800_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """How a user sees a page."""

    width: int = 1400
    """Of the window, in CSS pixels."""
    height: int
    is_dark: bool = False
    language: str = "en"


class Browser:
    """One page of a running Chromium, driven through its DevTools protocol."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        """Take over the connection to the page."""
        self._socket = socket
        self._numbers = itertools.count(1)

    async def sign_in(self, url: str, access_token: str) -> None:
        """Hand the page an access token, as if its user had signed in."""
        tokens = {
            "access_token": access_token,
            "refresh_token": "",
            "token_type": "Bearer",
            "expires_in": 86400,
            "expires": _FAR_AWAY_MS,
            "hassUrl": url,
            "clientId": f"{url}/",
        }
        # A page that needs no sign-in, for the storage belongs to the origin.
        await self.open(f"{url}/manifest.json")
        await self._keep("hassTokens", tokens)

    async def open(self, url: str) -> None:
        """Go to a page and wait until it is loaded."""
        await self._call("Page.enable")
        await self._call("Page.navigate", url=url)
        await self._event("Page.loadEventFired")

    async def picture(self, url: str, look: Look, *, settle_s: float) -> bytes:
        """Return a picture of a page, as PNG.

        Args:
            url: The page; the browser is signed in.
            look: How the user sees it.
            settle_s: How long the page draws itself after it is loaded.
        """
        await self._call(
            "Emulation.setDeviceMetricsOverride",
            width=look.width,
            height=look.height,
            deviceScaleFactor=1,
            mobile=False,
        )
        await self._call("Emulation.setTimezoneOverride", timezoneId=_TIME_ZONE)
        # Home Assistant's default theme follows the system.
        scheme = "dark" if look.is_dark else "light"
        await self._call(
            "Emulation.setEmulatedMedia",
            features=[{"name": "prefers-color-scheme", "value": scheme}],
        )
        await self._keep("selectedLanguage", look.language)
        await self.open(url)
        await asyncio.sleep(settle_s)
        shot = await self._call("Page.captureScreenshot", format="png")
        return base64.b64decode(shot["data"])

    async def _keep(self, key: str, value: object) -> None:
        """Put a value into the storage of the origin of the page."""
        stored = json.dumps(json.dumps(value))
        await self._call(
            "Runtime.evaluate",
            expression=f"localStorage.setItem({json.dumps(key)}, {stored})",
        )

    async def _call(self, method: str, **parameters: object) -> dict[str, Any]:
        number = next(self._numbers)
        await self._socket.send_json(
            {"id": number, "method": method, "params": parameters}
        )
        while True:
            answer: dict[str, Any] = await self._socket.receive_json()
            if answer.get("id") != number:
                continue
            if error := answer.get("error"):
                raise DemoError(f"Chromium: {method}: {error['message']}")
            result: dict[str, Any] = answer["result"]
            return result

    async def _event(self, method: str) -> None:
        while (await self._socket.receive_json()).get("method") != method:
            pass


def installed_browser() -> str:
    """Return the path of Chromium.

    Raises:
        DemoError: No Chromium is installed.
    """
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        raise DemoError("pictures need Chromium (Debian: apt-get install chromium)")
    return program


@asynccontextmanager
async def browser(session: ClientSession) -> AsyncIterator[Browser]:
    """Run a Chromium with a fresh profile for as long as the context lasts.

    Raises:
        DemoError: No Chromium is installed.
    """
    program = installed_browser()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        profile = Path(name)
        command = (program, *_SWITCHES, f"--user-data-dir={profile}", "about:blank")
        async with child(
            "Chromium", command, folder=profile, log=profile / "chromium.log"
        ):
            page = await _page(session, profile / "DevToolsActivePort")
            async with session.ws_connect(page, max_msg_size=0) as socket:
                yield Browser(socket)


async def _page(session: ClientSession, port_file: Path) -> str:
    """Return the address of the debugger of the first page."""
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline:
        await asyncio.sleep(0.2)
        port = _port(port_file)
        if port is None:
            continue
        try:
            async with session.get(f"http://127.0.0.1:{port}/json/list") as response:
                targets = await response.json()
        except ClientError:
            continue
        for target in targets:
            if target["type"] == "page":
                address: str = target["webSocketDebuggerUrl"]
                return address
    raise DemoError(f"Chromium did not start within {_START_S} s")


def _port(port_file: Path) -> int | None:
    """Return where Chromium's debugger listens, None before it does."""
    if not port_file.exists():
        return None
    lines = port_file.read_text(encoding="utf-8").splitlines()
    return int(lines[0]) if lines else None

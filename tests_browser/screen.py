"""One open page of Home Assistant, and what is seen in it."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final, TypedDict

from playwright.async_api import (
    ConsoleMessage,
    Error,
    Page,
    Response,
    TimeoutError as Late,
)

from demo.config_folder import ROOT

IN_PAGE: Final = Path(__file__).parent / "in_page.js"
DASHBOARD: Final = "heat-pump"
# The cards of ours in each view of the air-source heat pump.
VIEWS: Final = {
    "now": ("schematic", "last-day", "today", "jaz", "usual"),
    "efficiency": (
        *("picker", "jaz", "modes", "months", "sankey", "scatter"),
        *("expected", "compare"),
    ),
    "house": ("demand",),
    "changes": ("heating-curve", "changes-effect", "change-log"),
    "runs": ("runs", "charges", "cycling"),
    "temperatures": (),
    "health": ("alarms", "calendar", "flags", "sources", "calls"),
}
PATIENCE_MS: Final = 30_000
_AXE: Final = ROOT / "frontend/node_modules/axe-core/axe.min.js"
_LOADING: Final = ("Loading", "Wird geladen")
# What a page says while its Home Assistant is away.
_AWAY: Final = (
    "ERR_CONNECTION_REFUSED",
    "WebSocket connection to",
    "Connection lost",
    # Another try follows.
    "Failed to fetch dynamically imported module",
    # Before our integration is set up, Home Assistant has no dashboard at the address. It
    # takes its own, which has one view, and does not find ours in it by their numbers. To
    # tell where that was, the browser asks for sources that are not there.
    "Cannot use 'in' operator to search for 'strategy' in undefined",
    "raw.githubusercontent.com/home-assistant/frontend",
    "/unknown/node_modules/",
)


class ShownCard(TypedDict):
    """A card of ours as it is seen."""

    name: str
    text: str
    messages: list[str]
    """What it says instead of figures."""
    isDark: bool


class Breach(TypedDict):
    """A rule of axe that our cards break."""

    rule: str
    impact: str
    help: str
    where: list[str]


class Screen:
    """A page of a signed-in user, with everything that goes wrong in it."""

    def __init__(self, page: Page, url: str) -> None:
        """Watch a page that shows nothing yet; the address is Home Assistant's."""
        self.page = page
        self.complaints: list[str] = []
        self._url = url
        page.on("console", self._note_console)
        page.on("pageerror", self._note_error)
        page.on("response", self._note_response)

    def address(self, view: str) -> str:
        """Return where a view of the dashboard is."""
        return f"{self._url}/{DASHBOARD}/{view}"

    async def open(self, view: str, cards: Iterable[str] | None = None) -> None:
        """Go to a view of the dashboard, and wait until its cards are drawn."""
        await self.page.goto(self.address(view))
        await self.drawn(VIEWS[view] if cards is None else cards)

    async def drawn(self, names: Iterable[str]) -> None:
        """Wait until these cards of ours, and no others, have drawn something."""
        wanted = sorted(names)
        try:
            await self.page.wait_for_function(
                "(asked) => inPage.areDrawn(asked)",
                arg=[wanted, list(_LOADING)],
                timeout=PATIENCE_MS,
            )
        except Late:
            shown = [(each["name"], each["text"][:80]) for each in await self.cards()]
            raise AssertionError(
                f"wanted {wanted}, shown {shown}, failures {await self.failures()}"
            ) from None

    async def says(self, card: str, words: str) -> None:
        """Wait until a card says something."""
        try:
            await self.page.wait_for_function(
                """([name, words]) => inPage.cards().some((each) =>
                    each.name === name && each.text.includes(words))""",
                arg=[card, words],
                timeout=PATIENCE_MS,
            )
        except Late:
            raise AssertionError(f"no {words!r} in {await self.text(card)!r}") from None

    async def is_silent(self) -> None:
        """Fail if there was an error in the console, or a card of an error."""
        problems = [*await self.failures(), *self.complaints]
        assert not problems, "\n".join(problems)

    def forgive_absence(self) -> None:
        """Forget what the page said of a Home Assistant that was away."""
        self.complaints = [
            each for each in self.complaints if not any(why in each for why in _AWAY)
        ]

    async def cards(self) -> list[ShownCard]:
        """Return our cards."""
        cards: list[ShownCard] = await self.page.evaluate("inPage.cards()")
        return cards

    async def text(self, name: str) -> str:
        """Return all words of the first card of this name."""
        shown = await self.cards()
        return next(each["text"] for each in shown if each["name"] == name)

    async def failures(self) -> list[str]:
        """Return what Home Assistant shows in place of what fails."""
        failures: list[str] = await self.page.evaluate("inPage.failures()")
        return failures

    async def breaches(self) -> list[Breach]:
        """Return the rules of accessibility that our cards break."""
        await self.page.add_script_tag(path=_AXE)
        breaches: list[Breach] = await self.page.evaluate("inPage.breaches()")
        return breaches

    async def views(self) -> int:
        """Return how many views the dashboard has."""
        return await self.page.locator("ha-tab-group-tab").count()

    async def keep(self, file: Path) -> None:
        """Store a picture of the page, and beside it what went wrong in it."""
        text = "\n".join([self.page.url, *self.complaints])
        file.with_suffix(".txt").write_text(text, encoding="utf-8")
        await self.page.screenshot(path=file.with_suffix(".png"), full_page=True)

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"{message.text} ({message.location['url']})")

    def _note_error(self, error: Error) -> None:
        self.complaints.append(f"uncaught: {error}")

    def _note_response(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status}: {response.url}")

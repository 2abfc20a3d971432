"""Every view shows figures and nothing goes wrong, on both Home Assistants."""

from typing import Final

import pytest

from demo.browser import Look
from demo.stage import Stage

from .conftest import LIGHT, Show
from .screen import VIEWS, Screen

LOOKS: Final = {
    "light": LIGHT,
    "dark": Look(height=1000, is_dark=True),
    "german": Look(height=1000, language="de"),
    "phone": Look(width=390, height=844),
}
# What has nothing to show after a past year that is imported: it has neither runs nor
# supply temperatures.
_EMPTY: Final = ("charges", "cycling", "expected")
# What there is in the first of our cards in each view.
_GERMAN: Final = {
    "now": "Verdichter",
    "efficiency": "365 Tage",
    "house": "Wärmebedarf des Hauses",
    "changes": "Heizkurve",
    "runs": "Verdichter",
    "health": "Was gemessen wurde",
}
# Of all views in all looks, those that .ci/run looks at.
_OFTEN: Final = [("now", "phone"), ("efficiency", "german"), ("health", "dark")]
_ALL: Final = [
    pytest.param(
        view,
        look,
        id=f"{view}-{look}",
        marks=() if look == "light" or (view, look) in _OFTEN else pytest.mark.thorough,
    )
    for view in VIEWS
    for look in LOOKS
]


@pytest.mark.parametrize("view", VIEWS)
async def test_view_on_oldest_home_assistant(
    oldest: Stage, show: Show, view: str
) -> None:
    """Home Assistant 2026.10 shows each view."""
    screen = await show(oldest)
    await screen.open(view)
    await _has_figures(screen, view)


@pytest.mark.parametrize(("view", "look"), _ALL)
async def test_view(newest: Stage, show: Show, view: str, look: str) -> None:
    """Home Assistant 2026.11 shows each view, in light and dark, German, on a phone."""
    screen = await show(newest, LOOKS[look])
    await screen.open(view)
    await _has_figures(screen, view)
    cards = await screen.cards()
    assert {each["isDark"] for each in cards} <= {look == "dark"}
    if look == "german" and cards:
        assert any(_GERMAN[view] in each["text"] for each in cards)
    if look == "phone":
        assert await _is_as_wide_as_the_window(screen)


@pytest.mark.parametrize("view", [view for view, cards in VIEWS.items() if cards])
@pytest.mark.parametrize(
    "look",
    [
        "light",
        *(pytest.param(each, marks=pytest.mark.thorough) for each in ("dark", "phone")),
    ],
)
async def test_accessibility(newest: Stage, show: Show, view: str, look: str) -> None:
    """The finder of barriers has nothing serious to say of our cards."""
    screen = await show(newest, LOOKS[look])
    await screen.open(view)
    breaches = await screen.breaches()
    assert [
        each for each in breaches if each["impact"] in ("serious", "critical")
    ] == []


async def _has_figures(screen: Screen, view: str) -> None:
    if view == "temperatures":
        await _has_graphs(screen)
    for card in await screen.cards():
        assert not card["messages"] or card["name"] in _EMPTY, card
        assert "undefined" not in card["text"], card
        assert "NaN" not in card["text"], card
    assert await screen.views() == len(VIEWS)
    await screen.is_silent()


async def _has_graphs(screen: Screen) -> None:
    """Wait for temperatures and power of the last 24 hours, and of yesterday."""
    day_before = screen.page.locator(".date-actions ha-icon-button").first
    await day_before.click()
    for card in ("hui-history-graph-card", "hui-statistics-graph-card"):
        canvases = screen.page.locator(f"{card} canvas")
        await canvases.nth(1).wait_for()
        assert await canvases.count() == 2


async def _is_as_wide_as_the_window(screen: Screen) -> bool:
    fits: bool = await screen.page.evaluate(
        "document.scrollingElement.scrollWidth <= innerWidth"
    )
    return fits

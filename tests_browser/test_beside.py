"""House meter and probes have their views, also in a household without a heat pump."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest

from demo.browser import Look
from demo.processes import free_ports
from demo.stage import Simulators, Stage, home

from .conftest import LIGHT, PORT, Show

VIEWS: Final = {
    "house-meter": ("quarter", "peak-days", "peaks"),
    "probes": ("probes", "probe-alarms", "probe-sessions"),
}
_LOOKS: Final = {
    "light": LIGHT,
    "german": Look(width=390, height=844, language="de", is_dark=True),
}
_WORDS: Final = {
    ("house-meter", "light"): ("quarter", "kW expected"),
    ("house-meter", "german"): ("quarter", "kW erwartet"),
    ("probes", "light"): ("probe-sessions", "None has ended yet"),
    ("probes", "german"): ("probe-sessions", "Noch keiner ist beendet"),
}


@pytest.fixture(scope="module")
async def household(folder: Path, world: Simulators) -> AsyncIterator[Stage]:
    """Run Home Assistant 2026.11 with a house meter and probes, and no heat pump."""
    made = folder / "household"
    made.mkdir()
    async with home(made, world, port=free_ports(PORT)[0], fast=True) as stage:
        await stage.start()
        await stage.add_house_meter()
        await stage.add_probes()
        yield stage


@pytest.mark.parametrize("look", _LOOKS)
@pytest.mark.parametrize("view", VIEWS)
async def test_view(household: Stage, show: Show, view: str, look: str) -> None:
    """Each view shows its cards, and the finder of barriers is content."""
    screen = await show(household, _LOOKS[look])
    await screen.open(view, VIEWS[view])
    await screen.says(*_WORDS[view, look])
    await screen.is_silent()
    assert await screen.views() == len(VIEWS)
    breaches = await screen.breaches()
    assert not [each for each in breaches if each["impact"] in ("serious", "critical")]


async def test_target_is_set_on_the_card(household: Stage, show: Show) -> None:
    """What is entered on the card is the state of the number, and is shown again."""
    screen = await show(household)
    await screen.open("probes", VIEWS["probes"])
    field = screen.page.locator("input[type=number]").first
    await field.fill("95")
    await field.press("Enter")
    await screen.says("probe-alarms", "95")
    states = await household.home_assistant.states()
    targets = [
        float(state["state"])
        for entity_id, state in states.items()
        if entity_id.startswith("number.") and entity_id.endswith("_target")
        if state["state"] != "unknown"
    ]
    assert targets == [95.0]

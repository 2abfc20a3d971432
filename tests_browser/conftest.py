"""What the tests share: simulators, Home Assistants with a past year, and a browser."""

from collections.abc import AsyncIterator, Awaitable, Callable, Generator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
import shutil
import tempfile
from typing import Final

from playwright.async_api import Browser
import pytest

from demo.browser import Look, browser, signed_in
from demo.config_folder import ROOT
from demo.past_year import import_past_year, log_past_changes
from demo.processes import free_ports
from demo.setup_flow import DOMAIN
from demo.stage import Simulators, Stage, home, simulators

from .screen import IN_PAGE, Screen

type Show = Callable[..., Awaitable[Screen]]

LIGHT: Final = Look(height=1000)
_OLDEST: Final = ROOT / ".venv/bin/python"
PORT: Final = 8423
# What Home Assistant calls the kind of a unit.
_UNIT_CLASSES: Final = {"°C": "temperature", "W": "power"}
_FAILED: Final = pytest.StashKey[bool]()
FIGURES: Final = pytest.StashKey[list[str]]()
_FAILED_PAGES: Final = "failed"
_FOLDER: Final = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    """Take figures of tests, to be printed at the end."""
    config.stash[FIGURES] = []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run what needs the oldest Home Assistant first: it ends when it is copied."""
    items.sort(key=lambda item: "prepared" in getattr(item, "fixturenames", ()))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember which tests failed: their pages are kept."""
    report = yield
    if report.failed:
        item.stash[_FAILED] = True
    return report


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the options of script/test-browser."""
    parser.addoption("--keep", action="store_true", help="keep what was written")
    parser.addoption("--preview", type=Path, help="folder of the built preview")


@pytest.fixture(scope="session")
def folder(request: pytest.FixtureRequest) -> Path:
    """Return the folder of everything that is written."""
    made = Path(tempfile.mkdtemp(prefix="heatpump-browser-"))
    (made / _FAILED_PAGES).mkdir()
    request.config.stash[_FOLDER] = made
    return made


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Delete what was written, unless a test failed or --keep asks to keep it."""
    for figure in config.stash[FIGURES]:
        terminalreporter.write_line(figure)
    made = config.stash.get(_FOLDER, None)
    if made is None:
        return
    if terminalreporter.stats.keys() & {"failed", "error"} or config.getoption("keep"):
        terminalreporter.write_line(
            f"What was written is in {made}: pictures of the pages of failed tests in "
            f"{_FAILED_PAGES}/, and each Home Assistant's folder with its log"
        )
    else:
        shutil.rmtree(made)


@pytest.fixture(scope="session")
async def world(folder: Path) -> AsyncIterator[Simulators]:
    """Run the simulated heat pumps that every Home Assistant talks to."""
    async with simulators(
        folder, ("--variant", "both", "--running"), fast=True
    ) as all_:
        yield all_


@pytest.fixture(scope="session")
async def oldest(folder: Path, world: Simulators) -> AsyncIterator[Stage]:
    """Run Home Assistant 2026.10, and give a heat pump its past year there."""
    made = folder / "oldest"
    made.mkdir()
    port = free_ports(PORT)[0]
    async with home(made, world, port=port, fast=True, python=_OLDEST) as stage:
        await stage.start()
        entry_id = await stage.add_heat_pump("air")
        await import_past_year(stage, "air", entry_id, lambda _: None)
        await log_past_changes(stage, "air", entry_id)
        await _import_yesterday(stage, entry_id)
        yield stage


@pytest.fixture(scope="session")
async def prepared(oldest: Stage) -> Path:
    """Return the folder of a Home Assistant that has ended, to start from copies."""
    await oldest.hass.stop()
    return oldest.folder


@pytest.fixture(scope="session")
async def newest(
    folder: Path, prepared: Path, world: Simulators
) -> AsyncIterator[Stage]:
    """Run Home Assistant 2026.11 for the tests that only look."""
    async with _copy(prepared, folder / "newest", world) as stage:
        yield stage


@pytest.fixture
async def own(
    folder: Path, prepared: Path, world: Simulators, request: pytest.FixtureRequest
) -> AsyncIterator[Stage]:
    """Run Home Assistant 2026.11 for one test that changes something."""
    async with _copy(prepared, folder / request.node.name, world) as stage:
        yield stage


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """Run the browser."""
    async with browser() as started:
        yield started


@pytest.fixture
async def show(
    chromium: Browser, folder: Path, request: pytest.FixtureRequest
) -> AsyncIterator[Show]:
    """Return how to sign in to a Home Assistant with a fresh browser profile."""
    screens: list[Screen] = []

    async def show(stage: Stage, look: Look = LIGHT) -> Screen:
        context = await signed_in(chromium, stage.home_assistant, look)
        await context.add_init_script(path=IN_PAGE)
        screen = Screen(await context.new_page(), stage.home_assistant.url)
        screens.append(screen)
        return screen

    yield show
    for number, screen in enumerate(screens):
        if request.node.stash.get(_FAILED, False):
            name = f"{request.node.name}-{number}"
            await screen.keep(folder / _FAILED_PAGES / name)
        await screen.page.context.close()


@asynccontextmanager
async def _copy(
    prepared: Path, folder: Path, world: Simulators
) -> AsyncIterator[Stage]:
    shutil.copytree(prepared, folder, symlinks=True)
    async with home(folder, world, port=free_ports(PORT)[0], fast=True) as stage:
        await stage.start()
        await stage.home_assistant.wait_for_diagnostics(DOMAIN)
        yield stage


async def _import_yesterday(stage: Stage, entry_id: str) -> None:
    """Give the temperatures and powers statistics: Home Assistant has none of its own."""
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    hours = [midnight + timedelta(hours=hour) for hour in range(-48, 0)]
    states = await stage.home_assistant.states()
    for entity in await stage.home_assistant.registered_entities(entry_id):
        state = states.get(entity["entity_id"])
        unit = state["attributes"].get("unit_of_measurement") if state else None
        if unit not in _UNIT_CLASSES:
            continue
        await stage.home_assistant.command(
            "recorder/import_statistics",
            metadata={
                "has_sum": False,
                "mean_type": 1,
                "name": None,
                "source": "recorder",
                "statistic_id": entity["entity_id"],
                "unit_class": _UNIT_CLASSES[unit],
                "unit_of_measurement": unit,
            },
            stats=[
                {
                    "start": hour.isoformat(),
                    "mean": 20.0 + hour.hour,
                    "min": 20,
                    "max": 50,
                }
                for hour in hours
            ],
        )

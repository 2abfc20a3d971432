"""The library for ThermoWorks: installed on demand, and for nobody else."""

import ast
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
import sys

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components import heatpump_monitor
from custom_components.heatpump_monitor.const import DOMAIN
from custom_components.heatpump_monitor.probes.build import async_probe_source
from custom_components.heatpump_monitor.sources.thermoworks.errors import (
    ThermoWorksNotInstalled,
)
from custom_components.heatpump_monitor.sources.thermoworks.library import (
    THERMOWORKS_REQUIREMENT,
    async_load,
)
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import package
from simulator.thermoworks.accounts import PASSWORD
from tests.household import Household

# How often Home Assistant tries to install something, one after the other.
TRIES = 3


class PackageIndex:
    """What would be installed from, and what was asked of it."""

    def __init__(self) -> None:
        """Be in reach, with all but the library installed."""
        self.is_in_reach = True
        self.asked: list[str] = []
        self.is_installed = False

    def check(self, requirement: str) -> bool:
        """Return whether something is installed."""
        return "thermoworks" not in requirement or self.is_installed

    def install(self, requirement: str, **_: object) -> bool:
        """Install something."""
        self.asked.append(requirement)
        self.is_installed = self.is_in_reach
        return self.is_in_reach


@pytest.fixture
def index(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> PackageIndex:
    """Return where Home Assistant installs from."""
    index = PackageIndex()
    monkeypatch.setattr(package, "is_installed", index.check)
    monkeypatch.setattr(package, "install_package", index.install)
    hass.config.skip_pip = False
    return index


@pytest.fixture(autouse=True)
def not_imported() -> Iterator[None]:
    """Forget that another test has imported the library."""
    known = {name: each for name, each in sys.modules.items() if _is_library(name)}
    for name in known:
        del sys.modules[name]
    yield
    sys.modules.update(known)


def _is_library(name: str) -> bool:
    return name.partition(".")[0] == "thermoworks_cloud"


def is_imported() -> bool:
    """Return whether the library is imported."""
    return any(map(_is_library, sys.modules))


def account() -> MockConfigEntry:
    """Return the entry of an account."""
    return MockConfigEntry(
        domain=DOMAIN,
        unique_id="a-griller",
        data={
            "kind": "probes",
            "source": "thermoworks",
            "email": "griller@example.com",
            "password": PASSWORD,
        },
    )


def test_no_module_imports_it() -> None:
    """Nothing of ours imports the library by a statement."""
    for path in Path(heatpump_monitor.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                assert not any(_is_library(each.name) for each in node.names), path
            elif isinstance(node, ast.ImportFrom):
                assert not _is_library(node.module or ""), path


async def test_nothing_set_up(
    hass: HomeAssistant, index: PackageIndex, enable_custom_integrations: None
) -> None:
    """The integration without any entry asks for no installation of it."""
    assert await async_setup_component(hass, DOMAIN, {})
    assert not index.asked
    assert not is_imported()


async def test_heat_pump(
    hass: HomeAssistant, index: PackageIndex, household: Household
) -> None:
    """A household with a heat pump alone never hears of it."""
    await household.set_up()
    assert household.entry.state is ConfigEntryState.LOADED
    assert not index.asked
    assert not is_imported()


async def test_entities(hass: HomeAssistant, index: PackageIndex) -> None:
    """Probes by entities need no library."""
    data = {"kind": "probes", "source": "entities", "entities": {"a": "sensor.a"}}
    await async_probe_source(hass, MockConfigEntry(domain=DOMAIN, data=data))
    assert not index.asked
    assert not is_imported()


async def test_account(hass: HomeAssistant, index: PackageIndex) -> None:
    """The first account has it installed, and imported; the second has it."""
    await async_probe_source(hass, account())
    assert index.asked == [THERMOWORKS_REQUIREMENT] == ["thermoworks-cloud>=0.1.16"]
    assert is_imported()
    await async_probe_source(hass, account())
    assert len(index.asked) == 1


async def test_installed_already(hass: HomeAssistant, index: PackageIndex) -> None:
    """What is there needs no internet."""
    index.is_installed, index.is_in_reach = True, False
    await async_load(hass)
    assert not index.asked


async def test_skipped(hass: HomeAssistant, index: PackageIndex) -> None:
    """Who starts Home Assistant with --skip-pip installs by other means."""
    hass.config.skip_pip = True
    await async_load(hass)
    assert not index.asked


async def test_imported_but_missing(
    hass: HomeAssistant, index: PackageIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An installation that left nothing behind is one that failed."""
    monkeypatch.setitem(sys.modules, "thermoworks_cloud", None)
    with pytest.raises(ThermoWorksNotInstalled):
        await async_load(hass)


async def test_without_internet(
    hass: HomeAssistant, index: PackageIndex, freezer: FrozenDateTimeFactory
) -> None:
    """It is tried again every ten minutes, and at once when a user asks for it.

    A new container of Home Assistant has lost the library, and may start before the
    internet is there.
    """
    index.is_in_reach = False
    for _ in range(2):
        with pytest.raises(ThermoWorksNotInstalled):
            await async_load(hass)
    assert len(index.asked) == TRIES
    with pytest.raises(ThermoWorksNotInstalled):
        await async_load(hass, asked_by_user=True)
    assert len(index.asked) == 2 * TRIES
    freezer.tick(timedelta(minutes=9))
    with pytest.raises(ThermoWorksNotInstalled):
        await async_load(hass)
    assert len(index.asked) == 2 * TRIES
    index.is_in_reach = True
    freezer.tick(timedelta(minutes=1))
    await async_load(hass)
    assert len(index.asked) == 2 * TRIES + 1

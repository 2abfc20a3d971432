"""The cards' code on every page, and the dashboard in the sidebar."""

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_monitor.const import (
    CONF_DASHBOARD,
    CONF_KIND,
    DOMAIN,
    Kind,
)
from custom_components.heatpump_monitor.frontend import panel
from homeassistant.components.frontend import (
    DATA_EXTRA_MODULE_URL,
    DATA_PANELS,
    UrlManager,
    async_panel_exists,
    async_register_built_in_panel,
)
from homeassistant.components.lovelace.const import LOVELACE_DATA
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from tests.household import Household
from tests.validation.package import MANIFEST

from .conftest import Opener

URL = "heat-pump"


@pytest.fixture
def static_folder(tmp_path: Path) -> Iterator[Path]:
    """Return the integration's folder with the built cards."""
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "heatpump-monitor.js").write_text("export {};")
    with patch.object(panel, "_FOLDER", tmp_path):
        yield tmp_path


@pytest.fixture
async def lovelace(hass: HomeAssistant) -> None:
    """Set up dashboards; the frontend itself is not installed here."""
    assert await async_setup_component(hass, "lovelace", {})


@pytest.fixture
def entry(hass: HomeAssistant) -> MockConfigEntry:
    """Return an entry that wants the dashboard, and is not loaded."""
    entry = MockConfigEntry(domain=DOMAIN, data={CONF_KIND: Kind.HEAT_PUMP})
    entry.add_to_hass(hass)
    return entry


def refuse_dashboard(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Switch the option off."""
    hass.config_entries.async_update_entry(entry, options={CONF_DASHBOARD: False})


async def test_cards_are_served(
    hass: HomeAssistant,
    enable_custom_integrations: None,
    static_folder: Path,
) -> None:
    """Every page loads them, and a new version anew."""
    assert await async_setup_component(hass, "http", {})
    changes: list[str] = []
    urls = UrlManager(lambda _, url: changes.append(url), [])
    hass.data[DATA_EXTRA_MODULE_URL] = urls
    hass.config.components.add("frontend")
    assert await async_setup_component(hass, DOMAIN, {})
    version = MANIFEST["version"]
    url = f"/{DOMAIN}_static/heatpump-monitor.js?v={version}"
    assert urls.urls == {url}
    assert changes == [url]
    served = {resource.canonical for resource in hass.http.app.router.resources()}
    assert f"/{DOMAIN}_static" in served


async def test_nothing_without_a_frontend(household: Household) -> None:
    """A Home Assistant without pages has no cards and no sidebar."""
    await household.set_up()
    hass = household.hass
    assert DATA_EXTRA_MODULE_URL not in hass.data
    assert DATA_PANELS not in hass.data
    served = {resource.canonical for resource in hass.http.app.router.resources()}
    assert f"/{DOMAIN}_static" not in served


@pytest.mark.usefixtures("lovelace")
async def test_dashboard_while_an_entry_wants_it(
    household: Household, open_page: Opener
) -> None:
    """It is there with the first heat pump, and gone with the last."""
    hass = household.hass
    await household.set_up()
    shown = hass.data[DATA_PANELS][URL]
    assert shown.component_name == "lovelace"
    assert shown.sidebar_title == "Heat pump"
    assert shown.sidebar_icon == "mdi:heat-pump"
    assert not shown.require_admin
    page = await open_page()
    await page.socket.send_json_auto_id({"type": "lovelace/config", "url_path": URL})
    answer = await page.socket.receive_json()
    assert answer["result"] == {"strategy": {"type": "custom:heatpump-monitor"}}

    second = await household.set_up_second()
    await hass.config_entries.async_remove(second.entry_id)
    assert async_panel_exists(hass, URL)
    entry_id = household.entry.entry_id
    await hass.config_entries.async_set_disabled_by(entry_id, ConfigEntryDisabler.USER)
    assert not async_panel_exists(hass, URL)
    assert URL not in hass.data[LOVELACE_DATA].dashboards
    await hass.config_entries.async_set_disabled_by(entry_id, None)
    assert async_panel_exists(hass, URL)
    await hass.config_entries.async_remove(entry_id)
    assert not async_panel_exists(hass, URL)


@pytest.mark.usefixtures("lovelace")
async def test_dashboard_outlasts_a_reload(household: Household) -> None:
    """Pages that show it would be sent elsewhere if it went away for a moment."""
    await household.set_up()
    await household.shut_down()
    assert async_panel_exists(household.hass, URL)
    await household.set_up()
    assert async_panel_exists(household.hass, URL)


@pytest.mark.usefixtures("lovelace")
async def test_dashboard_before_an_entry_is_loaded(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    """It follows the wishes of entries that cannot be loaded, too."""
    panel.async_show_dashboard(hass)
    assert async_panel_exists(hass, URL)
    other = MockConfigEntry(domain="other")
    other.add_to_hass(hass)
    hass.config_entries.async_update_entry(other, title="Another")
    assert async_panel_exists(hass, URL)
    refuse_dashboard(hass, entry)
    assert not async_panel_exists(hass, URL)


@pytest.mark.usefixtures("lovelace")
async def test_option(household: Household) -> None:
    """Whoever has dashboards of their own can leave it out."""
    hass, entry = household.hass, household.entry
    await household.set_up()
    for wanted in (False, True):
        options = {**entry.options, CONF_DASHBOARD: wanted}
        hass.config_entries.async_update_entry(entry, options=options)
        await household.settle()
        assert async_panel_exists(hass, URL) is wanted


@pytest.mark.usefixtures("lovelace")
async def test_without_a_heat_pump(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """A house meter alone has it, too; beside heat pumps, these decide."""
    data = {CONF_KIND: Kind.HOUSE_METER}
    MockConfigEntry(domain=DOMAIN, data=data).add_to_hass(hass)
    panel.async_show_dashboard(hass)
    assert async_panel_exists(hass, URL)
    refuse_dashboard(hass, entry)
    assert not async_panel_exists(hass, URL)
    await hass.config_entries.async_remove(entry.entry_id)
    assert async_panel_exists(hass, URL)


@pytest.mark.usefixtures("lovelace")
async def test_an_export_alone(hass: HomeAssistant) -> None:
    """An export has no view: a dashboard of it would be empty."""
    data = {CONF_KIND: Kind.EXPORT}
    MockConfigEntry(domain=DOMAIN, data=data).add_to_hass(hass)
    panel.async_show_dashboard(hass)
    assert not async_panel_exists(hass, URL)


@pytest.mark.usefixtures("lovelace")
async def test_the_sidebar_speaks_the_language_of_the_house(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    """It is the same for all users."""
    hass.config.language = "de"
    panel.async_show_dashboard(hass)
    assert hass.data[DATA_PANELS][URL].sidebar_title == "Wärmepumpe"


@pytest.mark.usefixtures("lovelace")
async def test_another_dashboard_stays(
    hass: HomeAssistant, entry: MockConfigEntry, caplog: pytest.LogCaptureFixture
) -> None:
    """What the user made at the same address is not overwritten, and not removed."""
    async_register_built_in_panel(
        hass, "iframe", sidebar_title="Mine", frontend_url_path=URL
    )
    panel.async_show_dashboard(hass)
    assert "another dashboard at /heat-pump" in caplog.text
    refuse_dashboard(hass, entry)
    assert hass.data[DATA_PANELS][URL].sidebar_title == "Mine"


@pytest.mark.usefixtures("lovelace")
@pytest.mark.parametrize(
    "missing",
    [
        "homeassistant.components.lovelace.const.LOVELACE_DATA",
        "homeassistant.components.lovelace.dashboard.LovelaceYAML",
    ],
)
async def test_without_the_internals(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    missing: str,
) -> None:
    """A Home Assistant that changed them shows no dashboard; all else works."""
    monkeypatch.delattr(missing)
    panel.async_show_dashboard(hass)
    assert "The dashboard cannot be shown by itself" in caplog.text
    assert not async_panel_exists(hass, URL)
    refuse_dashboard(hass, entry)


async def test_no_dashboard_data(
    hass: HomeAssistant, entry: MockConfigEntry, caplog: pytest.LogCaptureFixture
) -> None:
    """The same where the data of Lovelace are elsewhere."""
    hass.config.components.add("lovelace")
    panel.async_show_dashboard(hass)
    assert "The dashboard cannot be shown by itself" in caplog.text

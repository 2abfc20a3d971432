"""Serve the cards, and show the dashboard in the sidebar."""

from pathlib import Path
from typing import Final

from homeassistant.components.frontend import (
    add_extra_js_url,
    async_panel_exists,
    async_register_built_in_panel,
    async_remove_panel,
)
from homeassistant.components.http.server import StaticPathConfig
from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
)
from homeassistant.const import CONF_FILENAME, CONF_MODE
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.loader import async_get_integration

from ..const import CONF_DASHBOARD, DEFAULT_DASHBOARD, DOMAIN, LOGGER, Kind
from ..coordinator import async_entries_of, async_heat_pumps

URL_PATH: Final = "heat-pump"
_FOLDER: Final = Path(__file__).parent
_STATIC_URL: Final = f"/{DOMAIN}_static"
_ICON: Final = "mdi:heat-pump"
# The sidebar belongs to all users of the house: it follows the server's language.
_TITLES: Final = {"de": "Wärmepumpe"}
_TITLE: Final = "Heat pump"


async def async_serve_cards(hass: HomeAssistant) -> None:
    """Serve the cards' code and have every page register them, once."""
    if "frontend" not in hass.config.components:
        return
    version = (await async_get_integration(hass, DOMAIN)).version
    # All names but the entry's change with their content.
    await hass.http.async_register_static_paths(
        [StaticPathConfig(_STATIC_URL, str(_FOLDER / "static"), cache_headers=True)]
    )
    add_extra_js_url(hass, f"{_STATIC_URL}/heatpump-monitor.js?v={version}")


@callback
def async_show_dashboard(hass: HomeAssistant) -> None:
    """Show the dashboard in the sidebar while any entry wants it.

    It does not wait until one is loaded: a page that asks for it while Home Assistant
    starts, or while an entry is loaded anew, would be sent to another dashboard.
    """
    if "lovelace" not in hass.config.components:
        return
    was_wanted = is_added = False

    @callback
    def follow(_: ConfigEntryChange | None, changed: ConfigEntry | None) -> None:
        nonlocal is_added, was_wanted
        if changed is not None and changed.domain != DOMAIN:
            return
        is_wanted = _is_wanted(hass)
        if is_wanted is was_wanted:
            return
        was_wanted = is_wanted
        if is_wanted:
            is_added = _add_dashboard(hass)
        elif is_added:
            _remove_dashboard(hass)

    async_dispatcher_connect(hass, SIGNAL_CONFIG_ENTRY_CHANGED, follow)
    follow(None, None)


def _is_wanted(hass: HomeAssistant) -> bool:
    """Return whether a heat pump wants it; without one, whether it has a view.

    An export has none by itself.
    """
    if heat_pumps := async_heat_pumps(hass):
        return any(
            entry.options.get(CONF_DASHBOARD, DEFAULT_DASHBOARD) for entry in heat_pumps
        )
    return any(async_entries_of(hass, kind) for kind in Kind if kind is not Kind.EXPORT)


def _add_dashboard(hass: HomeAssistant) -> bool:
    """Add the dashboard; return whether it could be.

    Home Assistant has no public way to add one. Without it, the user can still add
    the dashboard by hand: it is listed among the community dashboards.
    """
    if async_panel_exists(hass, URL_PATH):
        LOGGER.warning("There is another dashboard at /%s already", URL_PATH)
        return False
    try:
        from homeassistant.components.lovelace.const import LOVELACE_DATA, MODE_YAML
        from homeassistant.components.lovelace.dashboard import LovelaceYAML

        hass.data[LOVELACE_DATA].dashboards[URL_PATH] = LovelaceYAML(
            hass,
            URL_PATH,
            {
                CONF_MODE: MODE_YAML,
                CONF_FILENAME: str(_FOLDER / "dashboard.yaml"),
                "title": _title(hass),
                "icon": _ICON,
                "show_in_sidebar": True,
                "require_admin": False,
            },
        )
    except (AttributeError, ImportError, KeyError, TypeError) as err:
        LOGGER.warning("The dashboard cannot be shown by itself: %r", err)
        return False
    async_register_built_in_panel(
        hass,
        "lovelace",
        sidebar_title=_title(hass),
        sidebar_icon=_ICON,
        frontend_url_path=URL_PATH,
        config={CONF_MODE: MODE_YAML},
        update=True,
    )
    return True


def _remove_dashboard(hass: HomeAssistant) -> None:
    from homeassistant.components.lovelace.const import LOVELACE_DATA

    async_remove_panel(hass, URL_PATH, warn_if_unknown=False)
    hass.data[LOVELACE_DATA].dashboards.pop(URL_PATH, None)


def _title(hass: HomeAssistant) -> str:
    return _TITLES.get(hass.config.language, _TITLE)

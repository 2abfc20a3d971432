"""A Home Assistant with nothing in it but a recorder."""

from pathlib import Path
import queue
from types import SimpleNamespace
from typing import Any, Final

import aiohttp

from homeassistant import bootstrap, config_entries, core_config, loader
from homeassistant.components.recorder import core as recorder_core
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import DATA_CONNECTOR
from homeassistant.helpers.recorder import async_initialize_recorder, get_instance
from homeassistant.runner import configure_event_loop
from homeassistant.setup import async_setup_component

from .loop import CountingQueue, JumpingLoop, has_requests

_COMMIT_INTERVAL_S: Final = 5
_CORE: Final = {
    "name": "Cost",
    "country": "DE",
    "currency": "EUR",
    "time_zone": "Europe/Berlin",
    "unit_system": "metric",
    "latitude": 52.52,
    "longitude": 13.405,
    "elevation": 40,
}
_DATABASE: Final = "home-assistant_v2.db"


async def async_start(folder: Path, loop: JumpingLoop) -> HomeAssistant:
    """Start Home Assistant in a folder of its own.

    Raises:
        RuntimeError: It did not start.
    """
    recorder_queue = CountingQueue()
    recorder_queue.on_idle = loop.wake
    recorder_core.queue = SimpleNamespace(  # type: ignore[assignment, attr-defined]
        SimpleQueue=lambda: recorder_queue, Empty=queue.Empty
    )
    configure_event_loop(loop)
    hass = HomeAssistant(str(folder))
    loader.async_setup(hass)
    hass.config.skip_pip = True
    connectors: dict[Any, aiohttp.BaseConnector] = hass.data.setdefault(
        DATA_CONNECTOR, {}
    )
    loop.work.checks.append(lambda: any(map(has_requests, connectors.values())))
    hass.config_entries = config_entries.ConfigEntries(hass, {})
    await loader.async_get_custom_components(hass)
    await bootstrap.async_load_base_functionality(hass)
    await core_config.async_process_ha_core_config(hass, dict(_CORE))
    async_initialize_recorder(hass)
    for domain, config in _components(folder).items():
        if not await async_setup_component(hass, domain, {domain: config}):
            raise RuntimeError(f"{domain} was not set up")
    await hass.async_start()
    await get_instance(hass).async_recorder_ready.wait()
    loop.work.checks.append(lambda: not recorder_queue.is_idle)
    await async_settle(hass)
    return hass


async def async_settle(hass: HomeAssistant) -> None:
    """Wait until nothing is under way, and the recorder has written everything."""
    await hass.async_block_till_done(wait_background_tasks=True)
    await get_instance(hass).async_block_till_done()


def recorder_thread(hass: HomeAssistant) -> int:
    """Return the recorder's thread."""
    identifier = get_instance(hass).ident
    assert identifier is not None
    return identifier


def database(folder: Path) -> Path:
    """Return the recorder's file."""
    return folder / _DATABASE


def _components(folder: Path) -> dict[str, dict[str, object]]:
    return {
        "homeassistant": {},
        "persistent_notification": {},
        "application_credentials": {},
        "recorder": {
            "commit_interval": _COMMIT_INTERVAL_S,
            "db_url": f"sqlite:///{database(folder)}",
        },
    }

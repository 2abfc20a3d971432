"""What the tests of probes in Home Assistant share."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.heatpump_monitor.const import CONF_SOURCE, ProbeKind
from custom_components.heatpump_monitor.probes import build, setup
from custom_components.heatpump_monitor.sources.base import ProbeSource
from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant

from .kitchen import Account, Kitchen, entry_of


@pytest.fixture
async def kitchen(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    freezer: FrozenDateTimeFactory,
    frozen_loop: None,
    enable_custom_integrations: None,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Kitchen]:
    """Return a kitchen in the afternoon, not yet set up."""
    freezer.move_to(datetime(2026, 1, 15, 15, tzinfo=UTC))
    await hass.config.async_set_time_zone("Europe/Berlin")
    accounts: dict[str, Account] = {}

    async def source(_: HomeAssistant, entry: ConfigEntry) -> ProbeSource:
        if entry.data[CONF_SOURCE] == ProbeKind.ENTITIES:
            return await build.async_probe_source(hass, entry)
        return accounts.setdefault(str(entry.unique_id), Account())

    monkeypatch.setattr(setup, "async_probe_source", source)
    entry = entry_of("a-griller")
    entry.add_to_hass(hass)
    account = accounts["a-griller"] = Account()
    kitchen = Kitchen(hass=hass, freezer=freezer, account=account, entry=entry)
    yield kitchen
    for each in hass.config_entries.async_entries(entry.domain):
        if each.state is ConfigEntryState.LOADED:
            await hass.config_entries.async_unload(each.entry_id)
            await kitchen.settle()

"""A ThermoWorks account from end to end, on the simulated cloud."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
import logging
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.heatpump_monitor.sources.endpoints import (
    THERMOWORKS_URL_VARIABLE,
)
from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.const import CONF_EMAIL, STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from simulator import Simulator, SteppedClock
from simulator.thermoworks import ThermoWorksCloud
from tests.household import KEEP_ALIVE_S
from tests.simulator.conftest import NOON_S

from .kitchen import Account, Kitchen, entry_of

CHICKEN = "SMK00A17F2_1"
KETTLE = "SMK00A17F2_2"
FREEZER = "5C:2F:AF:10:2F:91_1"
CELLAR = "5C:2F:AF:10:77:0B_1"


@dataclass(kw_only=True)
class Cookout(Kitchen):
    """A kitchen whose probes are those of the simulated cloud."""

    simulator: Simulator

    @property
    def cloud(self) -> ThermoWorksCloud:
        """Return the cloud."""
        return self.simulator.thermoworks

    async def live(self, seconds: float) -> None:
        """Let time pass in steps of a minute, in the cloud, too."""
        while seconds > 0:
            self.freezer.tick(60)
            await self.simulator.step(60)
            async_fire_time_changed(self.hass)
            await self.settle()
            seconds -= 60


@pytest.fixture
async def cookout(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    freezer: FrozenDateTimeFactory,
    frozen_loop: None,
    enable_custom_integrations: None,
    socket_enabled: None,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Cookout]:
    """Return the griller's account at noon, not yet set up."""
    freezer.move_to(datetime.fromtimestamp(NOON_S, UTC))
    await hass.config.async_set_time_zone("Europe/Berlin")
    connector = async_get_clientsession(hass).connector
    monkeypatch.setattr(connector, "_keepalive_timeout", KEEP_ALIVE_S)
    async with Simulator((), clock=SteppedClock(NOON_S)) as simulator:
        monkeypatch.setenv(THERMOWORKS_URL_VARIABLE, simulator.thermoworks_url)
        entry = entry_of("a-griller")
        entry.add_to_hass(hass)
        yield Cookout(
            hass=hass,
            freezer=freezer,
            account=Account(),
            entry=entry,
            simulator=simulator,
        )
        for each in hass.config_entries.async_entries(entry.domain):
            if each.state is ConfigEntryState.LOADED:
                await hass.config_entries.async_unload(each.entry_id)
        await hass.async_block_till_done(wait_background_tasks=True)


async def test_a_chicken(cookout: Cookout) -> None:
    """A chicken is announced, rings at its target, and its session is kept."""
    await cookout.set_up()
    assert cookout.device(CHICKEN).name == "Chicken"
    assert cookout.device("SMK00A17F2").model == "Smoke"
    # Two probes are called alike: their instruments tell them apart.
    assert cookout.device(KETTLE).name != cookout.device("SIG00C4410_2").name
    truth = cookout.cloud.truth()[CHICKEN]
    assert truth is not None
    shown = float(cookout.shown("sensor", "temperature", CHICKEN))
    assert shown == pytest.approx(truth, abs=1)
    await cookout.limit("target", 70, CHICKEN)
    await cookout.call("start_session", device_id=cookout.device(CHICKEN).id)
    await cookout.live(1200)
    remaining = float(cookout.shown("sensor", "time_to_target", CHICKEN))
    waited = 0
    while cookout.event(CHICKEN) is None and waited < 180:
        await cookout.live(60)
        waited += 1
    assert cookout.event(CHICKEN) == "target_raised"
    assert waited == pytest.approx(remaining, rel=0.5)
    device_id = cookout.device(CHICKEN).id
    ended = await cookout.call("stop_session", device_id=device_id)
    assert ended["max_c"] == pytest.approx(70, abs=1)
    assert ended["duration_min"] == 20 + waited


async def test_a_probe_is_unplugged(cookout: Cookout) -> None:
    """Its value stays in the cloud: it is not shown, and it rings."""
    await cookout.set_up()
    await cookout.limit("high", 250, KETTLE)
    cookout.cloud.faults.unplugged = (KETTLE,)
    await cookout.live(15 * 60)
    assert cookout.shown("sensor", "temperature", KETTLE) == STATE_UNKNOWN
    assert cookout.event(KETTLE) == "silent_raised"
    assert cookout.shown("sensor", "temperature", CHICKEN) != STATE_UNKNOWN


async def test_the_password_is_changed(
    hass: HomeAssistant, cookout: Cookout, caplog: pytest.LogCaptureFixture
) -> None:
    """The user is asked, and nobody learns the old password or the address."""
    caplog.set_level(logging.DEBUG, "custom_components.heatpump_monitor")
    await cookout.set_up()
    cookout.cloud.faults.wrong_password = True
    cookout.cloud.faults.refresh_refused = True
    cookout.cloud.revoke_tokens()
    await cookout.live(120)
    assert list(cookout.entry.async_get_active_flows(hass, {SOURCE_REAUTH}))
    assert "griller@example.com" not in caplog.text
    assert "correct horse" not in caplog.text


async def test_two_accounts(hass: HomeAssistant, cookout: Cookout) -> None:
    """Each has its probes; what one is set to does not touch the other."""
    await cookout.set_up()
    family = entry_of("a-family")
    family.add_to_hass(hass)
    hass.config_entries.async_update_entry(
        family, data={**family.data, CONF_EMAIL: "family@example.com"}
    )
    await hass.config_entries.async_setup(family.entry_id)
    await cookout.settle()
    theirs = Cookout(**{**vars(cookout), "entry": family})
    await theirs.limit("high", -15, CELLAR)
    assert float(theirs.shown("sensor", "temperature", CELLAR)) < -10
    await hass.config_entries.async_unload(family.entry_id)
    await cookout.settle()
    assert float(cookout.shown("sensor", "temperature", FREEZER)) < -10

"""What reads the probes of an entry, by its source."""

from unittest.mock import patch

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_monitor.const import DOMAIN
from custom_components.heatpump_monitor.probes.build import async_probe_source
from custom_components.heatpump_monitor.sources.base import SourceAuthError, SourceError
from custom_components.heatpump_monitor.sources.endpoints import (
    THERMOWORKS_URL_VARIABLE,
)
from custom_components.heatpump_monitor.sources.thermoworks import library
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryNotReady
from homeassistant.requirements import RequirementsNotFound
from homeassistant.util import dt as dt_util
from simulator import Simulator
from simulator.thermoworks.accounts import PASSWORD

EMAIL = "griller@example.com"


def account(password: str = PASSWORD) -> MockConfigEntry:
    """Return the entry of an account."""
    return MockConfigEntry(
        domain=DOMAIN,
        entry_id="griller",
        unique_id="a-griller",
        data={
            "kind": "probes",
            "source": "thermoworks",
            "email": EMAIL,
            "password": password,
        },
    )


@pytest.fixture(autouse=True)
def url(house: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask the simulator in place of ThermoWorks."""
    monkeypatch.setenv(THERMOWORKS_URL_VARIABLE, house.thermoworks_url)


async def test_account(hass: HomeAssistant) -> None:
    """An account is read at the address of the environment."""
    source = await async_probe_source(hass, account())
    assert (await source.identify()).identity == "a-griller"
    assert len(await source.read(dt_util.utcnow)) == 7
    assert source.pace_s == 60


async def test_entities(hass: HomeAssistant) -> None:
    """Entities are read from Home Assistant, and called as their entry."""
    hass.states.async_set("sensor.core", "140", {"unit_of_measurement": "°F"})
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="Oven",
        unique_id="probes_entities_sensor.core",
        data={
            "kind": "probes",
            "source": "entities",
            "entities": {"core": "sensor.core"},
        },
    )
    source = await async_probe_source(hass, entry)
    (core,) = await source.read(dt_util.utcnow)
    assert (core.key, core.temperature_c) == ("core", 60.0)
    info = await source.identify()
    assert (info.identity, info.name) == ("probes_entities_sensor.core", "Oven")
    assert source.pace_s == 10


async def test_reload_needs_no_sign_in(hass: HomeAssistant, house: Simulator) -> None:
    """A set-up that is tried again goes on with the sign-in of the one before."""
    for _ in range(3):
        source = await async_probe_source(hass, account())
        await source.read(dt_util.utcnow)
    assert house.thermoworks.requests["sign_in"] == 1


async def test_set_up_waits_as_long_as_asked(
    hass: HomeAssistant, house: Simulator
) -> None:
    """Set-ups that are tried again within seconds do not prolong a refusal."""
    house.thermoworks.faults.too_many_attempts = True
    for _ in range(3):
        source = await async_probe_source(hass, account())
        with pytest.raises(SourceError) as raised:
            await source.identify()
        assert raised.value.key == "thermoworks_busy"
        assert raised.value.retry_at is not None
    assert house.thermoworks.requests["sign_in"] == 1


async def test_new_password(hass: HomeAssistant) -> None:
    """With another password, the account is signed in to again."""
    source = await async_probe_source(hass, account("wrong"))
    with pytest.raises(SourceAuthError):
        await source.identify()
    source = await async_probe_source(hass, account())
    assert await source.identify()


async def test_library_cannot_be_installed(hass: HomeAssistant) -> None:
    """The set-up says why, and is tried again."""
    hass.config.skip_pip = False
    refused = RequirementsNotFound(DOMAIN, [library.THERMOWORKS_REQUIREMENT])
    with (
        patch.object(library, "async_process_requirements", side_effect=refused),
        pytest.raises(ConfigEntryNotReady) as raised,
    ):
        await async_probe_source(hass, account())
    assert raised.value.translation_domain == DOMAIN
    assert raised.value.translation_key == "thermoworks_not_installed"

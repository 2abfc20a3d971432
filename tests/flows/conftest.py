"""What the tests of the flows share."""

from collections.abc import AsyncIterator, Iterator
from unittest.mock import AsyncMock, patch

import aiohttp
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from simulator import Shelly, Simulator, Variant

from .user import Owner, User


@pytest.fixture(autouse=True)
def set_up() -> Iterator[AsyncMock]:
    """Keep set-up entries from reading the sources, and return who is set up."""
    target = "custom_components.heatpump_monitor"
    with (
        patch(f"{target}.heat_pump.async_setup_entry") as mock,
        patch(f"{target}.heat_pump.async_unload_entry", return_value=True),
    ):
        yield mock


@pytest.fixture
async def user(
    hass: HomeAssistant, house: Simulator, hass_client_no_auth: ClientSessionGenerator
) -> AsyncIterator[User]:
    """Return somebody who can set up a heat pump."""
    async with aiohttp.ClientSession() as internet:
        yield User(hass, internet, hass_client_no_auth)


@pytest.fixture
def owner(user: User) -> Owner:
    """Return somebody who changes the meters of a heat pump."""
    return Owner.beside(user)


@pytest.fixture
def shelly(house: Simulator) -> Shelly:
    """Return the meter of the air unit."""
    return house.shellies[Variant.AIR]


@pytest.fixture
async def entry(user: User, shelly: Shelly) -> ConfigEntry:
    """Return the entry of the air unit, loaded."""
    await user.to_heat_pump()
    return await user.create(shelly)

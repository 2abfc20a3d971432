"""What the tests inside Home Assistant share."""

import asyncio
from collections.abc import AsyncIterator
import logging
import math
from typing import Any

from hypothesis import settings
import pytest
from pytest_homeassistant_custom_component.syrupy import HomeAssistantSnapshotExtension
from syrupy.assertion import SnapshotAssertion

# Imported before Home Assistant starts: else it takes the custom_components of
# its own test kit for ours.
from custom_components.heatpump_monitor.const import DOMAIN
from custom_components.heatpump_monitor.sources.endpoints import VIESSMANN_URL_VARIABLE
from custom_components.heatpump_monitor.stored_file import stored_keys
from homeassistant.components.application_credentials import (
    ClientCredential,
    async_import_client_credential,
)
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from simulator import CLIENT_ID, Simulator, Variant

from .disk import disk  # noqa: F401
from .exporter.stand_ins import stand_in  # noqa: F401
from .house import grid_house, pushes  # noqa: F401
from .household import (  # noqa: F401
    all_enabled,
    frozen_loop,
    household,
    make_plant,
    variant,
    variants,
)
from .servers import http_session, influxdb, victoria_metrics  # noqa: F401
from .simulator.conftest import steady_plant

# The test kit logs what Home Assistant informs of, and every statement of the
# recorder, which takes longer than the statements.
logging.getLogger().setLevel(logging.WARNING)
logging.getLogger("sqlalchemy.engine").setLevel(logging.WARNING)

# How long an example takes depends on what else the machine does.
settings.register_profile("any pace", deadline=None)
settings.load_profile("any pace")


@pytest.fixture(autouse=True)
async def enable_event_loop_debug(monkeypatch: pytest.MonkeyPatch) -> None:
    """Check threads as debug mode does, without a stack for each callback."""
    loop = asyncio.get_running_loop()
    loop.set_debug(True)
    # On a frozen clock, every step would take too long.
    loop.slow_callback_duration = math.inf
    # Tasks, futures and handles ask this before they record where they were made,
    # which takes longer than all the rest.
    monkeypatch.setattr(loop, "get_debug", lambda: False)


@pytest.fixture
def hass_storage(
    hass_storage: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> dict[str, Any]:
    """Return the store that the test kit simulates, with its files listed."""

    def all_keys(hass: HomeAssistant, prefix: str) -> list[str]:
        kept = (key for key in hass_storage if key.startswith(prefix))
        return sorted({*stored_keys(hass, prefix), *kept})

    monkeypatch.setattr(
        "custom_components.heatpump_monitor.stored_file.stored_keys", all_keys
    )
    # It walks through all that is written. JSON takes no mocks, either.
    monkeypatch.setattr(
        "pytest_homeassistant_custom_component.common.raise_contains_mocks",
        lambda _: None,
    )
    return hass_storage


@pytest.fixture
async def house(
    socket_enabled: None, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Simulator]:
    """Return a simulator that runs in real time, with two heat pumps in the account."""
    both = (Variant.BRINE, Variant.AIR)
    async with Simulator(both, make_plant=steady_plant) as simulator:
        monkeypatch.setenv(VIESSMANN_URL_VARIABLE, simulator.viessmann_url)
        yield simulator


@pytest.fixture
async def api_client(hass: HomeAssistant, enable_custom_integrations: None) -> None:
    """Enter the API client that the simulated Viessmann account knows."""
    assert await async_setup_component(hass, "application_credentials", {})
    credential = ClientCredential(CLIENT_ID, "", "My client")
    await async_import_client_credential(hass, DOMAIN, credential)


@pytest.fixture
def snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Write snapshots as Home Assistant does: without what is new in every run."""
    return snapshot.use_extension(HomeAssistantSnapshotExtension)

"""A ThermoWorks account in front of the simulator."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

import aiohttp
import pytest
import thermoworks_cloud

from custom_components.heatpump_monitor.readings import ProbeReading
from custom_components.heatpump_monitor.sources.thermoworks.library import Library
from custom_components.heatpump_monitor.sources.thermoworks.session import (
    ThermoWorksSession,
)
from custom_components.heatpump_monitor.sources.thermoworks.source import ThermoWorks
from simulator import Simulator, SteppedClock
from simulator.thermoworks import ThermoWorksCloud
from simulator.thermoworks.accounts import PASSWORD
from tests.simulator.conftest import NOON_S

EMAIL = "griller@example.com"


@dataclass
class Griller:
    """Somebody with an account, and what reads it."""

    simulator: Simulator
    http: aiohttp.ClientSession

    def __post_init__(self) -> None:
        """Read the account of the griller."""
        self.source = self.account()

    def account(self, email: str = EMAIL, password: str = PASSWORD) -> ThermoWorks:
        """Return what reads an account."""
        return ThermoWorks(
            cast("Library", thermoworks_cloud),
            ThermoWorksSession(self.http, self.simulator.thermoworks_url),
            email,
            password,
            self.now,
        )

    @property
    def cloud(self) -> ThermoWorksCloud:
        """Return the simulated cloud."""
        return self.simulator.thermoworks

    def now(self) -> datetime:
        """Return the time of the simulator."""
        return datetime.fromtimestamp(self.simulator.clock.now(), UTC)

    async def probes(self) -> dict[str, ProbeReading]:
        """Return the readings by key."""
        return {each.key: each for each in await self.source.read(self.now)}


@pytest.fixture
async def griller(socket_enabled: None) -> AsyncGenerator[Griller]:
    """Return somebody with an account in a running simulator."""
    clock = SteppedClock(NOON_S)
    async with (
        Simulator((), clock=clock) as simulator,
        aiohttp.ClientSession() as http,
    ):
        yield Griller(simulator, http)

"""The simulators and a Home Assistant, up and running."""

from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
import sys

from aiohttp import ClientSession

from . import config_folder, entities, setup_flow
from .home_assistant import HomeAssistant
from .processes import LOOPBACK, Child, child, while_alive
from .setup_flow import SetUp
from .simulators import (
    ENTITIES,
    MODELS,
    PLANTS,
    PROBES_ACCOUNT,
    Addresses,
    Servers,
    Truth,
)

_SIMULATORS_READY_S = 60
# Home Assistant leaves with it when its user asks for a restart.
_RESTART_CODE = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """What the demo shows things with."""

    addresses: Addresses
    folder: Path
    hass: Child
    home_assistant: HomeAssistant
    session: ClientSession
    simulator: Child
    truth: Truth

    async def add_heat_pump(self, variant: str) -> str:
        """Set up one of the simulated heat pumps; return its entry's id."""
        return (await self.set_up_heat_pump(variant)).entry_id

    async def set_up_heat_pump(self, variant: str) -> SetUp:
        """Set up one of the simulated heat pumps; tell what that took."""
        is_account = variant != ENTITIES
        done = await (self._by_account(variant) if is_account else self._by_entities())
        await self.home_assistant.wait_for_diagnostics(setup_flow.DOMAIN)
        meters = 1 if is_account else 1 + len(entities.MORE_METERS)
        await self.home_assistant.wait_for_meters(done.entry_id, meters)
        return done

    async def _by_account(self, variant: str) -> SetUp:
        await setup_flow.add_credential(self.home_assistant, self.addresses.client_id)
        plant = PLANTS[variant]
        return await setup_flow.add_heat_pump(
            self.home_assistant, MODELS[plant], self.addresses.shellies[plant]
        )

    async def _by_entities(self) -> SetUp:
        await entities.add_other_integration(
            self.home_assistant, self.addresses.control_url, PLANTS[ENTITIES]
        )
        return await entities.add_heat_pump(self.home_assistant)

    async def add_house_meter(self) -> str:
        """Set up the simulated P1 Meter; return its entry's id."""
        await Servers(self.session, self.addresses.control_url).press_button()
        host = self.addresses.p1["host"]
        done = await setup_flow.add_house_meter(self.home_assistant, host)
        return done.entry_id

    async def add_probes(self) -> str:
        """Set up an account of the simulated ThermoWorks cloud; return its entry's id."""
        done = await setup_flow.add_probes(self.home_assistant, *PROBES_ACCOUNT)
        return done.entry_id

    async def add_export(self) -> str:
        """Set up an export of all to the simulated database; return its entry's id."""
        database = self.addresses.database
        return (await setup_flow.add_export(self.home_assistant, database)).entry_id

    async def run[ResultT](self, work: Coroutine[object, object, ResultT]) -> ResultT:
        """Return the result of work that needs everything to be running."""
        return await while_alive(work, self.simulator, self.hass)

    async def start(self) -> None:
        """Wait for Home Assistant, and sign in to it."""
        await self.home_assistant.wait_until_ready()
        await self.home_assistant.sign_in()
        await self.home_assistant.wait_until_started()


@dataclass(frozen=True, kw_only=True, slots=True)
class Simulators:
    """The running simulators."""

    addresses: Addresses
    process: Child


@asynccontextmanager
async def stage(
    folder: Path, simulator_options: Sequence[str], *, port: int, fast: bool
) -> AsyncIterator[Stage]:
    """Run the simulators and a Home Assistant for as long as the context lasts.

    Args:
        folder: Home Assistant's configuration folder.
        simulator_options: How to run the simulators.
        port: Where Home Assistant is to listen.
        fast: Whether the integration polls every few seconds.
    """
    async with (
        simulators(folder, simulator_options, fast=fast) as running,
        home(folder, running, port=port, fast=fast) as stage,
    ):
        yield stage


@asynccontextmanager
async def simulators(
    folder: Path, options: Sequence[str], *, fast: bool
) -> AsyncIterator[Simulators]:
    """Run the simulators; their log goes into the folder."""
    if fast:
        options = (*options, "--fast")
    async with child(
        "The simulator",
        (sys.executable, "-m", "simulator", *options),
        folder=config_folder.ROOT,
        log=folder / "simulator.log",
        read_output=True,
    ) as process:
        line = await process.first_line(_SIMULATORS_READY_S)
        yield Simulators(addresses=Addresses.from_line(line), process=process)


@asynccontextmanager
async def home(
    folder: Path,
    simulators: Simulators,
    *,
    port: int,
    fast: bool,
    python: str | Path = sys.executable,
) -> AsyncIterator[Stage]:
    """Run a Home Assistant beside running simulators.

    Args:
        folder: Its configuration folder.
        simulators: What it talks to.
        port: Where it is to listen.
        fast: Whether the integration polls every few seconds.
        python: The interpreter that it is installed for.
    """
    config_folder.prepare(folder, port)
    addresses = simulators.addresses
    async with (
        ClientSession() as session,
        child(
            "Home Assistant",
            (python, "-m", "homeassistant", "--config", folder, "--skip-pip"),
            folder=folder,
            log=folder / "console.log",
            environment=_environment(addresses, fast=fast),
            restart_code=_RESTART_CODE,
        ) as hass,
    ):
        yield Stage(
            addresses=addresses,
            folder=folder,
            hass=hass,
            home_assistant=HomeAssistant(session, f"http://{LOOPBACK}:{port}"),
            session=session,
            simulator=simulators.process,
            truth=Truth(session, addresses.control_url),
        )


def _environment(addresses: Addresses, *, fast: bool) -> dict[str, str]:
    return {
        "HEATPUMP_MONITOR_VIESSMANN_URL": addresses.viessmann_url,
        "HEATPUMP_MONITOR_THERMOWORKS_URL": addresses.thermoworks_url,
        "HEATPUMP_MONITOR_CA_FILE": addresses.p1["ca_file"],
        "HEATPUMP_MONITOR_FAST": "1" if fast else "0",
    }

"""The simulators and a Home Assistant, up and running."""

from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
import sys

from aiohttp import ClientSession

from . import config_folder, setup_flow
from .home_assistant import HomeAssistant
from .processes import LOOPBACK, Child, child, while_alive
from .simulators import MODELS, Addresses, Truth

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
        await setup_flow.add_credential(self.home_assistant, self.addresses.client_id)
        entry_id = await setup_flow.add_heat_pump(
            self.home_assistant, MODELS[variant], self.addresses.shellies[variant]
        )
        await self.home_assistant.wait_for_diagnostics(setup_flow.DOMAIN)
        return entry_id

    async def run[ResultT](self, work: Coroutine[object, object, ResultT]) -> ResultT:
        """Return the result of work that needs everything to be running."""
        return await while_alive(work, self.simulator, self.hass)

    async def start(self) -> None:
        """Wait for Home Assistant, and sign in to it."""
        await self.home_assistant.wait_until_ready()
        await self.home_assistant.sign_in()
        await self.home_assistant.wait_until_started()


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
    config_folder.prepare(folder, port)
    python = sys.executable
    if fast:
        simulator_options = (*simulator_options, "--fast")
    async with (
        ClientSession() as session,
        child(
            "The simulator",
            (python, "-m", "simulator", *simulator_options),
            folder=config_folder.ROOT,
            log=folder / "simulator.log",
            read_output=True,
        ) as simulator,
    ):
        line = await simulator.first_line(_SIMULATORS_READY_S)
        addresses = Addresses.from_line(line)
        async with child(
            "Home Assistant",
            (python, "-m", "homeassistant", "--config", folder, "--skip-pip"),
            folder=folder,
            log=folder / "console.log",
            environment=_environment(addresses, fast=fast),
            restart_code=_RESTART_CODE,
        ) as hass:
            yield Stage(
                addresses=addresses,
                folder=folder,
                hass=hass,
                home_assistant=HomeAssistant(session, f"http://{LOOPBACK}:{port}"),
                session=session,
                simulator=simulator,
                truth=Truth(session, addresses.control_url),
            )


def _environment(addresses: Addresses, *, fast: bool) -> dict[str, str]:
    return {
        "HEATPUMP_MONITOR_VIESSMANN_URL": addresses.viessmann_url,
        "HEATPUMP_MONITOR_FAST": "1" if fast else "0",
    }

"""Tests of how the demo waits for what an export writes."""

import asyncio
from collections.abc import AsyncIterator
import time

import aiohttp
import pytest

from demo.export import Database
from demo.simulators import Servers
from simulator import Simulator
from simulator.databases import Identity


@pytest.fixture
async def sim(socket_enabled: None) -> AsyncIterator[Simulator]:
    """Return a simulator without heat pumps."""
    async with Simulator([]) as simulator:
        yield simulator


def write(sim: Simulator, epoch_s: float) -> None:
    """Write a reading of a meter."""
    tags = (("home", "demo"), ("meter", "shelly"))
    identity = Identity("hpm_meter", tags, round(1000 * epoch_s))
    sim.database.store.write(identity, {"energy_wh": 5.0})


async def test_readings_until_now_are_waited_for(sim: Simulator) -> None:
    """What is read now has arrived once a later reading has."""
    write(sim, time.time() - 10)
    async with aiohttp.ClientSession() as session:
        database = Database(session, sim.control_url)
        asking = asyncio.create_task(database.contents_now())
        while (await database.contents()).points == []:
            await asyncio.sleep(0)
        assert not asking.done()
        write(sim, time.time() + 10)
        assert len((await asking).points) == 2


async def test_outage(sim: Simulator) -> None:
    """The database fails, and works again."""
    async with aiohttp.ClientSession() as session:
        servers = Servers(session, sim.control_url)
        await servers.refuse_writes(refusing=True)
        assert sim.database.faults.status == 503
        await servers.refuse_writes(refusing=False)
        assert sim.database.faults.status == 0

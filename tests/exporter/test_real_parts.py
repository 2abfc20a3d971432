"""From a reading of the house to a server that keeps it, with everything in between."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from aiohttp.test_utils import TestServer
import pytest

from custom_components.heatpump_monitor.const import CONF_BUCKET, CONF_ORG, DOMAIN
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_TOKEN, CONF_URL
from simulator.databases import InfluxDb2Server
from tests.house import House

from .home import ExportingHome, export_entry

POWER = "hpm_house", "power_w"


class Listening(NamedTuple):
    """A database, and where it listens."""

    database: InfluxDb2Server
    url: str


@pytest.fixture
async def server(socket_enabled: None) -> AsyncIterator[Listening]:
    """Return a database that listens."""
    database = InfluxDb2Server()
    async with TestServer(database.app()) as running:
        yield Listening(database, str(running.make_url("")))


@pytest.fixture
async def exporting(
    grid_house: House, server: Listening, tmp_path: Path
) -> AsyncIterator[ExportingHome]:
    """Return a house with a meter whose readings are exported."""
    hass = grid_house.hass
    entry = export_entry()
    entry.add_to_hass(hass)
    access = {
        CONF_URL: server.url,
        CONF_TOKEN: InfluxDb2Server.token,
        CONF_ORG: InfluxDb2Server.org,
        CONF_BUCKET: InfluxDb2Server.bucket,
    }
    hass.config_entries.async_update_entry(entry, data={**entry.data, **access})
    with patch.object(hass.config, "config_dir", str(tmp_path)):
        home = ExportingHome(
            hass=hass,
            freezer=grid_house.freezer,
            entry=entry,
            folder=tmp_path / DOMAIN,
        )
        yield home
        await home.shut_down()


async def test_a_house_with_an_outage(
    exporting: ExportingHome, grid_house: House, server: Listening
) -> None:
    """Every reading is in the database once, also those of an outage and a restart."""
    database, home, house, measured = (
        server.database,
        exporting,
        grid_house,
        dict[int, float](),
    )

    async def live(readings: int) -> None:
        for _ in range(readings):
            house.meter.power_w += 1
            await house.live(10)
            reading = house.coordinator.data.reading
            measured[round(reading.time.timestamp() * 1000)] = reading.power_w or 0.0

    def kept() -> Mapping[int, float]:
        return database.store.series(*POWER)

    # Also the house meter is set up by this.
    await home.set_up()
    assert house.entry.state is ConfigEntryState.LOADED
    await live(3)
    await home.until(lambda: kept().items() >= measured.items())

    database.faults.status = 503
    await live(5)
    await home.until(lambda: home.coordinator.data.is_connected is False)
    await home.shut_down()
    await home.set_up()
    await live(4)
    assert not kept().items() >= measured.items()
    database.faults.status = 0
    await live(6)
    await home.emptied()
    assert kept().items() >= measured.items()
    tags = {
        dict(identity.tags).items()
        >= {"home": "our-home", "place": "our-place", "device": "grid"}.items()
        for identity in database.store.points
    }
    assert tags == {True}
    assert home.value("unsent_points") == "0"
    assert home.value("dropped_points") == "0"


async def test_a_wrong_bucket(
    exporting: ExportingHome, grid_house: House, server: Listening
) -> None:
    """The issue says in the user's words what is wrong, and names no secret."""
    home, hass = exporting, exporting.hass
    hass.config_entries.async_update_entry(
        home.entry, data={**home.entry.data, CONF_BUCKET: "another"}
    )
    await home.set_up()
    await grid_house.live(30)
    await home.until(lambda: home.issue("export_not_taken") is not None)
    found = home.issue("export_not_taken")
    assert found is not None
    assert found["reason"].startswith("Bucket or organisation does not exist (")
    assert InfluxDb2Server.token not in found["reason"]
    connection = home.state("binary_sensor", "export_connected")
    assert connection.attributes["reason"] == "export_bucket_unknown"

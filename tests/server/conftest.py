"""Real databases, filled once for all tests."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import pytest
import pytest_socket

from custom_components.heatpump_monitor.exporter.line_protocol import line
from tests.servers import RealInfluxDb, RealServer, RealVictoriaMetrics

from .asking import InfluxDB, VictoriaMetrics
from .filled import NORTH, SOUTH, points

SERVER: Final = Path(__file__).parents[2] / "server"
_HOMES: Final = NORTH, SOUTH


def start(server: RealServer) -> None:
    """Start a server outside the loop of the tests."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, server.start()).result()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where servers keep their data."""
    return tmp_path_factory.mktemp("servers")


@pytest.fixture(autouse=True)
def sockets(socket_enabled: None) -> None:
    """Let each test reach the servers."""


@pytest.fixture(scope="session")
def victoria_metrics(folder: Path) -> Iterator[VictoriaMetrics]:
    """Return a filled VictoriaMetrics."""
    pytest_socket.enable_socket()
    server = RealVictoriaMetrics(folder)
    try:
        start(server)
        database = VictoriaMetrics(url=server.url)
        for home in _HOMES:
            database.write([line(each) for each in points(home, replaces=False)])
        yield database
    finally:
        server.kill()


@pytest.fixture(scope="session")
def influxdb(folder: Path) -> Iterator[InfluxDB]:
    """Return a filled InfluxDB 1."""
    pytest_socket.enable_socket()
    server = RealInfluxDb(folder)
    try:
        start(server)
        database = InfluxDB(
            url=server.url,
            database=server.database,
            username=server.username,
            password=server.password,
        )
        for home in _HOMES:
            database.write([line(each) for each in points(home, replaces=True)])
        yield database
    finally:
        server.kill()

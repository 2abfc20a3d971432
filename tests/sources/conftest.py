"""Servers that say what a test tells them to."""

from collections.abc import AsyncGenerator

from aiohttp.test_utils import TestServer
import pytest

from .scripted import Script


@pytest.fixture
async def script(socket_enabled: None) -> AsyncGenerator[Script]:
    """Return the script of a running server."""
    script = Script()
    server = TestServer(script.app())
    await server.start_server()
    script.host = f"{server.host}:{server.port}"
    yield script
    await server.close()

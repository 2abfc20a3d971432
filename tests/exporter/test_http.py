"""What any server may answer, and where plain HTTP goes."""

import asyncio
from base64 import b64encode
from collections.abc import Sequence
import socket
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer
import pytest
from yarl import URL

from custom_components.heatpump_monitor.exporter.connection import (
    async_check,
    async_deduplicates,
)
from custom_components.heatpump_monitor.exporter.targets import errors
from custom_components.heatpump_monitor.exporter.targets.base import (
    LinesRejected,
    TargetError,
    TargetMisconfigured,
    TargetRefused,
    TargetUnavailable,
)
from custom_components.heatpump_monitor.exporter.targets.influxdb1 import InfluxDb1
from custom_components.heatpump_monitor.exporter.targets.influxdb2 import InfluxDb2
from custom_components.heatpump_monitor.exporter.targets.local_network import is_private
from custom_components.heatpump_monitor.exporter.targets.victoria_metrics import (
    VictoriaMetrics,
)
from simulator.databases import InfluxDb3Server

from .stand_ins import MAKERS, NOON, StandIn, only


async def scripted(
    status: int, text: str, headers: dict[str, str] | None = None
) -> TestServer:
    """Return a server that always answers the same."""

    async def answer(request: web.Request) -> web.Response:
        body = text.replace("{authorization}", request.headers.get("Authorization", ""))
        return web.Response(status=status, text=body, headers=headers)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    server = TestServer(app)
    await server.start_server()
    return server


@pytest.mark.parametrize(
    ("status", "text", "expected"),
    [
        (200, "", errors.NotThatServer),
        (201, '{"message": "partial write"}', LinesRejected),
        (201, "", errors.NotThatServer),
        (400, "", errors.NotThatServer),
        (400, "<html>400</html>", errors.NotThatServer),
        (
            400,
            "Client sent an HTTP request to an HTTPS server.",
            errors.NotThatServer,
        ),
        (400, 'unsupported path requested: "/x/write"', errors.NotThatServer),
        (400, 'cannot find the provided auth token "x" in config', TargetRefused),
        (400, "cannot parse it", LinesRejected),
        (422, '{"message": "cannot parse it"}', LinesRejected),
        (502, "<html>502</html>", TargetUnavailable),
    ],
)
async def test_answers_of_other_servers(
    http_session: aiohttp.ClientSession,
    status: int,
    text: str,
    expected: type[TargetError],
) -> None:
    """Only what a database says about lines is taken for that."""
    async with await scripted(status, text) as server:
        target = VictoriaMetrics(http_session, server.make_url("/"))
        with pytest.raises(TargetError) as raised:
            await target.write(["x y=1.0 1"])
    assert type(raised.value) is expected


async def test_secrets_are_in_no_error(http_session: aiohttp.ClientSession) -> None:
    """A server that repeats what it was sent does not bring it into the log."""
    async with await scripted(500, "you sent {authorization}, " + "x" * 5000) as server:
        url = server.make_url("/")
        for target in (
            InfluxDb2(http_session, url, org="o", bucket="b", token="s3cr3t"),
            VictoriaMetrics(http_session, url, token="s3cr3t"),
            VictoriaMetrics(http_session, url, username="u", password="s3cr3t"),
        ):
            with pytest.raises(TargetUnavailable, match="you sent") as raised:
                await target.write(["x y=1.0 1"])
            assert "s3cr3t" not in str(raised.value)
            assert b64encode(b"u:s3cr3t").decode() not in str(raised.value)
            assert len(str(raised.value)) <= 300


async def test_an_endless_answer_is_not_read(
    http_session: aiohttp.ClientSession,
) -> None:
    """No server can fill the memory."""
    async with await scripted(500, "x" * 10_000_000) as server:
        target = VictoriaMetrics(http_session, server.make_url("/"))
        with pytest.raises(TargetUnavailable) as raised:
            await target.write(["x y=1.0 1"])
    assert len(str(raised.value)) <= 300


async def test_nobody_listens(http_session: aiohttp.ClientSession) -> None:
    """A refused connection is told apart from a name without an address."""
    async with await scripted(204, "") as server:
        url = server.make_url("/")
    with pytest.raises(errors.ConnectionRefused):
        await VictoriaMetrics(http_session, url).write(["x y=1.0 1"])


@pytest.fixture
async def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, Sequence[str]]:
    """Return the addresses of names, as the name server has them at the moment."""
    addresses: dict[str, Sequence[str]] = {}

    async def getaddrinfo(host: str, port: int | None, **_: Any) -> list[Any]:
        if not (found := addresses.get(host)):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 0)) for ip in found]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", getaddrinfo)
    return addresses


async def test_plain_http_stays_on_the_local_network(
    http_session: aiohttp.ClientSession, names: dict[str, Sequence[str]]
) -> None:
    """A name that gets another address later is asked about at each request."""
    async with await scripted(204, "") as server:
        url = server.make_url("/").with_host("database.example")
        target = VictoriaMetrics(http_session, url)
        with pytest.raises(errors.HostUnknown):
            await target.write(["x y=1.0 1"])
        names["database.example"] = ["2001:4860:4860::8888", "127.0.0.1"]
        await target.write(["x y=1.0 1"])
        assert await is_private("database.example")
        names["database.example"] = ["8.8.8.8"]
        assert not await is_private("database.example")
        with pytest.raises(errors.HttpsNeeded) as raised:
            await target.write(["x y=1.0 1"])
    assert isinstance(raised.value, TargetMisconfigured)
    assert raised.value.key == "export_https_needed"


@only("influxdb3")
async def test_the_host_is_named_in_the_request(
    stand_in: StandIn[InfluxDb3Server],
    http_session: aiohttp.ClientSession,
    names: dict[str, Sequence[str]],
) -> None:
    """A reverse proxy finds the database by its name."""
    names["database.example"] = ["127.0.0.1"]
    url = stand_in.url.with_host("database.example")
    target = MAKERS["influxdb3"](http_session, url)
    await async_check(target, home="h", now=NOON)
    [asked] = stand_in.server.asked
    assert asked.headers["Host"] == f"database.example:{stand_in.url.port}"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("127.0.0.1", True),
        ("192.168.1.2", True),
        ("fd00::1", True),
        ("fe80::1", True),
        ("::ffff:10.0.0.1", True),
        ("8.8.8.8", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("2001:4860:4860::8888", False),
    ],
)
async def test_which_addresses_are_private(address: str, expected: bool) -> None:
    """What reaches beyond the house needs TLS."""
    assert await is_private(address) is expected


async def test_a_short_secret_does_not_change_what_an_answer_means(
    http_session: aiohttp.ClientSession,
) -> None:
    """Secrets are removed from what is said only."""
    too_old = '{"error": "partial write: points beyond retention policy dropped=1"}'
    async with await scripted(400, too_old) as server:
        url = server.make_url("/")
        target = InfluxDb1(
            http_session, url, database="d", username="u", password="policy"
        )
        await target.write(["x y=1.0 1"])


async def test_a_cluster_shows_no_flags(http_session: aiohttp.ClientSession) -> None:
    """Nothing is asked of it, as its parts are started with flags of their own."""
    target = VictoriaMetrics(http_session, URL("http://127.0.0.1:1"), tenant="0")
    assert await async_deduplicates(target) is None
    single = VictoriaMetrics(http_session, URL("http://127.0.0.1:1"))
    assert await async_deduplicates(single) is None

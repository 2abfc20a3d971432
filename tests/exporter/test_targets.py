"""Each target against a strict stand-in: what is sent, and what answers mean."""

import asyncio
from base64 import b64encode
from collections.abc import AsyncGenerator, Callable, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
import json
import socket
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer
import pytest
from yarl import URL

from custom_components.heatpump_monitor.const import (
    CONF_BUCKET,
    CONF_DATABASE,
    CONF_ORG,
    CONF_TARGET,
    CONF_TENANT,
    TargetKind,
)
from custom_components.heatpump_monitor.exporter.build import target_of
from custom_components.heatpump_monitor.exporter.connection import (
    async_check,
    async_deduplicates,
)
from custom_components.heatpump_monitor.exporter.point import Point
from custom_components.heatpump_monitor.exporter.targets import errors, http
from custom_components.heatpump_monitor.exporter.targets.base import (
    LinesRejected,
    Target,
    TargetError,
    TargetMisconfigured,
    TargetRefused,
    TargetUnavailable,
)
from custom_components.heatpump_monitor.exporter.targets.emoncms import Emoncms
from custom_components.heatpump_monitor.exporter.targets.http import server_url
from custom_components.heatpump_monitor.exporter.targets.influxdb2 import InfluxDb2
from custom_components.heatpump_monitor.exporter.targets.influxdb3 import InfluxDb3
from custom_components.heatpump_monitor.exporter.targets.local_network import is_private
from custom_components.heatpump_monitor.exporter.targets.victoria_metrics import (
    VictoriaMetrics,
)
from homeassistant.const import CONF_PASSWORD, CONF_TOKEN, CONF_URL, CONF_USERNAME
from homeassistant.core import HomeAssistant
from simulator.databases import EmoncmsServer, InfluxDb2Server, InfluxDb3Server
from simulator.databases.server import DatabaseServer

NOON = datetime(2026, 1, 15, 12, tzinfo=UTC)
NOON_MS = 1_768_478_400_000
LIKE_HOTEL = "<!DOCTYPE html><html>Please sign in</html>"


class Running[ServerT: DatabaseServer]:
    """A stand-in, where it listens, and what writes to it."""

    def __init__(self, server: ServerT, url: URL, target: Target) -> None:
        """Join them."""
        self.server, self.url, self.target = server, url, target

    async def write(self, *points: Point) -> None:
        """Write points."""
        await self.target.write([self.target.encode(each) for each in points])


def power(value: float, seconds: float = 0) -> Point:
    """Return a reading of a meter so long after noon."""
    return Point(
        measurement="hpm_meter",
        tags={"home": "h o,m=e", "device": "vitocal", "meter": "shelly"},
        fields={"power_w": value, "energy_wh": 1_000 * value},
        time=NOON + timedelta(seconds=seconds),
    )


MAKERS: dict[str, Callable[[aiohttp.ClientSession, URL], Target]] = {
    "influxdb2": lambda session, url: InfluxDb2(
        session,
        url,
        org=InfluxDb2Server.org,
        bucket=InfluxDb2Server.bucket,
        token=InfluxDb2Server.token,
    ),
    "influxdb3": lambda session, url: InfluxDb3(
        session, url, database=InfluxDb3Server.database, token=InfluxDb3Server.token
    ),
    "emoncms": lambda session, url: Emoncms(
        session, url, token=EmoncmsServer.write_key
    ),
}
SERVERS: dict[str, type[DatabaseServer]] = {
    "influxdb2": InfluxDb2Server,
    "influxdb3": InfluxDb3Server,
    "emoncms": EmoncmsServer,
}


@pytest.fixture(params=SERVERS)
async def running(
    request: pytest.FixtureRequest, http_session: aiohttp.ClientSession
) -> AsyncGenerator[Running[DatabaseServer]]:
    """Return each stand-in and its target."""
    server = SERVERS[request.param]()
    async with TestServer(server.app()) as listening:
        url = URL(str(listening.make_url("/")).rstrip("/"))
        yield Running(server, url, MAKERS[request.param](http_session, url))


def only(name: str) -> pytest.MarkDecorator:
    """Return what runs a test against one stand-in."""
    return pytest.mark.parametrize("running", [name], indirect=True)


async def test_points_arrive_and_replace_themselves(
    running: Running[DatabaseServer],
) -> None:
    """Every value arrives, and sending it again changes nothing."""
    points = [power(100 + at / 3, at * 10) for at in range(1200)]
    await running.write(*points)
    first = deepcopy(running.server.store.points)
    assert len(first) == 1200
    await running.write(*points)
    await running.write(power(7, 0))
    store = running.server.store
    assert store.points.keys() == first.keys()
    changed = [key for key in first if store.points[key] != first[key]]
    assert [key.time_ms for key in changed] == [NOON_MS]
    assert store.writes == 2401
    assert running.target.replaces
    assert running.target.resend_s == 0


@only("influxdb2")
async def test_large_bodies_are_packed(running: Running[InfluxDb2Server]) -> None:
    """A batch is packed, a single point is not worth it."""
    await running.write(power(1))
    await running.write(*(power(1, at) for at in range(5000)))
    small, large = running.server.asked
    assert "Content-Encoding" not in small.headers
    assert large.headers["Content-Encoding"] == "gzip"
    assert int(large.headers["Content-Length"]) < large.size_bytes / 10


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (401, TargetRefused),
        (403, TargetRefused),
        (408, TargetUnavailable),
        (413, LinesRejected),
        (429, TargetUnavailable),
        (500, TargetUnavailable),
        (503, TargetUnavailable),
        (404, errors.NotThatServer),
        (405, errors.NotThatServer),
        (410, TargetMisconfigured),
    ],
)
async def test_what_a_status_means(
    running: Running[DatabaseServer], status: int, expected: type[TargetError]
) -> None:
    """Each status is the same error of all databases."""
    running.server.faults.status = status
    with pytest.raises(TargetError) as raised:
        await running.write(power(1))
    assert type(raised.value) is expected
    assert str(status) in str(raised.value)
    assert raised.value.placeholders["host"] == "127.0.0.1"
    assert not running.server.store.points


@pytest.mark.parametrize(
    ("header", "expected_s"),
    [("120", 120), ("", None), ("soon", None), ("-5", None)],
)
@only("influxdb2")
async def test_retry_after_in_seconds(
    running: Running[InfluxDb2Server], header: str, expected_s: float | None
) -> None:
    """How long the server asks to wait is passed on."""
    running.server.faults.status = 503
    running.server.faults.retry_after = header
    with pytest.raises(TargetUnavailable) as raised:
        await running.write(power(1))
    assert raised.value.retry_after_s == expected_s


@only("influxdb3")
async def test_retry_after_as_a_date(running: Running[InfluxDb3Server]) -> None:
    """A date is taken by the clock of the server, one that is past as no wait."""
    faults = running.server.faults
    faults.status = 429
    for offset, low, high in (
        (timedelta(minutes=5), 290, 301),
        (-timedelta(days=1), 0, 0),
    ):
        date = datetime.now(UTC) + offset
        faults.retry_after = date.strftime("%a, %d %b %Y %H:%M:%S GMT")
        with pytest.raises(TargetUnavailable) as raised:
            await running.write(power(1))
        assert raised.value.retry_after_s is not None
        assert low <= raised.value.retry_after_s <= high


async def test_redirects_are_not_followed(running: Running[DatabaseServer]) -> None:
    """Points and tokens go to no other server than the one that was entered."""
    running.server.faults.redirect = f"{running.url}/elsewhere"
    with pytest.raises(TargetMisconfigured, match="elsewhere"):
        await running.write(power(1))
    assert len(running.server.asked) == 1


async def test_a_page_acknowledges_nothing(running: Running[DatabaseServer]) -> None:
    """A hotel's sign-in answers everything with 200."""
    running.server.faults.page = True
    with pytest.raises(errors.NotThatServer):
        await running.write(power(1))


async def test_cut_connections(running: Running[DatabaseServer]) -> None:
    """A connection that is cut is a failure of the network, stored or not."""
    running.server.faults.cut = True
    with pytest.raises(TargetUnavailable):
        await running.write(power(1))
    running.server.faults.cut = False
    running.server.faults.lost_answer = True
    with pytest.raises(TargetUnavailable):
        await running.write(power(1))
    assert len(running.server.store.points) == 1


async def test_a_server_that_never_answers(
    running: Running[DatabaseServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A half-open connection ends with the time limit."""
    monkeypatch.setattr(http, "_TIMEOUT", aiohttp.ClientTimeout(total=0.05))
    running.server.faults.half_open = True
    with pytest.raises(errors.TimedOut):
        await running.write(power(1))


async def test_a_body_that_is_too_large(running: Running[DatabaseServer]) -> None:
    """413 asks for fewer lines, not for another try."""
    running.server.faults.most_bytes = 1000
    with pytest.raises(LinesRejected):
        await running.write(*(power(1, at) for at in range(100)))
    await running.write(power(1))
    assert len(running.server.store.points) == 1


@pytest.mark.parametrize("running", ["influxdb2", "influxdb3"], indirect=True)
@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("no line", "no line|parse"),
        ("hpm_meter,home=h power_w=1i 1", "type"),
        ("hpm_meter,b=1,a=1 power_w=1.0 1", "not in order"),
    ],
)
async def test_rejected_lines(
    running: Running[DatabaseServer], line: str, reason: str
) -> None:
    """What the server says about a line is the reason."""
    await running.write(power(1))
    with pytest.raises(LinesRejected, match=reason):
        await running.target.write([line])


@only("influxdb2")
async def test_lines_that_are_too_old_count_as_delivered(
    running: Running[InfluxDb2Server],
) -> None:
    """What the retention would drop at once need not be sent again."""
    running.server.oldest_ms = NOON_MS
    await running.write(power(1, -60), power(2, 60))
    assert len(running.server.store.points) == 1


@only("influxdb2")
async def test_unknown_bucket_and_organisation(
    running: Running[InfluxDb2Server], http_session: aiohttp.ClientSession
) -> None:
    """The error says which of the two it is."""
    right = {"org": InfluxDb2Server.org, "bucket": InfluxDb2Server.bucket}
    for wrong, said in (({"org": "x"}, "organization"), ({"bucket": "x"}, "bucket")):
        token = InfluxDb2Server.token
        target = InfluxDb2(http_session, running.url, token=token, **(right | wrong))
        with pytest.raises(errors.BucketUnknown, match=said):
            await async_check(target, home="h", now=NOON)


@only("influxdb3")
async def test_unknown_database(
    running: Running[InfluxDb3Server], http_session: aiohttp.ClientSession
) -> None:
    """A database that a token cannot create is named."""
    token = InfluxDb3Server.token
    target = InfluxDb3(http_session, running.url, database="x", token=token)
    with pytest.raises(errors.DatabaseUnknown, match="x was not found"):
        await async_check(target, home="h", now=NOON)


async def test_the_check_writes_one_point(running: Running[DatabaseServer]) -> None:
    """What the flow tests is what will be done."""
    await async_check(running.target, home="my home", now=NOON)
    [(identity, fields)] = running.server.store.points.items()
    assert identity.time_ms == NOON_MS
    assert list(fields.values()) == [1.0]
    assert await async_deduplicates(running.target)


# What emoncms answers.


@only("emoncms")
async def test_names_that_my_heatpump_looks_for(
    running: Running[EmoncmsServer],
) -> None:
    """Inputs have the names and units of the app, all else our own."""
    unit = {"home": "a home", "device": "vitocal"}
    await running.write(
        power(500),
        Point(
            measurement="hpm_heat_pump",
            tags=unit,
            fields={"supply_c": 35, "flow_lph": 1200.0, "buffer_c": 30.0},
            time=NOON,
        ),
        Point(
            measurement="hpm_interval",
            tags=unit,
            fields={"heat_wh": 250.0, "seconds": 300.0},
            time=NOON,
        ),
        Point(
            measurement="hpm_circuit",
            tags=unit | {"circuit": "1"},
            fields={"target_supply_c": 36.5},
            time=NOON + timedelta(seconds=0.9),
        ),
    )
    points = {
        identity.measurement: fields
        for identity, fields in running.server.store.points.items()
    }
    assert points == {
        "h-o-m-e_vitocal_shelly": {"heatpump_elec": 500.0, "heatpump_elec_kwh": 500.0},
        "a-home_vitocal": {
            "heatpump_flowT": 35.0,
            "heatpump_flowrate": 20.0,
            "heat_pump_buffer_c": 30.0,
            "interval_heat_wh": 250.0,
            "interval_seconds": 300.0,
            "heatpump_heat": 3000.0,
        },
        "a-home_vitocal_1": {"heatpump_targetT": 36.5},
    }
    assert {identity.time_ms for identity in running.server.store.points} == {NOON_MS}


@only("emoncms")
@pytest.mark.parametrize("key", ["", "wrong", EmoncmsServer.read_key])
async def test_keys_that_may_not_write(
    running: Running[EmoncmsServer], http_session: aiohttp.ClientSession, key: str
) -> None:
    """A wrong key gets 401, one that may only read an empty 200."""
    target = Emoncms(http_session, running.url, token=key)
    with pytest.raises(TargetRefused):
        await async_check(target, home="h", now=NOON)


@only("emoncms")
async def test_errors_with_the_status_200(running: Running[EmoncmsServer]) -> None:
    """An error in the body is one, whatever the status says."""
    with pytest.raises(LinesRejected, match="Format error"):
        await running.target.write(['[1768478400,"node",{"a":1}]'])
    assert isinstance(running.server, EmoncmsServer)
    running.server.most_nodes = 0
    with pytest.raises(TargetMisconfigured, match="maximal allowed"):
        await running.write(power(1))


@only("emoncms")
async def test_emoncms_gets_no_number_that_is_not_finite(
    running: Running[EmoncmsServer],
) -> None:
    """NaN is left out, and a point of nothing else is refused."""
    both = replace(power(1), fields={"power_w": float("nan"), "energy_wh": 1.0})
    assert "heatpump_elec_kwh" in running.target.encode(both)
    assert 'heatpump_elec"' not in running.target.encode(both)
    with pytest.raises(ValueError, match="finite"):
        running.target.encode(replace(both, fields={"power_w": float("inf")}))


# What no database answers.


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
    running: Running[InfluxDb3Server],
    http_session: aiohttp.ClientSession,
    names: dict[str, Sequence[str]],
) -> None:
    """A reverse proxy finds the database by its name."""
    names["database.example"] = ["127.0.0.1"]
    url = running.url.with_host("database.example")
    target = MAKERS["influxdb3"](http_session, url)
    await async_check(target, home="h", now=NOON)
    [asked] = running.server.asked
    assert asked.headers["Host"] == f"database.example:{running.url.port}"


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


# What an entry has.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://host:8428/", "http://host:8428"),
        (" https://Host.example/influx/ ", "https://host.example/influx"),
        ("https://host:443", "https://host"),
        ("http://[fd00::1]:8086", "http://[fd00::1]:8086"),
    ],
)
def test_urls_have_one_form(text: str, expected: str) -> None:
    """A slash at the end makes no difference, a path before it is kept."""
    assert str(server_url(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "host:8428",
        "ftp://host",
        "http://",
        "http://user:secret@host",
        "http://host/write?db=x",
        "http://host/#x",
        "http://host:99999",
        "http://[fd00::1",
    ],
)
def test_urls_that_are_refused(text: str) -> None:
    """No secret gets into a URL, where it would be shown."""
    with pytest.raises(errors.UrlInvalid) as raised:
        server_url(text)
    assert "secret" not in repr(raised.value)


@pytest.mark.parametrize(
    ("data", "path", "query", "authorization"),
    [
        (
            {CONF_TARGET: TargetKind.INFLUXDB1, CONF_DATABASE: "d"}
            | {CONF_USERNAME: "ü", CONF_PASSWORD: "p:w"},
            "/write",
            {"db": "d", "precision": "ms"},
            "Basic w7w6cDp3",
        ),
        (
            {CONF_TARGET: TargetKind.INFLUXDB1, CONF_DATABASE: "d"},
            "/write",
            {"db": "d", "precision": "ms"},
            None,
        ),
        (
            {CONF_TARGET: TargetKind.INFLUXDB2, CONF_ORG: "o&", CONF_BUCKET: "b c"}
            | {CONF_TOKEN: " t "},
            "/api/v2/write",
            {"org": "o&", "bucket": "b c", "precision": "ms"},
            "Token t",
        ),
        (
            {CONF_TARGET: TargetKind.INFLUXDB3, CONF_DATABASE: "d", CONF_TOKEN: "t"},
            "/api/v3/write_lp",
            {
                "db": "d",
                "precision": "millisecond",
                "accept_partial": "true",
                "no_sync": "false",
            },
            "Bearer t",
        ),
        (
            {CONF_TARGET: TargetKind.VICTORIA_METRICS, CONF_TOKEN: "t"},
            "/write",
            {"precision": "ms"},
            "Bearer t",
        ),
        (
            {CONF_TARGET: TargetKind.VICTORIA_METRICS, CONF_TENANT: "0:1"}
            | {CONF_USERNAME: "u", CONF_PASSWORD: "p"},
            "/insert/0:1/influx/write",
            {"precision": "ms"},
            "Basic dTpw",
        ),
        (
            {CONF_TARGET: TargetKind.EMONCMS, CONF_TOKEN: "t"},
            "/input/bulk",
            {},
            "Bearer t",
        ),
    ],
)
async def test_what_an_entry_writes_to(
    hass: HomeAssistant,
    socket_enabled: None,
    data: dict[str, Any],
    path: str,
    query: dict[str, str],
    authorization: str | None,
) -> None:
    """Each kind has its own wire, below the path of a reverse proxy."""
    asked: list[web.Request] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request)
        is_emoncms = request.path.endswith("bulk")
        return web.Response(text="ok") if is_emoncms else web.Response(status=204)

    app = web.Application()
    app.router.add_post("/{path:.*}", answer)
    async with TestServer(app) as server:
        target = target_of(hass, {CONF_URL: f"{server.make_url('/db/')}", **data})
        await target.write([target.encode(power(1))])
    [request] = asked
    assert request.path == f"/db{path}"
    assert dict(request.query) == query
    assert request.headers.get("Authorization") == authorization
    replaces = data[CONF_TARGET] != TargetKind.VICTORIA_METRICS
    assert target.replaces is replaces
    assert target.resend_s == (0 if replaces else 60)


def test_emoncms_lines_are_json() -> None:
    """One object for each input, as emoncms reads only the first of an object."""
    line = Emoncms(None, URL("https://x"), token="t").encode(power(1))  # type: ignore[arg-type]
    assert json.loads(line) == [
        NOON_MS // 1000,
        "h-o-m-e_vitocal_shelly",
        {"heatpump_elec_kwh": 1.0},
        {"heatpump_elec": 1.0},
    ]

"""What writes to a database, built by the data of an entry."""

from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
import pytest

from custom_components.heatpump_monitor.const import (
    CONF_BUCKET,
    CONF_DATABASE,
    CONF_ORG,
    CONF_TARGET,
    CONF_TENANT,
    TargetKind,
)
from custom_components.heatpump_monitor.exporter.build import target_of
from custom_components.heatpump_monitor.exporter.targets import errors
from custom_components.heatpump_monitor.exporter.targets.http import server_url
from homeassistant.const import CONF_PASSWORD, CONF_TOKEN, CONF_URL, CONF_USERNAME
from homeassistant.core import HomeAssistant

from .stand_ins import power


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

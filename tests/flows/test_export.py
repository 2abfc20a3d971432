"""An export to a time-series database: its set-up, its sign-in and its options."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
import logging
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import AsyncMock, patch

import aiohttp
from aiohttp.test_utils import TestServer, unused_port
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from yarl import URL

import custom_components.heatpump_monitor as integration
from custom_components.heatpump_monitor.const import DOMAIN, Kind, SeriesGroup
from custom_components.heatpump_monitor.exporter.targets import http, local_network
from homeassistant.config_entries import SOURCE_IGNORE, ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from simulator.databases import EmoncmsServer, InfluxDb2Server, InfluxDb3Server
from simulator.databases.server import DatabaseServer
from tests.servers import RealInfluxDb, RealVictoriaMetrics

from .databases import (
    PASSWORD,
    TOKEN,
    USERNAME,
    InfluxDb1Server,
    VictoriaMetricsServer,
    tags_in,
)
from .user import LANGUAGES, User, assert_readable, schema_of

pytestmark = pytest.mark.usefixtures("enable_custom_integrations")

ALL_GROUPS = [group.value for group in SeriesGroup]
WHAT = {"home": "test_home", "series": ALL_GROUPS}


@pytest.fixture(autouse=True)
def set_up() -> Iterator[AsyncMock]:
    """Keep exports from being set up, and return which would be."""
    mock, unload = AsyncMock(), AsyncMock(return_value=True)
    module = SimpleNamespace(async_setup_entry=mock, async_unload_entry=unload)
    kinds = dict.fromkeys(Kind, module)
    with patch.dict(integration._MODULES, kinds):  # noqa: SLF001
        yield mock


@pytest.fixture
async def user(
    hass: HomeAssistant,
    socket_enabled: None,
    hass_client_no_auth: ClientSessionGenerator,
) -> AsyncIterator[User]:
    """Return somebody who can set up an export; no heat pump is simulated."""
    async with aiohttp.ClientSession() as internet:
        yield User(hass, internet, hass_client_no_auth)


@asynccontextmanager
async def serving(server: DatabaseServer) -> AsyncIterator[str]:
    """Serve a database, and return its URL."""
    async with TestServer(server.app()) as running:
        yield str(running.make_url("")).rstrip("/")


@dataclass
class Running[ServerT: DatabaseServer]:
    """A database that runs."""

    server: ServerT
    url: str


@pytest.fixture
async def influxdb1(socket_enabled: None) -> AsyncIterator[Running[InfluxDb1Server]]:
    """Return InfluxDB 1, which demands a sign-in."""
    server = InfluxDb1Server()
    async with serving(server) as url:
        yield Running(server, url)


@pytest.fixture
async def influxdb2(socket_enabled: None) -> AsyncIterator[Running[InfluxDb2Server]]:
    """Return InfluxDB 2."""
    server = InfluxDb2Server()
    async with serving(server) as url:
        yield Running(server, url)


@pytest.fixture
async def influxdb3(socket_enabled: None) -> AsyncIterator[Running[InfluxDb3Server]]:
    """Return InfluxDB 3."""
    server = InfluxDb3Server()
    async with serving(server) as url:
        yield Running(server, url)


@pytest.fixture
async def victoria(
    socket_enabled: None,
) -> AsyncIterator[Running[VictoriaMetricsServer]]:
    """Return a single node of VictoriaMetrics."""
    server = VictoriaMetricsServer()
    async with serving(server) as url:
        yield Running(server, url)


@pytest.fixture
async def emoncms(socket_enabled: None) -> AsyncIterator[Running[EmoncmsServer]]:
    """Return emoncms."""
    server = EmoncmsServer()
    async with serving(server) as url:
        yield Running(server, url)


def of_bucket(running: Running[InfluxDb2Server]) -> dict[str, str]:
    """Return what is entered for the bucket of InfluxDB 2."""
    server = running.server
    return {
        "url": running.url,
        "org": server.org,
        "bucket": server.bucket,
        "token": server.token,
    }


def of_database(running: Running[InfluxDb1Server]) -> dict[str, str]:
    """Return what is entered for the database of InfluxDB 1."""
    return {
        "url": running.url,
        "database": running.server.database,
        "username": USERNAME,
        "password": PASSWORD,
    }


async def to_form(user: User, target: str) -> None:
    """Go up to the form for a connection."""
    await user.start()
    kinds = user.sees["menu_options"]
    assert isinstance(kinds, list)
    assert kinds[-1] == "export"
    await user.choose("export")
    assert user.sees["menu_options"] == [
        "export_influxdb1",
        "export_influxdb2",
        "export_influxdb3",
        "export_victoria_metrics",
        "export_emoncms",
    ]
    await user.choose(f"export_{target}")
    assert user.step == f"export_{target}"


async def past_warnings(user: User) -> None:
    """Go on after what is warned of, as all databases here are reached by HTTP."""
    assert user.step == "export_warnings"
    await user.enter()


async def to_what(user: User, target: str, **entered: str) -> None:
    """Go up to the question for what is exported."""
    await to_form(user, target)
    await user.enter(**entered)
    await past_warnings(user)
    assert user.step == "export_what"


async def created(hass: HomeAssistant, user: User) -> ConfigEntry:
    """Return the entry that was made, loaded."""
    assert user.sees["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    entry: ConfigEntry = user.sees["result"]
    return entry


async def create(
    hass: HomeAssistant, user: User, target: str, **entered: str
) -> ConfigEntry:
    """Set up an export of everything."""
    await to_what(user, target, **entered)
    await user.enter(**WHAT)
    return await created(hass, user)


def warnings_shown(user: User) -> list[str]:
    """Return the keys of what is warned of."""
    placeholders = user.sees["description_placeholders"]
    assert placeholders is not None
    texts = LANGUAGES[0]["selector"]["export_warning"]["options"]
    lines = placeholders["warnings"].splitlines()
    keys = {f"* {text}": key for key, text in texts.items()}
    return [keys[line] for line in lines]


def secrets_in_form(user: User) -> dict[str, Any]:
    """Return what the fields for secrets are filled with."""
    fields = {str(field) for field in schema_of(user.sees).schema}
    return {name: user.suggested(name) for name in fields & {"password", "token"}}


async def test_influxdb1(
    hass: HomeAssistant,
    user: User,
    influxdb1: Running[InfluxDb1Server],
    set_up: AsyncMock,
) -> None:
    """A database of InfluxDB 1 is tested, and then set up with what is exported."""
    hass.config.location_name = "Our Home"
    await to_form(user, "influxdb1")
    await user.enter(**of_database(influxdb1))
    assert warnings_shown(user) == ["plain_http"]
    assert tags_in(influxdb1.server) == [{"home": "our_home"}]
    await user.enter()
    assert user.step == "export_what"
    assert user.suggested("home") == "our_home"
    # No other entry is there yet that could be chosen.
    assert "exported" not in schema_of(user.sees).schema
    await user.enter(home=" anna's ", tags="room=cellar, owner = Anna B")
    entry = await created(hass, user)
    assert entry.data == {
        "kind": "export",
        "target": "influxdb1",
        "url": influxdb1.url,
        "database": "energy",
        "username": USERNAME,
        "password": PASSWORD,
    }
    assert entry.options == {
        "home": "anna's",
        "tags": {"room": "cellar", "owner": "Anna B"},
        "exported": [],
    }
    assert entry.title == "InfluxDB 127.0.0.1 (energy)"
    assert entry.unique_id == f"export_influxdb1_{influxdb1.url}?database=energy"
    set_up.assert_awaited_once()
    assert entry.supports_options
    assert entry.supports_reconfigure
    assert not entry.supported_subentry_types


async def test_influxdb1_without_users(
    hass: HomeAssistant, user: User, influxdb1: Running[InfluxDb1Server]
) -> None:
    """A server without authentication needs no sign-in."""
    influxdb1.server.demands_sign_in = False
    entry = await create(
        hass, user, "influxdb1", url=influxdb1.url, database=" energy ", username=" "
    )
    assert entry.data == {
        "kind": "export",
        "target": "influxdb1",
        "url": influxdb1.url,
        "database": "energy",
    }


async def test_influxdb2(
    hass: HomeAssistant, user: User, influxdb2: Running[InfluxDb2Server]
) -> None:
    """A bucket of InfluxDB 2 is set up with its organisation and a token."""
    entered = of_bucket(influxdb2)
    entry = await create(
        hass, user, "influxdb2", **entered | {"token": " a-token-of-influxdb-2== "}
    )
    assert entry.data == {"kind": "export", "target": "influxdb2", **entered}
    assert entry.title == "InfluxDB 127.0.0.1 (heat & power)"
    assert entry.unique_id == (
        f"export_influxdb2_{influxdb2.url}?org=the+house&bucket=heat+%26+power"
    )


async def test_influxdb3(
    hass: HomeAssistant, user: User, influxdb3: Running[InfluxDb3Server]
) -> None:
    """A database of InfluxDB 3 is set up with a token."""
    server = influxdb3.server
    entered = {"url": influxdb3.url, "database": server.database, "token": server.token}
    entry = await create(hass, user, "influxdb3", **entered)
    assert entry.data == {"kind": "export", "target": "influxdb3", **entered}
    assert entry.title == "InfluxDB 127.0.0.1 (heat pump)"


async def test_victoria_metrics(
    hass: HomeAssistant, user: User, victoria: Running[VictoriaMetricsServer]
) -> None:
    """A single node is set up with its URL only."""
    await to_form(user, "victoria_metrics")
    await user.enter(url=f"{victoria.url}/")
    assert warnings_shown(user) == ["plain_http"]
    await user.enter()
    await user.enter(**WHAT)
    entry = await created(hass, user)
    assert entry.data == {
        "kind": "export",
        "target": "victoria_metrics",
        "url": victoria.url,
    }
    assert entry.title == "VictoriaMetrics 127.0.0.1"
    assert entry.unique_id == f"export_victoria_metrics_{victoria.url}?"


@pytest.mark.parametrize(
    ("entered", "tenant"), [("0", "0"), (" 7:0 ", "7"), ("07:12", "7:12")]
)
async def test_cluster(
    hass: HomeAssistant,
    user: User,
    victoria: Running[VictoriaMetricsServer],
    entered: str,
    tenant: str,
) -> None:
    """A tenant of a cluster is the same in whichever form it is entered."""
    victoria.server.tenant = tenant
    entry = await create(
        hass, user, "victoria_metrics", url=victoria.url, tenant=entered
    )
    assert entry.data["tenant"] == tenant
    assert entry.title == f"VictoriaMetrics 127.0.0.1 ({tenant})"
    await to_form(user, "victoria_metrics")
    await user.enter(url=victoria.url, tenant=tenant)
    assert user.aborted == "already_configured"


async def test_vmauth(
    hass: HomeAssistant, user: User, victoria: Running[VictoriaMetricsServer]
) -> None:
    """Vmauth is signed in to by user name and password, or by a token."""
    victoria.server.demand_user()
    await to_form(user, "victoria_metrics")
    await user.enter(url=victoria.url)
    assert user.errors == {"username": "export_sign_in_missing"}
    await user.enter(url=victoria.url, username=USERNAME, password=PASSWORD, token="x")
    assert user.errors == {"token": "export_one_sign_in"}
    await user.enter(url=victoria.url, username=USERNAME, password=PASSWORD)
    victoria.server.demand_token()
    await user.enter()
    await user.enter(**WHAT)
    entry = await created(hass, user)
    assert (entry.data["username"], entry.data["password"]) == (USERNAME, PASSWORD)
    assert "token" not in entry.data
    await user.reconfigure(entry)
    assert user.suggested("username") == USERNAME
    await user.enter(url=victoria.url, token=TOKEN)
    await past_warnings(user)
    assert user.aborted == "reconfigure_successful"
    assert entry.data.keys() == {"kind", "target", "url", "token", "signed_in_at"}


@pytest.mark.parametrize(
    ("interval", "tenant", "warnings"),
    [
        ("1ms", None, ["plain_http"]),
        ("0s", None, ["plain_http", "dedup_missing"]),
        (None, None, ["plain_http", "dedup_unknown"]),
        ("1ms", "0", ["plain_http", "dedup_unknown"]),
    ],
)
async def test_warnings(
    user: User,
    victoria: Running[VictoriaMetricsServer],
    interval: str | None,
    tenant: str | None,
    warnings: list[str],
) -> None:
    """What may be lost, seen by others or counted twice is said before it is."""
    victoria.server.interval, victoria.server.tenant = interval, tenant
    await to_form(user, "victoria_metrics")
    await user.enter(url=victoria.url, **({"tenant": tenant} if tenant else {}))
    assert warnings_shown(user) == warnings
    await user.enter()
    assert user.step == "export_what"


async def test_nothing_to_warn_of(user: User) -> None:
    """A database by HTTPS leads to what is exported at once."""
    check = "custom_components.heatpump_monitor.flows.export.async_check"
    await to_form(user, "influxdb1")
    with patch(check) as mock:
        await user.enter(url="influxdb.example.org", database="energy")
    mock.assert_awaited_once()
    assert user.step == "export_what"


async def test_emoncms(
    hass: HomeAssistant, user: User, emoncms: Running[EmoncmsServer]
) -> None:
    """An account of emoncms needs its URL and the key that may write."""
    await to_form(user, "emoncms")
    assert user.suggested("url") == "https://emoncms.org"
    await user.enter(url=emoncms.url, token=emoncms.server.read_key)
    assert user.errors == {"token": "export_refused"}
    await user.enter(url=emoncms.url, token=emoncms.server.write_key)
    await past_warnings(user)
    # It has no tags: home and device become the name of a node.
    assert "tags" not in schema_of(user.sees).schema
    await user.enter(**WHAT)
    entry = await created(hass, user)
    assert entry.data["token"] == emoncms.server.write_key
    assert entry.title == "emoncms 127.0.0.1"


@pytest.mark.parametrize(
    ("entered", "url"),
    [
        ("Metrics.Example.org", "https://metrics.example.org"),
        (" metrics.example.org:8428/vm/ ", "https://metrics.example.org:8428/vm"),
        ("https://metrics.example.org:443/", "https://metrics.example.org"),
        ("HTTPS://[2001:db8::1]:8428", "https://[2001:db8::1]:8428"),
        ("a0d7b954-influxdb", "https://a0d7b954-influxdb"),
    ],
)
async def test_url(hass: HomeAssistant, user: User, entered: str, url: str) -> None:
    """The same server has one URL, by HTTPS unless HTTP was entered."""
    check = "custom_components.heatpump_monitor.flows.export.async_check"
    await to_form(user, "influxdb1")
    with patch(check):
        await user.enter(url=entered, database="energy")
    await user.enter(**WHAT)
    assert (await created(hass, user)).data["url"] == url


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("", "export_url"),
        ("https://", "export_url"),
        ("ftp://example.org", "export_url"),
        ("example.org:port", "export_url"),
        ("example.org:99999", "export_url"),
        ("my server", "export_url"),
        ("https://exa mple.org/", "export_url"),
        ("https://<b>", "export_url"),
        ("https://a..b", "export_url"),
        ("https://example.org/write?db=energy", "export_url"),
        ("https://example.org/#home", "export_url"),
        ("https://example.org/a b", "export_url"),
        ("https://anna:very-secret@example.org", "export_url_with_sign_in"),
        ("very-secret@example.org", "export_url_with_sign_in"),
    ],
)
async def test_refused_url(
    user: User, caplog: pytest.LogCaptureFixture, url: str, error: str
) -> None:
    """What is no URL of a server, or has a sign-in in it, is not asked."""
    await to_form(user, "influxdb1")
    await user.enter(url=url, database="energy")
    assert user.errors == {"url": error}
    assert "very-secret" not in caplog.text


@pytest.mark.parametrize(
    ("target", "entered", "errors"),
    [
        ("influxdb1", {"database": " "}, {"database": "export_field_empty"}),
        ("influxdb1", {"password": "x"}, {"username": "export_user_missing"}),
        ("influxdb1", {"username": "x"}, {"password": "export_password_missing"}),
        ("influxdb2", {"org": ""}, {"org": "export_field_empty"}),
        ("influxdb2", {"bucket": ""}, {"bucket": "export_field_empty"}),
        ("influxdb2", {"token": " "}, {"token": "export_field_empty"}),
        ("influxdb2", {"token": "Token abc"}, {"token": "export_token_invalid"}),
        ("influxdb2", {"token": "ab\ncd"}, {"token": "export_token_invalid"}),
        ("victoria_metrics", {"tenant": "me"}, {"tenant": "export_tenant_invalid"}),
        ("victoria_metrics", {"tenant": "1:2:3"}, {"tenant": "export_tenant_invalid"}),
        ("victoria_metrics", {"tenant": "²"}, {"tenant": "export_tenant_invalid"}),
        (
            "victoria_metrics",
            {"tenant": "4294967296"},
            {"tenant": "export_tenant_invalid"},
        ),
    ],
)
async def test_refused_fields(
    user: User, target: str, entered: dict[str, str], errors: dict[str, str]
) -> None:
    """What cannot be right is not sent, and is named at its field."""
    complete = {
        "influxdb1": {"database": "energy"},
        "influxdb2": {"org": "house", "bucket": "energy", "token": "abc"},
        "victoria_metrics": {},
    }
    await to_form(user, target)
    url = f"http://127.0.0.1:{unused_port()}"
    await user.enter(url=url, **complete[target] | entered)
    assert user.errors == errors


@pytest.mark.parametrize(
    ("faults", "errors"),
    [
        ({"status": 503}, {"base": "export_unavailable"}),
        ({"status": 429, "retry_after": "60"}, {"base": "export_unavailable"}),
        ({"cut": True}, {"base": "export_unavailable"}),
        ({"half_open": True}, {"url": "export_timeout"}),
        ({"page": True}, {"url": "export_not_that_server"}),
        ({"redirect": "https://example.org/login"}, {"base": "export_misconfigured"}),
        ({"status": 422}, {"base": "export_rejected"}),
        ({"status": 403}, {"token": "export_refused"}),
    ],
)
async def test_faults(
    hass: HomeAssistant,
    user: User,
    influxdb2: Running[InfluxDb2Server],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    faults: dict[str, Any],
    errors: dict[str, str],
) -> None:
    """Each fault is named at its field, and the set-up goes on when it is over."""
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(http, "_TIMEOUT", aiohttp.ClientTimeout(total=0.5))
    entered = of_bucket(influxdb2)
    await to_form(user, "influxdb2")
    for fault, value in faults.items():
        setattr(influxdb2.server.faults, fault, value)
    await user.enter(**entered)
    assert user.errors == errors
    assert user.suggested("bucket") == "heat & power"
    assert secrets_in_form(user) == {"token": None}
    for fault, value in faults.items():
        setattr(influxdb2.server.faults, fault, type(value)())
    await user.enter(**entered)
    await past_warnings(user)
    # The test kit and aiohttp's server, in the same process, are not ours.
    ours = [each for each in caplog.records if "heatpump_monitor" in each.name]
    shown = "".join(map(str, (each.getMessage() for each in ours)))
    assert influxdb2.server.token not in shown


@pytest.mark.parametrize(
    ("target", "changed", "errors"),
    [
        ("influxdb1", {"database": "other"}, {"database": "export_database_unknown"}),
        ("influxdb1", {"password": "wrong"}, {"password": "export_refused"}),
        ("influxdb2", {"bucket": "other"}, {"bucket": "export_bucket_unknown"}),
        ("influxdb2", {"org": "other"}, {"bucket": "export_bucket_unknown"}),
        ("influxdb2", {"token": "wrong"}, {"token": "export_refused"}),
    ],
)
async def test_unknown_names(
    user: User,
    influxdb1: Running[InfluxDb1Server],
    influxdb2: Running[InfluxDb2Server],
    target: str,
    changed: dict[str, str],
    errors: dict[str, str],
) -> None:
    """What the server does not know or accept is named at its field."""
    known = {"influxdb1": of_database(influxdb1), "influxdb2": of_bucket(influxdb2)}
    await to_form(user, target)
    await user.enter(**known[target] | changed)
    assert user.errors == errors
    await user.enter(**known[target])
    await past_warnings(user)


async def test_influxdb3_demands_a_token(
    user: User, influxdb3: Running[InfluxDb3Server]
) -> None:
    """Without a token, the field is named in which it belongs."""
    await to_form(user, "influxdb3")
    await user.enter(url=influxdb3.url, database=influxdb3.server.database)
    assert user.errors == {"token": "export_sign_in_missing"}


async def test_no_connection(
    user: User, influxdb1: Running[InfluxDb1Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name, a port, a certificate or a public address that is wrong is named."""
    await to_form(user, "influxdb1")
    entered = of_database(influxdb1)
    nobody = f"http://127.0.0.1:{unused_port()}"
    await user.enter(**entered | {"url": nobody})
    assert user.errors == {"url": "export_connection_refused"}
    # A database without a certificate, whose URL was entered without a scheme.
    await user.enter(**entered | {"url": influxdb1.url.removeprefix("http://")})
    assert user.errors == {"url": "export_tls"}
    assert user.suggested("url").startswith("https://")
    await user.enter(**entered | {"url": "http://8.8.8.8:8086"})
    assert user.errors == {"url": "export_https_needed"}
    monkeypatch.setattr(local_network, "_addresses", AsyncMock(side_effect=OSError))
    await user.enter(**entered | {"url": "http://nowhere.invalid:8086"})
    assert user.errors == {"url": "export_host_unknown"}
    placeholders = user.sees["description_placeholders"]
    assert placeholders is not None
    assert placeholders["host"] == "nowhere.invalid"


async def test_secret_is_entered_once(
    hass: HomeAssistant, user: User, influxdb1: Running[InfluxDb1Server]
) -> None:
    """What was entered before another field was wrong is kept, and is not shown."""
    entered = of_database(influxdb1)
    secret = {"password": entered.pop("password")}
    await to_form(user, "influxdb1")
    await user.enter(**entered | secret | {"database": "other"})
    assert user.errors == {"database": "export_database_unknown"}
    assert secrets_in_form(user) == {"password": None}
    await user.enter(**entered)
    await past_warnings(user)
    await user.enter(**WHAT)
    assert (await created(hass, user)).data["password"] == PASSWORD


async def test_refused_secret_is_forgotten(
    user: User, influxdb2: Running[InfluxDb2Server]
) -> None:
    """A token that was refused has to be entered again."""
    entered = of_bucket(influxdb2)
    await to_form(user, "influxdb2")
    await user.enter(**entered | {"token": "wrong"})
    assert user.errors == {"token": "export_refused"}
    await user.enter(**entered | {"token": ""})
    assert user.errors == {"token": "export_field_empty"}


async def test_same_target_twice(
    hass: HomeAssistant, user: User, influxdb1: Running[InfluxDb1Server]
) -> None:
    """A database is exported to once, whoever signs in; another one beside it."""
    influxdb1.server.demands_sign_in = False
    entry = await create(hass, user, "influxdb1", **of_database(influxdb1))
    await to_form(user, "influxdb1")
    url = f" {influxdb1.url}/ "
    await user.enter(url=url, database="energy")
    assert user.aborted == "already_configured"
    influxdb1.server.database = "other"
    other = await create(hass, user, "influxdb1", url=url, database="other")
    assert other.unique_id != entry.unique_id


async def test_two_flows_for_one_target(
    hass: HomeAssistant, user: User, influxdb1: Running[InfluxDb1Server]
) -> None:
    """Where two flows are open for the same database, the first one wins."""
    await to_what(user, "influxdb1", **of_database(influxdb1))
    entry = await create(hass, user, "influxdb1", **of_database(influxdb1))
    assert not hass.config_entries.flow.async_progress()
    assert hass.config_entries.async_entries(DOMAIN) == [entry]


def add_entry(hass: HomeAssistant, kind: Kind, title: str, **more: Any) -> str:
    """Add another entry, and return its id."""
    entry = MockConfigEntry(domain=DOMAIN, title=title, data={"kind": kind}, **more)
    entry.add_to_hass(hass)
    return entry.entry_id


async def test_what_is_exported(
    hass: HomeAssistant, user: User, influxdb1: Running[InfluxDb1Server]
) -> None:
    """Some of the entries and groups can be chosen; an export is none of them."""
    pump = add_entry(hass, Kind.HEAT_PUMP, "Vitocal")
    house = add_entry(hass, Kind.HOUSE_METER, "P1 Meter")
    add_entry(hass, Kind.EXPORT, "InfluxDB")
    MockConfigEntry(domain=DOMAIN, source=SOURCE_IGNORE).add_to_hass(hass)
    await to_what(user, "influxdb1", **of_database(influxdb1))
    assert user.offered("exported") == {pump: "Vitocal", house: "P1 Meter"}
    series = ["meters", "history"]
    await user.enter(home="home", exported=[pump], series=series)
    entry = await created(hass, user)
    assert entry.options == {
        "home": "home",
        "tags": {},
        "exported": [pump],
        "series": series,
    }


@pytest.mark.parametrize(
    ("entered", "errors"),
    [
        ({"home": " "}, {"home": "export_tag_value_invalid"}),
        ({"home": "C:\\"}, {"home": "export_tag_value_invalid"}),
        ({"home": "a\nb"}, {"home": "export_tag_value_invalid"}),
        ({"home": "x" * 101}, {"home": "export_tag_value_invalid"}),
        ({"series": []}, {"series": "export_series_missing"}),
        ({"tags": "cellar"}, {"tags": "export_tags_invalid"}),
        ({"tags": "a=b=c"}, {"tags": "export_tags_invalid"}),
        ({"tags": "room="}, {"tags": "export_tag_value_invalid"}),
        ({"tags": "=cellar"}, {"tags": "export_tag_name_invalid"}),
        ({"tags": "_room=cellar"}, {"tags": "export_tag_name_invalid"}),
        ({"tags": "räume=2"}, {"tags": "export_tag_name_invalid"}),
        ({"tags": f"{'x' * 101}=2"}, {"tags": "export_tag_name_invalid"}),
        ({"tags": "room=cellar, Home=here"}, {"tags": "export_tag_reserved"}),
        ({"tags": "tariff=night"}, {"tags": "export_tag_reserved"}),
        ({"tags": "room=a, room=b"}, {"tags": "export_tag_twice"}),
    ],
)
async def test_refused_tags(
    hass: HomeAssistant,
    user: User,
    influxdb1: Running[InfluxDb1Server],
    entered: dict[str, Any],
    errors: dict[str, str],
) -> None:
    """Names and values that a database or the integration cannot use are refused."""
    await to_what(user, "influxdb1", **of_database(influxdb1))
    await user.enter(**WHAT | entered)
    assert user.step == "export_what"
    assert user.errors == errors
    await user.enter(**WHAT | {"tags": ", room=cellar,"})
    assert (await created(hass, user)).options["tags"] == {"room": "cellar"}


@pytest.mark.parametrize(
    "name",
    ["home", "device", "meter", "circuit", "submeter", "heat_pump", "probe", "time"],
)
async def test_reserved_tags(
    user: User, influxdb1: Running[InfluxDb1Server], name: str
) -> None:
    """The tags of the integration itself cannot be the user's."""
    await to_what(user, "influxdb1", **of_database(influxdb1))
    await user.enter(**WHAT | {"tags": f"{name}=x"})
    assert user.errors == {"tags": "export_tag_reserved"}


async def open_reauth(hass: HomeAssistant, user: User, entry: ConfigEntry) -> None:
    """Open the request for a new sign-in."""
    entry.async_start_reauth(hass)
    await hass.async_block_till_done()
    (flow,) = hass.config_entries.flow.async_progress()
    await user.open(flow["flow_id"])


async def test_reauth_by_password(
    hass: HomeAssistant,
    user: User,
    influxdb1: Running[InfluxDb1Server],
    set_up: AsyncMock,
) -> None:
    """After a password was changed, the new one is asked for, tested and used."""
    entry = await create(hass, user, "influxdb1", **of_database(influxdb1))
    options = dict(entry.options)
    influxdb1.server.password = "another horse"
    await open_reauth(hass, user, entry)
    assert user.step == "export_sign_in"
    assert user.suggested("username") == USERNAME
    assert secrets_in_form(user) == {"password": None}
    await user.enter(username=USERNAME, password=PASSWORD)
    assert user.errors == {"password": "export_refused"}
    influxdb1.server.faults.status = 503
    await user.enter(username=USERNAME, password="another horse")
    assert user.errors == {"base": "export_unavailable"}
    influxdb1.server.faults.status = 0
    influxdb1.server.faults.page = True
    await user.enter(username=USERNAME, password="another horse")
    # The URL is no field of this form.
    assert user.errors == {"base": "export_not_that_server"}
    influxdb1.server.faults.page = False
    await user.enter(username=USERNAME, password="another horse")
    assert user.aborted == "reauth_successful"
    assert entry.data["password"] == "another horse"
    assert entry.data["database"] == "energy"
    assert entry.options == options
    # The point of the test belongs to the home of the entry.
    assert {"home": "test_home"} in tags_in(influxdb1.server)
    await hass.async_block_till_done()
    assert set_up.await_count == 2


async def test_reauth_by_token(
    hass: HomeAssistant,
    user: User,
    victoria: Running[VictoriaMetricsServer],
    set_up: AsyncMock,
) -> None:
    """A server that demands a token now gets one; nothing is warned of again."""
    entry = await create(hass, user, "victoria_metrics", url=victoria.url)
    victoria.server.demand_token()
    await open_reauth(hass, user, entry)
    assert user.step == "export_token"
    await user.enter(token="wrong")
    assert user.errors == {"token": "export_refused"}
    await user.enter(token=TOKEN)
    assert user.aborted == "reauth_successful"
    assert entry.data["token"] == TOKEN
    await hass.async_block_till_done()
    # A new token reloads the entry, also one that follows a token.
    assert set_up.await_count == 2
    victoria.server.demand_token("another-token")
    await open_reauth(hass, user, entry)
    await user.enter(token="another-token")
    assert user.aborted == "reauth_successful"
    await hass.async_block_till_done()
    assert set_up.await_count == 3


async def test_reauth_of_a_user_of_vmauth(
    hass: HomeAssistant, user: User, victoria: Running[VictoriaMetricsServer]
) -> None:
    """Who signed in by user name is asked for that again."""
    victoria.server.demand_user()
    sign_in = {"username": USERNAME, "password": PASSWORD}
    entry = await create(hass, user, "victoria_metrics", url=victoria.url, **sign_in)
    await open_reauth(hass, user, entry)
    assert user.step == "export_sign_in"
    await user.enter(**sign_in)
    assert user.aborted == "reauth_successful"


async def test_reauth_by_api_key(
    hass: HomeAssistant, user: User, emoncms: Running[EmoncmsServer]
) -> None:
    """Of emoncms, the API key is asked for by its name."""
    key = emoncms.server.write_key
    entry = await create(hass, user, "emoncms", url=emoncms.url, token=key)
    await open_reauth(hass, user, entry)
    assert user.step == "export_api_key"
    await user.enter(token=f" {key} ")
    assert user.aborted == "reauth_successful"
    assert entry.data["token"] == key


async def test_reconfigure(
    hass: HomeAssistant,
    user: User,
    influxdb2: Running[InfluxDb2Server],
    set_up: AsyncMock,
) -> None:
    """The connection can be changed; an empty token stays as it is."""
    entered = of_bucket(influxdb2)
    entry = await create(hass, user, "influxdb2", **entered)
    options = dict(entry.options)
    moved = str(URL(influxdb2.url).with_host("localhost"))
    await user.reconfigure(entry)
    assert user.step == "export_influxdb2"
    assert user.suggested("url") == influxdb2.url
    assert user.suggested("org") == influxdb2.server.org
    assert secrets_in_form(user) == {"token": None}
    await user.enter(
        url=moved, org=influxdb2.server.org, bucket=influxdb2.server.bucket
    )
    await past_warnings(user)
    assert user.aborted == "reconfigure_successful"
    assert (entry.data["url"], entry.data["token"]) == (moved, entered["token"])
    assert entry.unique_id == (
        f"export_influxdb2_{moved}?org=the+house&bucket=heat+%26+power"
    )
    assert entry.title == "InfluxDB localhost (heat & power)"
    assert entry.options == options
    await hass.async_block_till_done()
    assert set_up.await_count == 2


async def test_reconfigure_with_the_wrong_token(
    hass: HomeAssistant, user: User, influxdb2: Running[InfluxDb2Server]
) -> None:
    """A token that is refused changes nothing; without it, the old one is used."""
    entered = of_bucket(influxdb2)
    entry = await create(hass, user, "influxdb2", **entered)
    hass.config_entries.async_update_entry(entry, title="My database")
    before = dict(entry.data)
    await user.reconfigure(entry)
    await user.enter(**entered | {"token": "wrong"})
    assert user.errors == {"token": "export_refused"}
    assert entry.data == before
    await user.enter(**entered | {"token": ""})
    await past_warnings(user)
    assert user.aborted == "reconfigure_successful"
    assert entry.data["token"] == entered["token"]
    # A title that the user gave stays.
    assert entry.title == "My database"


async def test_reconfigure_to_the_target_of_another(
    hass: HomeAssistant, user: User, influxdb1: Running[InfluxDb1Server]
) -> None:
    """No entry becomes what another one is already."""
    influxdb1.server.demands_sign_in = False
    await create(hass, user, "influxdb1", url=influxdb1.url, database="energy")
    influxdb1.server.database = "other"
    entry = await create(hass, user, "influxdb1", url=influxdb1.url, database="other")
    await user.reconfigure(entry)
    await user.enter(url=influxdb1.url, database="energy")
    assert user.errors == {"url": "export_in_use"}
    assert user.sees["description_placeholders"] == {
        "other": "InfluxDB 127.0.0.1 (energy)"
    }
    assert entry.data["database"] == "other"


class Options:
    """Somebody in front of the options, who cannot go on where a text is missing."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Sit down before the options of an entry."""
        self._options, self._entry_id = hass.config_entries.options, entry.entry_id
        self.sees: Any

    async def open(self) -> None:
        """Open the form."""
        self._look_at(await self._options.async_init(self._entry_id))
        assert self.sees["step_id"] == "export_options"

    async def enter(self, **entered: Any) -> None:
        """Fill in the form and submit it."""
        flow_id = self.sees["flow_id"]
        self._look_at(await self._options.async_configure(flow_id, entered))

    def suggested(self) -> dict[str, Any]:
        """Return what the fields are filled with."""
        return {
            str(field): (field.description or {}).get("suggested_value")
            for field in schema_of(self.sees).schema
        }

    def _look_at(self, result: Any) -> None:
        for language in LANGUAGES:
            assert_readable(result, language["options"])
        self.sees = result


async def test_options(
    hass: HomeAssistant,
    user: User,
    influxdb1: Running[InfluxDb1Server],
    set_up: AsyncMock,
) -> None:
    """What is exported, how often and how long it is kept is changed and reloaded."""
    pump = add_entry(hass, Kind.HEAT_PUMP, "Vitocal")
    await to_what(user, "influxdb1", **of_database(influxdb1))
    await user.enter(**WHAT | {"tags": "room=cellar", "exported": [pump]})
    entry = await created(hass, user)
    set_up.reset_mock()
    options = Options(hass, entry)
    await options.open()
    assert options.suggested() == {
        "home": "test_home",
        "tags": "room=cellar",
        "exported": [pump],
        "series": None,
        "least_pause_s": None,
        "keep_days": None,
        "keep_mb": None,
        "checkpoint_min": None,
        "resend_s": None,
    }
    await options.enter(home="", series=["probes"])
    assert options.sees["errors"] == {"home": "export_tag_value_invalid"}
    assert options.suggested()["series"] == ["probes"]
    await options.enter(
        home="other", tags="", series=["probes"], least_pause_s=60.0, resend_s=120.0
    )
    assert options.sees["type"] is FlowResultType.CREATE_ENTRY
    assert entry.options == {
        "home": "other",
        "tags": {},
        "exported": [],
        "series": ["probes"],
        "least_pause_s": 60,
        "keep_days": 30,
        "keep_mb": 500,
        "checkpoint_min": 5,
        "resend_s": 120,
    }
    await hass.async_block_till_done()
    set_up.assert_awaited_once()
    await options.open()
    assert options.suggested()["series"] == ["probes"]
    await options.enter(home="other", series=ALL_GROUPS)
    # All groups are all those to come, too; no window is what the database needs.
    assert "series" not in entry.options
    assert "resend_s" not in entry.options


async def test_chosen_entry_that_was_removed(
    hass: HomeAssistant, user: User, influxdb1: Running[InfluxDb1Server]
) -> None:
    """A choice of one entry does not become a choice of all when that is removed."""
    pump = add_entry(hass, Kind.HEAT_PUMP, "Vitocal")
    await to_what(user, "influxdb1", **of_database(influxdb1))
    await user.enter(**WHAT | {"exported": [pump]})
    entry = await created(hass, user)
    await hass.config_entries.async_remove(pump)
    options = Options(hass, entry)
    await options.open()
    field = schema_of(options.sees).schema["exported"]
    assert field.config["options"] == [
        {"value": pump, "label": "An entry that was removed"}
    ]
    assert options.suggested()["exported"] == [pump]
    await options.enter(home="home", exported=[pump])
    assert entry.options["exported"] == [pump]


@pytest.mark.parametrize(
    ("field", "low", "high"),
    [
        ("least_pause_s", 0, 300),
        ("keep_days", 1, 365),
        ("keep_mb", 10, 10_000),
        ("checkpoint_min", 1, 60),
        ("resend_s", 0, 600),
    ],
)
async def test_limits(
    hass: HomeAssistant,
    user: User,
    influxdb1: Running[InfluxDb1Server],
    field: str,
    low: int,
    high: int,
) -> None:
    """A number outside its range is refused."""
    entry = await create(hass, user, "influxdb1", **of_database(influxdb1))
    options = Options(hass, entry)
    valid = {"home": "home", "series": ALL_GROUPS}
    for outside in (low - 1, high + 1):
        await options.open()
        with pytest.raises(InvalidData):
            await options.enter(**valid | {field: outside})
    for inside in (low, high):
        await options.open()
        await options.enter(**valid | {field: inside})
        assert entry.options[field] == inside


async def test_real_influxdb(
    hass: HomeAssistant, user: User, influxdb: RealInfluxDb
) -> None:
    """InfluxDB itself names what is wrong, and gets the point of the test."""
    sign_in = {"username": influxdb.username, "password": influxdb.password}
    entered = {"url": influxdb.url, "database": influxdb.database, **sign_in}
    await to_form(user, "influxdb1")
    await user.enter(**entered | {"password": "wrong"})
    assert user.errors == {"password": "export_refused"}
    await user.enter(**entered | {"database": "other"})
    assert user.errors == {"database": "export_database_unknown"}
    await user.enter(**entered)
    await past_warnings(user)
    points = await influxdb.points("hpm_export", "connected")
    assert list(points.values()) == [1]


async def test_real_victoria_metrics(
    hass: HomeAssistant, user: User, tmp_path: Path
) -> None:
    """VictoriaMetrics itself tells whether it drops duplicates."""
    for flags, warnings in (
        ([], ["plain_http", "dedup_missing"]),
        (["-dedup.minScrapeInterval=1ms"], ["plain_http"]),
    ):
        server = RealVictoriaMetrics(tmp_path, flags=flags)
        await server.start()
        try:
            await to_form(user, "victoria_metrics")
            await user.enter(url=server.url)
            assert warnings_shown(user) == warnings
            # What is new can be read a moment later.
            async with asyncio.timeout(10):
                while not (points := await server.points("hpm_export_connected")):
                    await asyncio.sleep(0.05)
            assert list(points.values()) == [1]
        finally:
            server.kill()

"""The simulated P1 Meter: HTTPS, users, API, websocket, and all that goes wrong."""

import asyncio
from collections.abc import Callable
import json
from pathlib import Path
import re
import ssl
from typing import Any

import aiohttp
from homewizard_energy import HomeWizardEnergyV2, has_v2_api
from homewizard_energy.errors import DisabledError, RequestError, UnauthorizedError
from homewizard_energy.models import Measurement
import homewizard_energy.v2 as library
import pytest

from simulator import P1, Certificate, Equipment, Simulator, SteppedClock, Variant

from .conftest import NOON_S, steady_plant

NAME = "local/heatpump_monitor"
QUIET = Equipment(appliances=False, photovoltaics=False)


def context_of(ca_file: Path, *, strict: bool = False) -> ssl.SSLContext:
    """Return what checks a certificate as HomeWizard's library does."""
    context = ssl.create_default_context(cafile=ca_file)
    if not strict:
        context.verify_flags = ssl.VERIFY_X509_PARTIAL_CHAIN
    context.hostname_checks_common_name = True
    return context


class Client:
    """A client of the API that checks the certificate."""

    def __init__(self, p1: P1, http: aiohttp.ClientSession) -> None:
        """Trust the authority of a P1 Meter."""
        self.p1 = p1
        self.http = http
        self.tls = context_of(p1.ca_file)
        self.identifier = p1.identifier
        self.token: str | None = None

    async def ask(
        self, path: str, method: str = "GET", body: object = None, **headers: str
    ) -> aiohttp.ClientResponse:
        """Return an answer."""
        if self.token is not None:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        return await self.http.request(
            method,
            f"https://{self.p1.host}{path}",
            json=body,
            headers={"X-Api-Version": "2", **headers},
            ssl=self.tls,
            server_hostname=self.identifier,
        )

    async def error(self, path: str, method: str = "GET", body: object = None) -> Any:
        """Return the status and the error of an answer."""
        response = await self.ask(path, method, body)
        return response.status, (await response.json())["error"]

    async def get(self, path: str = "/api/measurement") -> Any:
        """Return the body of an answer."""
        response = await self.ask(path)
        assert response.status == 200, await response.text()
        return await response.json()

    async def sign_in(self, name: str = NAME) -> str:
        """Press the button and ask for a token."""
        self.p1.press_button()
        response = await self.ask("/api/user", "POST", {"name": name})
        assert response.status == 200, await response.text()
        answer = await response.json()
        assert answer["name"] == name
        self.token = str(answer["token"])
        return self.token

    async def connect(self) -> aiohttp.ClientWebSocketResponse:
        """Return a websocket that is asked for its token."""
        socket = await self.http.ws_connect(
            f"wss://{self.p1.host}/api/ws",
            ssl=self.tls,
            server_hostname=self.identifier,
        )
        assert await socket.receive_json() == {
            "type": "authorization_requested",
            "data": {"api_version": "2.2.0"},
        }
        return socket

    async def subscribe(self) -> aiohttp.ClientWebSocketResponse:
        """Return a websocket that has received its first measurement."""
        socket = await self.connect()
        await socket.send_json({"type": "authorization", "data": self.token})
        assert await socket.receive_json() == {"type": "authorized"}
        await socket.send_json({"type": "subscribe", "data": "measurement"})
        assert (await socket.receive_json())["type"] == "measurement"
        return socket


@pytest.fixture
def client(sim: Simulator, http: aiohttp.ClientSession) -> Client:
    """Return a client without a token."""
    return Client(sim.p1, http)


@pytest.fixture
async def known(client: Client) -> Client:
    """Return a client with a token."""
    await client.sign_in()
    return client


@pytest.mark.parametrize("method", ["GET", "DELETE"])
async def test_token_is_needed(client: Client, method: str) -> None:
    """Nothing is told without one, nor with a wrong one."""
    for client.token in (None, "0" * 32):
        answer = await client.error("/api/user", method)
        assert answer == (401, "user:unauthorized")
        for path in ("/api", "/api/measurement", "/api/system", "/api/telegram"):
            assert await client.error(path) == (401, "user:unauthorized")


async def test_button(sim: Simulator, client: Client) -> None:
    """For half a minute after it was pressed one user is created."""
    refusal = (403, "user:creation-not-enabled")

    async def ask() -> Any:
        return await client.error("/api/user", "POST", {"name": NAME})

    assert await ask() == refusal
    sim.p1.press_button()
    await sim.step(31)
    assert await ask() == refusal
    sim.p1.press_button()
    await sim.step(29)
    response = await client.ask("/api/user", "POST", {"name": NAME})
    assert response.status == 200
    assert response.headers["X-Api-Version"] == "2.2.0"
    assert re.fullmatch("[A-F0-9]{32}", (await response.json())["token"])
    assert await ask() == refusal


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "json:parameter-missing:name"),
        ({"name": 5}, "json:parameter-invalid-type:name"),
        ({"name": "heatpump"}, "user:invalid-prefix"),
        ({"name": "local/"}, "user:name-empty"),
        ({"name": "local/" + 41 * "a"}, "user:name-too-long"),
        ({"name": "local/häuschen"}, "user:name-invalid"),
        ([], "request:invalid-json"),
    ],
)
async def test_names(client: Client, body: object, error: str) -> None:
    """What is wrong with a name is told, pressed button or not."""
    client.p1.press_button()
    assert await client.error("/api/user", "POST", body) == (400, error)
    token = await client.sign_in("local/" + 32 * "a" + "-_/\\# 09")
    assert len(token) == 32


async def test_users(known: Client) -> None:
    """They are listed and deleted; a name used again ends the older token."""
    first = known.token
    await known.sign_in("local/other")
    assert await known.get("/api/user") == [
        {"name": "cloud/user"},
        {"name": NAME},
        {"name": "local/other", "current": True},
    ]
    await known.sign_in(NAME)
    assert known.token != first
    known.token = first
    assert (await known.ask("/api")).status == 401
    await known.sign_in(NAME)
    gone = {"name": "local/other"}
    assert (await known.ask("/api/user", "DELETE", gone)).status == 204
    assert await known.error("/api/user", "DELETE", gone) == (404, "user:not-found")
    nonsense = (400, "request:invalid-json")
    assert await known.error("/api/user", "DELETE", ["local/"]) == nonsense
    assert (await known.ask("/api/user", "DELETE", {"name": NAME})).status == 204
    assert (await known.ask("/api")).status == 401


async def test_storage_of_users_is_limited(client: Client) -> None:
    """Then somebody has to be deleted first."""
    for number in range(19):
        await client.sign_in(f"local/{number}")
    client.p1.press_button()
    answer = await client.error("/api/user", "POST", {"name": "local/one too many"})
    assert answer == (507, "user:no-storage")


async def test_versions(known: Client) -> None:
    """Another major version is refused; without one the latest answers."""
    response = await known.ask("/api", **{"X-Api-Version": "3"})
    assert response.status == 400
    assert await response.json() == {"error": "request:api-version-not-supported"}
    device = await known.get("/api")
    assert device == {
        "product_name": "P1 Meter",
        "product_type": "HWE-P1",
        "serial": "5c2faf0b0001",
        "firmware_version": "6.0307",
        "api_version": "2.2.0",
    }


async def test_measurement(sim: Simulator, known: Client) -> None:
    """It is that of the whole house, at the second of the telegram."""
    await sim.step(5.7)
    fields = await known.get()
    assert fields["timestamp"] == "2026-01-15T12:00:05"
    truth = sim.house.at(NOON_S + 5)
    before = sim.p1.meter.identity
    counted_kwh = fields["energy_import_kwh"] + fields["energy_export_kwh"]
    expected_wh = sum(before.import_wh.values()) + sum(before.export_wh.values())
    expected_wh += sum(truth)
    # Each of four registers is cut off, and the export goes on as it was.
    assert 0 <= expected_wh - counted_kwh * 1000 < 4
    assert fields["power_w"] == round(sum(sim.house.phases_w(NOON_S + 5)))
    assert fields["tariff"] == 1


async def test_system(known: Client) -> None:
    """Some of it can be set, within limits."""
    assert (await known.get("/api/system"))["cloud_enabled"] is True
    changed = await known.ask("/api/system", "PUT", {"cloud_enabled": False})
    assert (await changed.json())["cloud_enabled"] is False
    for value in (101, True, "50"):
        body = {"status_led_brightness_pct": value}
        assert await known.error("/api/system", "PUT", body) == (
            400,
            "json:parameter-invalid-type:status_led_brightness_pct",
        )
    assert await known.error("/api/system", "PUT", {"x": 1}) == (
        400,
        "json:no-parameters-recognized",
    )
    assert (await known.ask("/api/system/identify", "PUT")).status == 204


async def test_certificate(http: aiohttp.ClientSession, client: Client) -> None:
    """It holds for its name and its authority, and not by the strict rules."""
    url = f"https://{client.p1.host}/api"
    refused: list[tuple[ssl.SSLContext, str | None, str]] = [
        (client.tls, "appliance/p1dongle/5c2faf0b0002", "Hostname mismatch"),
        (client.tls, None, "IP address mismatch"),
        (context_of(client.p1.ca_file, strict=True), client.identifier, "invalid CA"),
        (ssl.create_default_context(), client.identifier, "verify failed"),
    ]
    for tls, name, reason in refused:
        with pytest.raises(aiohttp.ClientConnectorCertificateError, match=reason):
            await http.get(url, ssl=tls, server_hostname=name)
    assert (await client.ask("/api")).status == 401


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (Certificate.EXPIRED, "has expired"),
        (Certificate.ANOTHER_DEVICE, "Hostname mismatch"),
        (Certificate.ANOTHER_AUTHORITY, "verify failed"),
    ],
)
async def test_other_certificates(
    known: Client, kind: Certificate, reason: str
) -> None:
    """A certificate that is wrong is noticed with the next connection."""
    await known.get("/api")
    known.p1.show_certificate(kind)
    with pytest.raises(aiohttp.ClientConnectorCertificateError, match=reason):
        await known.get("/api")
    known.p1.show_certificate(Certificate.VALID)
    assert (await known.get("/api"))["serial"] == "5c2faf0b0001"


async def test_websocket(sim: Simulator, known: Client) -> None:
    """Who has subscribed is sent each telegram, once."""
    socket = await known.subscribe()
    for second in (1, 2):
        await sim.step(1)
        message = await socket.receive_json()
        assert message["data"]["timestamp"] == f"2026-01-15T12:00:0{second}"
        assert message["data"] == await known.get()
    await sim.step(0.5)
    await sim.step(300)
    assert (await socket.receive_json())["data"]["timestamp"] == "2026-01-15T12:05:02"
    await socket.send_json({"type": "unsubscribe", "data": "measurement"})
    await socket.send_json({"type": "device"})
    assert (await socket.receive_json())["data"]["product_type"] == "HWE-P1"
    await sim.step(1)
    await socket.send_json({"type": "user"})
    assert (await socket.receive_json())["data"] == await known.get("/api/user")
    await socket.close()


async def test_websocket_of_a_slow_meter(sim: Simulator, known: Client) -> None:
    """A meter of DSMR 4 sends every ten seconds."""
    sim.p1.meter.period_s = 10
    socket = await known.subscribe()
    for _ in range(20):
        await sim.step(1)
    messages = [await socket.receive_json() for _ in range(2)]
    stamps = [each["data"]["timestamp"][-2:] for each in messages]
    assert stamps == ["10", "20"]


@pytest.mark.parametrize(
    ("message", "error"),
    [
        ("{", "request:invalid-json"),
        ("[]", "json:parameter-missing:type"),
        ('{"type": "nonsense"}', "request:unknown-type"),
        ('{"type": "subscribe", "data": "gas"}', "request:unknown-subscription"),
    ],
)
async def test_websocket_errors(known: Client, message: str, error: str) -> None:
    """What it does not understand it says, and goes on."""
    socket = await known.subscribe()
    await socket.send_str(message)
    assert await socket.receive_json() == {"type": "error", "data": {"message": error}}
    await socket.send_json({"type": "measurement"})
    assert (await socket.receive_json())["type"] == "measurement"


async def test_websocket_needs_a_token(sim: Simulator, client: Client) -> None:
    """Nothing is told before, a wrong one ends it, and so does none for 40 s."""
    unauthorized = {"type": "error", "data": {"message": "user:unauthorized"}}
    socket = await client.connect()
    await socket.send_json({"type": "subscribe", "data": "measurement"})
    assert await socket.receive_json() == unauthorized
    await socket.send_json({"type": "authorization", "data": "0" * 32})
    assert await socket.receive_json() == unauthorized
    assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE
    silent = await client.connect()
    await sim.step(39)
    await sim.step(2)
    assert (await silent.receive()).type is aiohttp.WSMsgType.CLOSED


async def test_half_open_websocket(sim: Simulator, known: Client) -> None:
    """Nothing comes any more, not even a pong; a new connection works."""
    socket = await known.subscribe()
    sim.p1.half_open()
    await sim.step(60)
    await socket.ping()
    with pytest.raises(TimeoutError):
        await socket.receive(timeout=0.05)
    assert not socket.closed
    fresh = await known.subscribe()
    await sim.step(1)
    assert (await fresh.receive_json())["type"] == "measurement"
    assert sim.p1.socket_count == 2


async def test_revoked_token(sim: Simulator, known: Client) -> None:
    """The websocket ends, and the token is refused."""
    socket = await known.subscribe()
    sim.p1.revoke_tokens()
    assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSED
    assert await known.error("/api/measurement") == (401, "user:unauthorized")


async def test_restart(sim: Simulator, known: Client) -> None:
    """It is gone, then without a telegram, then as it was; the token holds."""
    socket = await known.subscribe()
    response = await known.ask("/api/system/reboot", "PUT")
    assert response.status == 204
    assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSED
    with pytest.raises(aiohttp.ClientError):
        await known.get()
    await sim.step(20)
    assert await known.get() == {}
    telegram = await known.ask("/api/telegram")
    assert telegram.status == 503
    assert await telegram.text() == "telegram:no-telegram-received"
    await sim.step(5)
    assert (await known.get())["timestamp"] == "2026-01-15T12:00:25"
    assert (await known.get("/api/system"))["uptime_s"] == 25


async def test_faults(sim: Simulator, known: Client) -> None:
    """What can go wrong on the wire goes wrong by order."""
    faults = sim.p1.faults
    faults.server_error = True
    assert await known.error("/api") == (500, "request:internal-server-error")
    faults.server_error = False
    faults.unavailable = True
    assert (await known.ask("/api")).status == 503
    faults.unavailable = False
    faults.too_many_requests = True
    response = await known.ask("/api")
    assert (response.status, response.headers["Retry-After"]) == (429, "30")
    faults.too_many_requests = False
    for name in ("cut_answers", "garbage"):
        setattr(faults, name, True)
        response = await known.ask("/api/measurement")
        assert response.status == 200
        with pytest.raises(ValueError, match=r"Expecting|Unterminated"):
            json.loads(await response.text())
        setattr(faults, name, False)
    faults.no_websocket = True
    with pytest.raises(aiohttp.WSServerHandshakeError, match="404"):
        await known.connect()
    faults.null_month_peak = True
    await sim.step(1000)
    fields = await known.get()
    assert fields["monthly_power_peak_w"] is None
    assert fields["monthly_power_peak_timestamp"] is None
    assert fields["average_power_15m_w"] > 0
    faults.frozen = True
    await sim.step(60)
    assert await known.get() == fields
    faults.unreachable = True
    with pytest.raises(aiohttp.ClientError):
        await known.ask("/api")
    faults.unreachable = False
    faults.timeout = True
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(known.ask("/api"), 0.05)


async def test_websocket_faults(sim: Simulator, known: Client) -> None:
    """It says what is not JSON, or nothing."""
    socket = await known.subscribe()
    sim.p1.faults.garbage = True
    await sim.step(1)
    with pytest.raises(ValueError, match="Expecting"):
        await socket.receive_json()
    sim.p1.faults.garbage = False
    sim.p1.faults.frozen = True
    await sim.step(1)
    sim.p1.faults.frozen = False
    sim.p1.faults.timeout = True
    await sim.step(1)
    sim.p1.faults.timeout = False
    await sim.step(1)
    with pytest.raises(TimeoutError):
        await socket.receive(timeout=0.05)
    fresh = await known.subscribe()
    sim.p1.faults.unreachable = True
    await sim.step(1)
    assert (await fresh.receive()).type is aiohttp.WSMsgType.CLOSED


async def test_old_firmware(http: aiohttp.ClientSession, known: Client) -> None:
    """Without the API v2 there is no HTTPS, and v1 says what it is."""
    p1 = known.p1
    host = p1.host
    await p1.use_old_firmware()
    assert p1.host == host
    with pytest.raises(aiohttp.ClientConnectorError):
        await known.get("/api")
    device = await (await http.get(f"http://{host}/api")).json()
    assert (device["api_version"], device["product_type"]) == ("v1", "HWE-P1")
    data = await (await http.get(f"http://{host}/api/v1/data")).json()
    assert data["smr_version"] == 50
    p1.faults.api_disabled = True
    response = await http.get(f"http://{host}/api")
    assert response.status == 403
    assert (await response.json())["error"]["id"] == 202
    await p1.use_old_firmware(on=False)
    assert (await known.get("/api"))["api_version"] == "2.2.0"


async def test_users_and_authority_are_kept(
    tmp_path: Path, clock: SteppedClock, http: aiohttp.ClientSession
) -> None:
    """With a directory, a token and a trusted authority outlast the simulator."""

    def start() -> Simulator:
        return Simulator([], clock=clock, p1_directory=tmp_path / "p1", equipment=QUIET)

    async with start() as first:
        client = Client(first.p1, http)
        token = await client.sign_in()
    async with start() as second:
        client.p1 = second.p1
        assert (await client.get("/api"))["product_type"] == "HWE-P1"
        assert await client.sign_in("local/other") != token
    for name in ("ca.key", "users"):
        assert (tmp_path / "p1" / name).stat().st_mode & 0o077 == 0


async def test_library(
    sim: Simulator, http: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library that Home Assistant uses understands all of it."""
    p1 = sim.p1
    monkeypatch.setattr(library, "CACERT", p1.ca_file.read_text())
    device = HomeWizardEnergyV2(p1.host, identifier=p1.identifier, clientsession=http)
    with pytest.raises(DisabledError):
        await device.get_token("heatpump_monitor")
    p1.press_button()
    await device.get_token("heatpump_monitor")
    assert (await device.device()).id == p1.identifier
    await sim.step(900)
    measured = await device.measurement()
    assert measured.unique_id == "1SAG1100001234"
    assert measured.monthly_power_peak_w is not None
    assert measured.energy_import_kwh == pytest.approx(
        (measured.energy_import_t1_kwh or 0) + (measured.energy_import_t2_kwh or 0)
    )
    assert measured.external_devices is not None
    assert {each.unit for each in measured.external_devices.values()} == {"m3", "GJ"}
    assert (await device.system()).wifi_ssid == "house"
    assert (await device.telegram()).startswith("/FLU5")
    # It takes the body of an error for a measurement.
    p1.faults.unavailable = True
    assert await device.measurement() == Measurement()
    p1.faults.unavailable = False
    await device.delete_token()
    with pytest.raises(UnauthorizedError):
        await device.measurement()


@pytest.mark.parametrize(
    ("fault", "more", "holds"),
    [
        ("button", {}, lambda p1: True),
        ("certificate", {"kind": "expired"}, lambda p1: p1.certificate == "expired"),
        ("clock", {"value": -12}, lambda p1: p1.meter.clock_offset_s == -12),
        ("meter_replaced", {}, lambda p1: p1.meter.identity.number[-4:] == "9876"),
        ("old_firmware", {}, lambda p1: p1.is_old),
        ("reply", {"kind": "minimal"}, lambda p1: p1.reply == "minimal"),
        ("submeters", {"names": ["heat_meter"]}, lambda p1: p1.meter.submeters),
        ("telegram_s", {"value": 10}, lambda p1: p1.meter.period_s == 10),
        ("null_month_peak", {}, lambda p1: p1.faults.null_month_peak),
        ("voltage_sag", {"phases": "ac"}, lambda p1: p1.meter.sags == [2, 1, 1]),
    ],
)
async def test_control(
    sim: Simulator,
    http: aiohttp.ClientSession,
    fault: str,
    more: dict[str, object],
    holds: Callable[[P1], bool],
) -> None:
    """All of it is in reach of the control port, on and off."""
    url = f"{sim.control_url}/control"
    before = (await (await http.get(url)).json())["p1"]
    command = {"fault": fault, "target": "p1", **more}
    response = await http.post(url, json=command)
    assert response.status == 200
    assert holds(sim.p1)
    if fault in {"button", "voltage_sag"}:
        return
    assert (await response.json())["p1"] != before
    response = await http.post(url, json={**command, "on": False})
    shown = (await response.json())["p1"]
    if fault != "submeters":
        assert shown == before


async def test_control_of_connections(
    sim: Simulator, http: aiohttp.ClientSession, known: Client
) -> None:
    """Tokens, websockets and the dongle itself are in reach as well."""

    async def switch(fault: str, **more: object) -> int:
        command = {"fault": fault, "target": "p1", **more}
        answer = await http.post(f"{sim.control_url}/control", json=command)
        return answer.status

    socket = await known.subscribe()
    await switch("half_open")
    await sim.step(1)
    await switch("revoked_token")
    assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSED
    assert (await known.ask("/api")).status == 401
    await switch("reboot")
    with pytest.raises(aiohttp.ClientError):
        await known.ask("/api")
    assert await switch("nonsense") == 400
    assert await switch("load") == 400


async def test_truth_of_the_house(clock: SteppedClock, socket_enabled: None) -> None:
    """The control port tells all energies to the float, and takes more load."""
    async with (
        Simulator(
            [Variant.AIR], clock=clock, make_plant=steady_plant, equipment=QUIET
        ) as sim,
        aiohttp.ClientSession() as http,
    ):
        load = {"fault": "load", "target": "house", "watts": 3000, "seconds": 450}
        await http.post(f"{sim.control_url}/control", json=load)
        await sim.step(1000)
        url = f"{sim.control_url}/truth/house"
        moments = [NOON_S, NOON_S + 450, NOON_S + 900]
        query = [("at", str(moment)) for moment in moments]
        truth = await (await http.get(url, params=query)).json()
        imported = [each["import_wh"] for each in truth["at"]]
        assert imported[1] - imported[0] == pytest.approx(500)
        assert imported[2] - imported[1] == pytest.approx(125)
        assert truth["power_w"] == pytest.approx(1000)
        assert truth["month_peak"] == {
            "average_w": pytest.approx(2500),
            "ended_at": "2026-01-15T12:15:00",
        }
        for moment in (NOON_S + 1001, NOON_S - 1e7, "noon"):
            response = await http.get(url, params={"at": str(moment)})
            assert response.status == 400


async def test_library_finds_out_the_version(sim: Simulator) -> None:
    """A device with the API v2 refuses who has no token; an old one has no HTTPS."""
    assert await has_v2_api(sim.p1.host)
    await sim.p1.use_old_firmware()
    try:
        assert not await has_v2_api(sim.p1.host)
    except RequestError:
        pytest.fail("an old firmware is no error")

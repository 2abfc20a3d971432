"""The P1 meter on the wire: what the client makes of the simulator's."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from datetime import UTC, datetime, timedelta
import json
import logging
from typing import cast
from unittest.mock import AsyncMock, Mock
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from custom_components.heatpump_monitor.readings import GridReading, Submeter
from custom_components.heatpump_monitor.sources.base import (
    GridSource,
    MeterInfo,
    Push,
    SourceAuthError,
)
from custom_components.heatpump_monitor.sources.endpoints import CA_FILE_VARIABLE
from custom_components.heatpump_monitor.sources.homewizard import (
    p1_connection,
    p1_errors as errors,
)
from custom_components.heatpump_monitor.sources.homewizard.p1 import (
    HomeWizardP1,
    delete_token,
    request_token,
)
from custom_components.heatpump_monitor.sources.homewizard.p1_connection import (
    P1Connection,
    identifier_at,
)
from custom_components.heatpump_monitor.sources.http_json import Answer
from simulator import Simulator, SteppedClock, Variant
from simulator.homewizard import Certificate, Reply
from tests.simulator.conftest import NOON_S, hourly_plant

BRUSSELS = ZoneInfo("Europe/Brussels")
NAME = "local/heatpump_monitor_abcdef"


class House:
    """A house with a P1 meter, and its owner's Home Assistant."""

    def __init__(self, simulator: Simulator, http: aiohttp.ClientSession) -> None:
        """Prepare; there is no token yet."""
        self.simulator = simulator
        self.device = simulator.p1
        self.http = http
        self.token = ""

    def connection(self, identifier: str | None = None) -> P1Connection:
        """Return a connection to the device."""
        name = identifier or self.device.identifier
        return P1Connection(self.http, self.device.host, name, self.token or None)

    def meter(self) -> HomeWizardP1:
        """Return a client of the device."""
        return HomeWizardP1(
            self.http,
            self.device.host,
            self.device.identifier,
            self.token,
            time_zone=BRUSSELS,
            retry_delay_s=0,
        )

    def now(self) -> datetime:
        """Return the time of the simulator."""
        return datetime.fromtimestamp(self.simulator.clock.now(), UTC)

    async def sign_in(self) -> None:
        """Press the button, and keep the token."""
        self.device.press_button()
        self.token = await request_token(self.connection(), NAME)


@pytest.fixture
async def house(
    socket_enabled: None, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[House]:
    """Return a house at noon, whose P1 meter gave a token."""
    # A device that changes shows it at the next connection.
    connector = aiohttp.TCPConnector(force_close=True)
    async with (
        aiohttp.ClientSession(connector=connector) as http,
        Simulator(
            (Variant.AIR,), clock=SteppedClock(NOON_S), make_plant=hourly_plant
        ) as simulator,
    ):
        monkeypatch.setenv(CA_FILE_VARIABLE, str(simulator.p1.ca_file))
        house = House(simulator, http)
        await house.sign_in()
        yield house


@pytest.fixture
def meter(house: House) -> HomeWizardP1:
    """Return a client of the device."""
    return house.meter()


class Pushed:
    """What the device pushes, at the pace of the simulator's clock."""

    def __init__(self, house: House, readings: AsyncIterator[GridReading]) -> None:
        """Prepare; nothing is connected yet."""
        self._house = house
        self._readings = readings

    async def next(self, seconds: float = 1.0) -> GridReading:
        """Let time pass until a reading is pushed, and return it."""
        reading = asyncio.ensure_future(anext(self._readings))
        while not reading.done():
            await self._house.simulator.step(seconds)
            await asyncio.wait([reading], timeout=0.01)
        return await reading

    async def until_the_end(self) -> None:
        """Go on until it fails; what was sent before may still arrive."""
        while True:
            await self.next()


@asynccontextmanager
async def pushed(house: House, meter: HomeWizardP1) -> AsyncIterator[Pushed]:
    """Follow what the device pushes."""
    async with aclosing(meter.readings(house.now)) as readings:
        yield Pushed(house, readings)


async def first_pushed(house: House) -> GridReading:
    """Return the first reading of a new websocket."""
    async with pushed(house, house.meter()) as following:
        return await following.next()


async def test_identify(house: House, meter: HomeWizardP1) -> None:
    """The device says what it is."""
    assert await meter.identify() == MeterInfo(
        identity=house.device.serial,
        manufacturer="HomeWizard",
        model="HWE-P1",
        firmware="6.0307",
    )


async def test_read(house: House, meter: HomeWizardP1) -> None:
    """The reading is what is, to the step of each field."""
    before = await meter.read(house.now)
    start, start_s = house.simulator.house, house.simulator.clock.now()
    await house.simulator.step(700)
    after = await meter.read(house.now)
    assert after.time == house.now()
    assert after.measured_at == house.now()
    drawn = start.at(start_s + 700) - start.at(start_s)
    assert before.import_wh is not None
    assert after.import_wh is not None
    # Two registers, in whole Wh.
    assert after.import_wh - before.import_wh == pytest.approx(drawn.import_wh, abs=2)
    assert after.power_w == pytest.approx(sum(start.phases_w(start_s + 700)), abs=0.5)
    assert sum(after.import_by_tariff_wh.values()) == after.import_wh
    assert after.quarter_average_w == pytest.approx(drawn.import_wh * 4, abs=1)
    assert [phase.name for phase in after.phases] == ["a", "b", "c"]
    kinds = [each.kind for each in after.submeters]
    assert kinds == [Submeter.GAS, Submeter.WATER, Submeter.HEAT]


async def test_least_reply(house: House, meter: HomeWizardP1) -> None:
    """A meter that says little is read all the same."""
    house.device.reply = Reply.MINIMAL
    reading = await meter.read(house.now)
    assert reading.import_wh == sum(reading.import_by_tariff_wh.values())
    assert len(reading.phases) == 1
    assert reading.quarter_average_w is None


async def test_push(house: House, meter: HomeWizardP1) -> None:
    """The websocket brings a reading with each telegram, the same as polling."""
    source: GridSource = meter
    assert isinstance(source, Push)
    async with pushed(house, meter) as following:
        first, second = await following.next(), await following.next()
        assert first.time < second.time
        polled = await meter.read(house.now)
    assert polled.import_wh == second.import_wh


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("timeout", errors.P1Unreachable),
        ("unreachable", errors.P1Unreachable),
        ("cut_answers", errors.P1InvalidAnswer),
        ("server_error", errors.P1Error),
        ("unavailable", errors.P1Error),
        ("too_many_requests", errors.P1Error),
        ("garbage", errors.P1InvalidAnswer),
        ("no_telegram", errors.P1WithoutValues),
    ],
)
async def test_faults(
    house: House,
    meter: HomeWizardP1,
    monkeypatch: pytest.MonkeyPatch,
    fault: str,
    error: type[errors.P1Error],
) -> None:
    """Each fault is one failure, whether polled or pushed, and it passes."""
    setattr(house.device.faults, fault, True)
    with monkeypatch.context() as patch:
        if fault == "timeout":
            patch.setattr(p1_connection, "TIMEOUT_S", 0.1)
        with pytest.raises(errors.P1Error) as caught:
            await meter.read(house.now)
        assert type(caught.value) is error
        if fault != "cut_answers":
            with pytest.raises(error) as caught:
                await first_pushed(house)
            assert type(caught.value) is error
    setattr(house.device.faults, fault, False)
    assert (await meter.read(house.now)).power_w is not None
    assert (await first_pushed(house)).power_w is not None


async def test_firmware_without_websocket(house: House, meter: HomeWizardP1) -> None:
    """Polling goes on without it."""
    house.device.faults.no_websocket = True
    with pytest.raises(errors.P1InvalidAnswer):
        await first_pushed(house)
    assert (await meter.read(house.now)).power_w is not None


async def test_headers(
    house: House, meter: HomeWizardP1, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The version is always named; the websocket opens without the token."""
    asked = AsyncMock(side_effect=aiohttp.ClientError)
    monkeypatch.setattr(house.http, "ws_connect", asked)
    with pytest.raises(errors.P1Unreachable):
        await first_pushed(house)
    assert asked.await_args is not None
    assert asked.await_args.kwargs["headers"] == {"X-Api-Version": "2"}
    request = Mock(side_effect=aiohttp.ClientError)
    monkeypatch.setattr(house.http, "request", request)
    with pytest.raises(errors.P1Unreachable):
        await meter.identify()
    token = {"Authorization": f"Bearer {house.token}"}
    assert request.call_args.kwargs["headers"] == {"X-Api-Version": "2", **token}


async def test_garbage_on_the_websocket(house: House, meter: HomeWizardP1) -> None:
    """What is no JSON ends the websocket."""
    async with pushed(house, meter) as following:
        await following.next()
        house.device.faults.garbage = True
        with pytest.raises(errors.P1InvalidAnswer):
            await following.until_the_end()


async def test_meter_that_stands_still(house: House, meter: HomeWizardP1) -> None:
    """A telegram that is repeated for a minute is none."""
    await meter.read(house.now)
    house.device.faults.frozen = True
    await house.simulator.step(60)
    await meter.read(house.now)
    await house.simulator.step(1)
    with pytest.raises(errors.P1WithoutValues):
        await meter.read(house.now)
    house.device.faults.frozen = False
    await meter.read(house.now)


async def test_half_open_websocket(house: House, meter: HomeWizardP1) -> None:
    """A websocket whose other end is gone ends after a while of silence."""
    async with pushed(house, meter) as following:
        await following.next()
        house.device.half_open()
        meter.silence_s = 0.05
        with pytest.raises(errors.P1Unreachable):
            await following.until_the_end()


def test_silence_is_shorter_than_half_a_minute() -> None:
    """What the test above shortens is short enough, with the time to connect."""
    usual = HomeWizardP1(
        cast("aiohttp.ClientSession", None), "", "", "", time_zone=BRUSSELS
    )
    assert usual.silence_s + p1_connection.TIMEOUT_S < 30


async def test_restart(house: House, meter: HomeWizardP1) -> None:
    """A restart ends the websocket; the token stays valid."""
    async with pushed(house, meter) as following:
        await following.next()
        house.device.reboot()
        with pytest.raises(errors.P1Unreachable):
            await following.until_the_end()
    await house.simulator.step(30)
    async with pushed(house, meter) as following:
        await following.next()


async def test_revoked_token(house: House, meter: HomeWizardP1) -> None:
    """Polled or pushed, a revoked token asks for a new sign-in."""
    async with pushed(house, meter) as following:
        await following.next()
        house.device.revoke_tokens()
        with pytest.raises(errors.P1Error):
            await following.until_the_end()
    with pytest.raises(SourceAuthError) as caught:
        await meter.read(house.now)
    assert caught.value.key == "p1_unauthorized"
    with pytest.raises(SourceAuthError):
        await first_pushed(house)
    await house.sign_in()
    assert await house.meter().identify()


@pytest.mark.parametrize(
    ("certificate", "error"),
    [
        (Certificate.EXPIRED, errors.P1CertificateExpired),
        (Certificate.ANOTHER_AUTHORITY, errors.P1CertificateUntrusted),
        (Certificate.ANOTHER_DEVICE, errors.P1IsAnother),
    ],
)
async def test_certificates(
    house: House,
    meter: HomeWizardP1,
    certificate: Certificate,
    error: type[errors.P1Error],
) -> None:
    """Nothing is sent to who cannot prove to be the device."""
    house.device.show_certificate(certificate)
    asked = house.device.requests.total()
    for _ in range(2):
        with pytest.raises(error):
            await meter.read(house.now)
    async with pushed(house, meter) as following:
        with pytest.raises(error):
            await following.next()
    assert house.device.requests.total() == asked
    house.device.show_certificate(Certificate.VALID)
    await meter.read(house.now)


async def test_only_homewizard_is_trusted(
    house: House, meter: HomeWizardP1, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the variable, the simulator's authority is one that nobody knows."""
    monkeypatch.delenv(CA_FILE_VARIABLE)
    with pytest.raises(errors.P1CertificateUntrusted):
        await meter.read(house.now)
    with pytest.raises(errors.P1CertificateUntrusted):
        await identifier_at(house.http, house.device.host)


async def test_name_of_the_device(house: House) -> None:
    """The certificate says which P1 meter answers, without a token."""
    asked = house.device.requests.total()
    found = await identifier_at(house.http, house.device.host)
    assert found == "appliance/p1dongle/5c2faf0b0001"
    assert house.device.requests.total() == asked


async def test_another_kind_of_device(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kWh meter proves to be one, too."""
    monkeypatch.setattr(p1_connection, "_IDENTIFIER", "appliance/energymeter/")
    with pytest.raises(errors.NotAP1):
        await identifier_at(house.http, house.device.host)


async def test_old_firmware(house: House) -> None:
    """Version 1 of the API alone is told apart from no answer."""
    await house.device.use_old_firmware()
    with pytest.raises(errors.P1Outdated):
        await identifier_at(house.http, house.device.host)
    house.device.faults.api_disabled = True
    with pytest.raises(errors.P1ApiDisabled):
        await identifier_at(house.http, house.device.host)


async def test_kwh_meter_without_tls(house: House) -> None:
    """What answers by version 1 says what it is."""
    device = house.simulator.homewizards[Variant.AIR]
    with pytest.raises(errors.NotAP1):
        await identifier_at(house.http, device.host)
    device.api_enabled = False
    with pytest.raises(errors.P1ApiDisabled):
        await identifier_at(house.http, device.host)
    device.faults.not_a_shelly = True
    with pytest.raises(errors.NotAP1):
        await identifier_at(house.http, device.host)


@pytest.mark.parametrize("host", ["127.0.0.1:1", "", "::1", "1.2.3.4:x"])
async def test_nothing_at_the_address(house: House, host: str) -> None:
    """Nothing answers, or what was typed is no address at all."""
    with pytest.raises(errors.P1Unreachable):
        await identifier_at(house.http, host)
    meter = HomeWizardP1(
        house.http, host, "x", "y", time_zone=BRUSSELS, retry_delay_s=0
    )
    with pytest.raises(errors.P1Unreachable):
        await meter.read(house.now)


async def test_button(house: House) -> None:
    """There is a token after a press of the button, for a while."""
    house.token = ""
    for _ in range(2):
        with pytest.raises(errors.P1ButtonNotPressed):
            await request_token(house.connection(), NAME)
    house.device.press_button()
    await house.simulator.step(31)
    with pytest.raises(errors.P1ButtonNotPressed):
        await request_token(house.connection(), NAME)
    await house.sign_in()
    assert len(house.token) == 32


async def test_deleted_token(house: House, meter: HomeWizardP1) -> None:
    """The token of a name is deleted, and not valid any more."""
    await delete_token(house.connection(), NAME)
    with pytest.raises(SourceAuthError):
        await meter.identify()


async def test_token_stays_secret(
    house: House, meter: HomeWizardP1, caplog: pytest.LogCaptureFixture
) -> None:
    """The token is in no log and no error, whatever goes wrong."""
    caplog.set_level(logging.DEBUG, "")
    await house.sign_in()
    meter, secret = house.meter(), house.token
    await meter.read(house.now)
    shown = [repr(meter), str(meter)]
    for fault in ("server_error", "garbage", "unreachable"):
        setattr(house.device.faults, fault, True)
        with pytest.raises(errors.P1Error) as caught:
            await meter.read(house.now)
        shown += [str(caught.value), repr(caught.value), repr(caught.value.__cause__)]
        with pytest.raises(errors.P1Error) as caught:
            await first_pushed(house)
        shown += [str(caught.value), repr(caught.value), repr(caught.value.__cause__)]
        setattr(house.device.faults, fault, False)
    assert secret not in caplog.text
    assert not [each for each in shown if secret in each]


@pytest.mark.parametrize("start", ["2026-10-24T23:30:00Z", "2026-03-29T00:30:00Z"])
async def test_change_of_the_clocks(
    socket_enabled: None, monkeypatch: pytest.MonkeyPatch, start: str
) -> None:
    """Each moment of the hour that is repeated, or left out, is its own."""
    clock = SteppedClock(datetime.fromisoformat(start).timestamp())
    async with (
        aiohttp.ClientSession() as http,
        Simulator((Variant.AIR,), clock=clock, make_plant=hourly_plant) as simulator,
    ):
        monkeypatch.setenv(CA_FILE_VARIABLE, str(simulator.p1.ca_file))
        house = House(simulator, http)
        await house.sign_in()
        meter = house.meter()
        for _ in range(14):
            await simulator.step(601)
            reading = await meter.read(house.now)
            assert reading.measured_at == house.now()
            peak_at = reading.month_peak_at
            assert peak_at is None or peak_at <= house.now()


@pytest.mark.parametrize("offset_s", [-40, 25])
async def test_clock_of_the_meter(
    house: House, meter: HomeWizardP1, offset_s: int
) -> None:
    """It is not ours, and decides the quarter-hours."""
    house.device.meter.set_clock(offset_s, house.simulator.clock.now())
    await house.simulator.step(5)
    reading = await meter.read(house.now)
    assert reading.time == house.now()
    assert reading.measured_at == house.now() + timedelta(seconds=offset_s)


async def test_peak_of_the_month(house: House, meter: HomeWizardP1) -> None:
    """It has the end of its quarter-hour."""
    await house.simulator.step(1800)
    reading = await meter.read(house.now)
    assert reading.month_peak_at is not None
    assert reading.month_peak_at.timestamp() % 900 == 0
    assert house.now() - reading.month_peak_at < timedelta(days=31)
    house.device.faults.null_month_peak = True
    reading = await meter.read(house.now)
    assert reading.month_peak_w is reading.month_peak_at is None


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer(200, {}), errors.P1InvalidAnswer),
        (Answer(200, {"serial": 5, "product_type": "HWE-P1"}), errors.P1InvalidAnswer),
        (
            Answer(200, {"serial": "5c2f", "product_type": "HWE-P1"}),
            errors.P1IsAnother,
        ),
        (Answer(200, None), errors.P1InvalidAnswer),
        (Answer(204, None), errors.P1InvalidAnswer),
        (Answer(302, None), errors.P1InvalidAnswer),
        (Answer(401, None), errors.P1Unauthorized),
        (Answer(403, {"error": {"id": 202}}), errors.P1ApiDisabled),
        (Answer(404, {"error": "request:not-found"}), errors.P1InvalidAnswer),
        (
            Answer(400, {"error": "request:api-version-not-supported"}),
            errors.P1ApiVersion,
        ),
        (
            Answer(503, {"error": "telegram:no-telegram-received"}),
            errors.P1WithoutValues,
        ),
    ],
)
async def test_odd_answers(
    house: House,
    meter: HomeWizardP1,
    monkeypatch: pytest.MonkeyPatch,
    answer: Answer,
    error: type[errors.P1Error],
) -> None:
    """Each answer that is none has its own failure."""
    answer_of = AsyncMock(return_value=answer)
    monkeypatch.setattr(p1_connection, "answer_of", answer_of)
    with pytest.raises(errors.P1Error) as caught:
        await meter.identify()
    assert type(caught.value) is error


class Talk:
    """A websocket whose messages are written down."""

    def __init__(self, *messages: object) -> None:
        """Prepare messages: text, a type of its own, or anything as JSON."""
        self.messages = list(messages)
        self.sent: list[object] = []
        self.is_gone = False

    async def receive(self) -> aiohttp.WSMessage:
        """Return the next message."""
        message = self.messages.pop(0)
        if isinstance(message, aiohttp.WSMsgType):
            return aiohttp.WSMessage(message, b"", None)
        text = message if isinstance(message, str) else json.dumps(message)
        return aiohttp.WSMessage(aiohttp.WSMsgType.TEXT, text, None)

    async def send_json(self, message: object) -> None:
        """Keep a message."""
        if self.is_gone:
            raise aiohttp.ClientConnectionResetError
        self.sent.append(message)


@pytest.fixture
def talk(monkeypatch: pytest.MonkeyPatch) -> Talk:
    """Return what is said on the websocket from now on, signed in."""
    talk = Talk(
        {"type": "authorization_requested", "data": {"api_version": "2.0.0"}},
        {"type": "authorized"},
    )

    @asynccontextmanager
    async def socket(_: P1Connection) -> AsyncIterator[Talk]:
        yield talk

    monkeypatch.setattr(P1Connection, "socket", socket)
    return talk


async def pushed_by(talk: Talk, token: str = "secret") -> GridReading:
    """Return the first reading that is pushed."""
    meter = HomeWizardP1(
        cast("aiohttp.ClientSession", None), "", "", token, time_zone=BRUSSELS
    )
    async with aclosing(meter.readings(lambda: datetime.now(UTC))) as readings:
        return await anext(readings)


async def test_messages_of_the_websocket(talk: Talk) -> None:
    """Other messages than measurements are passed over."""
    talk.messages += [
        {"type": "system", "data": {"power_w": 3}},
        {"type": ["measurement"], "data": {"power_w": 3}},
        # Without a time stamp, as of old meters.
        {"type": "measurement", "data": {"power_w": 5}},
    ]
    assert (await pushed_by(talk)).power_w == 5
    assert talk.sent == [
        {"type": "authorization", "data": "secret"},
        {"type": "subscribe", "data": "measurement"},
    ]


@pytest.mark.parametrize(
    ("message", "error"),
    [
        ("[]", errors.P1InvalidAnswer),
        ("no", errors.P1InvalidAnswer),
        (aiohttp.WSMsgType.BINARY, errors.P1InvalidAnswer),
        (aiohttp.WSMsgType.CLOSE, errors.P1Unreachable),
        (aiohttp.WSMsgType.ERROR, errors.P1Unreachable),
        ({"type": "error"}, errors.P1Error),
        ({"type": "error", "data": {"message": "request:too-large"}}, errors.P1Error),
        (
            {"type": "error", "data": {"message": "user:unauthorized"}},
            errors.P1Unauthorized,
        ),
        ({"type": "measurement", "data": []}, errors.P1WithoutValues),
    ],
)
async def test_odd_messages(
    talk: Talk, message: object, error: type[errors.P1Error]
) -> None:
    """Each message that ends the websocket has its own failure."""
    talk.messages.append(message)
    with pytest.raises(errors.P1Error) as caught:
        await pushed_by(talk)
    assert type(caught.value) is error


async def test_end_while_signing_in(talk: Talk) -> None:
    """A websocket that ends when the token is sent is an answer that is missing."""
    talk.is_gone = True
    with pytest.raises(errors.P1Unreachable):
        await pushed_by(talk)

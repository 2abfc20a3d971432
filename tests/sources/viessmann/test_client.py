"""The Viessmann client on the wire: what each answer means, and what it costs."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
import logging

import aiohttp
import pytest

from custom_components.heatpump_monitor.sources.endpoints import ViessmannEndpoints
from custom_components.heatpump_monitor.sources.ranges import Ranges
from custom_components.heatpump_monitor.sources.viessmann import client as viessmann
from custom_components.heatpump_monitor.sources.viessmann.budget import (
    BURST_LIMIT,
    Block,
    CallBudget,
    CallReason,
)
from custom_components.heatpump_monitor.sources.viessmann.client import (
    HeatPumpIdentity,
    Outage,
    ViessmannAuthError,
    ViessmannClient,
    ViessmannError,
    ViessmannNotFound,
    ViessmannRateLimited,
    ViessmannSession,
    ViessmannUnavailable,
)
from custom_components.heatpump_monitor.sources.viessmann.features import (
    heat_pump_reading,
)
from tests.sources.features import Json, feature, sensor, value
from tests.sources.scripted import Reply, Script

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
EXPIRED = Reply(status=401, json={"error": "EXPIRED TOKEN"})
NO_TOKEN = Reply(
    status=401,
    json={
        "statusCode": 401,
        "errorType": "UNAUTHORIZED",
        "message": "Request contain invalid token",
        "error": "NO TOKEN AVAILABLE",
    },
)
HEAT_PUMP = HeatPumpIdentity(
    installation_id=2000001,
    gateway_serial="7571381000000001",
    device_id="0",
    model="CU401B_G",
)
INSTALLATIONS_PATH = "/iot/v2/equipment/installations?includeGateways=true"
FEATURES_PATH = (
    "/iot/v2/features/installations/2000001/gateways/7571381000000001"
    "/features?includeDevicesFeatures=true"
)


def device(
    device_id: str,
    kind: str,
    *roles: object,
    status: str = "Online",
    model: str = HEAT_PUMP.model,
) -> Json:
    """Return a device as the list of installations has it."""
    return {
        "id": device_id,
        "modelId": model,
        "status": status,
        "deviceType": kind,
        "roles": list(roles),
    }


def installation(*devices: Json) -> Json:
    """Return an installation with one gateway."""
    gateway = {"serial": HEAT_PUMP.gateway_serial, "devices": list(devices)}
    return {"id": 2000001, "gateways": [gateway]}


def installations(*devices: Json) -> Reply:
    """Return the list of an account with one gateway."""
    return Reply(json={"data": [installation(*devices)]})


def features(*found: Json) -> Reply:
    """Return the answer to the bulk call."""
    return Reply(json={"data": list(found)})


INSTALLATION = installation(device("0", "heating", "type:boiler", "type:heatpump"))
ONE_HEAT_PUMP = Reply(json={"data": [INSTALLATION]})
DEVICE_2 = {"uri": "https://cloud/iot/v2/gateways/2/devices/2/features/x"}
OUTSIDE = sensor("heating.sensors.temperature.outside", 4.1, "celsius")


class Tokens:
    """A token provider that counts."""

    def __init__(self) -> None:
        """Begin with the first token."""
        self.refreshed = 0
        self.error: ViessmannError | None = None

    async def access_token(self) -> str:
        """Return the newest token."""
        return f"secret-{self.refreshed}"

    async def force_refresh(self) -> None:
        """Renew it."""
        if self.error is not None:
            raise self.error
        self.refreshed += 1


class Account:
    """A client of the scripted cloud, and what is around it."""

    def __init__(self, script: Script, http: aiohttp.ClientSession) -> None:
        """Sign in."""
        self.http = http
        self.script = script
        self.tokens = Tokens()
        self.budget = CallBudget(lambda: NOW, monotonic_s=lambda: 0.0)
        endpoints = ViessmannEndpoints(api_url=f"http://{script.host}/iot/v2")
        session = ViessmannSession(http, self.tokens, self.budget, endpoints)
        self.client = ViessmannClient(session)

    async def heat_pumps(self) -> list[HeatPumpIdentity]:
        """Return the heat pumps."""
        return await self.client.list_heat_pumps()

    async def read(self) -> list[str]:
        """Return the names of the heat pump's features."""
        found = await self.client.read_features(HEAT_PUMP)
        return [each.name for each in found]

    @property
    def paths(self) -> list[str]:
        """Return what was asked for."""
        return [asked.path for asked in self.script.asked]


@pytest.fixture
async def account(
    script: Script, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[Account]:
    """Return an account that has been asked for nothing yet."""
    monkeypatch.delenv("HEATPUMP_MONITOR_FAST", raising=False)
    async with aiohttp.ClientSession() as http:
        yield Account(script, http)


async def test_heat_pumps_only(account: Account, script: Script) -> None:
    """The account's heat pumps are listed with one call, and nothing else is."""
    script.answer(
        installations(
            device("gateway", "vitoconnect", "type:gateway;VitoconnectOpto1"),
            device("0", "heating", "type:boiler", "type:heatpump"),
            device("1", "heating", "type:boiler", "type:heatpump", status="Offline"),
            device("2", "heating", "type:boiler", model="VScotHO1_200"),
            device("3", "ventilation", "type:heatpump"),
        )
    )
    first, second = await account.heat_pumps()
    assert first == HEAT_PUMP
    assert second.device_id == "1"
    assert account.paths == [INSTALLATIONS_PATH]
    assert account.budget.used_day == 1


async def test_an_account_without_heat_pump(account: Account, script: Script) -> None:
    """An empty list is an answer."""
    script.answer(Reply(json={"data": []}))
    assert await account.heat_pumps() == []


async def test_reading_costs_two_calls_and_then_one(
    account: Account, script: Script
) -> None:
    """Only the first reading lists the account; each reading asks anew."""
    other = feature("heating.x", device="1", value=value(1))
    gateways = feature("gateway.wifi") | {"uri": "/gateways/1/features/gateway.wifi"}
    script.answer(
        ONE_HEAT_PUMP, features(OUTSIDE, other, gateways), features(), features(OUTSIDE)
    )
    assert await account.read() == ["heating.sensors.temperature.outside"]
    assert await account.read() == []
    assert await account.read() == ["heating.sensors.temperature.outside"]
    assert account.paths == [INSTALLATIONS_PATH] + [FEATURES_PATH] * 3
    assert {asked.method for asked in script.asked} == {"GET"}
    assert account.budget.used_day == 4


async def test_listing_saves_the_first_call(account: Account, script: Script) -> None:
    """Who has listed the account reads with one call."""
    script.answer(ONE_HEAT_PUMP, features(OUTSIDE))
    await account.heat_pumps()
    await account.read()
    assert account.budget.used_day == 2


async def test_every_call_is_signed(account: Account, script: Script) -> None:
    """The bearer token is sent, the newest one."""
    script.answer(ONE_HEAT_PUMP, EXPIRED, features(OUTSIDE))
    await account.read()
    sent = [asked.headers["Authorization"] for asked in script.asked]
    assert sent == ["Bearer secret-0", "Bearer secret-0", "Bearer secret-1"]
    assert account.budget.used_by_reason == {
        CallReason.REGULAR_READING: 1,
        CallReason.EXTRA_READING: 0,
        CallReason.SIGN_IN: 1,
        CallReason.DEVICE_LIST: 1,
    }


@pytest.mark.parametrize(
    "refusal",
    [
        pytest.param(EXPIRED, id="expired"),
        pytest.param(NO_TOKEN, id="none"),
        pytest.param(Reply(json={"error": "EXPIRED TOKEN"}), id="with a good status"),
        pytest.param(Reply(status=401, html="<h1>401</h1>"), id="html"),
    ],
)
async def test_a_refused_token_is_renewed_once(
    account: Account, script: Script, refusal: Reply
) -> None:
    """One renewal and one more call, which counts as well."""
    script.answer(refusal, ONE_HEAT_PUMP)
    assert await account.heat_pumps() == [HEAT_PUMP]
    assert account.tokens.refreshed == 1
    assert account.budget.used_day == 2


@pytest.mark.parametrize("refusal", [EXPIRED, NO_TOKEN])
async def test_a_token_refused_twice_asks_the_user(
    account: Account, script: Script, refusal: Reply
) -> None:
    """It ends after two calls: no recursion that burns the budget."""
    script.answer(refusal, refusal)
    with pytest.raises(ViessmannAuthError):
        await account.heat_pumps()
    assert len(script.asked) == 2
    assert account.budget.used_day == 2


async def test_a_refused_sign_in_is_tried_with_one_call(
    account: Account, script: Script
) -> None:
    """After a refusal the token is renewed before the call, until one is good."""
    script.answer(EXPIRED, EXPIRED, EXPIRED, ONE_HEAT_PUMP, EXPIRED, ONE_HEAT_PUMP)
    for calls in (2, 3):
        with pytest.raises(ViessmannAuthError):
            await account.heat_pumps()
        assert account.budget.used_day == calls
    assert await account.heat_pumps() == [HEAT_PUMP]
    assert account.budget.used_day == 4
    assert account.tokens.refreshed == 3

    # All is as before: a token that runs out is renewed unseen.
    assert await account.heat_pumps() == [HEAT_PUMP]
    assert account.budget.used_day == 6


@pytest.mark.parametrize(
    "error",
    [ViessmannAuthError("gone"), ViessmannUnavailable(Outage.SERVER_ERROR)],
)
async def test_a_renewal_that_fails(
    account: Account, script: Script, error: ViessmannError
) -> None:
    """What the token provider says is what the caller gets."""
    account.tokens.error = error
    script.answer(EXPIRED)
    with pytest.raises(type(error)):
        await account.heat_pumps()
    assert len(script.asked) == 1


def offline(reason: str) -> Json:
    """Return the body of a failure between cloud and device."""
    return {
        "statusCode": 400,
        "errorType": "DEVICE_COMMUNICATION_ERROR",
        "message": "",
        "extendedPayload": {
            "httpStatusCode": "NotFound",
            "code": "404",
            "reason": reason,
        },
    }


FAILURES = [
    pytest.param(
        Reply(status=400, json=offline("DEVICE_OFFLINE")),
        Outage.DEVICE_OFFLINE,
        id="device offline",
    ),
    pytest.param(
        Reply(status=400, json=offline("GATEWAY_OFFLINE")),
        Outage.GATEWAY_OFFLINE,
        id="gateway offline",
    ),
    pytest.param(
        Reply(status=502, json=offline("INTERNAL_SERVER_ERROR") | {"statusCode": 502}),
        Outage.SERVER_ERROR,
        id="no talk with the device",
    ),
    pytest.param(
        Reply(status=500, json={"statusCode": 500, "errorType": "INTERNAL_ERROR"}),
        Outage.SERVER_ERROR,
        id="internal error",
    ),
    pytest.param(
        Reply(json={"statusCode": 500, "errorType": "INTERNAL_ERROR"}),
        Outage.SERVER_ERROR,
        id="internal error with a good status",
    ),
    pytest.param(
        Reply(status=502, html="<h1>Bad Gateway</h1>"), Outage.SERVER_ERROR, id="html"
    ),
    pytest.param(
        Reply(
            status=403, json={"statusCode": 403, "errorType": "PACKAGE_NOT_PAID_FOR"}
        ),
        Outage.NOT_PAID_FOR,
        id="not in the plan",
    ),
    pytest.param(
        Reply(html="<h1>Maintenance</h1>"), Outage.INVALID_ANSWER, id="a page"
    ),
    pytest.param(Reply(json=[]), Outage.INVALID_ANSWER, id="an array"),
    pytest.param(Reply(json={}), Outage.INVALID_ANSWER, id="no data"),
    pytest.param(Reply(json={"data": None}), Outage.INVALID_ANSWER, id="null data"),
    pytest.param(
        Reply(status=302, html="", headers={"Location": "/elsewhere"}),
        Outage.INVALID_ANSWER,
        id="a redirect",
    ),
    pytest.param(Reply(cut_off=True), Outage.CONNECTION_FAILED, id="cut off"),
]


@pytest.mark.parametrize(("reply", "reason"), FAILURES)
async def test_a_failed_reading(
    account: Account, script: Script, reply: Reply, reason: Outage
) -> None:
    """Each failure has its reason, costs one call, and the next reading works.

    The reading before it is not handed out in its place.
    """
    script.answer(ONE_HEAT_PUMP, features(OUTSIDE), reply, features(OUTSIDE))
    await account.read()
    with pytest.raises(ViessmannUnavailable) as caught:
        await account.read()
    assert caught.value.reason is reason
    assert len(script.asked) == account.budget.used_day == 3
    assert await account.read() == ["heating.sensors.temperature.outside"]


async def test_a_timeout(
    account: Account, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cloud that does not answer in time is not waited for."""
    monkeypatch.setattr(viessmann, "_TIMEOUT_S", 0.05)
    script.answer(Reply(delay_s=0.2), ONE_HEAT_PUMP)
    with pytest.raises(ViessmannUnavailable) as caught:
        await account.heat_pumps()
    assert caught.value.reason is Outage.TIMEOUT


async def test_a_cloud_that_is_not_there(account: Account) -> None:
    """A connection that cannot be made is a failure like others."""
    endpoints = ViessmannEndpoints(api_url="http://127.0.0.1:1")
    session = ViessmannSession(account.http, account.tokens, account.budget, endpoints)
    with pytest.raises(ViessmannUnavailable) as caught:
        await ViessmannClient(session).list_heat_pumps()
    assert caught.value.reason is Outage.CONNECTION_FAILED


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param({"id": 1}, id="without gateways"),
        pytest.param({"id": 1, "gateways": [{"serial": "1"}]}, id="without devices"),
        pytest.param({"id": 1, "gateways": 5}, id="gateways of the wrong type"),
        pytest.param({"id": 1, "gateways": [{"devices": []}]}, id="without serial"),
        pytest.param(
            {"id": 1, "gateways": [{"serial": "1", "devices": [{}, 5]}]},
            id="devices without id",
        ),
        pytest.param(7, id="no installation"),
        pytest.param({"id": "house", "gateways": []}, id="an id that is no number"),
        pytest.param(
            {"id": 1, "registeredAt": "2024-01-01T00:00:99.999Z", "gateways": []},
            id="a date that is none",
        ),
    ],
)
async def test_an_installation_that_is_not_as_described(
    account: Account, script: Script, entry: object
) -> None:
    """What cannot be used is left out, and the next installation is found."""
    script.answer(Reply(json={"data": [entry, INSTALLATION]}))
    assert await account.heat_pumps() == [HEAT_PUMP]


@pytest.mark.parametrize(
    ("missing", "model"),
    [("roles", "CU401B_G"), ("deviceType", "CU401B_G"), ("modelId", "Viessmann")],
)
async def test_a_device_that_is_not_fully_described(
    account: Account, script: Script, missing: str, model: str
) -> None:
    """A heat pump is known by its role or else by its model."""
    described = device("0", "heating", "type:heatpump", 5)
    del described[missing]
    script.answer(installations(described))
    assert await account.heat_pumps() == [replace(HEAT_PUMP, model=model)]


async def test_ids_as_text(account: Account, script: Script) -> None:
    """An installation id may come as a text."""
    script.answer(Reply(json={"data": [INSTALLATION | {"id": "2000001"}]}))
    assert await account.heat_pumps() == [HEAT_PUMP]


async def test_a_list_of_several_pages(account: Account, script: Script) -> None:
    """Each page is one call, and counts."""
    script.answer(
        Reply(json={"data": [], "cursor": {"next": "a/b&c"}}),
        Reply(json={"data": [INSTALLATION], "cursor": {"next": ""}}),
    )
    assert await account.heat_pumps() == [HEAT_PUMP]
    assert account.paths == [
        INSTALLATIONS_PATH,
        f"{INSTALLATIONS_PATH}&cursor=a%2Fb%26c",
    ]
    assert account.budget.used_day == 2


async def test_a_list_without_end(account: Account, script: Script) -> None:
    """A cloud that names a next page for ever does not use up the budget."""
    script.answer(
        *[Reply(json={"data": [INSTALLATION], "cursor": {"next": "again"}})] * 20
    )
    assert await account.heat_pumps() == [HEAT_PUMP]
    assert account.budget.used_day == 10


@pytest.mark.parametrize(
    ("model", "found"),
    [
        ("E3_Vitocal_16", True),
        ("V200WO1A", True),
        ("Vitocaldens_222F", True),
        # What a Vitocaldens 222-F, a hybrid, really says.
        ("CU401B_S", True),
        ("VScotHO1_200", False),
        ("E3_Vitodens_100_0421", False),
        ("E3_ViAir_300F_13", False),
    ],
)
async def test_a_heat_pump_by_its_model(
    account: Account, script: Script, model: str, found: bool
) -> None:
    """Without the role, PyViCare's own list of models decides; it costs no call."""
    boiler = device("0", "heating", "type:boiler", model=model)
    script.answer(installations(boiler))
    assert bool(await account.heat_pumps()) is found
    assert account.budget.used_day == 1


ONE_BASE_NG = installations(
    device("gateway", "vitoconnect", "type:gateway;TCU300", model="E3_TCU10_x07"),
    device("1", "outdoorUnit", "type:OBNG", model="OBNG_OCU"),
    device("0", "systemController", "type:OBNG", model="OBNG_SCU_01"),
    device("2", "indoorUnit", "type:OBNG", model="OBNG_HIOU"),
    device("RoomControl-1", "roomControl", "type:OBNG", model="OBNG_RoomControl"),
)


async def test_a_system_of_several_devices(account: Account, script: Script) -> None:
    """Controller, outdoor and indoor unit of One-Base NG are one heat pump.

    Its features are those of all of them; where two have the same, the one with a
    value counts, and the controller's if both have one.
    """
    supply = "heating.secondaryCircuit.sensors.temperature.supply"
    script.answer(
        ONE_BASE_NG,
        features(
            feature("heating.compressors.0", device="1", active=value(True)),
            feature(supply, device="0", status=value("notConnected")),
            feature("heating.dhw.charging", device="0") | {"isEnabled": False},
            feature("heating.dhw.charging", device="2", active=value(False)),
            sensor(supply, 35, "celsius") | DEVICE_2,
            sensor("heating.sensors.temperature.outside", 4, "celsius"),
            sensor("heating.sensors.temperature.outside", 5, "celsius") | DEVICE_2,
            feature("rooms.0", device="RoomControl-1", active=value(True)),
        ),
    )
    (heat_pump,) = await account.heat_pumps()
    assert heat_pump == replace(HEAT_PUMP, model="OBNG_SCU_01")
    found = await account.client.read_features(heat_pump)
    reading = heat_pump_reading(found, time=NOW, ranges=Ranges())
    assert reading.compressor_on is True
    assert reading.supply_c == 35
    assert reading.hot_water_charging is False
    assert reading.outside_c == 4
    assert len(found) == 4
    assert account.budget.used_day == 2


async def test_an_outdoor_unit_alone(account: Account, script: Script) -> None:
    """A system whose controller is not listed is its outdoor unit."""
    script.answer(
        installations(
            device("2", "indoorUnit", model="OBNG_HIOU"),
            device("1", "outdoorUnit", model="OBNG_OCU"),
        )
    )
    (heat_pump,) = await account.heat_pumps()
    assert (heat_pump.device_id, heat_pump.model) == ("1", "OBNG_OCU")


async def test_parts_of_another_system(account: Account, script: Script) -> None:
    """A controller of something else than a heat pump is none."""
    script.answer(installations(device("0", "systemController", model="Smart_Home")))
    assert await account.heat_pumps() == []


NOT_FOUND = Reply(
    status=404, json={"statusCode": 404, "errorType": "RESOURCE_NOT_FOUND"}
)


@pytest.mark.parametrize("known_before", [True, False])
async def test_a_gateway_that_the_cloud_lists_and_does_not_know(
    account: Account, script: Script, known_before: bool
) -> None:
    """It leads to one look at the account, and then to one call a poll."""
    if known_before:
        script.answer(ONE_HEAT_PUMP, features(OUTSIDE), NOT_FOUND, ONE_HEAT_PUMP)
        await account.read()
    else:
        script.answer(ONE_HEAT_PUMP, NOT_FOUND)
    calls = 4 if known_before else 2
    for more in range(3):
        with pytest.raises(ViessmannNotFound) as caught:
            await account.read()
        assert caught.value.reason is Outage.HEAT_PUMP_MISSING
        assert account.budget.used_day == len(script.asked) == calls + more
        script.answer(NOT_FOUND)
    script.replies.clear()
    script.answer(features(OUTSIDE), NOT_FOUND, ONE_HEAT_PUMP)
    assert await account.read() == ["heating.sensors.temperature.outside"]
    with pytest.raises(ViessmannNotFound):
        await account.read()
    assert account.paths[-1] == INSTALLATIONS_PATH


async def test_a_gateway_that_is_gone(account: Account, script: Script) -> None:
    """While the account does not list it, each poll looks at the account only."""
    script.answer(ONE_HEAT_PUMP, features(OUTSIDE), NOT_FOUND, installations())
    await account.read()
    for calls in (4, 5):
        with pytest.raises(ViessmannUnavailable) as caught:
            await account.read()
        assert caught.value.reason is Outage.HEAT_PUMP_MISSING
        assert account.budget.used_day == len(script.asked) == calls
        script.answer(installations())
    script.replies.clear()
    script.answer(ONE_HEAT_PUMP, features(OUTSIDE))
    assert await account.read() == ["heating.sensors.temperature.outside"]


async def test_a_gateway_that_has_moved(account: Account, script: Script) -> None:
    """The same gateway in another installation is the same heat pump."""
    moved = Reply(json={"data": [INSTALLATION | {"id": 2000002}]})
    answer = features(OUTSIDE)
    script.answer(ONE_HEAT_PUMP, answer, NOT_FOUND, moved, answer, answer)
    for _ in range(3):
        assert await account.read() == ["heating.sensors.temperature.outside"]
    assert "installations/2000002/" in account.paths[-1]
    assert account.budget.used_day == 6


async def test_an_account_that_the_cloud_does_not_know(
    account: Account, script: Script
) -> None:
    """A list that is not found says nothing of the heat pump."""
    script.answer(NOT_FOUND)
    with pytest.raises(ViessmannUnavailable) as caught:
        await account.heat_pumps()
    assert caught.value.reason is Outage.INVALID_ANSWER


async def test_a_heat_pump_that_is_gone(account: Account, script: Script) -> None:
    """A heat pump missing from the account is looked for again at the next poll."""
    script.answer(installations(), ONE_HEAT_PUMP, features(OUTSIDE))
    with pytest.raises(ViessmannUnavailable) as caught:
        await account.read()
    assert caught.value.reason is Outage.HEAT_PUMP_MISSING
    assert await account.read() == ["heating.sensors.temperature.outside"]


def too_many(**payload: object) -> Json:
    """Return the body of a refusal."""
    return {
        "statusCode": 429,
        "errorType": "RATE_LIMIT_EXCEEDED",
        "extendedPayload": {"name": "ViCare day limit", **payload},
    }


@pytest.mark.parametrize(
    ("reply", "wait"),
    [
        pytest.param(
            Reply(
                status=429,
                json=too_many(
                    limitReset=int((NOW + timedelta(hours=5)).timestamp()) * 1000
                ),
            ),
            timedelta(hours=5),
            id="as said",
        ),
        pytest.param(
            Reply(
                json=too_many(
                    limitReset=int((NOW + timedelta(hours=5)).timestamp()) * 1000
                )
            ),
            timedelta(hours=5),
            id="with a good status",
        ),
        pytest.param(
            Reply(
                status=429,
                json=too_many(
                    limitReset=int((NOW + timedelta(days=9)).timestamp()) * 1000
                ),
            ),
            timedelta(days=1),
            id="at most a day",
        ),
        pytest.param(
            Reply(status=429, json=too_many()), timedelta(hours=1), id="not said"
        ),
        pytest.param(
            Reply(status=429, json=too_many(limitReset="soon")),
            timedelta(hours=1),
            id="no moment",
        ),
        pytest.param(
            Reply(status=429, json=too_many(limitReset=1e300)),
            timedelta(hours=1),
            id="no moment of this world",
        ),
        pytest.param(
            Reply(status=429, html="<h1>Too Many Requests</h1>"),
            timedelta(hours=1),
            id="html",
        ),
    ],
)
async def test_a_refused_call_blocks_the_next(
    account: Account, script: Script, reply: Reply, wait: timedelta
) -> None:
    """After a 429 nothing is sent until the cloud's limit is over."""
    script.answer(reply)
    for _ in range(2):
        with pytest.raises(ViessmannRateLimited) as caught:
            await account.heat_pumps()
        assert caught.value.until == NOW + wait
    assert len(script.asked) == 1
    assert account.budget.reset_at == NOW + wait
    assert account.budget.block == Block(
        NOW + wait, None if reply.html else "ViCare day limit"
    )


async def test_a_limit_that_is_over(account: Account, script: Script) -> None:
    """A reset that lies in the past lets the next poll ask."""
    script.answer(Reply(status=429, json=too_many(limitReset=1584462010106)))
    script.answer(ONE_HEAT_PUMP)
    with pytest.raises(ViessmannRateLimited) as caught:
        await account.heat_pumps()
    assert caught.value.until == NOW
    assert await account.heat_pumps() == [HEAT_PUMP]


async def test_an_exhausted_budget_sends_nothing(
    account: Account, script: Script
) -> None:
    """What the budget does not grant does not leave the house."""
    for _ in range(BURST_LIMIT):
        account.budget.take()
    with pytest.raises(ViessmannRateLimited) as caught:
        await account.heat_pumps()
    assert caught.value.until == NOW + timedelta(minutes=10)
    assert script.asked == []


async def test_the_retry_has_to_be_granted_too(
    account: Account, script: Script
) -> None:
    """With one call left, the call after a renewed token is not made."""
    for _ in range(BURST_LIMIT - 1):
        account.budget.take()
    script.answer(EXPIRED)
    with pytest.raises(ViessmannRateLimited):
        await account.heat_pumps()
    assert len(script.asked) == 1


def shown(failure: BaseException | None) -> str:
    """Return the messages of a failure and its causes, as a traceback has them."""
    messages = ""
    while failure is not None:
        messages += repr(failure)
        hidden = failure.__suppress_context__
        failure = failure.__cause__ or (None if hidden else failure.__context__)
    return messages


async def test_no_secret_is_told(
    account: Account, script: Script, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither log nor error shows token, serial or id, and no failure logs an error.

    At level DEBUG, Home Assistant logs every cause of a failure.
    """
    caplog.set_level(logging.DEBUG)
    failures = (EXPIRED, Reply(status=502, html="x"), Reply(cut_off=True))
    script.answer(ONE_HEAT_PUMP, features(OUTSIDE))
    await account.read()
    import_result = ""
    for reply in failures:
        script.answer(reply, reply)
        with pytest.raises(ViessmannError) as caught:
            await account.read()
        import_result += shown(caught.value)
        script.replies.clear()
    ours = [
        each for each in caplog.records if not each.name.startswith(("asyncio", "aioh"))
    ]
    import_result += "".join(each.getMessage() for each in ours)
    for secret in ("secret", HEAT_PUMP.gateway_serial, "2000001"):
        assert secret not in import_result
    assert all(each.levelno < logging.WARNING for each in ours)


async def test_a_cloud_out_of_reach_names_no_serial(account: Account) -> None:
    """The address is part of the cause, and not of our error."""
    session = ViessmannSession(
        account.http,
        account.tokens,
        account.budget,
        ViessmannEndpoints(api_url="http://127.0.0.1:1"),
    )
    path, reason = "/gateways/7571381000000001", CallReason.REGULAR_READING
    with pytest.raises(ViessmannUnavailable) as caught:
        await session.get_json(path, reason)
    assert HEAT_PUMP.gateway_serial not in shown(caught.value)

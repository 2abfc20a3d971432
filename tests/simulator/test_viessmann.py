"""The simulated Viessmann API: installations, features, limits and faults."""

import asyncio
from collections.abc import Callable
from typing import Any, override

import aiohttp
import pytest
from PyViCare import PyViCareAbstractOAuthManager
from PyViCare.PyViCare import PyViCare
from PyViCare.PyViCareAbstractOAuthManager import AbstractViCareOAuthManager
from PyViCare.PyViCareUtils import (
    PyViCareDeviceCommunicationError,
    PyViCareInternalServerError,
    PyViCareInvalidDataError,
    PyViCareRateLimitError,
)
import requests

from simulator import Limits, Simulator, SteppedClock, Variant
from simulator.state import Activity

from .conftest import NOON_S, Api, SteadyPlant, sign_in, steady_plant

SUPPLY = "heating.secondaryCircuit.sensors.temperature.supply"
RETURN = "heating.sensors.temperature.return"


def _plant(sim: Simulator, variant: Variant) -> SteadyPlant:
    plant = sim.plants[variant]
    assert isinstance(plant, SteadyPlant)
    return plant


async def test_installations_hold_more_than_heat_pumps(api: Api) -> None:
    """Each heat pump has its installation and gateway; other devices are beside it."""
    data = (await (await api.installations()).json())["data"]
    devices = [
        [(device["modelId"], device["deviceType"]) for device in gateway["devices"]]
        for installation in data
        for gateway in installation["gateways"]
    ]
    assert [installation["id"] for installation in data] == [2_000_001, 2_000_002]
    assert devices == [
        [("Heatbox1", "vitoconnect"), ("CU401B_G", "heating")],
        [
            ("E3_TCU300_ethernet", "tcu"),
            ("Smart_zigbee_radiator_thermostat_generic_50", "zigbee"),
            ("E3_Vitocal_16", "heating"),
        ],
    ]


async def test_one_installation_can_hold_both(
    clock: SteppedClock, http: aiohttp.ClientSession
) -> None:
    """Both gateways may be in one installation."""
    async with Simulator(
        Variant, clock=clock, make_plant=steady_plant, one_installation=True
    ) as sim:
        api = Api(sim, http, (await sign_in(sim, http))["access_token"])
        data = (await (await api.installations()).json())["data"]
        assert [len(each["gateways"]) for each in data] == [2]
        assert (await api.bulk(Variant.AIR)).status == 200


async def test_account_without_heat_pump(api: Api) -> None:
    """With the fault on, gateways and radiators are left."""
    api.sim.viessmann.faults.no_heat_pump = True
    data = (await (await api.installations()).json())["data"]
    types = {
        device["deviceType"]
        for installation in data
        for gateway in installation["gateways"]
        for device in gateway["devices"]
    }
    assert types == {"vitoconnect", "tcu", "zigbee"}
    assert await api.features() == {}
    api.sim.viessmann.faults.no_heat_pump = False
    assert await api.features()


async def test_brine_features(api: Api) -> None:
    """The brine unit says what a CU401B says, rounded as it rounds."""
    values = await api.values(Variant.BRINE)
    expected = {
        "heating.circuits·enabled": ["1"],
        "heating.circuits.1.sensors.temperature.supply·value": 34.4,
        "heating.compressors.0·active": True,
        "heating.compressors.0·phase": "heating",
        "heating.compressors.0.power·value": 12,
        "heating.compressors.0.sensors.power·value": 44,
        "heating.compressors.0.statistics·hours": 978.4,
        "heating.compressors.0.statistics·starts": 435,
        "heating.cop.total·value": 3.7,
        "heating.dhw.charging·active": False,
        "heating.dhw.sensors.temperature.dhwCylinder·value": 48.2,
        "heating.dhw.sensors.temperature.hotWaterStorage·value": 48.2,
        "heating.bufferCylinder.sensors.temperature.main·value": 33.3,
        "heating.primaryCircuit.sensors.rotation·value": 80,
        "heating.primaryCircuit.sensors.temperature.supply·value": 8.7,
        "heating.primaryCircuit.sensors.temperature.return·value": 4.9,
        "heating.sensors.temperature.outside·value": 3.3,
        f"{SUPPLY}·value": 35,
        f"{RETURN}·value": 30,
        "heating.boiler.sensors.temperature.commonSupply·status": "notConnected",
    }
    assert {name: values.get(name) for name in expected} == expected
    assert type(values[f"{SUPPLY}·value"]) is int
    absent = ("power.consumption", "heat.production", "volumetricFlow", "inverters")
    assert not [name for name in values if any(each in name for each in absent)]
    assert not [name for name in values if name.startswith("heating.circuits.0")]


async def test_air_features(api: Api) -> None:
    """The air unit says what an E3 says, contradictions included."""
    values = await api.values()
    expected = {
        "heating.circuits·enabled": ["0"],
        "heating.compressors.0·active": True,
        "heating.compressors.0·phase": "ready",
        "heating.compressors.0.speed.current·value": 38.5,
        "heating.compressors.0.statistics·hours": 618,
        "heating.inverters.0.sensors.power.output·value": 820,
        "heating.outdoor.defrosting·active": False,
        "heating.secondaryCircuit.operation.state·currentValue": "heating",
        "heating.sensors.temperature.allengra·value": 0,
        "heating.sensors.volumetricFlow.allengra·value": 970,
        "heating.spf.heating·value": 4,
        "heating.valves.fourThreeWay.position·value": "climateCircuitOne",
    }
    assert {name: values.get(name) for name in expected} == expected
    features = await api.features()
    flow = features["heating.sensors.volumetricFlow.allengra"]
    assert flow["properties"]["value"]["unit"] == "liter/hour"
    assert features["heating.circuits.1"]["isEnabled"] is False
    assert features["heating.circuits.1"]["properties"] == {}


async def test_feature_envelope(api: Api) -> None:
    """A feature comes in the real envelope, in the order of names, in real size."""
    response = await api.bulk()
    body = await response.text()
    data = (await response.json())["data"]
    names = [each["feature"] for each in data if each["deviceId"] == "0"]
    outside = next(
        each
        for each in data
        if each["feature"] == "heating.sensors.temperature.outside"
    )
    assert 100_000 < len(body) < 250_000
    assert names == sorted(names)
    assert outside == {
        "apiVersion": 1,
        "commands": {},
        "deviceId": "0",
        "feature": "heating.sensors.temperature.outside",
        "gatewayId": "7571381000000002",
        "isEnabled": True,
        "isReady": True,
        "properties": {
            "status": {"type": "string", "value": "connected"},
            "value": {"type": "number", "unit": "celsius", "value": 3.3},
        },
        "timestamp": "2026-01-15T11:00:00.000Z",
        "uri": "https://api.viessmann-climatesolutions.com/iot/v2/features"
        "/installations/2000002/gateways/7571381000000002/devices/0"
        "/features/heating.sensors.temperature.outside",
    }


@pytest.mark.parametrize(
    ("activity", "valve", "operation", "defrosting"),
    [
        (Activity.STANDBY, "climateCircuitOne", "standby", False),
        (Activity.HEATING, "climateCircuitOne", "heating", False),
        (Activity.HOT_WATER, "domesticHotWater", "heating", False),
        (Activity.DEFROST, "climatCircuitTwoDefrost", "heating", True),
    ],
)
async def test_air_activities(
    api: Api, activity: Activity, valve: str, operation: str, defrosting: bool
) -> None:
    """Valve, operation state and defrost flag tell the activity, in their way."""
    _plant(api.sim, Variant.AIR).changes["activity"] = activity
    values = await api.values()
    assert values["heating.valves.fourThreeWay.position·value"] == valve
    state = values["heating.secondaryCircuit.operation.state·currentValue"]
    assert state == operation
    assert values["heating.outdoor.defrosting·active"] is defrosting


async def test_brine_at_rest_and_charging(api: Api) -> None:
    """Charging and a resting compressor are seen in the brine unit's features."""
    changes = _plant(api.sim, Variant.BRINE).changes
    changes |= {"activity": Activity.HOT_WATER, "compressor_on": False, "modulation": 0}
    values = await api.values(Variant.BRINE)
    assert values["heating.dhw.charging·active"] is True
    assert values["heating.compressors.0·phase"] == "off"
    assert values["heating.compressors.0.sensors.power·value"] == 0


async def test_timestamp_is_the_last_change(api: Api) -> None:
    """Only what has changed gets a new timestamp."""
    await api.features()
    await api.sim.step(300)
    _plant(api.sim, Variant.AIR).changes["supply_c"] = 36.0
    features = await api.features()
    assert features[SUPPLY]["timestamp"] == "2026-01-15T11:05:00.000Z"
    assert features[SUPPLY]["properties"]["value"]["value"] == 36
    assert features[RETURN]["timestamp"] == "2026-01-15T11:00:00.000Z"


async def test_books_follow_the_local_calendar(api: Api) -> None:
    """Days, weeks, months and years are kept by Berlin's midnight."""
    total = (await api.features())["heating.power.consumption.total"]["properties"]
    # 0.7 kW from Monday noon to Thursday noon.
    assert total["day"]["value"] == [8.4, 16.8, 16.8, 8.4, 0, 0, 0, 0]
    assert total["week"]["value"][:2] == [pytest.approx(50.4), 0]
    assert total["month"]["value"] == [pytest.approx(50.4), *[0] * 12]
    assert total["year"]["value"] == [pytest.approx(50.4), 0]
    assert total["dayValueReadAt"]["value"] == "2026-01-15T11:00:00.000Z"

    values = await api.values()
    prefix = "heating.heat.production.summary.heating·"
    assert values[f"{prefix}currentDay"] == 24
    assert values[f"{prefix}lastSevenDays"] == pytest.approx(144)
    assert values[f"{prefix}currentYear"] == pytest.approx(144)
    assert values[f"{prefix}lastYear"] == 0

    await api.sim.step(13 * 3600)
    await api.renew()
    day = (await api.values())["heating.power.consumption.total·day"]
    assert day == [0.7, 16.8, 16.8, 16.8, 8.4, 0, 0, 0]


async def test_books_across_the_change_of_time_and_month(
    http: aiohttp.ClientSession,
) -> None:
    """The day of 23 hours, the month and the ISO week are kept."""
    sunday_noon_s = 1_774_778_400.0
    clock = SteppedClock(sunday_noon_s)
    async with Simulator([Variant.AIR], clock=clock, make_plant=steady_plant) as sim:
        await sim.step(3 * 86_400)
        api = Api(sim, http, (await sign_in(sim, http))["access_token"])
        values = await api.values()
    name = "heating.power.consumption.heating"
    # 0.5 kW: 12 h on Wednesday, 24 h, 24 h, 23 h on Sunday, 24 h, 24 h, 13 h.
    assert values[f"{name}·day"][:6] == [6, 12, 12, 11.5, 12, 12]
    assert values[f"{name}·week"][:2] == [30, 42]
    assert values[f"{name}·month"][:2] == [6, 66]


async def test_registers_tick_in_tenths_of_a_kwh(api: Api) -> None:
    """The books move only with a full 0.1 kWh, and say when they did."""
    before = (await api.features())["heating.power.consumption.summary.heating"]
    await api.sim.step(11 * 60)
    between = (await api.features())["heating.power.consumption.summary.heating"]
    await api.sim.step(60)
    after = (await api.features())["heating.power.consumption.summary.heating"]
    assert between == before
    assert before["properties"]["currentDay"]["value"] == 6
    assert after["properties"]["currentDay"]["value"] == 6.1
    assert after["timestamp"] == "2026-01-15T11:12:00.000Z"


async def test_sums_carry_the_noise_of_floats(api: Api) -> None:
    """Sums are added as the unit adds them, so that noise gets onto the wire."""
    await api.sim.step(2 * 86_400 + 3600)
    await api.renew()
    body = await (await api.bulk()).text()
    assert "0000000001" in body or "9999999" in body


async def test_device_features(api: Api) -> None:
    """One device can be asked alone, and unknown ones are not found."""
    gateway = api.sim.viessmann.gateways[0]
    base = (
        f"/features/installations/{gateway.installation_id}/gateways/{gateway.serial}"
    )
    unit = await api.get(f"{base}/devices/0/features/")
    box = await api.get(f"{base}/features/")
    assert {each["deviceId"] for each in (await unit.json())["data"]} == {"0"}
    assert {each["deviceId"] for each in (await box.json())["data"]} == {"gateway"}
    assert (await api.get(f"{base}/devices/7/features/")).status == 404
    assert (
        await api.get("/features/installations/1/gateways/2/features")
    ).status == 404


async def test_ten_minute_limit(api: Api) -> None:
    """The 121st call in ten minutes is refused until the window ends."""
    for _ in range(120):
        assert (await api.installations()).status == 200
    await api.sim.step(599)
    refused = await api.bulk()
    assert refused.status == 429
    assert await refused.json() == {
        "viErrorId": "req-00000000000000000000000000000000",
        "statusCode": 429,
        "errorType": "RATE_LIMIT_EXCEEDED",
        "message": "API calls rate limit has been exceeded. "
        "Please wait until your limit will renew.",
        "extendedPayload": {
            "name": "ViCare 10 minutes limit",
            "requestCountLimit": 120,
            "clientId": "heat-pump-simulator",
            "userId": "simulated-user",
            "limitReset": int((NOON_S + 600) * 1000),
        },
    }
    await api.sim.step(1)
    assert (await api.bulk()).status == 200
    assert api.sim.viessmann.api_requests == 122


async def test_day_limit(api: Api) -> None:
    """The day's limit ends a day after its first call."""
    api.sim.viessmann.limits = Limits(day=3, ten_minutes=2)
    for _ in range(3):
        assert (await api.installations()).status == 200
        await api.sim.step(600)
    refused = await api.installations()
    assert refused.status == 429
    payload = (await refused.json())["extendedPayload"]
    assert payload["limitReset"] == int((NOON_S + 86_400) * 1000)
    assert payload["requestCountLimit"] == 3
    await api.sim.step(86_400 - 1800)
    await api.renew()
    assert (await api.installations()).status == 200


@pytest.mark.parametrize(
    ("fault", "status", "expected"),
    [
        ("expired_token", 401, '{"error":"EXPIRED TOKEN"}'),
        ("no_token", 401, "NO TOKEN AVAILABLE"),
        ("bad_gateway", 502, "<html>"),
        ("rate_limit", 429, "RATE_LIMIT_EXCEEDED"),
        ("rate_limit_html", 429, "<html>"),
        ("server_error", 500, "INTERNAL_ERROR"),
        ("communication_error", 502, "INTERNAL_SERVER_ERROR"),
        ("device_offline", 400, "DEVICE_OFFLINE"),
        ("gateway_offline", 400, "GATEWAY_OFFLINE"),
    ],
)
async def test_failing_api(api: Api, fault: str, status: int, expected: str) -> None:
    """Each failure has its status and body, and ends when it is switched off."""
    setattr(api.sim.viessmann.faults, fault, True)
    failed = await api.bulk()
    assert failed.status == status
    assert expected in await failed.text()
    setattr(api.sim.viessmann.faults, fault, False)
    assert (await api.bulk()).status == 200


@pytest.mark.parametrize("fault", ["device_offline", "gateway_offline"])
async def test_offline_is_listed(api: Api, fault: str) -> None:
    """The list of installations is still answered, and says who is offline."""
    setattr(api.sim.viessmann.faults, fault, True)
    data = (await (await api.installations()).json())["data"]
    unit = data[0]["gateways"][0]["devices"][-1]
    assert unit["status"] == "Offline"


async def test_hanging_api(api: Api) -> None:
    """A request that hangs ends with the client's patience."""
    api.sim.viessmann.faults.timeout = True
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(api.bulk(), 0.2)
    api.sim.viessmann.faults.timeout = False
    assert (await api.bulk()).status == 200


async def test_frozen_counters(api: Api) -> None:
    """Counters stand still across midnight while temperatures move, then catch up."""
    before = await api.features()
    api.sim.viessmann.faults.frozen_counters = True
    await api.sim.step(20 * 3600)
    await api.renew()
    _plant(api.sim, Variant.AIR).changes["supply_c"] = 40.0
    frozen = await api.features()
    for name in (
        "heating.power.consumption.total",
        "heating.heat.production.summary.heating",
        "heating.compressors.0.statistics",
    ):
        assert frozen[name] == before[name]
    assert frozen[SUPPLY] != before[SUPPLY]
    api.sim.viessmann.faults.frozen_counters = False
    thawed = (await api.values())["heating.power.consumption.heating·day"]
    assert thawed[:2] == [4, 12]


async def test_missing_value(api: Api) -> None:
    """A feature can lose its value, with and without a sensor behind it."""
    speed = "heating.compressors.0.speed.current"
    api.sim.viessmann.faults.missing_value = (SUPPLY, speed)
    features = await api.features()
    assert features[SUPPLY]["properties"] == {
        "status": {"type": "string", "value": "notConnected"}
    }
    assert features[speed]["properties"] == {}
    api.sim.viessmann.faults.missing_value = ()
    assert (await api.values())[f"{SUPPLY}·value"] == 35


async def test_sentinel_zero(api: Api) -> None:
    """A feature can report 0 while it is connected."""
    api.sim.viessmann.faults.sentinel_zero = (RETURN,)
    values = await api.values()
    assert values[f"{RETURN}·value"] == 0
    assert values[f"{RETURN}·status"] == "connected"
    api.sim.viessmann.faults.sentinel_zero = ()
    assert (await api.values())[f"{RETURN}·value"] == 30


class _Manager(AbstractViCareOAuthManager):
    """PyViCare's way to the simulator, that gives up on an expired token."""

    def __init__(self, access_token: str) -> None:
        session = requests.Session()
        session.headers["Authorization"] = f"Bearer {access_token}"
        super().__init__(session)

    @override
    def renewToken(self) -> None:
        raise PermissionError


@pytest.fixture
async def load(api: Api, monkeypatch: pytest.MonkeyPatch) -> Callable[[], PyViCare]:
    """Return what makes PyViCare read the account."""
    monkeypatch.setattr(
        PyViCareAbstractOAuthManager,
        "API_BASE_URL",
        f"{api.sim.viessmann_url}/iot/v2",
    )

    def load() -> PyViCare:
        vicare = PyViCare()
        vicare.loadViaGateway(True)
        vicare.initWithExternalOAuth(_Manager(api.access_token))
        return vicare

    return load


async def test_pyvicare_reads_the_bulk(api: Api, load: Callable[[], PyViCare]) -> None:
    """PyViCare finds both heat pumps and reads them, one request each."""

    def read() -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for config in load().devices:
            if config.device_type != "heating":
                continue
            pump = config.asHeatPump()
            compressor = pump.getCompressor("0")
            found[config.getModel()] = {
                "outside": pump.getOutsideTemperature(),
                "return": pump.getReturnTemperature(),
                "circuits": [circuit.id for circuit in pump.circuits],
                "active": compressor.getActive(),
                "hours": compressor.getHours(),
                "hot water": pump.getDomesticHotWaterStorageTemperature(),
            }
        return found

    found = await asyncio.get_running_loop().run_in_executor(None, read)
    assert found == {
        "CU401B_G": {
            "outside": 3.3,
            "return": 30,
            "circuits": ["1"],
            "active": True,
            "hours": 978.4,
            "hot water": 48.2,
        },
        "E3_Vitocal_16": {
            "outside": 3.3,
            "return": 30,
            "circuits": ["0"],
            "active": True,
            "hours": 618,
            "hot water": 48.2,
        },
    }
    assert api.sim.viessmann.requests["installations"] == 1
    assert api.sim.viessmann.requests["bulk"] == 2


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("expired_token", PermissionError),
        ("no_token", PyViCareInvalidDataError),
        ("rate_limit", PyViCareRateLimitError),
        ("bad_gateway", PyViCareInternalServerError),
        ("server_error", PyViCareInternalServerError),
        ("device_offline", PyViCareDeviceCommunicationError),
        ("gateway_offline", PyViCareDeviceCommunicationError),
    ],
)
async def test_pyvicare_knows_the_errors(
    api: Api, load: Callable[[], PyViCare], fault: str, error: type[Exception]
) -> None:
    """PyViCare takes the bodies for the errors they stand for."""

    def read() -> None:
        config = load().devices[-1]
        setattr(api.sim.viessmann.faults, fault, True)
        config.service.fetch_all_features(config.accessor)

    with pytest.raises(error):
        await asyncio.get_running_loop().run_in_executor(None, read)

"""The sources in front of the simulator: what they read is what is."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime

import aiohttp
import pytest
from yarl import URL

from custom_components.heatpump_monitor.const import DOMAIN
from custom_components.heatpump_monitor.readings import HeatPumpReading
from custom_components.heatpump_monitor.sources.endpoints import viessmann_endpoints
from custom_components.heatpump_monitor.sources.ranges import Ranges
from custom_components.heatpump_monitor.sources.shelly.client import (
    NoEnergyMeter,
    NotAShelly,
    ShellyAuthError,
    ShellyClient,
    ShellyInvalidAnswer,
    ShellyUnreachable,
)
from custom_components.heatpump_monitor.sources.viessmann.budget import CallBudget
from custom_components.heatpump_monitor.sources.viessmann.client import (
    HeatPumpIdentity,
    Outage,
    ViessmannAuthError,
    ViessmannClient,
    ViessmannRateLimited,
    ViessmannSession,
    ViessmannUnavailable,
)
from custom_components.heatpump_monitor.sources.viessmann.features import (
    heat_pump_reading,
)
from custom_components.heatpump_monitor.sources.viessmann.oauth import (
    OAuthTokens,
    Token,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.config_entry_oauth2_flow import (
    LocalOAuth2ImplementationWithPkce,
)
from simulator.shelly import Firmware, Profile, Shelly
from simulator.state import Variant
from simulator.viessmann import CLIENT_ID, Cloud
from simulator.world import Simulator

REDIRECT = "http://127.0.0.1/auth/external/callback"


def now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


async def sign_in(implementation: LocalOAuth2ImplementationWithPkce) -> Token:
    """Return the token that a user gets who allows the access."""
    asked = URL(implementation.authorize_url).with_query(
        response_type="code",
        client_id=CLIENT_ID,
        redirect_uri=REDIRECT,
        scope="IoT offline_access",
        **implementation.extra_authorize_data,
    )
    async with (
        aiohttp.ClientSession() as browser,
        browser.get(asked, allow_redirects=False) as answer,
    ):
        code = URL(answer.headers["Location"]).query["code"]
    return await implementation.async_resolve_external_data(
        {"code": code, "state": {"redirect_uri": REDIRECT}}
    ) | {"expires_at": datetime.now(UTC).timestamp() + 3600}


class House:
    """Both heat pumps, the account that is signed in to them, and a Shelly each."""

    def __init__(
        self, simulator: Simulator, http: aiohttp.ClientSession, tokens: OAuthTokens
    ) -> None:
        """Prepare the client."""
        self.simulator = simulator
        self.budget = CallBudget(now)
        session = ViessmannSession(http, tokens, self.budget, viessmann_endpoints())
        self.client = ViessmannClient(session)

    @property
    def cloud(self) -> Cloud:
        """Return the simulated cloud."""
        return self.simulator.viessmann

    @property
    def shelly(self) -> Shelly:
        """Return the simulated meter of the brine unit."""
        return self.simulator.shellies[Variant.BRINE]

    async def heat_pumps(self) -> list[HeatPumpIdentity]:
        """Return the heat pumps of the account."""
        return await self.client.list_heat_pumps()

    async def read(self, identity: HeatPumpIdentity) -> HeatPumpReading:
        """Return the reading of a heat pump."""
        features = await self.client.read_features(identity)
        return heat_pump_reading(features, time=now(), ranges=Ranges())


@pytest.fixture
async def house(
    hass: HomeAssistant, socket_enabled: None, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[House]:
    """Return a house whose owner has just signed in."""
    async with Simulator((Variant.BRINE, Variant.AIR), running=True) as simulator:
        monkeypatch.setenv("HEATPUMP_MONITOR_VIESSMANN_URL", simulator.viessmann_url)
        endpoints = viessmann_endpoints()
        implementation = LocalOAuth2ImplementationWithPkce(
            hass, DOMAIN, CLIENT_ID, endpoints.authorize_url, endpoints.token_url
        )
        token = await sign_in(implementation)
        tokens = OAuthTokens.for_flow(implementation, token)
        yield House(simulator, async_get_clientsession(hass), tokens)


@pytest.fixture
async def session(socket_enabled: None) -> AsyncGenerator[aiohttp.ClientSession]:
    """Return a session as Home Assistant's."""
    async with aiohttp.ClientSession() as session:
        yield session


async def test_the_heat_pumps_of_the_account(house: House) -> None:
    """Gateways and radiators are no heat pumps."""
    brine, air = await house.heat_pumps()
    assert (brine.model, air.model) == ("CU401B_G", "E3_Vitocal_16")
    assert brine.gateway_serial != air.gateway_serial
    assert house.cloud.api_requests == house.budget.used_day == 1


async def test_the_brine_unit(house: House) -> None:
    """The reading is the state of the plant, as far as the unit tells it."""
    reading = await house.read((await house.heat_pumps())[0])
    plant = house.simulator.plants[Variant.BRINE]
    state = plant.state()
    assert reading.supply_c == pytest.approx(state.supply_c, abs=0.06)
    assert reading.return_c == pytest.approx(state.return_c, abs=0.06)
    assert reading.source_in_c == pytest.approx(state.source_in_c, abs=0.06)
    assert reading.source_out_c == pytest.approx(state.source_out_c, abs=0.06)
    assert reading.outside_c == pytest.approx(state.outside_c, abs=0.06)
    assert reading.hot_water_c == pytest.approx(state.hot_water_c, abs=0.06)
    assert reading.compressor_on is True
    assert reading.modulation_pct == pytest.approx(state.modulation * 100, abs=0.6)
    assert reading.rated_heat_w == plant.rated_heat_w
    assert [circuit.number for circuit in reading.circuits] == ["1"]
    assert reading.flow_lph is None
    assert reading.heat is None


async def test_the_air_unit(house: House) -> None:
    """The reading is the state of the plant, as far as the unit tells it."""
    reading = await house.read((await house.heat_pumps())[1])
    state = house.simulator.plants[Variant.AIR].state()
    assert reading.flow_lph == pytest.approx(state.flow_lph, abs=3)
    assert reading.inverter_w == pytest.approx(state.compressor_w, abs=1)
    assert reading.speed_rps == pytest.approx(state.speed_rps, abs=0.3)
    assert reading.defrosting is False
    assert reading.heat is not None
    assert reading.valve is not None
    assert reading.measured_at is not None
    assert abs((reading.measured_at - now()).total_seconds()) < 60
    assert reading.fault_codes == ()


async def test_start_and_polls_cost_what_they_must(house: House) -> None:
    """Two heat pumps: one call for the account, then one for each reading."""
    identities = await house.heat_pumps()
    for _ in range(2):
        for identity in identities:
            await house.read(identity)
    assert house.cloud.requests["installations"] == 1
    assert house.cloud.requests["bulk"] == 4
    assert house.cloud.api_requests == house.budget.used_day == 5


async def test_a_revoked_token(house: House) -> None:
    """The cloud ends a token before its time: renewed once, and on it goes."""
    identity = (await house.heat_pumps())[0]
    house.cloud.revoke_access()
    await house.read(identity)
    assert house.cloud.requests["token"] == 2
    assert house.cloud.api_requests == house.budget.used_day == 3


@pytest.mark.parametrize("fault", ["expired_token", "no_token"])
async def test_a_token_that_stays_refused(house: House, fault: str) -> None:
    """Two calls, then the user is asked; once it is over, reading works again."""
    identity = (await house.heat_pumps())[0]
    setattr(house.cloud.faults, fault, True)
    with pytest.raises(ViessmannAuthError):
        await house.read(identity)
    assert house.cloud.api_requests == house.budget.used_day == 3
    setattr(house.cloud.faults, fault, False)
    assert (await house.read(identity)).compressor_on


async def test_an_ended_sign_in(house: House) -> None:
    """A refresh token that is refused asks the user."""
    house.cloud.revoke_access()
    house.cloud.faults.invalid_grant = True
    with pytest.raises(ViessmannAuthError):
        await house.heat_pumps()


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("bad_gateway", Outage.SERVER_ERROR),
        ("server_error", Outage.SERVER_ERROR),
        ("communication_error", Outage.SERVER_ERROR),
        ("device_offline", Outage.DEVICE_OFFLINE),
        ("gateway_offline", Outage.GATEWAY_OFFLINE),
    ],
)
async def test_an_outage(house: House, fault: str, reason: Outage) -> None:
    """Each outage is told by its name, and is over when it is over."""
    identity = (await house.heat_pumps())[0]
    setattr(house.cloud.faults, fault, True)
    with pytest.raises(ViessmannUnavailable) as caught:
        await house.read(identity)
    assert caught.value.reason is reason
    setattr(house.cloud.faults, fault, False)
    assert (await house.read(identity)).compressor_on


@pytest.mark.parametrize("fault", ["rate_limit", "rate_limit_html"])
async def test_a_rate_limit(house: House, fault: str) -> None:
    """The cloud's limit is kept without another call."""
    identity = (await house.heat_pumps())[0]
    setattr(house.cloud.faults, fault, True)
    for _ in range(3):
        with pytest.raises(ViessmannRateLimited) as caught:
            await house.read(identity)
    wait_s = (caught.value.until - now()).total_seconds()
    assert wait_s == pytest.approx(3600, abs=30)
    assert house.cloud.api_requests == 2


async def test_a_sensor_without_a_value(house: House) -> None:
    """A missing value and a 0 that is none are unknown, the rest is read."""
    identity = (await house.heat_pumps())[1]
    house.cloud.faults.missing_value = ("heating.sensors.temperature.outside",)
    house.cloud.faults.sentinel_zero = (
        "heating.secondaryCircuit.sensors.temperature.supply",
    )
    reading = await house.read(identity)
    assert reading.outside_c is None
    assert reading.supply_c is None
    assert reading.return_c is not None


async def test_the_meter(house: House, session: aiohttp.ClientSession) -> None:
    """The meter shows the plant's power and energy, phase by phase."""
    shelly = house.shelly
    client = ShellyClient(session, shelly.host)
    info = await client.identify()
    assert (info.identity, info.auth_required) == (shelly.mac, False)
    reading = await client.read(now)
    state = house.simulator.plants[Variant.BRINE].state()
    assert reading.power_w == pytest.approx(sum(state.phases_w), rel=0.02)
    assert [phase.power_w for phase in reading.phases] == pytest.approx(
        list(state.phases_w), rel=0.02, abs=1
    )
    assert reading.energy_wh is not None
    assert reading.returned_wh == 0


async def test_the_meter_by_single_phases(
    house: House, session: aiohttp.ClientSession
) -> None:
    """The same meter in its other profile says the same."""
    client = ShellyClient(session, house.shelly.host)
    triphase = await client.read(now)
    house.shelly.set_profile(Profile.MONOPHASE)
    monophase = await client.read(now)
    assert [phase.name for phase in monophase.phases] == ["a", "b", "c"]
    assert monophase.power_w == pytest.approx(triphase.power_w, rel=0.05)


async def test_a_reversed_clamp(house: House, session: aiohttp.ClientSession) -> None:
    """Told which CT is reversed, the client reads what the plant draws."""
    right = await ShellyClient(session, house.shelly.host).read(now)
    house.shelly.reverse("b")
    turned = ShellyClient(session, house.shelly.host, reversed_phases="b")
    reading = await turned.read(now)
    assert reading.power_w == pytest.approx(right.power_w, rel=0.05)
    assert all(phase.power_w == abs(phase.power_w or 0) for phase in reading.phases)


@pytest.mark.parametrize("firmware", Firmware)
async def test_the_password(
    house: House, session: aiohttp.ClientSession, firmware: Firmware
) -> None:
    """One challenge for many readings; a reboot costs one more, unnoticed."""
    shelly = house.shelly
    shelly.password, shelly.firmware = "right", firmware
    client = ShellyClient(session, shelly.host, "right")
    assert (await client.identify()).auth_required
    for _ in range(3):
        await client.read(now)
    assert shelly.requests["challenge"] == 1
    shelly.reboot()
    await client.read(now)
    assert shelly.requests["challenge"] == 2


@pytest.mark.parametrize("password", ["wrong", "", None])
async def test_a_wrong_password(
    house: House, session: aiohttp.ClientSession, password: str | None
) -> None:
    """A wrong or missing password is told apart, and costs no retry."""
    house.shelly.password = "right"
    client = ShellyClient(session, house.shelly.host, password)
    with pytest.raises(ShellyAuthError):
        await client.read(now)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("unreachable", ShellyUnreachable),
        ("server_error", ShellyInvalidAnswer),
        ("wrong_json", ShellyInvalidAnswer),
        ("not_a_shelly", ShellyInvalidAnswer),
        ("no_meter", NoEnergyMeter),
    ],
)
async def test_a_fault_of_the_meter(
    house: House, session: aiohttp.ClientSession, fault: str, error: type[Exception]
) -> None:
    """Each fault is told by its name, and is over when it is over."""
    client = ShellyClient(session, house.shelly.host, retry_delay_s=0)
    setattr(house.shelly.faults, fault, True)
    with pytest.raises(error):
        await client.read(now)
    setattr(house.shelly.faults, fault, False)
    assert (await client.read(now)).power_w is not None


async def test_something_else_at_the_address(
    house: House, session: aiohttp.ClientSession
) -> None:
    """Other web servers, the simulated cloud among them, are no Shelly."""
    house.shelly.faults.not_a_shelly = True
    cloud = house.simulator.viessmann_url.removeprefix("http://")
    for host in (house.shelly.host, cloud):
        with pytest.raises(NotAShelly):
            await ShellyClient(session, host).identify()

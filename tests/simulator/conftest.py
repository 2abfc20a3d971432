"""A plant whose every value can be checked by hand, and servers in front of it."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, override

import aiohttp
import pytest
from yarl import URL

from simulator import CLIENT_ID, Simulator, SteppedClock, Variant
from simulator.physics.water import capacity_rate_w_per_k
from simulator.state import Activity, Energies, Plant, PlantState
from simulator.viessmann.auth import challenge_of

NOON_S = 1_768_474_800.0
"""Thursday 2026-01-15, 12:00 in Berlin."""
HISTORY_S = 3 * 86_400.0
LOADS = (0.4, 1.0, 0.7, 0.25)
"""The load of the hourly plant, by hours since the epoch and over again."""
RATED_SOURCE_C = {Variant.BRINE: 0.0, Variant.AIR: 2.0}
"""The source at which a rated power holds, beside 35 °C of supply."""
REDIRECT = "http://127.0.0.1/auth/external/callback"
VERIFIER = "a-verifier-that-is-long-enough-for-the-standard"


@dataclass(kw_only=True)
class SteadyPlant(Plant):
    """Draws 600, 300 and 100 W and delivers 2600 W, always."""

    variant: Variant
    origin_epoch_s: float
    rated_heat_w: float = 12_000.0
    changes: dict[str, Any] = field(default_factory=dict)
    """What the next states differ in."""
    now_s: float = 0.0
    backup_heater_s: float = 0.0
    """Run time of the backup heater so far."""

    @override
    def advance(self, epoch_s: float) -> None:
        self.now_s = max(self.now_s, epoch_s)

    @override
    def adjust(self, changes: Mapping[str, float]) -> None:
        """Follow nothing."""

    @override
    def energies_at(self, epoch_s: float) -> Energies:
        assert self.origin_epoch_s <= epoch_s <= self.now_s
        hours = (epoch_s - self.origin_epoch_s) / 3600
        return Energies(
            electricity_wh=1000 * hours,
            phases_wh=(600 * hours, 300 * hours, 100 * hours),
            heating_heat_wh=2000 * hours,
            hot_water_heat_wh=600 * hours,
            heating_electricity_wh=500 * hours,
            hot_water_electricity_wh=200 * hours,
            backup_heater_electricity_wh=0.0,
            backup_heater_heat_wh=0.0,
            run_s=1800 * hours,
            starts=int(hours),
            backup_heater_s=self.backup_heater_s,
        )

    @override
    def state(self) -> PlantState:
        steady = PlantState(
            epoch_s=self.now_s,
            activity=Activity.HEATING,
            compressor_on=True,
            modulation=0.437,
            speed_rps=38.6,
            compressor_w=820.4,
            phases_w=(600.0, 300.0, 100.0),
            phases_v=(230.0, 231.0, 232.0),
            heat_w=2600.0,
            flow_lph=970.4,
            outside_c=3.26,
            supply_c=35.04,
            return_c=30.0,
            source_in_c=8.71,
            source_out_c=4.92,
            buffer_c=33.3,
            hot_water_c=48.2,
            circuit_supply_c=34.4,
            room_c=20.5,
            circuit_pump_on=True,
            circulation_pump_on=True,
            backup_heater_on=False,
            hot_gas_c=62.1,
            suction_gas_c=7.1,
            source_pump_pct=80.0,
            energies=self.energies_at(self.now_s),
        )
        return replace(steady, **self.changes)


def steady_plant(variant: Variant, start_s: float) -> SteadyPlant:
    """Return a plant that was installed three days before the start."""
    return SteadyPlant(variant=variant, origin_epoch_s=start_s - HISTORY_S)


@dataclass(kw_only=True)
class HourlyPlant(SteadyPlant):
    """The steady plant at a load that changes with every hour, and never rests.

    Its flow, its modulation and its counters tell the same heat, as it works where
    its rated power holds.
    """

    @override
    def energies_at(self, epoch_s: float) -> Energies:
        assert epoch_s <= self.now_s
        full_s = _full_load_s(epoch_s) - _full_load_s(self.origin_epoch_s)
        energies = super().energies_at(self.origin_epoch_s + full_s)
        return replace(energies, run_s=epoch_s - self.origin_epoch_s)

    @override
    def state(self) -> PlantState:
        steady = super().state()
        load = LOADS[int(self.now_s // 3600) % len(LOADS)]
        heat_w = 2600.0 * load
        phase_a_w, phase_b_w, phase_c_w = steady.phases_w
        state = replace(
            steady,
            phases_w=(phase_a_w * load, phase_b_w * load, phase_c_w * load),
            heat_w=heat_w,
            modulation=heat_w / self.rated_heat_w,
            supply_c=35.0,
            return_c=30.0,
            source_in_c=RATED_SOURCE_C[self.variant],
            flow_lph=heat_w / (5.0 * capacity_rate_w_per_k(1.0, 30.0)),
        )
        return replace(state, **self.changes)


def _full_load_s(epoch_s: float) -> float:
    """Return how long full load takes for what was done since the epoch."""
    hours, rest_s = divmod(epoch_s, 3600)
    rounds, hour = divmod(int(hours), len(LOADS))
    whole_hours = rounds * sum(LOADS) + sum(LOADS[:hour])
    return whole_hours * 3600 + rest_s * LOADS[hour]


def hourly_plant(variant: Variant, start_s: float) -> HourlyPlant:
    """Return a plant that was installed three days before the start."""
    return HourlyPlant(variant=variant, origin_epoch_s=start_s - HISTORY_S)


@pytest.fixture
def clock() -> SteppedClock:
    """Return a clock that stands at noon."""
    return SteppedClock(NOON_S)


@pytest.fixture
async def sim(clock: SteppedClock, socket_enabled: None) -> AsyncIterator[Simulator]:
    """Return a running simulator with both steady plants."""
    variants = (Variant.BRINE, Variant.AIR)
    async with Simulator(variants, clock=clock, make_plant=steady_plant) as simulator:
        yield simulator


@pytest.fixture
async def http(socket_enabled: None) -> AsyncIterator[aiohttp.ClientSession]:
    """Return an HTTP client."""
    async with aiohttp.ClientSession() as session:
        yield session


async def authorize(
    sim: Simulator, http: aiohttp.ClientSession, **changes: str
) -> aiohttp.ClientResponse:
    """Send the browser to the sign-in, without following it back."""
    query = {
        "response_type": "code",
        "client_id": CLIENT_ID,
        "redirect_uri": REDIRECT,
        "scope": "IoT offline_access",
        "state": "st&te",
        "code_challenge": challenge_of(VERIFIER),
        "code_challenge_method": "S256",
    }
    return await http.get(
        f"{sim.viessmann_url}/idp/v3/authorize",
        params=query | changes,
        allow_redirects=False,
    )


async def post_token(
    sim: Simulator, http: aiohttp.ClientSession, **form: str
) -> aiohttp.ClientResponse:
    """Ask the token endpoint."""
    return await http.post(
        f"{sim.viessmann_url}/idp/v3/token", data={"client_id": CLIENT_ID, **form}
    )


async def sign_in(sim: Simulator, http: aiohttp.ClientSession) -> dict[str, Any]:
    """Sign in and return the tokens."""
    response = await authorize(sim, http)
    code = URL(response.headers["Location"]).query["code"]
    answer = await post_token(
        sim,
        http,
        grant_type="authorization_code",
        code=code,
        redirect_uri=REDIRECT,
        code_verifier=VERIFIER,
    )
    assert answer.status == 200
    tokens: dict[str, Any] = await answer.json()
    return tokens


@dataclass
class Api:
    """The features API as a signed-in client sees it."""

    sim: Simulator
    http: aiohttp.ClientSession
    access_token: str

    async def renew(self) -> None:
        """Sign in again, after time has passed."""
        self.access_token = (await sign_in(self.sim, self.http))["access_token"]

    async def get(self, path: str) -> aiohttp.ClientResponse:
        """Ask the API."""
        return await self.http.get(
            f"{self.sim.viessmann_url}/iot/v2{path}",
            headers={"Authorization": f"Bearer {self.access_token}"},
        )

    async def installations(self) -> aiohttp.ClientResponse:
        """Ask for the account's installations."""
        return await self.get("/equipment/installations?includeGateways=true")

    async def bulk(self, variant: Variant = Variant.AIR) -> aiohttp.ClientResponse:
        """Ask for all features behind a gateway."""
        index = list(self.sim.plants).index(variant)
        gateway = self.sim.viessmann.gateways[index]
        return await self.get(
            f"/features/installations/{gateway.installation_id}"
            f"/gateways/{gateway.serial}/features?includeDevicesFeatures=true"
        )

    async def features(
        self, variant: Variant = Variant.AIR
    ) -> dict[str, dict[str, Any]]:
        """Return the heat pump's features by name."""
        response = await self.bulk(variant)
        assert response.status == 200, await response.text()
        return {
            feature["feature"]: feature
            for feature in (await response.json())["data"]
            if feature["deviceId"] == "0"
        }

    async def values(self, variant: Variant = Variant.AIR) -> dict[str, Any]:
        """Return the heat pump's values as "feature·property"."""
        return {
            f"{name}·{key}": each["value"]
            for name, feature in (await self.features(variant)).items()
            for key, each in feature["properties"].items()
        }


@pytest.fixture
async def api(sim: Simulator, http: aiohttp.ClientSession) -> Api:
    """Return a client that is signed in."""
    tokens = await sign_in(sim, http)
    return Api(sim, http, tokens["access_token"])

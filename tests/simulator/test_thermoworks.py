"""The ThermoWorks cloud: sign-in, documents, faults, and what probes are in."""

from itertools import pairwise
from typing import Any

import aiohttp
import pytest

from simulator import Simulator, SteppedClock
from simulator.thermoworks import ThermoWorksCloud, usual_accounts
from simulator.thermoworks.accounts import PASSWORD
from simulator.thermoworks.documents import DOCUMENTS
from simulator.thermoworks.food import BRISKET, CHICKEN, Freezer, Roast, Smoker

from .conftest import NOON_S

MINUTE_S = 60.0
BRISKET_CHANNEL = "SIG00C4410/channels/1"


class Client:
    """Asks as ThermoWorks' own page does."""

    def __init__(self, sim: Simulator, http: aiohttp.ClientSession) -> None:
        """Open the page."""
        self._url, self._http = sim.thermoworks_url, http
        self.token = ""

    async def sign_in(
        self, email: str = "griller@example.com", password: str = PASSWORD
    ) -> tuple[int, Any]:
        """Sign in; return status and answer."""
        response = await self._http.post(
            f"{self._url}/v1/accounts:signInWithPassword?key=public",
            json={"email": email, "password": password, "returnSecureToken": True},
        )
        content = await response.json()
        self.token = content.get("idToken", "")
        return response.status, content

    async def get(self, path: str) -> tuple[int, Any]:
        """Ask for a document."""
        response = await self._http.get(
            f"{self._url}/v1/{DOCUMENTS}/{path}",
            headers={"authorization": f"Bearer {self.token}"},
        )
        is_json = response.content_type == "application/json"
        return response.status, await response.json() if is_json else None

    async def channel(self, path: str = BRISKET_CHANNEL) -> dict[str, Any]:
        """Return the fields of a channel."""
        status, document = await self.get(f"devices/{path}")
        assert status == 200
        fields: dict[str, Any] = document["fields"]
        return fields


@pytest.fixture
async def client(sim: Simulator, http: aiohttp.ClientSession) -> Client:
    """Return somebody who has signed in."""
    client = Client(sim, http)
    assert (await client.sign_in())[0] == 200
    return client


async def test_web_config(sim: Simulator, http: aiohttp.ClientSession) -> None:
    """The application is known to whoever has its key and comes from its page."""
    url = f"{sim.thermoworks_url}/v1alpha/projects/-/apps/1:2:web:3/webConfig"
    headers = {"x-goog-api-key": "public", "referer": "https://cloud.thermoworks.com/"}
    response = await http.get(url, headers=headers)
    assert (await response.json())["projectId"]
    assert (await http.get(url)).status == 400
    headers.pop("referer")
    assert (await http.get(url, headers=headers)).status == 403


@pytest.mark.parametrize(
    ("email", "password", "message"),
    [
        ("griller@example.com", "wrong", "INVALID_LOGIN_CREDENTIALS"),
        ("nobody@example.com", PASSWORD, "INVALID_LOGIN_CREDENTIALS"),
        ("griller", PASSWORD, "INVALID_EMAIL"),
    ],
)
async def test_refused(client: Client, email: str, password: str, message: str) -> None:
    """A sign-in is refused with a reason."""
    status, content = await client.sign_in(email, password)
    assert (status, content["error"]["message"]) == (400, message)
    assert content["error"]["errors"][0]["message"] == message


async def test_tokens_run_out(
    sim: Simulator, http: aiohttp.ClientSession, client: Client
) -> None:
    """A token is valid for an hour, and is renewed by the other."""
    _, signed_in = await client.sign_in()
    await sim.step(3599)
    await client.channel()
    await sim.step(1)
    assert (await client.get("users/u-griller"))[0] == 401
    refresh = {
        "grant_type": "refresh_token",
        "refresh_token": signed_in["refreshToken"],
    }
    url = f"{sim.thermoworks_url}/v1/token"
    client.token = (await (await http.post(url, json=refresh)).json())["id_token"]
    await client.channel()
    sim.thermoworks.faults.refresh_refused = True
    assert (await http.post(url, json=refresh)).status == 400


async def test_documents(client: Client) -> None:
    """Values are in the types of Firestore: whole numbers are texts."""
    _, user = await client.get("users/u-griller")
    assert user["fields"]["accountId"] == {"stringValue": "a-griller"}
    _, device = await client.get("devices/SIG00C4410")
    assert device["fields"]["battery"] == {"integerValue": "88"}
    assert device["fields"]["lastTelemetrySaved"] == {
        "timestampValue": "2026-01-15T11:00:00.000Z"
    }
    pit = await client.channel("SIG00C4410/channels/2")
    assert pit["units"] == {"stringValue": "C"}
    assert (await client.get("devices/SIG00C4410/channels/5"))[0] == 404


async def test_accounts_are_apart(client: Client) -> None:
    """Nobody sees the devices of another account."""
    assert (await client.get("devices/5C:2F:AF:10:77:0B"))[0] == 404
    assert (await client.get("users/u-family"))[0] == 403


async def test_devices_send_at_their_own_pace(sim: Simulator, client: Client) -> None:
    """Between two transmissions nothing changes."""
    first = await client.channel()
    await sim.step(59)
    assert await client.channel() == first
    await sim.step(1)
    second = await client.channel()
    assert second["lastTelemetrySaved"] != first["lastTelemetrySaved"]


async def test_unplugged(sim: Simulator, client: Client) -> None:
    """The value of a probe that is gone stays, while its device goes on."""
    sim.thermoworks.faults.unplugged = ("SIG00C4410_1",)
    before = await client.channel()
    await sim.step(3000)
    assert await client.channel() == before
    _, device = await client.get("devices/SIG00C4410")
    assert device["fields"]["lastSeen"] == {
        "timestampValue": "2026-01-15T11:50:00.000Z"
    }
    sim.thermoworks.faults.unplugged = ()
    assert await client.channel() != before


async def test_stale_device(sim: Simulator, client: Client) -> None:
    """A device that is out of reach says nothing new at all."""
    sim.thermoworks.faults.stale = ("SIG00C4410",)
    before = await client.get("devices/SIG00C4410"), await client.channel()
    await sim.step(3000)
    assert (await client.get("devices/SIG00C4410"), await client.channel()) == before


async def test_units_and_missing_values(sim: Simulator, client: Client) -> None:
    """The owner can choose °F; what was never plugged in is null."""
    celsius = (await client.channel())["value"]["doubleValue"]
    sim.thermoworks.faults.units = "F"
    fahrenheit = (await client.channel())["value"]["doubleValue"]
    assert fahrenheit == pytest.approx(celsius * 1.8 + 32, abs=0.2)
    assert (await client.channel("5C:2F:AF:10:2F:91/channels/2"))["units"] == {
        "stringValue": "H"
    }
    empty = await client.channel("SIG00C4410/channels/4")
    assert empty["value"] == {"nullValue": None}


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        ("server_error", 503),
        ("rate_limit", 429),
        ("unauthorized", 401),
        ("forbidden", 403),
    ],
)
async def test_faults(
    sim: Simulator, http: aiohttp.ClientSession, client: Client, fault: str, status: int
) -> None:
    """Faults are switched by the control port."""
    url = f"{sim.control_url}/control"
    command = {"fault": fault, "target": "thermoworks"}
    assert (await http.post(url, json=command)).status == 200
    assert (await client.get("users/u-griller"))[0] == status
    await http.post(url, json=command | {"on": False})
    assert (await client.get("users/u-griller"))[0] == 200


async def test_control(
    sim: Simulator, http: aiohttp.ClientSession, client: Client
) -> None:
    """Faults of single probes name them; unknown faults are refused."""
    url = f"{sim.control_url}/control"
    faults = sim.thermoworks.faults
    await http.post(url, json={"fault": "unplugged", "probes": ["SMK00A17F2_1"]})
    await http.post(url, json={"fault": "stale"})
    await http.post(url, json={"fault": "units"})
    await http.post(url, json={"fault": "slow_s", "value": 0.01})
    assert faults.unplugged == ("SMK00A17F2_1",)
    assert faults.stale == ("SIG00C4410",)
    assert (faults.units, faults.slow_s) == ("F", 0.01)
    await http.post(url, json={"fault": "revoked_tokens"})
    assert (await client.get("users/u-griller"))[0] == 401
    odd = {"fault": "reboot", "target": "thermoworks"}
    assert (await http.post(url, json=odd)).status == 400
    shown = await (await http.get(url)).json()
    assert shown["thermoworks"]["requests"]["user"] == 1
    truth = await (await http.get(f"{sim.control_url}/truth")).json()
    assert truth["thermoworks"]["SIG00C4410_1"] == pytest.approx(58.7, abs=2)


def test_stall() -> None:
    """A brisket stands still between 60 and 75 °C for hours, and goes on to the end."""
    smoker = Smoker(seed=1, start_s=0.0)
    roast = Roast(BRISKET, smoker, 0.0)
    core_c = [roast.value(minute * MINUTE_S) for minute in range(14 * 60)]
    assert core_c[0] == 5.0
    assert max(core_c) == pytest.approx(BRISKET.done_c, abs=2)
    per_hour = [(now, core_c[at + 60] - now) for at, now in enumerate(core_c[:-60])]
    stalled = [now for now, rise_k in per_hour if 0 < rise_k < 3 and now < 85]
    assert 2 * 60 <= len(stalled) <= 5 * 60
    assert all(60 < now < 75 for now in stalled)
    assert all(abs(after - before) < 1 for before, after in pairwise(core_c))
    # The next piece is as cold as the first.
    assert roast.value(BRISKET.cycle_s) == 5.0


def test_chicken_is_done_within_hours() -> None:
    """A chicken in a hot kettle does not stall."""
    kettle = Smoker(seed=1, start_s=-1800.0, set_c=160.0)
    roast = Roast(CHICKEN, kettle, 0.0)
    core_c = [roast.value(minute * MINUTE_S) for minute in range(4 * 60)]
    done = next(minute for minute, now in enumerate(core_c) if now >= 74)
    assert 60 <= done <= 180
    assert core_c[-1] < max(core_c)


def test_smoker_and_freezer() -> None:
    """Air swings about what is set; a freezer stays cold, but for its defrost."""
    smoker = Smoker(seed=1, start_s=0.0)
    hot_c = [smoker.value(minute * MINUTE_S) for minute in range(60, 600)]
    assert sum(hot_c) / len(hot_c) == pytest.approx(115, abs=3)
    assert min(hot_c) < 95
    assert max(hot_c) < 121
    freezer = Freezer(seed=1)
    cold_c = [freezer.value(minute * MINUTE_S) for minute in range(24 * 60)]
    assert sum(cold_c) / len(cold_c) == pytest.approx(-18, abs=1)
    assert min(cold_c) > -21
    assert -14 < max(cold_c) < -9


def test_same_seed_same_temperatures() -> None:
    """What probes measure depends on the seed and the time alone."""
    first, second = (
        ThermoWorksCloud(usual_accounts(1, NOON_S), clock=SteppedClock(NOON_S))
        for _ in range(2)
    )
    assert first.truth() == second.truth()

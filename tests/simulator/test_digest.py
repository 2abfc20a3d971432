"""Signing in to the simulated Shelly, with old and new firmware."""

from collections.abc import AsyncIterator
import hashlib
import re

import aiohttp
import pytest

from simulator import Firmware, Shelly, Simulator, Variant
from simulator.shelly.digest import NONCE_LIFE_S, NONCE_USES

PASSWORD = "s3cret"
TARGET = "/rpc/EM.GetStatus?id=0"


@pytest.fixture(params=list(Firmware))
def shelly(sim: Simulator, request: pytest.FixtureRequest) -> Shelly:
    """Return a meter that asks for a password."""
    meter = sim.shellies[Variant.AIR]
    meter.set_password(PASSWORD, request.param)
    return meter


@pytest.fixture
async def signed(socket_enabled: None) -> AsyncIterator[aiohttp.ClientSession]:
    """Return an HTTP client that knows the password."""
    digest = aiohttp.DigestAuthMiddleware("admin", PASSWORD)
    async with aiohttp.ClientSession(middlewares=(digest,)) as session:
        yield session


def _hash(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()


def _answer(shelly: Shelly, challenge: str, count: int) -> dict[str, str]:
    """Return the header that answers a challenge, by RFC 7616 3.4.1."""
    nonce = re.findall(r'nonce="([^"]+)"', challenge)[0]
    secret = _hash(f"admin:{shelly.device_id}:{PASSWORD}")
    target = _hash(f"GET:{TARGET}")
    response = _hash(f"{secret}:{nonce}:{count:08x}:client:auth:{target}")
    return {
        "Authorization": f'Digest username="admin", realm="{shelly.device_id}", '
        f'nonce="{nonce}", uri="{TARGET}", response="{response}", '
        f'algorithm=SHA-256, qop=auth, nc={count:08x}, cnonce="client"'
    }


async def _challenge(http: aiohttp.ClientSession, shelly: Shelly) -> str:
    response = await http.get(f"http://{shelly.host}{TARGET}")
    assert response.status == 401
    return response.headers["WWW-Authenticate"]


async def test_identity_needs_no_password(
    http: aiohttp.ClientSession, shelly: Shelly
) -> None:
    """Who the device is can be asked by anyone, in every way."""
    host = f"http://{shelly.host}"
    frame = {"id": 1, "method": "Shelly.GetDeviceInfo"}
    identity = await (await http.get(f"{host}/shelly")).json()
    by_path = await (await http.get(f"{host}/rpc/Shelly.GetDeviceInfo")).json()
    by_frame = await (await http.post(f"{host}/rpc", json=frame)).json()
    assert identity["auth_en"] is True
    assert identity["auth_domain"] == shelly.device_id
    assert identity == by_path == by_frame["result"]


async def test_everything_else_does(
    http: aiohttp.ClientSession, shelly: Shelly
) -> None:
    """Without the password there are no values and no history."""
    host = f"http://{shelly.host}"
    frame = {"id": 1, "method": "EM.GetStatus", "params": {"id": 0}}
    assert (await http.get(f"{host}/rpc/Shelly.GetStatus")).status == 401
    assert (await http.post(f"{host}/rpc", json=frame)).status == 401
    assert (await http.get(f"{host}/emdata/0/data.csv")).status == 401


async def test_aiohttp_signs_in(signed: aiohttp.ClientSession, shelly: Shelly) -> None:
    """The middleware that the integration uses gets in with one challenge."""
    url = f"http://{shelly.host}"
    frame = {"id": 1, "method": "EM.GetStatus", "params": {"id": 0}}
    for _ in range(5):
        assert (await signed.get(f"{url}{TARGET}")).status == 200
    assert (await signed.post(f"{url}/rpc", json=frame)).status == 200
    history = await signed.get(f"{url}/emdata/0/data.csv?ts=0&end_ts=0")
    assert (await history.text()).startswith("timestamp,")
    assert shelly.requests["challenge"] == 1


async def test_wrong_password(
    socket_enabled: None, signed: aiohttp.ClientSession, shelly: Shelly
) -> None:
    """A wrong password is refused, and not called stale."""
    digest = aiohttp.DigestAuthMiddleware("admin", "wrong")
    async with aiohttp.ClientSession(middlewares=(digest,)) as session:
        response = await session.get(f"http://{shelly.host}{TARGET}")
    assert response.status == 401
    assert "stale" not in response.headers["WWW-Authenticate"]
    shelly.set_password("changed", shelly.firmware)
    assert (await signed.get(f"http://{shelly.host}{TARGET}")).status == 401
    shelly.set_password(None)
    assert (await signed.get(f"http://{shelly.host}{TARGET}")).status == 200


async def test_nonce_styles(http: aiohttp.ClientSession, shelly: Shelly) -> None:
    """Old firmware's nonce is the time, new firmware's is padded base64."""
    challenge = await _challenge(http, shelly)
    patterns = {Firmware.OLD: "[0-9a-f]{8}", Firmware.NEW: "[A-Za-z0-9+/]{22}=="}
    pattern = patterns[shelly.firmware]
    assert re.fullmatch(
        f'Digest qop="auth", realm="{shelly.device_id}", nonce="{pattern}", '
        "algorithm=SHA-256",
        challenge,
    )


async def test_hours_of_polls(
    sim: Simulator, signed: aiohttp.ClientSession, shelly: Shelly
) -> None:
    """The client stays signed in: new firmware asks anew once an hour."""
    for _ in range(8 * 4):
        assert (await signed.get(f"http://{shelly.host}{TARGET}")).status == 200
        await sim.step(900)
    challenges = {Firmware.OLD: 1, Firmware.NEW: 8}
    assert shelly.requests["challenge"] == challenges[shelly.firmware]


async def test_nonce_ends(
    sim: Simulator, http: aiohttp.ClientSession, shelly: Shelly
) -> None:
    """New firmware calls a nonce stale when it is old, replayed or used up."""
    url = f"http://{shelly.host}{TARGET}"
    challenge = await _challenge(http, shelly)

    async def answer(count: int) -> aiohttp.ClientResponse:
        return await http.get(url, headers=_answer(shelly, challenge, count))

    strict = shelly.firmware is Firmware.NEW
    assert (await answer(5)).status == 200
    for count in (5, 4, NONCE_USES + 1):
        assert (await answer(count)).status == (401 if strict else 200)
    assert (await answer(6)).status == 200
    await sim.step(NONCE_LIFE_S)
    late = await answer(7)
    assert late.status == (401 if strict else 200)
    assert ("stale=true" in late.headers.get("WWW-Authenticate", "")) is strict


async def test_reboot_forgets_sessions(
    signed: aiohttp.ClientSession, http: aiohttp.ClientSession, shelly: Shelly
) -> None:
    """After a reboot an old nonce is stale, and the client gets in again."""
    url = f"http://{shelly.host}{TARGET}"
    challenge = await _challenge(http, shelly)
    assert (await signed.get(url)).status == 200
    shelly.reboot()
    replayed = await http.get(url, headers=_answer(shelly, challenge, 1))
    assert "stale=true" in replayed.headers["WWW-Authenticate"]
    assert (await signed.get(url)).status == 200


@pytest.mark.parametrize(
    "header",
    ["Basic YWRtaW46eA==", "Digest", f'Digest username="admin", uri="{TARGET}"'],
)
async def test_other_headers(
    http: aiohttp.ClientSession, shelly: Shelly, header: str
) -> None:
    """Anything but a whole digest is refused."""
    response = await http.get(
        f"http://{shelly.host}{TARGET}", headers={"Authorization": header}
    )
    assert response.status == 401

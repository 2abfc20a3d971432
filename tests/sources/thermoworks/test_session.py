"""The session that the library is given: addresses, time limits, refusals."""

from datetime import timedelta

import aiohttp
import pytest
from yarl import URL

from custom_components.heatpump_monitor.sources.base import SourceError
from custom_components.heatpump_monitor.sources.thermoworks.errors import (
    ThermoWorksBusy,
    ThermoWorksInvalidAnswer,
    ThermoWorksSignInOver,
)
from custom_components.heatpump_monitor.sources.thermoworks.session import (
    ThermoWorksSession,
)
from tests.sources.scripted import Reply, Script

SIGN_IN = "https://identitytoolkit.googleapis.com/v1/accounts:signInWithPassword"
DOCUMENTS = (
    "https://firestore.googleapis.com/v1/projects/p/databases/(default)/documents"
)


async def _ask(
    script: Script, reply: Reply, url: str = SIGN_IN
) -> aiohttp.ClientResponse:
    script.answer(reply)
    async with aiohttp.ClientSession() as http:
        session = ThermoWorksSession(http, f"http://{script.host}/cloud")
        return await session.request("get", url, params={"key": "k"})


async def test_another_server(script: Script) -> None:
    """Host and scheme are replaced; path and query stay."""
    for path in ("devices/5C:2F/channels/1", ":runQuery"):
        await _ask(script, Reply(json={}), f"{DOCUMENTS}{path}?alt=1")
    await _ask(script, Reply(json={}))
    prefix = "/cloud/v1/projects/p/databases/(default)/documents"
    assert [each.path for each in script.asked] == [
        f"{prefix}devices/5C:2F/channels/1?alt=1&key=k",
        f"{prefix}:runQuery?alt=1&key=k",
        "/cloud/v1/accounts:signInWithPassword?key=k",
    ]


async def test_the_real_hosts_are_the_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without another server, the library's addresses are asked; certificates count."""
    asked: list[tuple[object, dict[str, object]]] = []

    async def request(_: object, method: str, url: URL, **how: object) -> None:
        asked.append((url, how))
        raise TimeoutError

    monkeypatch.setattr(aiohttp.ClientSession, "_request", request)
    async with aiohttp.ClientSession() as http:
        with pytest.raises(SourceError):
            await ThermoWorksSession(http, None).request("post", SIGN_IN)
    ((url, how),) = asked
    assert url == URL(SIGN_IN)
    assert how["allow_redirects"] is False
    assert how["timeout"] == aiohttp.ClientTimeout(total=15)
    assert "ssl" not in how


async def test_missing_documents_are_an_answer(script: Script) -> None:
    """A channel that there is not ends the list of channels."""
    assert (await _ask(script, Reply(status=404, json={}))).status == 404


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (
            Reply(status=302, headers={"Location": "https://hotel.example"}),
            ThermoWorksInvalidAnswer,
        ),
        (Reply(status=400, html="<h1>Bad</h1>"), ThermoWorksInvalidAnswer),
        (
            Reply(status=400, json={"error": {"message": "OPERATION_NOT_ALLOWED"}}),
            ThermoWorksInvalidAnswer,
        ),
        (Reply(status=400, json=["error"]), ThermoWorksInvalidAnswer),
        (Reply(status=401, json={}), ThermoWorksSignInOver),
    ],
)
async def test_refusals(script: Script, reply: Reply, error: type[SourceError]) -> None:
    """What is no known refusal is an odd answer, and no wrong password."""
    with pytest.raises(SourceError) as raised:
        await _ask(script, reply)
    assert type(raised.value) is error
    assert len(script.asked) == 1


@pytest.mark.parametrize(
    ("retry_after", "wait"),
    [
        ("30", timedelta(seconds=30)),
        ("999999999999", timedelta(hours=6)),
        ("Thu, 15 Jan 2026 12:00:00 GMT", timedelta(minutes=15)),
    ],
)
async def test_how_long_to_wait(
    script: Script, retry_after: str, wait: timedelta
) -> None:
    """The cloud says how long to wait, within reason."""
    with pytest.raises(ThermoWorksBusy) as raised:
        await _ask(script, Reply(status=429, headers={"Retry-After": retry_after}))
    assert raised.value.wait == wait

"""Signing in to the simulated Viessmann cloud."""

import aiohttp
import pytest
from yarl import URL

from simulator import Simulator
from simulator.viessmann.auth import ACCESS_LIFE_S, CODE_LIFE_S, REFRESH_LIFE_S

from .conftest import REDIRECT, VERIFIER, Api, authorize, post_token, sign_in


async def _code(sim: Simulator, http: aiohttp.ClientSession) -> str:
    response = await authorize(sim, http)
    return URL(response.headers["Location"]).query["code"]


async def _exchange(
    sim: Simulator, http: aiohttp.ClientSession, bought: str, **changes: str
) -> aiohttp.ClientResponse:
    form = {
        "grant_type": "authorization_code",
        "code": bought,
        "redirect_uri": REDIRECT,
        "code_verifier": VERIFIER,
    }
    return await post_token(sim, http, **form | changes)


async def test_browser_goes_straight_back(
    sim: Simulator, http: aiohttp.ClientSession
) -> None:
    """The sign-in leads back to the app with a code and the untouched state."""
    response = await authorize(sim, http)
    back = URL(response.headers["Location"])
    assert response.status == 302
    assert str(back.with_query(None)) == REDIRECT
    assert back.query["state"] == "st&te"
    assert back.query["code"]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"client_id": "someone"}, "Invalid client_id."),
        ({"redirect_uri": "nowhere"}, "Invalid redirection URI."),
        ({"response_type": "token"}, "Unsupported response_type."),
        ({"scope": "offline_access"}, "Invalid scope."),
        ({"code_challenge_method": "plain"}, "PKCE with S256 is required."),
        ({"code_challenge": ""}, "PKCE with S256 is required."),
    ],
)
async def test_wrong_sign_in_stays_at_the_cloud(
    sim: Simulator,
    http: aiohttp.ClientSession,
    change: dict[str, str],
    problem: str,
) -> None:
    """Each mistake of an app is named, and nobody is sent anywhere."""
    response = await authorize(sim, http, **change)
    assert response.status == 400
    assert await response.json() == {
        "error": "invalid_request",
        "error_description": problem,
    }


async def test_consent_page_asks_and_obeys(
    sim: Simulator, http: aiohttp.ClientSession
) -> None:
    """With the fault on, a page asks first; its answers lead back either way."""
    sim.viessmann.faults.consent = True
    page = await authorize(sim, http)
    allowed = await authorize(sim, http, consent="yes")
    denied = await authorize(sim, http, consent="no")
    assert page.status == 200
    assert "consent=yes" in await page.text()
    assert "code" in URL(allowed.headers["Location"]).query
    assert URL(denied.headers["Location"]).query["error"] == "access_denied"


async def test_code_buys_tokens_once(
    sim: Simulator, http: aiohttp.ClientSession
) -> None:
    """A code gives tokens for an hour and is then worth nothing."""
    code = await _code(sim, http)
    first = await _exchange(sim, http, code)
    tokens = await first.json()
    assert tokens["expires_in"] == ACCESS_LIFE_S
    assert tokens["token_type"] == "Bearer"
    assert tokens["refresh_token"]
    second = await _exchange(sim, http, code)
    assert (second.status, await second.json()) == (400, {"error": "invalid_grant"})


@pytest.mark.parametrize(
    "change",
    [
        {"code_verifier": "another"},
        {"redirect_uri": "http://127.0.0.1/elsewhere"},
        {"code": "invented"},
    ],
)
async def test_code_is_bound(
    sim: Simulator, http: aiohttp.ClientSession, change: dict[str, str]
) -> None:
    """A code is worth nothing without its verifier and address."""
    code = await _code(sim, http)
    response = await _exchange(sim, http, code, **change)
    assert await response.json() == {"error": "invalid_grant"}


async def test_code_lives_twenty_seconds(
    sim: Simulator, http: aiohttp.ClientSession
) -> None:
    """A code that waits is worth nothing."""
    code = await _code(sim, http)
    await sim.step(CODE_LIFE_S)
    assert (await _exchange(sim, http, code)).status == 400


async def test_no_offline_access_no_refresh_token(
    sim: Simulator, http: aiohttp.ClientSession
) -> None:
    """Without the scope there is no refresh token."""
    response = await authorize(sim, http, scope="IoT User")
    code = URL(response.headers["Location"]).query["code"]
    tokens = await (await _exchange(sim, http, code)).json()
    assert "refresh_token" not in tokens


async def test_access_ends_after_an_hour_and_is_renewed(
    sim: Simulator, http: aiohttp.ClientSession, api: Api
) -> None:
    """An old access token is answered with the real body; a refresh helps."""
    tokens = await sign_in(sim, http)
    await sim.step(ACCESS_LIFE_S)
    expired = await api.installations()
    assert (expired.status, await expired.json()) == (401, {"error": "EXPIRED TOKEN"})
    answer = await post_token(
        sim,
        http,
        grant_type="refresh_token",
        refresh_token=tokens["refresh_token"],
    )
    renewed = await answer.json()
    assert renewed["refresh_token"] == tokens["refresh_token"]
    assert (await Api(sim, http, renewed["access_token"]).installations()).status == 200


async def test_refresh_token_may_be_left_out_or_rotate(
    sim: Simulator, http: aiohttp.ClientSession
) -> None:
    """An answer may lack the refresh token, or bring one that ends the last."""
    first = (await sign_in(sim, http))["refresh_token"]

    async def refresh(token: str) -> aiohttp.ClientResponse:
        return await post_token(
            sim, http, grant_type="refresh_token", refresh_token=token
        )

    sim.viessmann.faults.no_refresh_token = True
    assert "refresh_token" not in await (await refresh(first)).json()
    sim.viessmann.faults.no_refresh_token = False
    sim.viessmann.faults.rotated_refresh_token = True
    second = (await (await refresh(first)).json())["refresh_token"]
    assert second != first
    assert (await refresh(first)).status == 400
    assert (await refresh(second)).status == 200


async def test_refresh_ends_after_half_a_year(
    sim: Simulator, http: aiohttp.ClientSession
) -> None:
    """A refresh token is worth nothing after 180 days."""
    token = (await sign_in(sim, http))["refresh_token"]
    await sim.step(REFRESH_LIFE_S)
    response = await post_token(
        sim, http, grant_type="refresh_token", refresh_token=token
    )
    assert await response.json() == {"error": "invalid_grant"}


async def test_tokens_outlive_the_simulator(
    sim: Simulator, http: aiohttp.ClientSession
) -> None:
    """A second simulator accepts the tokens of the first."""
    tokens = await sign_in(sim, http)
    async with Simulator([], clock=sim.clock) as second:
        api = Api(second, http, tokens["access_token"])
        assert (await api.installations()).status == 200


async def test_revoked_access_is_renewed(
    sim: Simulator, http: aiohttp.ClientSession, api: Api
) -> None:
    """Access revoked at the cloud is expired; new tokens work."""
    sim.viessmann.revoke_access()
    assert await (await api.installations()).json() == {"error": "EXPIRED TOKEN"}
    tokens = await sign_in(sim, http)
    fresh = Api(sim, http, tokens["access_token"])
    assert (await fresh.installations()).status == 200


@pytest.mark.parametrize("token", ["", "garbage", "a.b"])
async def test_no_token(
    sim: Simulator, http: aiohttp.ClientSession, token: str
) -> None:
    """Without a token of the cloud's own the real body says so."""
    response = await Api(sim, http, token).installations()
    assert response.status == 401
    assert (await response.json())["error"] == "NO TOKEN AVAILABLE"


async def test_refresh_token_opens_no_features(
    sim: Simulator, http: aiohttp.ClientSession
) -> None:
    """Only an access token opens the API."""
    token = (await sign_in(sim, http))["refresh_token"]
    assert (await Api(sim, http, token).installations()).status == 401


async def test_token_faults(sim: Simulator, http: aiohttp.ClientSession) -> None:
    """Refused and failing refreshes look as the real ones do, and end."""
    token = (await sign_in(sim, http))["refresh_token"]

    async def refresh() -> aiohttp.ClientResponse:
        return await post_token(
            sim, http, grant_type="refresh_token", refresh_token=token
        )

    faults = sim.viessmann.faults
    faults.invalid_grant = True
    refused = await refresh()
    assert (refused.status, await refused.json()) == (400, {"error": "invalid_grant"})
    faults.invalid_grant, faults.token_server_error = False, True
    assert (await refresh()).status == 500
    faults.token_server_error, faults.token_timeout = False, True
    with pytest.raises(TimeoutError):
        await http.post(
            f"{sim.viessmann_url}/idp/v3/token",
            timeout=aiohttp.ClientTimeout(total=0.2),
        )
    faults.token_timeout = False
    assert (await refresh()).status == 200


async def test_token_endpoint_refuses_strangers(
    sim: Simulator, http: aiohttp.ClientSession
) -> None:
    """Another client, or another kind of grant, gets nothing."""
    stranger = await post_token(sim, http, client_id="someone")
    password = await post_token(sim, http, grant_type="password")
    assert await stranger.json() == {"error": "invalid_client"}
    assert await password.json() == {"error": "unsupported_grant_type"}

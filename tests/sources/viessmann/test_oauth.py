"""The access token, kept by Home Assistant and used from the executor."""

import asyncio
import time

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_monitor.const import DOMAIN
from custom_components.heatpump_monitor.sources.viessmann import oauth
from custom_components.heatpump_monitor.sources.viessmann.client import (
    Outage,
    ViessmannAuthError,
    ViessmannError,
    ViessmannUnavailable,
)
from custom_components.heatpump_monitor.sources.viessmann.oauth import OAuthTokens
from homeassistant.core import HomeAssistant
from homeassistant.helpers.config_entry_oauth2_flow import (
    LocalOAuth2ImplementationWithPkce,
    OAuth2Session,
)
from tests.sources.scripted import Reply, Script

RENEWED = {"access_token": "new", "token_type": "Bearer", "expires_in": 3600}


def token(lifetime_s: float = 3600) -> dict[str, object]:
    """Return a token that lives so long."""
    return {
        "access_token": "old",
        "refresh_token": "refresh-old",
        "expires_in": 3600,
        "expires_at": time.time() + lifetime_s,
        "scope": "IoT offline_access",
    }


def implementation(
    hass: HomeAssistant, script: Script
) -> LocalOAuth2ImplementationWithPkce:
    """Return a sign-in whose token endpoint plays the script."""
    return LocalOAuth2ImplementationWithPkce(
        hass, DOMAIN, "client", "http://unused", f"http://{script.host}/idp/v3/token"
    )


@pytest.fixture
def entry(hass: HomeAssistant) -> MockConfigEntry:
    """Return a config entry with a token that has expired."""
    entry = MockConfigEntry(
        domain=DOMAIN, data={"host": "1.2.3.4", "token": token(lifetime_s=-1)}
    )
    entry.add_to_hass(hass)
    return entry


@pytest.fixture
def tokens(hass: HomeAssistant, script: Script, entry: MockConfigEntry) -> OAuthTokens:
    """Return the provider of the entry's token."""
    session = OAuth2Session(hass, entry, implementation(hass, script))
    return OAuthTokens.for_entry(session)


async def test_a_valid_token_is_used(
    hass: HomeAssistant, script: Script, entry: MockConfigEntry, tokens: OAuthTokens
) -> None:
    """As long as the clock says it is good, nothing is renewed."""
    hass.config_entries.async_update_entry(entry, data={"token": token()})
    assert await tokens.access_token() == "old"
    assert script.asked == []


async def test_an_expired_token_is_renewed(
    hass: HomeAssistant, script: Script, entry: MockConfigEntry, tokens: OAuthTokens
) -> None:
    """The new token is in the entry, beside all else, before it is used."""
    script.answer(Reply(json=RENEWED | {"refresh_token": "refresh-new"}))
    assert await tokens.access_token() == "new"
    assert script.asked[0].form == {
        "grant_type": "refresh_token",
        "client_id": "client",
        "refresh_token": "refresh-old",
    }
    assert entry.data["host"] == "1.2.3.4"
    stored = entry.data["token"]
    assert stored["access_token"] == "new"
    assert stored["refresh_token"] == "refresh-new"
    assert stored["scope"] == "IoT offline_access"
    assert stored["expires_at"] == pytest.approx(time.time() + 3600, abs=60)


async def test_a_token_about_to_expire_is_renewed(
    hass: HomeAssistant, script: Script, entry: MockConfigEntry, tokens: OAuthTokens
) -> None:
    """A token that would expire on its way is no use."""
    hass.config_entries.async_update_entry(entry, data={"token": token(lifetime_s=5)})
    script.answer(Reply(json=RENEWED))
    assert await tokens.access_token() == "new"


@pytest.mark.parametrize("sent", [{}, {"refresh_token": None}, {"refresh_token": ""}])
async def test_the_refresh_token_is_kept(
    hass: HomeAssistant,
    script: Script,
    entry: MockConfigEntry,
    tokens: OAuthTokens,
    sent: dict[str, object],
) -> None:
    """An answer without a refresh token leaves the old one in force."""
    script.answer(Reply(json=RENEWED | sent))
    await tokens.access_token()
    assert entry.data["token"]["refresh_token"] == "refresh-old"


async def test_a_forced_renewal(
    hass: HomeAssistant, script: Script, entry: MockConfigEntry, tokens: OAuthTokens
) -> None:
    """A token that the clock thinks good is renewed all the same."""
    hass.config_entries.async_update_entry(entry, data={"token": token()})
    script.answer(Reply(json=RENEWED))
    await tokens.force_refresh()
    assert entry.data["token"]["access_token"] == "new"
    assert await tokens.access_token() == "new"
    assert len(script.asked) == 1


async def test_readings_renew_once(
    hass: HomeAssistant, script: Script, tokens: OAuthTokens
) -> None:
    """Several readings that find the token expired renew it once."""
    script.answer(Reply(json=RENEWED, delay_s=0.1))
    used = await asyncio.gather(*(tokens.access_token() for _ in range(3)))
    assert used == ["new"] * 3
    assert len(script.asked) == 1


async def test_before_there_is_an_entry(hass: HomeAssistant, script: Script) -> None:
    """In the config flow the token is a dictionary, and is renewed in it."""
    held = token(lifetime_s=-1)
    tokens = OAuthTokens.for_flow(implementation(hass, script), held)
    script.answer(Reply(json=RENEWED))
    assert await tokens.access_token() == "new"
    assert held["access_token"] == "new"
    assert held["refresh_token"] == "refresh-old"


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(Reply(status=400, json={"error": "invalid_grant"}), id="400"),
        pytest.param(Reply(status=401, html="<h1>401</h1>"), id="401"),
    ],
)
async def test_a_refused_refresh_token_asks_the_user(
    hass: HomeAssistant,
    script: Script,
    entry: MockConfigEntry,
    tokens: OAuthTokens,
    reply: Reply,
) -> None:
    """Only a refusal needs a new sign-in; the stored token stays as it is."""
    before = entry.data["token"]
    script.answer(reply)
    with pytest.raises(ViessmannAuthError):
        await tokens.access_token()
    assert entry.data["token"] == before


async def test_without_a_refresh_token_the_user_is_asked(
    hass: HomeAssistant, script: Script
) -> None:
    """A token that cannot be renewed needs a new sign-in."""
    held = token(lifetime_s=-1)
    del held["refresh_token"]
    tokens = OAuthTokens.for_flow(implementation(hass, script), held)
    with pytest.raises(ViessmannAuthError):
        await tokens.access_token()
    assert script.asked == []


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        pytest.param(Reply(status=500, html="x"), Outage.SERVER_ERROR, id="500"),
        pytest.param(Reply(status=429, json={}), Outage.SERVER_ERROR, id="429"),
        pytest.param(Reply(status=403, html="x"), Outage.INVALID_ANSWER, id="403"),
        pytest.param(Reply(html="<h1>Hello</h1>"), Outage.INVALID_ANSWER, id="html"),
        pytest.param(
            Reply(html="{", content_type="application/json"),
            Outage.INVALID_ANSWER,
            id="no JSON",
        ),
        pytest.param(Reply(cut_off=True), Outage.CONNECTION_FAILED, id="cut off"),
        pytest.param(
            Reply(json={"expires_in": 3600}), Outage.CONNECTION_FAILED, id="no token"
        ),
        pytest.param(
            Reply(json=RENEWED | {"access_token": 5}),
            Outage.INVALID_ANSWER,
            id="a token of the wrong type",
        ),
        pytest.param(
            Reply(json=RENEWED | {"expires_in": "long"}),
            Outage.CONNECTION_FAILED,
            id="no lifetime",
        ),
    ],
)
async def test_an_outage_does_not_ask_the_user(
    hass: HomeAssistant,
    script: Script,
    entry: MockConfigEntry,
    tokens: OAuthTokens,
    reply: Reply,
    reason: Outage,
) -> None:
    """A token endpoint that is down keeps the sign-in, and the next try works."""
    before = entry.data["token"]
    script.answer(reply)
    with pytest.raises(ViessmannUnavailable) as caught:
        await tokens.access_token()
    assert caught.value.reason is reason
    assert entry.data["token"] == before

    script.answer(Reply(json=RENEWED))
    assert await tokens.access_token() == "new"


async def test_a_token_endpoint_that_hangs(
    hass: HomeAssistant,
    script: Script,
    tokens: OAuthTokens,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is not waited for."""
    monkeypatch.setattr(oauth, "_TIMEOUT_S", 0.05)
    script.answer(Reply(json=RENEWED, delay_s=0.3))
    with pytest.raises(ViessmannUnavailable) as caught:
        await tokens.force_refresh()
    assert caught.value.reason is Outage.TIMEOUT


async def test_no_token_is_told(
    hass: HomeAssistant, script: Script, tokens: OAuthTokens
) -> None:
    """An error does not show the tokens."""
    script.answer(Reply(status=400, json={"error": "invalid_grant"}))
    with pytest.raises(ViessmannError) as caught:
        await tokens.access_token()
    assert "old" not in repr(caught.value) + repr(caught.value.__cause__)

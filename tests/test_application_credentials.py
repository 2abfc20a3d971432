"""The dialog for the API client, and the sign-in it leads to."""

import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator
from yarl import URL

from custom_components.heatpump_monitor.application_credentials import (
    async_get_auth_implementation,
)
from custom_components.heatpump_monitor.const import DOMAIN
from homeassistant.components.application_credentials import ClientCredential
from homeassistant.core import HomeAssistant
from homeassistant.core_config import async_process_ha_core_config

MY = "https://my.home-assistant.io/redirect/oauth"


@pytest.mark.usefixtures("current_request_with_host")
async def test_sign_in(hass: HomeAssistant) -> None:
    """Viessmann is asked for a token that can be renewed, with PKCE, without a secret."""
    implementation = await async_get_auth_implementation(
        hass, DOMAIN, ClientCredential("the-client-id", "ignored")
    )
    url = URL(await implementation.async_generate_authorize_url("flow id"))
    assert url.host == "iam.viessmann-climatesolutions.com"
    assert url.query["client_id"] == "the-client-id"
    assert url.query["scope"] == "IoT offline_access"
    assert url.query["code_challenge_method"] == "S256"
    assert url.query["code_challenge"]
    assert implementation.client_secret == ""


@pytest.mark.parametrize(
    ("credential", "name"),
    [
        (ClientCredential("the-client-id", "", "Cellar"), "Cellar"),
        (ClientCredential("the-client-id", ""), "the-client-id"),
    ],
)
async def test_name(
    hass: HomeAssistant, credential: ClientCredential, name: str
) -> None:
    """Who has several API clients can tell them apart."""
    implementation = await async_get_auth_implementation(hass, DOMAIN, credential)
    assert implementation.name == name


async def shown(hass_ws_client: WebSocketGenerator) -> dict[str, str]:
    """Return the addresses that the dialog shows."""
    client = await hass_ws_client()
    await client.send_json_auto_id({"type": "application_credentials/config"})
    answer = await client.receive_json()
    placeholders: dict[str, str] = answer["result"]["integrations"][DOMAIN][
        "description_placeholders"
    ]
    assert URL(placeholders["portal_url"]).host == (
        "app.developer.viessmann-climatesolutions.com"
    )
    return placeholders


@pytest.mark.usefixtures("api_client")
async def test_redirect_by_my(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator
) -> None:
    """With My Home Assistant the redirect URI is the same for everybody."""
    hass.config.components.add("my")
    assert (await shown(hass_ws_client))["redirect_uri"] == MY


@pytest.mark.usefixtures("api_client")
async def test_own_redirect(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator
) -> None:
    """Without it, the redirect URI follows the address of Home Assistant."""
    await async_process_ha_core_config(hass, {"internal_url": "http://10.0.0.5:8123"})
    redirect_uri = (await shown(hass_ws_client))["redirect_uri"]
    assert redirect_uri == "http://10.0.0.5:8123/auth/external/callback"


@pytest.mark.usefixtures("api_client")
async def test_unknown_address(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator
) -> None:
    """Where Home Assistant does not know its own address, the usual one is shown."""
    hass.config.api = None
    redirect_uri = (await shown(hass_ws_client))["redirect_uri"]
    assert redirect_uri == "http://homeassistant.local:8123/auth/external/callback"

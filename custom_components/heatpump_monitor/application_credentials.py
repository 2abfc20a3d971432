"""Sign-in to Viessmann: the owner's own API client, with PKCE and without a secret."""

from typing import override

from homeassistant.components.application_credentials import ClientCredential
from homeassistant.core import HomeAssistant
from homeassistant.helpers.config_entry_oauth2_flow import (
    AUTH_CALLBACK_PATH,
    MY_AUTH_CALLBACK_PATH,
    LocalOAuth2ImplementationWithPkce,
)
from homeassistant.helpers.network import NoURLAvailableError, get_url

from .sources.endpoints import viessmann_endpoints

DEVELOPER_PORTAL_URL = "https://app.developer.viessmann-climatesolutions.com"

# Without offline_access Viessmann gives no refresh token.
SCOPES = "IoT offline_access"


class ViessmannImplementation(LocalOAuth2ImplementationWithPkce):
    """OAuth2 with PKCE against the Viessmann account."""

    def __init__(
        self, hass: HomeAssistant, auth_domain: str, credential: ClientCredential
    ) -> None:
        """Take the client id; Viessmann knows no secret for such a client."""
        endpoints = viessmann_endpoints()
        super().__init__(
            hass,
            auth_domain,
            credential.client_id,
            endpoints.authorize_url,
            endpoints.token_url,
        )
        self._credential = credential

    @property
    @override
    def name(self) -> str:
        """Return what tells this API client from another one."""
        return self._credential.name or self.client_id

    @property
    @override
    def extra_authorize_data(self) -> dict[str, str]:
        """Return the PKCE challenge and the scopes."""
        return {**super().extra_authorize_data, "scope": SCOPES}


async def async_get_auth_implementation(
    hass: HomeAssistant, auth_domain: str, credential: ClientCredential
) -> ViessmannImplementation:
    """Return the sign-in for one API client."""
    return ViessmannImplementation(hass, auth_domain, credential)


async def async_get_description_placeholders(hass: HomeAssistant) -> dict[str, str]:
    """Return the addresses that the dialog for a new API client names."""
    return {"portal_url": DEVELOPER_PORTAL_URL, "redirect_uri": _redirect_uri(hass)}


def _redirect_uri(hass: HomeAssistant) -> str:
    """Return the redirect URI that the sign-in will most likely use.

    The real one follows the address in the user's browser, which is not known yet.
    """
    if "my" in hass.config.components:
        return MY_AUTH_CALLBACK_PATH
    try:
        base = get_url(hass)
    except NoURLAvailableError:
        base = "http://homeassistant.local:8123"
    return f"{base}{AUTH_CALLBACK_PATH}"

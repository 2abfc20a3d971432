"""The access token of the Viessmann account, kept by Home Assistant.

The one module of the sources that knows Home Assistant.
"""

import asyncio
from collections.abc import Callable
from http import HTTPStatus
import time
from typing import Any, Final, Self

from homeassistant.exceptions import (
    OAuth2TokenRequestConnectionError,
    OAuth2TokenRequestError,
    OAuth2TokenRequestReauthError,
    OAuth2TokenRequestTransientError,
)
from homeassistant.helpers.config_entry_oauth2_flow import (
    AbstractOAuth2Implementation,
    OAuth2Session,
)

from ..json_values import number, text
from .client import Outage, ViessmannAuthError, ViessmannUnavailable

_TIMEOUT_S: Final = 31
# A token is renewed while it still has so long to live: the way takes time, and
# a call with an expired one is a call lost.
_MARGIN_S: Final = 60

# How the token endpoint refuses a refresh token or a client. Source: RFC 6749, 5.2.
_REFUSED: Final = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED})

# As Home Assistant types it: whatever the token endpoint answered.
type Token = dict[str, Any]


class OAuthTokens:
    """A token provider for the Viessmann session."""

    def __init__(
        self,
        implementation: AbstractOAuth2Implementation,
        load: Callable[[], Token],
        store: Callable[[Token], None],
    ) -> None:
        """Use `for_entry` or `for_flow`."""
        self._implementation = implementation
        self._load = load
        self._store = store
        # A refresh token may be used only once.
        self._lock = asyncio.Lock()

    @classmethod
    def for_entry(cls, session: OAuth2Session) -> Self:
        """Provide the token of a config entry, and keep renewed ones in it."""
        hass, entry = session.hass, session.config_entry

        def store(token: Token) -> None:
            hass.config_entries.async_update_entry(
                entry, data={**entry.data, "token": token}
            )

        return cls(session.implementation, lambda: session.token, store)

    @classmethod
    def for_flow(
        cls, implementation: AbstractOAuth2Implementation, token: Token
    ) -> Self:
        """Provide a token that no config entry holds yet; renew it in place."""
        return cls(implementation, lambda: token, token.update)

    async def access_token(self) -> str:
        """Return a token that is valid by the clock, renewing it if need be."""
        async with self._lock:
            expires_at = number(self._load().get("expires_at")) or 0
            if expires_at < time.time() + _MARGIN_S:
                await self._async_refresh()
        return str(self._load()["access_token"])

    async def force_refresh(self) -> None:
        """Renew the token, whatever the clock says."""
        async with self._lock:
            await self._async_refresh()

    async def _async_refresh(self) -> None:
        token = self._load()
        new = await self._async_new_token(token)
        if text(new.get("access_token")) is None:
            raise ViessmannUnavailable(Outage.INVALID_ANSWER)
        # An answer may leave the refresh token out.
        refresh_token = text(new.get("refresh_token")) or token["refresh_token"]
        # Stored before anybody uses it: the old refresh token may be void from now
        # on, and a crash must not lose the new one.
        self._store({**token, **new, "refresh_token": refresh_token})

    async def _async_new_token(self, token: Token) -> Token:
        """Return the answer of the token endpoint.

        Only a refusal of the refresh token itself asks the user to sign in; the
        token endpoint is known to be down at times.
        """
        if text(token.get("refresh_token")) is None:
            raise ViessmannAuthError("There is no refresh token")
        try:
            async with asyncio.timeout(_TIMEOUT_S):
                return await self._implementation.async_refresh_token(dict(token))
        except OAuth2TokenRequestReauthError as err:
            if err.status not in _REFUSED:
                # Said by what stands before the token endpoint.
                raise ViessmannUnavailable(Outage.INVALID_ANSWER) from err
            raise ViessmannAuthError("The refresh token is refused") from err
        except OAuth2TokenRequestTransientError as err:
            raise ViessmannUnavailable(Outage.SERVER_ERROR) from err
        except OAuth2TokenRequestConnectionError as err:
            raise ViessmannUnavailable(Outage.CONNECTION_FAILED) from err
        except TimeoutError as err:
            raise ViessmannUnavailable(Outage.TIMEOUT) from err
        except (OAuth2TokenRequestError, ValueError) as err:
            # No JSON, in spite of a good status.
            raise ViessmannUnavailable(Outage.INVALID_ANSWER) from err

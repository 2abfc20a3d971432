"""The HTTP session that the library for ThermoWorks is given.

The library sets no time limits, leaves answers unread, and knows some errors of
Firebase only. All of that is done here, once for each request.
"""

from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
import json as json_format
from typing import Final

import aiohttp
from yarl import URL

from ..base import SourceError
from ..json_values import mapping, text
from . import errors

_TIMEOUT: Final = aiohttp.ClientTimeout(total=15)
_USUAL_WAIT: Final = timedelta(minutes=15)
_LONGEST_WAIT: Final = timedelta(hours=6)

_SIGN_IN: Final = ":signInWithPassword"
_REFRESH: Final = "/v1/token"
# Firebase does not say which of the two is wrong, unless the project asks it to.
_REFUSALS: Final[Mapping[str, type[SourceError]]] = {
    "INVALID_LOGIN_CREDENTIALS": errors.ThermoWorksWrongPassword,
    "INVALID_PASSWORD": errors.ThermoWorksWrongPassword,
    "MISSING_PASSWORD": errors.ThermoWorksWrongPassword,
    "EMAIL_NOT_FOUND": errors.ThermoWorksUnknownEmail,
    "INVALID_EMAIL": errors.ThermoWorksUnknownEmail,
    "MISSING_EMAIL": errors.ThermoWorksUnknownEmail,
    "USER_DISABLED": errors.ThermoWorksDisabled,
}
_TOO_MANY: Final = "TOO_MANY_ATTEMPTS_TRY_LATER"


class ThermoWorksSession:
    """Asks for the library: within a time limit, at one address, judged."""

    def __init__(self, http: aiohttp.ClientSession, base_url: str | None) -> None:
        """Prepare; `base_url` is that of another server, None for the real ones."""
        self._http = http
        self._base = None if base_url is None else URL(base_url)

    async def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        json: object = None,
        params: Mapping[str, str] | None = None,
    ) -> aiohttp.ClientResponse:
        """Return an answer that is read, and worth parsing; raise a `SourceError`.

        No cause is kept: it names the address, with the ids of the account.
        """
        try:
            response = await self._http.request(
                method,
                self._address(url),
                headers=headers,
                json=json,
                params=params,
                # The real cloud never sends one elsewhere.
                allow_redirects=False,
                timeout=_TIMEOUT,
            )
            body = await response.read()
        except aiohttp.ClientError, TimeoutError:
            raise errors.ThermoWorksUnreachable from None
        if (problem := _problem(response, body)) is not None:
            raise problem
        return response

    def _address(self, url: str) -> URL:
        """Return where to ask; the paths of the four hosts are all different."""
        real = URL(url)
        if self._base is None:
            return real
        return self._base.joinpath(real.path.lstrip("/")).with_query(real.query)


def _problem(response: aiohttp.ClientResponse, body: bytes) -> SourceError | None:
    """Return what is wrong with an answer; 404 is an answer, too."""
    status = response.status
    if status in {HTTPStatus.OK, HTTPStatus.NOT_FOUND}:
        return None
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return errors.ThermoWorksBusy(_wait(response.headers.get("Retry-After")))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return errors.ThermoWorksError(f"HTTP status {status}")
    path = response.url.path
    if status == HTTPStatus.BAD_REQUEST and path.endswith(_SIGN_IN):
        return _refusal(body)
    is_refresh = status == HTTPStatus.BAD_REQUEST and path.endswith(_REFRESH)
    if status == HTTPStatus.UNAUTHORIZED or is_refresh:
        return errors.ThermoWorksSignInOver("The sign-in is over")
    return errors.ThermoWorksInvalidAnswer(f"HTTP status {status}")


def _refusal(body: bytes) -> SourceError:
    """Return why a sign-in is refused; the reason may be followed by a sentence."""
    try:
        content = mapping(json_format.loads(body))
    except RecursionError, ValueError:
        content = {}
    message = text(mapping(content.get("error")).get("message")) or ""
    reason = message.partition(" ")[0]
    if reason == _TOO_MANY:
        return errors.ThermoWorksBusy(_USUAL_WAIT)
    if (kind := _REFUSALS.get(reason)) is not None:
        return kind()
    return errors.ThermoWorksInvalidAnswer("The sign-in was refused without a reason")


def _wait(retry_after: str | None) -> timedelta:
    if retry_after is None or not retry_after.isdecimal():
        return _USUAL_WAIT
    return min(timedelta(seconds=min(int(retry_after), 86_400)), _LONGEST_WAIT)

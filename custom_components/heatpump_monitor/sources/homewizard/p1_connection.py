"""The local API v2 of a P1 meter: by TLS, with a token.

The device's certificate is signed by HomeWizard and names the device. Not by the
library's client, which takes an error for a measurement without values, asks three
times while nobody else can, and writes the token into the log; of the library is the
certificate of HomeWizard's CA.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from functools import cache
from http import HTTPStatus
import ssl
from typing import Final

import aiohttp
from homewizard_energy.v2.cacert import CACERT
from yarl import URL

from ..base import SourceError
from ..endpoints import ca_file
from ..http_json import Answer, answer_of
from ..json_values import mapping, text
from . import p1_errors as errors
from .client import HomeWizardApiDisabled, HomeWizardIsP1, HomeWizardMeter

# Two attempts and the pause between them end before the next poll is due.
TIMEOUT_S: Final = 4.0
# Without it, the device answers by the newest version that it has.
_VERSION: Final[Mapping[str, str]] = {"X-Api-Version": "2"}
_MOST_BYTES_OF_MESSAGE: Final = 100_000
_IDENTIFIER: Final = "appliance/p1dongle/"
# Numbers of OpenSSL, x509_vfy.h.
_WRONG_TIME: Final = frozenset({9, 10})
_WRONG_NAME: Final = 62


class P1Connection:
    """Asks a P1 meter, whose certificate must name it."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        host: str,
        identifier: str,
        token: str | None = None,
    ) -> None:
        """Prepare; nothing is asked for yet.

        Args:
            host: Name or address, with a port if it is not 443.
            identifier: The common name of the certificate.
            token: Of a user of the device; None to ask for one.
        """
        self._session = session
        self._host = host
        self._identifier = identifier
        self._token = token

    @property
    def serial(self) -> str:
        """Return the serial number of the device."""
        return serial_of(self._identifier)

    async def ask(
        self, method: str, path: str, body: Mapping[str, str] | None = None
    ) -> Mapping[str, object]:
        """Return the JSON object of an answer, an empty one if there is none."""
        tls = await _tls(checks_name=True)
        with _as_source_error():
            async with self._session.request(
                method,
                _url("https", self._host, path),
                json=body,
                headers=self._headers,
                allow_redirects=False,
                timeout=aiohttp.ClientTimeout(total=TIMEOUT_S),
                ssl=tls,
                server_hostname=self._identifier,
            ) as response:
                answer = await answer_of(response)
        return _content(answer)

    @asynccontextmanager
    async def socket(self) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
        """Open the websocket; the token is not sent yet."""
        tls = await _tls(checks_name=True)
        with _as_source_error():
            async with asyncio.timeout(TIMEOUT_S):
                socket = await self._session.ws_connect(
                    _url("wss", self._host, "/api/ws"),
                    headers=_VERSION,
                    max_msg_size=_MOST_BYTES_OF_MESSAGE,
                    timeout=aiohttp.ClientWSTimeout(ws_close=1.0),
                    ssl=tls,
                    server_hostname=self._identifier,
                )
        try:
            yield socket
        finally:
            await socket.close()

    @property
    def _headers(self) -> Mapping[str, str]:
        if self._token is None:
            return _VERSION
        return {**_VERSION, "Authorization": f"Bearer {self._token}"}


def serial_of(identifier: str) -> str:
    """Return the serial number that is part of a device's name."""
    return identifier.rpartition("/")[2]


async def identifier_at(session: aiohttp.ClientSession, host: str) -> str:
    """Return the name of the P1 meter at an address, or raise a `P1Error`.

    That needs no token: its certificate says it.
    """
    try:
        identifier = await _certified_name(host)
    except errors.P1Unreachable, errors.NotAP1:
        await _look_for_old_firmware(session, host)
        raise
    if not identifier.startswith(_IDENTIFIER):
        raise errors.NotAP1(identifier)
    return identifier


async def _certified_name(host: str) -> str:
    tls = await _tls(checks_name=False)
    with _as_source_error():
        url = _url("https", host, "/")
        if not url.host:
            raise errors.P1Unreachable("No host")
        async with asyncio.timeout(TIMEOUT_S):
            _, writer = await asyncio.open_connection(url.host, url.port, ssl=tls)
        certificate = mapping(writer.get_extra_info("peercert"))
        writer.transport.abort()
    return text(dict(_names(certificate)).get("commonName")) or ""


def _names(certificate: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    subject = certificate.get("subject")
    for names in subject if isinstance(subject, tuple) else ():
        yield from names


async def _look_for_old_firmware(session: aiohttp.ClientSession, host: str) -> None:
    """Raise a `P1Error` if version 1 of the API answers, which has no TLS."""
    try:
        await HomeWizardMeter(session, host).identify()
    except HomeWizardIsP1 as err:
        raise errors.P1Outdated from err
    except HomeWizardApiDisabled as err:
        raise errors.P1ApiDisabled from err
    except SourceError:
        return
    raise errors.NotAP1


async def _tls(*, checks_name: bool) -> ssl.SSLContext:
    """Return a TLS context; it reads files."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(None, _context, ca_file(), checks_name)


@cache
def _context(more_trusted: str | None, checks_name: bool) -> ssl.SSLContext:
    context = ssl.create_default_context(cadata=CACERT)
    if more_trusted is not None:
        context.load_verify_locations(more_trusted)
    # The CA's certificate is older than what a strict check asks for.
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    context.hostname_checks_common_name = True
    # Without a name to check, it still has to be a device by HomeWizard.
    context.check_hostname = checks_name
    return context


def _url(scheme: str, host: str, path: str) -> URL:
    return URL.build(scheme=scheme, authority=host, path=path)


@contextmanager
def _as_source_error() -> Iterator[None]:
    """Raise a `P1Error` for what the network and TLS raise."""
    try:
        yield
    except aiohttp.ClientConnectorCertificateError as err:
        raise _of_certificate(err.certificate_error) from None
    except ssl.SSLCertVerificationError as err:
        raise _of_certificate(err) from None
    except (aiohttp.ClientSSLError, ssl.SSLError) as err:
        raise errors.NotAP1("No TLS") from err
    except aiohttp.WSServerHandshakeError as err:
        # Without its headers: they have the token.
        raise _of_status(err.status, "") from None
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as err:
        raise errors.P1Unreachable from err


def _of_certificate(err: Exception) -> errors.P1Error:
    code = getattr(err, "verify_code", None)
    if code in _WRONG_TIME:
        return errors.P1CertificateExpired(str(err))
    if code == _WRONG_NAME:
        return errors.P1IsAnother(str(err))
    return errors.P1CertificateUntrusted(str(err))


def _content(answer: Answer) -> Mapping[str, object]:
    if answer.status == HTTPStatus.NO_CONTENT:
        return {}
    content = answer.content
    if answer.status != HTTPStatus.OK:
        raise _of_status(answer.status, text(mapping(content).get("error")) or "")
    if content is None:
        raise errors.P1InvalidAnswer("The answer is no JSON object, or too large")
    return content


def _of_status(status: int, error: str) -> errors.P1Error:
    """Return the failure that a device reports."""
    if (found := _BY_NAME.get(error)) is not None:
        return found(error)
    detail = f"HTTP status {status} {error}".strip()
    match status:
        case HTTPStatus.UNAUTHORIZED:
            return errors.P1Unauthorized(detail)
        case HTTPStatus.FORBIDDEN:
            return errors.P1ApiDisabled(detail)
        case HTTPStatus.TOO_MANY_REQUESTS:
            return errors.P1Error(detail)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return errors.P1Error(detail)
    return errors.P1InvalidAnswer(detail)


def of_message(message: str) -> errors.P1Error:
    """Return the failure that a device reports by its websocket."""
    found = _BY_NAME.get(message, errors.P1Error)
    return found(message)


_BY_NAME: Final[Mapping[str, type[errors.P1Error]]] = {
    "request:api-version-not-supported": errors.P1ApiVersion,
    "telegram:no-telegram-received": errors.P1WithoutValues,
    "user:creation-not-enabled": errors.P1ButtonNotPressed,
    "user:no-storage": errors.P1TooManyUsers,
    "user:unauthorized": errors.P1Unauthorized,
}

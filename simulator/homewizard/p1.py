"""A HomeWizard P1 Meter, the dongle on the smart meter, on the local network."""

import asyncio
from collections import Counter
from contextlib import suppress
from pathlib import Path
import ssl
from typing import Final

from aiohttp import web

from ..clock import Clock, RealClock
from .p1_api import Api
from .p1_board import ANOTHER_SERIAL, SERIAL, Board, P1Faults
from .p1_certificates import Certificate, KeyPair, authority_in, temporary_directory
from .p1_fields import Reply
from .p1_meter import SmartMeter
from .p1_users import Users

ADDRESS: Final = "127.0.0.1"
_SHUTDOWN_S: Final = 0.1


class P1:
    """A P1 dongle in front of a smart meter, with its API v2 by HTTPS.

    Attributes:
        meter: The smart meter behind it.
        host: Where it listens, "address:port", once it does.
    """

    def __init__(
        self, meter: SmartMeter, *, clock: Clock, directory: Path | None = None
    ) -> None:
        """Plug a dongle into a smart meter.

        Args:
            meter: The smart meter.
            clock: What it takes for the time.
            directory: Where certificates and users are kept from run to run.
        """
        self.meter = meter
        self.host = ""
        self._clock = clock
        self._folder = directory or Path(temporary_directory().name)
        self._users = Users(SERIAL, None if directory is None else directory / "users")
        self._board = Board(meter, clock)
        self._api = Api(self._board, self._users, reboot=self.reboot)
        self._certificate = Certificate.VALID
        self._is_old = False
        self._runner: web.AppRunner | None = None
        self._pushing: asyncio.Task[None] | None = None
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)

    @property
    def faults(self) -> P1Faults:
        """Return what goes wrong now; each is switched by an attribute."""
        return self._board.faults

    @property
    def reply(self) -> Reply:
        """Return how much the smart meter says."""
        return self._board.reply

    @reply.setter
    def reply(self, reply: Reply) -> None:
        self._board.reply = reply

    @property
    def requests(self) -> Counter[str]:
        """Return how often each path was asked for."""
        return self._api.requests

    @property
    def socket_count(self) -> int:
        """Return how many websockets are open, dead ones as well."""
        return len(self._api.sockets)

    @property
    def ca_file(self) -> Path:
        """Return the PEM file of the authority that issued its certificate."""
        return authority_in(self._folder).certificate_file

    @property
    def serial(self) -> str:
        """Return its serial number."""
        return self._board.serial

    @property
    def identifier(self) -> str:
        """Return the common name of its certificate."""
        return f"appliance/p1dongle/{self.serial}"

    @property
    def is_old(self) -> bool:
        """Return whether its firmware has the API v1 only."""
        return self._is_old

    @property
    def certificate(self) -> Certificate:
        """Return which certificate it shows."""
        return self._certificate

    def show_certificate(self, certificate: Certificate) -> None:
        """Show this certificate from now on, and end all connections."""
        is_another = certificate is Certificate.ANOTHER_DEVICE
        self._certificate = certificate
        self._board.serial = ANOTHER_SERIAL if is_another else SERIAL
        self._load_certificate()
        self._cut_all()

    def press_button(self) -> None:
        """Press the button: the next user that is asked for is created."""
        self._users.press_button(self._clock.now())

    def revoke_tokens(self) -> None:
        """Delete all local users, as the owner can in the app."""
        self._users.revoke()
        self._api.cut_strangers()

    def reboot(self) -> None:
        """Restart, as with a firmware update; the users stay."""
        self._board.boot()
        self._cut_all()

    def half_open(self) -> None:
        """Let all websockets of now fall silent, without an end."""
        self._api.silence()

    async def start(self, port: int) -> None:
        """Listen on 127.0.0.1, by HTTPS; by HTTP if its firmware is old."""
        self._load_certificate()
        runner = web.AppRunner(
            self._api.app_v1() if self._is_old else self._api.app(),
            access_log=None,
            handler_cancellation=True,
            shutdown_timeout=_SHUTDOWN_S,
        )
        self._runner = runner
        await runner.setup()
        tls = None if self._is_old else self._tls
        await web.TCPSite(runner, ADDRESS, port, ssl_context=tls).start()
        self.host = f"{ADDRESS}:{runner.addresses[0][1]}"
        if isinstance(self._clock, RealClock):
            self._pushing = asyncio.create_task(self._push_all_the_time())

    async def stop(self) -> None:
        """Stop listening."""
        if self._pushing is not None:
            self._pushing.cancel()
            with suppress(asyncio.CancelledError):
                await self._pushing
            self._pushing = None
        self._cut_all()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def use_old_firmware(self, *, on: bool = True) -> None:
        """Have the API v1 only, by HTTP on the same port, or be up to date again."""
        port = int(self.host.rpartition(":")[2])
        await self.stop()
        self._is_old = on
        await self.start(port)

    async def push(self) -> None:
        """Send the newest measurement to who has subscribed, once."""
        if self.faults.timeout:
            self.half_open()
        if self.faults.unreachable or self._board.is_booting:
            self._cut_all()
        else:
            await self._api.push()

    async def _push_all_the_time(self) -> None:
        while True:
            await asyncio.sleep(1.0 - self._clock.now() % 1.0)
            await self.push()

    def _load_certificate(self) -> None:
        pair = self._key_pair()
        self._tls.load_cert_chain(pair.certificate, pair.key)

    def _key_pair(self) -> KeyPair:
        folder = self._folder
        if self._certificate is Certificate.ANOTHER_AUTHORITY:
            folder /= "another"
        expired = self._certificate is Certificate.EXPIRED
        return authority_in(folder).issue(self.identifier, expired=expired)

    def _cut_all(self) -> None:
        """End all connections without a word."""
        server = None if self._runner is None else self._runner.server
        for connection in [] if server is None else server.connections:
            if connection.transport is not None:
                connection.transport.abort()

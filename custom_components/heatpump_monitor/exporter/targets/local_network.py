"""Find the addresses of a host to which plain HTTP may be sent."""

import asyncio
from ipaddress import ip_address
import socket
from typing import Final

from homeassistant.util.network import is_local

from .errors import HostUnknown, HttpsNeeded, TimedOut

_LONGEST_S: Final = 10


async def is_private(host: str) -> bool:
    """Return whether a host has an address on the local network.

    Raises:
        HostUnknown: Its name has no address.
        TimedOut: The name server did not answer in time.
    """
    try:
        await local_addresses(host)
    except HttpsNeeded:
        return False
    return True


async def local_addresses(host: str) -> list[str]:
    """Return the addresses of a host on the local network, at least one.

    Raises:
        HostUnknown: Its name has no address.
        HttpsNeeded: All its addresses are elsewhere.
        TimedOut: The name server did not answer in time.
    """
    placeholders = {"host": host, "detail": host}
    try:
        async with asyncio.timeout(_LONGEST_S):
            found = await _addresses(host)
    except TimeoutError as err:
        raise TimedOut(host, placeholders=placeholders) from err
    except (OSError, UnicodeError) as err:
        raise HostUnknown(host, placeholders=placeholders) from err
    if local := [each for each in found if is_local(ip_address(each))]:
        return local
    raise HttpsNeeded(host, placeholders=placeholders)


async def _addresses(host: str) -> list[str]:
    try:
        return [str(ip_address(host))]
    except ValueError:
        pass
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))

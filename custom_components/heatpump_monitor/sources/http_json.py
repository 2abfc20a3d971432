"""Ask a device on the local network by plain HTTP, and limit what it may send."""

from collections.abc import Mapping
from functools import lru_cache
import json
from typing import Final, NamedTuple

import aiohttp
from yarl import URL

# A status is 3 kB, a day of history 10 kB: what is larger comes from no meter.
_MOST_BYTES: Final = 1_000_000


class NoAnswer(Exception):
    """No answer came, or not in time, or the host is no address."""


class Answer(NamedTuple):
    """What a device sent."""

    status: int
    """The HTTP status."""
    content: Mapping[str, object] | None
    """The JSON object; None where it is none, or too large."""


async def get_json(
    session: aiohttp.ClientSession,
    host: str,
    path: str,
    *,
    timeout: aiohttp.ClientTimeout,
    query: Mapping[str, str | int] | None = None,
    middlewares: tuple[aiohttp.ClientMiddlewareType, ...] = (),
) -> Answer:
    """Return the answer to a question, or raise `NoAnswer`.

    A redirect is not followed. The host may have a port.
    """
    try:
        async with session.get(
            _url(host, path),
            params=query,
            allow_redirects=False,
            middlewares=middlewares,
            timeout=timeout,
        ) as response:
            return await answer_of(response)
    except (aiohttp.ClientError, TimeoutError, ValueError) as err:
        raise NoAnswer from err


async def answer_of(response: aiohttp.ClientResponse) -> Answer:
    """Return what a device sent, and read no more of it than it may send."""
    body = b""
    while chunk := await response.content.readany():
        body += chunk
        if len(body) > _MOST_BYTES:
            return Answer(response.status, None)
    return Answer(response.status, json_object(body))


@lru_cache
def _url(host: str, path: str) -> URL:
    """Return an address; building it for each reading takes some 10 µs."""
    return URL.build(scheme="http", authority=host, path=path)


def json_object(body: bytes | str) -> Mapping[str, object] | None:
    """Return a JSON object; None where it is none."""
    try:
        content = json.loads(body)
    except RecursionError, ValueError:
        return None
    return content if isinstance(content, dict) else None

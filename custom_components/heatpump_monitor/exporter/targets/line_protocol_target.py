"""What all databases have in common that take line protocol."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Final

from ..line_protocol import line
from ..point import Point
from .base import LinesRejected, TargetError
from .errors import NotThatServer
from .failures import failure_of, reason_of
from .http import Server

_CONTENT_TYPE: Final = "text/plain; charset=utf-8"
# They never would be taken, and all others of the same request were.
_TOO_OLD: Final = "beyond retention policy"


class LineProtocolTarget:
    """Takes lines at a path of a server."""

    def __init__(
        self,
        server: Server,
        path: str,
        query: Mapping[str, str],
        *,
        replaces: bool = True,
        resend_s: float = 0,
    ) -> None:
        """Prepare."""
        self.server = server
        self._path = path
        self._query = query
        self._replaces = replaces
        self._resend_s = resend_s

    @property
    def replaces(self) -> bool:
        """Return whether a point of the same series and time replaces the old one."""
        return self._replaces

    @property
    def resend_s(self) -> float:
        """Return after how long what it took is sent once more; 0 for never."""
        return self._resend_s

    @property
    def connections(self) -> int:
        """Return how many connections were opened."""
        return self.server.connections

    def encode(self, point: Point) -> str:
        """Return a point as one line, always the same for the same point."""
        return line(point)

    async def write(self, lines: Sequence[str]) -> None:
        """Write lines, or raise a `TargetError`; a line that is too old is no error."""
        answer = await self.server.post(
            self._path,
            self._query,
            "\n".join(lines).encode(),
            _CONTENT_TYPE,
            packed=True,
        )
        # Any other success is of another server, such as the sign-in of a hotel.
        if answer.status == HTTPStatus.NO_CONTENT:
            return
        reason = reason_of(answer)
        failure = failure_of(self.server, answer, self._missing(reason))
        if not (isinstance(failure, LinesRejected) and _TOO_OLD in reason):
            raise failure

    def _missing(self, reason: str) -> type[TargetError]:
        """Return what a 404 with a reason stands for."""
        return NotThatServer

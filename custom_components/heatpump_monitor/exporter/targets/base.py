"""What all targets have in common: how they are written to, and how they fail."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from ..point import Point


class Target(Protocol):
    """A database that takes points."""

    @property
    def replaces(self) -> bool:
        """Return whether a point of the same series and time replaces the old one."""

    @property
    def resend_s(self) -> float:
        """Return after how long what it took is sent once more; 0 for never.

        A database that is killed within this time may lose what it acknowledged.
        """

    @property
    def connections(self) -> int:
        """Return how many connections were opened: with a new one it may be another."""

    def encode(self, point: Point) -> str:
        """Return a point as one line, always the same for the same point."""

    async def write(self, lines: Sequence[str]) -> None:
        """Write lines, or raise a `TargetError`; a line that is too old is no error."""


class TargetError(Exception):
    """A database did not take what was sent."""

    key: str = "export_failed"
    """The key of its text in the translations."""

    def __init__(
        self, detail: str = "", *, placeholders: Mapping[str, str] | None = None
    ) -> None:
        """Store what the log and the translated text name; never a secret."""
        super().__init__(detail)
        self.placeholders = placeholders or {}


class TargetUnavailable(TargetError):
    """It does not answer, or asks to try again later: network, 5xx, 429."""

    key = "export_unavailable"

    def __init__(
        self,
        detail: str = "",
        *,
        retry_after_s: float | None = None,
        placeholders: Mapping[str, str] | None = None,
    ) -> None:
        """Store also how long it asks to wait; None if it does not say."""
        super().__init__(detail, placeholders=placeholders)
        self.retry_after_s = retry_after_s


class TargetRefused(TargetError):
    """It refuses token or password: 401, 403."""

    key = "export_refused"


class TargetMisconfigured(TargetError):
    """Nothing will be taken until somebody changes something: 404, a redirect."""

    key = "export_misconfigured"


class LinesRejected(TargetError):
    """It refuses what the lines say, or how many they are: 400, 413, 422."""

    key = "export_rejected"

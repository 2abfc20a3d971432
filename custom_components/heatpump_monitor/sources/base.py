"""What all sources have in common: how they are read, and how they fail."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from ..readings import EnergySpan, GridReading, MeterReading, ProbeReading


class Source[IdentityT, ReadingT](Protocol):
    """A device or a cloud that is read at intervals."""

    async def identify(self) -> IdentityT:
        """Return what the source says of itself, or raise a `SourceError`."""

    async def read(self, now: Callable[[], datetime]) -> ReadingT:
        """Return a reading, or raise a `SourceError`; `now` is the clock, in UTC."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MeterInfo:
    """What a meter says of itself."""

    identity: str | None
    """MAC address or serial number; None if it does not say."""
    manufacturer: str | None
    model: str | None
    """As its maker spells it."""
    firmware: str | None = None
    auth_required: bool = False


type MeterSource = Source[MeterInfo, MeterReading]
type GridSource = Source[MeterInfo, GridReading]


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountInfo:
    """What a cloud says of the account of its user."""

    identity: str
    """The same after a change of the e-mail address."""
    name: str


class ProbeSource(Source[AccountInfo, tuple[ProbeReading, ...]], Protocol):
    """An account of probes, or entities that stand for them."""

    @property
    def pace_s(self) -> float:
        """Return how often it is worth asking."""


@runtime_checkable
class Push(Protocol):
    """A grid meter that sends each reading as soon as it is measured."""

    def readings(self, now: Callable[[], datetime]) -> AsyncIterator[GridReading]:
        """Yield readings until the connection ends, then raise a `SourceError`."""


@runtime_checkable
class Memory(Protocol):
    """A source that remembers what it measured."""

    def history(
        self, start: datetime, end: datetime
    ) -> AsyncIterator[list[EnergySpan]]:
        """Yield the energy spans between two moments, in order."""


class SourceError(Exception):
    """A source gave no answer that can be used."""

    key: str = "unexpected"
    """The key of its text in the translations."""

    def __init__(
        self,
        detail: str = "",
        *,
        retry_at: datetime | None = None,
        placeholders: Mapping[str, str | datetime] | None = None,
    ) -> None:
        """Store what the log and the translated text name, and when to ask again.

        `retry_at` is aware, and None for the next regular poll.
        """
        super().__init__(detail)
        self.retry_at = retry_at
        self.placeholders = placeholders or {}


class SourceAuthError(SourceError):
    """The source refuses the password or the sign-in."""


def plain_mac(mac: str) -> str:
    """Return a MAC address in upper case, without what separates its parts."""
    return mac.replace(":", "").replace("-", "").upper()

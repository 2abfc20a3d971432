"""What the alarms look at: the snapshot, what surrounds the engine, and memories."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ...readings import HeatPumpReading
from ..expected.outlook import Outlook
from ..output import Snapshot
from .daily import DailyFigures
from .memory import AlarmMemory


@dataclass(frozen=True, slots=True)
class SourceLife:
    """When a source last answered, and why it does not now."""

    last_at: datetime | None
    """Its newest reading since the start; None without one."""
    failure: str | None = None
    """A translation key; None if it answers."""
    name: str | None = None
    """What the owner calls it; None if it has no name of its own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """What is known outside of the engine."""

    started_at: datetime
    """Since when the sources are read."""
    silence: timedelta
    """How long a source may say nothing."""
    sources: Mapping[str, SourceLife] = field(default_factory=dict)
    calls_day: int = 0
    call_limit: int = 0
    sign_in_due: datetime | None = None
    """When the sign-in may end; None if not known."""
    outlook: Outlook = field(default_factory=Outlook)
    """What was learned today."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """All that an alarm may look at."""

    snapshot: Snapshot
    surroundings: Surroundings
    memory: AlarmMemory
    daily: DailyFigures

    @property
    def now(self) -> datetime:
        """Return the time of the snapshot, in UTC."""
        return self.snapshot.time

    @property
    def reading(self) -> HeatPumpReading | None:
        """Return the newest reading of the heat pump."""
        return self.snapshot.reading

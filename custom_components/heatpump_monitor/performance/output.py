"""What the engine gives out: a snapshot of what is known, an update of what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from ..readings import HeatPumpReading, Mode
from .alarms.board import AlarmEvent
from .flags import Flag
from .intervals import Interval
from .plant import HeatMethod, Plant
from .totals.ledger import Ledger
from .totals.periods import Period, PeriodSummary
from .totals.run_log import RunLog


@dataclass(frozen=True, slots=True)
class RunSoFar:
    """A run that has not ended."""

    start: datetime
    mode: Mode
    cop: float | None
    cop_without_backup_heater: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Snapshot:
    """What is known at one moment: all that entities, actions and diagnostics need."""

    time: datetime
    """In UTC."""
    plant: Plant
    reading: HeatPumpReading | None
    """The newest one of the heat pump."""
    ledger: Ledger
    """To be read only."""
    counted_until: datetime
    """Up to when an interval can have been closed, in UTC."""
    interval: Interval | None
    """The newest one; it may still change while values arrive late."""
    closed_interval: Interval | None
    """The last one that does not change any more."""
    cop: float | None
    mode: Mode | None
    backup_heater_on: bool | None
    """Whether the backup heater heats, or did since the reading before."""
    thermal_power_w: float | None
    thermal_power_by_method: Mapping[HeatMethod, float]
    heat_method: HeatMethod | None
    """The method of the thermal power."""
    heat_total_wh: float | None
    electricity_total_wh: float
    electricity_until: datetime | None
    """Until when that was counted."""
    summaries: Mapping[Period, PeriodSummary]
    since: datetime | None
    unresolved: timedelta
    """How much time of gaps the meter's memory has not been asked about yet."""
    flags: Sequence[Flag]
    """The latest ones, oldest first."""
    is_running: bool | None
    """Whether the compressor runs, as the meter sees it, or else as the unit says."""
    run: RunSoFar | None
    """The run that goes on, up to the newest interval."""
    runs: RunLog
    """Those that have ended; to be read only."""
    measured_at: datetime | None = None
    """When the newest value of the heat pump was measured."""
    stale_since: datetime | None = None
    """Since when the heat pump sends old values only; None while it is fresh."""
    reversed_phases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The phases that run backwards, by the key of their meter."""
    reversed_since: datetime | None = None
    contradiction_since: datetime | None = None
    """Since when meter and heat pump contradict each other; None if they agree."""
    heat_counters_frozen_since: datetime | None = None
    """When the unit's heat counters last moved; None unless they stand still."""
    supply_frozen_since: datetime | None = None
    """When the supply temperature last moved; None unless it stands still."""
    compressor_frozen_since: datetime | None = None
    """When the compressor's state last changed; None unless it stands still."""
    run_time_disagrees_since: datetime | None = None
    """Since when the unit counts other runs than the meter sees; None if it agrees."""


@dataclass(frozen=True, slots=True)
class Update:
    """What happened: the engine's only way out, for whoever follows it."""

    closed: tuple[Interval, ...] = ()
    """The intervals that were closed, in the order of time."""
    flags: tuple[Flag, ...] = ()
    """What was found to be wrong."""
    hours: frozenset[datetime] = frozenset()
    """The hours of the ledger that changed, by their start in UTC."""
    days: frozenset[date] = frozenset()
    """The days of the ledger that changed."""
    alarms: tuple[AlarmEvent, ...] = ()
    """The alarms that were raised or cleared."""

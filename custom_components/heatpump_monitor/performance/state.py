"""All that the engine must not lose in a restart, besides the ledger."""

from collections import deque
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from ..readings import HeatPumpReading
from .alarms.board import AlarmBoard
from .alarms.memory import AlarmMemory
from .clocks.freshness import Freshness
from .clocks.host_clock import ClockGuard
from .clocks.join import Join
from .energy_books import EnergyBooks
from .flags import FlagLog
from .heat.carnot import CarnotGate
from .heat.estimator import HeatEstimator
from .meters import Meters
from .plant import Plant
from .policy import Policy
from .totals.run_log import RunTracker


@dataclass(slots=True)
class OpenIntervals:
    """Keeps readings until what the meters drew is known and late values arrived."""

    opening: HeatPumpReading | None = None
    """The reading that opens the oldest of them."""
    pending: deque[HeatPumpReading] = field(default_factory=deque)
    """The readings that end them."""
    seen: HeatPumpReading | None = None
    """The last reading, be it one that ends no interval."""

    @property
    def newest(self) -> HeatPumpReading | None:
        """Return the newest reading."""
        return self.pending[-1] if self.pending else self.opening

    def begin(self, since: datetime, start_lead: timedelta) -> None:
        """Open the first interval where the meters begin, with the reading before.

        Both sources are asked at the same time, and a minute goes by until the
        meter's counter moves: the reading is still true then.
        """
        while len(self.pending) > 1 and self.pending[1].time <= since:
            self.pending.popleft()
        if self.pending and since - start_lead < self.pending[0].time < since:
            self.pending[0] = replace(self.pending[0], time=since)

    def forget_supply(self) -> None:
        """Drop the supply temperature, as it was found to stand still."""
        self.pending = deque(replace(each, supply_c=None) for each in self.pending)


@dataclass(slots=True)
class Checks:
    """What judges whether the sources show the present, and agree with physics."""

    freshness: Freshness = field(default_factory=Freshness)
    carnot: CarnotGate = field(default_factory=CarnotGate)


@dataclass(slots=True)
class MonitorState:
    """The states of all parts: without the plant, the policy and the ledger."""

    clock: ClockGuard = field(default_factory=ClockGuard)
    """Judges the clock of the host; whoever adds readings asks it first."""
    open_intervals: OpenIntervals = field(default_factory=OpenIntervals)
    meters: Meters = field(default_factory=Meters)
    join: Join = field(default_factory=Join)
    checks: Checks = field(default_factory=Checks)
    estimator: HeatEstimator = field(default_factory=HeatEstimator)
    books: EnergyBooks = field(default_factory=EnergyBooks)
    flags: FlagLog = field(default_factory=FlagLog)
    runs: RunTracker = field(default_factory=RunTracker)
    alarms: AlarmBoard = field(default_factory=AlarmBoard)
    alarm_memory: AlarmMemory = field(default_factory=AlarmMemory)

    def match(self, plant: Plant, policy: Policy) -> None:
        """Match the parts to the plant and the policy."""
        self.join.set_delay(policy.closing_delay)
        self.flags.keep(policy.flags_kept)
        for key in self.meters.install(plant.meters, plant.meter_rating_w):
            # No memory knows the gaps of a meter that is gone.
            self.books.meters.pop(key, None)

    def forget_after(self, moment: datetime) -> None:
        """Drop what was learnt after a moment, as the clock was wrong."""
        self.meters.restart()
        self.join, self.checks.freshness = Join(), Freshness()
        self.open_intervals, self.runs = OpenIntervals(), RunTracker()
        self.books.forget_gaps_after(moment)
        self.flags.forget_after(moment)
        self.alarms.forget_after(moment)

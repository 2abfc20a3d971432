"""Joins readings of all meters and of the heat pump: intervals and periods out."""

from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from ..readings import EnergySpan, HeatPumpReading, MeterReading
from ..time_units import HOUR
from .alarms.daily import DailyFigures, figures_day
from .alarms.evidence import Evidence, Surroundings
from .alarms.table import ALARMS
from .checks import check_gap, check_sources, without_frozen_supply
from .clocks.host_clock import ClockGuard
from .clocks.join import Join
from .closing import IntervalCloser
from .flags import Flag, FlagKind
from .heat.method_errors import heat_errors
from .intervals import Interval
from .modes import backup_heater_is_on
from .output import Snapshot, Update
from .plant import Meter, Plant
from .policy import LIVE, Policy
from .snapshot_builder import build_snapshot
from .state import MonitorState
from .totals.calendar import Calendar
from .totals.gaps import Gap
from .totals.ledger import Ledger, Merge
from .totals.run_log import RunLog
from .totals.tariff import Tariff

_MAIN = Meter().key


class PerformanceMonitor:
    """Joins the clocks of the meters and of the heat pump into one ledger.

    Readings of each source may come at any pace; those that are not later than the
    last of their source change nothing. An interval is closed when the electricity
    until its end is known, and late values of the heat pump had the time to arrive.
    """

    def __init__(
        self,
        plant: Plant,
        policy: Policy,
        ledger: Ledger,
        state: MonitorState,
        runs: RunLog | None = None,
    ) -> None:
        """Go on from a state, as it was saved."""
        self.plant = plant
        self.policy = policy
        self.ledger = ledger
        self.tariff = Tariff()
        """What electricity costs from now on."""
        self.interval: Interval | None = None
        """The last closed interval since the start."""
        self._backup_heater_on: bool | None = None
        self._daily: DailyFigures | None = None
        self.runs = RunLog() if runs is None else runs
        self.state = state
        state.match(plant, policy)

    @classmethod
    def start(
        cls, plant: Plant, time_zone: tzinfo, policy: Policy = LIVE
    ) -> PerformanceMonitor:
        """Return a monitor that has seen nothing yet."""
        ledger = Ledger(Calendar(time_zone), hours_kept=policy.hours_kept)
        return cls(plant, policy, ledger, MonitorState())

    @property
    def reading(self) -> HeatPumpReading | None:
        """Return the newest heat-pump reading."""
        return self.state.open_intervals.seen or self.state.open_intervals.newest

    @property
    def waits_for_meter(self) -> bool:
        """Return whether the electricity of the newest interval is not known yet."""
        newest = self.state.open_intervals.newest
        return newest is not None and not self.state.meters.is_known(newest.time)

    @property
    def clock(self) -> ClockGuard:
        """Return the judge of the host's clock, to be asked before each reading."""
        return self.state.clock

    @property
    def join(self) -> Join:
        """Return what both sources said lately."""
        return self.state.join

    @property
    def flags(self) -> deque[Flag]:
        """Return what was wrong lately, oldest first."""
        return self.state.flags.kept

    @property
    def gaps(self) -> list[Gap]:
        """Return the time of which the meters' memories are to be asked."""
        return self.state.books.gaps

    @property
    def gaps_by_meter(self) -> dict[str, list[Gap]]:
        """Return the same by the key of the meter."""
        return {key: [*each.gaps] for key, each in self.state.books.meters.items()}

    def add_meter(self, reading: MeterReading, key: str = _MAIN) -> Update:
        """Add a reading of a meter of the plant; return what it brought about."""
        state = self.state
        if key in state.meters.heat:
            state.meters.add_heat(key, reading, state.flags)
            return self._closed()
        meters, tariff = state.meters, self.tariff
        span, is_counted = meters.add(key, reading, state.flags)
        if state.meters.shows_runs(key):
            state.join.add_meter(reading)
        if key in state.meters.summed:
            gap = state.books.add_span(
                key,
                span,
                self.ledger,
                tariff.awaiting_split() if meters.splits(span) else tariff,
                is_counted=is_counted,
                is_first=key == next(iter(state.meters.summed)),
            )
            if gap is not None:
                check_gap(gap, state.flags)
                state.books.meters[key].keep_gaps(self.policy.gaps_kept)
        state.books.split(meters.streams, self.ledger, reading.time)
        return self._closed()

    def add_heat_pump(self, reading: HeatPumpReading) -> Update:
        """Add a heat-pump reading; return what it brought about."""
        state, open_intervals = self.state, self.state.open_intervals
        before = self.reading
        if before is not None and reading.time <= before.time:
            return Update()
        if is_live := self.policy.is_live:
            reading = without_frozen_supply(state, reading)
        open_intervals.seen = reading
        opening = open_intervals.opening
        open_since = None if opening is None else opening.time
        state.join.add_heat_pump(before, reading, open_since)
        if is_live:
            check_sources(state, reading, self.plant)
        if state.estimator.is_metered and reading.heat_meter_wh is None:
            # What it counts meanwhile belongs to one longer interval.
            return self._updated()
        self._backup_heater_on = backup_heater_is_on(before, reading)
        open_intervals.pending.append(reading)
        return self._closed()

    def replace_meter(self, key: str = _MAIN) -> None:
        """Start a new base for a meter's counter."""
        self.state.meters.electricity[key].replace()

    def discard_after(
        self, moment: datetime, before: PerformanceMonitor | None, now: datetime
    ) -> Update:
        """Discard what was counted while the host's clock was ahead.

        Args:
            moment: When it jumped ahead, in UTC.
            before: A copy from before the jump; None if there is none, as after a
                restart.
            now: When it was found to be back.
        """
        days = {
            day
            for day in self.ledger.days
            if day >= self.ledger.calendar.local_day(moment)
        }
        hours = {hour for hour in self.ledger.hours if hour > moment - HOUR}
        if before is not None:
            # Also older ones: intervals before the jump may have been closed after it.
            changes = self.ledger.changes_since(before.ledger)
            days |= changes.days
            hours |= changes.hours
            alarms = self.state.alarms
            self.state = replace(before.state, clock=self.state.clock, alarms=alarms)
            alarms.forget_after(moment)
            self.ledger, self.interval = before.ledger, before.interval
            self.runs = before.runs
        else:
            self.ledger.forget_after(moment)
            self.runs.forget_after(moment)
            self.state.forget_after(moment)
            self.interval = None
        self.state.match(self.plant, self.policy)
        self.flag_clock(moment, now)
        self.ledger.changes.days |= days
        self.ledger.changes.hours |= hours
        return self._updated()

    def flag_clock(self, since: datetime, now: datetime) -> None:
        """Flag a clock that was wrong, from its last right time until now."""
        detail = f"since {since.isoformat()}"
        self.state.flags.add(now, FlagKind.CLOCK_JUMP, detail)

    def redistribute(self, gap: Gap, spans: Sequence[EnergySpan]) -> Update:
        """Replace the even load profile of a gap by that of the meter's memory.

        With no spans, it stays even for good.
        """
        self.state.books.redistribute(gap, spans, self.ledger, self.state.meters)
        return self._updated()

    def merge_imported(self, merge: Merge) -> Update:
        """Merge imported days; see `Ledger.plan_merge`."""
        self.ledger.merge(merge)
        return self._updated()

    def snapshot(
        self,
        now: datetime,
        *,
        answers: bool = True,
        cop_hold: timedelta = timedelta.max,
        recovered: timedelta = timedelta(),
    ) -> Snapshot:
        """Return what is known at a moment.

        Args:
            now: The moment, in UTC.
            answers: Whether the heat pump answers; else what it does is not known.
            cop_hold: How long ago the newest interval may have ended to show a COP.
            recovered: How much of the gap that is being resolved has been read.
        """
        return build_snapshot(
            self._closer(),
            now,
            answers=answers,
            cop_hold=cop_hold,
            recovered=recovered,
            backup_heater_on=self._backup_heater_on,
            runs=self.runs,
        )

    def electricity_between(self, start: datetime, end: datetime) -> float | None:
        """Return what all meters saw drawn between two moments, in Wh.

        None where that is not known, not known yet, or forgotten: about 20 minutes
        are remembered.
        """
        return self.state.meters.seen_between(start, end)

    def check_alarms(self, snapshot: Snapshot, surroundings: Surroundings) -> Update:
        """Measure all alarms; return which were raised or cleared."""
        memory = self.state.alarm_memory
        if snapshot.reading is not None:
            memory.faults.add(snapshot.reading)
            memory.charges.add(snapshot.mode, snapshot.reading)
        if self._daily is None or self._daily.day != figures_day(snapshot):
            self._daily = DailyFigures.of(snapshot)
        evidence = Evidence(
            snapshot=snapshot,
            surroundings=surroundings,
            memory=memory,
            daily=self._daily,
        )
        return Update(alarms=self.state.alarms.update(ALARMS, evidence, snapshot.time))

    def _closer(self) -> IntervalCloser:
        return IntervalCloser(
            self.plant, self.policy, self.ledger, self.state, self.interval
        )

    def _closed(self) -> Update:
        if not self.state.open_intervals.pending:
            return self._updated()
        closed = self._closer().close_ready()
        for interval in closed:
            self.interval = interval
            ended = self.state.runs.add(interval, heat_errors(self.plant))
            self.runs.add(ended)
        return self._updated(closed)

    def _updated(self, closed: Sequence[Interval] = ()) -> Update:
        changes = self.ledger.take_changes()
        return Update(
            tuple(closed),
            self.state.flags.take_new(),
            frozenset(changes.hours),
            frozenset(changes.days),
        )

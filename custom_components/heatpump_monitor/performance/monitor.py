"""The account of one heat pump: readings in, intervals and periods out."""

from collections import deque
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta, tzinfo

from ..readings import EnergySpan, HeatPumpReading, MeterReading
from ..time_units import DAY, HOUR
from .clocks.freshness import Freshness
from .clocks.host_clock import ClockGuard
from .clocks.join import Join
from .electricity.compressor_runs import BLIP
from .electricity.counters import CounterEvent
from .electricity.meter import MeterTotal
from .electricity.reversed_ct import ReversedCt
from .flags import Flag, FlagKind
from .heat.carnot import CarnotGate, carnot_share
from .heat.estimator import HeatEstimator
from .heat.heat_meter import HeatMeter
from .heat.methods import powers_w
from .heat.unit_counters import is_plausible
from .intervals import Interval, chosen_method
from .limits import HIGHEST_COP, SAMPLE_HOLD_S
from .modes import backup_heater_is_on, is_running, mode_of
from .output import Snapshot, Update
from .plant import HeatMethod, Part, Plant
from .totals.booking import book
from .totals.calendar import Calendar
from .totals.gaps import LONG, Gap, PairedPart
from .totals.ledger import Bucket, Ledger, Merge
from .totals.periods import Period, PeriodSummary, summaries
from .totals.run_log import RunLog
from .totals.tariff import Tariff
from .totals.uncertainty import heat_errors

_FLAGS_KEPT = 100
_COP_HOLD = timedelta(seconds=SAMPLE_HOLD_S)
# Where it is doubtful whether the heat pump tells of the present, an interval stays
# open for so many times the usual delay.
_LONGEST_DELAYS = 1.5
# A heat counter that does not move for longer is not waited for.
_COUNTER_PATIENCE = timedelta(hours=26)
# These show also what is not settled yet.
_PROVISIONAL = (Period.TODAY, Period.YESTERDAY)
# More than a day, be it one of 25 hours.
_WORTH_A_FLAG = timedelta(hours=26)
# More gaps than this in what the meter can remember is a meter that is never there.
_GAPS_KEPT = 200


@dataclass(slots=True)
class PerformanceMonitor:
    """Joins the meter's clock and the heat pump's into one ledger.

    Readings of either source may come at any pace; those that are not later
    than the last of their source change nothing. An interval is closed when the
    meter has told what was drawn until its end, and late values of the heat pump
    have had the time to arrive.
    """

    plant: Plant
    ledger: Ledger
    meter: MeterTotal
    join: Join = field(default_factory=Join)
    freshness: Freshness = field(default_factory=Freshness)
    estimator: HeatEstimator = field(default_factory=HeatEstimator)
    direction: ReversedCt = field(default_factory=ReversedCt)
    carnot: CarnotGate = field(default_factory=CarnotGate)
    clock: ClockGuard = field(default_factory=ClockGuard)
    """Judges the clock of the host; whoever adds readings asks it first."""
    opening: HeatPumpReading | None = None
    """The reading that opens the running interval."""
    pending: deque[HeatPumpReading] = field(default_factory=deque)
    """Readings whose interval is still open."""
    polled_at: datetime | None = None
    """When the heat pump was last read."""
    closing_delay: timedelta = timedelta()
    """How long values may arrive late, before an interval is closed."""
    tariff: Tariff = field(default_factory=Tariff)
    """What electricity brings with it from now on."""
    drawn_at: Tariff = field(default_factory=Tariff)
    """What it brought when the meter was last read."""
    gaps: deque[Gap] = field(default_factory=lambda: deque(maxlen=_GAPS_KEPT))
    """Stretches of electricity whose course is not known yet."""
    run_log: RunLog = field(default_factory=RunLog)
    heat_total_wh: float | None = None
    backup_heater_on: bool | None = None
    interval: Interval | None = None
    meter_wait: timedelta = timedelta(hours=24)
    """How long a heat-pump reading waits for the meter to tell what it drew."""
    start_lead: timedelta = timedelta(minutes=2)
    """How long before the meter's first word a heat-pump reading may still hold.

    Longer than a meter holds back what it counted.
    """
    flags: deque[Flag] = field(default_factory=lambda: deque(maxlen=_FLAGS_KEPT))
    """What was wrong lately, oldest first."""
    _raised: list[Flag] = field(default_factory=list, init=False, compare=False)
    """What was wrong since the last update."""

    @classmethod
    def start(
        cls,
        plant: Plant,
        time_zone: tzinfo,
        *,
        closing_delay: timedelta = timedelta(),
    ) -> PerformanceMonitor:
        """Return a monitor that has seen nothing yet.

        Args:
            plant: What the owner told us.
            time_zone: The household's time zone.
            closing_delay: How long values of the heat pump may arrive late.
        """
        monitor = cls(
            plant, Ledger(Calendar(time_zone)), MeterTotal(plant.meter_rating_w)
        )
        monitor.set_delay(closing_delay)
        return monitor

    def set_delay(self, closing_delay: timedelta) -> None:
        """Set how long values of the heat pump may arrive late."""
        self.closing_delay = closing_delay
        self.join.longest_delay = closing_delay
        self.join.runs.blip = min(BLIP, closing_delay / 10)

    @property
    def reading(self) -> HeatPumpReading | None:
        """Return the newest heat-pump reading."""
        return self.pending[-1] if self.pending else self.opening

    @property
    def waits_for_meter(self) -> bool:
        """Return whether the electricity of the newest interval is not known yet."""
        newest = self.reading
        return newest is not None and self.meter.total_at(newest.time) is None

    def add_meter(self, reading: MeterReading) -> Update:
        """Add a meter reading; return what it brought about."""
        counter, known_until = self.meter.counter, self.meter.known_until
        span, event = self.meter.add(reading)
        self._judge_meter(reading)
        if self.direction.suspect_since is None:
            # The power that a reversed phase takes off shows no starts and stops.
            self.join.add_meter(reading)
        if counter is not None:
            self._flag(
                reading.time, "electricity", event, counter.value_wh, reading.energy_wh
            )
        if span is not None:
            self._book_electricity(span)
        elif event is CounterEvent.RESET and known_until is not None:
            self._remember_lost(known_until, reading.time)
        self.drawn_at = self.tariff
        return self._updated(self._close_ready())

    def add_heat_pump(self, reading: HeatPumpReading) -> Update:
        """Add a heat-pump reading; return what it brought about."""
        if self.reading is not None and reading.time <= self.reading.time:
            return Update()
        before, self.polled_at = self.reading, reading.time
        reading = self._without_frozen(reading)
        open_since = None if self.opening is None else self.opening.time
        self.join.add_heat_pump(before, reading, open_since)
        self._judge_sources(reading)
        if self.estimator.heat_meter.time is not None and reading.heat_meter_wh is None:
            # What it counts meanwhile belongs to one longer interval.
            return self._updated([])
        self.backup_heater_on = backup_heater_is_on(before, reading)
        self.pending.append(reading)
        return self._updated(self._close_ready())

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
        days = {day for day in self.ledger.days if day >= self.ledger.local_day(moment)}
        hours = {hour for hour in self.ledger.hours if hour > moment - HOUR}
        if before is not None:
            kept = "plant", "clock", "tariff", "drawn_at"
            for each in fields(self):
                if each.init and each.name not in kept:
                    setattr(self, each.name, getattr(before, each.name))
        else:
            self.ledger.forget_after(moment)
            self.run_log.forget_after(moment)
            self.meter.replace_meter()
            self.join, self.freshness = Join(), Freshness()
            self.set_delay(self.closing_delay)
            self.opening = self.interval = self.polled_at = None
            self.pending.clear()
            self.gaps = deque(
                (each for each in self.gaps if each.end <= moment),
                maxlen=_GAPS_KEPT,
            )
            self.flags = deque(
                (each for each in self.flags if each.time <= moment),
                maxlen=_FLAGS_KEPT,
            )
        self.flag_clock(moment, now)
        self.ledger.changes.days |= days
        self.ledger.changes.hours |= hours
        return self._updated([])

    def flag_clock(self, since: datetime, now: datetime) -> None:
        """Flag a clock that was wrong, in the update of the next reading.

        Args:
            since: The last time that was right, in UTC.
            now: When it was found to be right again.
        """
        self._raise(Flag(now, FlagKind.CLOCK_JUMP, f"since {since.isoformat()}"))

    def redistribute(self, gap: Gap, spans: Sequence[EnergySpan]) -> Update:
        """Replace the even load profile of a gap by that of the meter's memory.

        With no spans, it stays even for good.
        """
        self.gaps.remove(gap)
        if not gap.is_counted:
            self.meter.add_recovered(gap.add_recovered(self.ledger, spans))
        elif spans:
            load_profile = gap.load_profile(spans)
            gap.redistribute(self.ledger, load_profile)
            # An interval that is still open takes its electricity from there.
            self.meter.timeline.redistribute(load_profile)
        return self._updated([])

    def merge_imported(
        self, recorded: Ledger, first: date, last: date, *, replace: bool
    ) -> tuple[Merge, Update]:
        """Merge imported days; see `Ledger.merge_imported`."""
        merge = self.ledger.merge_imported(recorded, first, last, replace=replace)
        return merge, self._updated([])

    def snapshot(self, now: datetime) -> Snapshot:
        """Return what is known at a moment, in UTC."""
        provisional = self._provisional()
        interval = provisional[-1] if provisional else self.interval
        reading = self.reading if self._is_believed else None
        powers = self._powers_w(reading) if reading else {}
        # Counters tell energy, and no power: the shape is another method's.
        counters = self.plant.heat_method is HeatMethod.COUNTER
        method = chosen_method(powers, None if counters else self.plant.heat_method)
        return Snapshot(
            time=now,
            plant=self.plant,
            reading=self.reading,
            ledger=self.ledger,
            counted_until=self.counted_until(now),
            flags=tuple(self.flags),
            interval=interval,
            closed_interval=self.interval,
            cop=self._cop(now, interval),
            mode=mode_of(reading) if reading else None,
            backup_heater_on=self.backup_heater_on,
            thermal_power_w=powers[method] if method else None,
            thermal_power_by_method=powers,
            heat_method=method,
            heat_total_wh=self.heat_total_wh,
            electricity_total_wh=self.meter.total_wh,
            electricity_until=self.meter.known_until,
            summaries=self._summaries(now, provisional),
            since=self.ledger.since,
            unresolved=sum(
                (gap.end - gap.start for gap in self.gaps),
                timedelta(),
            ),
            measured_at=self.freshness.newest,
            stale_since=self.freshness.stale.since,
            contradiction_since=self.freshness.contradicted.since,
            reversed_phases=self.direction.reversed_phases,
            reversed_since=self.direction.suspect_since,
            heat_counters_frozen_since=self._heat_counters_frozen_since(),
            supply_frozen_since=self.freshness.frozen_supply,
            compressor_frozen_since=self._compressor_frozen_since(),
            run_time_disagrees_since=self.join.run_check.disagrees_since,
        )

    def _powers_w(self, reading: HeatPumpReading) -> dict[HeatMethod, float]:
        """Return the thermal power by method, at rest no more than what is drawn."""
        powers = powers_w(reading, self.plant)
        runs = self.join.runs
        if is_running(reading) or Part.BACKUP_HEATER not in self.plant.metered:
            return powers
        if runs.last_at is None:
            return powers
        return {method: min(power, runs.last_w) for method, power in powers.items()}

    def _heat_counters_frozen_since(self) -> datetime | None:
        unit_heat = self.estimator.unit_heat
        counters = unit_heat.heating, unit_heat.hot_water
        moved_at = [counter.time for counter in counters if counter is not None]
        return max(moved_at, default=None) if unit_heat.is_frozen else None

    def _compressor_frozen_since(self) -> datetime | None:
        if not self.freshness.is_compressor_frozen or not self.join.compressor:
            return None
        newest = self.join.compressor[-1]
        return newest.stamp or newest.time

    @property
    def _is_believed(self) -> bool:
        """Return whether the heat pump tells of the present."""
        freshness = self.freshness
        return freshness.stale.since is None and freshness.contradicted.since is None

    def counted_until(self, now: datetime) -> datetime:
        """Return up to when an interval can have been closed, in UTC.

        The running interval is no gap yet; one that runs for too long is.
        """
        hold = _COP_HOLD + self.closing_delay * _LONGEST_DELAYS
        if self.interval is None or now - self.interval.end > hold:
            return now
        return self.interval.end

    def _summaries(
        self, now: datetime, provisional: Sequence[Interval]
    ) -> dict[Period, PeriodSummary]:
        """Return all periods; today and yesterday with what is not settled yet."""
        until = self.counted_until(now)
        figures = summaries(
            self.ledger,
            now,
            until=until,
            heat_errors=heat_errors(self.plant),
        )
        if not provisional:
            return figures
        open_ledger = Ledger(self.ledger.calendar)
        for interval in provisional:
            book(open_ledger, interval, self._electricity)
        for period in _PROVISIONAL:
            figures[period] = _extended(
                figures[period], open_ledger, provisional[-1].end
            )
        return figures

    def _provisional(self) -> list[Interval]:
        """Return the intervals that are still open, as they look now."""
        estimator, opened = self.estimator.copied(), self.opening
        intervals: list[Interval] = []
        for reading in self.pending:
            known = self.meter.total_at(reading.time) is not None
            if opened is not None and known and self._has_begun(opened):
                metered_wh, _ = _metered_heat(estimator.heat_meter, reading)
                intervals.append(self._interval(estimator, opened, reading, metered_wh))
            opened = reading
        return intervals

    def _without_frozen(self, reading: HeatPumpReading) -> HeatPumpReading:
        """Return a reading without a supply temperature that stands still."""
        if not self.closing_delay:
            return reading
        freshness = self.freshness
        if freshness.finds_frozen_supply(reading, self.join):
            detail = f"supply temperature, since {freshness.frozen_supply}"
            self._raise(Flag(reading.time, FlagKind.STALE_VALUE, detail))
            self.pending = deque(replace(each, supply_c=None) for each in self.pending)
        if freshness.frozen_supply is None:
            return reading
        return replace(reading, supply_c=None)

    def _judge_meter(self, reading: MeterReading) -> None:
        """Flag phases that have been found to run backwards."""
        before = self.direction.reversed_phases
        self.direction.add(reading)
        if added := set(self.direction.reversed_phases) - set(before):
            detail = ", ".join(sorted(added)).upper()
            self._raise(Flag(reading.time, FlagKind.METER_BACKWARDS, detail))

    def _judge_sources(self, reading: HeatPumpReading) -> None:
        """Judge whether the newest reading tells of the present."""
        if not self.closing_delay:
            return
        freshness = self.freshness
        if freshness.finds_frozen_compressor(self.join):
            detail = "state of the compressor"
            self._raise(Flag(reading.time, FlagKind.STALE_VALUE, detail))
        before = freshness.stale.since, freshness.contradicted.since
        heater = Part.BACKUP_HEATER in self.plant.metered
        freshness.add(reading, self.join, heater_metered=heater)
        after = freshness.stale.since, freshness.contradicted.since
        kinds = FlagKind.STALE, FlagKind.CONTRADICTION
        for kind, was, since in zip(kinds, before, after, strict=True):
            if was is None and since is not None:
                detail = f"since {since.isoformat()}"
                self._raise(Flag(reading.time, kind, detail))

    def _updated(self, closed: Sequence[Interval]) -> Update:
        """Return an update with the flags raised since the last one."""
        raised, self._raised = tuple(self._raised), []
        changes = self.ledger.take_changes()
        return Update(
            tuple(closed), raised, frozenset(changes.hours), frozenset(changes.days)
        )

    def _raise(self, flag: Flag) -> None:
        self.flags.append(flag)
        self._raised.append(flag)

    def _close_ready(self) -> list[Interval]:
        closed: list[Interval] = []
        self._open()
        while self.pending and self._is_ready(self.pending[0]):
            reading = self.pending.popleft()
            opened = self.opening
            if opened is not None and self._waits_for_counter(opened, reading):
                continue
            self.opening = reading
            metered_wh = self._metered_heat(reading)
            if opened is None or not self._has_begun(opened):
                self.estimator.unit_heat.add(reading)
                continue
            self._check_runs(opened, reading)
            was_frozen = self.estimator.unit_heat.is_frozen
            interval = self._interval(self.estimator, opened, reading, metered_wh)
            self._judge_unit_heat(reading, was_frozen=was_frozen)
            self.interval = self._judged(interval, opened, reading)
            self.ledger.since = self.ledger.since or opened.time
            self._book(self.interval)
            closed.append(self.interval)
        if closed:
            self.meter.forget_before(closed[-1].end)
            self.direction.forget_before(closed[-1].end)
        return closed

    def _waits_for_counter(
        self, opened: HeatPumpReading, reading: HeatPumpReading
    ) -> bool:
        """Return whether only a counter knows the heat, and has not told it yet.

        It moves in steps, and late: the heat is that of the time since it last
        moved. Before the electricity explains it, the rest is still to come.
        """
        if opened.heat is None or reading.heat is None:
            return False
        if powers_w(reading, self.plant) or opened.heat_meter_wh is not None:
            return False
        if reading.time - opened.time > _COUNTER_PATIENCE:
            return False
        counted_wh = copy(self.estimator.unit_heat).add(reading)
        electricity_wh = self._electricity(opened.time, reading.time)
        if counted_wh is None or electricity_wh is None:
            return False
        return counted_wh <= 0 or not is_plausible(counted_wh, electricity_wh)

    def _open(self) -> None:
        """Open the account where the meter's does, with the reading just before.

        Both sources are asked at the same time, and a minute goes by until the
        meter's counter moves: the reading still holds then.
        """
        since = self.meter.since
        if self.opening is not None or since is None:
            return
        while len(self.pending) > 1 and self.pending[1].time <= since:
            self.pending.popleft()
        if self.pending and since - self.start_lead < self.pending[0].time < since:
            self.pending[0] = replace(self.pending[0], time=since)

    def _has_begun(self, opened: HeatPumpReading) -> bool:
        """Return whether an interval that opens here belongs to the account.

        The account begins when the meter's counter was first seen to move; the
        minute before that is no gap.
        """
        return self.meter.since is None or opened.time >= self.meter.since

    def _is_ready(self, reading: HeatPumpReading) -> bool:
        """Return whether the interval that a reading ends can be closed."""
        return self._is_settled(reading) and (
            self.meter.total_at(reading.time) is not None
            or self.meter.is_known_past(reading.time)
            or self.pending[-1].time - reading.time > self.meter_wait
        )

    def _is_settled(self, reading: HeatPumpReading) -> bool:
        """Return whether late values have had the time to arrive."""
        if not self.closing_delay:
            return True
        longest = self.closing_delay * _LONGEST_DELAYS
        suspect = self.freshness.is_suspect
        usual = longest if suspect else self.closing_delay
        if self.polled_at is not None and self.polled_at - reading.time >= usual:
            return True
        known_until = self.meter.known_until
        return known_until is not None and known_until - reading.time > longest

    def _judge_unit_heat(self, reading: HeatPumpReading, *, was_frozen: bool) -> None:
        """Flag what is wrong with the unit's own heat counters."""
        unit_heat = self.estimator.unit_heat
        if unit_heat.is_frozen and not was_frozen:
            detail = f"{unit_heat.unseen_wh / 1000:.1f} kWh not seen"
            self._raise(Flag(reading.time, FlagKind.HEAT_COUNTER_FROZEN, detail))
        if unit_heat.event is not None and reading.heat is not None:
            kind = FlagKind.of_counter("heat_counter", unit_heat.event)
            values = reading.heat.heating_wh, reading.heat.hot_water_wh
            detail = ", ".join(
                f"{wh / 1000:.1f} kWh" for wh in values if wh is not None
            )
            self._raise(Flag(reading.time, kind, f"now {detail}"))

    def _metered_heat(self, reading: HeatPumpReading) -> float | None:
        """Return what was metered since the last reading, in Wh; flag what is wrong."""
        before_wh = self.estimator.heat_meter.value_wh
        heat_wh, event = _metered_heat(self.estimator.heat_meter, reading)
        self._flag(reading.time, "heat", event, before_wh, reading.heat_meter_wh)
        return heat_wh

    def _flag(
        self,
        time: datetime,
        counter: str,
        event: CounterEvent | None,
        before_wh: float,
        after_wh: float | None,
    ) -> None:
        if event is not None:
            detail = f"{before_wh:g} Wh, then {after_wh:g} Wh"
            self._raise(Flag(time, FlagKind.of_counter(counter, event), detail))

    def _interval(
        self,
        estimator: HeatEstimator,
        start: HeatPumpReading,
        end: HeatPumpReading,
        metered_wh: float | None,
    ) -> Interval:
        return estimator.interval(
            start,
            end,
            self.plant,
            self.join,
            self._electricity,
            heat_meter_wh=metered_wh,
            in_doubt=self._is_in_doubt(start.time, end.time),
        )

    def _is_in_doubt(self, start: datetime, end: datetime) -> bool:
        """Return whether the sources are not believed for any part of a time."""
        return self.freshness.doubts(start, end) or self.direction.ran_backwards(
            start, end
        )

    def _check_runs(self, start: HeatPumpReading, end: HeatPumpReading) -> None:
        """Check the meter's runs against the unit's own counters; flag them once."""
        was_believed = self.join.run_check.disagrees_since is None
        in_doubt = self._is_in_doubt(start.time, end.time)
        in_doubt |= self.estimator.run_time.is_frozen
        found = self.join.check_runs(start, end, in_doubt=in_doubt)
        if found is not None and was_believed:
            self._raise(Flag(end.time, FlagKind.RUN_TIME, str(found)))

    def _judged(
        self, interval: Interval, start: HeatPumpReading, end: HeatPumpReading
    ) -> Interval:
        """Return the interval with what Carnot says of it.

        While the meter was away, only the mean power of hours is known: a short run
        would have far too high a COP.
        """
        is_mean = any(gap.overlaps(interval.start, interval.end) for gap in self.gaps)
        if (cop := interval.cop) is None or is_mean:
            share, detail = None, ""
        elif (share := carnot_share(cop, start, end)) is not None:
            detail = f"COP {cop:.1f} is {share:.0%} of Carnot's"
        else:
            share, detail = cop / HIGHEST_COP, f"COP {cop:.1f}"
        raised, seconds = self.carnot.take(interval.start, interval.end, share)
        if raised:
            self._raise(Flag(interval.end, FlagKind.BEYOND_CARNOT, detail))
        return replace(interval, beyond_carnot_s=seconds)

    def _electricity(self, start: datetime, end: datetime) -> float | None:
        """Return what the meter counted between two moments, in Wh."""
        before_wh, after_wh = self.meter.total_at(start), self.meter.total_at(end)
        if before_wh is None or after_wh is None:
            return None
        return after_wh - before_wh

    def _book_electricity(self, span: EnergySpan) -> None:
        """Book what the meter counted; a long stretch is straight until it is known.

        What it cost is known if the price is the same at both its ends.
        """
        start, end = span.start, span.end
        if end - start <= LONG:
            self.ledger.book_electricity(start, end, span.energy_wh, self.tariff)
            return
        tariff = self.tariff.where_equal(self.drawn_at)
        self.ledger.book_electricity(start, end, span.energy_wh, tariff)
        self.gaps.append(Gap(start, end, span.energy_wh, tariff))
        if end - start > _WORTH_A_FLAG:
            detail = f"{span.energy_wh:g} Wh since {start.isoformat()}"
            self._raise(Flag(end, FlagKind.GAP, detail))

    def _remember_lost(self, start: datetime, end: datetime) -> None:
        """Remember a long stretch of which only the meter's memory knows the sum."""
        if end - start > LONG:
            tariff = self.tariff.where_equal(self.drawn_at)
            self.gaps.append(Gap(start, end, 0.0, tariff, is_counted=False))

    def _book(self, interval: Interval) -> None:
        book(self.ledger, interval, self._electricity)
        self.run_log.add(interval, heat_errors(self.plant))
        if interval.heat_wh is None:
            return
        self.heat_total_wh = (self.heat_total_wh or 0.0) + interval.warmth_wh
        if interval.electricity_wh is None:
            return
        for gap in self.gaps:
            if gap.overlaps(interval.start, interval.end):
                gap.paired += _parts(interval, gap)

    def _cop(self, now: datetime, interval: Interval | None) -> float | None:
        """Return the COP of an interval while it still describes the present."""
        if interval is None or now - interval.end > _COP_HOLD or not self._is_believed:
            return None
        running = self.reading is not None and is_running(self.reading)
        return interval.cop if running else None


def _metered_heat(
    heat_meter: HeatMeter, reading: HeatPumpReading
) -> tuple[float | None, CounterEvent | None]:
    """Return what was metered since the last reading, in Wh, and what was wrong."""
    if reading.heat_meter_wh is None:
        return reading.heated_wh, None
    return heat_meter.take(reading.time, reading.heat_meter_wh)


def _extended(
    period: PeriodSummary, open_ledger: Ledger, until: datetime
) -> PeriodSummary:
    """Return a period with what is still open."""
    sums = Bucket()
    sums.add(period.sums)
    sums.add(open_ledger.sums(period.first, period.last))
    end = min(open_ledger.midnight(period.last + DAY), until)
    return replace(period, sums=sums, end=max(period.end, end))


def _parts(interval: Interval, gap: Gap) -> Iterator[PairedPart]:
    """Yield the parts of a paired interval that lie in a straight stretch.

    They are its segments; but what a counter alone tells of a gap has no shape.
    """
    cop = interval.cop_of_gap
    for segment in interval.segments:
        part = PairedPart(
            max(segment.start, gap.start),
            min(segment.end, gap.end),
            segment.mode,
            cop,
            interval.boundary,
        )
        if part.start < part.end:
            yield part

"""The account of one heat pump: readings in, intervals and periods out."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo

from .booking import book
from .carnot import HIGHEST_COP, CarnotGate, carnot_share
from .counters import CounterEvent
from .cycles import defrosts_between, starts_between
from .flags import Flag, FlagKind
from .heat import SAMPLE_HOLD_S, Halves, first_half_share, powers_w, sampled_heat
from .heat_meter import HEAT_RATING_W, HeatMeter
from .intervals import Interval, chosen_method
from .ledger import Ledger
from .meter import MeterAccount, Stretch
from .modes import Mode, is_running, mode_of, rod_is_on
from .periods import DEFAULT_SEASON_START_MONTH, Account, Period, accounts
from .plant import HeatMethod, Part, Plant
from .readings import EnergySpan, HeatPumpReading, MeterReading
from .rod import RodAccount, rod_heat_wh
from .run_time import RunTime
from .straight import LONG, PairedPart, Straight
from .tariff import Tariff
from .unit_counters import UnitHeat

_FLAGS_KEPT = 100
_COP_HOLD = timedelta(seconds=SAMPLE_HOLD_S)
# Weather changes more slowly than what a heat pump does.
_OUTSIDE_HOLD_S = 3 * 3600.0
# More than a day, be it one of 25 hours.
_WORTH_A_FLAG = timedelta(hours=26)
# More gaps than this in what the meter can remember is a meter that is never there.
_STRAIGHTS_KEPT = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Snapshot:
    """What is known at one moment."""

    interval: Interval | None
    """The last closed one."""
    cop: float | None
    mode: Mode | None
    rod_on: bool | None
    """Whether the heating rod heats, or did since the reading before."""
    thermal_power_w: float | None
    thermal_power_by_method: Mapping[HeatMethod, float]
    heat_method: HeatMethod | None
    """The method that the thermal power now comes from."""
    heat_total_wh: float | None
    electricity_total_wh: float
    accounts: Mapping[Period, Account]
    since: datetime | None
    to_recover: timedelta
    """How much time the meter's own memory has not been asked about yet."""
    measured_at: datetime | None = None
    """When the newest value of the heat pump was measured."""
    stale_since: datetime | None = None
    """Since when the heat pump sends old values only; None while it is fresh."""
    contradiction_since: datetime | None = None
    """Since when meter and heat pump contradict each other; None if they agree."""


@dataclass(frozen=True, slots=True)
class Update:
    """What a reading brought about."""

    closed: tuple[Interval, ...] = ()
    """The intervals that it closed, in the order of time."""
    flags: tuple[Flag, ...] = ()
    """What was found to be wrong."""


@dataclass(slots=True)
class PerformanceMonitor:
    """Joins the meter's clock and the heat pump's into one account.

    Readings of either source may come at any pace; those that are not later
    than the last of their source change nothing. An interval is closed as soon
    as the meter has told what was drawn until its end.
    """

    plant: Plant
    ledger: Ledger
    meter: MeterAccount
    anchor: HeatPumpReading | None = None
    """The reading that opens the running interval."""
    waiting: deque[HeatPumpReading] = field(default_factory=deque)
    """Readings until whose time the meter has not told its total yet."""
    run_time: RunTime = field(default_factory=RunTime)
    heat_meter: HeatMeter = field(default_factory=HeatMeter)
    unit_heat: UnitHeat = field(default_factory=UnitHeat)
    rod: RodAccount = field(default_factory=RodAccount)
    carnot: CarnotGate = field(default_factory=CarnotGate)
    tariff: Tariff = field(default_factory=Tariff)
    """What electricity brings with it from now on."""
    drawn_at: Tariff = field(default_factory=Tariff)
    """What it brought when the meter was last read."""
    straights: deque[Straight] = field(
        default_factory=lambda: deque(maxlen=_STRAIGHTS_KEPT)
    )
    """Stretches of electricity whose course is not known yet."""
    heat_total_wh: float | None = None
    rod_on: bool | None = None
    interval: Interval | None = None
    patience: timedelta = timedelta(hours=24)
    """How long a heat-pump reading waits for the meter to tell what it drew."""
    lead: timedelta = timedelta(minutes=2)
    """How long before the meter's first word a heat-pump reading may still hold.

    Longer than a meter holds back what it counted.
    """
    flags: deque[Flag] = field(default_factory=lambda: deque(maxlen=_FLAGS_KEPT))
    """What was wrong lately, oldest first."""
    _raised: list[Flag] = field(default_factory=list, init=False, compare=False)
    """What was wrong since the last update."""

    @classmethod
    def start(cls, plant: Plant, time_zone: tzinfo) -> PerformanceMonitor:
        """Return a monitor that has seen nothing yet."""
        return cls(plant, Ledger(time_zone), MeterAccount(plant.meter_rating_w))

    @property
    def reading(self) -> HeatPumpReading | None:
        """Return the newest heat-pump reading."""
        return self.waiting[-1] if self.waiting else self.anchor

    def add_meter(self, reading: MeterReading) -> Update:
        """Add a meter reading; return what it brought about."""
        counter, known_until = self.meter.counter, self.meter.known_until
        stretch, event = self.meter.add(reading)
        if counter is not None:
            self._flag(
                reading.time, "electricity", event, counter.value_wh, reading.energy_wh
            )
        if stretch is not None:
            self._book_electricity(stretch)
        elif event is CounterEvent.RESET and known_until is not None:
            self._remember_lost(known_until, reading.time)
        self.drawn_at = self.tariff
        return self._updated(self._close_ready())

    def add_heat_pump(self, reading: HeatPumpReading) -> Update:
        """Add a heat-pump reading; return what it brought about."""
        if self.reading is not None and reading.time <= self.reading.time:
            return Update()
        if self.heat_meter.time is not None and reading.heat_meter_wh is None:
            # What it counts meanwhile belongs to one longer interval.
            return Update()
        self.rod_on = rod_is_on(self.reading, reading)
        self.waiting.append(reading)
        return self._updated(self._close_ready())

    def bend(self, straight: Straight, spans: Sequence[EnergySpan]) -> None:
        """Give a straight stretch the course that the meter's memory tells.

        With no spans, it stays straight for good.
        """
        self.straights.remove(straight)
        if not straight.is_counted:
            self.meter.recall(straight.recall(self.ledger, spans))
        elif spans:
            course = straight.course(spans)
            straight.bend(self.ledger, course)
            # An interval that is still open takes its electricity from there.
            self.meter.timeline.bend(course)

    def snapshot(
        self, now: datetime, season_start_month: int = DEFAULT_SEASON_START_MONTH
    ) -> Snapshot:
        """Return what is known at a moment, in UTC."""
        reading = self.reading
        powers = powers_w(reading, self.plant) if reading else {}
        # Counters tell energy, and no power: the shape is another method's.
        counters = self.plant.heat_method is HeatMethod.COUNTER
        method = chosen_method(powers, None if counters else self.plant.heat_method)
        until = self.counted_until(now)
        return Snapshot(
            interval=self.interval,
            cop=self._cop(now),
            mode=mode_of(reading) if reading else None,
            rod_on=self.rod_on,
            thermal_power_w=powers[method] if method else None,
            thermal_power_by_method=powers,
            heat_method=method,
            heat_total_wh=self.heat_total_wh,
            electricity_total_wh=self.meter.total_wh,
            accounts=accounts(self.ledger, now, season_start_month, until=until),
            since=self.ledger.since,
            to_recover=sum(
                (straight.end - straight.start for straight in self.straights),
                timedelta(),
            ),
        )

    def counted_until(self, now: datetime) -> datetime:
        """Return up to when an interval can have been closed, in UTC.

        The running interval is no gap yet; one that runs for too long is.
        """
        if self.interval is None or now - self.interval.end > _COP_HOLD:
            return now
        return self.interval.end

    def _updated(self, closed: Sequence[Interval]) -> Update:
        """Return an update with the flags raised since the last one."""
        raised, self._raised = tuple(self._raised), []
        return Update(tuple(closed), raised)

    def _raise(self, flag: Flag) -> None:
        self.flags.append(flag)
        self._raised.append(flag)

    def _close_ready(self) -> list[Interval]:
        closed: list[Interval] = []
        self._open()
        while self.waiting and self._is_ready(self.waiting[0]):
            reading = self.waiting.popleft()
            opened, self.anchor = self.anchor, reading
            metered_wh = self._metered_heat(reading)
            counted_wh = self.unit_heat.take(reading)
            if opened is not None and self._has_begun(opened):
                self.interval = self._interval(opened, reading, metered_wh, counted_wh)
                self.ledger.since = self.ledger.since or opened.time
                self._book(self.interval)
                closed.append(self.interval)
        if closed:
            self.meter.forget_before(closed[-1].end)
        return closed

    def _open(self) -> None:
        """Open the account where the meter's does, with the reading just before.

        Both sources are asked at the same time, and a minute goes by until the
        meter's counter moves: the reading still holds then.
        """
        since = self.meter.since
        if self.anchor is not None or since is None:
            return
        while len(self.waiting) > 1 and self.waiting[1].time <= since:
            self.waiting.popleft()
        if self.waiting and since - self.lead < self.waiting[0].time < since:
            self.waiting[0] = replace(self.waiting[0], time=since)

    def _has_begun(self, opened: HeatPumpReading) -> bool:
        """Return whether an interval that opens here belongs to the account.

        The account begins when the meter's counter was first seen to move; the
        minute before that is no gap.
        """
        return self.meter.since is None or opened.time >= self.meter.since

    def _is_ready(self, reading: HeatPumpReading) -> bool:
        """Return whether the meter has told its total, or never will."""
        return (
            self.meter.total_at(reading.time) is not None
            or self.meter.is_known_past(reading.time)
            or self.waiting[-1].time - reading.time > self.patience
        )

    def _metered_heat(self, reading: HeatPumpReading) -> float | None:
        """Return what was metered since the last reading, in Wh."""
        if reading.heat_meter_wh is None:
            return reading.heated_wh
        before_wh = self.heat_meter.value_wh
        heat_wh, event = self.heat_meter.take(reading.time, reading.heat_meter_wh)
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
        start: HeatPumpReading,
        end: HeatPumpReading,
        metered_wh: float | None,
        counted_wh: float | None,
    ) -> Interval:
        electricity_wh = self._electricity(start.time, end.time)
        run_s = self.run_time.between(start, end)
        heats = self._heats(start, end, run_s, metered_wh, counted_wh, electricity_wh)
        rod_wh = self.rod.between(start, end, electricity_wh, self.plant)
        if Part.HEATING_ROD not in self.plant.metered:
            # Its electricity is not in the account, so its heat is not either.
            heats, rod_wh = _without_rod(heats, rod_wh or 0.0), None
        elapsed_s = (end.time - start.time).total_seconds()
        # What it did throughout a gap, its two ends do not tell.
        told = start.mode is not None or elapsed_s <= SAMPLE_HOLD_S
        # A mode that is told holds until the next reading; so does none beside one.
        holds = start.mode is not None or end.mode is not None
        interval = Interval(
            start=start.time,
            end=end.time,
            start_mode=mode_of(start) if told else None,
            end_mode=mode_of(start if holds else end) if told else None,
            electricity_wh=electricity_wh,
            run_s=run_s,
            heats=heats,
            method=chosen_method(heats, self.plant.heat_method),
            starts=starts_between(start, end),
            defrosts=defrosts_between(start, end),
            rod_wh=rod_wh,
            outside_c=_outside_c(start, end) if elapsed_s <= _OUTSIDE_HOLD_S else None,
        )
        return self._judged(interval, start, end)

    def _judged(
        self, interval: Interval, start: HeatPumpReading, end: HeatPumpReading
    ) -> Interval:
        """Return the interval with what Carnot says of it."""
        if (cop := interval.cop) is None:
            share, detail = None, ""
        elif (share := carnot_share(cop, start, end)) is not None:
            detail = f"COP {cop:.1f} is {share:.0%} of Carnot's"
        else:
            share, detail = cop / HIGHEST_COP, f"COP {cop:.1f}"
        raised, seconds = self.carnot.take(interval.start, interval.end, share)
        if raised:
            self._raise(Flag(interval.end, FlagKind.BEYOND_CARNOT, detail))
        return replace(interval, beyond_carnot_s=seconds)

    def _heats(
        self,
        start: HeatPumpReading,
        end: HeatPumpReading,
        run_s: float | None,
        metered_wh: float | None,
        counted_wh: float | None,
        electricity_wh: float | None,
    ) -> dict[HeatMethod, Halves]:
        """Return the heat by every method, each put right by what counts it."""
        elapsed_s = (end.time - start.time).total_seconds()
        first_share = first_half_share(start, end)
        heats = sampled_heat(start, end, self.plant)
        if metered_wh is not None:
            heats[HeatMethod.HEAT_METER] = Halves.split(metered_wh, first_share)
        modulated = heats.pop(HeatMethod.MODULATION, None)
        if modulated is not None and run_s is not None:
            modulated = self.run_time.put_right(
                modulated, start, end, self.plant, run_s
            )
        if modulated is not None:
            heats[HeatMethod.MODULATION] = modulated
        if (sampled := chosen_method(heats, None)) is not None:
            counted = self.unit_heat.disciplined(
                counted_wh, heats[sampled], HEAT_RATING_W * elapsed_s / 3600
            )
        else:
            rested = is_running(start) is False and is_running(end) is False
            counted = self.unit_heat.across_gap(
                counted_wh,
                electricity_wh,
                first_share,
                ran=elapsed_s > SAMPLE_HOLD_S or not rested,
            )
        if counted is not None:
            heats[HeatMethod.COUNTER] = counted
        return heats

    def _electricity(self, start: datetime, end: datetime) -> float | None:
        """Return what the meter counted between two moments, in Wh."""
        before_wh, after_wh = self.meter.total_at(start), self.meter.total_at(end)
        if before_wh is None or after_wh is None:
            return None
        return after_wh - before_wh

    def _book_electricity(self, stretch: Stretch) -> None:
        """Book what the meter counted; a long stretch is straight until it is known.

        What it cost is known if the price is the same at both its ends.
        """
        start, end = stretch.start, stretch.end
        if end - start <= LONG:
            self.ledger.book_electricity(start, end, stretch.energy_wh, self.tariff)
            return
        tariff = self.tariff.where_equal(self.drawn_at)
        self.ledger.book_electricity(start, end, stretch.energy_wh, tariff)
        self.straights.append(Straight(start, end, stretch.energy_wh, tariff))
        if end - start > _WORTH_A_FLAG:
            detail = f"{stretch.energy_wh:g} Wh since {start.isoformat()}"
            self._raise(Flag(end, FlagKind.GAP, detail))

    def _remember_lost(self, start: datetime, end: datetime) -> None:
        """Remember a long stretch of which only the meter's memory knows the sum."""
        if end - start > LONG:
            tariff = self.tariff.where_equal(self.drawn_at)
            self.straights.append(Straight(start, end, 0.0, tariff, is_counted=False))

    def _book(self, interval: Interval) -> None:
        book(self.ledger, interval, self._electricity)
        if interval.heat_wh is None:
            return
        self.heat_total_wh = (self.heat_total_wh or 0.0) + interval.warmth_wh
        if interval.electricity_wh is None:
            return
        for straight in self.straights:
            if straight.overlaps(interval.start, interval.end):
                straight.paired += _parts(interval, straight)

    def _cop(self, now: datetime) -> float | None:
        """Return the COP of the last interval while it still describes the present."""
        if self.interval is None or now - self.interval.end > _COP_HOLD:
            return None
        running = self.reading is not None and is_running(self.reading)
        return self.interval.cop if running else None


def _without_rod(
    heats: Mapping[HeatMethod, Halves], rod_wh: float
) -> dict[HeatMethod, Halves]:
    return {
        method: heat.corrected_to(heat.total_wh - rod_heat_wh(method, rod_wh))
        for method, heat in heats.items()
    }


def _outside_c(start: HeatPumpReading, end: HeatPumpReading) -> float | None:
    if start.outside_c is None or end.outside_c is None:
        return None
    return (start.outside_c + end.outside_c) / 2


def _parts(interval: Interval, straight: Straight) -> Iterator[PairedPart]:
    """Yield the parts of a paired interval that lie in a straight stretch.

    They are its halves; but what a counter alone tells of a gap has no halves.
    """
    middle = interval.start + (interval.end - interval.start) / 2
    if interval.gap_cop is not None:
        middle = interval.end
    for start, end, mode in (
        (interval.start, middle, interval.start_mode),
        (middle, interval.end, interval.end_mode),
    ):
        part = PairedPart(
            max(start, straight.start), min(end, straight.end), mode, interval.gap_cop
        )
        if part.start < part.end:
            yield part

"""The meters of a plant, each with its own clock, counter and identity.

The electricity is that of the meters of the whole, or else the sum of the parts:
an interval waits for these. It waits for a heat meter only where that is the method
in use. Any other meter gives what it knows when the interval is closed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from ..readings import (
    COMPRESSOR_ROLES,
    HEAT_PUMP_ROLES,
    HOUSE_ROLES,
    EnergySpan,
    MeterReading,
    Role,
    sum_if_known,
    summed_roles,
)
from .electricity.counters import CounterEvent
from .electricity.meter_total import MeterTotal
from .electricity.reversed_ct import ReversedCt
from .flags import FlagKind, FlagLog
from .heat.heat_meter import HeatMeterTotal
from .plant import Meter
from .totals.own_electricity import Flow, Stream

# Longer without a reading, and an even load profile says nothing of a quarter-hour.
_LONGEST_UNSEEN: Final = timedelta(minutes=3)


@dataclass(slots=True)
class ElectricityMeter:
    """One electricity meter."""

    role: Role
    total: MeterTotal
    identity: str | None = None
    reversed_ct: ReversedCt = field(default_factory=ReversedCt)
    exported: MeterTotal | None = None
    """What a grid meter counts the other way."""

    def identify(self, identity: str | None) -> bool:
        """Set which meter it is; return whether that is the same as before."""
        is_same = identity is None or self.identity in (None, identity)
        if not is_same:
            self.replace()
            self.reversed_ct = ReversedCt()
        self.identity = identity or self.identity
        return is_same

    @property
    def totals(self) -> list[MeterTotal]:
        """Return what it counts, in one direction or in both."""
        return [self.total] if self.exported is None else [self.total, self.exported]

    def replace(self) -> None:
        """Start a new base for every counter."""
        for total in self.totals:
            total.replace_meter()

    def check_direction(self, reading: MeterReading, flags: FlagLog) -> None:
        """Flag the phases that a reading has shown to run backwards."""
        before = self.reversed_ct.reversed_phases
        self.reversed_ct.add(reading)
        after = self.reversed_ct.reversed_phases
        if added := [name for name in after if name not in before]:
            detail = ", ".join(added).upper()
            flags.add(reading.time, FlagKind.METER_BACKWARDS, detail)

    def part_between(self, start: datetime, end: datetime) -> float | None:
        """Return the energy in Wh; None if not known, or a phase ran backwards."""
        if self.reversed_ct.ran_backwards(start, end):
            return None
        return self.total.timeline.between(start, end)


@dataclass(slots=True)
class Meters:
    """All meters of a plant, by their key."""

    electricity: dict[str, ElectricityMeter] = field(default_factory=dict)
    heat: dict[str, HeatMeterTotal] = field(default_factory=dict)
    since: datetime | None = None
    """From when on the electricity is known at all."""
    earlier_wh: float = 0.0
    """Total of meters that are no longer summed, less what the others had then."""
    summed: dict[str, ElectricityMeter] = field(
        init=False, compare=False, metadata={"serialize": "omit"}
    )
    """The meters whose sum is the electricity."""
    streams: list[Stream] = field(
        init=False, compare=False, metadata={"serialize": "omit"}
    )
    """What tells grid from own electricity; empty where the meters for it are not."""

    def __post_init__(self) -> None:
        """Find the meters to sum."""
        self._find()

    def install(self, meters: Iterable[Meter], rating_w: float) -> set[str]:
        """Match the meters to those of the plant; return the keys of those removed.

        A meter with another identity or role is another one: its counter starts again,
        and so does that of no other meter.
        """
        total_wh, electricity, heat = self.total_wh, self.electricity, self.heat
        self.electricity, self.heat = {}, {}
        kept: set[str] = set()
        for each in meters:
            if each.role is Role.HEAT:
                self.heat[each.key] = heat.get(each.key, HeatMeterTotal())
                self.heat[each.key].identify(each.identity)
                continue
            meter = electricity.get(each.key)
            if meter is None or meter.role is not each.role:
                meter = ElectricityMeter(each.role, MeterTotal(rating_w), each.identity)
            elif meter.identify(each.identity):
                kept.add(each.key)
            if each.role is Role.GRID and meter.exported is None:
                meter.exported = MeterTotal(rating_w)
            for total in meter.totals:
                total.rating_w = rating_w
            self.electricity[each.key] = meter
        self._find()
        self.earlier_wh += total_wh - self.total_wh
        return electricity.keys() - kept

    def shows_runs(self, key: str) -> bool:
        """Return whether a meter shows now when the compressor runs.

        The power that a reversed phase takes off shows no starts and stops.
        """
        for each, meter in self.summed.items():
            if meter.role in COMPRESSOR_ROLES:
                return key == each and not meter.reversed_ct.current
        return False

    @property
    def total_wh(self) -> float:
        """Return all electricity so far; it goes on when meters are added."""
        return self.earlier_wh + sum(
            meter.total.total_wh for meter in self.summed.values()
        )

    @property
    def known_until(self) -> datetime | None:
        """Return up to when the electricity is known."""
        # Asked for with every reading: no list is made.
        until: datetime | None = None
        for meter in self.summed.values():
            if (end := meter.total.known_until) is None:
                return None
            until = end if until is None or end < until else until
        return until

    @property
    def reversed_phases(self) -> dict[str, tuple[str, ...]]:
        """Return the phases whose CT is the wrong way round, by key of summed meter."""
        return {
            key: phases
            for key, each in self.summed.items()
            if (phases := each.reversed_ct.reversed_phases)
        }

    @property
    def reversed_since(self) -> datetime | None:
        """Return since when a phase of a summed meter has run backwards."""
        since = (each.reversed_ct.suspect_since for each in self.summed.values())
        return min((each for each in since if each is not None), default=None)

    def splits(self, span: EnergySpan | None) -> bool:
        """Return whether there were meters that tell how much of it is own."""
        starts = _if_all_known([each.total.since for each in self.streams])
        return span is not None and bool(starts) and span.start >= max(starts)

    def ran_backwards(self, start: datetime, end: datetime) -> bool:
        """Return whether a phase of a summed meter ran backwards in a time."""
        return any(
            each.reversed_ct.ran_backwards(start, end) for each in self.summed.values()
        )

    def is_known(self, moment: datetime) -> bool:
        """Return whether the electricity until a moment is known."""
        return bool(self.summed) and all(
            each.total.timeline.total_at(moment) is not None
            for each in self.summed.values()
        )

    def between(self, start: datetime, end: datetime) -> float | None:
        """Return the electricity between two moments, in Wh; None if not known."""
        return sum_if_known(
            [each.total.timeline.between(start, end) for each in self.summed.values()]
        )

    def seen_between(self, start: datetime, end: datetime) -> float | None:
        """Return the electricity between two moments, in Wh; None if nobody saw it."""
        return sum_if_known(
            [
                each.total.timeline.seen_between(start, end, _LONGEST_UNSEEN)
                for each in self.summed.values()
            ]
        )

    def heat_between(self, start: datetime, end: datetime) -> float | None:
        """Return the heat between two moments, in Wh; negative in a defrost."""
        return sum_if_known(
            [each.timeline.between(start, end) for each in self.heat.values()]
        )

    def parts_between(
        self, start: datetime, end: datetime
    ) -> Mapping[Role, float | None]:
        """Return the energy by the role of each meter that is not the whole's."""
        meters = self.electricity.values()
        roles = dict.fromkeys(each.role for each in meters)
        roles.pop(Role.WHOLE, None)
        return {
            role: sum_if_known(
                [each.part_between(start, end) for each in meters if each.role is role]
            )
            for role in roles
        }

    def is_waited_for(self, moment: datetime, *, needs_heat: bool) -> bool:
        """Return whether a meter may still give what an interval's end needs."""
        timelines = [each.total.timeline for each in self.summed.values()]
        if needs_heat:
            timelines += [each.timeline for each in self.heat.values()]
        # Before its first moment, readings to come can no longer help.
        return not timelines or any(
            not each.times or moment > each.times[-1] for each in timelines
        )

    def add(
        self, key: str, reading: MeterReading, flags: FlagLog
    ) -> tuple[EnergySpan | None, bool]:
        """Add a reading of an electricity meter.

        Return the energy span that ended, and whether the counter gives its sum.
        """
        meter = self.electricity[key]
        counter, known_until = meter.total.counter, meter.total.known_until
        span, event = meter.total.add(reading)
        if meter.exported is not None:
            meter.exported.add(_mirrored(reading))
        # A negative power of any other meter is no error.
        if meter.role in HEAT_PUMP_ROLES:
            meter.check_direction(reading, flags)
        if counter is not None and event is not None:
            kind, before_wh = "electricity", counter.value_wh
            flags.add_event(reading.time, kind, event, before_wh, reading.energy_wh)
        if self.since is None:
            starts = [each.total.since for each in self.summed.values()]
            self.since = max(_if_all_known(starts), default=None)
        if event is CounterEvent.RESET and known_until is not None:
            # Only the meter's memory knows the sum.
            return EnergySpan(known_until, reading.time, 0.0), False
        return span, True

    def add_heat(self, key: str, reading: MeterReading, flags: FlagLog) -> None:
        """Add a reading of a heat meter."""
        meter = self.heat[key]
        before_wh, event = meter.counter.value_wh, meter.add(reading)
        flags.add_event(reading.time, "heat", event, before_wh, reading.energy_wh)

    def restart(self) -> None:
        """Start a new base for every counter, as the time of the last is not right."""
        for meter in self.electricity.values():
            meter.replace()
        for heat_meter in self.heat.values():
            heat_meter.restart()

    def forget_before(
        self, moment: datetime, needed_from: Mapping[str, datetime]
    ) -> None:
        """Drop what lies before a moment, or before what a stream is needed from."""
        kept_from = {
            id(each.total): needed_from[each.name]
            for each in self.streams
            if each.name in needed_from
        }
        for meter in self.electricity.values():
            for total in meter.totals:
                total.forget_before(min(moment, kept_from.get(id(total), moment)))
            meter.reversed_ct.forget_before(moment)
        for heat_meter in self.heat.values():
            heat_meter.timeline.forget_before(moment)

    def _find(self) -> None:
        summed = summed_roles([each.role for each in self.electricity.values()])
        self.summed = {
            key: each for key, each in self.electricity.items() if each.role in summed
        }
        self.streams = list(_streams(self.electricity))


def _streams(meters: Mapping[str, ElectricityMeter]) -> Iterator[Stream]:
    """Yield what tells grid from own electricity; nothing unless all of it is there."""
    roles = {each.role for each in meters.values()}
    if not roles >= {*HOUSE_ROLES}:
        return
    for key, meter in meters.items():
        if meter.role is Role.PHOTOVOLTAICS:
            yield Stream(Flow.GENERATED, key, meter.total)
        elif meter.role is Role.GRID and meter.exported is not None:
            yield Stream(Flow.IMPORTED, key, meter.total)
            yield Stream(Flow.EXPORTED, key, meter.exported)


def _mirrored(reading: MeterReading) -> MeterReading:
    """Return a reading with what was fed back as what was drawn."""
    return MeterReading(
        time=reading.time,
        power_w=None if reading.power_w is None else -reading.power_w,
        energy_wh=reading.returned_wh,
        holds_back=reading.holds_back,
        reversed_phases=reading.reversed_phases,
        channels=reading.channels,
        counter_failed=reading.counter_failed,
    )


def _if_all_known[T](values: Sequence[T | None]) -> list[T]:
    """Return values; none of them where one is not known."""
    known = [value for value in values if value is not None]
    return known if len(known) == len(values) else []

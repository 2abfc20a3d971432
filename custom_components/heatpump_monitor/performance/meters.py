"""The meters of a plant, each with its own clock, counter and identity.

The electricity is that of the meters of the whole, or else the sum of the parts:
an interval waits for these. It waits for a heat meter only where that is the method
in use. Any other meter gives what it knows when the interval is closed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from ..readings import EnergySpan, MeterReading, Role
from .electricity.counters import CounterEvent
from .electricity.meter_total import MeterTotal
from .electricity.reversed_ct import ReversedCt
from .flags import FlagKind, FlagLog
from .heat.heat_meter import HeatMeterTotal
from .plant import Meter

_PARTS: Final = frozenset(
    {Role.COMPRESSOR, Role.BACKUP_HEATER, Role.SOURCE_PUMP, Role.CIRCULATION_PUMPS}
)
# The electricity is the sum of the first of these that a plant has.
_SUMMED: Final = (frozenset({Role.WHOLE}), _PARTS)
# A negative power of any other meter is no error.
_ONLY_DRAW: Final = _PARTS | {Role.WHOLE}
# Which of the summed meters shows best when the compressor runs.
_SEES_COMPRESSOR: Final = (Role.WHOLE, Role.COMPRESSOR)


@dataclass(slots=True)
class ElectricityMeter:
    """One electricity meter."""

    role: Role
    total: MeterTotal
    identity: str | None = None
    reversed_ct: ReversedCt = field(default_factory=ReversedCt)

    def between(self, start: datetime, end: datetime) -> float | None:
        """Return the energy between two moments, in Wh; None if not known."""
        return self.total.timeline.between(start, end)

    def part_between(self, start: datetime, end: datetime) -> float | None:
        """Return the same; None also if a phase ran backwards."""
        if self.reversed_ct.ran_backwards(start, end):
            return None
        return self.between(start, end)


@dataclass(frozen=True, slots=True)
class MeterStep:
    """What a reading of an electricity meter brought."""

    time: datetime
    span: EnergySpan | None = None
    """What became known."""
    event: CounterEvent | None = None
    known_before: datetime | None = None
    """Until when the total was known before."""


@dataclass(slots=True)
class Meters:
    """All meters of a plant, by their key."""

    electricity: dict[str, ElectricityMeter] = field(default_factory=dict)
    heat: dict[str, HeatMeterTotal] = field(default_factory=dict)
    since: datetime | None = None
    """From when on the electricity is known at all."""
    earlier_wh: float = 0.0
    """Total of meters that are no longer summed, less what the others had then."""

    def install(self, meters: Iterable[Meter], rating_w: float) -> set[str]:
        """Match the meters to those of the plant; return the keys of those removed.

        A meter with another identity or role is another one: its counter starts again,
        and so does that of no other meter.
        """
        total_wh, before = self.total_wh, self._identities()
        electricity, heat = self.electricity, self.heat
        self.electricity, self.heat = {}, {}
        for each in meters:
            if each.role is Role.HEAT:
                heat_meter = heat.get(each.key, HeatMeterTotal())
                heat_meter.identify(each.identity)
                self.heat[each.key] = heat_meter
            else:
                meter = _matched(electricity.get(each.key), each, rating_w)
                self.electricity[each.key] = meter
        self.earlier_wh += total_wh - self.total_wh
        after = self._identities()
        return {
            key
            for key, (role, identity) in before.items()
            if key not in after
            or after[key][0] is not role
            or identity not in (None, after[key][1])
        }

    @property
    def summed(self) -> dict[str, ElectricityMeter]:
        """Return the meters whose sum is the electricity."""
        for roles in _SUMMED:
            found = {
                key: meter
                for key, meter in self.electricity.items()
                if meter.role in roles
            }
            if found:
                return found
        return {}

    def shows_runs(self, key: str) -> bool:
        """Return whether a meter shows now when the compressor runs.

        The power that a reversed phase takes off shows no starts and stops.
        """
        keys = {meter.role: each for each, meter in reversed(self.summed.items())}
        known = (keys[role] for role in _SEES_COMPRESSOR if role in keys)
        if key != next(known, None):
            return False
        return self.electricity[key].reversed_ct.suspect_since is None

    @property
    def total_wh(self) -> float:
        """Return all electricity so far; it goes on when meters are added."""
        return self.earlier_wh + sum(
            meter.total.total_wh for meter in self.summed.values()
        )

    @property
    def known_until(self) -> datetime | None:
        """Return up to when the electricity is known."""
        ends = [meter.total.known_until for meter in self.summed.values()]
        known = [end for end in ends if end is not None]
        return min(known) if known and len(known) == len(ends) else None

    @property
    def reversed_phases(self) -> tuple[str, ...]:
        """Return the phases of summed meters whose CT is the wrong way round."""
        meters = self.summed.values()
        return tuple(
            sorted(
                {name for each in meters for name in each.reversed_ct.reversed_phases}
            )
        )

    @property
    def reversed_since(self) -> datetime | None:
        """Return since when a phase of a summed meter has run backwards."""
        since = (each.reversed_ct.suspect_since for each in self.summed.values())
        return min((each for each in since if each is not None), default=None)

    def ran_backwards(self, start: datetime, end: datetime) -> bool:
        """Return whether a phase of a summed meter ran backwards in a time."""
        return any(
            each.reversed_ct.ran_backwards(start, end) for each in self.summed.values()
        )

    def is_known(self, moment: datetime) -> bool:
        """Return whether the electricity until a moment is known."""
        return self.between(moment, moment) is not None

    def between(self, start: datetime, end: datetime) -> float | None:
        """Return the electricity between two moments, in Wh; None if not known."""
        return _sum(each.between(start, end) for each in self.summed.values())

    def heat_between(self, start: datetime, end: datetime) -> float | None:
        """Return the heat between two moments, in Wh; negative in a defrost."""
        return _sum(each.timeline.between(start, end) for each in self.heat.values())

    def parts_between(
        self, start: datetime, end: datetime
    ) -> Mapping[Role, float | None]:
        """Return the energy by the role of each meter that is not the whole's."""
        roles = dict.fromkeys(each.role for each in self.electricity.values())
        roles.pop(Role.WHOLE, None)
        return {
            role: _sum(
                each.part_between(start, end)
                for each in self.electricity.values()
                if each.role is role
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
            each.total_at(moment) is None
            and not (each.times and moment < each.times[0])
            for each in timelines
        )

    def add(self, key: str, reading: MeterReading, flags: FlagLog) -> MeterStep:
        """Add a reading of an electricity meter."""
        meter = self.electricity[key]
        counter, known_before = meter.total.counter, meter.total.known_until
        span, event = meter.total.add(reading)
        if meter.role in _ONLY_DRAW:
            _check_direction(meter, reading, flags)
        if counter is not None:
            kind, before_wh = "electricity", counter.value_wh
            flags.add_event(reading.time, kind, event, before_wh, reading.energy_wh)
        starts = [each.total.since for each in self.summed.values()]
        known = [start for start in starts if start is not None]
        if self.since is None and known and len(known) == len(starts):
            self.since = max(known)
        return MeterStep(reading.time, span, event, known_before)

    def add_heat(self, key: str, reading: MeterReading, flags: FlagLog) -> None:
        """Add a reading of a heat meter."""
        meter = self.heat[key]
        before_wh, event = meter.counter.value_wh, meter.add(reading)
        flags.add_event(reading.time, "heat", event, before_wh, reading.energy_wh)

    def restart(self) -> None:
        """Start a new base for every counter, as the time of the last is not right."""
        for meter in self.electricity.values():
            meter.total.replace_meter()
        for heat_meter in self.heat.values():
            heat_meter.restart()

    def forget_before(self, moment: datetime) -> None:
        """Drop what lies before a moment."""
        for meter in self.electricity.values():
            meter.total.forget_before(moment)
            meter.reversed_ct.forget_before(moment)
        for heat_meter in self.heat.values():
            heat_meter.timeline.forget_before(moment)

    def _identities(self) -> dict[str, tuple[Role, str | None]]:
        heat = {key: (Role.HEAT, each.identity) for key, each in self.heat.items()}
        return heat | {
            key: (each.role, each.identity) for key, each in self.electricity.items()
        }


def _matched(
    known: ElectricityMeter | None, meter: Meter, rating_w: float
) -> ElectricityMeter:
    if known is None or known.role is not meter.role:
        return ElectricityMeter(meter.role, MeterTotal(rating_w), meter.identity)
    known.total.rating_w = rating_w
    if meter.identity is not None:
        if known.identity not in (None, meter.identity):
            known.total.replace_meter()
            known.reversed_ct = ReversedCt()
        known.identity = meter.identity
    return known


def _check_direction(
    meter: ElectricityMeter, reading: MeterReading, flags: FlagLog
) -> None:
    before = meter.reversed_ct.reversed_phases
    meter.reversed_ct.add(reading)
    if added := set(meter.reversed_ct.reversed_phases) - set(before):
        detail = ", ".join(sorted(added)).upper()
        flags.add(reading.time, FlagKind.METER_BACKWARDS, detail)


def _sum(energies_wh: Iterable[float | None]) -> float | None:
    """Return a sum in Wh; None of nothing, or where a part is not known."""
    values = list(energies_wh)
    known = [value for value in values if value is not None]
    return sum(known) if known and len(known) == len(values) else None

"""Phases of the meter that run backwards.

A heat pump feeds nothing back. A phase that shows negative power while the energy
counted as returned grows has its CT the wrong way round.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

from ...readings import CT_NOISE_W, MeterReading

_NOISE_WH = 5.0
# Longer than a compressor takes to start or stop.
_PERSISTENT_S = 600.0
# A motor that coasts to a stop feeds back for seconds.
_TRANSIENT_S = 60.0
# Two readings further apart than this say little of the time between them.
_READING_GAP_S = 120.0


@dataclass(frozen=True, slots=True)
class BackwardFlow:
    """A time in which a phase ran backwards."""

    start: datetime
    """The last reading before the first negative one."""
    end: datetime | None = None
    """The first reading that was positive again; None while it lasts."""
    seconds: float = 0.0
    """For how long negative power was seen."""
    returned_wh: float | None = None
    """What the meter had counted as returned at the first negative reading."""
    confirmed: bool = False
    """Whether it lasted, and the meter counted returned energy."""


@dataclass(slots=True)
class ReversedCt:
    """Finds the phases that run backwards, from meter readings in order of time."""

    current: dict[str, BackwardFlow] = field(default_factory=dict)
    """The flow that lasts, by phase."""
    ended: list[BackwardFlow] = field(default_factory=list)
    """Flows that ended, oldest first, until they are forgotten."""
    read_at: datetime | None = None
    turned: tuple[str, ...] = ()
    """The phases whose sign the source changed at the last reading."""

    @property
    def reversed_phases(self) -> tuple[str, ...]:
        """Return the phases whose CT is the wrong way round."""
        confirmed = [name for name, flow in self.current.items() if flow.confirmed]
        return tuple(sorted(confirmed))

    @property
    def suspect_since(self) -> datetime | None:
        """Return since when a phase has run backwards; None if none does."""
        return min((flow.start for flow in self.current.values()), default=None)

    def ran_backwards(self, start: datetime, end: datetime) -> bool:
        """Return whether a phase ran backwards at any time between two moments."""
        return any(
            flow.start < end and (flow.end is None or flow.end > start)
            for flow in (*self.current.values(), *self.ended)
        )

    def forget_before(self, moment: datetime) -> None:
        """Drop flows that ended before a moment."""
        self.ended = [each for each in self.ended if each.end and each.end > moment]

    def add(self, reading: MeterReading) -> None:
        """Add a reading; one that is not later than the last changes nothing."""
        if self.read_at is not None and reading.time <= self.read_at:
            return
        if reading.reversed_phases != self.turned:
            for name in tuple(self.current):
                self._end(name, reading.time)
        for phase in reading.phases:
            power_w, flow = phase.power_w, self.current.get(phase.name)
            if power_w is None:
                continue
            if power_w < -CT_NOISE_W:
                self.current[phase.name] = self._continued(flow, reading)
            elif flow and (power_w > CT_NOISE_W or flow.seconds < _TRANSIENT_S):
                # At rest, a reversed phase reads noise: only a clearly positive power
                # shows that the CT was turned.
                self._end(phase.name, reading.time)
        self.read_at, self.turned = reading.time, reading.reversed_phases

    def _continued(
        self, flow: BackwardFlow | None, reading: MeterReading
    ) -> BackwardFlow:
        before = self.read_at or reading.time
        if flow is None:
            return BackwardFlow(before, returned_wh=reading.returned_wh)
        elapsed_s = (reading.time - before).total_seconds()
        seconds = flow.seconds + min(elapsed_s, _READING_GAP_S)
        # The lower of two values, as a counter may start again at 0.
        returned = flow.returned_wh, reading.returned_wh
        first_wh = min((wh for wh in returned if wh is not None), default=None)
        grown_wh = (reading.returned_wh or 0.0) - (first_wh or 0.0)
        lasts = seconds >= _PERSISTENT_S and grown_wh > _NOISE_WH
        confirmed = flow.confirmed or lasts
        return replace(flow, seconds=seconds, returned_wh=first_wh, confirmed=confirmed)

    def _end(self, name: str, moment: datetime) -> None:
        flow = self.current.pop(name)
        if flow.seconds >= _TRANSIENT_S:
            self.ended.append(replace(flow, end=moment))

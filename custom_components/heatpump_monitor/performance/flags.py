"""What was wrong with the data of a source, for the user to see."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from .electricity.counters import CounterEvent


class FlagKind(StrEnum):
    """What was wrong."""

    ELECTRICITY_STEP_BACK = "electricity_step_back"
    ELECTRICITY_RESET = "electricity_reset"
    ELECTRICITY_JUMP = "electricity_jump"
    HEAT_STEP_BACK = "heat_step_back"
    HEAT_RESET = "heat_reset"
    HEAT_JUMP = "heat_jump"
    GAP = "gap"
    """The meter was not read for more than a day."""
    BEYOND_CARNOT = "beyond_carnot"
    """A COP that physics does not allow has lasted for too long."""
    STALE = "stale"
    """The heat pump goes on sending old values."""
    STALE_VALUE = "stale_value"
    """A single value stands still that must move."""
    CONTRADICTION = "contradiction"
    """The meter and the heat pump say the opposite of each other."""
    HEAT_COUNTER_FROZEN = "heat_counter_frozen"
    """The unit's own heat counters stand still while heat is made."""
    HEAT_COUNTER_RESET = "heat_counter_reset"
    HEAT_COUNTER_JUMP = "heat_counter_jump"
    """The unit's own heat counters started again, or moved by the impossible."""
    RUN_TIME = "run_time"
    """The runs that the meter saw are not those that the unit counted."""
    METER_BACKWARDS = "meter_backwards"
    """A phase of the meter counts backwards."""
    CLOCK_JUMP = "clock_jump"
    """The host's clock was wrong for a while."""

    @classmethod
    def of_counter(cls, counter: str, event: CounterEvent) -> FlagKind:
        """Return the flag for what went wrong with a counter."""
        return cls(f"{counter}_{event}")


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that was wrong with what a source said."""

    time: datetime
    kind: FlagKind
    detail: str


@dataclass(slots=True)
class FlagLog:
    """The latest flags, and those that no update has given out yet."""

    kept: deque[Flag] = field(default_factory=deque)
    """Oldest first."""
    _new: list[Flag] = field(default_factory=list, init=False, compare=False)

    def keep(self, count: int | None) -> None:
        """Keep no more than so many; None keeps all."""
        self.kept = deque(self.kept, maxlen=count)

    def add(self, time: datetime, kind: FlagKind, detail: str) -> None:
        """Add a flag."""
        flag = Flag(time, kind, detail)
        self.kept.append(flag)
        self._new.append(flag)

    def add_event(
        self,
        time: datetime,
        counter: str,
        event: CounterEvent | None,
        before_wh: float,
        after_wh: float | None,
    ) -> None:
        """Add what was wrong with a counter, if anything was."""
        if event is not None:
            detail = f"{before_wh:g} Wh, then {after_wh:g} Wh"
            self.add(time, FlagKind.of_counter(counter, event), detail)

    def take_new(self) -> tuple[Flag, ...]:
        """Return the flags since the last call."""
        new, self._new = tuple(self._new), []
        return new

    def forget_after(self, moment: datetime) -> None:
        """Drop the flags after a moment."""
        kept = (each for each in self.kept if each.time <= moment)
        self.kept = deque(kept, maxlen=self.kept.maxlen)

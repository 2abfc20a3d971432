"""What was wrong with the data of a source, for the user to see."""

from dataclasses import dataclass
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

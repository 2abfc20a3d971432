"""What fails slowly or at once in a plant, and is repaired again."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import inf

from .calendar import DAY_S


class FaultKind(StrEnum):
    """What is wrong, and in which unit its size is."""

    FILTER = "filter"
    """The filter of the heating water clogs: the share of the flow that is lost."""
    RETURN_SENSOR = "return_sensor"
    """The return sensor shows too much, in K."""
    BACKUP_HEATER = "backup_heater"
    """The backup heater's relay sticks, so that it heats whenever the pump runs."""
    SHORT_CYCLES = "short_cycles"
    """The compressor knows full speed only, and is switched within a third of the
    usual hysteresis."""
    ICE = "ice"
    """The evaporator is dirty, so that ice grows faster by this share of the usual."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlantFault:
    """One thing that goes wrong at a moment."""

    kind: FaultKind
    from_s: float
    until_s: float = inf
    """When it is repaired."""
    size: float = 1.0
    grows_days: float = 0.0
    """After how many days it has its size; 0 at once."""

    def size_at(self, epoch_s: float) -> float:
        """Return how bad it is at a moment; 0 is healthy."""
        if not self.from_s <= epoch_s < self.until_s:
            return 0.0
        if self.grows_days == 0.0:
            return self.size
        return self.size * min((epoch_s - self.from_s) / DAY_S / self.grows_days, 1.0)


class Health:
    """What is wrong with a plant in the present step.

    Attributes:
        flow_share: What the filter leaves of the flow.
        return_error_k: By how much the return sensor shows too much.
        heater_sticks: Whether the backup heater cannot be switched off.
        short_cycles: Whether the compressor is on or off only, and often.
        ice_growth: How fast ice grows, 1 is usual.
    """

    __slots__ = (
        "_faults",
        "flow_share",
        "heater_sticks",
        "ice_growth",
        "return_error_k",
        "short_cycles",
    )

    def __init__(self, faults: Iterable[PlantFault] = ()) -> None:
        """Be healthy until the first fault."""
        self._faults = tuple(faults)
        self.flow_share = self.ice_growth = 1.0
        self.return_error_k = 0.0
        self.heater_sticks = self.short_cycles = False

    def add(self, fault: PlantFault) -> None:
        """Let one more thing go wrong."""
        self._faults = (*self._faults, fault)

    def look(self, epoch_s: float) -> None:
        """Take what is wrong at the start of a step."""
        if not self._faults:
            return
        sizes = dict.fromkeys(FaultKind, 0.0)
        for fault in self._faults:
            sizes[fault.kind] += fault.size_at(epoch_s)
        self.flow_share = 1.0 - sizes[FaultKind.FILTER]
        self.return_error_k = sizes[FaultKind.RETURN_SENSOR]
        self.heater_sticks = sizes[FaultKind.BACKUP_HEATER] > 0.0
        self.short_cycles = sizes[FaultKind.SHORT_CYCLES] > 0.0
        self.ice_growth = 1.0 + sizes[FaultKind.ICE]

"""What the alarms remember of readings that are gone."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from ...readings import HeatPumpReading, Mode
from ...time_units import DAY

_CHARGES_KEPT: Final = 3


@dataclass(slots=True)
class FaultCounts:
    """How often each fault occurred, and when that number last rose."""

    counts: dict[str, int] = field(default_factory=dict)
    risen_at: dict[str, datetime] = field(default_factory=dict)
    """In the last day."""

    def add(self, reading: HeatPumpReading) -> None:
        """Add a reading; the first number of a fault is no rise."""
        for code, count in reading.fault_counts.items():
            if count > self.counts.get(code, count):
                self.risen_at[code] = reading.time
            self.counts[code] = count
        self.risen_at = {
            code: risen_at
            for code, risen_at in self.risen_at.items()
            if reading.time - risen_at < DAY
        }


@dataclass(slots=True)
class HotWaterCharges:
    """By how much the last charges of hot water missed their target."""

    shortfalls_k: list[float] = field(default_factory=list)
    """Oldest first; negative if the water became warmer than the target."""
    peak_c: float | None = None
    """The warmest water of the charge that goes on."""
    target_c: float | None = None

    def add(self, mode: Mode | None, reading: HeatPumpReading) -> None:
        """Add a reading; the same one again changes nothing."""
        water_c, target_c = reading.hot_water_c, reading.hot_water_target_c
        if mode in (None, Mode.DEFROST) or water_c is None or target_c is None:
            return
        if mode is Mode.HOT_WATER:
            self.peak_c = max(water_c, self.peak_c or water_c)
            self.target_c = target_c
        elif self.peak_c is not None and self.target_c is not None:
            # The last minutes of a charge lie between two readings.
            shortfall_k = self.target_c - max(self.peak_c, water_c)
            kept = [*self.shortfalls_k, round(shortfall_k, 1)]
            self.shortfalls_k = kept[-_CHARGES_KEPT:]
            self.peak_c = self.target_c = None

    @property
    def least_shortfall_k(self) -> float | None:
        """Return what each of the last three charges missed at least."""
        if len(self.shortfalls_k) < _CHARGES_KEPT:
            return None
        return min(self.shortfalls_k)


@dataclass(slots=True)
class AlarmMemory:
    """All that the alarms remember."""

    faults: FaultCounts = field(default_factory=FaultCounts)
    charges: HotWaterCharges = field(default_factory=HotWaterCharges)

"""All that entities of a house meter show."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..readings import GridReading, PhaseReading, SubmeterReading
from .model import HouseSnapshot, MonthPeak, RunningQuarter


@dataclass(frozen=True, kw_only=True, slots=True)
class HouseStatus:
    """The meter's last reading, and what is known of quarter-hours and peaks."""

    reading: GridReading
    snapshot: HouseSnapshot

    @property
    def running(self) -> RunningQuarter | None:
        """Return the quarter-hour that goes on, None if nothing is known of it."""
        return self.snapshot.running

    def phase(self, name: str) -> PhaseReading | None:
        """Return one phase, None if the meter does not measure it."""
        phases = self.reading.phases
        return next((phase for phase in phases if phase.name == name), None)

    def submeter(self, serial: str) -> SubmeterReading | None:
        """Return what a submeter says, None while the house meter does not read it."""
        submeters = self.reading.submeters
        return next((each for each in submeters if each.serial == serial), None)


def share(parts_wh: Mapping[str, float], key: str, import_wh: float) -> float | None:
    """Return which share of what was drawn from the grid is that of a heat pump.

    Not more than all: what it draws beyond that is the household's own electricity.
    None if not known, or if nothing was drawn.
    """
    part_wh = parts_wh.get(key)
    if part_wh is None or import_wh <= 0:
        return None
    return min(part_wh, import_wh) / import_wh


def share_of_running(quarter: RunningQuarter, key: str) -> float | None:
    """Return the share of a heat pump in what was drawn so far."""
    if quarter.so_far_w is None:
        return None
    return share(quarter.parts_wh, key, quarter.so_far_w / 4)


def share_of_peak(peak: MonthPeak, key: str) -> float | None:
    """Return the share of a heat pump in a month's highest quarter-hour."""
    return share(peak.parts_wh, key, peak.peak_w / 4)

"""What the backup heater drew: by its counter, its hours, or its size alone."""

from dataclasses import dataclass

from ...readings import HeatPumpReading
from ...time_units import HOUR_S
from ..electricity.counters import PurposeCounters
from ..limits import SAMPLE_HOLD_S
from ..plant import HeatMethod, Plant
from .methods import NOT_BY_WATER_TEMPERATURE

# A backup heater draws 2 kW or more in one step; pumps, fans and the loss of an
# inverter together draw less than this.
_LEAST_BACKUP_HEATER_W = 1000.0
# An inverter that changes by more than this leaves what it drew in between open.
_STEADY_W = 200.0
_BACKUP_HEATER_RATING_W = 20_000.0
# All others measure in the water that leaves the unit, behind the backup heater.
_WITHOUT_BACKUP_HEATER = NOT_BY_WATER_TEMPERATURE | {HeatMethod.REPORTED}


def backup_heater_heat_wh(
    method: HeatMethod, backup_heater_electricity_wh: float
) -> float:
    """Return the backup heater's part in a method's heat: all that it drew, or 0.

    Resistance turns electricity into heat one to one. Source: the Electrification
    of Heat trial, which takes 100 % for back-up and immersion heaters.
    """
    return 0.0 if method in _WITHOUT_BACKUP_HEATER else backup_heater_electricity_wh


@dataclass(slots=True)
class BackupHeater(PurposeCounters):
    """Follows what shows the backup heater, the best first.

    Its own counter, in steps of 0.1 kWh; its run time, where its power is known;
    else what the meter saw beyond the inverter, where that is more than all
    auxiliaries together draw.
    """

    auxiliary_w: float = 0.0
    """What the meter last saw beyond the inverter while the backup heater was off."""

    def between(
        self,
        start: HeatPumpReading,
        end: HeatPumpReading,
        electricity_wh: float | None,
        plant: Plant,
    ) -> float | None:
        """Return what it drew between two readings, in Wh; None if not known."""
        is_counted = self.has_begun
        counted_wh: float | None = None
        if (energy := end.backup_heater_electricity) is not None:
            counted_wh, _ = self.follow(end.time, energy, _BACKUP_HEATER_RATING_W)
        if is_counted:
            # What it does not show now, it makes up for later.
            return counted_wh
        run_s = _run_s(start, end)
        if plant.backup_heater_w is not None and run_s is not None:
            return plant.backup_heater_w * run_s / HOUR_S
        return self._beyond_inverter(start, end, electricity_wh)

    def _beyond_inverter(
        self,
        start: HeatPumpReading,
        end: HeatPumpReading,
        electricity_wh: float | None,
    ) -> float | None:
        elapsed_s = (end.time - start.time).total_seconds()
        if electricity_wh is None or not 0 < elapsed_s <= SAMPLE_HOLD_S:
            return None
        if start.inverter_w is None or end.inverter_w is None:
            return None
        low_w, high_w = sorted((start.inverter_w, end.inverter_w))
        meter_w = electricity_wh * HOUR_S / elapsed_s
        beyond_w = meter_w - (low_w + high_w) / 2
        # The inverter may have drawn the more of the two for nearly all of the time.
        if end.backup_heater_on is False or meter_w - high_w < _LEAST_BACKUP_HEATER_W:
            if high_w - low_w <= _STEADY_W:
                self.auxiliary_w = min(max(beyond_w, 0.0), _LEAST_BACKUP_HEATER_W)
            return 0.0
        return (beyond_w - self.auxiliary_w) * elapsed_s / HOUR_S


def _run_s(start: HeatPumpReading, end: HeatPumpReading) -> float | None:
    """Return its run time by its hours; None if they say nothing of it."""
    if start.backup_heater_hours is None or end.backup_heater_hours is None:
        return None
    run_s = (end.backup_heater_hours - start.backup_heater_hours) * HOUR_S
    # Whole hours move late and at once.
    elapsed_s = (end.time - start.time).total_seconds() + HOUR_S
    return run_s if 0 <= run_s <= elapsed_s else None

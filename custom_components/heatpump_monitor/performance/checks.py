"""What is wrong with the readings of both sources, and the flags it raises."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from ..readings import HeatPumpReading
from .clocks.freshness import Freshness
from .clocks.join import Join
from .flags import FlagKind, FlagLog
from .heat.carnot import CarnotGate, carnot_share
from .heat.unit_counters import UnitHeat
from .intervals import Interval
from .limits import HIGHEST_COP
from .open_intervals import OpenIntervals
from .plant import Part, Plant
from .totals.gaps import Gap

# More than a day, be it one of 25 hours.
_WORTH_A_FLAG = timedelta(hours=26)


@dataclass(slots=True)
class Checks:
    """Judges whether the sources show the present, and agree with physics."""

    freshness: Freshness = field(default_factory=Freshness)
    carnot: CarnotGate = field(default_factory=CarnotGate)

    def compressor_frozen_since(self, join: Join) -> datetime | None:
        """Return when its state last changed; None unless it stands still."""
        newest = join.compressor.newest
        if newest is None or not self.freshness.is_compressor_frozen:
            return None
        return newest.stamp or newest.time

    def without_frozen_supply(
        self,
        reading: HeatPumpReading,
        join: Join,
        open_intervals: OpenIntervals,
        flags: FlagLog,
    ) -> HeatPumpReading:
        """Return a reading without a supply temperature that stands still."""
        freshness = self.freshness
        if freshness.finds_frozen_supply(reading, join):
            detail = f"supply temperature, since {freshness.frozen_supply}"
            flags.add(reading.time, FlagKind.STALE_VALUE, detail)
            open_intervals.forget_supply()
        if freshness.frozen_supply is None:
            return reading
        return replace(reading, supply_c=None)

    def check_sources(
        self, reading: HeatPumpReading, join: Join, plant: Plant, flags: FlagLog
    ) -> None:
        """Check whether the newest reading shows the present."""
        freshness = self.freshness
        if freshness.finds_frozen_compressor(join):
            flags.add(reading.time, FlagKind.STALE_VALUE, "state of the compressor")
        before = freshness.stale.since, freshness.contradicted.since
        heater = Part.BACKUP_HEATER in plant.metered
        freshness.add(reading, join, heater_metered=heater)
        after = freshness.stale.since, freshness.contradicted.since
        kinds = FlagKind.STALE, FlagKind.CONTRADICTION
        for kind, was, since in zip(kinds, before, after, strict=True):
            if was is None and since is not None:
                flags.add(reading.time, kind, f"since {since.isoformat()}")

    def check_carnot(
        self,
        interval: Interval,
        start: HeatPumpReading,
        end: HeatPumpReading,
        flags: FlagLog,
        *,
        is_mean: bool,
    ) -> Interval:
        """Return the interval with the time for which its COP cannot be true.

        It is not judged by the mean power of hours, of which a short run would have
        far too high a COP.
        """
        if (cop := interval.cop) is None or is_mean:
            share, detail = None, ""
        elif (share := carnot_share(cop, start, end)) is not None:
            detail = f"COP {cop:.1f} is {share:.0%} of Carnot's"
        else:
            share, detail = cop / HIGHEST_COP, f"COP {cop:.1f}"
        raised, seconds = self.carnot.take(interval.start, interval.end, share)
        if raised:
            flags.add(interval.end, FlagKind.BEYOND_CARNOT, detail)
        return replace(interval, beyond_carnot_s=seconds)


def check_gap(gap: Gap, flags: FlagLog) -> None:
    """Flag a gap of the meter of more than a day."""
    if gap.is_counted and gap.end - gap.start > _WORTH_A_FLAG:
        detail = f"{gap.energy_wh:g} Wh since {gap.start.isoformat()}"
        flags.add(gap.end, FlagKind.GAP, detail)


def check_runs(
    join: Join,
    start: HeatPumpReading,
    end: HeatPumpReading,
    flags: FlagLog,
    *,
    in_doubt: bool,
) -> None:
    """Check the meter's runs against the unit's own counters; flag them once."""
    runs, run_check = join.runs, join.run_check
    is_seen = join.compressor.was_polled(start.time, end.time)
    if in_doubt or not is_seen or not runs.is_known(start.time, end.time):
        run_check.counts = None
        return
    was_believed = run_check.disagrees_since is None
    found = run_check.add(start, end, join.segments)
    if found is None:
        return
    runs.relearn()
    if was_believed:
        flags.add(end.time, FlagKind.RUN_TIME, str(found))


def check_unit_heat(
    unit_heat: UnitHeat, reading: HeatPumpReading, flags: FlagLog, *, was_frozen: bool
) -> None:
    """Flag what is wrong with the unit's own heat counters."""
    if unit_heat.is_frozen and not was_frozen:
        detail = f"{unit_heat.unseen_wh / 1000:.1f} kWh not seen"
        flags.add(reading.time, FlagKind.HEAT_COUNTER_FROZEN, detail)
    if unit_heat.event is not None and reading.heat is not None:
        kind = FlagKind.of_counter("heat_counter", unit_heat.event)
        values = reading.heat.heating_wh, reading.heat.hot_water_wh
        detail = ", ".join(f"{wh / 1000:.1f} kWh" for wh in values if wh is not None)
        flags.add(reading.time, kind, f"now {detail}")

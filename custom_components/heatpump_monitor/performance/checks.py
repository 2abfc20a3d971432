"""What is wrong with the readings of both sources, and the flags it raises."""

from dataclasses import replace
from datetime import datetime, timedelta

from ..readings import HeatPumpReading
from .flags import FlagKind, FlagLog
from .heat.carnot import carnot_share
from .heat.unit_counters import UnitHeat
from .intervals import Interval
from .limits import HIGHEST_COP
from .plant import Part, Plant
from .state import MonitorState
from .totals.gaps import Gap

# More than a day, be it one of 25 hours.
_WORTH_A_FLAG = timedelta(hours=26)


def compressor_frozen_since(state: MonitorState) -> datetime | None:
    """Return when the compressor's state last changed; None unless it stands still."""
    newest = state.join.compressor.newest
    if newest is None or not state.checks.freshness.is_compressor_frozen:
        return None
    return newest.stamp or newest.time


def without_frozen_supply(
    state: MonitorState, reading: HeatPumpReading
) -> HeatPumpReading:
    """Return a reading without a supply temperature that stands still."""
    freshness = state.checks.freshness
    if freshness.finds_frozen_supply(reading, state.join):
        detail = f"supply temperature, since {freshness.frozen_supply}"
        state.flags.add(reading.time, FlagKind.STALE_VALUE, detail)
        state.open_intervals.forget_supply()
    if freshness.frozen_supply is None:
        return reading
    return replace(reading, supply_c=None)


def check_sources(state: MonitorState, reading: HeatPumpReading, plant: Plant) -> None:
    """Check whether the newest reading shows the present."""
    freshness, flags = state.checks.freshness, state.flags
    if freshness.finds_frozen_compressor(state.join):
        flags.add(reading.time, FlagKind.STALE_VALUE, "state of the compressor")
    before = freshness.stale.since, freshness.contradicted.since
    heater = Part.BACKUP_HEATER in plant.metered
    freshness.add(reading, state.join, heater_metered=heater)
    after = freshness.stale.since, freshness.contradicted.since
    kinds = FlagKind.STALE, FlagKind.CONTRADICTION
    for kind, was, since in zip(kinds, before, after, strict=True):
        if was is None and since is not None:
            flags.add(reading.time, kind, f"since {since.isoformat()}")


def check_carnot(
    state: MonitorState,
    interval: Interval,
    start: HeatPumpReading,
    end: HeatPumpReading,
) -> Interval:
    """Return the interval with the time for which its COP cannot be true.

    In a gap only the mean power of hours is known: a short run would have far too
    high a COP.
    """
    is_mean = state.books.is_gap(interval.start, interval.end)
    if (cop := interval.cop) is None or is_mean:
        share, detail = None, ""
    elif (share := carnot_share(cop, start, end)) is not None:
        detail = f"COP {cop:.1f} is {share:.0%} of Carnot's"
    else:
        share, detail = cop / HIGHEST_COP, f"COP {cop:.1f}"
    raised, seconds = state.checks.carnot.take(interval.start, interval.end, share)
    if raised:
        state.flags.add(interval.end, FlagKind.BEYOND_CARNOT, detail)
    return replace(interval, beyond_carnot_s=seconds) if seconds else interval


def check_gap(gap: Gap, flags: FlagLog) -> None:
    """Flag a gap of the meter of more than a day."""
    if gap.is_counted and gap.end - gap.start > _WORTH_A_FLAG:
        detail = f"{gap.energy_wh:g} Wh since {gap.start.isoformat()}"
        flags.add(gap.end, FlagKind.GAP, detail)


def check_runs(
    state: MonitorState, start: HeatPumpReading, end: HeatPumpReading, *, in_doubt: bool
) -> None:
    """Check the meter's runs against the unit's own counters; flag them once."""
    join, run_check = state.join, state.join.run_check
    is_seen = join.compressor.was_polled(start.time, end.time)
    if in_doubt or not is_seen or not join.runs.is_known(start.time, end.time):
        run_check.counts = None
        return
    was_believed = run_check.disagrees_since is None
    found = run_check.add(start, end, join.segments)
    if found is None:
        return
    join.runs.relearn()
    if was_believed:
        state.flags.add(end.time, FlagKind.RUN_TIME, str(found))


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

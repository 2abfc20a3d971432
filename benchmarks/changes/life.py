"""Two simulated years of a household that changes settings, and whose plant wears."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import exp, log
from statistics import fmean

from benchmarks.alarms import Life
from benchmarks.recording import ZONE, Recording, midnight_s, record
from benchmarks.replay import POLICY
from custom_components.heatpump_monitor.changes.model import Change
from custom_components.heatpump_monitor.performance.alarms.board import (
    AlarmChange,
    AlarmEvent,
    AlarmKey,
)
from custom_components.heatpump_monitor.performance.effect.analysis import analyse
from custom_components.heatpump_monitor.performance.effect.days import select_days
from custom_components.heatpump_monitor.performance.effect.result import (
    ChangeMoment,
    Estimate,
    Touched,
    Verdict,
)
from custom_components.heatpump_monitor.performance.monitor import PerformanceMonitor
from custom_components.heatpump_monitor.performance.plant import Plant, SourceKind
from custom_components.heatpump_monitor.performance.totals.ledger import Ledger
from simulator.physics import FaultKind, PlantFault
from simulator.state import Activity, PlannedChange, Variant

from .unit import WatchedUnit

FIRST_DAY = date(2024, 6, 1)
"""So that a whole year lies before the winter of the faults: they are not learned."""
DAYS = 730
COMPARED_DAYS = 460
"""Days in which the effects of the changes are looked at."""
SEED = 21
HEATER_W = 3000.0
LOOKS_AFTER = (60, 120)
"""Days from a change until the look at what it did."""
_METER_S = 60
_FOLLOWS_DAYS = 35
"""How long a repaired fault may still show: figures of 30 days, and their hold."""
_WEEK = timedelta(days=7)


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """A change of the plan, and what it acts on."""

    name: str
    change: PlannedChange
    logged_as: str
    touched: Touched


@dataclass(frozen=True, kw_only=True, slots=True)
class Wear:
    """A fault of the plan, and the alarms that may tell of it."""

    name: str
    fault: PlantFault
    told_by: frozenset[AlarmKey]
    """Any of these is the fault found."""


PLAN = (
    Planned(
        name="curve -0.2",
        change=PlannedChange(
            epoch_s=midnight_s(date(2025, 1, 20)) + 18 * 3600,
            item="curve_slope",
            by=-0.2,
        ),
        logged_as="heating_curve_slope",
        touched=Touched.HEATING,
    ),
    Planned(
        name="hot water +5 K",
        change=PlannedChange(
            epoch_s=midnight_s(date(2025, 5, 1)) + 8 * 3600,
            item="hot_water_c",
            by=5.0,
        ),
        logged_as="hot_water_c",
        touched=Touched.HOT_WATER,
    ),
)
WEAR = (
    Wear(
        name="filter clogs by 40 % in 30 days",
        fault=PlantFault(
            kind=FaultKind.FILTER,
            from_s=midnight_s(date(2025, 10, 20)),
            until_s=midnight_s(date(2025, 12, 1)),
            size=0.4,
            grows_days=30.0,
        ),
        told_by=frozenset({AlarmKey.FLOW}),
    ),
    Wear(
        name="backup heater sticks",
        fault=PlantFault(
            kind=FaultKind.BACKUP_HEATER,
            from_s=midnight_s(date(2025, 12, 15)),
            until_s=midnight_s(date(2025, 12, 20)),
        ),
        told_by=frozenset({AlarmKey.BACKUP_HEATER}),
    ),
    Wear(
        name="return sensor drifts by 0.3 K a month",
        fault=PlantFault(
            kind=FaultKind.RETURN_SENSOR,
            from_s=midnight_s(date(2026, 1, 10)),
            size=2.4,
            grows_days=240.0,
        ),
        told_by=frozenset({AlarmKey.EFFICIENCY, AlarmKey.FLOW}),
    ),
)

type Energies = tuple[float, float]
"""Electricity and heat of a day, in Wh."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """What the analysis says of a change some days after it."""

    name: str
    days_after: int
    verdict: Verdict
    ratio: Estimate | None
    """COP after over before; None if it is not known."""
    days: tuple[date, ...]
    """The days compared."""
    touched: Touched


@dataclass(frozen=True, kw_only=True, slots=True)
class Lived:
    """What became of a life."""

    variant: Variant
    entries: tuple[Change, ...]
    alarms: tuple[AlarmEvent, ...]
    """Those raised."""
    looks: tuple[Look, ...]
    truth: Mapping[Touched, Mapping[date, Energies]]


def live_healthy(variant: Variant, days: int = DAYS) -> Lived:
    """Live through a life in which nothing is changed and nothing fails."""
    return _live(variant, days, (), ())


def live_planned(variant: Variant, days: int = DAYS) -> Lived:
    """Live through the life of the plan."""
    return _live(variant, days, PLAN, WEAR)


def live_changed(
    variant: Variant, days: int
) -> Mapping[Touched, Mapping[date, Energies]]:
    """Return the truth of a life that had all changes from its beginning."""
    first_s = midnight_s(FIRST_DAY)
    plan = [
        PlannedChange(epoch_s=first_s, item=each.change.item, by=each.change.by)
        for each in PLAN
    ]
    return _truth(
        record(
            variant,
            days=days,
            meter_s=_METER_S,
            seed=SEED,
            first_day=FIRST_DAY,
            plan=plan,
        )
    )


def _live(
    variant: Variant, days: int, plan: Iterable[Planned], wear: Iterable[Wear]
) -> Lived:
    unit = WatchedUnit()
    recording = record(
        variant,
        days=days,
        meter_s=_METER_S,
        seed=SEED,
        first_day=FIRST_DAY,
        plan=[each.change for each in plan],
        faults=[each.fault for each in wear],
        watch=unit.watch,
    )
    life = monitored(recording)
    life.live_until(recording.midnight_s(FIRST_DAY + timedelta(days=days)))
    ledger = life.monitor.ledger
    return Lived(
        variant=variant,
        entries=tuple(unit.log.changes),
        alarms=tuple(each for each in life.events if each.change is AlarmChange.RAISED),
        looks=tuple(
            look
            for planned in plan
            for entry in unit.log.changes
            if entry.item == planned.logged_as
            for look in _looks(ledger, variant, planned, entry)
        ),
        truth=_truth(recording),
    )


def monitored(recording: Recording) -> Life:
    """Return a plant that the engine is to follow."""
    source = SourceKind(recording.variant.value)
    plant = Plant(source=source, backup_heater_w=HEATER_W)
    return Life(recording, PerformanceMonitor.start(plant, ZONE, POLICY))


def _looks(
    ledger: Ledger, variant: Variant, planned: Planned, entry: Change
) -> Iterable[Look]:
    change = ChangeMoment(entry.time, planned.touched)
    source = SourceKind(variant.value)
    first = ledger.calendar.local_day(entry.time)
    for days in LOOKS_AFTER:
        today = first + timedelta(days=days + 2)
        if today > max(ledger.days):
            continue
        effect = analyse(ledger, change, (), today, source=source)
        chosen = select_days(ledger, change, (), today, source)
        yield Look(
            name=planned.name,
            days_after=days,
            verdict=effect.verdict,
            ratio=effect.figures.cop.change if effect.figures else None,
            days=tuple(each.day for each in (*chosen.before, *chosen.after)),
            touched=planned.touched,
        )


def _truth(recording: Recording) -> dict[Touched, dict[date, Energies]]:
    activities = {
        Touched.HEATING: (Activity.HEATING, Activity.DEFROST),
        Touched.HOT_WATER: (Activity.HOT_WATER,),
    }
    return {
        touched: {
            day: (truth.electricity_wh, truth.heat_wh)
            for day in recording.whole_days()
            for truth in [recording.truth_of_activities(day, *asked)]
        }
        for touched, asked in activities.items()
    }


def true_ratio(
    look: Look,
    healthy: Mapping[Touched, Mapping[date, Energies]],
    changed: Mapping[Touched, Mapping[date, Energies]],
) -> float:
    """Return COP with the change over COP without it, on the days of a look.

    Both lives have the same weather and habits, day by day.
    """
    pairs = [
        (healthy[look.touched][day], changed[look.touched][day])
        for day in look.days
        if day in changed[look.touched] and day in healthy[look.touched]
    ]
    return exp(
        fmean(
            log(heat / drawn) - log(usual_heat / usual_drawn)
            for (usual_drawn, usual_heat), (drawn, heat) in pairs
            if min(usual_drawn, usual_heat, drawn, heat) > 0
        )
    )


def found_after(lived: Lived, wear: Wear) -> timedelta | None:
    """Return how long after its beginning a fault was found; None if it was not."""
    begun = datetime.fromtimestamp(wear.fault.from_s, UTC)
    times = (each.time for each in lived.alarms if _tells(each, wear))
    return next((time - begun for time in times), None)


def beside(lived: Lived, wear: Iterable[Wear]) -> list[AlarmEvent]:
    """Return the alarms in the time of a fault that are not its own."""
    faults = list(wear)
    unexplained = others(lived, faults)
    return [
        each
        for each in lived.alarms
        if each not in unexplained and not any(_tells(each, one) for one in faults)
    ]


def _tells(alarm: AlarmEvent, wear: Wear) -> bool:
    begin_s, end_s = wear.fault.from_s, wear.fault.until_s + _WEEK.total_seconds()
    return alarm.key in wear.told_by and begin_s <= alarm.time.timestamp() < end_s


def others(lived: Lived, wear: Iterable[Wear]) -> list[AlarmEvent]:
    """Return the alarms that no fault explains: outside of all faults' times."""
    spans = [
        (each.fault.from_s, each.fault.until_s + _FOLLOWS_DAYS * 86_400)
        for each in wear
    ]
    return [
        each
        for each in lived.alarms
        if not any(begin <= each.time.timestamp() < end for begin, end in spans)
    ]

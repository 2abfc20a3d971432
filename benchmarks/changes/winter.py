"""A winter of full simulation: alarms of a healthy plant, and of each fault."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from benchmarks.alarms import Life
from benchmarks.recording import Recorder, midnight_s
from custom_components.heatpump_monitor.performance.alarms.board import (
    AlarmChange,
    AlarmKey,
)
from custom_components.heatpump_monitor.time_units import HOUR
from simulator.physics import FaultKind, PlantFault, simulated_plant
from simulator.state import Variant

from .life import monitored

SEEDS = tuple(range(31, 41))
"""Of each heat pump."""
_FIRST_DAY = date(2025, 9, 15)
_DAYS_BEFORE = 90
"""Until the faults, each of which befalls a copy of the plant."""
_HEALTHY_DAYS = 60
"""From there on, of the plant that has none."""
_METER_S = 60
HEALTHY = "healthy"


@dataclass(frozen=True, kw_only=True, slots=True)
class WinterFault:
    """A fault of the middle of winter, and the alarms that may tell of it."""

    kind: FaultKind
    told_by: frozenset[AlarmKey]
    name: str
    days: int
    """How long it is watched."""
    asked_days: int | None
    """In which it is to be found; None where nothing is asked."""
    size: float = 1.0
    grows_days: float = 0.0
    variants: tuple[Variant, ...] = tuple(Variant)


FAULTS = (
    WinterFault(
        kind=FaultKind.BACKUP_HEATER,
        name="backup heater sticks",
        told_by=frozenset({AlarmKey.BACKUP_HEATER}),
        days=6,
        asked_days=2,
    ),
    WinterFault(
        kind=FaultKind.SHORT_CYCLES,
        name="short cycles",
        told_by=frozenset({AlarmKey.SHORT_CYCLING}),
        days=14,
        asked_days=14,
    ),
    WinterFault(
        kind=FaultKind.ICE,
        name="ice grows five times as fast",
        told_by=frozenset({AlarmKey.DEFROST}),
        # It grows in frost only, and half of these days may be mild.
        days=28,
        asked_days=28,
        size=4.0,
        variants=(Variant.AIR,),
    ),
    WinterFault(
        kind=FaultKind.FILTER,
        name="filter clogs by 40 % in 30 days",
        told_by=frozenset({AlarmKey.FLOW, AlarmKey.EFFICIENCY}),
        days=40,
        asked_days=35,
        size=0.4,
        grows_days=30.0,
    ),
    WinterFault(
        kind=FaultKind.RETURN_SENSOR,
        name="return sensor drifts by 0.3 K a month",
        told_by=frozenset({AlarmKey.FLOW, AlarmKey.EFFICIENCY}),
        days=75,
        # In its first year a heat pump has no other behaviour to be compared with.
        asked_days=None,
        size=0.75,
        grows_days=75.0,
    ),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class WinterRow:
    """What became of one life."""

    variant: str
    seed: int
    name: str
    """Of the fault; HEALTHY without one."""
    asked_days: int | None
    found_after_h: float | None
    others: tuple[str, ...]


def live_winter(variant: Variant, seed: int) -> list[WinterRow]:
    """Return the rows of a healthy life, and of each fault in the middle of it."""
    plant = simulated_plant(variant, seed=seed, start_epoch_s=midnight_s(_FIRST_DAY))
    recorder = Recorder(plant=plant, first_day=_FIRST_DAY, meter_s=_METER_S)
    life = monitored(recorder.record(_DAYS_BEFORE))
    _finish(life)
    # A copy of both for each: what befalls one of them is nothing to the others.
    return [
        _row(deepcopy(recorder), _copy(life), seed, fault)
        for fault in (None, *FAULTS)
        if fault is None or variant in fault.variants
    ]


def winter_of(row: Mapping[str, Any]) -> WinterRow:
    """Return a row out of JSON."""
    return WinterRow(**{**row, "others": tuple(row["others"])})


def _row(
    recorder: Recorder, life: Life, seed: int, fault: WinterFault | None
) -> WinterRow:
    begun_s = midnight_s(recorder.first_day)
    days = _HEALTHY_DAYS if fault is None else fault.days
    if fault is not None:
        recorder.plant.fail(
            PlantFault(
                kind=fault.kind,
                from_s=begun_s,
                size=fault.size,
                grows_days=fault.grows_days,
            )
        )
    life = replace(life, recording=recorder.record(days), index=0, polls=0)
    _finish(life)
    begun = datetime.fromtimestamp(begun_s, UTC)
    raised = [each for each in life.events if each.change is AlarmChange.RAISED]
    told_by = fault.told_by if fault else frozenset[AlarmKey]()
    is_found = [each.key in told_by and each.time >= begun for each in raised]
    found = [each for each, is_it in zip(raised, is_found, strict=True) if is_it]
    other = [
        each.key for each, is_it in zip(raised, is_found, strict=True) if not is_it
    ]
    return WinterRow(
        variant=recorder.plant.variant.value,
        seed=seed,
        name=fault.name if fault else HEALTHY,
        asked_days=fault.asked_days if fault else None,
        found_after_h=(found[0].time - begun) / HOUR if found else None,
        others=tuple(dict.fromkeys(each.value for each in other)),
    )


def _finish(life: Life) -> None:
    recording = life.recording
    end = recording.first_day + timedelta(days=recording.days)
    life.live_until(recording.midnight_s(end))


def _copy(life: Life) -> Life:
    return replace(life, monitor=deepcopy(life.monitor), events=list(life.events))


def as_json(rows: Sequence[WinterRow]) -> list[dict[str, object]]:
    """Return the rows as what JSON can hold."""
    return [asdict(row) for row in rows]

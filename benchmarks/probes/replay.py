"""Lets a probe watch a cook, through a cloud, and the engine what it sends."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import exp, inf, log
from typing import Final

import numpy as np
from numpy.random import Generator

from custom_components.heatpump_monitor.probes.engine import ProbeEngine
from custom_components.heatpump_monitor.probes.model import (
    ProbeAlarm,
    ProbeEvent,
    ProbeSettings,
    TimeToTarget,
)
from custom_components.heatpump_monitor.probes.recent import Mean
from custom_components.heatpump_monitor.probes.slope import slope_of
from custom_components.heatpump_monitor.readings import ProbeReading

from .cooks import Cook, Kind

EPOCH: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)
_SHARES: Final = {"25 %": 0.25, "50 %": 0.5, "75 %": 0.75}
_BEFORE_S: Final = {"30 min before": 1800.0, "10 min before": 600.0}
WHEN: Final = (*_SHARES, *_BEFORE_S)
_AFTER_S: Final = 2700.0
"""How long is watched after the target is reached."""
_DRAWN: Final = 5
_LEFT_K: Final = 1.5
_SILENT_SHARE: Final = 0.2
_FEWEST: Final = 3
_STALL_C: Final = (55.0, 82.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wire:
    """How a probe measures and sends."""

    interval_s: float
    noise_k: float
    delay_s: float
    lost_share: float
    silent: tuple[float, float] | None
    """Start and end of a time without readings."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Glance:
    """What was said at one moment, beside the truth."""

    when: str
    """One of `WHEN`; empty of a moment that was drawn."""
    left_s: float
    said: TimeToTarget
    straight_s: float | None
    """What a straight line through the last five minutes says, as others do it."""
    k_per_h: float | None
    """The true rise of a core in a smoke where it may stall; None elsewhere."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Watched:
    """A cook as the engine saw it."""

    kind: Kind
    glances: list[Glance]
    late_s: float | None
    """From the truth until the alarm of the target, as measured; None without one."""
    is_late: bool
    """Whether it rang later than noise, hold time and pace explain, or never."""
    early_k: float
    """How far it truly was from the target, in parts of what noise explains."""
    is_double: bool
    """Whether the target rang twice, though it was not left."""
    false: list[ProbeAlarm]
    """Other alarms, none of which has a cause."""
    has_session: bool


def draw_wire(cook: Cook, rng: Generator) -> Wire:
    """Return how a drawn probe sends."""
    silent = None
    if rng.random() < _SILENT_SHARE:
        begin_s = rng.uniform(0.1, 0.8) * cook.reached_s
        silent = begin_s, begin_s + rng.uniform(300, 1500)
    return Wire(
        interval_s=float(rng.choice([10, 20, 30, 60, 120])),
        noise_k=exp(rng.uniform(log(0.1), log(1.0))),
        delay_s=rng.uniform(2, 90),
        lost_share=float(rng.choice([0, 0.02, 0.1])),
        silent=silent,
    )


def readings(cook: Cook, wire: Wire, rng: Generator) -> Iterator[ProbeReading]:
    """Yield what arrives of a cook, in steps of 0.1 °C."""
    first_s = rng.uniform(0, wire.interval_s)
    for time_s in np.arange(first_s, cook.reached_s + _AFTER_S, wire.interval_s):
        is_silent = wire.silent and wire.silent[0] <= time_s <= wire.silent[1]
        noise_k = rng.normal(0, wire.noise_k)
        if is_silent or rng.random() < wire.lost_share:
            continue
        yield ProbeReading(
            key="probe",
            name="Probe",
            temperature_c=round(cook.at(float(time_s)) + noise_k, 1),
            measured_at=EPOCH + timedelta(seconds=float(time_s)),
            transmit_s=wire.interval_s,
        )


def watch(cook: Cook, seed: int) -> Watched:
    """Return what the engine says of a cook."""
    rng = np.random.default_rng(seed)
    wire = draw_wire(cook, rng)
    engine = ProbeEngine("probe", _settings(cook, wire))
    moments = _moments(cook, rng)
    glances: list[Glance] = []
    events: list[ProbeEvent] = []
    delay = timedelta(seconds=wire.delay_s)
    asked_at = EPOCH
    for reading in readings(cook, wire, rng):
        assert reading.measured_at is not None
        now = reading.measured_at + delay
        while moments and EPOCH + timedelta(seconds=moments[0][0]) < now:
            time_s, when = moments.pop(0)
            glances.append(_glance(cook, engine, time_s, when))
        while asked_at < now:
            asked_at += timedelta(minutes=1)
            events += engine.tick(asked_at)
        events += engine.add(reading, now)
    return _watched(cook, wire, glances, events, engine)


def _settings(cook: Cook, wire: Wire) -> ProbeSettings:
    """Return a target, and limits that are never exceeded."""
    above_c = float(cook.truth_c.max()) + 4 * wire.noise_k + 1.0
    below_c = float(cook.truth_c.min()) - 4 * wire.noise_k - 1.0
    is_core = cook.kind not in (Kind.AIR, Kind.COOLING)
    return ProbeSettings(
        target_c=cook.target_c,
        high_c=above_c,
        low_c=below_c,
        falling_k_per_min=1.0 if is_core else None,
        rising_k_per_min=1.0 if cook.kind is Kind.COOLING else None,
    )


def _moments(cook: Cook, rng: Generator) -> list[tuple[float, str]]:
    moments = [(cook.at_share(share), when) for when, share in _SHARES.items()]
    moments += [(cook.reached_s - ago_s, when) for when, ago_s in _BEFORE_S.items()]
    drawn = rng.uniform(0, cook.reached_s - 60.0, _DRAWN)
    moments += [(time_s, "") for time_s in drawn.tolist()]
    return sorted(moment for moment in moments if moment[0] > 0)


def _glance(cook: Cook, engine: ProbeEngine, time_s: float, when: str) -> Glance:
    now = EPOCH + timedelta(seconds=time_s)
    is_between = _STALL_C[0] < cook.at(time_s) < _STALL_C[1]
    may_stall = cook.kind is Kind.BARBECUE and is_between
    return Glance(
        when=when,
        left_s=cook.reached_s - time_s,
        said=engine.status(now).time_to_target,
        straight_s=_straight_s(cook, engine.state.recent.since(now.timestamp() - 300)),
        k_per_h=cook.k_per_h(time_s) if may_stall else None,
    )


def _is_left(cook: Cook, rung_s: Sequence[float]) -> bool:
    """Return whether it truly went back between the first two alarms."""
    first, second = (int(time_s / cook.step_s) for time_s in rung_s[:2])
    between = cook.sign * (cook.truth_c[first:second] - cook.target_c)
    return bool(between.min() < -_LEFT_K)


def _due_s(cook: Cook, wire: Wire) -> float:
    """Return by when the alarm must have rung: well beyond the target for long."""
    lasting_s = ProbeSettings().hold_s + 5 * wire.interval_s
    steps = int(lasting_s / cook.step_s) + 1
    wanted_c = cook.sign * cook.target_c + 2 * wire.noise_k + 0.1
    beyond = cook.sign * cook.truth_c >= wanted_c
    lasting = np.convolve(beyond, np.ones(steps))[: len(beyond)] >= steps
    due_s = float(np.argmax(lasting)) * cook.step_s if lasting.any() else inf
    if wire.silent is not None and wire.silent[0] - lasting_s < due_s:
        return max(due_s, wire.silent[1] + lasting_s)
    return due_s


def _straight_s(cook: Cook, means: Sequence[Mean]) -> float | None:
    if len(means) < _FEWEST:
        return None
    k_per_min = cook.sign * slope_of(means).k_per_min
    left_k = cook.sign * (cook.target_c - means[-1].value_c)
    return None if k_per_min <= 0 else max(left_k, 0.0) / k_per_min * 60.0


def _watched(
    cook: Cook,
    wire: Wire,
    glances: list[Glance],
    events: Sequence[ProbeEvent],
    engine: ProbeEngine,
) -> Watched:
    raised = [event for event in events if event.is_raised]
    rung_s = [
        (event.time - EPOCH).total_seconds()
        for event in raised
        if event.alarm is ProbeAlarm.TARGET
    ]
    due_s = _due_s(cook, wire)
    missing_k = cook.sign * (cook.target_c - cook.at(rung_s[0])) if rung_s else 0.0
    return Watched(
        kind=cook.kind,
        glances=glances,
        late_s=rung_s[0] - cook.reached_s if rung_s else None,
        is_late=not rung_s or rung_s[0] > due_s,
        early_k=missing_k / (3 * wire.noise_k + 0.1),
        is_double=len(rung_s) > 1 and not _is_left(cook, rung_s),
        false=[
            event.alarm
            for event in raised
            if event.alarm not in (ProbeAlarm.TARGET, ProbeAlarm.SILENT)
            or (event.alarm is ProbeAlarm.SILENT and wire.silent is None)
        ],
        has_session=engine.state.session is not None,
    )

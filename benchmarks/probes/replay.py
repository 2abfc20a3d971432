"""Lets a probe watch a cook, through a cloud, and the engine what it sends."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import exp, log
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
from custom_components.heatpump_monitor.readings import ProbeReading

from .cooks import Cook

EPOCH: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)
_SHARES: Final = {"25 %": 0.25, "50 %": 0.5, "75 %": 0.75}
_BEFORE_S: Final = {"30 min before": 1800.0, "10 min before": 600.0}
_AFTER_S: Final = 900.0
"""How long is watched after the target is reached."""


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

    cook: Cook
    wire: Wire
    when: str
    time_s: float
    left_s: float
    said: TimeToTarget


@dataclass(frozen=True, kw_only=True, slots=True)
class Watched:
    """A cook as the engine saw it."""

    cook: Cook
    wire: Wire
    glances: list[Glance]
    rung_s: list[float]
    """When the alarm of the target was raised, by its measurements."""


def draw_wire(cook: Cook, rng: Generator) -> Wire:
    """Return how a drawn probe sends."""
    silent = None
    if rng.random() < 0.2:
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
    last_s = min(cook.reached_s + _AFTER_S, (len(cook.truth_c) - 1) * cook.step_s)
    for time_s in np.arange(rng.uniform(0, wire.interval_s), last_s, wire.interval_s):
        is_silent = wire.silent and wire.silent[0] <= time_s <= wire.silent[1]
        noise_k = rng.normal(0, wire.noise_k)
        if is_silent or rng.random() < wire.lost_share:
            continue
        truth_c = cook.truth_c[int(time_s / cook.step_s)]
        yield ProbeReading(
            key="probe",
            name="Probe",
            temperature_c=round(float(truth_c) + noise_k, 1),
            measured_at=EPOCH + timedelta(seconds=float(time_s)),
            transmit_s=wire.interval_s,
        )


def watch(cook: Cook, seed: int, more_s: Iterable[float] = ()) -> Watched:
    """Return what the engine says of a cook; `more_s` are further moments to ask."""
    rng = np.random.default_rng(seed)
    wire = draw_wire(cook, rng)
    engine = ProbeEngine("probe", ProbeSettings(target_c=cook.target_c))
    moments = sorted(
        [
            *((cook.at_share(share), when) for when, share in _SHARES.items()),
            *((cook.reached_s - ago_s, when) for when, ago_s in _BEFORE_S.items()),
            *((time_s, "") for time_s in more_s),
        ]
    )
    moments = [moment for moment in moments if 0 < moment[0] < cook.reached_s]
    glances: list[Glance] = []
    events: list[ProbeEvent] = []
    delay = timedelta(seconds=wire.delay_s)
    for reading in readings(cook, wire, rng):
        assert reading.measured_at is not None
        now = reading.measured_at + delay
        while moments and EPOCH + timedelta(seconds=moments[0][0]) < now:
            time_s, when = moments.pop(0)
            said = engine.status(EPOCH + timedelta(seconds=time_s)).time_to_target
            glances.append(
                Glance(
                    cook=cook,
                    wire=wire,
                    when=when,
                    time_s=time_s,
                    left_s=cook.left_s(time_s),
                    said=said,
                )
            )
        events += engine.add(reading, now)
    return Watched(
        cook=cook,
        wire=wire,
        glances=glances,
        rung_s=[
            (event.time - EPOCH).total_seconds()
            for event in events
            if event.alarm is ProbeAlarm.TARGET and event.is_raised
        ],
    )

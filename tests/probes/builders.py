"""A probe that is watched, reading by reading."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
import json

from custom_components.heatpump_monitor.history.codec import dump, load
from custom_components.heatpump_monitor.probes.engine import ProbeEngine, ProbeState
from custom_components.heatpump_monitor.probes.model import (
    ProbeAlarm,
    ProbeEvent,
    ProbeSettings,
)
from custom_components.heatpump_monitor.readings import ProbeReading

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)

type Rung = tuple[ProbeAlarm, bool]


def at(minutes: float) -> datetime:
    """Return a moment after noon."""
    return NOON + timedelta(minutes=minutes)


def reading(minutes: float, value_c: float | None, **more: float) -> ProbeReading:
    """Return a reading of a probe that sends every minute."""
    return ProbeReading(
        key="roast",
        name="Roast",
        temperature_c=value_c,
        measured_at=at(minutes),
        transmit_s=more.get("transmit_s", 60.0),
    )


def engine(**limits: float | bool | None) -> ProbeEngine:
    """Return an engine with these settings, awake since noon."""
    new = ProbeEngine("roast", ProbeSettings(**limits))  # type: ignore[arg-type]
    new.tick(NOON)
    return new


def feed(
    watched: ProbeEngine, values: Iterable[tuple[float, float | None]]
) -> list[ProbeEvent]:
    """Add values at minutes, as soon as they are measured; return all events."""
    return [
        event
        for minutes, value_c in values
        for event in watched.add(reading(minutes, value_c), at(minutes))
    ]


def each_minute(
    first: float, last: float, value_c: Callable[[float], float], step: float = 1.0
) -> list[tuple[float, float]]:
    """Return values of a course, one a minute."""
    count = int((last - first) / step) + 1
    return [
        (first + step * number, value_c(first + step * number))
        for number in range(count)
    ]


def rung(events: Iterable[ProbeEvent]) -> list[Rung]:
    """Return which alarms were raised or cleared."""
    return [(event.alarm, event.is_raised) for event in events]


def restarted(watched: ProbeEngine) -> ProbeEngine:
    """Return the engine as it is after a restart, from what was saved."""
    saved = json.loads(json.dumps(dump(watched.state)))
    return ProbeEngine(watched.key, watched.settings, load(ProbeState, saved))

"""What is known of a temperature probe: alarms, time to target, and sessions.

Nothing here imports Home Assistant.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final


class ProbeAlarm(StrEnum):
    """What a probe can raise an alarm about."""

    TARGET = "target"
    """The target is reached, from below or from above."""
    HIGH = "high"
    LOW = "low"
    RISING = "rising"
    FALLING = "falling"
    SILENT = "silent"
    """No new value for longer than the probe sends them."""


LONGEST_NAME: Final = 100
"""Of a session."""
RATES: Final = (ProbeAlarm.RISING, ProbeAlarm.FALLING)
"""What is about K/min; the others are about °C."""
LIMIT_OF: Final = {
    ProbeAlarm.TARGET: "target_c",
    ProbeAlarm.HIGH: "high_c",
    ProbeAlarm.LOW: "low_c",
    ProbeAlarm.RISING: "rising_k_per_min",
    ProbeAlarm.FALLING: "falling_k_per_min",
}
"""The field of the settings that an alarm is about; silence has no limit."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ProbeSettings:
    """What a person sets for a probe; None for what is not watched."""

    target_c: float | None = None
    high_c: float | None = None
    low_c: float | None = None
    rising_k_per_min: float | None = None
    falling_k_per_min: float | None = None
    """Positive."""
    hysteresis_k: float = 0.5
    """How far back over its limit a value goes before an alarm can ring again.

    A target needs 2 K at least.
    """
    hold_s: float = 30.0
    """For how long a limit is exceeded before the alarm rings."""
    silent_s: float | None = None
    """None for three times what the probe says of its pace, and at least 10 min."""
    starts_by_rise: bool = True
    """Whether a session starts by itself when the probe is heated."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ProbeEvent:
    """An alarm that was raised or cleared."""

    time: datetime
    alarm: ProbeAlarm
    is_raised: bool
    temperature_c: float | None
    limit: float | None
    """In °C or K/min; None of silence."""


class Approach(StrEnum):
    """How a probe comes to its target."""

    UNKNOWN = "unknown"
    """There is no target, or too little is measured."""
    REACHED = "reached"
    APPROACHING = "approaching"
    STALLED = "stalled"
    """It stands still, as meat does while water evaporates; it will go on."""
    RECEDING = "receding"
    """It stands still elsewhere, or goes away from the target."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeToTarget:
    """When a probe reaches its target, and what that rests on."""

    approach: Approach
    remaining_s: float | None = None
    low_s: float | None = None
    high_s: float | None = None
    """In 8 of 10 cases it takes between `low_s` and `high_s`."""
    slope_k_per_min: float | None = None
    window_s: float | None = None
    """Of which time the slope is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    """A time in which a probe was watched: a roast, a smoke, a cooling."""

    key: str
    probe: str
    name: str
    start: datetime
    end: datetime | None
    """None while it goes on."""
    started_by: str
    """`action`, `button` or `rise`."""
    min_c: float | None
    max_c: float | None
    mean_c: float | None
    """Over time, not over readings."""
    target_c: float | None
    points: tuple[tuple[datetime, float], ...] = ()
    """Time and temperature in °C, oldest first; thinned, but no peak is lost."""
    gaps: tuple[tuple[datetime, datetime], ...] = ()
    """Times without values, each between two points: draw no line across them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ProbeStatus:
    """All that is shown of a probe, beside its last reading."""

    is_fresh: bool
    temperature_c: float | None
    """None while it is not fresh."""
    settings: ProbeSettings
    raised: frozenset[ProbeAlarm]
    time_to_target: TimeToTarget
    session: Session | None

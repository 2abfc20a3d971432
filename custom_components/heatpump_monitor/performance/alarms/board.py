"""Which alarms are raised: hysteresis, hold times, and what a restart must not lose."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

type Cause = float | str


class AlarmKey(StrEnum):
    """What an alarm is about."""

    FAULT = "fault"
    FAULT_COUNT = "fault_count"
    """The unit counted another fault, without a message that it lasts."""
    SOURCE_SILENT = "source_silent"
    VALUES_FROZEN = "values_frozen"
    COUNTERS_FROZEN = "counters_frozen"
    CONTRADICTION = "contradiction"
    EFFICIENCY = "efficiency"
    SHORT_CYCLING = "short_cycling"
    BACKUP_HEATER = "backup_heater"
    DEFROST = "defrost"
    STANDBY_POWER = "standby_power"
    FLOW = "flow"
    HOT_WATER = "hot_water"
    CALL_BUDGET = "call_budget"
    SIGN_IN_DUE = "sign_in_due"


OF_ACCOUNT: Final = frozenset({AlarmKey.CALL_BUDGET, AlarmKey.SIGN_IN_DUE})
"""Those of a heat pump that is read from an account."""


class AlarmChange(StrEnum):
    """What happened to an alarm."""

    RAISED = "raised"
    CLEARED = "cleared"


@dataclass(frozen=True, slots=True)
class Condition:
    """How bad something is, and the values that explain it."""

    level: float
    causes: Mapping[str, Cause] = field(default_factory=dict)


_CALM = Condition(0.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Alarm[EvidenceT]:
    """One row of the table of alarms."""

    key: AlarmKey
    measure: Callable[[EvidenceT], Mapping[str, Condition | None] | None]
    """The condition of each part, such as each source; a part left out is calm.

    None is not known, for a part or for all of them, and changes nothing.
    """
    on: float = 1.0
    """Raised from this level on."""
    off: float = 1.0
    """Cleared below this level."""
    hold: timedelta = timedelta()
    """How long the level must be reached until the alarm is raised."""
    clear_after: timedelta = timedelta()
    """How long the level must be low until the alarm is cleared."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AlarmEvent:
    """An alarm that was raised or cleared."""

    time: datetime
    key: AlarmKey
    part: str
    """Which source or code, for an alarm that has several; else empty."""
    change: AlarmChange
    causes: Mapping[str, Cause]


@dataclass(slots=True)
class AlarmState:
    """An alarm that is raised, or about to be."""

    raised_at: datetime | None = None
    turning_since: datetime | None = None
    """Since when the level asks for a change that has not lasted long enough."""
    causes: dict[str, Cause] = field(default_factory=dict)
    """The newest values while the level was reached."""


@dataclass(slots=True)
class AlarmBoard:
    """The alarms that are raised or about to be; all others are calm."""

    states: dict[str, dict[str, AlarmState]] = field(default_factory=dict)
    """By the alarm's key and its part."""
    _measured: set[AlarmKey] = field(
        default_factory=set, init=False, compare=False, metadata={"serialize": "omit"}
    )

    def raised(self, key: AlarmKey) -> dict[str, AlarmState]:
        """Return the raised parts of an alarm."""
        states = self.states.get(key, {})
        return {part: each for part, each in states.items() if each.raised_at}

    def is_raised(self, key: AlarmKey) -> bool | None:
        """Return whether any part is raised; None while nothing is known of it."""
        if self.raised(key):
            return True
        return False if key in self._measured else None

    def forget_after(self, moment: datetime) -> None:
        """Drop waiting times that began after a moment, as the clock was wrong.

        What was raised stays, so that it is cleared with an event.
        """
        for states in self.states.values():
            for state in states.values():
                if state.turning_since and state.turning_since > moment:
                    state.turning_since = None

    def update[EvidenceT](
        self, alarms: Sequence[Alarm[EvidenceT]], evidence: EvidenceT, now: datetime
    ) -> tuple[AlarmEvent, ...]:
        """Measure all alarms; return those that were raised or cleared."""
        return tuple(
            event for alarm in alarms for event in self._update(alarm, evidence, now)
        )

    def _update[EvidenceT](
        self, alarm: Alarm[EvidenceT], evidence: EvidenceT, now: datetime
    ) -> Iterator[AlarmEvent]:
        found = alarm.measure(evidence)
        self._measured.discard(alarm.key)
        if found is None:
            return
        if not found or any(found.values()):
            self._measured.add(alarm.key)
        known = self.states.setdefault(alarm.key.value, {})
        for part in {**known, **found}:
            condition = found.get(part, _CALM)
            if condition is None:
                continue
            state = known.setdefault(part, AlarmState())
            change = _turn(state, alarm, condition, now)
            if change is not None:
                causes = dict(state.causes)
                yield AlarmEvent(
                    time=now, key=alarm.key, part=part, change=change, causes=causes
                )
            if state.raised_at is None and state.turning_since is None:
                del known[part]
        if not known:
            del self.states[alarm.key]


def _turn[EvidenceT](
    state: AlarmState, alarm: Alarm[EvidenceT], condition: Condition, now: datetime
) -> AlarmChange | None:
    """Move a state by a condition; return what happened to the alarm, if anything."""
    is_raised = state.raised_at is not None
    is_reached = condition.level >= (alarm.off if is_raised else alarm.on)
    if is_reached:
        state.causes = dict(condition.causes)
    if is_reached == is_raised:
        state.turning_since = None
        return None
    state.turning_since = state.turning_since or now
    lasts_for = alarm.clear_after if is_raised else alarm.hold
    if now - state.turning_since < lasts_for:
        return None
    state.turning_since, state.raised_at = None, None if is_raised else now
    return AlarmChange.CLEARED if is_raised else AlarmChange.RAISED

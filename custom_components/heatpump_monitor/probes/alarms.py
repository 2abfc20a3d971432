"""Which alarms of a probe are raised: limits, hold times, hysteresis, re-arming.

A limit must be exceeded for the hold time as measured: from the first value beyond it
to the last one. So a single wild value rings nothing, however seldom a probe sends.
The same holds for the way back, until the alarm can ring again.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from .model import LIMIT_OF, RATES, ProbeAlarm, ProbeEvent, ProbeSettings
from .recent import as_time

_RATE_BACK: Final = 0.75
"""A rate is back when it falls below this share of its limit."""
_TARGET_BACK_K: Final = 2.0
"""A target rings once per approach, and noise on the way is no new one."""


@dataclass(slots=True)
class AlarmState:
    """What a restart must not lose of an alarm."""

    limit: float
    is_raised: bool = False
    turning_since_s: float | None = None
    """Since when the values ask for a change that has not lasted long enough."""
    from_below: bool | None = None
    """From where a target is approached; None until a value says so."""
    has_rung: bool = False
    """Whether it was raised in this approach, be it cleared or not."""
    approach_c: float | None = None
    """Where a new approach began, until it is judged; from there it comes."""


@dataclass(slots=True)
class AlarmBoard:
    """The alarms of one probe that are watched."""

    states: dict[ProbeAlarm, AlarmState] = field(default_factory=dict)
    is_silent: bool = False

    @property
    def raised(self) -> frozenset[ProbeAlarm]:
        """Return the alarms that are raised."""
        raised = {alarm for alarm, state in self.states.items() if state.is_raised}
        return frozenset(raised | ({ProbeAlarm.SILENT} if self.is_silent else set()))

    @property
    def awaits_target(self) -> bool:
        """Return whether there is a target that was not reached yet."""
        state = self.states.get(ProbeAlarm.TARGET)
        return state is not None and not state.has_rung

    def match(
        self, settings: ProbeSettings, time_s: float, value_c: float | None
    ) -> list[ProbeEvent]:
        """Follow changed limits; return the alarms that are cleared by it.

        `value_c` is None if it is not known now. An alarm stays raised while the value
        is beyond the new limit, too; a new target is a new approach.
        """
        events: list[ProbeEvent] = []
        for alarm, name in LIMIT_OF.items():
            limit: float | None = getattr(settings, name)
            state = self.states.get(alarm)
            if state is not None and state.limit == limit:
                continue
            was_raised = state is not None and state.is_raised
            stays = was_raised and _stays(alarm, limit, value_c)
            if state is not None and was_raised and not stays:
                state.is_raised = False
                events.append(_event(alarm, state, time_s, value_c))
            self.states.pop(alarm, None)
            if limit is not None:
                self.states[alarm] = AlarmState(limit, is_raised=stays)
        if value_c is not None:
            self._find_side(settings, value_c)
        return events

    def approach_from(self, value_c: float) -> None:
        """Approach the target from a value: a session begins, or the probe moved."""
        state = self.states.get(ProbeAlarm.TARGET)
        if state is not None:
            state.approach_c = value_c

    def await_target(self) -> None:
        """Wait for the target again, as a session begins."""
        state = self.states.get(ProbeAlarm.TARGET)
        if state is not None:
            state.has_rung = state.is_raised

    def add(
        self,
        settings: ProbeSettings,
        time_s: float,
        value_c: float,
        slope_k_per_min: float | None,
    ) -> list[ProbeEvent]:
        """Judge a value; return the alarms that it raised or cleared."""
        events = self._approached(settings, time_s, value_c)
        events += list(self._turned(settings, time_s, value_c, slope_k_per_min))
        if self.is_silent:
            self.is_silent = False
            events.append(_silence(time_s, is_raised=False, value_c=value_c))
        return events

    def fall_silent(self, now_s: float) -> list[ProbeEvent]:
        """Raise the alarm of silence, unless it is."""
        if self.is_silent:
            return []
        self.is_silent = True
        return [_silence(now_s, is_raised=True, value_c=None)]

    def forget_after(self, time_s: float) -> None:
        """Drop waiting times that began later, as the clock was wrong."""
        for state in self.states.values():
            if state.turning_since_s is not None and state.turning_since_s > time_s:
                state.turning_since_s = None

    def _turned(
        self,
        settings: ProbeSettings,
        time_s: float,
        value_c: float,
        slope_k_per_min: float | None,
    ) -> Iterator[ProbeEvent]:
        for alarm, state in self.states.items():
            value = slope_k_per_min if alarm in RATES else value_c
            if value is None:
                state.turning_since_s = None
                continue
            excess = _excess(alarm, state, value)
            back = _back(settings, alarm, state.limit)
            is_beyond = excess >= 0 or (state.is_raised and excess > -back)
            if is_beyond == state.is_raised:
                state.turning_since_s = None
                continue
            if state.turning_since_s is None:
                state.turning_since_s = time_s
            if time_s - state.turning_since_s < settings.hold_s:
                continue
            state.turning_since_s = None
            state.is_raised = is_beyond
            state.has_rung |= is_beyond
            yield _event(alarm, state, time_s, value_c)

    def _approached(
        self, settings: ProbeSettings, time_s: float, value_c: float
    ) -> list[ProbeEvent]:
        """Turn to the other side of the target, if a new approach is from there."""
        self._find_side(settings, value_c)
        state = self.states.get(ProbeAlarm.TARGET)
        if state is None or state.approach_c is None:
            return []
        start_c, state.approach_c = state.approach_c, None
        is_near = abs(start_c - state.limit) <= settings.hysteresis_k
        if is_near or state.from_below == (start_c < state.limit):
            return []
        was_raised = state.is_raised
        state.from_below, state.is_raised = start_c < state.limit, False
        state.turning_since_s = None
        return [_event(ProbeAlarm.TARGET, state, time_s, value_c)] if was_raised else []

    def _find_side(self, settings: ProbeSettings, value_c: float) -> None:
        """Note from where the target is approached, with the first value after it."""
        state = self.states.get(ProbeAlarm.TARGET)
        if state is not None and state.from_below is None:
            # A probe that is there already has been heated, as most are.
            state.from_below = value_c <= state.limit + settings.hysteresis_k


def _excess(alarm: ProbeAlarm, state: AlarmState, value: float) -> float:
    """Return how far a value is beyond a limit, negative on the good side of it."""
    if alarm is ProbeAlarm.FALLING:
        return -value - state.limit
    is_upper = alarm in (ProbeAlarm.HIGH, ProbeAlarm.RISING) or (
        alarm is ProbeAlarm.TARGET and state.from_below is not False
    )
    return value - state.limit if is_upper else state.limit - value


def _back(settings: ProbeSettings, alarm: ProbeAlarm, limit: float) -> float:
    """Return how far back over its limit a value goes before it can ring again."""
    if alarm in RATES:
        return (1 - _RATE_BACK) * limit
    if alarm is ProbeAlarm.TARGET:
        return max(settings.hysteresis_k, _TARGET_BACK_K)
    return settings.hysteresis_k


def _stays(alarm: ProbeAlarm, limit: float | None, value_c: float | None) -> bool:
    """Return whether a raised alarm stays raised with another limit."""
    if limit is None or alarm is ProbeAlarm.TARGET:
        return False
    if alarm in RATES or value_c is None:
        # The next value tells.
        return True
    return _excess(alarm, AlarmState(limit), value_c) >= 0


def _event(
    alarm: ProbeAlarm, state: AlarmState, time_s: float, value_c: float | None
) -> ProbeEvent:
    return ProbeEvent(
        time=as_time(time_s),
        alarm=alarm,
        is_raised=state.is_raised,
        temperature_c=value_c,
        limit=state.limit,
    )


def _silence(time_s: float, *, is_raised: bool, value_c: float | None) -> ProbeEvent:
    return ProbeEvent(
        time=as_time(time_s),
        alarm=ProbeAlarm.SILENT,
        is_raised=is_raised,
        temperature_c=value_c,
        limit=None,
    )

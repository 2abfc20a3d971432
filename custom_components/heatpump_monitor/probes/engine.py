"""Joins what is known of one probe: alarms, time to target, and sessions.

Times inside are epoch seconds and temperatures °C. The engine has no clock: `now` is
the moment of the call, aware and in UTC. The state is made of plain dataclasses; save
it after each event and each session that starts or ends, so that nothing rings twice.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from math import isfinite
from typing import Final

from ..readings import ProbeReading
from .alarms import AlarmBoard
from .model import (
    LONGEST_NAME,
    Approach,
    ProbeAlarm,
    ProbeEvent,
    ProbeSettings,
    ProbeStatus,
    Session,
    TimeToTarget,
)
from .recent import KEPT_S, Recent, as_time
from .sessions import COLD_C, SessionState, rise
from .slope import rate
from .time_to_target import time_to_target

# An open or shorted sensor reads far outside of these.
_LEAST_C: Final = -80.0
_MOST_C: Final = 650.0
_LEAST_SILENCE_S: Final = 600.0
_CLOCK_S: Final = 60.0
"""A clock may be set back by less, and nothing is forgotten."""
_MOVE_S: Final = 180.0
_MOVE_K: Final = 10.0
_MISSED: Final = 3.0
"""Silent after so many times the pace of the probe."""


@dataclass(slots=True)
class ProbeState:
    """All that a restart must not lose of a probe."""

    stamp_s: float | None = None
    """The time stamp of the newest reading, as its source spelt it."""
    time_s: float | None = None
    """When the newest value was measured; not after its arrival."""
    value_c: float | None = None
    """The newest value; None while no probe is plugged in."""
    name: str = ""
    transmit_s: float | None = None
    recent: Recent = field(default_factory=Recent)
    alarms: AlarmBoard = field(default_factory=AlarmBoard)
    session: SessionState | None = None
    session_end_s: float | None = None
    """When the last session ended; what was before is part of no other."""
    can_start: bool = True
    """Whether a rise may start a session: it has been cold since the last one."""
    ended: list[Session] = field(default_factory=list)
    """Sessions that ended and were not handed out yet."""


class ProbeEngine:
    """Judges the readings of one probe."""

    def __init__(
        self, key: str, settings: ProbeSettings, state: ProbeState | None = None
    ) -> None:
        """Continue from a saved state, or begin without one."""
        self.key = key
        self.settings = settings
        self.state = state or ProbeState()
        self._found: tuple[float, float, TimeToTarget] | None = None
        """The newest time to the target, for which value and target."""
        self._awake_s: float | None = None
        """When it was first called: before, it could not hear the probe."""

    def add(self, reading: ProbeReading, now: datetime) -> list[ProbeEvent]:
        """Add a reading; return the alarms that it raised or cleared.

        One that was added before, is older than the newest, or has an impossible
        value changes nothing; an old value raises and clears nothing.
        """
        now_s = self._wake(now)
        matched = self._match(now_s)
        state = self.state
        state.name = (reading.name or state.name)[:LONGEST_NAME]
        state.transmit_s = reading.transmit_s or state.transmit_s
        if reading.temperature_c is None:
            state.value_c = None
            return [*matched, *self.tick(now)]
        stamp_s = (reading.measured_at or now).timestamp()
        # A clock that is ahead must not make later values look old.
        time_s = min(stamp_s, now_s)
        is_new = stamp_s != state.stamp_s and time_s > (state.time_s or 0.0)
        if is_new and _is_possible(reading.temperature_c):
            self._note_move(time_s, reading.temperature_c)
            state.stamp_s, state.time_s = stamp_s, time_s
            state.value_c = reading.temperature_c
            if now_s - time_s <= self._silence_s:
                return [*matched, *self._add_value(time_s, reading.temperature_c)]
        return [*matched, *self.tick(now)]

    def tick(self, now: datetime) -> list[ProbeEvent]:
        """Return the alarms that time alone raises; call it about once a minute.

        A session whose probe is gone or cold for long ends here, too.
        """
        now_s = self._wake(now)
        matched = self._match(now_s)
        session = self.state.session
        if session is not None:
            self._end_if_over(session, now_s)
        if not self._is_watched or self._heard_s(now_s) >= now_s - self._silence_s:
            return matched
        return [*matched, *self.state.alarms.fall_silent(now_s)]

    def set(self, settings: ProbeSettings, now: datetime) -> list[ProbeEvent]:
        """Change the settings; return the alarms that are cleared by it."""
        self.settings = settings
        return self._match(self._wake(now))

    def start_session(self, now: datetime, name: str, by: str) -> Session:
        """Start a session, or rename the one that goes on; return it.

        `by` is `action` or `button`. Without a name it is called as the probe.
        """
        now_s = self._wake(now)
        if self.state.session is None:
            session = SessionState(now_s, name or self.state.name, by)
            self._start(session, self._fresh_c(now_s))
        elif name:
            self.state.session.name = name
        assert self.state.session is not None
        return self.state.session.session(self.key)

    def stop_session(self, now: datetime) -> Session | None:
        """End the session; return it, None if there is none."""
        now_s = self._wake(now)
        session = self.state.session
        if session is None:
            return None
        session.accept_cold(self._silence_s)
        return self._end(session, now_s)

    def take_ended(self) -> list[Session]:
        """Return the sessions that ended since the last call, oldest first.

        After a crash one may come twice, with the same key.
        """
        ended, self.state.ended = self.state.ended, []
        return ended

    def status(self, now: datetime) -> ProbeStatus:
        """Return all that is shown of the probe."""
        now_s = now.timestamp()
        value_c = self._fresh_c(now_s)
        session = self.state.session
        return ProbeStatus(
            is_fresh=value_c is not None,
            temperature_c=value_c,
            settings=self.settings,
            raised=self.state.alarms.raised,
            time_to_target=self._time_to_target(now_s, value_c),
            session=None if session is None else session.session(self.key),
        )

    def curve(self, now: datetime) -> tuple[tuple[datetime, float], ...]:
        """Return the curve of the session, or of the last three hours."""
        if self.state.session is not None:
            return self.state.session.session(self.key).points
        since = self.state.recent.since(now.timestamp() - KEPT_S)
        return tuple((as_time(mean.time_s), mean.value_c) for mean in since)

    @property
    def _silence_s(self) -> float:
        if self.settings.silent_s is not None:
            return self.settings.silent_s
        return max(_MISSED * (self.state.transmit_s or 0.0), _LEAST_SILENCE_S)

    @property
    def _is_watched(self) -> bool:
        """Return whether it matters that the probe is silent.

        With the target reached it is pulled out, and that is no alarm.
        """
        settings, alarms = self.settings, self.state.alarms
        limits = (
            settings.silent_s,
            settings.high_c,
            settings.low_c,
            settings.rising_k_per_min,
            settings.falling_k_per_min,
        )
        if any(limit is not None for limit in limits):
            return True
        has_session = self.state.session is not None and settings.target_c is None
        return has_session or alarms.awaits_target

    def _wake(self, now: datetime) -> float:
        """Return the time; note the first call, before which it heard nothing."""
        now_s = now.timestamp()
        if self._awake_s is None:
            self._awake_s = now_s
        self._awake_s = min(self._awake_s, now_s)
        session_s = self.state.session.start_s if self.state.session else 0.0
        if max(self.state.time_s or 0.0, session_s) > now_s + _CLOCK_S:
            self._forget_after(now_s)
        return now_s

    def _forget_after(self, now_s: float) -> None:
        """Drop what is of the future: the clock of the host was wrong then."""
        state = self.state
        state.stamp_s = state.time_s = state.value_c = None
        state.recent.forget_after(now_s)
        state.alarms.forget_after(now_s)
        if state.session is not None:
            state.session.forget_after(now_s)

    def _heard_s(self, now_s: float) -> float:
        awake_s = now_s if self._awake_s is None else self._awake_s
        return max(self.state.time_s or 0.0, awake_s)

    def _fresh_c(self, now_s: float) -> float | None:
        state = self.state
        if state.time_s is None or now_s - state.time_s > self._silence_s:
            return None
        return state.value_c

    def _match(self, now_s: float) -> list[ProbeEvent]:
        """Follow the settings: they may not be those that the state was saved with."""
        return self.state.alarms.match(self.settings, now_s, self._fresh_c(now_s))

    def _add_value(self, time_s: float, value_c: float) -> list[ProbeEvent]:
        state = self.state
        state.recent.add(time_s, value_c)
        state.can_start |= value_c < COLD_C
        if state.session is not None:
            self._continue(state.session, time_s, value_c)
        elif self.settings.starts_by_rise and state.can_start:
            self._start_by_rise()
        slope = rate(state.recent.unbroken(self._silence_s))
        k_per_min = None if slope is None else slope.k_per_min
        return state.alarms.add(self.settings, time_s, value_c, k_per_min)

    def _note_move(self, time_s: float, value_c: float) -> None:
        """Approach the target from a value that no cooling explains.

        A hot probe was put into something cold: it did not cool down to its target.
        """
        before_s, before_c = self.state.time_s, self.state.value_c
        if before_s is None or before_c is None or time_s - before_s > _MOVE_S:
            return
        if value_c < before_c - _MOVE_K:
            self.state.alarms.approach_from(value_c)

    def _continue(self, session: SessionState, time_s: float, value_c: float) -> None:
        if time_s >= session.start_s:
            session.add(time_s, value_c, self._silence_s)
        if self.settings.target_c is not None:
            session.target_c = self.settings.target_c
        self._end_if_over(session, time_s)

    def _start_by_rise(self) -> None:
        found = rise(self.state.recent.since(self.state.session_end_s or 0.0))
        if found is None:
            return
        session = SessionState(found[0].time_s, self.state.name, "rise")
        for mean in found:
            session.add(mean.time_s, mean.value_c, self._silence_s)
        self._start(session, found[0].value_c)

    def _start(self, session: SessionState, start_c: float | None) -> None:
        self.state.session = session
        session.target_c = self.settings.target_c
        self.state.alarms.await_target()
        if start_c is not None:
            self.state.alarms.approach_from(start_c)

    def _end_if_over(self, session: SessionState, now_s: float) -> None:
        end_s = session.ended_at_s(now_s)
        if end_s is not None and session.points:
            self._end(session, end_s)
        elif end_s is not None:
            # It was started, but its probe was never heard.
            self.state.session = None

    def _end(self, session: SessionState, end_s: float) -> Session:
        ended = session.session(self.key, end_s)
        self.state.session, self.state.session_end_s = None, end_s
        newest_c = self.state.value_c
        self.state.can_start = newest_c is None or newest_c < COLD_C
        self.state.ended.append(ended)
        return ended

    def _time_to_target(self, now_s: float, value_c: float | None) -> TimeToTarget:
        """Return the time to the target from now on, not from the last value on."""
        state, target_c = self.state, self.settings.target_c
        if value_c is None or target_c is None or state.time_s is None:
            return TimeToTarget(approach=Approach.UNKNOWN)
        if ProbeAlarm.TARGET in state.alarms.raised:
            return TimeToTarget(approach=Approach.REACHED)
        found = self._forecast(state.time_s, target_c)
        age_s = now_s - state.time_s
        return replace(
            found,
            remaining_s=_less(found.remaining_s, age_s),
            low_s=_less(found.low_s, age_s),
            high_s=_less(found.high_s, age_s),
        )

    def _forecast(self, time_s: float, target_c: float) -> TimeToTarget:
        """Return the time from the newest value on; it takes 3 ms to find."""
        if self._found is None or self._found[:2] != (time_s, target_c):
            watched = self.state.alarms.states.get(ProbeAlarm.TARGET)
            from_below = watched is None or watched.from_below is not False
            found = time_to_target(
                self.state.recent.of_one_piece(self._silence_s),
                target_c,
                from_below=from_below,
            )
            self._found = time_s, target_c, found
        return self._found[2]


def _is_possible(value_c: float) -> bool:
    return isfinite(value_c) and _LEAST_C <= value_c <= _MOST_C


def _less(span_s: float | None, age_s: float) -> float | None:
    return None if span_s is None else max(span_s - age_s, 0.0)

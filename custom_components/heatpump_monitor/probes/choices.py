"""What a person chose for a probe: limits, and which of them are watched."""

from dataclasses import dataclass, field, replace
from typing import Final

from .model import LIMIT_OF, ProbeAlarm, ProbeSettings

_ALARM_OF: Final = {name: alarm for alarm, name in LIMIT_OF.items()}


@dataclass(frozen=True, kw_only=True, slots=True)
class Choices:
    """The settings of a probe, and the alarms that are switched off."""

    kept: ProbeSettings = field(default_factory=ProbeSettings)
    """With the limits of the alarms that are switched off."""
    off: frozenset[ProbeAlarm] = frozenset()
    session_name: str = ""
    """For the next session; empty for the name of the probe."""

    @property
    def settings(self) -> ProbeSettings:
        """Return the settings without the limits that are switched off."""
        unset = {LIMIT_OF[alarm]: None for alarm in self.off if alarm in LIMIT_OF}
        return replace(self.kept, **unset)  # type: ignore[arg-type]

    def value(self, name: str) -> float | None:
        """Return a number of the settings, also of an alarm that is off."""
        value: float | None = getattr(self.kept, name)
        return value

    def is_on(self, alarm: ProbeAlarm) -> bool:
        """Return whether an alarm is watched."""
        limit = LIMIT_OF.get(alarm)
        has_limit = limit is None or self.value(limit) is not None
        return has_limit and alarm not in self.off

    def with_value(self, name: str, value: float) -> Choices:
        """Return these choices with a number; who enters a limit wants its alarm."""
        kept = replace(self.kept, **{name: value})  # type: ignore[arg-type]
        return replace(self, kept=kept, off=self.off - {_ALARM_OF.get(name)})

    def switched(self, alarm: ProbeAlarm, is_on: bool) -> Choices:
        """Return these choices with an alarm switched on or off."""
        off = self.off - {alarm} if is_on else self.off | {alarm}
        return replace(self, off=off)

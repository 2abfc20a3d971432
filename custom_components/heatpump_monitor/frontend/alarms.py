"""What the cards show of the alarms, in words of the user's language."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from homeassistant.core import HomeAssistant

from ..alarm_texts import alarm_advice, alarm_message, alarm_name
from ..coordinator import HeatpumpConfigEntry
from ..performance.alarms.board import OF_ACCOUNT, AlarmChange, AlarmEvent, AlarmKey
from ..performance.alarms.table import ALARMS

_MOST_OVER: Final = 5


class Severity(StrEnum):
    """What is at stake."""

    FAULT = "fault"
    """The heat pump says itself that it is out of order."""
    WARNING = "warning"
    """It costs energy, comfort or years of life."""
    NOTICE = "notice"
    """The heat pump may be fine: what is known of it is not."""


_SEVERITIES: Final = {AlarmKey.FAULT: Severity.FAULT} | dict.fromkeys(
    (
        AlarmKey.SOURCE_SILENT,
        AlarmKey.VALUES_FROZEN,
        AlarmKey.COUNTERS_FROZEN,
        AlarmKey.CONTRADICTION,
        AlarmKey.CALL_BUDGET,
        AlarmKey.SIGN_IN_DUE,
    ),
    Severity.NOTICE,
)
_ORDER: Final = tuple(Severity)


@dataclass(frozen=True, kw_only=True, slots=True)
class RaisedAlarm:
    """An alarm that is raised now."""

    severity: Severity
    since: datetime
    name: str
    message: str
    advice: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OverAlarm:
    """An alarm that was cleared."""

    since: datetime | None
    """None if it was raised before the start of Home Assistant."""
    until: datetime
    name: str
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Alarms:
    """What is watched, and the alarms that are over."""

    watched_since: datetime
    watched: int
    """How many kinds of alarms can be judged."""
    not_watched: list[str]
    """The names of those that cannot, as their data are missing."""
    over: list[OverAlarm]
    """Cleared since the start of Home Assistant, newest first."""


def raised_alarms(
    hass: HomeAssistant, entry: HeatpumpConfigEntry, language: str
) -> tuple[RaisedAlarm, ...]:
    """Return the alarms that are raised now, the worst and the newest first."""
    board = entry.runtime_data.performance.data.alarms
    found = [
        RaisedAlarm(
            severity=_SEVERITIES.get(key, Severity.WARNING),
            since=state.raised_at,
            name=alarm_name(hass, key, language),
            message=alarm_message(hass, key, part, state.causes, language),
            advice=alarm_advice(hass, key, part, language),
        )
        for key in AlarmKey
        for part, state in board.raised(key).items()
        if state.raised_at is not None
    ]
    found.sort(key=lambda alarm: alarm.since, reverse=True)
    return tuple(sorted(found, key=lambda alarm: _ORDER.index(alarm.severity)))


def alarms(hass: HomeAssistant, entry: HeatpumpConfigEntry, language: str) -> Alarms:
    """Return what is watched, and the alarms that are over."""
    performance = entry.runtime_data.performance
    board = performance.data.alarms
    without = frozenset() if entry.runtime_data.budget else OF_ACCOUNT
    keys = [each.key for each in ALARMS if each.key not in without]
    unknown = [key for key in keys if board.is_raised(key) is None]
    over = list(_over(hass, performance.alarm_events, language))
    return Alarms(
        watched_since=performance.started_at,
        watched=len(keys) - len(unknown),
        not_watched=[alarm_name(hass, key, language) for key in unknown],
        over=over[: -_MOST_OVER - 1 : -1],
    )


def _over(
    hass: HomeAssistant, events: Iterable[AlarmEvent], language: str
) -> Iterator[OverAlarm]:
    raised: dict[tuple[AlarmKey, str], datetime] = {}
    for event in events:
        place = event.key, event.part
        if event.change is AlarmChange.RAISED:
            raised[place] = event.time
            continue
        yield OverAlarm(
            since=raised.pop(place, None),
            until=event.time,
            name=alarm_name(hass, event.key, language),
            message=alarm_message(hass, *place, event.causes, language),
        )

"""Event entities: alarms, changes, and what is wrong with the sources' data."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, override

from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.const import EntityCategory
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .alarm_texts import alarm_advice, event_message
from .changes.model import Source
from .changes.words import entry_data, words_of
from .const import CONF_KIND, Kind
from .coordinator import HeatpumpConfigEntry, HeatpumpData
from .entity import AddEntities, HeatpumpEntity
from .house_meter import events as house_meter
from .performance.alarms.board import AlarmChange, AlarmEvent, AlarmKey
from .performance.flags import Flag, FlagKind
from .probes import events as probes
from .status import Status

PARALLEL_UPDATES = 0

type Show = Callable[[str, dict[str, object]], None]
"""Shows an event by its type and attributes."""


@dataclass(frozen=True, kw_only=True)
class HeatpumpEventDescription(EventEntityDescription):
    """Describe an event entity."""

    follow_fn: Callable[[HomeAssistant, HeatpumpData, Show], CALLBACK_TYPE]
    """Show what happened during the set-up and each event from now on; how to stop."""


def _follow_findings(_: HomeAssistant, data: HeatpumpData, show: Show) -> CALLBACK_TYPE:
    performance = data.performance

    def show_flags(flags: Iterable[Flag]) -> None:
        for flag in flags:
            show(flag.kind, {"at": flag.time.isoformat(), "detail": flag.detail})

    flags, started_at = performance.data.snapshot.flags, performance.started_at
    show_flags(flag for flag in flags if flag.time >= started_at)
    return performance.async_subscribe(lambda update: show_flags(update.flags))


def _follow_alarms(
    hass: HomeAssistant, data: HeatpumpData, show: Show
) -> CALLBACK_TYPE:
    performance = data.performance

    def show_events(events: Iterable[AlarmEvent]) -> None:
        for event in events:
            show(f"{event.key}_{event.change}", _alarm_data(hass, event))

    show_events(performance.alarm_events)
    return performance.async_subscribe(lambda update: show_events(update.alarms))


def _alarm_data(hass: HomeAssistant, event: AlarmEvent) -> dict[str, object]:
    is_raised = event.change is AlarmChange.RAISED
    return {
        **event.causes,
        "alarm": str(event.key),
        "part": event.part,
        "at": event.time.isoformat(),
        "message": event_message(hass, event),
        "advice": alarm_advice(hass, event.key, event.part) if is_raised else "",
    }


def _follow_changes(
    hass: HomeAssistant, data: HeatpumpData, show: Show
) -> CALLBACK_TYPE:
    # What was found before is told to all listeners after the set-up.
    return data.changes.async_listen(
        lambda entry: show(
            entry.source,
            entry_data(entry, words_of(hass)) | {"time": entry.time.isoformat()},
        )
    )


EVENTS: Final = (
    HeatpumpEventDescription(
        key="alarm",
        entity_category=EntityCategory.DIAGNOSTIC,
        event_types=[f"{key}_{change}" for key in AlarmKey for change in AlarmChange],
        follow_fn=_follow_alarms,
    ),
    HeatpumpEventDescription(
        key="change",
        event_types=[source.value for source in Source],
        follow_fn=_follow_changes,
    ),
    HeatpumpEventDescription(
        key="finding",
        entity_category=EntityCategory.DIAGNOSTIC,
        # What a user should know of these is an alarm.
        entity_registry_enabled_default=False,
        event_types=[kind.value for kind in FlagKind],
        follow_fn=_follow_findings,
    ),
)


def _add_of_heat_pump(
    hass: HomeAssistant,
    entry: HeatpumpConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the event entities of a heat pump."""
    performance = entry.runtime_data.performance
    async_add_entities(HeatpumpEvent(entry, performance, each) for each in EVENTS)


_ADD: Final[Mapping[Kind, AddEntities]] = {
    Kind.HEAT_PUMP: _add_of_heat_pump,
    Kind.HOUSE_METER: house_meter.async_add,
    Kind.PROBES: probes.async_add,
}


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HeatpumpConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the event entities of an entry by its kind."""
    _ADD[Kind(entry.data[CONF_KIND])](hass, entry, async_add_entities)


class HeatpumpEvent(HeatpumpEntity[Status], EventEntity):
    """An event for each happening of one kind."""

    # An event is worth nothing in the history without what was found.
    _unrecorded_attributes = frozenset()

    entity_description: HeatpumpEventDescription

    @override
    async def async_added_to_hass(self) -> None:
        """Show each event from now on."""
        await super().async_added_to_hass()
        follow = self.entity_description.follow_fn
        self.async_on_remove(
            follow(self.hass, self._entry.runtime_data, self._async_show)
        )

    @callback
    def _async_show(self, kind: str, attributes: dict[str, object]) -> None:
        self._trigger_event(kind, attributes)
        self.async_write_ha_state()

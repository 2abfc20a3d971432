"""Event entities: alarms, changes, and what is wrong with the sources' data."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, override

from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .alarm_texts import alarm_advice, event_message
from .changes.model import Entry, Source
from .changes.words import entry_data, words_of
from .coordinator import HeatpumpConfigEntry, PerformanceCoordinator, Status
from .entity import HeatpumpEntity
from .performance.alarms.board import AlarmChange, AlarmKey
from .performance.flags import FlagKind
from .performance.output import Update

PARALLEL_UPDATES = 0

type Event = tuple[str, dict[str, object]]
"""Type and attributes."""


@dataclass(frozen=True, kw_only=True)
class HeatpumpEventDescription(EventEntityDescription):
    """Describe an event entity for what happens in the updates of the engine."""

    events_fn: Callable[[HomeAssistant, Update], Iterator[Event]]
    since_start_fn: Callable[[PerformanceCoordinator], Update]
    """What happened during the set-up."""


def _findings(_: HomeAssistant, update: Update) -> Iterator[Event]:
    for flag in update.flags:
        yield flag.kind, {"at": flag.time.isoformat(), "detail": flag.detail}


def _findings_since_start(performance: PerformanceCoordinator) -> Update:
    flags, started_at = performance.data.snapshot.flags, performance.started_at
    return Update(flags=tuple(flag for flag in flags if flag.time >= started_at))


def _alarms(hass: HomeAssistant, update: Update) -> Iterator[Event]:
    for event in update.alarms:
        key, part = event.key, event.part
        is_raised = event.change is AlarmChange.RAISED
        yield (
            f"{key}_{event.change}",
            {
                **event.causes,
                "alarm": str(key),
                "part": part,
                "at": event.time.isoformat(),
                "message": event_message(hass, event),
                "advice": alarm_advice(hass, key, part) if is_raised else "",
            },
        )


EVENTS: Final = (
    HeatpumpEventDescription(
        key="alarm",
        entity_category=EntityCategory.DIAGNOSTIC,
        event_types=[f"{key}_{change}" for key in AlarmKey for change in AlarmChange],
        events_fn=_alarms,
        since_start_fn=lambda performance: Update(
            alarms=tuple(performance.alarm_events)
        ),
    ),
    HeatpumpEventDescription(
        key="finding",
        entity_category=EntityCategory.DIAGNOSTIC,
        # What a user should know of these is an alarm.
        entity_registry_enabled_default=False,
        event_types=[kind.value for kind in FlagKind],
        events_fn=_findings,
        since_start_fn=_findings_since_start,
    ),
)
CHANGE: Final = EventEntityDescription(
    key="change", event_types=[source.value for source in Source]
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HeatpumpConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the event entities."""
    performance = entry.runtime_data.performance
    async_add_entities(
        [
            ChangeEvent(entry, performance, CHANGE),
            *(UpdateEvent(entry, performance, each) for each in EVENTS),
        ]
    )


class ChangeEvent(HeatpumpEntity[Status], EventEntity):
    """An event for each new entry of the change log."""

    # An event is worth nothing in the history without what was changed.
    _unrecorded_attributes = frozenset()

    @override
    async def async_added_to_hass(self) -> None:
        """Show each entry from now on."""
        await super().async_added_to_hass()
        changes = self._entry.runtime_data.changes
        self.async_on_remove(changes.async_listen(self._async_show))

    @callback
    def _async_show(self, entry: Entry) -> None:
        data = entry_data(entry, words_of(self.hass))
        self._trigger_event(entry.source, data | {"time": entry.time.isoformat()})
        self.async_write_ha_state()


class UpdateEvent(HeatpumpEntity[Status], EventEntity):
    """An event for each happening of one kind in the updates of the engine."""

    # An event is worth nothing in the history without what was found.
    _unrecorded_attributes = frozenset()

    entity_description: HeatpumpEventDescription

    @override
    async def async_added_to_hass(self) -> None:
        """Show each event, those of the set-up as well."""
        await super().async_added_to_hass()
        performance = self._entry.runtime_data.performance
        self._async_show(self.entity_description.since_start_fn(performance))
        self.async_on_remove(performance.async_subscribe(self._async_show))

    @callback
    def _async_show(self, update: Update) -> None:
        for kind, attributes in self.entity_description.events_fn(self.hass, update):
            self._trigger_event(kind, attributes)
            self.async_write_ha_state()

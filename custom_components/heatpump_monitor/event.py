"""Event entities: alarms, and what is found to be wrong with the sources' data."""

from dataclasses import dataclass
from typing import Final, override

from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .alarm_texts import alarm_advice, event_message
from .coordinator import HeatpumpConfigEntry, Status
from .entity import HeatpumpEntity
from .performance.alarms.board import AlarmChange, AlarmEvent, AlarmKey
from .performance.flags import Flag, FlagKind
from .performance.output import Update

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class HeatpumpEventDescription(EventEntityDescription):
    """Describe an event entity."""


EVENTS: Final = (
    HeatpumpEventDescription(
        key="finding",
        entity_category=EntityCategory.DIAGNOSTIC,
        # What a user should know of these is an alarm.
        entity_registry_enabled_default=False,
        event_types=[kind.value for kind in FlagKind],
    ),
    HeatpumpEventDescription(
        key="alarm",
        entity_category=EntityCategory.DIAGNOSTIC,
        event_types=[f"{key}_{change}" for key in AlarmKey for change in AlarmChange],
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HeatpumpConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the event entities."""
    performance, (finding, alarm) = entry.runtime_data.performance, EVENTS
    async_add_entities(
        [
            FindingEvent(entry, performance, finding),
            AlarmEventEntity(entry, performance, alarm),
        ]
    )


class UpdateEvent(HeatpumpEntity[Status], EventEntity):
    """An event for each happening of one kind in the updates of the engine."""

    # An event is worth nothing in the history without what was found.
    _unrecorded_attributes = frozenset()

    @override
    async def async_added_to_hass(self) -> None:
        """Show what happened during the set-up, and from now on."""
        await super().async_added_to_hass()
        performance = self._entry.runtime_data.performance
        self._async_show_update(self._of_set_up())
        self.async_on_remove(performance.async_subscribe(self._async_show_update))

    def _of_set_up(self) -> Update:
        raise NotImplementedError

    @callback
    def _async_show_update(self, update: Update) -> None:
        raise NotImplementedError


class FindingEvent(UpdateEvent):
    """An event for each flag."""

    @override
    def _of_set_up(self) -> Update:
        performance = self._entry.runtime_data.performance
        flags = performance.data.snapshot.flags
        since = performance.started_at
        return Update(flags=tuple(flag for flag in flags if flag.time >= since))

    @callback
    @override
    def _async_show_update(self, update: Update) -> None:
        for flag in update.flags:
            self._async_show(flag)

    @callback
    def _async_show(self, flag: Flag) -> None:
        self._trigger_event(
            flag.kind, {"at": flag.time.isoformat(), "detail": flag.detail}
        )
        self.async_write_ha_state()


class AlarmEventEntity(UpdateEvent):
    """An event for each alarm that is raised or cleared."""

    @override
    def _of_set_up(self) -> Update:
        performance = self._entry.runtime_data.performance
        return Update(alarms=tuple(performance.alarm_events))

    @callback
    @override
    def _async_show_update(self, update: Update) -> None:
        for event in update.alarms:
            self._async_show(event)

    @callback
    def _async_show(self, event: AlarmEvent) -> None:
        key, part = event.key, event.part
        is_raised = event.change is AlarmChange.RAISED
        about = {
            **event.causes,
            "alarm": str(key),
            "part": part,
            "at": event.time.isoformat(),
            "message": event_message(self.hass, event),
            "advice": alarm_advice(self.hass, key, part) if is_raised else "",
        }
        self._trigger_event(f"{key}_{event.change}", about)
        self.async_write_ha_state()

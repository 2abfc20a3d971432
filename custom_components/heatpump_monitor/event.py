"""Event entities: what was changed, and what is wrong with the data of the sources."""

from dataclasses import dataclass
from typing import Final, override

from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .changes.model import Entry, Source
from .changes.words import entry_data, words_of
from .coordinator import HeatpumpConfigEntry, Status
from .entity import HeatpumpEntity
from .performance.flags import Flag, FlagKind
from .performance.output import Update

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class HeatpumpEventDescription(EventEntityDescription):
    """Describe an event entity."""


EVENTS: Final = (
    HeatpumpEventDescription(
        key="change", event_types=[source.value for source in Source]
    ),
    HeatpumpEventDescription(
        key="finding",
        entity_category=EntityCategory.DIAGNOSTIC,
        event_types=[kind.value for kind in FlagKind],
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HeatpumpConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the event entities."""
    performance = entry.runtime_data.performance
    change, finding = EVENTS
    async_add_entities(
        [
            ChangeEvent(entry, performance, change),
            FindingEvent(entry, performance, finding),
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


class FindingEvent(HeatpumpEntity[Status], EventEntity):
    """An event for each flag."""

    # An event is worth nothing in the history without what was found.
    _unrecorded_attributes = frozenset()

    @override
    async def async_added_to_hass(self) -> None:
        """Show each flag, those raised during the set-up as well."""
        await super().async_added_to_hass()
        performance = self._entry.runtime_data.performance
        for flag in performance.data.snapshot.flags:
            if flag.time >= performance.started_at:
                self._async_show(flag)
        self.async_on_remove(performance.async_subscribe(self._async_show_update))

    @callback
    def _async_show_update(self, update: Update) -> None:
        for flag in update.flags:
            self._async_show(flag)

    @callback
    def _async_show(self, flag: Flag) -> None:
        self._trigger_event(
            flag.kind, {"at": flag.time.isoformat(), "detail": flag.detail}
        )
        self.async_write_ha_state()

"""The event entity of a probe: its alarms."""

from typing import override

from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from ..performance.rounding import rounded
from .coordinator import ProbesConfigEntry
from .entities import ProbeEntity, async_add_for_each
from .model import ProbeAlarm, ProbeEvent
from .words import event_message

PROBE: tuple[EventEntityDescription, ...] = (
    EventEntityDescription(
        key="probe_alarm",
        event_types=[
            f"{alarm}_{change}"
            for alarm in ProbeAlarm
            for change in ("raised", "cleared")
        ],
    ),
)


@callback
def async_add(
    _: HomeAssistant,
    entry: ProbesConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the event entities of all probes."""
    async_add_for_each(
        entry,
        lambda probe: [ProbeEventEntity(probe, each) for each in PROBE],
        async_add_entities,
    )


class ProbeEventEntity(ProbeEntity, EventEntity):
    """An event for each alarm of a probe that is raised or cleared."""

    @override
    async def async_added_to_hass(self) -> None:
        """Show each alarm from now on, and those of the set-up."""
        await super().async_added_to_hass()
        self.async_on_remove(self.coordinator.async_follow(self._async_show))

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Write nothing: only an alarm is an event."""

    @callback
    def _async_show(self, event: ProbeEvent) -> None:
        name = self.coordinator.kept.name
        self._trigger_event(
            f"{event.alarm}_{'raised' if event.is_raised else 'cleared'}",
            {
                "alarm": str(event.alarm),
                "at": event.time.isoformat(),
                "temperature_c": rounded(event.temperature_c, 1),
                "limit": rounded(event.limit, 2),
                "message": event_message(self.hass, name, event),
            },
        )
        self.async_write_ha_state()

"""The event entity of a probe: its alarms."""

from typing import override

from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.core import callback

from ..performance.rounding import rounded
from .entities import ProbeEntity
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

"""The history of events of an installation: faults of units, newest first."""

from dataclasses import dataclass
from typing import Final

from .wire import timestamp

_DAY_S: Final = 86_400
# The cloud writes an event down some seconds after it has happened.
_WRITTEN_AFTER_S: Final = 30.5


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitFault:
    """A unit's fault that came or went."""

    epoch_s: float
    installation_id: int
    gateway_serial: str
    device_id: str
    model: str
    code: str
    active: bool

    def describe(self) -> dict[str, object]:
        """Return the event as the API writes it."""
        return {
            "eventType": "device-error",
            "gatewaySerial": self.gateway_serial,
            "body": {
                "errorCode": self.code,
                "deviceId": self.device_id,
                "modelId": self.model,
                "active": self.active,
                "equipmentType": "HeatPump",
                "errorEventType": "Error",
                "errorDescription": f"Simulated fault {self.code}",
            },
            "createdAt": timestamp(self.epoch_s + _WRITTEN_AFTER_S),
            "eventTimestamp": timestamp(self.epoch_s),
            "editedBy": "system",
            "origin": "system",
        }


class EventHistory:
    """All events of an account."""

    def __init__(self) -> None:
        """Begin without any event."""
        self._events: list[UnitFault] = []

    def add(self, event: UnitFault) -> None:
        """Add an event that has just happened."""
        self._events.append(event)

    def newest_first(
        self, installation_id: str, *, now_s: float, last_days: float
    ) -> list[dict[str, object]]:
        """Return the events of an installation within the last days."""
        return [
            event.describe()
            for event in reversed(self._events)
            if str(event.installation_id) == installation_id
            and event.epoch_s > now_s - last_days * _DAY_S
        ]

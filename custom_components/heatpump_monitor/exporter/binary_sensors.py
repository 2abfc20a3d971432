"""Binary sensor of an export: whether its database takes what is sent."""

from typing import Final

from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from ..entity import Attributes
from ..value_entities import ValueBinarySensor, ValueBinarySensorDescription
from .coordinator import ExportEntry
from .status import ExportStatus


def _reason(status: ExportStatus) -> Attributes:
    """Return why the database takes nothing, and since when."""
    failure, since = status.sender.failure, status.sender.failing_since
    return {
        "reason": failure.key if failure else None,
        "since": since.isoformat() if since else None,
    }


EXPORT: Final = (
    ValueBinarySensorDescription[ExportStatus](
        key="export_connected",
        attributes_fn=_reason,
        device_class=BinarySensorDeviceClass.CONNECTIVITY,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda status: status.is_connected,
    ),
)


@callback
def async_add(
    _: HomeAssistant,
    entry: ExportEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the binary sensors of an export."""
    coordinator = entry.runtime_data
    async_add_entities(ValueBinarySensor(entry, coordinator, each) for each in EXPORT)

"""Sensors of an export: what waits, what was sent, and what was not."""

from datetime import timedelta
from functools import partial
from typing import Final

from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import EntityCategory, UnitOfInformation
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from ..sensors.description import ValueSensorDescription
from ..value_entities import ValueSensor
from .coordinator import ExportEntry
from .status import ExportStatus

_SENSOR: Final = partial(
    ValueSensorDescription[ExportStatus],
    entity_category=EntityCategory.DIAGNOSTIC,
    exists_fn=lambda _: True,
)
_MOMENT: Final = partial(
    _SENSOR, device_class=SensorDeviceClass.TIMESTAMP, state_class=None
)
# While the database is away or the disk is full, it changes every minute.
_COUNT: Final = partial(
    _SENSOR, suggested_display_precision=0, written_every=timedelta(minutes=15)
)
_SIZE: Final = partial(
    _SENSOR,
    device_class=SensorDeviceClass.DATA_SIZE,
    native_unit_of_measurement=UnitOfInformation.BYTES,
    suggested_display_precision=1,
    suggested_unit_of_measurement=UnitOfInformation.MEGABYTES,
    written_every=timedelta(hours=1),
    least_change=10_000_000.0,
)

EXPORT: tuple[ValueSensorDescription[ExportStatus], ...] = (
    _COUNT(
        key="unsent_points",
        # From none to some and back is written anyway.
        least_change=1_000.0,
        least_change_share=0.2,
        value_fn=lambda status: status.unsent,
    ),
    _MOMENT(key="oldest_unsent", value_fn=lambda status: status.shown_oldest),
    _MOMENT(key="last_export", value_fn=lambda status: status.shown_success),
    _COUNT(
        key="dropped_points",
        least_change_share=0.2,
        state_class=SensorStateClass.TOTAL_INCREASING,
        value_fn=lambda status: status.dropped,
    ),
    _COUNT(
        key="rejected_points",
        least_change_share=0.2,
        state_class=SensorStateClass.TOTAL_INCREASING,
        value_fn=lambda status: status.rejected,
    ),
    _SIZE(
        key="sent_data",
        state_class=SensorStateClass.TOTAL_INCREASING,
        value_fn=lambda status: status.sent_bytes,
    ),
    _SIZE(
        key="spool_size",
        entity_registry_enabled_default=False,
        value_fn=lambda status: status.spool.size_bytes,
    ),
)


@callback
def async_add(
    _: HomeAssistant,
    entry: ExportEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the sensors of an export."""
    coordinator = entry.runtime_data
    async_add_entities(ExportSensor(entry, coordinator, each) for each in EXPORT)


class ExportSensor(ValueSensor[ExportStatus]):
    """A sensor of an export; what it shows is known whether the database answers."""

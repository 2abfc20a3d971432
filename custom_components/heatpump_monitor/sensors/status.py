"""Sensors of how the monitor itself is doing."""

from functools import partial

from homeassistant.components.sensor import SensorDeviceClass
from homeassistant.const import EntityCategory, UnitOfTime

from ..time_units import HOUR
from .description import FOR_ALL, FigureDescription

_STATUS = partial(FOR_ALL, entity_category=EntityCategory.DIAGNOSTIC)
_MOMENT = partial(_STATUS, device_class=SensorDeviceClass.TIMESTAMP, state_class=None)

STATUS: tuple[FigureDescription, ...] = (
    _STATUS(
        key="api_calls_day",
        value_fn=lambda status: status.calls_day,
        attributes_fn=lambda status: {
            str(reason): calls for reason, calls in status.calls_by_reason.items()
        },
    ),
    _STATUS(
        key="api_calls_ten_minutes",
        entity_registry_enabled_default=False,
        value_fn=lambda status: status.calls_burst,
    ),
    _MOMENT(
        key="api_budget_reset",
        entity_registry_enabled_default=False,
        value_fn=lambda status: status.calls_reset_at,
    ),
    _MOMENT(
        key="heat_pump_last_reading",
        entity_registry_enabled_default=False,
        value_fn=lambda status: status.heat_pump.last_reading_at,
    ),
    _MOMENT(
        key="meter_last_reading",
        entity_registry_enabled_default=False,
        on_meter=True,
        value_fn=lambda status: status.meter.last_reading_at,
    ),
    _STATUS(
        key="history_to_recover",
        entity_registry_enabled_default=False,
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.HOURS,
        suggested_display_precision=1,
        value_fn=lambda status: status.snapshot.unresolved / HOUR,
    ),
)

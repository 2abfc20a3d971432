"""Sensors of how the monitor itself is doing."""

from functools import partial

from homeassistant.components.sensor import SensorDeviceClass
from homeassistant.const import EntityCategory, UnitOfTime

from ..status import Status
from ..time_units import HOUR
from .description import FigureDescription


def _has_budget(status: Status) -> bool:
    return status.calls is not None


_STATUS = partial(FigureDescription, entity_category=EntityCategory.DIAGNOSTIC)
_MOMENT = partial(_STATUS, device_class=SensorDeviceClass.TIMESTAMP, state_class=None)

STATUS: tuple[FigureDescription, ...] = (
    _STATUS(
        key="api_calls_day",
        exists_fn=_has_budget,
        value_fn=lambda status: status.calls.day if status.calls else None,
        attributes_fn=lambda status: (
            {str(reason): calls for reason, calls in status.calls.by_reason.items()}
            if status.calls
            else {}
        ),
    ),
    _STATUS(
        key="api_calls_ten_minutes",
        entity_registry_enabled_default=False,
        exists_fn=_has_budget,
        value_fn=lambda status: status.calls.burst if status.calls else None,
    ),
    _MOMENT(
        key="api_budget_reset",
        entity_registry_enabled_default=False,
        exists_fn=_has_budget,
        value_fn=lambda status: status.calls.reset_at if status.calls else None,
    ),
    _MOMENT(
        key="heat_pump_last_reading",
        exists_fn=lambda _: True,
        entity_registry_enabled_default=False,
        value_fn=lambda status: status.heat_pump.last_reading_at,
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


def status_of_meter(key: str) -> FigureDescription:
    """Return the sensor of how a meter is doing."""
    return _MOMENT(
        key="meter_last_reading",
        exists_fn=lambda _: True,
        entity_registry_enabled_default=False,
        meter_key=key,
        value_fn=lambda status: status.meters[key].last_reading_at,
    )

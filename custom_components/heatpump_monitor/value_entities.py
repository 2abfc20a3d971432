"""Entities that show one value of a coordinator's data, whatever it is of."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import override

from homeassistant.components.binary_sensor import (
    BinarySensorEntity,
    BinarySensorEntityDescription,
)
from homeassistant.components.sensor import SensorEntity
from homeassistant.const import MATCH_ALL
from homeassistant.core import callback
from homeassistant.helpers.typing import StateType
from homeassistant.util import dt as dt_util

from .entity import OfferedEntity, ValueDescription
from .sensors.description import ValueSensorDescription


class ValueSensor[DataT](OfferedEntity[DataT], SensorEntity):
    """A sensor that shows one value, and writes it when a change can be seen."""

    entity_description: ValueSensorDescription[DataT]
    _written: tuple[object, ...] | None = None
    _written_value: StateType | datetime = None
    _written_at: datetime | None = None

    @property
    @override
    def native_value(self) -> StateType | datetime:
        """Return the value, None where it is not known."""
        return self.entity_description.value_fn(self.coordinator.data)

    @property
    @override
    def native_unit_of_measurement(self) -> str | None:
        """Return the unit, with the household's currency if it is a price."""
        if (per := self.entity_description.per) is None:
            return self.entity_description.native_unit_of_measurement
        return f"{self.hass.config.currency}{per}"

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        now, described = dt_util.utcnow(), self.entity_description
        value = beside = None
        if available := self.available:
            value = self.native_value
            beside = described.also_written_fn(self.coordinator.data)
        written = (available, self.last_reset, beside)
        elapsed = None if self._written_at is None else now - self._written_at
        is_seen = described.is_worth_writing(self._written_value, value, elapsed)
        if written != self._written or is_seen:
            self._written, self._written_value = written, value
            self._written_at = now
            self.async_write_ha_state()


@dataclass(frozen=True, kw_only=True)
class ValueBinarySensorDescription[DataT](
    ValueDescription[DataT], BinarySensorEntityDescription
):
    """Describe a binary sensor."""

    value_fn: Callable[[DataT], bool | None]


class ValueBinarySensor[DataT](OfferedEntity[DataT], BinarySensorEntity):
    """A binary sensor that shows one state."""

    _unrecorded_attributes = frozenset({MATCH_ALL})
    entity_description: ValueBinarySensorDescription[DataT]
    _written: object = None

    @property
    @override
    def is_on(self) -> bool | None:
        """Return the state, None where it is not known."""
        return self.entity_description.value_fn(self.coordinator.data)

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        shown = self.available and (self.is_on, self.extra_state_attributes)
        if shown != self._written:
            self._written = shown
            self.async_write_ha_state()

"""What is on or off."""

from dataclasses import dataclass
from typing import Final, override

from homeassistant.components.binary_sensor import (
    BinarySensorEntity,
    BinarySensorEntityDescription,
)
from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from . import SimulatedEntry
from .entity import Described, Device, SimulatedEntity


@dataclass(frozen=True, kw_only=True)
class _Description(Described, BinarySensorEntityDescription):
    """A flag."""

    device: Device = Device.HEAT_PUMP
    device_class: BinarySensorDeviceClass = BinarySensorDeviceClass.RUNNING


_DESCRIPTIONS: Final = (
    _Description(key="compressor", reading="compressor_on"),
    _Description(key="backup_heater", reading="backup_heater_on"),
    _Description(key="circulation_pump", reading="circulation_pump_on"),
)


async def async_setup_entry(
    _: HomeAssistant,
    entry: SimulatedEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the flags."""
    async_add_entities(SimulatedFlag(entry, each) for each in _DESCRIPTIONS)


class SimulatedFlag(SimulatedEntity, BinarySensorEntity):
    """A flag of the simulator."""

    entity_description: _Description

    @property
    @override
    def is_on(self) -> bool | None:
        """Return whether it is on."""
        value = self._value
        return value if isinstance(value, bool) else None

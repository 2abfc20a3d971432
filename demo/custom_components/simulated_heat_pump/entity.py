"""What all entities of a simulated heat pump share."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity import EntityDescription
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from . import SimulatedEntry
from .coordinator import DOMAIN, SimulatorCoordinator


class Device(StrEnum):
    """What measures."""

    HEAT_PUMP = "heat_pump"
    HEAT_METER = "heat_meter"
    ELECTRICITY_METER = "electricity_meter"
    BACKUP_HEATER_METER = "backup_heater_meter"
    INVERTER = "inverter"
    GRID_METER = "grid_meter"


_MODELS: Final = {
    Device.HEAT_PUMP: "Heat pump with a bus",
    Device.HEAT_METER: "Heat meter with M-Bus",
    Device.ELECTRICITY_METER: "Three-phase meter",
    Device.BACKUP_HEATER_METER: "Three-phase meter",
    Device.INVERTER: "Photovoltaics inverter",
    Device.GRID_METER: "Smart meter of the grid",
}


@dataclass(frozen=True, kw_only=True)
class Described(EntityDescription):
    """An entity, and what it shows."""

    device: Device
    reading: str
    """The simulator's name of it."""


class SimulatedEntity(CoordinatorEntity[SimulatorCoordinator]):
    """One reading of the simulator."""

    _attr_has_entity_name = True

    def __init__(self, entry: SimulatedEntry, description: Described) -> None:
        """Be the entity that a description tells of."""
        device = description.device
        coordinators = entry.runtime_data
        is_heat_pump = device is Device.HEAT_PUMP
        super().__init__(
            coordinators.heat_pump if is_heat_pump else coordinators.meters
        )
        self.entity_description = description
        self._reading = description.reading
        self._attr_translation_key = description.key
        self._attr_unique_id = f"{entry.unique_id}-{description.key}"
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, f"{entry.unique_id}-{device}")},
            translation_key=device,
            manufacturer="Simulator",
            model=_MODELS[device],
        )

    @property
    def _value(self) -> float | bool | str | None:
        """Return what was read; None for what the plant has not."""
        return self.coordinator.data.get(self._reading)

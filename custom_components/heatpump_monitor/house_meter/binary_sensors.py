"""Binary sensors of a house meter: the warning, and whether the meter answers."""

from dataclasses import dataclass
from typing import Final, override

from homeassistant.components.binary_sensor import (
    BinarySensorEntity,
    BinarySensorEntityDescription,
)
from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from ..entity import Attributes, MonitorEntity
from ..value_entities import ValueBinarySensor, ValueBinarySensorDescription
from .coordinator import HouseMeterCoordinator, HouseMeterEntry
from .status import HouseStatus


@dataclass(frozen=True, kw_only=True)
class ConnectionDescription(BinarySensorEntityDescription):
    """Describe the binary sensor of whether the meter answers."""


HOUSE_METER: Final = (
    ValueBinarySensorDescription[HouseStatus](
        key="quarter_exceeds",
        device_class=BinarySensorDeviceClass.PROBLEM,
        value_fn=lambda status: status.snapshot.will_exceed,
    ),
)
HOUSE_CONNECTED: Final = (
    ConnectionDescription(
        key="house_meter_connected",
        device_class=BinarySensorDeviceClass.CONNECTIVITY,
        entity_category=EntityCategory.DIAGNOSTIC,
    ),
)


@callback
def async_add(
    _: HomeAssistant,
    entry: HouseMeterEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the binary sensors of a house meter."""
    coordinator = entry.runtime_data
    async_add_entities(
        ValueBinarySensor(entry, coordinator, each) for each in HOUSE_METER
    )
    async_add_entities(
        ConnectionSensor(entry, coordinator, each) for each in HOUSE_CONNECTED
    )


class ConnectionSensor(MonitorEntity[HouseStatus], BinarySensorEntity):
    """A binary sensor that is on while the house meter answers."""

    coordinator: HouseMeterCoordinator

    @property
    @override
    def available(self) -> bool:
        """Return whether the state is known, which it always is."""
        return True

    @property
    @override
    def is_on(self) -> bool:
        """Return whether the house meter answers."""
        return self.coordinator.last_update_success

    @property
    @override
    def extra_state_attributes(self) -> Attributes:
        """Return why it does not."""
        return {"reason": self.coordinator.failure}

"""Binary sensors: what the heat pump does, and whether the sources answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import override

from homeassistant.components.binary_sensor import (
    BinarySensorEntity,
    BinarySensorEntityDescription,
)
from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.const import MATCH_ALL, EntityCategory
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import HeatpumpConfigEntry, Status
from .entity import CIRCUITS, OfferedEntity, ValueDescription, async_add_as_offered
from .performance.modes import mode_of
from .readings import HeatPumpReading, Mode

PARALLEL_UPDATES = 0

type Attributes = Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class HeatpumpBinarySensorDescription[DataT](
    ValueDescription[DataT], BinarySensorEntityDescription
):
    """Describe a binary sensor."""

    value_fn: Callable[[DataT], bool | None]
    attributes_fn: Callable[[DataT], Attributes] = lambda _: {}


@dataclass(frozen=True, kw_only=True)
class StatusDescription(HeatpumpBinarySensorDescription[Status]):
    """Describe a binary sensor of what is known of both sources."""

    on_meter: bool = False


def _is_faulty(reading: HeatPumpReading) -> bool | None:
    return None if reading.fault_codes is None else bool(reading.fault_codes)


def _reports_faults(reading: HeatPumpReading) -> bool:
    """Return whether the unit lists its faults, or counts them."""
    return reading.fault_codes is not None or bool(reading.fault_counts)


def _faults(reading: HeatPumpReading) -> Attributes:
    """Return the codes of active faults, and how often each one has occurred."""
    attributes: dict[str, object] = {}
    if reading.fault_codes is not None:
        attributes["codes"] = list(reading.fault_codes)
    if reading.fault_counts:
        attributes["counts"] = dict(reading.fault_counts)
    return attributes


def _is_charging_hot_water(reading: HeatPumpReading) -> bool | None:
    if reading.hot_water_charging is not None or reading.valve is None:
        return reading.hot_water_charging
    mode = mode_of(reading)
    return None if mode is None else mode is Mode.HOT_WATER


def _circuit_pump(number: str) -> HeatpumpBinarySensorDescription[HeatPumpReading]:
    def is_on(reading: HeatPumpReading) -> bool | None:
        circuit = reading.circuit(number)
        return None if circuit is None else circuit.pump_on

    return HeatpumpBinarySensorDescription(
        key=f"circuit_{number}_pump",
        translation_key="circuit_pump",
        translation_placeholders={"circuit": number},
        device_class=BinarySensorDeviceClass.RUNNING,
        entity_registry_enabled_default=False,
        value_fn=is_on,
    )


HEAT_PUMP: tuple[HeatpumpBinarySensorDescription[HeatPumpReading], ...] = (
    HeatpumpBinarySensorDescription(
        key="compressor",
        device_class=BinarySensorDeviceClass.RUNNING,
        value_fn=lambda reading: reading.compressor_on,
    ),
    HeatpumpBinarySensorDescription(
        key="hot_water_charging",
        device_class=BinarySensorDeviceClass.RUNNING,
        entity_registry_enabled_default=False,
        value_fn=_is_charging_hot_water,
    ),
    HeatpumpBinarySensorDescription(
        key="circulation_pump",
        device_class=BinarySensorDeviceClass.RUNNING,
        entity_registry_enabled_default=False,
        value_fn=lambda reading: reading.circulation_pump_on,
    ),
    *(_circuit_pump(number) for number in CIRCUITS),
    HeatpumpBinarySensorDescription(
        key="defrost",
        device_class=BinarySensorDeviceClass.RUNNING,
        entity_registry_enabled_default=False,
        value_fn=lambda reading: reading.defrosting,
    ),
    HeatpumpBinarySensorDescription(
        key="fault",
        attributes_fn=_faults,
        device_class=BinarySensorDeviceClass.PROBLEM,
        entity_category=EntityCategory.DIAGNOSTIC,
        exists_fn=_reports_faults,
        value_fn=_is_faulty,
    ),
)

STATUS: tuple[StatusDescription, ...] = (
    StatusDescription(
        key="backup_heater",
        device_class=BinarySensorDeviceClass.RUNNING,
        value_fn=lambda status: status.snapshot.backup_heater_on,
    ),
    StatusDescription(
        key="heat_pump_connected",
        attributes_fn=lambda status: {"reason": status.heat_pump.failure},
        device_class=BinarySensorDeviceClass.CONNECTIVITY,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda status: status.heat_pump.failure is None,
    ),
    StatusDescription(
        key="meter_connected",
        attributes_fn=lambda status: {"reason": status.meter.failure},
        device_class=BinarySensorDeviceClass.CONNECTIVITY,
        entity_category=EntityCategory.DIAGNOSTIC,
        on_meter=True,
        value_fn=lambda status: status.meter.failure is None,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HeatpumpConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the binary sensors."""
    data = entry.runtime_data
    performance, heat_pump = data.performance, data.heat_pump
    async_add_as_offered(
        entry,
        heat_pump,
        [HeatpumpBinarySensor(entry, heat_pump, described) for described in HEAT_PUMP],
        async_add_entities,
    )
    async_add_as_offered(
        entry,
        performance,
        [
            HeatpumpBinarySensor(
                entry, performance, described, on_meter=described.on_meter
            )
            for described in STATUS
        ],
        async_add_entities,
    )


class HeatpumpBinarySensor[DataT](OfferedEntity[DataT], BinarySensorEntity):
    """A binary sensor that shows one state of a reading."""

    _unrecorded_attributes = frozenset({MATCH_ALL})
    entity_description: HeatpumpBinarySensorDescription[DataT]
    _written: tuple[object, ...] | None = None

    @property
    @override
    def is_on(self) -> bool | None:
        """Return the state, None where it is not known."""
        return self.entity_description.value_fn(self.coordinator.data)

    @property
    @override
    def extra_state_attributes(self) -> Attributes:
        """Return what belongs to the state."""
        return self.entity_description.attributes_fn(self.coordinator.data)

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        shown = (
            self.available,
            self.available
            and (
                self.is_on,
                self.extra_state_attributes,
            ),
        )
        if shown != self._written:
            self._written = shown
            self.async_write_ha_state()

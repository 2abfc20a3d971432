"""Binary sensors: what the heat pump does, and whether the sources answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final, override

from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .alarm_texts import alarm_words
from .const import CONF_KIND, Kind
from .coordinator import HeatpumpConfigEntry
from .entity import (
    CIRCUITS,
    AddEntities,
    Attributes,
    HeatpumpEntity,
    async_add_as_offered,
)
from .exporter import binary_sensors as exporter
from .house_meter import binary_sensors as house_meter
from .performance.alarms.board import OF_ACCOUNT, AlarmKey
from .performance.modes import mode_of
from .probes import binary_sensors as probes
from .readings import HeatPumpReading, Mode, circuit_label
from .status import Status
from .value_entities import ValueBinarySensor, ValueBinarySensorDescription

PARALLEL_UPDATES = 0


_RUNNING = partial(
    ValueBinarySensorDescription[HeatPumpReading],
    device_class=BinarySensorDeviceClass.RUNNING,
)
_RUNNING_FOR_FEW = partial(_RUNNING, entity_registry_enabled_default=False)
_CONNECTED = partial(
    ValueBinarySensorDescription[Status],
    device_class=BinarySensorDeviceClass.CONNECTIVITY,
    entity_category=EntityCategory.DIAGNOSTIC,
)


def _is_faulty(reading: HeatPumpReading) -> bool | None:
    return None if reading.fault_codes is None else bool(reading.fault_codes)


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


def _circuit_pump(number: str) -> ValueBinarySensorDescription[HeatPumpReading]:
    return _RUNNING_FOR_FEW(
        key=f"circuit_{number}_pump",
        translation_key="circuit_pump",
        translation_placeholders={"circuit": circuit_label(number)},
        value_fn=lambda reading: (
            circuit.pump_on if (circuit := reading.circuit(number)) else None
        ),
    )


FAULT = ValueBinarySensorDescription[HeatPumpReading](
    key="fault",
    attributes_fn=_faults,
    device_class=BinarySensorDeviceClass.PROBLEM,
    entity_category=EntityCategory.DIAGNOSTIC,
    exists_fn=lambda reading: bool(_faults(reading)),
    value_fn=_is_faulty,
)

HEAT_PUMP: tuple[ValueBinarySensorDescription[HeatPumpReading], ...] = (
    _RUNNING(key="compressor", value_fn=lambda reading: reading.compressor_on),
    _RUNNING_FOR_FEW(key="hot_water_charging", value_fn=_is_charging_hot_water),
    _RUNNING_FOR_FEW(
        key="circulation_pump", value_fn=lambda reading: reading.circulation_pump_on
    ),
    *(_circuit_pump(number) for number in CIRCUITS),
    _RUNNING_FOR_FEW(key="defrost", value_fn=lambda reading: reading.defrosting),
    FAULT,
)

STATUS: tuple[ValueBinarySensorDescription[Status], ...] = (
    ValueBinarySensorDescription(
        key="backup_heater",
        device_class=BinarySensorDeviceClass.RUNNING,
        value_fn=lambda status: status.snapshot.backup_heater_on,
    ),
    _CONNECTED(
        key="heat_pump_connected",
        attributes_fn=lambda status: {"reason": status.heat_pump.failure},
        value_fn=lambda status: status.heat_pump.failure is None,
    ),
)


def meter_connected(key: str) -> ValueBinarySensorDescription[Status]:
    """Return the binary sensor of whether a meter answers."""
    return _CONNECTED(
        key="meter_connected",
        attributes_fn=lambda status: {"reason": status.meters[key].failure},
        meter_key=key,
        value_fn=lambda status: status.meters[key].failure is None,
    )


@dataclass(frozen=True, kw_only=True)
class AlarmSensorDescription(ValueBinarySensorDescription[Status]):
    """Describe a binary sensor of an alarm."""

    alarm: AlarmKey


def _alarm(alarm: AlarmKey, *, enabled: bool = False) -> AlarmSensorDescription:
    return AlarmSensorDescription(
        key=f"alarm_{alarm}",
        alarm=alarm,
        device_class=BinarySensorDeviceClass.PROBLEM,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=enabled,
        exists_fn=lambda _: True,
        value_fn=lambda status: status.alarms.is_raised(alarm),
    )


# A fault has its sensor above; a counted one is an event only.
ALARMS: tuple[AlarmSensorDescription, ...] = (
    _alarm(AlarmKey.SOURCE_SILENT, enabled=True),
    _alarm(AlarmKey.EFFICIENCY, enabled=True),
    _alarm(AlarmKey.BACKUP_HEATER, enabled=True),
    _alarm(AlarmKey.VALUES_FROZEN),
    _alarm(AlarmKey.COUNTERS_FROZEN),
    _alarm(AlarmKey.CONTRADICTION),
    _alarm(AlarmKey.SHORT_CYCLING),
    _alarm(AlarmKey.DEFROST),
    _alarm(AlarmKey.STANDBY_POWER),
    _alarm(AlarmKey.FLOW),
    _alarm(AlarmKey.HOT_WATER),
    _alarm(AlarmKey.CALL_BUDGET),
    _alarm(AlarmKey.SIGN_IN_DUE),
)


def _add_of_heat_pump(
    hass: HomeAssistant,
    entry: HeatpumpConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the binary sensors of a heat pump."""
    heat_pump, performance = (
        entry.runtime_data.heat_pump,
        entry.runtime_data.performance,
    )
    states = [
        (FaultSensor if each is FAULT else HeatpumpBinarySensor)(entry, heat_pump, each)
        for each in HEAT_PUMP
    ]
    async_add_as_offered(entry, heat_pump, states, async_add_entities)
    meters = map(meter_connected, entry.runtime_data.meters)
    of_all = [
        HeatpumpBinarySensor(entry, performance, each) for each in (*STATUS, *meters)
    ]
    async_add_as_offered(entry, performance, of_all, async_add_entities)
    # Without an account there are neither calls nor a sign-in.
    alarms = [
        each
        for each in ALARMS
        if entry.runtime_data.budget or each.alarm not in OF_ACCOUNT
    ]
    async_add_entities(AlarmSensor(entry, performance, each) for each in alarms)


_ADD: Final[Mapping[Kind, AddEntities]] = {
    Kind.HEAT_PUMP: _add_of_heat_pump,
    Kind.HOUSE_METER: house_meter.async_add,
    Kind.PROBES: probes.async_add,
    Kind.EXPORT: exporter.async_add,
}


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HeatpumpConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the binary sensors of an entry by its kind."""
    _ADD[Kind(entry.data[CONF_KIND])](hass, entry, async_add_entities)


class HeatpumpBinarySensor[DataT](HeatpumpEntity[DataT], ValueBinarySensor[DataT]):
    """A binary sensor of a heat pump."""


class FaultSensor(HeatpumpBinarySensor[HeatPumpReading]):
    """A binary sensor that is on while the unit reports a fault."""

    @property
    @override
    def extra_state_attributes(self) -> Attributes:
        """Return the codes, what they mean, and what to do."""
        found = super().extra_state_attributes
        if not (codes := self.coordinator.data.fault_codes):
            return found
        causes = {code: {"code": code} for code in codes}
        return {**found, **alarm_words(self.hass, AlarmKey.FAULT, causes)}


class AlarmSensor(HeatpumpBinarySensor[Status]):
    """A binary sensor that is on while an alarm is raised."""

    entity_description: AlarmSensorDescription

    @property
    @override
    def extra_state_attributes(self) -> Attributes:
        """Return since when, what is wrong, and what to do."""
        alarm = self.entity_description.alarm
        raised = self.coordinator.data.alarms.raised(alarm)
        if not raised:
            return {}
        since = min(each.raised_at for each in raised.values() if each.raised_at)
        causes = {part: each.causes for part, each in raised.items()}
        return {
            "since": since.isoformat(),
            **alarm_words(self.hass, alarm, causes),
        }

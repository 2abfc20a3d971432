"""What has a number, and the mode: in the units and steps of usual devices."""

from dataclasses import dataclass
from typing import Final, override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import (
    PERCENTAGE,
    UnitOfEnergy,
    UnitOfPower,
    UnitOfTemperature,
    UnitOfTime,
    UnitOfVolumeFlowRate,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from . import SimulatedEntry
from .entity import Described, Device, SimulatedEntity

_WH_PER_KWH: Final = 1000.0
# At a sixtieth of the usual pace, the same steps would take a minute to come.
_FINER_WHEN_FAST: Final = 2


@dataclass(frozen=True, kw_only=True)
class _Description(Described, SensorEntityDescription):
    """A number or a word, and the steps of the number."""

    digits: int = 0
    divisor: float = 1.0


def _temperature(key: str, reading: str) -> _Description:
    return _Description(
        key=key,
        reading=reading,
        device=Device.HEAT_PUMP,
        device_class=SensorDeviceClass.TEMPERATURE,
        native_unit_of_measurement=UnitOfTemperature.CELSIUS,
        state_class=SensorStateClass.MEASUREMENT,
        digits=1,
    )


def _power(key: str, reading: str, device: Device) -> _Description:
    return _Description(
        key=key,
        reading=reading,
        device=device,
        device_class=SensorDeviceClass.POWER,
        native_unit_of_measurement=UnitOfPower.WATT,
        state_class=SensorStateClass.MEASUREMENT,
    )


def _energy(key: str, reading: str, device: Device, digits: int = 2) -> _Description:
    # A defrost turns a heat meter back.
    turns_back = device is Device.HEAT_METER
    return _Description(
        key=key,
        reading=reading,
        device=device,
        device_class=SensorDeviceClass.ENERGY,
        native_unit_of_measurement=UnitOfEnergy.KILO_WATT_HOUR,
        state_class=SensorStateClass.TOTAL
        if turns_back
        else SensorStateClass.TOTAL_INCREASING,
        digits=digits,
        divisor=_WH_PER_KWH,
    )


_DESCRIPTIONS: Final = (
    _temperature("supply_temperature", "supply_c"),
    _temperature("return_temperature", "return_c"),
    _temperature("outside_temperature", "outside_c"),
    _temperature("source_inlet_temperature", "source_in_c"),
    _temperature("source_outlet_temperature", "source_out_c"),
    _temperature("buffer_temperature", "buffer_c"),
    _temperature("hot_water_temperature", "hot_water_c"),
    _temperature("hot_water_target", "hot_water_target_c"),
    _Description(
        key="flow",
        reading="flow_lph",
        device=Device.HEAT_PUMP,
        device_class=SensorDeviceClass.VOLUME_FLOW_RATE,
        native_unit_of_measurement=UnitOfVolumeFlowRate.LITERS_PER_HOUR,
        state_class=SensorStateClass.MEASUREMENT,
    ),
    _Description(
        key="modulation",
        reading="modulation_pct",
        device=Device.HEAT_PUMP,
        native_unit_of_measurement=PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
    ),
    _Description(
        key="mode",
        reading="mode",
        device=Device.HEAT_PUMP,
        device_class=SensorDeviceClass.ENUM,
        options=["standby", "heating", "hot_water", "defrost", "cooling"],
    ),
    _Description(
        key="starts",
        reading="starts",
        device=Device.HEAT_PUMP,
        state_class=SensorStateClass.TOTAL_INCREASING,
    ),
    _Description(
        key="run_time",
        reading="run_hours",
        device=Device.HEAT_PUMP,
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.HOURS,
        state_class=SensorStateClass.TOTAL_INCREASING,
    ),
    _power("heat_power", "heat_w", Device.HEAT_METER),
    _energy("heat_energy", "heat_wh", Device.HEAT_METER, digits=1),
    _power("heat_pump_power", "electricity_w", Device.ELECTRICITY_METER),
    _energy("heat_pump_energy", "electricity_wh", Device.ELECTRICITY_METER),
    _power("backup_heater_power", "backup_heater_w", Device.BACKUP_HEATER_METER),
    _energy("backup_heater_energy", "backup_heater_wh", Device.BACKUP_HEATER_METER),
    _power("generated_power", "generated_w", Device.INVERTER),
    _energy("generated_energy", "generated_wh", Device.INVERTER),
    _power("grid_power", "grid_w", Device.GRID_METER),
    _energy("imported_energy", "imported_wh", Device.GRID_METER),
    _energy("exported_energy", "exported_wh", Device.GRID_METER),
)


async def async_setup_entry(
    _: HomeAssistant,
    entry: SimulatedEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the sensors."""
    async_add_entities(SimulatedSensor(entry, each) for each in _DESCRIPTIONS)


class SimulatedSensor(SimulatedEntity, SensorEntity):
    """A number or the mode of the simulator."""

    entity_description: _Description

    @property
    @override
    def native_value(self) -> float | str | None:
        """Return the value in the device's steps."""
        value = self._value
        if value is None or isinstance(value, str):
            return value
        described = self.entity_description
        digits = described.digits
        if self.coordinator.is_fast and described.divisor == _WH_PER_KWH:
            digits += _FINER_WHEN_FAST
        return round(value / described.divisor, digits or None)

"""Sensors of what the heat pump reports."""

from functools import partial

from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import (
    EntityCategory,
    UnitOfFrequency,
    UnitOfPower,
    UnitOfRatio,
    UnitOfTemperature,
    UnitOfTime,
    UnitOfVolumeFlowRate,
)

from ..entity import CIRCUITS
from ..readings import HeatPumpReading
from .description import HeatpumpSensorDescription

_TEMPERATURE = partial(
    HeatpumpSensorDescription[HeatPumpReading],
    device_class=SensorDeviceClass.TEMPERATURE,
    native_unit_of_measurement=UnitOfTemperature.CELSIUS,
    state_class=SensorStateClass.MEASUREMENT,
    suggested_display_precision=1,
)

_TEMPERATURE_FOR_FEW = partial(_TEMPERATURE, entity_registry_enabled_default=False)


def _circuit_sensor(number: str) -> HeatpumpSensorDescription[HeatPumpReading]:
    def supply_c(reading: HeatPumpReading) -> float | None:
        circuit = reading.circuit(number)
        return None if circuit is None else circuit.supply_c

    return _TEMPERATURE_FOR_FEW(
        key=f"circuit_{number}_supply_temperature",
        translation_key="circuit_supply_temperature",
        translation_placeholders={"circuit": number},
        value_fn=supply_c,
    )


HEAT_PUMP: tuple[HeatpumpSensorDescription[HeatPumpReading], ...] = (
    _TEMPERATURE(key="outside_temperature", value_fn=lambda reading: reading.outside_c),
    _TEMPERATURE(key="supply_temperature", value_fn=lambda reading: reading.supply_c),
    _TEMPERATURE(key="return_temperature", value_fn=lambda reading: reading.return_c),
    _TEMPERATURE(
        key="source_inlet_temperature", value_fn=lambda reading: reading.source_in_c
    ),
    _TEMPERATURE_FOR_FEW(
        key="source_outlet_temperature", value_fn=lambda reading: reading.source_out_c
    ),
    _TEMPERATURE_FOR_FEW(
        key="buffer_temperature", value_fn=lambda reading: reading.buffer_c
    ),
    _TEMPERATURE(
        key="hot_water_temperature", value_fn=lambda reading: reading.hot_water_c
    ),
    *(_circuit_sensor(number) for number in CIRCUITS),
    HeatpumpSensorDescription(
        key="delta_t",
        device_class=SensorDeviceClass.TEMPERATURE_DELTA,
        entity_registry_enabled_default=False,
        native_unit_of_measurement=UnitOfTemperature.KELVIN,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=1,
        value_fn=lambda reading: reading.delta_t_k,
    ),
    HeatpumpSensorDescription(
        key="modulation",
        entity_registry_enabled_default=False,
        native_unit_of_measurement=UnitOfRatio.PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        value_fn=lambda reading: reading.modulation_pct,
    ),
    HeatpumpSensorDescription(
        key="compressor_speed",
        device_class=SensorDeviceClass.FREQUENCY,
        entity_registry_enabled_default=False,
        native_unit_of_measurement=UnitOfFrequency.HERTZ,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=1,
        value_fn=lambda reading: reading.speed_rps,
    ),
    HeatpumpSensorDescription(
        key="inverter_power",
        device_class=SensorDeviceClass.POWER,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        native_unit_of_measurement=UnitOfPower.WATT,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        value_fn=lambda reading: reading.inverter_w,
    ),
    HeatpumpSensorDescription(
        key="flow",
        device_class=SensorDeviceClass.VOLUME_FLOW_RATE,
        entity_registry_enabled_default=False,
        native_unit_of_measurement=UnitOfVolumeFlowRate.LITERS_PER_HOUR,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        value_fn=lambda reading: reading.flow_lph,
    ),
    HeatpumpSensorDescription(
        key="compressor_starts",
        entity_registry_enabled_default=False,
        state_class=SensorStateClass.TOTAL_INCREASING,
        suggested_display_precision=0,
        value_fn=lambda reading: reading.starts,
    ),
    HeatpumpSensorDescription(
        key="run_hours",
        device_class=SensorDeviceClass.DURATION,
        entity_registry_enabled_default=False,
        native_unit_of_measurement=UnitOfTime.HOURS,
        state_class=SensorStateClass.TOTAL_INCREASING,
        suggested_display_precision=1,
        value_fn=lambda reading: reading.run_hours,
    ),
    HeatpumpSensorDescription(
        key="backup_heater_hours",
        device_class=SensorDeviceClass.DURATION,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        native_unit_of_measurement=UnitOfTime.HOURS,
        state_class=SensorStateClass.TOTAL_INCREASING,
        suggested_display_precision=1,
        value_fn=lambda reading: reading.backup_heater_hours,
    ),
    HeatpumpSensorDescription(
        key="rated_heat",
        device_class=SensorDeviceClass.POWER,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        native_unit_of_measurement=UnitOfPower.WATT,
        suggested_display_precision=1,
        suggested_unit_of_measurement=UnitOfPower.KILO_WATT,
        value_fn=lambda reading: reading.rated_heat_w,
    ),
    HeatpumpSensorDescription(
        key="manufacturer_spf",
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=1,
        value_fn=lambda reading: reading.spf_total,
    ),
)

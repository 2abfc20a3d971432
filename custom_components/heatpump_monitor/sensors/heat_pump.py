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
from ..readings import HeatPumpReading, circuit_label
from .description import ValueSensorDescription

_TEMPERATURE = partial(
    ValueSensorDescription[HeatPumpReading],
    device_class=SensorDeviceClass.TEMPERATURE,
    native_unit_of_measurement=UnitOfTemperature.CELSIUS,
    suggested_display_precision=1,
)
_TEMPERATURE_FOR_FEW = partial(_TEMPERATURE, entity_registry_enabled_default=False)
_FOR_FEW = partial(
    ValueSensorDescription[HeatPumpReading],
    entity_registry_enabled_default=False,
    suggested_display_precision=1,
)
_DIAGNOSTIC = partial(_FOR_FEW, entity_category=EntityCategory.DIAGNOSTIC)


def _circuit_sensor(number: str) -> ValueSensorDescription[HeatPumpReading]:
    return _TEMPERATURE_FOR_FEW(
        key=f"circuit_{number}_supply_temperature",
        translation_key="circuit_supply_temperature",
        translation_placeholders={"circuit": circuit_label(number)},
        value_fn=lambda reading: (
            circuit.supply_c if (circuit := reading.circuit(number)) else None
        ),
    )


HEAT_PUMP: tuple[ValueSensorDescription[HeatPumpReading], ...] = (
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
    _FOR_FEW(
        key="delta_t",
        device_class=SensorDeviceClass.TEMPERATURE_DELTA,
        native_unit_of_measurement=UnitOfTemperature.KELVIN,
        value_fn=lambda reading: reading.delta_t_k,
    ),
    _FOR_FEW(
        key="modulation",
        native_unit_of_measurement=UnitOfRatio.PERCENTAGE,
        suggested_display_precision=0,
        value_fn=lambda reading: reading.modulation_pct,
    ),
    _FOR_FEW(
        key="compressor_speed",
        device_class=SensorDeviceClass.FREQUENCY,
        native_unit_of_measurement=UnitOfFrequency.HERTZ,
        value_fn=lambda reading: reading.speed_rps,
    ),
    _DIAGNOSTIC(
        key="inverter_power",
        device_class=SensorDeviceClass.POWER,
        native_unit_of_measurement=UnitOfPower.WATT,
        suggested_display_precision=0,
        value_fn=lambda reading: reading.inverter_w,
    ),
    _FOR_FEW(
        key="flow",
        device_class=SensorDeviceClass.VOLUME_FLOW_RATE,
        native_unit_of_measurement=UnitOfVolumeFlowRate.LITERS_PER_HOUR,
        suggested_display_precision=0,
        value_fn=lambda reading: reading.flow_lph,
    ),
    _FOR_FEW(
        key="compressor_starts",
        state_class=SensorStateClass.TOTAL_INCREASING,
        suggested_display_precision=0,
        value_fn=lambda reading: reading.starts,
    ),
    _FOR_FEW(
        key="run_hours",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.HOURS,
        state_class=SensorStateClass.TOTAL_INCREASING,
        value_fn=lambda reading: reading.run_hours,
    ),
    _DIAGNOSTIC(
        key="backup_heater_hours",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.HOURS,
        state_class=SensorStateClass.TOTAL_INCREASING,
        value_fn=lambda reading: reading.backup_heater_hours,
    ),
    _DIAGNOSTIC(
        key="rated_heat",
        device_class=SensorDeviceClass.POWER,
        native_unit_of_measurement=UnitOfPower.WATT,
        state_class=None,
        suggested_unit_of_measurement=UnitOfPower.KILO_WATT,
        value_fn=lambda reading: reading.rated_heat_w,
    ),
    _DIAGNOSTIC(
        key="manufacturer_spf",
        value_fn=lambda reading: reading.spf_total,
    ),
)

"""Sensors of the electricity meter."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import (
    EntityCategory,
    UnitOfElectricCurrent,
    UnitOfElectricPotential,
    UnitOfEnergy,
    UnitOfPower,
)

from ..readings import CHANNELS, MeterReading, PhaseReading
from .description import ValueSensorDescription

_OF_METER = ValueSensorDescription[MeterReading]
# The meter is read every 10 s: smaller changes than those named wait this long.
_STEADY = partial(_OF_METER, written_every=timedelta(minutes=1))
_POWER = partial(
    _STEADY,
    device_class=SensorDeviceClass.POWER,
    native_unit_of_measurement=UnitOfPower.WATT,
    suggested_display_precision=0,
    least_change=5.0,
    least_change_share=0.02,
)
_ENERGY = partial(
    _OF_METER,
    device_class=SensorDeviceClass.ENERGY,
    native_unit_of_measurement=UnitOfEnergy.WATT_HOUR,
    # The meter's own counter, which its owner may set back to 0.
    state_class=SensorStateClass.TOTAL_INCREASING,
    suggested_display_precision=2,
    suggested_unit_of_measurement=UnitOfEnergy.KILO_WATT_HOUR,
)


def _phase_sensors(name: str) -> tuple[ValueSensorDescription[MeterReading], ...]:
    def of_phase(
        value_fn: Callable[[PhaseReading], float | None],
    ) -> Callable[[MeterReading], float | None]:
        return lambda reading: (
            value_fn(phase) if (phase := reading.phase(name)) else None
        )

    placeholders = {"phase": name.upper()}
    return (
        _POWER(
            key=f"power_{name}",
            translation_key="phase_power",
            translation_placeholders=placeholders,
            entity_registry_enabled_default=False,
            value_fn=of_phase(lambda phase: phase.power_w),
        ),
        _STEADY(
            key=f"voltage_{name}",
            translation_key="phase_voltage",
            translation_placeholders=placeholders,
            device_class=SensorDeviceClass.VOLTAGE,
            entity_registry_enabled_default=False,
            native_unit_of_measurement=UnitOfElectricPotential.VOLT,
            suggested_display_precision=1,
            least_change=5.0,
            value_fn=of_phase(lambda phase: phase.voltage_v),
        ),
        _STEADY(
            key=f"current_{name}",
            translation_key="phase_current",
            translation_placeholders=placeholders,
            device_class=SensorDeviceClass.CURRENT,
            entity_registry_enabled_default=False,
            native_unit_of_measurement=UnitOfElectricCurrent.AMPERE,
            suggested_display_precision=2,
            least_change=0.05,
            least_change_share=0.02,
            value_fn=of_phase(lambda phase: phase.current_a),
        ),
    )


HEAT_METER: tuple[ValueSensorDescription[MeterReading], ...] = (
    _POWER(
        key="heat_meter_power",
        entity_registry_enabled_default=False,
        value_fn=lambda reading: reading.power_w,
    ),
    _ENERGY(key="heat_meter_total", value_fn=lambda reading: reading.energy_wh),
)
METER: tuple[ValueSensorDescription[MeterReading], ...] = (
    _POWER(key="power", value_fn=lambda reading: reading.power_w),
    _ENERGY(key="electricity_total", value_fn=lambda reading: reading.energy_wh),
    _ENERGY(
        key="electricity_returned",
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        value_fn=lambda reading: reading.returned_wh,
    ),
    *(sensor for name in CHANNELS for sensor in _phase_sensors(name)),
)

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

from ..readings import MeterReading, PhaseReading
from .description import HeatpumpSensorDescription

# The meter is read every 10 s: smaller changes than those named wait this long.
_EVERY = timedelta(minutes=1)


def _phase[ValueT](
    name: str, value_fn: Callable[[PhaseReading], ValueT | None]
) -> Callable[[MeterReading], ValueT | None]:
    def value(reading: MeterReading) -> ValueT | None:
        phase = reading.phase(name)
        return None if phase is None else value_fn(phase)

    return value


def _phase_sensors(name: str) -> tuple[HeatpumpSensorDescription[MeterReading], ...]:
    describe = partial(
        HeatpumpSensorDescription[MeterReading],
        entity_registry_enabled_default=False,
        state_class=SensorStateClass.MEASUREMENT,
        written_every=_EVERY,
        translation_placeholders={"phase": name.upper()},
    )
    return (
        describe(
            key=f"power_{name}",
            least_change=5.0,
            least_change_share=0.02,
            translation_key="phase_power",
            device_class=SensorDeviceClass.POWER,
            native_unit_of_measurement=UnitOfPower.WATT,
            suggested_display_precision=0,
            value_fn=_phase(name, lambda phase: phase.power_w),
        ),
        describe(
            key=f"voltage_{name}",
            least_change=5.0,
            translation_key="phase_voltage",
            device_class=SensorDeviceClass.VOLTAGE,
            native_unit_of_measurement=UnitOfElectricPotential.VOLT,
            suggested_display_precision=1,
            value_fn=_phase(name, lambda phase: phase.voltage_v),
        ),
        describe(
            key=f"current_{name}",
            least_change=0.05,
            least_change_share=0.02,
            translation_key="phase_current",
            device_class=SensorDeviceClass.CURRENT,
            native_unit_of_measurement=UnitOfElectricCurrent.AMPERE,
            suggested_display_precision=2,
            value_fn=_phase(name, lambda phase: phase.current_a),
        ),
    )


METER: tuple[HeatpumpSensorDescription[MeterReading], ...] = (
    HeatpumpSensorDescription(
        key="power",
        device_class=SensorDeviceClass.POWER,
        native_unit_of_measurement=UnitOfPower.WATT,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        value_fn=lambda reading: reading.power_w,
        least_change=5.0,
        least_change_share=0.02,
        written_every=_EVERY,
    ),
    HeatpumpSensorDescription(
        key="electricity_total",
        device_class=SensorDeviceClass.ENERGY,
        native_unit_of_measurement=UnitOfEnergy.WATT_HOUR,
        # The meter's own counter, which its owner may set back to 0.
        state_class=SensorStateClass.TOTAL_INCREASING,
        suggested_display_precision=2,
        suggested_unit_of_measurement=UnitOfEnergy.KILO_WATT_HOUR,
        value_fn=lambda reading: reading.energy_wh,
    ),
    HeatpumpSensorDescription(
        key="electricity_returned",
        device_class=SensorDeviceClass.ENERGY,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        native_unit_of_measurement=UnitOfEnergy.WATT_HOUR,
        state_class=SensorStateClass.TOTAL_INCREASING,
        suggested_display_precision=2,
        suggested_unit_of_measurement=UnitOfEnergy.KILO_WATT_HOUR,
        value_fn=lambda reading: reading.returned_wh,
    ),
    *_phase_sensors("a"),
    *_phase_sensors("b"),
    *_phase_sensors("c"),
)

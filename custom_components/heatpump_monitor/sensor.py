"""Sensors of the heat pump, its electricity meter, and the account of both."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import (
    EntityCategory,
    UnitOfElectricCurrent,
    UnitOfElectricPotential,
    UnitOfEnergy,
    UnitOfFrequency,
    UnitOfPower,
    UnitOfRatio,
    UnitOfTemperature,
    UnitOfTime,
    UnitOfVolumeFlowRate,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.typing import StateType

from .coordinator import HeatpumpConfigEntry, HeatpumpData
from .entity import (
    CIRCUITS,
    HeatpumpEntity,
    OfferedEntity,
    ValueDescription,
    async_add_as_offered,
)
from .performance.heat import POWERS
from .performance.modes import Mode
from .performance.monitor import Snapshot
from .performance.periods import Account, Period
from .performance.plant import HeatMethod
from .performance.readings import HeatPumpReading, MeterReading, PhaseReading

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class HeatpumpSensorDescription[DataT](
    ValueDescription[DataT], SensorEntityDescription
):
    """Describe a sensor."""

    value_fn: Callable[[DataT], StateType | datetime]


@dataclass(frozen=True, kw_only=True)
class StatusSensorDescription(HeatpumpSensorDescription[HeatpumpData]):
    """Describe a sensor of how the monitor itself is doing."""

    on_meter: bool = False


@dataclass(frozen=True, kw_only=True)
class PeriodSensorDescription(HeatpumpSensorDescription[Snapshot]):
    """Describe the performance figure of a period."""

    period: Period


def _phase[ValueT](
    name: str, value_fn: Callable[[PhaseReading], ValueT | None]
) -> Callable[[MeterReading], ValueT | None]:
    """Return the function that picks a value of one phase from a reading."""

    def value(reading: MeterReading) -> ValueT | None:
        phase = reading.phase(name)
        return None if phase is None else value_fn(phase)

    return value


def _phase_sensors(name: str) -> tuple[HeatpumpSensorDescription[MeterReading], ...]:
    """Return the sensors of one phase."""
    describe = partial(
        HeatpumpSensorDescription[MeterReading],
        entity_registry_enabled_default=False,
        state_class=SensorStateClass.MEASUREMENT,
        translation_placeholders={"phase": name.upper()},
    )
    return (
        describe(
            key=f"power_{name}",
            translation_key="phase_power",
            device_class=SensorDeviceClass.POWER,
            native_unit_of_measurement=UnitOfPower.WATT,
            suggested_display_precision=0,
            value_fn=_phase(name, lambda phase: phase.power_w),
        ),
        describe(
            key=f"voltage_{name}",
            translation_key="phase_voltage",
            device_class=SensorDeviceClass.VOLTAGE,
            native_unit_of_measurement=UnitOfElectricPotential.VOLT,
            suggested_display_precision=1,
            value_fn=_phase(name, lambda phase: phase.voltage_v),
        ),
        describe(
            key=f"current_{name}",
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

_TEMPERATURE = partial(
    HeatpumpSensorDescription[HeatPumpReading],
    device_class=SensorDeviceClass.TEMPERATURE,
    native_unit_of_measurement=UnitOfTemperature.CELSIUS,
    state_class=SensorStateClass.MEASUREMENT,
    suggested_display_precision=1,
)


def _circuit_sensor(number: str) -> HeatpumpSensorDescription[HeatPumpReading]:
    """Return the sensor of one heating circuit's supply temperature."""

    def supply_c(reading: HeatPumpReading) -> float | None:
        circuit = reading.circuit(number)
        return None if circuit is None else circuit.supply_c

    return _TEMPERATURE(
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
    _TEMPERATURE(
        key="source_outlet_temperature", value_fn=lambda reading: reading.source_out_c
    ),
    _TEMPERATURE(key="buffer_temperature", value_fn=lambda reading: reading.buffer_c),
    _TEMPERATURE(
        key="hot_water_temperature", value_fn=lambda reading: reading.hot_water_c
    ),
    *(_circuit_sensor(number) for number in CIRCUITS),
    HeatpumpSensorDescription(
        key="spread",
        device_class=SensorDeviceClass.TEMPERATURE_DELTA,
        native_unit_of_measurement=UnitOfTemperature.KELVIN,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=1,
        value_fn=lambda reading: reading.spread_k,
    ),
    HeatpumpSensorDescription(
        key="modulation",
        native_unit_of_measurement=UnitOfRatio.PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        value_fn=lambda reading: reading.modulation_pct,
    ),
    HeatpumpSensorDescription(
        key="compressor_speed",
        device_class=SensorDeviceClass.FREQUENCY,
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
        native_unit_of_measurement=UnitOfVolumeFlowRate.LITERS_PER_HOUR,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        value_fn=lambda reading: reading.flow_lph,
    ),
    HeatpumpSensorDescription(
        key="compressor_starts",
        state_class=SensorStateClass.TOTAL_INCREASING,
        suggested_display_precision=0,
        value_fn=lambda reading: reading.starts,
    ),
    HeatpumpSensorDescription(
        key="run_hours",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.HOURS,
        state_class=SensorStateClass.TOTAL_INCREASING,
        suggested_display_precision=1,
        value_fn=lambda reading: reading.run_hours,
    ),
    HeatpumpSensorDescription(
        key="heating_rod_hours",
        device_class=SensorDeviceClass.DURATION,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        native_unit_of_measurement=UnitOfTime.HOURS,
        state_class=SensorStateClass.TOTAL_INCREASING,
        suggested_display_precision=1,
        value_fn=lambda reading: reading.rod_hours,
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


def _method_sensor(method: HeatMethod) -> HeatpumpSensorDescription[Snapshot]:
    """Return the sensor of the thermal power by one method."""
    return HeatpumpSensorDescription(
        key=f"thermal_power_{method}",
        device_class=SensorDeviceClass.POWER,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        native_unit_of_measurement=UnitOfPower.WATT,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        value_fn=lambda snapshot: snapshot.thermal_power_by_method.get(method),
    )


ACCOUNT: tuple[HeatpumpSensorDescription[Snapshot], ...] = (
    HeatpumpSensorDescription(
        key="thermal_power",
        device_class=SensorDeviceClass.POWER,
        exists_fn=lambda _: True,
        native_unit_of_measurement=UnitOfPower.WATT,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        value_fn=lambda snapshot: snapshot.thermal_power_w,
    ),
    # A counter in steps of 0.1 kWh tells no power.
    *(_method_sensor(method) for method in POWERS),
    HeatpumpSensorDescription(
        key="heat_total",
        device_class=SensorDeviceClass.ENERGY,
        exists_fn=lambda _: True,
        native_unit_of_measurement=UnitOfEnergy.WATT_HOUR,
        # A defrost takes heat back, and the total goes down with it.
        state_class=SensorStateClass.TOTAL,
        suggested_display_precision=2,
        suggested_unit_of_measurement=UnitOfEnergy.KILO_WATT_HOUR,
        value_fn=lambda snapshot: snapshot.heat_total_wh,
    ),
    HeatpumpSensorDescription(
        key="cop",
        exists_fn=lambda _: True,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=2,
        value_fn=lambda snapshot: snapshot.cop,
    ),
    HeatpumpSensorDescription(
        # A ratio of a few days is no year's: this stands beside it on the page.
        key="jaz_measured_days",
        device_class=SensorDeviceClass.DURATION,
        exists_fn=lambda _: True,
        native_unit_of_measurement=UnitOfTime.DAYS,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=1,
        value_fn=lambda snapshot: snapshot.accounts[Period.ROLLING_YEAR].paired_days,
    ),
    HeatpumpSensorDescription(
        key="mode",
        device_class=SensorDeviceClass.ENUM,
        exists_fn=lambda _: True,
        options=list(Mode),
        value_fn=lambda snapshot: snapshot.mode,
    ),
)


def _period_sensor(key: str, period: Period) -> PeriodSensorDescription:
    """Return the sensor of the performance over one period."""
    return PeriodSensorDescription(
        key=key,
        exists_fn=lambda _: True,
        period=period,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=2,
        value_fn=lambda snapshot: snapshot.accounts[period].cop,
    )


PERIODS: tuple[PeriodSensorDescription, ...] = (
    _period_sensor("cop_today", Period.TODAY),
    _period_sensor("cop_month", Period.MONTH),
    _period_sensor("jaz_year", Period.YEAR),
    _period_sensor("jaz_rolling", Period.ROLLING_YEAR),
)

STATUS: tuple[StatusSensorDescription, ...] = (
    StatusSensorDescription(
        key="api_calls_day",
        entity_category=EntityCategory.DIAGNOSTIC,
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=lambda data: data.budget.used_day,
    ),
    StatusSensorDescription(
        key="api_calls_ten_minutes",
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=lambda data: data.budget.used_burst,
    ),
    StatusSensorDescription(
        key="api_budget_reset",
        device_class=SensorDeviceClass.TIMESTAMP,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda data: data.budget.reset_at,
    ),
    StatusSensorDescription(
        key="heat_pump_last_reading",
        device_class=SensorDeviceClass.TIMESTAMP,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        value_fn=lambda data: data.heat_pump.last_reading_at,
    ),
    StatusSensorDescription(
        key="meter_last_reading",
        device_class=SensorDeviceClass.TIMESTAMP,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        on_meter=True,
        value_fn=lambda data: data.meter.last_reading_at,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HeatpumpConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the sensors."""
    data = entry.runtime_data
    account, heat_pump, meter = data.account, data.heat_pump, data.meter
    async_add_as_offered(
        entry,
        meter,
        [HeatpumpSensor(entry, meter, described, on_meter=True) for described in METER],
        async_add_entities,
    )
    async_add_as_offered(
        entry,
        heat_pump,
        [HeatpumpSensor(entry, heat_pump, described) for described in HEAT_PUMP],
        async_add_entities,
    )
    async_add_as_offered(
        entry,
        account,
        [HeatpumpSensor(entry, account, described) for described in ACCOUNT],
        async_add_entities,
    )
    async_add_entities(PeriodSensor(entry, account, described) for described in PERIODS)
    async_add_entities(
        StatusSensor(entry, account, described, on_meter=described.on_meter)
        for described in STATUS
    )


class HeatpumpSensor[DataT](OfferedEntity[DataT], SensorEntity):
    """A sensor that shows one value of a reading or of the account."""

    entity_description: HeatpumpSensorDescription[DataT]

    @property
    @override
    def native_value(self) -> StateType | datetime:
        """Return the value, None where it is not known."""
        return self.entity_description.value_fn(self.coordinator.data)


class PeriodSensor(HeatpumpSensor[Snapshot]):
    """The performance over a period, with what it rests on."""

    entity_description: PeriodSensorDescription

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, StateType]:
        """Return how much of the period was measured, how, and inside which boundary."""
        account = self.coordinator.data.accounts[self.entity_description.period]
        return {
            "basis": _basis(account),
            "boundary": self._entry.runtime_data.account.monitor.plant.boundary,
            "coverage": _rounded(account.coverage),
            "electricity_kwh": _kwh(account.sums.paired_electricity_wh),
            "heat_kwh": _kwh(account.sums.heat_wh),
            "heat_method": _main_method(account),
            "paired_days": _rounded(account.paired_days),
            "uncertainty": _rounded(account.uncertainty),
            "unpaired_electricity_kwh": _kwh(account.unpaired_electricity_wh),
        }


def _basis(account: Account) -> str:
    """Return what the figure may be called: that of a year, or of some days."""
    return "year" if account.is_full_year else f"{account.paired_days:.0f} days"


def _main_method(account: Account) -> HeatMethod | None:
    """Return the method that told most of the heat."""
    methods_wh = account.sums.methods_wh
    return max(methods_wh, key=lambda method: methods_wh[method], default=None)


def _kwh(energy_wh: float) -> float:
    return round(energy_wh / 1000, 3)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


class StatusSensor(HeatpumpEntity[Snapshot], SensorEntity):
    """A sensor of how the monitor itself is doing: it outlives its sources."""

    entity_description: StatusSensorDescription

    @property
    @override
    def native_value(self) -> StateType | datetime:
        """Return the value, None where it is not known."""
        return self.entity_description.value_fn(self._entry.runtime_data)

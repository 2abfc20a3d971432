"""Sensors of a house meter: what it measures, and its quarter-hours and peaks."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import (
    MATCH_ALL,
    PERCENTAGE,
    EntityCategory,
    UnitOfElectricCurrent,
    UnitOfElectricPotential,
    UnitOfEnergy,
    UnitOfPower,
    UnitOfVolume,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from ..entity import Attributes, async_add_as_offered, identifier
from ..performance.rounding import kw, rounded
from ..readings import PHASES, PhaseReading, Submeter, SubmeterReading
from ..sensors.description import ValueSensorDescription
from ..value_entities import ValueSensor
from . import heat_pumps
from .coordinator import HouseMeterCoordinator, HouseMeterEntry
from .model import MonthPeak
from .status import HouseStatus, share_of_peak, share_of_running

TARIFFS: Final = (1, 2, 3, 4)
"""Belgium and the Netherlands have two, other countries up to four."""

_SENSOR = ValueSensorDescription[HouseStatus]
_FOR_FEW = partial(_SENSOR, entity_registry_enabled_default=False)
# The meter may be read every second: smaller changes than those named wait this long,
# so that a day of a busy house has no more than about 6,000 rows.
_STEADY = partial(_SENSOR, written_every=timedelta(minutes=1))
_POWER = partial(
    _STEADY,
    device_class=SensorDeviceClass.POWER,
    native_unit_of_measurement=UnitOfPower.WATT,
    suggested_display_precision=0,
    least_change=150.0,
    least_change_share=0.2,
)
_AVERAGE = partial(
    _POWER,
    suggested_display_precision=2,
    suggested_unit_of_measurement=UnitOfPower.KILO_WATT,
    written_every=timedelta(minutes=2),
)
# Who enables these wants to see steps, and the mean of an hour.
_OF_PHASE = partial(
    _FOR_FEW, least_change_share=0.2, written_every=timedelta(minutes=5)
)
_ENERGY = partial(
    _SENSOR,
    device_class=SensorDeviceClass.ENERGY,
    least_change=1_000.0,
    native_unit_of_measurement=UnitOfEnergy.WATT_HOUR,
    # The meter's own counter, which starts at 0 when it is replaced.
    state_class=SensorStateClass.TOTAL_INCREASING,
    suggested_display_precision=2,
    suggested_unit_of_measurement=UnitOfEnergy.KILO_WATT_HOUR,
    # Statistics look at it every five minutes.
    written_every=timedelta(minutes=2),
)
_COUNT = partial(
    _FOR_FEW,
    entity_category=EntityCategory.DIAGNOSTIC,
    state_class=SensorStateClass.TOTAL_INCREASING,
)
_SHARE = partial(
    _STEADY,
    least_change=20.0,
    native_unit_of_measurement=PERCENTAGE,
    suggested_display_precision=0,
)


def _phase_sensors(name: str) -> Iterator[ValueSensorDescription[HouseStatus]]:
    def of_phase(
        value_fn: Callable[[PhaseReading], float | None],
    ) -> Callable[[HouseStatus], float | None]:
        return lambda status: value_fn(phase) if (phase := status.phase(name)) else None

    placeholders = {"phase": name.upper()}
    yield _OF_PHASE(
        key=f"power_{name}",
        translation_key="phase_power",
        translation_placeholders=placeholders,
        device_class=SensorDeviceClass.POWER,
        least_change=300.0,
        native_unit_of_measurement=UnitOfPower.WATT,
        suggested_display_precision=0,
        value_fn=of_phase(lambda phase: phase.power_w),
    )
    yield _OF_PHASE(
        key=f"voltage_{name}",
        translation_key="phase_voltage",
        translation_placeholders=placeholders,
        device_class=SensorDeviceClass.VOLTAGE,
        native_unit_of_measurement=UnitOfElectricPotential.VOLT,
        suggested_display_precision=1,
        least_change=5.0,
        least_change_share=0.0,
        value_fn=of_phase(lambda phase: phase.voltage_v),
    )
    yield _OF_PHASE(
        key=f"current_{name}",
        translation_key="phase_current",
        translation_placeholders=placeholders,
        device_class=SensorDeviceClass.CURRENT,
        native_unit_of_measurement=UnitOfElectricCurrent.AMPERE,
        suggested_display_precision=1,
        least_change=2.0,
        value_fn=of_phase(lambda phase: phase.current_a),
    )
    yield _COUNT(
        key=f"voltage_sags_{name}",
        translation_key="voltage_sags",
        translation_placeholders=placeholders,
        value_fn=lambda status: status.reading.sags.get(name),
    )
    yield _COUNT(
        key=f"voltage_swells_{name}",
        translation_key="voltage_swells",
        translation_placeholders=placeholders,
        value_fn=lambda status: status.reading.swells.get(name),
    )


def _tariff_sensors(tariff: int) -> Iterator[ValueSensorDescription[HouseStatus]]:
    few = partial(
        _ENERGY,
        entity_registry_enabled_default=False,
        translation_placeholders={"tariff": str(tariff)},
        written_every=timedelta(minutes=5),
    )
    yield few(
        key=f"import_tariff_{tariff}",
        translation_key="import_tariff",
        value_fn=lambda status: status.reading.import_by_tariff_wh.get(tariff),
    )
    yield few(
        key=f"export_tariff_{tariff}",
        translation_key="export_tariff",
        value_fn=lambda status: status.reading.export_by_tariff_wh.get(tariff),
    )


def _last_quarter_w(status: HouseStatus) -> float | None:
    last = status.snapshot.last
    return None if last is None else rounded(last.average_w, 1)


def _last_quarter(status: HouseStatus) -> Attributes:
    if (last := status.snapshot.last) is None:
        return {}
    return {"start": last.start.isoformat(), "basis": last.basis}


def _peak(peak: MonthPeak | None) -> Attributes:
    if peak is None:
        return {}
    return {
        "month": f"{peak.month:%Y-%m}",
        "at": None if peak.at is None else peak.at.isoformat(),
        "basis": peak.basis,
    }


def _months(status: HouseStatus) -> Attributes:
    months = status.snapshot.billing.months
    return {"months": [{**_peak(each), "peak_kw": kw(each.peak_w)} for each in months]}


def _forecast(status: HouseStatus) -> Attributes:
    if (running := status.running) is None:
        return {}
    return {
        "start": running.start.isoformat(),
        "limit_kw": kw(running.limit_w),
    }


def _peak_w(status: HouseStatus) -> float | None:
    peak = status.snapshot.month_peak
    return None if peak is None else rounded(peak.peak_w, 1)


def _peak_at(status: HouseStatus) -> datetime | None:
    peak = status.snapshot.month_peak
    return None if peak is None else peak.at


HOUSE_METER: Final = (
    _POWER(key="grid_power", value_fn=lambda status: status.reading.power_w),
    _ENERGY(key="import_total", value_fn=lambda status: status.reading.import_wh),
    _ENERGY(key="export_total", value_fn=lambda status: status.reading.export_wh),
    *(sensor for tariff in TARIFFS for sensor in _tariff_sensors(tariff)),
    _FOR_FEW(
        key="tariff",
        state_class=None,
        value_fn=lambda status: status.reading.tariff,
    ),
    *(sensor for name in PHASES for sensor in _phase_sensors(name)),
    _COUNT(key="power_failures", value_fn=lambda status: status.reading.power_failures),
    _COUNT(
        key="long_power_failures",
        value_fn=lambda status: status.reading.long_power_failures,
    ),
)
QUARTERS: Final = (
    _AVERAGE(
        key="quarter_average",
        exists_fn=lambda _: True,
        # It climbs all the time; the forecast says more.
        entity_registry_enabled_default=False,
        value_fn=lambda status: (
            rounded(status.running.so_far_w, 1) if status.running else None
        ),
    ),
    _AVERAGE(
        key="quarter_forecast",
        attributes_fn=_forecast,
        exists_fn=lambda _: True,
        value_fn=lambda status: (
            rounded(status.running.forecast_w, 1) if status.running else None
        ),
    ),
    _AVERAGE(
        key="quarter_headroom",
        exists_fn=lambda _: True,
        # In the last minutes it is large, and its changes are of no use.
        least_change=1_000.0,
        value_fn=lambda status: (
            rounded(status.running.headroom_w, 1) if status.running else None
        ),
    ),
    _AVERAGE(
        key="last_quarter",
        attributes_fn=_last_quarter,
        exists_fn=lambda _: True,
        value_fn=_last_quarter_w,
        # Two equal quarter-hours are two rows, or the statistics miss one.
        also_written_fn=lambda status: (
            None if status.snapshot.last is None else status.snapshot.last.start
        ),
    ),
    _AVERAGE(
        key="month_peak",
        attributes_fn=lambda status: _peak(status.snapshot.month_peak),
        exists_fn=lambda _: True,
        value_fn=_peak_w,
        also_written_fn=lambda status: status.snapshot.month_peak,
    ),
    _FOR_FEW(
        key="month_peak_time",
        device_class=SensorDeviceClass.TIMESTAMP,
        exists_fn=lambda _: True,
        state_class=None,
        value_fn=_peak_at,
    ),
    _AVERAGE(
        key="billing_peak",
        attributes_fn=_months,
        exists_fn=lambda _: True,
        value_fn=lambda status: rounded(status.snapshot.billing.peak_w, 1),
        also_written_fn=lambda status: status.snapshot.billing.months,
    ),
    _SENSOR(
        key="capacity_cost",
        per="",
        suggested_display_precision=2,
        value_fn=lambda status: rounded(status.snapshot.billing.cost_per_year, 2),
    ),
)


def heat_pump_shares(
    key: str, name: str
) -> tuple[ValueSensorDescription[HouseStatus], ...]:
    """Return the sensors of what a heat pump has to do with it."""

    def in_running(status: HouseStatus) -> float | None:
        running = status.running
        return None if running is None else _pct(share_of_running(running, key))

    def in_peak(status: HouseStatus) -> float | None:
        peak = status.snapshot.month_peak
        return None if peak is None else _pct(share_of_peak(peak, key))

    placeholders = {"heat_pump": name}
    return (
        _SHARE(
            key=f"quarter_share_{key}",
            translation_key="quarter_share",
            translation_placeholders=placeholders,
            entity_registry_enabled_default=False,
            value_fn=in_running,
        ),
        _SHARE(
            key=f"month_peak_share_{key}",
            translation_key="month_peak_share",
            translation_placeholders=placeholders,
            value_fn=in_peak,
        ),
    )


def _pct(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 1)


_CLASSES: Final = {
    Submeter.GAS: SensorDeviceClass.GAS,
    Submeter.WATER: SensorDeviceClass.WATER,
    Submeter.WARM_WATER: SensorDeviceClass.WATER,
    Submeter.HEAT: SensorDeviceClass.ENERGY,
    Submeter.INLET_HEAT: SensorDeviceClass.ENERGY,
}
_UNITS: Final = {
    "m3": UnitOfVolume.CUBIC_METERS,
    "GJ": UnitOfEnergy.GIGA_JOULE,
    "kWh": UnitOfEnergy.KILO_WATT_HOUR,
}
_OF_HEAT: Final = {UnitOfEnergy.GIGA_JOULE, UnitOfEnergy.KILO_WATT_HOUR}


def submeter_sensor(
    submeter: SubmeterReading,
) -> ValueSensorDescription[HouseStatus] | None:
    """Return the sensor of a submeter's counter; None if its unit is not known.

    Heat may be counted in m³ of hot water, which is no energy.
    """
    unit = _UNITS.get(submeter.unit)
    if unit is None:
        return None
    device_class: SensorDeviceClass | None = _CLASSES[submeter.kind]
    if (device_class is SensorDeviceClass.ENERGY) is not (unit in _OF_HEAT):
        device_class = None

    def value(status: HouseStatus) -> float | None:
        found = status.submeter(submeter.serial)
        return None if found is None else found.value

    def measured_at(status: HouseStatus) -> Attributes:
        found = status.submeter(submeter.serial)
        at = None if found is None else found.measured_at
        return {"measured_at": None if at is None else at.isoformat()}

    return _SENSOR(
        key=f"submeter_{submeter.kind}",
        attributes_fn=measured_at,
        device_class=device_class,
        native_unit_of_measurement=unit,
        state_class=SensorStateClass.TOTAL_INCREASING,
        suggested_display_precision=3,
        value_fn=value,
    )


@callback
def async_add(
    hass: HomeAssistant,
    entry: HouseMeterEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the sensors of a house meter, and those of what turns up later."""
    coordinator = entry.runtime_data
    of_all = [HouseSensor(entry, coordinator, each) for each in HOUSE_METER]
    quarters = [FigureSensor(entry, coordinator, each) for each in QUARTERS]
    async_add_as_offered(entry, coordinator, [*of_all, *quarters], async_add_entities)
    known: set[str] = set()

    @callback
    def add_found() -> None:
        """Add the sensors of heat pumps and submeters that were not there before."""
        names = heat_pumps.names(hass)
        submeters = {each.serial: each for each in coordinator.data.reading.submeters}
        for key in (names.keys() | submeters.keys()) - known:
            known.add(key)
            found = (
                _of_heat_pump(entry, key, names[key])
                if key in names
                else _of_submeter(entry, submeters[key])
            )
            async_add_as_offered(entry, coordinator, found, async_add_entities)

    add_found()
    entry.async_on_unload(coordinator.async_add_listener(add_found))


def _of_heat_pump(entry: HouseMeterEntry, key: str, name: str) -> list[HouseSensor]:
    shares = heat_pump_shares(key, name)
    return [FigureSensor(entry, entry.runtime_data, each) for each in shares]


def _of_submeter(
    entry: HouseMeterEntry, submeter: SubmeterReading
) -> list[HouseSensor]:
    described = submeter_sensor(submeter)
    if described is None:
        return []
    return [SubmeterSensor(entry, entry.runtime_data, described, submeter)]


class HouseSensor(ValueSensor[HouseStatus]):
    """A sensor of a house meter."""


class FigureSensor(HouseSensor):
    """A sensor of quarter-hours and peaks."""

    # The recorder has the figure itself; what stands beside it is of now.
    _unrecorded_attributes = frozenset({MATCH_ALL})


class SubmeterSensor(HouseSensor):
    """The counter of a meter that the house meter reads: a device of its own."""

    def __init__(
        self,
        entry: HouseMeterEntry,
        coordinator: HouseMeterCoordinator,
        description: ValueSensorDescription[HouseStatus],
        submeter: SubmeterReading,
    ) -> None:
        """Initialize the sensor."""
        super().__init__(entry, coordinator, description, part=submeter.serial)
        self._attr_device_info = DeviceInfo(
            identifiers={identifier(entry, submeter.serial)},
            serial_number=submeter.serial,
            translation_key=submeter.kind,
            via_device_id=coordinator.device_id,
        )

"""Sensors of the heat pump, its electricity meter, and the account of both."""

from datetime import datetime
from typing import override

from homeassistant.components.sensor import SensorEntity
from homeassistant.const import MATCH_ALL
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.typing import StateType
from homeassistant.util import dt as dt_util

from .coordinator import HeatpumpConfigEntry, PerformanceCoordinator
from .entity import HeatpumpEntity, OfferedEntity, async_add_as_offered
from .performance.output import Snapshot
from .sensors.costs import COSTS
from .sensors.description import (
    Attributes,
    FigureDescription,
    HeatpumpSensorDescription,
    summary_of,
)
from .sensors.heat_pump import HEAT_PUMP
from .sensors.meter import METER
from .sensors.periods import PERIODS
from .sensors.status import STATUS
from .sensors.totals import CYCLES, METHODS, SNAPSHOT, TODAY, TOTALS

PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HeatpumpConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the sensors."""
    data = entry.runtime_data
    performance, heat_pump, meter = data.performance, data.heat_pump, data.meter
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
        performance,
        [HeatpumpSensor(entry, performance, described) for described in SNAPSHOT],
        async_add_entities,
    )
    async_add_as_offered(
        entry,
        performance,
        [
            (CountSensor if described.starts_again else FigureSensor)(
                entry, performance, described
            )
            for described in (
                *TOTALS,
                *TODAY,
                *PERIODS,
                *CYCLES,
                *METHODS,
                *COSTS,
                *STATUS,
            )
        ],
        async_add_entities,
    )


class HeatpumpSensor[DataT](OfferedEntity[DataT], SensorEntity):
    """A sensor that shows one value of a reading or of the account."""

    entity_description: HeatpumpSensorDescription[DataT]

    @property
    @override
    def native_value(self) -> StateType | datetime:
        """Return the value, None where it is not known."""
        return self.entity_description.value_fn(self.coordinator.data)


class _Figure(HeatpumpEntity[Snapshot], SensorEntity):
    """A sensor of a figure that takes more than one reading: it outlives its sources."""

    entity_description: FigureDescription

    def __init__(
        self,
        entry: HeatpumpConfigEntry,
        performance: PerformanceCoordinator,
        description: FigureDescription,
    ) -> None:
        """Initialize the sensor."""
        super().__init__(entry, performance, description, on_meter=description.on_meter)
        if description.per is not None:
            currency = performance.hass.config.currency
            self._attr_native_unit_of_measurement = f"{currency}{description.per}"

    @property
    @override
    def is_offered(self) -> bool:
        """Return whether there is such a figure."""
        return self.entity_description.exists(self._entry.runtime_data)

    @property
    @override
    def native_value(self) -> StateType | datetime:
        """Return the value, None where it is not known."""
        return self.entity_description.value_fn(self._entry.runtime_data)

    @property
    @override
    def extra_state_attributes(self) -> Attributes:
        """Return what the figure rests on."""
        return self.entity_description.attributes_fn(self._entry.runtime_data)


class FigureSensor(_Figure):
    """A sensor of a figure that is no count."""

    # What stands beside a figure says how it was earned, now: it changes with
    # every interval, and the recorder has the figure itself.
    _unrecorded_attributes = frozenset({MATCH_ALL})


class CountSensor(_Figure):
    """A sensor of a count that starts again at 0.

    The recorder needs the moment for the sum of its statistics: a sensor that
    leaves out all attributes leaves out this one.
    """

    @property
    @override
    def last_reset(self) -> datetime | None:
        """Return when the count last started at 0."""
        described, data = self.entity_description, self._entry.runtime_data
        if described.last_reset_fn is not None:
            return described.last_reset_fn(data)
        assert described.counted_in is not None
        first = summary_of(data, described.counted_in).first
        return dt_util.start_of_local_day(first)

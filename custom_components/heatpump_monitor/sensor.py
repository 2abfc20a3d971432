"""Sensors of the heat pump, of its electricity meter, and of what both come to."""

from datetime import datetime
from typing import override

from homeassistant.components.sensor import SensorEntity
from homeassistant.const import MATCH_ALL
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.typing import StateType
from homeassistant.util import dt as dt_util

from .coordinator import HeatpumpConfigEntry, Status
from .entity import OfferedEntity, async_add_as_offered
from .sensors.costs import COSTS
from .sensors.description import (
    Attributes,
    FigureDescription,
    HeatpumpSensorDescription,
)
from .sensors.heat_pump import HEAT_PUMP
from .sensors.meter import METER
from .sensors.periods import PERIODS
from .sensors.status import STATUS
from .sensors.totals import CYCLES, METHODS, NOW, TODAY, TOTALS

PARALLEL_UPDATES = 0

_FIGURES = (
    *NOW,
    *TOTALS,
    *TODAY,
    *PERIODS,
    *CYCLES,
    *METHODS,
    *COSTS,
    *STATUS,
)


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
        [
            (CountSensor if described.starts_again else FigureSensor)(
                entry, performance, described, on_meter=described.on_meter
            )
            for described in _FIGURES
        ],
        async_add_entities,
    )


class HeatpumpSensor[DataT](OfferedEntity[DataT], SensorEntity):
    """A sensor that shows one value, and writes it when a change can be seen."""

    entity_description: HeatpumpSensorDescription[DataT]
    _written: tuple[object, ...] | None = None
    _written_value: StateType | datetime = None
    _written_at: datetime | None = None

    @property
    @override
    def native_value(self) -> StateType | datetime:
        """Return the value, None where it is not known."""
        return self.entity_description.value_fn(self.coordinator.data)

    @property
    @override
    def extra_state_attributes(self) -> Attributes | None:
        """Return what the value rests on."""
        attributes_fn = self.entity_description.attributes_fn
        return None if attributes_fn is None else attributes_fn(self.coordinator.data)

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        now = dt_util.utcnow()
        value = self.native_value if self.available else None
        written = (
            self.available,
            self.last_reset,
            self.entity_description.beside_fn(self.coordinator.data)
            if self.available
            else None,
        )
        elapsed = None if self._written_at is None else now - self._written_at
        is_seen = self.entity_description.is_worth_writing(
            self._written_value, value, elapsed
        )
        if written != self._written or is_seen:
            self._written, self._written_value = written, value
            self._written_at = now
            self.async_write_ha_state()


class FigureSensor(HeatpumpSensor[Status]):
    """A sensor of what the readings of both sources come to."""

    # What stands beside a figure says how it was earned, now: it changes with
    # every interval, and the recorder has the figure itself.
    _unrecorded_attributes = frozenset({MATCH_ALL})

    entity_description: FigureDescription

    @property
    @override
    def native_unit_of_measurement(self) -> str | None:
        """Return the unit, with the household's currency if it is a price."""
        if (per := self.entity_description.per) is None:
            return self.entity_description.native_unit_of_measurement
        return f"{self.hass.config.currency}{per}"


class CountSensor(FigureSensor):
    """A sensor of a count that starts again at 0.

    The recorder needs the moment for the sum of its statistics: a sensor that
    leaves out all attributes leaves out this one.
    """

    _unrecorded_attributes = frozenset()

    @property
    @override
    def last_reset(self) -> datetime | None:
        """Return when the count last started at 0."""
        described, status = self.entity_description, self.coordinator.data
        if described.last_reset_fn is not None:
            return described.last_reset_fn(status)
        assert described.counted_in is not None
        return dt_util.start_of_local_day(status.summary(described.counted_in).first)

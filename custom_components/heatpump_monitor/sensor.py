"""Sensors of the heat pump, of its electricity meter, and of what both come to."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, override

from homeassistant.const import MATCH_ALL
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .const import CONF_KIND, Kind
from .coordinator import HeatpumpConfigEntry
from .entity import AddEntities, HeatpumpEntity, async_add_as_offered
from .exporter import sensors as exporter
from .house_meter import sensors as house_meter
from .probes import sensors as probes
from .readings import Role
from .sensors.costs import COSTS
from .sensors.description import FigureDescription
from .sensors.effect import EFFECT
from .sensors.expected import EXPECTED
from .sensors.heat_pump import HEAT_PUMP
from .sensors.meter import HEAT_METER, METER
from .sensors.own_electricity import OWN_ELECTRICITY
from .sensors.periods import PERIODS
from .sensors.status import STATUS, status_of_meter
from .sensors.totals import METHODS, TOTALS
from .status import Status
from .value_entities import ValueSensor

PARALLEL_UPDATES = 0

_FIGURES = (
    *TOTALS,
    *PERIODS,
    *METHODS,
    *EXPECTED,
    *EFFECT,
    *COSTS,
    *OWN_ELECTRICITY,
    *STATUS,
)


def _add_of_heat_pump(
    hass: HomeAssistant,
    entry: HeatpumpConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the sensors of a heat pump."""
    data = entry.runtime_data
    for meter in data.meters.values():
        described = HEAT_METER if meter.role is Role.HEAT else METER
        of_meter = [HeatpumpSensor(entry, meter, each) for each in described]
        async_add_as_offered(entry, meter, of_meter, async_add_entities)
    of_heat_pump = [HeatpumpSensor(entry, data.heat_pump, each) for each in HEAT_PUMP]
    async_add_as_offered(entry, data.heat_pump, of_heat_pump, async_add_entities)
    figures = [
        (CountSensor if each.counted_in or each.last_reset_fn else FigureSensor)(
            entry, data.performance, each
        )
        for each in (*_FIGURES, *map(status_of_meter, data.meters))
    ]
    async_add_as_offered(entry, data.performance, figures, async_add_entities)


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
    """Set up the sensors of an entry by its kind."""
    _ADD[Kind(entry.data[CONF_KIND])](hass, entry, async_add_entities)


class HeatpumpSensor[DataT](HeatpumpEntity[DataT], ValueSensor[DataT]):
    """A sensor of a heat pump, or of its meter."""


class FigureSensor(HeatpumpSensor[Status]):
    """A sensor of what the readings of both sources come to."""

    # What stands beside a figure says how it was earned, now: it changes with
    # every interval, and the recorder has the figure itself.
    _unrecorded_attributes = frozenset({MATCH_ALL})

    entity_description: FigureDescription


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

"""Entities that Home Assistant already has, as the meter of a grid connection."""

from collections.abc import Callable, Mapping
from datetime import datetime

from homeassistant.core import HomeAssistant

from ...readings import GridReading
from ..base import MeterInfo
from .chosen import ChosenEntities
from .fields import GRID_FIELDS
from .metering import CounterReport, Metering
from .source import counter_report, meter_info, power_report
from .states import FieldValue, Value

IMPORT_FIELDS = ("energy_wh", "energy_2_wh")
EXPORT_FIELDS = ("returned_wh", "returned_2_wh")


class EntityGrid:
    """Reads the meter of a house from entities: its counters, and its power."""

    def __init__(
        self, hass: HomeAssistant, entities: Mapping[str, str], identity: str | None
    ) -> None:
        """Prepare; the identity is what the owner chose the meter by."""
        self.chosen = ChosenEntities(hass, entities, GRID_FIELDS)
        self._identity = identity
        self._metering = Metering()

    async def identify(self) -> MeterInfo:
        """Return the device that the entities are of."""
        return meter_info(self.chosen, self._identity)

    async def read(self, now: Callable[[], datetime]) -> GridReading:
        """Return what the entities say, or raise a `SourceError`.

        Its time is when they said it: that of the reading before, if they said
        nothing new. They do not say by which clock.
        """
        time = now()
        values = self.chosen.values(time)
        counter = self._summed(values, IMPORT_FIELDS, time)
        power = power_report(values, time)
        if counter is None and power is None:
            raise self.chosen.failure()
        exported = self._summed(values, EXPORT_FIELDS, time)
        reading = self._metering.read(
            time, counter, power, None if exported is None else exported.value_wh
        )
        return GridReading(
            time=reading.time,
            power_w=reading.power_w,
            import_wh=reading.energy_wh,
            export_wh=reading.returned_wh,
        )

    def _summed(
        self,
        values: Mapping[str, Value[FieldValue]],
        fields: tuple[str, ...],
        time: datetime,
    ) -> CounterReport | None:
        """Return the sum over the tariffs; None where one of them is not known."""
        chosen = [field for field in fields if field in self.chosen.entities]
        reports = [
            counter_report(values[field], time) for field in chosen if field in values
        ]
        if not reports or len(reports) < len(chosen):
            return None
        return CounterReport(
            value_wh=sum(each.value_wh for each in reports),
            changed_at=max(each.changed_at for each in reports),
            reported_at=max(each.reported_at for each in reports),
        )

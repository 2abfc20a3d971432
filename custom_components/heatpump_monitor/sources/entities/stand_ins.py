"""Temperatures of other entities that stand in for those of a heat pump."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from homeassistant.core import HomeAssistant

from ...readings import HeatPumpReading
from ..base import SourceError
from ..ranges import Ranges
from .chosen import ChosenEntities
from .fields import HEAT_PUMP_FIELDS, Field
from .states import FieldValue, Problem, Value

STAND_INS: Final[Mapping[str, Field]] = {
    key: HEAT_PUMP_FIELDS[key] for key in ("supply_c", "return_c", "hot_water_c")
}
"""What a probe on a pipe or in a cylinder can measure."""
# A cylinder may keep its temperature for so long, and a battery end without a word.
_OLDEST: Final = timedelta(hours=1)


class StandIns:
    """Replaces temperatures of a heat pump by those of entities."""

    def __init__(
        self, hass: HomeAssistant, entities: Mapping[str, str], ranges: Ranges
    ) -> None:
        """Prepare; `entities` are registry ids, or entity ids, by field."""
        self._chosen = ChosenEntities(hass, entities, STAND_INS)
        self._ranges = ranges

    @property
    def problems(self) -> list[Problem]:
        """Return what is wrong with the entities."""
        return [*self._chosen.problems.values()]

    def replaced(self, reading: HeatPumpReading) -> HeatPumpReading:
        """Return a reading with the temperatures of the entities.

        One that an entity does not know is not known: the unit's own, measured at
        another place, would be a step that is none. The time stamps of the cloud say
        nothing of these.
        """
        if not self._chosen.entities:
            return reading
        try:
            found = self._chosen.values(
                reading.time, is_plausible=lambda _, value: self._is_plausible(value)
            )
        except SourceError:
            found = {}
        chosen = self._chosen.entities
        known = {key: _present(found.get(key), reading.time) for key in chosen}
        stamps = {key: at for key, at in reading.stamps.items() if key not in chosen}
        return replace(reading, stamps=stamps, **known)  # type: ignore[arg-type]

    def _is_plausible(self, value: FieldValue) -> bool:
        within = self._ranges.temperature_c
        return isinstance(value, float) and within.keep(value) is not None


def _present(value: Value[FieldValue] | None, now: datetime) -> float | None:
    if value is None or now - value.reported_at > _OLDEST:
        return None
    return float(value.value)

"""The entities that were chosen for the fields, and what is wrong with them."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, Protocol, runtime_checkable

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.loader import IntegrationNotLoaded, async_get_loaded_integration

from ..base import SourceError
from .fields import Field
from .states import FieldValue, Problem, Reason, Value, Words, look_up

# States that come and go, such as a sensor's 0 at start or a mode for service.
_ODD: Final = frozenset({Reason.NOT_A_NUMBER, Reason.OUT_OF_RANGE, Reason.UNKNOWN_WORD})
_LASTS: Final = timedelta(hours=1)


def _any_value(_field: Field, _value: FieldValue) -> bool:
    return True


class EntitiesUnavailable(SourceError):
    """No chosen entity has a value now."""

    key = "entities_unavailable"


class EntityMissing(SourceError):
    """The chosen entities do not exist any more, or cannot be used."""

    key = "entity_missing"


@runtime_checkable
class OfEntities(Protocol):
    """A source that reads entities of other integrations."""

    chosen: ChosenEntities


class ChosenEntities:
    """Reads the entities that were chosen for some fields."""

    def __init__(
        self,
        hass: HomeAssistant,
        entities: Mapping[str, str],
        fields: Mapping[str, Field],
    ) -> None:
        """Prepare; nothing is read yet.

        Args:
            hass: Home Assistant.
            entities: Registry ids, or entity ids, by field; what is no field is ignored.
            fields: The fields that there are.
        """
        self._hass = hass
        self.entities = {
            key: chosen for key, chosen in entities.items() if key in fields and chosen
        }
        self._fields = fields
        self.problems: dict[str, Problem] = {}
        """What is wrong now, by field."""
        self._odd_since: dict[str, datetime] = {}

    def values(
        self,
        time: datetime,
        words: Mapping[str, Words] | None = None,
        is_plausible: Callable[[Field, FieldValue], bool] = _any_value,
    ) -> dict[str, Value[FieldValue]]:
        """Return the values there are; raise a `SourceError` if there is none.

        Args:
            time: When they are read.
            words: What words of the entities mean, by field.
            is_plausible: Whether a value may be that of a field.
        """
        values: dict[str, Value[FieldValue]] = {}
        problems: dict[str, Problem] = {}
        for key, chosen in self.entities.items():
            field = self._fields[key]
            found = look_up(self._hass, chosen, field, (words or {}).get(key))
            if isinstance(found, Value) and not is_plausible(field, found.value):
                found = Problem(
                    reason=Reason.OUT_OF_RANGE,
                    entity=found.entity_id,
                    detail=str(found.value),
                )
            if isinstance(found, Value):
                values[key] = found
            else:
                problems[key] = self._dated(key, found, time)
        self._odd_since = {
            key: since
            for key, since in self._odd_since.items()
            if key in problems and problems[key].reason in _ODD
        }
        self.problems = problems
        if not values:
            raise self.failure()
        return values

    def _dated(self, key: str, problem: Problem, time: datetime) -> Problem:
        """Return a problem that is new if it is an odd state of the last hour."""
        if problem.reason not in _ODD:
            return problem
        since = self._odd_since.setdefault(key, time)
        return replace(problem, is_new=time - since < _LASTS)

    def group(self, key: str) -> str | None:
        """Return which device or integration an entity is of; None if not known."""
        entry = er.async_get(self._hass).async_get(self.entities[key])
        if entry is None:
            return None
        # All devices of MQTT are of one config entry.
        if entry.platform == "mqtt":
            return entry.device_id
        return entry.config_entry_id

    def is_of_cloud(self, key: str) -> bool:
        """Return whether the values of an entity come from its maker's cloud."""
        entry = er.async_get(self._hass).async_get(self.entities[key])
        if entry is None:
            return False
        try:
            integration = async_get_loaded_integration(self._hass, entry.platform)
        except IntegrationNotLoaded:
            return False
        return (integration.iot_class or "").startswith("cloud")

    def device(self) -> dr.DeviceEntry | None:
        """Return the device that most of the entities are of."""
        registry = er.async_get(self._hass)
        entries = map(registry.async_get, self.entities.values())
        ids = [entry.device_id for entry in entries if entry and entry.device_id]
        if not ids:
            return None
        devices = dr.async_get(self._hass)
        device = devices.async_get(Counter(ids).most_common(1)[0][0])
        if isinstance(device, dr.ChildDeviceEntry):
            device = devices.async_get(device.parent_device_id)
        return device if isinstance(device, dr.DeviceEntry) else None

    def failure(self) -> SourceError:
        """Return what to raise where nothing that is needed has a value."""
        problems = self.problems.values()
        names = ", ".join(sorted({each.entity for each in problems}))
        may_end = any(each.passes for each in problems)
        kind = EntitiesUnavailable if may_end else EntityMissing
        return kind(names, placeholders={"entities": names})

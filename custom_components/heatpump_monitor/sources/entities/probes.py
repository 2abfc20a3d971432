"""Temperature entities that Home Assistant already has, as probes."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er

from ...readings import ProbeReading
from ..base import AccountInfo
from ..pace import shortened
from ..ranges import Range
from .chosen import ChosenEntities, EntitiesUnavailable
from .fields import TEMPERATURE, Field
from .states import FieldValue, Value

# From a laboratory freezer to a pizza oven; outside of it is no probe.
PLAUSIBLE_C: Final = Range(-100.0, 800.0)
_PACE_S: Final = 10.0
_GAPS_KEPT: Final = 10
_FEWEST_GAPS: Final = 3


def probe_field(key: str) -> Field:
    """Return what is accepted as the temperature of a probe."""
    return Field(key=key, quantity=TEMPERATURE, attributes={})


@dataclass(slots=True)
class _Reports:
    """When an entity said something new, and how often it does."""

    value: FieldValue
    measured_at: datetime
    gaps_s: deque[float] = field(default_factory=lambda: deque(maxlen=_GAPS_KEPT))

    def add(self, value: FieldValue, measured_at: datetime) -> None:
        """Add a report; one that is no newer changes nothing."""
        if measured_at > self.measured_at:
            self.gaps_s.append((measured_at - self.measured_at).total_seconds())
            self.value, self.measured_at = value, measured_at

    @property
    def pace_s(self) -> float | None:
        """Return the longest of the last gaps: silence is more than that."""
        return max(self.gaps_s) if len(self.gaps_s) >= _FEWEST_GAPS else None


class EntityProbes:
    """Reads temperature entities; renamed ones are followed."""

    def __init__(
        self, hass: HomeAssistant, entities: Mapping[str, str], info: AccountInfo
    ) -> None:
        """Prepare; nothing is read yet.

        Args:
            hass: Home Assistant.
            entities: Registry ids, or entity ids, by the keys of the probes.
            info: What the probes are called together.
        """
        fields = {key: probe_field(key) for key in entities}
        self.chosen = ChosenEntities(hass, entities, fields)
        self._hass = hass
        self._info = info
        self._reports: dict[str, _Reports] = {}
        self._names: dict[str, str] = {}
        """The last names, as an entity that is gone has none."""

    @property
    def pace_s(self) -> float:
        """Return how often it is worth asking, in seconds."""
        return shortened(_PACE_S, minimum=1)

    async def identify(self) -> AccountInfo:
        """Return what the probes are called together."""
        return self._info

    async def read(self, now: Callable[[], datetime]) -> tuple[ProbeReading, ...]:
        """Return what the entities say, or raise a `SourceError` if all are gone.

        A probe that is switched off is usual: it has no temperature.
        """
        time = now()
        try:
            values = self.chosen.values(time, is_plausible=_is_plausible)
        except EntitiesUnavailable:
            values = {}
        return tuple(
            self._reading(key, values.get(key), time) for key in self.chosen.entities
        )

    def _reading(
        self, key: str, value: Value[FieldValue] | None, time: datetime
    ) -> ProbeReading:
        device = self._device(key)
        reports = self._reports.get(key)
        if value is not None:
            reports = self._reports[key] = self._with_report(key, value, time)
        return ProbeReading(
            key=key,
            name=self._name(key),
            temperature_c=None if value is None else float(value.value),
            measured_at=None if reports is None else min(reports.measured_at, time),
            device=device.serial_number if device else None,
            model=device.model if device else None,
            transmit_s=None if reports is None else reports.pace_s,
        )

    def _with_report(
        self, key: str, value: Value[FieldValue], time: datetime
    ) -> _Reports:
        """Return the reports of an entity, with what it says now.

        A cloud may repeat what it was last sent: there, only a change was measured.
        """
        reports = self._reports.get(key)
        is_of_cloud = self.chosen.is_of_cloud(key)
        measured_at = value.changed_at if is_of_cloud else value.reported_at
        measured_at = min(measured_at, time)
        # After the clock was put back, what is known lies ahead.
        if reports is None or reports.measured_at > time:
            return _Reports(value.value, measured_at)
        if not is_of_cloud or value.value != reports.value:
            reports.add(value.value, measured_at)
        return reports

    def _name(self, key: str) -> str:
        chosen = self.chosen.entities[key]
        registry = er.async_get(self._hass)
        entity_id = er.async_resolve_entity_id(registry, chosen) or chosen
        if (state := self._hass.states.get(entity_id)) is not None:
            self._names[key] = state.name
        return self._names.get(key, entity_id)

    def _device(self, key: str) -> dr.DeviceEntry | None:
        entry = er.async_get(self._hass).async_get(self.chosen.entities[key])
        if entry is None or entry.device_id is None:
            return None
        device = dr.async_get(self._hass).async_get(entry.device_id)
        return device if isinstance(device, dr.DeviceEntry) else None


def _is_plausible(_: Field, value: FieldValue) -> bool:
    return isinstance(value, float) and PLAUSIBLE_C.keep(value) is not None

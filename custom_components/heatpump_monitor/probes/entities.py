"""What the entities of probes have in common."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import override

from homeassistant.const import MATCH_ALL
from homeassistant.core import callback
from homeassistant.helpers.entity import EntityDescription
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from ..entity import MonitorEntity, OfferedEntity, async_add_as_offered
from ..value_entities import ValueBinarySensor, ValueSensor
from .coordinator import Probe, ProbesConfigEntry, ProbeView


class ProbeEntity(MonitorEntity[ProbeView]):
    """An entity of a probe, which can be set also while the probe is gone."""

    coordinator: Probe

    def __init__(self, probe: Probe, description: EntityDescription) -> None:
        """Initialize the entity."""
        super().__init__(probe.config_entry, probe, description, part=probe.key)

    @property
    @override
    def available(self) -> bool:
        """Return that what a person set is known."""
        return True


class ChoiceEntity(ProbeEntity):
    """An entity by which a person sets something."""

    _written: object = None

    @property
    def shown(self) -> object:
        """Return what the state is made of."""
        raise NotImplementedError

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        if (shown := self.shown) != self._written:
            self._written = shown
            self.async_write_ha_state()


class ProbeSensor(ProbeEntity, ValueSensor[ProbeView]):
    """A sensor of a probe."""

    # What stands beside a value changes with each reading.
    _unrecorded_attributes = frozenset({MATCH_ALL})

    @property
    @override
    def available(self) -> bool:
        """Return whether the account answers and has the probe."""
        return self.coordinator.data.is_available


class ProbeTemperature(ProbeSensor):
    """The temperature, which is reported with each value that was measured.

    Who reads it as an entity sees how old it is by when it was last reported. A state
    that is the same makes no row in the recorder.
    """

    _measured_at: datetime | None = None

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        super()._handle_coordinator_update()
        reading = self.coordinator.data.reading
        measured_at = reading.measured_at if reading else None
        if (
            measured_at != self._measured_at
            and self._written_value == self.native_value
        ):
            self._measured_at = measured_at
            self.async_write_ha_state()


class ProbeBinarySensor(ProbeEntity, ValueBinarySensor[ProbeView]):
    """A binary sensor of a probe: an alarm stays raised while the probe is silent."""


@callback
def async_add_for_each(
    entry: ProbesConfigEntry,
    make: Callable[[Probe], Iterable[ProbeEntity]],
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the entities of all probes, and of those to come."""

    @callback
    def add(probe: Probe) -> None:
        async_add_entities(make(probe))

    entry.async_on_unload(entry.runtime_data.async_follow(add))


@callback
def async_add_offered_for_each(
    entry: ProbesConfigEntry,
    make: Callable[[Probe], Iterable[OfferedEntity[ProbeView]]],
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the entities that the probes offer, as soon as they do."""

    @callback
    def add(probe: Probe) -> None:
        async_add_as_offered(entry, probe, make(probe), async_add_entities)

    entry.async_on_unload(entry.runtime_data.async_follow(add))

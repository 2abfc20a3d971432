"""What the entities have in common."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, override

from homeassistant.core import callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity import EntityDescription
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.update_coordinator import (
    CoordinatorEntity,
    DataUpdateCoordinator,
)

from .const import DOMAIN
from .coordinator import HeatpumpConfigEntry
from .source_coordinators import MeterCoordinator

CIRCUITS: Final = ("0", "1", "2", "3")
"""The heating circuits that a Viessmann controller may have."""

type Attributes = Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class ValueDescription[DataT](EntityDescription):
    """Describe an entity that shows one value of a coordinator's data."""

    value_fn: Callable[[DataT], object]
    attributes_fn: Callable[[DataT], Attributes] = lambda _: {}
    exists_fn: Callable[[DataT], bool] | None = None
    """Whether the data offers the entity; by default, whether there is a value."""
    meter_key: str | None = None
    """The meter that the entity is of; None if its coordinator says it."""

    def exists(self, data: DataT) -> bool:
        """Return whether the data offers this entity."""
        if self.exists_fn is not None:
            return self.exists_fn(data)
        return self.value_fn(data) is not None


class HeatpumpEntity[DataT](CoordinatorEntity[DataUpdateCoordinator[DataT]]):
    """An entity of the heat pump, or of its meter."""

    _attr_has_entity_name = True

    def __init__(
        self,
        entry: HeatpumpConfigEntry,
        coordinator: DataUpdateCoordinator[DataT],
        description: EntityDescription,
    ) -> None:
        """Initialize the entity."""
        super().__init__(coordinator)
        self._entry = entry
        self.entity_description = description
        self.subentry_id: str | None = None
        if isinstance(coordinator, MeterCoordinator):
            self.subentry_id = coordinator.subentry.subentry_id
        elif isinstance(description, ValueDescription) and description.meter_key:
            meter = entry.runtime_data.meters[description.meter_key]
            self.subentry_id = meter.subentry.subentry_id
        device = identifier(entry, self.subentry_id)
        self._attr_device_info = DeviceInfo(identifiers={device})
        # Only the few that share a name, as the phases do, spell out their own.
        self._attr_translation_key = description.translation_key or description.key
        self._attr_unique_id = f"{device[1]}_{description.key}"

    @property
    @override
    def available(self) -> bool:
        """Return whether the source answers, and not with old values."""
        data = self._entry.runtime_data
        is_stale = (
            self.coordinator is data.heat_pump
            and data.performance.data.snapshot.stale_since
        )
        return not is_stale and super().available


class OfferedEntity[DataT](HeatpumpEntity[DataT]):
    """An entity that is there only where the coordinator's data offers it."""

    entity_description: ValueDescription[DataT]

    @property
    def is_offered(self) -> bool:
        """Return whether the data offers this entity."""
        data: DataT | None = self.coordinator.data
        return data is not None and self.entity_description.exists(data)

    @property
    @override
    def extra_state_attributes(self) -> Attributes:
        """Return what the value rests on."""
        return self.entity_description.attributes_fn(self.coordinator.data)


def identifier(
    entry: HeatpumpConfigEntry, subentry_id: str | None = None
) -> tuple[str, str]:
    """Return the identifier of the device of a heat pump, or of one of its meters."""
    parts = (entry.unique_id or entry.entry_id, subentry_id)
    return DOMAIN, "_".join(part for part in parts if part)


@callback
def async_add_as_offered[DataT](
    entry: HeatpumpConfigEntry,
    coordinator: DataUpdateCoordinator[DataT],
    entities: Iterable[OfferedEntity[DataT]],
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add each entity as soon as the coordinator's data offers it.

    What was there before is added at once, so that a source that is down at
    start-up makes its entities unavailable rather than missing.
    """
    registry = er.async_get(coordinator.hass)
    known = {
        registered.unique_id
        for registered in er.async_entries_for_config_entry(registry, entry.entry_id)
    }
    pending = list(entities)

    @callback
    def add() -> None:
        due = [each for each in pending if each.unique_id in known or each.is_offered]
        if due:
            pending[:] = [each for each in pending if each not in due]
        for subentry_id in {each.subentry_id for each in due}:
            async_add_entities(
                [each for each in due if each.subentry_id == subentry_id],
                config_subentry_id=subentry_id,
            )

    add()
    entry.async_on_unload(coordinator.async_add_listener(add))

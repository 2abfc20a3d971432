"""What the entities have in common."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity import EntityDescription
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.update_coordinator import (
    CoordinatorEntity,
    DataUpdateCoordinator,
)

from .const import CONF_KIND, DOMAIN, Kind
from .coordinator import HeatpumpConfigEntry
from .source_coordinators import MeterCoordinator

CIRCUITS: Final = ("0", "1", "2", "3")
"""The heating circuits that a Viessmann controller may have."""

type Attributes = Mapping[str, object]
type AddEntities = Callable[
    [HomeAssistant, ConfigEntry[Any], AddConfigEntryEntitiesCallback], None
]
"""Adds the entities of a platform, of entries of one kind."""


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


class MonitorEntity[DataT](CoordinatorEntity[DataUpdateCoordinator[DataT]]):
    """An entity of an entry, or of one of its devices."""

    _attr_has_entity_name = True

    def __init__(
        self,
        entry: ConfigEntry,
        coordinator: DataUpdateCoordinator[DataT],
        description: EntityDescription,
        *,
        part: str | None = None,
        subentry_id: str | None = None,
    ) -> None:
        """Initialize the entity.

        Args:
            entry: Whose entity it is.
            coordinator: What it shows the data of.
            description: What it shows.
            part: Which of the entry's devices has it; None for the main one.
            subentry_id: The config subentry of that device, if it has one.
        """
        super().__init__(coordinator)
        self.entity_description = description
        self.subentry_id = subentry_id
        device = identifier(entry, part)
        self._attr_device_info = DeviceInfo(identifiers={device})
        # Only the few that share a name, as the phases do, spell out their own.
        self._attr_translation_key = description.translation_key or description.key
        self._attr_unique_id = f"{device[1]}_{description.key}"


class HeatpumpEntity[DataT](MonitorEntity[DataT]):
    """An entity of the heat pump, or of its meter."""

    def __init__(
        self,
        entry: HeatpumpConfigEntry,
        coordinator: DataUpdateCoordinator[DataT],
        description: EntityDescription,
    ) -> None:
        """Initialize the entity."""
        self._entry = entry
        subentry_id = None
        if isinstance(coordinator, MeterCoordinator):
            subentry_id = coordinator.subentry.subentry_id
        elif isinstance(description, ValueDescription) and description.meter_key:
            meter = entry.runtime_data.meters[description.meter_key]
            subentry_id = meter.subentry.subentry_id
        super().__init__(
            entry, coordinator, description, part=subentry_id, subentry_id=subentry_id
        )

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


class OfferedEntity[DataT](MonitorEntity[DataT]):
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


def identifier(entry: ConfigEntry, part: str | None = None) -> tuple[str, str]:
    """Return the identifier of the main device of an entry, or of another one."""
    # The unique id of an export is where it writes to, which can change.
    is_export = entry.data.get(CONF_KIND) == Kind.EXPORT
    unique_id = None if is_export else entry.unique_id
    parts = (unique_id or entry.entry_id, part)
    return DOMAIN, "_".join(each for each in parts if each)


@callback
def async_add_as_offered[DataT](
    entry: ConfigEntry,
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

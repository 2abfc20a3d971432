"""Find the entities of an entry by what they show, however they are named."""

from collections.abc import Iterator

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from ..coordinator import HeatpumpConfigEntry
from ..entity import identifier


def enabled_entities(hass: HomeAssistant, entry: HeatpumpConfigEntry) -> dict[str, str]:
    """Return the ids of the enabled entities by the key of what they show."""
    return {
        key: each.entity_id
        for key, each in _registered(hass, entry)
        if each.disabled_by is None
    }


def known_keys(hass: HomeAssistant, entry: HeatpumpConfigEntry) -> set[str]:
    """Return the keys of what was ever shown, also of disabled entities."""
    return {key for key, _ in _registered(hass, entry)}


def _registered(
    hass: HomeAssistant, entry: HeatpumpConfigEntry
) -> Iterator[tuple[str, er.RegistryEntry]]:
    registry = er.async_get(hass)
    for each in er.async_entries_for_config_entry(registry, entry.entry_id):
        prefix = f"{identifier(entry, each.config_subentry_id)[1]}_"
        yield each.unique_id.removeprefix(prefix), each

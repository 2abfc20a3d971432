"""Find the entities of an entry by what they show, however they are named."""

from collections.abc import Iterator
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryError
from homeassistant.helpers import entity_registry as er

from ..coordinator import HeatpumpConfigEntry
from ..entity import identifier
from ..meter_subentries import meter_of
from ..readings import summed_roles

_POWER: Final = "power"


def enabled_entities(hass: HomeAssistant, entry: ConfigEntry) -> dict[str, str]:
    """Return the ids of the enabled entities by the key of what they show.

    Of several meters that show the same, it is the main one's.
    """
    main = _main_meter_id(entry)
    enabled = [each for each in _registered(hass, entry) if not each[1].disabled_by]
    enabled.sort(key=lambda each: each[1].config_subentry_id == main)
    return {key: each.entity_id for key, each in enabled}


def power_entities(hass: HomeAssistant, entry: HeatpumpConfigEntry) -> list[str]:
    """Return the ids whose sum is the electric power; none if one is not enabled."""
    meters = entry.runtime_data.meters.values()
    summed = summed_roles([each.role for each in meters])
    wanted = {each.subentry.subentry_id for each in meters if each.role in summed}
    found = [
        each.entity_id
        for key, each in _registered(hass, entry)
        if key == _POWER
        and each.config_subentry_id in wanted
        and each.disabled_by is None
    ]
    return found if len(found) == len(wanted) else []


def known_keys(hass: HomeAssistant, entry: HeatpumpConfigEntry) -> set[str]:
    """Return the keys of what was ever shown, also of disabled entities."""
    return {key for key, _ in _registered(hass, entry)}


def _main_meter_id(entry: ConfigEntry) -> str | None:
    """Return the subentry of the main meter, None where the user removed it."""
    try:
        return meter_of(entry).subentry_id
    except ConfigEntryError:
        return None


def _registered(
    hass: HomeAssistant, entry: ConfigEntry
) -> Iterator[tuple[str, er.RegistryEntry]]:
    registry = er.async_get(hass)
    for each in er.async_entries_for_config_entry(registry, entry.entry_id):
        prefix = f"{identifier(entry, each.config_subentry_id)[1]}_"
        yield each.unique_id.removeprefix(prefix), each

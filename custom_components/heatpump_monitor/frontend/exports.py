"""What the cards show of the exports."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant

from ..exporter.coordinator import ExportEntry
from .entities import enabled_entities

# The others say the same in another way, or change all the time.
_WATCHED: Final = {"dropped_points", "export_connected", "last_export", "unsent_points"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Export:
    """How an export goes; None is not known, as all is while it is not loaded."""

    entry_id: str
    title: str
    time: datetime | None = None
    """Of which moment this is."""
    is_connected: bool | None = None
    failing_since: datetime | None = None
    last_success: datetime | None = None
    unsent: int | None = None
    oldest_unsent: datetime | None = None
    dropped: int | None = None
    """In the last 24 hours."""
    entities: Mapping[str, str] = field(default_factory=dict)
    """The enabled entities that change with it, by the key of what they show."""


def export(hass: HomeAssistant, entry: ExportEntry) -> Export:
    """Return how an export goes, whether it is loaded or not."""
    if entry.state is not ConfigEntryState.LOADED:
        return Export(entry_id=entry.entry_id, title=entry.title)
    status = entry.runtime_data.data
    entities = enabled_entities(hass, entry)
    return Export(
        entry_id=entry.entry_id,
        title=entry.title,
        time=status.time,
        is_connected=status.is_connected,
        failing_since=status.sender.failing_since,
        last_success=status.sender.last_success,
        unsent=status.unsent,
        oldest_unsent=status.oldest_unsent,
        dropped=status.dropped_lately,
        entities={key: entities[key] for key in sorted(_WATCHED & entities.keys())},
    )

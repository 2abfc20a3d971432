"""What the cards show of the sources and of what is watched."""

from dataclasses import dataclass

from homeassistant.core import HomeAssistant

from ..coordinator import HeatpumpConfigEntry
from ..sources.viessmann.budget import CLOUD_DAY_LIMIT
from ..time_units import HOUR_S
from .alarms import Alarms, alarms


@dataclass(frozen=True, kw_only=True, slots=True)
class Health:
    """How well the sources answer, and what is watched; None is not known."""

    call_limit: int
    calls: list[int | None] | None
    """In each of the last 24 hours, oldest first; None if no call is counted."""
    hours_to_recover: float
    alarms: Alarms


def health(hass: HomeAssistant, entry: HeatpumpConfigEntry, language: str) -> Health:
    """Return how well the sources of a loaded entry answer, and what is watched."""
    data = entry.runtime_data
    unresolved = data.performance.data.snapshot.unresolved
    return Health(
        call_limit=CLOUD_DAY_LIMIT,
        calls=data.budget.calls_by_hour if data.budget else None,
        hours_to_recover=round(unresolved.total_seconds() / HOUR_S, 1),
        alarms=alarms(hass, entry, language),
    )

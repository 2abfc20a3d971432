"""What the cards show of how well the sources answer."""

from dataclasses import dataclass

from ..coordinator import HeatpumpConfigEntry
from ..sources.viessmann.budget import CLOUD_DAY_LIMIT
from ..time_units import HOUR_S


@dataclass(frozen=True, kw_only=True, slots=True)
class Health:
    """How well the sources answer; None is not known."""

    call_limit: int
    calls: list[int | None]
    """In each of the last 24 hours, oldest first."""
    hours_to_recover: float


def health(entry: HeatpumpConfigEntry) -> Health:
    """Return how well the sources of a loaded entry answer."""
    data = entry.runtime_data
    unresolved = data.performance.data.snapshot.unresolved
    return Health(
        call_limit=CLOUD_DAY_LIMIT,
        calls=data.budget.calls_by_hour,
        hours_to_recover=round(unresolved.total_seconds() / HOUR_S, 1),
    )

"""What the cards show of the meters, and what their powers come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ..coordinator import HeatpumpData
from ..performance.rounding import rounded
from ..performance.totals.own_electricity import own_part
from ..readings import Role, sum_if_known, summed_roles


@dataclass(frozen=True, kw_only=True, slots=True)
class Meter:
    """A meter, and how it is doing."""

    key: str
    name: str
    """As the owner calls it."""
    role: Role
    failure: str | None
    measured_at: datetime | None
    power_w: float | None
    """None also while it does not answer."""


def shown_meters(data: HeatpumpData) -> tuple[Meter, ...]:
    """Return all meters, the main one first."""
    return tuple(
        Meter(
            key=each.key,
            name=each.subentry.title,
            role=each.role,
            failure=each.failure,
            measured_at=each.last_reading_at,
            power_w=each.data.power_w if each.last_update_success else None,
        )
        for each in data.meters.values()
    )


def electricity_w(meters: Sequence[Meter]) -> float | None:
    """Return the electric power of the heat pump; None if a part is not known."""
    return power_w(meters, *summed_roles([each.role for each in meters]))


def power_w(meters: Sequence[Meter], *roles: Role) -> float | None:
    """Return the power of all meters with a role; None of none, or if not known."""
    return sum_if_known([each.power_w for each in meters if each.role in roles])


def own_share(meters: Sequence[Meter]) -> float | None:
    """Return which share of the electricity is own, by the rule of its energies."""
    drawn_w = electricity_w(meters)
    grid_w, generated_w = (
        power_w(meters, Role.GRID),
        power_w(meters, Role.PHOTOVOLTAICS),
    )
    if not drawn_w or grid_w is None or generated_w is None:
        return None
    part = own_part(
        drawn_w,
        imported_wh=max(grid_w, 0.0),
        exported_wh=max(-grid_w, 0.0),
        # At night an inverter draws a little.
        generated_wh=max(generated_w, 0.0),
    )
    return None if part is None else rounded(part.own_wh / drawn_w)

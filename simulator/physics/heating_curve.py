"""The heating curve of Viessmann's controllers."""

from ..state import Settings


def supply_by_curve_c(settings: Settings, outside_c: float) -> float:
    """Return the supply temperature that a heating curve asks for.

    The polynomial is the one by which owners of such controllers reproduce the
    curves of the manuals.
    """
    warmer_k = min(outside_c - settings.room_c, 0.0)
    bent_k = warmer_k * (1.4347 + warmer_k * (0.021 + 247.9e-6 * warmer_k))
    return settings.room_c + settings.curve_shift_k - settings.curve_slope * bent_k

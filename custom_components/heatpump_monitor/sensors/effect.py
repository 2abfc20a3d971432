"""The sensor of what the newest change did."""

from homeassistant.const import UnitOfRatio

from ..changes.effect_words import percent
from ..entity import Attributes
from ..performance.effect.result import Figures, Verdict
from ..performance.rounding import rounded
from ..status import Status
from .description import FOR_ALL, FigureDescription, ends


def _cop_change_pct(status: Status) -> float | None:
    """Return by how much the COP is higher; None while that is not said."""
    newest = status.insights.effects.newest
    if newest is None or newest.look.effect.figures is None:
        return None
    if newest.look.effect.verdict is Verdict.NOT_ENOUGH_DATA:
        return None
    return percent(newest.look.effect.figures.cop.change.value)


def _look(status: Status) -> Attributes:
    if (newest := status.insights.effects.newest) is None:
        return {}
    look = newest.look
    year, next_look = look.effect.yearly, look.next_look
    return {
        "change": newest.description,
        "changed_at": newest.entry.time.isoformat(),
        "days_needed": look.effect.days_needed,
        "looked_on": look.looked_on.isoformat(),
        "next_look": None if next_look is None else next_look.isoformat(),
        "verdict": look.effect.verdict,
        **_figures(look.effect.figures),
        **ends("saved_kwh", None if year is None else year.saved_kwh, 0),
        **ends("saved_money", None if year is None else year.saved_money, 2),
    }


def _figures(figures: Figures | None) -> Attributes:
    if figures is None:
        return {}
    change, supply_c = figures.cop.change, figures.supply_c
    return {
        "band_high": rounded(percent(change.high), 1),
        "band_low": rounded(percent(change.low), 1),
        "supply_after_c": None
        if supply_c is None
        else rounded(supply_c.after.value, 1),
        "supply_before_c": (
            None if supply_c is None else rounded(supply_c.before.value, 1)
        ),
    }


EFFECT: tuple[FigureDescription, ...] = (
    FOR_ALL(
        key="change_effect",
        attributes_fn=_look,
        also_written_fn=lambda status: status.insights.effects.newest,
        entity_registry_enabled_default=False,
        native_unit_of_measurement=UnitOfRatio.PERCENTAGE,
        state_class=None,
        suggested_display_precision=1,
        value_fn=_cop_change_pct,
    ),
)

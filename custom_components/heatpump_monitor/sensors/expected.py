"""Sensors of what the heat pump should reach, what others do, and of the house."""

from functools import partial

from homeassistant.const import UnitOfRatio

from ..entity import Attributes
from ..performance.expected.fleet import Standing, standing
from ..performance.expected.fleet_table import EXPORTED
from ..performance.expected.outlook import Recent
from ..performance.rounding import rounded
from ..performance.totals.periods import Period
from ..status import Status
from .description import FOR_ALL, FigureDescription, ends

_FIGURE = partial(FOR_ALL, entity_registry_enabled_default=False)
_SHARE = partial(
    _FIGURE,
    native_unit_of_measurement=UnitOfRatio.PERCENTAGE,
    suggested_display_precision=0,
)


def _recent(status: Status) -> Recent | None:
    return status.insights.outlook.recent


def _expected_cop(status: Status) -> float | None:
    return None if (recent := _recent(status)) is None else recent.expected_cop


def _index_pct(status: Status) -> float | None:
    return None if (recent := _recent(status)) is None else 100 * recent.index.value


def _carnot_pct(status: Status) -> float | None:
    return None if (recent := _recent(status)) is None else 100 * recent.share_of_carnot


def _rests_on(status: Status) -> Attributes:
    """Return the last two weeks, and the days that were learned from, by mode."""
    if (recent := _recent(status)) is None:
        return {}
    return {
        "band_high": rounded(100 * recent.index.high, 1),
        "band_low": rounded(100 * recent.index.low, 1),
        "expected_cop": rounded(recent.expected_cop),
        "ratio": rounded(recent.cop),
    } | {
        f"{name}_{mode}": value
        for mode, each in status.insights.outlook.modes.items()
        for name, value in (
            ("days", each.reached.days),
            ("learned_days", each.learned_days),
            ("learned_first", each.learned_first.isoformat()),
            ("learned_last", each.learned_last.isoformat()),
        )
    }


def _standing(status: Status) -> Standing:
    snapshot = status.snapshot
    year, plant = status.summary(Period.ROLLING_YEAR), snapshot.plant
    return standing(year, plant.source, plant.boundary)


def _among(status: Status) -> Attributes:
    found = _standing(status)
    return {
        "attribution": f"heatpumpmonitor.org, {EXPORTED}, CC BY 4.0",
        "lift_k": rounded(found.lift_k, 1),
        "median_cop": rounded(found.median_cop, 2),
        "systems": found.systems,
        "unknown_because": found.unknown,
    }


def _heat_loss(status: Status) -> float | None:
    loss = status.insights.outlook.heat_loss
    return None if loss is None else loss.w_per_k.value


def _fitted(status: Status) -> Attributes:
    if (loss := status.insights.outlook.heat_loss) is None:
        return {}
    return {
        **ends("balance_c", loss.balance_c, 1),
        "band_high": rounded(loss.w_per_k.high, 0),
        "band_low": rounded(loss.w_per_k.low, 0),
        "base_c": loss.base_c,
        "days": loss.days,
        "first_day": loss.first.isoformat(),
        **ends("kwh_per_degree_day", loss.kwh_per_degree_day, 2),
        "last_day": loss.last.isoformat(),
    }


EXPECTED: tuple[FigureDescription, ...] = (
    _FIGURE(
        key="expected_cop",
        attributes_fn=_rests_on,
        suggested_display_precision=2,
        value_fn=_expected_cop,
    ),
    _SHARE(key="efficiency_index", attributes_fn=_rests_on, value_fn=_index_pct),
    _SHARE(key="share_of_carnot", attributes_fn=_rests_on, value_fn=_carnot_pct),
    _SHARE(
        key="fleet_percentile",
        attributes_fn=_among,
        value_fn=lambda status: _standing(status).percentile,
    ),
    _FIGURE(
        key="heat_loss_coefficient",
        attributes_fn=_fitted,
        native_unit_of_measurement="W/K",
        suggested_display_precision=0,
        value_fn=_heat_loss,
    ),
)

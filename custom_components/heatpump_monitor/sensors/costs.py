"""Sensors of what the electricity cost, in money and in CO2."""

from collections.abc import Callable

from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import UnitOfEnergy, UnitOfMass

from ..entity import Attributes
from ..performance.rounding import kwh, rounded
from ..performance.totals.periods import Period, PeriodSummary
from ..performance.totals.projection import Projection
from ..status import Status
from .description import FOR_FEW, FigureDescription


def had_a_price(status: Status) -> bool:
    """Return whether any electricity had a price."""
    return status.summary(Period.ALL).sums.priced_wh > 0


def cost_sensor(
    key: str,
    period: Period,
    cost_fn: Callable[[PeriodSummary], float | None] = lambda summary: summary.cost,
    *,
    enabled: bool = True,
    exists_fn: Callable[[Status], bool] = had_a_price,
) -> FigureDescription:
    """Describe what the electricity of a period cost, or a part of it."""
    return FigureDescription(
        key=key,
        attributes_fn=lambda status: _priced_share(status, period),
        counted_in=period,
        device_class=SensorDeviceClass.MONETARY,
        entity_registry_enabled_default=enabled,
        exists_fn=exists_fn,
        per="",
        state_class=SensorStateClass.TOTAL,
        suggested_display_precision=2,
        value_fn=lambda status: cost_fn(status.summary(period)),
    )


def _priced_share(status: Status, period: Period) -> Attributes:
    """Return which share of the electricity had a price."""
    return {"priced_share": rounded(status.summary(period).priced_share)}


def _projection_wh(status: Status) -> float | None:
    projection = status.insights.projection
    return None if projection is None else projection.electricity_wh


def _at_mean_price(status: Status, energy_wh: float | None) -> float | None:
    """Return what electricity costs at the year's mean price so far.

    None where the cost of the year so far is not known.
    """
    year = status.summary(Period.YEAR)
    if energy_wh is None or year.cost is None:
        return None
    return energy_wh * year.cost / year.sums.priced_wh


def _electricity_projection(status: Status) -> Attributes:
    """Return how far the projected electricity can be off, and what it rests on."""
    if (projection := status.insights.projection) is None:
        return {}
    return _rests_on(projection) | {"spread_kwh": kwh(projection.spread_wh)}


def _cost_projection(status: Status) -> Attributes:
    if (projection := status.insights.projection) is None:
        return {}
    spread = _at_mean_price(status, projection.spread_wh)
    return _rests_on(projection) | {"spread": rounded(spread, 2)}


def _rests_on(projection: Projection) -> dict[str, object]:
    return {"basis": projection.basis, "days_used": projection.days_used}


def _heat_price(status: Status) -> float | None:
    summary = status.summary(Period.ROLLING_MONTH)
    if not summary.has_earned(Period.ROLLING_MONTH):
        return None
    return summary.cost_per_kwh_heat


COSTS: tuple[FigureDescription, ...] = (
    cost_sensor("cost_today", Period.TODAY, enabled=False),
    cost_sensor("cost_month", Period.MONTH),
    cost_sensor("cost_year", Period.YEAR),
    FOR_FEW(
        key="heat_price",
        attributes_fn=lambda status: _priced_share(status, Period.ROLLING_MONTH),
        exists_fn=had_a_price,
        per="/kWh",
        suggested_display_precision=3,
        value_fn=_heat_price,
    ),
    FOR_FEW(
        key="electricity_projection",
        attributes_fn=_electricity_projection,
        device_class=SensorDeviceClass.ENERGY,
        native_unit_of_measurement=UnitOfEnergy.WATT_HOUR,
        state_class=None,
        suggested_display_precision=0,
        suggested_unit_of_measurement=UnitOfEnergy.KILO_WATT_HOUR,
        value_fn=_projection_wh,
    ),
    FOR_FEW(
        key="cost_projection",
        attributes_fn=_cost_projection,
        device_class=SensorDeviceClass.MONETARY,
        per="",
        state_class=None,
        suggested_display_precision=0,
        value_fn=lambda status: _at_mean_price(status, _projection_wh(status)),
    ),
    FOR_FEW(
        key="co2_year",
        attributes_fn=lambda status: {
            "known_share": rounded(status.summary(Period.YEAR).co2_share)
        },
        counted_in=Period.YEAR,
        device_class=SensorDeviceClass.WEIGHT,
        exists_fn=lambda status: status.summary(Period.ALL).sums.co2_wh > 0,
        native_unit_of_measurement=UnitOfMass.KILOGRAMS,
        state_class=SensorStateClass.TOTAL,
        suggested_display_precision=1,
        value_fn=lambda status: status.summary(Period.YEAR).co2_kg,
    ),
)

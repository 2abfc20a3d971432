"""Sensors of the own (photovoltaic) electricity of the heat pump, and of its cost."""

from functools import partial

from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import UnitOfEnergy, UnitOfRatio

from ..entity import Attributes
from ..performance.rounding import kwh, rounded
from ..performance.totals.periods import Period
from ..status import Status
from .costs import cost_sensor, had_a_price
from .description import FOR_FEW, FigureDescription


def _has_meters(status: Status) -> bool:
    return status.snapshot.plant.knows_own_electricity


def _has_cost(status: Status) -> bool:
    return _has_meters(status) and had_a_price(status)


def _own_total_wh(status: Status) -> float | None:
    sums = status.summary(Period.ALL).sums
    return sums.own_wh if sums.split_wh else None


def _share_sensor(key: str, period: Period) -> FigureDescription:
    return FOR_FEW(
        key=key,
        attributes_fn=lambda status: _rests_on(status, period),
        exists_fn=_has_meters,
        native_unit_of_measurement=UnitOfRatio.PERCENTAGE,
        suggested_display_precision=0,
        value_fn=lambda status: _pct(status.summary(period).own_electricity_share),
    )


def _rests_on(status: Status, period: Period) -> Attributes:
    """Return between what the share lies by any rule, and what it is known of."""
    summary = status.summary(period)
    least, most = summary.own_electricity_bounds
    return {
        "known_share": rounded(summary.split_share),
        "own_electricity_kwh": kwh(summary.sums.own_wh),
        "share_high": rounded(_pct(most), 1),
        "share_low": rounded(_pct(least), 1),
    }


def _pct(share: float | None) -> float | None:
    return None if share is None else 100 * share


_COST = partial(cost_sensor, enabled=False, exists_fn=_has_cost)

OWN_ELECTRICITY: tuple[FigureDescription, ...] = (
    _share_sensor("own_electricity_share_today", Period.TODAY),
    _share_sensor("own_electricity_share_year", Period.YEAR),
    _share_sensor("own_electricity_share_rolling", Period.ROLLING_YEAR),
    FOR_FEW(
        key="own_electricity",
        device_class=SensorDeviceClass.ENERGY,
        exists_fn=_has_meters,
        native_unit_of_measurement=UnitOfEnergy.WATT_HOUR,
        state_class=SensorStateClass.TOTAL_INCREASING,
        suggested_display_precision=2,
        suggested_unit_of_measurement=UnitOfEnergy.KILO_WATT_HOUR,
        value_fn=_own_total_wh,
    ),
    *(
        sensor
        for name, period in (
            ("today", Period.TODAY),
            ("month", Period.MONTH),
            ("year", Period.YEAR),
        )
        for sensor in (
            _COST(f"grid_cost_{name}", period, lambda summary: summary.grid_cost),
            _COST(f"own_cost_{name}", period, lambda summary: summary.own_cost),
        )
    ),
)

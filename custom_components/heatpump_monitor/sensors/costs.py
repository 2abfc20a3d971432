"""Sensors of what the electricity cost, in money and in CO2."""

from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import UnitOfMass

from ..coordinator import HeatpumpData
from ..performance.periods import Period
from .description import Attributes, FigureDescription, account_of, rounded


def _had_a_price(data: HeatpumpData) -> bool:
    """Return whether anything that was ever counted had a price."""
    return account_of(data, Period.ALL).cost is not None


def _cost_sensor(key: str, period: Period) -> FigureDescription:
    """Return the sensor of what the electricity of a period cost."""
    return FigureDescription(
        key=key,
        attributes_fn=lambda data: _priced_share(data, period),
        counted_in=period,
        device_class=SensorDeviceClass.MONETARY,
        exists_fn=_had_a_price,
        per="",
        state_class=SensorStateClass.TOTAL,
        suggested_display_precision=2,
        value_fn=lambda data: account_of(data, period).cost,
    )


def _priced_share(data: HeatpumpData, period: Period) -> Attributes:
    """Return which share of the electricity had a price."""
    return {"priced_share": rounded(account_of(data, period).priced_share)}


def _known_share(data: HeatpumpData) -> Attributes:
    """Return for which share of the electricity the CO2 is known."""
    sums = account_of(data, Period.YEAR).sums
    share = sums.co2_wh / sums.electricity_wh if sums.electricity_wh else None
    return {"known_share": rounded(share)}


COSTS: tuple[FigureDescription, ...] = (
    _cost_sensor("cost_today", Period.TODAY),
    _cost_sensor("cost_month", Period.MONTH),
    _cost_sensor("cost_year", Period.YEAR),
    FigureDescription(
        key="heat_price",
        attributes_fn=lambda data: _priced_share(data, Period.ROLLING_MONTH),
        exists_fn=_had_a_price,
        per="/kWh",
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=3,
        value_fn=lambda data: account_of(data, Period.ROLLING_MONTH).cost_per_kwh_heat,
    ),
    FigureDescription(
        key="co2_year",
        attributes_fn=_known_share,
        counted_in=Period.YEAR,
        device_class=SensorDeviceClass.WEIGHT,
        native_unit_of_measurement=UnitOfMass.KILOGRAMS,
        state_class=SensorStateClass.TOTAL,
        suggested_display_precision=1,
        value_fn=lambda data: account_of(data, Period.YEAR).co2_kg,
    ),
)

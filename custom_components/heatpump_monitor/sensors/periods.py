"""Sensors of the ratio of heat over electricity, by period, mode and boundary."""

from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import EntityCategory, UnitOfTime
from homeassistant.util import dt as dt_util

from ..coordinator import HeatpumpData
from ..performance.ledger import ModeSums
from ..performance.modes import Mode
from ..performance.periods import DAY_S, Account, Period
from ..performance.plant import Boundary, Part, boundary_of
from ..performance.readings import HeatPumpReading
from ..performance.rounding import kwh, rounded
from .description import Attributes, FigureDescription, account_of


def _period_sensor(
    key: str, period: Period, *, enabled: bool = True
) -> FigureDescription:
    """Return the sensor of the performance over one period."""
    return FigureDescription(
        key=key,
        attributes_fn=lambda data: _rests_on(
            account_of(data, period), data.account.monitor.plant.boundary
        ),
        entity_registry_enabled_default=enabled,
        exists_fn=lambda _: True,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=2,
        value_fn=lambda data: account_of(data, period).cop,
    )


def _rests_on(account: Account, boundary: Boundary) -> Attributes:
    """Return what a figure is of, how it was earned, and how far it can be off."""
    low, high = _band(account)
    shares = account.method_shares()
    return {
        "band_high": high,
        "band_low": low,
        "basis": _basis(account),
        "beyond_carnot_hours": round(account.sums.beyond_carnot_s / 3600, 2),
        "boundary": boundary,
        "coverage": rounded(account.coverage),
        "electricity_kwh": kwh(account.sums.paired_electricity_wh),
        "first_day": account.first.isoformat(),
        "heat_kwh": kwh(account.sums.heat_wh),
        "heat_method": max(shares, key=lambda method: shares[method], default=None),
        "last_day": account.last.isoformat(),
        "method_shares": {
            method.value: round(share, 3) for method, share in shares.items()
        },
        "paired_days": rounded(account.paired_days),
        "uncertainty": rounded(account.uncertainty),
        "unpaired_electricity_kwh": kwh(account.unpaired_electricity_wh),
    }


def _basis(account: Account) -> str:
    """Return what the figure may be called: that of a year, or of some days."""
    return "year" if account.is_full_year else f"{account.paired_days:.0f} days"


def _band(account: Account) -> tuple[float | None, float | None]:
    """Return between what the figure lies."""
    cop, uncertainty = account.cop, account.uncertainty
    if cop is None or uncertainty is None:
        return None, None
    return rounded(cop - uncertainty), rounded(cop + uncertainty)


def _mode_sensor(key: str, mode: Mode) -> FigureDescription:
    """Return the sensor of the performance in one mode, over the last year."""

    def rests_on(data: HeatpumpData) -> Attributes:
        account = account_of(data, Period.ROLLING_YEAR)
        sums = account.sums.modes.get(mode, ModeSums())
        return {
            "basis": _basis(account),
            "boundary": data.account.monitor.plant.boundary,
            "electricity_kwh": kwh(sums.electricity_wh),
            "heat_kwh": kwh(sums.heat_wh),
            "paired_days": rounded(sums.seconds / DAY_S),
        }

    return FigureDescription(
        key=key,
        attributes_fn=rests_on,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=2,
        value_fn=lambda data: account_of(data, Period.ROLLING_YEAR).mode_cop(mode),
    )


def _without_rod(data: HeatpumpData) -> float | None:
    """Return the ratio without the rod; None where the rod was never in it."""
    if Part.HEATING_ROD not in data.account.monitor.plant.metered:
        return None
    return account_of(data, Period.ROLLING_YEAR).cop_without_rod


def _rod(data: HeatpumpData) -> Attributes:
    """Return the boundary without the rod, and what is left out with it."""
    account = account_of(data, Period.ROLLING_YEAR)
    metered = data.account.monitor.plant.metered
    return {
        "basis": _basis(account),
        "boundary": boundary_of(metered - {Part.HEATING_ROD}),
        "rod_electricity_kwh": kwh(account.sums.rod_electricity_wh),
        "rod_heat_kwh": kwh(account.sums.rod_heat_wh),
    }


def _audited(data: HeatpumpData) -> HeatPumpReading | None:
    """Return the reading with the maker's figure, if that is of this year."""
    reading = data.account.monitor.reading
    if reading is None or (measured_at := reading.spf_measured_at) is None:
        return reading
    year = account_of(data, Period.YEAR).first
    return reading if measured_at >= dt_util.start_of_local_day(year) else None


def _spf_difference(data: HeatpumpData) -> float | None:
    """Return our JAZ of this year minus the maker's."""
    jaz, reading = account_of(data, Period.YEAR).cop, _audited(data)
    if jaz is None or reading is None or reading.spf_total is None:
        return None
    return jaz - reading.spf_total


def _audit(data: HeatpumpData) -> Attributes:
    """Return both figures of this year, and the age of the maker's."""
    account, reading = account_of(data, Period.YEAR), _audited(data)
    ours = {
        "jaz": rounded(account.cop),
        "jaz_heating": rounded(account.mode_cop(Mode.HEATING)),
        "jaz_hot_water": rounded(account.mode_cop(Mode.HOT_WATER)),
    }
    if reading is None:
        return ours
    return ours | {
        "age_days": _age_days(reading),
        "manufacturer_spf": reading.spf_total,
        "manufacturer_spf_heating": reading.spf_heating,
        "manufacturer_spf_hot_water": reading.spf_hot_water,
    }


def _age_days(reading: HeatPumpReading) -> float | None:
    if reading.spf_measured_at is None:
        return None
    age = dt_util.utcnow() - reading.spf_measured_at
    return round(age.total_seconds() / DAY_S, 1)


PERIODS: tuple[FigureDescription, ...] = (
    _period_sensor("cop_today", Period.TODAY),
    _period_sensor("cop_yesterday", Period.YESTERDAY, enabled=False),
    _period_sensor("cop_month", Period.MONTH),
    _period_sensor("cop_last_month", Period.LAST_MONTH, enabled=False),
    _period_sensor("jaz_year", Period.YEAR),
    _period_sensor("jaz_last_year", Period.LAST_YEAR, enabled=False),
    _period_sensor("jaz_season", Period.SEASON),
    _period_sensor("jaz_rolling", Period.ROLLING_YEAR),
    _period_sensor("jaz_all", Period.ALL, enabled=False),
    FigureDescription(
        # A ratio of a few days is no year's: this stands beside it on the page.
        key="jaz_measured_days",
        device_class=SensorDeviceClass.DURATION,
        exists_fn=lambda _: True,
        native_unit_of_measurement=UnitOfTime.DAYS,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=1,
        value_fn=lambda data: account_of(data, Period.ROLLING_YEAR).paired_days,
    ),
    _mode_sensor("jaz_heating", Mode.HEATING),
    _mode_sensor("jaz_hot_water", Mode.HOT_WATER),
    FigureDescription(
        key="jaz_without_rod",
        attributes_fn=_rod,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=2,
        value_fn=_without_rod,
    ),
    FigureDescription(
        key="spf_difference",
        attributes_fn=_audit,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=2,
        value_fn=_spf_difference,
    ),
)

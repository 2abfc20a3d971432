"""Sensors of the ratio of heat over electricity, by period, mode and boundary."""

from collections.abc import Callable

from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import EntityCategory, UnitOfRatio, UnitOfTime
from homeassistant.util import dt as dt_util

from ..coordinator import HeatpumpData
from ..performance.ledger import ModeSums
from ..performance.modes import Mode
from ..performance.periods import DAY_S, Account, Period
from ..performance.plant import MeteredBoundary, Part, boundary_of
from ..performance.readings import HeatPumpReading
from ..performance.rounding import kwh, rounded
from .description import Attributes, FigureDescription, account_of


def _period_sensor(
    key: str, period: Period, *, enabled: bool = True
) -> FigureDescription:
    """Return the sensor of the performance over one period."""

    def earned(data: HeatpumpData) -> float | None:
        account = account_of(data, period)
        return account.cop if account.has_earned(period) else None

    return FigureDescription(
        key=key,
        attributes_fn=lambda data: _rests_on(
            account_of(data, period), data.account.monitor.plant.boundary
        ),
        entity_registry_enabled_default=enabled,
        exists_fn=lambda _: True,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=2,
        value_fn=earned,
    )


def _rests_on(account: Account, boundary: MeteredBoundary) -> Attributes:
    """Return what a figure is of, how it was earned, and how far it can be off."""
    low, high = _band(account)
    shares = account.method_shares()
    return _boundary(boundary) | {
        "band_high": high,
        "band_low": low,
        "basis": _basis(account),
        "beyond_carnot_hours": round(account.sums.beyond_carnot_s / 3600, 2),
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
        "ratio": rounded(account.cop),
        "uncertainty": rounded(account.uncertainty),
        "unpaired_electricity_kwh": kwh(account.unpaired_electricity_wh),
    }


def _boundary(boundary: MeteredBoundary) -> dict[str, object]:
    """Return the boundary, and what is counted differently from it."""
    return {
        "boundary": boundary.label,
        "boundary_extra": list(boundary.extra),
        "boundary_missing": list(boundary.missing),
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


def _mode_sensor(
    key: str,
    mode: Mode,
    ratio_fn: Callable[[Account], float | None],
    *,
    enabled: bool = True,
) -> FigureDescription:
    """Return the sensor of the performance in one mode, over the last 365 days."""

    def raw(data: HeatpumpData) -> float | None:
        return ratio_fn(account_of(data, Period.ROLLING_YEAR))

    def earned(data: HeatpumpData) -> float | None:
        account = account_of(data, Period.ROLLING_YEAR)
        is_earned = account.has_earned_mode(Period.ROLLING_YEAR, mode)
        return ratio_fn(account) if is_earned else None

    def rests_on(data: HeatpumpData) -> Attributes:
        account = account_of(data, Period.ROLLING_YEAR)
        sums = account.sums.modes.get(mode, ModeSums())
        return _boundary(data.account.monitor.plant.boundary) | {
            "basis": _basis(account),
            "electricity_kwh": kwh(sums.electricity_wh),
            "heat_kwh": kwh(sums.heat_wh),
            "paired_days": rounded(sums.seconds / DAY_S),
            "ratio": rounded(ratio_fn(account)),
            "uncertainty": rounded(account.mode_uncertainty(mode)),
        }

    return FigureDescription(
        key=key,
        attributes_fn=rests_on,
        entity_registry_enabled_default=enabled,
        exists_fn=lambda data: raw(data) is not None,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=2,
        value_fn=earned,
    )


def _raw_without_rod(data: HeatpumpData) -> float | None:
    """Return the ratio without the rod; None where the rod was never in it."""
    if Part.HEATING_ROD not in data.account.monitor.plant.metered:
        return None
    return account_of(data, Period.ROLLING_YEAR).cop_without_rod


def _without_rod(data: HeatpumpData) -> float | None:
    """Return the ratio without the rod, once the period has earned one."""
    account = account_of(data, Period.ROLLING_YEAR)
    return _raw_without_rod(data) if account.has_earned(Period.ROLLING_YEAR) else None


def _rod(data: HeatpumpData) -> Attributes:
    """Return the boundary without the rod, and what is left out with it."""
    account = account_of(data, Period.ROLLING_YEAR)
    metered = data.account.monitor.plant.metered
    return _boundary(boundary_of(metered - {Part.HEATING_ROD})) | {
        "basis": _basis(account),
        "paired_days": rounded(account.paired_days),
        "ratio": rounded(_raw_without_rod(data)),
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


def _raw_spf_difference(data: HeatpumpData) -> float | None:
    """Return our ratio of this year minus the manufacturer's."""
    jaz, reading = account_of(data, Period.YEAR).cop, _audited(data)
    if jaz is None or reading is None or reading.spf_total is None:
        return None
    return jaz - reading.spf_total


def _spf_difference(data: HeatpumpData) -> float | None:
    """Return the difference to the manufacturer, once the year has earned a ratio."""
    is_earned = account_of(data, Period.YEAR).has_earned(Period.YEAR)
    return _raw_spf_difference(data) if is_earned else None


def _audit(data: HeatpumpData) -> Attributes:
    """Return both figures of this year, and the age of the maker's."""
    account, reading = account_of(data, Period.YEAR), _audited(data)
    ours = {
        "jaz": rounded(account.cop),
        "jaz_heating": rounded(account.mode_cop(Mode.HEATING)),
        "jaz_hot_water": rounded(account.mode_cop(Mode.HOT_WATER)),
        "paired_days": rounded(account.paired_days),
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


def _coverage_pct(data: HeatpumpData) -> float | None:
    """Return the coverage of the last 365 days, in percent."""
    coverage = account_of(data, Period.ROLLING_YEAR).coverage
    return None if coverage is None else 100 * coverage


PERIODS: tuple[FigureDescription, ...] = (
    _period_sensor("cop_today", Period.TODAY),
    _period_sensor("cop_yesterday", Period.YESTERDAY, enabled=False),
    _period_sensor("cop_month", Period.MONTH),
    _period_sensor("cop_last_month", Period.LAST_MONTH, enabled=False),
    _period_sensor("jaz_year", Period.YEAR),
    _period_sensor("jaz_last_year", Period.LAST_YEAR, enabled=False),
    _period_sensor("jaz_season", Period.SEASON, enabled=False),
    _period_sensor("jaz_rolling", Period.ROLLING_YEAR),
    _period_sensor("jaz_all", Period.ALL, enabled=False),
    FigureDescription(
        key="jaz_measured_days",
        device_class=SensorDeviceClass.DURATION,
        entity_category=EntityCategory.DIAGNOSTIC,
        exists_fn=lambda _: True,
        native_unit_of_measurement=UnitOfTime.DAYS,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=1,
        value_fn=lambda data: account_of(data, Period.ROLLING_YEAR).paired_days,
    ),
    FigureDescription(
        key="coverage",
        entity_category=EntityCategory.DIAGNOSTIC,
        exists_fn=lambda _: True,
        native_unit_of_measurement=UnitOfRatio.PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=1,
        value_fn=_coverage_pct,
    ),
    _mode_sensor(
        "jaz_heating", Mode.HEATING, lambda account: account.mode_cop(Mode.HEATING)
    ),
    _mode_sensor(
        "jaz_hot_water",
        Mode.HOT_WATER,
        lambda account: account.mode_cop(Mode.HOT_WATER),
    ),
    _mode_sensor("eer", Mode.COOLING, lambda account: account.eer, enabled=False),
    FigureDescription(
        key="jaz_without_rod",
        attributes_fn=_rod,
        entity_registry_enabled_default=False,
        exists_fn=lambda data: _raw_without_rod(data) is not None,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=2,
        value_fn=_without_rod,
    ),
    FigureDescription(
        key="spf_difference",
        attributes_fn=_audit,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        exists_fn=lambda data: _raw_spf_difference(data) is not None,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=2,
        value_fn=_spf_difference,
    ),
)

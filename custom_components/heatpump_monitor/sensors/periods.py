"""Sensors of the ratio of heat over electricity, by period, mode and boundary."""

from collections.abc import Callable

from homeassistant.components.sensor import SensorDeviceClass
from homeassistant.const import EntityCategory, UnitOfRatio, UnitOfTime
from homeassistant.util import dt as dt_util

from ..entity import Attributes
from ..performance.plant import MeteredBoundary, Part, boundary_of
from ..performance.rounding import kwh, rounded
from ..performance.totals.ledger import ModeSums
from ..performance.totals.periods import Period, PeriodSummary
from ..readings import HeatPumpReading, Mode
from ..status import Status
from ..time_units import DAY_S
from .description import FOR_ALL, FigureDescription


def _period_sensor(
    key: str, period: Period, *, enabled: bool = True
) -> FigureDescription:
    def earned(status: Status) -> float | None:
        summary = status.summary(period)
        return summary.cop if summary.has_earned(period) else None

    return FOR_ALL(
        key=key,
        attributes_fn=lambda status: _rests_on(
            status.summary(period), status.snapshot.plant.boundary
        ),
        also_written_fn=lambda status: _beside(status.summary(period)),
        entity_registry_enabled_default=enabled,
        suggested_display_precision=2,
        value_fn=earned,
    )


def _beside(summary: PeriodSummary) -> tuple[object, ...]:
    return (
        _basis(summary),
        rounded(summary.cop, 2),
        rounded(summary.coverage, 2),
        rounded(summary.uncertainty, 1),
    )


def _rests_on(summary: PeriodSummary, boundary: MeteredBoundary) -> Attributes:
    """Return what a figure is of, how it was earned, and how far it can be off."""
    low, high = _band(summary)
    shares = summary.method_shares()
    return _boundary_of(summary, boundary) | {
        "band_high": high,
        "band_low": low,
        "basis": _basis(summary),
        "beyond_carnot_hours": round(summary.sums.beyond_carnot_s / 3600, 2),
        "coverage": rounded(summary.coverage),
        "electricity_kwh": kwh(summary.sums.paired_electricity_wh),
        "first_day": summary.first.isoformat(),
        "heat_kwh": kwh(summary.sums.heat_wh),
        "heat_method": max(shares, key=lambda method: shares[method], default=None),
        "last_day": summary.last.isoformat(),
        "method_shares": {
            method.value: round(share, 3) for method, share in shares.items()
        },
        "paired_days": rounded(summary.paired_days),
        "ratio": rounded(summary.cop),
        "uncertainty": rounded(summary.uncertainty),
        "unpaired_electricity_kwh": kwh(summary.unpaired_electricity_wh),
    }


def _boundary(boundary: MeteredBoundary) -> dict[str, object]:
    """Return the boundary, and what is counted differently from it."""
    return {
        "boundary": boundary.label,
        "boundary_extra": list(boundary.extra),
        "boundary_missing": list(boundary.missing),
    }


def _boundary_of(summary: PeriodSummary, now: MeteredBoundary) -> dict[str, object]:
    """Return the boundary of a period, or the share of each if there are several."""
    if len(boundaries := summary.boundaries) < 2:
        return _boundary(summary.boundary or now)
    shares = {key: round(part.share, 3) for key, part in boundaries.items()}
    return {"boundary": None, "boundaries": shares}


def _basis(summary: PeriodSummary) -> str:
    """Return what the figure may be called: that of a year, or of some days."""
    return "year" if summary.is_full_year else f"{summary.paired_days:.0f} days"


def _band(summary: PeriodSummary) -> tuple[float | None, float | None]:
    cop, uncertainty = summary.cop, summary.uncertainty
    if cop is None or uncertainty is None:
        return None, None
    return rounded(cop - uncertainty), rounded(cop + uncertainty)


def _ratio_sensor(
    key: str,
    ratio_fn: Callable[[Status], float | None],
    is_earned: Callable[[Status], bool],
    attributes_fn: Callable[[Status], Attributes],
    *,
    category: EntityCategory | None = None,
    enabled: bool = True,
) -> FigureDescription:
    """Describe a ratio that is there with its data, and shown once it is earned."""
    return FigureDescription(
        key=key,
        attributes_fn=attributes_fn,
        entity_category=category,
        entity_registry_enabled_default=enabled,
        exists_fn=lambda status: ratio_fn(status) is not None,
        suggested_display_precision=2,
        value_fn=lambda status: ratio_fn(status) if is_earned(status) else None,
    )


def _mode_sensor(key: str, mode: Mode, *, enabled: bool = True) -> FigureDescription:
    def ratio(status: Status) -> float | None:
        summary = _rolling_year(status)
        return summary.eer if mode is Mode.COOLING else summary.mode_cop(mode)

    def rests_on(status: Status) -> Attributes:
        summary = _rolling_year(status)
        sums = summary.sums.modes.get(mode, ModeSums())
        return _boundary_of(summary, status.snapshot.plant.boundary) | {
            "basis": _basis(summary),
            "electricity_kwh": kwh(sums.electricity_wh),
            "heat_kwh": kwh(sums.heat_wh),
            "paired_days": rounded(sums.seconds / DAY_S),
            "ratio": rounded(ratio(status)),
            "uncertainty": rounded(summary.mode_uncertainty(mode)),
        }

    return _ratio_sensor(
        key,
        ratio,
        lambda status: _rolling_year(status).has_earned_mode(Period.ROLLING_YEAR, mode),
        rests_on,
        enabled=enabled,
    )


def _rolling_year(status: Status) -> PeriodSummary:
    return status.summary(Period.ROLLING_YEAR)


def _without_backup_heater(status: Status) -> float | None:
    """Return the ratio without the backup heater; None where it was never in it."""
    if Part.BACKUP_HEATER not in status.snapshot.plant.metered:
        return None
    return _rolling_year(status).cop_without_backup_heater


def _backup_heater(status: Status) -> Attributes:
    """Return the boundary without the backup heater, and what is left out with it."""
    summary, metered = _rolling_year(status), status.snapshot.plant.metered
    return _boundary(boundary_of(metered - {Part.BACKUP_HEATER})) | {
        "basis": _basis(summary),
        "paired_days": rounded(summary.paired_days),
        "ratio": rounded(_without_backup_heater(status)),
        "backup_heater_electricity_kwh": kwh(summary.sums.backup_heater_electricity_wh),
        "backup_heater_heat_kwh": kwh(summary.sums.backup_heater_heat_wh),
    }


def _audited(status: Status) -> HeatPumpReading | None:
    reading = status.snapshot.reading
    if reading is None or (measured_at := reading.spf_measured_at) is None:
        return reading
    year = status.summary(Period.YEAR).first
    return reading if measured_at >= dt_util.start_of_local_day(year) else None


def _spf_difference(status: Status) -> float | None:
    jaz, reading = status.summary(Period.YEAR).cop, _audited(status)
    if jaz is None or reading is None or reading.spf_total is None:
        return None
    return jaz - reading.spf_total


def _audit(status: Status) -> Attributes:
    """Return both figures of this year, and the age of the maker's."""
    summary, reading = status.summary(Period.YEAR), _audited(status)
    ours = {
        "jaz": rounded(summary.cop),
        "jaz_heating": rounded(summary.mode_cop(Mode.HEATING)),
        "jaz_hot_water": rounded(summary.mode_cop(Mode.HOT_WATER)),
        "paired_days": rounded(summary.paired_days),
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


def _coverage_pct(status: Status) -> float | None:
    coverage = _rolling_year(status).coverage
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
    FOR_ALL(
        key="jaz_measured_days",
        entity_registry_enabled_default=False,
        device_class=SensorDeviceClass.DURATION,
        entity_category=EntityCategory.DIAGNOSTIC,
        native_unit_of_measurement=UnitOfTime.DAYS,
        suggested_display_precision=1,
        value_fn=lambda status: _rolling_year(status).paired_days,
    ),
    FOR_ALL(
        key="coverage",
        entity_category=EntityCategory.DIAGNOSTIC,
        native_unit_of_measurement=UnitOfRatio.PERCENTAGE,
        suggested_display_precision=1,
        value_fn=_coverage_pct,
    ),
    _mode_sensor("jaz_heating", Mode.HEATING),
    _mode_sensor("jaz_hot_water", Mode.HOT_WATER),
    _mode_sensor("eer", Mode.COOLING, enabled=False),
    _ratio_sensor(
        "jaz_without_backup_heater",
        _without_backup_heater,
        lambda status: _rolling_year(status).has_earned(Period.ROLLING_YEAR),
        _backup_heater,
        enabled=False,
    ),
    _ratio_sensor(
        "spf_difference",
        _spf_difference,
        lambda status: status.summary(Period.YEAR).has_earned(Period.YEAR),
        _audit,
        category=EntityCategory.DIAGNOSTIC,
        enabled=False,
    ),
)

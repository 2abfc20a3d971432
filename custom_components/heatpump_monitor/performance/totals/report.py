"""Reports a period, compared with another one or with the maker's figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from ...readings import HeatPumpReading, Mode
from ..heat.method_errors import heat_errors
from ..plant import Boundary, HeatMethod, Part, Plant
from ..rounding import kwh, rounded
from .periods import BoundaryPart, PeriodSummary

_COMPARED = (
    "electricity_kwh",
    "paired_electricity_kwh",
    "heat_kwh",
    "cop",
    "cop_without_backup_heater",
    "cooling_eer",
    "coverage",
    "starts",
    "run_hours",
    "mean_cycle_minutes",
    "defrosts",
    "outside_c",
    "cost",
    "grid_electricity_cost",
    "own_electricity_cost",
    "own_electricity_kwh",
    "own_electricity_share",
    "cost_per_kwh_heat",
    "co2_kg",
)
# Scales without a natural zero: a percentage of them has no meaning.
_WITHOUT_PERCENT = frozenset({"coverage", "outside_c", "own_electricity_share"})


@dataclass(frozen=True, kw_only=True, slots=True)
class ModeReport:
    """Paired energies of one mode; the heat of cooling is negative."""

    electricity_kwh: float
    heat_kwh: float
    cop: float | None
    uncertainty: float | None
    """By how much the COP, or the EER of cooling, can be off."""
    hours: float | None
    """None where only its energies are known."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """A period in figures; None is not known, shares are 0..1."""

    first: date
    """First local day."""
    last: date
    """Last local day, included."""
    elapsed_days: float
    """Length of the period so far, also before the set-up."""
    paired_days: float
    """Days for which electricity and heat are known."""
    is_full_year: bool
    """Whether the COP may be called a JAZ, and not only that of the paired days."""
    coverage: float | None
    electricity_kwh: float | None
    """All that the meter counted."""
    paired_electricity_kwh: float | None
    """The denominator of the COP."""
    unpaired_electricity_kwh: float | None
    """Electricity without known heat; that of cooling is not in it."""
    heat_kwh: float | None
    cop: float | None
    cop_low: float | None
    """The COP lies between this and the next."""
    cop_high: float | None
    own_uncertainty: float | None
    """By how much it can be off for reasons that other periods do not share."""
    boundary: Boundary | None
    """None if the period has several."""
    boundary_extra: tuple[Part, ...]
    """Parts that are counted beyond the boundary."""
    boundary_missing: tuple[Part, ...]
    """Parts that are not counted."""
    cop_without_backup_heater: float | None
    boundary_without_backup_heater: Boundary | None
    cooling_eer: float | None
    """Cold over the electricity of cooling; neither is part of the COP."""
    modes: Mapping[Mode, ModeReport]
    method_shares: Mapping[HeatMethod, float]
    """Share of the heat by each method."""
    method_errors: Mapping[HeatMethod, float]
    """By how much the heat of each of them can be off, as a share."""
    method_deviations: Mapping[HeatMethod, float]
    """Share by which each other method differs, for the same time."""
    starts: int | None
    run_hours: float | None
    mean_cycle_minutes: float | None
    defrosts: int | None
    hours_beyond_carnot: float | None
    """Paired time with a COP that cannot be true; it is counted all the same."""
    outside_c: float | None
    cost: float | None
    """Of the electricity that had a price, in the household's currency."""
    grid_electricity_cost: float | None
    """The part of the cost without own electricity."""
    own_electricity_cost: float | None
    own_electricity_kwh: float | None
    """Own electricity, as far as it is known."""
    own_electricity_share: float | None
    """Of the electricity that is split into own and that of the grid."""
    own_electricity_share_low: float | None
    """Whatever the rule, the share lies between this and the next."""
    own_electricity_share_high: float | None
    own_electricity_known_share: float | None
    """Of how much it is known, since there were meters for it."""
    priced_share: float | None
    cost_per_kwh_heat: float | None
    co2_kg: float | None
    co2_share: float | None
    """Share of the electricity whose CO2 intensity was known."""
    boundaries: Mapping[str, BoundaryPart] = field(default_factory=dict)
    """The parts by key of their boundary, if the period has several."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The difference of a figure from that of the other period."""

    absolute: float
    percent: float | None
    """Of the other period's; None if that is zero, or a scale without zero."""


@dataclass(frozen=True, kw_only=True, slots=True)
class VendorAudit:
    """Our figures since the first of January beside the maker's."""

    cop: float | None
    paired_days: float
    is_full_year: bool
    heating_cop: float | None
    hot_water_cop: float | None
    vendor_spf: float | None
    vendor_spf_heating: float | None
    vendor_spf_hot_water: float | None
    vendor_measured_at: datetime | None
    vendor_age_hours: float | None
    """How old the maker's figures are."""


def report(period: PeriodSummary, plant: Plant) -> Report:
    """Return the figures of a period, with the plant's heat errors and boundary."""
    period = replace(period, heat_errors=heat_errors(plant))
    sums, unpaired_wh = period.sums, period.unpaired_electricity_wh
    cop, off = period.cop, period.uncertainty
    metered, paired, watched = bool(sums.metered_s), bool(sums.paired_s), _saw(period)
    cycle_s, boundaries = period.mean_cycle_s, period.boundaries
    own_low, own_high = period.own_electricity_bounds
    low, high = (None, None) if cop is None or off is None else (cop - off, cop + off)
    # Without paired electricity it is that of the plant.
    boundary = period.boundary if boundaries else plant.boundary
    return Report(
        first=period.first,
        last=period.last,
        elapsed_days=round(period.elapsed_s / 86_400, 3),
        paired_days=round(period.paired_days, 3),
        is_full_year=period.is_full_year,
        coverage=rounded(period.coverage, 4),
        electricity_kwh=kwh(sums.electricity_wh) if metered else None,
        paired_electricity_kwh=kwh(sums.paired_electricity_wh) if paired else None,
        unpaired_electricity_kwh=kwh(unpaired_wh) if metered else None,
        heat_kwh=kwh(sums.heat_wh) if paired else None,
        cop=rounded(cop),
        cop_low=rounded(low),
        cop_high=rounded(high),
        own_uncertainty=rounded(period.own_uncertainty),
        boundary=boundary.label if boundary else None,
        boundary_extra=boundary.extra if boundary else (),
        boundary_missing=boundary.missing if boundary else (),
        cop_without_backup_heater=rounded(period.cop_without_backup_heater),
        boundary_without_backup_heater=(
            boundary.without(Part.BACKUP_HEATER).label if boundary else None
        ),
        cooling_eer=rounded(period.eer),
        modes={mode: _of_mode(period, mode) for mode in Mode if mode in sums.modes},
        method_shares=_rounded_shares(period.method_shares()),
        method_errors={
            method: period.heat_errors[method] for method in period.method_shares()
        },
        method_deviations=_rounded_shares(period.deviations()),
        starts=sums.starts if watched else None,
        run_hours=rounded(sums.run_s / 3600) if watched else None,
        mean_cycle_minutes=None if cycle_s is None else rounded(cycle_s / 60, 1),
        defrosts=sums.defrosts if watched else None,
        hours_beyond_carnot=rounded(sums.beyond_carnot_s / 3600) if paired else None,
        outside_c=rounded(period.outside_c, 1),
        cost=rounded(period.cost, 2),
        grid_electricity_cost=rounded(period.grid_cost, 2),
        own_electricity_cost=rounded(period.own_cost, 2),
        own_electricity_kwh=kwh(sums.own_wh) if sums.split_wh else None,
        own_electricity_share=rounded(period.own_electricity_share, 4),
        own_electricity_share_low=rounded(own_low, 4),
        own_electricity_share_high=rounded(own_high, 4),
        own_electricity_known_share=rounded(period.split_share, 4),
        priced_share=rounded(period.priced_share, 4),
        cost_per_kwh_heat=rounded(period.cost_per_kwh_heat, 4),
        co2_kg=rounded(period.co2_kg),
        co2_share=rounded(period.co2_share, 4),
        boundaries={
            key: BoundaryPart(
                round(part.share, 4), round(part.days, 3), rounded(part.cop)
            )
            for key, part in boundaries.items()
            if len(boundaries) > 1
        },
    )


def differences(figures: Report, other: Report) -> dict[str, Difference]:
    """Return the difference of each figure that both periods know."""
    return {
        name: _difference(name, value, before)
        for name in _COMPARED
        if (value := getattr(figures, name)) is not None
        and (before := getattr(other, name)) is not None
    }


def vendor_audit(
    year: PeriodSummary, reading: HeatPumpReading, now: datetime
) -> VendorAudit:
    """Return our figures since the first of January beside the maker's.

    Those that the unit last calculated in an earlier year are left out.
    """
    measured_at = reading.spf_measured_at
    if measured_at is not None and measured_at < year.start:
        reading, measured_at = HeatPumpReading(time=reading.time), None
    age = None if measured_at is None else now - measured_at
    return VendorAudit(
        cop=rounded(year.cop),
        paired_days=round(year.paired_days, 3),
        is_full_year=year.is_full_year,
        heating_cop=rounded(year.mode_cop(Mode.HEATING)),
        hot_water_cop=rounded(year.mode_cop(Mode.HOT_WATER)),
        vendor_spf=reading.spf_total,
        vendor_spf_heating=reading.spf_heating,
        vendor_spf_hot_water=reading.spf_hot_water,
        vendor_measured_at=measured_at,
        vendor_age_hours=None if age is None else round(age.total_seconds() / 3600, 1),
    )


def _saw(period: PeriodSummary) -> bool:
    """Return whether the compressor was watched; imported days have no starts."""
    return period.sums.run_s > 0 or set(period.sums.modes) == {Mode.STANDBY}


def _of_mode(period: PeriodSummary, mode: Mode) -> ModeReport:
    sums = period.sums.modes[mode]
    return ModeReport(
        electricity_kwh=kwh(sums.electricity_wh),
        heat_kwh=kwh(sums.heat_wh),
        cop=rounded(period.mode_cop(mode)),
        uncertainty=rounded(period.mode_uncertainty(mode)),
        hours=rounded(sums.seconds / 3600) if sums.seconds else None,
    )


def _rounded_shares(shares: Mapping[HeatMethod, float]) -> dict[HeatMethod, float]:
    return {method: round(share, 4) for method, share in shares.items()}


def _difference(name: str, value: float, before: float) -> Difference:
    absolute = value - before
    has_percent = before and name not in _WITHOUT_PERCENT
    return Difference(
        round(absolute, 4),
        round(absolute / abs(before) * 100, 1) if has_percent else None,
    )

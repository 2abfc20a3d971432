"""The outcomes as rows of a table, held against what is to be reached."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from simulator.state import Variant

from .drawn_report import DrawnRow
from .replay import Day, Figures, Outcome
from .table import as_markdown_table, as_text_table, percent

CLEAN = "clean"
MOST_ELECTRICITY_PCT = 0.1
MOST_JAZ_CLEAN_PCT = 0.5
MOST_JAZ_FAULTS_PCT = 1.0

_HEADERS = (
    "Heat pump",
    "Scenario",
    "Electricity: ours",
    "utility meter",
    "Energy dashboard",
    "integral",
    "Heat: ours",
    "integral",
    "True JAZ",
    "JAZ: ours",
    "integral / utility meter",
    "template COP",
    "Band",
    "holds the truth",
    "Coverage",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One line: errors in percent of the truth, None where there is no figure."""

    variant: Variant
    scenario: str
    is_day: bool = False
    """Whether it is a single local day, and not the whole time."""
    electricity_pct: float
    utility_meter_pct: float | None = None
    statistics_pct: float | None = None
    riemann_electricity_pct: float | None = None
    heat_pct: float
    riemann_heat_pct: float | None = None
    true_jaz: float
    jaz_pct: float | None
    helpers_jaz_pct: float | None = None
    template_cop_pct: float | None = None
    band_pct: float | None
    """By how much the JAZ says that it can be off, up or down."""
    coverage: float
    unpaired_electricity_kwh: float | None = None
    worst_day: str | None = None
    """The local day whose electricity is furthest off."""
    worst_day_electricity_pct: float | None = None
    worst_day_jaz: str | None = None
    worst_day_jaz_pct: float | None = None
    heat_by_method_kwh: dict[str, float] | None = None
    flags: dict[str, int] | None = None

    @property
    def band_holds(self) -> bool:
        """Return whether the true JAZ lies within what ours says of itself."""
        if self.jaz_pct is None or self.band_pct is None:
            return False
        # The band is of our figure, the error of the true one.
        return abs(self.jaz_pct) <= self.band_pct * (1 + self.jaz_pct / 100)

    def missed(self) -> Iterator[str]:
        """Yield what was to be reached and is not.

        The JAZ of a single day, and that of a unit that tells its heat by
        modulation only, is held against nothing but the band.
        """
        name = f"{self.variant}, {self.scenario}"
        if abs(self.electricity_pct) > MOST_ELECTRICITY_PCT:
            yield (
                f"{name}: electricity is off by {self.electricity_pct:+.3f} %, "
                f"allowed are {MOST_ELECTRICITY_PCT} %"
            )
        if not self.band_holds:
            yield f"{name}: the band does not hold the true JAZ"
        if self.variant is not Variant.AIR or self.is_day:
            return
        most = MOST_JAZ_CLEAN_PCT if self.scenario == CLEAN else MOST_JAZ_FAULTS_PCT
        if self.jaz_pct is None or abs(self.jaz_pct) > most:
            off = "unknown" if self.jaz_pct is None else f"off by {self.jaz_pct:+.3f} %"
            yield f"{name}: JAZ is {off}, allowed are {most} %"


def rows_of(variant: Variant, outcomes: Sequence[Outcome]) -> list[Row]:
    """Return a row for each scenario, and one for each day of 23 or 25 hours."""
    rows = [_row(variant, outcome) for outcome in outcomes]
    for outcome in outcomes:
        if outcome.scenario == CLEAN:
            rows += [_day_row(variant, day) for day in outcome.days if day.hours != 24]
    return rows


def as_text(rows: Sequence[Row]) -> str:
    """Return the rows as a table for a terminal."""
    return as_text_table(_HEADERS, [_cells(row) for row in rows])


def as_markdown(rows: Sequence[Row]) -> str:
    """Return the rows as a markdown table."""
    return as_markdown_table(_HEADERS, [_cells(row) for row in rows])


def as_json(rows: Iterable[Row | DrawnRow]) -> list[dict[str, object]]:
    """Return the rows as what JSON can hold."""
    return [asdict(row) for row in rows]


def _row(variant: Variant, outcome: Outcome) -> Row:
    metered_wh = outcome.metered.electricity_wh
    heat_wh, jaz = outcome.polled.heat_wh, outcome.polled.jaz
    ours, theirs = outcome.ours, outcome.theirs
    by_electricity = {
        _off(day.ours.electricity_wh, day.truth.electricity_wh): day
        for day in outcome.days
    }
    by_jaz = {
        _off(day.ours.jaz, day.truth.jaz): day
        for day in outcome.days
        if day.ours.jaz is not None
    }
    electricity_off = max(by_electricity, key=abs)
    jaz_off = max(by_jaz, key=abs)
    return Row(
        variant=variant,
        scenario=outcome.scenario,
        electricity_pct=_off(ours.electricity_wh, metered_wh),
        utility_meter_pct=_off(theirs.electricity_wh, metered_wh),
        statistics_pct=_off(outcome.statistics_electricity_wh, metered_wh),
        riemann_electricity_pct=_off(outcome.riemann_electricity_wh, metered_wh),
        heat_pct=_off(ours.heat_wh, heat_wh),
        riemann_heat_pct=_off(theirs.heat_wh, heat_wh) if theirs.heat_wh else None,
        true_jaz=jaz,
        jaz_pct=None if ours.jaz is None else _off(ours.jaz, jaz),
        helpers_jaz_pct=None if theirs.jaz is None else _off(theirs.jaz, jaz),
        template_cop_pct=(
            None if outcome.template_cop is None else _off(outcome.template_cop, jaz)
        ),
        band_pct=_band(outcome.ours, outcome.uncertainty),
        coverage=outcome.coverage,
        unpaired_electricity_kwh=outcome.unpaired_electricity_wh / 1000,
        worst_day=by_electricity[electricity_off].day.isoformat(),
        worst_day_electricity_pct=electricity_off,
        worst_day_jaz=by_jaz[jaz_off].day.isoformat(),
        worst_day_jaz_pct=jaz_off,
        heat_by_method_kwh={
            method.value: heat / 1000 for method, heat in outcome.methods_wh.items()
        },
        flags=dict(outcome.flags),
    )


def _day_row(variant: Variant, day: Day) -> Row:
    ours, truth = day.ours, day.truth
    return Row(
        variant=variant,
        scenario=f"{day.day}, {day.hours} h",
        is_day=True,
        electricity_pct=_off(ours.electricity_wh, truth.electricity_wh),
        heat_pct=_off(ours.heat_wh, truth.heat_wh),
        true_jaz=truth.jaz,
        jaz_pct=None if ours.jaz is None else _off(ours.jaz, truth.jaz),
        band_pct=_band(ours, day.uncertainty),
        coverage=day.coverage,
    )


def _band(ours: Figures, uncertainty: float | None) -> float | None:
    if uncertainty is None or not ours.jaz:
        return None
    return uncertainty / ours.jaz * 100


def _off(figure: float | None, truth: float) -> float:
    """Return by how many percent of the truth a figure is off."""
    return ((figure or 0.0) / truth - 1) * 100


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.variant.value,
        row.scenario,
        percent(row.electricity_pct),
        percent(row.utility_meter_pct),
        percent(row.statistics_pct),
        percent(row.riemann_electricity_pct),
        percent(row.heat_pct),
        percent(row.riemann_heat_pct),
        f"{row.true_jaz:.2f}",
        percent(row.jaz_pct),
        percent(row.helpers_jaz_pct),
        percent(row.template_cop_pct),
        "-" if row.band_pct is None else f"±{row.band_pct:.1f} %",
        "yes" if row.band_holds else "no",
        f"{row.coverage:.2%}",
    )

"""How often the band of a figure holds the truth, over many drawn plants.

Rated power, flow sensor, spread, and flow and ΔT of the brine are wrong here,
each plant's by an amount drawn from a normal distribution.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from random import Random
from statistics import fmean
import sys

from custom_components.heatpump_monitor.performance.plant import Plant, SourceKind
from custom_components.heatpump_monitor.readings import Mode

from .drawn_cases import Case, Limits, data_sheet, drawn_delivery, drawn_plant
from .drawn_replay import life_of, replay_case
from .drawn_report import DrawnRow, drawn_rows, holds
from .table import as_markdown_table, as_text_table

HOLDING_SHARE = 0.95
# Half as often as in the rows of `accuracy`: 400 plants take their time.
_METER_S = 60.0
# Standard deviations.
_RATED_ERROR = 0.05
_RATED_ERROR_WITH_POINTS = 0.02
_FLOW_ERROR = 0.025
_DELTA_T_OFFSET_K = 0.1
_BRINE_FLOW_ERROR = 0.05
_BRINE_DELTA_T_OFFSET_K = 0.1
# Of the owners of brine units, one in so many knows the flow of the brine.
_KNOWS_BRINE_FLOW = 3

_HEADERS = (
    "Heat pump",
    "Known by",
    "Plants",
    "JAZ: band holds",
    "mean band",
    "rms error",
    "Heating COP: band holds",
    "mean band",
    "rms error",
    "Hot-water COP: band holds",
    "mean band",
    "rms error",
    "Mean coverage",
)


@dataclass(frozen=True, slots=True)
class BandPlant:
    """A drawn plant, and how its heat is known."""

    case: Case
    known_by: str


@dataclass(frozen=True, slots=True)
class BandRow:
    """The row of a plant, and how its heat is known."""

    known_by: str
    row: DrawnRow


@dataclass(frozen=True, kw_only=True, slots=True)
class BandFigures:
    """One figure over many plants; those that do not know it are left out."""

    name: str
    plants: int
    holding: float
    """Share of the plants whose band holds the truth; none is as bad as a wrong one."""
    band_pct: float | None
    """Mean of the bands."""
    error_pct: float
    """Root of the mean square of the errors."""

    def missed(self) -> Iterator[str]:
        """Yield that too few bands hold the truth."""
        if self.plants and self.holding < HOLDING_SHARE:
            yield (
                f"the band of the {self.name} holds the truth of {self.holding:.1%}, "
                f"to be reached are {HOLDING_SHARE:.0%}"
            )


def band_plant(source: SourceKind, number: int) -> BandPlant:
    """Return a plant; of brine units every second owner gives data-sheet points.

    Every third knows the flow of the brine.
    """
    random = Random(f"bands {source} {number}")
    plant, delivery = drawn_plant(source, random), drawn_delivery(random)
    second = number % 2 == 1
    has_points = source is SourceKind.BRINE and second
    knows_flow = source is SourceKind.BRINE and number % _KNOWS_BRINE_FLOW == 0
    rated_sd = _RATED_ERROR_WITH_POINTS if has_points else _RATED_ERROR
    plant = replace(
        plant,
        rated_error=random.gauss(0.0, rated_sd),
        flow_error=random.gauss(0.0, _FLOW_ERROR),
        delta_t_offset_k=random.gauss(0.0, _DELTA_T_OFFSET_K),
        brine_delta_t_offset_k=random.gauss(0.0, _BRINE_DELTA_T_OFFSET_K),
    )
    stated_lph = plant.brine_flow_lph * (1 + random.gauss(0.0, _BRINE_FLOW_ERROR))
    if source is SourceKind.AIR:
        known_by = "flow and counters" if second else "flow"
    else:
        known_by = "combined" if knows_flow else "modulation"
        known_by += ", points" if has_points else ""
    case = Case(
        name=f"plant {number}",
        plant=plant,
        delivery=replace(delivery, has_heat_counters=second),
        limits=Limits(jaz_pct=None, mode_cop_pct=None),
        seed=number,
        owner=Plant(
            source=source,
            capacity_points=data_sheet(plant) if has_points else (),
            brine_flow_lph=stated_lph if knows_flow else None,
        ),
    )
    return BandPlant(case, known_by)


def measured_band(source: SourceKind, number: int) -> BandRow:
    """Return the row of one drawn plant, telling the progress on standard error."""
    drawn = band_plant(source, number)
    outcome = replay_case(drawn.case, life_of(drawn.case), meter_s=_METER_S)
    (row,) = drawn_rows([outcome])
    sys.stderr.write(f"{source}, {drawn.case.name}\n")
    return BandRow(drawn.known_by, row)


def band_figures(rows: Sequence[DrawnRow]) -> list[BandFigures]:
    """Return the figures of JAZ, heating and hot water over some plants."""
    return [
        _figures("JAZ", [(row.jaz_pct, row.band_pct) for row in rows]),
        *(
            _figures(
                f"{mode.value.replace('_', '-')} COP",
                [
                    (row.modes[mode].cop_pct, row.modes[mode].band_pct)
                    for row in rows
                    if mode in row.modes
                ],
            )
            for mode in (Mode.HEATING, Mode.HOT_WATER)
        ),
    ]


def bands_text(rows: Sequence[BandRow], *, markdown: bool) -> str:
    """Return a table with a line for each kind of heat pump and method."""
    table = as_markdown_table if markdown else as_text_table
    return table(_HEADERS, list(_lines(rows)))


def bands_missed(rows: Sequence[BandRow]) -> list[str]:
    """Return which bands hold the truth too seldom, by kind of heat pump."""
    return [
        f"{source}: {text}"
        for source in SourceKind
        for figures in band_figures(
            [one.row for one in rows if one.row.source is source]
        )
        for text in figures.missed()
    ]


def _figures(
    name: str, pairs: Iterable[tuple[float | None, float | None]]
) -> BandFigures:
    known = [(off, band) for off, band in pairs if off is not None]
    bands = [band for _, band in known if band is not None]
    count = len(known)
    return BandFigures(
        name=name,
        plants=count,
        holding=sum(holds(off, band) for off, band in known) / max(count, 1),
        band_pct=fmean(bands) if bands else None,
        error_pct=sqrt(sum(off**2 for off, _ in known) / max(count, 1)),
    )


def _lines(rows: Sequence[BandRow]) -> Iterator[tuple[str, ...]]:
    for source in SourceKind:
        of_source = [one for one in rows if one.row.source is source]
        for known_by in sorted({one.known_by for one in of_source}):
            group = [one.row for one in of_source if one.known_by == known_by]
            yield _line(source, known_by, group)
        if of_source:
            yield _line(source, "all", [one.row for one in of_source])


def _line(
    source: SourceKind, known_by: str, rows: Sequence[DrawnRow]
) -> tuple[str, ...]:
    cells = [source.value, known_by, str(len(rows))]
    for figures in band_figures(rows):
        band = "-" if figures.band_pct is None else f"±{figures.band_pct:.1f} %"
        cells += [f"{figures.holding:.1%}", band, f"{figures.error_pct:.1f} %"]
    return (*cells, f"{fmean(row.coverage for row in rows):.1%}")

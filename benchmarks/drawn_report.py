"""The outcomes of drawn plants as rows, held against what is to be reached."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from custom_components.heatpump_monitor.performance.plant import SourceKind
from custom_components.heatpump_monitor.readings import Mode

from .drawn_cases import Limits
from .drawn_replay import DrawnOutcome, ModeFigures
from .table import as_markdown_table, as_text_table, percent

MOST_MINUTES_UNTIL_FOUND = 60.0
_WINDOWS_WITHIN = 0.95
_MODES_WITH_LIMITS = (Mode.HEATING, Mode.HOT_WATER)
_SHORT_NAMES = {
    Mode.HEATING: "heating",
    Mode.HOT_WATER: "hot water",
    Mode.COOLING: "cooling",
    Mode.DEFROST: "defrost",
    Mode.STANDBY: "standby",
}

_HEADERS = (
    "Heat pump",
    "Drawn plant",
    "Electricity",
    "heating",
    "hot water",
    "other modes",
    "True JAZ",
    "JAZ",
    "moved",
    "Band",
    "Heating COP",
    "Band",
    "Hot-water COP",
    "Band",
    "95 % of windows",
    "Bands hold",
    "Coverage",
    "Found after",
    "False alarms",
    "Limits",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class ModeRow:
    """One mode: errors in percent of the truth."""

    electricity_pct: float
    """Of the mode's own; of all electricity for defrost and standby."""
    cop_pct: float | None
    band_pct: float | None
    """By how much the COP says that it can be off."""

    @property
    def band_holds(self) -> bool:
        """Return whether the truth lies within the band, if there is a COP."""
        return self.cop_pct is None or holds(self.cop_pct, self.band_pct)


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawnRow:
    """One line: errors in percent of the truth, None where there is no figure."""

    source: SourceKind
    case: str
    limits: Limits
    electricity_pct: float
    true_jaz: float
    jaz_pct: float | None
    band_pct: float | None
    moved_pct: float | None
    """By how much the JAZ differs from that of the case it is compared with."""
    modes: Mapping[Mode, ModeRow]
    windows_pct: float | None
    """Within this the hot-water COP of 95 % of the windows of 60 charges is off."""
    windows: int
    coverage: float
    methods: Mapping[str, float]
    minutes_until_found: float | None
    """The longest time that the compressor ran until old answers were found."""
    false_alarms: int
    polls_a_day: float
    flags: Mapping[str, int]

    @property
    def bands_hold(self) -> bool:
        """Return whether the truth lies within all bands."""
        return holds(self.jaz_pct, self.band_pct) and all(
            self.modes[mode].band_holds
            for mode in _MODES_WITH_LIMITS
            if mode in self.modes
        )

    def missed(self) -> Iterator[str]:
        """Yield what was to be reached and is not."""
        for text in self._missed():
            yield f"{self.source}, {self.case}: {text}"

    def _missed(self) -> Iterator[str]:
        limits = self.limits
        yield from _beyond("electricity", self.electricity_pct, limits.electricity_pct)
        yield from _beyond("JAZ", self.jaz_pct, limits.jaz_pct)
        if limits.moved_pct is not None:
            yield from _beyond("JAZ, moved,", self.moved_pct, limits.moved_pct)
        if limits.windows_pct is not None and self.windows:
            yield from _beyond(
                "hot-water COP in 95 % of windows", self.windows_pct, limits.windows_pct
            )
        for mode, row in self.modes.items():
            name = _SHORT_NAMES[mode]
            yield from _beyond(
                f"electricity of {name}",
                row.electricity_pct,
                limits.mode_electricity_pct,
            )
            if mode in _MODES_WITH_LIMITS:
                yield from _beyond(f"COP of {name}", row.cop_pct, limits.mode_cop_pct)
                if not row.band_holds:
                    yield f"the band does not hold the true COP of {name}"
        if limits.jaz_pct is not None and not holds(self.jaz_pct, self.band_pct):
            yield "the band does not hold the true JAZ"
        found = self.minutes_until_found
        if found is not None and found > MOST_MINUTES_UNTIL_FOUND:
            yield (
                f"old answers are found after {found:.0f} min of operation, "
                f"allowed are {MOST_MINUTES_UNTIL_FOUND:.0f}"
            )
        if self.false_alarms:
            yield f"{self.false_alarms} false alarms"


def holds(off_pct: float | None, band_pct: float | None) -> bool:
    """Return whether a band holds the truth that its figure is off from."""
    if off_pct is None or band_pct is None:
        return False
    # The band is of our figure, the error of the true one.
    return abs(off_pct) <= band_pct * (1 + off_pct / 100)


def drawn_rows(outcomes: Sequence[DrawnOutcome]) -> list[DrawnRow]:
    """Return a row for each outcome of one kind of heat pump."""
    by_name = {outcome.case.name: outcome for outcome in outcomes}
    return [_row(outcome, by_name) for outcome in outcomes]


def drawn_text(rows: Sequence[DrawnRow]) -> str:
    """Return the rows as a table for a terminal."""
    return as_text_table(_HEADERS, [_cells(row) for row in rows])


def drawn_markdown(rows: Sequence[DrawnRow]) -> str:
    """Return the rows as a markdown table."""
    return as_markdown_table(_HEADERS, [_cells(row) for row in rows])


def _row(outcome: DrawnOutcome, by_name: Mapping[str, DrawnOutcome]) -> DrawnRow:
    case, truth = outcome.case, outcome.truth
    base = None if case.compared_with is None else by_name.get(case.compared_with)
    moved_pct = None
    if base is not None and base.jaz is not None and outcome.jaz is not None:
        moved_pct = _off(outcome.jaz, base.jaz)
    sizes = sorted(map(abs, outcome.windows_pct))
    kinds = [flag.kind.value for flag in outcome.flags]
    return DrawnRow(
        source=case.plant.source,
        case=case.name,
        limits=case.limits,
        electricity_pct=_off(outcome.electricity_wh, outcome.metered_wh),
        true_jaz=truth.total.cop,
        jaz_pct=None if outcome.jaz is None else _off(outcome.jaz, truth.total.cop),
        band_pct=_band(outcome.uncertainty, outcome.jaz),
        moved_pct=moved_pct,
        modes={
            mode: _mode_row(mode, figures, truth.electricity_wh)
            for mode, figures in sorted(outcome.modes.items())
        },
        windows_pct=(
            sizes[max(round(_WINDOWS_WITHIN * len(sizes)) - 1, 0)] if sizes else None
        ),
        windows=len(sizes),
        coverage=outcome.coverage,
        methods={
            method.value: share for method, share in outcome.method_shares.items()
        },
        minutes_until_found=(
            max(outcome.found_after_s) / 60 if outcome.found_after_s else None
        ),
        false_alarms=outcome.false_alarms,
        polls_a_day=outcome.polls / case.days,
        flags={kind: kinds.count(kind) for kind in sorted(set(kinds))},
    )


def _mode_row(mode: Mode, figures: ModeFigures, all_wh: float) -> ModeRow:
    truth = figures.truth
    small = mode in (Mode.DEFROST, Mode.STANDBY)
    whole_wh = all_wh if small else truth.electricity_wh
    has_cop = not small and figures.cop is not None and truth.heat_wh
    return ModeRow(
        electricity_pct=(
            (figures.electricity_wh - truth.electricity_wh) / whole_wh * 100
            if whole_wh
            else 100.0
        ),
        cop_pct=_off(figures.cop or 0.0, truth.cop) if has_cop else None,
        band_pct=_band(figures.uncertainty, figures.cop),
    )


def _band(uncertainty: float | None, ratio: float | None) -> float | None:
    if uncertainty is None or not ratio:
        return None
    return uncertainty / ratio * 100


def _off(figure: float, truth: float) -> float:
    """Return by how many percent of the truth a figure is off."""
    return (figure / truth - 1) * 100


def _beyond(name: str, off_pct: float | None, most_pct: float | None) -> Iterator[str]:
    """Yield that a figure is unknown, or off by more than a limit."""
    if most_pct is None or (off_pct is not None and abs(off_pct) <= most_pct):
        return
    off = "unknown" if off_pct is None else f"off by {off_pct:+.2f} %"
    yield f"{name} is {off}, allowed are {most_pct} %"


def _cells(row: DrawnRow) -> tuple[str, ...]:
    heating, hot_water = row.modes.get(Mode.HEATING), row.modes.get(Mode.HOT_WATER)
    others = [
        mode_row.electricity_pct
        for mode, mode_row in row.modes.items()
        if mode not in _MODES_WITH_LIMITS
    ]
    limits = row.limits
    return (
        row.source.value,
        row.case,
        percent(row.electricity_pct),
        percent(heating.electricity_pct if heating else None),
        percent(hot_water.electricity_pct if hot_water else None),
        percent(max(others, key=abs, default=None)),
        f"{row.true_jaz:.2f}",
        percent(row.jaz_pct),
        percent(row.moved_pct),
        _width(row.band_pct),
        percent(heating.cop_pct if heating else None),
        _width(heating.band_pct if heating else None),
        percent(hot_water.cop_pct if hot_water else None),
        _width(hot_water.band_pct if hot_water else None),
        _width(row.windows_pct),
        "yes" if row.bands_hold else "no",
        f"{row.coverage:.2%}",
        "-"
        if row.minutes_until_found is None
        else f"{row.minutes_until_found:.0f} min",
        f"{row.false_alarms}",
        " / ".join(
            "-" if limit is None else f"{limit:g}"
            for limit in (limits.jaz_pct, limits.mode_cop_pct, limits.windows_pct)
        ),
    )


def _width(value: float | None) -> str:
    return "-" if value is None else f"±{value:.1f} %"

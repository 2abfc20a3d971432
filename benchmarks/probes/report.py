"""Tables of what a probe's engine said of simulated cooks, and the limits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.table import as_markdown_table, as_text_table
from custom_components.heatpump_monitor.probes.model import Approach

from .cooks import Kind
from .replay import WHEN, Glance, Watched

_MEDIAN_PCT: Final = dict(zip(WHEN, (50.0, 35.0, 30.0, 25.0, 30.0), strict=True))
"""Half of the errors are smaller, over all cooks."""
_BAND_PCT: Final = (75.0, 95.0)
"""The share of truths inside of [low, high], over all cooks."""
_KIND_BAND_PCT: Final = 60.0
_STALLED_PCT: Final = 75.0
"""Of the moments of a stall."""
_FALSE_STALL_PCT: Final = 6.0
"""Of all other moments of a smoke."""
_RUNG_TWICE_PCT: Final = 2.0
_STALL_K_PER_H: Final = 5.0
_NO_STALL_K_PER_H: Final = 8.0
"""Between the two, either word is right."""
_BEFORE_MIN: Final = {"30 min before": 8.0, "10 min before": 4.0}
"""Half of the errors are smaller, over all cooks, in minutes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ProbeRow:
    """The figures of one kind of cook, or of all."""

    name: str
    cooks: int
    known_pct: float
    errors_pct: dict[str, float | None]
    """Median error by moment, in percent of the true time left."""
    errors_min: dict[str, float | None]
    """The same in minutes."""
    worse_pct: float | None
    """The error that 8 of 10 do not exceed, over all moments."""
    band_pct: float | None
    """How often the truth is between `low_s` and `high_s`."""
    width: float | None
    """`high_s` over `low_s`, median."""
    straight_pct: float | None
    """Median error of a straight line through five minutes."""
    late_s: tuple[float, float] | None
    """Median and largest delay of the target's alarm; None if it never rang."""
    late: int
    """How many alarms rang later than noise, hold time and pace explain, or never."""
    twice_pct: float
    early: int
    """How many alarms rang with the target farther away than noise explains."""
    false: int
    session_pct: float
    stalled_pct: float | None
    false_stall_pct: float | None


def rows(watched: Sequence[Watched]) -> list[ProbeRow]:
    """Return a row of each kind, and one of all."""
    found = [
        _row(kind.value, [one for one in watched if one.kind is kind]) for kind in Kind
    ]
    return [*found, _row("all", watched)]


def missed(found: Sequence[ProbeRow]) -> list[str]:
    """Return what was not reached."""
    return [text for row in found for text in _missed(row, is_all=row is found[-1])]


def probes_text(found: Sequence[ProbeRow], *, markdown: bool) -> str:
    """Return the tables of errors and of alarms."""
    as_table = as_markdown_table if markdown else as_text_table
    errors = as_table(_ERROR_HEADS, [_error_cells(row) for row in found])
    alarms = as_table(_ALARM_HEADS, [_alarm_cells(row) for row in found])
    return f"{errors}\n\n{alarms}"


def _row(name: str, watched: Sequence[Watched]) -> ProbeRow:
    glances = [glance for one in watched for glance in one.glances]
    known = [glance for glance in glances if glance.said.remaining_s is not None]
    delays_s = [one.late_s for one in watched if one.late_s is not None]
    inside = [_is_inside(glance) for glance in known]
    widths = [_width(glance) for glance in known]
    stalled = [
        glance.said.approach is Approach.STALLED
        for glance in glances
        if glance.k_per_h is not None and abs(glance.k_per_h) < _STALL_K_PER_H
    ]
    others = [
        glance.said.approach is Approach.STALLED
        for glance in glances
        if glance.k_per_h is None or abs(glance.k_per_h) > _NO_STALL_K_PER_H
    ]
    return ProbeRow(
        name=name,
        cooks=len(watched),
        known_pct=100.0 * len(known) / max(len(glances), 1),
        errors_pct={
            when: _median([_error_pct(one) for one in known if one.when == when])
            for when in WHEN
        },
        errors_min={
            when: _median([_error_min(one) for one in known if one.when == when])
            for when in WHEN
        },
        worse_pct=_quantile([_error_pct(glance) for glance in known], 80.0),
        band_pct=_share_pct(inside),
        width=_median(widths),
        straight_pct=_median(
            [
                _off_pct(glance.straight_s, glance.left_s)
                for glance in known
                if glance.straight_s is not None
            ]
        ),
        late_s=(float(np.median(delays_s)), max(delays_s)) if delays_s else None,
        late=sum(one.is_late for one in watched),
        twice_pct=_share_pct([one.is_double for one in watched]) or 0.0,
        early=sum(one.early_k > 1.0 for one in watched),
        false=sum(len(one.false) for one in watched),
        session_pct=_share_pct([one.has_session for one in watched]) or 0.0,
        stalled_pct=_share_pct(stalled),
        false_stall_pct=_share_pct(others) if stalled else None,
    )


def _missed(row: ProbeRow, *, is_all: bool) -> Iterator[str]:
    if row.late or row.early or row.false:
        yield (
            f"{row.name}: {row.late} target alarms too late, {row.early} too early, "
            f"{row.false} false alarms"
        )
    if row.twice_pct > _RUNG_TWICE_PCT and is_all:
        yield f"{row.name}: {row.twice_pct:.1f} % rang twice"
    if row.band_pct is not None and row.band_pct < _KIND_BAND_PCT:
        yield f"{row.name}: {row.band_pct:.0f} % inside the band"
    if is_all:
        yield from _missed_overall(row)


def _missed_overall(row: ProbeRow) -> Iterator[str]:
    for when in WHEN:
        error_pct = row.errors_pct.get(when)
        if error_pct is None or error_pct > _MEDIAN_PCT[when]:
            yield f"{when}: median error {_number(error_pct)} %"
    for when, most_min in _BEFORE_MIN.items():
        error_min = row.errors_min.get(when)
        if error_min is None or error_min > most_min:
            yield f"{when}: median error {_number(error_min)} min"
    if row.band_pct is None or not _BAND_PCT[0] <= row.band_pct <= _BAND_PCT[1]:
        yield f"all: {_number(row.band_pct)} % inside the band"
    if row.stalled_pct is None or row.stalled_pct < _STALLED_PCT:
        yield f"all: {_number(row.stalled_pct)} % of stalls recognised"
    if row.false_stall_pct is None or row.false_stall_pct > _FALSE_STALL_PCT:
        yield f"all: {_number(row.false_stall_pct)} % false stalls"


def _error_pct(glance: Glance) -> float:
    assert glance.said.remaining_s is not None
    return _off_pct(glance.said.remaining_s, glance.left_s)


def _off_pct(said_s: float, left_s: float) -> float:
    """Return an error by its ratio: half as long is as wrong as twice as long."""
    ratio = max(said_s, 30.0) / max(left_s, 30.0)
    return 100.0 * (max(ratio, 1 / ratio) - 1)


def _error_min(glance: Glance) -> float:
    assert glance.said.remaining_s is not None
    return abs(glance.said.remaining_s - glance.left_s) / 60.0


def _is_inside(glance: Glance) -> bool:
    low_s, high_s = glance.said.low_s, glance.said.high_s
    assert low_s is not None
    assert high_s is not None
    return low_s <= glance.left_s <= high_s


def _width(glance: Glance) -> float:
    low_s, high_s = glance.said.low_s, glance.said.high_s
    assert low_s is not None
    assert high_s is not None
    return high_s / max(low_s, 60.0)


def _median(values: Sequence[float]) -> float | None:
    return _quantile(values, 50.0)


def _quantile(values: Sequence[float], percentage: float) -> float | None:
    if not values:
        return None
    return float(np.percentile(np.array(values), percentage))


def _share_pct(values: Sequence[bool]) -> float | None:
    return 100.0 * sum(values) / len(values) if values else None


def _number(value: float | None, digits: int = 0) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


_ERROR_HEADS: Final = (
    "cook",
    "cooks",
    *(f"{when}, %" for when in WHEN),
    "30 min before, min",
    "10 min before, min",
    "8 of 10 within, %",
    "inside [low, high], %",
    "high / low",
    "a number is given, %",
    "straight line, %",
)
_ALARM_HEADS: Final = (
    "cook",
    "cooks",
    "target rang late, s",
    "at most, s",
    "too late",
    "too early",
    "rang twice, %",
    "false alarms",
    "session by rise, %",
    "stall recognised, %",
    "false stall, %",
)


def _error_cells(row: ProbeRow) -> list[str]:
    return [
        row.name,
        str(row.cooks),
        *(_number(row.errors_pct[when]) for when in WHEN),
        *(_number(row.errors_min[when], 1) for when in _BEFORE_MIN),
        _number(row.worse_pct),
        _number(row.band_pct),
        _number(row.width, 1),
        _number(row.known_pct),
        _number(row.straight_pct),
    ]


def _alarm_cells(row: ProbeRow) -> list[str]:
    late_s = row.late_s or (None, None)
    return [
        row.name,
        str(row.cooks),
        _number(late_s[0]),
        _number(late_s[1]),
        str(row.late),
        str(row.early),
        _number(row.twice_pct, 1),
        str(row.false),
        _number(row.session_pct),
        _number(row.stalled_pct),
        _number(row.false_stall_pct, 1),
    ]

"""The outcomes as rows of a table, each held against what is asked."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean, median

from benchmarks.table import as_markdown_table, as_text_table
from custom_components.heatpump_monitor.changes.model import Change
from custom_components.heatpump_monitor.performance.effect.result import Touched
from simulator.state import Variant

from .coverage import ASKED_SHARE, Coverage
from .fitting import Agreement
from .life import (
    PLAN,
    WEAR,
    Energies,
    Lived,
    Look,
    beside,
    found_after,
    others,
    true_ratio,
)
from .winter import FAULTS, HEALTHY, WinterRow

_HEADERS = ("part", "figure", "asked", "measured")


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One figure, and what is asked of it."""

    part: str
    figure: str
    asked: str
    measured: str
    is_missed: bool = False

    @property
    def missed(self) -> str | None:
        """Return what was missed; None if nothing was."""
        if not self.is_missed:
            return None
        return f"{self.part}, {self.figure}: {self.measured}, asked {self.asked}"


def table(rows: Iterable[Row], *, markdown: bool) -> str:
    """Return the rows as a table."""
    make = as_markdown_table if markdown else as_text_table
    return make(
        _HEADERS, [(row.part, row.figure, row.asked, row.measured) for row in rows]
    )


def life_rows(
    planned: Lived,
    healthy: Lived,
    changed: Mapping[Touched, Mapping[date, Energies]],
) -> Iterator[Row]:
    """Yield what became of the two lives of a heat pump.

    Args:
        planned: With changes and faults.
        healthy: Without.
        changed: The truth of a healthy one that had the changes from its beginning.
    """
    part = f"two years, {planned.variant}"
    asked = [each.logged_as for each in PLAN]
    entries = [each.item for each in planned.entries]
    yield Row(
        part=part,
        figure="entries of the log",
        asked=", ".join(asked),
        measured=_entries(planned.entries),
        is_missed=entries != asked,
    )
    for look in planned.looks:
        yield _look(part, look, true_ratio(look, healthy.truth, changed))
    for wear in WEAR:
        after = found_after(planned, wear)
        yield Row(
            part=part,
            figure=wear.name,
            asked=" or ".join(sorted(wear.told_by)),
            measured=_days(after),
            is_missed=after is None,
        )
    also = Counter(each.key.value for each in beside(planned, WEAR))
    yield Row(
        part=part,
        figure="also, while a fault lasts",
        asked="-",
        measured=_counted(also) or "none",
    )
    unexplained = [each.key.value for each in others(planned, WEAR)]
    yield _none(part, "other alarms", unexplained)
    part = f"healthy two years, {healthy.variant}"
    yield _none(part, "entries of the log", [each.item for each in healthy.entries])
    yield _none(part, "alarms", [each.key.value for each in healthy.alarms])


def _look(part: str, look: Look, truth: float) -> Row:
    figure = f"{look.name} after {look.days_after} days"
    asked = f"holds {_percent(truth)}"
    if (ratio := look.ratio) is None:
        return Row(
            part=part,
            figure=figure,
            asked=asked,
            measured=look.verdict.value,
            is_missed=True,
        )
    interval = f"{_percent(ratio.low)} to {_percent(ratio.high)}"
    return Row(
        part=part,
        figure=figure,
        asked=asked,
        measured=f"{_percent(ratio.value)} ({interval}), {look.verdict}",
        is_missed=not ratio.low <= truth <= ratio.high,
    )


def model_rows(found: Iterable[Agreement]) -> Iterator[Row]:
    """Yield how far the daily model agrees with full simulation."""
    for each in found:
        tolerance = (
            f"{each.tolerance:.0%}" if each.relative else f"{each.tolerance:.2f}"
        )
        low, high = min(each.simulated), max(each.simulated)
        simulated = f"{fmean(each.simulated):#.3g} ({low:#.3g} to {high:#.3g})"
        yield Row(
            part="daily model",
            figure=each.name,
            asked=f"{simulated} within {tolerance}",
            measured=f"{fmean(each.modelled):#.3g}",
            is_missed=not each.agrees,
        )


def coverage_rows(found: Iterable[Coverage]) -> Iterator[Row]:
    """Yield how often the truth is within the interval, and what else was said."""
    for each in found:
        said = (
            f"{each.holding:.1%} ±{each.error:.1%}; right {each.right:.0%}, "
            f"not seen {each.not_seen:.0%}, wrong {each.wrong:.1%}; "
            f"±{each.half_width:.1%}"
        )
        yield Row(
            part=f"{each.winters} drawn winters",
            figure=f"{each.case.name}, {each.before}+{each.after} days",
            asked=f"holds {ASKED_SHARE:.0%}" if each.case.is_asked else "-",
            measured=said,
            is_missed=each.case.is_asked and each.holding < ASKED_SHARE,
        )


def winter_rows(rows: Sequence[WinterRow]) -> Iterator[Row]:
    """Yield how soon faults were found in full simulations, and what was false."""
    for variant in Variant:
        own = [row for row in rows if row.variant == variant]
        healthy = [row for row in own if row.name == HEALTHY]
        if not healthy:
            continue
        part = f"{len(healthy)} winters, {variant}"
        false = [key for row in healthy for key in row.others]
        yield _none(part, "healthy: alarms", false)
        for fault in FAULTS:
            same = [row for row in own if row.name == fault.name]
            if same:
                yield _fault(part, same)


def _fault(part: str, rows: Sequence[WinterRow]) -> Row:
    days = [row.found_after_h / 24 for row in rows if row.found_after_h is not None]
    measured = f"{len(days)} of {len(rows)}"
    if days:
        measured += f", median {median(days):.1f} d, latest {max(days):.1f} d"
    beside = Counter(key for row in rows for key in row.others)
    if beside:
        measured += f"; also {_counted(beside)}"
    asked_days = rows[0].asked_days
    return Row(
        part=part,
        figure=rows[0].name,
        asked="-" if asked_days is None else f"all within {asked_days} d",
        measured=measured,
        is_missed=asked_days is not None
        and (len(days) < len(rows) or max(days) > asked_days),
    )


def _none(part: str, figure: str, found: Sequence[str]) -> Row:
    return Row(
        part=part,
        figure=figure,
        asked="none",
        measured=_counted(Counter(found)) or "none",
        is_missed=bool(found),
    )


def _counted(found: Counter[str]) -> str:
    return ", ".join(f"{key} {count}x" for key, count in sorted(found.items()))


def _entries(entries: Iterable[Change]) -> str:
    return ", ".join(f"{each.item} {each.old} -> {each.new}" for each in entries)


def _percent(ratio: float) -> str:
    return f"{100 * (ratio - 1):+.1f} %"


def _days(time: timedelta | None) -> str:
    return "not found" if time is None else f"after {time / timedelta(days=1):.1f} d"

"""What a database returns, compared with what was committed."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
import json
from math import isclose
from typing import Final

from custom_components.heatpump_monitor.exporter.point import Point

_PRECISION: Final = 2e-14
"""VictoriaMetrics keeps 15 decimal digits, InfluxDB all."""

type Series = tuple[str, frozenset[tuple[str, str]]]
"""Measurement and field, joined by an underscore, and the tags."""
type Samples = dict[Series, list[tuple[int, float]]]
"""What a query returns: times in ms with values, by series."""
type Values = dict[tuple[Series, int], float]
"""Values by series and time in ms."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """How what was stored differs from what was committed."""

    cycles: int
    values: int
    """That were committed."""
    missing: int
    wrong: int
    twice: int
    foreign: int
    """Never committed."""
    torn: int
    """Cycles that were not said to be committed and are there in part."""

    @property
    def is_exact(self) -> bool:
        """Return whether each value is there exactly once, and nothing else."""
        return not (
            self.missing or self.wrong or self.twice or self.foreign or self.torn
        )


def verdict(
    committed: Collection[int],
    unsure: Collection[int],
    values_of: Callable[[int], Values],
    stored: Samples,
) -> Verdict:
    """Compare value by value.

    Args:
        committed: The cycles that were said to be committed.
        unsure: Those after which the process was killed: all of it or nothing.
        values_of: Returns the values of a cycle.
        stored: What the database returns.
    """
    found, counts = _by_time(stored)
    missing = wrong = values = torn = 0
    for cycle in committed:
        wanted = values_of(cycle)
        values += len(wanted)
        missing += sum(at not in found for at in wanted)
        wrong += sum(not _is_same(found.pop(at, it), it) for at, it in wanted.items())
    for cycle in unsure:
        wanted = values_of(cycle)
        there = [
            _is_same(found.pop(at), it) for at, it in wanted.items() if at in found
        ]
        torn += bool(there) and (not all(there) or len(there) < len(wanted))
    return Verdict(
        cycles=len(committed),
        values=values,
        missing=missing,
        wrong=wrong,
        twice=sum(count > 1 for count in counts.values()),
        foreign=len(found),
        torn=torn,
    )


def tagged_values(points: Iterable[Point]) -> Values:
    """Return the values of points as databases with tags have them."""
    return {
        (
            (f"{each.measurement}_{name}", frozenset(each.tags.items())),
            round(each.time.timestamp() * 1000),
        ): value
        for each in points
        for name, value in each.fields.items()
    }


def emoncms_values(lines: Iterable[str]) -> Values:
    """Return the values of lines as emoncms has them, in inputs of nodes."""
    return {
        ((f"{node}_{name}", frozenset()), time_s * 1000): value
        for time_s, node, *inputs in map(json.loads, lines)
        for each in inputs
        for name, value in each.items()
    }


def _is_same(found: float, wanted: float) -> bool:
    return isclose(found, wanted, rel_tol=_PRECISION, abs_tol=0.0)


def _by_time(stored: Samples) -> tuple[Values, Counter[tuple[Series, int]]]:
    found: Values = {}
    counts: Counter[tuple[Series, int]] = Counter()
    for series, samples in stored.items():
        for time_ms, value in samples:
            found[series, time_ms] = value
            counts[series, time_ms] += 1
    return found, counts

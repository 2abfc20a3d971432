"""What `script/benchmark export` says of what a database returns."""

from datetime import UTC, datetime

import pytest

from benchmarks.export.durability.verdict import (
    Samples,
    Values,
    Verdict,
    tagged_values,
    verdict,
)
from benchmarks.export.figures import Figure
from benchmarks.export.home import Home

HOME = Home(name="home", start=datetime(2026, 1, 15, tzinfo=UTC))
CYCLES = range(3)


def values_of(cycle: int) -> Values:
    """Return the values of a cycle."""
    return tagged_values(HOME.points(cycle))


def stored(*cycles: int) -> Samples:
    """Return what a database has of cycles."""
    found: Samples = {}
    for cycle in cycles:
        for (series, time_ms), value in values_of(cycle).items():
            found.setdefault(series, []).append((time_ms, value))
    return found


def judged(samples: Samples, unsure: tuple[int, ...] = ()) -> Verdict:
    """Return the verdict on what is stored of the cycles."""
    return verdict(CYCLES, unsure, values_of, samples)


def test_all_there() -> None:
    """What is there once and right is exact."""
    found = judged(stored(0, 1, 2))
    assert found.is_exact
    assert found.values == sum(len(values_of(cycle)) for cycle in CYCLES)


def test_missing() -> None:
    """A lost cycle is missing."""
    found = judged(stored(0, 2))
    assert found.missing == len(values_of(1))
    assert not found.is_exact


def test_wrong() -> None:
    """A changed value is wrong, not missing."""
    samples = stored(0, 1, 2)
    series, [(time_ms, value), *others] = next(iter(samples.items()))
    samples[series] = [(time_ms, value * (1 + 1e-9) + 1e-9), *others]
    found = judged(samples)
    assert (found.wrong, found.missing) == (1, 0)
    assert not found.is_exact


def test_twice() -> None:
    """A value that a query returns twice is found."""
    found = judged(stored(0, 1, 1, 2))
    assert found.twice == len(values_of(1))
    assert not found.is_exact


def test_never_committed() -> None:
    """What nobody committed is found, unless the export was killed just then."""
    assert judged(stored(0, 1, 2, 3)).foreign == len(values_of(3))
    assert judged(stored(0, 1, 2, 3), unsure=(3,)).is_exact
    assert judged(stored(0, 1, 2), unsure=(3,)).is_exact


def test_torn() -> None:
    """A cycle that is there in part was not committed at once."""
    samples = stored(0, 1, 2, 3)
    samples[next(iter(samples))].pop()
    found = judged(samples, unsure=(3,))
    assert found.torn == 1
    assert not found.is_exact


@pytest.mark.parametrize(("value", "is_missed"), [(59.0, False), (61.0, True)])
def test_limit(value: float, is_missed: bool) -> None:
    """A figure over its limit is named."""
    figure = Figure(part="backlog", name="time", value=value, unit="s", most=60.0)
    assert (figure.missed is not None) is is_missed

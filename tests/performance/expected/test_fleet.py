"""Where a heat pump stands among others, by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, strategies as st
import pytest

from custom_components.heatpump_monitor.performance.expected.fleet import (
    Standing,
    Unknown,
    standing,
)
from custom_components.heatpump_monitor.performance.expected.fleet_table import (
    PERCENTS,
    TABLE,
)
from custom_components.heatpump_monitor.performance.plant import (
    Boundary,
    Part,
    SourceKind,
    boundary_of,
)
from custom_components.heatpump_monitor.performance.segments import Quantity
from custom_components.heatpump_monitor.performance.totals.ledger import (
    Bucket,
    ModeSums,
)
from custom_components.heatpump_monitor.performance.totals.periods import PeriodSummary
from custom_components.heatpump_monitor.readings import Mode

ALL = boundary_of(frozenset(Part))
NO_PUMPS = boundary_of(frozenset(Part) - {Part.CIRCULATION_PUMPS})
START = datetime(2025, 7, 1, tzinfo=UTC)


def _year(cop: float, lift_k: float = 26.0, days: float = 360) -> PeriodSummary:
    heat_wh = 1e7
    means = {Quantity.SUPPLY_C: 8 + lift_k, Quantity.OUTSIDE_C: 8.0}
    sums = Bucket(
        paired_electricity_wh=heat_wh / cop,
        heat_wh=heat_wh,
        paired_s=days * 86_400,
        modes={Mode.HEATING: ModeSums.of(heat_wh / cop, heat_wh, 1e7, means)},
    )
    end = START + timedelta(days=365)
    return PeriodSummary(
        first=date(2025, 7, 1),
        last=date(2026, 6, 30),
        start=START,
        counted_from=START,
        end=end,
        sums=sums,
    )


def _standing(cop: float, lift_k: float = 26.0) -> Standing:
    return standing(_year(cop, lift_k), SourceKind.AIR, ALL)


def test_by_hand() -> None:
    """At a lift of the table, and halfway between two."""
    rows = {row[0]: row[2] for row in TABLE[SourceKind.AIR, Boundary.H4]}
    median, upper = (rows[26.0][PERCENTS.index(each)] for each in (50, 75))
    assert _standing(median).percentile == pytest.approx(50)
    assert _standing((median + upper) / 2).percentile == pytest.approx(62.5)
    between = (median + rows[28.0][PERCENTS.index(50)]) / 2
    found = _standing(between, 27.0)
    assert found.percentile == pytest.approx(50)
    assert found.median_cop == pytest.approx(between)
    assert found.unknown is None
    assert _standing(1.5).percentile == 5
    assert _standing(9.0).percentile == 95


@given(st.floats(2.5, 5.5), st.floats(2.5, 5.5), st.floats(22, 34))
def test_better_is_never_lower(one: float, other: float, lift_k: float) -> None:
    """A higher COP at the same lift, or the same at a larger one, is no worse."""
    low, high = (_standing(each, lift_k) for each in sorted((one, other)))
    larger = _standing(max(one, other), min(lift_k + 1, 34))
    percentiles = low.percentile, high.percentile, larger.percentile
    known = [each for each in percentiles if each is not None]
    assert known == sorted(known)
    assert len(known) == 3


def test_unknown() -> None:
    """Each reason for which there is no percentile."""
    year, air = _year(4.0), SourceKind.AIR
    no_supply = replace(year, sums=replace(year.sums, modes={}))
    asked = {
        Unknown.NO_YEAR: standing(_year(4.0, days=300), air, ALL),
        Unknown.NO_SOURCE: standing(year, None, ALL),
        Unknown.BOUNDARY: standing(
            year, air, boundary_of(frozenset({Part.COMPRESSOR, Part.BACKUP_HEATER}))
        ),
        Unknown.NO_TEMPERATURES: standing(no_supply, air, ALL),
        Unknown.FEW_SYSTEMS: standing(year, SourceKind.BRINE, ALL),
        Unknown.OUT_OF_RANGE: standing(_year(4.0, 50.0), air, ALL),
    }
    assert {reason: each.unknown for reason, each in asked.items()} == dict(
        zip(Unknown, Unknown, strict=True)
    )
    assert all(each.percentile is None for each in asked.values())
    assert asked[Unknown.FEW_SYSTEMS].systems == 3
    assert standing(year, air, NO_PUMPS).unknown is Unknown.FEW_SYSTEMS

"""Thermal power at other operating points than the rated one."""

from dataclasses import replace

from hypothesis import given, strategies as st
import pytest

from custom_components.heatpump_monitor.performance.heat.capacity import (
    GENERIC,
    RATED_ONLY,
    STARTUP_S,
    CapacityMap,
    fitted,
    startup_s,
)
from custom_components.heatpump_monitor.performance.plant import (
    CapacityPoint,
    SourceKind,
)

RATED_W = 8000.0
SOURCES_C = st.floats(-15, 15)
SUPPLIES_C = st.floats(25, 60)
POINTS = st.lists(
    st.builds(CapacityPoint, SOURCES_C, SUPPLIES_C, st.floats(3000, 14_000)),
    min_size=1,
    max_size=4,
)
KINDS = st.sampled_from(list(SourceKind))


def misfit(
    map_: CapacityMap, generic: CapacityMap, points: list[CapacityPoint]
) -> float:
    """Return what the fit minimises: squares over their standard deviations."""
    return (
        ((map_.factor - generic.factor) / 0.05) ** 2
        + ((map_.per_source_k - generic.per_source_k) / 0.004) ** 2
        + ((map_.per_supply_k - generic.per_supply_k) / 0.0015) ** 2
        + sum(
            (
                (
                    map_.factor
                    + map_.per_source_k * (point.source_c - generic.rated_source_c)
                    + map_.per_supply_k * (point.supply_c - 35)
                    - point.heat_w / RATED_W
                )
                / 0.01
            )
            ** 2
            for point in points
        )
    )


@pytest.mark.parametrize(
    ("kind", "source_c", "supply_c", "share"),
    [
        (SourceKind.BRINE, 0.0, 35.0, 1.0),
        (SourceKind.BRINE, 10.0, 35.0, 1.28),
        (SourceKind.BRINE, 0.0, 55.0, 0.916),
        (SourceKind.AIR, 2.0, 35.0, 1.0),
        (SourceKind.AIR, -8.0, 45.0, 0.723),
        # What is not known counts as rated; no map goes down to nothing.
        (SourceKind.AIR, None, None, 1.0),
        (SourceKind.AIR, -40.0, 35.0, 0.3),
    ],
)
def test_share_of_rated_power(
    kind: SourceKind, source_c: float | None, supply_c: float | None, share: float
) -> None:
    """The generic slopes give the share by source and supply temperature."""
    assert GENERIC[kind].share(source_c, supply_c) == pytest.approx(share)
    assert RATED_ONLY.share(source_c, supply_c) == 1.0


@given(KINDS, st.lists(st.tuples(SOURCES_C, SUPPLIES_C), max_size=4))
def test_points_on_the_generic_map_give_it_back(
    kind: SourceKind, places: list[tuple[float, float]]
) -> None:
    """A data sheet that says the same changes nothing."""
    generic = GENERIC[kind]
    points = [
        CapacityPoint(
            source_c,
            supply_c,
            RATED_W
            * (
                1
                + generic.per_source_k * (source_c - generic.rated_source_c)
                + generic.per_supply_k * (supply_c - 35)
            ),
        )
        for source_c, supply_c in places
    ]
    found = fitted(generic, points, RATED_W)
    assert found.factor == pytest.approx(1.0)
    assert found.per_source_k == pytest.approx(generic.per_source_k)
    assert found.per_supply_k == pytest.approx(generic.per_supply_k)


@given(KINDS, POINTS, st.sampled_from(["factor", "per_source_k", "per_supply_k"]))
def test_fit_is_the_least_of_squares(
    kind: SourceKind, points: list[CapacityPoint], name: str
) -> None:
    """No map next to the fitted one has a smaller sum of squares."""
    generic = GENERIC[kind]
    found = fitted(generic, points, RATED_W)
    least = misfit(found, generic, points)
    for step in (1e-3, -1e-3):
        value: float = getattr(found, name) + step
        other = replace(found, **{name: value})
        assert misfit(other, generic, points) > least


@given(st.floats(0, 3600), st.floats(0, 3600), st.floats(0, 3600))
def test_start_up_adds_up(first_s: float, second_s: float, third_s: float) -> None:
    """Parts of a run make as much as the whole, and never more than full heat."""
    start_s, middle_s, end_s = sorted((first_s, second_s, third_s))
    whole_s = startup_s(start_s, end_s)
    parts_s = startup_s(start_s, middle_s) + startup_s(middle_s, end_s)
    assert parts_s == pytest.approx(whole_s, abs=1e-6)
    assert -1e-6 <= whole_s <= end_s - start_s + 1e-6


def test_long_run_loses_the_start_up() -> None:
    """A run loses its time constant, and nothing after some minutes."""
    assert startup_s(0, 3600) == pytest.approx(3600 - STARTUP_S)
    assert startup_s(1800, 3600) == pytest.approx(1800)

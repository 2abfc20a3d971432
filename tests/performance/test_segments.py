"""Heat by the segments of an interval."""

from hypothesis import given, strategies as st
import pytest

from custom_components.heatpump_monitor.performance.segments import Heat, Segment
from custom_components.heatpump_monitor.readings import Mode

from .builders import at

SEGMENTS = [
    Segment(start=at(0), end=at(100), mode=Mode.HEATING),
    Segment(start=at(100), end=at(300), mode=Mode.COOLING),
    Segment(start=at(300), end=at(400), mode=Mode.STANDBY),
]
WH = st.floats(-5000, 5000)


def test_split_by_weights() -> None:
    """A sum is split by weights, evenly where there are none."""
    assert Heat.split(90.0, (1.0, 2.0)).by_segment_wh == (30.0, 60.0)
    assert Heat.split(90.0, (0.0, 0.0)).by_segment_wh == (45.0, 45.0)


@given(st.lists(WH, min_size=3, max_size=3), WH)
def test_correction_reaches_the_sum(parts_wh: list[float], total_wh: float) -> None:
    """All segments, or all but those that cool, add up to the sum asked for."""
    heat = Heat(tuple(parts_wh))
    assert heat.corrected_to(total_wh).total_wh == pytest.approx(total_wh, abs=1e-6)
    corrected = heat.corrected_to(total_wh, SEGMENTS)
    assert corrected.outside_wh(Mode.COOLING, SEGMENTS) == pytest.approx(
        total_wh, abs=1e-6
    )
    assert corrected.by_segment_wh[1] == parts_wh[1]


def test_cold_alone_is_left_as_it_is() -> None:
    """There is no segment that could take a correction."""
    heat = Heat((-500.0,))
    assert heat.corrected_to(300.0, SEGMENTS[1:2]) == heat


def test_scaled() -> None:
    """Every segment is scaled, and the sum with them."""
    assert Heat((10.0, -4.0)).scaled(0.5).total_wh == 3.0
    assert SEGMENTS[1].seconds == 200

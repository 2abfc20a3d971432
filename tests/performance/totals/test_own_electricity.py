"""The rule that says how much of the heat pump's electricity was own."""

from hypothesis import given, strategies as st
import pytest

from custom_components.heatpump_monitor.performance.totals.own_electricity import (
    OwnPart,
    own_part,
)

WH = st.integers(0, 10_000_000).map(lambda each: each / 1000)


@given(drawn=WH, imported=WH, exported=WH, own_use=WH)
def test_own_part_is_possible(
    drawn: float, imported: float, exported: float, own_use: float
) -> None:
    """It is a part of what was drawn, between its bounds; or else not known."""
    part = own_part(drawn, imported, exported, exported + own_use)
    if part is not None:
        slack = 1e-9 * drawn
        assert 0 <= part.least_wh <= part.own_wh <= part.most_wh <= drawn + slack


@given(heat_pump=WH, rest=WH, share=st.floats(0, 1), exported=WH)
def test_loads_share_all_of_the_own_use(
    heat_pump: float, rest: float, share: float, exported: float
) -> None:
    """The parts of all loads add up to what was used of the own electricity."""
    own_use = share * (heat_pump + rest)
    imported = heat_pump + rest - own_use
    parts = [
        own_part(load, imported, exported, exported + own_use)
        for load in (heat_pump, rest)
    ]
    known = [part.own_wh for part in parts if part is not None]
    assert len(known) == 2
    assert sum(known) == pytest.approx(own_use, abs=1e-6)


@pytest.mark.parametrize(
    ("flows_wh", "expected"),
    [
        # 200 Wh drawn, of a house with 300 Wh.
        ((200, 300, 0, 0), OwnPart(0, 0, 0)),
        ((200, 0, 500, 800), OwnPart(200, 200, 200)),
        ((200, 150, 0, 150), OwnPart(100, 50, 150)),
        ((200, 60, 10, 250), OwnPart(160, 140, 200)),
        # Nothing was drawn: all of nothing is known.
        ((0, 0, 0, 0), OwnPart(0, 0, 0)),
        # More is exported than generated, as by a battery.
        ((200, 300, 10, 0), None),
        # The house draws less than the heat pump, as from a battery.
        ((200, 20, 0, 0), None),
        ((200, 0, 0, 0), None),
    ],
)
def test_rule(flows_wh: tuple[float, ...], expected: OwnPart | None) -> None:
    """The share is that of the house; the bounds need no rule."""
    drawn, imported, exported, generated = flows_wh
    found = own_part(drawn, imported, exported, generated)
    assert (found is None) is (expected is None)
    if found is not None and expected is not None:
        assert found.own_wh == pytest.approx(expected.own_wh)
        assert found.least_wh == pytest.approx(expected.least_wh)
        assert found.most_wh == pytest.approx(expected.most_wh)

"""The table of the fleet, from systems that are known."""

import pytest

from tools.fleet import LEAST_SYSTEMS, module, systems, table_of


def _row(lift_k: float, cop: float, **more: str) -> dict[str, str]:
    return {
        "hp_type": "Air Source",
        "metering_boundary_code": "4",
        "combined_data_length": str(360 * 86_400),
        "weighted_flowT_minus_outsideT": str(lift_k),
        "combined_cop": str(cop),
        "published": "1",
        "data_flag": "0",
    } | more


def test_table() -> None:
    """Systems on a line: each counts with the COP that it has at the lift."""
    rows = [
        _row(24 + 4 * each / 39, 6.6 - 0.1 * (24 + 4 * each / 39)) for each in range(40)
    ]
    (found,) = systems(rows).values()
    table = {row.lift_k: row for row in table_of(found)}
    assert table[26].systems == 40
    assert table[26].cops == pytest.approx([4.0] * 7)
    assert "(SourceKind.AIR, Boundary.H4): 40" in module({("AIR", "H4"): found}, "2026")


def test_left_out() -> None:
    """Unpublished, flagged, short and other systems; too few make no row."""
    rows = [
        _row(26, 4, published="0"),
        _row(26, 4, data_flag="1"),
        _row(26, 4, combined_data_length="1000"),
        _row(26, 4, hp_type="Water Source"),
        _row(26, 4, weighted_flowT_minus_outsideT=""),
    ]
    assert systems(rows) == {}
    few = [_row(25 + each / 10, 4) for each in range(LEAST_SYSTEMS - 1)]
    assert table_of(next(iter(systems(few).values()))) == []

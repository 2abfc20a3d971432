"""Tests of the live line."""

from demo.heat_pump import Shown
from demo.report import Report


def test_line() -> None:
    """It has power, heat, COP beside the true one, JAZ, and the calls left."""
    report = Report(
        variant="air",
        shown=Shown(
            power_w=1530.0,
            heat_w=6580.0,
            cop=4.304,
            jaz=4.21,
            jaz_days=2.25,
            jaz_state=None,
            coverage=0.99,
        ),
        calls_left=1372,
        true_cop=4.333,
    )
    assert report.line == (
        "air       power  1.53 kW  heat  6.58 kW  COP 4.30 (true 4.33)  "
        "JAZ 4.21 of 2.2 days  calls left 1372"
    )


def test_unknown_is_not_zero() -> None:
    """What is not known is a dash."""
    report = Report(
        variant="brine",
        shown=Shown(
            power_w=None,
            heat_w=None,
            cop=None,
            jaz=None,
            jaz_days=0.01,
            jaz_state=None,
            coverage=None,
        ),
        calls_left=1397,
        true_cop=None,
    )
    assert report.line == (
        "brine     power     - kW  heat     - kW  COP    - (true    -)  "
        "JAZ    - of 14 min  calls left 1397"
    )

"""How far a figure can be off, reckoned by hand."""

from math import sqrt

import pytest

from custom_components.heatpump_monitor.performance.plant import HeatMethod
from custom_components.heatpump_monitor.performance.uncertainty import (
    relative_uncertainty,
)


@pytest.mark.parametrize(
    ("methods_wh", "coverage", "share"),
    [
        ({HeatMethod.FLOW: 4000.0}, 1.0, sqrt(0.01**2 + 0.06**2)),
        (
            {HeatMethod.FLOW: 3000.0, HeatMethod.MODULATION: 1000.0},
            1.0,
            sqrt(0.01**2 + 0.075**2),
        ),
        ({HeatMethod.HEAT_METER: 4000.0}, 0.9, sqrt(0.01**2 + 0.025**2 + 0.03**2)),
        # What a defrost took back was measured no better.
        ({HeatMethod.FLOW: -500.0}, 1.0, sqrt(0.01**2 + 0.06**2)),
        ({}, 1.0, None),
    ],
)
def test_share(
    methods_wh: dict[HeatMethod, float], coverage: float, share: float | None
) -> None:
    """Meter, method and gaps add up as squares."""
    assert relative_uncertainty(methods_wh, coverage) == (
        None if share is None else pytest.approx(share)
    )


def test_a_rod_that_is_not_seen_widens_the_band() -> None:
    """What a rod drew is heat that modulation does not know of."""
    share = relative_uncertainty({HeatMethod.MODULATION: 4000.0}, 1.0, 400.0)
    assert share == pytest.approx(sqrt(0.01**2 + 0.12**2 + 0.1**2))


def test_every_method_has_an_error() -> None:
    """A method without an error would be one to believe blindly."""
    for method in HeatMethod:
        share = relative_uncertainty({method: 1.0}, 1.0)
        assert share is not None
        assert share > 0.02

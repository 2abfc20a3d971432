"""How far a figure can be off, reckoned by hand."""

from math import sqrt

import pytest

from custom_components.heatpump_monitor.performance.heat.method_errors import (
    heat_errors,
)
from custom_components.heatpump_monitor.performance.plant import (
    CapacityPoint,
    HeatMethod,
    Plant,
)
from custom_components.heatpump_monitor.performance.totals.uncertainty import (
    mode_uncertainty,
    own_uncertainty,
    relative_uncertainty,
)


@pytest.mark.parametrize(
    ("methods_wh", "coverage", "share"),
    [
        ({HeatMethod.FLOW: 4000.0}, 1.0, sqrt(0.01**2 + 0.075**2)),
        (
            {HeatMethod.FLOW: 3000.0, HeatMethod.MODULATION: 1000.0},
            1.0,
            sqrt(0.01**2 + 0.08375**2),
        ),
        ({HeatMethod.HEAT_METER: 4000.0}, 0.9, sqrt(0.01**2 + 0.025**2 + 0.03**2)),
        # What a defrost took back was measured no better.
        ({HeatMethod.FLOW: -500.0}, 1.0, sqrt(0.01**2 + 0.075**2)),
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


def test_a_backup_heater_that_is_not_seen_widens_the_band() -> None:
    """What a backup heater drew is heat that modulation does not know of."""
    share = relative_uncertainty({HeatMethod.MODULATION: 4000.0}, 1.0, 400.0)
    assert share == pytest.approx(sqrt(0.01**2 + 0.11**2 + 0.1**2))


def test_every_method_has_an_error() -> None:
    """A method without an error would be one to believe blindly."""
    for method in HeatMethod:
        share = relative_uncertainty({method: 1.0}, 1.0)
        assert share is not None
        assert share > 0.02


def test_step_of_a_counter_weighs_on_little_heat() -> None:
    """The last step of a counter is much of a kilowatt-hour, and nothing of a year."""
    little, much = (
        relative_uncertainty({HeatMethod.COUNTER: heat_wh}, 1.0)
        for heat_wh in (1000.0, 10_000_000.0)
    )
    assert little == pytest.approx(sqrt(0.01**2 + 0.075**2 + 0.2**2))
    assert much == pytest.approx(sqrt(0.01**2 + 0.075**2), rel=1e-4)


def test_points_of_the_data_sheet_narrow_the_band() -> None:
    """They narrow the band of modulation and what it is combined to, no other."""
    plain = heat_errors(Plant())
    known = heat_errors(Plant(capacity_points=(CapacityPoint(0.0, 35.0, 8000.0),)))
    assert {method for method in plain if known[method] != plain[method]} == {
        HeatMethod.MODULATION,
        HeatMethod.COMBINED,
    }
    assert known[HeatMethod.MODULATION] < plain[HeatMethod.MODULATION]
    methods_wh = {HeatMethod.MODULATION: 4000.0}
    narrow = relative_uncertainty(methods_wh, 1.0, errors=known)
    wide = relative_uncertainty(methods_wh, 1.0)
    assert narrow is not None
    assert wide is not None
    assert narrow < wide


@pytest.mark.parametrize("points", [(), (CapacityPoint(0.0, 35.0, 8000.0),)])
def test_combined_is_surer_than_its_parts(points: tuple[CapacityPoint, ...]) -> None:
    """Errors that have nothing to do with each other make a smaller one."""
    errors = heat_errors(Plant(capacity_points=points))
    parts = [errors[HeatMethod.MODULATION], errors[HeatMethod.SOURCE_BALANCE]]
    assert min(parts) / sqrt(2) <= errors[HeatMethod.COMBINED] < min(parts)


@pytest.mark.parametrize(
    ("heat_of_mode_wh", "share"),
    [
        # All of the heat, half of it, next to nothing, cold.
        (1000.0, sqrt(0.06**2 + 0.03**2)),
        (500.0, sqrt(0.06**2 + 0.045**2)),
        (0.0, sqrt(0.06**2 + 0.06**2)),
        (-4000.0, sqrt(0.06**2 + 0.03**2)),
    ],
)
def test_small_mode_has_a_wide_band(heat_of_mode_wh: float, share: float) -> None:
    """The edges of a mode weigh the more, the less of the heat it has."""
    assert mode_uncertainty(0.06, 1000.0, heat_of_mode_wh) == pytest.approx(share)


@pytest.mark.parametrize(
    ("method", "coverage", "share"),
    [
        (HeatMethod.FLOW, 1.0, 0.4 * 0.075),
        (HeatMethod.FLOW, 0.9, sqrt(0.03**2 + 0.03**2)),
        # The steps of its counter are those of this period alone.
        (HeatMethod.COUNTER, 1.0, sqrt(0.03**2 + 0.05**2)),
    ],
)
def test_own_part(method: HeatMethod, coverage: float, share: float) -> None:
    """The meter and most of a method's error are the same in every period."""
    assert own_uncertainty({method: 4000.0}, coverage) == pytest.approx(share)


def test_own_part_with_an_unseen_backup_heater() -> None:
    """It heats in one month and not in the next: all of it is that month's own."""
    own = own_uncertainty({HeatMethod.MODULATION: 4000.0}, 1.0, 400.0)
    assert own == pytest.approx(sqrt(0.044**2 + 0.1**2))
    assert own_uncertainty({}, 1.0) is None

"""What others build is computed by Home Assistant's rules."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from benchmarks.helpers import (
    riemann_left,
    statistics_sum,
    template_cop,
    thermal_power_w,
    utility_meter,
)
from custom_components.heatpump_monitor.readings import HeatPumpReading

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


HALF_OF_8_KW = HeatPumpReading(
    time=NOON, compressor_on=True, modulation_pct=50, rated_heat_w=8000
)


def test_integral_holds_the_left_value() -> None:
    """Each value counts until the next one."""
    assert riemann_left([(0, 1000), (1800, 3000), (3600, 0)]) == 2000


def test_integral_misses_an_outage_and_the_time_before_it() -> None:
    """Neither the way into unavailability nor the way out of it adds an area."""
    samples = [(0, 1000), (1800, 1000), (3600, None), (5400, 1000), (7200, 1000)]
    assert riemann_left(samples) == 1000


def test_utility_meter_counts_no_reset() -> None:
    """A lower value counts as nothing, not as new from 0."""
    assert utility_meter([100, 150, 20, 50]) == 80


def test_utility_meter_misses_what_was_drawn_in_an_outage() -> None:
    """The old state was no number, so that there is no difference to it."""
    assert utility_meter([100, 150, None, 400, 410]) == 60


@pytest.mark.parametrize(
    ("values", "total"),
    [
        ([100, 150, None, 400], 300),
        ([1000, 1100, 20, 50], 150),
        ([1000, 1100, 1070, 1090], 90),
    ],
    ids=["outage", "reset", "small dip"],
)
def test_energy_dashboard(values: list[float | None], total: float) -> None:
    """It bridges outages, starts anew after a reset, and takes a dip off."""
    assert statistics_sum(values) == total


def test_thermal_power_takes_the_flow_where_it_is_measured() -> None:
    """Otherwise it is modulation times rated power."""
    measured = replace(HALF_OF_8_KW, flow_lph=1000, supply_c=35, return_c=30)
    assert thermal_power_w(measured) == pytest.approx(5815)
    assert thermal_power_w(HALF_OF_8_KW) == 4000
    assert thermal_power_w(HeatPumpReading(time=NOON)) is None


def test_template_cop_is_a_mean_of_ratios() -> None:
    """The ratio of a short strong draw weighs as much as that of a long weak one."""
    resting = HeatPumpReading(time=NOON, compressor_on=False)
    draws = [1000.0, 2000.0, None]
    samples = [(HALF_OF_8_KW, power_w) for power_w in draws]
    assert template_cop([*samples, (resting, 20.0)]) == 3
    assert template_cop([(resting, 20.0)]) is None

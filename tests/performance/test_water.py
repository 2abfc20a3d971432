"""The water's own figures, against published tables."""

import pytest

from custom_components.heatpump_monitor.performance import water


@pytest.mark.parametrize(
    ("temperature_c", "density"),
    [(4, 0.99997), (20, 0.99820), (40, 0.99222), (60, 0.98320)],
)
def test_density(temperature_c: float, density: float) -> None:
    """Density agrees with the CRC handbook's table."""
    assert water.density_kg_per_l(temperature_c) == pytest.approx(density, abs=2e-5)


@pytest.mark.parametrize(
    ("temperature_c", "capacity"), [(0, 4217), (20, 4182), (40, 4179), (60, 4184)]
)
def test_heat_capacity(temperature_c: float, capacity: float) -> None:
    """Heat capacity agrees with the table of the VDI heat atlas."""
    assert water.heat_capacity_j_per_kg_k(temperature_c) == pytest.approx(
        capacity, abs=3
    )


def test_heat_of_a_flow() -> None:
    """1000 l/h with 5 K are 5.8 kW: 1.16 Wh per litre and kelvin."""
    assert water.heat_w(1000, 35, 30) == pytest.approx(5781, rel=2e-3)


def test_heat_taken_back_is_negative() -> None:
    """Water that comes back warmer than it left brought heat."""
    assert water.heat_w(1000, 25, 30) < -5000

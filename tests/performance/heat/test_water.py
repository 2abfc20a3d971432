"""The heating water's figures, against published tables."""

from hypothesis import given, strategies as st
import pytest

from custom_components.heatpump_monitor.performance.heat import water


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


# ASHRAE Handbook Fundamentals, inhibited propylene glycol, shares by volume.
@pytest.mark.parametrize(
    ("glycol_pct", "temperature_c", "density", "capacity"),
    [
        (20, 20, 1.0190, 3970),
        (20, 40, 1.0102, 4020),
        (25, 35, 1.0168, 3950),
        (30, 20, 1.0284, 3850),
        (30, 40, 1.0184, 3900),
        (40, 20, 1.0362, 3700),
        (40, 45, 1.0222, 3780),
    ],
)
def test_glycol(
    glycol_pct: float, temperature_c: float, density: float, capacity: float
) -> None:
    """Density and heat capacity with antifreeze agree with the handbook's tables."""
    assert water.density_kg_per_l(temperature_c, glycol_pct) == pytest.approx(
        density, rel=4e-3
    )
    assert water.heat_capacity_j_per_kg_k(temperature_c, glycol_pct) == pytest.approx(
        capacity, rel=5e-3
    )


# Melinder (IIR 2010), 30.8 % by mass, as CoolProp computes it.
@pytest.mark.parametrize(
    ("temperature_c", "wh_per_l_k"),
    [
        (20, 1.0245 * 3846 / 3600),
        (35, 1.0168 * 3887 / 3600),
        (50, 1.0080 * 3927 / 3600),
    ],
)
def test_heat_of_a_flow_with_glycol(temperature_c: float, wh_per_l_k: float) -> None:
    """30 % of glycol take 4 to 6 % of the heat that water would carry."""
    with_glycol_w = water.heat_w(1000, temperature_c + 1, temperature_c - 1, 30)
    assert with_glycol_w == pytest.approx(2000 * wh_per_l_k, rel=5e-3)
    water_w = water.heat_w(1000, temperature_c + 1, temperature_c - 1)
    assert 0.94 < with_glycol_w / water_w < 0.965


MEAN_C = st.floats(5, 75)
DELTA_T_K = st.floats(0.1, 10)


@given(MEAN_C, DELTA_T_K, st.floats(0, 59), st.floats(0.01, 1))
def test_more_glycol_carries_less(
    mean_c: float, delta_t_k: float, glycol_pct: float, more_pct: float
) -> None:
    """Of two shares, the larger carries less heat with the same flow and ΔT."""
    supply_c, return_c = mean_c + delta_t_k / 2, mean_c - delta_t_k / 2
    less_w = water.heat_w(1000, supply_c, return_c, glycol_pct + more_pct)
    assert less_w < water.heat_w(1000, supply_c, return_c, glycol_pct)


@given(MEAN_C, DELTA_T_K, st.floats(0, 0.1))
def test_a_trace_of_glycol_is_water(
    mean_c: float, delta_t_k: float, glycol_pct: float
) -> None:
    """No step between water and the first drop of glycol."""
    supply_c, return_c = mean_c + delta_t_k / 2, mean_c - delta_t_k / 2
    assert water.heat_w(1000, supply_c, return_c, glycol_pct) == pytest.approx(
        water.heat_w(1000, supply_c, return_c), rel=2e-4
    )

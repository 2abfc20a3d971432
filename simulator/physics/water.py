"""Properties of heating water, and the heat that a flow of it carries."""


def density_kg_per_l(temperature_c: float) -> float:
    """Return the density of water at 1 bar, 0..100 °C.

    Source: G. S. Kell, J. Chem. Eng. Data 20 (1975) 97, equation 16.
    """
    t = temperature_c
    polynomial = 999.83952 + t * (
        16.945176
        + t
        * (-7.9870401e-3 + t * (-46.170461e-6 + t * (105.56302e-9 - t * 280.54253e-12)))
    )
    return polynomial / (1000.0 + 16.879850 * t)


def specific_heat_j_per_kgk(temperature_c: float) -> float:
    """Return the specific heat of water, 15..75 °C.

    A parabola within 3 J/(kg K) of the IAPWS-95 values (4184 at 20 °C, 4179 at
    40 °C, 4185 at 60 °C).
    """
    above_minimum_k = temperature_c - 36.0
    return 4179.3 + 0.011 * above_minimum_k * above_minimum_k


def capacity_rate_w_per_k(flow_lph: float, return_c: float) -> float:
    """Return the heat that a flow of water carries per kelvin of spread.

    The flow sensor sits in the return pipe, so the return's temperature decides
    how many kilograms a litre has (EN 1434: heat coefficient by place of the meter).
    """
    mass_flow_kg_per_s = flow_lph * density_kg_per_l(return_c) / 3600.0
    return mass_flow_kg_per_s * specific_heat_j_per_kgk(return_c)

"""Heat carried by water: density and heat capacity by temperature."""

from math import sqrt

WH_PER_J = 1 / 3600


def density_kg_per_l(temperature_c: float) -> float:
    """Return the density of water at atmospheric pressure, 0..100 °C.

    Source: Kell, J. Chem. Eng. Data 20 (1975) 97.
    """
    t = temperature_c
    numerator = 999.83952 + t * (
        16.945176
        + t
        * (-7.9870401e-3 + t * (-46.170461e-6 + t * (105.56302e-9 - 280.54253e-12 * t)))
    )
    return numerator / (1 + 16.879850e-3 * t) / 1000


def heat_capacity_j_per_kg_k(temperature_c: float) -> float:
    """Return the isobaric heat capacity of water, 0..100 °C.

    Source: Popiel and Wojtkowiak, Heat Transfer Engineering 19 (1998) 87.
    """
    t = max(temperature_c, 0.0)
    return 1000 * (
        4.2174356
        - 0.0056181625 * t
        + 0.0012992528 * t * sqrt(t)
        - 0.00011535353 * t * t
        + 4.14964e-6 * t * t * sqrt(t)
    )


def heat_w(flow_lph: float, supply_c: float, return_c: float) -> float:
    """Return the heat that a flow of water carries away, in W.

    Negative when the water comes back warmer than it left, as in defrost. The
    flow is measured in the return, so the return's density applies; the heat
    capacity is taken at the mean temperature. Source: EN 1434-1.
    """
    mass_kg_per_h = flow_lph * density_kg_per_l(return_c)
    capacity = heat_capacity_j_per_kg_k((supply_c + return_c) / 2)
    return mass_kg_per_h * capacity * (supply_c - return_c) * WH_PER_J

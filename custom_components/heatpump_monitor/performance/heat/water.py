"""Heat carried by heating water: density and heat capacity by temperature.

Where it must not freeze, there is propylene glycol in it: ethylene glycol is
toxic, and a leaking coil mixes heating water with drinking water. What a share of
glycol adds to the figures of water is fitted to two sources: ASHRAE Handbook
Fundamentals (inhibited propylene glycol, shares by volume) and Melinder,
Properties of Secondary Working Fluids (IIR 2010). They differ by up to 1.1 % in
the product, heat per litre and kelvin; the fit is within 1 % of both, 10..70 °C
and 10..60 %. Ethylene glycol does as much as 1.3 times its share of propylene
glycol, within 2 % of the product up to 40 %.
"""

from math import sqrt

WH_PER_J = 1 / 3600


def density_kg_per_l(temperature_c: float, glycol_pct: float = 0.0) -> float:
    """Return the density of heating water at atmospheric pressure, 0..100 °C.

    Source: for water, Kell, J. Chem. Eng. Data 20 (1975) 97.
    """
    t = temperature_c
    numerator = 999.83952 + t * (
        16.945176
        + t
        * (-7.9870401e-3 + t * (-46.170461e-6 + t * (105.56302e-9 - 280.54253e-12 * t)))
    )
    share = glycol_pct / 100
    by_glycol = share * (118.0 - 0.61 * t - 41.0 * share)
    return (numerator / (1 + 16.879850e-3 * t) + by_glycol) / 1000


def heat_capacity_j_per_kg_k(temperature_c: float, glycol_pct: float = 0.0) -> float:
    """Return the isobaric heat capacity of heating water, 0..100 °C.

    Source: for water, Popiel and Wojtkowiak, Heat Transfer Engineering 19 (1998) 87.
    """
    t = max(temperature_c, 0.0)
    share = glycol_pct / 100
    by_glycol = share * (8.2 * t - 960.0 - 1070.0 * share)
    water = 1000 * (
        4.2174356
        - 0.0056181625 * t
        + 0.0012992528 * t * sqrt(t)
        - 0.00011535353 * t * t
        + 4.14964e-6 * t * t * sqrt(t)
    )
    return water + by_glycol


def heat_w(
    flow_lph: float, supply_c: float, return_c: float, glycol_pct: float = 0.0
) -> float:
    """Return the heat that a flow of heating water carries away, in W.

    Negative when the water comes back warmer than it left, as in defrost. The
    flow is measured in the return, so the return's density applies; the heat
    capacity is taken at the mean temperature. Source: EN 1434-1.
    """
    mass_kg_per_h = flow_lph * density_kg_per_l(return_c, glycol_pct)
    capacity = heat_capacity_j_per_kg_k((supply_c + return_c) / 2, glycol_pct)
    return mass_kg_per_h * capacity * (supply_c - return_c) * WH_PER_J


def known_heat_w(
    flow_lph: float | None,
    supply_c: float | None,
    return_c: float | None,
    glycol_pct: float,
) -> float | None:
    """Return the same; None where one of the values is not known."""
    if flow_lph is None or supply_c is None or return_c is None:
        return None
    return heat_w(flow_lph, supply_c, return_c, glycol_pct)

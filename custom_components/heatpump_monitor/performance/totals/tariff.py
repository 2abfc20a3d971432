"""What a kWh of electricity costs, and how much CO2 it brought into the air."""

from dataclasses import dataclass
import math
import re
from typing import Final

_KWH: Final = {"kwh": 1.0, "mwh": 1000.0}
_HUNDREDTHS: Final = frozenset({"c", "ct", "cent", "cents", "¢", "p", "öre", "øre"})
_GRAMS: Final = {"g": 1.0, "kg": 1000.0, "t": 1_000_000.0}
_MASS: Final = re.compile(r"(k?g|t) ?(co[2₂] ?-?(eq|e|äq)?)?")


@dataclass(frozen=True, slots=True)
class Tariff:
    """What a kWh brings with it at a moment; None is not known."""

    price_per_kwh: float | None = None
    """In the household's currency; negative when the grid pays for the taking."""
    co2_g_per_kwh: float | None = None

    def where_equal(self, other: Tariff) -> Tariff:
        """Return what this and another have in common; the rest is not known."""
        same_price = self.price_per_kwh == other.price_per_kwh
        same_co2 = self.co2_g_per_kwh == other.co2_g_per_kwh
        return Tariff(
            self.price_per_kwh if same_price else None,
            self.co2_g_per_kwh if same_co2 else None,
        )


def price_per_kwh(state: str, unit: str | None) -> float | None:
    """Return a price in the currency's main unit per kWh.

    Args:
        state: What the entity says.
        unit: A currency over kWh or MWh, such as EUR/kWh or ct/kWh; none is
            taken as the main unit per kWh.

    Returns:
        The price, or None for no number or a unit that is no price.
    """
    if (value := _number(state)) is None or not unit:
        return value
    currency, _, energy = unit.casefold().replace(" ", "").partition("/")
    if not currency or (kwh := _KWH.get(energy)) is None:
        return None
    return value / kwh / (100 if currency in _HUNDREDTHS else 1)


def co2_g_per_kwh(state: str, unit: str | None) -> float | None:
    """Return an intensity in grams of CO2 per kWh.

    Args:
        state: What the entity says.
        unit: g, kg or t, of CO2 or its equivalent, over kWh or MWh; none is
            taken as g/kWh.

    Returns:
        The intensity, or None for no number, a negative one, or another unit.
    """
    value = _number(state)
    if value is None or value < 0:
        return None
    if not unit:
        return value
    mass, _, energy = unit.casefold().partition("/")
    found = _MASS.fullmatch(mass.strip())
    kwh = _KWH.get(energy.strip())
    if found is None or kwh is None:
        return None
    return value * _GRAMS[found[1]] / kwh


def _number(state: str) -> float | None:
    """Return a finite number, or None for anything else."""
    try:
        value = float(state)
    except ValueError:
        return None
    return value if math.isfinite(value) else None

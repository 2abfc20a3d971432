"""What a kWh of electricity costs, and how much CO2 it brought into the air."""

from dataclasses import dataclass, replace
from enum import StrEnum
import math
import re
from typing import Final

_KWH: Final = {"kwh": 1.0, "mwh": 1000.0}
_HUNDREDTHS: Final = frozenset({"c", "ct", "cent", "cents", "¢", "p", "öre", "øre"})
_GRAMS: Final = {"g": 1.0, "kg": 1000.0, "t": 1_000_000.0}
_MASS: Final = re.compile(r"(k?g|t) ?(co[2₂] ?-?(eq|e|äq)?)?")


class Split(StrEnum):
    """Whether electricity is split into that of the grid and own electricity."""

    NONE = "none"
    """No meters can tell: all of it has the price."""
    AWAITED = "awaited"
    """They will tell within minutes: the cost is booked then."""
    UNKNOWN = "unknown"
    """They were there, and cannot tell."""


@dataclass(frozen=True, slots=True)
class Tariff:
    """What a kWh brings with it at a moment; None is not known."""

    price_per_kwh: float | None = None
    """In the household's currency; negative when the grid pays for the taking."""
    co2_g_per_kwh: float | None = None
    own_price_per_kwh: float = 0.0
    """Of own electricity: what feeding it in would have brought, or 0."""
    split: Split = Split.NONE

    def awaiting_split(self) -> Tariff:
        """Return this tariff for electricity that will be split."""
        return replace(self, split=Split.AWAITED)

    def where_equal(self, other: Tariff) -> Tariff:
        """Return what this and another have in common; the rest is not known.

        Between the two nobody knows when the electricity flowed, so it has no split.
        """
        price, co2_g = self.price_per_kwh, self.co2_g_per_kwh
        is_plain = self.split is other.split is Split.NONE
        return Tariff(
            price if is_plain and price == other.price_per_kwh else None,
            co2_g if co2_g == other.co2_g_per_kwh else None,
            split=Split.NONE if is_plain else Split.UNKNOWN,
        )


def price_per_kwh(state: str, unit: str | None) -> float | None:
    """Return a price in the currency's main unit per kWh, None if it is no price.

    The unit is a currency over kWh or MWh, such as EUR/kWh or ct/kWh; none is taken
    as the main unit per kWh.
    """
    if (value := _number(state)) is None or not unit:
        return value
    currency, _, energy = unit.casefold().replace(" ", "").partition("/")
    if not currency or (kwh := _KWH.get(energy)) is None:
        return None
    return value / kwh / (100 if currency in _HUNDREDTHS else 1)


def co2_g_per_kwh(state: str, unit: str | None) -> float | None:
    """Return an intensity in g of CO2 per kWh, None if it is none or negative.

    The unit is g, kg or t, of CO2 or its equivalent, over kWh or MWh; none is taken
    as g/kWh.
    """
    value = _number(state)
    if value is None or value < 0:
        return None
    if not unit:
        return value
    mass, _, energy = unit.casefold().partition("/")
    found, kwh = _MASS.fullmatch(mass.strip()), _KWH.get(energy.strip())
    return value * _GRAMS[found[1]] / kwh if found and kwh else None


def _number(state: str) -> float | None:
    try:
        value = float(state)
    except ValueError:
        return None
    return value if math.isfinite(value) else None

"""What entities say of prices and CO2, in every unit they use."""

import pytest

from custom_components.heatpump_monitor.performance.totals.tariff import (
    Tariff,
    co2_g_per_kwh,
    price_per_kwh,
)

NO_NUMBERS = ["unavailable", "unknown", "", "nan", "inf", "-inf", "0,31", "0.31 EUR"]


@pytest.mark.parametrize(
    ("state", "unit", "price"),
    [
        ("0.3123", "EUR/kWh", 0.3123),
        ("0.3123", "€/kWh", 0.3123),
        ("3.4", "SEK/kWh", 3.4),
        ("87.5", "EUR/MWh", 0.0875),
        ("87.5", "€ / MWh", 0.0875),
        ("31.23", "ct/kWh", 0.3123),
        ("31.23", "c/kWh", 0.3123),
        ("31.23", "Cent/kWh", 0.3123),
        ("31.23", "ct / kWh", 0.3123),
        ("24.5", "p/kWh", 0.245),
        ("52", "öre/kWh", 0.52),
        ("0.3123", None, 0.3123),
        ("0.3123", "", 0.3123),
        ("-0.05", "EUR/kWh", -0.05),
        ("0", "EUR/kWh", 0.0),
        ("0.3123", "EUR", None),
        ("0.3123", "kWh", None),
        ("0.3123", "/kWh", None),
        ("0.3123", "EUR/m³", None),
        ("0.3123", "%", None),
    ],
)
def test_price(state: str, unit: str | None, price: float | None) -> None:
    """A price is in the main unit of its currency per kWh, negative ones too."""
    found = price_per_kwh(state, unit)
    assert found == (None if price is None else pytest.approx(price))


@pytest.mark.parametrize(
    ("state", "unit", "co2"),
    [
        ("380", "gCO2eq/kWh", 380.0),
        ("380", "gCO2e/kWh", 380.0),
        ("380", "g CO₂/kWh", 380.0),
        ("380", "g CO2-eq/kWh", 380.0),
        ("380", "g/kWh", 380.0),
        ("0.38", "kg/kWh", 380.0),
        ("380", "kg/MWh", 380.0),
        ("0.38", "tCO2/MWh", 380.0),
        ("380", None, 380.0),
        ("0", "g/kWh", 0.0),
        ("-1", "g/kWh", None),
        ("62", "%", None),
        ("380", "g", None),
        ("380", "g/km", None),
        ("380", "EUR/kWh", None),
    ],
)
def test_co2(state: str, unit: str | None, co2: float | None) -> None:
    """An intensity is in grams per kWh; below nothing there is none."""
    found = co2_g_per_kwh(state, unit)
    assert found == (None if co2 is None else pytest.approx(co2))


@pytest.mark.parametrize("state", NO_NUMBERS)
def test_no_number_is_unknown(state: str) -> None:
    """What is no finite number is neither a price nor an intensity."""
    assert price_per_kwh(state, "EUR/kWh") is None
    assert co2_g_per_kwh(state, "g/kWh") is None


def test_what_two_tariffs_have_in_common() -> None:
    """What differs between two moments is not known of the time between."""
    before = Tariff(0.30, 400.0)
    assert before.where_equal(Tariff(0.30, 400.0)) == before
    assert before.where_equal(Tariff(0.31, 400.0)) == Tariff(None, 400.0)
    assert before.where_equal(Tariff(0.30, None)) == Tariff(0.30, None)
    assert before.where_equal(Tariff()) == Tariff()

"""Heat by every method, and what each does not know."""

from dataclasses import replace
from itertools import pairwise

import pytest

from custom_components.heatpump_monitor.performance.heat.methods import (
    powers_w,
    sampled_heat,
)
from custom_components.heatpump_monitor.performance.intervals import chosen_method
from custom_components.heatpump_monitor.performance.plant import (
    CapacityPoint,
    HeatMethod,
    Plant,
    SourceKind,
)
from custom_components.heatpump_monitor.readings import HeatPumpReading
from tests.performance.builders import heating, resting

PLANT = Plant()
FIVE_KELVIN_W = 5781


def test_power_by_every_method_known() -> None:
    """All methods that a reading allows are computed, no other."""
    powers = powers_w(
        replace(heating(0), reported_heat_w=5500.0), Plant(assumed_flow_lph=900.0)
    )
    assert powers == {
        HeatMethod.REPORTED: 5500.0,
        HeatMethod.FLOW: pytest.approx(FIVE_KELVIN_W, rel=2e-3),
        HeatMethod.MODULATION: 5000.0,
        HeatMethod.ASSUMED_FLOW: pytest.approx(0.9 * FIVE_KELVIN_W, rel=2e-3),
    }


def test_glycol_takes_from_measured_and_assumed_flow() -> None:
    """Antifreeze in the heating water counts wherever heat is flow times ΔT."""
    plain, mixed = (
        powers_w(heating(0), Plant(assumed_flow_lph=900.0, glycol_pct=share))
        for share in (0.0, 30.0)
    )
    for method in (HeatMethod.FLOW, HeatMethod.ASSUMED_FLOW):
        assert mixed[method] == pytest.approx(0.951 * plain[method], rel=5e-3)
    assert mixed[HeatMethod.MODULATION] == plain[HeatMethod.MODULATION]


@pytest.mark.parametrize(
    "reading",
    [
        replace(heating(0), flow_lph=None),
        replace(heating(0), flow_lph=0.0),
        replace(heating(0), supply_c=None),
        replace(heating(0), return_c=None),
        replace(heating(0), compressor_on=None),
    ],
)
def test_flow_is_unknown_rather_than_zero(reading: HeatPumpReading) -> None:
    """A missing part of the product makes it unknown."""
    assert HeatMethod.FLOW not in powers_w(reading, PLANT)


def test_resting_heat_pump_makes_no_heat() -> None:
    """Two sensors that differ by 0.2 K while water circulates make no heat."""
    reading = replace(resting(0), flow_lph=1000.0, supply_c=30.2)
    assert powers_w(reading, PLANT)[HeatMethod.FLOW] == 0


def test_backup_heater_makes_heat_while_the_compressor_rests() -> None:
    """A spread that no sensor offset explains is heat, whoever makes it."""
    reading = replace(resting(0), flow_lph=1000.0, supply_c=32.6)
    power_w = powers_w(reading, PLANT)[HeatMethod.FLOW]
    assert power_w == pytest.approx(3000, rel=1e-2)


def test_a_flow_of_zero_at_rest_is_no_heat() -> None:
    """Without flow the sensors of a resting unit drift apart, and mean nothing."""
    reading = replace(resting(0), flow_lph=0.0, supply_c=40.0)
    assert HeatMethod.FLOW not in powers_w(replace(reading, compressor_on=None), PLANT)
    assert powers_w(reading, PLANT)[HeatMethod.FLOW] == 0


@pytest.mark.parametrize(
    ("reading", "power_w"),
    [
        # Still 2 K apart half an hour after it stopped, with its pumps off.
        (replace(resting(0), supply_c=32.0), 0.0),
        (replace(resting(0), supply_c=32.0, backup_heater_on=True), 2312.0),
        (replace(resting(0), supply_c=32.0, backup_heater_on=False), 0.0),
    ],
)
def test_an_assumed_flow_flows_while_something_heats(
    reading: HeatPumpReading, power_w: float
) -> None:
    """Nobody knows whether water flows at rest, so a spread then is no heat."""
    powers = powers_w(reading, Plant(assumed_flow_lph=1000.0))
    assert powers[HeatMethod.ASSUMED_FLOW] == pytest.approx(power_w, rel=5e-3)


def test_modulation_does_not_tell_what_a_defrost_takes_back() -> None:
    """The compressor works in a defrost too, and makes no heat for the house."""
    reading = replace(heating(0), defrosting=True)
    assert HeatMethod.MODULATION not in powers_w(reading, PLANT)


def test_d7_defrost_is_subtracted() -> None:
    """D7: net heat is the signed sum: what defrost takes back is subtracted."""
    readings = [
        heating(0),
        heating(300),
        replace(heating(600, delta_t_k=-4.0), defrosting=True),
        heating(900),
    ]
    heats = [
        sum(sampled_heat(start, end, PLANT)[HeatMethod.FLOW])
        for start, end in pairwise(readings)
    ]
    signed_wh = FIVE_KELVIN_W * 600 / 3600 - FIVE_KELVIN_W * 0.8 * 300 / 3600
    assert sum(heats) == pytest.approx(signed_wh, rel=5e-3)
    assert heats[1] < heats[0] / 5


def test_d9_no_trapezoid_across_a_gap() -> None:
    """D9: two samples an hour apart say nothing of the hour."""
    assert sampled_heat(heating(0), heating(3600), PLANT) == {}


def test_halves_keep_what_each_reading_says() -> None:
    """A start in the middle of an interval is half an interval of heat."""
    heat = sampled_heat(resting(0), heating(300), PLANT)[HeatMethod.FLOW]
    assert heat[0] == 0
    assert sum(heat) == pytest.approx(FIVE_KELVIN_W * 150 / 3600, rel=2e-3)


def test_rated_power_of_the_owner_goes_first() -> None:
    """The owner's rated power replaces the unit's own."""
    assert powers_w(heating(0), Plant(rated_heat_w=8000.0))[
        HeatMethod.MODULATION
    ] == pytest.approx(4000.0)


def test_method_is_chosen_by_order_or_by_wish() -> None:
    """The owner's wish is kept even where it knows less."""
    available = {HeatMethod.MODULATION: 1, HeatMethod.FLOW: 1}
    assert chosen_method(available, None) is HeatMethod.FLOW
    assert chosen_method(available, HeatMethod.MODULATION) is HeatMethod.MODULATION
    assert chosen_method(available, HeatMethod.COUNTER) is None
    assert chosen_method({}, None) is None


def test_burner_hides_what_the_heat_pump_adds() -> None:
    """While a burner fires, only methods beside the water know the power."""
    plant = Plant(assumed_flow_lph=900.0)
    reading = replace(heating(0), reported_heat_w=5500.0, burner_on=True)
    assert set(powers_w(reading, plant)) == {HeatMethod.MODULATION}
    assert len(powers_w(replace(reading, burner_on=False), plant)) == 4


@pytest.mark.parametrize(
    ("source_in_c", "source_out_c", "share"),
    [
        # Brine has a sensor where it leaves, air has none.
        (10.0, 7.0, 1.28),
        (-8.0, None, 0.74),
        (None, None, 1.0),
    ],
)
def test_modulation_follows_source_and_supply(
    source_in_c: float | None, source_out_c: float | None, share: float
) -> None:
    """The rated power holds at one point, the sensors tell which it is not."""
    reading = replace(heating(0), source_in_c=source_in_c, source_out_c=source_out_c)
    power_w = powers_w(reading, PLANT)[HeatMethod.MODULATION]
    assert power_w == pytest.approx(5000 * share)


def test_points_of_the_data_sheet_correct_modulation() -> None:
    """The owner's points move the power towards that of the data sheet."""
    points = (CapacityPoint(0.0, 35.0, 9000.0), CapacityPoint(10.0, 35.0, 12_000.0))
    plant = Plant(source=SourceKind.BRINE, capacity_points=points)
    reading = replace(heating(0), source_in_c=0.0)
    power_w = powers_w(reading, plant)[HeatMethod.MODULATION]
    assert power_w == pytest.approx(4500, rel=0.02)

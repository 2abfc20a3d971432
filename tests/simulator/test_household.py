"""The house around a heat pump: photovoltaics, other loads and the grid."""

from typing import Any

import aiohttp
import pytest

from simulator import Simulator, Variant
from simulator.household import Household, Supply

from .conftest import NOON_S, SteadyPlant

DAY_S = 86_400
# NOON_S is of January; this is half a year later.
SUMMER_NOON_S = NOON_S + 182 * DAY_S


def household(start_s: float) -> Household:
    """Return a house whose heat pump draws 1000 W, always."""
    plant = SteadyPlant(variant=Variant.BRINE, origin_epoch_s=start_s)
    return Household(plant, seed=1, start_s=start_s)


def grown(before: Supply, after: Supply) -> dict[str, float]:
    """Return by how much each counter grew."""
    return {
        name: getattr(after, name) - getattr(before, name)
        for name in ("generated_wh", "imported_wh", "exported_wh")
    }


def test_counters_balance() -> None:
    """What is generated and imported is drawn or exported; both happen in a day."""
    house = household(SUMMER_NOON_S)
    before, after = house.supply(SUMMER_NOON_S), house.supply(SUMMER_NOON_S + DAY_S)
    counted = grown(before, after)
    drawn_wh = counted["generated_wh"] + counted["imported_wh"] - counted["exported_wh"]
    # The heat pump, and a house of 3 to 12 kWh.
    assert 24_000 + 3_000 < drawn_wh < 24_000 + 12_000
    assert all(energy_wh > 1000 for energy_wh in counted.values())


def test_summer_noon_feeds_in_and_night_imports() -> None:
    """The sign of the grid's power says which way it flows."""
    noon = household(SUMMER_NOON_S).supply(SUMMER_NOON_S)
    assert noon.generated_w > 1300
    assert noon.grid_w < 0
    midnight_s = SUMMER_NOON_S + DAY_S / 2
    night = household(midnight_s).supply(midnight_s)
    assert night.generated_w == 0
    assert night.grid_w > 1000


def test_counters_are_the_same_whenever_asked() -> None:
    """A restart replays the time before; the counters go on where they were."""
    end_s = SUMMER_NOON_S + 3600
    asked_once = household(SUMMER_NOON_S)
    asked_often = household(SUMMER_NOON_S)
    for second in range(0, 3600, 7):
        asked_often.supply(SUMMER_NOON_S + second)
    assert asked_often.supply(end_s) == asked_once.supply(end_s)


async def test_readings_of_all_plants(
    sim: Simulator, http: aiohttp.ClientSession
) -> None:
    """The control port tells what sensors and meters show, exact."""
    await sim.step(3600)
    answer: dict[str, Any] = await (
        await http.get(f"{sim.control_url}/readings")
    ).json()
    assert answer["fast"] is False
    assert answer["plants"].keys() == {"brine", "air"}
    readings = answer["plants"]["brine"]
    assert readings["supply_c"] == 35.04
    assert readings["mode"] == "heating"
    assert readings["electricity_w"] == 1000
    assert readings["modulation_pct"] == pytest.approx(43.7)
    assert readings["backup_heater_w"] == 0
    later = await (await http.get(f"{sim.control_url}/readings")).json()
    assert later["plants"]["brine"]["imported_wh"] == readings["imported_wh"]

"""The physical model: one world by seed, true to the watt, moving as its clock says."""

from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from itertools import pairwise
from statistics import median
from typing import Any

from hypothesis import given, settings, strategies as st
import pytest

from simulator.physics import SimulatedPlant, simulated_plant
from simulator.state import Activity, Energies, PlantState, Variant

DAY_S = 86_400.0
START_S = 1_763_700_003.5
"""2025-11-21 04:40 UTC, off every grid."""
WINTER_S = 1_736_150_400.0
"""2025-01-06 08:00 UTC."""

WEEKS = 8

both = pytest.mark.parametrize("variant", list(Variant))


def states(
    plant: SimulatedPlant, start_s: float, *, for_s: float, every_s: float
) -> Iterator[PlantState]:
    """Advance a plant and yield its state every so often."""
    for number in range(int(for_s / every_s) + 1):
        plant.advance(start_s + number * every_s)
        yield plant.state()


@cache
def winter_days_of(variant: Variant) -> list[PlantState]:
    """Return every state of two winter days."""
    plant = simulated_plant(variant, start_epoch_s=WINTER_S)
    return list(states(plant, WINTER_S, for_s=2 * DAY_S, every_s=10))


@pytest.fixture(params=list(Variant))
def winter_days(request: pytest.FixtureRequest) -> tuple[Variant, list[PlantState]]:
    """Return a variant and its winter days."""
    return request.param, winter_days_of(request.param)


def test_other_seed_other_world() -> None:
    """Another seed has other weather and other energies."""
    one = simulated_plant(Variant.AIR, seed=1, start_epoch_s=START_S)
    other = simulated_plant(Variant.AIR, seed=2, start_epoch_s=START_S)
    one.advance(START_S + DAY_S / 2)
    other.advance(START_S + DAY_S / 2)
    assert one.state().outside_c != other.state().outside_c
    assert one.state().energies != other.state().energies


@both
@settings(max_examples=6)
@given(hops_s=st.lists(st.floats(0.01, 6_000.0), min_size=1, max_size=12))
def test_hops_do_not_matter(variant: Variant, hops_s: list[float]) -> None:
    """However a moment is reached, plants of one seed agree there in every value."""
    hopping = simulated_plant(variant, start_epoch_s=START_S)
    seen: list[tuple[float, Energies]] = []
    now_s = START_S
    for hop_s in hops_s:
        now_s += hop_s
        hopping.advance(now_s)
        seen.append((now_s, hopping.state().energies))
    at_once = simulated_plant(variant, start_epoch_s=START_S)
    at_once.advance(now_s)
    assert at_once.state() == hopping.state()
    assert [(moment_s, at_once.energies_at(moment_s)) for moment_s, _ in seen] == seen


def test_advancing_backwards_is_no_work() -> None:
    """A moment already reached leaves the plant where it is."""
    plant = simulated_plant(Variant.BRINE, start_epoch_s=START_S)
    plant.advance(START_S + 500)
    before = plant.state()
    plant.advance(START_S + 100)
    assert plant.state() == before


def test_energies_are_straight_within_a_step() -> None:
    """Halfway through a step of 10 s, half of its energy has flowed."""
    plant = simulated_plant(Variant.AIR, start_epoch_s=START_S, running=True)
    plant.advance(START_S + 60)
    first, middle, last = (
        plant.energies_at(1_763_700_000.0 + 20 + part_s).electricity_wh
        for part_s in (0, 5, 10)
    )
    assert last > first
    assert middle == pytest.approx((first + last) / 2, rel=1e-12)


def test_history_counts_from_its_start() -> None:
    """A plant with a past knows its energies there, and they do not change later."""
    plant = simulated_plant(
        Variant.BRINE, start_epoch_s=START_S, history_s=3 * DAY_S, running=True
    )
    origin_s = plant.origin_epoch_s
    assert START_S - 3 * DAY_S - 60 < origin_s <= START_S - 3 * DAY_S
    assert plant.energies_at(origin_s).electricity_wh == 0.0
    moments_s = [origin_s + 60.0 * minute for minute in range(0, 3 * 1440, 7)]
    before = [plant.energies_at(moment_s) for moment_s in moments_s]
    plant.advance(START_S + 3600)
    assert [plant.energies_at(moment_s) for moment_s in moments_s] == before
    assert all(
        later.electricity_wh > earlier.electricity_wh
        for earlier, later in pairwise(before)
    )


def test_unreached_moments_are_refused() -> None:
    """Neither the future nor the time before the start has energies."""
    plant = simulated_plant(Variant.AIR, start_epoch_s=START_S, history_s=3600.0)
    with pytest.raises(ValueError, match="not reached"):
        plant.energies_at(START_S + 1)
    with pytest.raises(ValueError, match="known"):
        plant.energies_at(plant.origin_epoch_s - 1)


def test_powers_and_flows_add_up_to_the_energies(
    winter_days: tuple[Variant, list[PlantState]],
) -> None:
    """Over winter days, what is shown each step sums to what was counted."""
    _, seen = winter_days
    phases_wh = [0.0, 0.0, 0.0]
    heat_wh = flow_spread_wh = 0.0
    for state in seen[:-1]:
        for phase, power_w in enumerate(state.phases_w):
            phases_wh[phase] += power_w / 360
        heat_wh += state.heat_w / 360
        delta_t_k = state.supply_c - state.return_c
        # 1.157 Wh per litre and kelvin at about 30 °C.
        flow_spread_wh += state.flow_lph * 1.157 * delta_t_k / 360
    energies = seen[-1].energies
    assert energies.phases_wh == pytest.approx(phases_wh)
    assert energies.electricity_wh == pytest.approx(sum(phases_wh))
    assert energies.heat_wh == pytest.approx(heat_wh)
    assert energies.heat_wh == pytest.approx(flow_spread_wh, rel=0.004)
    assert energies.heat_wh > 20_000


@pytest.fixture(scope="module", params=list(Variant))
def year(request: pytest.FixtureRequest) -> tuple[Variant, Energies]:
    """Return a variant and its energies of a year, projected from eight weeks of it."""
    variant: Variant = request.param
    weeks: list[dict[str, Any]] = []
    for number in range(WEEKS):
        end_s = START_S - number * 365 * DAY_S / WEEKS
        plant = simulated_plant(variant, start_epoch_s=end_s, history_s=7 * DAY_S)
        weeks.append(asdict(plant.energies_at(end_s)))
    numbers = weeks[0].keys() - {"phases_wh"}
    sums = {name: sum(week[name] for week in weeks) for name in numbers}
    per_year = {name: each * 365 / 7 / WEEKS for name, each in sums.items()}
    return variant, Energies(phases_wh=(0.0, 0.0, 0.0), **per_year)


def test_year_of_a_household(year: tuple[Variant, Energies]) -> None:
    """A year gives the figures that plants of this kind have."""
    variant, energies = year
    lowest, highest = (4.0, 4.6) if variant is Variant.BRINE else (3.5, 4.0)
    assert lowest < energies.heat_wh / energies.electricity_wh < highest
    assert 1300 < energies.starts < 3000
    assert 1700 < energies.run_s / 3600 < 2600
    assert 9_500e3 < energies.heating_heat_wh + energies.hot_water_heat_wh < 18_000e3
    assert energies.backup_heater_heat_wh == energies.backup_heater_electricity_wh
    assert energies.backup_heater_electricity_wh == pytest.approx(
        3000 * energies.backup_heater_s / 3600
    )
    assert 40e3 < energies.backup_heater_electricity_wh < 120e3


def test_hot_water_costs_more_than_heating(year: tuple[Variant, Energies]) -> None:
    """The higher the supply temperature, the worse the COP."""
    _, energies = year
    heating = energies.heating_heat_wh / energies.heating_electricity_wh
    hot_water = (
        energies.hot_water_heat_wh - energies.backup_heater_heat_wh
    ) / energies.hot_water_electricity_wh
    assert 2.5 < hot_water < heating - 0.2


def test_compressor_rests_and_works_ten_minutes_at_least(
    winter_days: tuple[Variant, list[PlantState]],
) -> None:
    """No run and no pause of winter days is shorter than ten minutes."""
    _, seen = winter_days
    lengths: list[int] = [0]
    was_on = seen[0].compressor_on
    for state in seen:
        if state.compressor_on is not was_on:
            lengths.append(0)
            was_on = state.compressor_on
        lengths[-1] += 10
    whole = lengths[1:-1]
    assert len(whole) > 10
    assert min(whole) >= 600


@both
def test_house_stays_warm_in_winter(variant: Variant) -> None:
    """Rooms and hot water keep their temperatures through a week of January."""
    plant = simulated_plant(variant, start_epoch_s=WINTER_S)
    seen = list(states(plant, WINTER_S, for_s=7 * DAY_S, every_s=1800))
    assert all(19.0 < state.room_c < 23.0 for state in seen)
    assert 44.0 < sum(state.hot_water_c for state in seen) / len(seen) < 50.0
    heating = [state for state in seen if state.activity is Activity.HEATING]
    assert all(18.0 < state.return_c < state.supply_c < 45.0 for state in heating)
    assert all(0.3 <= state.modulation <= 1.0 for state in heating)


def test_backup_heater_lifts_the_tank_once_a_week() -> None:
    """Once in seven summer days the backup heater brings the tank to 60 °C, without compressor."""
    summer_s = WINTER_S + 181 * DAY_S
    plant = simulated_plant(Variant.AIR, start_epoch_s=summer_s)
    seen = list(states(plant, summer_s, for_s=7 * DAY_S, every_s=60))
    lifting = [state for state in seen if state.backup_heater_on]
    assert 10 < len(lifting) < 60
    assert max(state.hot_water_c for state in seen) == pytest.approx(60, abs=0.5)
    assert all(state.activity is Activity.HOT_WATER for state in lifting)
    assert not any(state.compressor_on for state in lifting)
    assert all(state.heat_w == pytest.approx(3000) for state in lifting)
    assert {state.backup_heater_w for state in lifting} == {3000}
    assert {each.backup_heater_w for each in seen if not each.backup_heater_on} == {0}


def test_backup_heater_helps_in_hard_frost() -> None:
    """When it is very cold and the buffer falls behind, backup heater and compressor heat."""
    start_s = 1_738_638_000.0
    plant = simulated_plant(Variant.AIR, seed=0, start_epoch_s=start_s)
    helped = [
        state
        for state in states(plant, start_s, for_s=1.25 * DAY_S, every_s=60)
        if state.backup_heater_on and state.activity is Activity.HEATING
    ]
    assert helped
    assert all(state.outside_c < -7 for state in helped)
    # The colder the air, the less the compressor makes of it.
    assert all(state.heat_w > 3_000 + 0.5 * plant.rated_heat_w for state in helped)
    assert all(min(state.phases_w) >= 1000 for state in helped)


def test_defrost_takes_heat_back() -> None:
    """A defrost lasts 4 to 8 minutes, cools the water, and heating goes on."""
    seen = winter_days_of(Variant.AIR)
    lengths: list[int] = []
    for before, state in pairwise(seen):
        if state.activity is not Activity.DEFROST:
            continue
        if before.activity is not Activity.DEFROST:
            lengths.append(0)
        lengths[-1] += 10
        assert state.heat_w < 0
        assert state.supply_c < state.return_c
        assert state.compressor_on
        assert state.outside_c < 6
    after = [
        state.activity
        for before, state in pairwise(seen)
        if before.activity is Activity.DEFROST is not state.activity
    ]
    assert len(lengths) > 3
    assert all(240 <= length <= 480 for length in lengths[:-1])
    assert set(after) <= {Activity.HEATING, Activity.HOT_WATER}


def test_only_defrost_lowers_an_energy(
    winter_days: tuple[Variant, list[PlantState]],
) -> None:
    """Every energy grows, but heat falls while (and only while) defrosting."""
    variant, seen = winter_days
    fell = 0
    for before, state in pairwise(seen):
        earlier, later = before.energies, state.energies
        assert later.electricity_wh > earlier.electricity_wh
        assert later.hot_water_heat_wh >= earlier.hot_water_heat_wh
        assert later.run_s >= earlier.run_s
        assert later.starts >= earlier.starts
        if later.heating_heat_wh < earlier.heating_heat_wh:
            assert before.activity is Activity.DEFROST
            fell += 1
    assert (fell > 0) is (variant is Variant.AIR)


@both
@pytest.mark.parametrize("days", [0, 60, 150, 210, 250, 320])
def test_running_start_heats_a_quarter_of_an_hour(variant: Variant, days: int) -> None:
    """Asked to run, the compressor heats from the start in every season."""
    start_s = START_S + days * DAY_S
    plant = simulated_plant(variant, start_epoch_s=start_s, running=True)
    assert plant.state().activity is Activity.HEATING
    seen = list(states(plant, start_s, for_s=900, every_s=10))
    assert all(state.compressor_on for state in seen)
    assert all(state.heat_w > 0.25 * plant.rated_heat_w for state in seen)
    assert all(3 < state.heat_w / state.compressor_w < 11 for state in seen)


def test_modulation_times_rated_power_holds_at_one_point() -> None:
    """Elsewhere the heat follows source and supply, as capacity maps have it."""
    plant = simulated_plant(Variant.BRINE, start_epoch_s=WINTER_S)
    shares = [
        (
            state.heat_w / (state.modulation * plant.rated_heat_w),
            1 + 0.028 * state.source_in_c - 0.0042 * (state.supply_c - 35.0),
        )
        for state in winter_days_of(Variant.BRINE)[::6]
        if state.compressor_on and not state.backup_heater_on
    ]
    off = [abs(share / expected - 1) for share, expected in shares]
    assert median(off) < 0.01
    assert max(abs(share - 1) for share, _ in shares) > 0.1


def test_phases_of_the_two_units() -> None:
    """The brine unit loads all phases alike, the air unit mostly one."""
    brine = simulated_plant(Variant.BRINE, start_epoch_s=START_S, running=True).state()
    air = simulated_plant(Variant.AIR, start_epoch_s=START_S, running=True).state()
    assert brine.phases_w[1] == brine.phases_w[2]
    assert brine.phases_w[1] == pytest.approx(brine.compressor_w / 3)
    assert brine.phases_w[0] > brine.phases_w[1]
    assert air.phases_w[1] == air.compressor_w > 3 * air.phases_w[0]


def test_voltages_flicker_in_bounds(
    winter_days: tuple[Variant, list[PlantState]],
) -> None:
    """Each phase has a voltage of its own, within what a grid has."""
    _, seen = winter_days
    volts = [volt for state in seen[::60] for volt in state.phases_v]
    assert all(226 < volt < 238 for volt in volts)
    assert max(volts) - min(volts) > 3
    assert len(set(volts)) == len(volts)


@both
def test_standby_in_summer_is_small(variant: Variant) -> None:
    """Between hot-water charges only controls and circulation draw power."""
    summer_s = WINTER_S + 200 * DAY_S
    plant = simulated_plant(variant, start_epoch_s=summer_s)
    standby = [
        state
        for state in states(plant, summer_s, for_s=DAY_S, every_s=60)
        if state.activity is Activity.STANDBY
    ]
    assert len(standby) > 1000
    assert {state.flow_lph for state in standby} == {0.0}
    assert min(sum(state.phases_w) for state in standby) == pytest.approx(11, abs=4)
    assert max(sum(state.phases_w) for state in standby) < 30
    assert all(state.heat_w == 0.0 for state in standby)


def test_water_while_the_compressor_rests(
    winter_days: tuple[Variant, list[PlantState]],
) -> None:
    """In winter the air unit's water goes on flowing, without spread; brine's rests."""
    variant, seen = winter_days
    flows = variant is Variant.AIR
    resting = [each for each in seen[::6] if each.activity is Activity.STANDBY]
    assert len(resting) > 20
    assert all((state.flow_lph > 0) is flows for state in resting)
    assert all(state.heat_w == 0.0 for state in resting)
    assert all(state.circuit_pump_on for state in resting)
    if flows:
        assert all(state.supply_c == state.return_c for state in resting)


def test_source_cools_while_it_gives() -> None:
    """Brine comes back colder from the unit, and never leaves its yearly range."""
    seen = winter_days_of(Variant.BRINE)[::6]
    assert all(2 < state.source_in_c < 12 for state in seen)
    running = [state for state in seen if state.compressor_on]
    assert all(1 < state.source_in_c - state.source_out_c < 5 for state in running)
    assert all(state.source_pump_pct > 0 for state in running)
    assert running[-1].source_in_c < seen[0].source_in_c + 0.5

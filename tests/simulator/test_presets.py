"""Plants that are unlike the usual one in one respect."""

from itertools import groupby, pairwise

import pytest

from simulator import Preset, Simulator, SteppedClock, Variant
from simulator.physics import design_of, simulated_plant
from simulator.physics.water import capacity_rate_w_per_k
from simulator.state import Activity, PlantState

from .conftest import NOON_S

MINUTE_S = 60
JULY_S = 1_752_000_000.0


def lived(
    preset: Preset,
    variant: Variant = Variant.BRINE,
    *,
    start_s: float = NOON_S,
    hours: int = 24,
    every_s: int = MINUTE_S,
) -> list[PlantState]:
    """Return the states of some hours."""
    plant = simulated_plant(
        variant, design=design_of(variant, preset), start_epoch_s=start_s
    )
    states = []
    for elapsed_s in range(0, hours * 3600, every_s):
        plant.advance(start_s + elapsed_s)
        states.append(plant.state())
    return states


def stretch_minutes(states: list[PlantState], activity: Activity) -> list[float]:
    """Return the lengths of the compressor runs of an activity, whole ones only."""
    runs = [
        (running, float(len(list(group))))
        for running, group in groupby(
            states,
            key=lambda state: state.compressor_on and state.activity is activity,
        )
    ]
    return [minutes for running, minutes in runs[1:-1] if running]


def test_warm_source() -> None:
    """The source is at 12 °C, where modulation alone tells too little heat."""
    running = [state for state in lived(Preset.WARM_SOURCE) if state.compressor_on]
    for state in running[:: len(running) // 20]:
        assert 9 < state.source_in_c < 13
        if state.activity is Activity.HEATING:
            assert state.heat_w > 1.2 * state.modulation * 12_000


@pytest.mark.parametrize("variant", list(Variant))
def test_short_runs(variant: Variant) -> None:
    """An on/off compressor runs for about ten minutes at a time."""
    states = lived(Preset.SHORT_RUNS, variant)
    lengths = stretch_minutes(states, Activity.HEATING)
    assert len(lengths) > 30
    assert 7 < sum(lengths) / len(lengths) < 13
    assert {
        state.modulation
        for state in states
        if state.compressor_on and state.activity is Activity.HEATING
    } == {1.0}


def test_heat_rises_after_a_start() -> None:
    """With a start-up loss the electric power is there first, the heat later."""
    states = lived(Preset.SHORT_RUNS, hours=3, every_s=10)
    start = next(
        number
        for number, (before, now) in enumerate(pairwise(states), 1)
        if now.compressor_on and not before.compressor_on
    )
    first, later = states[start], states[start + 18]
    assert first.compressor_w > 0.8 * later.compressor_w
    assert first.heat_w < 0.3 * later.heat_w


@pytest.mark.parametrize("variant", list(Variant))
def test_long_charges(variant: Variant) -> None:
    """Hot water takes about twenty minutes."""
    lengths = stretch_minutes(lived(Preset.LONG_CHARGES, variant), Activity.HOT_WATER)
    assert lengths
    assert 15 < sum(lengths) / len(lengths) < 30


@pytest.mark.parametrize("variant", list(Variant))
def test_cooling(variant: Variant) -> None:
    """Cold is no heat: the water comes back warmer, and heat counters stand still."""
    states = lived(Preset.COOLING, variant, start_s=JULY_S)
    cooling = [state for state in states if state.activity is Activity.COOLING]
    assert len(cooling) > 60
    state = cooling[len(cooling) // 2]
    assert state.compressor_on
    assert state.supply_c < state.return_c - 1
    flow_w = capacity_rate_w_per_k(state.flow_lph, state.return_c) * (
        state.supply_c - state.return_c
    )
    assert state.heat_w == pytest.approx(flow_w)
    before, after = cooling[5].energies, cooling[6].energies
    assert after.cooling_wh > before.cooling_wh
    assert after.heat_wh == before.heat_wh
    final = states[-1].energies
    assert 3 < final.cooling_wh / final.cooling_electricity_wh < 12
    assert final.cooling_electricity_wh < final.electricity_wh


@pytest.mark.parametrize("variant", list(Variant))
def test_two_compressors(variant: Variant) -> None:
    """The second one helps at times, and both together make the heat."""
    states = lived(Preset.TWO_COMPRESSORS, variant)
    seen = {tuple(load > 0 for load in state.loads) for state in states}
    assert {(True, False), (True, True)} <= seen
    energies = states[-1].energies
    assert 0 < energies.second_run_s < energies.run_s
    assert energies.second_starts > 0
    for state in states[::80]:
        if state.activity is Activity.HEATING:
            assert sum(state.loads) / 2 == pytest.approx(state.modulation, abs=0.01)


def test_hybrid() -> None:
    """The burner's heat warms the supply and is no heat of the heat pump."""
    states = lived(Preset.HYBRID)
    burning = [state for state in states if state.burner_share]
    assert burning
    assert {state.burner_share for state in states} == {0.0, 0.4}
    for state in burning[:: len(burning) // 5]:
        through_w = capacity_rate_w_per_k(state.flow_lph, state.return_c) * (
            state.supply_c - state.return_c
        )
        assert through_w - state.heat_w == pytest.approx(6000)
    energies = states[-1].energies
    assert energies.burner_heat_wh == pytest.approx(len(burning) * 100, rel=0.05)


async def test_preset_of_a_simulator(socket_enabled: None) -> None:
    """A simulator has its plants by a preset."""
    sim = Simulator([Variant.BRINE], clock=SteppedClock(NOON_S), preset=Preset.HYBRID)
    assert sim.plants[Variant.BRINE].state().burner_share is not None

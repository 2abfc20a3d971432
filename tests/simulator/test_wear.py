"""What fails in a plant, slowly or at once, and what that does."""

from math import inf

import pytest

from simulator.physics import FaultKind, PlantFault, SimulatedPlant, simulated_plant
from simulator.state import Activity, Variant

JANUARY_S = 1_767_222_000.0
"""2026-01-01 00:00 in Berlin."""
DAY_S = 86_400.0


def lived(variant: Variant, *faults: PlantFault, days: float = 2.0) -> SimulatedPlant:
    """Return a plant after some days of winter."""
    plant = simulated_plant(variant, seed=3, start_epoch_s=JANUARY_S, faults=faults)
    plant.advance(JANUARY_S + days * DAY_S)
    return plant


def fault(kind: FaultKind, size: float = 1.0, until_s: float = inf) -> PlantFault:
    """Return a fault that is there from the beginning."""
    return PlantFault(kind=kind, from_s=JANUARY_S, until_s=until_s, size=size)


def cop(plant: SimulatedPlant) -> float:
    """Return the COP of all so far."""
    energies = plant.state().energies
    return energies.heat_wh / energies.electricity_wh


def test_fault_grows_and_is_repaired() -> None:
    """A fault is nothing before it begins, grows evenly, stays, and ends."""
    grows = PlantFault(
        kind=FaultKind.FILTER,
        from_s=DAY_S,
        until_s=20 * DAY_S,
        size=0.4,
        grows_days=10.0,
    )
    sizes = [grows.size_at(day * DAY_S) for day in (0, 1, 6, 11, 19, 20)]
    assert sizes == pytest.approx([0, 0, 0.2, 0.4, 0.4, 0])


def test_clogged_filter() -> None:
    """With less flow the supply is warmer, which costs COP."""
    healthy = lived(Variant.AIR)
    clogged = lived(Variant.AIR, fault(FaultKind.FILTER, 0.4))
    assert cop(clogged) < 0.98 * cop(healthy)
    flows = []
    for plant in (healthy, clogged):
        while plant.activity is not Activity.HEATING:
            plant.advance(plant.state().epoch_s + 600)
        state = plant.state()
        flows.append(state.flow_lph)
    assert flows[1] == pytest.approx(0.6 * flows[0], rel=0.1)


def test_drifting_sensor() -> None:
    """A sensor that is wrong changes what is shown, and nothing else."""
    healthy = lived(Variant.BRINE)
    wrong = lived(Variant.BRINE, fault(FaultKind.RETURN_SENSOR, 0.5))
    assert wrong.state().return_c == pytest.approx(healthy.state().return_c + 0.5)
    assert wrong.state().energies == healthy.state().energies


def test_stuck_backup_heater() -> None:
    """The heater runs as long as the pump does, and stops when it is repaired."""
    stuck = lived(Variant.AIR, fault(FaultKind.BACKUP_HEATER))
    energies = stuck.state().energies
    assert energies.backup_heater_s > 0.9 * energies.run_s
    repaired_s = JANUARY_S + 0.5 * DAY_S
    repaired = lived(Variant.AIR, fault(FaultKind.BACKUP_HEATER, until_s=repaired_s))
    hours = [
        repaired.energies_at(JANUARY_S + days * DAY_S).backup_heater_s / 3600
        for days in (0.5, 2.0)
    ]
    assert hours[1] == pytest.approx(hours[0], abs=0.1)


def test_short_cycles() -> None:
    """The compressor starts several times as often, for about ten minutes."""
    energies = lived(Variant.BRINE, fault(FaultKind.SHORT_CYCLES)).state().energies
    assert energies.starts > 2 * lived(Variant.BRINE).state().energies.starts
    assert energies.run_s / energies.starts < 12 * 60


def test_ice() -> None:
    """A dirty evaporator must be defrosted more often."""
    shares = []
    for faults in ((), (fault(FaultKind.ICE, 4.0),)):
        plant = simulated_plant(
            Variant.AIR, seed=3, start_epoch_s=JANUARY_S, faults=faults
        )
        defrosting = 0
        for minute in range(1440):
            plant.advance(JANUARY_S + minute * 60)
            defrosting += plant.activity is Activity.DEFROST
        shares.append(defrosting)
    assert shares[1] > 2.5 * shares[0] > 0

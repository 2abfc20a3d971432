"""The physical model: weather, house, hot water and a heat pump, true to the watt."""

from collections.abc import Iterable

from ..state import PlannedChange, Variant
from .design import Design, Preset, design_of
from .plant import SimulatedPlant
from .wear import FaultKind, PlantFault

__all__ = [
    "Design",
    "FaultKind",
    "PlantFault",
    "Preset",
    "SimulatedPlant",
    "design_of",
    "simulated_plant",
]


def simulated_plant(
    variant: Variant,
    *,
    design: Design | None = None,
    seed: int = 1,
    start_epoch_s: float,
    history_s: float = 0.0,
    running: bool = False,
    plan: Iterable[PlannedChange] = (),
    faults: Iterable[PlantFault] = (),
) -> SimulatedPlant:
    """Return a plant in central Germany that stands at this moment.

    The same arguments give the same plant, however it is then advanced: it moves
    in steps of 10 s on a grid that no caller shifts.

    Args:
        variant: Which heat pump.
        design: Its sizes and habits; the usual ones of the variant if not given.
        seed: Chooses weather, hot-water habits and mains voltage.
        start_epoch_s: The present moment.
        history_s: How much of the past to live through first, in steps of 60 s, so
            that energies are known from then on.
        running: Have the compressor heat at the start, in a house that has cooled
            enough to keep it at work for a quarter of an hour, whatever the season.
        plan: What the owner changes, and when.
        faults: What goes wrong, and when.
    """
    return SimulatedPlant(
        variant,
        design or design_of(variant),
        seed=seed,
        start_epoch_s=start_epoch_s,
        history_s=history_s,
        running=running,
        plan=plan,
        faults=faults,
    )

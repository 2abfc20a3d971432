"""The fields of the phases, or channels, of a meter."""

from collections.abc import Iterable, Iterator

from ...readings import PhaseReading


def phase_values(
    phases: Iterable[PhaseReading],
) -> Iterator[tuple[str, float | None]]:
    """Yield the fields of each phase by their names."""
    for phase in phases:
        yield f"power_{phase.name}_w", phase.power_w
        yield f"voltage_{phase.name}_v", phase.voltage_v
        yield f"current_{phase.name}_a", phase.current_a

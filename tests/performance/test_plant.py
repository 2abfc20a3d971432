"""What electricity a meter counts, in the words of the SEPEMO boundaries."""

import pytest

from custom_components.heatpump_monitor.performance.plant import (
    MeteredBoundary,
    Part,
    boundary_of,
)

PUMP, BACKUP_HEATER, PUMPS = (
    Part.SOURCE_PUMP,
    Part.BACKUP_HEATER,
    Part.CIRCULATION_PUMPS,
)


@pytest.mark.parametrize(
    ("metered", "label", "extra", "missing"),
    [
        ((), "H1", (), (PUMP, BACKUP_HEATER, PUMPS)),
        ((PUMP,), "H2", (), (BACKUP_HEATER, PUMPS)),
        ((PUMP, BACKUP_HEATER), "H3", (), (PUMPS,)),
        ((PUMP, BACKUP_HEATER, PUMPS), "H4", (), ()),
        ((BACKUP_HEATER,), "H1+", (BACKUP_HEATER,), (PUMP, PUMPS)),
        ((PUMPS,), "H1+", (PUMPS,), (PUMP, BACKUP_HEATER)),
        ((BACKUP_HEATER, PUMPS), "H1+", (BACKUP_HEATER, PUMPS), (PUMP,)),
        ((PUMP, PUMPS), "H2+", (PUMPS,), (BACKUP_HEATER,)),
    ],
)
def test_boundary_of_every_combination(
    metered: tuple[Part, ...],
    label: str,
    extra: tuple[Part, ...],
    missing: tuple[Part, ...],
) -> None:
    """The label is that of what is all counted; a plus and words say the rest."""
    found = boundary_of(frozenset({Part.COMPRESSOR, *metered}))
    assert (found.label, found.extra, found.missing) == (label, extra, missing)
    assert MeteredBoundary.of_key(found.key) == found
    assert found.without(BACKUP_HEATER) == boundary_of(
        frozenset({Part.COMPRESSOR, *metered}) - {BACKUP_HEATER}
    )

"""What electricity a meter counts, in the words of the SEPEMO boundaries."""

import pytest

from custom_components.heatpump_monitor.performance.plant import Part, boundary_of

PUMP, ROD, PUMPS = Part.SOURCE_PUMP, Part.HEATING_ROD, Part.CIRCULATION_PUMPS


@pytest.mark.parametrize(
    ("metered", "label", "extra", "missing"),
    [
        ((), "H1", (), (PUMP, ROD, PUMPS)),
        ((PUMP,), "H2", (), (ROD, PUMPS)),
        ((PUMP, ROD), "H3", (), (PUMPS,)),
        ((PUMP, ROD, PUMPS), "H4", (), ()),
        ((ROD,), "H1+", (ROD,), (PUMP, PUMPS)),
        ((PUMPS,), "H1+", (PUMPS,), (PUMP, ROD)),
        ((ROD, PUMPS), "H1+", (ROD, PUMPS), (PUMP,)),
        ((PUMP, PUMPS), "H2+", (PUMPS,), (ROD,)),
    ],
)
def test_boundary_of_every_combination(
    metered: tuple[Part, ...],
    label: str,
    extra: tuple[Part, ...],
    missing: tuple[Part, ...],
) -> None:
    """The label is that of what is all counted; a plus and words say the rest."""
    found = boundary_of({Part.COMPRESSOR, *metered})
    assert (found.label, found.extra, found.missing) == (label, extra, missing)

"""The plant: what the owner told us about the heat pump and its meter."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class HeatMethod(StrEnum):
    """How the heat of an interval was known, best first (design rule 3)."""

    HEAT_METER = "heat_meter"
    """A heat meter of its own."""
    COUNTER = "counter"
    """The unit's own heat counters, with the shape of a method that samples."""
    REPORTED = "reported"
    """Thermal power as the unit reports it."""
    FLOW = "flow"
    """Measured flow times spread."""
    MODULATION = "modulation"
    """Modulation times rated power times run fraction."""
    ASSUMED_FLOW = "assumed_flow"
    """A flow the owner knows, times spread, while the compressor runs."""


class SourceKind(StrEnum):
    """Where the heat pump takes its heat from."""

    BRINE = "brine"
    AIR = "air"


class Part(StrEnum):
    """A part of the plant whose electricity the meter may include."""

    COMPRESSOR = "compressor"
    SOURCE_PUMP = "source_pump"
    """Brine pump, or the fan of an air unit."""
    HEATING_ROD = "heating_rod"
    CIRCULATION_PUMPS = "circulation_pumps"


class Boundary(StrEnum):
    """SEPEMO boundary: what electricity is counted. Each includes the one before."""

    H1 = "H1"
    H2 = "H2"
    H3 = "H3"
    H4 = "H4"


_BOUNDARY_ADDS = (
    (Boundary.H2, Part.SOURCE_PUMP),
    (Boundary.H3, Part.HEATING_ROD),
    (Boundary.H4, Part.CIRCULATION_PUMPS),
)


def boundary_of(parts: Iterable[Part]) -> Boundary:
    """Return the widest SEPEMO boundary of which the meter includes every part.

    A rod that is metered without the source pump does not make H3: the figure
    would leave out electricity that H2 already counts. Source: SEPEMO-Build,
    as used by the Electrification of Heat trial.
    """
    metered = set(parts)
    boundary = Boundary.H1
    for wider, part in _BOUNDARY_ADDS:
        if part not in metered:
            break
        boundary = wider
    return boundary


@dataclass(frozen=True, slots=True)
class CapacityPoint:
    """Thermal power at one operating point of the data sheet."""

    source_c: float
    """Brine or outside air."""
    supply_c: float
    heat_w: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Plant:
    """What the owner told us."""

    source: SourceKind | None = None
    """None where the owner did not say; the readings may still tell."""

    capacity_points: tuple[CapacityPoint, ...] = ()
    """Two to four points of the data sheet, if the owner gave them."""

    brine_flow_lph: float | None = None
    """Flow of the brine while the compressor runs, from the commissioning record."""

    brine_glycol_pct: float = 30.0
    """Glycol in the brine, by volume."""

    rated_heat_w: float | None = None
    """Rated thermal power; the unit's own word is used where this is None."""

    assumed_flow_lph: float | None = None
    """Flow through the heat pump while it runs, if the owner knows it."""

    rod_w: float | None = None
    """Power of the heating rod, if the owner knows it."""

    glycol_pct: float = 0.0
    """Propylene glycol in the heating water, by volume; no matter of the brine."""

    metered: frozenset[Part] = frozenset(Part)
    heat_method: HeatMethod | None = None
    """None chooses automatically."""

    meter_rating_w: float = 43_470.0
    """What the meter can carry: 3 x 63 A x 230 V."""

    @property
    def boundary(self) -> Boundary:
        """Return the SEPEMO boundary of the metered parts."""
        return boundary_of(self.metered)

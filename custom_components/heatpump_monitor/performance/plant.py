"""The plant: what the owner entered about the heat pump and its meters."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import takewhile
from typing import Final

from ..readings import HOUSE_ROLES, Role

DEFAULT_BRINE_GLYCOL_PCT: Final = 30.0


class HeatMethod(StrEnum):
    """How the heat of an interval was known, best first (design rule 3).

    While they are plausible, the unit's counters correct the sum of the samples;
    when they freeze, the samples alone go on.
    """

    HEAT_METER = "heat_meter"
    """A heat meter of its own."""
    COUNTER = "counter"
    """The unit's own heat counters, with the shape of a method that samples."""
    REPORTED = "reported"
    """Thermal power as the unit reports it."""
    FLOW = "flow"
    """Measured flow times ΔT."""
    COMBINED = "combined"
    """Weighted mean of modulation and source balance; never chosen by the owner."""
    MODULATION = "modulation"
    """Modulation times rated power times run fraction."""
    SOURCE_BALANCE = "source_balance"
    """Brine flow times brine ΔT plus the electricity that ends in the water."""
    ASSUMED_FLOW = "assumed_flow"
    """A flow the owner knows, times spread, while the compressor runs."""


class SourceKind(StrEnum):
    """Where the heat pump takes its heat from."""

    BRINE = "brine"
    AIR = "air"

    @classmethod
    def by_sensors(cls, *, has_outlet: bool) -> SourceKind:
        """Return the source of a unit that reports its temperatures.

        Brine has a sensor where it leaves the heat pump, air has none there.
        """
        return cls.BRINE if has_outlet else cls.AIR


class Part(StrEnum):
    """A part of the plant whose electricity the meter may include.

    In the order of the SEPEMO boundaries, each of which adds one part.
    """

    COMPRESSOR = "compressor"
    SOURCE_PUMP = "source_pump"
    """Brine pump, or the fan of an air unit."""
    BACKUP_HEATER = "backup_heater"
    CIRCULATION_PUMPS = "circulation_pumps"


class Boundary(StrEnum):
    """SEPEMO boundary: what electricity is counted. Each includes the one before.

    A plus says that parts of a wider boundary are counted, too, but not all of it.
    """

    H1 = "H1"
    H1_PLUS = "H1+"
    H2 = "H2"
    H2_PLUS = "H2+"
    H3 = "H3"
    H4 = "H4"


@dataclass(frozen=True, slots=True)
class MeteredBoundary:
    """What electricity a meter counts, held against the SEPEMO boundaries."""

    label: Boundary
    """The widest boundary of which the meter counts every part."""
    extra: tuple[Part, ...]
    """Parts that are counted although the boundary does not include them."""
    missing: tuple[Part, ...]
    """Parts that are not counted, whichever boundary includes them."""

    @property
    def key(self) -> str:
        """Return a short name, such as `H3` or `H1+backup_heater`."""
        return "+".join((self.label.rstrip("+"), *self.extra))

    def without(self, part: Part) -> MeteredBoundary:
        """Return the boundary of the same parts without one of them."""
        return boundary_of(frozenset(Part) - {part, *self.missing})

    @classmethod
    def of_key(cls, key: str) -> MeteredBoundary:
        """Return the boundary that has a key."""
        label, *extra = key.split("+")
        return boundary_of(
            frozenset([*list(Part)[: int(label[1:])], *map(Part, extra)])
        )


@cache
def boundary_of(parts: frozenset[Part]) -> MeteredBoundary:
    """Return the SEPEMO boundary of metered parts, and what differs from it.

    A backup heater that is metered without the source pump does not make H3: the figure
    would leave out electricity that H2 already counts. It is H1 plus the backup heater.
    Source: SEPEMO-Build, as used by the Electrification of Heat trial.
    """
    # Parts are in the order in which the boundaries add them.
    included = max(len(list(takewhile(parts.__contains__, Part))), 1)
    extra = tuple(part for part in list(Part)[included:] if part in parts)
    return MeteredBoundary(
        label=Boundary(f"H{included}{'+' if extra else ''}"),
        extra=extra,
        missing=tuple(part for part in Part if part not in parts),
    )


@dataclass(frozen=True, slots=True)
class CapacityPoint:
    """Thermal power at one operating point of the data sheet."""

    source_c: float
    """Brine or outside air."""
    supply_c: float
    heat_w: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Meter:
    """A meter that the owner installed."""

    key: str = "main"
    """Its place, which a replacement keeps."""
    role: Role = Role.WHOLE
    identity: str | None = None
    """MAC address or serial number; None if not known."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Plant:
    """The data that the owner entered."""

    source: SourceKind | None = None
    """None where the owner did not say; the readings may still show it."""
    capacity_points: tuple[CapacityPoint, ...] = ()
    """Two to four points of the data sheet, if the owner gave them."""
    brine_flow_lph: float | None = None
    """Flow of the brine while the compressor runs, from the commissioning record."""
    brine_glycol_pct: float = DEFAULT_BRINE_GLYCOL_PCT
    """Glycol in the brine, by volume."""
    rated_heat_w: float | None = None
    """Rated thermal power; the unit's own word is used where this is None."""
    assumed_flow_lph: float | None = None
    """Flow through the heat pump while it runs, if the owner knows it."""
    backup_heater_w: float | None = None
    """Power of the backup heater, if the owner knows it."""
    glycol_pct: float = 0.0
    """Propylene glycol in the heating water, by volume; not in the brine."""

    metered: frozenset[Part] = frozenset(Part)
    heat_method: HeatMethod | None = None
    """None chooses automatically."""

    meters: tuple[Meter, ...] = (Meter(),)
    meter_rating_w: float = 43_470.0
    """What an electricity meter can carry: 3 x 63 A x 230 V."""

    @property
    def knows_own_electricity(self) -> bool:
        """Return whether it has the meters that tell own electricity."""
        return {each.role for each in self.meters} >= {*HOUSE_ROLES}

    @property
    def boundary(self) -> MeteredBoundary:
        """Return the SEPEMO boundary of the metered parts."""
        return boundary_of(self.metered)

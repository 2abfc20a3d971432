"""The days of one mode from which the usual share of Carnot's COP is learned."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from ...readings import Mode
from ...time_units import HOUR_S
from ..heat.carnot import carnot_cop
from ..plant import SourceKind
from ..segments import Quantity
from ..totals.ledger import Bucket, Ledger

# Less makes a ratio of the meter's and the counters' steps.
_LEAST_WH: Final = 500.0


@dataclass(frozen=True, kw_only=True, slots=True)
class OperatingDay:
    """What one mode did on a day, and at which temperatures."""

    day: date
    electricity_kwh: float
    heat_kwh: float
    carnot_cop: float
    """Carnot's COP at the day's temperatures."""
    source_c: float
    """At its inlet."""
    run_hours: float
    """How long the mode lasted."""
    modulation: float | None = None
    """Mean over the heat, 0..1; None if the heat pump does not show it."""

    @property
    def share(self) -> float:
        """Return the share of Carnot's COP."""
        return self.heat_kwh / self.electricity_kwh / self.carnot_cop


def operating_days(
    ledger: Ledger, mode: Mode, first: date, last: date, source: SourceKind | None
) -> list[OperatingDay]:
    """Return the days of a mode, both ends included, whose temperatures are known.

    Days need not be complete, as only what is paired counts. A defrost is a mode of
    its own, so that the COP of heating is that without it. Imported days are left
    out, as they may be measured in another way.
    """
    return list(_operating(ledger.days_between(first, last), mode, source))


def _operating(
    days: list[tuple[date, Bucket]], mode: Mode, source: SourceKind | None
) -> Iterator[OperatingDay]:
    inlet = Quantity.SOURCE_IN_C if source is SourceKind.BRINE else Quantity.OUTSIDE_C
    for day, bucket in days:
        sums = bucket.of_mode(mode)
        supply_c, source_c = sums.mean(Quantity.SUPPLY_C), sums.mean(inlet)
        if bucket.imported or sums.electricity_wh < _LEAST_WH:
            continue
        if sums.heat_wh <= 0 or supply_c is None or source_c is None:
            continue
        if (highest := carnot_cop(supply_c, source_c)) is None:
            continue
        modulation_pct = sums.mean(Quantity.MODULATION_PCT)
        yield OperatingDay(
            day=day,
            electricity_kwh=sums.electricity_wh / 1000,
            heat_kwh=sums.heat_wh / 1000,
            carnot_cop=highest,
            source_c=source_c,
            run_hours=sums.seconds / HOUR_S,
            modulation=None if modulation_pct is None else modulation_pct / 100,
        )

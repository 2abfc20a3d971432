"""The account at a moment, and whether it still adds up after crashes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from .comparison import Energies, deviation

_ELECTRICITY_OFF_AT_MOST = 0.001
# The meter shows steps of 0.01 Wh, at either end.
_METER_STEP_WH = 0.02
_ROUNDING = 1e-3


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """The account when an interval had just been closed."""

    closed_until: datetime
    """When the interval ended."""
    metered_until: datetime
    """When the meter was read that closed it."""
    paired: Energies
    """What the intervals add up to."""
    paired_s: float
    total: Energies
    """What was counted since the account began."""
    ledger: Energies
    """The same, as the days add up to."""

    @classmethod
    def from_diagnostics(cls, diagnostics: Mapping[str, Any]) -> Self | None:
        """Return the account as the diagnostics tell it.

        None before the first interval was closed.
        """
        summary = diagnostics["snapshot"]
        if summary["closed_interval"] is None or summary["electricity_until"] is None:
            return None
        closed_until = datetime.fromisoformat(summary["closed_interval"]["end"])
        metered_until = datetime.fromisoformat(summary["electricity_until"])
        days = summary["summaries"]["all"]["sums"]
        return cls(
            closed_until=closed_until,
            metered_until=metered_until,
            paired=Energies(
                electricity_wh=days["paired_electricity_wh"], heat_wh=days["heat_wh"]
            ),
            paired_s=days["paired_s"],
            total=Energies(
                electricity_wh=summary["electricity_total_wh"],
                heat_wh=summary["heat_total_wh"] or 0.0,
            ),
            ledger=Energies(
                electricity_wh=days["electricity_wh"],
                heat_wh=days["heat_wh"] + days["unpaired_heat_wh"],
            ),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """Two standings of one account, and what was true of the time between."""

    before: Standing
    after: Standing
    true: Energies
    """What flowed between the ends of the two intervals."""
    true_metered_wh: float
    """What the heat pump drew between the two readings of the meter."""

    @property
    def seconds(self) -> float:
        """Return how much time passed between the ends of the two intervals."""
        return (self.after.closed_until - self.before.closed_until).total_seconds()

    @property
    def paired(self) -> Energies:
        """Return what the intervals between add up to."""
        return self.after.paired - self.before.paired

    @property
    def total(self) -> Energies:
        """Return by how much the totals grew."""
        return self.after.total - self.before.total

    def complaints(self, *, heat_off_at_most: float) -> list[str]:
        """Return what was lost or counted twice, in words; nothing if all is well.

        Args:
            heat_off_at_most: By which share of the true heat the method may be off.
        """
        found = [] if self.true.heat_wh > 0 else ["the heat pump made no heat"]
        found += _electricity(
            "electricity of the intervals in Wh",
            self.paired.electricity_wh,
            self.true.electricity_wh,
        )
        found += _electricity(
            "electricity in total in Wh",
            self.total.electricity_wh,
            self.true_metered_wh,
        )
        found += deviation(
            "heat in Wh", self.total.heat_wh, self.true.heat_wh, heat_off_at_most
        )
        return found + self._contradictions()

    def _contradictions(self) -> list[str]:
        """Return where the account contradicts itself."""
        total, days = self.after.total, self.after.ledger
        paired_s = self.after.paired_s - self.before.paired_s
        return [
            *_differ("s in intervals", paired_s, "passed", self.seconds),
            *_differ(
                "Wh of electricity in total",
                total.electricity_wh,
                "in the days",
                days.electricity_wh,
            ),
            *_differ("Wh of heat in total", total.heat_wh, "in the days", days.heat_wh),
        ]


def _electricity(what: str, counted_wh: float, true_wh: float) -> list[str]:
    return deviation(
        what, counted_wh, true_wh, _ELECTRICITY_OFF_AT_MOST, step=_METER_STEP_WH
    )


def _differ(what: str, one: float, where: str, other: float) -> list[str]:
    if abs(one - other) <= _ROUNDING:
        return []
    return [f"{one:.3f} {what}, {other:.3f} {where}"]

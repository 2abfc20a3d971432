"""What the integration counted, beside what really flowed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

INTERVALS_AT_LEAST = 12
_ELECTRICITY_OFF_AT_MOST = 0.005
_HEAT_OFF_AT_MOST = 0.03


@dataclass(frozen=True, kw_only=True, slots=True)
class Energies:
    """Energy in Wh, either counted from some moment on or between two."""

    electricity_wh: float
    heat_wh: float

    def __sub__(self, earlier: Energies) -> Energies:
        """Return what flowed since an earlier moment."""
        return Energies(
            electricity_wh=self.electricity_wh - earlier.electricity_wh,
            heat_wh=self.heat_wh - earlier.heat_wh,
        )

    def __add__(self, other: Energies) -> Energies:
        """Return the sum of both."""
        return Energies(
            electricity_wh=self.electricity_wh + other.electricity_wh,
            heat_wh=self.heat_wh + other.heat_wh,
        )

    @property
    def cop(self) -> float | None:
        """Return heat over electricity, None without electricity."""
        return self.heat_wh / self.electricity_wh if self.electricity_wh > 0 else None


NOTHING = Energies(electricity_wh=0.0, heat_wh=0.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Interval:
    """An interval that the integration closed."""

    start: datetime
    end: datetime
    electricity_wh: float | None
    heat_wh: float | None

    @classmethod
    def from_json(cls, interval: Mapping[str, Any]) -> Self:
        """Return an interval as the diagnostics tell it."""
        heat = interval["heats"].get(interval["method"])
        return cls(
            start=datetime.fromisoformat(interval["start"]),
            end=datetime.fromisoformat(interval["end"]),
            electricity_wh=interval["electricity_wh"],
            heat_wh=sum(heat["by_segment_wh"]) if heat else None,
        )

    @property
    def energies(self) -> Energies | None:
        """Return both sums, None unless both are known."""
        if self.electricity_wh is None or self.heat_wh is None:
            return None
        return Energies(electricity_wh=self.electricity_wh, heat_wh=self.heat_wh)


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """The sums of some intervals, counted and true."""

    paired: int
    """How many intervals have electricity and heat; the sums are theirs."""
    unpaired: int
    """How many lack either."""
    counted: Energies
    true: Energies

    def complaints(self, *, heat_is_measured: bool) -> list[str]:
        """Return what is off, in words; nothing if all is well.

        Args:
            heat_is_measured: Whether the unit measures what its heat follows
                from, so that it has to agree with the truth too.
        """
        found = []
        if self.paired < INTERVALS_AT_LEAST:
            found.append(
                f"{self.paired} intervals are paired, not {INTERVALS_AT_LEAST}"
            )
        if self.unpaired:
            found.append(f"{self.unpaired} intervals lack electricity or heat")
        if not self.true.heat_wh > 0:
            found.append("the simulated heat pump made no heat")
        found += deviation(
            "electricity in Wh",
            self.counted.electricity_wh,
            self.true.electricity_wh,
            _ELECTRICITY_OFF_AT_MOST,
        )
        if heat_is_measured:
            found += deviation(
                "heat in Wh",
                self.counted.heat_wh,
                self.true.heat_wh,
                _HEAT_OFF_AT_MOST,
            )
        return found


def compare(intervals: Sequence[Interval], true: Sequence[Energies]) -> Comparison:
    """Sum up intervals and what was true of each of them.

    The first ones do not count while they are not paired: the heat pump may have
    answered before the meter did.
    """
    both = list(zip(intervals, true, strict=True))
    while both and both[0][0].energies is None:
        del both[0]
    counted = [interval.energies for interval, _ in both]
    return Comparison(
        paired=len(counted) - counted.count(None),
        unpaired=counted.count(None),
        counted=sum(filter(None, counted), NOTHING),
        true=sum((truth for interval, truth in both if interval.energies), NOTHING),
    )


def deviation(
    what: str, counted: float, true: float, at_most: float, *, step: float = 0.0
) -> list[str]:
    """Return a complaint if a figure is off by more than a share of the true one.

    Args:
        what: What it is, and its unit.
        counted: The figure.
        true: What it has to be.
        at_most: By which share of the true one it may be off.
        step: By how much it may be off anyway, as its source tells no less.
    """
    if abs(counted - true) <= at_most * abs(true) + step:
        return []
    share = f"{(counted - true) / true:+.2%}" if true else "not 0"
    return [f"{what}: {counted:.2f}, truly {true:.2f}: {share}, allowed {at_most:.1%}"]

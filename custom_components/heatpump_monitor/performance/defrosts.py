"""The heat that a defrost takes back, where no value of it reached the cloud."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from .join import Join
from .signals import Signal

# From then on the supply temperature shows the defrost, and not the heating before.
_SETTLED_S = 60.0
_NEW_WEIGHT = 0.1


@dataclass(slots=True)
class DefrostSpread:
    """The usual ΔT during a defrost, learned from those that were told of."""

    mean_k: float | None = None

    def learn(self, join: Join, start: datetime, end: datetime) -> None:
        """Learn from the supply temperatures of an interval."""
        supply, back = join.signals["supply_c"], join.signals["return_c"]
        for begin, over in join.defrosts():
            first = max(begin + _SETTLED_S, start.timestamp())
            last = min(over, end.timestamp())
            for moment, supply_c in supply.between(first, last):
                return_c = back.at(moment, [])
                if return_c is not None:
                    self._add(supply_c - return_c)

    def _add(self, spread_k: float) -> None:
        mean_k = spread_k if self.mean_k is None else self.mean_k
        self.mean_k = mean_k + _NEW_WEIGHT * (spread_k - mean_k)


def completed_supply(
    join: Join, defrosts: Sequence[tuple[float, float]], spread_k: float | None
) -> Signal:
    """Return the supply temperature, with a value for each defrost without one.

    Args:
        join: What both sources told lately.
        defrosts: Their begins and ends, in epoch seconds.
        spread_k: The usual ΔT during a defrost; None if it is not known.
    """
    supply, back = join.signals["supply_c"], join.signals["return_c"]
    if spread_k is None:
        return supply
    values: dict[float, float] = {}
    for begin, end in defrosts:
        is_told = any(supply.between(begin + _SETTLED_S, end))
        return_c = back.at(end, [])
        if not is_told and return_c is not None and end > begin + _SETTLED_S:
            # Just before the water turns again.
            values[end - 1.0] = return_c + spread_k
    return supply.with_values(values)

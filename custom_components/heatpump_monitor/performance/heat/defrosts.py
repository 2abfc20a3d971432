"""The heat that a defrost takes back, where no value of it reached the cloud."""

from dataclasses import dataclass
from datetime import datetime

from ..clocks.join import Join
from ..clocks.signals import Signal

# From then on the supply temperature shows the defrost, and not the heating before.
_SETTLED_S = 60.0
_NEW_WEIGHT = 0.1


@dataclass(slots=True)
class DefrostDeltaT:
    """The usual ΔT during a defrost, learned from those that were reported."""

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

    def _add(self, delta_t_k: float) -> None:
        mean_k = delta_t_k if self.mean_k is None else self.mean_k
        self.mean_k = mean_k + _NEW_WEIGHT * (delta_t_k - mean_k)

    def completed_supply(self, join: Join) -> Signal:
        """Return the supply temperature, with a value for each defrost without one."""
        supply, back = join.signals["supply_c"], join.signals["return_c"]
        if self.mean_k is None:
            return supply
        values: dict[float, float] = {}
        for begin, end in join.defrosts():
            is_reported = any(supply.between(begin + _SETTLED_S, end))
            return_c = back.at(end, [])
            if not is_reported and return_c is not None and end > begin + _SETTLED_S:
                # Just before the water turns again.
                values[end - 1.0] = return_c + self.mean_k
        return supply.with_values(values)

"""The heat that a defrost takes back, where no value of it reached the cloud."""

from dataclasses import dataclass

from ..clocks.join import Join
from ..clocks.signals import Signal
from .interval_data import IntervalData

# From then on the supply temperature shows the defrost, and not the heating before.
_SETTLED_S = 60.0
_NEW_WEIGHT = 0.1


@dataclass(slots=True)
class DefrostDeltaT:
    """The usual ΔT during a defrost, learned from those that were reported."""

    mean_k: float | None = None

    def learn(self, data: IntervalData) -> None:
        """Learn from the supply temperatures of an interval."""
        signals = data.join.signals
        for begin, over in data.join.defrosts():
            first = max(begin + _SETTLED_S, data.start.time.timestamp())
            last = min(over, data.end.time.timestamp())
            for moment, supply_c in signals["supply_c"].between(first, last):
                return_c = signals["return_c"].at(moment, [])
                if return_c is not None:
                    delta_t_k = supply_c - return_c
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

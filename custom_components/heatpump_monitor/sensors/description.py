"""What describes a sensor."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final, TypeIs

from homeassistant.components.sensor import SensorEntityDescription, SensorStateClass
from homeassistant.const import UnitOfEnergy, UnitOfPower
from homeassistant.helpers.typing import StateType

from ..entity import Attributes, ValueDescription
from ..performance.effect.result import Estimate
from ..performance.rounding import rounded
from ..performance.totals.periods import Period
from ..status import Status

_KILO: Final = {UnitOfEnergy.KILO_WATT_HOUR, UnitOfPower.KILO_WATT}
"""Shown units a thousand times as large as the native one."""


@dataclass(frozen=True, kw_only=True)
class ValueSensorDescription[DataT](ValueDescription[DataT], SensorEntityDescription):
    """Describe a sensor; most are measurements."""

    state_class: SensorStateClass | None = SensorStateClass.MEASUREMENT
    value_fn: Callable[[DataT], StateType | datetime]
    also_written_fn: Callable[[DataT], object] = lambda _: None
    """What is written when it changes, beside the value itself."""
    written_every: timedelta | None = None
    """How long a small change may wait; None if all that can be seen are written."""
    least_change: float = 0.0
    """From here on, a change does not wait; the larger limit counts."""
    least_change_share: float = 0.0
    """The same as a share of the value."""
    per: str | None = None
    """What follows the household's currency in the unit, if it is in the unit."""

    def is_worth_writing(
        self, old: object, new: object, elapsed: timedelta | None
    ) -> bool:
        """Return whether a change is written; `elapsed` is None for the first value."""
        if elapsed is None or not (_is_number(old) and _is_number(new)):
            return elapsed is None or old != new
        precision = self.suggested_display_precision
        if precision is None or not (old and new):
            return old != new
        in_kilo = self.suggested_unit_of_measurement in _KILO
        resolution = float(10**-precision) * (1000 if in_kilo else 1)
        if round(old / resolution) == round(new / resolution):
            return False
        if self.written_every is None or elapsed >= self.written_every:
            return True
        least = max(self.least_change, self.least_change_share * abs(old))
        return abs(new - old) >= least


@dataclass(frozen=True, kw_only=True)
class FigureDescription(ValueSensorDescription[Status]):
    """Describe a sensor of what the readings of both sources come to."""

    counted_in: Period | None = None
    """The period with whose first day the count begins again."""
    last_reset_fn: Callable[[Status], datetime | None] | None = None
    """When the count last started at 0, where that is not with a period."""


FOR_ALL = partial(FigureDescription, exists_fn=lambda _: True)
"""Describe a figure that every heat pump has, even while it is not known."""
FOR_FEW = partial(FigureDescription, entity_registry_enabled_default=False)
"""Describe a figure that only some want to see."""


def ends(key: str, found: Estimate | None, digits: int) -> Attributes:
    """Return an estimate with its ends as attributes; none if it is not known."""
    if found is None:
        return {}
    return {
        key: rounded(found.value, digits),
        f"{key}_high": rounded(found.high, digits),
        f"{key}_low": rounded(found.low, digits),
    }


def _is_number(value: object) -> TypeIs[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)

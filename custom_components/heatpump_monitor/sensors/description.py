"""What describes a sensor."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from homeassistant.components.sensor import SensorEntityDescription
from homeassistant.helpers.typing import StateType

from ..coordinator import HeatpumpData
from ..entity import ValueDescription
from ..performance.totals.periods import Period, PeriodSummary

type Attributes = Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class HeatpumpSensorDescription[DataT](
    ValueDescription[DataT], SensorEntityDescription
):
    """Describe a sensor."""

    value_fn: Callable[[DataT], StateType | datetime]


@dataclass(frozen=True, kw_only=True)
class FigureDescription(HeatpumpSensorDescription[HeatpumpData]):
    """Describe a sensor of a figure that takes more than one reading."""

    attributes_fn: Callable[[HeatpumpData], Attributes] = lambda _: {}
    counted_in: Period | None = None
    """The period with whose first day the count begins again."""
    last_reset_fn: Callable[[HeatpumpData], datetime | None] | None = None
    """When the count last started at 0, where that is not with a period."""
    on_meter: bool = False
    per: str | None = None
    """What follows the household's currency in the unit, if it is in the unit."""

    @property
    def starts_again(self) -> bool:
        """Return whether it is a count that starts again at 0."""
        return self.counted_in is not None or self.last_reset_fn is not None


def summary_of(data: HeatpumpData, period: Period) -> PeriodSummary:
    """Return the account over a period."""
    return data.performance.data.summaries[period]

"""A grid meter with a load that is known by the second."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from custom_components.heatpump_monitor.house_meter.engine import HouseMeterEngine
from custom_components.heatpump_monitor.house_meter.model import CapacityTariff, Quarter
from custom_components.heatpump_monitor.readings import GridReading

BRUSSELS = ZoneInfo("Europe/Brussels")
NOON = datetime(2026, 11, 12, 12, 0, tzinfo=UTC)
QUARTER_S = 900

type Load = Callable[[int], float]
"""The power drawn in a second; fed in is negative."""


def steady(power_w: float) -> Load:
    """Return a load that never changes."""
    return lambda second: power_w


@dataclass
class Meter:
    """A meter that shows its counter, its power and, as a P1, more."""

    load: Load
    start: datetime = NOON
    is_p1: bool = True
    counter_wh: float = 5000.0
    fields: dict[str, Any] = field(default_factory=dict)
    """What each reading shows instead."""

    def at(self, second: int) -> GridReading:
        """Return the reading at the end of a second since the start."""
        start_s = second - second % QUARTER_S
        now = self.start + timedelta(seconds=second)
        reading = GridReading(
            time=now,
            power_w=self.load(max(second - 1, 0)),
            import_wh=self.counter_wh + self.drawn_wh(0, second),
        )
        if self.is_p1:
            reading = replace(
                reading,
                measured_at=now.astimezone(BRUSSELS),
                quarter_average_w=self.drawn_wh(start_s, second) * 4,
            )
        return replace(reading, **self.fields)

    def drawn_wh(self, start_s: int, end_s: int) -> float:
        """Return what was drawn between two seconds."""
        drawn_w = (max(self.load(one), 0.0) for one in range(start_s, end_s))
        return sum(drawn_w) / 3600

    def every(
        self, start_s: int, end_s: int, pace_s: int = 10
    ) -> Iterator[GridReading]:
        """Yield readings; the last second before a quarter-hour is one of them."""
        for second in range(start_s, end_s):
            if second % pace_s == 0 or (self.is_p1 and (second + 1) % QUARTER_S == 0):
                yield self.at(second)


def engine(**tariff: float) -> HouseMeterEngine:
    """Return the engine of a new meter."""
    return HouseMeterEngine(CapacityTariff(**tariff), BRUSSELS)


def feed(
    house: HouseMeterEngine,
    readings: Iterable[GridReading],
    parts_w: dict[str, float] | None = None,
) -> list[Quarter]:
    """Feed readings; return the quarter-hours that ended."""
    return [one for each in readings for one in house.add(each, parts_w)]

"""What a collector took, as a test looks at it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_monitor.const import CONF_HOME, CONF_KIND, DOMAIN, Kind
from custom_components.heatpump_monitor.exporter.collector import Collector
from custom_components.heatpump_monitor.exporter.history import Pause, let_others_run
from custom_components.heatpump_monitor.exporter.labels import Labels
from custom_components.heatpump_monitor.exporter.point import Point
from custom_components.heatpump_monitor.exporter.points.counted import (
    day_point,
    hour_point,
)
from custom_components.heatpump_monitor.performance.monitor import PerformanceMonitor
from custom_components.heatpump_monitor.time_units import DAY, HOUR
from homeassistant.core import HomeAssistant


@dataclass(kw_only=True)
class Collected:
    """An export that keeps what it took."""

    hass: HomeAssistant
    options: Mapping[str, Any] = field(default_factory=dict)
    labels: Labels = field(default_factory=lambda: Labels({}))
    pause: Pause = let_others_run
    slices: list[Sequence[Point]] = field(default_factory=list)
    entry: MockConfigEntry = field(init=False)

    def start(self) -> None:
        """Collect from now on; the entry is not set up, which would collect as well."""
        self.entry = MockConfigEntry(domain=DOMAIN, data={CONF_KIND: Kind.EXPORT})
        collector = Collector(
            self.hass,
            {CONF_HOME: "mill", **self.options},
            self.labels,
            self.slices.append,
            pause=self.pause,
        )
        collector.async_start(self.entry)

    async def stop(self) -> None:
        """Collect no more."""
        await self.entry._async_process_on_unload(self.hass)  # noqa: SLF001

    def of(self, measurement: str) -> list[Point]:
        """Return all points of a measurement in their order."""
        return [
            each
            for points in self.slices
            for each in points
            if each.measurement == measurement
        ]

    def values(self, measurement: str, name: str) -> list[tuple[datetime, float]]:
        """Return the times and values of a field in their order."""
        points = self.of(measurement)
        return [
            (each.time, each.fields[name]) for each in points if name in each.fields
        ]

    def last(self, measurement: str) -> dict[datetime, Point]:
        """Return what a database keeps: the last point of each time."""
        return {each.time: each for each in self.of(measurement)}

    @property
    def measurements(self) -> Collection[str]:
        """Return what there are points of."""
        return {each.measurement for points in self.slices for each in points}


def assert_history(
    collected: Collected, monitor: PerformanceMonitor, until: datetime
) -> None:
    """Assert that all ended hours and days were exported as the ledger has them."""
    ledger, tags = monitor.ledger, {"home": "mill", "device": "vitocal"}
    hours, days = collected.last("hpm_hour"), collected.last("hpm_day")
    ended = {hour for hour in ledger.hours if hour + HOUR <= until}
    assert ended <= hours.keys()
    for hour, found in hours.items():
        # What a wrong clock made was emptied, and is to be counted yet.
        if hour + HOUR <= until or hour not in ledger.hours:
            assert found == hour_point(hour, ledger.hours.get(hour), tags), hour
    midnight = ledger.calendar.midnight
    whole = {midnight(day): day for day in ledger.days if midnight(day + DAY) <= until}
    assert whole.keys() <= days.keys()
    for start, found in days.items():
        day = ledger.calendar.local_day(start)
        if start in whole or day not in ledger.days:
            assert found == day_point(start, ledger.days.get(day), tags), day

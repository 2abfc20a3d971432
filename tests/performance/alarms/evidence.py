"""Evidence for the tests of alarms, with only what a test speaks about."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from custom_components.heatpump_monitor.performance.alarms.board import (
    AlarmEvent,
    AlarmKey,
)
from custom_components.heatpump_monitor.performance.alarms.evidence import (
    SourceLife,
    Surroundings,
)
from custom_components.heatpump_monitor.performance.expected.outlook import look_out
from custom_components.heatpump_monitor.performance.monitor import PerformanceMonitor
from custom_components.heatpump_monitor.performance.output import Snapshot
from custom_components.heatpump_monitor.performance.plant import HeatMethod, Plant
from custom_components.heatpump_monitor.performance.segments import Quantity
from custom_components.heatpump_monitor.performance.totals.ledger import (
    Bucket,
    ModeSums,
)
from custom_components.heatpump_monitor.performance.totals.run_log import Run
from custom_components.heatpump_monitor.readings import HeatPumpReading, Mode

ZONE = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 1, 15, 11, tzinfo=UTC)
TODAY = date(2026, 1, 15)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

_CALM = Surroundings(started_at=NOON - DAY, silence=HOUR)


class House:
    """A monitor whose alarms are checked, without any real reading."""

    def __init__(self) -> None:
        """Begin with an empty ledger."""
        self.monitor = PerformanceMonitor.start(Plant(), ZONE)
        self.around = _CALM
        self.now = NOON

    def check(self, **changes: Any) -> list[tuple[str, str, str]]:
        """Return key, part and change of each event; the snapshot is changed first."""
        return [(e.key, e.part, e.change) for e in self.events(**changes)]

    def events(self, **changes: Any) -> tuple[AlarmEvent, ...]:
        """Return what happens at the present time."""
        snapshot: Snapshot = replace(self.monitor.snapshot(self.now), **changes)
        return self.monitor.check_alarms(snapshot, self.around).alarms

    def surround(self, **changes: Any) -> None:
        """Change what is around the engine."""
        self.around = replace(self.around, **changes)

    def is_raised(self, key: AlarmKey) -> bool | None:
        """Return whether an alarm is raised."""
        return self.monitor.state.alarms.is_raised(key)

    def live_days(self, days: list[Bucket], last: date = TODAY - DAY) -> None:
        """Write complete days into the ledger, the last of them yesterday."""
        for ago, bucket in enumerate(reversed(days)):
            self.monitor.ledger.days[last - ago * DAY] = bucket

    def sleep(self, days: int) -> None:
        """Let days pass; those in the ledger stay where they are."""
        self.now += days * DAY

    def look_out(self) -> None:
        """Learn from the days in the ledger, as is done once a day."""
        outlook = look_out(self.monitor.ledger, self.now.date(), None)
        self.surround(outlook=outlook)


def reading(now: datetime = NOON, **values: Any) -> HeatPumpReading:
    """Return a reading of the heat pump."""
    return HeatPumpReading(time=now, **values)


def life(last_at: datetime | None, failure: str | None = None) -> SourceLife:
    """Return how a source is doing."""
    return SourceLife(last_at, failure)


def heating_day(
    *,
    cop: float = 4.0,
    outside_c: float = 2.0,
    supply_c: float = 35.0,
    hours: float = 12.0,
    starts: int = 8,
    standby_w: float = 40.0,
    defrost_share: float = 0.0,
) -> Bucket:
    """Return a day of an air unit that heats with 1 kW."""
    electricity_wh = hours * 1000
    heat_wh = electricity_wh * cop
    means = {Quantity.SUPPLY_C: supply_c, Quantity.OUTSIDE_C: outside_c}
    rest_h = 24 - hours
    return Bucket(
        electricity_wh=electricity_wh + rest_h * standby_w,
        metered_s=24 * 3600,
        paired_s=24 * 3600,
        run_s=hours * 3600,
        starts=starts,
        outside_c_s=outside_c * 24 * 3600,
        outside_s=24 * 3600,
        methods_wh={HeatMethod.FLOW: heat_wh},
        modes={
            Mode.HEATING: ModeSums.of(electricity_wh, heat_wh, hours * 3600, means),
            Mode.DEFROST: ModeSums.of(0.0, -heat_wh * defrost_share, 0.0, {}),
            Mode.STANDBY: ModeSums.of(rest_h * standby_w, 0.0, rest_h * 3600, {}),
        },
    )


def heating_run(start: datetime, *, delta_t_k: float, thermal_w: float = 6000.0) -> Run:
    """Return a run for heating of an hour."""
    return Run(
        start=start,
        end=start + HOUR,
        mode=Mode.HEATING,
        electricity_wh=thermal_w / 4,
        heat_wh=thermal_w,
        means={Quantity.SUPPLY_C: 30.0 + delta_t_k, Quantity.RETURN_C: 30.0},
    )

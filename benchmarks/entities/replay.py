"""A month, told by entities or directly, through the engine."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from tempfile import TemporaryDirectory

from benchmarks.drawn_cloud import Cloud
from benchmarks.drawn_plant import Life
from benchmarks.drawn_replay import DrawnOutcome, Replayed, outcome_of
from benchmarks.replay import POLICY, restored, saved
from custom_components.heatpump_monitor.performance.flags import Flag
from custom_components.heatpump_monitor.performance.monitor import PerformanceMonitor
from custom_components.heatpump_monitor.performance.output import Update
from custom_components.heatpump_monitor.performance.plant import Plant
from custom_components.heatpump_monitor.readings import HeatPumpReading, MeterReading
from custom_components.heatpump_monitor.sources.base import SourceError
from custom_components.heatpump_monitor.sources.entities.source import (
    EntityHeatPump,
    EntityMeter,
)
from custom_components.heatpump_monitor.sources.ranges import Ranges
from homeassistant.core import HomeAssistant

from .cases import EntityCase, Way
from .home import CLOUD, DOWN_S, LOCAL, Home, WrittenEntity, empty_home, written
from .senders import CloudValues, LocalValues

_TICK_S = 10.0
"""How often the meter is read, as the integration does."""
_HEAT_PUMP_S = 60.0
"""How often entities of a heat pump are looked at."""
_BY_CLOUD = (Way.VICARE_60, Way.VICARE_300)


def replay_by_entities(case: EntityCase, life: Life) -> DrawnOutcome:
    """Return what becomes of a life that is told by a case's ways."""
    with TemporaryDirectory() as folder:
        return asyncio.run(_replay(case, life, folder))


async def _replay(case: EntityCase, life: Life, folder: str) -> DrawnOutcome:
    hass = await empty_home(folder)
    told = _Told(case, life, hass)
    account = _Account(case.case.owner or Plant())
    ticks = int((life.end_s - life.start_s) / _TICK_S)
    up_s = life.start_s
    restarts = [*reversed(case.restarts)]
    direct = life.meter_readings(_TICK_S)
    for tick in range(ticks):
        now_s = life.start_s + tick * _TICK_S
        meter_reading = next(direct)
        if now_s < up_s:
            continue
        if restarts and now_s >= restarts[-1]:
            restarts.pop()
            up_s = now_s + DOWN_S
            told.restart(up_s)
            account.restart()
            continue
        told.home.live(now_s)
        for poll in told.polls(now_s):
            if (reading := await told.heat_pump(poll)) is not None:
                account.add(account.monitor.add_heat_pump(reading))
        if (metered := await told.meter(now_s, meter_reading)) is not None:
            account.add(account.monitor.add_meter(metered))
            account.metered_until = metered.time
    return outcome_of(case.case, life, account.replayed(told.poll_count))


class _Told:
    """Tells of a life by the ways of a case."""

    def __init__(self, case: EntityCase, life: Life, hass: HomeAssistant) -> None:
        self._hass = hass
        self._cloud = Cloud(life, case.case.delivery)
        local = LocalValues(life)
        by_cloud = case.heat_pump in _BY_CLOUD
        heat_pump = written(
            hass,
            CLOUD if by_cloud else LOCAL,
            case.heat_pump_senders(),
            CloudValues(self._cloud).value if by_cloud else local.value,
            case.heat_pump_troubles(),
            life.start_s,
            # After a poll of a cloud, all are written at once.
            apart_s=0.0 if by_cloud else 1.3,
        )
        meter = written(
            hass,
            LOCAL,
            case.meter_senders(),
            local.value,
            case.meter_troubles(),
            life.start_s,
            apart_s=1.3,
        )
        self.home = Home([*heat_pump.values(), *meter.values()])
        self._heat_pump_ids = _ids(heat_pump)
        self._meter_ids = _ids(meter)
        self._next_poll_s = self._cloud.first_poll_s
        self._every_s = case.case.delivery.poll_s
        if heat_pump:
            self._next_poll_s, self._every_s = life.start_s + 40.0, _HEAT_PUMP_S
        self.poll_count = 0
        self._start()

    def restart(self, up_s: float) -> None:
        """Start again: sources remember nothing."""
        self.home.restart(up_s)
        self._start()
        while self._next_poll_s < up_s:
            self._next_poll_s += self._every_s

    def polls(self, until_s: float) -> Iterator[float]:
        """Yield when the heat pump is read."""
        while self._next_poll_s <= until_s:
            yield self._next_poll_s
            self._next_poll_s += self._every_s
            self.poll_count += 1

    async def heat_pump(self, now_s: float) -> HeatPumpReading | None:
        """Return a reading of the heat pump; None if there is none."""
        if not self._heat_pump_ids:
            return self._cloud.answer(now_s)
        try:
            return await self._heat_pump.read(lambda: _moment(now_s))
        except SourceError:
            return None

    async def meter(self, now_s: float, direct: MeterReading) -> MeterReading | None:
        """Return a reading of the meter; None if there is none."""
        if not self._meter_ids:
            return direct
        try:
            return await self._meter.read(lambda: _moment(now_s))
        except SourceError:
            return None

    def _start(self) -> None:
        self._heat_pump = EntityHeatPump(self._hass, self._heat_pump_ids, Ranges())
        self._meter = EntityMeter(self._hass, self._meter_ids, "meter")


class _Account:
    """The engine, which is saved and restored."""

    def __init__(self, plant: Plant) -> None:
        self.monitor = PerformanceMonitor.start(plant, UTC, POLICY)
        self.metered_until: datetime | None = None
        self._until: datetime | None = None
        self._flags: list[Flag] = []

    def add(self, update: Update) -> None:
        """Take an update of the engine."""
        self._flags += update.flags
        if update.closed:
            self._until = update.closed[-1].end

    def restart(self) -> None:
        """Go on from what was saved when Home Assistant stopped."""
        monitor = self.monitor
        self.monitor = restored(saved(monitor), monitor.ledger, monitor.plant)

    def replayed(self, polls: int) -> Replayed:
        """Return what became of it."""
        if self.metered_until is None or self._until is None:
            raise ValueError("no interval was closed")
        return Replayed(
            monitor=self.monitor,
            metered_until=self.metered_until,
            until=self._until,
            flags=tuple(self._flags),
            polls=polls,
        )


def _ids(entities: dict[str, WrittenEntity]) -> dict[str, str]:
    return {field: each.registry_id for field, each in entities.items()}


def _moment(epoch_s: float) -> datetime:
    return datetime.fromtimestamp(epoch_s, UTC)

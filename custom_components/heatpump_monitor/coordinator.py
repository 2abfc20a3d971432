"""Two clocks and the account that joins them.

A coordinator for each source reads it at its own pace; the account has no pace
of its own: it takes what they read, and tells what became of it.
"""

from collections import deque
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date, datetime
import time
from typing import override

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_MAC
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator
from homeassistant.util import dt as dt_util

from .compressor_starts import CompressorStarts
from .const import (
    CONF_DEGREE_DAYS,
    CONF_EXTRA_READINGS,
    DEFAULT_EXTRA_READINGS,
    DOMAIN,
    LOGGER,
)
from .history.recovery import Recovery
from .history.statistics import StatisticsPublisher
from .history.store import LedgerStore
from .issues import (
    BeyondCarnot,
    async_report_heat,
    async_report_lasting,
    async_report_not_saved,
    local_text,
)
from .performance.flags import Flag
from .performance.heat.available_methods import (
    can_know_heat,
    gains_by_readings,
    method_in_use,
)
from .performance.monitor import PerformanceMonitor
from .performance.output import Snapshot, Update
from .performance.plant import HeatMethod
from .performance.totals.gaps import Gap
from .performance.totals.ledger import Ledger, Merge
from .performance.totals.periods import period_summary
from .performance.totals.projection import Projection, complete_days, project_year
from .performance.totals.tariff import Tariff
from .source_coordinators import ShellyCoordinator, ViessmannCoordinator
from .sources.shelly.client import ShellyError
from .sources.viessmann.budget import CallBudget
from .stored_file import NotSavedError
from .tariff_entities import async_track_tariff
from .time_units import DAY, DAY_S

# An interval that ended longer ago than this many polls says nothing of now.
_POLLS_UNTIL_STALE = 3
# What is found before somebody listens, as while the entry is set up.
_FLAGS_KEPT = 100


@dataclass(kw_only=True)
class HeatpumpData:
    """What a loaded config entry works with."""

    performance: PerformanceCoordinator
    budget: CallBudget
    heat_pump: ViessmannCoordinator
    meter: ShellyCoordinator

    @property
    def heat_pump_measured_at(self) -> datetime | None:
        """Return when the heat pump measured its newest value; None if not known."""
        return self.performance.data.measured_at or self.heat_pump.last_reading_at


type HeatpumpConfigEntry = ConfigEntry[HeatpumpData]


class PerformanceCoordinator(DataUpdateCoordinator[Snapshot]):
    """Joins the readings of both sources into one account.

    As it listens to both, they go on being polled when all entities are
    disabled.
    """

    config_entry: HeatpumpConfigEntry

    def __init__(
        self,
        hass: HomeAssistant,
        entry: HeatpumpConfigEntry,
        heat_pump: ViessmannCoordinator,
        meter: ShellyCoordinator,
        monitor: PerformanceMonitor,
        store: LedgerStore,
        recovery: Recovery,
    ) -> None:
        """Initialize the coordinator."""
        super().__init__(
            hass, LOGGER, config_entry=entry, name=f"{entry.title} account"
        )
        self.monitor = monitor
        self.statistics = StatisticsPublisher(hass, entry, monitor)
        self._recovery = recovery
        self._heat_pump = heat_pump
        self._meter = meter
        self._store = store
        self._shown: tuple[str | None, str | None] | None = None
        self._starts = CompressorStarts()
        self._beyond_carnot = BeyondCarnot(monitor.flags, dt_util.utcnow())
        self._flag_listener: Callable[[Flag], None] | None = None
        self._flags: deque[Flag] = deque(maxlen=_FLAGS_KEPT)
        self._heat_known = False
        self._before_jump: PerformanceMonitor | None = None
        self._projected_on: date | None = None
        self.projection: Projection | None = None
        """What the running year will come to; None without ground for it."""

    @callback
    def async_start(self) -> None:
        """Take what the sources read from now on."""
        entry = self.config_entry
        async_track_tariff(self.hass, entry, self._set_tariff)
        self._take_heat_pump()
        self._take_meter()
        entry.async_on_unload(self._heat_pump.async_add_listener(self._take_heat_pump))
        entry.async_on_unload(self._meter.async_add_listener(self._take_meter))
        if entry.options.get(CONF_EXTRA_READINGS, DEFAULT_EXTRA_READINGS):
            # The heat pump was just read.
            self._heat_pump.extra_readings.ignore(self._newest_start)
            entry.async_on_unload(
                self._meter.async_add_listener(self._read_after_start)
            )
        # Time goes on while the sources say nothing: figures grow stale, and
        # days end.
        entry.async_on_unload(
            async_track_time_interval(
                self.hass, self._publish, self._heat_pump.interval
            )
        )

    @callback
    def async_listen_flags(self, listener: Callable[[Flag], None]) -> CALLBACK_TYPE:
        """Pass on every flag once, those raised before as well; one listener only."""
        self._flag_listener = listener
        self._pass_on_flags()

        @callback
        def stop() -> None:
            self._flag_listener = None

        return stop

    @property
    def heat_method(self) -> HeatMethod | None:
        """Return the method by which the heat is known now; None if there is none."""
        monitor = self.monitor
        return method_in_use(monitor.interval, monitor.reading, monitor.plant)

    async def async_save(self) -> str | None:
        """Save the ledger; return why it is not on disk, None if it is."""
        entry, reason = self.config_entry, None
        try:
            await self._store.async_save(self.monitor, entry.data[CONF_MAC])
        except NotSavedError as err:
            reason = str(err)
        async_report_not_saved(self.hass, entry, reason)
        return reason

    async def async_recover(self) -> list[Gap]:
        """Ask the meter's memory for the course of all gaps; return those recovered.

        Raises:
            ShellyError: The meter did not answer.
        """
        try:
            return await self._recovery.async_run(dt_util.utcnow(), self._publish)
        finally:
            self._publish()
            await self.async_save()

    async def async_merge_imported(
        self, recorded: Ledger, first: date, last: date, *, replace: bool
    ) -> Merge:
        """Take over days that were recorded elsewhere; keep and show them.

        Args:
            recorded: What was recorded.
            first: First local day to take.
            last: Last local day to take, before today.
            anew: Whether to forget what was taken of these days before.

        Raises:
            HomeAssistantError: The days are not on disk.
        """
        merge, _ = self.monitor.merge_imported(recorded, first, last, replace=replace)
        # More days make another line of the year.
        self._projected_on = None
        self._publish()
        if (reason := await self.async_save()) is not None:
            raise HomeAssistantError(
                translation_domain=DOMAIN,
                translation_key="import_not_saved",
                translation_placeholders={"reason": reason},
            )
        await self.statistics.async_add_imported(merge.hours)
        return merge

    async def _async_recover_unasked(self) -> None:
        try:
            recovered = await self.async_recover()
        except ShellyError as err:
            LOGGER.info("The meter does not tell its history yet: %r", err)
            return
        for gap in recovered:
            LOGGER.info(
                "Recovered the course of %.3f kWh from the meter's memory, %s to %s",
                gap.energy_wh / 1000,
                local_text(gap.start),
                local_text(gap.end),
            )

    @callback
    def _set_tariff(self, tariff: Tariff) -> None:
        self.monitor.tariff = tariff

    @callback
    def _take_heat_pump(self) -> None:
        reading = self._heat_pump.data
        answered = self._heat_pump.last_update_success
        if answered and self._is_clock_trusted(reading.measured_at):
            self._add_flags(self.monitor.add_heat_pump(self._heat_pump.data))
            self._report_heat()
            # Also what waits for the meter: a crash must not forget it.
            self._save_soon()
        self._publish()

    def _is_clock_trusted(self, measured_at: datetime | None) -> bool:
        """Return whether a reading taken now may be counted.

        Args:
            measured_at: The newest time stamp inside the answer, None without one.
        """
        now, monitor = dt_util.utcnow(), self.monitor
        verdict = monitor.clock.judge(now, time.monotonic(), measured_at)
        if verdict.is_jump:
            self._before_jump = deepcopy(monitor)
        if verdict.wrong_since is not None:
            monitor.flag_clock(verdict.wrong_since, now)
        if verdict.discard_from is not None:
            monitor.discard_after(verdict.discard_from, self._before_jump, now)
            self._before_jump = None
        return verdict.is_trusted

    @callback
    def _report_heat(self) -> None:
        """Report that no method can know the heat, unless one could since the start.

        A sensor that fails for a while is no reason to change the plant.
        """
        self._heat_known |= can_know_heat(self._heat_pump.data, self.monitor.plant)
        async_report_heat(self.hass, self.config_entry, known=self._heat_known)

    @callback
    def _take_meter(self) -> None:
        update, waited = Update(), self.monitor.waits_for_meter
        if self._meter.last_update_success and self._is_clock_trusted(None):
            update = self.monitor.add_meter(self._meter.data)
            self._add_flags(update)
        if update.closed:
            self._save_soon()
        is_shown = self._failures == self._shown and not update.flags
        # The figures of today do not wait until an interval is closed.
        is_metered = waited and not self.monitor.waits_for_meter
        if update.closed or is_metered or not is_shown:
            self._publish()

    @property
    def _newest_start(self) -> datetime | None:
        return self._starts.newest(self.monitor.join, dt_util.utcnow())

    @callback
    def _read_after_start(self) -> None:
        """Let the heat pump be read more often after a start that the meter saw."""
        method = self.heat_method
        if method is None or not gains_by_readings(method):
            return
        if started_at := self._newest_start:
            self._heat_pump.async_read_after_start(started_at)

    @callback
    def _add_flags(self, update: Update) -> None:
        self._beyond_carnot.add_update(update)
        self._flags.extend(update.flags)
        self._pass_on_flags()

    @callback
    def _pass_on_flags(self) -> None:
        while self._flags and self._flag_listener is not None:
            self._flag_listener(self._flags.popleft())

    @callback
    def _save_soon(self) -> None:
        self.config_entry.async_create_task(
            self.hass, self.async_save(), "save the account"
        )

    @property
    def _failures(self) -> tuple[str | None, str | None]:
        """Return why each source does not answer."""
        return self._heat_pump.failure, self._meter.failure

    @callback
    def _publish(self, _: datetime | None = None) -> None:
        """Show what is known now."""
        self._shown, now = self._failures, dt_util.utcnow()
        self._project(now)
        snapshot = self._known_at(now)
        beyond_carnot = self._beyond_carnot.since(now)
        async_report_lasting(self.hass, self.config_entry, snapshot, beyond_carnot)
        self.async_set_updated_data(snapshot)
        if self._meter.last_update_success and self._recovery.is_due(now):
            self.config_entry.async_create_background_task(
                self.hass, self._async_recover_unasked(), "recover history"
            )
        if self.statistics.is_due(now):
            self.config_entry.async_create_background_task(
                self.hass, self.statistics.async_publish(now), "publish statistics"
            )

    def _project(self, now: datetime) -> None:
        """Project the year, once a day: only whole days make the line."""
        ledger = self.monitor.ledger
        if (today := ledger.local_day(now)) == self._projected_on:
            return
        self._projected_on = today
        counted = period_summary(ledger, today.replace(month=1, day=1), today, now)
        rest = (ledger.midnight(today + DAY) - now).total_seconds() / DAY_S
        self.projection = project_year(
            complete_days(ledger, today),
            counted.sums.electricity_wh,
            today,
            rest_of_today=rest,
            degree_days_year=self.config_entry.options.get(CONF_DEGREE_DAYS),
            southern=self.hass.config.latitude < 0,
        )

    @override
    async def _async_update_data(self) -> Snapshot:
        """Return what is known now, for whoever asks for an update."""
        return self._known_at(dt_util.utcnow())

    def _known_at(self, now: datetime) -> Snapshot:
        """Return the account without what was true only when it was last read."""
        snapshot = self.monitor.snapshot(now)
        unresolved = snapshot.unresolved - self._recovery.read
        snapshot = replace(snapshot, unresolved=unresolved)
        interval = snapshot.interval
        stale = _POLLS_UNTIL_STALE * self._heat_pump.interval
        if interval is None or now - interval.end > stale:
            snapshot = replace(snapshot, cop=None)
        if not self._heat_pump.last_update_success:
            snapshot = replace(
                snapshot,
                heat_method=None,
                mode=None,
                thermal_power_by_method={},
                thermal_power_w=None,
            )
        return snapshot

"""Join the readings of the sources, and publish what is known.

A coordinator for each source reads it at its own pace. This one has no pace of its
own: it publishes once for each interval, and whenever a source fails or recovers.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
import time
from typing import Any, override

from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.const import CONF_HOST
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator
from homeassistant.util import dt as dt_util

from . import const, issues
from .changes.looks import HouseholdFacts
from .changes.recorder import ChangeRecorder
from .compressor_starts import CompressorStarts
from .const import CONF_KIND, DOMAIN, LOGGER, Kind
from .history.recovery import Recovery
from .history.statistics import StatisticsPublisher
from .history.store import LedgerStore
from .history.transfer.importing import Imported, ImportPlan, planned
from .insights import InsightKeeper
from .performance.alarms.board import AlarmEvent, AlarmKey
from .performance.alarms.evidence import SourceLife, Surroundings
from .performance.heat.available_methods import (
    can_know_heat,
    gains_by_readings,
    method_in_use,
)
from .performance.monitor import PerformanceMonitor
from .performance.output import Snapshot, Update
from .performance.plant import HeatMethod
from .performance.totals.gaps import Gap
from .performance.totals.ledger import Merge
from .performance.totals.periods import Period
from .performance.totals.tariff import Tariff
from .readings import sum_if_known, summed_roles
from .sign_in import sign_in_due
from .source_coordinators import AnyHeatPumpCoordinator, MeterCoordinator
from .sources.base import SourceError
from .sources.shelly.client import AnotherShelly, NotAShelly, ShellyUnreachable
from .sources.viessmann.budget import DAY_LIMIT, CallBudget
from .status import CallStatus, SourceStatus, Status
from .stored_file import reason_not_saved
from .tariff_entities import async_track_tariff
from .telemetry import Counted, OfMeter, async_pass_on
from .time_units import HOUR

# So many polling intervals without anything to publish, and what is known grows old.
_UNTIL_SILENT = 1.5
# An interval that ended longer ago than this many polls says nothing of now.
_POLLS_UNTIL_STALE = 3
_LEAST_COP_HOLD = timedelta(minutes=5)
# How a meter fails that got another address.
_ANOTHER_ADDRESS = {AnotherShelly.key, NotAShelly.key, ShellyUnreachable.key}
# Entities that are added later show what the first check found.
_ALARM_EVENTS_KEPT = 100


@dataclass(kw_only=True)
class HeatpumpData:
    """What a loaded config entry works with."""

    performance: PerformanceCoordinator
    changes: ChangeRecorder
    heat_pump: AnyHeatPumpCoordinator
    meters: Mapping[str, MeterCoordinator]
    """By their keys, the main one first."""

    @property
    def meter(self) -> MeterCoordinator:
        """Return the main meter: that of the whole heat pump, or of the compressor."""
        return next(iter(self.meters.values()))

    @property
    def budget(self) -> CallBudget | None:
        """Return the call budget; None if no call is counted."""
        return self.heat_pump.budget

    @property
    def electricity_w(self) -> float | None:
        """Return the electric power now; None if a part of it is not known."""
        summed = summed_roles([each.role for each in self.meters.values()])
        return sum_if_known(
            each.data.power_w if each.last_update_success else None
            for each in self.meters.values()
            if each.role in summed
        )


type HeatpumpConfigEntry = ConfigEntry[HeatpumpData]


@callback
def async_heat_pumps(hass: HomeAssistant) -> list[HeatpumpConfigEntry]:
    """Return the heat pumps that are not disabled, loaded or not."""
    return async_entries_of(hass, Kind.HEAT_PUMP)


@callback
def async_entries_of(hass: HomeAssistant, kind: Kind) -> list[ConfigEntry[Any]]:
    """Return the entries of a kind that are not disabled, loaded or not."""
    entries = hass.config_entries.async_entries(
        DOMAIN, include_ignore=False, include_disabled=False
    )
    return [each for each in entries if each.data[CONF_KIND] == kind]


@callback
def async_loaded_of(hass: HomeAssistant, kind: Kind) -> list[ConfigEntry[Any]]:
    """Return the entries of a kind that are loaded."""
    entries = async_entries_of(hass, kind)
    return [each for each in entries if each.state is ConfigEntryState.LOADED]


class PerformanceCoordinator(DataUpdateCoordinator[Status]):
    """Feeds the engine with the readings of all sources, and publishes its output.

    As it listens to all, they go on being polled when all entities are disabled.
    """

    config_entry: HeatpumpConfigEntry

    def __init__(
        self,
        hass: HomeAssistant,
        entry: HeatpumpConfigEntry,
        heat_pump: AnyHeatPumpCoordinator,
        meters: Mapping[str, MeterCoordinator],
        monitor: PerformanceMonitor,
        store: LedgerStore,
        changes: ChangeRecorder,
    ) -> None:
        """Initialize the coordinator."""
        super().__init__(
            hass, LOGGER, config_entry=entry, name=f"{entry.title} performance"
        )
        self.monitor = monitor
        self.statistics = StatisticsPublisher(hass, entry, monitor, store.cursors)
        self.started_at = dt_util.utcnow()
        memories = {key: each.memory for key, each in meters.items()}
        self._recovery = Recovery(memories, monitor)
        self._report = partial(issues.async_report, hass, entry)
        self._heat_pump = heat_pump
        self._meters = meters
        self._meter = next(iter(meters.values()))
        self._store = store
        self._changes = changes
        self._insights = InsightKeeper(hass, entry, monitor, changes)
        self.alarm_events: deque[AlarmEvent] = deque(maxlen=_ALARM_EVENTS_KEPT)
        """The alarms that were raised or cleared since the start."""
        self._shown_failures: tuple[str | None, ...] | None = None
        self._is_saved = True
        self._starts = CompressorStarts()
        self._beyond_carnot = issues.BeyondCarnot(monitor.flags, self.started_at)
        self._subscribers: list[Callable[[Update], None]] = [
            self._beyond_carnot.add,
            store.add,
            self.statistics.add,
            self._pass_on,
        ]
        self._heat_known = False
        self._import_lock = asyncio.Lock()
        self._before_jump: PerformanceMonitor | None = None
        self._cancel_timer: CALLBACK_TYPE = lambda: None

    @callback
    def async_start(self) -> None:
        """Follow the sources from now on."""
        entry = self.config_entry
        async_track_tariff(self.hass, entry, self._set_tariff)
        self._add_heat_pump()
        for key, meter in self._meters.items():
            self._add_meter(key)
            entry.async_on_unload(
                meter.async_add_listener(partial(self._add_meter, key))
            )
        self._publish()
        entry.async_on_unload(self._changes.async_follow(self._look))
        entry.async_on_unload(self._heat_pump.async_add_listener(self._add_heat_pump))
        if entry.options.get(const.CONF_EXTRA_READINGS, const.DEFAULT_EXTRA_READINGS):
            # The heat pump was just read.
            self._heat_pump.async_ignore_start(self._newest_start)
            entry.async_on_unload(
                self._meter.async_add_listener(self._read_after_start)
            )

    @callback
    def async_subscribe(self, subscriber: Callable[[Update], None]) -> CALLBACK_TYPE:
        """Pass every update of the engine to a subscriber; return how to stop."""
        self._subscribers.append(subscriber)
        return partial(self._subscribers.remove, subscriber)

    @property
    def heat_method(self) -> HeatMethod | None:
        """Return the method by which the heat is known now; None if there is none."""
        monitor = self.monitor
        return method_in_use(monitor.interval, monitor.reading, monitor.plant)

    async def async_save(self) -> str | None:
        """Save the ledger; return why it is not on disk, None if it is."""
        reason = await reason_not_saved(self._store.async_save(self.monitor))
        issues.async_report_not_saved(self.hass, self.config_entry, reason)
        return reason

    async def async_recover(self) -> list[Gap]:
        """Recover the load profile of all gaps from the meter's memory; return those.

        Raises:
            SourceError: A meter did not answer.
        """
        try:
            return await self._recovery.async_run(dt_util.utcnow(), self._add_recovered)
        finally:
            self._publish()
            await self.async_save()

    async def async_plan_import(self, plan: ImportPlan) -> tuple[Merge, Imported]:
        """Return what an import would change, and what would become of it."""
        ledger = deepcopy(self.monitor.ledger)
        return await self.hass.async_add_executor_job(planned, plan, ledger)

    async def async_import(
        self, plan: ImportPlan, progress: Callable[[float], None] = lambda _: None
    ) -> Imported:
        """Merge local days before today, recorded elsewhere; save and publish them.

        The days count at once. To publish their hours takes about a minute for a
        year; `progress` is called with the share that is done.

        Raises:
            HomeAssistantError: The days are not on disk.
        """
        # Another import would change what this one starts from.
        async with self._import_lock:
            merge, imported = await self.async_plan_import(plan)
            self._distribute(self.monitor.merge_imported(merge))
        imported_hours = Counted(imported=merge.hours)
        async_pass_on(self.hass, self.config_entry, imported_hours)
        self._insights.forget()
        self._publish()
        if (reason := await self.async_save()) is not None:
            raise HomeAssistantError(
                translation_domain=DOMAIN,
                translation_key="import_not_saved",
                translation_placeholders={"reason": reason},
            )
        await self.statistics.async_add_imported(merge.hours, progress)
        return imported

    async def _async_recover_unasked(self) -> None:
        try:
            recovered = await self.async_recover()
        except SourceError as err:
            LOGGER.info("The meter's history cannot be read yet: %r", err)
            return
        for gap in recovered:
            LOGGER.info(
                "Recovered the load profile of %.3f kWh from the meter's memory, %s to %s",
                gap.energy_wh / 1000,
                issues.local_text(gap.start),
                issues.local_text(gap.end),
            )

    @callback
    def _set_tariff(self, tariff: Tariff) -> None:
        self.monitor.tariff = tariff

    @callback
    def _add_heat_pump(self) -> None:
        reading, answers = self._heat_pump.data, self._heat_pump.last_update_success
        if answers and self._is_clock_trusted(reading.measured_at):
            self._changes.async_add(reading)
            async_pass_on(self.hass, self.config_entry, reading)
            # Settings are no matter of the engine, whose state is saved each time.
            reading = replace(reading, settings={})
            self._distribute(self.monitor.add_heat_pump(reading))
            # Also what waits for the meter: a crash must not forget it.
            self._is_saved = False
            # A sensor that fails for a while is no reason to change the plant.
            self._heat_known |= can_know_heat(reading, self.monitor.plant)
            self._report(issues.HEAT_UNKNOWN, None if self._heat_known else {})
        # With the meter's next readings the electricity is known; then both are published.
        is_awaited = self.monitor.waits_for_meter and self._meter.last_update_success
        if not (answers and is_awaited) or self._failures != self._shown_failures:
            self._publish()

    def _is_clock_trusted(self, measured_at: datetime | None) -> bool:
        """Return whether a reading taken now may be counted.

        The newest time stamp inside the answer is `measured_at`, None without one.
        """
        now, monitor = dt_util.utcnow(), self.monitor
        verdict = monitor.clock.judge(now, time.monotonic(), measured_at)
        if verdict.is_jump:
            self._before_jump = deepcopy(monitor)
        if verdict.wrong_since is not None:
            monitor.flag_clock(verdict.wrong_since, now)
        if verdict.discard_from is not None:
            self._distribute(
                monitor.discard_after(verdict.discard_from, self._before_jump, now)
            )
            self._before_jump = None
        return verdict.is_trusted

    @callback
    def _add_meter(self, key: str) -> None:
        update, was_awaited = Update(), self.monitor.waits_for_meter
        meter = self._meters[key]
        if meter.last_update_success and self._is_clock_trusted(None):
            news = OfMeter(key=key, reading=meter.data)
            async_pass_on(self.hass, self.config_entry, news)
            update = self.monitor.add_meter(meter.data, key)
            self._distribute(update)
            self._report_meter_errors()
        is_metered = was_awaited and not self.monitor.waits_for_meter
        is_shown = self._failures == self._shown_failures
        if is_metered or update.closed or update.flags or not is_shown:
            self._publish()

    @property
    def _newest_start(self) -> datetime | None:
        return self._starts.newest(self.monitor.join, dt_util.utcnow())

    @callback
    def _read_after_start(self) -> None:
        method = self.heat_method
        if method is None or not gains_by_readings(method):
            return
        if started_at := self._newest_start:
            self._heat_pump.async_read_after_start(started_at)

    @callback
    def _add_recovered(self, update: Update) -> None:
        self._distribute(update)
        self._publish()

    @callback
    def _distribute(self, update: Update) -> None:
        if update.closed:
            self._is_saved = False
        for subscriber in tuple(self._subscribers):
            subscriber(update)

    @callback
    def _pass_on(self, update: Update) -> None:
        if update.closed or update.hours or update.days:
            news = Counted(closed=update.closed, hours=update.hours, days=update.days)
            async_pass_on(self.hass, self.config_entry, news)

    @override
    async def async_shutdown(self) -> None:
        """Stop publishing."""
        await super().async_shutdown()
        self._cancel_timer()

    @callback
    def _report_meter_errors(self) -> None:
        errors = [
            error
            for each in self._meters.values()
            if each.last_update_success
            for error in each.data.errors
        ]
        issues.async_report_meter_errors(self.hass, self.config_entry, errors)

    @property
    def _failures(self) -> tuple[str | None, ...]:
        meters = (each.failure for each in self._meters.values())
        return self._heat_pump.failure, *meters

    @callback
    def _publish(self, _: datetime | None = None) -> None:
        """Show what is known now, and save it."""
        if self._shutdown_requested:
            return
        hass, entry, now = self.hass, self.config_entry, dt_util.utcnow()
        self._shown_failures = self._failures
        # Figures grow stale and days end also while the sources say nothing.
        self._cancel_timer()
        self._cancel_timer = async_call_later(
            hass, _UNTIL_SILENT * self._heat_pump.interval, self._publish
        )
        snapshot = self._snapshot(now)
        update = self.monitor.check_alarms(snapshot, self._surroundings)
        status = self._status(snapshot)
        of_meters = [each for meter in self._meters.values() for each in meter.problems]
        issues.async_report_entities(
            hass, entry, (*self._heat_pump.problems, *of_meters)
        )
        issues.async_report_lasting(
            hass, entry, status.snapshot, self._beyond_carnot.since(now)
        )
        is_due = self.monitor.state.alarms.is_raised(AlarmKey.SIGN_IN_DUE)
        issues.async_report_sign_in_due(
            hass, entry, sign_in_due(entry) if is_due else None
        )
        self._report_silent_meter()
        self.async_set_updated_data(status)
        if update.alarms:
            self.alarm_events += update.alarms
            self._is_saved = False
            self._distribute(update)
        if self._insights.is_due(now):
            entry.async_create_task(
                hass, self._async_work_out(now), "work out what is due once a day"
            )
        if not self._is_saved:
            self._is_saved = True
            entry.async_create_task(hass, self.async_save(), "save the ledger")
        if self._meters_answer and self._recovery.is_due(now):
            entry.async_create_background_task(
                hass, self._async_recover_unasked(), "recover history"
            )
        if self.statistics.is_due(now):
            entry.async_create_background_task(
                hass, self.statistics.async_publish(now), "publish statistics"
            )

    @property
    def _meters_answer(self) -> bool:
        return all(each.last_update_success for each in self._meters.values())

    @callback
    def _report_silent_meter(self) -> None:
        """Ask for the address of a meter that is silent as that may have changed."""
        silent = self.monitor.state.alarms.raised(AlarmKey.SOURCE_SILENT)
        elsewhere = [
            {"host": str(each.subentry.data[CONF_HOST])}
            for key, each in self._meters.items()
            if self._part(key) in silent and each.failure in _ANOTHER_ADDRESS
        ]
        self._report(issues.METER_SILENT, elsewhere[0] if elsewhere else None)

    def _part(self, key: str) -> str:
        """Return what the alarm of silence calls a meter."""
        return "meter" if self._meters[key] is self._meter else f"meter_{key}"

    @property
    def household_facts(self) -> HouseholdFacts:
        """Return what the effect of a change depends on beside the ledger."""
        return self._insights.facts(self.data.summary(Period.ROLLING_YEAR))

    async def _async_work_out(self, now: datetime) -> None:
        await self._insights.async_update(now, self.household_facts)
        self._show()

    @callback
    def _look(self) -> None:
        self.config_entry.async_create_task(
            self.hass, self._async_look(), "look at what changes did"
        )

    async def _async_look(self) -> None:
        await self._insights.async_look(self.household_facts)
        self._show()

    @callback
    def _show(self) -> None:
        if not self._shutdown_requested:
            self.async_set_updated_data(self._status(self.snapshot()))

    @override
    async def _async_update_data(self) -> Status:
        return self._status(self.snapshot())

    def snapshot(self) -> Snapshot:
        """Return what is known now."""
        return self._snapshot(dt_util.utcnow())

    @property
    def _surroundings(self) -> Surroundings:
        heat_pump, budget = self._heat_pump, self._heat_pump.budget
        options = self.config_entry.options
        silence_h = options.get(const.CONF_SILENCE_H, const.DEFAULT_SILENCE_H)
        return Surroundings(
            started_at=self.started_at,
            silence=silence_h * HOUR,
            sources={
                "heat_pump": SourceLife(heat_pump.last_reading_at, heat_pump.failure),
                **{
                    self._part(key): SourceLife(
                        each.last_reading_at, each.failure, each.subentry.title
                    )
                    for key, each in self._meters.items()
                },
            },
            calls_day=budget.used_day if budget else 0,
            call_limit=DAY_LIMIT if budget else 0,
            sign_in_due=sign_in_due(self.config_entry) if budget else None,
            outlook=self._insights.insights.outlook,
        )

    def _status(self, snapshot: Snapshot) -> Status:
        heat_pump, budget = self._heat_pump, self._heat_pump.budget
        return Status(
            snapshot=snapshot,
            alarms=self.monitor.state.alarms,
            insights=self._insights.insights,
            heat_pump=SourceStatus(
                failure=heat_pump.failure,
                last_reading_at=snapshot.measured_at or heat_pump.last_reading_at,
            ),
            meters={
                key: SourceStatus(
                    failure=each.failure, last_reading_at=each.last_reading_at
                )
                for key, each in self._meters.items()
            },
            calls=None if budget is None else CallStatus.of(budget),
        )

    def _snapshot(self, now: datetime) -> Snapshot:
        return self.monitor.snapshot(
            now,
            answers=self._heat_pump.last_update_success,
            cop_hold=max(
                _POLLS_UNTIL_STALE * self._heat_pump.interval, _LEAST_COP_HOLD
            ),
            recovered=self._recovery.read,
        )

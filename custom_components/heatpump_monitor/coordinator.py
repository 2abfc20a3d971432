"""Two clocks and the account that joins them.

A coordinator for each source reads it at its own pace; the account has no pace
of its own: it takes what they read, and tells what became of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import override

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_HOST, CONF_MAC
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryAuthFailed
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from .config_flow import start_meter_reauth
from .const import (
    CONF_DEGREE_DAYS,
    CONF_DEVICE_ID,
    CONF_GATEWAY_SERIAL,
    CONF_HEAT_PUMP_INTERVAL_S,
    CONF_INSTALLATION_ID,
    CONF_METER_INTERVAL_S,
    CONF_MODEL,
    CONF_SEASON_START_MONTH,
    DEFAULT_HEAT_PUMP_INTERVAL_S,
    DEFAULT_METER_INTERVAL_S,
    DOMAIN,
    LOGGER,
)
from .history.recovery import Recovery
from .history.statistics import StatisticsPublisher
from .history.store import LedgerStore
from .issues import async_report_calls, async_report_meter_errors, async_report_reversed
from .performance.intervals import Interval
from .performance.ledger import Ledger, Takeover
from .performance.meter_direction import MeterDirection
from .performance.monitor import PerformanceMonitor, Snapshot
from .performance.periods import DAY_S, DEFAULT_SEASON_START_MONTH, account
from .performance.projection import Projection, complete_days, project_year
from .performance.readings import HeatPumpReading, MeterReading
from .performance.straight import Straight
from .performance.tariff import Tariff
from .sources.budget import CallBudget
from .sources.pace import shortened
from .sources.ranges import Ranges
from .sources.shelly import (
    AnotherShelly,
    ShellyAuthError,
    ShellyClient,
    ShellyError,
    ShellyInfo,
)
from .sources.viessmann import (
    HeatPumpIdentity,
    Outage,
    ViessmannAuthError,
    ViessmannClient,
    ViessmannRateLimited,
    ViessmannUnavailable,
)
from .sources.viessmann_features import heat_pump_reading
from .sources.viessmann_json import Feature
from .tariffs import async_track_tariff

# An interval that ended longer ago than this many polls says nothing of now.
_POLLS_UNTIL_STALE = 3
_DAY = timedelta(days=1)

_NOT_BEFORE: HassKey[dict[str, datetime]] = HassKey(f"{DOMAIN}_not_before")


@dataclass(kw_only=True)
class HeatpumpData:
    """What a loaded config entry works with."""

    account: AccountCoordinator
    budget: CallBudget
    heat_pump: ViessmannCoordinator
    meter: ShellyCoordinator


type HeatpumpConfigEntry = ConfigEntry[HeatpumpData]


class SourceCoordinator[ReadingT: HeatPumpReading | MeterReading](
    DataUpdateCoordinator[ReadingT]
):
    """Reads one source at its own pace."""

    config_entry: HeatpumpConfigEntry

    def __init__(
        self, hass: HomeAssistant, entry: HeatpumpConfigEntry, name: str, pace_s: float
    ) -> None:
        """Initialize the coordinator."""
        self.interval = timedelta(seconds=pace_s)
        super().__init__(
            hass,
            LOGGER,
            config_entry=entry,
            name=f"{entry.title} {name}",
            update_interval=self.interval,
        )

    @property
    def last_reading_at(self) -> datetime | None:
        """Return when the source last answered; None if it did not since the start."""
        return None if self.data is None else self.data.time


class ShellyCoordinator(SourceCoordinator[MeterReading]):
    """Reads the electricity meter."""

    def __init__(
        self, hass: HomeAssistant, entry: HeatpumpConfigEntry, client: ShellyClient
    ) -> None:
        """Initialize the coordinator."""
        interval_s = entry.options.get(CONF_METER_INTERVAL_S, DEFAULT_METER_INTERVAL_S)
        super().__init__(hass, entry, "meter", shortened(interval_s, minimum=1))
        self._client = client
        self._host: str = entry.data[CONF_HOST]
        self._direction = MeterDirection()
        self.info: ShellyInfo | None = None
        """What the meter says of itself; None if it did not answer at the start."""

    @override
    async def _async_setup(self) -> None:
        """Read what the meter is."""
        try:
            self.info = await self._client.identify()
        except AnotherShelly as err:
            raise _failed("meter_is_another", host=self._host) from err
        except ShellyError as err:
            raise _failed("meter_unavailable", host=self._host) from err

    @override
    async def _async_update_data(self) -> MeterReading:
        """Read the meter."""
        try:
            reading = await self._client.read(dt_util.utcnow)
        except ShellyAuthError as err:
            start_meter_reauth(self.hass, self.config_entry)
            raise _failed("meter_wrong_password", host=self._host) from err
        except AnotherShelly as err:
            raise _failed("meter_is_another", host=self._host) from err
        except ShellyError as err:
            raise _failed("meter_unavailable", host=self._host) from err
        self._direction.add(reading)
        # The repair issue needs no flow that has ended.
        self._direction.forget_before(reading.time)
        async_report_reversed(
            self.hass, self.config_entry, self._direction.reversed_phases
        )
        async_report_meter_errors(self.hass, self.config_entry, reading.errors)
        return reading


class ViessmannCoordinator(SourceCoordinator[HeatPumpReading]):
    """Reads the heat pump, as far as the call budget goes."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: HeatpumpConfigEntry,
        client: ViessmannClient,
        budget: CallBudget,
        ranges: Ranges,
    ) -> None:
        """Initialize the coordinator."""
        interval_s = entry.options.get(
            CONF_HEAT_PUMP_INTERVAL_S, DEFAULT_HEAT_PUMP_INTERVAL_S
        )
        super().__init__(hass, entry, "heat pump", shortened(interval_s, minimum=5))
        self._client = client
        self._budget = budget
        self._ranges = ranges
        self._identity = HeatPumpIdentity(
            installation_id=entry.data[CONF_INSTALLATION_ID],
            gateway_serial=entry.data[CONF_GATEWAY_SERIAL],
            device_id=entry.data[CONF_DEVICE_ID],
            model=entry.data[CONF_MODEL],
            online=True,
        )
        self.features: Sequence[Feature] = ()
        """What the last answer held, for the diagnostics."""

    @override
    async def _async_setup(self) -> None:
        """Refuse a set-up that is tried again before the next poll would be due.

        Home Assistant tries again within seconds, and each time costs calls.
        """
        not_before = self.hass.data.setdefault(_NOT_BEFORE, {})
        now, entry_id = dt_util.utcnow(), self.config_entry.entry_id
        if (until := not_before.get(entry_id, now)) > now:
            raise _failed("next_poll_not_due", until=_local(until))
        not_before[entry_id] = now + self.interval

    @callback
    def async_end_setup(self) -> None:
        """Allow the next set-up at once, as this one succeeded."""
        self.hass.data[_NOT_BEFORE].pop(self.config_entry.entry_id, None)

    @override
    async def _async_update_data(self) -> HeatPumpReading:
        """Read the heat pump."""
        asked = dt_util.utcnow()
        self.features = await self._async_read_features()
        async_report_calls(self.hass, self.config_entry, self._budget, refused=False)
        return heat_pump_reading(self.features, time=asked, ranges=self._ranges)

    async def _async_read_features(self) -> Sequence[Feature]:
        """Return the features of the heat pump.

        Raises:
            UpdateFailed: There is no answer now.
            ConfigEntryAuthFailed: There is none before the user signs in again.
        """
        try:
            features = await self.hass.async_add_executor_job(
                self._client.read_features, self._identity
            )
        except ViessmannAuthError as err:
            raise ConfigEntryAuthFailed(
                translation_domain=DOMAIN, translation_key="viessmann_sign_in"
            ) from err
        except ViessmannRateLimited as err:
            async_report_calls(self.hass, self.config_entry, self._budget, refused=True)
            raise _failed("call_budget_exhausted", until=_local(err.until)) from err
        except ViessmannUnavailable as err:
            raise _failed(err.reason) from err
        if not features:
            # The gateway is there, and the heat pump behind it is not.
            raise _failed(Outage.HEAT_PUMP_MISSING)
        return features


def _failed(key: str, **placeholders: str) -> UpdateFailed:
    """Return the failure of a reading."""
    return UpdateFailed(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders=placeholders,
    )


def _local(moment: datetime) -> str:
    """Return a moment as the household's clock shows it."""
    return dt_util.as_local(moment).strftime("%Y-%m-%d %H:%M")


class AccountCoordinator(DataUpdateCoordinator[Snapshot]):
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
        self._shown = (False, False)
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
        # Time goes on while the sources say nothing: figures grow stale, and
        # days end.
        entry.async_on_unload(
            async_track_time_interval(
                self.hass, self._publish, self._heat_pump.interval
            )
        )

    @property
    def season_start_month(self) -> int:
        """Return the month that the heating season begins with, 1..12."""
        options = self.config_entry.options
        return int(options.get(CONF_SEASON_START_MONTH, DEFAULT_SEASON_START_MONTH))

    async def async_save(self) -> None:
        """Keep the account on disk."""
        await self._store.async_save(self.monitor, self.config_entry.data[CONF_MAC])

    async def async_recover(self) -> list[Straight]:
        """Ask the meter's memory for the course of all gaps; return those recovered.

        Raises:
            ShellyError: The meter did not answer.
        """
        try:
            return await self._recovery.async_run(dt_util.utcnow(), self._publish)
        finally:
            self._publish()
            await self.async_save()

    async def async_take_over(
        self, recorded: Ledger, first: date, last: date, *, anew: bool
    ) -> Takeover:
        """Take over days that were recorded elsewhere; keep and show them.

        Args:
            recorded: What was recorded.
            first: First local day to take.
            last: Last local day to take, before today.
            anew: Whether to forget what was taken of these days before.
        """
        takeover = self.monitor.ledger.take_over(recorded, first, last, anew=anew)
        # More days make another line of the year.
        self._projected_on = None
        self._publish()
        await self.async_save()
        await self.statistics.async_add_imported(takeover.hours)
        return takeover

    async def _async_recover_unasked(self) -> None:
        try:
            recovered = await self.async_recover()
        except ShellyError as err:
            LOGGER.info("The meter does not tell its history yet: %r", err)
            return
        for straight in recovered:
            LOGGER.info(
                "Recovered the course of %.3f kWh from the meter's memory, %s to %s",
                straight.energy_wh / 1000,
                _local(straight.start),
                _local(straight.end),
            )

    @callback
    def _set_tariff(self, tariff: Tariff) -> None:
        self.monitor.tariff = tariff

    @callback
    def _take_heat_pump(self) -> None:
        if self._heat_pump.last_update_success:
            self.monitor.add_heat_pump(self._heat_pump.data)
            # Also what waits for the meter: a crash must not forget it.
            self._save_soon()
        self._publish()

    @callback
    def _take_meter(self) -> None:
        closed: tuple[Interval, ...] = ()
        if self._meter.last_update_success:
            closed = self.monitor.add_meter(self._meter.data).closed
        if closed:
            self._save_soon()
        if closed or self._sources != self._shown:
            self._publish()

    @callback
    def _save_soon(self) -> None:
        self.config_entry.async_create_task(
            self.hass, self.async_save(), "save the account"
        )

    @property
    def _sources(self) -> tuple[bool, bool]:
        """Return which sources answer."""
        return self._heat_pump.last_update_success, self._meter.last_update_success

    @callback
    def _publish(self, _: datetime | None = None) -> None:
        """Show what is known now."""
        self._shown, now = self._sources, dt_util.utcnow()
        self._project(now)
        self.async_set_updated_data(self._known_at(now))
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
        counted = account(ledger, today.replace(month=1, day=1), today, now)
        rest = (ledger.midnight(today + _DAY) - now).total_seconds() / DAY_S
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
        snapshot = self.monitor.snapshot(now, self.season_start_month)
        to_recover = snapshot.to_recover - self._recovery.read
        snapshot = replace(snapshot, to_recover=to_recover)
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

"""Read each source at its own pace: the electricity meter and the heat pump."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import override

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.const import CONF_HOST
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed
from homeassistant.util import dt as dt_util

from .budget_store import regular_calls_day
from .const import (
    CONF_HEAT_PUMP_INTERVAL_S,
    CONF_METER_INTERVAL_S,
    DEFAULT_HEAT_PUMP_INTERVAL_S,
    DEFAULT_METER_INTERVAL_S,
    DOMAIN,
    LOGGER,
)
from .issues import (
    HEAT_PUMP_MISSING,
    async_report,
    async_report_calls,
    async_report_meter_errors,
    local_text,
)
from .meter_subentries import start_meter_reauth
from .readings import HeatPumpReading, MeterReading
from .sign_in import (
    SET_UP_NOT_BEFORE,
    async_accept,
    async_forget_old_sign_in,
    async_refuse,
    is_refused,
)
from .sources.base import MeterInfo, Source, SourceAuthError, SourceError
from .sources.pace import shortened
from .sources.shelly.client import ShellyClient
from .sources.viessmann.budget import CallBudget
from .sources.viessmann.client import Outage, ViessmannAuthError, ViessmannNotFound
from .sources.viessmann.extra_readings import ExtraReadings
from .sources.viessmann.source import ViessmannSource

# Refused sign-ins and heat pumps that are not listed rarely come back by themselves.
_REST_S = 3600


class _NextPollNotDue(SourceError):
    """The set-up was tried again too early."""

    key = "next_poll_not_due"


class SourceCoordinator[
    SourceT: Source[object, object],
    ReadingT: HeatPumpReading | MeterReading,
](DataUpdateCoordinator[ReadingT]):
    """Reads one source at its own pace."""

    config_entry: ConfigEntry

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        source: SourceT,
        name: str,
        pace_s: float,
    ) -> None:
        """Initialize the coordinator."""
        self.source = source
        self.interval = timedelta(seconds=pace_s)
        self._placeholders: dict[str, str] = {}
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

    @property
    def failure(self) -> str | None:
        """Return why the source does not answer, as a translation key."""
        if self.last_update_success:
            return None
        key = getattr(self.last_exception, "translation_key", None)
        # The exception is in the log only.
        return SourceError.key if key is None else str(key)

    @callback
    def _async_handle(self, err: SourceError) -> None:
        """Do what a failure asks for."""

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """Raise failures as `UpdateFailed`; they decide when the next poll is."""
        self.update_interval = self.interval
        try:
            yield
        except SourceError as err:
            self._async_handle(err)
            raise self._failure_of(err) from err

    def _failure_of(self, err: SourceError) -> UpdateFailed:
        retry_after = None
        if err.retry_at is not None:
            wait = max(err.retry_at - dt_util.utcnow(), self.interval)
            retry_after = wait.total_seconds()
            # Home Assistant ignores the other at the first refresh.
            self.update_interval = wait
        return UpdateFailed(
            retry_after=retry_after,
            translation_domain=DOMAIN,
            translation_key=err.key,
            translation_placeholders=self._placeholders
            | {
                name: value if isinstance(value, str) else local_text(value)
                for name, value in err.placeholders.items()
            },
        )


class ShellyCoordinator(SourceCoordinator[ShellyClient, MeterReading]):
    """Reads the electricity meter."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        subentry: ConfigSubentry,
        source: ShellyClient,
    ) -> None:
        """Initialize the coordinator."""
        interval_s = entry.options.get(CONF_METER_INTERVAL_S, DEFAULT_METER_INTERVAL_S)
        super().__init__(hass, entry, source, "meter", shortened(interval_s, minimum=1))
        self.subentry = subentry
        self._placeholders = {"host": subentry.data[CONF_HOST]}
        self.info: MeterInfo | None = None
        """What the meter says of itself; None if it did not answer at the start."""

    @override
    async def _async_setup(self) -> None:
        with self._asking():
            self.info = await self.source.identify()

    @override
    async def _async_update_data(self) -> MeterReading:
        with self._asking():
            reading = await self.source.read(dt_util.utcnow)
        async_report_meter_errors(self.hass, self.config_entry, reading.errors)
        return reading

    @callback
    @override
    def _async_handle(self, err: SourceError) -> None:
        if isinstance(err, SourceAuthError):
            start_meter_reauth(self.hass, self.config_entry, self.subentry)


class ViessmannCoordinator(SourceCoordinator[ViessmannSource, HeatPumpReading]):
    """Reads the heat pump, as far as the call budget goes."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        source: ViessmannSource,
        budget: CallBudget,
    ) -> None:
        """Initialize the coordinator."""
        interval_s = entry.options.get(
            CONF_HEAT_PUMP_INTERVAL_S, DEFAULT_HEAT_PUMP_INTERVAL_S
        )
        super().__init__(
            hass, entry, source, "heat pump", shortened(interval_s, minimum=5)
        )
        self._budget = budget
        self.extra_readings = ExtraReadings(self.interval, budget)

    @property
    @override
    def last_reading_at(self) -> datetime | None:
        """Return when the heat pump measured its newest value; None if not known."""
        return None if self.data is None else self.data.measured_at

    @override
    async def _async_setup(self) -> None:
        """Refuse a set-up that is tried again before the next poll would be due.

        Home Assistant tries again within seconds, and each time costs calls.
        """
        hass, entry = self.hass, self.config_entry
        not_before = hass.data.setdefault(SET_UP_NOT_BEFORE, {})
        now = dt_util.utcnow()
        if async_forget_old_sign_in(hass, entry):
            not_before.pop(entry.entry_id, None)
        if (until := not_before.get(entry.entry_id, now)) <= now:
            not_before[entry.entry_id] = now + self.interval
            return
        with self._asking():
            if is_refused(hass, entry):
                raise ViessmannAuthError(retry_at=until)
            raise _NextPollNotDue(placeholders={"until": until})

    @callback
    def async_end_setup(self) -> None:
        """Allow the next set-up at once, as this one succeeded."""
        self.hass.data[SET_UP_NOT_BEFORE].pop(self.config_entry.entry_id, None)

    @override
    async def _async_update_data(self) -> HeatPumpReading:
        asked = dt_util.utcnow()
        reason = self.extra_readings.add_reading(asked)
        try:
            with self._asking():
                reading = await self.source.read(lambda: asked, reason)
        finally:
            async_report_calls(self.hass, self.config_entry, self._budget)
        async_report(self.hass, self.config_entry, HEAT_PUMP_MISSING, None)
        async_accept(self.hass, self.config_entry)
        self.update_interval = self.extra_readings.wait(asked)
        return reading

    @callback
    @override
    def _async_handle(self, err: SourceError) -> None:
        self.extra_readings.end()
        if isinstance(err, ViessmannAuthError):
            self._rest(err)
            # Home Assistant ends the question to the user with every reload.
            async_refuse(self.hass, self.config_entry)
        elif err.key == Outage.HEAT_PUMP_MISSING:
            async_report(self.hass, self.config_entry, HEAT_PUMP_MISSING, {})
            if not isinstance(err, ViessmannNotFound):
                self._rest(err)

    @callback
    def async_read_after_start(self, started_at: datetime) -> None:
        """Begin extra readings after the compressor's last start, if they may be made.

        The same start may be passed again.
        """
        if not self.last_update_success:
            return
        calls_day = regular_calls_day(self.hass, self.config_entry)
        if self.extra_readings.begin(started_at, dt_util.utcnow(), calls_day):
            self.config_entry.async_create_task(
                self.hass, self.async_request_refresh(), "read after a start"
            )

    def _rest(self, err: SourceError) -> None:
        """Put off the next poll, and the next try of a set-up under way."""
        if err.retry_at is None:
            rest = timedelta(seconds=shortened(_REST_S, minimum=60))
            err.retry_at = dt_util.utcnow() + rest
            not_before = self.hass.data[SET_UP_NOT_BEFORE]
            if (entry_id := self.config_entry.entry_id) in not_before:
                not_before[entry_id] = err.retry_at

"""Read each source at its own pace: the electricity meter and the heat pump."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_HOST
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed
from homeassistant.util import dt as dt_util

from .budget_store import regular_calls_day
from .config_flow import start_meter_reauth
from .const import (
    CONF_DEVICE_ID,
    CONF_GATEWAY_SERIAL,
    CONF_HEAT_PUMP_INTERVAL_S,
    CONF_INSTALLATION_ID,
    CONF_METER_INTERVAL_S,
    CONF_MODEL,
    DEFAULT_HEAT_PUMP_INTERVAL_S,
    DEFAULT_METER_INTERVAL_S,
    DOMAIN,
    LOGGER,
)
from .issues import (
    async_report_calls,
    async_report_heat_pump,
    async_report_meter_errors,
    local_text,
)
from .readings import HeatPumpReading, MeterReading
from .sign_in import (
    SET_UP_NOT_BEFORE,
    async_accept,
    async_forget_old_sign_in,
    async_refuse,
    is_refused,
)
from .sources.pace import shortened
from .sources.ranges import Ranges
from .sources.shelly.client import (
    AnotherShelly,
    NoEnergyMeter,
    NotAShelly,
    ShellyAuthError,
    ShellyClient,
    ShellyError,
    ShellyInfo,
    ShellyInvalidAnswer,
    ShellyUnreachable,
)
from .sources.viessmann.budget import CallBudget, CallReason
from .sources.viessmann.client import (
    HeatPumpIdentity,
    Outage,
    ViessmannAuthError,
    ViessmannClient,
    ViessmannNotFound,
    ViessmannRateLimited,
    ViessmannUnavailable,
)
from .sources.viessmann.extra_readings import ExtraReadings
from .sources.viessmann.features import heat_pump_reading
from .sources.viessmann.parsing import Feature

# A heat pump that the account does not list rarely comes back by itself.
_LOOK_AGAIN_S = 3600
_SIGN_IN_RETRY_S = 3600

METER_FAILURES: Final[dict[type[ShellyError], str]] = {
    AnotherShelly: "meter_is_another",
    NoEnergyMeter: "meter_without_energy",
    NotAShelly: "meter_not_a_shelly",
    ShellyAuthError: "meter_wrong_password",
    ShellyInvalidAnswer: "meter_invalid_answer",
    ShellyUnreachable: "meter_unreachable",
}
"""The translation key of each failure of the meter."""
METER_UNAVAILABLE: Final = "meter_unavailable"
"""The translation key of any other failure of the meter."""
UNEXPECTED_FAILURE: Final = "unexpected"
"""The reason for an exception that is in the log only."""


class SourceCoordinator[ReadingT: HeatPumpReading | MeterReading](
    DataUpdateCoordinator[ReadingT]
):
    """Reads one source at its own pace."""

    config_entry: ConfigEntry

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry, name: str, pace_s: float
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

    @property
    def failure(self) -> str | None:
        """Return why the source does not answer, as a translation key."""
        if self.last_update_success:
            return None
        key = getattr(self.last_exception, "translation_key", None)
        return UNEXPECTED_FAILURE if key is None else str(key)


class ShellyCoordinator(SourceCoordinator[MeterReading]):
    """Reads the electricity meter."""

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry, client: ShellyClient
    ) -> None:
        """Initialize the coordinator."""
        interval_s = entry.options.get(CONF_METER_INTERVAL_S, DEFAULT_METER_INTERVAL_S)
        super().__init__(hass, entry, "meter", shortened(interval_s, minimum=1))
        self._client = client
        self._host: str = entry.data[CONF_HOST]
        self.info: ShellyInfo | None = None
        """What the meter says of itself; None if it did not answer at the start."""

    @override
    async def _async_setup(self) -> None:
        """Read what the meter is."""
        try:
            self.info = await self._client.identify()
        except ShellyError as err:
            raise self._failure_of(err) from err

    @override
    async def _async_update_data(self) -> MeterReading:
        """Read the meter."""
        try:
            reading = await self._client.read(dt_util.utcnow)
        except ShellyAuthError as err:
            start_meter_reauth(self.hass, self.config_entry)
            raise self._failure_of(err) from err
        except ShellyError as err:
            raise self._failure_of(err) from err
        async_report_meter_errors(self.hass, self.config_entry, reading.errors)
        return reading

    def _failure_of(self, err: ShellyError) -> UpdateFailed:
        key = METER_FAILURES.get(type(err), METER_UNAVAILABLE)
        return _failed(key, host=self._host)


class ViessmannCoordinator(SourceCoordinator[HeatPumpReading]):
    """Reads the heat pump, as far as the call budget goes."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
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
        self.extra_readings = ExtraReadings(self.interval, budget)
        self.features: Sequence[Feature] = ()
        """What the last answer held, for the diagnostics."""

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
        if (until := not_before.get(entry.entry_id, now)) > now:
            if is_refused(hass, entry):
                self.update_interval = until - now
                # Home Assistant ends the question to the user with every reload.
                async_refuse(hass, entry)
                raise _failed("viessmann_sign_in")
            raise _failed("next_poll_not_due", until=local_text(until))
        not_before[entry.entry_id] = now + self.interval

    @callback
    def async_end_setup(self) -> None:
        """Allow the next set-up at once, as this one succeeded."""
        self.hass.data[SET_UP_NOT_BEFORE].pop(self.config_entry.entry_id, None)

    @override
    async def _async_update_data(self) -> HeatPumpReading:
        """Read the heat pump."""
        asked = dt_util.utcnow()
        self.update_interval = self.interval
        reason = self.extra_readings.add_reading(asked)
        try:
            self.features = await self._async_read_features(reason)
        except UpdateFailed:
            self.extra_readings.end()
            raise
        finally:
            async_report_calls(self.hass, self.config_entry, self._budget)
        async_accept(self.hass, self.config_entry)
        self.update_interval = self.extra_readings.wait(asked)
        return heat_pump_reading(self.features, time=asked, ranges=self._ranges)

    @callback
    def async_read_after_start(self, started_at: datetime) -> None:
        """Begin extra readings after a start of the compressor, if they may be made.

        Args:
            started_at: When the compressor last started. It may be passed again.
        """
        if not self.last_update_success:
            return
        calls_day = regular_calls_day(self.hass, self.config_entry)
        if self.extra_readings.begin(started_at, dt_util.utcnow(), calls_day):
            self.config_entry.async_create_task(
                self.hass, self.async_request_refresh(), "read after a start"
            )

    async def _async_read_features(self, reason: CallReason) -> Sequence[Feature]:
        """Return the features of the heat pump.

        Raises:
            UpdateFailed: There is no answer now.
        """
        try:
            features = await self.hass.async_add_executor_job(
                self._client.read_features, self._identity, reason
            )
        except ViessmannAuthError as err:
            self._async_rest()
            raise _failed("viessmann_sign_in") from err
        except ViessmannRateLimited as err:
            raise _failed("call_budget_exhausted", until=local_text(err.until)) from err
        except ViessmannUnavailable as err:
            failure = _failed(err.reason)
            if err.reason is Outage.HEAT_PUMP_MISSING:
                async_report_heat_pump(self.hass, self.config_entry, missing=True)
                if not isinstance(err, ViessmannNotFound):
                    failure.retry_after = self._rest()
            raise failure from err
        # The gateway may be there, and the heat pump behind it may not.
        async_report_heat_pump(self.hass, self.config_entry, missing=not features)
        if not features:
            raise _failed(Outage.HEAT_PUMP_MISSING)
        return features

    @callback
    def _async_rest(self) -> None:
        """Poll slowly while the sign-in is refused, and ask the user for another."""
        self.update_interval = timedelta(seconds=shortened(_SIGN_IN_RETRY_S))
        self._put_off_set_up(self.update_interval)
        async_refuse(self.hass, self.config_entry)

    def _rest(self) -> float:
        """Put off the next poll; return for how long, in s."""
        rest_s = shortened(_LOOK_AGAIN_S, minimum=60)
        self._put_off_set_up(timedelta(seconds=rest_s))
        return rest_s

    def _put_off_set_up(self, rest: timedelta) -> None:
        """Put off the next try of a set-up under way, as that is within seconds."""
        not_before = self.hass.data[SET_UP_NOT_BEFORE]
        if (entry_id := self.config_entry.entry_id) in not_before:
            not_before[entry_id] = dt_util.utcnow() + rest


def _failed(key: str, **placeholders: str) -> UpdateFailed:
    """Return the failure of a reading."""
    return UpdateFailed(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders=placeholders,
    )

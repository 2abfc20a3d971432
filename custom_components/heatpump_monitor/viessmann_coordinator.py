"""Read a heat pump of a Viessmann account, as far as its call budget goes."""

from datetime import datetime, timedelta
from typing import override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util

from .budget_store import regular_calls_day
from .const import (
    CONF_GATEWAY_SERIAL,
    CONF_HEAT_PUMP_INTERVAL_S,
    CONF_MODEL,
    DEFAULT_HEAT_PUMP_INTERVAL_S,
)
from .issues import HEAT_PUMP_MISSING, async_report, async_report_calls
from .readings import HeatPumpReading
from .sign_in import (
    SET_UP_NOT_BEFORE,
    async_accept,
    async_forget_old_sign_in,
    async_refuse,
    is_refused,
)
from .source_coordinators import HeatPumpCoordinator, HeatPumpInfo
from .sources.base import SourceError
from .sources.entities.stand_ins import StandIns
from .sources.entities.states import Problem
from .sources.pace import shortened
from .sources.viessmann.budget import CallBudget
from .sources.viessmann.client import Outage, ViessmannAuthError, ViessmannNotFound
from .sources.viessmann.extra_readings import ExtraReadings
from .sources.viessmann.source import ViessmannSource
from .trade_names import heat_pump_name

# Refused sign-ins and heat pumps that are not listed rarely come back by themselves.
_REST_S = 3600


class _NextPollNotDue(SourceError):
    """The set-up was tried again too early."""

    key = "next_poll_not_due"


class ViessmannCoordinator(HeatPumpCoordinator[ViessmannSource]):
    """Reads a heat pump of an account, as far as the call budget goes."""

    budget: CallBudget

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        source: ViessmannSource,
        budget: CallBudget,
        stand_ins: StandIns,
    ) -> None:
        """Initialize the coordinator."""
        interval_s = entry.options.get(
            CONF_HEAT_PUMP_INTERVAL_S, DEFAULT_HEAT_PUMP_INTERVAL_S
        )
        super().__init__(
            hass, entry, source, "heat pump", shortened(interval_s, minimum=5)
        )
        self.budget = budget
        self._stand_ins = stand_ins
        self.extra_readings = ExtraReadings(self.interval, budget)

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

    @property
    @override
    def info(self) -> HeatPumpInfo:
        """Return what the device registry shows of the heat pump."""
        model_id = self.config_entry.data[CONF_MODEL]
        return HeatPumpInfo(
            manufacturer="Viessmann",
            model=heat_pump_name(model_id, self.source.features),
            model_id=model_id,
            serial_number=self.config_entry.data[CONF_GATEWAY_SERIAL],
        )

    @property
    @override
    def diagnostics(self) -> dict[str, object]:
        """Return which features there are, and what is left of the call budget."""
        budget = self.budget
        return {
            "features": {
                feature.name: sorted(feature.properties)
                for feature in self.source.features
                if feature.enabled
            },
            "budget": {
                "used_day": budget.used_day,
                "used_day_by_reason": budget.used_by_reason,
                "used_ten_minutes": budget.used_burst,
                "left_day": budget.left_day,
                "reset_at": budget.reset_at,
            },
        }

    @callback
    @override
    def async_ignore_start(self, started_at: datetime | None) -> None:
        """Do not read more often after a start, as the heat pump was just read."""
        self.extra_readings.ignore(started_at)

    @callback
    @override
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
            async_report_calls(self.hass, self.config_entry, self.budget)
        async_report(self.hass, self.config_entry, HEAT_PUMP_MISSING, None)
        async_accept(self.hass, self.config_entry)
        self.update_interval = self.extra_readings.wait(asked)
        return self._stand_ins.replaced(reading)

    @property
    @override
    def problems(self) -> list[Problem]:
        """Return what is wrong with the entities that stand in."""
        return self._stand_ins.problems

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
    @override
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

"""Read each source at its own pace: the meters and the heat pump."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, override

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.const import CONF_HOST, CONF_NAME
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed
from homeassistant.util import dt as dt_util

from .const import CONF_METER_INTERVAL_S, DEFAULT_METER_INTERVAL_S, DOMAIN, LOGGER
from .issues import local_texts
from .meter_subentries import key_of, role_of, start_meter_reauth
from .readings import HeatPumpReading, MeterReading
from .sources.base import (
    Memory,
    MeterInfo,
    MeterSource,
    Source,
    SourceAuthError,
    SourceError,
)
from .sources.entities.chosen import OfEntities
from .sources.entities.states import Problem
from .sources.pace import shortened
from .sources.viessmann.budget import CallBudget


class SourceCoordinator[SourceT: Source[object, object], ReadingT](
    DataUpdateCoordinator[ReadingT]
):
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
        self.source: Final = source
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
        """Return how new what the source says is; None if it said nothing yet."""
        raise NotImplementedError

    @property
    def failure(self) -> str | None:
        """Return why the source does not answer, as a translation key."""
        if self.last_update_success:
            return None
        key = getattr(self.last_exception, "translation_key", None)
        # The exception is in the log only.
        return SourceError.key if key is None else str(key)

    @property
    def problems(self) -> list[Problem]:
        """Return what is wrong with the entities that are read, if any are."""
        if isinstance(self.source, OfEntities):
            return [*self.source.chosen.problems.values()]
        return []

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
            translation_placeholders=self._placeholders | local_texts(err.placeholders),
        )


class MeterCoordinator(SourceCoordinator[MeterSource, MeterReading]):
    """Reads one meter."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        subentry: ConfigSubentry,
        source: MeterSource,
    ) -> None:
        """Initialize the coordinator."""
        interval_s = entry.options.get(CONF_METER_INTERVAL_S, DEFAULT_METER_INTERVAL_S)
        super().__init__(hass, entry, source, "meter", shortened(interval_s, minimum=1))
        self.subentry = subentry
        self.key = key_of(subentry)
        self.role = role_of(subentry)
        self._placeholders = {
            "host": subentry.data.get(CONF_HOST, ""),
            CONF_NAME: subentry.title,
        }
        self.info: MeterInfo | None = None
        """What the meter says of itself; None if it did not answer at the start."""

    @property
    @override
    def last_reading_at(self) -> datetime | None:
        """Return when the meter last answered; None if it did not since the start."""
        return None if self.data is None else self.data.time

    @property
    def memory(self) -> Memory | None:
        """Return what remembers what it measured; None if nothing does."""
        return self.source if isinstance(self.source, Memory) else None

    @override
    async def _async_setup(self) -> None:
        with self._asking():
            self.info = await self.source.identify()

    @override
    async def _async_update_data(self) -> MeterReading:
        with self._asking():
            return await self.source.read(dt_util.utcnow)

    @callback
    @override
    def _async_handle(self, err: SourceError) -> None:
        if isinstance(err, SourceAuthError):
            start_meter_reauth(self.hass, self.config_entry, self.subentry)


@dataclass(frozen=True, kw_only=True, slots=True)
class HeatPumpInfo:
    """What is known of a heat pump beside its readings."""

    manufacturer: str | None = None
    model: str | None = None
    model_id: str | None = None
    serial_number: str | None = None


class HeatPumpCoordinator[SourceT: Source[object, HeatPumpReading]](
    SourceCoordinator[SourceT, HeatPumpReading]
):
    """Reads the heat pump."""

    budget: CallBudget | None = None
    """Of the account that is asked; None if no call is counted."""

    @property
    @override
    def last_reading_at(self) -> datetime | None:
        """Return when the heat pump measured its newest value; None if not known."""
        return None if self.data is None else self.data.measured_at

    @property
    def info(self) -> HeatPumpInfo:
        """Return what the device registry shows of the heat pump."""
        raise NotImplementedError

    @property
    def diagnostics(self) -> dict[str, object]:
        """Return what else a bug report needs to know of the source."""
        return {}

    @callback
    def async_end_setup(self) -> None:
        """Note that the set-up succeeded."""

    @callback
    def async_read_after_start(self, started_at: datetime) -> None:
        """Read more often after the compressor's last start, if that costs no more."""

    @callback
    def async_ignore_start(self, started_at: datetime | None) -> None:
        """Do not read more often after a start, as the heat pump was just read."""


type AnyHeatPumpCoordinator = HeatPumpCoordinator[Source[object, HeatPumpReading]]

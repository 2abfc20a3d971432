"""Read a house meter, pushed or polled, and publish what its quarter-hours come to.

Every reading goes to the engine. What entities show is published every five seconds
at most, and at once when a quarter-hour ends.
"""

import asyncio
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import batched
from typing import Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_HOST, CONF_NAME, EVENT_HOMEASSISTANT_STOP
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryAuthFailed
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed
from homeassistant.util import dt as dt_util

from .. import issues
from ..const import DOMAIN, LOGGER
from ..readings import GridReading
from ..sources.base import GridSource, MeterInfo, Push, SourceAuthError, SourceError
from ..sources.entities.chosen import OfEntities
from ..sources.pace import shortened
from ..stored_file import reason_not_saved
from ..telemetry import Quarters, async_pass_on
from . import heat_pumps
from .engine import HouseMeterEngine
from .model import QUARTER, HouseSnapshot, MonthPeak, Quarter, RunningQuarter
from .quarter_log import quarter_start
from .series import Counted
from .status import HouseStatus
from .store import HouseStore

_POLL_S: Final = 10
_LEAST_PAUSE: Final = timedelta(seconds=5)
# Meters push every second, old ones every ten; after that, they are polled.
_PUSH_PAUSE: Final = timedelta(seconds=15)
# A poll that fails now and then is no reason to show nothing.
_SILENCE: Final = timedelta(minutes=1)
_FIRST_RETRY_S: Final = 5
_LONGEST_RETRY_S: Final = 300
LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)
# What takes about 20 ms.
_SPAN_AT_ONCE: Final = timedelta(days=31)
_COUNT_AT_ONCE: Final = 1_000
# The heat pumps' meters remember about 20 minutes.
_BOOKED_FOR: Final = 2 * QUARTER


@dataclass(frozen=True, slots=True)
class QuarterWarning:
    """A quarter-hour is going to exceed the limit, or is not any more."""

    is_raised: bool
    quarter: RunningQuarter


class HouseMeterCoordinator(DataUpdateCoordinator[HouseStatus]):
    """Reads one house meter, and feeds its engine."""

    config_entry: HouseMeterEntry

    def __init__(
        self,
        hass: HomeAssistant,
        entry: HouseMeterEntry,
        source: GridSource,
        engine: HouseMeterEngine,
        store: HouseStore,
    ) -> None:
        """Initialize the coordinator."""
        super().__init__(
            hass,
            LOGGER,
            config_entry=entry,
            name=f"{entry.title} house meter",
            update_interval=timedelta(seconds=shortened(_POLL_S, minimum=1)),
        )
        self.source: Final = source
        self.engine: Final = engine
        self.info: MeterInfo | None = None
        """What the meter says of itself; None before it did."""
        self.is_pushed = False
        """Whether the last reading was pushed."""
        self.device_id = ""
        """Of the meter's device, on which those of its submeters hang."""
        self._store = store
        self._reading: GridReading | None = None
        self._answered_at: datetime | None = None
        self._published_at: datetime | None = None
        self._is_warning = False
        self._warned: list[Callable[[QuarterWarning], None]] = []
        self._booked: set[tuple[datetime, str]] = set()

    @callback
    def async_start(self) -> None:
        """Follow the meter from now on, also without any entity enabled."""
        entry = self.config_entry
        entry.async_on_unload(self.async_add_listener(lambda: None))
        entry.async_on_unload(
            self.hass.bus.async_listen(EVENT_HOMEASSISTANT_STOP, self._async_stop)
        )
        if isinstance(self.source, Push):
            entry.async_create_background_task(
                self.hass, self._async_listen(self.source), "listen to the house meter"
            )

    @property
    def failure(self) -> str | None:
        """Return why the meter does not answer, as a translation key."""
        if self.last_update_success:
            return None
        return getattr(self.last_exception, "translation_key", None) or SourceError.key

    @property
    def last_reading_at(self) -> datetime | None:
        """Return when the meter last answered; None if it did not since the start."""
        return self._answered_at

    @property
    def counted(self) -> tuple[datetime, datetime]:
        """Return since when and until when quarter-hours were counted, in UTC."""
        now = quarter_start(dt_util.utcnow())
        running = self.engine.snapshot.running
        until = now if running is None else running.start
        first = next(self.engine.state.quarters.between(LONG_AGO, until), None)
        return (until if first is None else first.start), until

    async def async_quarters_between(self, start: datetime, end: datetime) -> Counted:
        """Return the quarter-hours from a moment until before another.

        Those of two years take half a second: others have their turn meanwhile.
        """
        since, until = self.counted
        start, end, quarters = max(start, since), min(end, until), list[Quarter]()
        while start < end:
            stop = min(start + _SPAN_AT_ONCE, end)
            quarters += self.engine.quarters(start, stop)
            start = stop
            await asyncio.sleep(0)
        return Counted(quarters=quarters, since=since, until=until)

    @callback
    def async_follow_warnings(
        self, show: Callable[[QuarterWarning], None]
    ) -> CALLBACK_TYPE:
        """Show every warning from now on; return how to stop."""
        self._warned.append(show)
        return partial(self._warned.remove, show)

    @callback
    def async_publish(self) -> None:
        """Show what is known after the user changed something."""
        if self.last_update_success and self._reading is not None:
            self.async_set_updated_data(self._status(self._reading))

    async def async_import(
        self, quarters: Iterable[Quarter], peaks: Iterable[MonthPeak]
    ) -> dict[str, int]:
        """Add what is not known better; return how many of each were new."""
        # Peaks first: quarter-hours would make one that is less well known.
        new_peaks = [self.engine.restore_peak(each) for each in peaks]
        known, new = self.engine.state.quarters, 0
        for some in batched(quarters, _COUNT_AT_ONCE, strict=False):
            before = [known.get(each.start) for each in some]
            self.engine.restore(some)
            after = [known.get(each.start) for each in some]
            changed = [
                now
                for was, now in zip(before, after, strict=True)
                if now is not None and was != now
            ]
            new += len(changed)
            self._pass_on(changed)
            await asyncio.sleep(0)
        return {"quarters_imported": new, "peaks_imported": sum(new_peaks)}

    async def async_save(self) -> str | None:
        """Save what is known; return why it is not on disk, None if it is."""
        reason = await reason_not_saved(self._store.async_save(self.engine.state))
        issues.async_report_not_saved(self.hass, self.config_entry, reason)
        return reason

    @callback
    def _report_entities(self) -> None:
        """Raise or delete the issue of chosen entities that give no value."""
        if isinstance(self.source, OfEntities):
            problems = self.source.chosen.problems.values()
            issues.async_report_entities(self.hass, self.config_entry, problems)

    @override
    async def _async_setup(self) -> None:
        try:
            self.info = await self.source.identify()
        except SourceError as err:
            raise self._failure_of(err) from err

    @override
    async def _async_update_data(self) -> HouseStatus:
        """Return what is known; ask the meter, unless it pushes its readings."""
        if not (self.is_pushed and self._has_answered(_PUSH_PAUSE)):
            await self._async_poll()
        assert self._reading is not None
        return self._status(self._reading)

    async def _async_poll(self) -> None:
        """Add a reading; one that is missed now and then is no failure.

        Raises:
            ConfigEntryAuthFailed: The meter refuses the token.
            UpdateFailed: The meter has been silent for a while.
        """
        before = self._reading
        try:
            reading = await self.source.read(dt_util.utcnow)
        except SourceError as err:
            self._report_entities()
            if isinstance(err, SourceAuthError) or not self._has_answered(_SILENCE):
                raise self._failure_of(err) from err
            return
        self._report_entities()
        # The push may have come back meanwhile.
        if self._reading is before:
            self.is_pushed = False
            self._add(reading)

    async def _async_listen(self, push: Push) -> None:
        """Add what the meter pushes; connect again whenever that ends."""
        wait_s = _FIRST_RETRY_S
        while True:
            try:
                async for reading in push.readings(dt_util.utcnow):
                    wait_s = _FIRST_RETRY_S
                    self._add_pushed(reading)
            except SourceError as err:
                LOGGER.debug("%s: the push ended: %s", self.name, err.key)
            self.is_pushed = False
            await asyncio.sleep(shortened(wait_s))
            wait_s = min(2 * wait_s, _LONGEST_RETRY_S)

    @callback
    def _add_pushed(self, reading: GridReading) -> None:
        self.is_pushed = True
        ended = self._add(reading)
        now, at = dt_util.utcnow(), self._published_at
        is_due = at is None or not timedelta() <= now - at < _LEAST_PAUSE
        if ended or is_due or not self.last_update_success:
            self.async_set_updated_data(self._status(reading))

    @callback
    def _add(self, reading: GridReading) -> list[Quarter]:
        """Pass a reading to the engine; return the quarter-hours that it ended."""
        self._reading, self._answered_at = reading, dt_util.utcnow()
        async_pass_on(self.hass, self.config_entry, reading)
        ended = self.engine.add(reading, heat_pumps.powers_w(self.hass))
        self._pass_on(ended)
        if ended:
            self.config_entry.async_create_task(
                self.hass, self.async_save(), "save the quarter-hours"
            )
        return ended

    def _has_answered(self, age: timedelta) -> bool:
        """Return whether the meter answered lately."""
        at = self._answered_at
        # A clock that was set back makes no answer newer.
        return at is not None and abs(dt_util.utcnow() - at) < age

    def _status(self, reading: GridReading) -> HouseStatus:
        self._published_at = now = dt_util.utcnow()
        self._book_parts(now)
        snapshot = self.engine.snapshot
        self._warn(snapshot)
        return HouseStatus(reading=reading, snapshot=snapshot)

    @callback
    def _book_parts(self, now: datetime) -> None:
        """Book what the heat pumps drew in quarter-hours that have ended."""
        booked = set[datetime]()
        for quarter in self.engine.quarters(now - _BOOKED_FOR, now):
            start, end = quarter.start, quarter.start + QUARTER
            for key, monitor in heat_pumps.monitors(self.hass).items():
                if (start, key) in self._booked:
                    continue
                energy_wh = monitor.electricity_between(start, end)
                if energy_wh is not None:
                    self._booked.add((start, key))
                    self.engine.book_part(start, key, energy_wh)
                    booked.add(start)
        self._booked = {
            each for each in self._booked if each[0] > now - 2 * _BOOKED_FOR
        }
        recent = self.engine.quarters(now - _BOOKED_FOR, now) if booked else ()
        self._pass_on([each for each in recent if each.start in booked])

    @callback
    def _pass_on(self, quarters: Collection[Quarter]) -> None:
        if quarters:
            news = Quarters(quarters=quarters)
            async_pass_on(self.hass, self.config_entry, news)

    @callback
    def _warn(self, snapshot: HouseSnapshot) -> None:
        """Say when the warning changes; while nothing is known, it stays."""
        quarter, is_warning = snapshot.running, snapshot.will_exceed
        if quarter is None or is_warning in (None, self._is_warning):
            return
        self._is_warning = bool(is_warning)
        for show in tuple(self._warned):
            show(QuarterWarning(self._is_warning, quarter))

    async def _async_stop(self, _: Event) -> None:
        await self.async_save()

    @property
    def _placeholders(self) -> dict[str, str]:
        entry = self.config_entry
        return {"host": str(entry.data.get(CONF_HOST, "")), CONF_NAME: entry.title}

    def _failure_of(self, err: SourceError) -> UpdateFailed | ConfigEntryAuthFailed:
        is_refused = isinstance(err, SourceAuthError)
        kind = ConfigEntryAuthFailed if is_refused else UpdateFailed
        return kind(
            translation_domain=DOMAIN,
            translation_key=err.key,
            translation_placeholders=self._placeholders
            | issues.local_texts(err.placeholders),
        )


type HouseMeterEntry = ConfigEntry[HouseMeterCoordinator]

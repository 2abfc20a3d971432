"""Read the probes of an account, and join what is known of each one."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryAuthFailed
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator
from homeassistant.util import dt as dt_util

from .. import issues
from ..const import CONF_SOURCE, DOMAIN, LOGGER, ProbeKind
from ..entity import identifier
from ..readings import ProbeReading
from ..source_coordinators import SourceCoordinator
from ..sources.base import ProbeSource, SourceAuthError, SourceError
from ..sources.pace import shortened
from ..stored_file import reason_not_saved
from ..telemetry import OfProbes, async_pass_on
from .choices import Choices
from .engine import ProbeEngine
from .model import ProbeEvent, ProbeStatus, Session
from .store import ProbeStore, StoredProbe

_TICK_S: Final = 30
# After a crash, only the curve has a hole of this length: what rings is saved at once.
_SAVE_EVERY: Final = timedelta(minutes=5)
# The estimate moves with every reading, the more the longer it takes.
_READY_STEP: Final = timedelta(minutes=1)
_READY_SHARE: Final = 0.05

type ProbesConfigEntry = ConfigEntry[AccountCoordinator]
type FollowEvent = Callable[[ProbeEvent], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class ProbeView:
    """All that is shown of a probe."""

    reading: ProbeReading | None
    """The last one; None while there was none since the start."""
    is_available: bool
    """Whether its account answers, or did until shortly, and has the probe."""
    status: ProbeStatus
    choices: Choices
    ready_at: datetime | None
    """When the target will be reached."""


class Probe(DataUpdateCoordinator[ProbeView]):
    """Joins what is known of one probe; it has no pace of its own."""

    config_entry: ProbesConfigEntry

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ProbesConfigEntry,
        key: str,
        kept: StoredProbe,
        save: Callable[[], None],
    ) -> None:
        """Continue as saved; `save` saves all probes soon."""
        super().__init__(
            hass, LOGGER, config_entry=entry, name=f"{entry.title} {kept.name}"
        )
        self.key = key
        self.kept = kept
        self._save = save
        self.engine = ProbeEngine(key, kept.choices.settings, kept.state)
        self._reading: ProbeReading | None = None
        self._followers: list[FollowEvent] = []
        self._events: list[ProbeEvent] = []
        """Those that nobody was shown: of the set-up."""
        self._ready_at: datetime | None = None
        self.is_listed = False
        """Whether the last answer of the account had the probe."""
        self.is_answered = False
        """Whether the account answered when it was asked last."""
        self.data = self._view(dt_util.utcnow())

    @property
    def choices(self) -> Choices:
        """Return what a person chose."""
        return self.kept.choices

    @property
    def session(self) -> Session | None:
        """Return the session that goes on, None if there is none."""
        return self.data.status.session

    @property
    def device_id(self) -> str | None:
        """Return the id of its device in Home Assistant."""
        entry = self.config_entry
        device = dr.async_get(self.hass).async_get_device_by_identifier(
            identifier(entry, self.key), entry.entry_id
        )
        return device.id if device else None

    @callback
    def async_follow(self, follower: FollowEvent) -> CALLBACK_TYPE:
        """Pass on each alarm, and those that nobody was shown; return how to stop."""
        self._followers.append(follower)
        while self._events:
            follower(self._events.pop(0))
        return partial(self._followers.remove, follower)

    @callback
    def async_add(self, reading: ProbeReading | None) -> None:
        """Add what the account's answer says; None if it does not have the probe."""
        self.is_listed = reading is not None
        now = dt_util.utcnow()
        if reading is None:
            self.async_tick(now)
            return
        self._reading = reading
        self.kept.name, self.kept.model = reading.name, reading.model
        self._publish(now, self.engine.add(reading, now))

    @callback
    def async_tick(self, now: datetime) -> None:
        """Let time pass: for silence, for hold times, and for the time to the target."""
        self._publish(now, self.engine.tick(now))

    @callback
    def async_choose(self, choices: Choices) -> None:
        """Change what is watched."""
        now = dt_util.utcnow()
        self.kept.choices = choices
        self._publish(now, self.engine.set(choices.settings, now))
        self._save()

    @callback
    def async_name_session(self, name: str) -> None:
        """Name the session that goes on, else the next one."""
        if self.session is not None:
            self.async_start_session(name, self.session.started_by)
        else:
            self.async_choose(replace(self.choices, session_name=name))

    @callback
    def async_start_session(self, name: str, by: str) -> Session:
        """Start a session, or rename the one that goes on; return it."""
        now, next_name = dt_util.utcnow(), self.choices.session_name
        if self.session is None and next_name:
            # It was for this session; the next one has another.
            self.kept.choices = replace(self.choices, session_name="")
            name = name or next_name
        session = self.engine.start_session(now, name, by)
        self._publish(now, ())
        self._save()
        return session

    @callback
    def async_stop_session(self) -> Session | None:
        """End the session; return it, None if there is none."""
        now = dt_util.utcnow()
        session = self.engine.stop_session(now)
        self._publish(now, ())
        self._save()
        return session

    @callback
    def _publish(self, now: datetime, events: Iterable[ProbeEvent]) -> None:
        before = self.session
        for event in events:
            if event.alarm not in self.choices.off:
                self._show(event)
            self._save()
        self.async_set_updated_data(self._view(now))
        if (before and before.key) != (self.session and self.session.key):
            self._save()

    @callback
    def _show(self, event: ProbeEvent) -> None:
        if not self._followers:
            self._events.append(event)
        for follower in list(self._followers):
            follower(event)

    def _view(self, now: datetime) -> ProbeView:
        status = self.engine.status(now)
        remaining_s = status.time_to_target.remaining_s
        self._ready_at = _moved(self._ready_at, now, remaining_s)
        return ProbeView(
            reading=self._reading,
            is_available=self.is_listed and (self.is_answered or status.is_fresh),
            status=status,
            choices=self.choices,
            ready_at=self._ready_at,
        )


def _moved(
    shown: datetime | None, now: datetime, remaining_s: float | None
) -> datetime | None:
    """Return when the target is reached: as shown before, unless it moved much."""
    if remaining_s is None:
        return None
    remaining = timedelta(seconds=remaining_s)
    ready_at = (now + remaining).replace(microsecond=0)
    step = max(_READY_STEP, _READY_SHARE * remaining)
    return shown if shown and abs(ready_at - shown) < step else ready_at


class AccountCoordinator(SourceCoordinator[ProbeSource, tuple[ProbeReading, ...]]):
    """Reads all probes of an account, and keeps what is known of them."""

    config_entry: ProbesConfigEntry

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ProbesConfigEntry,
        source: ProbeSource,
        store: ProbeStore,
        kept: Mapping[str, StoredProbe],
    ) -> None:
        """Initialize the coordinator with the probes that were saved."""
        super().__init__(hass, entry, source, "probes", source.pace_s)
        self.store = store
        self._followers: list[Callable[[Probe], None]] = []
        self._registered: dict[str, tuple[str | None, ...]] = {}
        """What the device registry was last given of each probe."""
        self._is_save_pending = False
        self._saved_at = dt_util.utcnow()
        self._saved_reading_at: datetime | None = None
        self.probes = {key: self._probe(key, each) for key, each in kept.items()}

    @property
    @override
    def last_reading_at(self) -> datetime | None:
        """Return when the newest value was measured; None if there is none."""
        readings = (each.data.reading for each in self.probes.values())
        times = (each.measured_at for each in readings if each and each.measured_at)
        return max(times, default=None)

    @callback
    def async_start(self) -> None:
        """Follow the source and the clock from now on."""
        entry, hass = self.config_entry, self.hass
        self._distribute()
        entry.async_on_unload(self.async_add_listener(self._distribute))
        tick = timedelta(seconds=shortened(_TICK_S, minimum=1))
        entry.async_on_unload(async_track_time_interval(hass, self._tick, tick))
        entry.async_on_unload(
            hass.bus.async_listen(EVENT_HOMEASSISTANT_STOP, self._async_stop)
        )

    @callback
    def async_follow(self, follower: Callable[[Probe], None]) -> CALLBACK_TYPE:
        """Pass on each probe, also those to come; return how to stop."""
        for probe in self.probes.values():
            follower(probe)
        self._followers.append(follower)
        return partial(self._followers.remove, follower)

    @callback
    def async_forget(self, key: str) -> None:
        """Forget a probe that is gone; its ended sessions stay."""
        del self.probes[key]
        self._registered.pop(key, None)
        self._request_save()

    async def async_save(self) -> None:
        """Save all; report where that is not possible."""
        self._is_save_pending = False
        self._saved_at = dt_util.utcnow()
        reading_at = self.last_reading_at
        kept = {key: probe.kept for key, probe in self.probes.items()}
        reason = await reason_not_saved(self.store.async_save(kept))
        if reason is None:
            self._saved_reading_at = reading_at
        issues.async_report_not_saved(self.hass, self.config_entry, reason)

    @override
    async def _async_update_data(self) -> tuple[ProbeReading, ...]:
        self.interval = timedelta(seconds=self.source.pace_s)
        with self._asking():
            return await self.source.read(dt_util.utcnow)

    @callback
    @override
    def _async_handle(self, err: SourceError) -> None:
        if isinstance(err, SourceAuthError):
            # To ask again with the same password would lock the account.
            self.update_interval = None
            raise ConfigEntryAuthFailed(
                translation_domain=DOMAIN, translation_key=err.key
            ) from err

    def _probe(self, key: str, kept: StoredProbe) -> Probe:
        return Probe(self.hass, self.config_entry, key, kept, self._request_save)

    @callback
    def _distribute(self) -> None:
        """Pass each reading on to its probe; a new key is a new probe."""
        issues.async_report_entities(self.hass, self.config_entry, self.problems)
        for probe in self.probes.values():
            probe.is_answered = self.last_update_success
        if not self.last_update_success:
            self._tick(dt_util.utcnow())
            return
        news = OfProbes(readings=self.data or ())
        async_pass_on(self.hass, self.config_entry, news)
        readings = {reading.key: reading for reading in news.readings}
        added = [key for key in readings if key not in self.probes]
        for key in added:
            self.probes[key] = self._probe(key, StoredProbe(name=readings[key].name))
            self.probes[key].is_answered = True
        for key, probe in self.probes.items():
            probe.async_add(readings.get(key))
            if key in readings:
                self._register_device(readings[key])
        for key in added:
            for follower in list(self._followers):
                follower(self.probes[key])
        if added:
            self._request_save()

    @callback
    def _tick(self, now: datetime) -> None:
        for probe in self.probes.values():
            probe.async_tick(now)
        # Probes that rest in a drawer are no reason to write.
        is_new = self.last_reading_at != self._saved_reading_at
        if is_new and now - self._saved_at >= _SAVE_EVERY:
            self._request_save()

    @callback
    def _request_save(self) -> None:
        """Save once all that happens now has happened."""
        for probe in self.probes.values():
            self.store.add_sessions(probe.engine.take_ended())
        if not self._is_save_pending:
            self._is_save_pending = True
            self.config_entry.async_create_task(
                self.hass, self.async_save(), "save probes", eager_start=False
            )

    async def _async_stop(self, _: Event) -> None:
        await self.async_save()

    def _register_device(self, reading: ProbeReading) -> None:
        """Register a probe as a device, behind the instrument it is plugged into."""
        names = reading.name, reading.model, reading.device
        if self._registered.get(reading.key) == names:
            return
        self._registered[reading.key] = names
        registry, entry = dr.async_get(self.hass), self.config_entry
        is_of_account = entry.data[CONF_SOURCE] == ProbeKind.THERMOWORKS
        maker = "ThermoWorks" if is_of_account else None
        instrument = None
        # That of an entity is a device of another integration.
        if is_of_account and reading.device is not None:
            instrument = registry.async_get_or_create(
                config_entry_id=entry.entry_id,
                identifiers={identifier(entry, reading.device)},
                manufacturer=maker,
                model=reading.model,
                name=reading.model or reading.device,
                serial_number=reading.device,
            )
        registry.async_get_or_create(
            config_entry_id=entry.entry_id,
            identifiers={identifier(entry, reading.key)},
            manufacturer=maker,
            model=reading.model,
            name=reading.name,
            via_device_id=instrument.id if instrument else None,
        )

"""Write the change log of one entry, and pass on what is new in it."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..const import LOGGER
from ..readings import HeatPumpReading, SettingValue
from ..stored_file import NotSavedError
from .configuration import configuration_of, differences
from .log import ChangeLog
from .model import Category, Change, Entry, Note
from .store import ChangeStore, Stored

type Listener = Callable[[Entry], None]


class ChangeRecorder:
    """Records what changes on the unit and in the configuration, and notes."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Prepare; nothing is read yet."""
        self._hass = hass
        self._entry = entry
        self._store = ChangeStore(hass, entry.entry_id)
        self._stored = Stored()
        self._listeners: list[Listener] = []
        self._followers: list[CALLBACK_TYPE] = []
        self._unannounced: list[Entry] = []
        self._is_started = False
        self._is_saved = True
        self._lock = asyncio.Lock()

    @property
    def log(self) -> ChangeLog:
        """Return all entries."""
        return self._stored.log

    @property
    def settings(self) -> Mapping[str, SettingValue]:
        """Return the settings of the unit now, by `item` or `item.circuit`."""
        return self._stored.shadow.settings

    async def async_load(self) -> None:
        """Read the log, and record what was configured since it was last saved.

        Raises:
            ConfigEntryNotReady: The disk fails, or the file is of a newer version.
        """
        stored = self._stored = await self._store.async_load()
        before, now = stored.configuration, configuration_of(self._entry)
        if before == now:
            return
        stored.configuration = now
        if before is not None:
            self._add(differences(before, now, dt_util.utcnow()))
        await self._async_save()

    @callback
    def async_start(self) -> None:
        """Pass on what was recorded so far, and from now on all that is new."""
        self._is_started = True
        self._announce()

    @callback
    def async_listen(self, listener: Listener) -> CALLBACK_TYPE:
        """Pass each new entry to a listener; return how to stop."""
        self._listeners.append(listener)
        return partial(self._listeners.remove, listener)

    @callback
    def async_follow(self, follower: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Call a follower whenever the log is another one; return how to stop."""
        self._followers.append(follower)
        return partial(self._followers.remove, follower)

    @callback
    def async_add(self, reading: HeatPumpReading) -> None:
        """Record what has changed on the unit."""
        shadow = self._stored.shadow
        before = ({**shadow.settings}, {**shadow.candidates})
        found = shadow.add(reading.time, reading.measured_at, reading.settings)
        self._add(found)
        if found or before != (shadow.settings, shadow.candidates):
            self._is_saved = False
        if not self._is_saved:
            self._entry.async_create_task(
                self._hass, self._async_save(), "save the change log"
            )

    async def async_add_note(
        self, time: datetime, category: Category, text: str
    ) -> Note:
        """Record a note; return it with its id.

        Raises:
            NotesFullError: There are too many.
            NotSavedError: It is not on disk, and not in the log.
        """
        note = self.log.add_note(Note(id=0, time=time, category=category, text=text))
        try:
            await self._async_write()
        except NotSavedError:
            self.log.replace_note(note, None)
            raise
        self._unannounced.append(note)
        self._announce()
        return note

    async def async_replace_note(self, old: Note, new: Note | None) -> None:
        """Replace a note, or delete it.

        Raises:
            NotSavedError: It is not on disk, and the log as before.
        """
        before = [*self.log.notes]
        self.log.replace_note(old, new)
        try:
            await self._async_write()
        except NotSavedError:
            self.log.notes[:] = before
            raise
        self._call_followers()

    def _add(self, changes: list[Change]) -> None:
        self._unannounced += [self.log.add(change) for change in changes]

    async def _async_save(self) -> None:
        """Save and announce; what is not on disk is saved with the next answer."""
        try:
            await self._async_write()
        except NotSavedError as err:
            LOGGER.warning("The change log cannot be saved: %s", err)
        self._announce()

    async def _async_write(self) -> None:
        async with self._lock:
            self._is_saved = True
            try:
                await self._store.async_save(self._stored)
            except NotSavedError:
                self._is_saved = False
                raise

    @callback
    def _announce(self) -> None:
        if not self._is_started:
            return
        entries, self._unannounced = self._unannounced, []
        for entry in entries:
            for listener in tuple(self._listeners):
                listener(entry)
        if entries:
            self._call_followers()

    @callback
    def _call_followers(self) -> None:
        for follower in tuple(self._followers):
            follower()

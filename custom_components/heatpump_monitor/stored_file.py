"""Files that Home Assistant stores, with errors that can be seen."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, override

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryNotReady, HomeAssistantError
from homeassistant.helpers.json import json_bytes, json_fragment
from homeassistant.helpers.storage import STORAGE_DIR, Store
from homeassistant.util import dt as dt_util

from .const import DOMAIN, LOGGER
from .history.codec import Json

# What reading a file of odd content raises.
_ODD: Final = (
    AttributeError,
    KeyError,
    NotImplementedError,
    OverflowError,
    TypeError,
    ValueError,
)


class NotSavedError(Exception):
    """A file could not be written; the message says why."""


async def reason_not_saved(saving: Awaitable[object]) -> str | None:
    """Wait until something is saved; return why it is not on disk, None if it is."""
    try:
        await saving
    except NotSavedError as err:
        return str(err)
    return None


def stored_keys(hass: HomeAssistant, prefix: str) -> list[str]:
    """Return the keys of the files whose names begin in a certain way."""
    folder = Path(hass.config.path(STORAGE_DIR))
    return sorted(path.name for path in folder.glob(f"{prefix}*"))


class StoredFile(Store[Json]):
    """A store that does not hide errors and overwrites nothing it cannot read."""

    _error: Exception | None = None
    _is_written = False

    def __init__(self, hass: HomeAssistant, key: str) -> None:
        """Prepare; nothing is read yet."""
        super().__init__(
            hass, 1, key, atomic_writes=True, serialize_in_event_loop=False
        )

    async def async_write(self, data: Json) -> bool:
        """Write the file; return whether it is on disk now, or raise `NotSavedError`.

        While Home Assistant stops, it is not: all stores are written at the end.
        """
        self._error, self._is_written = None, False
        with suppress(OSError):
            await self.async_save(data)
        if self._error is not None:
            raise NotSavedError(_reason(self._error)) from self._error
        return self._is_written

    async def async_read[T](self, parse: Callable[[Json], T]) -> T | None:
        """Return the content, None without a file or with one that is set aside.

        Raises:
            ConfigEntryNotReady: The disk fails, or the file is of a newer version.
        """
        try:
            data = await self.async_load()
            if data is not None:
                # Ten years of days would block the event loop.
                return await self.hass.async_add_executor_job(parse, data)
            err: Exception = ValueError("the file is empty")
        except HomeAssistantError as failure:
            raise self._unreadable(failure) from failure
        except _ODD as failure:
            err = failure
        try:
            name = await self.hass.async_add_executor_job(self._set_aside)
        except OSError as failure:
            raise self._unreadable(failure) from failure
        if name is not None:
            LOGGER.error("%s cannot be read (%r); kept as %s", self.key, err, name)
        return None

    @override
    async def _async_write_data(self, data: dict[str, Any]) -> None:
        """Write the file; remember the error, which Home Assistant only logs."""
        self._error = None
        try:
            await super()._async_write_data(data)
        except (HomeAssistantError, OSError) as err:
            self._error = err
            raise
        self._is_written = True

    @override
    def _write_data(self, data: dict[str, Any]) -> None:
        """Write the file without the indentation, which is 40 % of it."""
        compact = json_fragment(json_bytes(data["data"]))
        super()._write_data(data | {"data": compact})

    def _set_aside(self) -> str | None:
        """Rename the file; return its new name, None if there is no file."""
        path = Path(self.path)
        # An empty object, too, is loaded as nothing.
        if not path.exists():
            return None
        name = f"{path.name}.damaged.{dt_util.utcnow():%Y-%m-%dT%H-%M-%S}"
        return path.rename(path.with_name(name)).name

    def _unreadable(self, err: Exception) -> ConfigEntryNotReady:
        return ConfigEntryNotReady(
            translation_domain=DOMAIN,
            translation_key="ledger_unreadable",
            translation_placeholders={
                "file": f".storage/{self.key}",
                "reason": _reason(err),
            },
        )


class EntryStore:
    """The files of one config entry, each by its name."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Prepare; nothing is read yet."""
        self._hass = hass
        self._prefix = f"{DOMAIN}.{entry_id}."
        self._files: dict[str, StoredFile] = {}
        self._lock = asyncio.Lock()
        """Held while a state is saved."""

    async def async_set_aside(self) -> list[str]:
        """Return the names of files that were set aside and are still there."""
        names = await self._async_names()
        return [f"{self._prefix}{name}" for name in names if ".damaged." in name]

    async def async_remove(self) -> None:
        """Delete all files."""
        for name in await self._async_names():
            await self._file(name).async_remove()

    async def _async_names(self) -> list[str]:
        keys = await self._hass.async_add_executor_job(
            stored_keys, self._hass, self._prefix
        )
        return [key.removeprefix(self._prefix) for key in keys]

    def _file(self, name: str) -> StoredFile:
        if name not in self._files:
            self._files[name] = StoredFile(self._hass, f"{self._prefix}{name}")
        return self._files[name]


def _reason(err: Exception) -> str:
    cause = err.__cause__ if isinstance(err.__cause__, OSError) else err
    return getattr(cause, "strerror", None) or str(err)

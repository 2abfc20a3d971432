"""The change log of one entry on disk, with what the next values are compared with.

All is in one file: after a crash between two answers of the unit, a change is either
in the log, or still differs from what it is compared with.
"""

from dataclasses import dataclass, field, replace
from functools import partial

from homeassistant.core import HomeAssistant

from ..const import DOMAIN
from ..history.codec import dump, load, prepare
from ..stored_file import StoredFile
from .configuration import Configuration
from .log import ChangeLog
from .shadow import Shadow


@dataclass(kw_only=True, slots=True)
class Stored:
    """The content of the file."""

    shadow: Shadow = field(default_factory=Shadow)
    configuration: Configuration | None = None
    """None before the first start."""
    log: ChangeLog = field(default_factory=ChangeLog)


# Now, as modules are not imported on the event loop.
prepare(Stored)


class ChangeStore:
    """Keeps the change log of one config entry; removed with its other files."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Prepare; nothing is read yet."""
        self._hass = hass
        self._file = StoredFile(hass, f"{DOMAIN}.{entry_id}.changes")

    async def async_load(self) -> Stored:
        """Return what was saved; a file that cannot be understood is set aside.

        Raises:
            ConfigEntryNotReady: The disk fails, or the file is of a newer version.
        """
        return await self._file.async_read(partial(load, Stored)) or Stored()

    async def async_save(self, stored: Stored) -> None:
        """Save the log.

        Raises:
            NotSavedError: It is not on disk.
        """
        data = await self._hass.async_add_executor_job(dump, _copy(stored))
        await self._file.async_write(data)


def _copy(stored: Stored) -> Stored:
    """Return what a thread can dump while the event loop goes on adding."""
    shadow, log = stored.shadow, stored.log
    return replace(
        stored,
        shadow=replace(
            shadow,
            settings={**shadow.settings},
            candidates={**shadow.candidates},
            latest={**shadow.latest},
            restless={**shadow.restless},
        ),
        log=replace(log, changes=[*log.changes], notes=[*log.notes]),
    )

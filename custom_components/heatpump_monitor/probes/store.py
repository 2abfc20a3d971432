"""The probes of one account on disk: settings, engine state, and ended sessions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from homeassistant.core import HomeAssistant

from ..history.codec import Json, dump, load, prepare
from ..stored_file import EntryStore
from .choices import Choices
from .engine import ProbeState
from .model import Session

SESSIONS_KEPT: Final = 200
"""The newest of an account; with their curves, they are about 2 MB."""
_PROBES: Final = "probes"
_SESSIONS: Final = "sessions"


@dataclass(kw_only=True, slots=True)
class StoredProbe:
    """What is kept of a probe."""

    name: str
    model: str | None = None
    choices: Choices = field(default_factory=Choices)
    state: ProbeState = field(default_factory=ProbeState)


@dataclass(kw_only=True, slots=True)
class _Probes:
    probes: dict[str, StoredProbe]


@dataclass(kw_only=True, slots=True)
class _Sessions:
    sessions: list[Session]


# Now, as modules are not imported on the event loop.
prepare(_Probes, _Sessions)


class ProbeStore(EntryStore):
    """Keeps the probes of one config entry, and their sessions."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Prepare; nothing is read yet."""
        super().__init__(hass, entry_id)
        self._sessions: dict[str, Session] = {}
        self._is_changed = False

    @property
    def sessions(self) -> list[Session]:
        """Return the ended sessions, newest first."""
        return sorted(self._sessions.values(), key=lambda each: each.start)[::-1]

    async def async_load(self) -> dict[str, StoredProbe]:
        """Return the probes by their keys; read the sessions, too.

        A file that cannot be understood is renamed, and what it held is missing.

        Raises:
            ConfigEntryNotReady: The disk fails, or a file is of a newer version.
        """
        kept = await self._file(_SESSIONS).async_read(partial(load, _Sessions))
        self._sessions = {each.key: each for each in kept.sessions} if kept else {}
        probes = await self._file(_PROBES).async_read(partial(load, _Probes))
        return probes.probes if probes else {}

    def add_sessions(self, sessions: Iterable[Session]) -> None:
        """Add sessions that ended; the oldest of too many are forgotten."""
        for session in sessions:
            self._sessions[session.key] = session
            self._is_changed = True
        for session in self.sessions[SESSIONS_KEPT:]:
            del self._sessions[session.key]

    def rename_session(self, key: str, name: str) -> None:
        """Rename a session; raise KeyError if there is none."""
        self._sessions[key] = replace(self._sessions[key], name=name)
        self._is_changed = True

    def delete_session(self, key: str) -> None:
        """Delete a session; raise KeyError if there is none."""
        del self._sessions[key]
        self._is_changed = True

    async def async_save(self, probes: Mapping[str, StoredProbe]) -> None:
        """Save the sessions if they changed, and the probes.

        The sessions come first: a probe forgets its session when it has ended.

        Raises:
            NotSavedError: Not all of it is on disk. The next call tries again.
        """
        async with self._lock:
            content = dump(_Probes(probes=dict(probes)))
            if self._is_changed:
                self._is_changed = False
                try:
                    await self._file(_SESSIONS).async_write(
                        await self._async_dump_sessions()
                    )
                except BaseException:
                    self._is_changed = True
                    raise
            await self._file(_PROBES).async_write(content)

    async def _async_dump_sessions(self) -> Json:
        # The curves of 200 sessions take 0.1 s.
        sessions = _Sessions(sessions=self.sessions)
        dumped: Json = await self._hass.async_add_executor_job(dump, sessions)
        return dumped
